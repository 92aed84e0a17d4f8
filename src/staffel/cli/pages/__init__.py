"""What answers look like to people: one module per kind of answer, made of the same few pieces."""

"""What a programme says: the language, its check and its plain words."""

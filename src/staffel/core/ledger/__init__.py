"""What is known: the append-only tables of all that a result depends on, and their states."""

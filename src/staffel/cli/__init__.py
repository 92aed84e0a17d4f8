"""The command staffel."""

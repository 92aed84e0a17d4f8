"""One module per command: read the arguments, make one call down, say how it is shown."""

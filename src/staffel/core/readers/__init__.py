"""Report files as typed rows with findings, one file a format."""

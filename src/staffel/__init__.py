"""Staffel: partner programmes, declared in one file, computed from reports, retraced to the line."""

__version__ = "0.1.0"

"""A made-up market with the shape of a real one, and the demo that plays two years of it.

Seeded: the same seed gives the same files, byte by byte. All names are invented.
"""

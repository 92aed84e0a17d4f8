"""The core: plain data in, plain data out. It knows no web, no terminal and no clock."""

"""Spellings: how a file may say a core form. One file a noun; each spelling is a class that lowers itself.

`language.md`, section 1. A new spelling costs one class here, and nothing elsewhere: plan, words, check,
evidence and oracle meet core forms only.
"""

"""A programme in plain words, German and English: whole sentences that a partner would sign."""

from staffel.core.programme.words.contract import clause, words
from staffel.core.programme.words.sentences import Contract, Paragraph, Section, Sentence

__all__ = ["Contract", "Paragraph", "Section", "Sentence", "clause", "words"]

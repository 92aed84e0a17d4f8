"""A programme in plain words, German and English: whole sentences that a partner would sign."""

from staffel.core.programme.words.contract import Clauses, clause, clauses, words
from staffel.core.programme.words.sentences import Contract, Paragraph, Section, Sentence

__all__ = ["Clauses", "Contract", "Paragraph", "Section", "Sentence", "clause", "clauses", "words"]

"""What a programme says: the language, its check and its plain words."""

from staffel.core.programme.check import check
from staffel.core.programme.reading import Reading, read_programme

__all__ = ["Reading", "check", "read_programme"]

"""The engine's door for tests: the same question put to the plan, its answers put beside the oracle's."""

from tests.laws.oracle import Book


def agree(book: Book) -> None:
    """Asks the engine what the oracle was asked; raises AssertionError where they differ."""

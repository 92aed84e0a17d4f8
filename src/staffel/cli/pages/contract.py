"""A programme in plain words, as wide as the page."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text as Styled

from staffel.core.programme.words import Contract


class _Fitted:
    """A contract, wrapped when the width is known; never wider than what reads well."""

    def __init__(self, contract: Contract, most: int) -> None:
        self._contract = contract
        self._most = most

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Styled(self._contract.as_text(min(options.max_width, self._most)).rstrip("\n"))


def contract_page(contract: Contract, most: int) -> Iterator[RenderableType]:
    """The whole contract."""
    yield _Fitted(contract, most)

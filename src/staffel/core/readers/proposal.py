"""A mapping proposed for a file that nobody has mapped yet: by headings, and in doubt by values.

What could not be decided is a finding; the text says of each column why it was taken.
"""

from collections.abc import Iterator
from pathlib import Path

from staffel.core.findings import Finding, in_order
from staffel.core.readers.currencies import currency_in_heading, currency_of
from staffel.core.readers.files import report_file
from staffel.core.readers.guessing import (
    Guess,
    guess_figures,
    is_mostly_dates,
    order_of,
    signs_are_open,
    signs_matter,
    values_of,
)
from staffel.core.readers.headings import Meaning, Role
from staffel.core.readers.mapping import (
    AMOUNT_COLUMNS,
    DATE_COLUMNS,
    PIECE_COLUMNS,
    PRICE_COLUMNS,
    SOLD_COLUMNS,
    STOCK_COLUMNS,
    Column,
    CurrencyFrom,
    CurrencySource,
    DateOrder,
    Fact,
    FactFrom,
    FactSource,
    Mapping,
    ReportKind,
    ReturnMark,
    SheetChoice,
    Signs,
)
from staffel.core.readers.mapping_text import mapping_text
from staffel.core.readers.refusals import find
from staffel.core.readers.sampling import Stretch, best_stretch
from staffel.core.readers.texts import Cell
from staffel.core.readers.workbook import DEFAULT_MOST_MEGABYTES

_FIGURES = AMOUNT_COLUMNS | PIECE_COLUMNS | PRICE_COLUMNS
_DOUBTFUL = {Role.PRICE_OR_NET, Role.QUANTITY_OR_PRICE}
# Values of a kind of document that mark a return, in small letters.
_RETURN_WORDS = frozenset(
    "rd gu gs ret return returns rma cr cm cn credit creditnote gutschrift rücknahme retoure storno".split()
)
_MOST_KINDS = 12


def propose_mapping(
    file: bytes | Path, name: str | None = None, most_megabytes: int = DEFAULT_MOST_MEGABYTES
) -> tuple[str, tuple[Finding, ...]]:
    """The text of a mapping file for `file`, and what was decided or left open. Raises ReportRefused."""
    report = report_file(file, name)
    stretch = best_stretch(report, most_megabytes)
    proposal = _Proposal(stretch)
    mapping = proposal.mapping(report.name.rpartition(".")[0] or report.name)
    unread = tuple(
        stretch.header.heading(at) or f"#{at + 1}"
        for at in range(len(stretch.header.columns))
        if at not in proposal.read
    )
    undecided = (find("mapping-undecided", report.place, value=word) for word in proposal.undecided())
    guessed = (
        find("mapping-guessed", report.place, value=stretch.reference(at), column=column)
        for at, column in proposal.guess.columns.items()
        if proposal.meanings[at] in _DOUBTFUL
    )
    return mapping_text(mapping, proposal.remarks(), unread), in_order([*undecided, *guessed])


class _Proposal:
    """What a stretch of a file says, decided step by step."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self.meanings = self._plausible(stretch.meanings())
        figures = {at: meaning for at, meaning in self.meanings.items() if _is_figure(meaning)}
        if stretch.kind is ReportKind.STOCK:
            figures = {at: meaning for at, meaning in figures.items() if meaning not in _DOUBTFUL}
        self.guess: Guess = guess_figures(stretch.sample, figures)
        self.columns: dict[Column, int] = {
            meaning: at for at, meaning in self.meanings.items() if isinstance(meaning, Column)
        }
        self.columns |= {column: at for at, column in self.guess.columns.items()}
        known = STOCK_COLUMNS if stretch.kind is ReportKind.STOCK else SOLD_COLUMNS
        self.columns = {column: at for column, at in self.columns.items() if column in known}
        self.return_mark = self._return_mark()
        self.currency = self._currency()
        self.facts = self._facts()

    @property
    def read(self) -> set[int]:
        """The columns that the mapping reads."""
        roles = (Role.CURRENCY, Role.KIND_OF_DOCUMENT, Role.DISTRIBUTOR)
        used = {
            Role.CURRENCY: self.currency.found_in is CurrencyFrom.COLUMN,
            Role.KIND_OF_DOCUMENT: self.return_mark is not None,
            Role.DISTRIBUTOR: bool(self.facts),
        }
        return {*self.columns.values(), *(self._at(role) for role in roles if used[role])}

    def mapping(self, name: str) -> Mapping:
        """The mapping proposed."""
        stretch = self.stretch
        return Mapping(
            name=name,
            columns={
                column: stretch.reference(self.columns[column]) for column in Column if column in self.columns
            },
            format=stretch.format,
            encoding=stretch.encoding,
            delimiter=stretch.delimiter,
            sheet=SheetChoice(name=stretch.sheet),
            header=tuple(row + 1 for row in stretch.header.rows),
            signs=self._signs(),
            dates=self._dates() or DateOrder.AUTO,
            return_mark=self.return_mark,
            currency=self.currency,
            facts=self.facts,
        )

    def remarks(self) -> dict[Column, str]:
        """Why each doubtful column was taken."""
        return {
            column: "by its values: price × quantity agrees"
            for at, column in self.guess.columns.items()
            if self.meanings[at] in _DOUBTFUL
        }

    def undecided(self) -> Iterator[str]:
        """What somebody must say before importing."""
        if not {Column.QUANTITY, Column.NET} & set(self.columns):
            yield "columns: quantity"
        if self._dates() is None:
            yield "dates"
        if self._signs() == Signs() and signs_matter(self.stretch.sample, self.guess.columns):
            yield "decimal"
        has_amount = bool({Column.NET, Column.UNIT_PRICE} & set(self.columns))
        if has_amount and self.currency.found_in is CurrencyFrom.TOLD:
            yield "currency"

    def _plausible(self, meanings: dict[int, Meaning]) -> dict[int, Meaning]:
        """Without the dates that are none."""
        return {
            at: meaning
            for at, meaning in meanings.items()
            if meaning not in DATE_COLUMNS or is_mostly_dates(values_of(self.stretch.sample, at))
        }

    def _at(self, role: Role) -> int:
        return next((at for at, meaning in self.meanings.items() if meaning is role), -1)

    def _values(self, role: Role) -> list[Cell]:
        at = self._at(role)
        return values_of(self.stretch.sample, at) if at >= 0 else []

    def _signs(self) -> Signs:
        """The signs; none where no sign stands in any figure, or both ways read all of them alike."""
        if not signs_matter(self.stretch.sample, self.guess.columns):
            return Signs()
        return Signs() if signs_are_open(self.stretch.sample, self.guess) else self.guess.signs

    def _dates(self) -> DateOrder | None:
        """The order of all dates together; None while it is open."""
        columns = [at for column, at in self.columns.items() if column in DATE_COLUMNS]
        cells = [cell for at in columns for cell in values_of(self.stretch.sample, at)]
        return order_of(cells)

    def _return_mark(self) -> ReturnMark | None:
        texts = {str(cell).strip() for cell in self._values(Role.KIND_OF_DOCUMENT)}
        returns = frozenset(text for text in texts if text.casefold() in _RETURN_WORDS)
        if not returns or len(texts) > _MOST_KINDS:
            return None
        column = self.stretch.reference(self._at(Role.KIND_OF_DOCUMENT))
        return ReturnMark(column=column, returns=returns, sales=frozenset(texts - returns) or None)

    def _currency(self) -> CurrencySource:
        cells = self._values(Role.CURRENCY)
        if cells and all(currency_of(str(cell)) for cell in cells):
            reference = self.stretch.reference(self._at(Role.CURRENCY))
            return CurrencySource(found_in=CurrencyFrom.COLUMN, value=reference)
        for column in (Column.NET, Column.UNIT_PRICE, Column.VALUE):
            at = self.columns.get(column)
            if at is not None and currency_in_heading(self.stretch.header.heading(at)):
                return CurrencySource(found_in=CurrencyFrom.HEADING)
        return CurrencySource()

    def _facts(self) -> dict[Fact, FactSource]:
        values = {str(cell).strip() for cell in self._values(Role.DISTRIBUTOR)}
        if len(values) != 1:
            return {}
        reference = self.stretch.reference(self._at(Role.DISTRIBUTOR))
        return {Fact.DISTRIBUTOR: FactSource(found_in=FactFrom.COLUMN, value=reference)}


def _is_figure(meaning: Meaning) -> bool:
    return meaning in _DOUBTFUL or meaning in _FIGURES

"""A mapping proposed for a file that nobody has mapped yet: by headings, and in doubt by values.

What could not be decided is a finding; the text says of each column why it was taken.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from staffel.core.findings import Finding, Language, Place, Text, in_order
from staffel.core.readers.currencies import currency_in_heading, currency_of
from staffel.core.readers.dates import month_named
from staffel.core.readers.files import refuse_other_files, report_file
from staffel.core.readers.gaps import Gap, gaps_in
from staffel.core.readers.guessing import (
    Guess,
    guess_figures,
    has_sign,
    is_mostly_dates,
    is_open_date,
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
    Format,
    Mapping,
    ReportKind,
    ReturnMark,
    SheetChoice,
    Signs,
)
from staffel.core.readers.mapping_text import PROVEN, UNPROVEN, Remarks, mapping_text
from staffel.core.readers.refusals import ReportRefused, find
from staffel.core.readers.sampling import Stretch, best_stretch
from staffel.core.readers.texts import Cell
from staffel.core.readers.told import heading_told, headings_listed
from staffel.core.readers.workbook import DEFAULT_MOST_MEGABYTES

_FIGURES = AMOUNT_COLUMNS | PIECE_COLUMNS | PRICE_COLUMNS
_DOUBTFUL = {Role.PRICE_OR_NET, Role.QUANTITY_OR_PRICE}
# Values of a kind of document that mark a return, in small letters.
_RETURN_WORDS = frozenset(
    "rd gu gs ret return returns rma cr cm cn credit creditnote gutschrift rücknahme retoure storno".split()
)
_MOST_KINDS = 12


def propose_mapping(
    file: bytes | Path,
    name: str | None = None,
    most_megabytes: int = DEFAULT_MOST_MEGABYTES,
    language: Language = "en",
) -> tuple[str, tuple[Finding, ...]]:
    """The text of a mapping file for `file`, and what was decided or left open. Raises ReportRefused.

    language: of the remarks in the text.
    """
    report = report_file(file, name)
    refuse_other_files(report)
    stretch = best_stretch(report, most_megabytes)
    if not any(str(cell).strip() for line in stretch.lines for cell in line):
        raise ReportRefused(
            [find("file-empty" if stretch.format is Format.CSV else "sheets-empty", report.place)]
        )
    proposal = _Proposal(stretch)
    mapping = proposal.mapping(report.name.rpartition(".")[0] or report.name)
    remarks = Remarks(
        columns=proposal.remarks(),
        missing=tuple(gap.word for gap in proposal.gaps()),
        unread=proposal.unread(),
        undecided=proposal.open_words(),
    )
    findings = [*proposal.undecided(report.place), *proposal.guessed(report.place)]
    return mapping_text(mapping, remarks, language), in_order(findings)


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
            sheet=SheetChoice(name=None if _is_of_a_time(stretch.sheet) else stretch.sheet),
            header=tuple(row + 1 for row in stretch.header.rows),
            signs=self._signs(),
            dates=self._dates() or DateOrder.AUTO,
            return_mark=self.return_mark,
            currency=self.currency,
            facts=self.facts,
        )

    def remarks(self) -> dict[Column, Text]:
        """Why each doubtful column was taken."""
        return {column: PROVEN if self._is_proven else UNPROVEN for _, column in self._doubtful()}

    def unread(self) -> tuple[str, ...]:
        """The headings of the columns that the mapping does not read."""
        header = self.stretch.header
        return tuple(
            header.heading(at) or f"#{at + 1}" for at in range(len(header.columns)) if at not in self.read
        )

    def gaps(self) -> tuple[Gap, ...]:
        """What a line should have and no column was recognised for."""
        return gaps_in(frozenset(self.columns), self.stretch.kind)

    def guessed(self, place: Place) -> Iterator[Finding]:
        """How the doubtful columns were taken, and whether price × quantity proves it."""
        for at, column in self._doubtful():
            heading = heading_told(self.stretch.reference(at))
            if self._is_proven:
                counts = {"count": self.guess.agreeing, "expected": self.guess.compared}
                yield find("mapping-guessed", place, value=heading, column=column, **counts)
            else:
                yield find("mapping-guess-unproven", place, value=heading, column=column)

    def undecided(self, place: Place) -> Iterator[Finding]:
        """What somebody must say before importing, with the words of the mapping."""
        unread = headings_listed(self.unread())
        if not self.columns:
            yield find("mapping-nothing-known", place, value=unread)
            return
        yield from (find(gap.code, place, value=unread) for gap in self.gaps())
        if not any(any(str(cell).strip() for cell in line) for line in self.stretch.sample):
            yield find("mapping-no-lines", place)
        open_words = self.open_words()
        if "dates" in open_words:
            yield find("mapping-dates-open", place, value=self._example(DATE_COLUMNS, is_open_date))
        if "decimal" in open_words:
            yield find("mapping-signs-open", place, value=self._example(_FIGURES, has_sign))
        has_amount = bool({Column.NET, Column.UNIT_PRICE, Column.VALUE} & set(self.columns))
        if has_amount and self.currency.found_in is CurrencyFrom.TOLD:
            yield find("mapping-currency-open", place)
        if self.stretch.without_result:
            row, column = self.stretch.without_result[0]
            at = Place(file=f"{place.file}#{self.stretch.sheet}", line=row + 1, column=column + 1)
            yield find("formulas-without-result", at, count=len(self.stretch.without_result))

    def open_words(self) -> tuple[str, ...]:
        """The words at the top of a mapping that the values leave open."""
        are_signs_open = self._signs() == Signs() and signs_matter(self.stretch.sample, self.guess.columns)
        return (*(["dates"] if self._dates() is None else []), *(["decimal"] if are_signs_open else []))

    @property
    def _is_proven(self) -> bool:
        """Whether price × quantity is the amount in most of the lines that state all three."""
        return self.guess.agreeing * 2 > self.guess.compared

    def _doubtful(self) -> list[tuple[int, Column]]:
        return [(at, column) for at, column in self.guess.columns.items() if self.meanings[at] in _DOUBTFUL]

    def _example(self, columns: frozenset[Column], is_one: Callable[[Cell], bool]) -> str:
        """The first cell of these columns that shows what is open."""
        places = [at for column, at in self.columns.items() if column in columns]
        cells = (cell for at in places for cell in values_of(self.stretch.sample, at) if is_one(cell))
        return str(next(cells, "–")).strip()

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


def _is_of_a_time(sheet: str | None) -> bool:
    """Whether the name of a sheet is that of one report alone: it has a number or a month in it."""
    words = re.findall(r"[^\W\d_]+|\d+", sheet or "")
    return any(word.isdigit() or month_named(word) is not None for word in words)

"""What is counted while a report is read, and what is said of it at the end."""

from collections import Counter
from collections.abc import Iterable, Iterator

from staffel.core.findings import Finding, Place
from staffel.core.readers.line_reader import Taken
from staffel.core.readers.lines import LineKind
from staffel.core.readers.mapping import ReportKind
from staffel.core.readers.refusals import find
from staffel.core.readers.report import LineCounts
from staffel.core.readers.told import listed, sums_told
from staffel.core.readers.totals import Account, ControlTotal

# Counted line by line, said once; without an amount a report of stock says nothing of amounts.
_NOTES = (
    "amount-rounded",
    "amount-differs",
    "amount-computed",
    "amount-missing",
    "quantity-missing",
    "signs-differ",
    "ean-no-key",
    "product-missing",
    "partner-missing",
    "currency-missing",
    "date-from-period",
)

# A vendor's own deliveries have no partner.
_NOT_SAID = {("partner-missing", ReportKind.SELL_IN)}


class Tally:
    """Counts lines by what they became, and rows by what they come to."""

    def __init__(self) -> None:
        self.account = Account()
        self.notes: Counter[str] = Counter()
        self.head = 0
        self.remarks: list[str] = []
        self.currencies: set[str | None] = set()
        self._kinds: Counter[LineKind] = Counter()
        self._data = 0
        self._refused = 0

    def take(self, taken: Taken, is_dated: bool) -> None:
        """One line that became rows. is_dated: whether a column says its day."""
        self._data += 1
        if not is_dated:
            self.notes["date-from-period"] += 1
        for row, figures in zip(taken.rows, taken.figures, strict=True):
            self.account.take(figures, row.currency)
            if figures.net is not None:
                self.currencies.add(row.currency)

    def refuse(self) -> None:
        """One line that was refused."""
        self._refused += 1

    def pass_by(self, kind: LineKind) -> None:
        """One line that is no row."""
        self._kinds[kind] += 1

    @property
    def currency(self) -> str | None:
        """The one currency of all amounts; None where there is none, or several."""
        return next(iter(self.currencies)) if len(self.currencies) == 1 else None

    @property
    def counts(self) -> LineCounts:
        """What became of every record."""
        return LineCounts(
            head=self.head,
            data=self._data,
            refused=self._refused,
            totals=self._kinds[LineKind.TOTALS],
            empty=self._kinds[LineKind.EMPTY],
            remarks=self._kinds[LineKind.REMARK] + self._kinds[LineKind.HEADINGS],
        )

    def findings(self, place: Place, kind: ReportKind, dropped: int) -> Iterable[Finding]:
        """What is said of the report as a whole."""
        for code in _NOTES:
            if self.notes[code] and (code, kind) not in _NOT_SAID:
                yield find(code, place, count=self.notes[code])
        if self._refused:
            yield find("rows-refused", place, count=self._refused)
        if not self._data and not self._refused:
            yield find("headings-only", place)
        if dropped:
            yield find("columns-dropped", place, count=dropped)
        for total in self.account.totals:
            yield from _compared(total)


def _compared(total: ControlTotal) -> Iterator[Finding]:
    """What is said of a totals line: whether it agrees, and which of its figures nobody can read."""
    read = sums_told(total.read_quantity, total.read_net)
    if total.agrees is None and not total.unread:
        yield find("control-total-silent", total.place, read=read)
        return
    stated = sums_told(total.quantity, total.net)
    if total.agrees:
        yield find("control-total-agrees", total.place, read=stated)
    elif total.agrees is False:
        yield find("control-total-differs", total.place, stated=stated, read=read)
    if total.unread:
        yield find("control-total-unchecked", total.place, value=listed(total.unread), read=read)

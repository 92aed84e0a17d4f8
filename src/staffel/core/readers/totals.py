"""What a report comes to, and whether its own totals lines say the same: the control total."""

from dataclasses import dataclass, field
from decimal import Decimal

from staffel.core.findings import Place
from staffel.core.money import EXACT
from staffel.core.readers.figures import NOUGHT, Figures
from staffel.core.readers.mapping import Column
from staffel.core.readers.rows import RowKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Over the rows taken; amounts per currency (None: the file names none).

    net: as the file states them. computed: price × quantity of the others, unrounded.
    """

    lines: int
    returns: int
    quantity: Decimal
    net: dict[str | None, Decimal]
    computed: dict[str | None, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTotal:
    """A totals line. None: it states no such figure.

    read_quantity, read_net: of all rows before it. agrees: with these, or with those since the one before;
    None: it states nothing that could be held against them. unread: the columns whose figure is unreadable.
    """

    place: Place
    quantity: Decimal | None
    net: Decimal | None
    read_quantity: Decimal
    read_net: Decimal
    agrees: bool | None
    unread: tuple[Column, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Running:
    """Sums of quantity and amount, over all currencies."""

    quantity: Decimal = NOUGHT
    net: Decimal = NOUGHT

    def agrees(self, quantity: Decimal | None, net: Decimal | None) -> bool:
        return quantity in (None, self.quantity) and net in (None, self.net)


@dataclass(slots=True, kw_only=True)
class _Account:
    """Running sums of the rows taken so far, and the totals lines among them."""

    lines: int = 0
    returns: int = 0
    net: dict[str | None, Decimal] = field(default_factory=dict)
    computed: dict[str | None, Decimal] = field(default_factory=dict)
    before: _Running = field(default_factory=_Running)
    since_total: _Running = field(default_factory=_Running)
    totals: list[ControlTotal] = field(default_factory=list)

    def everything(self) -> _Running:
        """Over all rows, also those before the last totals line."""
        return _Running(
            quantity=EXACT.add(self.before.quantity, self.since_total.quantity),
            net=EXACT.add(self.before.net, self.since_total.net),
        )


class Account:
    """Adds rows up as they are taken, and holds totals lines against them."""

    def __init__(self) -> None:
        self._running = _Account()

    def take(self, figures: Figures, currency: str | None) -> None:
        """One row more."""
        running = self._running
        running.lines += 1
        running.returns += figures.kind is RowKind.RETURN
        since = running.since_total
        since.quantity = EXACT.add(since.quantity, figures.quantity)
        if figures.net is None:
            return
        since.net = EXACT.add(since.net, figures.net)
        sums, amount = running.net, figures.net
        if figures.computed is not None:
            sums, amount = running.computed, figures.computed
        sums[currency] = EXACT.add(sums.get(currency, NOUGHT), amount)

    def check(
        self, place: Place, quantity: Decimal | None, net: Decimal | None, unread: tuple[Column, ...] = ()
    ) -> None:
        """A totals line, after the rows that it sums up. unread: where it states what nobody can read."""
        running = self._running
        read = running.everything()
        agrees = None
        if quantity is not None or net is not None:
            agrees = any(part.agrees(quantity, net) for part in (read, running.since_total))
        running.totals.append(
            ControlTotal(
                place=place,
                quantity=quantity,
                net=net,
                read_quantity=read.quantity,
                read_net=read.net,
                agrees=agrees,
                unread=unread,
            )
        )
        running.before, running.since_total = read, _Running()

    @property
    def sums(self) -> Sums:
        """What was taken so far."""
        running = self._running
        return Sums(
            lines=running.lines,
            returns=running.returns,
            quantity=running.everything().quantity,
            net=dict(sorted(running.net.items(), key=_by_name)),
            computed=dict(sorted(running.computed.items(), key=_by_name)),
        )

    @property
    def totals(self) -> tuple[ControlTotal, ...]:
        """The totals lines, in the file's order."""
        return tuple(self._running.totals)


def _by_name(item: tuple[str | None, Decimal]) -> str:
    return item[0] or ""

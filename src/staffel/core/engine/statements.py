"""The statement: what a settled window pays to each partner, and what of it is carried. `language.md`,
rules 37 to 39.

`statement_table` is one row per partner and incentive:

| column | is |
|---|---|
| partner_id, incentive | who, for what |
| entitled, settled, difference | of all windows begun by its end: to date, before, the rest |
| carried_in, due | difference + carried in = due |
| paid, carried_out | what is due, paid or carried on; lost where the minimum forfeits |
| money, funds | paid by form: money + funds = paid |
| due_day, use_by | the day of payment; the last day to use the funds; empty where the programme sets none |
| settle_start, settle_until | the settled window |
| version, state_id, semantics | what the figures were made of |

Money is DECIMAL(22, 4) in the programme's currency, in whole coins. `statements` says the same as values,
a partner each, with the windows behind each line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from staffel.core.calendar import Span
from staffel.core.engine.results import Results
from staffel.core.engine.settling import due_day, settled_in, use_by
from staffel.core.findings import Text
from staffel.core.money import MONEY, coin_of, largest_remainder
from staffel.core.programme.model import Incentive, PayForm, Programme

ZERO = Decimal(0)
_MONEY = pa.decimal128(MONEY.digits, MONEY.places)
SUMS = ("entitled", "settled", "difference", "carried_in", "due", "paid", "carried_out")
SCHEMA = pa.schema(
    [
        ("partner_id", pa.string()),
        ("incentive", pa.string()),
        *((name, _MONEY) for name in (*SUMS, "money", "funds")),
        ("due_day", pa.date32()),
        ("use_by", pa.date32()),
        ("settle_start", pa.date32()),
        ("settle_until", pa.date32()),
        ("version", pa.string()),
        ("state_id", pa.string()),
        ("semantics", pa.int64()),
    ]
)


class NothingSettled(ValueError):
    """These results were not made for a settlement: the calculation was not asked with `closing`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidPart:
    """A part of a payout. use_by: the last day to use it, of funds that say one."""

    form: PayForm
    money: Decimal
    use_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSum:
    """What a window that was earned in adds to a line."""

    window: Span
    entitled: Decimal
    settled: Decimal

    @property
    def difference(self) -> Decimal:
        """What is settled for it now."""
        return self.entitled - self.settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A line of a statement: one incentive. windows: those that it is made of, the latest last."""

    incentive: str
    title: Text
    windows: tuple[WindowSum, ...]
    entitled: Decimal
    settled: Decimal
    difference: Decimal
    carried_in: Decimal
    due: Decimal
    paid: Decimal
    carried_out: Decimal
    parts: tuple[PaidPart, ...]
    due_day: date | None
    payer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one partner gets for a settled window. Lines in the order of the programme."""

    partner_id: str
    programme: str
    title: Text
    version: str
    currency: str
    window: Span
    lines: tuple[Settlement, ...]
    state_id: str
    semantics: int

    @property
    def due(self) -> Decimal:
        """Of all lines."""
        return sum((line.due for line in self.lines), ZERO)

    @property
    def paid(self) -> Decimal:
        """Of all lines."""
        return sum((line.paid for line in self.lines), ZERO)

    @property
    def carried_out(self) -> Decimal:
        """Of all lines."""
        return sum((line.carried_out for line in self.lines), ZERO)


def statements(results: Results) -> tuple[Statement, ...]:
    """The statements of a settlement, by partner. Raises NothingSettled."""
    window = _closing_of(results)
    programme = results.programme
    order = [one.name for one in settled_in(programme, window)]
    behind = _windows_behind(results)
    lines: dict[str, list[Settlement]] = {}
    for row in statement_table(results).to_pylist():
        key = (row["partner_id"], row["incentive"])
        line = _line(programme.incentive(row["incentive"]), row, tuple(behind.get(key, ())), programme)
        lines.setdefault(row["partner_id"], []).append(line)
    return tuple(
        Statement(
            partner_id=partner,
            programme=programme.name,
            title=programme.title,
            version=programme.version,
            currency=programme.currency,
            window=window,
            lines=tuple(sorted(mine, key=lambda line: order.index(line.incentive))),
            state_id=results.state_id,
            semantics=results.semantics,
        )
        for partner, mine in sorted(lines.items())
    )


def _closing_of(results: Results) -> Span:
    if results.closing is None:
        raise NothingSettled("the calculation was asked without the window to be settled")
    return results.closing


def _windows_behind(results: Results) -> dict[tuple[str, str], list[WindowSum]]:
    """By partner and incentive, the windows that entitle to something or were settled."""
    found: dict[tuple[str, str], list[WindowSum]] = {}
    for row in settlement_rows(results, "differences").to_pylist():
        window = Span(row["window_start"], row["window_until"])
        one = WindowSum(window=window, entitled=row["entitled"], settled=row["settled"])
        found.setdefault((row["partner_id"], row["incentive"]), []).append(one)
    return {key: sorted(sums, key=lambda one: one.window) for key, sums in found.items()}


def _line(
    incentive: Incentive, row: dict[str, Any], behind: tuple[WindowSum, ...], programme: Programme
) -> Settlement:
    window = Span(row["settle_start"], row["settle_until"])
    return Settlement(
        incentive=incentive.name,
        title=incentive.title,
        windows=behind,
        parts=parts_of(incentive, row["paid"], window, programme.currency),
        due_day=row["due_day"],
        payer=incentive.payout.payer,
        **{name: row[name] for name in SUMS},
    )


# ------------------------------------------------------------------------------ forms (rule 38)


def parts_of(incentive: Incentive, paid: Decimal, window: Span, currency: str) -> tuple[PaidPart, ...]:
    """A payout by forms: by largest remainder, then what is too small takes its other form; none of 0."""
    coin = Decimal(1).scaleb(-coin_of(currency))
    parts = incentive.payout.parts
    found: dict[tuple[PayForm, date | None], Decimal] = {}
    for part, money in zip(parts, largest_remainder(paid, [one.share for one in parts], coin), strict=True):
        small = part.if_less_than is not None and money < part.if_less_than
        form = part.then if small and part.then is not None else part.form
        last = use_by(part.use_within, window) if form is PayForm.FUNDS else None
        found[form, last] = found.get((form, last), ZERO) + money
    return tuple(
        PaidPart(form=form, money=money, use_by=last) for (form, last), money in found.items() if money
    )


# ------------------------------------------------------------------------------ as a table


def settlement_rows(results: Results, table: str) -> pa.Table:
    """The rows of `due` or `differences` of those incentives that the window settles."""
    names = [one.name for one in settled_in(results.programme, _closing_of(results))]
    rows = results.tables.get(table)
    if rows is None:
        raise NothingSettled(f"the calculation has no table {table}")
    if len(names) == len(results.programme.incentives):
        return rows
    return rows.filter(pc.is_in(rows["incentive"], value_set=pa.array(names, pa.string())))


def statement_table(results: Results) -> pa.Table:
    """A row per partner and incentive, sorted. Raises NothingSettled."""
    window = _closing_of(results)
    rows = settlement_rows(results, "due")
    tables, places = [SCHEMA.empty_table()], []
    for incentive in settled_in(results.programme, window):
        mine = pc.indices_nonzero(pc.equal(rows["incentive"], incentive.name))
        tables.append(_with_forms(results, incentive, rows.take(mine), window))
        places.append(mine)
    # Back into the order of the rows: numbers are sorted sooner than names.
    order = pc.sort_indices(pa.chunked_array(places, pa.uint64()))
    return pa.concat_tables(tables).take(order)


def _with_forms(results: Results, incentive: Incentive, rows: pa.Table, window: Span) -> pa.Table:
    """The rows of one incentive, all columns. A single form needs no look at each row."""
    programme, count = results.programme, rows.num_rows
    if len(incentive.payout.parts) == 1 and incentive.payout.parts[0].if_less_than is None:
        forms = _whole(incentive, rows["paid"], window)
    else:
        forms = _split(incentive, rows["paid"], window, programme.currency)
    same = {
        "due_day": due_day(programme, incentive.payout.due, window),
        "settle_start": window.start,
        "settle_until": window.until,
        "version": programme.version,
        "state_id": results.state_id,
        "semantics": results.semantics,
    }
    columns = {name: rows[name] for name in ("partner_id", "incentive", *SUMS)} | forms
    for name, value in same.items():
        columns[name] = pa.repeat(pa.scalar(value, SCHEMA.field(name).type), count)
    return pa.table([columns[name].cast(SCHEMA.field(name).type) for name in SCHEMA.names], schema=SCHEMA)


def _whole(incentive: Incentive, paid: Any, window: Span) -> dict[str, Any]:
    part = incentive.payout.parts[0]
    nothing = pa.repeat(pa.scalar(ZERO, _MONEY), len(paid))
    funds = part.form is PayForm.FUNDS
    last = pa.scalar(use_by(part.use_within, window) if funds else None, pa.date32())
    none = pa.scalar(None, pa.date32())
    return {
        "money": nothing if funds else paid,
        "funds": paid if funds else nothing,
        "use_by": pc.if_else(pc.not_equal(paid, pa.scalar(ZERO, _MONEY)), last, none),
    }


def _split(incentive: Incentive, paid: Any, window: Span, currency: str) -> dict[str, Any]:
    """Equal sums are split once."""
    splits = {money: parts_of(incentive, money, window, currency) for money in pc.unique(paid).to_pylist()}
    rows = [splits[money] for money in paid.to_pylist()]

    def column(of: Callable[[tuple[PaidPart, ...]], object], type_: Any) -> Any:
        return pa.array([of(parts) for parts in rows], type_)

    return {
        "money": column(lambda parts: _sum_of(parts, PayForm.MONEY), _MONEY),
        "funds": column(lambda parts: _sum_of(parts, PayForm.FUNDS), _MONEY),
        "use_by": column(_first_use_by, pa.date32()),
    }


def _sum_of(parts: tuple[PaidPart, ...], form: PayForm) -> Decimal:
    return sum((part.money for part in parts if part.form is form), ZERO)


def _first_use_by(parts: tuple[PaidPart, ...]) -> date | None:
    return min((part.use_by for part in parts if part.use_by is not None), default=None)

"""The statement: what a settled window pays to each partner, and what of it is carried. `language.md`,
rules 37 to 39.

`statement_table` is one row per partner and incentive:

| column | is |
|---|---|
| partner_id, incentive | who, for what |
| entitled, settled, difference | of all windows begun by its end: to date, before, the rest |
| carried_in, due | difference + carried in = due |
| paid, carried_out | what is due, paid or carried on; lost where the minimum forfeits |
| money, funds | paid by form; further forms that the programme says have columns too; all make `paid` |
| due_day, use_by | the day of payment; the last day to use it; empty where the programme sets none |
| claim_by | the last day to claim it, where the programme says one of any bonus |
| settle_start, settle_until | the settled window |
| version, state_id, semantics | what the figures were made of |

Money is DECIMAL(22, 4) in the programme's currency, in whole coins. `statements` says the same as values,
a partner each, with the windows behind each line.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from staffel.core.calendar import Span
from staffel.core.engine.payers import Choices, by_payer, chosen_of, form_of, payer_of
from staffel.core.engine.results import Results
from staffel.core.engine.settling import settled_in
from staffel.core.findings import Text
from staffel.core.money import MONEY, coin_of, largest_remainder
from staffel.core.programme.model import Incentive, PayForm, Programme
from staffel.core.programme.payment_days import deadlines, due_day

ZERO = Decimal(0)
_MONEY = pa.decimal128(MONEY.digits, MONEY.places)
SUMS = ("entitled", "settled", "difference", "carried_in", "due", "paid", "carried_out")
_NOTHING_CHOSEN: Choices = {}
_PLAIN = (PayForm.MONEY, PayForm.FUNDS)


def _schema(forms: Iterable[PayForm], days: Iterable[str]) -> pa.Schema:
    return pa.schema(
        [
            ("partner_id", pa.string()),
            ("incentive", pa.string()),
            *((name, _MONEY) for name in (*SUMS, *forms)),
            *((name, pa.date32()) for name in ("due_day", *days, "settle_start", "settle_until")),
            ("version", pa.string()),
            ("state_id", pa.string()),
            ("semantics", pa.int64()),
        ]
    )


SCHEMA = _schema(_PLAIN, ("use_by",))


def schema_of(programme: Programme) -> pa.Schema:
    """The columns of a programme's statements: what it does not say beyond money and funds has none."""
    parts = [part for one in programme.incentives for part in one.payout.parts]
    said = {form for part in parts for form in (part.form, part.then)}
    said |= {form for one in programme.incentives for form in one.payout.choice}
    forms = [form for form in PayForm if form in said or form in _PLAIN]
    claimed = any(part.claim_within is not None for part in parts)
    claimed |= any(one.earner.persons is not None for one in programme.incentives)
    return _schema(forms, ("use_by", "claim_by") if claimed else ("use_by",))


class NothingSettled(ValueError):
    """These results were not made for a settlement: the calculation was not asked with `closing`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidPart:
    """A part of a payout. use_by, claim_by: the last days to use and to claim it, where the part says one.
    payer: where several pay; else the line names it.
    """

    form: PayForm
    money: Decimal
    use_by: date | None = None
    claim_by: date | None = None
    payer: str = ""


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
    behind, chosen = _windows_behind(results), chosen_of(results)
    lines: dict[str, list[Settlement]] = {}
    for row in statement_table(results).to_pylist():
        key = (row["partner_id"], row["incentive"])
        incentive, mine_chosen = programme.incentive(row["incentive"]), chosen.get(row["partner_id"], {})
        line = _line(incentive, row, tuple(behind.get(key, ())), programme, mine_chosen)
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
    incentive: Incentive,
    row: dict[str, Any],
    behind: tuple[WindowSum, ...],
    programme: Programme,
    chosen: Choices,
) -> Settlement:
    window = Span(row["settle_start"], row["settle_until"])
    return Settlement(
        incentive=incentive.name,
        title=incentive.title,
        windows=behind,
        parts=parts_of(programme, incentive, row["paid"], window, chosen),
        due_day=row["due_day"],
        payer=payer_of(incentive.payout, chosen),
        **{name: row[name] for name in SUMS},
    )


# ------------------------------------------------------------------------------ forms (rule 38)


def parts_of(
    programme: Programme, incentive: Incentive, paid: Decimal, window: Span, chosen: Choices = _NOTHING_CHOSEN
) -> tuple[PaidPart, ...]:
    """A payout by forms: by largest remainder, then what is too small takes its other form; none of 0.

    Each is shared among the payers. chosen: what the partner chose, by name.
    """
    coin = Decimal(1).scaleb(-coin_of(programme.currency))
    payout = incentive.payout
    shares = largest_remainder(paid, [one.share for one in payout.shares], coin)
    found: dict[PaidPart, Decimal] = {}
    for part, money in zip(payout.shares, shares, strict=True):
        small = part.if_less_than is not None and money < part.if_less_than
        form = part.then if small and part.then is not None else form_of(payout, part, chosen)
        used, claimed = deadlines(programme, incentive, part, form, window)
        kind = PaidPart(form=form, money=ZERO, use_by=used, claim_by=claimed)
        found[kind] = found.get(kind, ZERO) + money
    found = {
        replace(kind, payer=payer): share
        for kind, money in found.items()
        for payer, share in by_payer(programme, payout, money, chosen)
    }
    return tuple(replace(kind, money=money) for kind, money in found.items() if money)


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
    schema = schema_of(results.programme)
    tables, places = [schema.empty_table()], []
    for incentive in settled_in(results.programme, window):
        mine = pc.indices_nonzero(pc.equal(rows["incentive"], incentive.name))
        tables.append(_with_forms(results, incentive, rows.take(mine), window, schema))
        places.append(mine)
    # Back into the order of the rows: numbers are sorted sooner than names.
    order = pc.sort_indices(pa.chunked_array(places, pa.uint64()))
    return pa.concat_tables(tables).take(order)


def _with_forms(
    results: Results, incentive: Incentive, rows: pa.Table, window: Span, schema: pa.Schema
) -> pa.Table:
    """The rows of one incentive, all columns. A single form needs no look at each row."""
    programme, count = results.programme, rows.num_rows
    payout = incentive.payout
    if payout.choice:
        forms = _chosen(results, incentive, rows, window)
    elif len(payout.parts) == 1 and payout.parts[0].if_less_than is None:
        forms = _whole(programme, incentive, rows["paid"], window)
    else:
        forms = _split(programme, incentive, rows["paid"], window)
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
        columns[name] = pa.repeat(pa.scalar(value, schema.field(name).type), count)
    return pa.table([columns[name].cast(schema.field(name).type) for name in schema.names], schema=schema)


def _whole(programme: Programme, incentive: Incentive, paid: Any, window: Span) -> dict[str, Any]:
    part = incentive.payout.parts[0]
    nothing = pa.repeat(pa.scalar(ZERO, _MONEY), len(paid))
    used, claimed = deadlines(programme, incentive, part, part.form, window)
    some, none = pc.not_equal(paid, pa.scalar(ZERO, _MONEY)), pa.scalar(None, pa.date32())
    return {form.value: paid if form is part.form else nothing for form in PayForm} | {
        name: pc.if_else(some, pa.scalar(last, pa.date32()), none)
        for name, last in (("use_by", used), ("claim_by", claimed))
    }


def _split(programme: Programme, incentive: Incentive, paid: Any, window: Span) -> dict[str, Any]:
    """Equal sums are split once."""
    splits = {money: parts_of(programme, incentive, money, window) for money in pc.unique(paid).to_pylist()}
    return _columns_of([splits[money] for money in paid.to_pylist()])


def _chosen(results: Results, incentive: Incentive, rows: pa.Table, window: Span) -> dict[str, Any]:
    """Each partner in the form that it chose."""
    programme, chosen = results.programme, chosen_of(results)
    pairs = zip(rows["partner_id"].to_pylist(), rows["paid"].to_pylist(), strict=True)
    return _columns_of(
        [parts_of(programme, incentive, paid, window, chosen.get(partner, {})) for partner, paid in pairs]
    )


def _columns_of(rows: Sequence[tuple[PaidPart, ...]]) -> dict[str, Any]:

    def column(of: Callable[[tuple[PaidPart, ...]], object], type_: Any) -> Any:
        return pa.array([of(parts) for parts in rows], type_)

    sums = {form.value: column(partial(_sum_of, form), _MONEY) for form in PayForm}
    return sums | {name: column(partial(_first, name), pa.date32()) for name in ("use_by", "claim_by")}


def _sum_of(form: PayForm, parts: tuple[PaidPart, ...]) -> Decimal:
    return sum((part.money for part in parts if part.form is form), ZERO)


def _first(day: str, parts: tuple[PaidPart, ...]) -> date | None:
    days: list[date | None] = [getattr(part, day) for part in parts]
    return min((one for one in days if one is not None), default=None)

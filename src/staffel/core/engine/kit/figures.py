"""Every figure of a calculation that a kit vouches for, by its name, so that two of them can be put side
by side.

Beside what is due stand the figures that it is made of: levels, hurdles, drivers, bases and exact amounts.
So a changed line is found out where it reaches no coin. What is counted nowhere at all still changes the
sums over the rows of the tables, which are figures too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running
from staffel.core.engine.kit.own import Own, Tables
from staffel.core.engine.kit.sheet import Row, as_text, columns_of
from staffel.core.engine.plan.incentives import Earning
from staffel.core.engine.settling import window_name
from staffel.core.programme.model import Programme
from staffel.core.sources import ColumnType

ZERO = Decimal(0)
_SUMMED = (ColumnType.MONEY, ColumnType.PIECES, ColumnType.RATE, ColumnType.SHARE)
_EARNED = ("driver_num", "driver_den", "step", "gate", "driver_expected", "step_expected")
_AMOUNTS = ("base", "uncapped", "exact", "coins", "exact_expected", "coins_expected")
_STANDING = ("level", "since", "reached", "falls_to", "falls_after")
_HURDLE = ("actual", "whole", "required", "leaf_holds", "holds")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Figure:
    """about: the incentive, the level or the table; window: its name, "" for none; name: which figure."""

    about: str
    window: str = ""
    name: str

    def __str__(self) -> str:
        return f"{self.about} {self.window}".rstrip() + f": {self.name}"


Figures = dict[Figure, str]


def figures_of(running: Running, own: Own) -> Figures:
    """Every figure of a calculation about one partner and its groups."""
    found = dict(_of_levels(running, own.partner))
    for name, earning in sorted(running.assembly.earnings.items()):
        found.update(_of_incentive(running, name, earning, own))
    found.update(sums_of(own.tables))
    return found


def sums_of(tables: Tables) -> Iterator[tuple[Figure, str]]:
    """How many rows each table has, and the sums of its figures, by currency where a row has one."""
    for table, rows in sorted(tables.items()):
        if not rows:
            continue
        yield Figure(about=table, name="rows"), str(len(rows))
        for column in columns_of(table):
            if column.type in _SUMMED:
                yield from _sums(table, column.name, rows)


def _sums(table: str, column: str, rows: Sequence[Row]) -> Iterator[tuple[Figure, str]]:
    by_currency: dict[str, Decimal] = {}
    for row in rows:
        value, currency = row.get(column), str(row.get("currency") or "")
        if isinstance(value, Decimal):
            by_currency[currency] = by_currency.get(currency, ZERO) + value
    for currency, total in sorted(by_currency.items()):
        yield Figure(about=table, name=f"sum of {column} {currency}".rstrip()), as_text(total)


# ------------------------------------------------------------------------------------------- levels


def _of_levels(running: Running, partner: str) -> Iterator[tuple[Figure, str]]:
    results = running.results
    for row in _mine(results.tables.get("standing"), partner):
        for name in _STANDING:
            yield Figure(about="standing", name=name), as_text(row[name])
    for row in _mine(results.tables.get("levels"), partner):
        window = f"{as_text(row['start'])}..{as_text(row['until'])}"
        yield Figure(about="level", window=window, name="level"), as_text(row["level"])
    for row in _mine(results.tables.get("requirements"), partner):
        path = f"{row['path']} " if row["path"] else ""
        which = f"{path}{row['number']}.{row['leaf']}"
        for name in _HURDLE:
            yield Figure(about=f"level {row['level']}", name=f"{which} {name}"), as_text(row[name])


def _mine(table: object, partner: str) -> Iterable[Mapping[str, object]]:
    """The rows of a result table, none where there is no such table."""
    rows: list[dict[str, object]] = [] if table is None else table.to_pylist()  # type: ignore[attr-defined]
    return [row for row in rows if row["partner_id"] == partner]


# ------------------------------------------------------------------------------------------- incentives


def _of_incentive(running: Running, name: str, earning: Earning, own: Own) -> Iterator[tuple[Figure, str]]:
    subjects = own.groups if earning.panel.group else (own.partner,)
    chosen = ", ".join([*(f"e.{one}" for one in _EARNED), *(f"a.{one}" for one in _AMOUNTS)])
    query = (
        f"select e.subject, e.w_start, e.w_until, {chosen} from earning_{earning.name} e join amounts_"
        f"{earning.name} a on a.subject = e.subject and a.ask = e.ask where e.subject in (select unnest(?))"
    )
    for subject, start, until, *values in running.db.execute(query, [list(subjects)]).fetchall():
        about = f"{name} of {subject}" if earning.panel.group else name
        window = window_name(running.assembly.programme, Span(start, until))
        for figure, value in zip((*_EARNED, *_AMOUNTS), values, strict=True):
            yield Figure(about=about, window=window, name=figure), as_text(value)
    if earning.panel.group:
        yield from _shares(running, name, earning, own)


def _shares(running: Running, name: str, earning: Earning, own: Own) -> Iterator[tuple[Figure, str]]:
    """What weighs for the partner when a group's bonus is shared, and its coins of it; nothing is as good as
    none.
    """
    programme = running.assembly.programme
    query = (
        f"select w.subject, w.ask, w.weight from weights_{earning.name} w "
        "where w.weight <> 0 and w.member = ? and w.subject in (select unnest(?))"
    )
    for group, ask, weight in running.db.execute(query, [own.partner, list(own.groups)]).fetchall():
        window = window_name(programme, earning.panel.asks[ask].window)
        yield Figure(about=f"{name} of {group}", window=window, name="own weight"), as_text(weight)
    coins = "select grp, window_start, window_until, coins, coins_expected from entitled where incentive = ? "
    coins += "and partner_id = ? and grp is not null and (coins <> 0 or coins_expected <> 0)"
    for group, start, until, *values in running.db.execute(coins, [name, own.partner]).fetchall():
        window = window_name(programme, Span(start, until))
        for figure, value in zip(("own coins", "own coins expected"), values, strict=True):
            yield Figure(about=f"{name} of {group}", window=window, name=figure), as_text(value)


def rests_on_given(programme: Programme, given: frozenset[str], earning: Earning) -> bool:
    """Whether an incentive may rest on given figures. given: the panels and incentives that have some."""
    own = {earning.panel.name, earning.name}
    memories = f"met_{earning.name}_"
    reads_level = "Trait.LEVEL" in repr(earning.incentive) or "partner.level" in repr(programme)
    of_levels = any(one == "ladder" or one.startswith("met_ladder_") for one in given)
    return bool(own & given) or any(one.startswith(memories) for one in given) or (reads_level and of_levels)

"""What others' lines add to the figures of a partner's groups: the given figures of its kit.

The whole calculation and one over the partner's own facts alone are two runs of one plan. Wherever a
group's figure of the one is more than the other's, the rest is given. A rest may rest on a rest (a base on
the levels of the days of sale, an amount on that base), so it is repeated until nothing is left. Only
figures of groups can have a rest: all others must come out of the partner's own facts, or the kit is
broken."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlglot import exp

from staffel.core.engine.calculation import Running
from staffel.core.engine.kit.own import Own
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.given import OTHERS, Entry, Given, Rest
from staffel.core.engine.plan.incentives import Earning
from staffel.core.engine.plan.levels import candidate
from staffel.core.engine.plan.panel import Panel
from staffel.core.programme.model import Who

ZERO = Decimal(0)
_ROUNDS = 12
_CERTIFIED = "c"  # how the columns begin that count certificates

Values = dict[Entry, Rest]
Run = Callable[[Given | None], AbstractContextManager[Running]]


class RestsUnsettled(RuntimeError):
    """The rests do not come to an end: a figure rests on others in a way that a kit does not know."""


def days_of(running: Running) -> Given:
    """No rests yet; the days of the whole by which its plan numbers its asks."""
    known = running.assembly.background
    return Given(
        first_enrolment=running.assembly.background.first_enrolment,
        decision_days=known.decision_days,
        fall_days=known.fall_days,
        merge_days=known.merge_days,
    )


@contextmanager
def settled(whole: Values, start: Given | None, run: Run, own: Own) -> Iterator[tuple[Given | None, Running]]:
    """The rests of a whole calculation, and the run over the own facts that comes to it with them.

    start: without a rest; none: no figure of a group is asked. Raises RestsUnsettled.
    """
    given = start
    for _ in range(_ROUNDS):
        with run(given) as running:
            rests = {} if given is None else _rests(whole, group_values(running, own))
            if not rests:
                yield given and _without_nothing(given), running
                return
        given = given and given.also(rests)
    raise RestsUnsettled(f"{len(rests)} figures of groups have a rest after {_ROUNDS} rounds")


def _without_nothing(given: Given) -> Given:
    entries = {entry: rest for entry, rest in given.entries.items() if rest or rest is None}
    return replace(given, entries=entries)


def _rests(whole: Values, mine: Values) -> Values:
    """What is not in `mine`: points, and the differences of figures on days that either looks at."""
    looked = {_point(entry) for values in (whole, mine) for entry in values if entry.kind == "point"}
    found: Values = {}
    for entry in sorted({*whole, *mine}):
        if entry.kind == "point":
            if entry not in mine:
                found[entry] = whole[entry]
        elif entry.kind == "weight" and entry not in whole:
            found[entry] = None
        elif entry.kind != "figure" or _point(entry) in looked:
            rest = _number(whole.get(entry)) - _number(mine.get(entry))
            if rest:
                found[entry] = rest
    return found


def _point(entry: Entry) -> tuple[str, str, int]:
    return entry.of, entry.subject, entry.ask


def _number(value: Rest) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO


# ------------------------------------------------------------------------------------------- of a calculation


def whole_values(running: Running, own: Own) -> Values:
    """The same of the whole calculation, of whose points only those that matter.

    A ladder, or a condition with a memory, is looked at on each day on which a line of the group moves a
    figure: days of strangers' sales. What counts are the days on which the outcome changes.
    """
    found = group_values(running, own)
    assembly = running.assembly
    looks = [(memory.panel, memory.conditions.holds(memory.kept.of)) for memory in assembly.memories]
    if (
        assembly.ladder_panel is not None
        and assembly.ladder is not None
        and assembly.ladder_conditions is not None
    ):
        looks.append((assembly.ladder_panel, candidate(assembly.ladder_conditions, assembly.ladder)))
    for panel, outcome in looks:
        if panel.group or panel.needs_alliance:
            kept = set(_turning(_asked(running, panel, own), panel, outcome))
            found = {
                entry: value
                for entry, value in found.items()
                if entry.kind != "point" or entry.of != panel.name or (entry.subject, entry.ask) in kept
            }
    return found


def _turning(asked: "_Asked", panel: Panel, outcome: exp.Expr) -> Iterator[tuple[str, int]]:
    """Subject and ask of each point at which the outcome is another than at the one before."""
    columns = {one: sql.column(f"p.{one}") for one in ("subject", "ask")} | {"outcome": outcome}
    query = sql.select(columns, sql.table(f"panel_{panel.name}", "p")).sql("duckdb")
    chosen = f"select * from ({query}) where subject in (select unnest(?)) order by subject, ask"
    before: tuple[object, ...] = ()
    for subject, ask, value in asked.running.db.execute(chosen, [list(asked.subjects)]).fetchall():
        if (subject, value) != before:
            yield str(subject), int(ask)
        before = (subject, value)


def group_values(running: Running, own: Own) -> Values:
    """Every figure of a calculation that may rest on others' lines."""
    found: Values = {}
    for panel in running.assembly.all_panels():
        if panel.group or panel.needs_alliance:
            found.update(_of_panel(running, panel, own))
    for name, earning in running.assembly.earnings.items():
        if earning.panel.group or earning.panel.needs_alliance:
            found.update(_of_incentive(running, earning, own))
        if earning.panel.group:
            found.update(_of_shares(running, name, earning, own))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Rows of a table of the plan about some subjects."""

    running: Running
    subjects: Sequence[str]

    def rows(self, columns: Sequence[str], table: str) -> list[tuple[object, ...]]:
        """subject, ask and these columns."""
        chosen = ", ".join(["subject", "ask", *(f'"{one}"' for one in columns)])
        query = f"select {chosen} from {table} where subject in (select unnest(?))"
        return self.running.db.execute(query, [list(self.subjects)]).fetchall()


def _asked(running: Running, panel: Panel, own: Own) -> _Asked:
    return _Asked(running=running, subjects=own.groups if panel.group else (own.partner,))


def _entry(kind: str, of: str, row: Sequence[object], column: str = "") -> Entry:
    return Entry(kind=kind, of=of, subject=str(row[0]), ask=int(str(row[1])), column=column)


def _of_panel(running: Running, panel: Panel, own: Own) -> Iterator[tuple[Entry, Rest]]:
    asked = _asked(running, panel, own)
    for row in asked.rows(["enrolled_from"], f"points_{panel.name}"):
        since = row[2] if isinstance(row[2], date) else None
        yield _entry("point", panel.name, row), since
    names = _group_columns(panel)
    for row in asked.rows(names, f"panel_{panel.name}"):
        for name, value in zip(names, row[2:], strict=True):
            yield _entry("figure", panel.name, row, name), _figure(value)


def _group_columns(panel: Panel) -> list[str]:
    """The columns of a panel that are figures of a group."""
    figures = [
        f"f{n}" for n, one in enumerate(panel.figures.values()) if panel.group or one.who is Who.ALLIANCE
    ]
    certified = [name for name in panel.beside if name.startswith(_CERTIFIED)]
    return figures + [name for name in certified if panel.group or name.endswith("_grp")]


def _figure(value: object) -> Decimal | None:
    """A figure; a count of rows is a whole number."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) else None


def _of_incentive(running: Running, earning: Earning, own: Own) -> Iterator[tuple[Entry, Rest]]:
    """Its base by cuts; where a cap holds for each value of a key, what is left of it: no key is told."""
    asked = _asked(running, earning.panel, own)
    if earning.incentive.cap_key:
        names = ("base", "uncapped", "uncapped_expected")
        for row in asked.rows(names, f"amounts_{earning.name}"):
            for name, value in zip(("base", "parts", "parts_expected"), row[2:], strict=True):
                yield _entry("part", earning.name, row, name), _figure(value)
        return
    if earning.base is None:
        return
    flags = [f"x{number}" for number in range(len(earning.cut_by))]
    known: Values = {}
    for row in asked.rows([*flags, "base"], f"cuts_{earning.name}"):
        column = "".join("T" if flag else "F" for flag in row[2:-1])
        entry = _entry("cut", earning.name, row, column)
        known[entry] = _sum(known.get(entry), _figure(row[-1]))
    yield from known.items()


def _of_shares(running: Running, name: str, earning: Earning, own: Own) -> Iterator[tuple[Entry, Rest]]:
    """Weights, all others' as one, and the partner's own coins."""
    asked = _asked(running, earning.panel, own)
    known: Values = {}
    for row in asked.rows(["member", "weight"], f"weights_{earning.name}"):
        member = own.partner if row[2] == own.partner else OTHERS
        entry = _entry("weight", earning.name, row, member)
        known[entry] = _sum(known.get(entry), _figure(row[3]))
    yield from known.items()
    asks = {ask.window.start: number for number, ask in enumerate(earning.panel.asks)}
    query = "select grp, window_start, coins, coins_expected from entitled where incentive = ? "
    query += "and partner_id = ? and grp is not null"
    for group, start, *values in running.db.execute(query, [name, own.partner]).fetchall():
        for column, value in zip(("coins", "coins_expected"), values, strict=True):
            yield _entry("coin", earning.name, (group, asks[start]), column), _figure(value)


def _sum(left: Rest, right: Decimal | None) -> Decimal | None:
    if right is None:
        return left if isinstance(left, Decimal) else None
    return right + left if isinstance(left, Decimal) else right

"""What a calculation gives: documented tables, sorted, each column of a named type.

Every table is Arrow. Levels stand by name; windows as days; money as DECIMAL(22, 4), before rounding as
DECIMAL(28, 10).

*standing*, a row a partner on the day: partner_id, level, since, reached, falls_to, falls_after.
*requirements*, a row a hurdle of a level: partner_id, level, path, number, leaf, actual, whole, required,
leaf_holds, holds.
*levels*, a row a level from a day until a day: partner_id, level, start, until.
*earned*, a row an incentive × subject × window: incentive, subject, window_start, window_until, day,
driver_num, driver_den, step, gate, base, uncapped, exact, coins, and the same as expected.
*entitled*, a row an incentive × partner × window: incentive, partner_id, grp, window_start, window_until,
coins, coins_expected.
*differences*, a row what a window adds to a settlement: incentive, partner_id, window_start, window_until,
entitled, settled.
*due*, a row an incentive × partner of a settlement: incentive, partner_id, entitled, settled, difference,
carried_in, due, paid, carried_out; of every incentive: `settling.settled_in` says which of them are settled.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import duckdb
import pyarrow as pa

from staffel.core.calendar import Span
from staffel.core.engine.plan.assembly import Assembly
from staffel.core.programme.model import SEMANTICS, Ladder, Programme

_EARNED = (
    "'{name}' as incentive, e.subject, e.w_start as window_start, e.w_until as window_until, e.day, "
    "e.driver_num, e.driver_den, e.step, e.gate, a.base, a.uncapped, a.exact, a.coins, "
    "e.driver_expected, e.step_expected, a.exact_expected, a.coins_expected"
)
# By what each table is sorted: a unique key, so that the order is told by the rows alone (rule 54).
_KEYS = {
    "standing": "partner_id",
    "levels": "partner_id, start",
    "requirements": "partner_id, level, path, number, leaf",
    "earned": "incentive, partner_id, window_start",
    "entitled": "incentive, partner_id, grp, window_start",
    "differences": "incentive, partner_id, window_start",
    "due": "partner_id, incentive",
    "chosen": "partner_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables(Mapping[str, pa.Table]):
    """The result tables, each read out of the plan when it is first asked for. only: these partners alone."""

    db: duckdb.DuckDBPyConnection
    queries: Mapping[str, str]
    only: tuple[str, ...] | None
    known: dict[str, pa.Table]

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self.known:
            self.known[name] = self._read(name)
        return self.known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.queries)

    def __len__(self) -> int:
        return len(self.queries)

    def _read(self, name: str) -> pa.Table:
        query = f"select * from ({self.queries[name]})"
        if self.only is None:
            return self.db.sql(f"{query} order by {_KEYS[name]}").to_arrow_table()
        mine = f"{query} where partner_id in (select unnest(?)) order by {_KEYS[name]}"
        return self.db.sql(mine, params=[list(self.only)]).to_arrow_table()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The tables of a calculation, and what it was made of: programme version, state, day, semantics."""

    programme: Programme
    state_id: str
    day: date
    closing: Span | None
    tables: Mapping[str, pa.Table]
    semantics: int = SEMANTICS

    def table(self, name: str) -> pa.Table:
        """A result table; empty where the programme has nothing of its kind.

        Raises KeyError for an unknown name.
        """
        return self.tables[name]

    def rows(self, name: str) -> list[dict[str, object]]:
        """A result table as rows."""
        rows: list[dict[str, object]] = self.tables[name].to_pylist()
        return rows

    def kept(self) -> "Results":
        """The same with every table read, so that it outlives the plan."""
        return replace(self, tables=dict(self.tables))

    @classmethod
    def read(
        cls,
        db: duckdb.DuckDBPyConnection,
        assembly: Assembly,
        state_id: str,
        partners: Collection[str] | None,
    ) -> "Results":
        """The results of a plan that ran; each table is read when asked for, while the plan lies open."""
        only = None if partners is None else tuple(sorted(set(partners)))
        asking = assembly.asking
        return cls(
            programme=asking.programme,
            state_id=state_id,
            day=asking.day,
            closing=asking.closing,
            tables=Tables(db=db, queries=_queries(assembly), only=only, known={}),
        )


def _queries(assembly: Assembly) -> dict[str, str]:
    queries: dict[str, str] = {}
    made = {statement.name for statement in assembly.plan.statements}
    if assembly.ladder is not None and "standing" in made:
        queries |= _level_queries(assembly.ladder, "requirements" in made)
    earned = [_earned(name, earning.name) for name, earning in sorted(assembly.earnings.items())]
    if earned:
        queries["earned"] = " union all ".join(earned)
        queries["entitled"] = (
            "select incentive, partner_id, grp, window_start, window_until, coins, coins_expected "
            "from entitled"
        )
    if "due" in made:
        queries["due"] = "select * from due"
        queries["differences"] = "select * from differences"
    if "chosen" in made:
        queries["chosen"] = "select * from chosen"
    return queries


def _level_queries(ladder: Ladder, requirements: bool) -> dict[str, str]:
    def name(column: str) -> str:
        names = [level.name.replace("'", "''") for level in ladder.levels]
        cases = " ".join(f"when {at} then '{level}'" for at, level in enumerate(names))
        return f"case {column} {cases} end"

    queries = {
        "standing": f"select subject as partner_id, {name('level')} as level, since, "
        f"{name('reached')} as reached, {name('falls_to')} as falls_to, falls_after from standing",
        "levels": f"select subject as partner_id, {name('level')} as level, start, until from levels",
    }
    if requirements:
        queries["requirements"] = (
            f"select subject as partner_id, {name('level')} as level, path, number, leaf, actual, whole, "
            "required, leaf_holds, holds from requirements"
        )
    return queries


def _earned(name: str, table: str) -> str:
    columns = _EARNED.format(name=name.replace("'", "''"))
    return (
        f"select {columns}, e.subject as partner_id from earning_{table} e "
        f"join amounts_{table} a on a.subject = e.subject and a.ask = e.ask"
    )

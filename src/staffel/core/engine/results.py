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

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
_DUE = (
    "select d.incentive, d.partner_id, s.entitled, s.settled, d.difference, d.carried_in, d.due, d.paid, "
    "d.carried_out from due d join (select incentive, partner_id, "
    "cast(sum(entitled) as decimal(22, 4)) as entitled, cast(sum(settled) as decimal(22, 4)) as settled "
    "from differences group by all) s on s.incentive = d.incentive and s.partner_id = d.partner_id"
)


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

    @classmethod
    def read(
        cls,
        db: duckdb.DuckDBPyConnection,
        assembly: Assembly,
        state_id: str,
        partners: Collection[str] | None,
    ) -> "Results":
        """Reads the results out of a plan that ran."""
        queries = _queries(assembly)
        only = sorted(set(partners)) if partners is not None else None
        tables = {name: _read(db, query, only) for name, query in queries.items()}
        asking = assembly.asking
        return cls(
            programme=asking.programme,
            state_id=state_id,
            day=asking.day,
            closing=asking.closing,
            tables=tables,
        )


def _read(db: duckdb.DuckDBPyConnection, query: str, only: list[str] | None) -> pa.Table:
    if only is None:
        return db.sql(f"select * from ({query}) order by all").to_arrow_table()
    mine = f"select * from ({query}) where partner_id in (select unnest(?)) order by all"
    return db.sql(mine, params=[only]).to_arrow_table()


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
        queries["due"] = _DUE
        queries["differences"] = "select * from differences"
    return queries


def _level_queries(ladder: Ladder, requirements: bool) -> dict[str, str]:
    def name(column: str) -> str:
        cases = " ".join(f"when {at} then '{level.name}'" for at, level in enumerate(ladder.levels))
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

"""A sheet: figures of one subject on one day, collected first, then read from the plan's panel with one
statement.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import duckdb
from sqlglot import exp

from staffel.core.engine.duckdb import first_row
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.panel import Panel

Expr = exp.Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One figure of a sheet, once it is read; none where the subject was not asked on that day."""

    read: list[object] = field(default_factory=list)

    @property
    def value(self) -> object:
        """As DuckDB gave it."""
        return self.read[0] if self.read else None

    @property
    def figure(self) -> Decimal | None:
        """As a figure; a whole number as one too."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return Decimal(self.value)
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def holds(self) -> bool:
        """As a truth; none is false."""
        return self.value is True

    @property
    def day(self) -> date | None:
        """As a day."""
        return self.value if isinstance(self.value, date) else None

    @property
    def text(self) -> str | None:
        """As a text."""
        return None if self.value is None else str(self.value)

    @property
    def number(self) -> int:
        """As a whole number; none is 0."""
        return 0 if self.value is None else int(str(self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Questions to one row of a panel (alias p), and of what is joined to it by subject and ask. joined:
    alias → table.
    """

    panel: Panel
    subject: str
    at: int
    joined: dict[str, str] = field(default_factory=dict)
    _asked: dict[str, tuple[Expr, Answer]] = field(default_factory=dict)
    here: Answer = field(default_factory=Answer)

    @property
    def found(self) -> bool:
        """Whether the subject was asked on that day at all."""
        return self.here.holds

    def ask(self, value: Expr) -> Answer:
        """The answer to an expression, to be read; asked twice, it is read once."""
        text = value.sql("duckdb")
        if text not in self._asked:
            self._asked[text] = (value, Answer())
        return self._asked[text][1]

    def read(self, db: duckdb.DuckDBPyConnection) -> None:
        """Answers everything."""
        columns = {f"q{n}": value for n, (value, _) in enumerate(self._asked.values())}
        joins = [
            sql.join(sql.table(name, alias), _same_point(alias), side="LEFT")
            for alias, name in self.joined.items()
        ]
        mine = sql.both(
            sql.eq(sql.column("p.subject"), sql.text(self.subject)),
            sql.eq(sql.column("p.ask"), sql.whole(self.at)),
        )
        query = sql.select(
            columns | {"found": sql.TRUE}, sql.table(f"panel_{self.panel.name}", "p"), joins=joins, where=mine
        )
        row = first_row(db.execute(query.sql("duckdb")))
        self.here.read.append(row is not None)
        for (_, answer), value in zip(self._asked.values(), row or (), strict=False):
            answer.read.append(value)


def _same_point(alias: str) -> Expr:
    return sql.both(
        *(sql.eq(sql.column(f"{alias}.{one}"), sql.column(f"p.{one}")) for one in ("subject", "ask"))
    )

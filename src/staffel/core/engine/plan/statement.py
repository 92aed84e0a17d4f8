"""A plan: named statements, in the order in which they run, each making one table of the plan's own.

What is told is what is run: `explain --sql` prints exactly these. `named_after` says for which clause a
statement stands, so that a reader of the SQL finds the line of the programme.
"""

from dataclasses import dataclass, field

from sqlglot import exp

from staffel.core.findings import NOWHERE, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One table of the plan. view: read in place, once, by the one statement that follows; else kept."""

    name: str
    query: exp.Query
    meaning: str
    view: bool = False
    place: Place = field(default=NOWHERE, compare=False)

    def sql(self, dialect: str = "duckdb", *, pretty: bool = False) -> str:
        """The statement as text, for an engine."""
        kind = "VIEW" if self.view else "TABLE"
        return (
            f"CREATE OR REPLACE TEMP {kind} {self.name} AS\n{self.query.sql(dialect=dialect, pretty=pretty)}"
        )


@dataclass(slots=True)
class Plan:
    """The statements so far. A table is made once: asked for again, its name is given back."""

    statements: list[Statement] = field(default_factory=list)
    _made: dict[object, str] = field(default_factory=dict)

    def add(
        self, name: str, query: exp.Query, meaning: str, *, view: bool = False, place: Place = NOWHERE
    ) -> str:
        """Adds a statement and gives its name."""
        assert all(made.name != name for made in self.statements), name
        self.statements.append(Statement(name=name, query=query, meaning=meaning, view=view, place=place))
        return name

    def once(self, key: object) -> str | None:
        """The name of the table made for `key`, if it was made."""
        return self._made.get(key)

    def keep(self, key: object, name: str) -> str:
        """Remembers that `name` is the table for `key`."""
        self._made[key] = name
        return name

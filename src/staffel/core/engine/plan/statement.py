"""A plan: named statements, in the order in which they run, each making one table of the plan's own.

What is told is what is run: `explain --sql` prints exactly these. `named_after` says for which clause a
statement stands, so that a reader of the SQL finds the line of the programme.
"""

import re
from dataclasses import dataclass, field
from hashlib import sha256

from sqlglot import exp

from staffel.core.findings import NOWHERE, LawBroken, Place

_PLAIN = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def slug(name: str) -> str:
    """A name of a programme as it may stand in the name of a table or a column; two names, two slugs.

    Engines read names without case, and a point parts a table from its column: whatever is no plain name
    carries a mark of itself.

    >>> slug("solution-bonus"), slug("Solution_bonus")
    ('solution_bonus', 'solution_bonus_dc8aabeb')
    """
    if _PLAIN.fullmatch(name):
        return name.replace("-", "_")
    kept = "".join(one if one.isascii() and one.isalnum() else "_" for one in name.lower())
    return f"{kept}_{sha256(name.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One table of the plan. view: read in place by what follows, and not kept."""

    name: str
    query: exp.Query
    meaning: str
    view: bool = False
    place: Place = field(default=NOWHERE, compare=False)

    def sql(self, dialect: str = "duckdb", *, pretty: bool = False) -> str:
        """The statement as text, for an engine."""
        kind = "VIEW" if self.view else "TABLE"
        # DuckDB's writer leaves a tree as it found it: a copy would take longer than writing the text.
        text = self.query.sql(dialect=dialect, pretty=pretty, copy=dialect != "duckdb")
        return f"CREATE OR REPLACE TEMP {kind} {self.name} AS\n{text}"


@dataclass(slots=True)
class Plan:
    """The statements so far. A table is made once: asked for again, its name is given back."""

    statements: list[Statement] = field(default_factory=list)
    _made: dict[object, str] = field(default_factory=dict)

    def add(
        self, name: str, query: exp.Query, meaning: str, *, view: bool = False, place: Place = NOWHERE
    ) -> str:
        """Adds a statement and gives its name. Raises LawBroken for a name that is taken."""
        if any(made.name == name for made in self.statements):
            raise LawBroken(f"two statements of a plan are called {name}: one would be read for the other")
        self.statements.append(Statement(name=name, query=query, meaning=meaning, view=view, place=place))
        return name

    def once(self, key: object) -> str | None:
        """The name of the table made for `key`, if it was made."""
        return self._made.get(key)

    def keep(self, key: object, name: str) -> str:
        """Remembers that `name` is the table for `key`."""
        self._made[key] = name
        return name

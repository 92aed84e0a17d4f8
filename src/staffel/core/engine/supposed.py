"""What would be, if: a partner computed again with supposed facts beside the ones that are known.

Every supposition becomes a copy of the partner, of the members of its alliance and of that alliance, each
with all of its rows and the supposed ones; one calculation then answers all suppositions, and the first
copy, without any, says what is. Nothing else can differ between two answers but what was supposed.
Nothing is written anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow.compute as pc

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running, calculate
from staffel.core.engine.facts import Facts
from staffel.core.engine.results import Results
from staffel.core.programme.forms import asking_strangers
from staffel.core.sources import LINE_TABLES, TABLES, ColumnType

Row = Mapping[str, object]
# Between an id and the number of its copy. It sorts before every letter, so that ties by id stay as they are.
_MARK = "\x1f"
# Columns that hold a partner's or an alliance's id, beside `partner_id`; and a line's: a return finds its own
# copy of the sale.
_OF_LINES = ("line_id", "returns")
_IDS = {
    "partners": ("head_office", "same_as"),
    "memberships": ("group_id",),
    "sell_out": _OF_LINES,
    "sell_in": _OF_LINES,
}
# Supposed rows are recorded after all others.
LAST_COMMIT = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """Rows by table, as if they had been recorded; each has the partner_id of the partner or a fellow."""

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def also(self, other: "Supposition") -> "Supposition":
        """Both at once."""
        names = {*self.rows, *other.rows}
        return Supposition(
            rows={one: (*self.rows.get(one, ()), *other.rows.get(one, ())) for one in sorted(names)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SupposedFacts:
    """Facts of a few partners, a copy for each supposition. partners: all whose rows are needed.

    strangers: others' lines are read beside, since a rule asks who else sold to a customer.
    """

    known: Facts
    partners: tuple[str, ...]
    suppositions: tuple[Supposition, ...]
    strangers: bool = False

    @property
    def state_id(self) -> str:
        """The state's name, and that something was supposed."""
        return f"{self.known.state_id} (supposed)"

    def relation(self, table: str, span: Span | None = None) -> str:
        """The rows of these partners, once a supposition, and those that are supposed."""
        known = self.known.relation(table, span)
        if "partner_id" not in {column.name for column in TABLES[table].columns}:
            return known
        mine = f"(partner_id in ({', '.join(map(_text, self.partners))}))"
        if table in ("targets", "openings"):
            mine = f"({mine} or partner_id in ({self._groups()}))"
        ids = ("partner_id", *_IDS.get(table, ()))
        marked = ", ".join(f"{one} || chr(31) || nth::varchar as {one}" for one in ids)
        numbers = ", ".join(f"({number})" for number in range(len(self.suppositions)))
        parts = [
            f"select r.* replace ({marked}) from (select * from {known} where {mine}) r "
            f"cross join (values {numbers}) c(nth)"
        ]
        if self.strangers and table in LINE_TABLES:
            parts.append(f"select * from {known} where {mine} is not true")
        parts += [
            f"select {_literals(table, row, number)}"
            for number, supposed in enumerate(self.suppositions)
            for row in supposed.rows.get(table, ())
        ]
        return f"({' union all by name '.join(parts)})"

    def _groups(self) -> str:
        mine = ", ".join(map(_text, self.partners))
        return f"select group_id from {self.known.relation('memberships')} where partner_id in ({mine})"

    def has_any(self, table: str, column: str) -> bool:
        """Whether a known or a supposed row may have a value there."""
        supposed = any(
            column == "commit_no" or row.get(column) is not None
            for one in self.suppositions
            for row in one.rows.get(table, ())
        )
        return supposed or self.known.has_any(table, column)


def own_columns(table: str) -> str:
    """The columns of a table that a supposed row may copy: not who recorded it, and when."""
    own = {column.name for column in TABLES[table].columns}
    kept = [one.name for one in TABLES[table].all_columns if one.name in own or one.name.startswith("holds_")]
    return ", ".join(kept)


def copy_of(partner: str, number: int) -> str:
    """The id of a partner's copy."""
    return f"{partner}{_MARK}{number}"


def _literals(table: str, row: Row, number: int) -> str:
    """A supposed row as what stands after SELECT; a column that it does not name is left to UNION BY NAME."""
    ids = ("partner_id", *_IDS.get(table, ()))
    parts = []
    for column in TABLES[table].all_columns:
        value = row.get(column.name)
        if column.name == "commit_no":
            value = LAST_COMMIT
        if column.name in ids and value is not None:
            value = copy_of(str(value), number)
        if value is not None:
            parts.append(f"{_literal(column.type, value)} as {column.name}")
    return ", ".join(parts)


def _literal(type_: ColumnType, value: object) -> str:
    match value:
        case bool() | int() | Decimal():
            return str(value).lower() if isinstance(value, bool) else _number(type_, value)
        case datetime():
            return f"timestamp {_text(value.isoformat())}"
        case date():
            return f"date {_text(value.isoformat())}"
        case _:
            return _text(str(value))


def _number(type_: ColumnType, value: int | Decimal) -> str:
    types = {
        ColumnType.MONEY: "decimal(22, 4)",
        ColumnType.PIECES: "decimal(16, 4)",
        ColumnType.SHARE: "decimal(9, 6)",
        ColumnType.RATE: "decimal(20, 10)",
    }
    return f"cast({value:f} as {types[type_]})" if type_ in types else str(value)


def _text(value: str) -> str:
    quoted = value.replace("'", "''")
    return f"'{quoted}'"


# ------------------------------------------------------------------------------------------- asking


def suppose(
    running: Running, facts: Facts, partner: str, suppositions: Sequence[Supposition]
) -> tuple[Results, ...]:
    """What each supposition comes to for a partner; the first result is what comes of the known facts alone.

    running: a calculation that was restricted to this partner, over the same facts.
    """
    asking = running.assembly.asking
    copies = (Supposition(), *suppositions)
    supposed = SupposedFacts(
        known=facts,
        partners=asking.scope or (partner,),
        suppositions=copies,
        strangers=bool(asking_strangers(asking.programme)),
    )
    names = [copy_of(partner, number) for number in range(len(copies))]
    found = calculate(asking.programme, supposed, day=asking.day, partners=names, closing=asking.closing)
    return tuple(_own(found, name, partner) for name in names)


def _own(results: Results, copy: str, partner: str) -> Results:
    """One copy's rows, under the partner's own name."""
    tables = {name: _rows_of(table, copy, partner) for name, table in results.tables.items()}
    return replace(results, tables=tables)


def _rows_of(table: Any, copy: str, partner: str) -> Any:
    mine = table.filter(pc.equal(table["partner_id"], copy))
    for name in {"partner_id", "subject"} & set(mine.schema.names):
        at = mine.schema.get_field_index(name)
        named = pc.if_else(pc.equal(mine[name], copy), partner, mine[name])
        mine = mine.set_column(at, name, named)
    if "grp" in mine.schema.names:  # the alliance's copy, under its own name too
        plain = pc.replace_substring_regex(mine["grp"], pattern=rf"{_MARK}\d+$", replacement="")
        mine = mine.set_column(mine.schema.get_field_index("grp"), "grp", plain)
    return mine

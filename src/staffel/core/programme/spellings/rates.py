"""A figure, or a table of figures: `{by: level, select: 2 %, premier: 4 %, else: 0 %}`. `language.md`, 1.1.

It may stand wherever a rate, an amount per unit, a lump sum or a condition's figure may. Rows that a line
answers cut the base (rule 31); rows that the partner answers do not. Both in one table are refused so far.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator, TypeAdapter, ValidationInfo, WithJsonSchema

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.model import Case, Cases, Is, Leaf, Measure, Test, Varies
from staffel.core.programme.spellings.conditions import (
    Asked,
    ConditionField,
    ConditionSpelling,
    all_of,
    fact,
    leaves_of,
    when_of,
)
from staffel.core.programme.spellings.desk import (
    Refused,
    desk_of,
    each_read,
    nearest,
    not_of_type,
    not_yet,
    unknown_word,
)
from staffel.core.programme.spellings.measures import MeasureField, MeasureSpelling
from staffel.core.programme.spellings.numbers import (
    NUMBER_SCHEMA,
    PERCENT_SCHEMA,
    Figure,
    read_figure,
    read_money,
    read_percent,
)
from staffel.core.programme.spellings.spelling import Lowering, missing
from staffel.core.programme.spellings.words import Word, read_value
from staffel.core.programme.text import Entries, Items, Node, Scalar, word_of
from staffel.core.sources import FILTER_WORDS

Read: TypeAlias = Decimal | Figure
Reader: TypeAlias = Callable[[Node, ValidationInfo], Read]
_FACTS = ("level", "kind", "country", "segment", "size")
COLUMNS = (*_FACTS, *(word for word in FILTER_WORDS if word not in {*_FACTS, "certification"}))
_LATER = dict.fromkeys(
    ("group", "choice"),
    Text(
        en="Tables go by level, kind, country, segment, size, products or a column of the line.",
        de="Tabellen richten sich nach level, kind, country, segment, size, products oder einer Spalte"
        " der Zeile.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByColumns:
    """`{by: [level, products], select: {…}}`.

    rows: a value of each column, `else` as none, then the figure.
    """

    columns: tuple[Word, ...]
    rows: tuple[tuple[tuple[Word | None, ...], Read], ...]
    place: Place

    def lowered(self, at: Lowering) -> Cases[Decimal]:
        """The first row that holds; `else` at the end is what remains."""
        cases: list[Case[Decimal]] = []
        otherwise = None
        for values, read in self.rows:
            pairs = zip(self.columns, values, strict=True)
            tests = [fact_or_row(column.text, value, at) for column, value in pairs if value]
            place = self._place_of(values)
            figure = _figure(read, place, at)
            if not tests:
                otherwise = figure
                continue
            cases.append(Case(when=all_of(tests, self.place), use=figure, place=place))
        self._refuse_mixed(cases, at)
        return Cases(rows=tuple(cases), otherwise=otherwise, place=self.place)

    def _place_of(self, values: Sequence[Word | None]) -> Place:
        return next((value.place for value in reversed(values) if value), self.place)

    def _refuse_mixed(self, cases: Sequence[Case[Decimal]], at: Lowering) -> None:
        kinds = {kind for case in cases for kind in _answered_by(case.when)}
        if len(kinds) > 1:
            at.desk.report(_mixed(self.place))


@dataclass(frozen=True, slots=True, kw_only=True)
class ByFigure:
    """`{by: {measure: revenue}, from: {0: 5 %, 50_000: 3 %}}`: the highest figure that is reached."""

    measure: MeasureSpelling
    rows: tuple[tuple[Figure, Read], ...]
    place: Place

    def lowered(self, at: Lowering) -> Cases[Decimal]:
        """Tests on the measure, the highest figure first."""
        measure = self.measure.lowered(at)
        cases = []
        for figure, read in sorted(self.rows, key=lambda row: -row[0].value):
            use = _figure(read, self.place, at)
            test = Test(measure=measure, comparison="at_least", figure=_figure(figure, figure.place, at))
            test = replace(test, place=figure.place)
            cases.append(Case(when=test, use=use, place=figure.place))
        return Cases(rows=tuple(cases), place=self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByConditions:
    """`[{when: …, use: 3 %}, {else: 1 %}]`."""

    rows: tuple[tuple[ConditionSpelling, Read, Place], ...]
    otherwise: Read | None
    place: Place

    def lowered(self, at: Lowering) -> Cases[Decimal]:
        """The rows as written."""
        cases = [
            Case(when=when_of(when, at), use=_figure(use, place, at), place=place)
            for when, use, place in self.rows
        ]
        if len({kind for case in cases for kind in _answered_by(case.when)}) > 1:
            at.desk.report(_mixed(self.place))
        otherwise = None if self.otherwise is None else _figure(self.otherwise, self.place, at)
        return Cases(rows=tuple(cases), otherwise=otherwise, place=self.place)


def _figure(read: Read, place: Place, at: Lowering) -> Decimal:
    """What was read; of a figure in whatever unit it is kept how it was written."""
    if isinstance(read, Decimal):
        return read
    at.desk.keep(place, read.digits, in_percent=read.is_share)
    return read.value


Table: TypeAlias = ByColumns | ByFigure | ByConditions


def varies(spelled: Decimal | Table, at: Lowering) -> Varies[Decimal]:
    """The figure, or its table as cases."""
    return spelled if isinstance(spelled, Decimal) else spelled.lowered(at)


def threshold(spelled: Figure | Table | MeasureSpelling, at: Lowering) -> Varies[Decimal] | Measure:
    """What a measure is compared with: a figure, its table, or another measure."""
    return _figure(spelled, spelled.place, at) if isinstance(spelled, Figure) else spelled.lowered(at)


def fact_or_row(column: str, value: Word, at: Lowering) -> Asked:
    """A test of the partner, or of the line, on one value."""
    if column in _FACTS:
        return fact(column, [value], at)
    return Is(column=FILTER_WORDS[column], values=(value.text,), place=value.place)


def _answered_by(asked: Asked) -> Iterator[str]:
    for leaf in leaves_of(asked):
        yield "line" if isinstance(leaf, Leaf) else "partner"


# ---------------------------------------------------------------- reading


def read_varies(read: Reader) -> Callable[[Node, ValidationInfo], Read | Table]:
    """A reader of a figure or of a table of such figures."""

    def reader(node: Node, info: ValidationInfo) -> Read | Table:
        if isinstance(node, Items):
            return _by_conditions(node, read, info)
        if not isinstance(node, Entries):
            return read(node, info)
        by = next((value for key, value in node.of if word_of(key.text) == "by"), None)
        if by is None:
            raise Refused(_no_by(node))
        if isinstance(by, Entries):
            return _by_figure(node, by, read, info)
        return _by_columns(node, by, read, info)

    return reader


def read_threshold(node: Node, info: ValidationInfo) -> Figure | Table | MeasureSpelling:
    """What a measure is compared with. Raises Refused."""
    if isinstance(node, Entries) and "by" not in map(word_of, node.keys):
        return _MEASURE.validate_python(node, context=info.context)
    found = read_varies(read_figure)(node, info)
    assert not isinstance(found, Decimal)
    return found


def _no_by(node: Entries) -> Finding:
    if node.keys == ("measure",):
        return not_yet(
            node.place,
            "measure",
            Text(
                en="Write a table: `{by: {measure: …}, from: {0: 5 %, …}}`.",
                de="Schreiben Sie eine Tabelle: `{by: {measure: …}, from: {0: 5 %, …}}`.",
            ),
        )
    return missing(node.place, "by")


def _by_columns(node: Entries, by: Node, read: Reader, info: ValidationInfo) -> ByColumns:
    asked = by.of if isinstance(by, Items) else [by]
    columns = tuple(each_read(lambda one: _column(one, info), asked))
    rows = tuple(_rows(node, len(columns), read, info))
    if not columns or not rows:
        raise Refused(missing(node.place, "else"))
    return ByColumns(columns=columns, rows=rows, place=node.place)


def _column(node: Node, info: ValidationInfo) -> Word:
    word = read_value(node, info)
    if word.text in _LATER:
        raise Refused(not_yet(word.place, word.text, _LATER[word.text]))
    if word.text in COLUMNS:
        return word
    finding = unknown_word(word.place, "column-unknown", word.text, COLUMNS)
    if not (near := nearest(word.text, COLUMNS)):
        raise Refused(finding)
    desk_of(info).leave_out(finding)
    return replace(word, text=near)


_Row: TypeAlias = tuple[tuple[Word | None, ...], Read]


def _rows(node: Node, depth: int, read: Reader, info: ValidationInfo) -> list[_Row]:
    """Each way through a table of this depth, with its figure; `else` last. Raises Refused."""
    if depth == 0:
        return [((), read(node, info))]
    if not isinstance(node, Entries):
        raise not_of_type(node, *_A_TABLE)
    entries = [(key, value) for key, value in node.of if word_of(key.text) != "by"]
    entries.sort(key=lambda entry: entry[0].text == "else")

    def below(entry: tuple[Scalar, Node]) -> list[_Row]:
        key, value = entry
        word = None if key.text == "else" else read_value(key, info)
        rows = _rows(value, 0 if isinstance(value, Scalar) else depth - 1, read, info)
        return [((word, *words, *[None] * (depth - 1 - len(words))), figure) for words, figure in rows]

    return [row for rows in each_read(below, entries) for row in rows]


def _by_figure(node: Entries, by: Entries, read: Reader, info: ValidationInfo) -> ByFigure:
    rows = next((value for key, value in node.of if word_of(key.text) == "from"), None)
    if not isinstance(rows, Entries) or not rows.of:
        raise Refused(missing(node.place, "from"))
    for key, _ in node.of:
        if word_of(key.text) not in {"by", "from"}:
            raise Refused(unknown_word(key.place, "key-unknown", key.text, ("by", "from")))
    measure = _MEASURE.validate_python(by, context=info.context)
    each = each_read(lambda row: (read_figure(row[0], info), read(row[1], info)), rows.of)
    return ByFigure(measure=measure, rows=tuple(each), place=node.place)


def _by_conditions(node: Items, read: Reader, info: ValidationInfo) -> ByConditions:
    rows: list[tuple[ConditionSpelling, Read, Place]] = []
    otherwise = None
    for item in node.of:
        keys = _keys_of(item)
        if "else" in keys and len(keys) == 1 and item is node.of[-1]:
            otherwise = read(keys["else"], info)
        elif set(keys) == {"when", "use"}:
            when = _CONDITION.validate_python(keys["when"], context=info.context)
            rows.append((when, read(keys["use"], info), item.place))
        else:
            raise not_of_type(item, *_A_CASE)
    if not rows:
        raise not_of_type(node, *_A_CASE)
    return ByConditions(rows=tuple(rows), otherwise=otherwise, place=node.place)


def _keys_of(node: Node) -> Mapping[str, Node]:
    return {word_of(key.text): value for key, value in node.of} if isinstance(node, Entries) else {}


_MEASURE: TypeAdapter[MeasureSpelling] = TypeAdapter(MeasureField)
_CONDITION: TypeAdapter[ConditionSpelling] = TypeAdapter(ConditionField)
_A_TABLE = (
    Text(en="a table by the next column", de="eine Tabelle nach der nächsten Spalte"),
    Text(en="Write `{value: figure, else: figure}`.", de="Schreiben Sie `{value: figure, else: figure}`."),
)
_A_CASE = (
    Text(en="a row `{when: …, use: …}`", de="eine Zeile `{when: …, use: …}`"),
    Text(en="End the list with `{else: …}`.", de="Beenden Sie die Liste mit `{else: …}`."),
)


def _mixed(place: Place) -> Finding:
    return not_yet(
        place,
        "by",
        Text(
            en="A table asks either the line or the partner. Read the level with `level_on: day of sale`, use"
            " `partner.kind`, `partner.country` …, or write two incentives.",
            de="Eine Tabelle fragt entweder die Zeile oder den Partner. Lesen Sie die Partnerstufe mit"
            " `level_on: day of sale`, verwenden Sie `partner.kind`, `partner.country` … oder schreiben"
            " Sie zwei Boni.",
        ),
    )


def varying_schema(figure: dict[str, Any]) -> dict[str, Any]:
    """The schema of a figure, or of a table of figures. figure: the schema of one."""
    rows = {"anyOf": [figure, {"type": "object"}]}
    column = {"type": "string", "enum": list(COLUMNS)}
    columns = {"anyOf": [column, {"type": "array", "items": column, "minItems": 1}]}
    by_column = {
        "type": "object",
        "required": ["by"],
        "properties": {"by": columns},
        "additionalProperties": rows,
    }
    by_figure = {
        "type": "object",
        "required": ["by", "from"],
        "properties": {
            "by": {"type": "object"},
            "from": {"type": "object", "additionalProperties": figure},
        },
        "additionalProperties": False,
    }
    case = {
        "type": "object",
        "properties": {"when": {}, "use": figure, "else": figure},
        "additionalProperties": False,
    }
    cases = {"type": "array", "items": case, "minItems": 1}
    return {"anyOf": [figure, by_column, by_figure, cases]}


def _field(read: Reader, figure: dict[str, Any]) -> tuple[PlainValidator, WithJsonSchema]:
    return PlainValidator(read_varies(read)), WithJsonSchema(varying_schema(figure))


RateField = Annotated[Decimal | ByColumns | ByFigure | ByConditions, *_field(read_percent, PERCENT_SCHEMA)]
PayField = Annotated[Decimal | ByColumns | ByFigure | ByConditions, *_field(read_money, NUMBER_SCHEMA)]

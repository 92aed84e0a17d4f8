"""Tables over two measures: one picks the row, the other the cell. Rule 27.

A table lowers to a retroactive scale over the rows, each step's pay as cases over the columns, the highest
first; what lies below the first column is paid nothing.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.model import (
    Case,
    Cases,
    Lump,
    Measure,
    Pay,
    Percent,
    Scale,
    ScaleKind,
    Step,
    Test,
    Varies,
)
from staffel.core.programme.spellings.measures import MeasureField
from staffel.core.programme.spellings.numbers import (
    NUMBER_SCHEMA,
    PERCENT_SCHEMA,
    Figure,
    FigureField,
    read_money,
    read_percent,
    written,
)
from staffel.core.programme.spellings.spelling import ListOf, Lowering, Spelling, missing, one_of_both
from staffel.core.programme.text import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one cell pays."""

    figure: Decimal
    place: Place


def _read_rate(node: Node, info: ValidationInfo) -> Cell:
    return Cell(figure=read_percent(node, info), place=node.place)


def _read_lump(node: Node, info: ValidationInfo) -> Cell:
    return Cell(figure=read_money(node, info), place=node.place)


RateCell = Annotated[Cell, PlainValidator(_read_rate), WithJsonSchema(PERCENT_SCHEMA)]
LumpCell = Annotated[Cell, PlainValidator(_read_lump), WithJsonSchema(NUMBER_SCHEMA)]


class RowsSpelling(Spelling):
    """What picks the row; without a measure the driver, else the base."""

    measure: MeasureField | None = Field(default=None, description="What picks the row; else the driver.")
    from_: ListOf[FigureField] = Field(alias="from", description="Where each begins, in rising order.")


class ColumnsSpelling(Spelling):
    """What picks the cell in its row."""

    measure: MeasureField
    from_: ListOf[FigureField] = Field(alias="from", description="Where each begins, in rising order.")


class TableSpelling(Spelling):
    """Rows by one measure, columns by another, and what each cell pays on the whole base."""

    rows: RowsSpelling
    columns: ColumnsSpelling
    rates: ListOf[ListOf[RateCell]] = Field(default=(), description="A percent for each cell, row by row.")
    lumps: ListOf[ListOf[LumpCell]] = Field(default=(), description="A lump sum for each cell, row by row.")

    def driver(self, at: Lowering) -> Measure | None:
        """What picks the row, if it says so."""
        return self.rows.measure.lowered(at) if self.rows.measure else None

    def scale(self, at: Lowering) -> Scale:
        """A retroactive scale over the rows; a cell too many, or too few, is reported."""
        cells = self.rates or self.lumps
        if self.rates and self.lumps:
            at.desk.report(one_of_both(self.place, "rates", "lumps"))
        if not cells:
            at.desk.report(missing(self.place, "rates"))
        full = [row for row in cells if len(row) == len(self.columns.from_)]
        if cells and not len(cells) == len(full) == len(self.rows.from_):
            at.desk.report(_not_full(self))
        tests = self._tests(at)
        for figure in self.rows.from_:
            at.desk.keep(figure.place, figure.digits, in_percent=figure.is_share)
        steps = (
            Step(start=figure.value, pays=(self._pay(tests, row),), place=figure.place)
            for figure, row in zip(self.rows.from_, full, strict=False)
        )
        return Scale(kind=ScaleKind.RETROACTIVE, steps=tuple(steps), place=self.place)

    def _tests(self, at: Lowering) -> list[Test]:
        """Each column as a test of its figure; figures out of order are reported."""
        measure = self.columns.measure.lowered(at)
        for low, high in pairwise(self.columns.from_):
            if low.is_share is high.is_share and low.value >= high.value:
                at.desk.report(_not_rising(low, high))
        found = []
        for figure in self.columns.from_:
            at.desk.keep(figure.place, figure.digits, in_percent=figure.is_share)
            test = Test(measure=measure, comparison="at_least", figure=figure.value, place=figure.place)
            found.append(test)
        return found

    def _pay(self, tests: list[Test], row: tuple[Cell, ...]) -> Pay:
        """A row's cells as cases, the highest column first; below the first nothing."""
        pairs = sorted(zip(tests, row, strict=True), key=lambda pair: -min(pair[0].figures))
        cases = tuple(Case(when=test, use=cell.figure, place=cell.place) for test, cell in pairs)
        place = row[0].place if row else self.place
        table: Varies[Decimal] = Cases(rows=cases, otherwise=Decimal(0), place=place)
        return Percent(rate=table, place=place) if self.rates else Lump(money=table, place=place)


def _not_full(table: TableSpelling) -> Finding:
    rows, columns = len(table.rows.from_), len(table.columns.from_)
    return Finding(
        code="table-not-full",
        places=(table.place,),
        reason=Text(
            en=f"The table has {rows} rows and {columns} columns, and not a figure for each cell.",
            de=f"Die Tabelle hat {rows} Zeilen und {columns} Spalten und nicht für jedes Feld eine Zahl.",
        ),
        way_out=Text(
            en=f"Write {rows} lists of {columns} figures each.",
            de=f"Schreiben Sie {rows} Listen mit je {columns} Zahlen.",
        ),
    )


def _not_rising(low: Figure, high: Figure) -> Finding:
    return Finding(
        code="steps-not-rising",
        places=(high.place, low.place),
        reason=Text(
            en=f"The column from {written(high.value)} stands after the column from {written(low.value)}.",
            de=f"Die Spalte ab {written(high.value)} steht nach der Spalte ab {written(low.value)}.",
        ),
        way_out=Text(
            en='Put the columns in rising order of "from".',
            de="Ordnen Sie die Spalten aufsteigend nach „from“.",
        ),
    )

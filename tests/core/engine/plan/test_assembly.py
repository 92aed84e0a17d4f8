"""The whole plan: golden text, one reading of the lines, the same plan every time, and the other dialect.

`STAFFEL_RENEW_GOLDEN=1 pytest tests/core/engine/plan/test_assembly.py` writes the golden files anew; read the
difference like code.
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlglot
from sqlglot import ErrorLevel, exp

from staffel.core.calendar import Span, Unit
from staffel.core.engine.background import Background, Closed, Conversion, Merge
from staffel.core.engine.plan.assembly import Asking, Assembly, facts_used
from staffel.core.engine.plan.statement import Plan, Statement
from staffel.core.programme import read_programme
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import (
    Baseline,
    Before,
    By,
    Cap,
    Condition,
    Different,
    EachUnit,
    Earner,
    Exists,
    GroupShare,
    Growth,
    Holds,
    Is,
    LastYear,
    Minimum,
    Programme,
    Review,
    Test,
    Trait,
    When,
    Who,
)
from tests.core.engine.plan.world import Q1, calculated, world, year
from tests.forms.conftest import incentive, ladder, steps, take, use

GOLDEN = Path(__file__).with_name("golden")
EXAMPLES = sorted(Path(__file__).parents[4].glob("examples/programmes/*.yaml"))
BY_EXAMPLE = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
# All that may make a statement: merges, foreign money, closed windows, returns, corrections, openings.
FULL = Background(
    merges=(Merge(partner="a", survivor="b", day=date(2026, 2, 1)),),
    conversions=(
        Conversion(currency="USD", span=Span(date(2000, 1, 1), date(2999, 1, 1)), above=9, below=10),
    ),
    closed=(Closed(window=Q1, commit_no=7),),
    has_returns=True,
    has_reversals=True,
    has_openings=True,
    has_product_changes=True,
    has_second_spells=True,
    has_settled=True,
)


def planned(of: Programme, on: date, background: Background = FULL, **asked: Any) -> Assembly:
    """An assembled plan."""
    assembly = Assembly(asking=Asking(programme=of, day=on, **asked), background=background)
    assembly.assemble()
    return assembly


def example(path: Path) -> Programme:
    programme = read_programme(path, file=path.name).programme
    assert programme is not None
    return programme


def full(path: Path) -> Assembly:
    """The plan of an example in its tenth month, with every kind of fact, its third quarter closing."""
    programme = example(path)
    third = programme.calendar.windows(programme.valid, Unit.QUARTER)[2]
    on = programme.calendar.windows(programme.valid, Unit.MONTH)[9].last_day
    return planned(programme, on, closing=third)


def thousand(**values: Any) -> Test:
    return Test(measure=use(**values), comparison="at_least", figure=Decimal(1000))


# ------------------------------------------------------------------------- golden text

RUNGS = ladder(
    ("tin", ()),
    ("gold", (thousand(),)),
    review=Review(up=EachUnit(unit=Unit.QUARTER), down=EachUnit(unit=Unit.YEAR)),
)
GATE: Condition = Holds(trait=Trait.LEVEL, values=("gold",), when=When.START)
SMALL = {
    # The smallest: one rate on one sum, in one window.
    "rate": year(incentive(), currency="EUR"),
    # A marginal scale with a factor, a cap of the whole and a minimum, settled.
    "scale": year(
        incentive(
            scale=steps((0, "0.01"), (50000, "0.02"), kind="marginal"),
            select=Is(column="kind", values=("sale", "return")),
            adjust=(By(when=thousand(over=Before(unit=Unit.QUARTER)), factor=Decimal("1.2")),),
            caps=(Cap(money=Decimal(60000)),),
            minimum=Minimum(money=Decimal(50)),
        )
    ),
    # Levels by a review, and a bonus that asks for one.
    "levels": year(incentive(gate=GATE), ladders=(RUNGS,)),
}


def texts_of(plan: Plan) -> list[str]:
    """Every statement with what it means, as `explain --sql` prints them."""
    return [f"-- {one.name}: {one.meaning}\n{one.sql(pretty=True)};\n" for one in plan.statements]


@pytest.mark.parametrize("name", SMALL)
def test_reads_as_it_did(name: str) -> None:
    """Quarter 1 is settled at the end of March, from a ledger without merges, returns or foreign money.

    The plan of one rate stands there whole, of the others what they do not share with it.
    """
    of = {
        one: texts_of(planned(SMALL[one], Q1.last_day, Background(), closing=Q1).plan)
        for one in ("rate", name)
    }
    text = "\n".join(one for one in of[name] if name == "rate" or one not in of["rate"])
    file = GOLDEN / f"{name}.sql"
    if os.environ.get("STAFFEL_RENEW_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_no_golden_file_without_its_programme() -> None:
    assert sorted(one.stem for one in GOLDEN.glob("*.sql")) == sorted(SMALL)


# ------------------------------------------------------------------------- what holds of every plan


def tables_read(statement: Statement) -> list[str]:
    """The tables that a statement reads, as often as it reads them."""
    return [node.name for node in statement.query.find_all(exp.Table)]


class TestEveryPlan:
    @BY_EXAMPLE
    def test_reads_each_report_once(self, path: Path) -> None:
        """However many measures, levels and incentives: one scan of each source of lines, and one more where
        a rule asks what was bought before.
        """
        assembly = full(path)
        read = Counter(name for one in assembly.plan.statements for name in tables_read(one))
        assert sorted(assembly.lines) == ["sell_out"]
        assert read["facts_sell_out"] == 1 + bool(all_in(assembly.programme, Exists))
        assert read["facts_sell_in"] == 0

    @BY_EXAMPLE
    def test_a_view_is_read_once(self, path: Path) -> None:
        """What is read in place is read once for all that is kept, or by whoever asks for the result; the
        scan a few times, of few columns.
        """
        statements = full(path).plan.statements
        views = {one.name: one for one in statements if one.view}

        def read(statement: Statement) -> Counter[str]:
            found = Counter(tables_read(statement))
            return sum((read(views[name]) for name in found.elements() if name in views), found)

        kept = sum((read(one) for one in statements if not one.view), Counter[str]())
        assert {name for name in views if kept[name] > 1 and not name.startswith("scan_")} == set()
        assert {name for name in views if not kept[name]} <= {"differences", "requirements"}

    @BY_EXAMPLE
    def test_a_statement_reads_what_stands_before_it(self, path: Path) -> None:
        known: set[str] = set()
        for statement in full(path).plan.statements:
            own = {name for name in tables_read(statement) if not name.startswith("facts_")}
            assert own <= known, f"{statement.name} reads {sorted(own - known)} too early"
            known.add(statement.name)

    @BY_EXAMPLE
    def test_is_the_same_every_time(self, path: Path) -> None:
        assert texts_of(full(path).plan) == texts_of(full(path).plan)

    @BY_EXAMPLE
    def test_every_statement_says_what_it_is(self, path: Path) -> None:
        assert [one.name for one in full(path).plan.statements if not one.meaning] == []

    @BY_EXAMPLE
    def test_money_is_never_divided_nor_averaged(self, path: Path) -> None:
        """Rule 4 of style.md: both are DOUBLE in DuckDB; nothing is a float, nothing asks the clock."""
        refused = (exp.Div, exp.Avg, exp.CurrentDate, exp.CurrentTimestamp, exp.Rand)
        for statement in full(path).plan.statements:
            assert not list(statement.query.find_all(*refused)), statement.name
            kinds = {node.this for node in statement.query.find_all(exp.DataType)}
            assert not kinds & {exp.DataType.Type.DOUBLE, exp.DataType.Type.FLOAT}, statement.name

    @BY_EXAMPLE
    def test_reads_back_as_it_was_written(self, path: Path) -> None:
        """The text is whole: parsed and written again it is the same."""
        for statement in full(path).plan.statements:
            text = statement.query.sql("duckdb")
            assert sqlglot.parse_one(text, read="duckdb").sql("duckdb") == text, statement.name

    @BY_EXAMPLE
    def test_incentives_stand_under_their_lines(self, path: Path) -> None:
        """A reader of the SQL finds the line of the programme."""
        assembly = full(path)
        for earning in assembly.earnings.values():
            mine = [one for one in assembly.plan.statements if one.name.endswith(f"_{earning.name}")]
            assert {one.place for one in mine} == {earning.incentive.place}
            made = {one.name.removesuffix(f"_{earning.name}") for one in mine}
            assert made - {"cuts"} == {"earning", "amounts"}


class TestGrowth:
    """Ten times the incentives adds columns, not scans."""

    def count(self, number: int) -> tuple[int, int]:
        """Readings of the lines' table and of cells."""
        made = [incentive(f"bonus-{n}", scale=steps((n, "0.01"))) for n in range(number)]
        read = Counter(
            name for one in planned(year(*made), Q1.last_day).plan.statements for name in tables_read(one)
        )
        return read["facts_sell_out"], read["lines_sell_out"]

    def test_of_scans(self) -> None:
        assert self.count(1) == self.count(10) == (1, 1)


class TestFactsUsed:
    """Only what a plan reads is attached: what nobody asks for need not be there."""

    MEASURES = {
        "people": take(aggregate=Different(key="person_id"), source="certifications", date="holds_from")
    }

    @pytest.mark.parametrize(
        ("programme", "tables"),
        [
            (year(incentive()), ["enrolments", "sell_out"]),
            (
                year(incentive(select=Is(column="product.family", values=("boxes",)))),
                ["enrolments", "products", "sell_out"],
            ),
            (year(incentive(gate=GATE), ladders=(RUNGS,)), ["decisions", "enrolments", "sell_out"]),
            (
                year(incentive(driver=use("people")), measures=MEASURES),
                ["certifications", "enrolments", "sell_out"],
            ),
            (year(incentive(base=take(source="sell_in"))), ["enrolments", "sell_in"]),
            (
                year(incentive(earner=Earner(who=Who.ALLIANCE, base_of="group", share=GroupShare.EQUALLY))),
                ["enrolments", "memberships", "sell_out"],
            ),
        ],
        ids=["plain", "products", "levels", "people", "sell-in", "groups"],
    )
    def test_by_what_is_asked(self, programme: Programme, tables: list[str]) -> None:
        assert facts_used(planned(programme, Q1.last_day, Background()).plan) == tables

    def test_a_settlement_reads_what_was_settled(self) -> None:
        found = facts_used(planned(year(incentive()), Q1.last_day, Background(), closing=Q1).plan)
        assert found == ["enrolments", "sell_out", "settled"]


class TestAsked:
    def test_a_programme_that_has_not_begun(self) -> None:
        """No window has begun: nothing is earned, and no statement asks for it."""
        results = calculated(year(incentive()), world(a=1, b=2), "2025-12-31")
        assert results.tables == {}

    def test_without_incentives(self) -> None:
        results = calculated(year(ladders=(RUNGS,)), world(a=1000, b=2), "2026-04-01")
        assert sorted(results.tables) == ["levels", "requirements", "standing"]

    def test_every_span_that_any_figure_asks(self) -> None:
        growth = Growth(of=use("revenue"), against=(Baseline(window=LastYear(unit=Unit.QUARTER)),))
        spans = planned(year(incentive(driver=growth)), Q1.last_day, Background()).all_spans()
        assert set(spans) == {Q1, Span(date(2025, 1, 1), date(2025, 4, 1))}


class TestSpark:
    """The same plan for another engine, as far as SQLGlot goes: nothing that it cannot say."""

    # Whole numbers of 38 digits are HUGEINT in DuckDB. Spark has none: it would be a DECIMAL(38, 0), and its
    # `div` gives a BIGINT. So these need a twin before a plan runs there: quotients, conversions, what is
    # expected, and the coins of a group.
    DIVIDING = ("conversions", "lines_", "panel_", "amounts_", "entitled")

    def statements(self, path: Path) -> Iterator[Statement]:
        yield from full(path).plan.statements

    @BY_EXAMPLE
    def test_says_all_of_it(self, path: Path) -> None:
        """No warning of SQLGlot, and the text can be read back."""
        for statement in self.statements(path):
            text = statement.query.sql("spark", unsupported_level=ErrorLevel.RAISE)
            assert sqlglot.parse_one(text, read="spark") is not None, statement.name

    @BY_EXAMPLE
    def test_knows_its_types_but_one(self, path: Path) -> None:
        spark = {"DECIMAL", "VARCHAR", "DATE", "INT", "BIGINT", "TINYINT", "BOOLEAN", "NULL", "TEXT"}
        types = {node.this.name for one in self.statements(path) for node in one.query.find_all(exp.DataType)}
        assert types - spark == {"INT128"}

    @BY_EXAMPLE
    def test_what_needs_a_twin(self, path: Path) -> None:
        """Statements with whole numbers of 38 digits are those that divide, and no others."""
        found = {
            one.name
            for one in self.statements(path)
            if list(one.query.find_all(exp.IntDiv))
            or any(node.this is exp.DataType.Type.INT128 for node in one.query.find_all(exp.DataType))
        }
        assert {name for name in found if not name.startswith(self.DIVIDING)} == set()

    @BY_EXAMPLE
    def test_no_decimal_beyond_38_digits(self, path: Path) -> None:
        digits = {
            int(node.expressions[0].name)
            for one in self.statements(path)
            for node in one.query.find_all(exp.DataType)
            if node.this is exp.DataType.Type.DECIMAL
        }
        assert max(digits) <= 38

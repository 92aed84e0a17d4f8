"""Scales, and the short forms of one with a single step."""

from decimal import Decimal

import pytest

from staffel.core.programme.model import (
    Case,
    Cases,
    Count,
    Lump,
    Percent,
    PerUnit,
    Scale,
    ScaleKind,
    Step,
    Test,
    Use,
)
from tests.core.programme.heron import found, incentive, with_incentive

D = Decimal
ONE, TWO = Percent(rate=D("0.01")), Percent(rate=D("0.02"))


def flat(*pays: Percent | PerUnit | Lump) -> Scale:
    return Scale(kind=ScaleKind.RETROACTIVE, steps=(Step(start=D(0), pays=pays),))


def pieces_from(figure: int, start: int) -> Case[D]:
    """A row of a table by the pieces sold."""
    test = Test(measure=Use(measure="pieces"), comparison="at_least", figure=D(figure))
    return Case(when=test, use=D(start))


def of_pieces(upper: str, lower: str) -> Percent:
    """A row of a table over the pieces sold, from 1 and from 2."""
    tests = (
        Test(measure=Use(measure="pieces"), comparison="at_least", figure=D(figure)) for figure in (2, 1)
    )
    rows = tuple(Case(when=test, use=D(use)) for test, use in zip(tests, (upper, lower), strict=True))
    return Percent(rate=Cases(rows=rows, otherwise=D(0)))


@pytest.mark.parametrize(
    ("line", "base", "scale"),
    [
        ("rate: 2 %", "revenue", flat(TWO)),
        ("per_unit: 5", "pieces", flat(PerUnit(money=D(5)))),
        ("lump: 500", "revenue", flat(Lump(money=D(500)))),
        (
            "all_or_nothing: {from: 10_000, rate: 2 %, lump: 5}",
            "revenue",
            Scale(kind=ScaleKind.RETROACTIVE, steps=(Step(start=D(10_000), pays=(TWO, Lump(money=D(5)))),)),
        ),
        (
            "table: {rows: {from: [0, 5]}, columns: {measure: pieces, from: [1, 2]},"
            " rates: [[1 %, 2 %], [2 %, 1 %]]}",
            "revenue",
            Scale(
                kind=ScaleKind.RETROACTIVE,
                steps=(
                    Step(start=D(0), pays=(of_pieces("0.02", "0.01"),)),
                    Step(start=D(5), pays=(of_pieces("0.01", "0.02"),)),
                ),
            ),
        ),
        (
            "all_or_nothing: {from: 10_000, rate: 2 %, else: 1 %}",
            "revenue",
            Scale(kind=ScaleKind.RETROACTIVE, steps=(Step(start=D(10_000), pays=(TWO,)),), below=(ONE,)),
        ),
        (
            "scale: {kind: retroactive, steps: [{from: 10_000, rate: 2 %}], below: {lump: 5}}",
            "revenue",
            Scale(
                kind=ScaleKind.RETROACTIVE,
                steps=(Step(start=D(10_000), pays=(TWO,)),),
                below=(Lump(money=D(5)),),
            ),
        ),
        (
            "all_or_nothing: {from: {by: {measure: pieces}, from: {0: 9, 50: 5}}, rate: 2 %}",
            "revenue",
            Scale(
                kind=ScaleKind.RETROACTIVE,
                steps=(Step(start=Cases(rows=(pieces_from(50, 5), pieces_from(0, 9))), pays=(TWO,)),),
            ),
        ),
        (
            "scale: {kind: increment, every: 50, free: 60, steps: [{from: 0, lump: 4}]}",
            "pieces",
            Scale(
                kind=ScaleKind.INCREMENT,
                steps=(Step(start=D(0), pays=(Lump(money=D(4)),)),),
                count=Count(every=D(50), free=D(60)),
            ),
        ),
        (
            "scale: {kind: marginal, steps: [{from: 0, rate: 1 %}, {above: 50_000, rate: 2 %}]}",
            "revenue",
            Scale(
                kind=ScaleKind.MARGINAL,
                steps=(
                    Step(start=D(0), pays=(ONE,)),
                    Step(start=D(50_000), pays=(TWO,), reached="above"),
                ),
            ),
        ),
    ],
)
def test_scales(line: str, base: str, scale: Scale) -> None:
    assert incentive(f"base: {base}", "per: quarter", line).scale == scale


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("scale: {kind: marginal, steps: []}", ["key-missing"]),
        ("scale: {kind: marginal}", ["key-missing"]),
        ("scale: {kind: steep, steps: [{from: 0, rate: 1 %}]}", ["value-not-of-type"]),
        ("scale: {kind: increment, steps: [{from: 0, lump: 4}]}", ["key-missing"]),
        ("scale: {kind: increment, every: 0, steps: [{from: 0, lump: 4}]}", ["value-not-of-type"]),
        ("scale: {kind: increment, every: 5, free: 1 %, steps: [{from: 0, lump: 4}]}", ["units-differ"]),
        ("scale: {kind: increment, every: 5 %, steps: [{from: 0, lump: 4}]}", ["units-differ"]),
        ("scale: {kind: increment, every: 5, steps: [{from: 0, rate: 4 %}]}", ["pay-needs-unit"]),
        ("scale: {kind: marginal, every: 5, free: 1, steps: [{from: 0, rate: 1 %}]}", ["key-unknown"] * 2),
        ("scale: {kind: marginal, fill: by_date, steps: [{from: 0, rate: 1 %}]}", ["not-yet"]),
        ("scale: {kind: marginal, steps: [{from: 0}]}", ["key-missing"]),
        ("scale: {kind: marginal, steps: [{rate: 1 %}]}", ["key-missing"]),
        ("scale: {kind: marginal, steps: [{from: 0, above: 0, rate: 1 %}]}", ["one-of-both"]),
        ("scale: {kind: marginal, steps: [{from: {by: level}, rate: 1 %}]}", ["key-missing"]),
        ("all_or_nothing: {from: {by: kind, dealer: 5, else: 2 %}, rate: 1 %}", ["units-differ"] * 2),
        ("all_or_nothing: {from: {by: products, boxes: 5, else: 2}, rate: 1 %}", ["varies-by-line"]),
        (
            "scale: {kind: linear, steps: [{from: 0, rate: 1 %}, {from: {by: kind, dealer: 5}, rate: 2 %}]}",
            ["cases-open"],
        ),
        (
            "scale: {kind: marginal, steps: [{from: 5, rate: 1 %},"
            " {from: {by: kind, dealer: 5, else: 9}, rate: 2 %}]}",
            ["steps-equal"],
        ),
        ("scale: {kind: marginal, steps: [{from: 0, rate: -1 %}]}", ["value-not-of-type"]),
        ("all_or_nothing: {from: 10_000, rate: 3 %, else: {}}", ["key-missing"]),
        ("all_or_nothing: {from: 0, rate: 3 %, else: 2 %}", ["cases-never"]),
        ("title: {en: a, de: b}", ["key-missing"]),
    ],
)
def test_what_is_no_scale(line: str, codes: list[str]) -> None:
    assert found(with_incentive("base: revenue", "per: quarter", line)) == codes


@pytest.mark.parametrize(("otherwise", "endless"), [(D(0), True), (D(5), False), (None, False)])
def test_a_table_of_zeros_has_no_lower_end_where_it_holds_for_all(otherwise: D | None, endless: bool) -> None:
    step = Step(start=Cases(rows=(pieces_from(1, 0),), otherwise=otherwise), pays=(ONE,))
    assert step.is_endless is endless


ROWS, COLUMNS = "rows: {from: [0, 5]}", "columns: {measure: pieces, from: [1, 2]}"


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (f"{ROWS}, {COLUMNS}, rates: [[1 %, 2 %], [2 %, 3 %]]", []),
        (f"{ROWS}, {COLUMNS}, lumps: [[1, 2], [2, 3]]", []),
        (f"{ROWS}, {COLUMNS}", ["key-missing"]),
        (f"{ROWS}, {COLUMNS}, rates: [[1 %, 2 %]]", ["table-not-full"]),
        (f"{ROWS}, {COLUMNS}, rates: [[1 %, 2 %], [2 %]]", ["table-not-full"]),
        (
            f"{ROWS}, columns: {{measure: pieces, from: [2, 1]}}, lumps: [[1, 2], [2, 3]]",
            ["steps-not-rising"],
        ),
        (f"rows: {{from: [5, 0]}}, {COLUMNS}, lumps: [[1, 2], [2, 3]]", ["steps-not-rising"]),
        (f"{ROWS}, {COLUMNS}, rates: [[1 %, 2 %], [2 %, 1 %]]", ["more-pays-less"]),
        (f"{ROWS}, columns: {{measure: pieces, from: [1, 2 %]}}, lumps: [[1, 2], [2, 3]]", ["units-differ"]),
    ],
)
def test_a_table_has_a_figure_for_each_cell(table: str, codes: list[str]) -> None:
    assert found(with_incentive("base: revenue", "per: quarter", f"table: {{{table}}}")) == codes


def test_the_rows_of_a_table_are_its_driver() -> None:
    table = f"table: {{rows: {{measure: pieces, from: [0, 5]}}, {COLUMNS}, lumps: [[1, 2], [2, 3]]}}"
    assert incentive("base: revenue", "per: quarter", table).driver == Use(measure="pieces")
    said = found(with_incentive("base: revenue", "per: quarter", "driver: customers", table))
    assert said == ["one-of-both"]

"""Measures and what is made of them."""

from decimal import Decimal

import pytest

from staffel.core.calendar import Unit
from staffel.core.programme.model import (
    Agreed,
    Baseline,
    Before,
    Different,
    Growth,
    Last,
    Lines,
    Measure,
    Part,
    Score,
    Share,
    SumOf,
    Take,
    Use,
    Who,
)
from staffel.core.programme.spellings.measures import for_alliance
from tests.core.programme.heron import found, measure, with_measure

NET = Take(aggregate=SumOf(column="net"), source="sell_out", date="sold_on")
REVENUE = Use(measure="revenue")
PIECES = Use(measure="pieces")


@pytest.mark.parametrize(
    ("spelled", "form"),
    [
        ("{sum: net, of: sell_out}", NET),
        (
            "{sum: quantity, of: sell_in, dates: {window: invoiced}}",
            Take(aggregate=SumOf(column="quantity"), source="sell_in", date="invoiced_on"),
        ),
        ("{count: lines, of: sell_out}", Take(aggregate=Lines(), source="sell_out", date="sold_on")),
        (
            "{count: end_customer, of: sell_out}",
            Take(aggregate=Different(key="end_customer_id"), source="sell_out", date="sold_on"),
        ),
        (
            "{count: person, of: certifications}",
            Take(aggregate=Different(key="person_id"), source="certifications", date="holds_from"),
        ),
        ("revenue", REVENUE),
        ("{measure: revenue}", REVENUE),
        ("{measure: revenue, of: alliance}", Use(measure="revenue", who=Who.ALLIANCE)),
        (
            "{measure: revenue, over: last 4 quarters}",
            Use(measure="revenue", over=Last(count=4, unit=Unit.QUARTER)),
        ),
        ("{share: pieces, in: revenue}", Share(part=PIECES, whole=REVENUE)),
        ("{share: pieces, in: {sum: net, of: sell_out}}", Share(part=PIECES, whole=NET)),
        ("{target: yearly}", Agreed(target="yearly")),
        ("{attained: revenue, of: {target: y}}", Share(part=REVENUE, whole=Agreed(target="y"))),
        (
            "{growth_of: revenue, against: year before, as: amount}",
            Growth(of=REVENUE, against=(Baseline(window=Before(unit=Unit.YEAR)),), shown_as="amount"),
        ),
        (
            "{score: [{measure: people, points: 2.5, most: 20, least: 1}]}",
            Score(
                parts=(
                    Part(
                        measure=Use(measure="people"),
                        points=Decimal("2.5"),
                        most=Decimal(20),
                        least=Decimal(1),
                    ),
                )
            ),
        ),
    ],
)
def test_measures(spelled: str, form: Measure) -> None:
    assert measure(spelled) == form


@pytest.mark.parametrize(
    ("spelled", "codes"),
    [
        ("{sum: nett, of: sell_out}", ["column-unknown"]),
        ("{sum: line_id, of: sell_out}", ["column-unknown"]),
        ("{count: customers, of: sell_out}", ["column-unknown"]),
        ("{count: site, of: sell_out}", ["not-yet"]),
        ("{sum: net}", ["key-missing"]),
        ("{sum: net, of: sellout}", ["value-not-of-type"]),
        ("{sum: net, of: usage}", ["not-yet"]),
        ("{sum: net, of: certifications}", ["source-lacks-column"]),
        ("{sum: net, of: sell_out, dates: {window: today}}", ["value-not-of-type"]),
        ("{sum: net, of: sell_out, dates: {window: sold, inside: [tomorrow]}}", ["value-not-of-type"]),
        ("{sum: net, of: sell_out, weight: 2}", ["not-yet"]),
        ("{plus: [revenue, pieces]}", ["units-differ"]),
        ("{best_of: [revenue, pieces]}", ["units-differ"]),
        ("{plus: []}", ["key-missing"]),
        ("{plus: [growth]}", ["units-differ"]),
        ("{worst_of: [revenue, {figure: 5 %}]}", ["units-differ"]),
        ("{measure: growth, at_most: 5}", ["units-differ"]),
        ("{su: net, of: sell_out}", ["key-unknown"]),
        ("{of: sell_out}", ["key-missing"]),
        ("{}", ["key-missing"]),
        ("[revenue]", ["value-not-of-type"]),
        ("{share: pieces}", ["key-missing"]),
        ("{share: growth, in: revenue}", ["units-differ"]),
        ("{growth_of: growth, against: year before}", ["units-differ"]),
        ("{growth_of: revenue}", ["key-missing"]),
        ("{score: []}", ["key-missing"]),
        ("{score: [{measure: people, points: 2, most: 1, least: 5}]}", ["never-true"]),
        ("{measure: revenu}", ["name-unknown"]),
        ("{measure: revenue, of: brothers}", ["value-not-of-type"]),
    ],
)
def test_what_is_no_measure(spelled: str, codes: list[str]) -> None:
    if spelled.endswith("}") and spelled != "{}":
        spelled = f"{spelled[:-1]}, accept: measure-unused}}"
    assert found(with_measure(spelled)) == codes


def test_all_that_is_wrong_comes_at_once() -> None:
    text = with_measure(
        "{sum: nett, off: sell_out, over: last 2 weeks, products: 3x, dates: {window: never}}"
    )
    assert found(text) == [
        "column-unknown",  # nett
        "key-unknown",  # off, which is read on as of
        "not-yet",  # last 2 weeks
        "value-not-of-type",  # 3x
        "value-not-of-type",  # never
    ]


def test_a_part_of_a_share_asks_the_alliance_too() -> None:
    alliance = for_alliance(Share(part=PIECES, whole=NET))
    assert isinstance(alliance, Share)
    assert [getattr(side, "who", None) for side in (alliance.part, alliance.whole)] == [Who.ALLIANCE] * 2


def test_each_form_has_its_place() -> None:
    text = with_measure("{share: pieces, in: {sum: net, of: sell_out}}")
    line = text.splitlines().index("  this: {share: pieces, in: {sum: net, of: sell_out}}") + 1
    share = measure("{share: pieces, in: {sum: net, of: sell_out}}")
    assert isinstance(share, Share)
    assert [str(form.place) for form in (share, share.part, share.whole)] == [
        f"heron.yaml:{line}:9",
        f"heron.yaml:{line}:17",
        f"heron.yaml:{line}:29",
    ]
    assert share.whole.place.path == "measures.this.in"

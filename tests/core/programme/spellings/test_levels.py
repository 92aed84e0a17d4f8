"""Levels, benefits and reviews."""

from decimal import Decimal

import pytest

from staffel.core.calendar import Unit
from staffel.core.programme.model import (
    Any,
    AtOnce,
    Benefit,
    Condition,
    EachUnit,
    FixedDays,
    Holds,
    Ladder,
    Length,
    Never,
    Path,
    Review,
    ReviewDays,
    Test,
    Trait,
    Use,
)
from tests.core.programme.heron import AROUND, LEVELS, TOP, found, whole

YEARLY = EachUnit(unit=Unit.YEAR)
TEN = Test(measure=Use(measure="revenue"), comparison="at_least", figure=Decimal(10))


NEW = Holds(trait=Trait.NEWCOMER, values=("true",))


def ladder(text: str) -> Ladder:
    read = whole(f"{TOP}{AROUND}{text}").ladder
    assert read is not None
    return read


def level(text: str) -> str:
    return f"levels:\n  - level: member\n  - {{level: silver, {text}}}\n"


def decided(answer: str) -> Holds:
    """That the level was decided so."""
    return Holds(trait=Trait.DECIDED, values=(f"silver={answer}",))


def test_without_a_review_up_at_once_and_down_yearly() -> None:
    assert ladder(LEVELS).review == Review(up=AtOnce(), down=YEARLY, grace=Length())


@pytest.mark.parametrize(
    ("spelled", "days"),
    [
        ("at once", AtOnce()),
        ("each month", EachUnit(unit=Unit.MONTH)),
        ("each quarter", EachUnit(unit=Unit.QUARTER)),
        ("each_half", EachUnit(unit=Unit.HALF)),
        ("yearly", YEARLY),
        ("{days: [09-30, 03-31]}", FixedDays(days=((3, 31), (9, 30)))),
        ("{days: 03-31}", FixedDays(days=((3, 31),))),
        ("never", Never()),
    ],
)
def test_days_of_review(spelled: str, days: ReviewDays) -> None:
    review = ladder(f"{LEVELS}review: {{promote: {spelled}, demote: {spelled}}}\n").review
    assert (review.up, review.down) == (days, days)


def test_grace_and_steps() -> None:
    spelled = "review: {promote: each quarter, grace: 2 quarters, most_steps_up: 1, most_steps_down: 2}\n"
    assert ladder(LEVELS + spelled).review == Review(
        up=EachUnit(unit=Unit.QUARTER),
        down=YEARLY,
        grace=Length(count=2, unit=Unit.QUARTER),
        most_up=1,
        most_down=2,
    )


@pytest.mark.parametrize(
    ("spelled", "codes"),
    [
        ("{promote: sometimes}", ["value-not-of-type"]),
        ("{promote: anniversary}", ["not-yet"]),
        ("{demote: {days: []}}", ["value-not-of-type"]),
        ("{demote: {days: [02-30]}}", ["date-impossible"]),
        ("{grace: long}", ["value-not-of-type"]),
        ("{most_steps_up: 1.5}", ["value-not-of-type"]),
        ("{lock_out: 12 months}", ["not-yet"]),
        ("at once", ["value-not-of-type"]),
    ],
)
def test_what_is_no_review(spelled: str, codes: list[str]) -> None:
    read = found(f"{TOP}{AROUND}{LEVELS}review: {spelled}\n")
    assert [code for code in read if code != "measure-unused"] == codes


def test_paths_in_the_order_written() -> None:
    text = level("paths: {b: {measure: revenue, at_least: 10}, a: [{measure: revenue, at_least: 10}]}")
    assert ladder(text).levels[1].paths == (
        Path(name="b", requirements=(TEN,)),
        Path(name="a", requirements=(TEN,)),
    )


@pytest.mark.parametrize(
    ("spelled", "paths"),
    [
        ("by: rule, requires: {measure: revenue, at_least: 10}", (Path(requirements=(TEN,)),)),
        ("by: invitation", (Path(requirements=(decided("invited"),)),)),
        (
            "by: approval, requires: {measure: revenue, at_least: 10}",
            (Path(requirements=(TEN, decided("approved"))),),
        ),
        (
            "by: approval, paths: {a: {measure: revenue, at_least: 10}, b: {holds: iso}}",
            (
                Path(name="a", requirements=(TEN, decided("approved"))),
                Path(
                    name="b",
                    requirements=(Holds(trait=Trait.HOLDS, values=("iso",)), decided("approved")),
                ),
            ),
        ),
    ],
)
def test_who_gives_a_level(spelled: str, paths: tuple[Path, ...]) -> None:
    """Rule 50. Invited or approved levels also need their decision."""
    assert ladder(level(spelled)).levels[1].paths == paths


SILVER = "  - {level: silver, paths: {a: {measure: revenue, at_least: 10}, b: {holds: iso}}}\n"
ISO = Holds(trait=Trait.HOLDS, values=("iso",))


@pytest.mark.parametrize(
    ("below", "spelled", "asked"),
    [
        (SILVER, "requires: {newcomer: true}", (Any(of=(TEN, ISO)), NEW)),
        (SILVER, "title: {en: Gold, de: Gold}", (Any(of=(TEN, ISO)),)),
        ("  - {level: silver, requires: {holds: iso}}\n", "requires: {newcomer: true}", (ISO, NEW)),
        ("", "requires: {newcomer: true}", (NEW,)),
    ],
)
def test_cumulative(below: str, spelled: str, asked: tuple[Condition, ...]) -> None:
    """Rule 49. `cumulative: true` asks the levels below too; of the lowest nothing is asked."""
    text = f"levels:\n  - level: member\n{below}  - {{level: gold, cumulative: true, {spelled}}}\n"
    assert ladder(text).levels[-1].paths == (Path(requirements=asked),)


@pytest.mark.parametrize(
    ("spelled", "benefit"),
    [
        ("discount: 4 %", Benefit(name="discount", text="4 %", figure=Decimal("0.04"), is_share=True)),
        ("seats: 12", Benefit(name="seats", text="12", figure=Decimal(12))),
        ("contact: distributor", Benefit(name="contact", text="distributor")),
        ("demo_units: true", Benefit(name="demo_units", text="true")),
    ],
)
def test_benefits(spelled: str, benefit: Benefit) -> None:
    text = level(f"requires: {{measure: revenue, at_least: 10}}, benefits: {{{spelled}}}")
    assert ladder(text).levels[1].benefits == (benefit,)


@pytest.mark.parametrize(
    ("spelled", "codes"),
    [
        ("requires: [], title: {en: a, de: b}", ["value-not-of-type"]),
        ("benefits: {discount: 1.200}", ["number-ambiguous"]),
        ("by: whim", ["value-not-of-type"]),
        ("keep: {}", ["not-yet"]),
        (
            "requires: {measure: revenue, at_least: 1}, paths: {a: {measure: revenue, at_least: 1}}",
            ["one-of-both"],
        ),
        ("paths: {two words: {measure: revenue, at_least: 1}}", ["value-not-of-type"]),
    ],
)
def test_what_is_no_level(spelled: str, codes: list[str]) -> None:
    silent = ("measure-unused", "always-true")
    assert [code for code in found(f"{TOP}{AROUND}{level(spelled)}") if code not in silent] == codes


@pytest.mark.parametrize("levels", ["", LEVELS])
def test_a_ladder_of_another_name_is_not_computed(levels: str) -> None:
    other = "ladders: [{ladder: skill, levels: [{level: basic}], review: {promote: yearly}}]\n"
    assert "not-yet" in found(TOP + AROUND + levels + other)


def test_the_ladder_may_stand_under_its_name() -> None:
    text = "ladders: [{ladder: level, levels: [{level: basic}], review: {promote: yearly}}]\n"
    assert [(one.name, one.review.up) for one in whole(TOP + AROUND + text).ladders] == [("level", YEARLY)]


def test_a_review_without_levels_is_one_too_many() -> None:
    assert found(f"{TOP}review: {{promote: at once}}\n") == ["key-missing"]

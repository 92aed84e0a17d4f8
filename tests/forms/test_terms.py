"""What a partner accepted, takes part in, is party to, chose or was told: terms, worked by hand.

`language.md`, 1.4: Holds. In force on the day asked, or begun in a window.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import Before, Current, Holds, Last, Named, Not, Rolling, Trait
from tests.forms.conftest import calculate, earned, incentive, programme, selling
from tests.laws.facts import Ledger, day

QUARTERS = ("2026-01-01", "2026-04-01", "2026-07-01")


def term(trait: Trait, *values: str, within: Any = None) -> Holds:
    """A term of a trait."""
    return Holds(trait=trait, values=values, within=within)


def sold() -> Ledger:
    """1,000 in each of three quarters: 20.00 each at 2 %, where the gate holds."""
    return selling(("2026-02-10", 1000), ("2026-05-10", 1000), ("2026-08-10", 1000))


def paid(gate: Any, facts: Ledger, on: str = "2026-09-30") -> list[str]:
    """What each of three quarters comes to."""
    book = calculate(programme(incentive(gate=gate)), facts, on)
    return [str(earned(book, "a", quarter)) for quarter in QUARTERS]


class TestInForce:
    """A term counts where it is in force on the day asked: the last of the window, or today."""

    def test_accepted_in_april_and_ended_in_july(self) -> None:
        """In force on 30 June, on 31 March not yet and on 30 September no more."""
        facts = sold()
        facts.consent("a", "terms", day("2026-04-15"), day("2026-07-20"))
        assert paid(term(Trait.ACCEPTED, "terms"), facts) == ["0.00", "20.00", "0.00"]

    def test_one_of_several_is_enough(self) -> None:
        facts = sold()
        facts.consent("a", "terms", day("2026-04-15"))
        facts.consent("a", "data", day("2026-02-01"), day("2026-04-15"))
        assert paid(term(Trait.ACCEPTED, "terms", "data"), facts) == ["20.00", "20.00", "20.00"]

    def test_of_another_programme_it_is_none(self) -> None:
        facts = sold()
        facts.consent("a", "terms", day("2026-01-01"))["programme"] = "q"
        assert paid(term(Trait.ACCEPTED, "terms"), facts) == ["0.00", "0.00", "0.00"]

    def test_enrolled_in_another_programme(self) -> None:
        facts = sold()
        facts.enrolment("a", day("2026-05-01"), programme="care")
        assert paid(term(Trait.ELSEWHERE, "care"), facts) == ["0.00", "20.00", "20.00"]

    def test_not_together_with_another_agreement(self) -> None:
        """Party to the framework from 20 May on: nothing from the second quarter on."""
        facts = sold()
        facts.party("a", "framework", day("2026-05-20"))
        assert paid(Not(of=term(Trait.AGREEMENT, "framework")), facts) == ["20.00", "0.00", "0.00"]

    def test_the_choice_that_was_made_last(self) -> None:
        """Enrolled with the high hurdle; from 1 June on with the low one."""
        facts = sold()
        facts.tables["enrolments"][0]["choices"] = "distributor=d1; hurdle = high"
        facts.enrolment("a", day("2026-06-01"), choices="hurdle=low")
        assert paid(term(Trait.CHOICE, "hurdle=high"), facts) == ["20.00", "0.00", "0.00"]
        assert paid(term(Trait.CHOICE, "hurdle=low"), facts) == ["0.00", "20.00", "20.00"]

    def test_the_last_decision_of_a_question(self) -> None:
        """Hardship granted in March, refused in August."""
        facts = sold()
        facts.ruling("a", "hardship", "granted", day("2026-03-10"))
        facts.ruling("a", "hardship", "refused", day("2026-08-10"))
        assert paid(term(Trait.DECIDED, "hardship=granted"), facts) == ["20.00", "20.00", "0.00"]

    def test_today_where_the_window_still_runs(self) -> None:
        """Accepted on 20 August: not on 15 August, on 31 August yes."""
        facts = sold()
        facts.consent("a", "terms", day("2026-08-20"))
        assert [paid(term(Trait.ACCEPTED, "terms"), facts, on)[2] for on in ("2026-08-15", "2026-08-31")] == [
            "0.00",
            "20.00",
        ]


class TestWithin:
    """With `within` it counts where it began on a day of that window, whether or not it is still in force."""

    @pytest.mark.parametrize(
        ("within", "sums"),
        [
            (Current(), ["0.00", "20.00", "0.00"]),
            (Before(unit=Unit.QUARTER), ["0.00", "0.00", "20.00"]),
            (Last(count=2, unit=Unit.QUARTER), ["0.00", "20.00", "20.00"]),
            (Rolling(count=4, unit=Unit.MONTH), ["0.00", "20.00", "0.00"]),
            (Named(span=Span(date(2026, 4, 1), date(2026, 5, 1))), ["0.00", "20.00", "20.00"]),
            (Named(span=Span(date(2026, 5, 1), date(2026, 6, 1))), ["0.00", "0.00", "0.00"]),
        ],
    )
    def test_accepted_on_15_april_for_two_weeks(self, within: Any, sums: list[str]) -> None:
        facts = sold()
        facts.consent("a", "terms", day("2026-04-15"), day("2026-05-01"))
        assert paid(term(Trait.ACCEPTED, "terms", within=within), facts) == sums

    def test_each_quarter_anew(self) -> None:
        """Accepted in February and in August."""
        facts = sold()
        for since, until in (("2026-02-01", "2026-03-01"), ("2026-08-01", "2026-09-01")):
            facts.consent("a", "terms", day(since), day(until))
        assert paid(term(Trait.ACCEPTED, "terms", within=Current()), facts) == ["20.00", "0.00", "20.00"]

    def test_of_a_firms_certificate(self) -> None:
        facts = sold()
        facts.certificate("a", "pro", None, day("2026-05-05"))
        assert paid(term(Trait.HOLDS, "pro", within=Current()), facts) == ["0.00", "20.00", "0.00"]


class TestMerges:
    """Rule 44. What the merged one accepted or is party to is the other's; what it chose is not."""

    def test_joined(self) -> None:
        facts = sold()
        facts.enrolled("b")
        facts.consent("b", "terms", day("2026-01-10"))
        facts.partner("b", day("2026-05-01"), same_as="a")
        assert paid(term(Trait.ACCEPTED, "terms"), facts)[1:] == ["20.00", "20.00"]

    def test_choices_stay_apart(self) -> None:
        facts = sold()
        facts.enrolled("b")
        facts.tables["enrolments"][1]["choices"] = "hurdle=low"
        facts.partner("b", day("2026-05-01"), same_as="a")
        assert Decimal(paid(term(Trait.CHOICE, "hurdle=low"), facts)[2]) == 0

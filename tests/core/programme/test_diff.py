"""Which leaf changed, and how it reads."""

from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import pytest

from staffel.core.findings import Language, Place
from staffel.core.programme import read_programme
from staffel.core.programme.diff import diff, told
from staffel.core.programme.model import Cap, Minimum, Percent, Programme, Step
from tests.core.programme.aurora import AURORA, RISER, SOLUTION_BONUS
from tests.core.programme.leaves import changed

EXAMPLES = Path(__file__).parents[3] / "examples" / "programmes"


def with_riser(**values: object) -> Programme:
    return replace(AURORA, incentives=(SOLUTION_BONUS, replace(RISER, **values)))  # type: ignore[arg-type]


class TestOneMeaning:
    def test_the_same(self) -> None:
        assert diff(AURORA, replace(AURORA), "de") == ()
        assert told((), "de") == "Keine Änderung."
        assert told((), "en") == "No change."

    def test_places_are_no_meaning(self) -> None:
        moved = with_riser(minimum=Minimum(money=D(50), place=Place(file="b.yaml", line=9)))
        assert diff(AURORA, moved, "en") == ()

    def test_another_spelling_is_no_change(self) -> None:
        text = (EXAMPLES / "aurora.yaml").read_text(encoding="utf-8")
        other = text.replace("25_000", "25000").replace("level_on: day of sale", "level_on: day_of_sale")
        other = "# moved down a line\n" + other.replace("rate: 2 %}", "rate: 2%}")
        old, new = (read_programme(one, file="aurora.yaml").programme for one in (text, other))
        assert text != other
        assert old is not None
        assert new is not None
        assert diff(old, new, "de") == ()


class TestChanges:
    def test_a_figure(self) -> None:
        (change,) = diff(AURORA, with_riser(minimum=Minimum(money=D(75))), "de")
        assert (change.path, change.old, change.new) == ("incentives.riser.minimum.money", "50", "75")
        assert change.before == (
            "Sind mit dem Vortrag weniger als 50 € fällig, so werden sie nicht gezahlt, sondern"
            " in die nächste Abrechnung vorgetragen."
        )
        assert change.after == change.before.replace("50 €", "75 €")

    def test_a_rate_within_a_step(self) -> None:
        first, second = RISER.scale.steps
        steps = (replace(first, pays=(Percent(rate=D("0.03")),)), second)
        (change,) = diff(AURORA, with_riser(scale=replace(RISER.scale, steps=steps)), "en")
        assert change.path == "incentives.riser.scale.steps.1.pays.1.rate"
        assert change.before == "Step 1 is reached from 10% and pays 2% of the base."
        assert change.after == "Step 1 is reached from 10% and pays 3% of the base."

    def test_a_step_between_is_one_change(self) -> None:
        first, second = RISER.scale.steps
        steps = (first, Step(start=D("0.2"), pays=(Percent(rate=D("0.03")),)), second)
        (change,) = diff(AURORA, with_riser(scale=replace(RISER.scale, steps=steps)), "de")
        assert (change.path, change.old, change.before) == ("incentives.riser.scale.steps.2", None, None)
        assert change.after == "Staffelstufe 2 ist ab 20 % erreicht und zahlt 3 % der Bemessungsgrundlage."

    def test_an_incentive_less(self) -> None:
        (change,) = diff(AURORA, replace(AURORA, incentives=(RISER,)), "de")
        assert (change.path, change.old, change.new) == (
            "incentives.solution-bonus",
            "solution-bonus",
            None,
        )
        assert change.after is None

    def test_order_alone(self) -> None:
        (change,) = diff(AURORA, replace(AURORA, incentives=(RISER, SOLUTION_BONUS)), "en")
        assert change.path == "incentives.order"
        assert (change.old, change.new) == ("solution-bonus, riser", "riser, solution-bonus")

    def test_a_day(self) -> None:
        valid = replace(AURORA.valid, until=AURORA.valid.until.replace(month=3))
        (change,) = diff(AURORA, replace(AURORA, valid=valid), "de")
        assert (change.path, change.old) == ("valid", "vom 01.02.2026 bis zum 31.01.2027")
        assert change.new == "vom 01.02.2026 bis zum 28.02.2027"

    def test_places_of_both(self) -> None:
        old = with_riser(caps=(Cap(money=D(1), place=Place(file="a.yaml", line=3)),))
        new = with_riser(caps=(Cap(money=D(2), place=Place(file="b.yaml", line=5)),))
        (change,) = diff(old, new, "de")
        assert (str(change.place_before), str(change.place_after)) == ("a.yaml:3", "b.yaml:5")

    def test_told(self) -> None:
        text = told(diff(AURORA, with_riser(minimum=None), "en"), "en")
        assert text.splitlines()[0].startswith("incentives.riser.minimum: ")
        assert text.splitlines()[-1] == "  + (nothing)"


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_leaf_that_changes_is_found_and_said(language: Language) -> None:
    """Whatever leaf of Aurora: it is found, and something is said of it."""
    for path, other in changed(AURORA):
        changes = diff(AURORA, other, language)
        assert changes, path
        assert all(change.before or change.after for change in changes), path

"""Worked examples: what the engine makes of a made-up market."""

from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.calendar import Span
from staffel.core.outlook.worked import worked
from staffel.core.programme import read_programme
from staffel.core.programme.model import Agreed, Holds, Lump, Not, Share, Test, Trait
from tests.forms.conftest import incentive, programme, steps, use
from tests.laws.facts import day

FOLDER = Path(__file__).parents[3]
FILES = sorted([*FOLDER.glob("examples/programmes/*.yaml"), *FOLDER.glob("bench/programmes/*.yaml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_incentive_of_the_examples_has_one(path: Path) -> None:
    of = read_programme(path, file=path.name).programme
    assert of is not None
    found = worked(of)
    assert [one.incentive for one in found] == [one.name for one in of.incentives]
    assert all(one.coins > 0 for one in found)


def test_so_much_is_sold_that_the_next_step_is_reached() -> None:
    """1,000 a month are 3,000 a quarter; the second step begins at 50,000 and pays 3 % of all."""
    (one,) = worked(programme(incentive(scale=steps((0, "0.02"), (50000, "0.03")))))
    assert (one.driver, one.step, one.steps, one.base, one.coins) == (50000, 2, 2, 50000, 1500)


def test_a_named_span_is_shown_at_its_own_end() -> None:
    september = Span(day("2026-09-01"), day("2026-10-01"))
    (one,) = worked(programme(incentive(per=september, settle=september, scale=steps((0, "0.02")))))
    assert (one.window, one.coins) == (september, 20)


def test_what_opens_the_gate_is_sold_too() -> None:
    """A target of 12,000 a quarter, of which 3,000 are sold: 9,000 more, and 2 % of all."""
    share = Share(part=use(), whole=Agreed(target="agreed"))
    gate = Test(measure=use("attained"), comparison="at_least", figure=Decimal(1))
    (one,) = worked(programme(incentive(gate=gate, scale=steps((0, "0.02"))), measures={"attained": share}))
    assert (one.base, one.coins) == (12000, 240)


def test_a_lump_has_no_base() -> None:
    scale = steps((5000, Lump(money=Decimal(100))))
    (one,) = worked(programme(incentive(base=None, driver=use(), scale=scale)))
    assert (one.base, one.coins) == (None, 100)


def test_what_no_row_can_bring_has_none() -> None:
    """Newcomers alone: the partner of the example is none."""
    gate = Holds(trait=Trait.NEWCOMER, values=("true",))
    assert worked(programme(incentive(gate=gate))) == ()
    assert len(worked(programme(incentive(gate=Not(of=gate))))) == 1


def test_they_come_in_the_programmes_order() -> None:
    of = programme(incentive("second"), incentive("first"))
    assert [one.incentive for one in worked(of)] == ["second", "first"]

"""Where everybody is on the day: level, what was reached, what falls, and every hurdle. Rules 49 and 50."""

from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Unit
from staffel.core.engine.results import Results
from staffel.core.programme.forms import hurdles_of
from staffel.core.programme.model import (
    ALWAYS,
    All,
    AtOnce,
    Condition,
    EachUnit,
    Holds,
    Kept,
    Ladder,
    Length,
    Never,
    Not,
    Part,
    Path,
    Review,
    Score,
    Share,
    Test,
    Trait,
)
from staffel.core.programme.model import (
    Any as Either,
)
from tests.core.engine.plan.world import Ledger, calculated, day, world, year
from tests.forms.conftest import ladder, take, use


def sold(figure: object, measure: Any = None, comparison: Any = "at_least") -> Test:
    """A hurdle."""
    of = use("revenue") if measure is None else measure
    return Test(measure=of, comparison=comparison, figure=Decimal(str(figure)))


DEALER = Holds(trait=Trait.KIND, values=("dealer",))


class TestLeaves:
    @pytest.mark.parametrize(
        ("condition", "leaves"),
        [
            (sold(1), [sold(1)]),
            (ALWAYS, []),
            (All(of=(sold(1), Either(of=(DEALER, Not(of=sold(2)))))), [sold(1), DEALER, sold(2)]),
            (Kept(of=sold(1)), [sold(1)]),
        ],
    )
    def test_in_the_order_written(self, condition: Condition, leaves: list[Any]) -> None:
        assert hurdles_of(condition) == leaves


def standing(of: Ladder, ledger: Ledger, on: str) -> dict[str, tuple[Any, ...]]:
    """Per partner: level, since when, what was reached, to what and after which day it falls."""
    rows = calculated(year(ladders=(of,)), ledger, on).rows("standing")
    return {
        str(row["partner_id"]): (
            row["level"],
            str(row["since"]),
            row["reached"],
            row["falls_to"],
            None if row["falls_after"] is None else str(row["falls_after"]),
        )
        for row in rows
    }


class TestStanding:
    REVIEW = Review(
        up=EachUnit(unit=Unit.QUARTER),
        down=EachUnit(unit=Unit.QUARTER),
        grace=Length(count=1, unit=Unit.QUARTER),
    )

    def rungs(self, review: Review) -> Ladder:
        return ladder(("tin", ()), ("iron", (sold(100),)), ("gold", (sold(1000),)), review=review)

    def test_level_reached_and_in_danger(self) -> None:
        """On 15 July: a fell in danger on 30 June, b reached gold only now, c is what it is, d has left."""
        ledger = world(a=1000, b=None, c=100)
        ledger.enrolled("d", until=day("2026-07-01"))
        ledger.sale("a", day("2026-06-30"), -950)
        ledger.sale("b", day("2026-07-10"), 1000)
        assert standing(self.rungs(self.REVIEW), ledger, "2026-07-15") == {
            "a": ("gold", "2026-04-01", "tin", "tin", "2026-09-30"),
            "b": ("tin", "2026-01-01", "gold", None, None),
            "c": ("iron", "2026-04-01", "iron", None, None),
        }

    def test_met_again_nothing_falls(self) -> None:
        ledger = world(a=1000, b=1000)
        for partner in "ab":
            ledger.sale(partner, day("2026-06-30"), -950)
        ledger.sale("a", day("2026-07-14"), 950)
        found = standing(self.rungs(self.REVIEW), ledger, "2026-07-15")
        assert found == {
            "a": ("gold", "2026-04-01", "gold", None, None),
            "b": ("gold", "2026-04-01", "tin", "tin", "2026-09-30"),
        }

    @pytest.mark.parametrize(("on", "level"), [("2026-02-10", "tin"), ("2026-02-11", "gold")])
    def test_at_once_is_from_the_day_after(self, on: str, level: str) -> None:
        found = standing(self.rungs(Review(up=AtOnce(), down=Never())), world(a=1000, b=1), on)
        assert {one: (told[0], told[2]) for one, told in found.items()} == {
            "a": (level, "gold"),
            "b": ("tin", "tin"),
        }


class TestRequirements:
    """Every hurdle of every level, path by path: what is there, what is needed, whether it holds."""

    PAIR = Share(part=take("dealer"), whole=take("list"))
    POINTS = Score(parts=(Part(measure=use("revenue"), points=Decimal("0.01"), least=Decimal(5)),))

    @pytest.fixture(scope="class")
    @classmethod
    def results(cls) -> Results:
        volume = Path(name="volume", requirements=(sold(1000), Either(of=(sold("0.4", cls.PAIR), DEALER))))
        skill = Path(name="skill", requirements=(sold(1, cls.POINTS),))
        of = ladder(("tin", ()), ("gold", (volume, skill)), review=Review(up=AtOnce(), down=Never()))
        ledger = Ledger()
        for partner, net, dealer, kind in (
            ("a", 400, 39, "shop"),
            ("b", 1000, 40, "shop"),
            ("c", None, None, "dealer"),
        ):
            ledger.enrolled(partner, kind=kind)
            if net is not None:
                ledger.sale(partner, day("2026-02-10"), net, dealer=Decimal(str(dealer)), list=Decimal(100))
        return calculated(year(ladders=(of,)), ledger, "2026-02-28")

    def rows(self, results: Results, path: str, number: int, leaf: int) -> dict[str, tuple[Any, ...]]:
        """Per partner: actual, whole, required, whether the leaf holds and whether all of it does."""
        told = ("actual", "whole", "required", "leaf_holds", "holds")
        place = {"level": "gold", "path": path, "number": number, "leaf": leaf}
        mine = [row for row in results.rows("requirements") if all(row[key] == place[key] for key in place)]
        return {str(row["partner_id"]): tuple(row[one] for one in told) for row in mine}

    def test_a_figure(self, results: Results) -> None:
        assert self.rows(results, "volume", 0, 0) == {
            "a": (400, None, 1000, False, False),
            "b": (1000, None, 1000, True, True),
            "c": (0, None, 1000, False, False),
        }

    def test_a_pair_and_a_trait_of_one_hurdle(self, results: Results) -> None:
        """A share stands with both its parts; a trait has no figures; the hurdle holds by either."""
        least = Decimal("0.4")
        assert self.rows(results, "volume", 1, 0) == {
            "a": (39, 100, least, False, False),
            "b": (40, 100, least, True, True),
            "c": (None, None, least, False, True),
        }
        assert self.rows(results, "volume", 1, 1) == {
            "a": (None, None, None, False, False),
            "b": (None, None, None, False, True),
            "c": (None, None, None, True, True),
        }

    def test_a_score_is_shown_though_its_least_is_missed(self, results: Results) -> None:
        assert self.rows(results, "skill", 0, 0) == {
            "a": (4, None, 1, False, False),
            "b": (10, None, 1, True, True),
            "c": (0, None, 1, False, False),
        }

    def test_no_row_too_many(self, results: Results) -> None:
        assert len(results.rows("requirements")) == 3 * 4

"""Levels in SQL: what is reached, and the replay: reviews, graces, decisions, mergers. Rules 44, 48 to 51."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.engine.background import Background
from staffel.core.engine.plan.levels import Replay, replay, requirements_of
from staffel.core.programme.model import (
    DAY_AFTER_ALL,
    AtOnce,
    Condition,
    Different,
    EachUnit,
    FixedDays,
    Is,
    Kept,
    Ladder,
    Last,
    Length,
    Never,
    Path,
    Review,
    Take,
    Test,
    Who,
)
from staffel.core.programme.model import (
    Any as Either,
)
from tests.core.engine.plan.world import Ledger, calculated, day, world, year
from tests.forms.conftest import ladder, use

TWO_YEARS = Span(date(2026, 1, 1), date(2028, 1, 1))
QUARTERLY = Review(up=EachUnit(unit=Unit.QUARTER), down=EachUnit(unit=Unit.QUARTER))
EVER = DAY_AFTER_ALL


def sold(figure: object, **values: Any) -> Test:
    """Sold so much in the year to date, or over another window."""
    return Test(measure=use(**values), comparison="at_least", figure=Decimal(str(figure)))


def rungs(review: Review, *wanted: Condition) -> Ladder:
    """tin, iron, gold: iron from 100, gold from 1,000 unless said otherwise."""
    iron, gold = wanted or (sold(100), sold(1000))
    return ladder(("tin", ()), ("iron", (iron,)), ("gold", (gold,)), review=review)


def timeline(
    review: Review | Ladder, ledger: Ledger, on: str, **values: Any
) -> dict[str, list[tuple[str, str]]]:
    """Of each partner its levels in order, with the day from which each held; `-`: it has none any more."""
    of = review if isinstance(review, Ladder) else rungs(review)
    results = calculated(year(ladders=(of,), **({"valid": TWO_YEARS} | values)), ledger, on)
    found: dict[str, list[tuple[str, str]]] = {}
    for row in sorted(results.rows("levels"), key=lambda row: (row["partner_id"], row["start"])):
        mine = found.setdefault(str(row["partner_id"]), [])
        if mine and mine[-1][1] == "-" and mine[-1][0] == str(row["start"]):
            mine.pop()
        mine.append((str(row["start"]), str(row["level"])))
        if row["until"] != EVER:
            mine.append((str(row["until"]), "-"))
    return {partner: [one for one in mine if one[0] != str(EVER)] for partner, mine in found.items()}


def selling(**sales: list[tuple[str, object]]) -> Ledger:
    """Partners with their sales by day."""
    ledger = world(**dict.fromkeys(sales))
    for partner, mine in sales.items():
        for sold_on, net in mine:
            ledger.sale(partner, day(sold_on), net)
    return ledger


START = ("2026-01-01", "tin")


class TestUp:
    """Rules 48 and 50. A review reads facts to the end of its key day; it is in force from the day after."""

    SALES: dict[str, list[tuple[str, object]]] = {
        "a": [("2026-03-31", 100), ("2026-04-01", 900)],
        "b": [("2026-05-14", 1000)],
        "c": [("2026-05-14", "99.99")],
        "d": [("2026-02-10", 1000), ("2026-02-20", -950)],
    }

    @pytest.mark.parametrize(
        ("review", "levels"),
        [
            (
                Review(up=EachUnit(unit=Unit.QUARTER), down=Never()),
                {
                    "a": [START, ("2026-04-01", "iron"), ("2026-07-01", "gold")],
                    "b": [START, ("2026-07-01", "gold")],
                    "c": [START],
                    "d": [START],  # no longer on the key day
                },
            ),
            (
                Review(up=AtOnce(), down=Never()),
                {
                    "a": [START, ("2026-04-01", "iron"), ("2026-04-02", "gold")],
                    "b": [START, ("2026-05-15", "gold")],  # the line itself counts at the old level
                    "c": [START],
                    "d": [START, ("2026-02-11", "gold")],
                },
            ),
            (
                Review(up=EachUnit(unit=Unit.QUARTER), down=Never(), most_up=1),
                {
                    "a": [START, ("2026-04-01", "iron"), ("2026-07-01", "gold")],
                    "b": [START, ("2026-07-01", "iron")],
                    "c": [START],
                    "d": [START],
                },
            ),
            (
                Review(up=FixedDays(days=((5, 14),)), down=Never()),
                {
                    "a": [START, ("2026-05-15", "gold")],
                    "b": [START, ("2026-05-15", "gold")],
                    "c": [START],
                    "d": [START],
                },
            ),
            (Review(up=Never(), down=Never()), {one: [START] for one in "abcd"}),
        ],
        ids=["quarterly", "at-once", "one-step", "fixed-day", "never"],
    )
    def test_by_review(self, review: Review, levels: dict[str, list[tuple[str, str]]]) -> None:
        assert timeline(review, selling(**self.SALES), "2026-08-31") == levels

    @pytest.mark.parametrize(("on", "level"), [("2026-06-29", "tin"), ("2026-06-30", "gold")])
    def test_the_key_day_itself_decides_for_the_day_after(self, on: str, level: str) -> None:
        """Asked on the key day, the level of the next day is known; on the day before, it is not."""
        found = timeline(Review(up=EachUnit(unit=Unit.QUARTER), down=Never()), selling(**self.SALES), on)
        assert found["b"][-1][1] == level


class TestDown:
    """Rule 50. A fall is decided on its days and takes effect when the grace has run, unless met between."""

    GRACE = Length(count=2, unit=Unit.QUARTER)
    FALLS = Review(up=AtOnce(), down=EachUnit(unit=Unit.YEAR), grace=GRACE, most_down=1)

    def gold(self, **later: list[tuple[str, object]]) -> Ledger:
        """All reached gold in 2026; the year to date begins anew in 2027."""
        return selling(**{one: [("2026-12-31", 1000), *sales] for one, sales in later.items()})

    def test_met_once_between_nothing_falls(self) -> None:
        """Key day 31 December 2027, grace to 30 June 2028: whoever has nothing by then falls by one step."""
        sales: dict[str, list[tuple[str, object]]] = {
            "a": [],
            "b": [("2028-06-30", 1000)],  # on the last day of the grace
            "c": [("2028-07-01", 1000)],  # a day too late: it falls, and rises at once
            "d": [("2028-02-01", 1000), ("2028-02-02", -1000)],  # met on one day between
        }
        gold = [START, ("2027-01-01", "gold")]
        span = Span(date(2026, 1, 1), date(2029, 1, 1))
        found = timeline(self.FALLS, self.gold(**sales), "2028-08-31", valid=span)
        assert found == {
            "a": [*gold, ("2028-07-01", "iron")],
            "b": gold,
            "c": [*gold, ("2028-07-01", "iron"), ("2028-07-02", "gold")],
            "d": gold,
        }

    @pytest.mark.parametrize(
        ("review", "levels"),
        [
            # On 31 March both have what they need; on 30 June a has 100 left, b nothing.
            (QUARTERLY, {"a": "gold iron", "b": "gold tin"}),
            (
                Review(up=EachUnit(unit=Unit.QUARTER), down=EachUnit(unit=Unit.QUARTER), most_down=1),
                {"a": "gold iron", "b": "gold iron tin"},
            ),
            (Review(up=EachUnit(unit=Unit.QUARTER), down=Never()), {"a": "gold", "b": "gold"}),
        ],
    )
    def test_without_grace(self, review: Review, levels: dict[str, str]) -> None:
        ledger = selling(
            a=[("2026-03-01", 1000), ("2026-06-30", -900)], b=[("2026-03-01", 1000), ("2026-06-30", -1000)]
        )
        found = timeline(review, ledger, "2026-12-31")
        assert {one: " ".join(level for _, level in mine[1:]) for one, mine in found.items()} == levels

    def test_at_once_both_ways(self) -> None:
        """The level simply is what was reached the day before."""
        ledger = selling(a=[("2026-03-01", 1000), ("2026-03-10", -500)], b=[])
        assert timeline(Review(up=AtOnce(), down=AtOnce()), ledger, "2026-06-30") == {
            "a": [START, ("2026-03-02", "gold"), ("2026-03-11", "iron")],
            "b": [START],
        }


class TestDecisions:
    """Rule 48. The last recorded decision at or before a day, then the reviews since."""

    def test_the_replay_begins_anew(self) -> None:
        """A grant in May holds until the review of June, which has nothing to say for it; b is untouched."""
        ledger = selling(a=[], b=[("2026-05-01", 100)])
        ledger.decision("a", "gold", day("2026-05-10"), "grant")
        assert timeline(QUARTERLY, ledger, "2026-08-31") == {
            "a": [START, ("2026-05-10", "gold"), ("2026-07-01", "tin")],
            "b": [START, ("2026-07-01", "iron")],
        }

    def test_neither_late_lines_nor_returns_move_it(self) -> None:
        """Recorded as gold from 1 April; the sale that proved it went back; up to the next fall it stays."""
        ledger = selling(a=[], b=[])
        sale = ledger.sale("a", day("2026-03-01"), 1000)
        ledger.back(sale, day("2026-04-20"), 1000)
        never_down = Review(up=EachUnit(unit=Unit.QUARTER), down=Never())
        assert timeline(never_down, ledger, "2026-05-31")["a"] == [START]
        ledger.decision("a", "gold", day("2026-04-01"))
        assert timeline(never_down, ledger, "2026-05-31") == {
            "a": [START, ("2026-04-01", "gold")],
            "b": [START],
        }

    @pytest.mark.parametrize(
        ("since", "level", "expected"),
        [
            ("2025-06-01", "iron", [("2026-01-01", "iron")]),  # before this version: counts from its start
            ("2026-01-01", "iron", [("2026-01-01", "iron")]),
            ("2026-02-01", "platinum", [START]),  # no level of this ladder
            ("2019-06-01", "iron", [START]),  # before the enrolment
        ],
    )
    def test_which_ones_count(self, since: str, level: str, expected: list[tuple[str, str]]) -> None:
        ledger = selling(a=[], b=[])
        ledger.decision("a", level, day(since))
        found = timeline(Review(up=Never(), down=Never()), ledger, "2026-06-30")
        assert found == {"a": expected, "b": [START]}

    def test_the_later_of_two_from_before(self) -> None:
        ledger = selling(a=[], b=[])
        for level, since in (("iron", "2025-06-01"), ("gold", "2025-09-01"), ("tin", "2025-01-01")):
            ledger.decision("a", level, day(since))
        assert timeline(Review(up=Never(), down=Never()), ledger, "2026-06-30")["a"] == [
            ("2026-01-01", "gold")
        ]

    def test_a_fall_that_was_recorded_waits_on(self) -> None:
        """Decided in the version before: to iron after 30 June. b met it between and stays."""
        review = Review(up=EachUnit(unit=Unit.YEAR), down=EachUnit(unit=Unit.YEAR), grace=TestDown.GRACE)
        ledger = selling(a=[], b=[("2026-06-30", 1000)])
        for partner in "ab":
            falls = {"falls_to": "iron", "falls_after": day("2026-06-30")}
            ledger.decision(partner, "gold", day("2026-01-01"), **falls)
        gold = ("2026-01-01", "gold")
        assert timeline(review, ledger, "2026-08-31") == {"a": [gold, ("2026-07-01", "iron")], "b": [gold]}


class TestEnrolment:
    """A partner has a level while it is enrolled; whoever comes back begins at the lowest."""

    def test_leaving_and_coming_back(self) -> None:
        ledger = selling(b=[])
        ledger.enrolled("a", day("2026-02-01"), day("2026-06-01"))
        ledger.enrolment("a", day("2026-08-01"))
        ledger.sale("a", day("2026-03-01"), 1000)
        review = Review(up=AtOnce(), down=Never(), grace=Length())
        of = rungs(review, sold(100, over=Last(count=1, unit=Unit.MONTH)), sold(5000))
        assert timeline(of, ledger, "2026-09-30") == {
            "a": [("2026-02-01", "tin"), ("2026-03-02", "iron"), ("2026-06-01", "-"), ("2026-08-01", "tin")],
            "b": [START],
        }


class TestPaths:
    """Rule 49. The highest level one of whose paths holds; levels below need not hold."""

    PRO = Take(
        aggregate=Different(key="person_id"),
        source="certifications",
        where=Is(column="certification", values=("pro",)),
        date="holds_from",
    )

    def test_any_path_all_its_requirements(self) -> None:
        one = Test(measure=self.PRO, comparison="at_least", figure=Decimal(1))
        volume, skill = (
            Path(name="volume", requirements=(sold(1000),)),
            Path(name="skill", requirements=(sold(10), one)),
        )
        of = ladder(("tin", ()), ("iron", (sold(500),)), ("gold", (volume, skill)), review=QUARTERLY)
        ledger = selling(
            a=[("2026-02-01", 10)],
            b=[("2026-02-01", 10)],
            c=[("2026-02-01", 1000)],
            d=[("2026-02-01", 500)],
            e=[],
        )
        for partner in "ae":
            ledger.certificate(partner, "pro", "anna", day("2026-03-31"))
        found = timeline(of, ledger, "2026-04-01")
        assert {partner: mine[-1][1] for partner, mine in found.items()} == {
            "a": "gold",  # by skill, although iron does not hold
            "b": "tin",
            "c": "gold",
            "d": "iron",
            "e": "tin",
        }
        assert [(index, path.name, number) for index, path, number, _ in requirements_of(of)] == [
            (1, "", 0),
            (2, "volume", 0),
            (2, "skill", 0),
            (2, "skill", 1),
        ]

    def test_lent_by_an_alliance(self) -> None:
        """a and b are gold each by the same 1,000, at once, on the day on which either sells; c is alone."""
        lent = Either(of=(sold(1000), sold(1000, who=Who.ALLIANCE)))
        ledger = selling(a=[("2026-02-01", 600)], b=[("2026-03-01", 400)], c=[("2026-02-01", 999)])
        ledger.membership("g", "a")
        ledger.membership("g", "b", day("2026-02-15"))
        found = timeline(rungs(Review(up=AtOnce(), down=Never()), sold(10**6), lent), ledger, "2026-06-30")
        gold = [START, ("2026-03-02", "gold")]
        assert found == {"a": gold, "b": gold, "c": [START]}

    def test_once_met_stays(self) -> None:
        """Met on one day in February; the review of March still has it, b's never was."""
        ledger = selling(a=[("2026-02-01", 1000), ("2026-02-02", -1000)], b=[("2026-02-01", 999)])
        kept = Kept(of=sold(1000))
        assert timeline(rungs(QUARTERLY, sold(10**6), kept), ledger, "2026-04-30") == {
            "a": [START, ("2026-04-01", "gold")],
            "b": [START],
        }


class TestMergers:
    """Rule 44. From the day of the merger the higher of both levels in force, until the next review."""

    @pytest.mark.parametrize(("theirs", "lifted"), [("gold", True), ("tin", False)])
    def test_the_higher(self, theirs: str, lifted: bool) -> None:
        ledger = selling(a=[], b=[], c=[])
        ledger.decision("a", theirs, day("2026-01-15"))
        ledger.decision("b", "iron", day("2026-01-15"))
        ledger.partner("a", day("2026-05-01"), same_as="b")
        found = timeline(QUARTERLY, ledger, "2026-05-31")
        expected = [START, ("2026-01-15", "iron"), ("2026-04-01", "tin"), ("2026-05-01", "gold")]
        assert found["c"] == [START]
        assert "a" not in found
        assert found["b"] == (expected if lifted else expected[:3])


class TestReplay:
    """Which days a replay looks at."""

    def of(self, review: Review, on: str = "2026-08-31", **known: Any) -> Replay:
        programme = year(ladders=(rungs(review),), valid=TWO_YEARS)
        assert programme.ladder is not None
        return replay(programme, programme.ladder, Background(**known), day(on))

    @pytest.mark.parametrize(
        ("review", "splits"),
        [
            (QUARTERLY, "2026-03-31 2026-06-30"),
            (Review(up=AtOnce(), down=Never()), ""),
            (Review(up=AtOnce(), down=EachUnit(unit=Unit.HALF)), "2026-06-30"),
            (
                Review(up=Never(), down=EachUnit(unit=Unit.QUARTER), grace=Length(count=1, unit=Unit.MONTH)),
                "2026-03-31 2026-04-30 2026-06-30 2026-07-31",
            ),
            (Review(up=Never(), down=EachUnit(unit=Unit.HALF), grace=Length(count=90)), "2026-06-30"),
            (Review(up=Never(), down=Never()), ""),
        ],
    )
    def test_days(self, review: Review, splits: str) -> None:
        """Key days, and the last days of graces as far as they have come."""
        assert [str(one) for one in self.of(review).splits] == splits.split()

    def test_before_this_version_nothing_is_reviewed(self) -> None:
        assert self.of(QUARTERLY, "2025-12-31").splits == []

    def test_recorded_falls_are_looked_at_too(self) -> None:
        found = self.of(QUARTERLY, fall_days=(date(2026, 5, 31), date(2026, 12, 31)))
        assert [str(one) for one in found.splits] == ["2026-03-31", "2026-05-31", "2026-06-30"]

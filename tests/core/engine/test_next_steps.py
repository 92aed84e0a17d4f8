"""What is next: what is missing, and what it would bring by computing again."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.engine.calculation import calculate, calculation
from staffel.core.engine.demands import Missing
from staffel.core.engine.next_steps import NextSteps, next_steps
from staffel.core.ledger import current_state
from staffel.core.programme.model import Programme
from tests.core.engine.cases import (
    AT_ONCE,
    LEVELS,
    aurora,
    aurora_store,
    bonus,
    incentive,
    memory,
    programme,
    world,
)
from tests.laws.facts import Ledger

DAY = date(2026, 5, 20)
STEPS = "{kind: retroactive, steps: [{from: 1_000, rate: 1 %}, {from: 4_000, rate: 2 %}]}"
PLAIN = bonus(f"scale: {STEPS}")


def found(rules: Programme, folder: Path, ledger: Ledger, partner: str = "a", day: date = DAY) -> NextSteps:
    """What is next for a partner."""
    facts = memory(folder, ledger)
    with calculation(rules, facts, day=day, partners=[partner]) as running:
        return next_steps(running, facts, partner)


def needed(lacks: Missing) -> list[tuple[str | None, Decimal]]:
    """What must come, shortly."""
    return [(need.measure, need.amount) for need in lacks.needs]


class TestTheNextStep:
    def test_what_is_missing_and_what_just_that_would_bring(self, tmp_path: Path) -> None:
        ledger = world("a", "b")
        ledger.sale("a", date(2026, 4, 10), "2500.50")
        ledger.sale("b", date(2026, 4, 10), "9000")
        (step,) = found(programme(PLAIN), tmp_path, ledger).steps
        assert (step.step, step.lacks.actual, step.lacks.required) == (2, Decimal("2500.5"), 4000)
        assert (step.lacks.missing, needed(step.lacks)) == (
            Decimal("1499.5"),
            [("revenue", Decimal("1499.50"))],
        )
        assert (step.reached, step.brings) == (True, Decimal("54.99"))  # 80.00 instead of 25.01

    def test_brings_what_recording_it_brings(self, tmp_path: Path) -> None:
        """A line of just that much, really sold, comes to the same coins."""
        rules, ledger = programme(PLAIN), world("a")
        ledger.sale("a", date(2026, 4, 10), "2500.50")
        (step,) = found(rules, tmp_path, ledger).steps
        before = calculate(rules, memory(tmp_path, ledger), day=DAY).rows("entitled")[1]["coins"]
        ledger.sale("a", DAY, needed(step.lacks)[0][1])
        after = calculate(rules, memory(tmp_path, ledger), day=DAY).rows("entitled")[1]["coins"]
        assert step.brings == after - before  # type: ignore[operator]

    def test_all_other_incentives_count_what_they_count_of_it(self, tmp_path: Path) -> None:
        per_box = "scale: {kind: retroactive, steps: [{from: 0, per_unit: 3}]}"
        boxes = incentive("boxes", f"base: boxes\nper: quarter\n{per_box}")
        rules = programme(PLAIN, boxes)
        ledger = world("a")
        ledger.sale("a", date(2026, 4, 10), "3000", 6)
        (step,) = found(rules, tmp_path, ledger).steps
        assert (step.brings, step.brings_in_all) == (50, 56)  # 1,000 at 500 each: two boxes more

    def test_above_a_start(self, tmp_path: Path) -> None:
        above = STEPS.replace("from: 4", "above: 4")
        rules = programme(bonus(f"scale: {above}"))
        ledger = world("a")
        ledger.sale("a", date(2026, 4, 10), "4000")
        (step,) = found(rules, tmp_path, ledger).steps
        assert (step.lacks.missing, needed(step.lacks)) == (0, [("revenue", Decimal("0.01"))])
        assert step.reached is True

    def test_at_the_top_nothing_is_next(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 4, 10), "4000")
        assert found(programme(PLAIN), tmp_path, ledger).steps == ()

    def test_windows_that_are_over_have_no_next(self, tmp_path: Path) -> None:
        (step,) = found(programme(PLAIN), tmp_path, world("a")).steps
        assert step.window.start == date(2026, 4, 1)


SCORE = "{score: [{measure: engineers, points: 10, most: 20}, {measure: boxes, points: 1}]}"


class TestDriversOfEachKind:
    """How much more of what: the supposed rows reach the step, and a coin less would not."""

    @pytest.mark.parametrize(
        ("driver", "start", "need"),
        [
            ("boxes", "10", ("boxes", "7")),
            ("{share: service, in: revenue}", "40 %", ("service", "166.67")),
            ("{growth_of: revenue, against: quarter before, as: percent}", "25 %", ("revenue", "500.00")),
            ("{growth_of: revenue, against: quarter before, as: amount}", "1_000", ("revenue", "1100.00")),
            ("{count: end_customer, of: sell_out}", "3", (None, "2")),
            ("{count: lines, of: sell_out}", "4", (None, "2")),
            ("engineers", "2", ("engineers", "1")),
            (SCORE, "23", ("engineers", "1")),
            (SCORE.replace("most: 20", "most: 30, least: 20"), "32", ("engineers", "2")),
        ],
    )
    def test_need(self, tmp_path: Path, driver: str, start: str, need: tuple[str | None, str]) -> None:
        service = "  service: {title: {en: S, de: S}, sum: net, of: sell_out, products: services}\n"
        groups = "products: {services: {title: {en: S, de: S}, family: [service]}}\n"
        scale = f"scale: {{kind: retroactive, steps: [{{from: {start}, rate: 1 %}}]}}"
        rest = f"driver: {driver}\n{scale}\nnewcomers: {{baseline: none}}"
        rules = programme(bonus(rest), levels=service + groups)
        ledger = world("a")
        ledger.product("help", "service")
        ledger.certificate("a", "pro", "one")
        ledger.sale("a", date(2026, 2, 10), 1600)
        ledger.sale("a", date(2026, 4, 10), 1000, 2, end_customer_id="e1")
        ledger.sale("a", date(2026, 4, 11), 500, 1, end_customer_id="e1", product_id="help")
        (step,) = found(rules, tmp_path, ledger).steps
        assert needed(step.lacks) == [(need[0], Decimal(need[1]))]
        assert step.reached is True

    def test_a_share_of_a_target(self, tmp_path: Path) -> None:
        scale = "scale: {kind: retroactive, steps: [{from: 100 %, rate: 3 %}]}"
        rules = programme(bonus(f"driver: {{attained: revenue, of: {{target: q}}}}\n{scale}"))
        ledger = world("a")
        ledger.target("a", "q", date(2026, 4, 1), date(2026, 7, 1), 5000)
        ledger.sale("a", date(2026, 4, 10), 4000)
        (step,) = found(rules, tmp_path, ledger).steps
        assert (needed(step.lacks), step.brings) == ([("revenue", Decimal("1000.00"))], 150)
        assert step.reached is True

    def test_a_window_that_is_over_needs_nothing_anybody_could_bring(self, tmp_path: Path) -> None:
        rules = programme(bonus(f"driver: {{measure: revenue, over: quarter before}}\nscale: {STEPS}"))
        (step,) = found(rules, tmp_path, world("a")).steps
        assert (step.lacks.needs, step.brings, step.reached) == ((), None, None)


class TestAShutGate:
    def test_what_opens_it(self, tmp_path: Path) -> None:
        gate = "gate: [{measure: engineers, at_least: 2}, {measure: boxes, at_least: 3}]"
        ledger = world("a")
        ledger.sale("a", date(2026, 4, 10), 1000, 2)
        (shut,) = found(programme(bonus(f"rate: 2 %\n{gate}")), tmp_path, ledger).gates
        assert [needed(lack) for lack in shut.demand.lacks] == [[("engineers", 2)], [("boxes", 1)]]
        assert shut.brings == 30  # 2 % of 1,000 and of a third box at 500

    def test_a_certificate_of_the_firm(self, tmp_path: Path) -> None:
        rules = programme(bonus("rate: 2 %\ngate: [{holds: specialist}]"))
        ledger = world("a")
        ledger.sale("a", date(2026, 4, 10), 1000)
        (shut,) = found(rules, tmp_path, ledger).gates
        assert (shut.demand.certificates, shut.brings) == (("specialist",), 20)

    def test_what_less_alone_would_open(self, tmp_path: Path) -> None:
        gate = "gate: [{measure: revenue, over: year to date, below: 500}]"
        ledger = world("a")
        ledger.sale("a", date(2026, 4, 10), 1000)
        (shut,) = found(programme(bonus(f"rate: 2 %\n{gate}")), tmp_path, ledger).gates
        (lack,) = shut.demand.lacks
        assert (lack.actual, lack.required, lack.missing) == (1000, 500, None)
        assert (lack.needs, shut.brings) == ((), None)


PATHS = (
    LEVELS.replace(
        "    requires: [{measure: revenue, over: year to date, at_least: 1_000}]\n",
        """    paths:
      volume: [{measure: revenue, over: year to date, at_least: 1_000}, {measure: boxes, at_least: 10}]
      competence: [{measure: revenue, over: year to date, at_least: 1_285}, {measure: boxes, at_least: 6}]
""",
    )
    + "review: {promote: at once, demote: yearly}\n"
)
BY_LEVEL = bonus("rate: {by: level, select: 2 %, premier: 3 %, else: 1 %}")


class TestTheNextLevel:
    """The nearest path is the one whose smallest fulfilment is the largest (rule 49)."""

    def test_volume_90_and_40_competence_70_and_66(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 4, 10), 900, 4)
        level = found(programme(BY_LEVEL, levels=PATHS), tmp_path, ledger).level
        assert level is not None
        assert (level.level, level.path) == ("select", "competence")
        assert level.fulfilment == Decimal("0.6666666667")
        assert [needed(one.lacks[0]) for one in level.requirements] == [[("revenue", 385)], [("boxes", 2)]]
        assert level.reached is True

    def test_what_it_would_bring_in_the_windows_that_run(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 4, 10), 900)
        level = found(programme(BY_LEVEL, levels=AT_ONCE), tmp_path, ledger).level
        assert level is not None
        assert level.brings == 9  # 2 % instead of 1 % of 900

    def test_a_decision_since_the_window_began_does_not_hide_it(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 4, 10), 900)
        ledger.sale("a", date(2026, 5, 15), 2000)
        ledger.decision("a", "select", date(2026, 5, 2), "grant")
        level = found(programme(BY_LEVEL, levels=AT_ONCE), tmp_path, ledger).level
        assert level is not None
        assert (level.level, level.brings) == ("premier", 38)  # 87.00 instead of 9.00 + 40.00

    def test_none_above_the_top_and_none_without_levels(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.decision("a", "premier", date(2026, 5, 2), "grant")
        assert found(programme(BY_LEVEL, levels=AT_ONCE), tmp_path, ledger).level is None
        assert found(programme(), tmp_path, world("a")).level is None


def test_aurora_in_a_store(tmp_path: Path) -> None:
    """What Kern, select since 6 March, can still reach on 10 April."""
    state = current_state(aurora_store(tmp_path))
    with calculation(aurora(), state, day=date(2026, 4, 10), partners=["kern"]) as running:
        said = next_steps(running, state, "kern")
    assert [(one.incentive, one.lacks.missing, one.brings) for one in said.steps] == [
        ("device-bonus", 10, None),
        ("riser", None, None),
        ("solution-bonus", 50_000, 500),  # its line of March was sold as registered
    ]
    assert said.level is not None
    assert (said.level.level, said.level.path) == ("premier", "competence")


class TestUnitsOfTime:
    """What the month that runs must bring, so that a figure of all months reaches the next step."""

    @pytest.mark.parametrize(
        ("driver", "start", "actual", "needs"),
        [
            ("{average: revenue, each: month}", 1500, 1000, 1000),
            ("{each: month, of: revenue, as: sum}", 3000, 2000, 1000),
            ("{largest: revenue, each: month}", 3000, 1500, 2500),
            ("{each: month, of: revenue, as: last}", 3000, 500, 2500),
        ],
    )
    def test_what_the_running_month_lacks(
        self, tmp_path: Path, driver: str, start: int, actual: int, needs: int
    ) -> None:
        """1,500.00 in April and 500.00 so far in May: an average of 1,500.00 lacks 1,000.00, and so on."""
        scale = f"{{kind: retroactive, steps: [{{from: 1, rate: 1 %}}, {{from: {start}, rate: 2 %}}]}}"
        ledger = world("a")
        ledger.sale("a", date(2026, 4, 10), 1500)
        ledger.sale("a", date(2026, 5, 10), 500)
        rules = programme(bonus(f"driver: {driver}\nscale: {scale}"))
        (step,) = found(rules, tmp_path, ledger).steps
        assert step.lacks.actual == actual
        assert needed(step.lacks) == [("revenue", Decimal(needs))]
        assert step.reached

"""What moved between two states or two days, and what moved it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from staffel.core.engine.calculation import calculation
from staffel.core.engine.changes import Change, Side, changes
from staffel.core.engine.reviews import decision_rows, proposals
from staffel.core.ledger import current_state, load, state_at
from tests.core.engine.cases import AT_ONCE, Q1, bonus, memory, programme, take_in, world
from tests.core.ledger.market import AT, LATER, header, line, made_store, took
from tests.laws.facts import Ledger

DAY = date(2026, 3, 20)
RULES = programme(bonus("rate: {by: level, select: 2 %, premier: 3 %, else: 1 %}"), levels=AT_ONCE)


def between(folder: Path, ledger: Ledger, *, partners: list[str] | None = None, day: date = DAY) -> "Moves":
    """A first state, to be followed by a second one."""
    return Moves(folder, ledger, Side(facts=memory(folder, ledger, "s-1"), day=day), partners)


class Moves:
    """Two states of one ledger."""

    def __init__(self, folder: Path, ledger: Ledger, before: Side, partners: list[str] | None) -> None:
        self.folder, self.ledger, self.before, self.partners = folder, ledger, before, partners
        ledger.commit()

    def found(self) -> tuple[Change, ...]:
        """What moved until now."""
        after = Side(facts=memory(self.folder, self.ledger, "s-2"), day=self.before.day)
        return changes(RULES, self.before, after, partners=self.partners)


class TestBetweenStates:
    def test_level_sums_figures_and_the_report_that_moved_them(self, tmp_path: Path) -> None:
        ledger = world("a", "b")
        ledger.sale("a", date(2026, 2, 1), 800)
        moves = between(tmp_path, ledger)
        ledger.sale("a", date(2026, 2, 10), 300)
        ledger.sale("a", date(2026, 2, 11), 100, currency="USD")
        (change,) = moves.found()
        assert (change.partner_id, change.level_before, change.level_after) == ("a", "basic", "select")
        (moved,) = change.sums
        assert (moved.incentive, moved.window, moved.before, moved.after) == ("bonus", Q1, 8, 11)
        figures = {one.level: (one.before, one.after, one.held, one.holds) for one in change.figures}
        assert figures == {"select": (800, 1100, False, True), "premier": (800, 1100, False, False)}
        (report,) = change.reports
        assert (report.report_id, report.commit_no, report.lines) == ("r2", 2, 2)
        assert report.net == {"EUR": Decimal(300), "USD": Decimal(100)}
        assert (report.first_day, report.last_day) == (date(2026, 2, 10), date(2026, 2, 11))
        assert change.facts == ()

    def test_facts_of_the_partner_and_of_what_it_bought(self, tmp_path: Path) -> None:
        ledger = world("a", "b")
        ledger.sale("a", date(2026, 2, 1), 6000)
        ledger.sale("a", date(2026, 2, 1), 100, currency="USD")
        moves = between(tmp_path, ledger)
        ledger.certificate("a", "pro", "one", date(2026, 2, 5))
        ledger.certificate("b", "pro", "two", date(2026, 2, 5))
        ledger.rate("USD", "EUR", "0.9")
        ledger.product("box", "server", date(2026, 2, 1))
        ledger.product("other", "server")
        (change, other) = moves.found()
        assert [(one.table, one.key) for one in change.facts] == [
            ("certifications", ("a", "one", "pro")),
            ("rates", ("USD", "EUR", "day")),
            ("products", ("box",)),
        ]
        assert (change.level_after, change.reports) == ("premier", ())
        assert [one.key[0] for one in other.facts] == ["b", "USD"]

    def test_who_did_not_move_is_left_out(self, tmp_path: Path) -> None:
        moves = between(tmp_path, world("a", "b"))
        moves.ledger.certificate("b", "cooking", "two")
        assert moves.found() == ()

    def test_only_for_the_partners_asked(self, tmp_path: Path) -> None:
        moves = between(tmp_path, world("a", "b"), partners=["b"])
        for one in "ab":
            moves.ledger.sale(one, date(2026, 2, 1), 100)
        assert [one.partner_id for one in moves.found()] == ["b"]

    def test_lines_of_who_became_part_of_it(self, tmp_path: Path) -> None:
        ledger = world("a", "old")
        ledger.partner("old", date(2026, 2, 1), same_as="a")
        moves = between(tmp_path, ledger)
        ledger.sale("old", date(2026, 1, 10), 100)
        (change,) = moves.found()
        assert (change.partner_id, change.reports[0].lines, change.sums[0].difference) == ("a", 1, 1)

    def test_recorded_reviews_move_nothing(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 2, 10), 1500)
        moves = between(tmp_path, ledger)
        with calculation(RULES, moves.before.facts, day=DAY) as running:
            take_in(ledger, {"decisions": decision_rows(proposals(running))})
        assert moves.found() == ()


class TestBetweenDays:
    def test_what_was_sold_and_began_in_between(self, tmp_path: Path) -> None:
        ledger = world("a")
        ledger.sale("a", date(2026, 2, 10), 1500)
        ledger.sale("a", date(2026, 3, 10), 4000)
        ledger.certificate("a", "pro", "one", date(2026, 3, 15))
        ledger.certificate("a", "pro", "early", date(2025, 3, 15), date(2026, 3, 5))
        ledger.certificate("a", "pro", "long", date(2025, 3, 15), date(2026, 2, 5))
        facts = memory(tmp_path, ledger)
        (change,) = changes(RULES, Side(facts=facts, day=date(2026, 3, 1)), Side(facts=facts, day=DAY))
        assert (change.level_before, change.level_after) == ("select", "premier")
        assert [(one.lines, one.net) for one in change.reports] == [(1, {"EUR": Decimal(4000)})]
        assert [one.key[1] for one in change.facts] == ["early", "one"]


def test_in_a_store(tmp_path: Path) -> None:
    """Between two states of a store the commits between them are looked at."""
    store = made_store(tmp_path)
    load(store, "enrolments", [{"programme": "p", "partner_id": "kern", "holds_from": "2020-01-01"}], at=AT)
    took(store, [line(1, "100.00")])
    first = store.last_commit_no
    took(store, [line(2, "50.00", invoice_no="D2")], header(number="late", digest="d2"), at=LATER)
    rules = programme(head={"vendor": "aurora"})
    (change,) = changes(
        rules,
        Side(facts=state_at(store, first), day=Q1.last_day),
        Side(facts=current_state(store), day=Q1.last_day),
    )
    assert (change.partner_id, change.sums[0].before, change.sums[0].after) == ("kern", 2, 3)
    assert [(one.commit_no, one.lines) for one in change.reports] == [(first + 1, 1)]


def test_a_corrected_reference_is_named_on_both_sides(tmp_path: Path) -> None:
    """Whoever loses the lines and whoever gets them is told which reference moved them."""
    store = made_store(tmp_path)
    enrolled = [{"programme": "p", "partner_id": one, "holds_from": "2020-01-01"} for one in ("kern", "moor")]
    load(store, "enrolments", enrolled, at=AT)
    took(store, [line(1, "100.00"), line(2, "50.00", partner_number="1002")])
    first = store.last_commit_no
    said = {"distributor_id": "rhein", "number": "1001", "partner_id": "moor", "holds_from": "2020-01-01"}
    load(store, "partner_references", [said], at=LATER)
    sides = [Side(facts=one, day=Q1.last_day) for one in (state_at(store, first), current_state(store))]
    lost, got = changes(programme(head={"vendor": "aurora"}), *sides)
    assert (lost.partner_id, lost.sums[0].difference, got.partner_id, got.sums[0].difference) == (
        "kern", -2, "moor", 2,
    )  # fmt: skip
    for each in (lost, got):
        assert [(one.table, one.key, one.commit_no) for one in each.facts] == [
            ("partner_references", ("rhein", "1001"), first + 1)
        ]
    assert [(one.lines, one.net) for one in lost.reports] == [(1, {"EUR": Decimal(-100)})]

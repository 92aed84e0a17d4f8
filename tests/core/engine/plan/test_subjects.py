"""Who: rows in force, segments of days, enrolments, memberships, certificates. Rules 6, 17, 42 and 44."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from staffel.core.engine.background import background
from staffel.core.engine.duckdb import attach, run, session
from staffel.core.engine.plan import subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.statement import Plan
from staffel.core.programme.model import DAY_AFTER_ALL, DAY_BEFORE_ALL
from staffel.core.sources import TABLES
from tests.core.engine.plan.world import Ledger, day, facts_of, year

PROGRAMME = year()
EVER, NEVER = str(DAY_AFTER_ALL), str(DAY_BEFORE_ALL)


def made(ledger: Ledger, make: Callable[[Plan], object], table: str, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a table of the plan, sorted, days as text. Merges are those of the end of June 2026."""
    plan = Plan()
    with facts_of(ledger) as facts, session() as db:
        subjects.merged(plan, background(db, facts, PROGRAMME, date(2026, 6, 30)))
        make(plan)
        attach(db, facts, list(TABLES))
        run(db, plan)
        rows = db.execute(f"select {', '.join(columns)} from {table} order by all").fetchall()
    return [tuple(str(one) if isinstance(one, date) else one for one in row) for row in rows]


def enrolled(ledger: Ledger, scope: tuple[str, ...] | None = None) -> list[tuple[Any, ...]]:
    """Who takes part, from when until when."""
    return made(
        ledger,
        lambda plan: subjects.enrolled(plan, PROGRAMME, scope),
        "enrolled",
        "subject",
        "start",
        "until",
    )


class TestIslands:
    """Spans of one key that touch or overlap are one; those of another key stay apart."""

    @pytest.mark.parametrize(
        ("spans", "islands"),
        [
            ([], []),
            ([("a", 1, 3)], [("a", 1, 3)]),
            ([("a", 1, 3), ("a", 3, 5)], [("a", 1, 5)]),  # they touch
            ([("a", 1, 3), ("a", 4, 5)], [("a", 1, 3), ("a", 4, 5)]),  # a day lies between
            ([("a", 1, 9), ("a", 2, 3), ("a", 8, 11)], [("a", 1, 11)]),  # one inside, one beyond
            ([("a", 1, 9), ("a", 2, 3), ("a", 5, 6)], [("a", 1, 9)]),  # behind a short one within
            ([("a", 1, 3), ("a", 1, 3)], [("a", 1, 3)]),
            ([("a", 3, 3), ("a", 5, 4)], []),  # empty, and upside down
            ([("a", 1, 3), ("b", 3, 5)], [("a", 1, 3), ("b", 3, 5)]),
        ],
    )
    def test_by_key(self, spans: list[tuple[str, int, int]], islands: list[tuple[str, int, int]]) -> None:
        given = [(key, date(2026, 1, start), date(2026, 1, until)) for key, start, until in spans]
        rows = sql.values("given", {"subject": "VARCHAR", "start": "DATE", "until": "DATE"}, given)
        query = subjects.islands(rows, ["subject"]).sql("duckdb")
        with session() as db:
            found = db.execute(f"{query} order by all").fetchall()
        assert [(key, start.day, until.day) for key, start, until in found] == islands


class TestInForce:
    def test_the_last_recorded_of_each_key_and_day(self) -> None:
        ledger = Ledger()
        ledger.partner("a", country="AT")
        ledger.partner("b", country="DE")
        ledger.commit()
        ledger.partner("a", country="CH")
        ledger.partner("b", country="DE", withdrawn=True)
        rows = made(
            ledger,
            lambda plan: plan.add("now", subjects.in_force("partners"), ""),
            "now",
            "partner_id",
            "country",
        )
        assert rows == [("a", "CH")]


class TestSegments:
    """An attribute holds from its day until the next; the first reaches back as far as one asks."""

    def test_days(self) -> None:
        ledger = Ledger()
        ledger.product("box", "old", day("2025-01-01"))
        ledger.product("box", "new", day("2026-03-01"))
        ledger.product("pen", "pens", day("2026-06-01"))
        rows = made(
            ledger,
            lambda plan: subjects.segments(plan, "products", ["family"]),
            "products_held",
            *("product_id", "family", "start", "until"),
        )
        assert rows == [
            ("box", "new", "2026-03-01", EVER),
            ("box", "old", NEVER, "2026-03-01"),
            ("pen", "pens", NEVER, EVER),
        ]

    def test_made_once(self) -> None:
        plan = Plan()
        names = [subjects.segments(plan, one, []) for one in ("products", "partners", "products")]
        assert names == ["products_held", "partners_held", "products_held"]
        assert [one.name for one in plan.statements] == names[:2]


class TestEnrolled:
    def test_what_touches_is_one(self) -> None:
        ledger = Ledger()
        ledger.enrolment("a", day("2025-01-01"), day("2025-07-01"))
        ledger.enrolment("a", day("2025-07-01"), day("2026-01-01"))
        ledger.enrolment("a", day("2026-02-01"))
        ledger.enrolment("b", day("2026-01-01"))
        assert enrolled(ledger) == [
            ("a", "2025-01-01", "2026-01-01"),
            ("a", "2026-02-01", EVER),
            ("b", "2026-01-01", EVER),
        ]

    def test_of_this_programme_alone(self) -> None:
        other = Ledger("another")
        other.enrolment("a")
        assert enrolled(other) == []

    def test_left_on_the_day_of_joining_was_never_enrolled(self) -> None:
        ledger = Ledger()
        ledger.enrolment("a", day("2026-01-01"), day("2026-01-01"))
        assert enrolled(ledger) == []

    def test_only_those_asked(self) -> None:
        ledger = Ledger()
        for one in "abc":
            ledger.enrolment(one)
        assert [row[0] for row in enrolled(ledger, ("a", "c"))] == ["a", "c"]
        assert enrolled(ledger, ()) == []

    @pytest.mark.parametrize(
        ("merged_on", "rows"),
        [
            ("2026-06-30", [("b", "2025-01-01", EVER), ("c", "2025-01-01", EVER)]),  # history is joined
            (
                "2026-07-01",
                [("a", "2025-01-01", "2026-01-01"), ("b", "2026-01-01", EVER), ("c", "2025-01-01", EVER)],
            ),
        ],
    )
    def test_a_merged_partners_enrolment_is_the_survivors(
        self, merged_on: str, rows: list[tuple[str, str, str]]
    ) -> None:
        ledger = Ledger()
        ledger.enrolment("a", day("2025-01-01"), day("2026-01-01"))
        ledger.enrolment("b", day("2026-01-01"))
        ledger.enrolment("c", day("2025-01-01"))
        ledger.partner("a", day(merged_on), same_as="b")
        assert enrolled(ledger) == rows


class TestMembers:
    """Rule 42. On the days of their membership; of an alliance, not of a buying group."""

    def test_days_of_membership(self) -> None:
        ledger = Ledger()
        ledger.membership("g", "a", day("2026-01-01"), day("2026-03-01"))
        ledger.membership("g", "a", day("2026-03-01"))
        ledger.membership("h", "b", day("2026-02-01"))
        ledger.add(
            "memberships",
            {"kind": "buying_group", "group_id": "g", "partner_id": "c", "holds_from": day("2026-01-01")},
        )
        columns = ("grp", "subject", "start", "until")
        rows = made(ledger, lambda plan: subjects.members(plan, None), "members", *columns)
        assert rows == [("g", "a", "2026-01-01", EVER), ("h", "b", "2026-02-01", EVER)]

    def test_as_said_with_their_shares(self) -> None:
        ledger = Ledger()
        ledger.membership("g", "a", day("2026-01-01"), day("2026-03-01"), share="0.25")
        ledger.membership("g", "a", day("2026-03-01"), share="0.75")
        rows = made(
            ledger,
            lambda plan: subjects.memberships(plan, None),
            "memberships",
            *("start", "cast(share as varchar)"),
        )
        assert rows == [("2026-01-01", "0.250000"), ("2026-03-01", "0.750000")]


class TestFiguresOfPartners:
    """Certificates, targets and opening figures of who became part of another are the survivor's."""

    def ledger(self) -> Ledger:
        ledger = Ledger()
        ledger.partner("a", day("2026-05-01"), same_as="b")
        return ledger

    def test_certified(self) -> None:
        ledger = self.ledger()
        ledger.certificate("a", "pro", "anna", day("2025-01-01"), day("2027-01-01"))
        ledger.certificate("c", "pro", None, day("2026-01-01"))
        columns = ("subject", "person_id", "start", "until")
        rows = made(ledger, lambda plan: subjects.certified(plan, None), "certified", *columns)
        assert rows == [("b", "anna", "2025-01-01", "2027-01-01"), ("c", None, "2026-01-01", EVER)]

    def test_targets_of_one_window_are_added(self) -> None:
        ledger = self.ledger()
        for partner, value in (("a", 400), ("b", 600), ("c", 7)):
            ledger.target(partner, "quarterly", day("2026-04-01"), day("2026-07-01"), value)
        rows = made(
            ledger,
            lambda plan: subjects.agreed(plan, PROGRAMME),
            "agreed",
            *("subject", "cast(figure as int)"),
        )
        assert rows == [("b", 1000), ("c", 7)]

    def test_openings_of_one_window_are_added(self) -> None:
        ledger = self.ledger()
        for partner, value in (("a", 400), ("b", 600), ("c", 7)):
            ledger.opening(partner, "revenue", day("2025-01-01"), day("2026-01-01"), value)
        rows = made(
            ledger,
            lambda plan: subjects.opened(plan, PROGRAMME),
            "opened",
            *("subject", "cast(figure as int)"),
        )
        assert rows == [("b", 1000), ("c", 7)]

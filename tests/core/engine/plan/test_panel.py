"""A panel: subjects by asks, each figure one column however often it is asked."""

from datetime import date
from decimal import Decimal

import pytest
from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.background import Background
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.cells import CellTable
from staffel.core.engine.plan.cores import Basis, Core
from staffel.core.engine.plan.days import Ask
from staffel.core.engine.plan.lines import LineTable
from staffel.core.engine.plan.panel import Panel
from staffel.core.findings import LawBroken
from staffel.core.money import AMOUNT, MONEY
from staffel.core.programme.model import EVERY_ROW, SumOf, Who
from tests.core.engine.plan.world import Q1, Q2, Ledger, day, running, world, year
from tests.forms.conftest import incentive, steps, take

ASKS = [Ask(Q1, Q1.last_day), Ask(Q2, date(2026, 5, 14))]
BASIS = Basis(date="sold_on")
NET = Core(source="sell_out", aggregate=SumOf(column="net"), where=EVERY_ROW, basis=BASIS)
COST = Core(source="sell_out", aggregate=SumOf(column="cost"), where=EVERY_ROW, basis=BASIS)


def cells() -> CellTable:
    """Cells of the sell-out."""
    lines = LineTable(
        source="sell_out", programme=year(), background=Background(), day=ASKS[-1].day, scope=None
    )
    return CellTable(lines=lines, basis=BASIS, key=None, ladder=None)


class TestAsking:
    def test_one_column_a_figure_however_often_asked(self) -> None:
        panel, of, spans = Panel("p", ASKS), cells(), [Q1, Q2]
        first = panel.figure(of, NET, Who.ASKER, spans)
        assert panel.figure(of, NET, Who.ASKER, spans) == first
        others = [
            panel.figure(of, NET, Who.ASKER, [Q1, Q1]),
            panel.figure(of, COST, Who.ASKER, spans),
            panel.figure(of, NET, Who.ALLIANCE, spans),
            panel.figure(of, NET, Who.ASKER, spans, rows=True),
        ]
        assert len({one.sql() for one in (first, *others)}) == 5

    def test_of_a_group_its_own_figure_is_the_alliances(self) -> None:
        panel, of = Panel("p", ASKS, group=True), cells()
        own = panel.figure(of, NET, Who.ASKER, [Q1, Q2])
        assert panel.figure(of, NET, Who.ALLIANCE, [Q1, Q2]) == own

    def test_one_schedule_for_the_same_spans(self) -> None:
        panel = Panel("p", ASKS)
        assert [panel.spans(one) for one in ([Q1, Q2], [Q1, Q1], [Q1, Q2])] == [0, 1, 0]

    def test_every_ask_has_its_span(self) -> None:
        with pytest.raises(LawBroken):
            Panel("p", ASKS).spans([Q1])

    def test_a_known_expression_is_read_from_its_column(self) -> None:
        panel = Panel("p", ASKS)
        two = sql.times(sql.column("p.f0"), sql.figure(Decimal(2), AMOUNT), AMOUNT)
        first = panel.define(two)
        assert isinstance(first, exp.Column)
        assert panel.define(two.copy()) == first
        assert panel.define(sql.no(first.copy())) != first

    @pytest.mark.parametrize("plain", [sql.column("p.f0"), sql.NULL, sql.TRUE, sql.figure(Decimal(1), MONEY)])
    def test_what_is_plain_needs_no_column(self, plain: exp.Expr) -> None:
        assert Panel("p", ASKS).define(plain) == plain


class TestPoints:
    """Who is asked when: whoever was enrolled on a day of the window, up to the day asked."""

    def points(self, ledger: Ledger, on: str) -> dict[tuple[str, date], date | None]:
        """Subject and window, with the day since which the subject is enrolled, at the latest."""
        with running(year(incentive()), ledger, on) as found:
            (panel,) = found.assembly.panels.values()
            query = f"select subject, w_start, enrolled_from from points_{panel.name} order by all"
            rows = found.db.sql(query).fetchall()
        return {(subject, start): since for subject, start, since in rows}

    def test_at_the_edges_of_an_enrolment(self) -> None:
        ledger = Ledger()
        for partner, since, until in (
            ("left", "2025-01-01", "2026-01-01"),
            ("leaves", "2025-01-01", "2026-01-02"),
            ("joins", "2026-03-31", None),
            ("comes", "2026-05-14", None),
            ("too-late", "2026-05-15", None),
            ("returns", "2025-01-01", "2026-02-01"),
        ):
            ledger.enrolled(partner, day(since), day(until) if until else None)
        ledger.enrolment("returns", day("2026-03-01"))
        assert self.points(ledger, "2026-05-14") == {
            ("comes", Q2.start): day("2026-05-14"),
            ("joins", Q1.start): day("2026-03-31"),
            ("joins", Q2.start): day("2026-03-31"),
            ("leaves", Q1.start): day("2025-01-01"),
            ("returns", Q1.start): day("2026-03-01"),
            ("returns", Q2.start): day("2026-03-01"),
        }


def test_incentives_of_the_same_windows_share_one_panel() -> None:
    two = (incentive("one"), incentive("two", base=take("quantity"), scale=steps((0, "1"))))
    other = incentive("three", per=Span(day("2026-02-01"), day("2026-03-01")))
    with running(year(*two, other), world(a=1, b=2), "2026-03-31") as found:
        assert len(found.assembly.panels) == 2
        figures = [len(panel.figures) for panel in found.assembly.panels.values()]
    assert figures[1] == 1


def test_the_same_figure_of_ten_incentives_is_summed_once() -> None:
    ten = [incentive(f"bonus-{number}", scale=steps((number, "0.01"))) for number in range(10)]
    with running(year(*ten), world(a=5, b=50), "2026-03-31") as found:
        (panel,) = found.assembly.panels.values()
        summed = [
            figure
            for figure in panel.figures.values()
            if figure.spans == tuple(a.current for a in panel.asks)
        ]
        assert len(summed) == 1
        rows = found.results.rows("earned")
    reached = {(row["incentive"], row["subject"]): row["step"] for row in rows}
    assert [reached[f"bonus-{number}", "a"] for number in range(10)] == [1] * 6 + [0] * 4

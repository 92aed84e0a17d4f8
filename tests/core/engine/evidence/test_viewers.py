"""Who may see what: one sum for strangers, nothing where it would name one, and what is shown adds up."""

from datetime import date

import pytest

from staffel.core.engine.evidence import Kind, Node, Viewer, adds_up, evidence_for
from staffel.core.programme.model import Best, Between, Const, Different, Take, Test, Who
from tests.core.engine.evidence.retraced import every, money, retraced, the
from tests.forms.conftest import incentive, programme, use
from tests.laws.facts import Ledger

MARCH = date(2025, 3, 3)
A, VENDOR, OPERATOR = (
    Viewer(kind="partner", id="a"),
    Viewer(kind="vendor", id="v"),
    Viewer(kind="operator"),
)


def alliance(*others: tuple[str, object], measure: str = "revenue") -> Node:
    """The bonus of `a`, gated by what its alliance sold; others: members and what they sold."""
    facts = Ledger()
    for partner, net in [("a", 400), *others]:
        facts.enrolled(partner)
        facts.membership("g", partner)
        if net:
            facts.sale(partner, MARCH, net, distributor_id=f"d-{partner}")
    gate = Test(measure=use(measure, who=Who.ALLIANCE), comparison="at_least", figure=money("1000"))
    best = Best(of=(use(), Const(figure=money("500"))))
    held = Between(of=use(), at_most=Const(figure=money("1000")))
    return retraced(programme(incentive(gate=gate), measures={"best": best, "held": held}), facts)


def names_in(tree: Node) -> set[str]:
    """Every id and text that a tree tells of."""
    found: set[str] = set()
    for node in tree.every():
        for owners in (node.owners.partner, node.owners.distributor, node.owners.end_customer):
            found |= owners
        found |= {value for value in node.says.values() if isinstance(value, str)}
    return found


class TestAllianceOfTwo:
    """The other member's sum would be that stranger's figure, so only reached or not is told."""

    def test_no_other_members_line(self) -> None:
        seen = evidence_for(alliance(("b", 700)), A)
        rows = {row.says["line_id"] for row in every(the(seen, Kind.GATE), Kind.ROW)}
        assert rows == {"L0001"}
        assert not {"b", "d-b"} & names_in(seen)

    def test_reached_without_a_figure(self) -> None:
        test = the(evidence_for(alliance(("b", 700)), A), Kind.TEST)
        assert (test.holds, test.figure, test.note) == (True, None, "hidden")
        assert test.says == {"comparison": "at_least", "required": 1000}

    def test_the_own_part_stays_and_adds_up(self) -> None:
        seen = evidence_for(alliance(("b", 700)), A)
        take = the(the(seen, Kind.GATE), Kind.TAKE)
        assert (take.figure, take.note) == (400, "own-part")
        assert adds_up(seen) == []

    def test_a_stranger_who_sold_nothing_is_not_told_of_either(self) -> None:
        test = the(evidence_for(alliance(("b", None)), A), Kind.TEST)
        assert (test.holds, test.figure) == (False, None)

    def test_nothing_of_the_own_amount_is_lost(self) -> None:
        seen = evidence_for(alliance(("b", 700)), A)
        assert (seen.figure, the(seen, Kind.CUT).figure) == (8, 8)

    def test_the_greatest_of_two_is_hidden_with_its_winner(self) -> None:
        """1,100 of the alliance against 500: of the winner the own 400 stay, and no figure rests on them."""
        seen = evidence_for(alliance(("b", 700), measure="best"), A)
        assert (the(seen, Kind.BEST).figure, the(seen, Kind.BEST).note) == (None, "hidden")
        assert adds_up(seen) == []

    def test_what_a_known_bound_took_off_is_hidden(self) -> None:
        """1,100 held to 1,000: the 100 would tell what the other one sold."""
        seen = evidence_for(alliance(("b", 700), measure="held"), A)
        assert {node.figure for node in every(seen, Kind.HELD)} == {None}


class TestAllianceOfThree:
    def test_two_strangers_become_one_sum(self) -> None:
        seen = evidence_for(alliance(("b", 700), ("c", 50)), A)
        assert (the(seen, Kind.OTHERS).figure, the(seen, Kind.TEST).figure) == (750, 1150)
        assert not {"b", "c", "d-b", "d-c"} & names_in(seen)
        assert adds_up(seen) == []

    def test_where_only_one_of_them_sold_the_sum_is_theirs_alone(self) -> None:
        seen = evidence_for(alliance(("b", 700), ("c", None)), A)
        assert (every(seen, Kind.OTHERS), the(seen, Kind.TEST).figure) == ([], None)

    def test_vendor_and_operator_see_all(self) -> None:
        tree = alliance(("b", 700), ("c", 50))
        assert evidence_for(tree, OPERATOR) == tree
        assert evidence_for(tree, VENDOR) == tree


class TestDistributors:
    def bonus(self, *distributors: str) -> Node:
        facts = Ledger()
        facts.enrolled("a")
        for number, distributor in enumerate(distributors, start=1):
            facts.sale("a", MARCH, 100 * number, distributor_id=distributor)
        return retraced(programme(incentive()), facts)

    def test_its_own_lines_and_of_others_one_sum(self) -> None:
        seen = evidence_for(self.bonus("d1", "d2", "d3"), Viewer(kind="distributor", id="d1"))
        assert {row.says["line_id"] for row in every(seen, Kind.ROW)} == {"L0001"}
        assert [one.figure for one in every(the(seen, Kind.CUT), Kind.OTHERS)] == [10]
        assert (seen.figure, adds_up(seen)) == (12, [])

    def test_of_one_other_nothing(self) -> None:
        seen = evidence_for(self.bonus("d1", "d2"), Viewer(kind="distributor", id="d1"))
        assert (seen.figure, seen.coins, seen.note) == (2, 2, "own-part")
        assert every(seen, Kind.OTHERS) == []
        assert "d2" not in names_in(seen)
        assert adds_up(seen) == []

    def test_who_reported_nothing_sees_no_figure(self) -> None:
        seen = evidence_for(self.bonus("d1"), Viewer(kind="distributor", id="d9"))
        assert {node.figure for node in seen.every()} == {None}

    def test_what_nobody_reported_is_the_partners_own(self) -> None:
        facts = Ledger()
        facts.enrolled("a")
        facts.certificate("a", "server", "p1")
        facts.sale("a", MARCH, 100)
        people = Take(aggregate=Different(key="person_id"), source="certifications", date="holds_from")
        gate = Test(measure=people, comparison="at_least", figure=money("1"))
        tree = retraced(programme(incentive(gate=gate)), facts)
        test = the(evidence_for(tree, Viewer(kind="distributor", id="d1")), Kind.TEST)
        assert (test.holds, test.figure, every(test, Kind.TERM)) == (True, None, [])


@pytest.mark.parametrize("viewer", [A, Viewer(kind="distributor", id="d-b"), Viewer(kind="vendor", id="x")])
def test_what_is_shown_adds_up_for_everybody(viewer: Viewer) -> None:
    for tree in (alliance(("b", 700)), alliance(("b", 700), ("c", 50)), alliance()):
        seen = evidence_for(tree, viewer)
        assert adds_up(seen) == []
        assert not any(viewer.strangers(node.owners) for node in seen.every())

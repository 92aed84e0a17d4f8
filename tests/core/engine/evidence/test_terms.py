"""People and their certificates: a person counts once, on the last day of the window."""

from datetime import date

import pytest

from staffel.core.engine.evidence import Kind, adds_up
from staffel.core.programme.model import Aggregate, Different, Is, Lines, Programme, Take, Test
from tests.core.engine.evidence.retraced import money, retraced, the
from tests.forms.conftest import incentive, programme
from tests.laws.facts import Ledger


@pytest.fixture
def facts() -> Ledger:
    made = Ledger()
    made.enrolled("a")
    made.certificate("a", "server", "p1")
    made.certificate("a", "storage", "p1")
    made.certificate("a", "server", "p2", until=date(2025, 2, 1))
    made.certificate("a", "server", None)
    made.certificate("a", "cooking", "p3")
    made.sale("a", date(2025, 3, 3), 100)
    return made


def counting(aggregate: Aggregate) -> Programme:
    where = Is(column="certification", values=("server", "storage"))
    people = Take(aggregate=aggregate, source="certifications", where=where, date="holds_from")
    return programme(incentive(gate=Test(measure=people, comparison="at_least", figure=money("1"))))


def test_a_person_counts_once(facts: Ledger) -> None:
    tree = retraced(counting(Different(key="person_id")), facts)
    people = the(tree, Kind.TEST).children[0]
    found = [(one.says["person_id"], one.says["certification"], one.figure, one.note) for one in people.parts]
    assert found == [
        ("p1", "server", 1, ""),
        ("p1", "storage", 0, "counted-once"),
        (None, "server", 0, "key-missing"),
    ]
    assert (people.figure, adds_up(tree)) == (1, [])


def test_certificates_counted_as_rows(facts: Ledger) -> None:
    people = the(retraced(counting(Lines()), facts), Kind.TEST).children[0]
    assert (people.figure, people.says["counted"]) == (3, 3)
    assert adds_up(people) == []


def test_they_are_the_partners_own(facts: Ledger) -> None:
    people = the(retraced(counting(Lines()), facts), Kind.TEST).children[0]
    assert (people.owners.partner, people.owners.distributor) == ({"a"}, frozenset())

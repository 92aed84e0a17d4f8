"""Names of a programme become names of tables and columns; two names never become one."""

from datetime import date
from decimal import Decimal

import pytest

from staffel.core.engine.plan.statement import slug
from staffel.core.programme.model import Agreed as Target
from staffel.core.programme.model import Holds, Kept, Newcomers, Share, Test, Trait
from tests.forms.conftest import calculate, earned, incentive, programme, take, use
from tests.laws.facts import Ledger, day

TWINS = ("x-y", "x_y", "X-Y", "x.y", "x", "x-y-1", "xy")


def test_two_names_two_slugs() -> None:
    found = [slug(name) for name in TWINS]
    assert len({one.lower() for one in found}) == len(TWINS)
    assert not [one for one in found if "." in one]


def market() -> Ledger:
    facts = Ledger()
    facts.product("box", "boxes")
    for partner in ("a", "b"):
        facts.enrolled(partner)
        facts.sale(partner, day("2026-02-10"), "1000")
    return facts


def certified(facts: Ledger, partner: str, certification: str) -> None:
    values = {"partner_id": partner, "certification": certification, "holds_from": date(2025, 1, 1)}
    facts.add("certifications", values)


def holds(*names: str) -> Holds:
    return Holds(trait=Trait.HOLDS, values=names)


@pytest.mark.parametrize(("one", "other"), [("x-y", "x_y"), ("x", "X"), ("x.y", "x-y")])
def test_twin_certificates_are_two(one: str, other: str) -> None:
    """a holds the one, b the other: each earns by its own alone."""
    facts = market()
    certified(facts, "a", one)
    certified(facts, "b", other)
    rules = programme(incentive("first", gate=holds(one)), incentive("second", gate=holds(other)))
    book = calculate(rules, facts, "2026-03-31")
    paid = {(n, p): earned(book, p, "2026-01-01", n) for n in ("first", "second") for p in ("a", "b")}
    twenty, nothing = Decimal("20.00"), Decimal("0.00")
    assert paid == {
        ("first", "a"): twenty,
        ("first", "b"): nothing,
        ("second", "a"): nothing,
        ("second", "b"): twenty,
    }


def test_twin_targets_are_two() -> None:
    """1,000 of 500 is enough, of 5,000 it is not."""
    facts = market()
    for target, figure in (("X", 500), ("x", 5000), ("x.y", 500)):
        facts.add(
            "targets",
            {
                "programme": "p",
                "partner_id": "a",
                "target": target,
                "figure": Decimal(figure),
                "holds_from": date(2026, 1, 1),
                "holds_until": date(2026, 4, 1),
            },
        )

    def gate(target: str) -> Test:
        share = Share(part=use("revenue"), whole=Target(target=target))
        return Test(measure=share, comparison="at_least", figure=Decimal(1))

    rules = programme(*(incentive(f"of-{at}", gate=gate(one)) for at, one in enumerate(("X", "x", "x.y"))))
    book = calculate(rules, facts, "2026-03-31")
    paid = [earned(book, "a", "2026-01-01", f"of-{at}") for at in range(3)]
    assert paid == [Decimal("20.00"), Decimal("0.00"), Decimal("20.00")]


def test_twin_incentives_are_two() -> None:
    names = ("bonus-a", "bonus_a", "B", "b", "ladder-x")
    book = calculate(programme(*(incentive(name) for name in names)), market(), "2026-03-31")
    assert [earned(book, "a", "2026-01-01", name) for name in names] == [Decimal("20.00")] * 5


def test_each_incentive_has_a_memory_of_its_own() -> None:
    """Joined in February: prorated to two of three months 1,400 of 2,000 is enough, else it is not."""
    facts = Ledger()
    facts.product("box", "boxes")
    facts.enrolment("a", day("2026-02-01"))
    facts.sale("a", day("2026-02-10"), "1400")
    facts.partner("a")
    met = Kept(of=Test(measure=take("net"), comparison="at_least", figure=Decimal(2000)))
    rules = programme(
        incentive("a-1", gate=met, newcomers=Newcomers(prorate="months")),
        incentive("a", gate=met),
    )
    book = calculate(rules, facts, "2026-03-31")
    paid = [earned(book, "a", "2026-01-01", name) for name in ("a-1", "a")]
    assert paid == [Decimal("28.00"), Decimal("0.00")]

"""Going through a programme."""

from staffel.core.programme.forms import all_in, forms_in
from staffel.core.programme.model import All, Is, Not, Step, Use
from tests.core.programme.heron import bonus

ROUTE, KIND = Is(column="route", values=("a",)), Is(column="kind", values=("sale",))


def test_goes_depth_first_in_the_order_of_the_fields() -> None:
    inner = Not(of=KIND)
    whole = All(of=(ROUTE, inner))
    assert list(forms_in(whole)) == [whole, ROUTE, inner, KIND]


def test_finds_all_of_a_kind() -> None:
    read = bonus("scale: {kind: marginal, steps: [{from: 0, rate: 1 %}, {from: 5, rate: 2 %}]}")
    assert [step.start for step in all_in(read, Step)] == [0, 5]
    assert all_in(read, Use) == (Use(measure="revenue"),)
    assert all_in((), Use) == ()

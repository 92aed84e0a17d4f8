"""Going through a programme."""

import pytest

from staffel.core.programme.forms import all_in, forms_in, is_filter
from staffel.core.programme.model import (
    All,
    Any,
    Condition,
    Filter,
    Holds,
    Is,
    Kept,
    Not,
    Step,
    Trait,
    Use,
)
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


@pytest.mark.parametrize(
    ("when", "asks_a_row"),
    [
        (Is(column="route", values=("a",)), True),
        (Not(of=Is(column="route", values=("a",))), True),
        (All(of=(Any(of=(Is(column="route", values=("a",)),)),)), True),
        (Holds(trait=Trait.KIND, values=("a",)), False),
        (Kept(of=Holds(trait=Trait.KIND, values=("a",))), False),
        (All(), False),  # who asks nothing asks the partner
        (Any(), False),
    ],
)
def test_who_answers_a_when(when: "Filter | Condition", asks_a_row: bool) -> None:
    assert is_filter(when) is asks_a_row

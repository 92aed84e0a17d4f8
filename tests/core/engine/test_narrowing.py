"""Narrowing: what is left of a programme, and that what is left comes to the same."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from staffel.core.engine.calculation import calculation
from staffel.core.engine.evidence import Node, explain
from staffel.core.engine.narrowing import narrowed
from staffel.core.programme.model import InSequence, Programme, Stacking
from tests.core.engine.cases import AT_ONCE, Q1, incentive, memory, programme, world

FIRST = incentive("first", "base: revenue\nper: quarter\nrate: 2 %")
SECOND = incentive("second", "base: revenue\nper: quarter\nrate: 5 %")
GATED = incentive("gated", "base: revenue\nper: quarter\nrate: 1 %\nfor: {level: [select, premier]}")
BY_LEVEL = incentive(
    "by-level", "base: revenue\nper: quarter\nrate: {by: level, basic: 1 %, select: 2 %, premier: 3 %}"
)
ALL = (FIRST, SECOND, GATED, BY_LEVEL)


def names(one: Programme) -> list[str]:
    return [incentive_.name for incentive_ in one.incentives]


@pytest.mark.parametrize(
    ("asked", "levels"),
    [("first", False), ("second", False), ("gated", True), ("by-level", True)],
)
def test_levels_stay_where_they_are_asked_for(asked: str, levels: bool) -> None:
    left = narrowed(programme(*ALL, levels=AT_ONCE), [asked])
    assert names(left) == [asked]
    assert (left.ladder is not None) is levels


def test_several_stay_in_their_order() -> None:
    assert names(narrowed(programme(*ALL, levels=AT_ONCE), ["gated", "first"])) == ["first", "gated"]


def test_an_unknown_name_leaves_nothing() -> None:
    left = narrowed(programme(*ALL, levels=AT_ONCE), ["stranger"])
    assert (left.incentives, left.ladders) == ((), ())


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        (["first"], ["first"]),
        (["second"], ["first", "second"]),
        (["gated"], ["first", "second", "gated"]),
        (["by-level"], ["by-level"]),
        (["by-level", "second"], ["first", "second", "by-level"]),
    ],
)
def test_those_before_in_a_sequence_stay(asked: list[str], left: list[str]) -> None:
    in_sequence = Stacking(said=True, sequences=(InSequence(incentives=("first", "second", "gated")),))
    whole = replace(programme(*ALL, levels=AT_ONCE), stacking=in_sequence)
    assert names(narrowed(whole, asked)) == left


@pytest.mark.parametrize("asked", ["first", "second", "gated", "by-level"])
def test_comes_to_the_same(tmp_path: Path, asked: str) -> None:
    """With a stranger whose lines must not matter."""
    ledger = world("a", "b")
    ledger.sale("a", date(2026, 1, 10), "1500")
    ledger.sale("a", date(2026, 3, 10), "300.55")
    ledger.sale("b", date(2026, 2, 10), "9000")
    whole, facts = programme(*ALL, levels=AT_ONCE), memory(tmp_path, ledger)

    def tree(only: list[str] | None) -> Node:
        with calculation(whole, facts, day=Q1.last_day, partners=["a"], kept=True, only=only) as running:
            return explain(running, incentive=asked, partner="a", window=Q1)

    assert tree([asked]) == tree(None)
    assert tree([asked]).figure

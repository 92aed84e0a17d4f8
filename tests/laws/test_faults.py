"""The laws are awake: every planted fault is caught by law 2 within CI's worlds."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from tests.laws import engine
from tests.laws.cases import Case
from tests.laws.faults import FAULTS, Fault

IN_CI = 200
MOST = 40  # worlds that a fault may need; more would say that the worlds hardly ask for what it changes
CLOSED = {"market: closed", "minimum: carry"}


@cache
def case_of(seed: int) -> Case:
    """Each world is made once."""
    return Case(seed)


def fitting(fault: Fault) -> Iterator[Case]:
    """The worlds in which an incentive that pays says what the fault changes."""
    for seed in range(IN_CI):
        case = case_of(seed)
        if any(fault.fits(said) for name, said in case.world.says.items() if case.paid[name]):
            yield case


def caught(fault: Fault) -> bool:
    """Whether engine and oracle differ in one of the first worlds that fit."""
    closing = bool(CLOSED & set(fault.among)) or fault.noun == "payout"
    for number, case in enumerate(fitting(fault)):
        if number == MOST:
            return False
        results = engine.results_of(case.book, case.closing if closing else None)
        if engine.unlike(case.book, results):
            return True
    return False


class TestPlantedFaults:
    """At least 30 of them, and at least one for each noun of the language."""

    def test_each_noun_has_one(self) -> None:
        nouns = Counter(fault.noun for fault in FAULTS)
        assert set(nouns) == {"fact", "filter", "measure", "requirement", "level", "incentive", "payout"}
        assert sum(nouns.values()) >= 30

    @pytest.mark.parametrize("fault", FAULTS, ids=str)
    def test_it_is_caught(self, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
        place, _, name = fault.where.rpartition(".")
        target = _found(place)
        monkeypatch.setattr(target, name, fault.plant(getattr(target, name)))
        assert caught(fault), f"no law noticed that {fault.name}"


def _found(place: str) -> object:
    """A module, or a class in one."""
    from importlib import import_module

    try:
        return import_module(place)
    except ModuleNotFoundError:
        module, _, name = place.rpartition(".")
        return getattr(import_module(module), name)

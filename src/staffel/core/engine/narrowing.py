"""A programme less whatever some of its incentives do not rest on: explaining one bonus computes no other.

An incentive rests on those before it in its sequence, on the measures that it names, and on the levels only
where it, or such a measure, asks for a level. What it comes to is the same, to the cent, as in the whole.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from staffel.core.engine.plan.marks import LEVEL
from staffel.core.programme.forms import forms_in
from staffel.core.programme.model import Form, Holds, Incentive, Is, Programme, Trait, Use


def narrowed(programme: Programme, incentives: Collection[str]) -> Programme:
    """The programme with these incentives alone, and what they rest on. Names that it does not know are
    nothing.
    """
    kept = tuple(one for one in programme.incentives if one.name in _with_those_before(programme, incentives))
    leveled = any(_asks_level(form) for one in kept for form in _behind(programme, one))
    return replace(programme, incentives=kept, ladders=programme.ladders if leveled else ())


def _with_those_before(programme: Programme, incentives: Collection[str]) -> set[str]:
    found = set(incentives)
    for sequence in programme.stacking.sequences:
        places = [at for at, name in enumerate(sequence.incentives) if name in found]
        found |= set(sequence.incentives[: max(places, default=0)])
    return found


def _behind(programme: Programme, incentive: Incentive) -> Iterator[Form]:
    """Every form of an incentive and of the measures that it names, each measure once."""
    known: set[str] = set()
    waiting: list[Form] = [incentive]
    while waiting:
        for form in forms_in(waiting.pop()):
            yield form
            if isinstance(form, Use) and form.measure not in known:
                known.add(form.measure)
                waiting.append(programme.measure(form.measure))


def _asks_level(form: Form) -> bool:
    by_row = isinstance(form, Is) and form.column == LEVEL
    return by_row or (isinstance(form, Holds) and form.trait is Trait.LEVEL)

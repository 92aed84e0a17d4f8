"""Whose form it is: the incentive or the ladder that it stands in says over which days it is asked."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from staffel.core.programme.model import Form, Incentive, Ladder, Programme


def owner_of(programme: Programme, form: Form) -> Incentive | Ladder | None:
    """The incentive or ladder that holds this very form; none for what stands for itself, as a measure."""
    owners: list[Incentive | Ladder] = [*programme.incentives, *programme.ladders]
    return next((owner for owner in owners if any(one is form for one in within(owner))), None)


def within(value: object) -> Iterator[object]:
    """A form and all forms in it."""
    if isinstance(value, tuple):
        for one in value:
            yield from within(one)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from within(getattr(value, field.name))

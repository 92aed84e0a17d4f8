"""Versions of one programme beside each other: the days that none of them rules, or two of them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from staffel.core.findings import Finding, Text
from staffel.core.programme.model import Programme


def versions(programmes: Sequence[Programme]) -> tuple[Finding, ...]:
    """Of each name the versions in the order of their days; one with the next."""
    ordered = sorted(programmes, key=lambda one: (one.name, one.valid, one.version))
    return tuple(
        finding
        for _, same in groupby(ordered, key=lambda one: one.name)
        for finding in _of_one_name(list(same))
    )


def _of_one_name(ordered: Sequence[Programme]) -> Iterator[Finding]:
    """Each with the earlier one that ends last."""
    for at, after in enumerate(ordered[1:], start=1):
        yield from _beside(max(ordered[:at], key=lambda one: one.valid.until), after)


def _beside(before: Programme, after: Programme) -> Iterator[Finding]:
    places = (after.place, before.place)
    first, second, name = before.version, after.version, before.name
    if after.valid.start < before.valid.until:
        day = after.valid.start.isoformat()
        yield Finding(
            code="window-overlap",
            places=places,
            reason=Text(
                en=f"The versions {first} and {second} of {name} both rule {day}.",
                de=f"Die Fassungen {first} und {second} von {name} gelten beide am {day}.",
            ),
            way_out=Text(
                en="Let the earlier one end on the day before the later one begins.",
                de="Lassen Sie die frühere am Tag vor dem Beginn der späteren enden.",
            ),
        )
    elif after.valid.start > before.valid.until:
        day, last = before.valid.until.isoformat(), after.valid.start.isoformat()
        yield Finding(
            code="window-gap",
            severity="warning",
            places=places,
            reason=Text(
                en=f"No version of {name} rules from {day} until {last}: what is sold then counts nowhere.",
                de=f"Ab {day} gilt keine Fassung von {name}, erst wieder am {last}: Was dann verkauft wird, "
                "zählt nirgends.",
            ),
            way_out=Text(
                en=f"Let {second} begin on {day}, or {first} end later.",
                de=f"Lassen Sie {second} am {day} beginnen oder {first} später enden.",
            ),
        )

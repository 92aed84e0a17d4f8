"""A number with a comma inside `{…}`: `{share: 2,5 %}` is one share, though YAML parts it at the comma.

YAML reads there `share: 2`, and beside it a key `5 %` without a value. No programme has such a key, so the
number that a reader sees is put together again, where it is plain: digits on both sides, no blank at the
comma, no colon behind it. Whether the comma means decimals or thousands is asked where the number is read
(`numbers`).
"""

import re
from collections.abc import Iterable, Iterator

from ruamel.yaml.events import Event, ScalarEvent

_BEGINNING = re.compile(r"[+-]?\d[\d._,]*", re.ASCII)
_REST = re.compile(r"\d+(?:\s*%)?", re.ASCII)


def with_commas(events: Iterable[Event], text: str) -> Iterator[Event]:
    """The events of this text, with its numbers whole."""
    held: list[ScalarEvent] = []
    for event in events:
        if isinstance(event, ScalarEvent):
            held = _joined([*held, event], text)
            yield from held[:-2]
            held = held[-2:]
        else:
            yield from held
            held = []
            yield event
    yield from held


def _joined(scalars: list[ScalarEvent], text: str) -> list[ScalarEvent]:
    """The same, the last three of them as one number if they are one.

    As a value, `2,5 %` comes as 2, `5 %` and nothing; as a key it comes as 2, nothing and `5 %`.
    """
    if len(scalars) < 3:
        return scalars
    *before, first, second, third = scalars
    if _goes_on(first, second, text) and _is_nothing(third, second, text):
        return [*before, _number(first, second)]
    if _goes_on(first, third, text) and _is_nothing(second, first, text):
        return [*before, _number(first, third)]
    return scalars


def _goes_on(first: ScalarEvent, rest: ScalarEvent, text: str) -> bool:
    start, end = first.start_mark.index, rest.end_mark.index
    written = f"{first.value},{rest.value}"
    digits = _BEGINNING.fullmatch(first.value) and _REST.fullmatch(rest.value)
    return bool(digits) and text[start:end] == written


def _is_nothing(scalar: ScalarEvent, key: ScalarEvent, text: str) -> bool:
    """Whether a key has no value, and no colon either."""
    return not scalar.value and not text[key.end_mark.index : scalar.end_mark.index].strip()


def _number(first: ScalarEvent, rest: ScalarEvent) -> ScalarEvent:
    return ScalarEvent(
        anchor=None,
        tag=None,
        implicit=(True, False),
        value=f"{first.value},{rest.value}",
        start_mark=first.start_mark,
        end_mark=rest.end_mark,
    )

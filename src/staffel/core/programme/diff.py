"""What changed between two programmes: the leaf, and the sentence in which a partner reads it.

The lowered forms are compared, not the files: a changed spelling alone is no change, nor is a moved line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from enum import Enum

from staffel.core.calendar import Span
from staffel.core.findings import NOWHERE, Language, Place, Text
from staffel.core.money import written
from staffel.core.programme.model import Form, Programme
from staffel.core.programme.words import Clauses, clauses, figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One leaf that changed.

    path: `incentives.riser.scale.steps.2.start`, members by name, else by number from 1. old, new: the leaf;
    before, after: the sentence in which it reads. None: it was not there, or is no longer.
    """

    path: str
    old: str | None
    new: str | None
    before: str | None
    after: str | None
    place_before: Place = NOWHERE
    place_after: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    """A pair of values that differ, below the pairs of forms that hold them, the innermost last."""

    path: tuple[str, ...]
    old: object
    new: object
    held: tuple[tuple[Form, Form], ...]


_NOTHING = object()


def diff(old: Programme, new: Programme, language: Language) -> tuple[Change, ...]:
    """Every leaf that changed, in the order of the forms; empty where both are one programme."""
    before, after = clauses(old, language), clauses(new, language)
    return tuple(_change(before, after, leaf) for leaf in _compared((), old, new, ()))


def told(changes: Sequence[Change], language: Language) -> str:
    """All changes for a reader; `No change.` where there are none."""
    if not changes:
        return Text(en="No change.", de="Keine Änderung.").say(language)
    return "\n".join(_told(change, language) for change in changes)


def _told(change: Change, language: Language) -> str:
    absent = Text(en="(nothing)", de="(nichts)").say(language)
    heading = f"{change.path}: {change.old or absent} → {change.new or absent}"
    return "\n".join((heading, f"  - {change.before or absent}", f"  + {change.after or absent}"))


# ---------------------------------------------------------------- which leaves differ


def _compared(
    path: tuple[str, ...], old: object, new: object, held: tuple[tuple[Form, Form], ...]
) -> Iterator[_Leaf]:
    if old == new:
        return
    if isinstance(old, tuple) and isinstance(new, tuple):
        for name, one, other in _paired(old, new):
            yield from _compared((*path, name), one, other, held)
    elif type(old) is type(new) and is_dataclass(old) and not isinstance(old, Span):
        holding = (*held, (old, new)) if isinstance(old, Form) and isinstance(new, Form) else held
        for each in fields(old):
            if each.compare:
                pair = getattr(old, each.name), getattr(new, each.name)
                yield from _compared((*path, each.name), *pair, holding)
    else:
        yield _Leaf(path=path, old=old, new=new, held=held)


def _paired(old: tuple[object, ...], new: tuple[object, ...]) -> Iterator[tuple[str, object, object]]:
    """Members that belong together: by name where all have one of their own, else by likeness and order."""
    names = [_names(old), _names(new)]
    if all(names):
        before, after = dict(zip(names[0], old, strict=True)), dict(zip(names[1], new, strict=True))
        for name in dict.fromkeys([*names[0], *names[1]]):
            yield name, before.get(name, _NOTHING), after.get(name, _NOTHING)
        if set(names[0]) == set(names[1]) and names[0] != names[1]:
            yield "order", ", ".join(names[0]), ", ".join(names[1])
        return
    for _, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for at in range(max(end - start, last - first)):
            one = old[start + at] if start + at < end else _NOTHING
            other = new[first + at] if first + at < last else _NOTHING
            yield str((first if one is _NOTHING else start) + at + 1), one, other


def _names(members: tuple[object, ...]) -> list[str]:
    """The names of all members; empty where one has none or two have the same."""
    names = [str(getattr(member, "name", "")) for member in members if isinstance(member, Form)]
    return names if all(names) and len(set(names)) == len(members) else []


# ---------------------------------------------------------------- how it reads


def _change(old: Clauses, new: Clauses, leaf: _Leaf) -> Change:
    before, after = _sentences(old, new, leaf)
    one, other = leaf.held[-1]
    return Change(
        path=".".join(leaf.path),
        old=_plain(old, leaf.old),
        new=_plain(new, leaf.new),
        before=before,
        after=after,
        place_before=leaf.old.place if isinstance(leaf.old, Form) else one.place,
        place_after=leaf.new.place if isinstance(leaf.new, Form) else other.place,
    )


def _sentences(old: Clauses, new: Clauses, leaf: _Leaf) -> tuple[str | None, str | None]:
    """The sentences of the innermost forms that read differently; of what came or went, its own."""
    for one, other in ((leaf.old, leaf.new), *reversed(leaf.held)):
        before, after = _clause(old, one), _clause(new, other)
        if before != after and (before or one is _NOTHING) and (after or other is _NOTHING):
            return before, after
    return _plain(old, leaf.old), _plain(new, leaf.new)


def _clause(told: Clauses, form: object) -> str | None:
    return told.of(form) or None if isinstance(form, Form) else None


def _plain(told: Clauses, value: object) -> str | None:
    """A leaf for the reader; the sentence of a form, or what it is called."""
    language = told.voice.language
    match value:
        case None:
            return None
        case bool():
            return Text(en="yes" if value else "no", de="ja" if value else "nein").say(language)
        case Form():
            return getattr(value, "name", None) or told.of(value) or type(value).__name__
        case Span():
            return figures.days(value, language)
        case Decimal():
            return written(value, language)
        case date():
            return figures.day(value, language)
        case Enum():
            return str(value.value)
        case tuple():
            return ", ".join(str(_plain(told, one)) for one in value)
        case _:
            return None if value is _NOTHING else str(value)

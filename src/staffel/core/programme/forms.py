"""Going through a programme: every form below a form, in the order of the fields, whatever its kind.

For questions that all kinds answer alike (which columns are read, which names are used). Whoever must know
a kind matches it instead, with `assert_never`.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any as Anything
from typing import TypeVar, assert_never

from typing_extensions import TypeIs

from staffel.core.programme.model import (
    All,
    Any,
    Condition,
    Enforced,
    Exists,
    Filter,
    Form,
    Holds,
    Is,
    Kept,
    Leaf,
    Made,
    Measure,
    Not,
    RowTest,
    Test,
)

F = TypeVar("F", bound=Form)


def forms_in(whole: object) -> Iterator[Form]:
    """The form itself, then what lies below it, depth first."""
    if isinstance(whole, tuple):
        for one in whole:
            yield from forms_in(one)
    elif isinstance(whole, Form):
        yield whole
        for field in fields(whole):
            if field.name != "place":
                yield from forms_in(getattr(whole, field.name))


def all_in(whole: object, kind: type[F]) -> tuple[F, ...]:
    """Every form of one kind."""
    return tuple(form for form in forms_in(whole) if isinstance(form, kind))


def asking_strangers(whole: object) -> tuple[Exists, ...]:
    """Questions whose answer rests on lines of other partners, or of other vendors."""
    return tuple(
        one
        for one in all_in(whole, Exists)
        if one.whose == "any" or any(leaf.column == "vendor_id" for leaf in all_in(one.where, Is))
    )


def leaves_in(whole: object) -> tuple[Leaf, ...]:
    """Every test of a row."""
    return tuple(form for form in forms_in(whole) if isinstance(form, Leaf))


def parts_of(made: Made) -> tuple[Measure, ...]:
    """The figures that a figure is made of, in the order written; bounds and what stands in are none."""
    return made.made_of


def asked_below(condition: "Condition") -> "tuple[Condition, ...]":
    """The conditions that a condition is joined of, in the order written; of a test or a trait none."""
    match condition:
        case All(of=parts) | Any(of=parts):
            return parts
        case Not(of=part) | Kept(of=part) | Enforced(of=part):
            return (part,)
        case Test() | Holds():
            return ()
        case _:
            assert_never(condition)


def hurdles_of(condition: "Condition") -> "list[Test | Holds]":
    """What a condition asks, in the order written."""
    if isinstance(condition, Test | Holds):
        return [condition]
    return [leaf for part in asked_below(condition) for leaf in hurdles_of(part)]


def with_below(form: F, change: Callable[[Form], Form]) -> F:
    """The form with each form that lies directly below it changed."""

    def changed(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(changed(one) for one in value)
        return change(value) if isinstance(value, Form) else value

    below: dict[str, Anything] = {field.name: changed(getattr(form, field.name)) for field in fields(form)}
    return replace(form, **below)


def is_filter(when: "Filter | Condition") -> TypeIs[Filter]:
    """Whether it asks a row, and so cuts the base (rule 31); an empty one asks the partner."""
    match when:
        case All(of=parts) | Any(of=parts):
            return bool(parts) and all(is_filter(part) for part in parts)
        case Not(of=part):
            return is_filter(part)
        case RowTest():
            return True
        case Test() | Holds() | Kept() | Enforced():
            return False
        case _:
            assert_never(when)

"""Going through a programme: every form below a form, in the order of the fields, whatever its kind.

For questions that all kinds answer alike (which columns are read, which names are used). Whoever must know
a kind matches it instead, with `assert_never`.
"""

from collections.abc import Iterator
from dataclasses import fields
from typing import TypeVar

from staffel.core.programme.model import Form

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

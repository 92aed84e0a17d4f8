"""One form said for itself, where no sentence of the contract is its own: a part of a condition."""

from staffel.core.findings import Text
from staffel.core.programme.model import (
    Agreed,
    All,
    Any,
    Form,
    GrownPart,
    Growth,
    Holds,
    Is,
    Kept,
    Not,
    Part,
    Score,
    Share,
    Take,
    Test,
    Use,
)
from staffel.core.programme.words import conditions, filters, measures, rates
from staffel.core.programme.words.voice import Voice, begun


def said(voice: Voice, form: Form) -> str:
    """A sentence. A form that is only a part of others (a window, a length) is told by its kind."""
    match form:
        case Take() | Use() | Share() | Growth() | Score() | Agreed():
            return _sentence(measures.noun(voice, form))
        case GrownPart(of=of):
            text = Text(en="The grown part of {measure}", de="Der Zuwachs {measure}")
            return _sentence(voice.say(text, measure=measures.noun(voice, of, "gen")))
        case Is():
            return _sentence(filters.clause_of(voice, form).main())
        case Test() | Holds() | Kept():
            return _sentence(conditions.clause_of(voice, form).main())
        case All() | Any() | Not():
            clause = filters.clause_of if rates.is_filter(form) else conditions.clause_of
            return _sentence(clause(voice, form).main())
        case Part():
            return _sentence(measures.points(voice, form))
        case _:
            return _sentence(voice.quoted(type(form).__name__))


def _sentence(text: str) -> str:
    return f"{begun(text)}."

"""One form said for itself, where no sentence of the contract is its own, as for a part of a condition."""

from typing import cast

from staffel.core.findings import Text
from staffel.core.programme.forms import is_filter
from staffel.core.programme.model import (
    Agreed,
    All,
    Any,
    Baseline,
    Const,
    Enforced,
    Form,
    GrownPart,
    Growth,
    Holds,
    Incentive,
    Kept,
    Ladder,
    Leaf,
    Made,
    Measure,
    Not,
    Part,
    PartAbove,
    RowTest,
    Score,
    Share,
    Take,
    Test,
    Use,
)
from staffel.core.programme.words import (
    conditions,
    filters,
    incentives,
    levels,
    measures,
    owners,
    windows,
)
from staffel.core.programme.words.sentences import without_repetition
from staffel.core.programme.words.voice import Voice, begun


def said(voice: Voice, form: Form) -> str:
    """A sentence. A form that is only a part of others (a window, a length) has none: it is empty."""
    match owners.owner_of(voice.programme, form):
        case Incentive() as incentive:
            voice = incentives.within(voice, incentive)
        case Ladder() as ladder:
            voice = levels.within(voice, ladder)
        case None:
            pass
    text = _said(voice, form)
    return f"{begun(without_repetition(text, set()))}." if text else ""


def _said(voice: Voice, form: Form) -> str:
    match form:
        case Const():
            return ""
        case Take() | Use() | Share() | Growth() | Score() | Agreed() | Made():
            return _counts(voice, cast("Measure", form))
        case GrownPart(of=of):
            text = Text(
                en=("what counts is the growth of {measure}"), de="maßgeblich ist der Zuwachs {measure}"
            )
            return voice.say(text, measure=measures.noun(voice, of, "gen"))
        case PartAbove(of=of):
            text = Text(en="what counts is a part of {measure}", de="maßgeblich ist ein Teil {measure}")
            return voice.say(text, measure=measures.noun(voice, of, "gen"))
        case Baseline():
            text = Text(en="it is compared with {window}", de="verglichen wird mit {window}")
            return voice.say(text, window=windows.against(voice, form))
        case RowTest() if isinstance(form, Leaf):
            return filters.clause_of(voice, form).main()
        case Test() | Holds() | Kept() | Enforced():
            return conditions.clause_of(voice, form).main()
        case All() | Any() | Not():
            clause = filters.clause_of if is_filter(form) else conditions.clause_of
            return clause(voice, form).main()
        case Part():
            return measures.points_sentence(voice, form)
        case _:
            return ""


def _counts(voice: Voice, measure: Measure) -> str:
    text = Text(en="what counts is {measure}", de="maßgeblich ist {measure}")
    return voice.say(text, measure=measures.noun(voice, measure))

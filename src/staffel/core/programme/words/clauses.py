"""A clause: a statement that can stand as a sentence of its own or behind `wenn`, `dass` and `deren`.

German moves its finite verb: „Der Partner hat am ersten Tag die Stufe“, „wenn der Partner am ersten Tag die
Stufe hat“. So a clause keeps its verb apart, and each use puts it where it belongs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from staffel.core.findings import Language, Text
from staffel.core.programme.words.voice import Voice

MARKS = (tuple("abcdefghijklmnopqrstuvwxyz"), ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """subject, finite verb, when or where, the rest, and what follows the whole."""

    language: Language
    subject: str
    verb: str
    middle: str = ""
    rest: str = ""
    tail: str = ""

    def main(self) -> str:
        """With the verb in second place, without a full stop."""
        if self.language == "en":
            return _put(self.subject, self.verb, self.rest, self.middle) + self.tail
        return _put(self.subject, self.verb, self.middle, self.rest) + self.tail

    def sub(self) -> str:
        """Behind `wenn` or `dass`: the German verb comes last."""
        if self.language == "en":
            return self.main()
        return _put(self.subject, self.middle, self.rest, self.verb) + self.tail


def _put(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def every(voice: Voice, mains: Sequence[str], depth: int) -> Clause:
    """All of several statements hold; each behind its mark."""
    return _several(voice, _EVERY, mains, depth)


def some(voice: Voice, mains: Sequence[str], depth: int) -> Clause:
    """At least one of several statements holds."""
    return _several(voice, _SOME, mains, depth)


_EVERY = (
    Text(en="all of these conditions", de="alle diese Bedingungen"),
    Text(en="are", de="sind"),
)
_SOME = (
    Text(en="at least one of these conditions", de="mindestens eine dieser Bedingungen"),
    Text(en="is", de="ist"),
)


def _several(voice: Voice, kind: tuple[Text, Text], mains: Sequence[str], depth: int) -> Clause:
    subject, verb = kind
    return Clause(
        language=voice.language,
        subject=voice.say(subject),
        verb=voice.say(verb),
        rest=voice.say(Text(en="met", de="erfüllt")),
        tail=": " + "; ".join(marked(mains, depth)),
    )


def marked(parts: Sequence[str], depth: int = 0) -> list[str]:
    """`(a) …`, `(b) …`; one level deeper `(i) …`, then numbers."""
    marks = MARKS[depth] if depth < len(MARKS) else ()
    return [f"({marks[at] if at < len(marks) else at + 1}) {part}" for at, part in enumerate(parts)]

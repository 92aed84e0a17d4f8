"""Who speaks: the programme, the language, and for whose window. Names become titles here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from staffel.core.calendar import Span
from staffel.core.findings import Language, Text
from staffel.core.money import written
from staffel.core.programme.model import Form, Incentive, Ladder, Programme
from staffel.core.programme.words import figures
from staffel.core.programme.words.sentences import Sentence

AND = Text(en="and", de="und")
OR = Text(en="or", de="oder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What a sentence needs to know of its surroundings.

    asker: the incentive or ladder that asks, none in the definition of a measure. window: its first one.
    day: for which examples are given.
    """

    programme: Programme
    language: Language
    asker: Incentive | Ladder | None = None
    window: Span
    day: date

    def for_(self, asker: Incentive | Ladder, window: Span, day: date) -> "Voice":
        """The same, within an incentive or a ladder."""
        return replace(self, asker=asker, window=window, day=day)

    def say(self, text: Text, **parts: str) -> str:
        """The text in the reader's language, its places filled."""
        return text.say(self.language).format(**parts)

    def sentence(self, form: Form | None, text: Text, **parts: str) -> Sentence:
        """A sentence of a form."""
        said = begun(self.say(text, **parts))
        return (
            Sentence(text=said, form=form)
            if form is None
            else Sentence(text=said, place=form.place, form=form)
        )

    def item(self, form: Form, text: Text, **parts: str) -> Sentence:
        """A sentence that is a row of a list."""
        return replace(self.sentence(form, text, **parts), is_item=True)

    def quoted(self, name: str) -> str:
        """In quotation marks."""
        return f"„{name}“" if self.language == "de" else f"“{name}”"

    def listed(self, parts: Sequence[str], word: Text = AND) -> str:
        """`a, b und c`."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {word.say(self.language)} {parts[-1]}"

    def any_of(self, names: Iterable[str]) -> str:
        """`„a“ oder „b“`."""
        return self.listed([self.quoted(name) for name in names], OR)

    # ------------------------------------------------------------ figures

    def number(self, figure: Decimal) -> str:
        """A plain number."""
        return written(figure, self.language)

    def money(self, figure: Decimal) -> str:
        """Money in the programme's currency."""
        return figures.money(figure, self.programme.currency, self.language)

    def percent(self, share: Decimal) -> str:
        """A share in percent."""
        return figures.percent(share, self.language)

    def date(self, when: date) -> str:
        """A day."""
        return figures.day(when, self.language)

    def days(self, span: Span) -> str:
        """From its first day to its last."""
        return figures.days(span, self.language)

    # ------------------------------------------------------------ titles

    def measure(self, name: str) -> str:
        """The title of a measure, quoted."""
        return self._title(name, [(one.name, one.title) for one in self.programme.measures])

    def group(self, name: str) -> str:
        """The title of a product group, quoted."""
        return self._title(name, [(one.name, one.title) for one in self.programme.products])

    def incentive(self, name: str) -> str:
        """The title of an incentive, quoted."""
        return self._title(name, [(one.name, one.title) for one in self.programme.incentives])

    def level(self, name: str) -> str:
        """The title of a level, quoted."""
        levels = [level for ladder in self.programme.ladders for level in ladder.levels]
        return self._title(name, [(one.name, one.title) for one in levels])

    def headed(self, name: str, title: Text) -> str:
        """A title in a heading, with the name that the file and the command line know it by."""
        said = title.say(self.language)
        return self.quoted(said) if said == name else f"{self.quoted(said)} ({name})"

    def _title(self, name: str, named: list[tuple[str, Text]]) -> str:
        """The title; with the name behind it where another thing has the same title."""
        title = dict(named).get(name)
        if title is None:
            return self.quoted(name)
        said = title.say(self.language)
        same = [other for other, text in named if text.say(self.language) == said]
        return self.quoted(said) if len(set(same)) < 2 else f"{self.quoted(said)} ({name})"


def begun(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]

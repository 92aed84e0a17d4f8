"""Levels and their reviews: `levels:` and `review:`, lowest first. `language.md`, 1.4.

What a file leaves out is a rule: without `review:` a partner rises at once, is looked at for a fall at the
end of each year of the programme, and falls without grace.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from staffel.core.calendar import Unit
from staffel.core.findings import Place, Text
from staffel.core.programme.model import (
    AtOnce,
    Benefit,
    EachUnit,
    FixedDays,
    Holds,
    Ladder,
    Length,
    Level,
    Never,
    Path,
    Review,
    ReviewDays,
    Trait,
)
from staffel.core.programme.spellings.conditions import (
    ConditionField,
    ConditionSpelling,
    all_of,
    any_of,
    condition_of,
)
from staffel.core.programme.spellings.desk import Refused, each_read, not_of_type, not_yet
from staffel.core.programme.spellings.numbers import Figure, WholeField, read_figure
from staffel.core.programme.spellings.spelling import (
    ListOf,
    Lowering,
    Named,
    OneOrMany,
    Spelling,
    one_of_both,
)
from staffel.core.programme.spellings.words import (
    FlagField,
    LengthField,
    NameField,
    TextField,
    Word,
    read_month_day,
    read_value,
    word_among,
)
from staffel.core.programme.text import Entries, Items, Node, Scalar, word_of

_UNITS = {"each_month": Unit.MONTH, "each_quarter": Unit.QUARTER, "each_half": Unit.HALF}
_REVIEWS = Text(
    en="Write `at once`, `each month`, `each quarter`, `each half`, `yearly`, `never` or `{days: [03-31]}`.",
    de="Schreiben Sie `at once`, `each month`, `each quarter`, `each half`, `yearly`, `never` oder"
    " `{days: [03-31]}`.",
)


def read_review_days(node: Node, info: ValidationInfo) -> ReviewDays:
    """On which days it is looked at. Raises Refused."""
    if isinstance(node, Entries) and node.keys == ("days",):
        return _fixed(node.of[0][1], info)
    word = word_of(node.text) if isinstance(node, Scalar) else ""
    if word == "at_once":
        return AtOnce(place=node.place)
    if word == "never":
        return Never(place=node.place)
    if word in {"yearly", "each_year"}:
        return EachUnit(unit=Unit.YEAR, place=node.place)
    if word in _UNITS:
        return EachUnit(unit=_UNITS[word], place=node.place)
    if word == "anniversary":
        raise Refused(not_yet(node.place, "anniversary", _REVIEWS))
    raise not_of_type(
        node, Text(en="a word, or days, for a review", de="eine Angabe, wann geprüft wird"), _REVIEWS
    )


def _fixed(node: Node, info: ValidationInfo) -> ReviewDays:
    each = node.of if isinstance(node, Items) else [node]
    days = each_read(lambda day: read_month_day(day, info), each)
    if not days:
        raise not_of_type(
            node, Text(en="one day of the year at least", de="mindestens ein Tag des Jahres"), _REVIEWS
        )
    return FixedDays(days=tuple(sorted(set(days))), place=node.place)


_DAY = {"type": "string", "pattern": r"^\d{2}-\d{2}$"}
_DAYS = {
    "type": "object",
    "properties": {"days": {"anyOf": [_DAY, {"type": "array", "items": _DAY, "minItems": 1}]}},
    "additionalProperties": False,
}
_WORDS = {"type": "string", "pattern": "^(at[ _]once|each[ _](month|quarter|half|year)|yearly|never)$"}
ReviewDaysField: TypeAlias = Annotated[
    ReviewDays, PlainValidator(read_review_days), WithJsonSchema({"anyOf": [_WORDS, _DAYS]})
]


class ReviewSpelling(Spelling):
    """When levels move."""

    LATER: ClassVar = dict.fromkeys(
        ("key_day", "effective", "stay", "lock_out", "warn", "contracts"),
        Text(
            en="Say promote, demote, grace, most_steps_up and most_steps_down.",
            de="Sagen Sie promote, demote, grace, most_steps_up und most_steps_down.",
        ),
    )

    promote: ReviewDaysField | None = Field(default=None, description="Days on which partners rise: at once.")
    demote: ReviewDaysField | None = Field(
        default=None, description="Days on which a fall is decided: yearly."
    )
    grace: LengthField | None = Field(default=None, description="How long a decided fall waits: 2 quarters.")
    most_steps_up: WholeField | None = Field(default=None, description="Levels a review may lift, at most.")
    most_steps_down: WholeField | None = Field(
        default=None, description="Levels a review may lower, at most."
    )

    def lowered(self) -> Review:
        """What is said, and for the rest: at once up, yearly down, no grace."""
        return Review(
            up=self.promote or AtOnce(),
            down=self.demote or EachUnit(unit=Unit.YEAR),
            grace=self.grace or Length(),
            most_up=self.most_steps_up,
            most_down=self.most_steps_down,
            place=self.place,
        )


UNSAID_REVIEW = Review(up=AtOnce(), down=EachUnit(unit=Unit.YEAR))


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What stands beside a benefit's name. figure: where it is a number or a percent."""

    word: Word
    figure: Figure | None


def read_benefit(node: Node, info: ValidationInfo) -> Brought:
    """What a level brings, as it stands. Raises Refused."""
    word = read_value(node, info)
    try:
        return Brought(word=word, figure=read_figure(node, info))
    except Refused as refused:
        if word.text[:1].isdigit() and refused.finding.code != "value-not-of-type":
            raise
        return Brought(word=word, figure=None)


BenefitField = Annotated[
    Brought, PlainValidator(read_benefit), WithJsonSchema({"type": ["string", "number", "boolean"]})
]


_DECISIONS = {"invitation": "invited", "approval": "approved"}
ByField = Annotated[Literal["rule", "invitation", "approval"], *word_among("rule", *_DECISIONS)]


class LevelSpelling(Spelling):
    """A level: what it asks, and what it brings."""

    LATER: ClassVar = {
        "keep": Text(
            en="The same hurdles decide rise and fall so far.",
            de="Bisher entscheiden dieselben Hürden über Aufstieg und Abstieg.",
        )
    }

    level: NameField = Field(description="Its name.")
    title: TextField | None = None
    requires: OneOrMany[ConditionField] = Field(default=(), description="All of these.")
    paths: Named[OneOrMany[ConditionField]] = Field(default={}, description="Or one of several ways.")
    by: ByField = Field(
        default="rule", description="invitation or approval: it takes a recorded decision besides."
    )
    cumulative: FlagField = Field(default=False, description="It asks what the level below asks, too.")
    benefits: Named[BenefitField] = Field(default={}, description="What it brings: `discount: 4 %`.")

    def lowered(self, at: Lowering) -> Level:
        """A level with its paths; `requires` is a path without a name."""
        if self.requires and self.paths:
            at.desk.report(one_of_both(self.place, "requires", "paths"))
        paths = [self._path("", self.requires, at)] if self.requires else []
        paths += [self._path(name, requires, at) for name, requires in self.paths.items()]
        if self.by != "rule":
            paths = [self._decided(path) for path in paths or [Path(place=self.place)]]
        return Level(
            name=self.level.text,
            title=self.title or Text(en=self.level.text, de=self.level.text),
            paths=tuple(paths),
            benefits=tuple(_benefit(name, brought) for name, brought in self.benefits.items()),
            place=self.place,
        )

    def _decided(self, path: Path) -> Path:
        """The same way, which takes besides that somebody decided so: `decided: {gold: approved}`."""
        value = f"{self.level.text}={_DECISIONS[self.by]}"
        decided = Holds(trait=Trait.DECIDED, values=(value,), place=self.place)
        return replace(path, requirements=(*path.requirements, decided))

    def _path(self, name: str, spelled: Sequence[ConditionSpelling], at: Lowering) -> Path:
        requirements = tuple(condition_of(one, at) for one in spelled)
        return Path(name=name, requirements=requirements, place=spelled[0].place)


class LadderSpelling(Spelling):
    """A ladder beside `levels:`: a status of its own, with its own review."""

    LATER: ClassVar = dict.fromkeys(
        ("subject", "each"), Text(en="A ladder is of the partner.", de="Eine Leiter gilt für den Partner.")
    )

    ladder: NameField = Field(description="Its name.")
    levels: ListOf[LevelSpelling] = Field(description="The lowest first, which always holds.")
    review: ReviewSpelling | None = None

    def lowered(self, at: Lowering) -> Ladder:
        """The ladder."""
        return ladder_of(self.ladder.text, self.levels, self.review, self.place, at)


def ladder_of(
    name: str,
    levels: Sequence[LevelSpelling],
    review: ReviewSpelling | None,
    place: Place,
    at: Lowering,
) -> Ladder:
    """A ladder of these levels; without a review it is the usual one."""
    made: list[Level] = []
    for spelled in levels:
        level = spelled.lowered(at)
        made.append(_asking_both(made[-1], level) if spelled.cumulative and made else level)
    return Ladder(
        name=name,
        levels=tuple(made),
        review=review.lowered() if review else replace(UNSAID_REVIEW, place=place),
        place=place,
    )


def _asking_both(below: Level, level: Level) -> Level:
    """The same level, each of whose ways asks first what the level below asks (rule 49)."""
    if not below.paths:
        return level
    ways = [all_of(path.requirements, path.place) for path in below.paths]
    asked = below.paths[0].requirements if len(ways) == 1 else (any_of(ways, level.place),)
    paths = level.paths or (Path(place=level.place),)
    both = tuple(replace(path, requirements=(*asked, *path.requirements)) for path in paths)
    return replace(level, paths=both)


def _benefit(name: str, brought: Brought) -> Benefit:
    figure = brought.figure
    return Benefit(
        name=name,
        text=brought.word.text,
        figure=figure.value if figure else None,
        is_share=figure is not None and figure.is_share,
        place=brought.word.place,
    )

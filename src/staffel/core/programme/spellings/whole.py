"""The programme as a whole: the keys at the top of the file. `language.md`, 1.6."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from staffel.core.calendar import Calendar, Unit
from staffel.core.findings import Finding, Text
from staffel.core.programme.model import Close, Group, Ladder, MeasureOf, Programme, Stacking
from staffel.core.programme.spellings.desk import Desk, Refused, not_yet
from staffel.core.programme.spellings.filters import ProductsOf
from staffel.core.programme.spellings.incentives import IncentiveSpelling, StackingField
from staffel.core.programme.spellings.levels import LadderSpelling, LevelSpelling, ReviewSpelling, ladder_of
from staffel.core.programme.spellings.measures import MeasureField
from staffel.core.programme.spellings.numbers import NUMBER_SCHEMA, read_whole
from staffel.core.programme.spellings.spelling import ListOf, Lowering, Named, Spelling, missing
from staffel.core.programme.spellings.windows import ClosedSpan
from staffel.core.programme.spellings.words import (
    CurrencyField,
    MonthDayField,
    NameField,
    TextField,
    TimeZoneField,
    ValueField,
    one_of,
    read_length,
    word_among,
)
from staffel.core.programme.text import Node, Scalar

_MONTHS = Text(
    en="Years of months are computed so far; leave it out.",
    de="Gerechnet wird bisher mit Jahren aus Monaten; lassen Sie es weg.",
)
_ONE_LADDER = Text(
    en="Say one ladder under `levels`; record a status as a decision, and ask `decided: {care: yes}`.",
    de="Nennen Sie eine Leiter unter `levels`; tragen Sie einen Status als Entscheidung ein und fragen Sie"
    " `decided: {care: yes}`.",
)
_APART = Text(en="Keep it beside the programme so far.", de="Führen Sie es bisher neben dem Partnerprogramm.")


def read_days(node: Node, info: ValidationInfo) -> int:
    """`10 days`, or `10`. Raises Refused."""
    if isinstance(node, Scalar) and node.text.strip().isdigit():
        return read_whole(node, info)
    length = read_length(node, info)
    if length.unit is not None:
        raise Refused(_in_days(node))
    return length.count


def _in_days(node: Node) -> Finding:
    return Finding(
        code="value-not-of-type",
        places=(node.place,),
        reason=Text(en="This length is not in days.", de="Diese Dauer steht nicht in Tagen."),
        way_out=Text(en="Write it so: `10 days`.", de="Schreiben Sie so: `10 days`."),
    )


_DAYS = {"anyOf": [NUMBER_SCHEMA, {"type": "string", "pattern": r"^\d{1,4}[ _]days?$"}]}
DaysField = Annotated[int, PlainValidator(read_days), WithJsonSchema(_DAYS)]


class CalendarSpelling(Spelling):
    """When a year starts, and in which unit is settled."""

    LATER: ClassVar = dict.fromkeys(("pattern", "year_ends", "week_53"), _MONTHS)

    year_starts: MonthDayField = Field(default=(1, 1), description="`02-01`: up to the 28th of a month.")
    time_zone: TimeZoneField = Field(default="Europe/Berlin", description="In which a moment becomes a day.")
    settle: Annotated[Unit, *one_of(Unit)] | None = Field(
        default=None, description="In which unit incentives are settled that say none."
    )

    def lowered(self, desk: Desk) -> Calendar:
        """The calendar; a year that would start after the 28th is reported."""
        month, day = self.year_starts
        if day > 28:
            desk.report(_starts_late(self))
        return Calendar(time_zone=self.time_zone, starts_month=month, starts_day=min(day, 28))


def _starts_late(spelled: CalendarSpelling) -> Finding:
    return Finding(
        code="date-impossible",
        places=(spelled.place,),
        reason=Text(
            en="A year that starts after the 28th has months without their first day.",
            de="Ein Jahr, das nach dem 28. beginnt, hat Monate ohne ersten Tag.",
        ),
        way_out=Text(en="Start it on the 1st to 28th.", de="Lassen Sie es am 1. bis 28. beginnen."),
    )


class CloseSpelling(Spelling):
    """When reports are in, and when a window is closed."""

    reports_within: DaysField = Field(default=0, description="Days after a window in which reports come.")
    settle_after: DaysField = Field(default=0, description="Days after a window when it is closed.")

    def lowered(self) -> Close:
        """Both, in days."""
        return Close(reports_within=self.reports_within, settle_after=self.settle_after, place=self.place)


class GroupSpelling(ProductsOf):
    """A named group of products, with a title if it has one."""

    title: TextField | None = None

    def group(self, name: str, desk: Desk) -> Group:
        """The group; without a test it would be every product, which is reported."""
        if self.holds_all:
            desk.report(missing(self.key, "family"))
        title = self.title or Text(en=name, de=name)
        return Group(name=name, title=title, where=self.lowered(), place=self.key)


class ProgrammeSpelling(Spelling):
    """A partner programme: what one vendor declares for a time."""

    LATER: ClassVar = {
        **dict.fromkeys(("deals", "funds", "prices", "budgets", "choices"), _APART),
        **dict.fromkeys(
            ("changes", "merger"),
            Text(
                en="A new version rules from the next window on; leave it out.",
                de="Eine neue Fassung gilt ab dem nächsten Zeitraum; lassen Sie es weg.",
            ),
        ),
    }

    programme: NameField = Field(description="Its name.")
    vendor: NameField = Field(description="Whose programme it is.")
    title: TextField | None = None
    version: ValueField = Field(description="Of this file: `2026.1`.")
    valid: ClosedSpan = Field(description="The days that it rules.")
    currency: CurrencyField = Field(description="`EUR`: in which is reckoned and paid.")
    numbers: Annotated[Literal["de", "en"], *word_among("de", "en")] | None = Field(
        default=None, description="de: 25.000,5; en: 25,000.5; else 25_000.5."
    )
    calendar: CalendarSpelling | None = None
    close: CloseSpelling | None = None
    rates: Annotated[Literal["day", "month", "programme"], *word_among("day", "month", "programme")] = Field(
        default="day", description="Which day's exchange rate converts a line."
    )
    products: Named[GroupSpelling] = Field(default={}, description="Named groups of products.")
    measures: Named[MeasureField] = Field(default={}, description="Named figures per partner and window.")
    levels: ListOf[LevelSpelling] = Field(default=(), description="The lowest first, which always holds.")
    review: ReviewSpelling | None = Field(default=None, description="When levels move.")
    ladders: ListOf[LadderSpelling] = Field(default=(), description="Ladders beside `levels`.")
    incentives: ListOf[IncentiveSpelling] = Field(default=(), description="What can be earned.")
    stacking: StackingField | None = Field(default=None, description="How incentives stand to each other.")

    def lowered(self, desk: Desk) -> Programme:
        """The programme in core forms."""
        at = Lowering(desk=desk)
        settle = self.calendar.settle if self.calendar else None
        name = self.programme.text
        return Programme(
            name=name,
            vendor=self.vendor.text,
            title=self.title or Text(en=name, de=name),
            version=self.version.text,
            valid=self.valid.span,
            currency=self.currency,
            calendar=self.calendar.lowered(desk) if self.calendar else Calendar(),
            close=self.close.lowered() if self.close else Close(place=self.place),
            rates=self.rates,
            products=tuple(one.group(key, desk) for key, one in self.products.items()),
            measures=self._measures(at),
            ladders=self._ladders(at),
            incentives=tuple(one.lowered(desk, settle) for one in self.incentives),
            stacking=self.stacking or Stacking(place=self.place),
            place=self.place,
        )

    def _measures(self, at: Lowering) -> tuple[MeasureOf, ...]:
        found = []
        for name, spelled in self.measures.items():
            title = spelled.title or Text(en=name, de=name)
            measure = spelled.lowered(at)
            found.append(MeasureOf(name=name, title=title, measure=measure, place=spelled.key))
        return tuple(found)

    def _ladders(self, at: Lowering) -> tuple[Ladder, ...]:
        for one in self.ladders:
            if one.ladder.text != "level":  # a status beside the level would be told, and never computed
                at.desk.report(not_yet(one.place, "ladders", _ONE_LADDER))
        others = tuple(ladder.lowered(at) for ladder in self.ladders)
        if not self.levels:
            if self.review:
                at.desk.report(missing(self.review.key, "levels"))
            return others
        place = self.levels[0].place
        return (ladder_of("level", self.levels, self.review, place, at), *others)

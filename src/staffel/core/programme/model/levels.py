"""Levels and when they are looked at. Rules 48 to 50."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from staffel.core.calendar import Unit
from staffel.core.findings import Text
from staffel.core.programme.model.conditions import Condition
from staffel.core.programme.model.ground import Form, Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Form):
    """One way to a level: all of its requirements. name: "" where there is only one way."""

    name: str = ""
    requirements: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit(Form):
    """What a level brings: `discount: 4 %`, `contact: distributor`.

    figure: where the text is a number or a share.
    """

    name: str
    text: str
    figure: Decimal | None = None
    is_share: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Form):
    """A level; no paths: it always holds."""

    name: str
    title: Text
    paths: tuple[Path, ...] = ()
    benefits: tuple[Benefit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AtOnce(Form):
    """Every day is a review day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EachUnit(Form):
    """The last day of each unit: `each quarter`; `yearly` is the last day of the programme's year."""

    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedDays(Form):
    """These days of each calendar year, (month, day)."""

    days: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Never(Form):
    """No review in this direction."""


ReviewDays: TypeAlias = AtOnce | EachUnit | FixedDays | Never


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Form):
    """When levels move. most_up, most_down: steps a review, none: any. grace: before a fall takes effect
    (rule 50).

    A review on key day D reads facts to the end of D; what it decides is in force from D + 1.
    """

    up: ReviewDays
    down: ReviewDays
    grace: Length = Length()
    most_up: int | None = None
    most_down: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder(Form):
    """Levels, the lowest first, which always holds; and when they are looked at."""

    name: str
    levels: tuple[Level, ...]
    review: Review

    def index(self, level: str) -> int:
        """Its place from the bottom, 0 for the lowest. Raises ValueError."""
        return [one.name for one in self.levels].index(level)

"""Scales: which step is reached, and what it pays. Rules 20 to 29."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from staffel.core.programme.model.conditions import Cases, Varies
from staffel.core.programme.model.ground import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Percent(Form):
    """A share of a base in money, 0.02 for 2 %."""

    rate: Varies[Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class PerUnit(Form):
    """Money for each unit of a base in pieces or a count."""

    money: Varies[Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lump(Form):
    """A lump sum of money."""

    money: Varies[Decimal]


Pay: TypeAlias = Percent | PerUnit | Lump


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Form):
    """One step.

    start: in the driver's unit; where it varies, by what the partner is, and not reached where none of its
    rows holds. reached: `from` it (≥) or `above` it (>). Several pays are added (26).
    """

    start: Varies[Decimal]
    pays: tuple[Pay, ...]
    reached: Literal["from", "above"] = "from"

    @property
    def starts(self) -> tuple[Decimal, ...]:
        """Every figure that it may start at."""
        if not isinstance(self.start, Cases):
            return (self.start,)
        rest = () if self.start.otherwise is None else (self.start.otherwise,)
        return (*(case.use for case in self.start.rows), *rest)

    @property
    def is_endless(self) -> bool:
        """Whether it has no lower end, for whoever it may be: it starts from 0 for everybody."""
        is_open = isinstance(self.start, Cases) and self.start.otherwise is None
        return self.reached == "from" and not is_open and not any(self.starts)


class ScaleKind(StrEnum):
    """RETROACTIVE: the reached step's pay on the whole base; MARGINAL: each step's rate on the part inside
    it; LINEAR: a straight line between the pays of two steps, on the whole base (24); INCREMENT: the reached
    step's lump for each `every` of the driver (25).
    """

    RETROACTIVE = "retroactive"
    MARGINAL = "marginal"
    LINEAR = "linear"
    INCREMENT = "increment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Form):
    """What an increment counts in the driver (25): every so many, the full ones or those begun as well.

    every, free: in the driver's unit; what is free is not counted.
    """

    every: Decimal = Decimal(1)
    counting: Literal["full", "started"] = "full"
    free: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Form):
    """Steps in strictly rising order; nothing is reached below the first.

    A first step at 0 has no lower end (20). count: of an increment; each single one, where it is none. below:
    what is paid where no step is reached, on the whole base and once.
    """

    kind: ScaleKind
    steps: tuple[Step, ...]
    count: Count | None = None
    below: tuple[Pay, ...] = ()

    def pays_at(self, step: int) -> tuple[Pay, ...]:
        """What a step pays, the first being 1; 0: below the first."""
        return self.steps[step - 1].pays if step else self.below

    @property
    def every_pay(self) -> tuple[Pay, ...]:
        """What any step pays, and what is paid below them."""
        return (*(pay for step in self.steps for pay in step.pays), *self.below)

    @property
    def counted(self) -> Count:
        """What an increment counts."""
        return self.count or Count()

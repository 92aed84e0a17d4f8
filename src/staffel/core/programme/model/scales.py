"""Scales: which step is reached, and what it pays. Rules 20 to 29."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from staffel.core.programme.model.conditions import Varies
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

    start: in the driver's unit; reached: `from` it (≥) or `above` it (>). Several pays are added (26).
    """

    start: Decimal
    pays: tuple[Pay, ...]
    reached: Literal["from", "above"] = "from"


class ScaleKind(StrEnum):
    """RETROACTIVE: the reached step's pay on the whole base; MARGINAL: each step's rate on the part inside
    it; LINEAR: a straight line between the pays of two steps, on the whole base (24).
    """

    RETROACTIVE = "retroactive"
    MARGINAL = "marginal"
    LINEAR = "linear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Form):
    """Steps in strictly rising order; nothing is reached below the first.

    A first step at 0 has no lower end (20).
    """

    kind: ScaleKind
    steps: tuple[Step, ...]

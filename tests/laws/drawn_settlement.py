"""What becomes of a bonus, as the worlds draw it: one table a noun, a line a value, with what it may be.

A value that is added here is mixed with all the rest and is a value of `values.VALUES`; no other list names
it. Where more often than once is wanted, `OFTEN` says so.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any, TypeAlias

from staffel.core.calendar import Unit
from staffel.core.programme.model import (
    ALWAYS,
    Agreed,
    All,
    Condition,
    Due,
    Earner,
    Holds,
    Late,
    Length,
    Minimum,
    Newcomers,
    Payer,
    PayForm,
    Payout,
    PayPart,
    Persons,
    Rounding,
    Trait,
    Who,
)

Table: TypeAlias = Mapping[str, tuple[Any, ...]]

_MONEYS = tuple(Decimal(one) for one in (5, 50, 200))
_STEPS = tuple(Decimal(one) for one in ("0.05", "0.1", "5"))
_THIRD = Decimal("0.333333")


def _whole(form: PayForm, **days: Any) -> Payout:
    return Payout(parts=(PayPart(share=Decimal(1), form=form, **days),))


def _and_money(form: PayForm) -> tuple[Payout, ...]:
    """A quarter in money, the rest so, with none, one or two of its days."""
    used = tuple(Length(count=count, unit=Unit.MONTH) for count in (3, 6))
    days: list[dict[str, Any]] = [
        {},
        *({"use_within": one, "claim_within": Length(count=45)} for one in used),
    ]
    days += [{"expires": one} for one in used]
    money = PayPart(share=Decimal("0.25"), form=PayForm.MONEY)
    return tuple(
        Payout(parts=(money, PayPart(share=Decimal("0.75"), form=form, **of)), due=due)
        for of, due in product(days, (None, Due(days_after_close=30)))
    )


def _split(**fallback: Any) -> tuple[Payout, ...]:
    money = PayPart(share=Decimal("0.6"), form=PayForm.MONEY)
    return (Payout(parts=(money, PayPart(share=Decimal("0.4"), form=PayForm.FUNDS, **fallback))),)


def _rounded(way: Any) -> tuple[Rounding, ...]:
    return tuple(Rounding(to=to, way=way) for to in _STEPS)


ROUNDINGS: Table = {"coins": (None,), **{way: _rounded(way) for way in ("down", "up", "half_up")}}
MINIMA: Table = {
    "none": (None,),
    "carry": tuple(Minimum(money=money) for money in _MONEYS),
    "lost at end": tuple(Minimum(money=money, at_end="lost") for money in _MONEYS),
    "forfeit": tuple(Minimum(money=money, otherwise="forfeit") for money in _MONEYS),
}
PAYOUTS: Table = {
    "money": (Payout(),),
    "split": _split(),
    "split with fallback": _split(if_less_than=Decimal(60), then=PayForm.MONEY),
    "discount": _and_money(PayForm.DISCOUNT),
    "voucher": _and_money(PayForm.VOUCHER),
    "points": _and_money(PayForm.POINTS),
    "choice": (Payout(parts=(), choice=(PayForm.DISCOUNT, PayForm.FUNDS, PayForm.MONEY)),),
    "claimed": (_whole(PayForm.MONEY, claim_within=Length(count=45)),),
}
PAYERS: Table = {
    "vendor": ((Payer(who="vendor"),),),
    "distributor": ((Payer(who="distributor"),),),
    "chosen": ((Payer(who="chosen"),),),
    "shared": ((Payer(who="vendor", share=_THIRD), Payer(who="chosen", share=1 - _THIRD)),),
}
# Of the forms below, the fields that a value says; what several nouns say is one form.
LATE: Table = {
    "reopen": ({"lines": "reopen"},),
    "next": ({"lines": "next"},),
    "refuse": ({"lines": "refuse"},),
    "until": tuple(
        {"lines": lines, "until": Length(count=1, unit=Unit.MONTH)} for lines in ("reopen", "refuse")
    ),
}
RETURNS: Table = {"sale": ({"returns": "sale"},), "own": ({"returns": "own"},)}
PRORATED: Table = {how: ({"prorate": how},) for how in ("none", "months", "days")}
NEWCOMERS: Table = {
    "none": ({},),
    "baseline": ({"baseline": Decimal(500)},),
    "agreed": tuple({"baseline": Agreed(target=one)} for one in ("quarterly", "yearly")),
}

_SHARED_WITHIN = (Length(count=45), Length(count=3, unit=Unit.MONTH))
PERSONS: Table = {
    "nobody": (None,),
    "else the firm": tuple(Persons(within=within) for within in _SHARED_WITHIN),
    "else lost": tuple(Persons(within=within, otherwise="lost") for within in _SHARED_WITHIN),
}

# What who leaves, or has not been there for long, must be to earn: conditions of the gate.
LEAVERS: Table = {
    "until the last day": ((),),
    "nothing": ((Holds(trait=Trait.ENROLLED, values=()),),),
}
AGES: Table = {
    "none": ((),),
    "some": tuple(
        (Holds(trait=Trait.AGE, values=(), least=least),)
        for least in (Length(count=45), Length(count=1, unit=Unit.QUARTER), Length(count=1, unit=Unit.YEAR))
    ),
}

TABLES: dict[str, Table] = {
    "round": ROUNDINGS,
    "minimum": MINIMA,
    "late": LATE,
    "returns": RETURNS,
    "prorate": PRORATED,
    "newcomers": NEWCOMERS,
    "payout": PAYOUTS,
    "payer": PAYERS,
    "people": PERSONS,
    "leavers": LEAVERS,
    "least age": AGES,
}
# Values of a noun that are drawn this many times as often as each other one.
OFTEN = {
    "round: coins": 3,
    "minimum: none": 2,
    "returns: sale": 2,
    "payer: vendor": 2,
    "people: nobody": 3,
    "leavers: until the last day": 3,
    "least age: none": 3,
}


class SettlementDrawing:
    """Draws what becomes of one incentive's bonus. drawing: chance, and the values noted (`Drawing`)."""

    def __init__(self, drawing: Any, *, of_group: bool) -> None:
        self.drawing = drawing
        self.of_group = of_group

    def of(self, noun: str) -> Any:
        """What one value of the noun may be, noted as said."""
        among = [value for value in TABLES[noun] for _ in range(OFTEN.get(f"{noun}: {value}", 1))]
        return self.drawing.rng.choice(TABLES[noun][self.drawing.pick(noun, *among)])

    def late(self) -> Late:
        """Late lines, and returns."""
        return Late(**self.of("late"), **self.of("returns"))

    def earner(self, earner: Earner, payout: Payout) -> Earner:
        """A partner for itself, or for its people; what is claimed, or an alliance's, is not shared so."""
        if earner.who is not Who.ASKER or any(part.claim_within for part in payout.parts):
            self.drawing.said.add("people: nobody")
            return earner
        return replace(earner, persons=self.of("people"))

    def gate(self, gate: Condition) -> Condition:
        """A gate, with what who leaves or has just come must be; a group never enrolled."""
        if self.of_group:
            self.drawing.said |= {"leavers: until the last day", "least age: none"}
            return gate
        asked = (*self.of("leavers"), *self.of("least age"))
        parts = asked if gate == ALWAYS else (gate, *asked)
        return parts[0] if len(parts) == 1 else All(of=parts)

    def newcomers(self) -> Newcomers:
        """What is different for who enrolled after the window began; a group never did."""
        if self.of_group:
            self.drawing.said |= {"prorate: none", "newcomers: none"}
            return Newcomers()
        return Newcomers(**self.of("newcomers"), **self.of("prorate"))

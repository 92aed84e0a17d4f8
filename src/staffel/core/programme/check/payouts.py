"""Payouts: what is rounded, and in which forms, by whom and by when it is paid. `language.md`, 3, *money*."""

from collections.abc import Iterator
from decimal import Decimal

from staffel.core.findings import Finding, Text
from staffel.core.money import coin_of
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.model import Incentive, Rounding
from staffel.core.programme.spellings.numbers import written


def payouts(scene: Scene) -> Iterator[Finding]:
    """Every finding about payouts."""
    for incentive in scene.programme.incentives:
        if incentive.round is not None:
            yield from _rounding(scene.programme.currency, incentive, incentive.round)


def _rounding(currency: str, incentive: Incentive, rounding: Rounding) -> Iterator[Finding]:
    coin = Decimal(1).scaleb(-coin_of(currency))
    if rounding.to <= 0 or rounding.to % coin:
        yield Finding(
            code="rounding-not-in-coins",
            places=(rounding.place,),
            reason=Text(
                en=f"{written(rounding.to)} is no multiple of a coin of {written(coin)} {currency}.",
                de=f"{written(rounding.to)} ist kein Vielfaches der Münze von {written(coin)} {currency}.",
            ),
            way_out=Text(
                en=f"Say `round: {{to: {written(coin * 5)}}}`, or another multiple, or leave it out.",
                de=f"Sagen Sie `round: {{to: {written(coin * 5)}}}` oder ein anderes Vielfaches, oder lassen"
                " Sie es weg.",
            ),
        )
    if rounding.way == "down":
        yield from _eaten(incentive, rounding)


def _eaten(incentive: Incentive, rounding: Rounding) -> Iterator[Finding]:
    """A cap of the whole below what is rounded down to: nothing is ever paid."""
    for cap in incentive.caps:
        if cap.each is None and cap.money < rounding.to:
            yield Finding(
                code="rounding-eats",
                severity="warning",
                places=(rounding.place, cap.place),
                reason=Text(
                    en=f"At most {written(cap.money)} is earned, and rounded down to multiples of"
                    f" {written(rounding.to)} that is nothing.",
                    de=f"Verdient werden höchstens {written(cap.money)}, und abgerundet auf Vielfache von"
                    f" {written(rounding.to)} ist das nichts.",
                ),
                way_out=Text(
                    en="Round to less, round half up, or raise the cap.",
                    de="Runden Sie auf weniger oder kaufmännisch, oder erhöhen Sie die Obergrenze.",
                ),
            )

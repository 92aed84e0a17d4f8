"""Payouts: what is rounded, and in which forms, by whom and by when it is paid. `language.md`, 3, *money*."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from staffel.core.calendar import Span
from staffel.core.findings import Finding, Text
from staffel.core.money import coin_of
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.model import Incentive, PayForm, PayPart, Programme, Rounding
from staffel.core.programme.payment_days import close_day, deadlines, due_day
from staffel.core.programme.spellings.numbers import written


def payouts(scene: Scene) -> Iterator[Finding]:
    """Every finding about payouts."""
    for incentive in scene.programme.incentives:
        if incentive.round is not None:
            yield from _rounding(scene.programme.currency, incentive, incentive.round)
        for part in incentive.payout.parts:
            yield from _of_money(part)
            yield from _crossed(scene.programme, incentive, part)


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
    for cap in incentive.caps_of_whole:
        if cap.money < rounding.to:
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


# ------------------------------------------------------------------------------ days (rule 38)


def _of_money(part: PayPart) -> Iterator[Finding]:
    """Money that was paid has no day by which it must be used."""
    if part.form is PayForm.MONEY and (part.use_within is not None or part.expires is not None):
        yield Finding(
            code="deadline-of-money",
            places=(part.place,),
            reason=Text(
                en="Money that was paid need not be used by any day.",
                de="Gezahltes Geld muss bis zu keinem Tag verwendet werden.",
            ),
            way_out=Text(
                en="Strike `use_within` and `expires`, or pay as `funds`, `voucher`, `discount` or `points`.",
                de="Streichen Sie `use_within` und `expires`, oder zahlen Sie als `funds`, `voucher`,"
                " `discount` oder `points`.",
            ),
        )


def _crossed(programme: Programme, incentive: Incentive, part: PayPart) -> Iterator[Finding]:
    """The first settled window whose days cross: used or claimed before it is paid."""
    due = incentive.payout.due
    for window in _settled(programme, incentive):
        closed = close_day(programme, window)
        paid = due_day(programme, due, window) or closed
        used, claimed = deadlines(programme, incentive, part, part.form, window)
        if claimed is not None and claimed < closed:
            yield _claimed_before(part, incentive, claimed, closed)
            return
        if used is not None and used < paid:
            yield _used_before(part, incentive, used, paid)
            return


def _settled(programme: Programme, incentive: Incentive) -> tuple[Span, ...]:
    if isinstance(incentive.settle, Span):
        return (incentive.settle,)
    return tuple(programme.calendar.windows(programme.valid, incentive.settle))


def _claimed_before(part: PayPart, incentive: Incentive, claimed: date, closed: date) -> Finding:
    word = "claim_within" if incentive.earner.persons is None else "within"
    return Finding(
        code="deadlines-crossed",
        places=(part.place, incentive.place),
        reason=Text(
            en=f"It is to be claimed by {claimed}, and its window is closed only on {closed}.",
            de=f"Abzurufen ist es bis zum {claimed}, abgeschlossen wird sein Zeitraum aber erst am {closed}.",
        ),
        way_out=Text(en=f"Lengthen `{word}`.", de=f"Verlängern Sie `{word}`."),
    )


def _used_before(part: PayPart, incentive: Incentive, used: date, paid: date) -> Finding:
    return Finding(
        code="deadlines-crossed",
        places=(part.place, incentive.place),
        reason=Text(
            en=f"It is to be used by {used}, and it is paid only on {paid}.",
            de=f"Zu verwenden ist es bis zum {used}, gezahlt wird es aber erst am {paid}.",
        ),
        way_out=Text(
            en="Lengthen `use_within`, or let it be due earlier.",
            de="Verlängern Sie `use_within`, oder lassen Sie es früher fällig sein.",
        ),
    )

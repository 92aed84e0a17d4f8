"""Faults in what becomes of a bonus: who earns in the end, late lines, minimum, forms, payers, days."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from staffel.core.calendar import ONE_DAY
from staffel.core.engine.plan import tree as sql
from staffel.core.money import MONEY
from staffel.core.programme.model import Earner, GroupShare
from tests.laws.planting import Fault, changed, instead

PLAN = "staffel.core.engine.plan"
DAYS = "staffel.core.programme.payment_days"


def equally(original: Any) -> Any:
    """Every member gets the same."""

    def faulty(earning: Any) -> Any:
        earner: Earner = replace(earning.incentive.earner, share=GroupShare.EQUALLY)
        return original(replace(earning, incentive=replace(earning.incentive, earner=earner)))

    return faulty


def negative_sums_are_paid(original: Any) -> Any:
    """Nothing is carried: what is due is paid, be it what it may."""
    return lambda incentive, **kwargs: (sql.column("r.due"), sql.figure(Decimal(0), MONEY))


def day_after(original: Any) -> Any:
    """A day later than what was found."""
    return lambda *asked: original(*asked) + ONE_DAY


FAULTS_OF_SETTLEMENT = (
    Fault(
        "payout",
        "what is rounded up is cut",
        f"{PLAN}.rounding._lift",
        instead(Decimal(0)),
        ("round: up",),
    ),
    Fault(
        "payout",
        "what is claimed is claimed from the window's end",
        f"{DAYS}.claim_by",
        lambda original: lambda part, window: original(replace(part, use_within=None), window),
        ("payout: discount", "payout: voucher", "payout: points"),
    ),
    Fault(
        "payout",
        "the chosen distributor is not known",
        "staffel.core.engine.statements.chosen_of",
        instead({}),
        ("payer: chosen", "payer: shared", "payout: choice"),
    ),
    Fault(
        "payout",
        "agreed shares are equal shares",
        f"{PLAN}.payouts._weights",
        equally,
        ("group share: agreed",),
    ),
    Fault(
        "payout",
        "negative sums are paid",
        f"{PLAN}.payouts._by_minimum",
        negative_sums_are_paid,
        ("minimum: carry",),
    ),
    Fault(
        "payout", "the last window carries on", f"{PLAN}.payouts.is_last", instead(False), ("minimum: carry",)
    ),
    Fault("fact", "refused lines count", f"{PLAN}.lines.too_late", instead(sql.FALSE), ("late: refuse",)),
    Fault(
        "measure",
        "what was agreed with newcomers is forgotten",
        f"{PLAN}.measures.Measures.of_newcomers",
        instead(sql.null(MONEY)),
        ("newcomers: agreed",),
    ),
    Fault("payout", "age is a day less", f"{PLAN}.conditions.joined_by", day_after, ("least age: some",)),
    Fault("payout", "people share on", f"{DAYS}.share_by", instead(None), ("people: else the firm",)),
    Fault("payout", "windows reopen for ever", f"{PLAN}.assembly.is_over", instead(False), ("late: until",)),
    Fault(
        "payout",
        "closed windows are reopened",
        f"{PLAN}.assembly.Assembly.frozen",
        instead([]),
        ("late: next", "market: closed"),
        together=True,
    ),
    Fault(
        "payout",
        "what was settled before is paid again",
        f"{PLAN}.payouts._settled_rows",
        changed(1, lambda closing: replace(closing, start=closing.start - timedelta(days=4000))),
        ("market: closed",),
    ),
)

"""Who pays what of a payout: shares by largest remainder, and the distributor that was chosen. Rule 38."""

from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa

from staffel.core.engine.results import Results
from staffel.core.findings import Finding, Text
from staffel.core.money import coin_of, largest_remainder
from staffel.core.programme.model import Payout, Programme

NOT_CHOSEN = "not-chosen"
_CHOICE = "distributor"


def chosen_distributors(results: Results) -> dict[str, str]:
    """By partner the distributor that it chose for the settled window; who chose none is not there."""
    if "chosen" not in results.tables:
        return {}
    found = {str(row["partner_id"]): _choice_in(row["choices"]) for row in results.rows("chosen")}
    return {partner: distributor for partner, distributor in found.items() if distributor}


def _choice_in(choices: object) -> str:
    """`distributor=rhein; hurdle=b` names rhein."""
    pairs = (one.partition("=") for one in str(choices or "").split(";"))
    return next((value.strip() for name, _, value in pairs if name.strip() == _CHOICE), "")


def payer_of(payout: Payout, chosen: str | None) -> str:
    """Who pays all of it; empty where several do."""
    return _named(payout.payers[0].who, chosen) if len(payout.payers) == 1 else ""


def by_payer(
    programme: Programme, payout: Payout, money: Decimal, chosen: str | None
) -> Iterator[tuple[str, Decimal]]:
    """Each payer's share of a part; one payer alone is named by the line, and here empty."""
    if len(payout.payers) == 1:
        yield "", money
        return
    coin = Decimal(1).scaleb(-coin_of(programme.currency))
    shares = largest_remainder(money, [one.share for one in payout.payers], coin)
    for payer, share in zip(payout.payers, shares, strict=True):
        yield _named(payer.who, chosen), share


def _named(who: str, chosen: str | None) -> str:
    return (chosen or NOT_CHOSEN) if who == "chosen" else who


def unchosen(results: Results, due: pa.Table) -> list[Finding]:
    """Partners who are paid by a distributor of their choice, and chose none. due: what is settled."""
    if "chosen" not in results.tables:
        return []
    known = chosen_distributors(results)
    ask = {
        one.name for one in results.programme.incentives if any(p.who == "chosen" for p in one.payout.payers)
    }
    rows = (row for row in due.to_pylist() if row["incentive"] in ask and row["paid"])
    names = sorted({row["partner_id"] for row in rows} - set(known))
    if not names:
        return []
    shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    return [
        Finding(
            code="payer-not-chosen",
            severity="warning",
            reason=Text(
                en=f"Paid by a distributor of their choice, and none was chosen: {shown}.",
                de=f"Gezahlt wird von einem Distributor nach Wahl, gewählt haben keinen: {shown}.",
            ),
            way_out=Text(
                en="Load the choice with the enrolment: `distributor=NAME` under `choices`.",
                de="Laden Sie die Wahl mit der Teilnahme: `distributor=NAME` unter `choices`.",
            ),
        )
    ]

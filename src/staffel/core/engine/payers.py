"""Who pays what of a payout: shares by largest remainder, and the distributor that was chosen. Rule 38."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pyarrow as pa

from staffel.core.engine.results import Results
from staffel.core.findings import Finding, Text
from staffel.core.money import coin_of, largest_remainder
from staffel.core.programme.model import PayForm, Payout, PayPart, Programme

NOT_CHOSEN = "not-chosen"
Choices = Mapping[str, str]


def chosen_of(results: Results) -> dict[str, Choices]:
    """By partner what it chose for the settled window, by name; nothing where the programme asks none."""
    if "chosen" not in results.tables:
        return {}
    return {str(row["partner_id"]): _choices_in(row["choices"]) for row in results.rows("chosen")}


def _choices_in(choices: object) -> Choices:
    """`distributor=rhein; payout=funds` as a table."""
    pairs = (one.partition("=") for one in str(choices or "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def form_of(payout: Payout, part: PayPart, chosen: Choices) -> PayForm:
    """As what a part is paid: as it is written, or as the partner chose of what it may choose."""
    if not payout.choice:
        return part.form
    return next((form for form in payout.choice if form.value == chosen.get("payout")), payout.choice[0])


def payer_of(payout: Payout, chosen: Choices) -> str:
    """Who pays all of it; empty where several do."""
    return _named(payout.payers[0].who, chosen) if len(payout.payers) == 1 else ""


def by_payer(
    programme: Programme, payout: Payout, money: Decimal, chosen: Choices
) -> Iterator[tuple[str, Decimal]]:
    """Each payer's share of a part; one payer alone is named by the line, and here empty."""
    if len(payout.payers) == 1:
        yield "", money
        return
    coin = Decimal(1).scaleb(-coin_of(programme.currency))
    shares = largest_remainder(money, [one.share for one in payout.payers], coin)
    for payer, share in zip(payout.payers, shares, strict=True):
        yield _named(payer.who, chosen), share


def _named(who: str, chosen: Choices) -> str:
    return chosen.get("distributor", NOT_CHOSEN) if who == "chosen" else who


def unchosen(results: Results, due: pa.Table) -> list[Finding]:
    """Partners who are paid by a distributor of their choice, and chose none. due: what is settled."""
    if "chosen" not in results.tables:
        return []
    known = {partner for partner, chosen in chosen_of(results).items() if "distributor" in chosen}
    ask = {
        one.name for one in results.programme.incentives if any(p.who == "chosen" for p in one.payout.payers)
    }
    rows = (row for row in due.to_pylist() if row["incentive"] in ask and row["paid"])
    names = sorted({row["partner_id"] for row in rows} - known)
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

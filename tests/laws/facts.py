"""Facts as plain rows, made shortly: for the worlds of the laws and for the worked cases of the rules.

Every row has all columns of its table; what is left out is empty. `Ledger` numbers commits and lines.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from staffel.core.sources import TABLES

LONG_AGO = date(2020, 1, 1)
Row = dict[str, Any]


def day(text: str) -> date:
    """`2026-03-30` as a date."""
    return date.fromisoformat(text)


def figure(value: object) -> Decimal | None:
    """A figure from a number or a text; none stays none."""
    return None if value is None else Decimal(str(value))


# What a return has of the sale that it names.
_OF_ITS_SALE = (
    "product_id",
    "distributor_id",
    "end_customer_id",
    "currency",
    "route",
    "deal",
    "special_price",
)


class Ledger:
    """Rows by table, with the commits in which they came."""

    def __init__(self, programme: str = "p") -> None:
        self.programme = programme
        self.tables: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.commit_no = 1

    def commit(self) -> int:
        """The next commit begins; its number."""
        self.commit_no += 1
        return self.commit_no

    def add(self, table: str, values: Mapping[str, Any]) -> Row:
        """A row of a table; what it does not say is empty."""
        row: Row = {column.name: None for column in TABLES[table].all_columns}
        unknown = set(values) - set(row)
        assert not unknown, f"{table} has no {sorted(unknown)}"
        row.update(values)
        if row["commit_no"] is None:
            row["commit_no"] = self.commit_no
        row["recorded_at"] = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=row["commit_no"])
        self.tables[table].append(row)
        return row

    # ------------------------------------------------------------ who

    def partner(self, partner: str, since: date = LONG_AGO, **values: Any) -> Row:
        """A partner's attributes from a day on."""
        own = {"partner_id": partner, "name": partner, "holds_from": since, "country": "DE", "kind": "dealer"}
        return self.add("partners", own | values)

    def enrolment(
        self,
        partner: str,
        since: date = LONG_AGO,
        until: date | None = None,
        choices: str | None = None,
        **values: Any,
    ) -> Row:
        """It takes part in the programme, with what it chose."""
        own = {"programme": self.programme, "partner_id": partner, "choices": choices}
        return self.add("enrolments", own | {"holds_from": since, "holds_until": until} | values)

    def enrolled(self, partner: str, since: date = LONG_AGO, until: date | None = None, **values: Any) -> str:
        """A partner that takes part; its id."""
        self.partner(partner, **values)
        self.enrolment(partner, since, until)
        return partner

    def membership(
        self,
        group: str,
        partner: str,
        since: date = LONG_AGO,
        until: date | None = None,
        share: object = None,
    ) -> Row:
        """It belongs to an alliance."""
        own = {"kind": "alliance", "group_id": group, "partner_id": partner, "share": figure(share)}
        return self.add("memberships", own | {"holds_from": since, "holds_until": until})

    def certificate(
        self,
        partner: str,
        certification: str,
        person: str | None,
        since: date = LONG_AGO,
        until: date | None = None,
        **values: Any,
    ) -> Row:
        """Of a person, or of the firm itself where no person is named."""
        own = {"partner_id": partner, "certification": certification, "person_id": person}
        return self.add("certifications", own | {"holds_from": since, "holds_until": until} | values)

    def consent(self, partner: str, consent: str, since: date, until: date | None = None) -> Row:
        """It accepted something."""
        own = {"programme": self.programme, "partner_id": partner, "consent": consent}
        return self.add("consents", own | {"holds_from": since, "holds_until": until})

    def party(self, partner: str, agreement: str, since: date, until: date | None = None) -> Row:
        """It is party to another agreement."""
        own = {"kind": "agreement", "group_id": agreement, "partner_id": partner}
        return self.add("memberships", own | {"holds_from": since, "holds_until": until})

    def ruling(self, partner: str, question: str, answer: str, since: date) -> Row:
        """Somebody decided something about it."""
        return self.decision(partner, answer, since, "grant", ladder=question)

    # ------------------------------------------------------------ what was sold

    def product(self, product: str, family: str, since: date = LONG_AGO, **values: Any) -> Row:
        """A product and its family."""
        own = {
            "product_id": product,
            "vendor_id": "v",
            "number": product,
            "family": family,
            "holds_from": since,
        }
        return self.add("products", own | values)

    def sale(
        self, partner: str | None, sold_on: date, net: object, quantity: object = 1, **values: Any
    ) -> Row:
        """A line; its id is counted on."""
        own = {
            "line_id": f"L{len(self.tables['sell_out']) + 1:04}",
            "revision": 1,
            "report_id": f"r{self.commit_no}",
            "distributor_id": "d1",
            "vendor_id": "v",
            "partner_id": partner,
            "product_id": "box",
            "kind": "sale",
            "sold_on": sold_on,
            "net": figure(net),
            "quantity": figure(quantity),
            "currency": "EUR",
        }
        return self.add("sell_out", own | values)

    def back(self, sale: Row, day_: date, net: object, quantity: object = 1, **values: Any) -> Row:
        """A return that names its sale: `net` and `quantity` are what is taken back, written without their
        minus.
        """
        taken = (-Decimal(str(net)), -Decimal(str(quantity)))
        same = {name: sale[name] for name in _OF_ITS_SALE}
        own = {"kind": "return", "returns": sale["line_id"]} | same
        return self.sale(sale["partner_id"], day_, *taken, **(own | values))

    def reversal(self, line: Row) -> Row:
        """Takes a revision of a line back, in the commit that now runs."""
        values = {name: value for name, value in line.items() if name not in ("commit_no", "recorded_at")}
        taken = {
            "reverses": line["revision"],
            "net": _minus(line["net"]),
            "quantity": _minus(line["quantity"]),
        }
        return self.add("sell_out", values | taken)

    def rate(self, base: str, quote: str, rate: object, since: date = LONG_AGO, basis: str = "day") -> Row:
        """1 of base is `rate` of quote."""
        own = {"base": base, "quote": quote, "basis": basis, "rate": figure(rate)}
        return self.add("rates", own | {"holds_from": since})

    # ------------------------------------------------------------ what was agreed and decided

    def target(self, partner: str, target: str, since: date, until: date, value: object) -> Row:
        """A figure agreed for a window."""
        own = {"programme": self.programme, "partner_id": partner, "target": target, "figure": figure(value)}
        return self.add("targets", own | {"holds_from": since, "holds_until": until})

    def opening(self, partner: str, measure: str, since: date, until: date, value: object) -> Row:
        """A figure of an older system for a window."""
        own = {
            "programme": self.programme,
            "partner_id": partner,
            "measure": measure,
            "figure": figure(value),
        }
        return self.add("openings", own | {"window_start": since, "window_until": until, "holds_from": since})

    def decision(self, partner: str, level: str, since: date, cause: str = "review", **values: Any) -> Row:
        """A level that was decided, in force from a day on."""
        own = {"programme": self.programme, "ladder": "level", "partner_id": partner, "level": level}
        return self.add("decisions", own | {"cause": cause, "holds_from": since} | values)

    def close(self, start: date, until: date, on: date) -> Row:
        """A window is settled: the commit that now runs is its close."""
        own = {"programme": self.programme, "version": "1", "settle_start": start, "settle_until": until}
        return self.add("closes", own | {"state_id": "s", "semantics": 1, "holds_from": on})

    def settled(
        self,
        incentive: str,
        partner: str,
        window: tuple[date, date],
        settled: tuple[date, date],
        amount: object,
        carried: object = 0,
        paid: object = 0,
    ) -> Row:
        """What was settled for a window of an incentive in a settled window."""
        own = {
            "programme": self.programme,
            "incentive": incentive,
            "partner_id": partner,
            "holds_from": settled[1],
        }
        spans = {"window_start": window[0], "window_until": window[1]}
        spans |= {"settle_start": settled[0], "settle_until": settled[1]}
        sums = {"amount": figure(amount), "carried": figure(carried), "paid": figure(paid)}
        return self.add("settled", own | spans | sums)


def _minus(value: Decimal | None) -> Decimal | None:
    return None if value is None else -value

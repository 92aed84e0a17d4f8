"""The example programmes, each put to figures of the facts it follows: source's figure → ours.

The file is read as anyone's would be; oracle and engine are both asked and must agree.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme
from tests.laws import oracle
from tests.laws.facts import LONG_AGO, Ledger, Row, day
from tests.laws.oracle import Book

EXAMPLES = Path(__file__).parents[2] / "examples" / "programmes"


def example(name: str) -> Programme:
    """An example by its file's name."""
    read = read_programme(EXAMPLES / f"{name}.yaml", file=f"{name}.yaml")
    assert read.programme is not None, [finding.say() for finding in read.findings]
    return read.programme


class Market(Ledger):
    """The rows of a programme's own market: its vendor's products, in its currency."""

    def __init__(self, of: Programme) -> None:
        super().__init__(programme=of.name)
        self.vendor, self.currency = of.vendor, of.currency

    def sold(self, partner: str, sold_on: str, net: object, **values: Any) -> Row:
        """A sale of the vendor's."""
        own = {"vendor_id": self.vendor, "currency": self.currency}
        return self.sale(partner, day(sold_on), net, **(own | values))

    def makes(self, product: str, family: str = "boxes", **values: Any) -> str:
        """A product of the vendor's; its id."""
        self.product(product, family, vendor_id=self.vendor, **values)
        return product

    def joins(self, partner: str = "a", since: date = LONG_AGO, **values: Any) -> str:
        """A partner that takes part, for long unless since a day; its id."""
        return self.enrolled(partner, since, **values)


def coins(book: Book, incentive: str, window: str, partner: str = "a") -> str:
    """What it is entitled to for the window that begins on a day, as it is printed."""
    return f"{oracle.shares(book).get((incentive, partner, day(window)), Decimal(0)):.2f}"

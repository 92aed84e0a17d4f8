"""Rows that become a measure: `{sum: net, of: sell_out, products: solutions}`, `{count: end_customer, …}`.

`language.md`, 1.3: a Take, with its source, its filter and the date that picks its window.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from staffel.core.findings import Finding, Text
from staffel.core.programme.model import (
    Aggregate,
    Current,
    Different,
    Lines,
    Measure,
    SumOf,
    Take,
)
from staffel.core.programme.spellings.desk import not_yet, unknown_word
from staffel.core.programme.spellings.filters import DateField, Rows, Where, together
from staffel.core.programme.spellings.spelling import Lowering, OneOrMany, Spelling
from staffel.core.programme.spellings.windows import WindowField
from staffel.core.programme.spellings.words import NameField, TextField, Word, word_among
from staffel.core.sources import AMOUNT_COLUMNS, MEASURED_SOURCES, TABLES

LINES = ("lines", "line")
KEYS = {
    "end_customer": "end_customer_id",
    "person": "person_id",
    "order": "order_no",
    "invoice": "invoice_no",
    "product": "product_id",
    "partner": "partner_id",
    "distributor": "distributor_id",
    "deal": "deal",
    "seller": "seller",
}

NO_EACH = Text(
    en="Count the keys themselves: `{count: end_customer, of: sell_out}`.",
    de="Zählen Sie die Schlüssel selbst: `{count: end_customer, of: sell_out}`.",
)
_NO_WEIGHT = Text(
    en="Leave the weight out: each line counts once.",
    de="Lassen Sie die Gewichtung weg: Jede Zeile zählt einfach.",
)
_IN_FORCE = Text(
    en="Leave it out: what is in force on the last day of the window counts.",
    de="Lassen Sie es weg: Es zählt, was am letzten Tag des Zeitraums gilt.",
)
_LATER_SOURCES = dict.fromkeys(
    ("stock", "subscriptions", "usage", "deals", "targets", "funds", "activities", "decisions", "statements"),
    Text(
        en="So far sell_out, sell_in and certifications can be measured.",
        de="Bisher lassen sich sell_out, sell_in und certifications messen.",
    ),
)
SourceField = Annotated[str, *word_among(*MEASURED_SOURCES, later=_LATER_SOURCES)]


class Dates(Spelling):
    """Which date of a line picks its window, and which must lie in it too."""

    window: DateField = Field(default="sold", description="sold, ordered, shipped, invoiced or paid.")
    inside: OneOrMany[DateField] = Field(default=(), description="Dates that must lie in the window too.")

    @property
    def others(self) -> tuple[str, ...]:
        """The dates that must lie in the window too, as columns."""
        return tuple(sorted({f"{one}_on" for one in self.inside if one != self.window}))


class Taken(Rows):
    """Rows of a source become one figure per subject and window."""

    LATER: ClassVar = {
        **Rows.LATER,
        "each": NO_EACH,
        "weight": _NO_WEIGHT,
        "at": _IN_FORCE,
        "if_none": Text(en="Leave it out.", de="Lassen Sie es weg."),
    }
    UNKNOWN: ClassVar = "key-unknown"

    of: SourceField = Field(description="sell_out, sell_in or certifications.")
    where: Where | None = Field(default=None, description="Further tests on the line.")
    dates: Dates | None = Field(default=None, description="Which date of the line picks the window.")
    over: WindowField | None = Field(default=None, description="The window; else that of whoever asks.")
    title: TextField | None = None

    def taken(self, aggregate: Aggregate) -> Take:
        """The rows that count, by the date that picks the window."""
        tests = [*self.tests(), *([self.where.lowered()] if self.where else [])]
        return Take(
            aggregate=aggregate,
            source=self.of,
            where=together(tests, self.place),
            date=f"{self.dates.window}_on" if self.dates else TABLES[self.of].main_date,
            inside=self.dates.others if self.dates else (),
            over=self.over or Current(),
            place=self.place,
        )


class Summed(Taken):
    """`{sum: net, of: sell_out}`: net, list, dealer, cost or quantity."""

    BEGINS: ClassVar = "sum"

    sum: NameField = Field(description="net, list, dealer, cost or quantity.")

    def lowered(self, at: Lowering) -> Measure:
        """A sum of an amount column."""
        if self.sum.text not in AMOUNT_COLUMNS:
            at.desk.report(unknown_word(self.sum.place, "column-unknown", self.sum.text, AMOUNT_COLUMNS))
        return self.taken(SumOf(column=self.sum.text, place=self.sum.place))


class Counted(Taken):
    """`{count: end_customer, of: sell_out}`: different keys, or lines."""

    BEGINS: ClassVar = "count"

    count: NameField = Field(description="lines, or a key: end_customer, order, invoice, product, person …")

    def lowered(self, at: Lowering) -> Measure:
        """The number of lines, or of different values of a key."""
        if self.count.text in LINES:
            return self.taken(Lines(place=self.count.place))
        if self.count.text not in KEYS:
            at.desk.report(_no_key(self.count))
        return self.taken(Different(key=KEYS.get(self.count.text, self.count.text), place=self.count.place))


def _no_key(word: Word) -> Finding:
    if word.text in {"subscription", "site"}:
        return not_yet(word.place, word.text, NO_EACH)
    return unknown_word(word.place, "column-unknown", word.text, [*KEYS, "lines"])

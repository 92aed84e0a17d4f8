"""How figures and days are said to a person: `12.400,00 €` in German, `€12,400.00` in English.

Money shows its cents and whatever lies beyond them; nothing is rounded away.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from staffel.core.calendar import ONE_DAY, Span, add_months
from staffel.core.findings import Language, Text
from staffel.core.money import written

_SIGNS = {"EUR": "€", "GBP": "£"}
_MONTHS_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_FULL_MONTHS_EN = (
    "January February March April May June July August September October November December".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A language, and whether the screen shows more than ASCII."""

    language: Language = "en"
    unicode: bool = True

    def say(self, text: Text) -> str:
        """A sentence in this language."""
        return text.say(self.language)

    def number(self, figure: Decimal | int, least_places: int = 0) -> str:
        """`12,400.5`: thousands parted, no idle noughts beyond `least_places`.

        >>> Voice(language="de").number(Decimal("12400.5000"), 2)
        '12.400,50'
        """
        return written(Decimal(figure), self.language, least_places)

    def amount(self, figure: Decimal) -> str:
        """Money without its currency, for a column whose heading names it."""
        return self.number(figure, 2)

    def money(self, figure: Decimal, currency: str, least_places: int = 2) -> str:
        """Money with its currency.

        >>> Voice().money(Decimal("-12400"), "EUR"), Voice(language="de").money(Decimal("0.5"), "CHF")
        ('-€12,400.00', '0,50 CHF')
        """
        text = self.number(figure, least_places)
        sign = _SIGNS.get(currency, "") if self.unicode else ""
        if self.language == "de":
            return f"{text} {sign or currency}"
        if not sign:
            return f"{currency} {text}"
        return f"-{sign}{text[1:]}" if text.startswith("-") else f"{sign}{text}"

    def percent(self, share: Decimal) -> str:
        """A share of 0.035 as `3.5%` or `3,5 %`."""
        text = self.number(share.scaleb(2))
        return f"{text} %" if self.language == "de" else f"{text}%"

    def day(self, when: date) -> str:
        """`31.03.2026` or `31 Mar 2026`."""
        if self.language == "de":
            return f"{when:%d.%m.%Y}"
        return f"{when.day} {_MONTHS_EN[when.month - 1]} {when.year}"

    def month(self, when: date) -> str:
        """`March 2026`, `März 2026`."""
        names = _MONTHS_DE if self.language == "de" else _FULL_MONTHS_EN
        return f"{names[when.month - 1]} {when.year}"

    def span(self, span: Span) -> str:
        """Both days in it; a whole month by its name."""
        if span.start.day == 1 and span.until == add_months(span.start, 1):
            return self.month(span.start)
        if span.last_day == span.start:
            return self.day(span.start)
        dash = "–" if self.unicode else "-"
        return f"{self.day(span.start)} {dash} {self.day(span.until - ONE_DAY)}"

    def listed(self, names: list[str] | tuple[str, ...]) -> str:
        """`a, b and c`."""
        if len(names) < 2:
            return "".join(names)
        last = self.say(Text(en="and", de="und"))
        return f"{', '.join(names[:-1])} {last} {names[-1]}"

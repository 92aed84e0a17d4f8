"""Figures by their unit."""

from decimal import Decimal

import pytest

from staffel.cli.pages.figures import figure, short_name
from staffel.cli.voice import Voice
from staffel.core.calendar import Unit
from staffel.core.programme import read_programme
from staffel.core.programme.model import Before, Growth, Last, LastYear, Share, ToDate, Use, Who
from staffel.core.sources import Measured
from tests.cli.market import PROGRAMME

EN, DE = Voice(), Voice(language="de")
READ = read_programme(PROGRAMME, file="aster.yaml").programme
REVENUE = Use(measure="revenue")


@pytest.mark.parametrize(
    ("value", "unit", "english", "german"),
    [
        ("12400", Measured.MONEY, "€12,400.00", "12.400,00 €"),
        ("0.41234", Measured.SHARE, "41.2%", "41,2 %"),
        ("1.5", Measured.FACTOR, "150%", "150 %"),
        ("3.0000", Measured.COUNT, "3", "3"),
        ("7", Measured.PIECES, "7", "7"),
        ("24", Measured.POINTS, "24 points", "24 Punkte"),
        ("1.0000", Measured.POINTS, "1 point", "1 Punkt"),
        ("30", Measured.DAYS, "30 days", "30 Tage"),
        ("1", Measured.DAYS, "1 day", "1 Tag"),
    ],
)
def test_units(value: str, unit: Measured, english: str, german: str) -> None:
    said = [figure(Decimal(value), unit, "EUR", voice) for voice in (EN, DE)]
    assert said == [english, german]


@pytest.mark.parametrize(
    ("measure", "english", "german"),
    [
        (REVENUE, "Revenue", "Umsatz"),
        (
            Use(measure="revenue", over=Last(count=4, unit=Unit.QUARTER)),
            "Revenue, last 4 quarters",
            "Umsatz, letzte 4 Quartale",
        ),
        (
            Use(measure="revenue", over=ToDate(unit=Unit.YEAR)),
            "Revenue, year to date",
            "Umsatz, Jahr bis heute",
        ),
        (Use(measure="revenue", over=Before(unit=Unit.YEAR)), "Revenue, year before", "Umsatz, Jahr davor"),
        (
            Use(measure="revenue", over=LastYear(unit=Unit.QUARTER)),
            "Revenue, same quarter last year",
            "Umsatz, Quartal im Vorjahr",
        ),
        (Use(measure="revenue", who=Who.ALLIANCE), "Revenue of the alliance", "Umsatz der Allianz"),
        (Share(part=REVENUE, whole=REVENUE), "Revenue : Revenue", "Umsatz : Umsatz"),
        (Growth(of=REVENUE, against=()), "growth of Revenue", "Wachstum von Umsatz"),
    ],
)
def test_short_names(measure: Use | Share | Growth, english: str, german: str) -> None:
    assert READ is not None
    assert [short_name(READ, measure, voice) for voice in (EN, DE)] == [english, german]

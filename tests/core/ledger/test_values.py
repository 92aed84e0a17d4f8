"""What a column takes, and what it says of the rest."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from staffel.core.findings import Place
from staffel.core.ledger.values import LONGEST_TEXT, ValueRefused, typed
from staffel.core.sources import Column, ColumnType

TAKEN = [
    (ColumnType.TEXT, "  Kern  ", "Kern"),
    (ColumnType.TEXT, "   ", None),
    (ColumnType.TEXT, "", None),
    (ColumnType.TEXT, None, None),
    (ColumnType.TEXT, 42, "42"),
    (ColumnType.TEXT, "Mu\u0308ller", "Müller"),
    (ColumnType.DATE, "2026-02-28", date(2026, 2, 28)),
    (ColumnType.DATE, date(2026, 2, 28), date(2026, 2, 28)),
    (ColumnType.MONEY, "-12.5", Decimal("-12.5000")),
    (ColumnType.MONEY, 7, Decimal("7.0000")),
    (ColumnType.MONEY, "999999999999999999.9999", Decimal("999999999999999999.9999")),
    (ColumnType.MONEY, Decimal("1.00000"), Decimal("1.0000")),
    (ColumnType.RATE, "0.9123456789", Decimal("0.9123456789")),
    (ColumnType.SHARE, "40 %", Decimal("0.400000")),
    (ColumnType.SHARE, "0.4", Decimal("0.400000")),
    (ColumnType.WHOLE, "-3", -3),
    (ColumnType.WHOLE, 3, 3),
    (ColumnType.FLAG, "Yes", True),
    (ColumnType.FLAG, "0", False),
    (ColumnType.FLAG, False, False),
    (ColumnType.MOMENT, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)),
]
REFUSED = [
    (ColumnType.TEXT, "x" * (LONGEST_TEXT + 1), "text-too-long"),
    (ColumnType.TEXT, "a\x00b", "text-unprintable"),
    (ColumnType.TEXT, "a\ud800b", "text-unprintable"),
    (ColumnType.DATE, "2026-02-31", "date-impossible"),
    (ColumnType.DATE, "31.03.2026", "date-impossible"),
    (ColumnType.DATE, datetime(2026, 1, 1, tzinfo=UTC), "date-impossible"),
    (ColumnType.MONEY, "1,5", "number-unreadable"),
    (ColumnType.MONEY, "1e400", "number-unreadable"),
    (ColumnType.MONEY, "NaN", "number-unreadable"),
    (ColumnType.MONEY, Decimal("NaN"), "number-unreadable"),
    (ColumnType.MONEY, Decimal("Infinity"), "number-unreadable"),
    (ColumnType.MONEY, Decimal("1e400"), "number-too-large"),
    (ColumnType.MONEY, True, "number-unreadable"),
    (ColumnType.MONEY, object(), "number-unreadable"),
    (ColumnType.MONEY, "1000000000000000000", "number-too-large"),
    (ColumnType.MONEY, "0.00001", "too-many-decimals"),
    (ColumnType.SHARE, "0.1234567", "too-many-decimals"),
    (ColumnType.SHARE, "x %", "number-unreadable"),
    (ColumnType.RATE, "0", "rate-not-positive"),
    (ColumnType.RATE, Decimal("-0.9"), "rate-not-positive"),
    (ColumnType.WHOLE, "3.0", "number-unreadable"),
    (ColumnType.WHOLE, 2**63, "number-unreadable"),
    (ColumnType.FLAG, "maybe", "flag-unreadable"),
    (ColumnType.MOMENT, "2026-01-01", "date-impossible"),
]


@pytest.mark.parametrize(("type_", "given", "kept"), TAKEN)
def test_is_taken(type_: ColumnType, given: object, kept: object) -> None:
    value = typed(given, Column(name="c", type=type_))
    assert (value, str(value)) == (kept, str(kept))


@pytest.mark.parametrize(("type_", "given", "code"), REFUSED)
def test_is_refused(type_: ColumnType, given: object, code: str) -> None:
    with pytest.raises(ValueRefused) as refusal:
        typed(given, Column(name="c", type=type_))
    finding = refusal.value.finding(Place(file="f.csv", line=3), "c")
    assert (finding.code, finding.places[0].line) == (code, 3)
    assert "c" in finding.reason.de.split()

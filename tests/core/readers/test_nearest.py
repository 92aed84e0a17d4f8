"""The word that is meant: by what it means, then by its spelling."""

import pytest

from staffel.core.readers.nearest import nearest_word
from staffel.core.readers.words import BELOW, COLUMNS, TOP


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("quantty", "quantity"),
        ("partner_nummer", "partner_number"),
        ("partner_nr", "partner_number"),
        ("invoice_number", "invoice_no"),
        ("amount", "net"),
        ("revenue", "net"),
        ("umsatz", "net"),
        ("price", "unit_price"),
        ("date", "sold_on"),
        ("customer_number", "partner_number"),
        ("customer", "partner_name"),
        ("kunde", "partner_name"),
        ("menge", "quantity"),
        ("part_number", "product_vendor_number"),
        ("ean", "product_ean"),
        ("sku", "product_distributor_number"),
        ("zzz", None),
    ],
)
def test_columns(word: str, meant: str | None) -> None:
    assert nearest_word(word, COLUMNS) == meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [("colums", "columns"), ("decimel", "decimal"), ("date", "dates"), ("währung", "currency"), ("x", None)],
)
def test_at_the_top(word: str, meant: str | None) -> None:
    assert nearest_word(word, TOP) == meant


def test_below_another_word() -> None:
    assert nearest_word("fix", BELOW["report", "*"]) == "fixed"
    assert nearest_word("value", BELOW["returns",]) == "values"

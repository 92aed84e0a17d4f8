"""What a line of a report should have and a mapping has no column for: each with what comes of it."""

from dataclasses import dataclass

from staffel.core.readers.mapping import PARTNER_KEYS, PRODUCT_KEYS, SOLD_DATES, Column, ReportKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing that no column says. code: of its finding; word: the column to write, the usual one."""

    code: str
    word: Column
    columns: frozenset[Column]


_FIGURES = Gap(
    code="mapping-no-quantity", word=Column.QUANTITY, columns=frozenset({Column.QUANTITY, Column.NET})
)
_PRODUCT = Gap(code="mapping-no-product", word=Column.PRODUCT_VENDOR_NUMBER, columns=frozenset(PRODUCT_KEYS))
_SOLD = (
    _FIGURES,
    Gap(
        code="mapping-no-amount",
        word=Column.NET,
        columns=frozenset({Column.NET, Column.UNIT_PRICE}),
    ),
    Gap(code="mapping-no-partner", word=Column.PARTNER_NUMBER, columns=frozenset(PARTNER_KEYS)),
    _PRODUCT,
    Gap(code="mapping-no-date", word=Column.SOLD_ON, columns=SOLD_DATES),
)
_STOCK = (
    Gap(code="mapping-no-quantity", word=Column.QUANTITY, columns=frozenset({Column.QUANTITY})),
    _PRODUCT,
)


def gaps_in(columns: frozenset[Column], kind: ReportKind) -> tuple[Gap, ...]:
    """What these columns leave unsaid of a line; without figures, the amount is not missed apart."""
    asked = _STOCK if kind is ReportKind.STOCK else _SOLD
    found = tuple(gap for gap in asked if not gap.columns & columns)
    if _FIGURES in found:
        return tuple(gap for gap in found if gap.code != "mapping-no-amount")
    return found

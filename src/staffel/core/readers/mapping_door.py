"""The shape of a mapping file, as Pydantic checks it: the words and what may stand for each."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from staffel.core.readers.currencies import CODES
from staffel.core.readers.mapping import (
    MOST_HEADER_ROWS,
    REMARK_WORDS,
    TOTALS_WORDS,
    Column,
    DateOrder,
    Encoding,
    Fact,
    Format,
    ShortLines,
)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no pattern ({error})") from None
    return text


def _currency(text: str) -> str:
    if text not in CODES:
        raise ValueError("no ISO 4217 code such as EUR")
    return text


def _one_or_more(value: object) -> object:
    return value if isinstance(value, list) or value is None else [value]


def _none_is_empty(value: object) -> object:
    """A word with nothing behind it but remarks, as `staffel map` writes it where it knows no heading."""
    return {} if value is None else value


def _as_text(value: object) -> object:
    """A heading, a report's number, a value of a column: a text, also where YAML reads a number or a day."""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    # ruamel remembers how many digits were written: 0815 is not 815.
    return str(int(value)).zfill(getattr(value, "_width", None) or 0)


def _rows(rows: list[int]) -> list[int]:
    if not rows or rows[0] < 1 or rows != list(range(rows[0], rows[0] + len(rows))):
        raise ValueError("rows follow one another, from 1")
    if len(rows) > MOST_HEADER_ROWS:
        raise ValueError("at most three rows")
    return rows


_Scalar = str | int
Words = Annotated[
    list[Annotated[str, BeforeValidator(_as_text)]],
    BeforeValidator(_one_or_more, json_schema_input_type=_Scalar | list[_Scalar]),
]
Pattern = Annotated[str, AfterValidator(_pattern)]
Currency = Annotated[str, AfterValidator(_currency)]
Sign = Literal[".", ","]
Heading = Annotated[str, BeforeValidator(_as_text, json_schema_input_type=_Scalar), Field(min_length=1)]


HeaderRows = Annotated[
    list[int], BeforeValidator(_one_or_more, json_schema_input_type=int | list[int]), AfterValidator(_rows)
]
PartnerKey = Literal["number", "name"]
ProductKey = Literal["vendor_number", "ean", "distributor_number"]


SAME_SIGN = "decimal and thousands are the same sign"


class Door(BaseModel):
    """Knows no word that it does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FactDoor(Door):
    """Where a fact of the report stands: exactly one of them."""

    fixed: Heading | None = None
    column: Heading | None = None
    title: Pattern | None = None
    sheet_name: Pattern | None = None
    file_name: Pattern | None = None
    last_lines: Pattern | None = None

    @model_validator(mode="after")
    def _is_one(self) -> "FactDoor":
        if len(self.model_fields_set) != 1:
            raise ValueError("exactly one source: fixed, column, title, sheet_name, file_name or last_lines")
        return self


class CurrencyDoor(Door):
    """A column of codes, or one code."""

    column: Heading | None = None
    fixed: Currency | None = None

    @model_validator(mode="after")
    def _is_one(self) -> "CurrencyDoor":
        if len(self.model_fields_set) != 1:
            raise ValueError("exactly one source: column or fixed; else the word heading or told")
        return self


class SheetDoor(Door):
    """A pattern for the sheet's name."""

    matches: Pattern


class ReturnsDoor(Door):
    """Values of a column that mark returns, and sales."""

    column: Heading
    values: Words
    sales: Words | None = None


class KeysDoor(Door):
    """What names partner and product, first choice first."""

    partner: (
        Annotated[
            list[PartnerKey],
            BeforeValidator(_one_or_more, json_schema_input_type=PartnerKey | list[PartnerKey]),
        ]
        | None
    ) = None
    product: (
        Annotated[
            list[ProductKey],
            BeforeValidator(_one_or_more, json_schema_input_type=ProductKey | list[ProductKey]),
        ]
        | None
    ) = None


class MappingDoor(Door):
    """A mapping file."""

    mapping: Annotated[str, BeforeValidator(_as_text, json_schema_input_type=_Scalar)] = ""
    format: Format = Format.AUTO
    encoding: Encoding = Encoding.AUTO
    delimiter: Literal["auto", ";", ",", "\t", "|", "tab"] = "auto"
    sheet: Heading | SheetDoor | None = None
    header: Literal["auto", "none"] | HeaderRows = "auto"
    decimal: Sign | None = None
    thousands: Sign | None = None
    dates: DateOrder = DateOrder.AUTO
    columns: Annotated[dict[Column, Heading], BeforeValidator(_none_is_empty)]
    returns: ReturnsDoor | None = None
    currency: Literal["heading", "told"] | CurrencyDoor = "told"
    report: dict[Fact, FactDoor] = Field(default_factory=dict)
    keys: KeysDoor = KeysDoor()
    totals_words: Words = Field(default_factory=lambda: list(TOTALS_WORDS))
    remark_words: Words = Field(default_factory=lambda: list(REMARK_WORDS))
    short_lines: ShortLines = ShortLines.REFUSE

    @model_validator(mode="after")
    def _parts_by_two_signs(self) -> "MappingDoor":
        if self.decimal is not None and self.decimal == self.thousands:
            raise ValueError(SAME_SIGN)
        return self

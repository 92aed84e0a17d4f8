"""Numbers as people write them, read exactly: `25_000`, `2 %`, `25.000,5` where the file says `numbers: de`.

Without that word a point is a decimal point, and what could be thousands (`1.200`, `1,5`) is refused as
ambiguous: `1,5` read as 15 costs money. Rates have at most 6 decimals as a fraction, money 4; what outgrows
the named types of `money` is refused here, never cut.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, assert_never

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from staffel.core.findings import Finding, Place, Text
from staffel.core.money import MONEY, RATE, DecimalType
from staffel.core.programme.spellings.desk import Numbers, Refused, desk_of, filled, not_of_type
from staffel.core.programme.text import Node, Scalar, shown

_WHOLE = r"(?:\d{1,3}(?:%s\d{3})+|\d+)"
_STYLES: dict[Numbers, re.Pattern[str]] = {
    "": re.compile(rf"([+-]?)({_WHOLE % '_'})(?:\.(\d+))?", re.ASCII),
    "de": re.compile(rf"([+-]?)({_WHOLE % '[._]'})(?:,(\d+))?", re.ASCII),
    "en": re.compile(rf"([+-]?)({_WHOLE % '[,_]'})(?:\.(\d+))?", re.ASCII),
}
_COULD_BE_THOUSANDS = re.compile(r"[+-]?(?:[1-9]\d{0,2}\.\d{3}|\d[\d.]*,[\d.,]*|\d+\.\d+\.[\d.]+)", re.ASCII)
_PERCENT = re.compile(r"(?P<number>.*?)\s*%", re.DOTALL)

_FIGURE = r"[+-]?[0-9][0-9_.,]*"
NUMBER_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_FIGURE}$"}]}
FIGURE_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_FIGURE}\\s*%?$"}]}
PERCENT_SCHEMA = {"type": "string", "pattern": "^[0-9][0-9_.,]*\\s*%$"}

_A_NUMBER = Text(en="a number", de="eine Zahl")
_A_PERCENT = Text(en="a figure in percent", de="eine Angabe in Prozent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number in whatever unit. is_share: it was written in percent, and `value` is the fraction.

    digits: as the file writes them, without the percent sign.
    """

    value: Decimal
    is_share: bool
    place: Place
    digits: str = field(default="", compare=False)


def read_figure(node: Node, info: ValidationInfo) -> Figure:
    """A number or a percent. Raises Refused."""
    numbers = desk_of(info).numbers
    if not isinstance(node, Scalar):
        raise not_of_type(node, _A_NUMBER, _write_number(numbers))
    text = node.text.strip()
    if match := _PERCENT.fullmatch(text):
        value = _number(node, match["number"], numbers).scaleb(-2)
        value, digits = _fitting(node, value, RATE), match["number"]
        return Figure(value=value, is_share=True, digits=digits, place=node.place)
    value = _fitting(node, _number(node, text, numbers), MONEY)
    return Figure(value=value, is_share=False, digits=text, place=node.place)


def read_positive(node: Node, info: ValidationInfo) -> Figure:
    """A number or a percent above 0. Raises Refused."""
    figure = read_figure(node, info)
    if figure.value <= 0:
        raise not_of_type(
            node,
            Text(en="a figure above 0", de="eine Angabe über 0"),
            Text(
                en="Write a larger one, or strike it.",
                de="Schreiben Sie eine größere, oder streichen Sie sie.",
            ),
        )
    return figure


def read_percent(node: Node, info: ValidationInfo) -> Decimal:
    """A rate or a share as a fraction: `2 %` is 0.02. Raises Refused."""
    figure = read_figure(node, info)
    if not figure.is_share:
        raise not_of_type(node, _A_PERCENT, in_percent(figure.digits))
    return _not_negative(node, figure.value)


_PART_OF_ONE = re.compile(r"0[.,]\d{1,9}")


def in_percent(digits: str) -> Text:
    """The way out for a figure that is no percent: a part of one may have been meant in two ways."""
    said = f"`{shown(digits)} %`"
    if not _PART_OF_ONE.fullmatch(digits):
        return Text(en=f"Write {said}.", de=f"Schreiben Sie {said}.")
    whole = format(Decimal(digits.replace(",", ".")).scaleb(2).normalize(), "f")
    other = f"`{whole.replace('.', digits[1])} %`"
    return Text(en=f"Write {said} or {other}.", de=f"Schreiben Sie {said} oder {other}.")


def read_step(node: Node, info: ValidationInfo) -> Decimal:
    """A step in percent to which a share is rounded, above 0. Raises Refused."""
    value = read_percent(node, info)
    if not value:
        raise not_of_type(node, _A_PERCENT, Text(en="Write `1 %`.", de="Schreiben Sie `1 %`."))
    return value


def read_money(node: Node, info: ValidationInfo) -> Decimal:
    """A sum of money in the programme's currency, not below 0. Raises Refused."""
    return _not_negative(node, _plain(node, info))


def read_number(node: Node, info: ValidationInfo) -> Decimal:
    """A number that is no percent: points, a baseline. Raises Refused."""
    return _not_negative(node, _plain(node, info))


def read_factor(node: Node, info: ValidationInfo) -> Decimal:
    """A factor: `1.2`, or `120 %`. Raises Refused."""
    return _not_negative(node, _fitting(node, read_figure(node, info).value, RATE))


def read_whole(node: Node, info: ValidationInfo) -> int:
    """A whole number, not below 0. Raises Refused."""
    value = _not_negative(node, _plain(node, info))
    if value != value.to_integral_value():
        raise not_of_type(
            node,
            Text(en="a whole number", de="eine ganze Zahl"),
            Text(en="Write it without decimals.", de="Schreiben Sie sie ohne Nachkommastellen."),
        )
    return int(value)


FigureField = Annotated[Figure, PlainValidator(read_figure), WithJsonSchema(FIGURE_SCHEMA)]
PositiveField = Annotated[Figure, PlainValidator(read_positive), WithJsonSchema(FIGURE_SCHEMA)]
PercentField = Annotated[Decimal, PlainValidator(read_percent), WithJsonSchema(PERCENT_SCHEMA)]
StepField = Annotated[Decimal, PlainValidator(read_step), WithJsonSchema(PERCENT_SCHEMA)]
MoneyField = Annotated[Decimal, PlainValidator(read_money), WithJsonSchema(NUMBER_SCHEMA)]
NumberField = Annotated[Decimal, PlainValidator(read_number), WithJsonSchema(NUMBER_SCHEMA)]
FactorField = Annotated[Decimal, PlainValidator(read_factor), WithJsonSchema(FIGURE_SCHEMA)]
WholeField = Annotated[int, PlainValidator(read_whole), WithJsonSchema(NUMBER_SCHEMA)]


def written(figure: Decimal) -> str:
    """A figure as a programme file writes it: `50_000.00`."""
    return f"{figure:,f}".replace(",", "_")


def _plain(node: Node, info: ValidationInfo) -> Decimal:
    figure = read_figure(node, info)
    refuse_percent(node, figure)
    return figure.value


def refuse_percent(node: Node, figure: Figure) -> None:
    """A number is meant. Raises Refused."""
    if figure.is_share:
        raise not_of_type(
            node,
            _A_NUMBER,
            Text(en="Write it without the percent sign.", de="Schreiben Sie sie ohne Prozentzeichen."),
        )


def _number(node: Scalar, text: str, numbers: Numbers) -> Decimal:
    if not numbers and _COULD_BE_THOUSANDS.fullmatch(text):
        raise Refused(_ambiguous(node))
    value = _value(text, numbers)
    if value is None:
        raise not_of_type(node, _A_NUMBER, _write_number(numbers))
    return value


def _value(text: str, numbers: Numbers) -> Decimal | None:
    match = _STYLES[numbers].fullmatch(text)
    if match is None:
        return None
    sign, whole, decimals = match.groups()
    digits = re.sub(r"[._,]", "", whole)
    return Decimal(f"{sign}{digits}.{decimals}" if decimals else f"{sign}{digits}")


def _fitting(node: Node, value: Decimal, type_: DecimalType) -> Decimal:
    """The figure, if its type holds it without rounding. Raises Refused."""
    decimals = _decimals(value)
    if decimals > type_.places:
        raise Refused(_too_many_decimals(node, decimals, type_))
    if abs(value) >= type_.limit:
        raise Refused(_too_large(node, type_))
    return value


def _decimals(value: Decimal) -> int:
    _, digits, exponent = value.as_tuple()
    written = "".join(map(str, digits)).rstrip("0")
    kept = len(digits) - len(written)
    return max(0, -int(exponent) - kept) if written else 0


def _not_negative(node: Node, value: Decimal) -> Decimal:
    if value < 0:
        raise not_of_type(
            node,
            Text(en="a figure from 0 on", de="eine Angabe ab 0"),
            Text(en="Strike the minus.", de="Streichen Sie das Minus."),
        )
    return value


def _write_number(numbers: Numbers) -> Text:
    """How numbers are written in a file that says so."""
    match numbers:
        case "de":
            return Text(
                en="Write it so: `25.000` or `1,5`, as `numbers: de` at the top says.",
                de="Schreiben Sie so: `25.000` oder `1,5`, wie oben `numbers: de` sagt.",
            )
        case "en":
            return Text(
                en="Write it so: `25,000` or `1.5`, as `numbers: en` at the top says.",
                de="Schreiben Sie so: `25,000` oder `1.5`, wie oben `numbers: en` sagt.",
            )
        case "":
            return Text(
                en="Write it so: `25_000` or `1.5`, or say `numbers: de` at the top for `25.000,5`.",
                de="Schreiben Sie so: `25_000` oder `1.5`, oder sagen Sie oben `numbers: de` für `25.000,5`.",
            )
        case _:
            assert_never(numbers)


def _readings(text: str) -> list[str]:
    """How a file without `numbers` writes what this may mean: `25.000` as `25_000` and as `25`."""
    number, percent = text.removesuffix("%").strip(), " %" if text.endswith("%") else ""
    read = [_value(number, numbers) for numbers in ("de", "en")]
    figures = [written(value.normalize()) for value in dict.fromkeys(read) if value is not None]
    return [f"{one}{'0' * bool(_COULD_BE_THOUSANDS.fullmatch(one))}{percent}" for one in figures]


def _ambiguous(node: Scalar) -> Finding:
    text = shown(node.text)
    spelled = [f"`{one}`" for one in _readings(node.text.strip()) or ("1_200", "1.5")]
    return Finding(
        code="number-ambiguous",
        places=(node.place,),
        reason=Text(
            en=f"The file does not say whether `{text}` has thousands or decimals behind its point or comma.",
            de=f"Die Datei sagt nicht, ob in `{text}` hinter Punkt oder Komma Tausender oder"
            " Nachkommastellen stehen.",
        ),
        way_out=filled(
            Text(
                en="Write {either}, or say `numbers: de` or `numbers: en` at the top of the file.",
                de="Schreiben Sie {either}, oder sagen Sie oben in der Datei `numbers: de` oder"
                " `numbers: en`.",
            ),
            either=Text(en=" or ".join(spelled), de=" oder ".join(spelled)),
        ),
    )


def _too_many_decimals(node: Node, decimals: int, type_: DecimalType) -> Finding:
    return Finding(
        code="too-many-decimals",
        places=(node.place,),
        reason=Text(
            en=f"This figure has {decimals} decimals; {type_.places} are kept"
            " (a percent has two more as a fraction).",
            de=f"Diese Angabe hat {decimals} Nachkommastellen; geführt werden {type_.places}"
            " (ein Prozentsatz hat als Bruch zwei mehr).",
        ),
        way_out=Text(en="Round it in the programme.", de="Runden Sie sie im Programm."),
    )


def _too_large(node: Node, type_: DecimalType) -> Finding:
    digits = type_.digits - type_.places
    return Finding(
        code="number-too-large",
        places=(node.place,),
        reason=Text(
            en=f"This figure has more than {digits} digits before the point.",
            de=f"Diese Angabe hat mehr als {digits} Stellen vor dem Komma.",
        ),
        way_out=Text(en="Look for a digit too many.", de="Suchen Sie nach einer Ziffer zu viel."),
    )

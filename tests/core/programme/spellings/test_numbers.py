"""Numbers as people write them."""

from decimal import Decimal

import pytest

from staffel.core.findings import Place
from staffel.core.programme.spellings.desk import Desk, Refused
from staffel.core.programme.spellings.numbers import Figure, read_figure, read_percent, read_whole, written
from staffel.core.programme.text import Scalar

PLACE = Place(file="heron.yaml", line=1, column=1)


class Info:
    """What Pydantic hands to a reader, as far as a reader of numbers asks."""

    def __init__(self, numbers: str) -> None:
        self.context = Desk(numbers=numbers)  # type: ignore[arg-type]


def figure(text: str, numbers: str = "") -> Figure:
    return read_figure(Scalar(text=text, place=PLACE), Info(numbers))  # type: ignore[arg-type]


def refusal(text: str, numbers: str = "") -> str:
    with pytest.raises(Refused) as refused:
        figure(text, numbers)
    return refused.value.finding.code


@pytest.mark.parametrize(
    ("text", "numbers", "value"),
    [
        ("0", "", "0"),
        ("25_000", "", "25000"),
        ("1_200.500", "", "1200.5"),  # the underscore shows that the point is none of thousands
        ("1.5", "", "1.5"),
        ("0.125", "", "0.125"),  # thousands never begin with 0
        ("1.2000", "", "1.2"),
        ("12345.678", "", "12345.678"),  # nor have they five digits before the first point
        ("-3", "", "-3"),
        ("1.200", "de", "1200"),
        ("25.000,5", "de", "25000.5"),
        ("25000,5", "de", "25000.5"),
        ("25_000", "de", "25000"),
        ("25,000.5", "en", "25000.5"),
        ("1.200", "en", "1.2"),
        ("999999999999999999.9999", "", "999999999999999999.9999"),
    ],
)
def test_reads_exactly(text: str, numbers: str, value: str) -> None:
    assert figure(text, numbers) == Figure(value=Decimal(value), is_share=False, place=PLACE)


@pytest.mark.parametrize(
    ("text", "value"),
    [("2 %", "0.02"), ("2%", "0.02"), ("3.5\u00a0%", "0.035"), ("100 %", "1"), ("0.0001 %", "0.000001")],
)
def test_reads_percents_as_fractions(text: str, value: str) -> None:
    read = figure(text)
    assert (read.value, read.is_share) == (Decimal(value), True)


@pytest.mark.parametrize(
    ("text", "numbers", "code"),
    [
        ("1.200", "", "number-ambiguous"),
        ("12.345 %", "", "number-ambiguous"),
        ("1,5", "", "number-ambiguous"),
        ("1,200", "", "number-ambiguous"),
        ("1.200.000", "", "number-ambiguous"),
        ("1.200,50", "", "number-ambiguous"),
        ("25_00", "", "value-not-of-type"),
        ("1.5", "de", "value-not-of-type"),
        ("1,5", "en", "value-not-of-type"),
        ("1e400", "", "value-not-of-type"),
        ("NaN", "", "value-not-of-type"),
        ("0x10", "", "value-not-of-type"),
        ("٣", "", "value-not-of-type"),  # an Arabic three
        ("", "", "value-not-of-type"),
        ("%", "", "value-not-of-type"),
        ("1.23456", "", "too-many-decimals"),
        ("0.00001 %", "", "too-many-decimals"),
        ("1" + "0" * 18, "", "number-too-large"),
        ("9" * 500, "", "number-too-large"),
        ("100_000 %", "", "number-too-large"),
    ],
)
def test_refuses(text: str, numbers: str, code: str) -> None:
    assert refusal(text, numbers) == code


def test_a_rate_is_in_percent() -> None:
    with pytest.raises(Refused):
        read_percent(Scalar(text="0.02", place=PLACE), Info(""))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["1.5", "-1", "2 %"])
def test_a_whole_number_is_whole(text: str) -> None:
    with pytest.raises(Refused):
        read_whole(Scalar(text=text, place=PLACE), Info(""))  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "text"), [("50000.00", "50_000.00"), ("0.1", "0.1"), ("-1234", "-1_234")])
def test_writes_as_a_file_does(value: str, text: str) -> None:
    assert written(Decimal(value)) == text

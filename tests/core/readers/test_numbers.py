"""Figures written by people: exact by the signs said, refused where they could be two things."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.money import MONEY, PIECES
from staffel.core.readers.mapping import Signs
from staffel.core.readers.numbers import (
    fits,
    in_plain_digits,
    number_in_cell,
    read_number,
    simple_figures,
)
from staffel.core.readers.refusals import CellRefused

GERMAN = Signs(decimal=",", thousands=".")
ENGLISH = Signs(decimal=".", thousands=",")
UNSAID = Signs()


def code_of(text: str, signs: Signs) -> str:
    with pytest.raises(CellRefused) as refusal:
        read_number(text, signs)
    return refusal.value.trouble.code


class TestByTheSignsSaid:
    @pytest.mark.parametrize(
        ("text", "figure"),
        [
            ("3", "3"),
            ("1.237", "1237"),
            ("6.150,00", "6150.00"),
            ("199,367", "199.367"),
            ("1.010,5", "1010.5"),
            (",5", "0.5"),
            ("1234,5", "1234.5"),
            ("1 234,50", "1234.50"),
            ("1\u00a0234,50", "1234.50"),  # a no-break space
            ("1\u202f234\u202f567", "1234567"),  # a narrow one
            ("1'234,50", "1234.50"),
            ("1.000.000.000.000.000,1234", "1000000000000000.1234"),
        ],
    )
    def test_german(self, text: str, figure: str) -> None:
        assert read_number(text, GERMAN) == (Decimal(figure), None)

    @pytest.mark.parametrize(
        ("text", "figure"),
        [("2,100.00", "2100.00"), ("41.10", "41.10"), (".5", "0.5"), ("1,225", "1225"), ("31.499", "31.499")],
    )
    def test_english(self, text: str, figure: str) -> None:
        assert read_number(text, ENGLISH) == (Decimal(figure), None)

    @pytest.mark.parametrize("text", ["4.1", "5.95", "1.2345", "12.34,5", "1,2,3", "1.23.456", "5,"])
    def test_what_does_not_fit_them(self, text: str) -> None:
        assert code_of(text, GERMAN) == "number-signs"


class TestMinusAndCurrency:
    @pytest.mark.parametrize(
        "text", ["-6.150,00", "6.150,00-", "(6.150,00)", "- 6.150,00", "−6.150,00", "6.150,00 -", "6.150,00−"]
    )
    def test_every_minus(self, text: str) -> None:
        assert read_number(text, GERMAN) == (Decimal("-6150.00"), None)

    @pytest.mark.parametrize("text", ["5,00 €", "€ 5,00", "€5,00", "EUR 5,00", "5,00 EUR", "+5,00 €"])
    def test_every_currency(self, text: str) -> None:
        assert read_number(text, GERMAN) == (Decimal("5.00"), "EUR")

    @pytest.mark.parametrize(
        "text", ["-5,00 €", "€ -5,00", "5,00- €", "5,00 €-", "(5,00) €", "(€5,00)", "(5,00 €)"]
    )
    def test_both(self, text: str) -> None:
        assert read_number(text, GERMAN) == (Decimal("-5.00"), "EUR")

    @pytest.mark.parametrize(
        "text", ["--5", "-5-", "(-5)", "(5", "5)", "5 Stk", "5 XYZ", "$5 €", "5 %", "5 € €"]
    )
    def test_neither(self, text: str) -> None:
        assert code_of(text, GERMAN) == "number-unreadable"

    @pytest.mark.parametrize("text", ["", "  ", "-", "–", "NA", "N/A", "k.A."])
    def test_nothing(self, text: str) -> None:
        assert read_number(text, GERMAN) == (None, None)


class TestWithoutSigns:
    @pytest.mark.parametrize("text", ["1,234", "1.234", "12,345", "999.000", "-1,234", "1,234 €"])
    def test_what_could_be_thousands_is_refused(self, text: str) -> None:
        assert code_of(text, UNSAID) == "number-ambiguous"

    @pytest.mark.parametrize(
        ("text", "figure"),
        [
            ("0,123", "0.123"),  # no thousands begin with nought
            ("1234,567", "1234.567"),  # four digits are no group
            ("5,95", "5.95"),
            ("5.95", "5.95"),
            ("96.560,00", "96560.00"),
            ("1,225.00", "1225.00"),
            ("1.225.000", "1225000"),
            ("1 234,567", "1234.567"),  # the blank parts the thousands
            ("1237", "1237"),
        ],
    )
    def test_what_can_be_read_in_one_way_is(self, text: str, figure: str) -> None:
        assert read_number(text, UNSAID) == (Decimal(figure), None)


class TestWhatIsNoFigure:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("1e400", "number-exponent"),
            ("4,04999E+12", "number-exponent"),
            ("NaN", "number-unreadable"),
            ("Infinity", "number-unreadable"),
            ("-inf", "number-unreadable"),
            ("½", "number-unreadable"),
            ("٣", "number-unreadable"),  # an Arabic digit
            ("0x1F", "number-unreadable"),
            ("1_000", "number-unreadable"),  # which Python's Decimal would take
            ("9" * 80, "number-too-large"),
            ("a" * 1_000_000, "number-unreadable"),
        ],
    )
    def test_is_refused(self, text: str, code: str) -> None:
        assert code_of(text, GERMAN) == code

    def test_a_name_is_not_quoted(self) -> None:
        with pytest.raises(CellRefused) as refusal:
            read_number("Ute Brandt", GERMAN)
        assert dict(refusal.value.trouble.quotes) == {"value": "Ute …"}


def outcome(text: str, signs: Signs) -> Decimal | str | None:
    """The figure of a text, or why it was refused."""
    try:
        return read_number(text, signs)[0]
    except CellRefused as refusal:
        return refusal.trouble.code


def written(figure: Decimal, signs: Signs) -> str:
    """A figure with its thousands grouped, in a locale."""
    english = f"{figure:,f}"
    return english.translate({ord(","): signs.thousands, ord("."): signs.decimal})


FIGURES = st.decimals(min_value=-(10**15), max_value=10**15, places=4)


class TestLocales:
    @given(FIGURES, st.sampled_from([GERMAN, ENGLISH]))
    def test_what_is_written_reads_back_exactly(self, figure: Decimal, signs: Signs) -> None:
        assert read_number(written(figure, signs), signs) == (figure, None)

    @given(FIGURES, st.sampled_from([GERMAN, ENGLISH]))
    def test_the_quick_way_reads_the_same(self, figure: Decimal, signs: Signs) -> None:
        text, pattern = written(figure, signs), simple_figures(signs)
        assert pattern is not None
        if pattern.fullmatch(text):
            assert in_plain_digits(text, signs) == figure
            assert fits(figure, PIECES) == (figure, False)

    @given(FIGURES, st.sampled_from([GERMAN, ENGLISH]))
    def test_unsaid_signs_read_the_same_or_refuse(self, figure: Decimal, signs: Signs) -> None:
        text = written(figure, signs)
        assert outcome(text, UNSAID) in (figure, "number-ambiguous")

    @given(st.text(max_size=80), st.sampled_from([GERMAN, ENGLISH, UNSAID]))
    def test_any_text_is_read_or_refused(self, text: str, signs: Signs) -> None:
        found = outcome(text, signs)
        assert found is None or isinstance(found, str) or found.is_finite()


def grouped(whole: str, sign: str) -> str:
    """Digits in groups of three."""
    return f"{int(whole):,}".replace(",", sign)


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, Signs, Decimal, str | None]:
    """A figure written in any of the ways that people have, by the signs said."""
    signs = draw(st.sampled_from([GERMAN, ENGLISH, Signs(decimal=","), Signs(decimal=".")]))
    figure = draw(st.decimals(min_value=0, max_value=10**15, places=draw(st.integers(0, 4))))
    other = {",": ".", ".": ","}[str(signs.decimal)]
    group = draw(st.sampled_from(["", other, " ", "\u00a0", "\u202f", "\u2009", "'", "’"]))
    whole, _, fraction = f"{figure:f}".partition(".")
    text = grouped(whole, group) + (f"{signs.decimal}{fraction}" if fraction else "")
    mark, code = draw(
        st.sampled_from([("", None), ("€", "EUR"), ("EUR", "EUR"), ("$", "USD"), ("chf", "CHF")])
    )
    before = draw(st.booleans())
    text = (f"{mark} {text}" if before else f"{text} {mark}").strip()
    minus = draw(st.sampled_from(["", "+{}", "-{}", "- {}", "−{}", "{}-", "{} -", "({})"]))
    is_below = minus not in ("", "+{}")
    return (minus or "{}").format(text), signs, -figure if is_below else figure, code


class TestEverySpelling:
    @given(spelled())
    def test_reads_back(self, written_as: tuple[str, Signs, Decimal, str | None]) -> None:
        text, signs, figure, code = written_as
        assert read_number(text, signs) == (figure, code)

    @given(spelled(), st.sampled_from(["", " ", "\u00a0", "\t"]))
    def test_blanks_around_it_are_nothing(
        self, written_as: tuple[str, Signs, Decimal, str | None], blank: str
    ) -> None:
        text, signs, figure, code = written_as
        assert read_number(f"{blank}{text}{blank}", signs) == (figure, code)

    @given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 4))
    def test_a_cell_of_up_to_fifteen_digits(self, digits: int, places: int) -> None:
        """A workbook holds doubles; what was typed comes back."""
        figure = Decimal(digits).scaleb(-places)
        assert number_in_cell(float(figure)) == figure


class TestTypes:
    @pytest.mark.parametrize(
        ("figure", "kept", "is_rounded"),
        [
            ("1.2345", "1.2345", False),
            ("1.23455", "1.2346", True),  # half up
            ("-1.23455", "-1.2346", True),  # away from nought
            ("1.23450", "1.2345", False),  # a nought is no decimal
        ],
    )
    def test_four_decimals(self, figure: str, kept: str, is_rounded: bool) -> None:
        assert fits(Decimal(figure), MONEY) == (Decimal(kept), is_rounded)

    @pytest.mark.parametrize(
        ("figure", "type_"), [("1e12", PIECES), ("-1e12", PIECES), ("1e18", MONEY), ("1e400", MONEY)]
    )
    def test_too_large(self, figure: str, type_: object) -> None:
        with pytest.raises(CellRefused, match="number-too-large"):
            fits(Decimal(figure), type_)  # type: ignore[arg-type]

    def test_the_largest(self) -> None:
        assert fits(Decimal("999999999999.9999"), PIECES) == (Decimal("999999999999.9999"), False)


class TestSpreadsheetCells:
    @pytest.mark.parametrize(
        ("cell", "figure"),
        [
            (3.0, "3"),
            (199.3325, "199.3325"),
            (0.1 + 0.2, "0.3"),  # a formula's noise
            (4049992001011.0, "4049992001011"),
            (9007199254740991.0, "9007199254740991"),
            (1234567890123.45, "1234567890123.45"),  # 15 digits as typed
            (-0.5, "-0.5"),
            (7, "7"),
        ],
    )
    def test_what_the_sheet_shows(self, cell: float, figure: str) -> None:
        assert number_in_cell(cell) == Decimal(figure)

    @pytest.mark.parametrize(
        "cell", [123456789012345.67, 0.01 + 10**13, 2.0**53 + 2.0, 1.2345678901234567e20]
    )
    def test_what_a_cell_cannot_hold(self, cell: float) -> None:
        with pytest.raises(CellRefused, match="number-imprecise"):
            number_in_cell(cell)

    @pytest.mark.parametrize("cell", [float("nan"), float("inf")])
    def test_what_is_no_number(self, cell: float) -> None:
        with pytest.raises(CellRefused, match="number-unreadable"):
            number_in_cell(cell)

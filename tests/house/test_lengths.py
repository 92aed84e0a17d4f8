"""Short functions, short files, short lines. The limits go down, never up: that is the ratchet."""

from statistics import median, quantiles

from tests.house.repository import Measured, below, functions, lengths, listed, text_of

CODE = ("src/", "tests/", "bench/")

HALF_OF_FUNCTIONS = 10
NINE_IN_TEN_FUNCTIONS = 30
EVERY_FUNCTION = 60
NINE_IN_TEN_FILES = 400
EVERY_FILE = 600
COLUMNS = 110
TEST_LINES_TO_ONE_OF_CODE = 0.7  # goes up, never down; the aim is 1.5


def ninth_decile(measured: list[Measured]) -> float:
    """The length that nine in ten keep within."""
    return quantiles([each.lines for each in measured], n=10, method="inclusive")[8]


def longest(measured: list[Measured], above: float) -> list[str]:
    """Those above a limit, the longest first, ten at most."""
    tall = sorted((each for each in measured if each.lines > above), key=lambda each: -each.lines)
    return [f"{each.where}: {each.lines} lines" for each in tall[:10]]


class TestFunctions:
    def test_half_are_short(self) -> None:
        found = list(functions(*CODE))
        middle = median(each.lines for each in found)
        rule = f"Half of the functions stay within {HALF_OF_FUNCTIONS} lines; the middle one has {middle}."
        assert middle <= HALF_OF_FUNCTIONS, listed(rule + " Give each idea a function with a name:", [])

    def test_nine_in_ten_fit_a_glance(self) -> None:
        found = list(functions(*CODE))
        rule = (
            f"Nine in ten functions stay within {NINE_IN_TEN_FUNCTIONS} lines. Cut the longest at its steps:"
        )
        assert ninth_decile(found) <= NINE_IN_TEN_FUNCTIONS, listed(
            rule, longest(found, NINE_IN_TEN_FUNCTIONS)
        )

    def test_none_is_long(self) -> None:
        tall = longest(list(functions(*CODE)), EVERY_FUNCTION)
        assert not tall, listed(f"No function passes {EVERY_FUNCTION} lines. Cut these at their steps:", tall)


class TestFiles:
    def test_nine_in_ten_hold_one_concept(self) -> None:
        found = list(lengths(*CODE))
        rule = f"Nine in ten files stay within {NINE_IN_TEN_FILES} lines: one module, one concept. Longest:"
        assert ninth_decile(found) <= NINE_IN_TEN_FILES, listed(rule, longest(found, NINE_IN_TEN_FILES))

    def test_none_is_long(self) -> None:
        tall = longest(list(lengths(*CODE)), EVERY_FILE)
        assert not tall, listed(f"No file passes {EVERY_FILE} lines. These hold more than one concept:", tall)

    def test_lines_fit_the_page(self) -> None:
        wide = [
            f"{name}:{number}: {len(line)} columns"
            for name in below(*CODE, suffix=".py")
            for number, line in enumerate(text_of(name).splitlines(), start=1)
            if len(line) > COLUMNS
        ]
        assert not wide, listed(f"Lines stay within {COLUMNS} columns:", wide)


def test_code_has_its_tests() -> None:
    code = sum(each.lines for each in lengths("src/"))
    tests = sum(each.lines for each in lengths("tests/"))
    rule = f"{TEST_LINES_TO_ONE_OF_CODE} lines of test to one of code at least; here are {tests} to {code}."
    assert tests >= code * TEST_LINES_TO_ONE_OF_CODE, rule

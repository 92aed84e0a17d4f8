"""Findings as values: what is said, where, in which order, and whether it refuses."""

from itertools import permutations

import pytest

from staffel.core.findings import NOWHERE, Finding, Place, Text, in_order, refuses

REASON = Text(en="The steps do not rise.", de="Die Stufen steigen nicht.")
WAY_OUT = Text(en="Put them in order.", de="Ordnen Sie sie.")


def found(code: str = "steps-not-rising", *places: Place, **values: object) -> Finding:
    """A finding at these places."""
    return Finding(code=code, reason=REASON, way_out=WAY_OUT, places=places, **values)


def at(line: int, column: int = 1, file: str = "a.yaml") -> Place:
    return Place(file=file, line=line, column=column)


class TestText:
    @pytest.mark.parametrize(
        ("language", "said"), [("en", "The steps do not rise."), ("de", "Die Stufen steigen nicht.")]
    )
    def test_says_a_whole_sentence(self, language: str, said: str) -> None:
        assert REASON.say(language) == said  # type: ignore[arg-type]


class TestPlace:
    @pytest.mark.parametrize(
        ("place", "text"),
        [
            (Place(file="a.yaml", line=41, column=47), "a.yaml:41:47"),
            (Place(file="a.csv", line=7), "a.csv:7"),
            (Place(file="a.yaml"), "a.yaml"),  # the file as a whole
            (NOWHERE, ""),
        ],
    )
    def test_reads_as_an_editor_jumps(self, place: Place, text: str) -> None:
        assert str(place) == text

    def test_the_way_of_the_key_is_no_part_of_it(self) -> None:
        assert Place(file="a.yaml", line=1, path="scale.steps") == Place(file="a.yaml", line=1)

    def test_lines_count_as_numbers(self) -> None:
        assert sorted([at(10), at(9), at(9, 2), at(1, file="b.yaml")]) == [
            at(9),
            at(9, 2),
            at(10),
            at(1, file="b.yaml"),
        ]


class TestSaying:
    @pytest.mark.parametrize(
        ("places", "language", "line"),
        [
            ((), "en", "The steps do not rise. Put them in order. [steps-not-rising]"),
            (
                (at(41, 47), at(2)),
                "en",
                "a.yaml:41:47: The steps do not rise. Put them in order. [steps-not-rising]",
            ),
            (
                (at(41, 47),),
                "de",
                "a.yaml:41:47: Die Stufen steigen nicht. Ordnen Sie sie. [steps-not-rising]",
            ),
        ],
    )
    def test_place_reason_way_out_code(self, places: tuple[Place, ...], language: str, line: str) -> None:
        assert found("steps-not-rising", *places).say(language) == line  # type: ignore[arg-type]

    def test_english_unless_asked(self) -> None:
        assert found().say() == found().say("en")


class TestOrder:
    def test_the_order_of_discovery_is_nothing(self) -> None:
        """By the first place, then the next ones, then the code; what has no place comes first."""
        wanted = (
            found("z"),
            found("b", at(1)),
            found("a", at(1), at(9)),
            found("a", at(2)),
            found("b", at(2)),
            found("a", at(10)),
        )
        for shuffled in permutations(wanted):
            assert in_order(list(shuffled)) == wanted

    def test_two_of_one_place_and_code_stand_by_their_words(self) -> None:
        other = Finding(code="a", reason=Text(en="A.", de="Z."), way_out=WAY_OUT)
        assert in_order([found("a"), other]) == (other, found("a"))


class TestRefusing:
    @pytest.mark.parametrize(
        ("severities", "refused"),
        [
            ((), False),
            (("note",), False),
            (("warning", "note"), False),
            (("warning", "error"), True),
            (("error",), True),
        ],
    )
    def test_one_error_is_enough(self, severities: tuple[str, ...], refused: bool) -> None:
        assert refuses(tuple(found(severity=one) for one in severities)) is refused

    def test_an_error_unless_said(self) -> None:
        assert refuses((found(),))

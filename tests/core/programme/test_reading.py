"""The door: what stands in a file comes back as a programme or as findings, never as a trace."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.core.findings import Finding, refuses
from staffel.core.programme import read_programme
from tests.conftest import ROOT
from tests.core.programme.edits import edited
from tests.core.programme.heron import TOP, found, with_incentive

ERRORS = sorted((ROOT / "examples" / "errors").glob("*.yaml"))
EXAMPLES = sorted([*(ROOT / "examples" / "programmes").glob("*.yaml"), *(ROOT / "bench").rglob("*.yaml")])
EXPECTED = re.compile(r"# (?P<code>[a-z0-9-]+) at (?P<place>\d+:\d+)(?: \((?P<severity>\w+)\))?")


def told(finding: Finding) -> tuple[str, str, str]:
    place = finding.places[0]
    return finding.code, f"{place.line}:{place.column}", finding.severity


class TestGallery:
    """`examples/errors`: each file says at its top what is found in it, and where."""

    @pytest.mark.parametrize("path", ERRORS, ids=lambda path: path.stem)
    def test_provokes_what_it_says(self, path: Path) -> None:
        lines = [EXPECTED.fullmatch(line) for line in path.read_text("utf-8").splitlines()]
        expected = [(line["code"], line["place"], line["severity"] or "error") for line in lines if line]
        reading = read_programme(path, file=path.name)
        assert [told(finding) for finding in reading.findings] == expected
        assert expected, "the file says at its top what is found in it"
        assert (reading.programme is None) == refuses(reading.findings)

    @pytest.mark.parametrize("path", ERRORS, ids=lambda path: path.stem)
    def test_is_named_by_its_code(self, path: Path) -> None:
        for finding in read_programme(path, file=path.name).findings:
            assert path.stem.startswith(finding.code)

    @pytest.mark.parametrize("path", ERRORS, ids=lambda path: path.stem)
    def test_is_said_whole_in_both_languages(self, path: Path) -> None:
        for finding in read_programme(path, file=path.name).findings:
            for text in (finding.reason, finding.way_out):
                assert text.en != text.de
                assert all(said.strip()[-1] in ".?…" for said in (text.en, text.de)), (text.en, text.de)
            assert finding.say("en").startswith(f"{path.name}:")

    def test_holds_every_code_of_the_room(self) -> None:
        source = ROOT / "src" / "staffel" / "core" / "programme"
        texts = [path.read_text("utf-8") for path in source.rglob("*.py")]
        codes = {code for text in texts for code in re.findall(r'code="([a-z0-9-]+)"', text)}
        shown = {path.stem for path in ERRORS}
        assert sorted(codes - shown - {"file-unreadable", "window-gap", "window-overlap"}) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_have_nothing_to_find(path: Path) -> None:
    reading = read_programme(path, file=path.name)
    assert [finding.say() for finding in reading.findings if finding.severity != "note"] == []
    assert reading.programme is not None


def test_reads_a_text_as_it_reads_a_file() -> None:
    path = EXAMPLES[0]
    assert read_programme(path, file="x") == read_programme(path.read_text("utf-8"), file="x")


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    reading = read_programme(tmp_path / "none.yaml", file="none.yaml")
    assert [finding.code for finding in reading.findings] == ["file-unreadable"]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (TOP.encode("utf-8-sig"), []),
        ("title: Prämie".encode("latin-1"), ["yaml-broken"]),
        (b"\xff\xfe", ["yaml-broken"]),
    ],
)
def test_encodings(tmp_path: Path, content: bytes, codes: list[str]) -> None:
    path = tmp_path / "heron.yaml"
    path.write_bytes(content)
    assert [finding.code for finding in read_programme(path, file="heron.yaml").findings] == codes


class TestAccept:
    """`accept: [code]` at a place silences warnings there and below, to notes."""

    LINES = ("base: revenue", "per: quarter", "rate: 200 %")

    def test_without_it_is_a_warning(self) -> None:
        assert found(with_incentive(*self.LINES)) == ["rate-above-100"]

    @pytest.mark.parametrize("codes", ["rate-above-100", "[cases-open, rate-above-100]"])
    def test_with_it_is_a_note(self, codes: str) -> None:
        text = with_incentive(*self.LINES, f"accept: {codes}")
        findings = read_programme(text, file="x").findings
        assert found(text) == []
        assert "rate-above-100" in [one.code for one in findings if one.severity == "note"]

    def test_another_code_silences_nothing(self) -> None:
        assert found(with_incentive(*self.LINES, "accept: cases-open")) == ["rate-above-100"]

    def test_an_error_stays_one(self) -> None:
        text = with_incentive("base: revenu", "per: quarter", "rate: 2 %", "accept: name-unknown")
        assert "name-unknown" in found(text)


class TestAnything:
    """Whatever stands in a file: a programme or findings in both languages, within a moment."""

    def sound(self, text: str) -> None:
        reading = read_programme(text, file="x.yaml")
        assert (reading.programme is None) == refuses(reading.findings)
        lines = len(text.split("\n"))
        for finding in reading.findings:
            assert finding.places
            assert all(place.file == "x.yaml" and place.line <= lines for place in finding.places)
            assert finding.reason.en != finding.reason.de
            assert finding.say("en")
            assert finding.say("de")

    @given(data=st.data(), path=st.sampled_from(EXAMPLES))
    @settings(max_examples=200, deadline=None)
    def test_an_example_that_somebody_edited(self, data: st.DataObject, path: Path) -> None:
        self.sound(edited(data, path.read_text("utf-8")))

    @given(
        seed=st.integers(0, 2**32),
        path=st.sampled_from(EXAMPLES),
        piece=st.sampled_from(
            ["", "{", "]", ": ", "&a ", "- ", "\t", "%", "е", "1.200", "null", "by: level"]
        ),
    )
    @settings(max_examples=120)
    def test_a_torn_example(self, seed: int, path: Path, piece: str) -> None:
        chance = random.Random(seed)
        text = path.read_text("utf-8")
        start = chance.randrange(len(text))
        self.sound(text[:start] + piece + text[start + chance.randrange(12) :])

    VALUES = st.recursive(
        st.sampled_from(
            ["revenue", "10 %", "-5", "quarter", "2026-01-01", "level", "none", '""', "1e9", "gold"]
        ),
        lambda below: st.one_of(
            st.lists(below, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
            st.dictionaries(
                st.sampled_from(
                    ["by", "measure", "any", "from", "to", "at_least", "sum", "of", "when", "else"]
                ),
                below,
                max_size=3,
            ).map(lambda keys: "{" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}"),
        ),
        max_leaves=8,
    )
    KEYS = st.sampled_from(
        "base driver per settle scale rate lump for gate multiply cap payout late earner select".split()
    )

    @given(lines=st.dictionaries(KEYS, VALUES, max_size=6))
    @settings(max_examples=150)
    def test_an_incentive_of_anything(self, lines: dict[str, str]) -> None:
        self.sound(with_incentive(*(f"{key}: {value}" for key, value in lines.items())))

    @given(
        key=st.sampled_from(["levels", "measures", "products", "review", "stacking", "valid"]), value=VALUES
    )
    @settings(max_examples=100)
    def test_a_top_of_anything(self, key: str, value: str) -> None:
        self.sound(f"{TOP}{key}: {value}\n")

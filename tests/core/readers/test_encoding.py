"""Bytes decide how they are letters; what is none is marked for its line."""

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.findings import Place
from staffel.core.readers.encoding import Decoding, decide_encoding, lines_of
from staffel.core.readers.mapping import Encoding
from staffel.core.readers.refusals import ReportRefused

TEXT = "Kunde;Ort\r\nBüro Müller;Köln – Süd\r\n"
HERE = Place(file="test.csv")


def decided(data: bytes, said: Encoding = Encoding.AUTO) -> Decoding:
    return decide_encoding(io.BytesIO(data), said, HERE)


def read_back(data: bytes, said: Encoding = Encoding.AUTO) -> str:
    return "".join(lines_of(io.BytesIO(data), decided(data, said)))


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),  # without a mark
        TEXT.encode("utf-16-be"),
    ],
)
def test_every_encoding_reads_back(data: bytes) -> None:
    assert read_back(data) == TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT.encode("cp1252"), Encoding.CP1252),
        (TEXT.replace("–", "-").encode("latin-1"), Encoding.LATIN_1),
        (TEXT.encode("utf-8-sig"), Encoding.UTF_8),
        (TEXT.encode("utf-16-le"), Encoding.UTF_16),
        (b"Kunde;Ort\n", Encoding.CP1252),  # ASCII is each of them
    ],
)
def test_what_is_said_holds(data: bytes, said: Encoding) -> None:
    assert not decided(data, said).findings
    assert "\udcfc" not in read_back(data, said)


@pytest.mark.parametrize(
    ("data", "said", "codec"),
    [
        (TEXT.encode("utf-8"), Encoding.CP1252, "utf-8"),  # else it would be BÃ¼ro
        (TEXT.encode("utf-8-sig"), Encoding.LATIN_1, "utf-8-sig"),
        (TEXT.encode("utf-16"), Encoding.UTF_8, "utf-16"),
    ],
)
def test_the_bytes_overrule_the_word(data: bytes, said: Encoding, codec: str) -> None:
    decoding = decided(data, said)
    assert [finding.code for finding in decoding.findings] == ["encoding-differs"]
    assert decoding.codec == codec
    assert read_back(data, said) == TEXT


def test_one_broken_line_leaves_the_others_whole() -> None:
    data = "Büro;1\nKöln;2\n".encode() + "Süd;3\n".encode("cp1252")
    assert read_back(data) == "Büro;1\nKöln;2\nS\udcfcd;3\n"


def test_said_utf_8_marks_what_is_not() -> None:
    assert read_back(TEXT.encode("cp1252"), Encoding.UTF_8).startswith("Kunde;Ort\r\nB\udcfcro")


@pytest.mark.parametrize(
    ("data", "is_ended"),
    [(b"a\n", True), (b"a\r\n", True), (b"a\r", True), (b"a", False), ("a\n".encode("utf-16"), True)],
)
def test_whether_the_last_line_is_ended(data: bytes, is_ended: bool) -> None:
    assert decided(data).ends_with_line_end is is_ended


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(ReportRefused, match="line-without-end"):
        decided(b"x" * (66 << 20))


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(data: bytes) -> None:
    for said in (Encoding.AUTO, Encoding.UTF_8, Encoding.CP1252):
        assert isinstance(read_back(data, said), str)


@given(st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=200))
def test_what_was_written_in_utf_8_is_read_so(text: str) -> None:
    assert read_back(("ü" + text).encode()) == "ü" + text

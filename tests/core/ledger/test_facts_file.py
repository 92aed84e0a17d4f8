"""A file of facts is CSV in UTF-8; whatever else comes is told what it is."""

from pathlib import Path

import pytest

from staffel.core.ledger import FactsRefused, read_facts_file


def refusal_of(path: Path, content: bytes) -> list[str]:
    """The codes and places of what is wrong with a file of this content."""
    path.write_bytes(content)
    with pytest.raises(FactsRefused) as refusal:
        read_facts_file(path)
    assert {each.places[0].file for each in refusal.value.findings} == {str(path)}
    return [
        f"{each.places[0]} {each.code}".removeprefix(f"{path.parent}/") for each in refusal.value.findings
    ]


@pytest.mark.parametrize("text", ["base;quote\nEUR;CHF\n\n", "\ufeffbase,quote\r\nEUR,CHF\r\n"])
def test_rows_come_with_their_lines(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_bytes(text.encode())
    assert read_facts_file(path) == [{"base": "EUR", "quote": "CHF", "row": 2}]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", ["rates.csv file-empty"]),
        (b"\n  \n", ["rates.csv file-empty"]),
        (b"base,quote\n", ["rates.csv rows-missing"]),
        (b"a,b\n1,2\n1\n1,2,3\n", ["rates.csv:3 row-ragged", "rates.csv:4 row-ragged"]),
        (b"%PDF-1.7\n%\xe2\xe3", ["rates.csv file-no-csv"]),
        (b"PK\x03\x04\x14\0", ["rates.csv file-no-csv"]),
        (b"\xd0\xcf\x11\xe0\xa1", ["rates.csv file-no-csv"]),
        (b"a,b\n\0\0,1\n", ["rates.csv file-no-csv"]),
        (b"a,b\n\xff,1\n", ["rates.csv file-unreadable"]),
        (b'a,b\n"' + b"x" * 200_000, ["rates.csv file-unreadable"]),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, content: bytes, found: list[str]) -> None:
    assert refusal_of(tmp_path / "rates.csv", content) == found


def test_says_what_the_file_is(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(FactsRefused) as refusal:
        read_facts_file(path)
    (finding,) = refusal.value.findings
    assert finding.reason.en == "The file is a PDF document; facts are loaded from CSV files."
    assert finding.reason.de == "Die Datei ist ein PDF-Dokument; geladen werden CSV-Dateien."

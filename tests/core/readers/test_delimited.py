"""Records of delimited text: quotes as in RFC 4180, and nothing lost where they are broken."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.readers.delimited import DELIMITERS, Record, guess_delimiter, records_of


def records(text: str, delimiter: str = ";") -> list[Record]:
    return list(records_of(io.StringIO(text, newline=""), delimiter))


def cells(text: str) -> list[list[str]]:
    return [list(map(str, record.cells)) for record in records(text)]


class TestWellFormed:
    def test_quotes(self) -> None:
        text = 'a;"b;c";"d ""e"""\r\n1;"2\r\n3";4\r\n'
        assert cells(text) == [["a", "b;c", 'd "e"'], ["1", "2\r\n3", "4"]]

    def test_lines_count_where_a_record_begins(self) -> None:
        text = 'a;b\n"1\n2\n3";4\n\n5;6\n'
        assert [record.line for record in records(text)] == [1, 2, 5, 6]

    def test_an_inch_is_no_quote(self) -> None:
        assert cells('a;b;c\nMonitor 27";1;2\n') == [["a", "b", "c"], ['Monitor 27"', "1", "2"]]

    def test_without_line_end(self) -> None:
        assert cells("a;b\n1;2") == [["a", "b"], ["1", "2"]]

    def test_old_line_ends(self) -> None:
        assert cells("a;b\r1;2\r") == [["a", "b"], ["1", "2"]]

    def test_empty(self) -> None:
        assert records("") == []


class TestBroken:
    def test_an_open_quote_takes_its_own_line_only(self) -> None:
        text = 'a;b;c\n"1;2;3\n4;5;6\n7;8;9\n'
        found = records(text)
        assert [record.line for record in found] == [1, 2, 3, 4]
        assert [record.broken for record in found] == ["", "quote-open", "", ""]
        assert found[1].cells == ['"1', "2", "3"]

    def test_an_open_quote_that_the_next_line_closes(self) -> None:
        text = 'a;b;c\n"1;2;3\n4;"5";6\n7;8;9\n'
        assert [record.broken for record in records(text)] == ["", "quote-open", "", ""]

    def test_two_lines_that_look_like_one(self) -> None:
        # Together they have three cells; but whole lines lie within the first.
        text = 'a;b;c\n"1;2;3\n4;5;6\n7";8;9\n'
        assert [record.broken for record in records(text)] == ["", "quote-open", "", ""]

    def test_an_endless_cell(self) -> None:
        text = f"a;b\n{'x' * 1_000_000};1\n2;3\n"
        assert [record.broken for record in records(text)] == ["", "line-too-long", ""]

    def test_an_open_quote_before_many_lines(self) -> None:
        text = 'a;b\n"1;2\n' + "3;4\n" * 2_000
        found = records(text)
        assert len(found) == 2_002
        assert [record.line for record in found if record.broken] == [2]


TABLES = st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=4), min_size=1, max_size=8)


class TestNothingIsLost:
    @given(st.text(st.sampled_from('a1;"\n\r,'), max_size=200))
    def test_every_line_belongs_to_one_record(self, text: str) -> None:
        """Lines of records rise without gaps: together they are all lines of the file."""
        found = records(text)
        lines = len(list(io.StringIO(text, newline="")))
        starts = [record.line for record in found]
        assert starts == sorted(set(starts))
        assert starts[:1] == ([1] if lines else [])
        assert not lines or starts[-1] <= lines

    @given(st.text(st.sampled_from('a1;"\n'), max_size=200))
    def test_every_letter_is_in_a_cell(self, text: str) -> None:
        read = "".join(str(cell) for record in records(text) for cell in record.cells)
        assert sorted(filter(str.isalnum, read)) == sorted(filter(str.isalnum, text))

    @given(TABLES, st.sampled_from(DELIMITERS))
    def test_what_was_written_reads_back(self, table: list[list[str]], delimiter: str) -> None:
        width = max(map(len, table))
        even = [row + [""] * (width - len(row)) for row in table]
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(even)
        found = records(stream.getvalue(), delimiter)
        if not any(record.broken for record in found):
            assert [list(record.cells) for record in found] == even


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["a;b;c", "1,5;2,5;3", "4;5,25;6"], ";"),
        (["a,b,c", '"1,5",2,3'], ","),
        (["a\tb", "1,5\t2"], "\t"),
        (["a|b|c", "1|2|3"], "|"),
        (["Titel, mit Komma", "a;b;c", "1;2;3", "1;2;3"], ";"),
    ],
)
def test_delimiters_are_guessed(lines: list[str], delimiter: str) -> None:
    assert guess_delimiter(lines) == delimiter

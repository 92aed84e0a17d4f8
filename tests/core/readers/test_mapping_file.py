"""Mapping files: what they say, and everything that is wrong with them at once, with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.core.readers.mapping import (
    Column,
    CurrencyFrom,
    CurrencySource,
    DateOrder,
    Encoding,
    Fact,
    FactFrom,
    FactSource,
    Format,
    Keys,
    ReportKind,
    ReturnMark,
    SheetChoice,
    ShortLines,
    Signs,
)
from staffel.core.readers.mapping_file import load_mapping, parse_mapping
from staffel.core.readers.refusals import MappingRefused

WHOLE = """
mapping: rhein
format: csv
encoding: cp1252
delimiter: ";"
sheet: {matches: "^Juli"}
header: [3, 4]
decimal: ","
thousands: "."
dates: dmy
short_lines: fill
columns:
  invoice_no: Beleg / Nummer
  quantity: 7
returns: {column: Art, values: [RD, GU], sales: POS}
currency: {column: Währung}
keys: {partner: name, product: [ean, vendor_number]}
totals_words: [totaal]
report:
  number: {title: "Meldung (\\\\d+)"}
  vendor: {fixed: aurora-networks}
"""
LEAST = "columns: {quantity: Menge}"


def refused(text: str) -> list[tuple[int, str]]:
    with pytest.raises(MappingRefused) as refusal:
        parse_mapping(text, "test.yaml")
    return [(finding.places[0].line, finding.code) for finding in refusal.value.findings]


class TestWhatItSays:
    def test_whole(self) -> None:
        mapping = parse_mapping(WHOLE, "test.yaml")
        assert (mapping.name, mapping.format, mapping.encoding) == ("rhein", Format.CSV, Encoding.CP1252)
        assert (mapping.delimiter, mapping.header, mapping.dates) == (";", (3, 4), DateOrder.DMY)
        assert mapping.sheet == SheetChoice(pattern="^Juli")
        assert mapping.signs == Signs(decimal=",", thousands=".")
        assert mapping.columns == {Column.INVOICE_NO: "Beleg / Nummer", Column.QUANTITY: "7"}
        assert mapping.return_mark == ReturnMark(
            column="Art", returns=frozenset({"RD", "GU"}), sales=frozenset({"POS"})
        )
        assert mapping.currency == CurrencySource(found_in=CurrencyFrom.COLUMN, value="Währung")
        assert mapping.keys == Keys(
            partner=(Column.PARTNER_NAME,), product=(Column.PRODUCT_EAN, Column.PRODUCT_VENDOR_NUMBER)
        )
        assert mapping.facts == {
            Fact.NUMBER: FactSource(found_in=FactFrom.TITLE, value="Meldung (\\d+)"),
            Fact.VENDOR: FactSource(found_in=FactFrom.FIXED, value="aurora-networks"),
        }
        assert (mapping.totals_words, mapping.short_lines) == (("totaal",), ShortLines.FILL)

    def test_least(self) -> None:
        mapping = parse_mapping(LEAST, "rhein.mapping.yaml")
        assert (mapping.name, mapping.header, mapping.delimiter) == ("rhein", None, None)
        assert (mapping.signs, mapping.dates) == (Signs(), DateOrder.AUTO)
        assert mapping.currency.found_in is CurrencyFrom.TOLD

    @pytest.mark.parametrize(
        ("said", "header"), [("none", ()), ("auto", None), ("1", (1,)), ("[3, 4, 5]", (3, 4, 5))]
    )
    def test_header_rows(self, said: str, header: tuple[int, ...] | None) -> None:
        assert parse_mapping(f"header: {said}\n{LEAST}", "t").header == header

    @pytest.mark.parametrize(
        ("said", "delimiter"), [("tab", "\t"), ('"\\t"', "\t"), ("auto", None), ('"|"', "|")]
    )
    def test_delimiters(self, said: str, delimiter: str | None) -> None:
        assert parse_mapping(f"delimiter: {said}\n{LEAST}", "t").delimiter == delimiter

    def test_thousands_say_the_decimal_sign(self) -> None:
        assert parse_mapping(f'thousands: "."\n{LEAST}', "t").signs == Signs(decimal=",", thousands=".")

    def test_columns_of_a_kind(self) -> None:
        mapping = parse_mapping("columns: {quantity: Menge, warehouse: Lager, net: Netto}", "t")
        assert set(mapping.of_kind(ReportKind.STOCK).columns) == {Column.QUANTITY, Column.WAREHOUSE}
        assert set(mapping.of_kind(ReportKind.SELL_OUT).columns) == {Column.QUANTITY, Column.NET}


class TestWhatIsWrong:
    def test_everything_at_once(self) -> None:
        text = "format: pdf\ndecimel: x\ncolumns:\n  quantity: Menge\n  quantty: Menge\nheader: 0\n"
        assert refused(text) == [
            (1, "mapping-value-wrong"),
            (2, "mapping-word-unknown"),
            (5, "mapping-word-unknown"),
            (6, "mapping-value-wrong"),
        ]

    def test_offers_the_nearest_word(self) -> None:
        with pytest.raises(MappingRefused) as refusal:
            parse_mapping("columns: {quantity: Menge, partner_nummer: Kunde}", "t")
        (finding,) = refusal.value.findings
        assert "partner_number" in finding.reason.en
        assert "partner_number" in finding.reason.de

    @pytest.mark.parametrize(
        "line",
        [
            "encoding: ebcdic",
            "delimiter: x",
            "header: [1, 3]",
            "header: [1, 2, 3, 4]",
            "header: []",
            "decimal: ;",
            "dates: ydm",
            "currency: EUR",
            "currency: {fixed: EURO}",
            "currency: {fixed: EUR, column: Währung}",
            "currency: {}",
            'sheet: {matches: "("}',
            "report: {number: {title: '('}}",
            "report: {number: {}}",
            "keys: {partner: mail}",
            "short_lines: maybe",
            "totals_words: {a: b}",
            "dates: [dmy]",
            "decimal: 5",
        ],
    )
    def test_values(self, line: str) -> None:
        assert refused(f"{line}\n{LEAST}") == [(1, "mapping-value-wrong")]

    @pytest.mark.parametrize(
        ("line", "code", "said"),
        [
            ("returns: {column: Art}", "mapping-word-missing", "values: [GU]"),
            ("dates:", "mapping-value-missing", "dates: dmy"),
            ("currency: EUR", "mapping-value-wrong", "currency: {fixed: EUR}"),
            ("report: {number: {title: '('}}", "mapping-value-wrong", 'title: "Zeitraum (.+)"'),
            ("foo: 1", "mapping-word-strange", "remark_words, short_lines"),
            ("keys: {kunde: number}", "mapping-word-strange", "partner, product"),
            ("decimal: ','\nthousands: ','", "mapping-same-sign", 'thousands: "."'),
        ],
    )
    def test_the_way_out_shows_how_to_write_it(self, line: str, code: str, said: str) -> None:
        with pytest.raises(MappingRefused) as refusal:
            parse_mapping(f"{line}\n{LEAST}", "t")
        (finding,) = refusal.value.findings
        assert finding.code == code
        assert said in finding.way_out.en
        assert said in finding.way_out.de
        assert "…" not in finding.reason.en

    @pytest.mark.parametrize("name", ["2026", "0815", "2026-03"])
    def test_a_sheet_or_a_name_of_digits_is_a_text(self, name: str) -> None:
        mapping = parse_mapping(f"mapping: {name}\nsheet: {name}\n{LEAST}", "t")
        assert (mapping.name, mapping.sheet.name) == (name, name)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("columns: {}", "mapping-no-figures"),
            ("columns:\n  # quantity: HEADING", "mapping-no-figures"),  # as `staffel map` leaves it
            ("columns: {partner_name: Kunde}", "mapping-no-figures"),
            ("format: csv", "mapping-word-missing"),
            ("", "mapping-empty"),
            ("# nothing yet", "mapping-empty"),
            ("- a\n- b", "mapping-no-words"),
            ("Menge;Netto\n1;2\n", "mapping-no-words"),  # the report in place of the mapping
            ("columns:\n\tquantity: Menge", "mapping-tab"),
            ("a\0b: c", "mapping-no-text"),
            ("columns: {quantity: Menge", "mapping-unreadable"),
            ("columns: {quantity: a}\ncolumns: {quantity: b}", "mapping-word-twice"),
            ("columns: !!python/object:os.system {}", "mapping-tag"),
        ],
    )
    def test_files(self, text: str, code: str) -> None:
        assert [found for _, found in refused(text)] == [code]

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(MappingRefused, match="mapping-unreadable"):
            load_mapping(tmp_path / "none.yaml")

    def test_a_file_that_is_no_text(self, tmp_path: Path) -> None:
        path = tmp_path / "mapping.yaml"
        path.write_bytes(b"\xff\xfe\x00")
        with pytest.raises(MappingRefused, match="mapping-no-text"):
            load_mapping(path)

    @given(st.text(max_size=60))
    def test_any_text_is_a_mapping_or_refused(self, text: str) -> None:
        try:
            parse_mapping(text, "t")
        except MappingRefused as refusal:
            assert refusal.findings  # noqa: PT017


def test_every_example_loads(root: Path) -> None:
    paths = sorted((root / "examples" / "reports").glob("*.mapping.yaml"))
    assert len(paths) == 5
    for path in paths:
        assert load_mapping(path).name

"""Reports from bytes to rows: the figures of every example, and what becomes of bad input, row by row."""

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from staffel.core.calendar import Span
from staffel.core.readers import (
    ReadReport,
    ReportKind,
    ReportReader,
    ReportRefused,
    load_mapping,
    read,
)
from staffel.core.readers.delimited import records_of
from tests.core.readers.layouts import (
    COLUMNS,
    GERMAN,
    HEADINGS,
    as_csv,
    as_xlsx,
    codes,
    examples,
    mapping_of,
    notes,
    read_bytes,
    read_rows,
    sale,
)
from tests.core.readers.test_workbook import rewritten

NAMES = (
    "pos-network-vendor.csv",
    "pos-security-vendor.csv",
    "sellout-de-cp1252.csv",
    "sellout-de-three-headers.xlsx",
    "stock-de.ods",
)


def read_example(folder: Path, name: str, kind: str) -> ReadReport:
    mapping = load_mapping(folder / f"{name.rpartition('.')[0]}.mapping.yaml")
    return read(folder / name, mapping=mapping, kind=kind)


def figures_of(report: ReadReport) -> dict[str, object]:
    """A report's figures in the words of EXPECTED.yaml."""
    sums = report.sums
    found: dict[str, object] = {
        "kind": report.kind.value,
        "lines": sums.lines,
        "quantity": sums.quantity,
        "amount": {currency or "?": amount for currency, amount in sums.net.items()},
        "computed_amount": {currency or "?": amount for currency, amount in sums.computed.items()},
        "returns": sums.returns,
    }
    for total in report.control_totals:
        found["control_total"] = {"quantity": total.quantity, "amount": total.net, "agrees": total.agrees}
    return found


def lines_of(path: Path) -> list[bytes]:
    """A file's lines: in a copy nothing but the first has changed."""
    return path.read_bytes().split(b"\n")


def headings_in(line: bytes) -> list[str]:
    """The headings of a CSV."""
    return line.decode("latin-1").rstrip("\r").split(",")


def decimals(node: object) -> object:
    """Expected figures, of which those in quotes are decimals."""
    if isinstance(node, dict):
        return {key: decimals(value) for key, value in node.items()}
    return Decimal(node) if isinstance(node, str) and node.replace(".", "").isdigit() else node


def expected(folder: Path) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = YAML(typ="safe").load(folder / "EXPECTED.yaml")
    return found


class TestExamples:
    @pytest.mark.parametrize("name", NAMES)
    def test_are_read_to_their_figures(self, root: Path, name: str) -> None:
        figures = expected(examples(root))[name]
        report = read_example(examples(root), name, str(figures["kind"]))
        assert figures_of(report) == decimals(figures)
        assert not report.refused

    @pytest.mark.parametrize("name", NAMES)
    def test_all_lines_are_accounted_for(self, root: Path, name: str) -> None:
        figures = expected(examples(root))[name]
        counts = read_example(examples(root), name, str(figures["kind"])).counts
        assert counts.data == figures["lines"]
        assert counts.all == counts.head + counts.data + counts.totals + counts.empty + counts.remarks

    def test_every_example_has_its_figures(self, root: Path) -> None:
        assert sorted(expected(examples(root))) == sorted(NAMES)


class TestSecurityVendor:
    def report(self, root: Path) -> ReadReport:
        return read_example(examples(root), "pos-security-vendor.csv", "sell_out")

    def test_cells(self, root: Path) -> None:
        row = self.report(root).rows[2]
        assert (row.place.line, row.partner_name, row.end_customer) == (
            4,
            "Büro & Netz Müller OHG",
            "Grundschule am Elbhang",
        )
        assert (row.special_price, row.order_no, row.business) == ("P-77120", "4711", "New")
        assert (row.unit_price, row.net, row.currency) == (Decimal("389.90"), Decimal("389.90"), "EUR")

    def test_a_record_over_two_lines_counts_from_its_first(self, root: Path) -> None:
        assert [row.place.line for row in self.report(root).rows] == [2, 3, 4, 6, 8, 9, 10, 11]

    def test_persons_are_dropped_at_the_door(self, root: Path) -> None:
        report = self.report(root)
        assert "EndUserEmailAddress" in report.dropped_columns
        assert "hafenamt.example" not in repr(report)
        assert "Brandt" not in repr(report)


class TestNetworkVendor:
    def test_dates_are_decided_by_their_column(self, root: Path) -> None:
        rows = read_example(examples(root), "pos-network-vendor.csv", "sell_out").rows
        assert [row.sold_on for row in rows][:4] == [
            date(2026, 7, 9),
            date(2026, 7, 9),
            date(2026, 7, 12),
            date(2026, 7, 28),
        ]

    def test_the_only_date_is_the_main_one(self, root: Path) -> None:
        rows = read_example(examples(root), "pos-network-vendor.csv", "sell_out").rows
        assert all(row.sold_on == row.invoiced_on for row in rows)

    def test_facts_and_keys(self, root: Path) -> None:
        report = read_example(examples(root), "pos-network-vendor.csv", "sell_out")
        assert (report.header.distributor, report.header.currency) == ("DE01", None)
        assert report.rows[1].partner_number == "J-9001"
        assert (report.rows[2].partner_number, report.rows[2].partner_name) == (None, "Leine Computer e.K.")


class TestGermanExport:
    def test_facts(self, root: Path) -> None:
        header = read_example(examples(root), "sellout-de-cp1252.csv", "sell_out").header
        assert (header.issued, header.currency, header.number) == (date(2026, 8, 3), "EUR", None)

    def test_an_ean_without_digits_is_no_key(self, root: Path) -> None:
        report = read_example(examples(root), "sellout-de-cp1252.csv", "sell_out")
        row = report.rows[3]
        assert (row.product_ean, row.product_vendor_number) == (None, "AN-MON-27")
        assert "ean-no-key" in notes(report)

    def test_letters(self, root: Path) -> None:
        rows = read_example(examples(root), "sellout-de-cp1252.csv", "sell_out").rows
        assert rows[4].partner_name == "Bürotechnik Möller + Söhne KG"
        assert rows[0].product_name == "Server 2200; 2 × 16 Kerne"


class TestThreeHeaders:
    def test_facts(self, root: Path) -> None:
        header = read_example(examples(root), "sellout-de-three-headers.xlsx", "sell_out").header
        assert header.period == Span(date(2026, 7, 1), date(2026, 8, 1))
        assert (header.distributor, header.vendor) == ("Nordlicht Distribution GmbH", "Aurora Networks")

    def test_cells_of_every_type(self, root: Path) -> None:
        rows = read_example(examples(root), "sellout-de-three-headers.xlsx", "sell_out").rows
        assert [row.sold_on for row in rows[:2]] == [date(2026, 7, 28), date(2026, 7, 30)]
        assert {row.product_ean for row in rows[:2]} == {"4049992001011", "4049992001028"}
        assert [row.partner_number for row in rows] == ["10021", "10388", "10021", "30411", "20007"]
        assert rows[4].quantity == Decimal(1000)
        assert str(rows[0].place) == "sellout-de-three-headers.xlsx#Abverkauf Juli 2026:6"


class TestOriginals:
    """The files as they were published, beside the repository, to the figures that stand there."""

    @pytest.mark.parametrize("pattern", ["*.csv", "*.xlsx", "*.ods"])
    def test_are_read_to_their_figures(self, root: Path, real_reports: Path, pattern: str) -> None:
        figures = expected(real_reports)
        names = [path.name for path in real_reports.glob(pattern) if path.name.startswith("composed")]
        assert names
        for name in names:
            report = self.read_original(root, real_reports / name)
            found = figures_of(report)
            for word in ("lines", "amount", "computed_amount", "returns", "quantity"):
                if word in figures[name]:
                    assert found[word] == decimals(figures[name][word]), (name, word)

    def read_original(self, root: Path, path: Path) -> ReadReport:
        """By the mapping of its copy, with the original's headings in it."""
        folder, (head, *lines) = examples(root), lines_of(path)
        copy = next(folder / name for name in NAMES if lines_of(folder / name)[1:] == lines)
        mapping = (folder / f"{copy.stem}.mapping.yaml").read_text(encoding="utf-8")
        for said, found in zip(headings_in(lines_of(copy)[0]), headings_in(head), strict=True):
            mapping = mapping.replace(f" {said}\n", f" {found}\n")
        kind = "stock" if copy.stem.startswith("stock") else "sell_out"
        return read(path, mapping=mapping_of(mapping), kind=kind)

    def test_a_flat_file_without_headings(self, real_reports: Path) -> None:
        mapping = (
            'header: none\ncolumns: {warehouse: "#1", counted_on: "#2", product_ean: "#3", quantity: "#4"}'
        )
        report = read(
            real_reports / "inventory_flatfile_retail.csv", mapping=mapping_of(mapping), kind="stock"
        )
        assert (report.sums.lines, report.sums.quantity) == (3, Decimal(6))
        assert report.stock[2].warehouse == "KUNDE00000123"
        assert {row.counted_on for row in report.stock} == {date(2006, 12, 31)}


class TestBadRows:
    """Each bad line is refused with its reason, and the lines around it count."""

    @pytest.mark.parametrize(
        ("cells", "code"),
        [
            ({"Datum": "31.02.2026"}, "date-not-in-calendar"),
            ({"Datum": "bald"}, "date-unreadable"),
            ({"Datum": ""}, "date-missing"),
            ({"Menge": "1e400"}, "number-exponent"),
            ({"Menge": "NaN"}, "number-unreadable"),
            ({"Menge": "-Infinity"}, "number-unreadable"),
            ({"Menge": "1000000000000"}, "number-too-large"),
            ({"Menge": "1.5"}, "number-signs"),
            ({"Netto": "drei"}, "number-unreadable"),
            ({"Netto": "9" * 40}, "number-too-large"),
            ({"Netto": "5,00 USD"}, "currency-differs"),
            ({"Menge": "", "Netto": "", "Preis": ""}, "row-without-figures"),
            ({"Name": "N" * 1_000_000}, "line-too-long"),
            ({"Name": "N" * 5_000}, "cell-too-long"),
            ({"Name": "We\0ser"}, "not-in-encoding"),
        ],
    )
    def test_one_bad_line(self, cells: dict[str, str], code: str) -> None:
        report = read_rows(sale(), sale(**cells), sale())
        assert codes(report) == [code]
        assert (report.sums.lines, report.refused[0].place.line) == (2, 3)

    @pytest.mark.parametrize(
        ("cells", "code"),
        [
            ({"Datum": "31.02.2026"}, "date-not-in-calendar"),
            ({"Datum": "07/28/2026"}, "date-other-order"),
            ({"Datum": ""}, "date-missing"),
            ({"Datum": 99_999_999}, "date-unreadable"),
            ({"Datum": -5}, "date-unreadable"),
            ({"Menge": "1e400"}, "number-exponent"),
            ({"Menge": "NaN"}, "number-unreadable"),
            ({"Menge": True}, "number-unreadable"),
            ({"Menge": date(2026, 7, 28)}, "number-unreadable"),
            ({"Menge": 10**12}, "number-too-large"),
            ({"Netto": 2.0**53 + 2.0}, "number-imprecise"),
            ({"Netto": "#DIV/0!"}, "number-unreadable"),
            ({"Netto": "=G3*3"}, "formula-without-result"),
            ({"Menge": "", "Netto": "", "Preis": ""}, "row-without-figures"),
            ({"Name": "N" * 5_000}, "cell-too-long"),
        ],
    )
    def test_one_bad_line_of_a_workbook(self, cells: dict[str, object], code: str) -> None:
        good = ["RE-1", "28.07.2026", "10021", "Systemhaus Weser GmbH", "AN-1", 3, 6150, 18450]
        bad = [cells.get(heading, cell) for heading, cell in zip(HEADINGS, good, strict=True)]
        report = read_bytes(as_xlsx(Juli=[HEADINGS, good, bad, good]))
        assert codes(report) == [code]
        assert (report.sums.lines, report.refused[0].place.line) == (2, 3)
        assert report.sums.net == {"EUR": Decimal(36900)}

    @pytest.mark.parametrize(
        ("value", "code"),
        [(b"NaN", "number-unreadable"), (b"1e400", "number-unreadable"), (b"-INF", "number-unreadable")],
    )
    def test_a_workbooks_number_that_is_none(self, value: bytes, code: str) -> None:
        good = ["RE-1", "28.07.2026", "10021", "Weser", "AN-1", 3, 6150, 18450]
        content = rewritten(
            as_xlsx(Juli=[HEADINGS, good, [*good[:5], 777, *good[6:]]]),
            "xl/worksheets/sheet1.xml",
            lambda text: text.replace(b"<v>777</v>", b"<v>" + value + b"</v>"),
        )
        report = read_bytes(content)
        assert (codes(report), report.sums.lines) == ([code], 1)

    def test_a_name_of_a_million_letters_in_a_workbook(self) -> None:
        content = rewritten(
            as_xlsx(Juli=[HEADINGS, sale(), sale(Name="LANG")]),
            "xl/worksheets/sheet1.xml",
            lambda text: text.replace(b"LANG", b"N" * 1_000_000),
        )
        report = read_bytes(content)
        assert (codes(report), report.sums.lines) == (["cell-too-long"], 1)

    def test_a_long_line_says_how_long_in_each_language(self) -> None:
        (refused,) = read_rows(sale(Name="N" * 200_000)).refused
        assert "131,072" in refused.finding.reason.en
        assert "131.072" in refused.finding.reason.de

    def test_an_ambiguous_number(self) -> None:
        mapping = f'delimiter: ";"\ndates: dmy\n{COLUMNS}'
        report = read_rows(sale(Menge="1,234"), sale(Menge="5,5"), mapping=mapping)
        assert codes(report) == ["number-ambiguous"]
        assert report.rows[0].quantity == Decimal("5.5")

    def test_an_ambiguous_date(self) -> None:
        mapping = f'delimiter: ";"\ndecimal: ","\n{COLUMNS}'
        report = read_rows(sale(Datum="07/09/2026"), mapping=mapping)
        assert codes(report) == ["date-ambiguous"]

    def test_a_column_of_both_orders(self) -> None:
        mapping = f'delimiter: ";"\ndecimal: ","\n{COLUMNS}'
        report = read_rows(
            sale(Datum="28/07/2026"), sale(Datum="07/28/2026"), sale(Datum="07/09/2026"), mapping=mapping
        )
        assert codes(report) == ["date-ambiguous"]
        assert "date-order-mixed" in notes(report)

    def test_a_line_with_a_cell_too_few(self) -> None:
        report = read_rows(sale(), sale()[:-1], sale())
        assert codes(report) == ["row-short"]
        assert not report.refused[0].cells_in_place

    def test_a_line_with_a_cell_too_many(self) -> None:
        report = read_rows(sale(), [*sale(), "x"], [*sale(), ""])
        assert codes(report) == ["row-long"]  # an empty one more is nothing

    def test_short_lines_filled_by_agreement(self) -> None:
        mapping = f"short_lines: fill\n{GERMAN}"
        report = read_rows(sale()[:-1], mapping=mapping)
        assert report.rows[0].net == Decimal("18450.00")

    def test_refused_cells_are_kept_but_dropped_columns_are_not(self) -> None:
        headings = [*HEADINGS, "Ansprechpartner"]
        content = as_csv([[*sale(Menge="viele"), "Ute Brandt"]], headings)
        (refused,) = read_bytes(content).refused
        assert dict(refused.cells)["quantity"] == "viele"
        assert "Ute Brandt" not in repr(refused)

    def test_a_reason_names_place_and_column_and_no_name(self) -> None:
        (refused,) = read_rows(sale(Menge="Ute Brandt")).refused
        assert refused.finding.say() == (
            'test.csv:2:6: Menge "Ute …" is no number. '
            "Ask the distributor for the line anew. [number-unreadable]"
        )
        assert refused.finding.say("de").startswith("test.csv:2:6: Menge „Ute …“ ist keine Zahl.")


class TestBadFiles:
    def refused(self, content: bytes, mapping: str = GERMAN) -> list[str]:
        with pytest.raises(ReportRefused) as refusal:
            read_bytes(content, mapping)
        assert refusal.value.digest == hashlib.sha256(content).hexdigest()
        return [finding.code for finding in refusal.value.findings]

    def test_cut_in_the_middle(self) -> None:
        content = as_csv([sale(), sale(), sale()])
        report = read_bytes(content[:-20])
        assert (codes(report), report.sums.lines) == (["row-short"], 2)
        assert "last-line-open" in notes(report)

    def test_cut_within_quotes(self) -> None:
        content = as_csv([sale(), sale(Name='Monitor "27"; groß')])
        report = read_bytes(content[: content.index(b"gro")])
        assert (codes(report), report.sums.lines) == (["quote-open"], 1)

    def test_wrong_encoding_row_by_row(self) -> None:
        good, bad = as_csv([sale(Name="Müller")]), as_csv([sale(Name="Bürohaus")])
        content = good + bad.split(b"\n", 1)[1].decode().encode("cp1252")
        report = read_bytes(content, f"encoding: utf-8\n{GERMAN}")
        assert (codes(report), report.rows[0].partner_name) == (["not-in-encoding"], "Müller")

    @pytest.mark.parametrize(
        ("said", "encoding"),
        [("utf-16", "utf-8"), ("cp1252", "utf-16-le"), ("latin-1", "utf-16"), ("utf-8", "utf-16")],
    )
    def test_another_encoding_than_said(self, said: str, encoding: str) -> None:
        content = as_csv([sale()]).decode().encode(encoding)
        report = read_bytes(content, f"encoding: {said}\n{GERMAN}")
        assert (report.sums.lines, notes(report)) == (1, {"encoding-differs"})

    def test_a_workbook_cut_off(self) -> None:
        content = as_xlsx(Juli=[HEADINGS, sale()])
        assert self.refused(content[:-100], GERMAN.replace('delimiter: ";"', "")) == ["file-unreadable"]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file-empty"),
            (b"\n\n", "headings-missing"),
            (b"a;b;c\n1;2;3\n", "headings-missing"),
            (b"\x00" * 1_000, "headings-missing"),
            (as_csv([sale()], [*HEADINGS[:-1], "Nettto"]), "heading-missing"),
            (as_csv([sale()], [*HEADINGS[:-1], "Menge"]), "heading-ambiguous"),
        ],
    )
    def test_without_what_it_needs(self, content: bytes, code: str) -> None:
        assert code in self.refused(content)

    def test_another_format_than_said(self) -> None:
        assert self.refused(as_csv([sale()]), f"format: xlsx\n{GERMAN}") == ["file-format-differs"]

    def test_another_sheet_than_said(self) -> None:
        content = as_xlsx(Juli=[HEADINGS, sale()])
        assert self.refused(content, f"sheet: August\n{GERMAN}") == ["sheet-missing"]

    def test_two_sheets_alike(self) -> None:
        content = as_xlsx(Juli=[HEADINGS, sale()], August=[HEADINGS, sale(), sale()])
        report = read_bytes(content, GERMAN)
        assert (report.sheet, report.sums.lines) == ("Juli", 1)
        assert "sheet-not-read" in notes(report)

    def test_only_headings(self) -> None:
        report = read_rows()
        assert (report.sums.lines, "headings-only" in notes(report)) == (0, True)


ODD = ["", "3", "-1", "1,5", "x", "31.02.2026", "28.07.2026", "Summe", "Stand: 1", '"', "a;b", "\n"]
CELLS = st.sampled_from(ODD)


class TestNothingIsLost:
    @given(st.lists(st.lists(CELLS, min_size=1, max_size=10), max_size=12))
    def test_every_record_becomes_something(self, rows: list[list[str]]) -> None:
        """Each record of a file is a row, refused, a totals line, a remark, empty, or part of the head."""
        content = as_csv(rows)
        report = read_bytes(content)
        records = list(records_of(iter(content.decode().splitlines(keepends=True)), ";"))
        assert report.counts.all == len(records)
        assert report.counts.data == len({row.place.line for row in report.rows})
        assert report.counts.refused == len(report.refused)

    @given(st.binary(max_size=300))
    def test_any_bytes_behind_the_headings(self, noise: bytes) -> None:
        report = read_bytes(as_csv([sale()]) + noise)
        counts = report.counts
        assert counts.data + counts.refused >= 1

    @given(st.binary(max_size=200))
    def test_any_bytes_at_all(self, noise: bytes) -> None:
        try:
            read_bytes(noise)
        except ReportRefused as refusal:
            assert refusal.findings  # noqa: PT017

    @given(st.lists(st.integers(-50, 50), max_size=30), st.integers(1, 7))
    def test_chunks_are_the_whole(self, quantities: list[int], size: int) -> None:
        content = as_csv([sale(Menge=str(quantity), Netto="", Preis="2") for quantity in quantities])
        reader = ReportReader(content, mapping=mapping_of(), kind=ReportKind.SELL_OUT, name="test.csv")
        chunks = list(reader.chunks(size))
        assert all(len(chunk.rows) <= size for chunk in chunks)
        whole = read_bytes(content)
        assert [row for chunk in chunks for row in chunk.rows] == whole.rows
        assert reader.report().sums == whole.sums
        assert whole.sums.quantity == sum(quantities)


def test_headings_far_down() -> None:
    titles = b"Titel\n" * 99
    report = read_bytes(titles + as_csv([sale()]), f"header: 100\n{GERMAN}")
    assert (report.sums.lines, report.counts.head, report.rows[0].place.line) == (1, 100, 101)


def test_sell_in_has_no_partner() -> None:
    mapping = GERMAN.replace("  partner_number: Kunde\n  partner_name: Name\n", "")
    for kind, is_said in (("sell_in", False), ("sell_out", True)):
        report = read_bytes(as_csv([sale()]), mapping, kind=kind)
        assert ("partner-missing" in notes(report)) is is_said


def test_a_report_names_its_bytes(root: Path) -> None:
    path = examples(root) / "sellout-de-cp1252.csv"
    report = read_example(examples(root), path.name, "sell_out")
    assert report.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert report.name == path.name

"""The one page of tables and columns: every table is whole, every word of the language finds its column."""

import pytest

from staffel.core.sources import (
    FILTER_REASONS,
    FILTER_WORDS,
    LINE_TABLES,
    MEASURED_SOURCES,
    REACHED,
    REASONS,
    SELL_IN,
    SELL_OUT,
    STOCK,
    TABLES,
    ColumnType,
    Table,
)

EVERY_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=str)
LINES = [TABLES[name] for name in LINE_TABLES]
# Where a filter's column is looked up, by what stands before its point.
OF = {"": SELL_OUT} | {of: TABLES[name] for of, name in REACHED.items()}
# A group is named by the programme, a level computed: neither is a column.
MADE = {"product.group", "partner.level"}


class TestTables:
    def test_by_their_names(self) -> None:
        assert [table.name for table in TABLES.values()] == list(TABLES)

    @EVERY_TABLE
    def test_no_column_twice(self, table: Table) -> None:
        names = [column.name for column in table.all_columns]
        assert sorted(set(names)) == sorted(names)

    @EVERY_TABLE
    def test_every_key_is_a_column(self, table: Table) -> None:
        assert set(table.key) <= {column.name for column in table.columns}

    @EVERY_TABLE
    def test_says_what_it_is(self, table: Table) -> None:
        assert table.meaning

    @EVERY_TABLE
    def test_carries_commit_and_moment(self, table: Table) -> None:
        commit, moment = table.all_columns[-2:]
        assert (commit.name, commit.type, commit.needed) == ("commit_no", ColumnType.WHOLE, True)
        assert (moment.name, moment.type, moment.needed) == ("recorded_at", ColumnType.MOMENT, True)

    @EVERY_TABLE
    def test_its_shape_says_which_days_it_carries(self, table: Table) -> None:
        """An event has dates of its own, an attribute holds from a day, a term also until one."""
        carried = [one.name for one in table.all_columns[len(table.columns) : -2]]
        assert (
            carried
            == {
                "event": [],
                "attribute": ["holds_from", "withdrawn"],
                "term": ["holds_from", "holds_until", "withdrawn"],
            }[table.shape]
        )

    @EVERY_TABLE
    def test_the_main_date_is_a_date_that_every_row_has(self, table: Table) -> None:
        main = table.column(table.main_date)
        assert (main.type, main.needed) == (ColumnType.DATE, True)

    def test_an_unknown_column_is_none(self) -> None:
        with pytest.raises(KeyError, match="colour"):
            SELL_OUT.column("colour")


class TestLines:
    def test_sell_in_has_the_columns_of_sell_out(self) -> None:
        assert SELL_IN.columns == SELL_OUT.columns

    def test_the_main_date_stands_first(self) -> None:
        assert SELL_OUT.dates == ("sold_on", "ordered_on", "shipped_on", "invoiced_on", "paid_on")
        assert STOCK.dates == ("counted_on",)

    @pytest.mark.parametrize("table", [*LINES, STOCK], ids=str)
    def test_a_line_is_known_by_id_and_revision(self, table: Table) -> None:
        assert table.key == ("line_id", "revision", "reverses")

    def test_amounts_have_their_units(self) -> None:
        amounts = {one.name: one.type for one in SELL_OUT.columns if one.type in ("money", "pieces")}
        money = dict.fromkeys(("net", "list", "dealer", "cost"), ColumnType.MONEY)
        assert amounts == {"quantity": ColumnType.PIECES} | money


class TestFilters:
    @pytest.mark.parametrize("word", FILTER_WORDS)
    def test_each_word_reads_a_column(self, word: str) -> None:
        column = FILTER_WORDS[word]
        of, _, name = column.rpartition(".")
        if column in MADE or word == "certification":
            return
        assert OF[of].column(name).type is ColumnType.TEXT

    def test_certification_is_of_its_own_source(self) -> None:
        assert TABLES["certifications"].column(FILTER_WORDS["certification"]).type is ColumnType.TEXT

    def test_each_column_has_its_reason_and_no_other_is_known(self) -> None:
        assert set(FILTER_REASONS) == set(FILTER_WORDS.values())
        assert set(FILTER_REASONS.values()) <= set(REASONS)

    @pytest.mark.parametrize("column", sorted(set(FILTER_REASONS) - MADE))
    def test_the_reason_is_what_the_column_says(self, column: str) -> None:
        """The closed list of `language.md`, 4: a filter's leaf maps to its reason by its column's class."""
        of, _, name = column.rpartition(".")
        source = TABLES["certifications"] if column == "certification" else OF[of]
        assert source.column(name).reason == FILTER_REASONS[column]


class TestReasons:
    def test_closed_and_in_the_order_of_the_language(self) -> None:
        assert (
            *("withdrawn", "returned", "date-missing", "other-date-outside", "too-late", "not-enrolled"),
            *("wrong-kind", "wrong-product", "wrong-place", "wrong-customer", "wrong-terms"),
            *("amount-missing", "amount-outside", "history", "order", "not-leading", "level-that-day"),
            *("key-missing", "key-failed", "counted-once", "gate-not-met", "no-figure", "below-first-step"),
            *("windows-used", "beaten"),
        ) == REASONS

    def test_a_code_fits_a_byte(self) -> None:
        assert len(REASONS) < 127


def test_every_measured_source_is_a_table() -> None:
    assert set(MEASURED_SOURCES) <= set(TABLES)
    assert set(LINE_TABLES) <= set(MEASURED_SOURCES)

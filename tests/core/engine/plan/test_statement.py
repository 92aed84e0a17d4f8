"""A plan: named statements, each table made once."""

import pytest

from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.statement import Plan, Statement
from staffel.core.findings import LawBroken, Place

QUERY = sql.select({"a": sql.whole(1)}, sql.table("t"))


class TestStatement:
    @pytest.mark.parametrize(
        ("view", "pretty", "text"),
        [
            (False, False, 'CREATE OR REPLACE TEMP TABLE one AS\nSELECT 1 AS "a" FROM t'),
            (True, False, 'CREATE OR REPLACE TEMP VIEW one AS\nSELECT 1 AS "a" FROM t'),
            (False, True, 'CREATE OR REPLACE TEMP TABLE one AS\nSELECT\n  1 AS "a"\nFROM t'),
        ],
    )
    def test_text(self, view: bool, pretty: bool, text: str) -> None:
        statement = Statement(name="one", query=QUERY, meaning="", view=view)
        assert statement.sql(pretty=pretty) == text

    def test_in_another_dialect(self) -> None:
        statement = Statement(name="one", query=QUERY, meaning="")
        assert statement.sql("spark") == "CREATE OR REPLACE TEMP TABLE one AS\nSELECT 1 AS `a` FROM t"

    def test_writing_it_leaves_the_tree_as_it_was(self) -> None:
        """In whichever dialect, and however often."""
        query = sql.select({"a": sql.in_coins(sql.column("t.x"), 2)}, sql.table("t"), distinct=True)
        statement = Statement(name="one", query=query, meaning="")
        before = query.copy()
        texts = [statement.sql(dialect) for dialect in ("duckdb", "spark", "duckdb")]
        assert texts[0] == texts[2]
        assert query == before

    def test_its_place_in_the_file_is_no_part_of_it(self) -> None:
        here, there = Place(file="a.yaml", line=1), Place(file="a.yaml", line=9)
        one = Statement(name="one", query=QUERY, meaning="", place=here)
        assert one == Statement(name="one", query=QUERY, meaning="", place=there)


class TestPlan:
    def test_keeps_the_order_in_which_it_was_told(self) -> None:
        plan = Plan()
        assert [plan.add(name, QUERY, "") for name in ("b", "a")] == ["b", "a"]
        assert [one.name for one in plan.statements] == ["b", "a"]

    def test_a_name_is_given_once(self) -> None:
        plan = Plan()
        plan.add("one", QUERY, "")
        with pytest.raises(LawBroken, match="one"):
            plan.add("one", QUERY, "")

    def test_what_was_made_for_a_key_is_found_again(self) -> None:
        plan = Plan()
        assert plan.once(("segments", "products")) is None
        assert plan.keep(("segments", "products"), "products_held") == "products_held"
        assert plan.once(("segments", "products")) == "products_held"
        assert plan.once(("segments", "partners")) is None

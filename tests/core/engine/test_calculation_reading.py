"""How much of the files a calculation for one partner reads: row groups, as DuckDB's own profile counts them.

A small market in a store of its own, written as reports are, but in row groups of 100 lines, so that most
of them hold nothing of a partner.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bench.explain import LINES, admitting_groups, groups_read
from bench.market import Size, last_quarter, store_of
from staffel.core.engine.calculation import calculation
from staffel.core.ledger import State, current_state, tables
from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme

SMALL = Size(lines=6_000, partners=200, products=80, months=3, certificates=40)
QUARTER = last_quarter(SMALL)
PARTNERS = ["p000000", "p000020", "p000101", "p000199"]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(tables.PROPERTIES, "write.parquet.row-group-limit", "100")
        store = store_of(SMALL, tmp_path_factory.mktemp("market"))
    yield current_state(store)
    store.close()


@pytest.fixture(scope="module")
def plain() -> Programme:
    file = Path(__file__).parents[3] / "bench" / "programmes" / "plain.yaml"
    text = file.read_text(encoding="utf-8").replace("2026", "2025")
    found = read_programme(text, file=file.name).programme
    assert found is not None
    assert QUARTER.start in found.valid
    return found


@pytest.mark.parametrize("partner", PARTNERS)
def test_one_partner_reads_at_most_twice_what_admits_it(state: State, plain: Programme, partner: str) -> None:
    admitted, all_ = admitting_groups(state, partner), state.rows(LINES) // 100
    assert 0 < admitted < all_ // 2
    with calculation(plain, state, day=QUARTER.last_day, partners=[partner], kept=True) as running:
        assert 0 < groups_read(running) <= 2 * admitted


def test_everybody_reads_all(state: State, plain: Programme) -> None:
    """The count is none of our own making: asked for everybody, it finds every row group."""
    with calculation(plain, state, day=QUARTER.last_day) as running:
        assert groups_read(running) >= state.rows(LINES) // 100


def test_a_day_before_all_lines_reads_none(state: State, plain: Programme) -> None:
    with calculation(plain, state, day=date(2024, 12, 31), partners=PARTNERS[:1]) as running:
        assert groups_read(running) == 0

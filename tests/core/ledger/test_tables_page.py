"""The published page of tables says what the code says."""

from staffel.core.ledger import LOADABLE
from staffel.core.ledger.tables_page import page_text
from tests.conftest import ROOT


def test_is_current() -> None:
    rule = "Renew it: .venv/bin/python -m staffel.core.ledger.tables_page docs/tables.md"
    assert (ROOT / "docs" / "tables.md").read_text("utf-8") == page_text(), rule


def test_has_every_table() -> None:
    assert [line[3:] for line in page_text().splitlines() if line.startswith("## ")] == list(LOADABLE)

"""The reference page of a mapping's words: current, and whole."""

from pathlib import Path

from staffel.core.readers.mapping import Column
from staffel.core.readers.mapping_file import parse_mapping
from staffel.core.readers.mapping_page import page
from staffel.core.readers.words import BELOW


def test_is_current(root: Path) -> None:
    rule = "Renew it: .venv/bin/python -m staffel.core.readers.mapping_page docs/mapping.md"
    assert (root / "docs" / "mapping.md").read_text("utf-8") == page(), rule


def test_names_every_word() -> None:
    for way in ((), ("columns",), ("report",), ("report", "*")):
        for name in BELOW[way]:
            assert f"\n| `{name}` |" in page()


def test_rows_have_as_many_cells_as_their_heads() -> None:
    """A `|` within a cell would end it."""
    for table in page().split("\n\n"):
        rows = [row.replace("\\|", "") for row in table.splitlines() if row.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1


def test_its_example_is_a_mapping() -> None:
    example = page().split("```yaml\n")[1].split("```")[0]
    assert Column.NET in parse_mapping(example, "t").columns


def test_the_readme_leads_to_it(root: Path) -> None:
    assert "(docs/mapping.md)" in (root / "README.md").read_text("utf-8")

"""The cases that the reference of the language shows: oracle and engine say what stands in them."""

import pytest

from tests.conftest import ROOT
from tests.forms.conftest import calculate, earned
from tests.forms.language_page import page
from tests.forms.showing import Shown, cases

PUBLISHED = ROOT / "docs" / "language.md"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_earns_what_it_says(case: Shown) -> None:
    book = calculate(case.programme, case.ledger(), case.on.isoformat())
    found = {
        name: {start: earned(book, "a", start, name) for start in windows}
        for name, windows in case.earned.items()
    }
    assert found == case.earned


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_is_told_in_both_languages(case: Shown) -> None:
    assert len(case.says("en")) == len(case.says("de")) > 0


def test_is_current() -> None:
    rule = "Renew it: .venv/bin/python -m tests.forms.language_page docs/language.md"
    assert PUBLISHED.read_text("utf-8") == page(), rule

"""The page on what is refused: current, and whole."""

from tests.conftest import ROOT
from tests.forms.refused_page import WITHOUT_A_FILE, by_code, codes_in_source, page, words_in_source

PUBLISHED = ROOT / "docs" / "refused.md"


def test_is_current() -> None:
    rule = "Renew it: .venv/bin/python -m tests.forms.refused_page docs/refused.md"
    assert PUBLISHED.read_text("utf-8") == page(), rule


def test_every_code_has_a_file_that_provokes_it() -> None:
    missing = codes_in_source() - set(by_code()) - WITHOUT_A_FILE
    assert not missing, "Write examples/errors/CODE.yaml"


def test_no_file_provokes_what_the_code_does_not_know() -> None:
    assert set(by_code()) <= words_in_source()

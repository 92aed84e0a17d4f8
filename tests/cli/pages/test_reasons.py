"""Every reason of the closed list is said."""

from staffel.cli.pages.reasons import REASON_TEXTS, reason_text
from staffel.core.sources import REASONS


def test_every_reason_has_its_text() -> None:
    assert list(REASON_TEXTS) == list(REASONS)


def test_a_new_one_is_shown_by_its_code() -> None:
    assert reason_text("brand-new").en == "brand-new"

"""The page of reports expected and received."""

from datetime import date

import pytest
from rich.console import Console

from staffel.cli.pages.coverage import coverage_page
from staffel.cli.voice import Voice
from staffel.core.calendar import Span
from staffel.core.findings import Language
from staffel.core.ledger import Covered

MARCH = Span(date(2026, 3, 1), date(2026, 4, 1))
UNKNOWN = "Nothing is expected of rhein, because reports_from is empty there"


def told(reports_from: date | None, language: Language = "en") -> str:
    """The page of one month that came."""
    row = Covered(
        distributor_id="rhein",
        vendor_id="aster",
        month=MARCH,
        expected=reports_from is not None,
        received="whole",
        reports=("r",),
        lines=1,
        reports_from=reports_from,
    )
    console = Console(width=110)
    with console.capture() as captured:
        for part in coverage_page((row,), Voice(language=language)):
            console.print(part)
    return " ".join(captured.get().split())


@pytest.mark.parametrize(("reports_from", "said"), [(None, True), (date(2026, 1, 1), False)])
def test_says_of_whom_nothing_is_expected(reports_from: date | None, said: bool) -> None:
    assert (UNKNOWN in told(reports_from)) is said


def test_in_german() -> None:
    assert "Von rhein wird nichts erwartet, weil reports_from dort leer ist" in told(None, "de")

"""The oracle is plain: it knows the model and nothing else of ours, and its one shortcut changes nothing."""

import ast
from datetime import date
from pathlib import Path

import pytest

from tests.laws import oracle
from tests.laws.oracle import conditions
from tests.laws.oracle.windows import DAY
from tests.laws.worlds import make

FOLDER = Path(oracle.__file__).parent
ALLOWED = {"staffel.core.programme.model": None, "staffel.core.calendar": {"Calendar", "Span", "Unit"}}
FEW = 12
# Methods of the calendar and its spans, which the oracle works out itself.
CALENDARS_OWN = {"unit_of", "shift", "last", "windows", "named", "name_of", "days_between", "cut"}


def imported() -> list[tuple[str, str, str]]:
    """(file, module, name) of all that the oracle takes from us."""
    return [
        (path.name, str(node.module), alias.name)
        for path in sorted(FOLDER.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("staffel")
        for alias in node.names
    ]


def test_it_knows_the_model_alone() -> None:
    strangers = [
        one
        for one in imported()
        if one[1] not in ALLOWED or not (ALLOWED[one[1]] is None or one[2] in ALLOWED[one[1]])
    ]
    assert not strangers


def test_it_does_its_own_arithmetic_of_days() -> None:
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
                assert not (node.value.attr == "calendar" and node.attr in CALENDARS_OWN), path.name


@pytest.mark.parametrize("seed", range(FEW))
def test_days_of_change_are_enough(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked on every single day, levels and amounts are the same."""
    world = make(seed)
    quick = world.book()
    expected = oracle.entitled(quick), _changes(quick)

    def every_day(book: object, condition: object, first: date, last: date) -> list[date]:
        return [first + DAY * at for at in range((last - first).days + 1)]

    monkeypatch.setattr(conditions, "days_to_ask", every_day)
    slow = world.book()
    assert (oracle.entitled(slow), _changes(slow)) == expected


def _changes(book: oracle.Book) -> dict[str, object]:
    if book.programme.ladder is None:
        return {}
    return {partner: oracle.changes(book, partner) for partner in book.participants()}

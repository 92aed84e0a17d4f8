"""What core holds does not change under anybody's hand: its dataclasses are frozen and slotted.

A running count that never leaves its module (`_Seen`) may change, but has slots.
"""

import ast

import pytest

from tests.house.repository import listed, nodes

CORE = "src/staffel/core/"
ASKED = {"frozen", "slots"}
ASKED_OF_PRIVATE = {"slots"}

# `file class` → why it may change
PLAN = "src/staffel/core/engine/plan/"
COLLECTS = (
    "a plan is asked for everything before it is made: it collects what is asked, and leaves no function"
)
ALLOWED: dict[str, str] = dict.fromkeys(
    (
        f"{PLAN}assembly.py Memory",
        f"{PLAN}assembly.py Assembly",
        f"{PLAN}cells.py CellTable",
        f"{PLAN}conditions.py Conditions",
        f"{PLAN}incentives.py Earning",
        f"{PLAN}lines.py LineTable",
        f"{PLAN}marks.py Marks",
        f"{PLAN}measures.py Measures",
        f"{PLAN}others.py Others",
        f"{PLAN}panel.py Panel",
        f"{PLAN}statement.py Plan",
    ),
    COLLECTS,
)


def is_loose(node: ast.AST) -> bool:
    """Whether this class is a dataclass that can be changed, or given fields that it does not declare."""
    if not isinstance(node, ast.ClassDef):
        return False
    asked = ASKED_OF_PRIVATE if node.name.startswith("_") else ASKED
    return any(
        not said_by(decorator).issuperset(asked)
        for decorator in node.decorator_list
        if is_dataclass(decorator)
    )


def is_dataclass(decorator: ast.expr) -> bool:
    """Whether this is `@dataclass`, called or not."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id == "dataclass"


def said_by(decorator: ast.expr) -> set[str | None]:
    """What a decorator sets to True."""
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    return {word.arg for word in keywords if ast.unparse(word.value) == "True"}


def test_dataclasses_of_core_are_frozen() -> None:
    loose = [
        f"{where} {node.name}"
        for where, node in nodes(CORE)
        if isinstance(node, ast.ClassDef) and is_loose(node)
    ]
    strangers = [place for place in loose if name_of(place) not in ALLOWED]
    rule = "@dataclass(frozen=True, slots=True, kw_only=True) in core; what changes is made anew. Not so:"
    assert not strangers, listed(rule, strangers)


def name_of(place: str) -> str:
    """`file class` of `file:line class`."""
    where, _, name = place.partition(" ")
    return f"{where.rpartition(':')[0]} {name}"


@pytest.mark.parametrize(
    ("decorator", "name", "loose"),
    [
        ("@dataclass", "Row", True),
        ("@dataclass(frozen=True)", "Row", True),
        ("@dataclass(frozen=True, slots=False)", "Row", True),
        ("@dataclass(frozen=True, slots=True, kw_only=True)", "Row", False),
        ("@dataclass(slots=True)", "Row", True),
        ("@dataclass(slots=True)", "_Seen", False),
        ("@dataclass", "_Seen", True),
        ("@total_ordering", "Row", False),
    ],
)
def test_finds_what_is_loose(decorator: str, name: str, loose: bool) -> None:
    assert is_loose(ast.parse(f"{decorator}\nclass {name}: ...").body[0]) is loose

"""What core holds does not change under anybody's hand: its dataclasses are frozen and slotted."""

import ast

import pytest

from tests.house.repository import listed, nodes

CORE = "src/staffel/core/"
ASKED = ("frozen", "slots")

# `file class` → why it may change
ALLOWED: dict[str, str] = {}


def is_loose(node: ast.AST) -> bool:
    """Whether this class is a dataclass that can be changed, or given fields that it does not declare."""
    return isinstance(node, ast.ClassDef) and any(map(leaves_open, node.decorator_list))


def leaves_open(decorator: ast.expr) -> bool:
    """Whether this is `@dataclass` without frozen=True and slots=True."""
    match decorator:
        case ast.Name(id="dataclass"):
            return True
        case ast.Call(func=ast.Name(id="dataclass"), keywords=keywords):
            said = {word.arg for word in keywords if ast.unparse(word.value) == "True"}
            return not said.issuperset(ASKED)
        case _:
            return False


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
    ("decorator", "loose"),
    [
        ("@dataclass", True),
        ("@dataclass(frozen=True)", True),
        ("@dataclass(frozen=True, slots=False)", True),
        ("@dataclass(frozen=True, slots=True, kw_only=True)", False),
        ("@total_ordering", False),
    ],
)
def test_finds_what_is_loose(decorator: str, loose: bool) -> None:
    assert is_loose(ast.parse(f"{decorator}\nclass Row: ...").body[0]) is loose

"""Core is exact and a function of its arguments: no binary fraction near money, no clock, no chance order.

An exception is a row of `ALLOWED` with its reason. A row whose exception is gone must go too.
"""

import ast
from collections.abc import Iterator

from tests.house.repository import below, listed, nodes, tree_of

CORE = "src/staffel/core/"

# file → why a float is right there
ALLOWED: dict[str, str] = {
    "src/staffel/core/readers/numbers.py": "a spreadsheet's cell holds a double; it becomes a Decimal here",
    "src/staffel/core/readers/texts.py": "names the types of a spreadsheet's cells, a double among them",
}
# file → why a quotient in SQL is exact there
QUOTIENTS: dict[str, str] = {}

FLOAT_TYPES = {"float16", "float32", "float64", "FLOAT", "DOUBLE", "FloatType", "DoubleType"}
SQL_INEXACT = {"Avg", "Div", "Stddev", "Variance"}
CLOCKS = {"now", "today", "utcnow", "time_ns", "CurrentDate", "CurrentTime", "CurrentTimestamp"}


def is_float(node: ast.AST) -> bool:
    """Whether this speaks of floats: a literal, the name, a column type of that kind."""
    match node:
        case ast.Constant(value=float()):
            return True
        case ast.Name(id="float"):
            return True
        case ast.Attribute(attr=name):
            return name in FLOAT_TYPES
        case _:
            return False


def asks_type(node: ast.AST) -> bool:
    """Whether this only asks what kind a value is, to take or refuse it."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance"


def floats(node: ast.AST) -> Iterator[ast.AST]:
    """Every place below a node that speaks of floats, but where only a kind is asked."""
    if asks_type(node):
        return
    if is_float(node):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from floats(child)


def floats_of_core() -> list[str]:
    """Every such place in core, as `file:line`."""
    names = below(CORE, suffix=".py")
    return [f"{name}:{getattr(node, 'lineno', 1)}" for name in names for node in floats(tree_of(name))]


def is_inexact(node: ast.AST) -> bool:
    """Whether this builds a piece of SQL that computes in DOUBLE."""
    return isinstance(node, ast.Attribute) and node.attr in SQL_INEXACT


def reads_clock(node: ast.AST) -> bool:
    """Whether this asks what time it is."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="time"), attr="time")):
            return True
        case ast.Attribute(attr=name):
            return name in CLOCKS
        case ast.ImportFrom(module="time", names=names):
            return any(alias.name in {"time", "time_ns"} for alias in names)
        case _:
            return False


def file_of(where: str) -> str:
    """The file of `file:line`."""
    return where.rpartition(":")[0]


def test_no_float_in_core() -> None:
    strangers = [where for where in floats_of_core() if file_of(where) not in ALLOWED]
    rule = 'Money is Decimal("0.02") in Python and DECIMAL in SQL, never a float. Instead of the float here:'
    assert not strangers, listed(rule, strangers)


def test_no_inexact_division_in_sql() -> None:
    found = [where for where, node in nodes(CORE) if is_inexact(node)]
    strangers = [where for where in found if file_of(where) not in QUOTIENTS]
    rule = "In SQL `/` and AVG are DOUBLE. Compare by multiplying out, or call what owns quotients. Not:"
    assert not strangers, listed(rule, strangers)


def test_each_exception_is_still_needed() -> None:
    floating = set(map(file_of, floats_of_core()))
    quotients = {file_of(where) for where, node in nodes(CORE) if is_inexact(node)}
    idle = sorted((set(ALLOWED) - floating) | (set(QUOTIENTS) - quotients))
    assert not idle, listed("These use their exception no longer; strike them:", idle)


def test_no_clock_in_core() -> None:
    found = [where for where, node in nodes(CORE) if reads_clock(node)]
    rule = (
        "Core is a function of its arguments. Take the day or the moment as one (`on`, `at`) from the edge:"
    )
    assert not found, listed(rule, found)


class TestTheRulesThemselves:
    """A rule that finds nothing proves nothing: each is shown what it must find, and what it must not."""

    def test_finds_floats(self) -> None:
        guilty = ["x = 0.5", "y = float(z)", "def f(a: float): ...", "pa.float64()"]
        innocent = [
            "x = 5",
            'y = Decimal("0.5")',
            "folder / 'name'",
            '"float"',
            "isinstance(cell, int | float)",
        ]
        assert [any(floats(ast.parse(text))) for text in guilty] == [True] * len(guilty)
        assert [any(floats(ast.parse(text))) for text in innocent] == [False] * len(innocent)

    def test_finds_clocks(self) -> None:
        guilty = ["datetime.now(UTC)", "date.today()", "time.time()", "from time import time"]
        innocent = ["now = at", "row.time", "from datetime import time"]
        assert [any(map(reads_clock, ast.walk(ast.parse(text)))) for text in guilty] == [True] * len(guilty)
        assert [any(map(reads_clock, ast.walk(ast.parse(text)))) for text in innocent] == [False] * len(
            innocent
        )

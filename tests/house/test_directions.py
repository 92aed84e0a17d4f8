"""Imports run down only; the contracts stand in pyproject.toml, and what they cannot say stands here."""

import ast
import subprocess
from pathlib import Path

from tests.house.repository import ROOT, below, listed, nodes, tree_of

LINT_IMPORTS = Path(".venv") / "bin" / "lint-imports"
ORACLE = "tests/laws/oracle"
# What the oracle may know of ours: what a programme says, and nothing of how it is computed.
ORACLE_MAY = ("staffel.core.programme.model",)


def imported(tree: ast.AST) -> list[str]:
    """The modules that a tree imports, names from a package counted as modules."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found += [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), names=names):
                found += [f"{module}.{alias.name}" for alias in names]
            case _:
                pass
    return found


def test_contracts_hold() -> None:
    asked = [ROOT / LINT_IMPORTS, "--no-logo", "--no-cache"]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, listed("An import runs up; move what both need down:", [answer.stdout])


def test_oracle_knows_the_model_alone() -> None:
    strange = [
        f"{name}: {module}"
        for name in below(ORACLE, suffix=".py")
        for module in imported(tree_of(name))
        if module.startswith("staffel") and not module.startswith(ORACLE_MAY)
    ]
    assert not strange, listed(
        f"The oracle imports {', '.join(ORACLE_MAY)} and nothing else of ours:", strange
    )


def test_the_source_does_not_import_its_tests() -> None:
    strange = [
        f"{where}: {module}"
        for where, node in nodes("src/")
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in imported(node)
        if module.split(".")[0] in {"tests", "bench", "hypothesis", "pytest"}
    ]
    assert not strange, listed("What runs at a user's place knows no test:", strange)

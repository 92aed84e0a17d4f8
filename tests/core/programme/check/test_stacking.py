"""Whose bases share rows, and sequences."""

import pytest

from tests.core.programme.heron import AROUND, LEVELS, TOP, found

MORE = """\
  boxes: {sum: net, of: sell_out, products: boxes, accept: measure-unused}
  paper: {sum: net, of: sell_out, products: paper, accept: measure-unused}
  servers: {sum: net, of: sell_out, where: {product.family: server}, accept: measure-unused}
  notebooks: {sum: net, of: sell_out, where: {product.family: notebook}, accept: measure-unused}
  bought: {sum: net, of: sell_in, accept: measure-unused}
"""


def two(one: str, other: str, stacking: str = "") -> str:
    each = f"  - {{incentive: a, {one}}}\n  - {{incentive: b, {other}}}\n"
    return f"{TOP}{AROUND}{MORE}{LEVELS}incentives:\n{each}{stacking}"


def on(base: str, more: str = "") -> str:
    return f"base: {base}, per: quarter, rate: 1 %{more}"


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [
        (on("revenue"), on("revenue"), ["stack-order-unsaid"]),
        (on("revenue"), on("bought"), []),  # other reports
        (on("boxes"), on("revenue"), ["stack-order-unsaid"]),
        (on("boxes"), on("servers"), ["stack-order-unsaid"]),  # boxes are servers and storage
        (on("boxes"), on("notebooks"), []),
        (on("boxes"), on("paper"), ["stack-order-unsaid"]),  # told by other columns: who knows
        (on("revenue", ", select: {kind: sale}"), on("revenue", ", select: {kind: return}"), []),
        (on("revenue", ", for: {level: gold}"), on("revenue", ", for: {level: silver}"), []),
        (
            "base: revenue, per: {from: 2026-01-01, to: 2026-03-31}, rate: 1 %",
            "base: revenue, per: {from: 2026-04-01, to: 2026-06-30}, rate: 1 %",
            [],
        ),
        (on("revenue"), "driver: revenue, per: quarter, lump: 5", []),  # a lump sum has no base
    ],
)
def test_must_be_said_where_rows_are_shared(one: str, other: str, codes: list[str]) -> None:
    assert found(two(one, other)) == codes


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [
        (on("revenue"), on("{measure: revenue}"), []),
        (on("revenue"), on("{sum: net, of: sell_out}"), []),  # a name and what it stands for
        (on("revenue"), on("boxes"), ["sequence-bases-differ"]),
        (on("revenue"), on("revenue", ", select: {kind: sale}"), ["sequence-bases-differ"]),
        (on("revenue"), "base: revenue, per: year, rate: 1 %", ["sequence-bases-differ"]),
        (
            "base: pieces, per: quarter, per_unit: 1",
            "base: pieces, per: quarter, per_unit: 2",
            ["sequence-bases-differ"] * 2,
        ),
    ],
)
def test_a_sequence_has_one_base_in_money(one: str, other: str, codes: list[str]) -> None:
    assert found(two(one, other, "stacking: [{sequence: [a, b]}]\n")) == codes


@pytest.mark.parametrize(
    ("sequence", "codes"),
    [("[a]", ["key-missing"]), ("[a, a]", ["name-twice"]), ("[a, c]", ["name-unknown"])],
)
def test_what_is_no_sequence(sequence: str, codes: list[str]) -> None:
    assert found(two(on("revenue"), on("revenue"), f"stacking: [{{sequence: {sequence}}}]\n")) == codes

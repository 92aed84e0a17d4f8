"""A number with a comma inside `{…}` is one number, as in a line of its own."""

import pytest

from staffel.core.programme import read_programme
from staffel.core.programme.text import Entries, Node, Scalar, tree_of
from tests.core.programme.heron import bonus, found, whole, with_incentive


def spoken(node: Node | None) -> dict[str, str]:
    assert isinstance(node, Entries)
    return {key.text: value.text if isinstance(value, Scalar) else "…" for key, value in node.of}


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("{share: 2,5 %}", {"share": "2,5 %"}),
        ("{share: 2,5%, as: money}", {"share": "2,5%", "as": "money"}),
        ("{as: money, share: 2,5}", {"as": "money", "share": "2,5"}),
        ("{amount: 25.000,50, each: order}", {"amount": "25.000,50", "each": "order"}),
        ("{amount: 1,250,000}", {"amount": "1,250,000"}),
        ("{a: -2,5}", {"a": "-2,5"}),
        ("{0: 1 %, 2,5 %: 3,5 %}", {"0": "1 %", "2,5 %": "3,5 %"}),
        ("{\n  share: 2,5 %\n}", {"share": "2,5 %"}),
        ("{ä: 2,5, b: 2,5}", {"ä": "2,5", "b": "2,5"}),  # places are counted in letters, not in bytes
        # what is none
        ("{share: 2, 5 %}", {"share": "2", "5 %": ""}),  # a blank: two things
        ("{share: '2',5 %}", {"share": "2", "5 %": ""}),  # quotes: a word
        ("{share: 2,5 %: }", {"share": "2", "5 %": ""}),  # a colon: a key
        ("{share: 2,5: 3}", {"share": "2", "5": "3"}),
        ("{share: 2,x}", {"share": "2", "x": ""}),
        ("{share: a,5 %}", {"share": "a", "5 %": ""}),
        ("{share: 2,\n5 %}", {"share": "2", "5 %": ""}),
        ("{share: [2,5]}", {"share": "…"}),
        ("{share: {},5}", {"share": "…", "5": ""}),
    ],
)
def test_is_put_together(text: str, entries: dict[str, str]) -> None:
    assert spoken(tree_of(text, "x")[0]) == entries


def test_stands_where_it_begins() -> None:
    tree, findings = tree_of("a: {b: 2,5 %, c: 1}", "x.yaml")
    assert findings == []
    assert isinstance(tree, Entries)
    assert isinstance(below := tree.of[0][1], Entries)
    assert [(str(value.place), value.place.path) for _, value in below.of] == [
        ("x.yaml:1:8", "a.b"),
        ("x.yaml:1:18", "a.c"),
    ]


LINES = (
    "scale: {kind: marginal, steps: [{from: 0, rate: 1,5 %}, {from: 50.000,50, rate: 2,25 %}]}",
    "cap: {amount: 25.000,50, each: order}",
    "payout: {split: [{as: money, share: 62,5 %}, {as: funds, share: 37,5 %}]}",
)


def test_means_the_same_as_in_quotes() -> None:
    text = "numbers: de\n" + with_incentive("base: revenue", "per: quarter", *LINES)
    text = text.replace("10_000", "10.000")
    quoted = text
    for figure in ("1,5 %", "50.000,50", "2,25 %", "25.000,50", "62,5 %", "37,5 %"):
        quoted = quoted.replace(figure, f'"{figure}"')
    assert quoted != text
    assert whole(text) == whole(quoted)


def test_in_english_it_parts_thousands() -> None:
    text = "numbers: en\n" + with_incentive(
        "base: revenue", "per: quarter", "rate: 2 %", "cap: {amount: 25,000}"
    )
    assert whole(text).incentive("bonus").caps == bonus("rate: 2 %", "cap: 25_000").caps


@pytest.mark.parametrize(
    ("spelled", "either"),
    [
        ("1,5 %", "`1.5 %`"),
        ("25.000", "`25_000` or `25`"),
        ("25.125 %", "`25_125 %` or `25.1250 %`"),
        ("1,250", "`1.25` or `1_250`"),
        ("1.200.000", "`1_200_000`"),
        ("1,2,3", "`1_200` or `1.5`"),
    ],
)
def test_unsaid_it_is_ambiguous_and_what_it_may_mean_is_offered(spelled: str, either: str) -> None:
    text = with_incentive("base: revenue", "per: quarter", f"all_or_nothing: {{rate: 2 %, from: {spelled}}}")
    assert found(text) == ["number-ambiguous"]
    (finding,) = [one for one in read_programme(text, file="x").findings if one.severity == "error"]
    assert finding.way_out.en.startswith(f"Write {either}, or say `numbers: de`")
    assert either.replace(" or ", " oder ") in finding.way_out.de

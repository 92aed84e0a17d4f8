"""Every leaf of a programme's file, written otherwise, one at a time; the reading says what is allowed."""

import re
from collections.abc import Iterator

from staffel.core.programme.text import Entries, Items, Node, Scalar, tree_of

# By the key above it, what else a word may be; the reading says which of them are allowed where it stands.
WORDS: dict[str, tuple[str, ...]] = {
    "per": ("month", "half", "year"),
    "settle": ("month", "half"),
    "over": ("last 4 closed quarters", "quarter before", "year to date", "same quarter last year"),
    "against": ("quarter before", "same quarter last year", "year before"),
    "best_of": ("month before", "year before", "same month last year"),
    "as": ("amount", "funds", "money", "discount", "voucher", "points"),
    "then": ("funds", "discount"),
    "sum": ("list", "cost"),
    "of": ("sell_in", "sell_out", "revenue"),
    "count": ("order", "product", "distributor"),
    "kind": ("marginal", "retroactive", "etailer", "service_provider"),
    "level_on": ("start", "end", "settlement", "day of sale"),
    "each": ("order", "product"),
    "otherwise": ("forfeit",),
    "way": ("up", "down", "half_up"),
    "payer": ("vendor", "distributor"),
    "baseline": ("none", "5_000"),
    "promote": ("each quarter", "yearly", "each month"),
    "demote": ("each quarter", "at once"),
    "rates": ("day", "month", "programme"),
    "currency": ("USD", "GBP"),
    "or_alliance": ("false",),
    "newcomer": ("false",),
    "products": ("commodity", "solutions", "compute"),
    "for": ("24 months", "ever"),
    "with": ("this partner", "any partner"),
    "in": ("compute",),
    "stays": ("line", "window"),
    "year_starts": ("03-01",),
    "due": ("45 days after close", "03-31"),
}
# Names that stand in place of another one of their kind.
_NAMES = ("revenue", "solution_revenue", "engineers", "customers", "five_models", "premier", "gold", "billed")
_NUMBER = re.compile(r"\d[\d_]*(?:\.\d+)?")


def leaves(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """All scalars that are values, with the keys above them."""
    match node:
        case Scalar():
            yield path, node
        case Items(of=members):
            for at, member in enumerate(members, start=1):
                yield from leaves(member, (*path, str(at)))
        case Entries(of=entries):
            for key, value in entries:
                yield from leaves(value, (*path, key.text))


def otherwise(path: tuple[str, ...], text: str) -> Iterator[str]:
    """What else might stand in place of a leaf."""
    key = next((one for one in reversed(path) if not one.isdigit()), "")
    if number := _NUMBER.search(text):
        for more in (1, 3, -1):
            figure = str(int(number[0].replace("_", "").split(".")[0]) + more)
            yield text[: number.start()] + figure.zfill(len(number[0])) + text[number.end() :]
    yield from (word for word in WORDS.get(key, ()) if word != text)
    yield from (name for name in _NAMES if name != text)
    yield f"{text}x"


def rewritten(text: str, file: str) -> Iterator[tuple[str, list[str]]]:
    """For each leaf, its path and the texts of the file with something else in its place."""
    tree, _ = tree_of(text, file)
    assert tree is not None
    lines = text.split("\n")
    for path, scalar in leaves(tree):
        row, column = scalar.place.line - 1, scalar.place.column - 1
        start = column + lines[row][column:].index(scalar.text)
        before, after = lines[row][:start], lines[row][start + len(scalar.text) :]
        texts = [
            "\n".join([*lines[:row], f"{before}{other}{after}", *lines[row + 1 :]])
            for other in otherwise(path, scalar.text)
        ]
        yield ".".join(path), texts

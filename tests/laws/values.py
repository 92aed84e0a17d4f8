"""All values of the spine, by noun: what the worlds mix, and which pairs of them were seen to pay something.

A value is written `noun: value`. `REFUSED` names pairs that no programme may say together, `NOT_DRAWN` those
that the worlds leave out, both with the reason.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from staffel.core.programme.model import ScaleKind
from tests.laws.drawn_made import MADE
from tests.laws.drawn_settlement import TABLES as SETTLEMENT

TERMS = ("accepted", "enrolled", "agreement", "choice", "decided")
VALUES: dict[str, tuple[str, ...]] = {
    "filter": (
        "all",
        "group",
        "kind",
        "country",
        "distributor",
        "route",
        "family",
        "not",
        "any",
        "segment",
        "special price",
        "currency",
        "billing",
        "customer",
        "stated",
        "registered",
        "apart",
        "amount",
        "days",
        "new",
        "seen",
        "order",
    ),
    "date": ("sold_on", "invoiced_on", "ordered_on", "inside"),
    "source": ("sell_out", "sell_in", "certifications"),
    "aggregate": ("money", "pieces", "lines", "different"),
    "measure": (
        *("take", "share", "attained", "growth percent", "growth amount", "score"),
        *MADE,
    ),
    "score": ("plain", "weighted", "stretched"),
    "against": ("before", "last year", "best of two", "named", "given", "whole"),
    "window": (
        "current",
        "to date",
        "last",
        "last closed",
        "rolling",
        "before",
        "last year",
        "year to date ago",
        "named",
    ),
    "condition": (
        "test",
        "all",
        "any",
        "not",
        "kept",
        "kept in a window",
        "kept every day",
        "enforced",
        "level",
        "kind",
        "certificate",
        "newcomer",
        "accepted",
        "enrolled",
        "agreement",
        "choice",
        "decided",
        "alliance",
    ),
    "within": ("in force that day", "begun in a window"),
    "comparison": ("at_least", "above", "at_most", "below"),
    "rounded": ("not", "to a step"),
    "required": ("a number", "a table", "a measure"),
    "per": ("month", "quarter", "half", "year", "span"),
    "settle": ("same", "finer", "coarser"),
    "scale": ("flat", *(kind.value for kind in ScaleKind)),
    "start": ("one figure", "by the partner", "by a figure"),
    "reached": ("from", "above", "from 0"),
    "below": ("nothing", "paid"),
    "pay": ("percent", "per unit", "lump", "percent and lump"),
    "rate by": ("nothing", "level", "group", "kind", "figure"),
    "level on": ("day_of_sale", "start", "end", "settlement", "not asked"),
    "gate": ("none", "said"),
    "driver": ("the base", "its own"),
    "base": ("measure", "grown part", "part above", "none"),
    "add": ("nothing", "under a condition", "by rows"),
    "multiply": ("nothing", "under a condition", "by rows"),
    "cap": ("none", "whole", "each customer", "both"),
    "floor": ("none", "said"),
    "stacking": ("added", "in sequence"),
    "earner": ("partner", "driver of alliance", "base of alliance"),
    "group share": ("nobody", "by_base", "equally", "agreed", "head_office"),
    **{noun: tuple(table) for noun, table in SETTLEMENT.items()},
    "up": ("at once", "each", "fixed", "never", "no levels"),
    "down": ("at once", "each", "fixed", "never", "no levels"),
    "grace": ("none", "units", "days"),
    "steps": ("any", "most"),
    "rates": ("day", "month", "programme"),
    "market": ("plain", "merge", "closed", "decided"),
}
ALL = tuple(f"{noun}: {value}" for noun, values in VALUES.items() for value in values)

Pairs = tuple[tuple[str, tuple[str, ...], str], ...]
_UPPER = ("at once", "each", "fixed", "never")
_MEMORIES = ("condition: kept", "condition: kept in a window", "condition: kept every day")
_ASKS_LEVELS = ("rate by: level", "condition: level", "steps: most", "grace: units", "grace: days")

# A value, those that `check` refuses beside it, and why; `test_values` spells each pair and asks `check`.
# Other values of its own noun are no pairs.
REFUSED: Pairs = (
    (
        "base: grown part",
        (
            *("cap: each customer", "cap: both", "multiply: by rows", "add: by rows"),
            *("rate by: group", "level on: day_of_sale"),
        ),
        "a grown part is one piece and cannot be cut",
    ),
    (
        "base: grown part",
        ("driver: the base", "group share: by_base"),
        "it needs a driver that grows, and has no parts",
    ),
    ("base: grown part", ("pay: per unit",), "its unit is money"),
    (
        "base: part above",
        (
            *("cap: each customer", "cap: both", "multiply: by rows", "add: by rows"),
            *("rate by: group", "level on: day_of_sale", "group share: by_base", "stacking: in sequence"),
        ),
        "a part is one piece and cannot be cut, shared or reduced",
    ),
    (
        "base: part above",
        ("scale: marginal", "scale: linear", "scale: increment"),
        "these pay on parts already, or lines between steps",
    ),
    (
        "base: none",
        (
            *("pay: percent", "pay: per unit", "pay: percent and lump", "cap: each customer", "cap: both"),
            "add: under a condition",
        ),
        "only lump sums need no base",
    ),
    (
        "base: none",
        ("driver: the base", "rate by: group", "level on: day_of_sale", "add: by rows"),
        "there is no base to be the driver, or cut",
    ),
    (
        "base: none",
        ("stacking: in sequence", "group share: by_base"),
        "there is no base to be reduced or shared",
    ),
    (
        "pay: lump",
        ("rate by: group", "level on: day_of_sale", "cap: each customer", "cap: both"),
        "a lump sum is not cut by rows or keys",
    ),
    (
        "scale: increment",
        ("pay: percent", "pay: per unit", "pay: percent and lump"),
        "an increment pays a lump for each",
    ),
    *(
        (pay, ("add: under a condition", "add: by rows"), "points are added to a rate")
        for pay in ("pay: per unit", "pay: lump")
    ),
    ("floor: said", ("stacking: in sequence",), "a sequence takes off what a base brings"),
    ("pay: per unit", ("stacking: in sequence",), "a sequence reduces one base of money"),
    (
        "earner: base of alliance",
        (
            "condition: level",
            "condition: kind",
            "condition: certificate",
            "condition: newcomer",
            *(f"condition: {term}" for term in TERMS),
            "rate by: kind",
            "start: by the partner",
        ),
        "a group has no traits",
    ),
    (
        "earner: base of alliance",
        ("level on: start", "level on: end", "level on: settlement", *_MEMORIES),
        "a group has no level of its own and never enrolled",
    ),
    ("earner: base of alliance", ("group share: nobody",), "a share is said"),
    ("up: no levels", _ASKS_LEVELS, "no levels"),
    ("down: no levels", _ASKS_LEVELS, "no levels"),
    ("up: no levels", tuple(f"down: {when}" for when in _UPPER), "no levels"),
    ("down: no levels", tuple(f"up: {when}" for when in _UPPER), "no levels"),
    ("down: at once", ("up: each", "up: fixed", "up: never"), "a fall at once needs a rise at once"),
    (
        "down: at once",
        ("grace: units", "grace: days", "steps: most"),
        "a fall at once has no grace and no steps",
    ),
    ("up: at once", ("steps: most",), "a rise at once takes all steps"),
)

# A value, those that the worlds never draw beside it though a file may say both, and why.
NOT_DRAWN: Pairs = (
    (
        "base: none",
        (
            "earner: base of alliance",
            "group share: equally",
            "group share: agreed",
            "group share: head_office",
        ),
        "a lump sum of a group is drawn with a base only",
    ),
    ("base: none", ("scale: flat",), "a lump sum for all, drawn with steps only"),
    (
        "base: grown part",
        (
            "earner: base of alliance",
            "group share: equally",
            "group share: agreed",
            "group share: head_office",
        ),
        "the grown part of a group is drawn for members only",
    ),
    (
        "base: part above",
        (
            *("earner: base of alliance", "pay: per unit", "below: paid"),
            *("group share: equally", "group share: agreed", "group share: head_office"),
        ),
        "a part above is drawn of money, for members, with nothing below",
    ),
    ("base: none", ("multiply: by rows",), "a lump sum takes no factor of rows (33)"),
    ("pay: lump", ("multiply: by rows",), "a lump sum takes no factor of rows (33)"),
    ("pay: lump", ("stacking: in sequence",), "a lump sum takes nothing off a base"),
    ("base: grown part", ("stacking: in sequence",), "a sequence is drawn on sums of rows only"),
    (
        "earner: base of alliance",
        ("condition: alliance",),
        "the group's own figure is that of the alliance already",
    ),
    (
        "earner: base of alliance",
        (
            "prorate: months",
            "prorate: days",
            "newcomers: baseline",
            "newcomers: agreed",
            "leavers: nothing",
            "least age: some",
        ),
        "a group is no newcomer and never left, so it changes nothing",
    ),
    ("measure: growth amount", ("reached: from 0",), "drawn with a start above 0"),
    ("level on: not asked", ("rate by: level", "condition: level"), "it is the value of who asks no level"),
    ("below: paid", ("reached: from 0", "scale: flat"), "nothing lies below a first step from 0"),
    (
        "scale: flat",
        ("start: by the partner", "start: by a figure"),
        "a rate for all begins at 0, for whoever it is",
    ),
    *(
        (
            people,
            ("earner: driver of alliance", "earner: base of alliance", "payout: claimed"),
            "an alliance has no people, and what is shared in time is not claimed besides",
        )
        for people in ("people: else the firm", "people: else lost")
    ),
    ("scale: flat", ("reached: above",), "a rate for all has no start to be above"),
)

# Values that are said only together with another: what that one refuses, they refuse.
IMPLIES = {f"group share: {how}": "earner: base of alliance" for how in VALUES["group share"][1:]}
IMPLIES |= {f"{noun}: no levels": "up: no levels" for noun in ("down",)}
IMPLIES |= {"scale: increment": "pay: lump"}
IMPLIES |= {f"against: {which}": "driver: its own" for which in VALUES["against"]}


@dataclass
class Coverage:
    """How often each pair of values was drawn in one incentive, and how often that incentive paid
    something.
    """

    drawn: Counter[tuple[str, str]] = field(default_factory=Counter)
    paid: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, values: Iterable[str], paid: bool) -> None:
        """One incentive with these values."""
        for pair in combinations(sorted(values), 2):
            self.drawn[pair] += 1
            self.paid[pair] += paid

    def missing(self) -> list[tuple[str, str]]:
        """Pairs of two nouns that never paid something."""
        return [pair for pair in combinations(sorted(ALL), 2) if not self.paid[pair] and not _of_one(pair)]

    def told(self) -> list[str]:
        """What is printed: how many pairs paid, and each that never did with its reason."""
        missing = self.missing()
        every = [pair for pair in combinations(sorted(ALL), 2) if not _of_one(pair)]
        by_reason: dict[tuple[str, str], list[str]] = {}
        for a, b in missing:
            by_reason.setdefault((reason_of((a, b), self.drawn), a), []).append(b)
        lines = [
            f"{len(every) - len(missing)} of {len(every)} pairs of values were generated and paid something"
        ]
        lines += [
            f"  {reason}: {a} with {', '.join(others)}" for (reason, a), others in sorted(by_reason.items())
        ]
        return lines


def reason_of(pair: tuple[str, str], drawn: Counter[tuple[str, str]]) -> str:
    """Why a pair never paid: refused, left out, drawn and worth nothing, or not drawn in so few worlds."""
    said = [{one, IMPLIES.get(one, one)} for one in pair]
    for known, pairs in (("refused", REFUSED), ("not drawn", NOT_DRAWN)):
        for value, others, reason in pairs:
            for this, that in (said, said[::-1]):
                if value in this and that & set(others):
                    return f"{known}: {reason}"
    return "drawn, but paid nothing" if drawn[pair] else "not drawn in this many worlds"


def _of_one(pair: tuple[str, str]) -> bool:
    """Whether both are values of one noun, of which most can be said but once."""
    return pair[0].partition(":")[0] == pair[1].partition(":")[0]

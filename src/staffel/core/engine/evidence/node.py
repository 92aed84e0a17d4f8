"""A node of evidence: one figure, the clause that it comes from, whose it is, and what it is made of.

`language.md`, 4. A child that `adds` is a part: the parts of a node sum to its figure, to the last decimal,
so that the
tree of an amount can be added up by hand; a child that does not add is a ground: it says why. `coins` is the
part of the
amount that is printed; it adds up by itself, rows at the bottom, each with its part by largest remainder.

`says` holds what belongs to one kind alone, under these names:

| kind | says |
|---|---|
| row | line_id, revision, source, day, kind, product_id, counts (in the unit of its measure) |
| row taken back | taken_back: what it counted before a later report took it back |
| term | person_id, certification, start, until |
| use, agreed | name of the measure; target |
| take | counted, not_counted (rows) |
| reason | reason (of `sources.REASONS`), rows |
| test | required, missing, comparison, met_on |
| holds, kept | actual; met_on |
| part | actual, points (of a unit), most, least, reached |
| times | factor |
| best | worst |
| baseline | wins (note `newcomer`: it has none) |
| step, step_part | step (from 1; 0: none), steps, start, next, missing |
| cut, key | base (after a sequence), base_unit, rate, key |
| cap | before, after, at_most, key |
| rounding | exact, printed |
| member_share, group | partner, group |
| standing | level, since, reached, cause (`replay` or the decision's), key_day, decided_by |
| level, path | level, relation (below, held, next, above), nearest; path, fulfilled (0 to 1) |
| fall | falls_to, falls_after |
| review | key_day, fell (whether it took a level away); its levels as of that day |
| payment, form | due, due_day, payer, minimum; form, use_by, claim_by, payer |
| others | (note `given`: what others' lines add, where these are not at hand) |
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from staffel.core.calendar import Span
from staffel.core.findings import NOWHERE, Place
from staffel.core.programme.model import Form
from staffel.core.sources import Measured

ZERO = Decimal(0)
Particular = str | int | bool | Decimal | date | None


class Kind(StrEnum):
    """What a node shows; with its form it names the sentence that says it."""

    # an amount
    ENTITLED = "entitled"
    MEMBER_SHARE = "member_share"
    GROUP = "group"
    EARNED = "earned"
    KEY = "key"
    CUT = "cut"
    LUMP = "lump"
    FLOOR = "floor"
    CAP = "cap"
    ROUNDING = "rounding"
    BEFORE = "before"
    GATE = "gate"
    STEP = "step"
    STEP_PART = "step_part"
    FACTOR = "factor"
    ADDED = "added"
    CASE = "case"
    # a measure
    USE = "use"
    TAKE = "take"
    ROW = "row"
    TERM = "term"
    REASON = "reason"
    OPENING = "opening"
    GIVEN = "given"
    SHARE = "share"
    GROWTH = "growth"
    PART_ABOVE = "part_above"
    BASELINE = "baseline"
    BOUND = "bound"
    SCORE = "score"
    PART = "part"
    AGREED = "agreed"
    SUM = "sum"
    TIMES = "times"
    BEST = "best"
    BETWEEN = "between"
    HELD = "held"
    CONST = "const"
    IF_NONE = "if_none"
    FOLD = "fold"
    STRETCHED = "stretched"
    # a condition
    ALL = "all"
    ANY = "any"
    NOT = "not"
    TEST = "test"
    HOLDS = "holds"
    KEPT = "kept"
    ENFORCED = "enforced"
    # a standing
    STANDING = "standing"
    LEVEL = "level"
    PATH = "path"
    FALL = "fall"
    REVIEW = "review"
    # a settlement
    PAYMENT = "payment"
    WINDOW = "window"
    SETTLED = "settled"
    CARRIED_IN = "carried_in"
    CARRIED_OUT = "carried_out"
    FORFEITED = "forfeited"
    FORM = "form"
    # what a viewer may not see
    OTHERS = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Whose a figure is. Each set: ids of all whose rows are in it; empty: nobody's."""

    partner: frozenset[str] = frozenset()
    distributor: frozenset[str] = frozenset()
    vendor: frozenset[str] = frozenset()
    end_customer: frozenset[str] = frozenset()

    def __or__(self, other: "Owners") -> "Owners":
        if self == other:
            return self
        return Owners(
            partner=self.partner | other.partner,
            distributor=self.distributor | other.distributor,
            vendor=self.vendor | other.vendor,
            end_customer=self.end_customer | other.end_customer,
        )


NOBODY = Owners()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node. figure: exact, in `unit`; of a pair the part, with its `whole`; none: nothing, or not to be
    seen.

    form: the core form that it shows, with its place. window: the days that the figure is of. adds: a part
    of its parent's figure
    (and coins), else a ground. note: a reason's code, or `hidden`.
    """

    kind: Kind
    form: Form | None = None
    figure: Decimal | None = None
    whole: Decimal | None = None
    unit: Measured | None = None
    coins: Decimal | None = None
    holds: bool | None = None
    window: Span | None = None
    owners: Owners = NOBODY
    adds: bool = False
    says: Mapping[str, Particular] = field(default_factory=dict)
    note: str = ""
    children: tuple["Node", ...] = ()

    @property
    def place(self) -> Place:
        """Where the clause stands in the file."""
        return NOWHERE if self.form is None else self.form.place

    @property
    def parts(self) -> tuple["Node", ...]:
        """The children that sum to its figure."""
        return tuple(child for child in self.children if child.adds)

    @property
    def grounds(self) -> tuple["Node", ...]:
        """The children that say why."""
        return tuple(child for child in self.children if not child.adds)

    def every(self) -> Iterator["Node"]:
        """The node itself, then all below it."""
        yield self
        for child in self.children:
            yield from child.every()

    def leaves(self) -> Iterator["Node"]:
        """The parts at the bottom: the rows of an amount."""
        parts = self.parts
        if not parts:
            yield self
        for part in parts:
            yield from part.leaves()


def owners_of(nodes: tuple[Node, ...] | list[Node]) -> Owners:
    """Whose all of these are, together."""
    found = NOBODY
    for node in nodes:
        found = found | node.owners
    return found


def negated(node: Node) -> Node:
    """The same, taken off: every part with the other sign."""
    children = tuple(negated(one) if one.adds else one for one in node.children)
    return replace(node, figure=None if node.figure is None else -node.figure, children=children)


def adds_up(node: Node, way: str = "") -> list[str]:
    """Where a tree does not add up, as ways from the root: `entitled/earned/cut`; nothing where all of it
    does.
    """
    here = f"{way}/{node.kind}" if way else str(node.kind)
    wrong = [] if _adds(node) else [here]
    for child in node.children:
        wrong += adds_up(child, here)
    return wrong


def _adds(node: Node) -> bool:
    parts = node.parts
    if not parts:
        return True
    figures = [part.figure for part in parts]
    exact = node.figure is None or _sum(figures) == node.figure
    printed = node.coins is None or _sum([part.coins for part in parts]) == node.coins
    return exact and printed


def _sum(figures: list[Decimal | None]) -> Decimal:
    return sum((one for one in figures if one is not None), ZERO)

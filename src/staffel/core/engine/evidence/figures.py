"""Measures as evidence: how a figure came about, down to the rows. `language.md`, 4; rules 9 to 17."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import assert_never

from staffel.core.calendar import Span
from staffel.core.engine.evidence.inquiry import Draft, Inquiry
from staffel.core.engine.evidence.lines import Asked, Counted, first_of_keys
from staffel.core.engine.evidence.made import made_of
from staffel.core.engine.evidence.node import NOBODY, Kind, Node, Particular, negated, owners_of
from staffel.core.engine.evidence.revisions import one_a_line
from staffel.core.engine.evidence.sheet import Answer
from staffel.core.engine.evidence.terms import certified
from staffel.core.engine.plan.days import Ask
from staffel.core.engine.plan.measures import View
from staffel.core.programme.model import (
    Agreed,
    Baseline,
    Different,
    Growth,
    Made,
    Measure,
    Part,
    PartAbove,
    Score,
    Share,
    Take,
    Use,
)
from staffel.core.programme.units import unit_of
from staffel.core.sources import REASONS, Measured

ZERO, ONE = Decimal(0), Decimal(1)
NO_MEMBER = "no-member"


def measured(inquiry: Inquiry, measure: Measure, view: View) -> Draft:
    """The evidence of a measure under a view."""
    match measure:
        case Take(source="certifications"):
            return certified(inquiry, measure, view)
        case Take():
            return _take(inquiry, measure, view)
        case Use():
            return _use(inquiry, measure, view)
        case Share():
            return _share(inquiry, measure, view)
        case Growth():
            return _growth(inquiry, measure, view)
        case Score():
            return _score(inquiry, measure, view)
        case Agreed():
            return _agreed(inquiry, measure, view)
        case Made():
            drafts = [measured(inquiry, *one) for one in inquiry.measures.below(measure, view, inquiry.at)]
            return made_of(inquiry, measure, view, drafts)
        case _:
            assert_never(measure)


def days_asked(inquiry: Inquiry, measure: Measure, view: View) -> Span:
    """The days of a measure on the day of the inquiry."""
    return inquiry.measures.spans(measure, view)[inquiry.at]


# ------------------------------------------------------------------------------------------- rows


def asked_of(inquiry: Inquiry, take: Take, view: View) -> Asked:
    """What a Take asks of the lines."""
    core = inquiry.measures.core_of(take, view)
    key = core.aggregate.key if isinstance(core.aggregate, Different) else None
    return Asked(
        core=core,
        cells=inquiry.measures.cells_of(core),
        who=inquiry.who(take.who, view),
        span=days_asked(inquiry, take, view),
        key=key,
    )


def _take(inquiry: Inquiry, take: Take, view: View) -> Draft:
    answer = inquiry.sheet.ask(inquiry.measures.value(take, view).num)
    asked = asked_of(inquiry, take, view)
    inquiry.lines.ask(asked)
    unit = unit_of(inquiry.programme, take)

    def tell() -> Node:
        node = Node(kind=Kind.TAKE, form=take, figure=answer.figure, unit=unit, window=asked.span)
        return node if answer.figure is None else with_rows(node, asked, inquiry)

    return tell


def with_rows(node: Node, asked: Asked, inquiry: Inquiry) -> Node:
    """A figure with the rows that it is made of, and those that did not count."""
    counted, left_out = parted(asked, inquiry.lines.rows(asked))
    others = one_a_line(counted, left_out)
    leaves = tuple(row_node(one, node.unit) for one in counted)
    given = given_rest(inquiry, node.figure or ZERO, leaves)
    reasons = tuple(reason_nodes(others, node.unit))
    says = {"counted": len(counted), "not_counted": sum(len(one.children) for one in reasons)}
    owners = owners_of(leaves) | inquiry.members(asked.who, asked.span)
    return replace(node, children=(*leaves, *given, *reasons), owners=owners, says=says)


def given_rest(inquiry: Inquiry, figure: Decimal, rows: Sequence[Node]) -> list[Node]:
    """What others' lines add to a figure, where these are not at hand: a kit takes it as given (section
    4).
    """
    rest = figure - sum((row.figure or ZERO for row in rows), ZERO)
    if inquiry.assembly.asking.given is None or not rest:
        return []
    return [Node(kind=Kind.OTHERS, figure=rest, adds=True, note="given")]


def parted(asked: Asked, rows: Sequence[Counted]) -> tuple[list[Counted], list[tuple[str, Counted]]]:
    """Rows that count, and those that do not with their reason; of a count of keys one row stands for each
    key.
    """
    counted = [one for one in rows if one.code == 0]
    left_out = [(REASONS[one.code - 1], one) for one in rows if one.code]
    if isinstance(asked.core.aggregate, Different):
        standing = first_of_keys(counted)
        left_out += [("counted-once", one) for one in counted if one not in standing]
        counted = standing
    return counted, left_out


def row_node(one: Counted, unit: Measured | None, *, adds: bool = True) -> Node:
    """A row and what it brings."""
    says: dict[str, Particular] = {
        "line_id": one.row.line_id,
        "revision": one.row.revision,
        "source": one.row.source,
        "day": one.day or one.row.main_day,
        "kind": one.row.kind,
        "product_id": one.row.product_id,
        "counts": one.amount,
    }
    if one.taken_back is not None:
        says["taken_back"] = one.taken_back
    return Node(kind=Kind.ROW, figure=one.amount, unit=unit, owners=one.row.owners, adds=adds, says=says)


def reason_nodes(left_out: Sequence[tuple[str, Counted]], unit: Measured | None) -> Iterator[Node]:
    """A node for each reason, in the order of the closed list; its rows are parts of what did not count.

    Rows of a partner that belongs to no group asked have a node of their own, with the note `no-member`.
    """

    def why(one: tuple[str, Counted]) -> tuple[int, bool]:
        return REASONS.index(one[0]), one[1].outsider

    for (place, outsider), group in groupby(sorted(left_out, key=why), key=why):
        rows = tuple(row_node(one, unit) for _, one in group)
        yield Node(
            kind=Kind.REASON,
            figure=sum((row.figure or ZERO for row in rows), ZERO),
            unit=unit,
            owners=owners_of(rows),
            says={"reason": REASONS[place], "rows": len(rows)},
            note=NO_MEMBER if outsider else REASONS[place],
            children=rows,
        )


# ------------------------------------------------------------------------------------------- names


def inside(inquiry: Inquiry, use: Use, view: View) -> tuple[Measure, View]:
    """The measure behind a name, and under which view it is asked."""
    asks = inquiry.measures.reasked(use.over, view)
    return inquiry.programme.measure(use.measure), replace(view, asks=asks, who=inquiry.who(use.who, view))


def _use(inquiry: Inquiry, use: Use, view: View) -> Draft:
    value = inquiry.measures.value(use, view)
    shown = inquiry.sheet.ask(value.num if value.shown is None else value.shown)
    whole = None if value.den is None else inquiry.sheet.ask(value.den)
    draft = measured(inquiry, *inside(inquiry, use, view))
    window = days_asked(inquiry, use, view)
    unit = unit_of(inquiry.programme, use)

    def tell() -> Node:
        node = Node(
            kind=Kind.USE,
            form=use,
            figure=shown.figure,
            whole=None if whole is None else whole.figure,
            unit=unit,
            window=window,
            says={"name": use.measure},
        )
        return over_lines(inquiry, node, draft())

    return tell


def over_lines(inquiry: Inquiry, node: Node, below: Node, given: Decimal | None = None) -> Node:
    """A node on what its lines come to; where another figure stands in their place, that one is the part.
    given: what stands in their place for newcomers.
    """
    if node.figure == below.figure:
        return replace(node, children=(replace(below, adds=True),), owners=below.owners, note=below.note)
    kind = Kind.GIVEN if node.kind is Kind.BASELINE and node.figure == given else Kind.OPENING
    other = replace(node, kind=kind, owners=inquiry.mine, adds=True)
    parts = (other,) if node.figure is not None else ()
    return replace(node, children=(*parts, replace(below, adds=False)), owners=inquiry.mine | below.owners)


# ------------------------------------------------------------------------------------------- made of others


def _share(inquiry: Inquiry, share: Share, view: View) -> Draft:
    value = inquiry.measures.value(share, view)
    assert value.den is not None
    part, whole = inquiry.sheet.ask(value.num), inquiry.sheet.ask(value.den)
    drafts = [measured(inquiry, one, view) for one in (share.part, share.whole)]
    window, unit = days_asked(inquiry, share, view), unit_of(inquiry.programme, share)

    def tell() -> Node:
        sides = tuple(draft() for draft in drafts)
        return Node(
            kind=Kind.SHARE,
            form=share,
            figure=part.figure,
            whole=whole.figure,
            unit=unit,
            window=window,
            owners=owners_of(sides),
            children=sides,
        )

    return tell


def _score(inquiry: Inquiry, score: Score, view: View) -> Draft:
    value = inquiry.measures.value(score, view)
    assert value.shown is not None
    reached, shown = inquiry.sheet.ask(value.num), inquiry.sheet.ask(value.shown)
    drafts = [_part(inquiry, score, part, view) for part in score.parts]
    window = days_asked(inquiry, score, view)

    def tell() -> Node:
        parts = tuple(draft() for draft in drafts)
        rest = (shown.figure or ZERO) - sum((one.figure or ZERO for one in parts), ZERO)
        made_up = Node(
            kind=Kind.STRETCHED, figure=rest, unit=Measured.POINTS, owners=owners_of(parts), adds=True
        )
        return Node(
            kind=Kind.SCORE,
            form=score,
            figure=shown.figure,
            unit=Measured.POINTS,
            window=window,
            owners=owners_of(parts),
            note="" if reached.figure is not None else "least-missed",
            children=(*parts, made_up) if rest and shown.figure is not None else parts,
        )

    return tell


def _part(inquiry: Inquiry, score: Score, part: Part, view: View) -> Draft:
    gained = inquiry.sheet.ask(inquiry.measures.gained(part, view))
    asked = inquiry.sheet.ask(inquiry.measures.asked_for(score, part, view))
    actual = inquiry.sheet.ask(inquiry.measures.value(part.measure, view).number())
    draft = measured(inquiry, part.measure, view)

    def tell() -> Node:
        below = draft()
        points = gained.figure or ZERO
        return Node(
            kind=Kind.PART,
            form=part,
            figure=points,
            unit=Measured.POINTS,
            window=below.window,
            owners=below.owners,
            adds=True,
            says={
                "actual": actual.figure,
                "points": part.points,
                "most": part.most,
                "least": part.least,
                "reached": part.least is None or (asked.figure or ZERO) >= part.least,
            }
            | ({} if part.weight == ONE else {"weight": part.weight}),
            children=(below,),
        )

    return tell


def _agreed(inquiry: Inquiry, agreed: Agreed, view: View) -> Draft:
    answer = inquiry.sheet.ask(inquiry.measures.value(agreed, view).num)
    window = view.asks[inquiry.at].window

    def tell() -> Node:
        return Node(
            kind=Kind.AGREED,
            form=agreed,
            figure=answer.figure,
            window=window,
            owners=inquiry.mine,
            note="" if answer.figure is not None else "no-target",
            says={"target": agreed.target},
        )

    return tell


# ------------------------------------------------------------------------------------------- growth


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A growth in question. growth, view: whose baselines compete; of, of_view: what grew."""

    growth: Growth
    view: View
    of: Measure
    of_view: View


def _growth(inquiry: Inquiry, growth: Growth, view: View) -> Draft:
    value = inquiry.measures.value(growth, view)
    grown = Grown(growth=growth, view=view, of=growth.of, of_view=view)
    return _over_baselines(inquiry, grown, inquiry.sheet.ask(value.num), is_pair=value.is_pair)


def grown_part(inquiry: Inquiry, grown: Grown, figure: Answer) -> Draft:
    """What a measure grew over the baseline that won, where that is paid on. figure: what the plan made of
    it.
    """
    return _over_baselines(inquiry, grown, figure, is_pair=False)


def part_above(inquiry: Inquiry, base: PartAbove, view: View, over: Answer, figure: Answer) -> Draft:
    """What of a measure lies above a step's start, or above another measure. over, figure: as the plan has
    them.
    """
    draft = measured(inquiry, base.of, view)
    other = None if isinstance(base.over, str) else measured(inquiry, base.over, view)
    window = days_asked(inquiry, base.of, view)
    unit = unit_of(inquiry.programme, base)

    def tell() -> Node:
        now = draft()
        first = Node(kind=Kind.CONST, form=base, figure=over.figure, unit=unit) if other is None else other()
        node = Node(kind=Kind.PART_ABOVE, form=base, figure=figure.figure, unit=unit, window=window)
        if node.figure is None or now.figure is None or first.figure is None:
            return replace(node, owners=owners_of([now, first]), children=(now, first))
        parts = [replace(now, adds=True), replace(negated(first), adds=True)]
        rest = node.figure - now.figure + first.figure
        if rest:
            parts.append(Node(kind=Kind.BOUND, form=base, figure=rest, unit=unit, adds=True))
        return replace(node, owners=owners_of([now, first]), children=tuple(parts))

    return tell


def _over_baselines(inquiry: Inquiry, grown: Grown, figure: Answer, *, is_pair: bool) -> Draft:
    """The baseline that wins for the growth in question serves whatever is measured by it."""
    measures, growth = inquiry.measures, grown.growth
    winner = inquiry.sheet.ask(measures.winning_baseline(growth, grown.view))
    rivals = [inquiry.sheet.ask(one) for one in measures.rivals(growth, grown.view)]
    draft = measured(inquiry, grown.of, grown.of_view)
    baselines = [_baseline(inquiry, grown.of, one, grown.of_view) for one in growth.against]
    window = days_asked(inquiry, grown.of, grown.of_view)
    unit = unit_of(inquiry.programme, growth if is_pair else grown.of)

    def tell() -> Node:
        found = [baseline() for baseline in baselines]
        if growth.given is not None:
            given = Node(kind=Kind.GIVEN, form=growth, figure=growth.given, adds=True)
            found.append(Node(kind=Kind.BASELINE, form=growth, figure=growth.given, children=(given,)))
        wins = [
            n for n, one in enumerate(rivals) if winner.figure is not None and one.figure == winner.figure
        ]
        node = Node(kind=Kind.GROWTH, form=growth, figure=figure.figure, unit=unit, window=window)
        made = _grown(node, draft(), found, wins[0] if wins else None)
        return replace(made, whole=winner.figure) if is_pair else made

    return tell


def _grown(node: Node, now: Node, baselines: Sequence[Node], winner: int | None) -> Node:
    """What grew: the figure now, less the baseline that won; the other baselines beside it."""
    found = [replace(one, says={**one.says, "wins": n == winner}) for n, one in enumerate(baselines)]
    first = None if winner is None else found[winner]
    if node.figure is None or first is None or now.figure is None or first.figure is None:
        children = (now, *found)
        return replace(node, owners=owners_of(children), note="no-baseline", children=children)
    parts = [replace(now, adds=True), replace(negated(first), adds=True)]
    rest = node.figure - now.figure + first.figure
    if rest:
        parts.append(Node(kind=Kind.BOUND, form=node.form, figure=rest, unit=node.unit, adds=True))
    others = [one for one in found if one is not first]
    return replace(node, owners=owners_of([now, first]), children=(*parts, *others))


def _baseline(inquiry: Inquiry, of: Measure, baseline: Baseline, view: View) -> Draft:
    answer = inquiry.sheet.ask(inquiry.measures.baseline(of, baseline, view))
    cut, _ = inquiry.measures.baseline_spans(of, baseline, view)
    inner = replace(view, asks=tuple(Ask(span, span.last_day) for span in cut))
    draft = measured(inquiry, inquiry.measures.bare(of), inner)
    unit = unit_of(inquiry.programme, of)
    given = inquiry.sheet.ask(inquiry.measures.of_newcomers(view))

    def tell() -> Node:
        node = Node(
            kind=Kind.BASELINE,
            form=baseline,
            figure=answer.figure,
            unit=unit,
            window=cut[inquiry.at],
            owners=NOBODY,
        )
        return replace(
            over_lines(inquiry, node, draft(), given.figure),
            note="" if answer.figure is not None else "newcomer",
        )

    return tell

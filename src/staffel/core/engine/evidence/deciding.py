"""The review that put a level in force, with the figures of the day that it read. Rules 48 and 50.

What a tree of a standing shows are the figures of the day asked, over windows that have moved on since the
level was reached. That it was reached then is shown by a second tree, computed as of that day.
"""

from dataclasses import replace
from datetime import date

from staffel.core.calendar import ONE_DAY
from staffel.core.engine.evidence.node import Kind, Node, owners_of
from staffel.core.programme.model import Ladder

# What a review decided, or a close found decided; all else was somebody's word, which figures do not prove.
_BY_FIGURES = frozenset({"replay", "review", "close"})


def key_day_of(standing: Node) -> date | None:
    """The last day whose facts decided the level that is held; none where no review did."""
    since, key_day = standing.says.get("since"), standing.says.get("key_day")
    if not isinstance(since, date) or standing.says["cause"] not in _BY_FIGURES:
        return None
    return key_day if isinstance(key_day, date) else since - ONE_DAY


def with_review(standing: Node, then: Node) -> Node:
    """A standing with what decided it: the level that is held or, after a fall, the one that was lost. then:
    the standing as of the key day.

    Nothing is added where a partner begins on the lowest level, which asks nothing.
    """
    held, before = standing.says["level"], then.says.get("level")
    assert isinstance(standing.form, Ladder)
    names = [one.name for one in standing.form.levels]
    fell = before is not None and names.index(str(before)) > names.index(str(held))
    shown = tuple(
        node
        for node in then.children
        if node.kind is Kind.LEVEL and node.says["level"] == (before if fell else held)
    )
    if not shown:
        return standing
    review = Node(
        kind=Kind.REVIEW,
        form=standing.form,
        holds=all(bool(node.holds) is not fell for node in shown),
        owners=owners_of(shown),
        says={"key_day": key_day_of(standing), "fell": fell},
        children=shown,
    )
    return replace(standing, children=(*standing.children, review))

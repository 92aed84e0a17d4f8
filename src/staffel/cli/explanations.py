"""What is asked to explain a figure: its tree, as the viewer may see it; or the statements that ran."""

from dataclasses import dataclass
from datetime import date

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running, calculation
from staffel.core.engine.evidence import (
    Node,
    NothingAsked,
    Viewer,
    evidence_for,
    explain,
    explain_sql,
    explain_standing,
)
from staffel.core.engine.facts import Facts
from staffel.core.engine.receipts import Receipt, receipts
from staffel.core.programme.model import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A tree. incentive: empty for a level."""

    incentive: str
    window: Span | None
    node: Node

    @property
    def keys(self) -> set[str]:
        """The random keys of end customers and persons that stand in it."""
        said = (node.says.get(name) for node in self.node.every() for name in ("key", "person_id"))
        return {str(key) for key in said if key}


def level_explained(
    programme: Programme, facts: Facts, *, day: date, partner: str, viewer: Viewer
) -> Explained:
    """Why a partner is at its level, and how far the next ones are. Raises NoLadder."""
    with calculation(programme, facts, day=day, partners=[partner], kept=True) as running:
        node = evidence_for(explain_standing(running, partner=partner), viewer)
    return Explained(incentive="", window=None, node=node)


def amounts_explained(
    programme: Programme,
    facts: Facts,
    *,
    day: date,
    partner: str,
    window: Span,
    only: str | None,
    viewer: Viewer,
) -> tuple[Explained, ...]:
    """Every incentive of the windows that lie in this one. only: this one, and no other is computed.

    Raises NothingAsked.
    """
    names = _computed(programme, only)
    with calculation(programme, facts, day=day, partners=[partner], kept=True, only=names) as running:
        asked = [
            (name, span) for name, span in _asked(running) if _lies_in(span, window) and only in (None, name)
        ]
        if not asked:
            raise NothingAsked(only or "", window)
        return tuple(
            Explained(
                incentive=name,
                window=span,
                node=evidence_for(explain(running, incentive=name, partner=partner, window=span), viewer),
            )
            for name, span in asked
        )


def sql_of(programme: Programme, facts: Facts, *, day: date, partner: str, only: str | None = None) -> str:
    """The statements that ran for one partner. only: those of this incentive."""
    names = None if only is None else _computed(programme, only)
    with calculation(programme, facts, day=day, partners=[partner], only=names) as running:
        return explain_sql(running)


def _computed(programme: Programme, only: str | None) -> list[str]:
    """The incentives to compute. Raises NothingAsked for one that the programme does not have."""
    names = [one.name for one in programme.incentives]
    if only is not None and only not in names:
        raise NothingAsked(only, None)
    return names if only is None else [only]


def receipts_of(
    programme: Programme, facts: Facts, *, day: date, partner: str, line_id: str | None, window: Span | None
) -> list[Receipt]:
    """What became of a partner's lines, or of one of them."""
    with calculation(programme, facts, day=day, partners=[partner], kept=True) as running:
        return receipts(running, partner=partner, line_id=line_id, window=window)


def _asked(running: Running) -> list[tuple[str, Span]]:
    """Every incentive with each of its windows, in the programme's order."""
    return [
        (incentive.name, ask.window)
        for incentive in running.assembly.programme.incentives
        if incentive.name in running.assembly.earnings
        for ask in running.assembly.earnings[incentive.name].panel.asks
    ]


def _lies_in(span: Span, window: Span) -> bool:
    return window.start <= span.start and span.until <= window.until

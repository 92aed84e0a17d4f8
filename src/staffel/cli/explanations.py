"""What is asked to explain a figure: its tree, as the viewer may see it; or the statements that ran."""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date

from staffel.cli.lines import SoldLine, lines_named
from staffel.cli.partners import NamedPartner
from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running, calculation
from staffel.core.engine.evidence import (
    Kind,
    Node,
    NothingAsked,
    Viewer,
    evidence_for,
    explain,
    explain_sql,
    explain_standing,
    key_day_of,
    with_review,
)
from staffel.core.engine.facts import Facts
from staffel.core.engine.receipts import Receipt, one_a_line, receipts
from staffel.core.ledger import State
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

    @property
    def rows(self) -> list[Node]:
        """The lines that stand in it, each as often as it does."""
        return [node for node in self.node.every() if node.kind is Kind.ROW]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be explained. window: of amounts; none: the level. only: this incentive, none: all."""

    programme: Programme
    facts: State
    day: date
    partner: str
    window: Span | None = None
    only: str | None = None

    @property
    def computed(self) -> list[str] | None:
        """The incentives to compute; none: all, and the levels. Raises NothingAsked for an unknown one."""
        names = [one.name for one in self.programme.incentives]
        if self.only is None:
            return None if self.window is None else names
        if self.only not in names or self.window is None:
            raise NothingAsked(self.only, self.window)
        return [self.only]


def explained(asked: Asked, viewer: Viewer) -> tuple[Explained, ...]:
    """The trees as the viewer may see them. Raises NothingAsked, NoLadder."""
    if asked.window is None and asked.only is None:
        return (_level_explained(asked, viewer),)
    return _amounts_explained(asked, viewer)


def _level_explained(asked: Asked, viewer: Viewer) -> Explained:
    """Why a partner is at its level, what decided that, and how far the next ones are."""
    with _calculation(asked) as running:
        node = explain_standing(running, partner=asked.partner)
    key_day = key_day_of(node)
    if key_day is not None and key_day in asked.programme.valid:
        with _calculation(replace(asked, day=key_day)) as running:
            node = with_review(node, explain_standing(running, partner=asked.partner))
    return Explained(incentive="", window=None, node=evidence_for(node, viewer))


def _amounts_explained(asked: Asked, viewer: Viewer) -> tuple[Explained, ...]:
    """Every incentive of the windows that lie in the one asked."""
    with _calculation(asked) as running:
        found = [
            (name, span)
            for name, span in _windows(running)
            if _lies_in(span, asked.window) and asked.only in (None, name)
        ]
        if not found:
            raise NothingAsked(asked.only or "", asked.window)
        return tuple(
            Explained(
                incentive=name,
                window=span,
                node=evidence_for(
                    explain(running, incentive=name, partner=asked.partner, window=span), viewer
                ),
            )
            for name, span in found
        )


def _calculation(asked: Asked, *, kept: bool = True) -> AbstractContextManager[Running]:
    return calculation(
        asked.programme,
        asked.facts,
        day=asked.day,
        partners=[asked.partner],
        kept=kept,
        only=asked.computed,
    )


def lines_of(
    found: Collection[Explained], state: State, vendor: str, partners: Mapping[str, NamedPartner]
) -> dict[str, SoldLine]:
    """What the lines of these trees say, by id. partners: everybody, so that merged ones are found too."""
    rows = [row for one in found for row in one.rows]
    owners = {owner for row in rows for owner in row.owners.partner}
    while merged := {id_ for id_, one in partners.items() if one.same_as in owners} - owners:
        owners |= merged
    return lines_named(state, {str(row.says["line_id"]) for row in rows}, vendor, owners or None)


def sql_of(asked: Asked) -> str:
    """The statements that ran for one partner. Raises NothingAsked."""
    with _calculation(asked, kept=False) as running:
        return explain_sql(running)


def receipts_of(
    programme: Programme, facts: Facts, *, day: date, partner: str, line_id: str | None, window: Span | None
) -> list[Receipt]:
    """What became of a partner's lines, or of one of them: of each as it stands."""
    with calculation(programme, facts, day=day, partners=[partner], kept=True) as running:
        return one_a_line(receipts(running, partner=partner, line_id=line_id, window=window))


def _windows(running: Running) -> list[tuple[str, Span]]:
    """Every incentive with each of its windows, in the programme's order."""
    return [
        (incentive.name, ask.window)
        for incentive in running.assembly.programme.incentives
        if incentive.name in running.assembly.earnings
        for ask in running.assembly.earnings[incentive.name].panel.asks
    ]


def _lies_in(span: Span, window: Span | None) -> bool:
    return window is not None and window.start <= span.start and span.until <= window.until

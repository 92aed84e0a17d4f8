"""An inquiry: all questions that one tree of evidence puts to a plan that ran, read in a few statements,
then told.

Whoever tells a form asks first and gives back a *draft*, a function that makes the node once the answers are
there; so the
walk over the forms is written once, and the tables are read once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb
from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running
from staffel.core.engine.evidence.lines import LineSheet
from staffel.core.engine.evidence.node import NOBODY, Node, Owners
from staffel.core.engine.evidence.sheet import Answer, Sheet
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.assembly import Assembly, Memory
from staffel.core.engine.plan.conditions import Conditions
from staffel.core.engine.plan.measures import Measures, View
from staffel.core.engine.plan.panel import Panel
from staffel.core.programme.model import Programme, Who

Draft = Callable[[], Node]
Receipted = tuple[str, str | None]  # whose rows are read in any case, and the line that is asked for


class NotKept(ValueError):
    """The calculation did not keep its lines: it was not asked with `kept`, so that no line can be shown."""


def ask_on(panel: Panel, day: date) -> int | None:
    """The number of the ask of a day; none where nothing was asked on it, for the programme did not hold."""
    return next((number for number, ask in enumerate(panel.asks) if ask.day == day), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Questions about one subject of one panel on one of its asks. alliance: the group of a member on the
    day.
    """

    running: Running
    conditions: Conditions
    subject: str
    at: int
    sheet: Sheet
    lines: LineSheet
    alliance: Answer | None = None
    terms: list[Callable[[], None]] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        running: Running,
        conditions: Conditions,
        subject: str,
        at: int,
        joined: Mapping[str, str] | None = None,
        receipt: Receipted | None = None,
    ) -> "Inquiry":
        """An inquiry with nothing asked yet. Raises NotKept."""
        if not running.assembly.asking.kept:
            raise NotKept("evidence needs the lines: ask the calculation with kept=True")
        panel = conditions.measures.panel
        sheet = Sheet(panel=panel, subject=subject, at=at, joined=dict(joined or {}))
        partner, line = receipt or (None, None)
        return cls(
            running=running,
            conditions=conditions,
            subject=subject,
            at=at,
            sheet=sheet,
            lines=LineSheet(subject=subject, group=panel.group, also=partner, line=line),
            alliance=_alliance(running, sheet),
        )

    @classmethod
    def of_all(cls, running: Running, conditions: Conditions, at: int) -> "Inquiry":
        """An inquiry about nobody in particular, for what is asked of rows alone."""
        panel = conditions.measures.panel
        return cls(
            running=running,
            conditions=conditions,
            subject="",
            at=at,
            sheet=Sheet(panel=panel, subject="", at=at),
            lines=LineSheet(subject="", group=panel.group),
        )

    @property
    def assembly(self) -> Assembly:
        """What was computed."""
        return self.running.assembly

    @property
    def programme(self) -> Programme:
        """What it was computed by."""
        return self.assembly.programme

    @property
    def measures(self) -> Measures:
        """The measures of the panel."""
        return self.conditions.measures

    @property
    def panel(self) -> Panel:
        """The panel."""
        return self.measures.panel

    @property
    def db(self) -> duckdb.DuckDBPyConnection:
        """Where its tables lie open."""
        return self.running.db

    @property
    def day(self) -> date:
        """The day of this ask."""
        return self.panel.asks[self.at].day

    @property
    def window(self) -> Span:
        """The asker's window, whole."""
        return self.panel.asks[self.at].window

    @property
    def group(self) -> str | None:
        """The alliance whose rows a group's figure is made of."""
        if self.panel.group:
            return self.subject
        return None if self.alliance is None else self.alliance.text

    @property
    def mine(self) -> Owners:
        """The subject as an owner."""
        return Owners(partner=frozenset((self.subject,)))

    def who(self, own: Who, view: View) -> Who:
        """Whose figure a form is, asked under a view."""
        return own if view.who is Who.ASKER else view.who

    def later(self, read: Callable[[], None]) -> None:
        """Something of its own to read, once subject and group are known."""
        self.terms.append(read)

    def read(self) -> None:
        """Reads all that was asked."""
        self.sheet.read(self.db)
        self.lines.read(self.db, self.group)
        for read in self.terms:
            read()

    def members(self, who: Who, span: Span) -> Owners:
        """Who belongs to the group on a day of the span, with rows or without: its figure is theirs all."""
        group = self.group
        if group is None or not (self.panel.group or who is Who.ALLIANCE):
            return NOBODY
        query = "select distinct subject from members where grp = ? and start < ? and until > ?"
        rows = self.db.execute(query, [group, span.until, span.start]).fetchall()
        return Owners(partner=frozenset(str(row[0]) for row in rows))

    def at_other(self, conditions: Conditions, at: int) -> "Inquiry":
        """The same subject and lines, asked of another panel."""
        return replace(self, conditions=conditions, at=at)

    def memory(self, table: str) -> Memory:
        """The panel that looks at every day for a condition with a memory."""
        return next(one for one in self.assembly.memories if one.name == table)


def _alliance(running: Running, sheet: Sheet) -> Answer | None:
    """The alliance of the subject on the day asked. The plan joins it to a panel whose own figures are an
    alliance's; where only a condition with a memory asks for such a figure, it is looked up here.
    """
    if sheet.panel.needs_alliance:
        return sheet.ask(sql.column("p.grp"))
    if sheet.panel.group or not any(one.panel.needs_alliance for one in running.assembly.memories):
        return None
    on_the_day = sql.both(
        sql.eq(sql.column("m.subject"), sql.column("p.subject")),
        sql.within(sql.column("p.day"), sql.column("m.start"), sql.column("m.until")),
    )
    of_these = {"grp": exp.Min(this=sql.column("m.grp"))}
    return sheet.ask(exp.Subquery(this=sql.select(of_these, sql.table("members", "m"), where=on_the_day)))

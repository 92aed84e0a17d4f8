"""One node of evidence in one line: what it is, in the words of its kind, behind its figure."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from rich.text import Text as Styled

from staffel.cli.lines import Revision, SoldLine
from staffel.cli.pages.pieces import counted, mark
from staffel.cli.pages.reasons import reason_text
from staffel.cli.pages.sold_line import document_of, taken_back_by
from staffel.cli.pages.standing_text import (
    said_fall,
    said_holds,
    said_level,
    said_path,
    said_review,
    said_standing,
    said_test,
)
from staffel.cli.pages.telling import Telling
from staffel.cli.pages.titles import measure_title
from staffel.core.calendar import ONE_DAY
from staffel.core.engine.evidence import Kind, Node
from staffel.core.findings import NOWHERE, Text
from staffel.core.programme.model import DAY_AFTER_ALL, Incentive, Kept
from staffel.core.programme.words import clause
from staffel.core.sources import Measured

# Kinds whose figure stands in their sentence.
_FIGURE_IN_WORDS = frozenset(
    {Kind.TEST, Kind.STEP, Kind.STEP_PART, Kind.FACTOR, Kind.ADDED, Kind.TERM, Kind.REASON}
)
# Kinds whose clause is worth its sentence.
_QUOTED = frozenset({Kind.FACTOR, Kind.KEPT, Kind.ENFORCED, Kind.NOT, Kind.CASE, Kind.ROUNDING})
_QUOTED = frozenset({Kind.FACTOR, Kind.ADDED, Kind.KEPT, Kind.NOT, Kind.CASE, Kind.ROUNDING})
# Kinds whose place in the file is shown.
_PLACED = frozenset(
    {Kind.ENTITLED, Kind.CUT, Kind.FACTOR, Kind.ADDED, Kind.TEST, Kind.HOLDS, Kind.STEP, Kind.CAP, Kind.LEVEL}
)
_PLAIN: dict[Kind, Text] = {
    Kind.EARNED: Text(en="before rounding", de="vor dem Runden"),
    Kind.ROUNDING: Text(en="rounding to coins", de="Rundung auf Cent"),
    Kind.GATE: Text(en="gate", de="Voraussetzungen"),
    Kind.ANY: Text(en="one of", de="eines von"),
    Kind.NOT: Text(en="not", de="nicht"),
    Kind.ENFORCED: Text(en="from a day on", de="ab einem Tag"),
    Kind.KEPT: Text(en="once met, stays met", de="einmal erfüllt, bleibt erfüllt"),
    Kind.OPENING: Text(en="figure from the older system", de="Wert aus dem Altsystem"),
    Kind.GIVEN: Text(en="given figure", de="gegebener Wert"),
    Kind.GROWTH: Text(en="growth", de="Wachstum"),
    Kind.PART_ABOVE: Text(en="the part above", de="der Teil darüber"),
    Kind.SCORE: Text(en="score", de="Punktzahl"),
    Kind.BOUND: Text(en="never below 0", de="nie unter 0"),
    Kind.SUM: Text(en="sum", de="Summe"),
    Kind.BETWEEN: Text(en="between its bounds", de="in seinen Grenzen"),
    Kind.HELD: Text(en="what the bound changes", de="was die Grenze ändert"),
    Kind.CONST: Text(en="fixed figure", de="fester Wert"),
    Kind.IF_NONE: Text(en="the figure, or what stands in for it", de="der Wert oder sein Ersatz"),
    Kind.STRETCHED: Text(en="weight of what has no value", de="Gewicht dessen, was keinen Wert hat"),
    Kind.FOLD: Text(en="taken unit by unit", de="Einheit für Einheit"),
    Kind.AGREED: Text(en="target agreed", de="vereinbartes Ziel"),
    Kind.SETTLED: Text(en="settled before", de="schon abgerechnet"),
    Kind.CARRIED_IN: Text(en="carried in", de="Übertrag"),
    Kind.CARRIED_OUT: Text(en="carried on", de="vorgetragen"),
    Kind.FORFEITED: Text(en="forfeited", de="verfallen"),
    Kind.PAYMENT: Text(en="paid", de="Auszahlung"),
    Kind.WINDOW: Text(en="window", de="Zeitraum"),
    Kind.FORM: Text(en="paid out", de="ausgezahlt"),
    Kind.STANDING: Text(en="standing", de="Stand"),
    Kind.SHARE: Text(en="share", de="Anteil"),
    Kind.FACTOR: Text(en="factor", de="Faktor"),
    Kind.CASE: Text(en="case", de="Fall"),
    Kind.BEFORE: Text(en="paid before it in the sequence", de="vorher in der Reihenfolge gezahlt"),
    Kind.OTHERS: Text(en="of others, in one sum", de="anderer, in einer Summe"),
    Kind.ALL: Text(en="all of", de="alle von"),
    Kind.TAKE: Text(en="lines", de="Zeilen"),
}


class NodeText(Telling):
    """Says nodes, each in one line."""

    __slots__ = ()

    def line(self, node: Node) -> Styled:
        """Figure, whether it holds, what it is, its clause and its place."""
        line = Styled()
        amount = self._amount(node)
        if amount:
            line.append(f"{amount}  ", style="bold" if node.adds or node.kind is Kind.ENTITLED else "")
        if node.holds is not None:
            line.append_text(mark(node.holds, self.voice)).append(" ")
        line.append(_SAYERS.get(node.kind, NodeText._plain)(self, node))
        line.append(self._quoted(node), style="italic")
        if node.note and node.kind is not Kind.REASON:
            line.append(f"  {self.voice.say(reason_text(node.note))}", style="yellow")
        if node.place != NOWHERE and node.kind in _PLACED:
            line.append(f"  {node.place}", style="dim")
        return line

    def _quoted(self, node: Node) -> str:
        """The clause of a node, where it stands first in the tree."""
        if node.kind not in _QUOTED or node.form is None or id(node.form) in self.quoted:
            return ""
        self.quoted.add(id(node.form))
        return f"  {clause(self.programme, node.form, self.voice.language)}"

    def again(self, count: int) -> Styled:
        """Rows that stood above."""
        told = Text(en=f"the {count} lines above", de=f"die {count} Zeilen von oben")
        one = Text(en="the line above", de="die Zeile von oben")
        return Styled(self.voice.say(one if count == 1 else told), style="dim")

    def rest(self, rows: Sequence[Node]) -> Styled:
        """Rows that are not shown one by one, with their sum."""
        whole = sum((row.figure for row in rows if row.figure is not None), Decimal(0))
        more = (Text(en="more line", de="weitere Zeile"), Text(en="more lines", de="weitere Zeilen"))
        told = counted(self.voice, len(rows), *more)
        return Styled(f"{self.figure(whole, rows[0].unit)}  {told}", style="dim")

    def history(self, row: Node) -> list[Styled]:
        """What a line was before a later report corrected it or took it back."""
        line = self.lines.get(str(row.says.get("line_id")))
        return [] if line is None else [self._earlier(line, one) for one in line.earlier]

    def _earlier(self, line: SoldLine, one: Revision) -> Styled:
        net = "–" if one.net is None else self.voice.money(one.net, line.currency)
        day, by = self.voice.day(one.sold_on), taken_back_by(one, self.voice)
        told = Text(
            en=f"before: {net}, {day}, taken back by {by}",
            de=f"vorher: {net}, {day}, zurückgenommen durch {by}",
        )
        return Styled(self.voice.say(told), style="dim")

    def _amount(self, node: Node) -> str:
        if node.kind in _FIGURE_IN_WORDS:
            return ""
        value = node.coins if node.kind is Kind.ENTITLED and node.coins is not None else node.figure
        if value is None or node.whole is not None:
            return "" if value is None else self.pair(node)
        return self.figure(value, node.unit)

    # -------------------------------------------------------------------------- kinds

    def _plain(self, node: Node) -> str:
        name = self.voice.say(_PLAIN[node.kind]) if node.kind in _PLAIN else str(node.kind)
        return ", ".join(filter(None, (name, self.span(node))))

    def _entitled(self, node: Node) -> str:
        title = self.voice.say(node.form.title) if isinstance(node.form, Incentive) else ""
        return f"{title}, {self.span(node)}"

    def _key(self, node: Node) -> str:
        key = self.named(node.says.get("key"))
        nobody = Text(en="lines without an end customer", de="Zeilen ohne Endkunden")
        return self.voice.say(Text(en=f"end customer {key}", de=f"Endkunde {key}") if key else nobody)

    def _cut(self, node: Node) -> str:
        base, unit = node.says.get("base"), node.says.get("base_unit")
        if not isinstance(base, Decimal):
            return self.voice.say(Text(en="at the rate reached", de="zum erreichten Satz"))
        measured = Measured(unit) if isinstance(unit, str) else None
        return f"= {self.figure(base, measured)} × {self._rate(node.says.get('rate'), measured)}"

    def _rate(self, rate: object, unit: Measured | None) -> str:
        if not isinstance(rate, Decimal):
            return "–"
        if unit in (Measured.PIECES, Measured.COUNT):
            return self.voice.money(rate, self.programme.currency)
        return self.voice.percent(rate)

    def _cap(self, node: Node) -> str:
        most, before = (self.figure(node.says.get(name), Measured.MONEY) for name in ("at_most", "before"))
        told = Text(
            en=f"the cap of {most} holds what was {before}", de=f"die Obergrenze von {most} hält {before}"
        )
        return self.voice.say(told)

    def _floor(self, node: Node) -> str:
        least, before = (self.figure(node.says.get(name), Measured.MONEY) for name in ("at_least", "before"))
        told = Text(
            en=f"the floor of {least} lifts what was {before}",
            de=f"die Untergrenze von {least} hebt {before} an",
        )
        return self.voice.say(told)

    def _lump(self, node: Node) -> str:
        """A lump sum, once or as often as it was counted."""
        if "times" not in node.says:
            return self.voice.say(Text(en="lump sum", de="Pauschale"))
        times, each = node.says["times"], self.figure(Decimal(str(node.says["each"])), node.unit)
        return self.voice.say(Text(en=f"lump sum, {times} times {each}", de=f"Pauschale, {times} mal {each}"))

    def _step(self, node: Node) -> str:
        says, actual = node.says, self.actual(node)
        step, steps = says.get("step"), says.get("steps")
        reached = Text(en=f"step {step} of {steps}", de=f"Stufe {step} von {steps}")
        told = self.voice.say(reached if step else Text(en="no step", de="keine Stufe"))
        if actual:
            told += self.voice.say(Text(en=f" at {actual}", de=f" bei {actual}"))
        missing = says.get("missing")
        if not isinstance(missing, Decimal) or not missing:
            return told
        lacks = self.figure(missing, node.unit)
        return told + self.voice.say(Text(en=f", {lacks} to the next", de=f", {lacks} bis zur nächsten"))

    def _step_part(self, node: Node) -> str:
        value, step = self.figure(node.figure, node.unit or Measured.MONEY), node.says.get("step")
        return self.voice.say(Text(en=f"{value} in step {step}", de=f"{value} in Stufe {step}"))

    def _factor(self, node: Node) -> str:
        times = self.voice.number(node.figure or Decimal(1))
        applies = Text(en=f"× {times} applies", de=f"× {times} gilt")
        idle = Text(en=f"× {times} does not apply", de=f"× {times} gilt nicht")
        return self.voice.say(idle if node.holds is False else applies)

    def _times(self, node: Node) -> str:
        factor = self.voice.number(_decimal(node.says.get("factor")))
        return self.voice.say(Text(en=f"{factor} times", de=f"das {factor}-Fache"))

    def _best(self, node: Node) -> str:
        worst = Text(en="the smallest of", de="der kleinste Wert aus")
        return self.voice.say(worst if node.says.get("worst") else _GREATEST)

    def _added(self, node: Node) -> str:
        points = self.figure(node.figure or Decimal(0), node.unit)
        applies = Text(en=f"+ {points} applies", de=f"+ {points} gilt")
        idle = Text(en=f"+ {points} does not apply", de=f"+ {points} gilt nicht")
        return self.voice.say(idle if node.holds is False else applies)

    def _use(self, node: Node) -> str:
        title = measure_title(self.programme, str(node.says.get("name")), self.voice)
        return ", ".join(filter(None, (title, self.span(node))))

    def _row(self, node: Node) -> str:
        says = node.says
        day = says.get("day")
        told = [
            self.voice.day(day) if isinstance(day, date) else "",
            str(says.get("line_id")),
            self._document(node),
            str(says.get("product_id")),
        ]
        if says.get("kind") == "return":
            told.append(self.voice.say(Text(en="return", de="Rückgabe")))
        counts = says.get("counts")
        if node.unit is Measured.MONEY and isinstance(counts, Decimal) and counts != node.figure:
            of = self.voice.number(counts, 0 if counts == counts.to_integral_value() else 2)
            told.append(self.voice.say(Text(en=f"of {of}", de=f"von {of}")))
        return "  ".join(filter(None, told))

    def _document(self, node: Node) -> str:
        """The distributor's document, where the line is not named by it."""
        line = self.lines.get(str(node.says.get("line_id")))
        if line is None or not line.invoice_no or line.is_named_by_document:
            return ""
        told = document_of(line, self.voice)
        return self.voice.say(Text(en=f"document {told}", de=f"Beleg {told}"))

    def _reason(self, node: Node) -> str:
        why = self.voice.say(reason_text(node.note or str(node.says.get("reason"))))
        rows = int(str(node.says.get("rows", len(node.children))))
        count = self.voice.number(rows)
        one = Text(en=f"1 line did not count: {why}", de=f"1 Zeile zählte nicht: {why}")
        told = Text(en=f"{count} lines did not count: {why}", de=f"{count} Zeilen zählten nicht: {why}")
        return self.voice.say(one if rows == 1 else told)

    def _term(self, node: Node) -> str:
        says = node.says
        until = says.get("until")
        held = [str(says.get("certification") or ""), self.named(says.get("person_id"))]
        if isinstance(until, date) and until < DAY_AFTER_ALL:
            day = self.voice.day(until - ONE_DAY)
            held.append(self.voice.say(Text(en=f"until {day}", de=f"bis {day}")))
        return "  ".join(filter(None, held))

    def _baseline(self, node: Node) -> str:
        wins = Text(en="the baseline that counts", de="der Vergleichswert, der zählt")
        other = Text(en="another baseline", de="ein anderer Vergleichswert")
        unsaid = Text(en="a baseline", de="ein Vergleichswert")
        told = unsaid if "wins" not in node.says else wins if node.says["wins"] else other
        return f"{self.voice.say(told)}, {self.span(node)}"

    def _part(self, node: Node) -> str:
        actual, points = (self.voice.number(_decimal(node.says.get(name))) for name in ("actual", "points"))
        most = node.says.get("most")
        told = f"= {actual} × {points}"
        if isinstance(most, Decimal):
            limit = self.voice.number(most)
            told += self.voice.say(Text(en=f", at most {limit}", de=f", höchstens {limit}"))
        weight = node.says.get("weight")
        return told + (f", × {self.voice.number(weight)}" if isinstance(weight, Decimal) else "")

    def _member(self, node: Node) -> str:
        partner = self.partner(node.says.get("partner"))
        return self.voice.say(Text(en=f"share of {partner}", de=f"Anteil von {partner}"))

    def _kept(self, node: Node) -> str:
        """What stays for ever, or on which days it must have held."""
        form = node.form
        if not isinstance(form, Kept) or (form.over is None and form.on == "any"):
            return self._plain(node)
        any_ = Text(en="met on a day that counts", de="an einem Tag erfüllt, der zählt")
        every = Text(en="met on every day that counts", de="an jedem Tag erfüllt, der zählt")
        return self.voice.say(any_ if form.on == "any" else every)

    def _group(self, node: Node) -> str:
        group = node.says.get("group")
        return self.voice.say(Text(en=f"all that {group} earned", de=f"alles, was {group} verdient hat"))


_GREATEST = Text(en="the greatest of", de="der größte Wert aus")


def _decimal(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


_SAYERS: dict[Kind, Callable[[NodeText, Node], str]] = {
    Kind.ENTITLED: NodeText._entitled,
    Kind.KEY: NodeText._key,
    Kind.CUT: NodeText._cut,
    Kind.CAP: NodeText._cap,
    Kind.FLOOR: NodeText._floor,
    Kind.LUMP: NodeText._lump,
    Kind.STEP: NodeText._step,
    Kind.STEP_PART: NodeText._step_part,
    Kind.FACTOR: NodeText._factor,
    Kind.TIMES: NodeText._times,
    Kind.BEST: NodeText._best,
    Kind.ADDED: NodeText._added,
    Kind.USE: NodeText._use,
    Kind.ROW: NodeText._row,
    Kind.REASON: NodeText._reason,
    Kind.TERM: NodeText._term,
    Kind.TEST: said_test,
    Kind.HOLDS: said_holds,
    Kind.BASELINE: NodeText._baseline,
    Kind.PART: NodeText._part,
    Kind.LEVEL: said_level,
    Kind.STANDING: said_standing,
    Kind.PATH: said_path,
    Kind.FALL: said_fall,
    Kind.REVIEW: said_review,
    Kind.MEMBER_SHARE: NodeText._member,
    Kind.GROUP: NodeText._group,
    Kind.KEPT: NodeText._kept,
}

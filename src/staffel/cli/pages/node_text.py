"""One node of evidence in one line: what it is, in the words of its kind, behind its figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rich.text import Text as Styled

from staffel.cli.pages.figures import figure
from staffel.cli.pages.pieces import mark
from staffel.cli.pages.reasons import reason_text
from staffel.cli.voice import Voice
from staffel.core.engine.evidence import Kind, Node
from staffel.core.findings import NOWHERE, Text
from staffel.core.money import divide
from staffel.core.programme.model import DAY_AFTER_ALL, Incentive, Programme
from staffel.core.programme.words import clause
from staffel.core.sources import Measured

_PLACES = 3  # of a share in percent: 0.1 %
# Kinds whose clause is worth its sentence.
_QUOTED = frozenset({Kind.FACTOR, Kind.KEPT, Kind.NOT, Kind.CASE})
# Kinds whose place in the file is shown.
_PLACED = frozenset(
    {Kind.ENTITLED, Kind.CUT, Kind.FACTOR, Kind.TEST, Kind.HOLDS, Kind.STEP, Kind.CAP, Kind.LEVEL}
)
_PLAIN: dict[Kind, Text] = {
    Kind.EARNED: Text(en="before rounding", de="vor dem Runden"),
    Kind.LUMP: Text(en="lump sum", de="Pauschale"),
    Kind.ROUNDING: Text(en="rounding to coins", de="Rundung auf Cent"),
    Kind.GATE: Text(en="gate", de="Voraussetzungen"),
    Kind.ANY: Text(en="one of", de="eines von"),
    Kind.NOT: Text(en="not", de="nicht"),
    Kind.KEPT: Text(en="once met, stays met", de="einmal erfüllt, bleibt erfüllt"),
    Kind.OPENING: Text(en="figure from the older system", de="Wert aus dem Altsystem"),
    Kind.GIVEN: Text(en="given figure", de="gegebener Wert"),
    Kind.GROWTH: Text(en="growth", de="Wachstum"),
    Kind.SCORE: Text(en="score", de="Punktzahl"),
    Kind.BOUND: Text(en="never below 0", de="nie unter 0"),
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
_COMPARISONS = {
    "at_least": Text(en="at least {figure} asked", de="mindestens {figure} verlangt"),
    "above": Text(en="more than {figure} asked", de="mehr als {figure} verlangt"),
    "at_most": Text(en="at most {figure} allowed", de="höchstens {figure} erlaubt"),
    "below": Text(en="less than {figure} allowed", de="weniger als {figure} erlaubt"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeText:
    """Says nodes of one programme in one voice.

    names: of random keys, for whom may know them. quoted: the forms whose clause was said.
    """

    programme: Programme
    voice: Voice
    names: Mapping[str, str] = field(default_factory=dict)
    quoted: set[int] = field(default_factory=set)

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
        amount = self._figure(whole, rows[0].unit)
        count = self.voice.number(len(rows))
        one = Text(en="1 more line", de="1 weitere Zeile")
        told = Text(en=f"{count} more lines", de=f"{count} weitere Zeilen")
        return Styled(f"{amount}  {self.voice.say(one if len(rows) == 1 else told)}", style="dim")

    # -------------------------------------------------------------------------- figures

    def _amount(self, node: Node) -> str:
        if node.kind in (Kind.TEST, Kind.STEP, Kind.STEP_PART, Kind.FACTOR, Kind.TERM, Kind.REASON):
            return ""
        value = node.coins if node.kind is Kind.ENTITLED and node.coins is not None else node.figure
        if value is None or node.whole is not None:
            return "" if value is None else self._pair(node)
        return self._figure(value, node.unit)

    def _figure(self, value: object, unit: Measured | None) -> str:
        return figure(value, unit, self.programme.currency, self.voice) if isinstance(value, Decimal) else ""

    def _pair(self, node: Node) -> str:
        assert node.figure is not None
        if node.whole is None or node.whole <= 0:
            return "–"
        return self.voice.percent(divide(node.figure, node.whole, _PLACES))

    def _span(self, node: Node) -> str:
        return "" if node.window is None or node.window.days <= 0 else self.voice.span(node.window)

    # -------------------------------------------------------------------------- kinds

    def _plain(self, node: Node) -> str:
        name = self.voice.say(_PLAIN[node.kind]) if node.kind in _PLAIN else str(node.kind)
        return ", ".join(filter(None, (name, self._span(node))))

    def _entitled(self, node: Node) -> str:
        title = self.voice.say(node.form.title) if isinstance(node.form, Incentive) else ""
        return f"{title}, {self._span(node)}"

    def _key(self, node: Node) -> str:
        key = self._named(node.says.get("key"))
        nobody = Text(en="lines without an end customer", de="Zeilen ohne Endkunden")
        return self.voice.say(Text(en=f"end customer {key}", de=f"Endkunde {key}") if key else nobody)

    def _named(self, key: object) -> str:
        """A name, else the key that stands for it."""
        return self.names.get(str(key), str(key)) if key else ""

    def _cut(self, node: Node) -> str:
        base, unit = node.says.get("base"), node.says.get("base_unit")
        measured = Measured(unit) if isinstance(unit, str) else None
        return f"= {self._figure(base, measured)} × {self._rate(node.says.get('rate'), measured)}"

    def _rate(self, rate: object, unit: Measured | None) -> str:
        if not isinstance(rate, Decimal):
            return "–"
        if unit in (Measured.PIECES, Measured.COUNT):
            return self.voice.money(rate, self.programme.currency)
        return self.voice.percent(rate)

    def _cap(self, node: Node) -> str:
        most, before = (self._figure(node.says.get(name), Measured.MONEY) for name in ("at_most", "before"))
        told = Text(
            en=f"the cap of {most} holds what was {before}", de=f"die Obergrenze von {most} hält {before}"
        )
        return self.voice.say(told)

    def _step(self, node: Node) -> str:
        says = node.says
        actual = self._pair(node) if node.whole is not None else self._figure(node.figure, node.unit)
        step, steps = says.get("step"), says.get("steps")
        reached = Text(en=f"step {step} of {steps} at {actual}", de=f"Stufe {step} von {steps} bei {actual}")
        none = Text(en=f"no step at {actual or '–'}", de=f"keine Stufe bei {actual or '–'}")
        told = self.voice.say(reached if step else none)
        missing = says.get("missing")
        if not isinstance(missing, Decimal) or not missing:
            return told
        lacks = self._figure(missing, node.unit)
        return told + self.voice.say(Text(en=f", {lacks} to the next", de=f", {lacks} bis zur nächsten"))

    def _step_part(self, node: Node) -> str:
        value, step = self._figure(node.figure, node.unit or Measured.MONEY), node.says.get("step")
        return self.voice.say(Text(en=f"{value} in step {step}", de=f"{value} in Stufe {step}"))

    def _factor(self, node: Node) -> str:
        times = self.voice.number(node.figure or Decimal(1))
        applies = Text(en=f"× {times} applies", de=f"× {times} gilt")
        idle = Text(en=f"× {times} does not apply", de=f"× {times} gilt nicht")
        return self.voice.say(idle if node.holds is False else applies)

    def _use(self, node: Node) -> str:
        titles = {one.name: one.title for one in self.programme.measures}
        name = str(node.says.get("name"))
        title = self.voice.say(titles[name]) if name in titles else name
        return ", ".join(filter(None, (title, self._span(node))))

    def _row(self, node: Node) -> str:
        says = node.says
        day = says.get("day")
        told = [
            self.voice.day(day) if isinstance(day, date) else "",
            str(says.get("line_id")),
            str(says.get("product_id")),
        ]
        if says.get("kind") == "return":
            told.append(self.voice.say(Text(en="return", de="Rückgabe")))
        counts = says.get("counts")
        if node.unit is Measured.MONEY and isinstance(counts, Decimal) and counts != node.figure:
            of = self.voice.number(counts, 0 if counts == counts.to_integral_value() else 2)
            told.append(self.voice.say(Text(en=f"of {of}", de=f"von {of}")))
        return "  ".join(told)

    def _reason(self, node: Node) -> str:
        why = self.voice.say(reason_text(str(node.says.get("reason"))))
        rows = node.says.get("rows")
        one = Text(en=f"1 line did not count: {why}", de=f"1 Zeile zählte nicht: {why}")
        told = Text(en=f"{rows} lines did not count: {why}", de=f"{rows} Zeilen zählten nicht: {why}")
        return self.voice.say(one if rows == 1 else told)

    def _term(self, node: Node) -> str:
        says = node.says
        until = says.get("until")
        held = [str(says.get("certification") or ""), self._named(says.get("person_id"))]
        if isinstance(until, date) and until < DAY_AFTER_ALL:
            day = self.voice.day(until)
            held.append(self.voice.say(Text(en=f"until {day}", de=f"bis {day}")))
        return "  ".join(filter(None, held))

    def _test(self, node: Node) -> str:
        required = self._figure(node.says.get("required"), node.unit)
        asked = self.voice.say(_COMPARISONS[str(node.says.get("comparison"))]).format(figure=required)
        actual = self._pair(node) if node.whole is not None else self._figure(node.figure, node.unit)
        none = self.voice.say(Text(en="no figure", de="kein Wert"))
        met = node.says.get("met_on")
        if node.holds and isinstance(met, date):
            day = self.voice.day(met)
            asked += self.voice.say(Text(en=f", met on {day}", de=f", erfüllt am {day}"))
        return f"{actual or none}, {asked}"

    def _holds(self, node: Node) -> str:
        trait = getattr(node.form, "trait", "")
        values = ", ".join(getattr(node.form, "values", ()))
        actual = node.says.get("actual")
        told = Text(
            en=f"{trait}: {actual or '–'}, asked {values}", de=f"{trait}: {actual or '–'}, verlangt {values}"
        )
        return self.voice.say(told)

    def _baseline(self, node: Node) -> str:
        wins = Text(en="the baseline that counts", de="der Vergleichswert, der zählt")
        other = Text(en="another baseline", de="ein anderer Vergleichswert")
        return f"{self.voice.say(wins if node.says.get('wins') else other)}, {self._span(node)}"

    def _part(self, node: Node) -> str:
        actual, points = (self.voice.number(_decimal(node.says.get(name))) for name in ("actual", "points"))
        most = node.says.get("most")
        told = f"= {actual} × {points}"
        if isinstance(most, Decimal):
            limit = self.voice.number(most)
            told += self.voice.say(Text(en=f", at most {limit}", de=f", höchstens {limit}"))
        return told

    def _level(self, node: Node) -> str:
        level = str(node.says.get("level") or "")
        titles = (
            {one.name: one.title for one in self.programme.ladder.levels} if self.programme.ladder else {}
        )
        return self.voice.say(titles[level]) if level in titles else level

    def _standing(self, node: Node) -> str:
        since = node.says.get("since")
        told = self._level(node)
        if isinstance(since, date):
            day = self.voice.day(since)
            told += self.voice.say(Text(en=f", since {day}", de=f", seit {day}"))
        return told

    def _path(self, node: Node) -> str:
        path = node.says.get("path")
        only = Text(en="asks", de="verlangt")
        return self.voice.say(Text(en=f"by {path}", de=f"über {path}") if path else only)

    def _fall(self, node: Node) -> str:
        lower, last = node.says.get("falls_to"), node.says.get("falls_after")
        day = self.voice.day(last) if isinstance(last, date) else ""
        return self.voice.say(
            Text(en=f"falls to {lower} after {day}", de=f"fällt nach dem {day} auf {lower}")
        )

    def _member(self, node: Node) -> str:
        partner = node.says.get("partner")
        return self.voice.say(Text(en=f"share of {partner}", de=f"Anteil von {partner}"))

    def _group(self, node: Node) -> str:
        group = node.says.get("group")
        return self.voice.say(Text(en=f"all that {group} earned", de=f"alles, was {group} verdient hat"))


def _decimal(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


_SAYERS: dict[Kind, Callable[[NodeText, Node], str]] = {
    Kind.ENTITLED: NodeText._entitled,
    Kind.KEY: NodeText._key,
    Kind.CUT: NodeText._cut,
    Kind.CAP: NodeText._cap,
    Kind.STEP: NodeText._step,
    Kind.STEP_PART: NodeText._step_part,
    Kind.FACTOR: NodeText._factor,
    Kind.USE: NodeText._use,
    Kind.ROW: NodeText._row,
    Kind.REASON: NodeText._reason,
    Kind.TERM: NodeText._term,
    Kind.TEST: NodeText._test,
    Kind.HOLDS: NodeText._holds,
    Kind.BASELINE: NodeText._baseline,
    Kind.PART: NodeText._part,
    Kind.LEVEL: NodeText._level,
    Kind.STANDING: NodeText._standing,
    Kind.PATH: NodeText._path,
    Kind.FALL: NodeText._fall,
    Kind.MEMBER_SHARE: NodeText._member,
    Kind.GROUP: NodeText._group,
}

"""Circles: no measure in itself, no level that asks for a level, no lump sum that a line decides."""

from collections.abc import Iterator

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import all_in, leaves_in
from staffel.core.programme.model import Holds, Is, Lump, Step, Trait

MOST_NAMES_DEEP = 24


def cycles(scene: Scene) -> Iterator[Finding]:
    """Every finding about circles."""
    yield from _in_itself(scene)
    yield from _too_deep(scene)
    yield from _level_in_requirement(scene)
    yield from _by_line(scene)


def _in_itself(scene: Scene) -> Iterator[Finding]:
    for measure in scene.programme.measures:
        if measure.name in scene.circular:
            yield Finding(
                code="measure-in-itself",
                places=(measure.place,),
                reason=Text(
                    en=f"`{measure.name}` is made of itself, directly or through others.",
                    de=f"Die Kennzahl `{measure.name}` besteht aus sich selbst, direkt oder über andere.",
                ),
                way_out=Text(
                    en="Make it of sums and counts that do not use it.",
                    de="Bilden Sie sie aus Summen und Anzahlen, die sie nicht verwenden.",
                ),
            )


def _too_deep(scene: Scene) -> Iterator[Finding]:
    for measure in scene.programme.measures:
        if scene.depths.get(measure.name, 0) == MOST_NAMES_DEEP + 1:
            yield Finding(
                code="too-deep",
                places=(measure.place,),
                reason=Text(
                    en=f"More than {MOST_NAMES_DEEP} measures stand below each other here.",
                    de=f"Hier stehen mehr als {MOST_NAMES_DEEP} Kennzahlen untereinander.",
                ),
                way_out=Text(
                    en="Make it of sums and counts directly.",
                    de="Bilden Sie sie direkt aus Summen und Anzahlen.",
                ),
            )


def _level_in_requirement(scene: Scene) -> Iterator[Finding]:
    for ladder in scene.programme.ladders:
        for level in ladder.levels:
            asked = [one.place for one in all_in(level, Holds) if one.trait is Trait.LEVEL]
            read = [
                test.place
                for take in scene.takes(level)
                for test in all_in(take.where, Is)
                if test.column == "partner.level"
            ]
            for place in dict.fromkeys((*asked, *read)):
                yield _circle(place, level.place)


def _circle(place: Place, level: Place) -> Finding:
    return Finding(
        code="level-in-requirement",
        places=(place, level),
        reason=Text(
            en="A level's requirement reads a level: the one that it decides.",
            de="Die Anforderung einer Partnerstufe liest eine Partnerstufe: die, über die sie entscheidet.",
        ),
        way_out=Text(
            en="Ask for revenue, know-how or a certificate instead.",
            de="Fragen Sie stattdessen nach Umsatz, Wissen oder einem Zertifikat.",
        ),
    )


def _by_line(scene: Scene) -> Iterator[Finding]:
    """Tables of what is one figure for the window, that ask each line (rule 31)."""
    for lump in all_in(scene.programme, Lump):
        yield from _asks_lines(lump.money, lump.place, _LUMP)
    for step in all_in(scene.programme, Step):
        yield from _asks_lines(step.start, step.place, _START)


def _asks_lines(table: object, place: Place, reason: Text) -> Iterator[Finding]:
    rows = leaves_in(table)
    for row in rows[:1]:
        yield Finding(
            code="varies-by-line",
            places=(place, row.place),
            reason=reason,
            way_out=Text(
                en="For a level, say `level_on: start`, `end` or `settlement`; else write one"
                " incentive for each.",
                de="Für eine Partnerstufe sagen Sie `level_on: start`, `end` oder `settlement`;"
                " sonst schreiben Sie für jeden Fall einen eigenen Bonus.",
            ),
        )


_LUMP = Text(
    en="A lump sum is paid once for the window, and this table asks each line.",
    de="Ein Festbetrag wird einmal je Zeitraum gezahlt, und diese Tabelle fragt jede Zeile.",
)
_START = Text(
    en="A step is reached by all lines together, and this table of its starts asks each line.",
    de="Eine Stufe erreichen alle Zeilen zusammen, und diese Tabelle ihrer Anfänge fragt jede Zeile.",
)

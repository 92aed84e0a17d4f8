"""Windows: units fit into the validity, spans lie in it, deadlines do not cross.

`language.md`, 3, *windows*.
"""

from collections.abc import Iterator
from datetime import date

from staffel.core.calendar import ONE_DAY, Span, Unit
from staffel.core.findings import Finding, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import Enforced, Incentive


def windows(scene: Scene) -> Iterator[Finding]:
    """Every finding about windows."""
    for incentive in scene.programme.incentives:
        match incentive.per:
            case Span() as span:
                yield from _outside(scene, incentive, span)
            case Unit() as unit:
                yield from _divides(scene, incentive, unit)
    yield from _close(scene)
    for enforced in all_in(scene.programme, Enforced):
        yield from _published(enforced)


def _outside(scene: Scene, incentive: Incentive, span: Span) -> Iterator[Finding]:
    valid = scene.programme.valid
    if span.start < valid.start or span.until > valid.until:
        yield Finding(
            code="span-outside-validity",
            places=(incentive.place,),
            reason=Text(
                en=f"{span.start} to {span.last_day} is not within {valid.start} to {valid.last_day},"
                f" when the"
                " programme is valid.",
                de=f"{span.start} bis {span.last_day} liegt nicht in {valid.start} bis {valid.last_day}, der"
                " Gültigkeit des Programms.",
            ),
            way_out=Text(
                en="Cut the span, or let the programme be valid longer.",
                de="Kürzen Sie den Zeitraum, oder lassen Sie das Programm länger gelten.",
            ),
        )


def _divides(scene: Scene, incentive: Incentive, unit: Unit) -> Iterator[Finding]:
    programme = scene.programme
    first = programme.calendar.unit_of(programme.valid.start, unit)
    last = programme.calendar.unit_of(programme.valid.last_day, unit)
    if first.start != programme.valid.start or last.until != programme.valid.until:
        yield Finding(
            code="period-does-not-divide",
            places=(incentive.place,),
            reason=Text(
                en=f"The validity, {programme.valid.start} to {programme.valid.last_day}, is not made of"
                f" whole"
                f" windows of one `{unit.value}`.",
                de=f"Die Gültigkeit, {programme.valid.start} bis {programme.valid.last_day}, besteht"
                f" nicht aus ganzen"
                f" Zeiträumen der Einheit `{unit.value}`.",
            ),
            way_out=_move(first.start, last.until - ONE_DAY),
        )


def _move(start: date, end: date) -> Text:
    return Text(
        en=f"Let the programme be valid from {start} to {end}, or move `year_starts`.",
        de=f"Lassen Sie das Programm von {start} bis {end} gelten, oder verschieben Sie `year_starts`.",
    )


def _published(enforced: Enforced) -> Iterator[Finding]:
    """Rule 53: it is shown before it decides."""
    if enforced.published is not None and enforced.published > enforced.day:
        yield Finding(
            code="published-too-late",
            places=(enforced.place,),
            reason=Text(
                en=f"This decides from {enforced.day} on, and is shown only from {enforced.published} on.",
                de=f"Das entscheidet ab {enforced.day} und wird erst ab {enforced.published} gezeigt.",
            ),
            way_out=Text(
                en="Publish it before, or enforce it later.",
                de="Veröffentlichen Sie es vorher, oder lassen Sie es später entscheiden.",
            ),
        )


def _close(scene: Scene) -> Iterator[Finding]:
    close = scene.programme.close
    if close.settle_after < close.reports_within:
        yield Finding(
            code="deadlines-crossed",
            places=(close.place,),
            reason=Text(
                en="Windows are closed before the reports are in:"
                f" `settle_after` is {close.settle_after}, `reports_within` is {close.reports_within}.",
                de="Zeiträume werden abgeschlossen, bevor die Meldungen da sind:"
                f" `settle_after` ist {close.settle_after}, `reports_within` ist {close.reports_within}.",
            ),
            way_out=Text(
                en=f"Say `settle_after: {close.reports_within} days`, or more.",
                de=f"Sagen Sie `settle_after: {close.reports_within} days` oder mehr.",
            ),
        )

"""Units: a comparison, a step and a rate need one unit. `language.md`, 3, *units*."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import cast

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import all_in, parts_of
from staffel.core.programme.model import (
    Best,
    Between,
    Cases,
    Combined,
    Const,
    Fold,
    Growth,
    IfNone,
    Incentive,
    Limit,
    Lump,
    Made,
    Measure,
    Pay,
    Payer,
    PayPart,
    Percent,
    PerUnit,
    ScaleKind,
    Score,
    Share,
    Sum,
    Test,
    Times,
)
from staffel.core.programme.spellings.numbers import in_percent
from staffel.core.programme.spellings.scales import figures_of
from staffel.core.programme.text import shown
from staffel.core.sources import Measured

ALL = Decimal(1)


def units(scene: Scene) -> Iterator[Finding]:
    """Every finding about units."""
    for test in all_in(scene.programme, Test):
        yield from _compared(scene, test)
        if test.rounded is not None and scene.known(test.measure):
            yield from _rounded(scene, test)
    for incentive in scene.programme.incentives:
        yield from _steps(scene, incentive)
        yield from _pays(scene, incentive)
        yield from _parts(incentive)
    for score in all_in(scene.programme, Score):
        if score.missing == "stretch" and sum(part.weight for part in score.parts) != ALL:
            yield _weights(score)
    yield from _of_shares(scene)
    for made in all_in(scene.programme, Made):
        yield from _of_made(scene, cast("Combined", made))


def _compared(scene: Scene, test: Test) -> Iterator[Finding]:
    unit = scene.unit(test.measure)
    match test.figure:
        case Decimal():
            yield from _in_unit(scene, unit, test.place)
        case Cases(rows=rows, otherwise=otherwise):
            for place in (*(row.place for row in rows), *(() if otherwise is None else (test.figure.place,))):
                yield from _in_unit(scene, unit, place)
        case measure:
            yield from _with_another(scene, test, measure)


def _with_another(scene: Scene, test: Test, measure: Measure) -> Iterator[Finding]:
    """A measure compared with a measure: two figures of one unit, neither a pair (rule 13)."""
    pairs = _is_pair(scene, test.measure) or _is_pair(scene, measure)
    if not pairs and len({scene.unit(test.measure), scene.unit(measure)} - {None}) < 2:
        return
    yield Finding(
        code="units-differ",
        places=(test.place,),
        reason=Text(
            en="Two measures are compared here that are not sums or counts of one unit.",
            de="Hier werden zwei Kennzahlen verglichen, die nicht Summen oder Anzahlen einer Einheit sind.",
        ),
        way_out=Text(
            en="Compare sums of one unit; a share of another measure is asked by"
            " `{share: …, in: …, at_least: 100 %}`.",
            de="Vergleichen Sie Summen einer Einheit; einen Anteil an einer anderen Kennzahl fragt"
            " `{share: …, in: …, at_least: 100 %}`.",
        ),
    )


def _rounded(scene: Scene, test: Test) -> Iterator[Finding]:
    if scene.unit(test.measure) is not Measured.SHARE:
        yield Finding(
            code="units-differ",
            places=(test.place,),
            reason=_no_share(),
            way_out=Text(en="Strike `rounded`.", de="Streichen Sie `rounded`."),
        )


def _steps(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    driver = scene.driver(incentive)
    unit = scene.unit(driver) if driver else None
    for step in incentive.scale.steps:
        if any(step.starts):
            yield from _in_unit(scene, unit, step.place)
    if incentive.scale.count is not None:
        yield from _in_unit(scene, unit, incentive.scale.count.place)


def _in_unit(scene: Scene, unit: Measured | None, place: Place) -> Iterator[Finding]:
    """A share is written in percent, and nothing else is."""
    if unit is not None and (unit is Measured.SHARE) is not (place in scene.said.shares):
        digits = scene.said.digits.get(place, "40")
        plain = f"`{shown(digits)}`"
        yield Finding(
            code="units-differ",
            places=(place,),
            reason=_a_share() if unit is Measured.SHARE else _no_share(),
            way_out=in_percent(digits)
            if unit is Measured.SHARE
            else Text(en=f"Write {plain}.", de=f"Schreiben Sie {plain}."),
        )


def _a_share() -> Text:
    return Text(
        en="The measure is a share, and the figure beside it is not in percent.",
        de="Die Kennzahl ist ein Anteil, und die Zahl daneben steht nicht in Prozent.",
    )


def _no_share() -> Text:
    return Text(
        en="The measure is no share, and the figure beside it is in percent.",
        de="Die Kennzahl ist kein Anteil, und die Zahl daneben steht in Prozent.",
    )


def _pays(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    unit, scale = scene.unit(incentive.base) if incentive.base else None, incentive.scale
    on_base = scale.below if scale.kind is ScaleKind.INCREMENT else scale.every_pay
    for pay in scale.every_pay:
        if pay in on_base:
            yield from _of_base(unit, pay)
        elif not isinstance(pay, Lump):
            yield _needs(pay.place, _LUMP_FOR_EACH)


def _of_base(unit: Measured | None, pay: Pay) -> Iterator[Finding]:
    match pay:
        case Percent():
            if unit not in {None, Measured.MONEY}:
                yield _needs(pay.place, _PERCENT_OF_MONEY)
            if any(rate > ALL for rate in figures_of(pay.rate)):
                yield _above_100(pay.place)
        case PerUnit():
            if unit in {Measured.MONEY, Measured.SHARE, Measured.FACTOR}:
                yield _needs(pay.place, _PER_UNIT_OF_PIECES)
        case Lump():
            pass


_PERCENT_OF_MONEY = Text(
    en="A percent is paid on money, and the base is not money.",
    de="Prozente zahlt man auf Geld, und die Basis ist kein Geldbetrag.",
)
_PER_UNIT_OF_PIECES = Text(
    en="An amount per unit is paid on pieces, counts or points, and the base is none of these.",
    de="Einen Betrag je Einheit zahlt man auf Stück, Anzahlen oder Punkte, und die Basis ist keines davon.",
)

_LUMP_FOR_EACH = Text(
    en="A scale of the kind `increment` pays a `lump` for each `every`, and no part of a base.",
    de="Eine Staffel der Art `increment` zahlt für je `every` ein `lump`, und nichts von einer Basis.",
)


def _needs(place: Place, reason: Text) -> Finding:
    return Finding(
        code="pay-needs-unit",
        places=(place,),
        reason=reason,
        way_out=Text(
            en="Take another base, or pay in another way: `rate`, `per_unit` or `lump`.",
            de="Nehmen Sie eine andere Basis, oder zahlen Sie anders: `rate`, `per_unit` oder `lump`.",
        ),
    )


def _above_100(place: Place) -> Finding:
    return Finding(
        code="rate-above-100",
        severity="warning",
        places=(place,),
        reason=Text(en="A rate is above 100 %.", de="Ein Satz liegt über 100 %."),
        way_out=Text(
            en="Correct it, or say `accept: rate-above-100`.",
            de="Berichtigen Sie ihn, oder sagen Sie `accept: rate-above-100`.",
        ),
    )


def _parts(incentive: Incentive) -> Iterator[Finding]:
    """Parts of a payout, and its payers, make the whole of it."""
    for parts in (incentive.payout.shares, incentive.payout.payers):
        yield from _whole_of(parts)


def _whole_of(parts: Sequence[PayPart] | Sequence[Payer]) -> Iterator[Finding]:
    whole = sum((part.share for part in parts), Decimal(0))
    if whole != ALL:
        said = f"{(whole * 100).normalize():f} %"
        yield Finding(
            code="shares-not-100",
            places=tuple(part.place for part in parts),
            reason=Text(
                en=f"The parts of the payout make {said}, not 100 %.",
                de=f"Die Teile der Auszahlung ergeben {said}, nicht 100 %.",
            ),
            way_out=Text(
                en="Let the shares make 100 % together.", de="Lassen Sie die Anteile zusammen 100 % ergeben."
            ),
        )


def _weights(score: Score) -> Finding:
    """Stretched over those that are there, weights make 100 % again: so they must before."""
    return Finding(
        code="shares-not-100",
        places=(score.place,),
        reason=Text(
            en="The weights of this score do not make 100 %, and they are stretched over its other parts"
            " where one has no value.",
            de="Die Gewichte dieser Wertung ergeben nicht 100 %, und sie werden auf ihre übrigen Teile"
            " gestreckt, wo einer keinen Wert hat.",
        ),
        way_out=Text(
            en="Give each part a `weight`, 100 % together.",
            de="Geben Sie jedem Teil ein `weight`, zusammen 100 %.",
        ),
    )


def _of_shares(scene: Scene) -> Iterator[Finding]:
    """A share of a share, and the growth of one, have no pair to travel as (rule 13)."""
    for share in all_in(scene.programme, Share):
        for part in (share.part, share.whole):
            if _is_pair(scene, part):
                yield _of_a_share(share.place)
    for growth in all_in(scene.programme, Growth):
        if _is_pair(scene, growth.of):
            yield _of_a_share(growth.place)


def _of_made(scene: Scene, made: Combined) -> Iterator[Finding]:
    """Parts of one unit, bounds and fixed figures in it; a sum has no shares in it."""
    parts = parts_of(made)
    units_ = {scene.unit(part) for part in parts} - {None}
    if len(units_) > 1:
        yield _unlike(made.place)
        return
    unit = units_.pop() if units_ else None
    for const in _figures_beside(made):
        yield from _in_unit(scene, unit, const.place)
    for limit in all_in(made, Limit) if isinstance(made, Fold) else ():
        yield from _in_unit(scene, unit, limit.place)
    if isinstance(made, Sum) and any(_is_pair(scene, part) for part in parts):
        yield _of_a_share(made.place)


def _figures_beside(made: Combined) -> list[Const]:
    """The figures that stand directly in it."""
    match made:
        case Between(at_least=least, at_most=most):
            return [bound for bound in (least, most) if bound is not None]
        case IfNone(figure=figure):
            return [figure]
        case _:
            return [one for one in parts_of(made) if isinstance(one, Const)]


def _unlike(place: Place) -> Finding:
    return Finding(
        code="units-differ",
        places=(place,),
        reason=Text(
            en="These measures are in different units: money, pieces, counts, shares and points do not mix.",
            de="Diese Kennzahlen haben verschiedene Einheiten: Geld, Stück, Anzahlen, Anteile und Punkte"
            " lassen sich nicht mischen.",
        ),
        way_out=Text(
            en="Take measures of one unit, or a `score`, which gives points for each of them.",
            de="Nehmen Sie Kennzahlen einer Einheit, oder eine Wertung (`score`), die für jede Punkte gibt.",
        ),
    )


def _is_pair(scene: Scene, measure: Measure) -> bool:
    """Whether it travels as part and whole; what is in itself is found elsewhere."""
    meant = scene.meant(measure)
    if scene.names_below(measure) & scene.circular or (isinstance(meant, Fold) and meant.shown_as == "count"):
        return False
    if isinstance(meant, Best | Times | Between | IfNone | Fold):
        return any(_is_pair(scene, part) for part in parts_of(meant))
    percent = isinstance(meant, Growth) and meant.shown_as == "percent"
    return isinstance(meant, Share) or percent


def _of_a_share(place: Place) -> Finding:
    return Finding(
        code="units-differ",
        places=(place,),
        reason=Text(
            en="A share or growth of a figure that is itself a share or growth is not computed.",
            de="Anteil oder Wachstum einer Zahl, die selbst Anteil oder Wachstum ist, wird nicht gerechnet.",
        ),
        way_out=Text(
            en="Take sums or counts; a condition can ask two shares beside each other.",
            de="Nehmen Sie Summen oder Anzahlen; eine Bedingung kann zwei Anteile nebeneinander abfragen.",
        ),
    )

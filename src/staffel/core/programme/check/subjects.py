"""Subjects: whose figure, whose money, and what becomes of newcomers. `language.md`, 3, *subjects*."""

from collections.abc import Iterator

from staffel.core.findings import Finding, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import (
    GroupShare,
    GrownPart,
    Holds,
    Incentive,
    Kept,
    Lump,
    PartAbove,
    ScaleKind,
    Trait,
    Who,
)


def subjects(scene: Scene) -> Iterator[Finding]:
    """Every finding about subjects."""
    for incentive in scene.programme.incentives:
        yield from _shared(scene, incentive)
        yield from _newcomers(scene, incentive)
        yield from _grown(scene, incentive)
        yield from _group_gate(incentive)
        if isinstance(incentive.base, PartAbove):
            yield from _above(scene, incentive, incentive.base)


def _shared(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    earner = incentive.earner
    if earner.who is not Who.ALLIANCE:
        return
    if earner.base_of == "group" and earner.share is None:
        yield Finding(
            code="group-share-unsaid",
            places=(earner.place,),
            reason=Text(
                en="The alliance earns together, and nothing says how its members share the bonus.",
                de="Die Allianz verdient gemeinsam, und nichts sagt, wie ihre Mitglieder den Bonus teilen.",
            ),
            way_out=Text(
                en="Add `share: by base`, `equally`, `agreed` or `head office`.",
                de="Ergänzen Sie `share: by base`, `equally`, `agreed` oder `head office`.",
            ),
        )
    if earner.base_of == "group" and earner.share is GroupShare.BY_BASE and not scene.by_rows(incentive):
        yield _no_parts(incentive)
    if earner.base_of == "member" and isinstance(earner.share, GroupShare):
        yield _nothing_to_share(incentive)
    if earner.driver_of == "member":
        yield _crossed(incentive)


def _no_parts(incentive: Incentive) -> Finding:
    """Shares are the members' own parts of a sum of rows (rule 42); what is none has no parts."""
    return Finding(
        code="share-without-base",
        places=(incentive.earner.place,),
        reason=Text(
            en="The members share by the base, and there is none that is a sum of lines: no member has a"
            " part of it.",
            de="Die Mitglieder teilen nach der Basis, und es gibt keine, die eine Summe von Zeilen ist:"
            " Kein Mitglied hat einen Teil daran.",
        ),
        way_out=Text(
            en="Take a sum as the base, or say `share: equally`, `agreed` or `head office`.",
            de="Nehmen Sie eine Summe als Basis, oder sagen Sie `share: equally`, `agreed` oder"
            " `head office`.",
        ),
    )


def _nothing_to_share(incentive: Incentive) -> Finding:
    return Finding(
        code="earner-crossed",
        places=(incentive.earner.place,),
        reason=Text(
            en="Each member is paid on its own base, so there is nothing to share.",
            de="Jedes Mitglied wird auf seine eigene Basis bezahlt, es gibt also nichts zu teilen.",
        ),
        way_out=Text(
            en="Strike `share`, or say `base: group`.",
            de="Streichen Sie `share`, oder sagen Sie `base: group`.",
        ),
    )


def _crossed(incentive: Incentive) -> Finding:
    return Finding(
        code="earner-crossed",
        places=(incentive.earner.place,),
        reason=Text(
            en="A member's own figure picks the step, so the alliance has no part in it.",
            de="Die eigene Zahl eines Mitglieds bestimmt die Stufe, die Allianz hat also keinen Anteil"
            " daran.",
        ),
        way_out=Text(
            en="Say `driver: group`, or `earner: partner`.",
            de="Sagen Sie `driver: group` oder `earner: partner`.",
        ),
    )


def _newcomers(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    if scene.growth(incentive) and incentive.name not in scene.said.newcomers:
        yield Finding(
            code="newcomer-unsaid",
            severity="warning",
            places=(incentive.place,),
            reason=Text(
                en="Growth decides here, and whoever joined after the baseline began has none.",
                de="Hier entscheidet das Wachstum, und wer nach Beginn des Vergleichszeitraums beigetreten"
                " ist, hat keines.",
            ),
            way_out=Text(
                en="Say `newcomers: {baseline: none}`, or name a figure there.",
                de="Sagen Sie `newcomers: {baseline: none}`, oder nennen Sie dort eine Zahl.",
            ),
        )


def _grown(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    base = incentive.base
    if not isinstance(base, GrownPart):
        return
    growth = scene.growth(incentive)
    if growth is None and scene.known(incentive.driver):
        yield Finding(
            code="baseline-of-two-windows",
            places=(base.place,),
            reason=Text(
                en="The grown part needs a baseline, and the driver is no growth that has one.",
                de="Der gewachsene Teil braucht einen Vergleichswert, und die Bezugsgröße ist kein Wachstum,"
                " das einen hätte.",
            ),
            way_out=Text(
                en="Write `driver: {growth_of: …, against: …}`.",
                de="Schreiben Sie `driver: {growth_of: …, against: …}`.",
            ),
        )
    elif growth and len({scene.unit(growth.of), scene.unit(base.of)} - {None}) > 1:
        yield _other_unit(base)


def _above(scene: Scene, incentive: Incentive, base: PartAbove) -> Iterator[Finding]:
    """A part above a figure in its own unit, of a scale that pays one rate on the whole of it (29)."""
    over = incentive.picks if isinstance(base.over, str) else base.over
    if over and len({scene.unit(over), scene.unit(base.of)} - {None}) > 1:
        yield _not_above(base)
    below = any(not isinstance(pay, Lump) for pay in incentive.scale.below)
    if incentive.scale.kind is not ScaleKind.RETROACTIVE or (base.is_over_steps and below):
        yield Finding(
            code="part-above-refused",
            places=(base.place, incentive.scale.place),
            reason=Text(
                en="A part above a figure is paid on by a retroactive scale alone, and below the first step"
                " no part lies above one.",
                de="Auf einen Teil über einer Zahl zahlt nur eine durchgerechnete Staffel, und unterhalb der"
                " ersten Stufe liegt kein Teil über einer.",
            ),
            way_out=Text(
                en="Say `kind: retroactive`, strike a rate below, or pay on the whole measure.",
                de="Sagen Sie `kind: retroactive`, streichen Sie einen Satz unterhalb, oder zahlen Sie auf"
                " die ganze Kennzahl.",
            ),
        )


def _not_above(base: PartAbove) -> Finding:
    return Finding(
        code="units-differ",
        places=(base.place,),
        reason=Text(
            en="The part and what it lies above are not in one unit.",
            de="Der Teil und das, worüber er liegt, stehen nicht in einer Einheit.",
        ),
        way_out=Text(
            en="Take a part above a measure of the same unit.",
            de="Nehmen Sie einen Teil über einer Kennzahl derselben Einheit.",
        ),
    )


def _other_unit(base: GrownPart) -> Finding:
    return Finding(
        code="units-differ",
        places=(base.place,),
        reason=Text(
            en="The grown part and the driver's growth are not in one unit.",
            de="Der gewachsene Teil und das Wachstum der Bezugsgröße stehen nicht in einer Einheit.",
        ),
        way_out=Text(en="Let both be of one measure.", de="Bilden Sie beide aus einer Kennzahl."),
    )


def _group_gate(incentive: Incentive) -> Iterator[Finding]:
    """What a firm is or holds, an alliance is not; a certificate of one is asked of the firm too."""
    if incentive.earner.who is not Who.ALLIANCE or incentive.earner.base_of != "group":
        return
    tables = (incentive.gate, incentive.scale, incentive.adjust)
    for kept in all_in(tables, Kept):
        yield _never_enrolled(kept)
    for holds in all_in(tables, Holds):
        asked = "level" if holds.trait is Trait.LEVEL else holds.trait.value
        yield Finding(
            code="group-has-no-trait",
            places=(holds.place,),
            reason=Text(
                en=f"The alliance earns here, and an alliance has no `{asked}`.",
                de=f"Hier verdient die Allianz, und eine Allianz hat kein `{asked}`.",
            ),
            way_out=Text(
                en="Ask for a measure, pick lines by `partner.kind` … in `select`, or let members earn:"
                " `base: member`.",
                de="Fragen Sie nach einer Kennzahl, wählen Sie Zeilen über `partner.kind` … in `select`,"
                " oder lassen"
                " Sie die Mitglieder verdienen: `base: member`.",
            ),
        )


def _never_enrolled(kept: Kept) -> Finding:
    return Finding(
        code="group-has-no-trait",
        places=(kept.place,),
        reason=Text(
            en="The alliance earns here, and an alliance has no day of enrolment, and so no days on which a"
            " condition could have held.",
            de="Hier verdient die Allianz, und eine Allianz hat keinen Tag des Beitritts und damit keine"
            " Tage, an denen eine Bedingung gegolten haben könnte.",
        ),
        way_out=Text(
            en="Strike `once_met` (or `…_day_of`), or let members earn: `base: member`.",
            de="Streichen Sie `once_met` (oder `…_day_of`), oder lassen Sie die Mitglieder verdienen:"
            " `base: member`.",
        ),
    )

"""What does not make sense together: each refused by name, with its reason and the way out.

`docs/semantics.md`: a base that is not a sum or a number of lines cannot be cut, nor capped by a key; a
lump sum is in no cap by key; a percent needs a base; without base and driver nothing picks a step.
"""

from collections.abc import Iterator

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import is_filter
from staffel.core.programme.model import Add, Incentive, Lump, Percent
from staffel.core.programme.spellings.spelling import missing


def combinations(scene: Scene) -> Iterator[Finding]:
    """Every finding about what stands together."""
    for incentive in scene.programme.incentives:
        yield from _lacks_base(incentive)
        yield from _cut(scene, incentive)
        yield from _keyed(scene, incentive)
        yield from _factors(incentive)
        yield from _returns(incentive)
        yield from _floor(scene, incentive)
        if len({cap.each for cap in incentive.caps}) < len(incentive.caps):
            yield _two_caps(incentive)
        elif len({cap.each for cap in incentive.caps_by_key}) > 1:
            yield _two_keys(incentive)


def _lacks_base(incentive: Incentive) -> Iterator[Finding]:
    if incentive.base is not None:
        return
    pays = incentive.scale.every_pay
    if any(not isinstance(pay, Lump) for pay in pays):
        yield missing(incentive.place, "base")
    elif incentive.driver is None:
        yield missing(incentive.place, "driver")


def _cut(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    cut = next(iter(scene.cuts(incentive)), None)
    if incentive.base and cut and not scene.by_rows(incentive):
        yield _not_parted(cut.place, incentive.place)


def _keyed(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    keyed = incentive.caps_by_key
    if not keyed:
        return
    if _only_lumps(incentive):
        yield _caps_nothing(keyed[0].place)
    elif incentive.base and not scene.by_rows(incentive):
        yield _not_parted(keyed[0].place, incentive.place)


def _only_lumps(incentive: Incentive) -> bool:
    pays = incentive.scale.every_pay
    return bool(pays) and all(isinstance(pay, Lump) for pay in pays)


def _factors(incentive: Incentive) -> Iterator[Finding]:
    """A factor of lines multiplies rates, and no lump sum; points are added to a percent (rule 33)."""
    for one in incentive.adjust:
        if isinstance(one, Add):
            if not any(isinstance(pay, Percent) for pay in incentive.scale.every_pay):
                yield _adds_to_nothing(one.place)
        elif is_filter(one.when) and _only_lumps(incentive):
            yield _multiplies_nothing(one.place)


def _adds_to_nothing(place: Place) -> Finding:
    return Finding(
        code="factor-of-nothing",
        places=(place,),
        reason=Text(
            en="Percentage points are added to a `rate`, and none is paid here.",
            de="Prozentpunkte werden zu einem `rate` addiert, und hier wird keiner gezahlt.",
        ),
        way_out=Text(
            en="Pay a `rate`, or use `multiply`.",
            de="Zahlen Sie einen `rate`, oder verwenden Sie `multiply`.",
        ),
    )


def _multiplies_nothing(place: Place) -> Finding:
    return Finding(
        code="factor-of-nothing",
        severity="warning",
        places=(place,),
        reason=Text(
            en="This factor is told line by line, and a lump sum is paid once for the window: nothing is"
            " multiplied.",
            de="Dieser Faktor richtet sich nach der einzelnen Zeile, und ein Festbetrag wird einmal je"
            " Zeitraum gezahlt: Multipliziert wird nichts.",
        ),
        way_out=Text(
            en="For a level, say `level_on: start`, `end` or `settlement`; else ask about the partner, or"
            " strike the factor.",
            de="Für eine Partnerstufe sagen Sie `level_on: start`, `end` oder `settlement`; sonst fragen Sie"
            " nach dem Partner, oder streichen Sie den Faktor.",
        ),
    )


def _not_parted(place: Place, incentive: Place) -> Finding:
    return Finding(
        code="base-not-parted",
        places=(place, incentive),
        reason=Text(
            en="This needs the base line by line, and the base is one figure: grown part, share, score"
            " or count of"
            " different keys.",
            de="Hierfür muss die Basis Zeile für Zeile vorliegen, sie ist aber eine einzige Zahl:"
            " gewachsener Teil, Anteil, Wertung oder Anzahl verschiedener Schlüssel.",
        ),
        way_out=Text(
            en="Take a sum as the base, or strike what asks the line (or caps by a key).",
            de="Nehmen Sie eine Summe als Basis, oder streichen Sie, was die Zeile abfragt (oder je Schlüssel"
            " begrenzt).",
        ),
    )


def _caps_nothing(place: Place) -> Finding:
    return Finding(
        code="cap-of-nothing",
        places=(place,),
        reason=Text(
            en="A lump sum belongs to no single key, so this cap holds nothing.",
            de="Ein Festbetrag gehört zu keinem einzelnen Schlüssel, diese Obergrenze begrenzt also nichts.",
        ),
        way_out=Text(en="Strike `each`.", de="Streichen Sie `each`."),
    )


def _floor(scene: Scene, incentive: Incentive) -> Iterator[Finding]:
    """A floor that a cap never lets be paid, or from which a sequence would take more than there is."""
    floor = incentive.floor
    if floor is None:
        return
    over = [cap for cap in incentive.caps_of_whole if cap.money < floor.money]
    stands = [one for one in scene.programme.stacking.sequences if incentive.name in one.incentives]
    if over or stands:
        yield _never_at_least(floor.place, (over[0] if over else stands[0]).place)


def _never_at_least(floor: Place, other: Place) -> Finding:
    return Finding(
        code="floor-refused",
        places=(floor, other),
        reason=Text(
            en="The cap lies below the floor, or a sequence takes off what the floor lifts without a base.",
            de="Die Obergrenze liegt unter der Untergrenze, oder eine Reihe zieht ab, was die"
            " Untergrenze ohne Basis anhebt.",
        ),
        way_out=Text(
            en="Strike the floor, raise the cap, or take the incentive out of the sequence.",
            de="Streichen Sie die Untergrenze, erhöhen Sie die Obergrenze, oder nehmen Sie den Bonus aus der"
            " Reihe.",
        ),
    )


def _two_caps(incentive: Incentive) -> Finding:
    return Finding(
        code="key-twice",
        places=tuple(cap.place for cap in incentive.caps),
        reason=Text(
            en="Two caps hold the same: the lower one alone acts.",
            de="Zwei Obergrenzen begrenzen dasselbe: Nur die niedrigere wirkt.",
        ),
        way_out=Text(en="Strike one of them.", de="Streichen Sie eine davon."),
    )


def _two_keys(incentive: Incentive) -> Finding:
    return Finding(
        code="caps-by-two-keys",
        places=tuple(cap.place for cap in incentive.caps_by_key),
        reason=Text(
            en="Two caps hold for the values of two keys, and an amount is cut by one key only.",
            de="Zwei Obergrenzen gelten je Wert zweier Schlüssel, und geteilt wird nur nach einem.",
        ),
        way_out=Text(
            en="Keep the cap of one key, or cap the whole.",
            de="Lassen Sie die Obergrenze eines Schlüssels stehen, oder begrenzen Sie das Ganze.",
        ),
    )


def _returns(incentive: Incentive) -> Iterator[Finding]:
    late = incentive.late
    apart = late.returns == "own" or late.lines == "next"
    if apart and any(start > 0 for step in incentive.scale.steps for start in step.starts):
        yield Finding(
            code="return-on-other-step",
            severity="warning",
            places=(late.place,),
            reason=Text(
                en="A return may count on another step than its sale, so both do not cancel to the cent.",
                de="Eine Rückgabe kann auf einer anderen Stufe zählen als ihr Verkauf; beide heben sich"
                " dann nicht"
                " auf den Cent auf.",
            ),
            way_out=Text(
                en="Leave `late` out, or say `accept: return-on-other-step`.",
                de="Lassen Sie `late` weg, oder sagen Sie `accept: return-on-other-step`.",
            ),
        )

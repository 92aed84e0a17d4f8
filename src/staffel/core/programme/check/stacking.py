"""Stacking: whose bases share rows must say how they stand; a sequence has one base (rule 35)."""

from collections.abc import Iterator
from typing import TypeAlias

from staffel.core.calendar import Span
from staffel.core.findings import Finding, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.model import All, Filter, Incentive, InSequence, Is, PartAbove
from staffel.core.sources import Measured

# A source, and per column the values that a row must have.
_Rows: TypeAlias = tuple[str, dict[str, frozenset[str]]]


def stacking(scene: Scene) -> Iterator[Finding]:
    """Every finding about stacking."""
    if not scene.programme.stacking.said:
        rows = {one.name: _rows_of(scene, one) for one in scene.programme.incentives}
        for at, other in enumerate(scene.programme.incentives):
            for one in scene.programme.incentives[:at]:
                if _meet(one, other) and _overlap(rows[one.name], rows[other.name]):
                    yield _unsaid(one, other)
                    break  # each is told of once
    for sequence in scene.programme.stacking.sequences:
        yield from _of_sequence(scene, sequence)


def _meet(one: Incentive, other: Incentive) -> bool:
    """Whether both may be earned on one day."""
    if isinstance(one.per, Span) and isinstance(other.per, Span):
        return one.per.start < other.per.until and other.per.start < one.per.until
    return True


def _rows_of(scene: Scene, incentive: Incentive) -> list[_Rows]:
    """Which rows its base may take, by what the file says."""
    return [
        (take.source, _allowed(scene, All(of=(take.where, incentive.select))))
        for take in scene.takes(incentive.base)
    ]


def _overlap(one: list[_Rows], other: list[_Rows]) -> bool:
    """Whether a row may be in both: there is no column that both ask without a value in common."""
    return any(
        left == right and all(allowed[column] & others[column] for column in allowed.keys() & others.keys())
        for left, allowed in one
        for right, others in other
    )


def _allowed(scene: Scene, filter_: Filter) -> dict[str, frozenset[str]]:
    """Per column the values that a line must have; groups of products by what tells them."""
    found: dict[str, frozenset[str]] = {}
    for column, values in _tests(scene, filter_):
        found[column] = found[column] & values if column in found else values
    return found


def _tests(scene: Scene, filter_: Filter) -> Iterator[tuple[str, frozenset[str]]]:
    match filter_:
        case All(of=parts):
            for part in parts:
                yield from _tests(scene, part)
        case Is(column="product.group", values=names):
            yield from _of_groups(scene, names)
        case Is(column=column, values=values):
            yield column, frozenset(values)
        case _:
            pass


def _of_groups(scene: Scene, names: tuple[str, ...]) -> Iterator[tuple[str, frozenset[str]]]:
    wheres = [scene.groups.get(name) for name in names]
    tests = [where for where in wheres if isinstance(where, Is)]
    if len(tests) == len(wheres) and len({test.column for test in tests}) == 1:
        yield tests[0].column, frozenset(value for test in tests for value in test.values)


def _unsaid(one: Incentive, other: Incentive) -> Finding:
    return Finding(
        code="stack-order-unsaid",
        places=(other.place, one.place),
        reason=Text(
            en=f"A line may count for `{one.name}` and for `{other.name}`, and nothing says how both stand.",
            de=f"Eine Zeile kann für `{one.name}` und für `{other.name}` zählen, und nichts sagt, wie beide"
            " zueinander stehen.",
        ),
        way_out=Text(
            en="Say `stacking: added`, or `stacking: [{sequence: [a, b]}]`.",
            de="Sagen Sie `stacking: added` oder `stacking: [{sequence: [a, b]}]`.",
        ),
    )


def _of_sequence(scene: Scene, sequence: InSequence) -> Iterator[Finding]:
    known = {one.name: one for one in scene.programme.incentives}
    members = [known[name] for name in sequence.incentives if name in known and scene.known(known[name].base)]
    first = members[0] if members else None
    for member in members:
        if first and _of_base(scene, member) != _of_base(scene, first):
            yield _differ(sequence, member)
        elif not _reducible(scene, member):
            yield _no_money(sequence, member)
    if len(sequence.incentives) < 2:
        yield _too_short(sequence)


def _of_base(scene: Scene, incentive: Incentive) -> tuple[object, ...]:
    base = scene.meant(incentive.base) if incentive.base else None
    return base, incentive.select, incentive.per, incentive.earner, incentive.late


def _reducible(scene: Scene, member: Incentive) -> bool:
    is_part = isinstance(member.base, PartAbove)  # above its own steps: members would have two bases
    return member.base is not None and not is_part and scene.unit(member.base) is Measured.MONEY


def _differ(sequence: InSequence, member: Incentive) -> Finding:
    return Finding(
        code="sequence-bases-differ",
        places=(sequence.place, member.place),
        reason=Text(
            en=f"`{member.name}` has another base, selection, window, earner or rule for late lines than"
            f" the first of"
            " its sequence.",
            de=f"`{member.name}` weicht in Basis, Auswahl, Zeitraum, Empfänger oder der Regel für späte"
            " Zeilen vom ersten der Reihe ab.",
        ),
        way_out=Text(
            en="Give all of a sequence one base, or add them.",
            de="Geben Sie allen einer Reihe eine Basis, oder addieren Sie sie.",
        ),
    )


def _no_money(sequence: InSequence, member: Incentive) -> Finding:
    return Finding(
        code="sequence-bases-differ",
        places=(sequence.place, member.place),
        reason=Text(
            en=f"The base of `{member.name}` is no sum of money, or a part of one: nothing is taken off.",
            de=f"Die Basis von `{member.name}` ist kein Geldbetrag oder nur ein Teil davon: Abgezogen wird"
            " nichts.",
        ),
        way_out=Text(
            en="Put only bonuses on money into a sequence.",
            de="Stellen Sie nur Boni auf Geld in eine Reihe.",
        ),
    )


def _too_short(sequence: InSequence) -> Finding:
    return Finding(
        code="key-missing",
        places=(sequence.place,),
        reason=Text(en="A sequence has two members at least.", de="Eine Reihe hat mindestens zwei Glieder."),
        way_out=Text(en="Name two, or strike it.", de="Nennen Sie zwei, oder streichen Sie sie."),
    )

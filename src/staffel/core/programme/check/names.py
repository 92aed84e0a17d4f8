"""Names: every one that is used is there, none stands twice, and every source has what is asked of it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.forms import all_in, leaves_in
from staffel.core.programme.model import Different, Holds, Is, Leaf, Lines, SumOf, Take, Trait, Use
from staffel.core.programme.spellings.desk import listed, unknown_word
from staffel.core.programme.spellings.takes import KEYS
from staffel.core.programme.text import shown
from staffel.core.sources import AMOUNT_COLUMNS, FILTER_WORDS, REACHED, TABLES, ColumnType

_THROUGH = {of: TABLES[name].key[0] for of, name in REACHED.items()}
_COLUMNS = {*AMOUNT_COLUMNS, *KEYS.values()}  # another was told of when it was read
_AMOUNTS = (ColumnType.MONEY, ColumnType.PIECES)


def names(scene: Scene) -> Iterator[Finding]:
    """Every finding about names."""
    yield from _unknown_names(scene)
    yield from _unknown_levels(scene)
    yield from _twice(scene)
    if all(use.measure in scene.measures for use in all_in(scene.programme, Use)):
        yield from _unused(scene)


def _unknown_names(scene: Scene) -> Iterator[Finding]:
    programme = scene.programme
    for use in all_in(programme, Use):
        if use.measure not in scene.measures and not scene.declares("measures", use.measure):
            yield unknown_word(use.place, "name-unknown", use.measure, scene.measures)
    for test in all_in(programme, Is):
        if test.column == "product.group":
            names = scene.unread_left_out("products", test.values)
            yield from _missing(test.place, "name-unknown", names, scene.groups)
    known = [one.name for one in programme.incentives]
    for sequence in programme.stacking.sequences:
        names = scene.unread_left_out("incentives", sequence.incentives)
        yield from _missing(sequence.place, "name-unknown", names, known)


def _unknown_levels(scene: Scene) -> Iterator[Finding]:
    known = [level.name for level in scene.levels]
    lines = [one for one in all_in(scene.programme, Is) if one.column == "partner.level"]
    partners = [one for one in all_in(scene.programme, Holds) if one.trait is Trait.LEVEL]
    asked: list[Is | Holds] = [*lines, *partners]
    for one in asked:
        names = scene.unread_left_out("levels", one.values)
        yield from _missing(one.place, "level-unknown", names, known)


def _missing(place: Place, code: str, used: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
    every = list(known)
    return (unknown_word(place, code, name, every) for name in used if name not in every)


def _twice(scene: Scene) -> Iterator[Finding]:
    programme = scene.programme
    yield from _twice_in([(one.name, one.place) for one in programme.incentives])
    yield from _twice_in([(one.name, one.place) for one in programme.ladders])
    for ladder in programme.ladders:
        yield from _twice_in([(level.name, level.place) for level in ladder.levels])
    members = [(name, one.place) for one in programme.stacking.sequences for name in one.incentives]
    yield from _twice_in(members)


def _twice_in(named: list[tuple[str, Place]]) -> Iterator[Finding]:
    for name, times in Counter(name for name, _ in named).items():
        if times > 1:
            yield Finding(
                code="name-twice",
                places=tuple(sorted(place for other, place in named if other == name)),
                reason=Text(
                    en=f"`{shown(name)}` stands {times} times.", de=f"`{shown(name)}` kommt {times}-mal vor."
                ),
                way_out=Text(en="Give each its own name.", de="Geben Sie jedem einen eigenen Namen."),
            )


def _unused(scene: Scene) -> Iterator[Finding]:
    programme = scene.programme
    used = scene.names_below((*programme.ladders, *programme.incentives))
    for measure in programme.measures:
        if measure.name not in used | scene.circular:
            yield Finding(
                code="measure-unused",
                severity="warning",
                places=(measure.place,),
                reason=Text(
                    en=f"No level and no incentive uses `{measure.name}`.",
                    de=f"Keine Partnerstufe und kein Bonus verwendet `{measure.name}`.",
                ),
                way_out=Text(
                    en="Use it, strike it, or say `accept: measure-unused` beside it.",
                    de="Verwenden oder streichen Sie diese Kennzahl, oder sagen Sie daneben"
                    " `accept: measure-unused`.",
                ),
            )


def columns(scene: Scene) -> Iterator[Finding]:
    """Every source has the columns and dates that are asked of it."""
    for take in all_in(scene.programme, Take):
        yield from _of_take(take)
    for incentive in scene.programme.incentives:
        tests = (*leaves_in(incentive.select), *scene.cuts(incentive))
        for source in sorted({take.source for take in scene.takes(incentive.base)}):
            yield from (
                _lacks(source, test.column, test.place) for test in tests if _is_lacking(source, test)
            )
            for cap in incentive.caps:
                if cap.each in _COLUMNS and not _has(source, cap.each):
                    yield _lacks(source, cap.each, cap.place)


def _of_take(take: Take) -> Iterator[Finding]:
    match take.aggregate:
        case SumOf(column=column) | Different(key=column):
            if column in _COLUMNS and not (_has(take.source, column) and _fits(take, column)):
                yield _lacks(take.source, column, take.aggregate.place)
        case Lines():
            pass
    yield from (
        _lacks(take.source, test.column, test.place)
        for test in leaves_in(take.where)
        if _is_lacking(take.source, test)
    )
    dates = (*TABLES[take.source].dates, TABLES[take.source].main_date)
    for asked in (take.date, *take.inside):
        if asked not in dates:
            yield _lacks_date(take, asked, dates)


def _fits(take: Take, column: str) -> bool:
    is_amount = TABLES[take.source].column(column).type in _AMOUNTS
    return is_amount is isinstance(take.aggregate, SumOf)


def _is_lacking(source: str, test: Leaf) -> bool:
    head, dot, _ = test.column.partition(".")
    return not _has(source, _THROUGH[head] if dot else head)


def _has(source: str, column: str) -> bool:
    return any(one.name == column for one in TABLES[source].columns)


def _spoken(column: str) -> str:
    """A column as a programme calls it: `person` for `person_id`."""
    words = {**{key: word for word, key in FILTER_WORDS.items()}, **{key: word for word, key in KEYS.items()}}
    return words.get(column, column)


def _lacks(source: str, column: str, place: Place) -> Finding:
    word = _spoken(column)
    return Finding(
        code="source-lacks-column",
        places=(place,),
        reason=Text(
            en=f"The source `{source}` has nothing called `{word}` that could be asked so.",
            de=f"Die Quelle `{source}` hat nichts namens `{word}`, das sich so abfragen ließe.",
        ),
        way_out=Text(
            en="Take another source, or strike this.",
            de="Nehmen Sie eine andere Quelle, oder streichen Sie das.",
        ),
    )


def _lacks_date(take: Take, asked: str, dates: tuple[str, ...]) -> Finding:
    known = listed(date.removesuffix("_on") for date in sorted(set(dates)))
    asked = asked.removesuffix("_on")
    return Finding(
        code="source-lacks-date",
        places=(take.place,),
        reason=Text(
            en=f"The source `{take.source}` has no date `{asked}`.",
            de=f"Die Quelle `{take.source}` hat kein Datum `{asked}`.",
        ),
        way_out=Text(en=f"It has {known}.", de=f"Sie hat {known}."),
    )

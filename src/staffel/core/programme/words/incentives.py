"""An incentive in words, in the order in which it is computed (rule 30): one section, six paragraphs."""

from typing import assert_never

from staffel.core.calendar import Span, Unit
from staffel.core.findings import Text
from staffel.core.programme.forms import is_filter
from staffel.core.programme.model import (
    ALWAYS,
    EVERY_ROW,
    Add,
    All,
    By,
    Condition,
    GroupShare,
    GrownPart,
    Incentive,
    PartAbove,
    When,
    Who,
)
from staffel.core.programme.payment_days import share_by
from staffel.core.programme.words import (
    amounts,
    cases,
    conditions,
    filters,
    measures,
    payout,
    scales,
    windows,
)
from staffel.core.programme.words.nouns import LINE, the
from staffel.core.programme.words.payout import settled_first
from staffel.core.programme.words.sentences import Paragraph, Section, Sentence
from staffel.core.programme.words.voice import Voice


def section(voice: Voice, incentive: Incentive) -> Section:
    """All that the programme says of one incentive."""
    inside = within(voice, incentive)
    paragraphs = [
        _titled(voice, _WHO, [*_earner(inside, incentive), *_when(inside, incentive)]),
        _titled(voice, _CONDITIONS, [_select(inside, incentive), *_gate(inside, incentive)]),
        _titled(voice, _SCALE, scales.scale(inside, incentive)),
        _titled(
            voice,
            _BASE,
            [*_base(inside, incentive), _level_on(inside, incentive), *_adjust(inside, incentive)],
        ),
        _titled(voice, _BOUNDS, amounts.bounded(inside, incentive)),
        _titled(voice, _PAYOUT, payout.paid_out(inside, incentive)),
        _titled(voice, _CASES, cases.special_cases(inside, incentive)),
    ]
    heading = Text(en="Bonus {title}", de="Bonus {title}")
    title = voice.say(heading, title=voice.headed(incentive.name, incentive.title))
    return Section(title=title, paragraphs=tuple(paragraphs))


_WHO = Text(en="Who earns it, and when", de="Wer ihn verdient, und wann")
_CONDITIONS = Text(en="What counts, and on which condition", de="Was zählt, und unter welcher Bedingung")
_SCALE = Text(en="Scale", de="Staffel")
_BASE = Text(en="What is paid on", de="Worauf gezahlt wird")
_BOUNDS = Text(en="Caps, other bonuses, rounding", de="Grenzen, andere Boni, Rundung")
_PAYOUT = Text(en="Payout", de="Auszahlung")
_CASES = Text(en="Newcomers, leavers, late lines, returns", de="Neue, Ausscheidende, späte Zeilen, Rückgaben")


def _titled(voice: Voice, title: Text, sentences: "list[Sentence] | tuple[Sentence, ...]") -> Paragraph:
    return Paragraph(title=voice.say(title), sentences=tuple(sentences))


def within(voice: Voice, incentive: Incentive) -> Voice:
    """The voice within an incentive: examples are of its first window."""
    first = first_window(voice, incentive.per)
    return voice.for_(incentive, first, first.last_day)


def first_window(voice: Voice, per: Unit | Span) -> Span:
    """The first window that the programme rules."""
    programme = voice.programme
    return per if isinstance(per, Span) else programme.calendar.windows(programme.valid, per)[0]


# ---------------------------------------------------------------- who and when


def _earner(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    earner = incentive.earner
    match earner.who:
        case Who.ASKER:
            return (_of_persons(voice, incentive) or voice.sentence(earner, _ALONE),)
        case Who.ALLIANCE:
            driver = _GROUP_DRIVER if earner.driver_of == "group" else _MEMBER_DRIVER
            base = _GROUP_BASE if earner.base_of == "group" else _MEMBER_BASE
            said = [voice.sentence(earner, base), voice.sentence(earner, driver)]
            if earner.share is not None:
                said.append(voice.sentence(earner, _SHARED[earner.share]))
            return tuple(said)
        case _ as other:
            assert_never(other)


_ALONE = Text(
    en="Each partner that takes part in the programme earns this bonus for itself.",
    de="Diesen Bonus verdient jeder Partner, der am Programm teilnimmt, für sich allein.",
)


def _of_persons(voice: Voice, incentive: Incentive) -> Sentence | None:
    """A partner's people, and until when it shares the bonus among them (rule 43)."""
    persons, first = incentive.earner.persons, settled_first(voice, incentive)
    by = share_by(incentive, first)
    if persons is None or by is None:
        return None
    return voice.sentence(
        persons,
        _FOR_PEOPLE,
        length=windows.length(voice, persons.within, "dat"),
        day=voice.date(by),
        rest=voice.say(_NOT_SHARED[persons.otherwise]),
    )


_FOR_PEOPLE = Text(
    en="Each partner that takes part in the programme earns this bonus for its people: with its recorded"
    " consent it names who gets how much, within {length} of the end of the settled window, that is, for the"
    " first one by {day}; {rest}.",
    de="Diesen Bonus verdient jeder Partner, der am Programm teilnimmt, für seine Mitarbeiter: Mit seiner"
    " hinterlegten Zustimmung benennt er binnen {length} nach dem Ende des abgerechneten Zeitraums, für den"
    " ersten also bis zum {day}, wer wie viel erhält; {rest}.",
)
_NOT_SHARED = {
    "firm": Text(
        en="what is not shared by then stays with the partner",
        de="was bis dahin nicht verteilt ist, bleibt beim Partner",
    ),
    "lost": Text(en="what is not shared by then lapses", de="was bis dahin nicht verteilt ist, verfällt"),
}
_GROUP_BASE = Text(
    en=(
        "An alliance earns this bonus together: its base and its conditions are those of the"
        " alliance, and where these rules say partner, the alliance is meant; one member that takes"
        " part in the programme is enough."
    ),
    de=(
        "Diesen Bonus verdient eine Allianz gemeinsam: Bemessungsgrundlage und Bedingungen sind die"
        " der Allianz, und wo hier vom Partner die Rede ist, ist die Allianz gemeint; es genügt,"
        " dass ein Mitglied am Programm teilnimmt."
    ),
)
_MEMBER_BASE = Text(
    en=(
        "The members of an alliance earn this bonus, each on its own base and under its own"
        " conditions; who belongs to no alliance earns nothing."
    ),
    de=(
        "Diesen Bonus verdienen die Mitglieder einer Allianz, jedes auf die eigene"
        " Bemessungsgrundlage und unter eigenen Bedingungen; wer keiner Allianz angehört, erhält"
        " nichts."
    ),
)
_GROUP_DRIVER = Text(
    en="The step is reached by the figure of the whole alliance.",
    de="Für die Staffelstufe zählt der Wert der ganzen Allianz.",
)
_MEMBER_DRIVER = Text(
    en="The step is reached by the figure of each member.",
    de="Für die Staffelstufe zählt der Wert jedes Mitglieds.",
)
_SHARED = {
    GroupShare.BY_BASE: Text(
        en=(
            "What the alliance earns is shared among its members in the proportion of their parts"
            " of the base."
        ),
        de=(
            "Was die Allianz verdient, wird im Verhältnis der Anteile an der Bemessungsgrundlage"
            " unter die Mitglieder geteilt."
        ),
    ),
    GroupShare.EQUALLY: Text(
        en=(
            "What the alliance earns is shared equally among those who are members on the last day"
            " of the window."
        ),
        de=(
            "Was die Allianz verdient, wird zu gleichen Teilen unter die geteilt, die am letzten"
            " Tag des Zeitraums Mitglied sind."
        ),
    ),
    GroupShare.AGREED: Text(
        en="What the alliance earns is shared among its members by the shares that they agreed.",
        de="Was die Allianz verdient, wird nach den vereinbarten Anteilen unter die Mitglieder geteilt.",
    ),
    GroupShare.HEAD_OFFICE: Text(
        en="What the alliance earns goes to its head office.",
        de="Was die Allianz verdient, erhält ihre Zentrale.",
    ),
}


def _when(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    return (_earned(voice, incentive), _settled(voice, incentive), voice.sentence(None, _TRUE_UP))


def _earned(voice: Voice, incentive: Incentive) -> Sentence:
    days = voice.days(first_window(voice, incentive.per))
    if isinstance(incentive.per, Span):
        once = Text(en="The bonus is earned once, {days}.", de="Der Bonus wird einmal verdient, {days}.")
        return voice.sentence(incentive, once, days=days)
    text = Text(
        en="The bonus is earned anew in each {unit}; {the} first one runs {days}.",
        de="Der Bonus wird in jedem {unit} neu verdient; {the} erste läuft {days}.",
    )
    noun = windows.window_noun(incentive.per)
    return voice.sentence(
        incentive,
        text,
        unit=noun.one(voice.language, "dat"),
        the=the(noun.gender, voice.language),
        days=days,
    )


def _settled(voice: Voice, incentive: Incentive) -> Sentence:
    days = voice.days(first_window(voice, incentive.settle))
    if isinstance(incentive.settle, Span):
        once = Text(
            en="It is settled once, for the days {days}.",
            de="Abgerechnet wird er einmal, für die Tage {days}.",
        )
        return voice.sentence(incentive, once, days=days)
    text = Text(
        en="It is settled for each {unit}, first for the days {days}.",
        de="Abgerechnet wird er je {unit}, zuerst für die Tage {days}.",
    )
    noun = windows.window_noun(incentive.settle)
    return voice.sentence(incentive, text, unit=noun.one(voice.language), days=days)


_TRUE_UP = Text(
    en="Each settlement pays what has been earned by then, less what was settled for it before.",
    de=(
        "Jede Abrechnung zahlt, was bis dahin verdient ist, abzüglich dessen, was dafür schon"
        " abgerechnet wurde."
    ),
)

# ---------------------------------------------------------------- what counts


def _select(voice: Voice, incentive: Incentive) -> Sentence:
    if incentive.select == EVERY_ROW:
        return voice.sentence(incentive.select, _ALL_ROWS)
    rows = filters.rows_that(voice, incentive.select, LINE.many(voice.language))
    return voice.sentence(
        incentive.select, _SOME_ROWS if incentive.driver is None else _ROWS_OF_BASE, rows=rows
    )


_ALL_ROWS = Text(
    en="For this bonus, every line counts that enters its measures.",
    de="Für diesen Bonus zählt jede Zeile, die in seine Kennzahlen eingeht.",
)
_SOME_ROWS = Text(
    en="For this bonus, its steps included, nothing counts but {rows}.",
    de="Für diesen Bonus, auch für seine Staffelstufen, zählen nur {rows}.",
)
_ROWS_OF_BASE = Text(
    en="All lines help to reach a step, but in the base nothing counts but {rows}.",
    de="Alle Zeilen helfen, eine Staffelstufe zu erreichen, doch zur Bemessungsgrundlage zählen nur {rows}.",
)


def _gate(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    gate = incentive.gate
    if gate == ALWAYS:
        return (voice.sentence(gate, _NO_GATE),)
    asked = gate.of if isinstance(gate, All) else (gate,)
    if len(asked) == 1:
        clause = conditions.clause_of(voice, asked[0]).sub()
        return (voice.sentence(asked[0], _GATE, clause=clause), voice.sentence(None, _ELSE))
    items = [_requirement(voice, condition) for condition in asked]
    return (voice.sentence(gate, _GATES), *items, voice.sentence(None, _ELSE))


def _requirement(voice: Voice, condition: Condition) -> Sentence:
    text = Text(en="{clause}.", de="{clause}.")
    return voice.item(condition, text, clause=conditions.clause_of(voice, condition).main())


_NO_GATE = Text(en="No condition has to be met.", de="An eine Bedingung ist der Bonus nicht geknüpft.")
_GATE = Text(en="The bonus is paid only if {clause}.", de="Der Bonus wird nur gezahlt, wenn {clause}.")
_GATES = Text(
    en="The bonus is paid only if all of these conditions are met:",
    de="Der Bonus wird nur gezahlt, wenn alle diese Bedingungen erfüllt sind:",
)
_ELSE = Text(
    en="Otherwise nothing is paid for that window.", de="Sonst wird für diesen Zeitraum nichts gezahlt."
)

# ---------------------------------------------------------------- base, level, factors


def _base(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    base = incentive.base
    if base is None:
        return (voice.sentence(None, _NO_BASE),)
    if isinstance(base, GrownPart):
        return (voice.sentence(base, _GROWN, measure=measures.noun(voice, base.of)),)
    if isinstance(base, PartAbove):
        return _above(voice, base)
    return (voice.sentence(base, _ON, measure=measures.noun(voice, base)),)


def _above(voice: Voice, base: PartAbove) -> tuple[Sentence, ...]:
    measure = measures.noun(voice, base.of, "dat")
    match base.over:
        case "step" | "first_step" as step:
            return (voice.sentence(base, _ABOVE_STEP[step], measure=measure),)
        case over:
            text = _ABOVE_MEASURE
            return (voice.sentence(base, text, measure=measure, over=measures.noun(voice, over, "dat")),)


_ABOVE_STEP = {
    "step": Text(
        en="The base is the part of {measure} that lies above the start of the step reached.",
        de="Bemessungsgrundlage ist von {measure} der Teil über dem Anfang der erreichten Staffelstufe.",
    ),
    "first_step": Text(
        en="The base is the part of {measure} that lies above the start of the first step.",
        de="Bemessungsgrundlage ist von {measure} der Teil über dem Anfang der ersten Staffelstufe.",
    ),
}
_ABOVE_MEASURE = Text(
    en="The base is the part of {measure} that lies above {over}; it is never less than 0.",
    de="Bemessungsgrundlage ist von {measure} der Teil, der über {over} liegt; weniger als 0 ist sie nie.",
)
_NO_BASE = Text(
    en="There is no base: lump sums are paid.",
    de="Eine Bemessungsgrundlage gibt es nicht: Gezahlt werden feste Beträge.",
)
_ON = Text(en="The base is {measure}.", de="Bemessungsgrundlage ist {measure}.")
_GROWN = Text(
    en=(
        "The base is the part by which {measure} lies above the baseline that decided the growth;"
        " it is never less than 0."
    ),
    de=(
        "Bemessungsgrundlage ist der Teil, um den {measure} über dem Vergleichswert liegt, der beim"
        " Wachstum den Ausschlag gab; weniger als 0 ist sie nie."
    ),
)


def _level_on(voice: Voice, incentive: Incentive) -> Sentence:
    return voice.sentence(incentive, _LEVEL_ON[incentive.level_on])


_LEVEL_ON = {
    When.DAY_OF_SALE: Text(
        en=(
            "Where this bonus asks for a level, each line has the level that the partner had on the"
            " day of the line."
        ),
        de=(
            "Fragt dieser Bonus nach einer Partnerstufe, so gilt für jede Zeile die Stufe, die der"
            " Partner am Tag der Zeile hatte."
        ),
    ),
    When.START: Text(
        en=(
            "Where this bonus asks for a level, the level of the window’s first day holds for the"
            " whole window."
        ),
        de=(
            "Fragt dieser Bonus nach einer Partnerstufe, so gilt die des ersten Tages für den"
            " ganzen Zeitraum."
        ),
    ),
    When.END: Text(
        en=(
            "Where this bonus asks for a level, the level of the window’s last day holds for the"
            " whole window."
        ),
        de=(
            "Fragt dieser Bonus nach einer Partnerstufe, so gilt die des letzten Tages für den"
            " ganzen Zeitraum."
        ),
    ),
    When.SETTLEMENT: Text(
        en=(
            "Where this bonus asks for a level, the level on the day of the settlement holds for"
            " the whole window."
        ),
        de=(
            "Fragt dieser Bonus nach einer Partnerstufe, so gilt die am Tag der Abrechnung für den"
            " ganzen Zeitraum."
        ),
    ),
}


def _adjust(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    if not incentive.adjust:
        return (voice.sentence(None, _NO_FACTOR),)
    return tuple(
        _factor(voice, one) if isinstance(one, By) else _added(voice, one) for one in incentive.adjust
    )


_NO_FACTOR = Text(en="No factor raises or lowers the bonus.", de="Kein Faktor erhöht oder mindert den Bonus.")


def _factor(voice: Voice, by: By) -> Sentence:
    factor = voice.number(by.factor)
    if is_filter(by.when):
        rows = filters.rows_that(voice, by.when, LINE.many(voice.language))
        return voice.sentence(by, _BY_ROWS, rows=rows, factor=factor)
    clause = conditions.clause_of(voice, by.when).sub()
    return voice.sentence(by, _BY_CONDITION, clause=clause, factor=factor)


def _added(voice: Voice, add: Add) -> Sentence:
    points = voice.percent(add.rate)
    if is_filter(add.when):
        rows = filters.rows_that(voice, add.when, LINE.many(voice.language))
        return voice.sentence(add, _ADD_ROWS, rows=rows, points=points)
    clause = conditions.clause_of(voice, add.when).sub()
    return voice.sentence(add, _ADD_CONDITION, clause=clause, points=points)


_ADD_ROWS = Text(
    en="{points} of the base is added to the rate, before any factor, for {rows}.",
    de="Zum Satz kommen, noch vor allen Faktoren, {points} der Bemessungsgrundlage hinzu für {rows}.",
)
_ADD_CONDITION = Text(
    en="{points} of the base is added to the rate, before any factor, if {clause}.",
    de="Zum Satz kommen, noch vor allen Faktoren, {points} der Bemessungsgrundlage hinzu, wenn {clause}.",
)
_BY_ROWS = Text(
    en="The rate, but no lump sum, is multiplied by {factor} for {rows}.",
    de="Mit {factor} multipliziert wird der Satz, nicht aber ein fester Betrag, für {rows}.",
)
_BY_CONDITION = Text(
    en="Rates and lump sums are multiplied by {factor} if {clause}.",
    de="Sätze und feste Beträge werden mit {factor} multipliziert, wenn {clause}.",
)

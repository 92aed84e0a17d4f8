"""What defines a measure: what is counted, which rows not, by which date, over which days."""

from typing import assert_never

from staffel.core.findings import Text
from staffel.core.programme.forms import parts_of
from staffel.core.programme.model import (
    EVERY_ROW,
    Agreed,
    Combined,
    Current,
    Different,
    Growth,
    Lines,
    Made,
    Measure,
    MeasureOf,
    Score,
    Share,
    SumOf,
    Take,
    Use,
    Who,
    Window,
)
from staffel.core.programme.words import filters, made, measures, rows, units, windows
from staffel.core.programme.words.nouns import Noun, key_noun
from staffel.core.programme.words.sentences import Sentence
from staffel.core.programme.words.voice import Voice
from staffel.core.sources import Measured


def defined(voice: Voice, named: MeasureOf) -> tuple[Sentence, ...]:
    """The sentences under a measure's heading."""
    measure, title = named.measure, voice.measure(named.name)
    match measure:
        case Take():
            text = Text(
                en="The measure {title} is the {head} {rows}.",
                de=("Die Kennzahl {title} ist die {head} {rows}."),
            )
            head, taken = rows.head(voice, measure), rows.taken_by(voice, measure)
            first = voice.sentence(measure, text, title=title, head=head, rows=taken)
        case Use() | Share() | Growth() | Score() | Agreed() | Made():
            text = Text(en="The measure {title} is {noun}.", de="Die Kennzahl {title} ist {noun}.")
            first = voice.sentence(measure, text, title=title, noun=_unparted(voice, measure))
        case _ as other:
            assert_never(other)
    return (first, *explained(voice, measure), *_span(voice, measure))


def _unparted(voice: Voice, measure: Measure) -> str:
    if isinstance(measure, Score):
        return voice.say(Text(en="a score, the sum of its parts", de="eine Punktzahl, die Summe ihrer Teile"))
    return measures.noun(voice, measure)


def explained(voice: Voice, measure: Measure) -> tuple[Sentence, ...]:
    """What the noun of a measure leaves open."""
    match measure:
        case Take():
            return _rows_of(voice, measure)
        case Share():
            return (_share(voice, measure),)
        case Growth():
            return _growth(voice, measure)
        case Score():
            return _score(voice, measure)
        case Agreed():
            return (voice.sentence(measure, _AGREED),)
        case Made():
            return _made(voice, measure)
        case Use():
            return ()
        case _ as other:
            assert_never(other)


_AGREED = Text(
    en=(
        "It is the figure that was agreed with the partner for exactly the window asked for, in the"
        " programme’s currency; where none was agreed it has no value."
    ),
    de=(
        "Sie ist der Wert, der mit dem Partner für genau diesen Zeitraum vereinbart ist, in der"
        " Währung des Programms; ist keiner vereinbart, hat sie keinen Wert."
    ),
)


def _made(voice: Voice, measure: Combined) -> tuple[Sentence, ...]:
    """What its noun and those of its parts leave open; what two of them say alike is said once."""
    rule = made.rule(measure)
    said = [] if rule is None else [voice.sentence(measure, rule)]
    for part in parts_of(measure):
        if not isinstance(part, Take | Agreed):
            said += explained(voice, part)
    return tuple({str(one.text): one for one in said}.values())


# ---------------------------------------------------------------- rows


def _rows_of(voice: Voice, take: Take) -> tuple[Sentence, ...]:
    if rows.is_term(take.source):
        return (_which(voice, take), *_keys(voice, take))
    placed = voice.sentence(take, _PLACED, date=rows.date_noun(voice, take.date))
    inside = [voice.sentence(take, _INSIDE, dates=rows.others(voice, take))] if take.inside else []
    return (_which(voice, take), placed, *inside, *_keys(voice, take))


_INSIDE = Text(
    en="In the same window must lie also: {dates}; a line of which one is missing, or lies outside (or after"
    " the day on which it is asked), does not count.",
    de="Im selben Zeitraum muss auch liegen: {dates}; fehlt davon etwas, oder liegt es außerhalb (oder nach"
    " dem Tag, an dem gefragt wird), zählt die Zeile nicht.",
)
_IN_FORCE = Text(
    en="What is in force on the last of the days asked for counts.",
    de="Gezählt wird, was am letzten der Tage gilt, nach denen gefragt wird.",
)
_PLACED = Text(
    en="The {date} decides into which window a line falls; a line without it does not count.",
    de="In welchen Zeitraum eine Zeile fällt, entscheidet ihr {date}; fehlt es, zählt die Zeile nicht.",
)


def _which(voice: Voice, take: Take) -> Sentence:
    if take.where != EVERY_ROW:
        noun = rows.row_noun(take.source).many(voice.language)
        only = Text(en="Nothing counts but {rows}.", de="Gezählt werden nur {rows}.")
        return voice.sentence(take, only, rows=filters.rows_that(voice, take.where, noun))
    if rows.is_term(take.source):
        return voice.sentence(take, Text(en="Every certificate counts.", de="Jedes Zertifikat zählt."))
    return voice.sentence(take, _ALL_KINDS)


_ALL_KINDS = Text(
    en="All lines count, whatever the product: sales, returns with their negative amounts, and corrections.",
    de="Alle Zeilen zählen, gleich welches Produkt: Verkäufe, Rückgaben mit ihren negativen Beträgen und"
    " Korrekturen.",
)


def _keys(voice: Voice, take: Take) -> tuple[Sentence, ...]:
    match take.aggregate:
        case SumOf():
            return ()
        case Lines():
            return () if rows.is_term(take.source) else (voice.sentence(take, _ONE_ROW),)
        case Different(key=key):
            return (_once_each(voice, take, key_noun(key)),)
        case _ as other:
            assert_never(other)


def _once_each(voice: Voice, take: Take, noun: Noun) -> Sentence:
    text = Text(
        en="{each} counts once, however many {rows} there are; {rows} that name {none} do not count.",
        de="{each} zählt einmal, gleich wie viele {rows} es gibt; {rows}, die {none} nennen, zählen nicht.",
    )
    row = rows.row_noun(take.source)
    return voice.sentence(
        take,
        text,
        each=noun.each(voice.language),
        rows=row.many(voice.language),
        none=noun.none(voice.language, "acc"),
    )


_ONE_ROW = Text(
    en="A sale and the returns that name it are one line; where nothing of it is left, it does not count.",
    de=(
        "Ein Verkauf und die Rückgaben, die ihn nennen, sind eine Zeile; bleibt nichts übrig, zählt"
        " sie nicht."
    ),
)


# ---------------------------------------------------------------- made of others


def _share(voice: Voice, measure: Share) -> Sentence:
    return voice.sentence(measure, _NO_SHARE, whole=measures.noun(voice, measure.whole))


_NO_SHARE = Text(
    en="It is compared exactly, without rounding; where {whole} is 0 or less, it has no value.",
    de="Verglichen wird genau, ohne zu runden; beträgt {whole} 0 oder weniger, gibt es keinen Wert.",
)


def _growth(voice: Voice, measure: Growth) -> tuple[Sentence, ...]:
    percent = measure.shown_as == "percent"
    said = [voice.sentence(measure, _PERCENT if percent else _AMOUNT)]
    if measures.cuts_baseline(measure.against):
        all_cut = not any(baseline.whole for baseline in measure.against)
        said.append(voice.sentence(measure, _ALL_CUT if all_cut else _CUT))
    return tuple(said)


_PERCENT = Text(
    en=(
        "Growth is what lies above the baseline, divided by the baseline; without a baseline above"
        " 0 there is none."
    ),
    de=(
        "Wachstum ist, was über dem Vergleichswert liegt, geteilt durch den Vergleichswert; ohne"
        " Vergleichswert über 0 gibt es keines."
    ),
)
_AMOUNT = Text(
    en="Growth is what lies above the baseline, never less than 0; a negative baseline counts as 0.",
    de=(
        "Wachstum ist, was über dem Vergleichswert liegt, nie weniger als 0; ein negativer"
        " Vergleichswert zählt als 0."
    ),
)
_CUT = Text(
    en=(
        "While the window runs, a time it is compared with counts only for as many days from its start,"
        " unless it is called whole here."
    ),
    de=(
        "Solange der Zeitraum läuft, zählt ein Vergleichszeitraum nur mit ebenso vielen Tagen von seinem"
        " Anfang an, es sei denn, er ist hier ausdrücklich voll genannt."
    ),
)
_ALL_CUT = Text(
    en="While the window runs, a time it is compared with counts only for as many days from its start.",
    de=(
        "Solange der Zeitraum läuft, zählt ein Vergleichszeitraum nur mit ebenso vielen Tagen von seinem"
        " Anfang an."
    ),
)


def _score(voice: Voice, measure: Score) -> tuple[Sentence, ...]:
    least = [voice.sentence(measure, _LEAST)] if any(part.least is not None for part in measure.parts) else []
    parts = [voice.item(part, _PART, part=measures.points_sentence(voice, part)) for part in measure.parts]
    missing = _STRETCHED if measure.missing == "stretch" else _ROUNDED
    return (*parts, voice.sentence(measure, missing), *least)


_PART = Text(en="{part}.", de="{part}.")
_ROUNDED = Text(
    en="Points are rounded half up to four decimals; a part without a value gives none.",
    de="Punkte werden kaufmännisch auf vier Nachkommastellen gerundet; ein Teil ohne Wert bringt keine.",
)
_STRETCHED = Text(
    en=(
        "Points are rounded half up to four decimals; where a part has no value, it is left out and the"
        " weights of the others are divided by their sum."
    ),
    de=(
        "Punkte werden kaufmännisch auf vier Nachkommastellen gerundet; hat ein Teil keinen Wert, bleibt er"
        " außer Betracht, und die Gewichte der übrigen werden durch ihre Summe geteilt."
    ),
)
_LEAST = Text(
    en=(
        "While a part lies below its threshold, the score is shown but meets no requirement and"
        " reaches no step."
    ),
    de=(
        "Solange ein Teil unter seinem Mindestmaß liegt, wird die Punktzahl gezeigt, erfüllt aber"
        " keine Anforderung und erreicht keine Staffelstufe."
    ),
)

# ---------------------------------------------------------------- whose, and over which days


def _span(voice: Voice, measure: Measure) -> tuple[Sentence, ...]:
    match measure:
        case Take(over=over, who=who):
            return (*_alliance(voice, measure, who), _over(voice, measure, over))
        case Use() | Share() | Growth() | Score() | Agreed() | Made():
            return (_unit(voice, measure),)
        case _ as other:
            assert_never(other)


def _alliance(voice: Voice, measure: Take, who: Who) -> tuple[Sentence, ...]:
    return () if who is Who.ASKER else (voice.sentence(measure, _MEMBERS),)


_MEMBERS = Text(
    en=(
        "The rows of all members count, each member’s on the days of its membership; a partner"
        " without an alliance has no value."
    ),
    de=(
        "Gezählt wird bei allen Mitgliedern, jeweils an den Tagen ihrer Mitgliedschaft; wer keiner"
        " Allianz angehört, hat keinen Wert."
    ),
)


def _over(voice: Voice, measure: Take, over: Window) -> Sentence:
    if isinstance(over, Current):
        return voice.sentence(measure, _IN_FORCE if rows.is_term(measure.source) else _AS_ASKED)
    always = Text(en="It is always taken {when}.", de="Sie wird immer {when} ermittelt.")
    in_force = Text(
        en="What is in force on the last day counts, always {when}.",
        de="Gezählt wird, was am letzten Tag gilt, und zwar immer {when}.",
    )
    text = in_force if rows.is_term(measure.source) else always
    return voice.sentence(measure, text, when=windows.during(voice, over))


_AS_ASKED = Text(
    en="It is taken over the days for which a bonus or a level asks.",
    de="Sie wird über die Tage ermittelt, nach denen ein Bonus oder eine Partnerstufe fragt.",
)


def _unit(voice: Voice, measure: Measure) -> Sentence:
    match units.unit_of(voice.programme, measure):
        case Measured.SHARE:
            text = Text(en="It is expressed as a percentage.", de="Sie wird in Prozent angegeben.")
        case Measured.POINTS:
            text = Text(en="It is expressed in points.", de="Sie wird in Punkten angegeben.")
        case Measured.MONEY:
            text = Text(
                en="It is expressed in the programme’s currency.",
                de="Sie wird in der Währung des Programms angegeben.",
            )
        case Measured.PIECES | Measured.COUNT | Measured.FACTOR | Measured.DAYS:
            text = Text(en="It is expressed as a number.", de="Sie wird als Zahl angegeben.")
    return voice.sentence(measure, text)

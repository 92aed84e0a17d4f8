"""What is not the rule: who joins or leaves, late lines, returns, currency (rules 4, 5, 15, 45, 47)."""

from staffel.core.calendar import Span
from staffel.core.findings import Text
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import Agreed, Base, GrownPart, Growth, Holds, Incentive, Trait, Use
from staffel.core.programme.payment_days import later
from staffel.core.programme.words import measures, scales, units, windows
from staffel.core.programme.words.sentences import Sentence
from staffel.core.programme.words.voice import Voice
from staffel.core.sources import Measured


def special_cases(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    """Newcomers, leavers, late lines, returns, currency."""
    late = incentive.late
    return (
        voice.sentence(incentive.newcomers, _PRORATED[incentive.newcomers.prorate]),
        *_once(voice, incentive),
        *_baseline(voice, incentive),
        voice.sentence(None, _LEAVE_NOTHING if _must_stay(incentive) else _LEAVERS),
        voice.sentence(late, _LATE[late.lines]),
        *_until(voice, incentive),
        voice.sentence(late, _RETURNS[late.returns]),
        voice.sentence(None, _CURRENCY, currency=voice.programme.currency),
    )


_PRORATED = {
    "none": Text(
        en="Whoever joins within a window has to reach the same figures as everybody else.",
        de="Wer im Lauf eines Zeitraums beitritt, muss dieselben Werte erreichen wie alle anderen.",
    ),
    "months": Text(
        en=(
            "For a partner that joins within a window, the figures at which steps begin, the thresholds of"
            " conditions and agreed targets, percentages excepted, are cut to the months from"
            " joining on, the month of joining counted whole; rates and lump sums stay."
        ),
        de=(
            "Für den, der im Lauf eines Zeitraums beitritt, werden Anfangswerte der Staffelstufen,"
            " Schwellen der Bedingungen und vereinbarte Ziele, Prozentwerte ausgenommen, auf die"
            " Monate ab dem Beitritt gekürzt, wobei der Monat des Beitritts ganz zählt; Sätze und feste"
            " Beträge bleiben."
        ),
    ),
    "days": Text(
        en=(
            "For a partner that joins within a window, the figures at which steps begin, the thresholds of"
            " conditions and agreed targets, percentages excepted, are cut to the days from joining"
            " on; rates and lump sums stay."
        ),
        de=(
            "Für den, der im Lauf eines Zeitraums beitritt, werden Anfangswerte der Staffelstufen,"
            " Schwellen der Bedingungen und vereinbarte Ziele, Prozentwerte ausgenommen, auf die"
            " Tage ab dem Beitritt gekürzt; Sätze und feste Beträge bleiben."
        ),
    ),
}


def _once(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    by_days = isinstance(incentive.per, Span) and incentive.newcomers.prorate == "months"
    return (voice.sentence(incentive.newcomers, _BY_DAYS),) if by_days else ()


_BY_DAYS = Text(
    en="As this bonus is earned once, over days that are named, it is cut by days.",
    de="Da dieser Bonus einmal, über genannte Tage, verdient wird, wird nach Tagen gekürzt.",
)


def _baseline(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    newcomers = incentive.newcomers
    if isinstance(newcomers.baseline, Agreed):
        agreed = measures.noun(voice, newcomers.baseline)
        return (voice.sentence(newcomers, _GIVEN_AGREED, figure=agreed),)
    if newcomers.baseline is not None:
        figure = units.figure(voice, newcomers.baseline, _baseline_unit(voice, incentive))
        return (voice.sentence(newcomers, _GIVEN, figure=figure),)
    return (voice.sentence(newcomers, _NO_BASELINE),) if _grows(voice, incentive) else ()


def _grows(voice: Voice, incentive: Incentive) -> bool:
    driver, base = (_meant(voice, one) for one in (incentive.driver, incentive.base))
    return isinstance(driver, Growth) or isinstance(base, GrownPart | Growth)


def _meant(voice: Voice, measure: Base | None) -> Base | None:
    """What a name stands for, through all names; the name itself where it leads nowhere."""
    named = {one.name: one.measure for one in voice.programme.measures}
    while isinstance(measure, Use) and measure.measure in named:
        measure = named.pop(measure.measure)
    return measure


def _baseline_unit(voice: Voice, incentive: Incentive) -> Measured:
    driver = _meant(voice, incentive.driver)
    if isinstance(driver, Growth):
        return units.unit_of(voice.programme, driver.of)
    return scales.base_unit(voice, incentive)


_GIVEN = Text(
    en="For a partner that joined after the first day of a baseline, {figure} stands as the baseline.",
    de="Für den, der erst nach dem ersten Tag eines Vergleichszeitraums beigetreten ist, gilt {figure} als"
    " Vergleichswert.",
)
_GIVEN_AGREED = Text(
    en="For a partner that joined after the first day of a baseline, {figure} of the window stands as the"
    " baseline, uncut; where nothing was agreed it has none.",
    de="Für den, der erst nach dem ersten Tag eines Vergleichszeitraums beigetreten ist, gilt {figure} des"
    " Zeitraums ungekürzt als Vergleichswert; ist nichts vereinbart, hat er keinen.",
)
_NO_BASELINE = Text(
    en=(
        "A partner that joined after the first day of a baseline has no baseline there, and without any"
        " baseline earns nothing."
    ),
    de=(
        "Wer erst nach dem ersten Tag eines Vergleichszeitraums beigetreten ist, hat dort keinen"
        " Vergleichswert und verdient ohne jeden Vergleichswert nichts."
    ),
)


def _must_stay(incentive: Incentive) -> bool:
    return any(holds.trait is Trait.ENROLLED for holds in all_in(incentive.gate, Holds))


_LEAVE_NOTHING = Text(
    en="Whoever leaves before the last day of a window earns nothing for it.",
    de="Wer vor dem letzten Tag eines Zeitraums ausscheidet, verdient für ihn nichts.",
)
_LEAVERS = Text(
    en="If a partner leaves, its lines count up to the last day of taking part; nothing is cut.",
    de=(
        "Scheidet ein Partner aus, so zählen seine Zeilen bis zum letzten Tag der Teilnahme;"
        " gekürzt wird nichts."
    ),
)
_LATE = {
    "reopen": Text(
        en=(
            "Where lines arrive after a window was closed, that window is computed anew; the"
            " difference stands in the next settlement."
        ),
        de=(
            "Kommen Zeilen, nachdem ein Zeitraum abgeschlossen ist, so wird er neu berechnet; der"
            " Unterschied steht in der nächsten Abrechnung."
        ),
    ),
    "next": Text(
        en=(
            "Lines that arrive after a window was closed count as if dated on the first day of the"
            " window then open."
        ),
        de=(
            "Kommen Zeilen, nachdem ein Zeitraum abgeschlossen ist, so zählen sie, als wären sie am"
            " ersten Tag des dann offenen Zeitraums geschehen."
        ),
    ),
    "refuse": Text(
        en=(
            "Lines that arrive after a window was closed do not count for it, nor in any other; the"
            " correction of a line that arrived in time does, and so does a return, which takes back what"
            " its sale has brought, unless the sale itself came too late."
        ),
        de=(
            "Zeilen, die kommen, nachdem ein Zeitraum abgeschlossen ist, zählen dort nicht und in keinem"
            " anderen; die Berichtigung einer rechtzeitigen Zeile zählt, ebenso eine Rückgabe: Sie nimmt"
            " zurück, was ihr Verkauf gebracht hat, es sei denn, dieser selbst kam zu spät."
        ),
    ),
}
_LATE_UNTIL = Text(
    en="A settled window is computed anew up to {length} after its end, the first one up to {day}; in settled"
    " windows that begin later it stays as it was settled.",
    de="Ein abgerechneter Zeitraum wird bis {length} nach seinem Ende neu berechnet, der erste bis zum {day};"
    " in Abrechnungszeiträumen, die später beginnen, bleibt er, wie er abgerechnet ist.",
)


def _until(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    late = incentive.late
    if late.until is None:
        return ()
    per = incentive.per
    first = per if isinstance(per, Span) else voice.programme.calendar.windows(voice.programme.valid, per)[0]
    day = later(first.last_day, late.until)
    said = {"length": windows.length(voice, late.until), "day": voice.date(day)}
    return (voice.sentence(late, _LATE_UNTIL, **said),)


_RETURNS = {
    "sale": Text(
        en=(
            "A return that names its sale counts on the day of that sale, and so takes back its"
            " rate; one that names none counts on its own day."
        ),
        de=(
            "Eine Rückgabe, die ihren Verkauf nennt, zählt am Tag dieses Verkaufs und nimmt so dessen"
            " Satz zurück; nennt sie keinen, zählt sie an ihrem eigenen Tag."
        ),
    ),
    "own": Text(
        en="A return counts on its own day and at the rate of that time, whatever sale it names.",
        de=(
            "Eine Rückgabe zählt an ihrem eigenen Tag und zum Satz dieser Zeit, gleich welchen"
            " Verkauf sie nennt."
        ),
    ),
}
_CURRENCY = Text(
    en="It is computed and paid in {currency}, net of tax.",
    de="Gerechnet und gezahlt wird in {currency}, ohne Steuer.",
)

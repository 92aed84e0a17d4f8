"""How a bonus reaches the partner, and the cases that are not the rule (rules 4, 5, 15, 38, 45, 47)."""

from datetime import date, timedelta

from staffel.core.calendar import Span, add_months
from staffel.core.findings import Text
from staffel.core.programme.model import Due, GrownPart, Growth, Incentive, Length, PayForm, Payout, PayPart
from staffel.core.programme.words import figures, scales, units, windows
from staffel.core.programme.words.sentences import Sentence
from staffel.core.programme.words.voice import Voice
from staffel.core.sources import Measured


def paid_out(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    """Forms, payer, day due."""
    payout = incentive.payout
    parts = [sentence for part in payout.parts for sentence in _part(voice, payout, incentive, part)]
    return (*parts, voice.sentence(payout, _PAYER[payout.payer]), *_due(voice, incentive))


# ---------------------------------------------------------------- forms

_AS = {
    PayForm.MONEY: Text(en="in money", de="in Geld"),
    PayForm.FUNDS: Text(en="as marketing funds (MDF)", de="als Werbekostenzuschuss (WKZ)"),
}
_PAYER = {
    "vendor": Text(en="The vendor pays.", de="Es zahlt der Hersteller."),
    "distributor": Text(en="The distributor pays.", de="Es zahlt der Distributor."),
}


def _part(voice: Voice, payout: Payout, incentive: Incentive, part: PayPart) -> tuple[Sentence, ...]:
    as_form = voice.say(_AS[part.form])
    whole = Text(
        en="{share} of the bonus is paid {as_form}.",
        de="Der Bonus wird zu {share} {as_form} gezahlt.",
    )
    some = Text(
        en="{share} of the bonus is paid {as_form}.", de=("{share} des Bonus werden {as_form} gezahlt.")
    )
    text = whole if len(payout.parts) == 1 else some
    first = voice.sentence(part, text, share=voice.percent(part.share), as_form=as_form)
    return (first, *_less(voice, part), *_use(voice, incentive, part))


def _less(voice: Voice, part: PayPart) -> tuple[Sentence, ...]:
    if part.if_less_than is None or part.then is None:
        return ()
    text = Text(
        en="If this part is less than {money}, it is paid {as_form} instead.",
        de="Beträgt dieser Teil weniger als {money}, so wird er {as_form} gezahlt.",
    )
    money, as_form = voice.money(part.if_less_than), voice.say(_AS[part.then])
    return (voice.sentence(part, text, money=money, as_form=as_form),)


def _use(voice: Voice, incentive: Incentive, part: PayPart) -> tuple[Sentence, ...]:
    if part.use_within is None:
        return (voice.sentence(part, _NO_END),) if part.form is PayForm.FUNDS else ()
    text = Text(
        en=(
            "{part} is to be used within {length} of the end of the settled window, that is, for the"
            " first one by {day}; what is left then lapses."
        ),
        de=(
            "{part} ist binnen {length} nach dem Ende des abgerechneten Zeitraums zu verwenden, für den"
            " ersten also bis zum {day}; was dann übrig ist, verfällt."
        ),
    )
    at_once = Text(
        en="{part} is to be used by the end of the settled window, that is, for the first one by {day};"
        " what is left then lapses.",
        de="{part} ist bis zum Ende des abgerechneten Zeitraums zu verwenden, für den ersten also bis"
        " zum {day}; was dann übrig ist, verfällt.",
    )
    last = settled_first(voice, incentive).last_day
    length, day = windows.length(voice, part.use_within, "dat"), voice.date(later(last, part.use_within))
    said = text if part.use_within.count else at_once
    return (voice.sentence(part, said, part=voice.say(_PART[part.form]), length=length, day=day),)


_PART = {
    PayForm.MONEY: Text(en="the money", de="das Geld"),
    PayForm.FUNDS: Text(en="what is paid as marketing funds", de="der Werbekostenzuschuss"),
}
_NO_END = Text(
    en="No day is set by which the funds must be used.",
    de="Bis wann der Werbekostenzuschuss zu verwenden ist, ist nicht festgelegt.",
)


def settled_first(voice: Voice, incentive: Incentive) -> Span:
    """The first window that is settled."""
    programme, settle = voice.programme, incentive.settle
    return settle if isinstance(settle, Span) else programme.calendar.windows(programme.valid, settle)[0]


def later(day: date, length: Length) -> date:
    """The last day of a length of time that begins on the day after `day`."""
    if length.unit is None:
        return day + timedelta(days=length.count)
    following = day + timedelta(days=1)
    return add_months(following, length.count * length.unit.months) - timedelta(days=1)


# ---------------------------------------------------------------- day due


def _due(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    due = incentive.payout.due
    if due is None:
        return (voice.sentence(None, _NO_DAY),)
    return tuple(_due_day(voice, incentive, due))


_NO_DAY = Text(en="The programme sets no day of payment.", de="Einen Zahlungstag nennt das Programm nicht.")


def _due_day(voice: Voice, incentive: Incentive, due: Due) -> list[Sentence]:
    said = []
    last = settled_first(voice, incentive).last_day
    if due.days_after_close is not None:
        closed = last + timedelta(days=voice.programme.close.settle_after)
        by = closed + timedelta(days=due.days_after_close)
        length = windows.length(voice, Length(count=due.days_after_close), "acc")
        text = _AFTER_CLOSE if due.days_after_close else _AT_CLOSE
        said.append(voice.sentence(due, text, length=length, day=voice.date(by)))
    if due.month_day is not None:
        month, day = due.month_day
        named = figures.day_of_year(month, day, voice.language)
        said.append(voice.sentence(due, _ON_DAY, named=named))
    return said


_AFTER_CLOSE = Text(
    en="The bonus is due {length} after the close of the settled window, for the first one on {day}.",
    de=(
        "Fällig ist der Bonus {length} nach dem Abschluss des abgerechneten Zeitraums, für den"
        " ersten am {day}."
    ),
)
_AT_CLOSE = Text(
    en="The bonus is due on the day on which the settled window is closed, for the first one on {day}.",
    de="Fällig ist der Bonus an dem Tag, an dem der abgerechnete Zeitraum abgeschlossen wird, für den ersten"
    " am {day}.",
)
_ON_DAY = Text(
    en="The bonus is due on {named} of the year after the settled window.",
    de="Fällig ist der Bonus am {named} des Jahres, das auf den abgerechneten Zeitraum folgt.",
)

# ---------------------------------------------------------------- special cases


def special_cases(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    """Newcomers, leavers, late lines, returns, currency."""
    late = incentive.late
    return (
        voice.sentence(incentive.newcomers, _PRORATED[incentive.newcomers.prorate]),
        *_once(voice, incentive),
        *_baseline(voice, incentive),
        voice.sentence(None, _LEAVERS),
        voice.sentence(late, _LATE[late.lines]),
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
    if newcomers.baseline is not None:
        figure = units.figure(voice, newcomers.baseline, _baseline_unit(voice, incentive))
        return (voice.sentence(newcomers, _GIVEN, figure=figure),)
    return (voice.sentence(newcomers, _NO_BASELINE),) if _grows(incentive) else ()


def _grows(incentive: Incentive) -> bool:
    return isinstance(incentive.driver, Growth) or isinstance(incentive.base, GrownPart | Growth)


def _baseline_unit(voice: Voice, incentive: Incentive) -> Measured:
    driver = incentive.driver
    if isinstance(driver, Growth):
        return units.unit_of(voice.programme, driver.of)
    return scales.base_unit(voice, incentive)


_GIVEN = Text(
    en="For a partner that joined after the first day of a baseline, {figure} stands as the baseline.",
    de="Für den, der erst nach dem ersten Tag eines Vergleichszeitraums beigetreten ist, gilt {figure} als"
    " Vergleichswert.",
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
}
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

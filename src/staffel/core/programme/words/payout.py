"""How a bonus reaches the partner: forms, payer, days (rule 38)."""

from datetime import timedelta

from staffel.core.calendar import Span
from staffel.core.findings import Text
from staffel.core.programme.model import Due, Incentive, Length, PayForm, Payout, PayPart
from staffel.core.programme.payment_days import claim_by, use_by
from staffel.core.programme.words import figures, windows
from staffel.core.programme.words.sentences import Sentence
from staffel.core.programme.words.voice import OR, Voice


def paid_out(voice: Voice, incentive: Incentive) -> tuple[Sentence, ...]:
    """Forms, payer, day due."""
    payout = incentive.payout
    parts = [sentence for part in payout.parts for sentence in _part(voice, payout, incentive, part)]
    choice = [_of_choice(voice, payout)] if payout.choice else []
    return (*choice, *parts, *_payers(voice, payout), *_due(voice, incentive))


def _payers(voice: Voice, payout: Payout) -> tuple[Sentence, ...]:
    chosen = any(one.who == "chosen" for one in payout.payers)
    choice = [voice.sentence(payout, _CHOICE)] if chosen else []
    if len(payout.payers) == 1 and payout.payers[0].share == 1:
        return (voice.sentence(payout.payers[0], _PAYER[payout.payers[0].who]), *choice)
    text = Text(
        en="Of each part {shares}; odd coins are borne by who loses most by rounding down.",
        de="Von jedem Teil zahlen {shares}; übrige Cent trägt, wer beim Abrunden am meisten verliert.",
    )
    shares = [
        voice.say(_SHARE, share=voice.percent(one.share), who=voice.say(_NAMED[one.who]))
        for one in payout.payers
    ]
    return (voice.sentence(payout, text, shares=voice.listed(shares)), *choice)


_SHARE = Text(en="{who} pays {share}", de="{who} {share}")
_NAMED = {
    "vendor": Text(en="the vendor", de="der Hersteller"),
    "distributor": Text(en="the distributor", de="der Distributor"),
    "chosen": Text(en="the distributor that the partner chose", de="der vom Partner gewählte Distributor"),
}
_CHOICE = Text(
    en="What counts is the choice in force on the last day of the settled window, as it stands with the"
    " partner’s enrolment; as long as none is known, the statement says so.",
    de="Maßgeblich ist die Wahl, die am letzten Tag des abgerechneten Zeitraums bei der Teilnahme des"
    " Partners hinterlegt ist; solange keine bekannt ist, sagt es die Abrechnung.",
)


# ---------------------------------------------------------------- forms

_AS = {
    PayForm.MONEY: Text(en="in money", de="in Geld"),
    PayForm.FUNDS: Text(en="as marketing funds (MDF)", de="als Werbekostenzuschuss (WKZ)"),
    PayForm.DISCOUNT: Text(en="as a discount on coming orders", de="als Rabatt auf kommende Bestellungen"),
    PayForm.VOUCHER: Text(
        en="as a voucher for orders with a distributor",
        de="als Gutschein für Bestellungen bei einem Distributor",
    ),
    PayForm.POINTS: Text(en="in points (one for each {unit})", de="in Punkten (einem je {unit})"),
}
_PAYER = {
    "vendor": Text(en="The vendor pays.", de="Es zahlt der Hersteller."),
    "distributor": Text(en="The distributor pays.", de="Es zahlt der Distributor."),
    "chosen": Text(
        en="The distributor that the partner chose for the settled window pays.",
        de="Es zahlt der Distributor, den der Partner für den abgerechneten Zeitraum gewählt hat.",
    ),
}


def _part(voice: Voice, payout: Payout, incentive: Incentive, part: PayPart) -> tuple[Sentence, ...]:
    as_form = _as(voice, part.form)
    whole = Text(
        en="{share} of the bonus is paid {as_form}.",
        de="Der Bonus wird zu {share} {as_form} gezahlt.",
    )
    some = Text(
        en="{share} of the bonus is paid {as_form}.", de=("{share} des Bonus werden {as_form} gezahlt.")
    )
    text = whole if len(payout.parts) == 1 else some
    first = voice.sentence(part, text, share=voice.percent(part.share), as_form=as_form)
    days = (*_use(voice, incentive, part), *_expires(voice, incentive, part), *_claim(voice, incentive, part))
    return (first, *_less(voice, part), *days, *_endless(voice, part))


def _of_choice(voice: Voice, payout: Payout) -> Sentence:
    text = Text(
        en="All of the bonus is paid as the partner chooses: {forms}. What counts is the choice in force on"
        " the last day of the settled window, as it stands with the partner’s enrolment; without one the"
        " bonus is paid {first}.",
        de="Der ganze Bonus wird nach Wahl des Partners gezahlt: {forms}. Maßgeblich ist die Wahl, die am"
        " letzten Tag des abgerechneten Zeitraums bei der Teilnahme des Partners hinterlegt ist; ohne eine"
        " solche wird {first} gezahlt.",
    )
    forms = [_as(voice, form) for form in payout.choice]
    return voice.sentence(payout, text, forms=voice.listed(forms, OR), first=forms[0])


def _as(voice: Voice, form: PayForm) -> str:
    return voice.say(_AS[form], unit=voice.programme.currency)


def _less(voice: Voice, part: PayPart) -> tuple[Sentence, ...]:
    if part.if_less_than is None or part.then is None:
        return ()
    text = Text(
        en="If this part is less than {money}, it is paid {as_form} instead.",
        de="Beträgt dieser Teil weniger als {money}, so wird er {as_form} gezahlt.",
    )
    money, as_form = voice.money(part.if_less_than), _as(voice, part.then)
    return (voice.sentence(part, text, money=money, as_form=as_form),)


def _use(voice: Voice, incentive: Incentive, part: PayPart) -> tuple[Sentence, ...]:
    if part.use_within is None:
        return ()
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
    length = windows.length(voice, part.use_within, "dat")
    said = text if part.use_within.count else at_once
    return (
        voice.sentence(
            part,
            said,
            part=voice.say(_PART[part.form]),
            length=length,
            day=_first_use(voice, incentive, part),
        ),
    )


def _first_use(voice: Voice, incentive: Incentive, part: PayPart) -> str:
    """The last day to use what the first settled window pays."""
    day = use_by(voice.programme, incentive.payout.due, part, settled_first(voice, incentive))
    return "" if day is None else voice.date(day)


def _expires(voice: Voice, incentive: Incentive, part: PayPart) -> tuple[Sentence, ...]:
    if part.expires is None:
        return ()
    text = Text(
        en="{part} expires {length} after {since}, that is, for the first window after {day}; what is left"
        " then lapses.",
        de="{part} gilt bis {length} nach {since}, für den ersten Zeitraum also bis zum {day}; was dann"
        " übrig ist, verfällt.",
    )
    since = _SINCE_CLOSE if incentive.payout.due is None else _SINCE_DUE
    length = windows.length(voice, part.expires)
    said = {"part": voice.say(_PART[part.form]), "length": length, "since": voice.say(since)}
    return (voice.sentence(part, text, **said, day=_first_use(voice, incentive, part)),)


_SINCE_CLOSE = Text(en="the close of the settled window", de="dem Abschluss des abgerechneten Zeitraums")
_SINCE_DUE = Text(en="the day on which it is due", de="dem Tag der Fälligkeit")


def _claim(voice: Voice, incentive: Incentive, part: PayPart) -> tuple[Sentence, ...]:
    day = claim_by(part, settled_first(voice, incentive))
    if part.claim_within is None or day is None:
        return ()
    text = Text(
        en="{part} is to be claimed within {length} of {since}, that is, for the first window by {day}; what"
        " is not claimed then lapses.",
        de="{part} ist binnen {length} nach {since} abzurufen, für den ersten Zeitraum also bis zum {day};"
        " was dann nicht abgerufen ist, verfällt.",
    )
    since = _SINCE_END if part.use_within is None else _SINCE_USE
    length = windows.length(voice, part.claim_within, "dat")
    said = {"part": voice.say(_PART[part.form]), "length": length, "since": voice.say(since)}
    return (voice.sentence(part, text, **said, day=voice.date(day)),)


_SINCE_END = Text(en="the end of the settled window", de="dem Ende des abgerechneten Zeitraums")
_SINCE_USE = Text(en="the last day to use it", de="dem letzten Tag der Verwendung")


def _endless(voice: Voice, part: PayPart) -> tuple[Sentence, ...]:
    """What is not money, and has no day by which it must be used."""
    if part.form is PayForm.MONEY or part.use_within is not None or part.expires is not None:
        return ()
    return (voice.sentence(part, _NO_END, part=voice.say(_PART[part.form])),)


_PART = {
    PayForm.MONEY: Text(en="the money", de="das Geld"),
    PayForm.FUNDS: Text(en="what is paid as marketing funds", de="der Werbekostenzuschuss"),
    PayForm.DISCOUNT: Text(en="the discount", de="der Rabatt"),
    PayForm.VOUCHER: Text(en="the voucher", de="der Gutschein"),
    PayForm.POINTS: Text(en="what is paid in points", de="das Punkteguthaben"),
}
_NO_END = Text(
    en="No day is set by which {part} must be used.",
    de="Bis wann {part} zu verwenden ist, ist nicht festgelegt.",
)


def settled_first(voice: Voice, incentive: Incentive) -> Span:
    """The first window that is settled."""
    programme, settle = voice.programme, incentive.settle
    return settle if isinstance(settle, Span) else programme.calendar.windows(programme.valid, settle)[0]


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
    en="The bonus is due {length} after the day planned for the close of the settled window, for the first "
    "one on {day}.",
    de="Fällig ist der Bonus {length} nach dem Tag, der für den Abschluss des abgerechneten Zeitraums "
    "geplant ist, für den ersten am {day}.",
)
_AT_CLOSE = Text(
    en="The bonus is due on the day planned for the close of the settled window, for the first one on {day}.",
    de="Fällig ist der Bonus an dem Tag, der für den Abschluss des abgerechneten Zeitraums geplant ist, für "
    "den ersten am {day}.",
)
_ON_DAY = Text(
    en="The bonus is due on {named} of the year after the settled window.",
    de="Fällig ist der Bonus am {named} des Jahres, das auf den abgerechneten Zeitraum folgt.",
)

"""What holds for the whole programme: names, days, currency, calendar, and the rules that all share."""

from datetime import timedelta

from staffel.core.calendar import Unit
from staffel.core.findings import Text
from staffel.core.programme.model import Group, MeasureOf
from staffel.core.programme.words import definitions, figures, filters
from staffel.core.programme.words.nouns import DAY, WINDOWS, Kasus
from staffel.core.programme.words.sentences import Paragraph, Section, Sentence
from staffel.core.programme.words.voice import Voice


def programme(voice: Voice) -> Section:
    """Names, days, currency, calendar, deadlines."""
    paragraphs = (
        Paragraph(sentences=_names(voice)),
        Paragraph(sentences=(*_calendar(voice), *_close(voice))),
        Paragraph(sentences=_currency(voice)),
    )
    return Section(title=voice.say(Text(en="The programme", de="Das Programm")), paragraphs=paragraphs)


def _names(voice: Voice) -> tuple[Sentence, ...]:
    said = voice.programme
    text = Text(
        en=(
            "This is {title} of the vendor {vendor}, version {version}. It is valid {days}, both"
            " days included."
        ),
        de=(
            "Dies ist {title} des Herstellers {vendor}, Fassung {version}. Es gilt {days}, beide"
            " Tage eingeschlossen."
        ),
    )
    return (
        voice.sentence(
            said,
            text,
            title=voice.headed(said.name, said.title),
            vendor=voice.quoted(said.vendor),
            version=voice.quoted(said.version),
            days=voice.days(said.valid),
        ),
        voice.sentence(None, _KEY_DAY),
    )


_KEY_DAY = Text(
    en=(
        "The key day is the day for which something is asked: in a review its day, in a settlement"
        " the last day of the window, and for figures shown before that the day for which they are shown."
    ),
    de=(
        "Stichtag ist der Tag, für den gefragt wird: bei einer Überprüfung deren Tag, bei einer"
        " Abrechnung der letzte Tag des Zeitraums, bei einer früheren Auskunft deren Tag."
    ),
)


def _calendar(voice: Voice) -> tuple[Sentence, ...]:
    calendar = voice.programme.calendar
    starts = figures.day_of_year(calendar.starts_month, calendar.starts_day, voice.language)
    year = Text(
        en=(
            "The programme year starts on {starts}; its half-years, quarters and months start on"
            " that day of their month."
        ),
        de=(
            "Das Programmjahr beginnt am {starts}; seine Halbjahre, Quartale und Monate beginnen an"
            " diesem Tag ihres Monats."
        ),
    )
    first = Text(en="The first quarter runs {days}.", de="Das erste Quartal läuft {days}.")
    quarter = calendar.unit_of(voice.programme.valid.start, Unit.QUARTER)
    zone = Text(en="Days are days of the time zone {zone}.", de="Tage gelten nach der Zeitzone {zone}.")
    return (
        voice.sentence(voice.programme, year, starts=starts),
        voice.sentence(voice.programme, first, days=voice.days(quarter)),
        voice.sentence(voice.programme, zone, zone=calendar.time_zone),
    )


def _close(voice: Voice) -> tuple[Sentence, ...]:
    close, quarter = voice.programme.close, WINDOWS[Unit.QUARTER]
    last = voice.programme.calendar.unit_of(voice.programme.valid.start, Unit.QUARTER).last_day
    reports = _REPORTS if close.reports_within else _REPORTS_AT_ONCE
    settle = _SETTLE if close.settle_after else _SETTLE_AT_ONCE
    asked: tuple[tuple[Text, int, Kasus], ...] = (
        (reports, close.reports_within, "dat"),
        (settle, close.settle_after, "acc"),
    )
    return tuple(
        voice.sentence(
            close,
            text,
            days=DAY.counted(count, voice.language, kasus),
            unit=quarter.one(voice.language),
            day=voice.date(last + timedelta(days=count)),
        )
        for text, count, kasus in asked
    )


_REPORTS = Text(
    en="Distributors report within {days} of the end of a window, for the first {unit} by {day}.",
    de=(
        "Distributoren melden binnen {days} nach dem Ende eines Zeitraums, für das erste {unit}"
        " bis zum {day}."
    ),
)
_REPORTS_AT_ONCE = Text(
    en="Distributors report by the last day of a window, for the first {unit} by {day}.",
    de="Distributoren melden bis zum letzten Tag eines Zeitraums, für das erste {unit} bis zum {day}.",
)
_SETTLE = Text(
    en="A window is closed {days} after its end, the first {unit} on {day}.",
    de="Abgeschlossen wird ein Zeitraum {days} nach seinem Ende, das erste {unit} am {day}.",
)
_SETTLE_AT_ONCE = Text(
    en="A window is closed on its last day, the first {unit} on {day}.",
    de="Abgeschlossen wird ein Zeitraum an seinem letzten Tag, das erste {unit} am {day}.",
)


def _currency(voice: Voice) -> tuple[Sentence, ...]:
    text = Text(
        en="Amounts are in {currency}, net of tax.",
        de="Beträge lauten auf {currency} und verstehen sich ohne Steuer.",
    )
    rates = _RATES[voice.programme.rates]
    return (
        voice.sentence(voice.programme, text, currency=voice.programme.currency),
        voice.sentence(voice.programme, rates, start=voice.date(voice.programme.valid.start)),
        voice.sentence(None, _CONVERTED),
    )


_RATES = {
    "day": Text(
        en="A line in another currency is converted at the rate of its day, or the last one before it.",
        de=(
            "Eine Zeile in anderer Währung wird zum Kurs ihres Tages umgerechnet, hilfsweise zum"
            " letzten davor."
        ),
    ),
    "month": Text(
        en="A line in another currency is converted at the rate of its month.",
        de="Eine Zeile in anderer Währung wird zum Kurs ihres Monats umgerechnet.",
    ),
    "programme": Text(
        en=(
            "A line in another currency is converted at the programme’s rate, the last one at or"
            " before {start}."
        ),
        de=(
            "Eine Zeile in anderer Währung wird zum Programmkurs umgerechnet, dem letzten vom oder"
            " vor dem {start}."
        ),
    ),
}
_CONVERTED = Text(
    en=(
        "A return that names its sale takes the rate of that sale. Each line is rounded half up to"
        " four decimals. Without a rate nothing is settled."
    ),
    de=(
        "Eine Rückgabe, die ihren Verkauf nennt, nimmt dessen Kurs. Jede Zeile wird kaufmännisch"
        " auf vier Nachkommastellen gerundet. Ohne Kurs wird nicht abgerechnet."
    ),
)

# ---------------------------------------------------------------- rules that all share


def shared_rules(voice: Voice) -> Section:
    """The rules that no file has to say."""
    title = voice.say(Text(en="What always holds", de="Was immer gilt"))
    return Section(
        title=title, paragraphs=(Paragraph(sentences=tuple(voice.sentence(None, text) for text in _SHARED)),)
    )


_SHARED = (
    Text(
        en="Sell-out reports say what distributors sold to partners, sell-in reports what the vendor sold to"
        " distributors; the net value of a line is its value at the price paid, without tax.",
        de=(
            "Sell-out-Meldungen sagen, was Distributoren an Partner verkauft haben,"
            " Sell-in-Meldungen, was der Hersteller an Distributoren verkauft hat; der Nettowert"
            " einer Zeile ist ihr Wert zum gezahlten Preis, ohne Steuer."
        ),
    ),
    Text(
        en="A line counts only if the partner took part in the programme on its day.",
        de="Eine Zeile zählt nur, wenn der Partner an ihrem Tag am Programm teilnahm.",
    ),
    Text(
        en="The day of a line is the date by which a measure places it in a window.",
        de="Tag einer Zeile ist das Datum, nach dem eine Kennzahl sie in einen Zeitraum legt.",
    ),
    Text(
        en="A line that was withdrawn, and the line that withdraws it, count nowhere.",
        de="Eine zurückgezogene Zeile zählt nirgends, ebenso wenig die Zeile, die sie zurückzieht.",
    ),
    Text(
        en="For levels, a return that names its sale counts on the day of that sale.",
        de="Für Partnerstufen zählt eine Rückgabe, die ihren Verkauf nennt, am Tag dieses Verkaufs.",
    ),
    Text(
        en="Where an entry is missing that a rule asks for, none of the values that it names applies.",
        de="Fehlt eine Angabe, nach der eine Regel fragt, so trifft keiner der Werte zu, die sie nennt.",
    ),
    Text(
        en=(
            "Kind, country, segment and size of a line’s partner are those of the line’s day; where"
            " a condition asks for them, those of the window’s first day, or of the day of joining"
            " if that is later."
        ),
        de=(
            "Art, Land, Segment und Größe des Partners einer Zeile sind die am Tag der Zeile; fragt"
            " eine Bedingung danach, so gelten die am ersten Tag des Zeitraums oder am Tag des"
            " Beitritts, wenn er später liegt."
        ),
    ),
    Text(
        en="Where no lines count, a sum or number is 0; a condition on a figure without a value is not met.",
        de=(
            "Zählen keine Zeilen, so ist eine Summe oder Anzahl 0; eine Bedingung an einen Wert, den es"
            " nicht gibt, ist nicht erfüllt."
        ),
    ),
    Text(
        en=(
            "A share has no value where its whole is 0 or less. A target is the figure that"
            " was agreed with the partner for exactly the window asked for; where none was agreed,"
            " there is no value."
        ),
        de=(
            "Ein Anteil hat keinen Wert, wenn sein Ganzes 0 oder weniger beträgt. Ein"
            " Ziel ist der Wert, der mit dem Partner für genau den gefragten Zeitraum vereinbart"
            " ist; ist keiner vereinbart, gibt es keinen Wert."
        ),
    ),
    Text(
        en=(
            "Where a partner has no lines in an earlier window, its figure from an older system"
            " stands, if one was recorded."
        ),
        de=(
            "Hat ein Partner in einem früheren Zeitraum keine Zeilen, so gilt sein Wert aus einem"
            " älteren System, wenn einer festgehalten ist."
        ),
    ),
    Text(
        en="Figures are compared exactly; quotients are rounded half up to ten decimals.",
        de="Verglichen wird genau; Quotienten werden kaufmännisch auf zehn Nachkommastellen gerundet.",
    ),
    Text(
        en=(
            "Where an amount is shared, each part is cut to two decimals, and what is left goes in"
            " steps of 0.01 to the parts that lost most by the cut, one step each."
        ),
        de=(
            "Wird ein Betrag geteilt, so wird jeder Teil auf zwei Nachkommastellen abgeschnitten, und was"
            " übrig bleibt, geht in Schritten von 0,01 an die Teile, die dabei am meisten verloren haben, an"
            " jeden ein Schritt."
        ),
    ),
    Text(
        en=(
            "If partners merge, their lines count from that day on as if they had always been one;"
            " what was settled stays, and the higher level holds until the next review."
        ),
        de=(
            "Schließen sich Partner zusammen, so zählen ihre Zeilen von da an, als wären sie immer"
            " eins gewesen; Abgerechnetes bleibt, und bis zur nächsten Überprüfung gilt die höhere"
            " Stufe."
        ),
    ),
)

# ---------------------------------------------------------------- groups and measures


def groups(voice: Voice) -> Section:
    """The product groups."""
    title = voice.say(Text(en="Product groups", de="Produktgruppen"))
    sentences = tuple(_group(voice, group) for group in voice.programme.products)
    return Section(title=title, paragraphs=(Paragraph(sentences=sentences),))


def _group(voice: Voice, group: Group) -> Sentence:
    text = Text(
        en="The product group {title} holds {products}.",
        de="Zur Produktgruppe {title} gehören {products}.",
    )
    products = filters.products_that(voice, group.where)
    return voice.item(group, text, title=voice.headed(group.name, group.title), products=products)


def measures(voice: Voice) -> Section:
    """The measures by name."""
    title = voice.say(Text(en="Measures", de="Kennzahlen"))
    return Section(
        title=title, paragraphs=tuple(_measure(voice, named) for named in voice.programme.measures)
    )


def _measure(voice: Voice, named: MeasureOf) -> Paragraph:
    heading = Text(en="Measure {title}", de="Kennzahl {title}")
    title = voice.say(heading, title=voice.headed(named.name, named.title))
    return Paragraph(title=title, sentences=definitions.defined(voice, named))

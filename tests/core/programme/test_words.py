"""Plain words: whole sentences with their places, figures as they are read, German as it is spoken."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.findings import Language, Place, Text
from staffel.core.programme.model import (
    DAY_AFTER_ALL,
    DAY_BEFORE_ALL,
    All,
    Any,
    Baseline,
    Before,
    Cap,
    Condition,
    Current,
    During,
    Exists,
    Filter,
    Growth,
    Holds,
    Is,
    Kept,
    Last,
    LastYear,
    Length,
    Measure,
    Named,
    Not,
    Programme,
    Share,
    Test,
    ToDate,
    Trait,
    Use,
    When,
    Who,
    Window,
    Within,
)
from staffel.core.programme.words import clause, conditions, figures, filters, measures, windows, words
from staffel.core.programme.words.clauses import Clause, marked
from staffel.core.programme.words.contract import spoken
from staffel.core.programme.words.incentives import within
from staffel.core.programme.words.nouns import KEYS, WINDOWS, key_noun
from staffel.core.programme.words.sentences import without_repetition
from staffel.core.programme.words.voice import Voice
from tests.core.programme.aurora import AURORA, LADDER, RISER, SOLUTION_BONUS
from tests.core.programme.everything import EVERYTHING
from tests.forms.conftest import incentive, programme, use

LANGUAGES: tuple[Language, ...] = ("de", "en")
BOTH = pytest.mark.parametrize("language", LANGUAGES)
PROGRAMMES = pytest.mark.parametrize("programme", [AURORA, EVERYTHING], ids=lambda one: one.name)
REVENUE = Use(measure="revenue")


def german(asks: bool = True) -> Voice:
    """Aurora's voice; within a bonus of a quarter, or none."""
    voice = spoken(AURORA, "de")
    return within(voice, RISER) if asks else voice


class TestFigures:
    @pytest.mark.parametrize(
        ("figure", "de", "en"),
        [
            ("12400", "12.400 €", "€12,400"),
            ("12400.50", "12.400,50 €", "€12,400.50"),  # with a fraction, at least the cents
            ("0.125", "0,125 €", "€0.125"),
            ("-0.5", "-0,50 €", "€-0.50"),
            ("1E+6", "1.000.000 €", "€1,000,000"),
            ("0", "0 €", "€0"),
        ],
    )
    def test_money(self, figure: str, de: str, en: str) -> None:
        assert figures.money(D(figure), "EUR", "de") == de
        assert figures.money(D(figure), "EUR", "en") == en

    @pytest.mark.parametrize(("currency", "de", "en"), [("CHF", "5 CHF", "CHF 5"), ("GBP", "5 £", "£5")])
    def test_currencies(self, currency: str, de: str, en: str) -> None:
        assert (figures.money(D(5), currency, "de"), figures.money(D(5), currency, "en")) == (de, en)

    @pytest.mark.parametrize(
        ("share", "de", "en"),
        [("0.02", "2 %", "2%"), ("0.035", "3,5 %", "3.5%"), ("12", "1.200 %", "1,200%"), ("0", "0 %", "0%")],
    )
    def test_percent(self, share: str, de: str, en: str) -> None:
        assert (figures.percent(D(share), "de"), figures.percent(D(share), "en")) == (de, en)

    def test_days(self) -> None:
        span = Span(date(2026, 2, 1), date(2026, 5, 1))  # until is exclusive; people say the last day
        assert figures.days(span, "de") == "vom 01.02.2026 bis zum 30.04.2026"
        assert figures.days(span, "en") == "from 1 February 2026 to 30 April 2026"

    @pytest.mark.parametrize(
        ("count", "de", "en"), [(4, "vier", "four"), (12, "zwölf", "twelve"), (13, "13", "13")]
    )
    def test_numerals(self, count: int, de: str, en: str) -> None:
        assert (figures.numeral(count, "de"), figures.numeral(count, "en")) == (de, en)


class TestNouns:
    @pytest.mark.parametrize(
        ("unit", "one", "two"),
        [
            (Unit.MONTH, "einem Monat", "zwei Monaten"),
            (Unit.QUARTER, "einem Quartal", "zwei Quartalen"),
            (Unit.HALF, "einem Halbjahr", "zwei Halbjahren"),
            (Unit.YEAR, "einem Programmjahr", "zwei Programmjahren"),
        ],
    )
    def test_dative(self, unit: Unit, one: str, two: str) -> None:
        assert WINDOWS[unit].counted(1, "de", "dat") == one
        assert WINDOWS[unit].counted(2, "de", "dat") == two

    def test_weak_nouns(self) -> None:
        customer = KEYS["end_customer"]
        assert [customer.the("de", kasus) for kasus in ("nom", "gen", "dat", "acc")] == [
            "der Endkunde",
            "des Endkunden",
            "dem Endkunden",
            "den Endkunden",
        ]

    def test_a_length_without_a_unit_is_days(self) -> None:
        assert windows.length(german(), Length(count=1), "acc") == "einen Tag"
        assert windows.length(german(), Length(count=30), "dat") == "30 Tagen"

    def test_keys(self) -> None:
        assert key_noun("end_customer_id") is key_noun("end_customer")
        assert key_noun("batch").one("de", "gen") == "Werts der Angabe „batch“"


class TestClauses:
    CLAUSE = Clause(
        language="de",
        subject="der Partner",
        verb="hat",
        middle="am Stichtag",
        rest="ein Zertifikat",
        tail=" (so)",
    )

    def test_the_german_verb_stands_second_or_last(self) -> None:
        assert self.CLAUSE.main() == "der Partner hat am Stichtag ein Zertifikat (so)"
        assert self.CLAUSE.sub() == "der Partner am Stichtag ein Zertifikat hat (so)"

    def test_the_english_verb_stays(self) -> None:
        english = Clause(language="en", subject="it", verb="is", middle="on 1 May", rest="new")
        assert english.main() == english.sub() == "it is new on 1 May"

    def test_marks(self) -> None:
        assert marked(["x", "y"]) == ["(a) x", "(b) y"]
        assert marked(["x", "y"], 1) == ["(i) x", "(ii) y"]
        assert marked(["x"], 2) == ["(1) x"]
        assert marked(["x"] * 27)[-1] == "(27) x"


class TestWindows:
    @pytest.mark.parametrize(
        ("window", "said"),
        [
            (Current(), "im jeweiligen Quartal"),
            (ToDate(unit=Unit.YEAR), "im laufenden Programmjahr bis zum Stichtag (01.02.2026 30.04.2026)"),
            (
                Last(count=4, unit=Unit.QUARTER),
                (
                    "in den letzten vier Quartalen einschließlich des laufenden bis zum Stichtag"
                    " (01.05.2025 30.04.2026)"
                ),
            ),
            (
                Last(count=2, unit=Unit.MONTH, closed=True),
                "in den letzten zwei abgeschlossenen Monaten (01.02.2026 31.03.2026)",
            ),
            (Last(count=1, unit=Unit.MONTH), "im laufenden Monat bis zum Stichtag (01.04.2026 30.04.2026)"),
            (
                Last(count=1, unit=Unit.HALF, closed=True),
                "im letzten abgeschlossenen Halbjahr (01.08.2025 31.01.2026)",
            ),
            (Before(unit=Unit.QUARTER), "im Quartal davor (01.11.2025 31.01.2026)"),
            (LastYear(unit=Unit.MONTH), "im gleichen Monat des Vorjahres (01.04.2025 30.04.2025)"),
            (
                LastYear(unit=Unit.HALF, to_date=True),
                (
                    "im gleichen Halbjahr des Vorjahres bis zum gleichen Tag seines Laufs"
                    " (01.02.2025 30.04.2025)"
                ),
            ),
            (LastYear(unit=Unit.YEAR), "im vorigen Programmjahr (01.02.2025 31.01.2026)"),
            (Named(span=Span(date(2026, 9, 1), date(2026, 12, 1))), "vom 01.09.2026 bis zum 30.11.2026"),
        ],
    )
    def test_with_the_days_of_the_first_window(self, window: Window, said: str) -> None:
        text = without_repetition(windows.during(german(), window), set())
        short = re.sub(r"\(am 30\.04\.2026 also vom (\S+) bis zum (\S+)\)", r"(\1 \2)", text)
        assert short == said

    def test_a_measure_of_its_own_asks_nobody(self) -> None:
        assert windows.during(german(asks=False), Current()) == ""

    def test_an_example_comes_once(self) -> None:
        said = windows.during(german(), Before(unit=Unit.YEAR))
        seen: set[str] = set()
        first, second = without_repetition(said, seen), without_repetition(said, seen)
        assert first.startswith("im Programmjahr davor (am 30.04.2026 also vom ")
        assert second == "im Programmjahr davor"


class TestFilters:
    MONTHS = Length(count=24, unit=Unit.MONTH)
    SOLUTIONS = Is(column="product.group", values=("solutions",))
    SALES = Is(column="kind", values=("sale",))
    PREMIER = Is(column="partner.level", values=("select", "premier"))

    @pytest.mark.parametrize(
        ("where", "said"),
        [
            (SOLUTIONS, "Zeilen, deren Produkt zur Produktgruppe „Lösungen“ gehört"),
            (Not(of=SALES), "Zeilen, deren Art nicht Verkauf ist"),
            (
                PREMIER,
                "Zeilen, deren Partner am Tag der Zeile die Partnerstufe „Select“ oder „Premier“ hat",
            ),
            (
                All(of=(SOLUTIONS, SALES)),
                "Zeilen, deren Produkt zur Produktgruppe „Lösungen“ gehört und deren Art Verkauf ist",
            ),
            (
                Not(of=All(of=(SOLUTIONS, SALES))),  # one of both does not hold
                (
                    "Zeilen, deren Produkt nicht zur Produktgruppe „Lösungen“ gehört oder deren Art"
                    " nicht Verkauf ist"
                ),
            ),
            (
                All(of=(SALES, Any(of=(SOLUTIONS, PREMIER)))),
                (
                    "Zeilen, für die alle diese Bedingungen erfüllt sind: (a) die Art ist Verkauf;"
                    " (b) mindestens eine dieser Bedingungen ist erfüllt: (i) das Produkt gehört"
                    " zur Produktgruppe „Lösungen“; (ii) der Partner hat am Tag der Zeile die"
                    " Partnerstufe „Select“ oder „Premier“"
                ),
            ),
            (
                All(
                    of=(
                        Within(column="net", comparison="at_least", figure=D("1500")),
                        Not(of=Within(column="quantity", comparison="above", figure=D(5))),
                    )
                ),
                (
                    "Zeilen, deren Nettowert mindestens 1.500 € beträgt und deren Stückzahl höchstens 5"
                    " beträgt oder nicht angegeben ist"
                ),
            ),
            (
                During(column="sold_on", span=Span(date(2026, 11, 1), date(2026, 12, 1))),
                "Zeilen, deren Verkaufsdatum im Zeitraum vom 01.11.2026 bis zum 30.11.2026 liegt",
            ),
            (
                Not(of=During(column="ordered_on", span=Span(date(2026, 11, 1), DAY_AFTER_ALL))),
                "Zeilen, deren Bestelldatum nicht am 01.11.2026 oder danach liegt",
            ),
            (
                During(column="paid_on", span=Span(DAY_BEFORE_ALL, date(2026, 12, 1))),
                "Zeilen, deren Zahlungsdatum am 30.11.2026 oder davor liegt",
            ),
            (
                Exists(
                    same=("end_customer_id",),
                    whose="any",
                    length=Length(count=24, unit=Unit.MONTH),
                    some=False,
                ),
                (
                    "Zeilen, deren Endkunde innerhalb von 24 Monaten vor dem ersten Tag des Zeitraums in"
                    " keiner Zeile irgendeines Partners steht (nicht, wo die Angabe fehlt)"
                ),
            ),
            (
                Not(of=Exists(same=("order_no",), where=SOLUTIONS, reach="same_day", as_of="line")),
                (
                    "Zeilen, deren Bestellung am Verkaufstag in keiner Zeile desselben Partners steht,"
                    " gemeint sind nur Zeilen, deren Produkt zur Produktgruppe „Lösungen“ gehört (auch wo"
                    " die Angabe fehlt)"
                ),
            ),
            (Any(), "Zeilen, für die dies in keinem Fall gilt"),
            (Is(column="batch", values=("7",)), "Zeilen, deren Angabe „batch“ „7“ ist"),
        ],
    )
    def test_rows(self, where: Filter, said: str) -> None:
        assert filters.rows_that(german(), where, "Zeilen") == said


class TestMeasures:
    @pytest.mark.parametrize(
        ("measure", "said"),
        [
            (REVENUE, "der Kennzahl „Umsatz“ im jeweiligen Quartal"),
            (
                Use(measure="revenue", who=Who.ALLIANCE),
                "der Kennzahl „Umsatz“ der Allianz des Partners im jeweiligen Quartal",
            ),
            (
                Share(part=Use(measure="solution_revenue"), whole=REVENUE),
                (
                    "des Anteils der Kennzahl „Lösungsumsatz“ im jeweiligen Quartal an der Kennzahl"
                    " „Umsatz“ im jeweiligen Quartal"
                ),
            ),
            (
                Share(part=REVENUE, whole=Use(measure="customers")),  # of unlike units: a ratio
                (
                    "des Verhältnisses der Kennzahl „Umsatz“ im jeweiligen Quartal zu der Kennzahl"
                    " „Endkunden“ im jeweiligen Quartal"
                ),
            ),
        ],
    )
    def test_genitive(self, measure: Measure, said: str) -> None:
        assert measures.noun(german(), measure, "gen") == said

    def test_a_title_that_two_have_brings_the_name(self) -> None:
        twice = replace(AURORA.measures[1], title=Text(en="Revenue", de="Umsatz"))
        programme = replace(AURORA, measures=(AURORA.measures[0], twice))
        assert measures.noun(spoken(programme, "en"), REVENUE) == "the measure “Revenue” (revenue)"

    def test_a_name_that_is_not_there_is_quoted(self) -> None:
        assert measures.noun(german(asks=False), Use(measure="gone")) == "die Kennzahl „gone“"


class TestConditions:
    TEST = Test(measure=REVENUE, comparison="at_least", figure=D(25000))
    SELECT = Holds(trait=Trait.LEVEL, values=("select",), when=When.END)

    @pytest.mark.parametrize(
        ("condition", "said"),
        [
            (TEST, "die Kennzahl „Umsatz“ im jeweiligen Quartal mindestens 25.000 € beträgt"),
            (
                Not(of=TEST),  # rule 9: of a figure that is none, the opposite holds
                (
                    "die Kennzahl „Umsatz“ im jeweiligen Quartal weniger als 25.000 € beträgt"
                    " (es genügt auch, wenn es keinen Wert gibt)"
                ),
            ),
            (Not(of=Not(of=TEST)), "die Kennzahl „Umsatz“ im jeweiligen Quartal mindestens 25.000 € beträgt"),
            (SELECT, "der Partner am letzten Tag des Zeitraums auf der Partnerstufe „Select“ ist"),
            (
                Holds(trait=Trait.HOLDS, values=("iso", "tisax")),
                "der Partner am Stichtag eines der Firmenzertifikate „iso“ oder „tisax“ besitzt",
            ),
            (
                Holds(trait=Trait.COUNTRY, values=("DE", "CH", "XX")),
                (
                    "der Partner am ersten Tag des Zeitraums in Deutschland, in der Schweiz oder"
                    " „XX“ ansässig ist"
                ),
            ),
            (
                Holds(trait=Trait.NEWCOMER, values=("true",)),
                "der Partner neu, also nach dem ersten Tag des Zeitraums beigetreten ist",
            ),
            (
                Not(of=Holds(trait=Trait.NEWCOMER, values=("true",))),
                "der Partner nicht neu, also spätestens am ersten Tag des Zeitraums beigetreten ist",
            ),
            (
                Kept(of=SELECT),
                (
                    "es an mindestens einem Tag seit dem Beitritt des Partners bis zum Stichtag"
                    " gegolten hat, dass der Partner am letzten Tag des Zeitraums auf der"
                    " Partnerstufe „Select“ ist"
                ),
            ),
            (
                Not(of=All(of=(TEST, SELECT))),
                (
                    "mindestens eine dieser Bedingungen erfüllt ist: (a) die Kennzahl „Umsatz“"
                    " beträgt im jeweiligen Quartal weniger als 25.000 € (es genügt auch, wenn"
                    " es keinen Wert gibt); (b) der Partner ist am letzten Tag des Zeitraums nicht"
                    " auf der Partnerstufe „Select“"
                ),
            ),
            (All(), "dies in jedem Fall gilt"),
        ],
    )
    def test_behind_if(self, condition: Condition, said: str) -> None:
        assert conditions.clause_of(german(), condition).sub() == said

    def test_certificates_are_counted_on_the_key_day(self) -> None:
        test = Test(measure=Use(measure="engineers"), comparison="at_least", figure=D(1))
        said = conditions.clause_of(german(), test).main()
        assert said == "die Kennzahl „Zertifizierte Techniker“ beträgt am Stichtag mindestens 1"


class TestContract:
    @PROGRAMMES
    @BOTH
    def test_sentences_are_whole(self, programme: Programme, language: Language) -> None:
        for sentence in words(programme, language).sentences():
            assert re.fullmatch(r"[A-ZÄÖÜ„“0-9].*[.:]", sentence.text), sentence.text
            assert not re.search(r"  | [,.;:]|[{}]|\.\.|[\x00-\x1f]", sentence.text), sentence.text

    @PROGRAMMES
    def test_english_speaks_no_german(self, programme: Programme) -> None:
        assert not re.search(r"\b(der|die|das|und|wird|Kennzahl)\b", words(programme, "en").as_text())

    @BOTH
    @pytest.mark.parametrize("width", [40, 72, 100, 160])
    def test_text_keeps_the_width(self, language: Language, width: int) -> None:
        lines = words(AURORA, language).as_text(width).splitlines()
        assert max(map(len, lines)) <= width
        assert not any(line != line.rstrip() for line in lines)

    def test_a_figure_keeps_its_unit(self) -> None:
        lines = [line for width in range(40, 80) for line in words(AURORA, "de").as_text(width).splitlines()]
        assert not [line for line in lines if re.match(r"\s*(€|%)", line)]

    def test_a_sentence_knows_its_place(self) -> None:
        place = Place(file="aurora.yaml", line=41, column=7)
        cap = Cap(money=D(7), place=place)
        programme = replace(AURORA, incentives=(replace(SOLUTION_BONUS, caps=(cap,)),))
        said = words(programme, "de").of(cap)
        assert said is not None
        assert (said.text, said.place) == ("Der Bonus beträgt höchstens 7 € je Quartal und Partner.", place)

    def test_same_programme_same_text(self) -> None:
        assert words(AURORA, "de") == words(replace(AURORA), "de")

    def test_defaults_are_said(self) -> None:
        said = {sentence.text for sentence in words(AURORA, "de").sentences()}
        assert said >= {
            "Der Bonus ist nach oben nicht begrenzt.",
            "Kein Faktor erhöht oder mindert den Bonus.",
            "Einen Zahlungstag nennt das Programm nicht.",
            "Für diesen Bonus zählt jede Zeile, die in seine Kennzahlen eingeht.",
        }

    def test_a_return_below_the_first_step_of_lumps_says_nothing_of_rates(self) -> None:
        text = words(EVERYTHING, "de").as_text(10_000)
        assert text.count("Überwiegen die Rückgaben") == 1


class TestClause:
    @pytest.mark.parametrize(
        ("form", "said"),
        [
            (SOLUTION_BONUS.caps[0], "Der Bonus beträgt höchstens 60.000 € je Quartal und Partner."),
            (RISER.scale.steps[1], (
                "Staffelstufe 2 ist ab 25 % erreicht und zahlt 4 % der Bemessungsgrundlage."
            )),
            (
                LADDER.levels[1].paths[0].requirements[1],
                "Die Kennzahl „Zertifizierte Techniker“ beträgt am Stichtag mindestens 1.",
            ),
            (RISER.driver.of, (
                "Maßgeblich ist die Kennzahl „Umsatz“ im jeweiligen Quartal."
            )),  # type: ignore[union-attr]
            (SOLUTION_BONUS.payout.due, (
                "Fällig ist der Bonus 30 Tage nach dem Tag, der für den Abschluss des abgerechneten Zeitraums"
                " geplant ist, für den ersten am 19.06.2026."
            )),
        ],
    )  # fmt: skip
    def test_one_form(self, form: Cap, said: str) -> None:
        assert clause(AURORA, form, "de") == said

    def test_a_part_of_a_requirement_is_asked_by_its_ladder(self) -> None:
        either = LADDER.levels[2].paths[0].requirements[0]
        assert isinstance(either, Any)
        assert clause(AURORA, either.of[1], "de") == (
            "Die Kennzahl „Umsatz“ der Allianz des Partners beträgt in den letzten vier"
            " Quartalen einschließlich des laufenden bis zum Stichtag (am 31.01.2027 also vom"
            " 01.02.2026 bis zum 31.01.2027) mindestens 150.000 €."
        )

    def test_an_equal_form_elsewhere_is_another(self) -> None:
        monthly = replace(SOLUTION_BONUS, name="monthly", per=Unit.MONTH, caps=(Cap(money=D(60000)),))
        programme = replace(AURORA, incentives=(SOLUTION_BONUS, monthly))
        assert (
            clause(programme, monthly.caps[0], "en")
            == "The bonus is at most €60,000 for each month and partner."
        )

    @PROGRAMMES
    @BOTH
    def test_a_copy_of_the_programme_says_the_same(self, programme: Programme, language: Language) -> None:
        other = replace(programme, incentives=tuple(replace(one) for one in programme.incentives))
        for before, after in zip(programme.incentives, other.incentives, strict=True):
            assert clause(programme, before, language) == clause(other, after, language) != ""


@BOTH
def test_a_driver_that_is_a_growth_by_its_name_is_told_as_growth(language: Language) -> None:
    """Who has no baseline earns nothing, however the growth is named."""
    growth = Growth(of=use(), against=(Baseline(window=LastYear(unit=Unit.QUARTER)),))
    plain = programme(incentive(driver=growth))
    named = programme(incentive(driver=use("grown")), measures={"grown": growth})
    said = {"en": "without any baseline earns nothing", "de": "ohne jeden Vergleichswert"}[language]
    for of in (plain, named):
        assert said in " ".join(words(of, language).as_text().split())

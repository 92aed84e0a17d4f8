"""What a partner would sign: nothing in zeros, nothing in units without a name, no grammar of a machine."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from staffel.core.calendar import Span
from staffel.core.findings import Language, Text
from staffel.core.programme.model import (
    Aggregate,
    Different,
    Due,
    Is,
    Length,
    Lines,
    MeasureOf,
    Not,
    PayForm,
    Payout,
    PayPart,
    Programme,
    SumOf,
    Take,
    Use,
)
from staffel.core.programme.words import filters, units, words
from staffel.core.programme.words.contract import spoken
from tests.core.programme.aurora import AURORA, LADDER, RISER
from tests.core.programme.everything import EVERYTHING
from tests.core.programme.heron import whole, with_incentive

TOP = Programme(
    name="heron",
    vendor="heron-tools",
    title=Text(en="Heron", de="Reiher"),
    version="1",
    valid=Span(date(2026, 1, 1), date(2027, 1, 1)),
    currency="EUR",
)


class TestNothing:
    """What is 0 days, or 0 steps, is said in a sentence of its own: nobody signs "within no days"."""

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("de", "Distributoren melden bis zum letzten Tag eines Zeitraums, für das erste Quartal bis zum"),
            ("de", "Abgeschlossen wird ein Zeitraum an seinem letzten Tag, das erste Quartal am 31.03.2026."),
            (
                "en",
                "Distributors report by the last day of a window, for the first quarter by 31 March 2026.",
            ),
            ("en", "A window is closed on its last day, the first quarter on 31 March 2026."),
        ],
    )
    def test_no_days_for_reports_and_close(self, language: Language, said: str) -> None:
        assert said in words(TOP, language).as_text(10_000)

    @pytest.mark.parametrize(
        ("payout", "said"),
        [
            (
                Payout(due=Due(days_after_close=0)),
                "Fällig ist der Bonus an dem Tag, der für den",
            ),
            (
                Payout(parts=(PayPart(share=D(1), form=PayForm.FUNDS, use_within=Length()),)),
                "Der Werbekostenzuschuss ist bis zum Ende des abgerechneten Zeitraums zu verwenden, für den"
                " ersten also bis zum 30.04.2026;",
            ),
        ],
    )
    def test_no_days_for_a_payout(self, payout: Payout, said: str) -> None:
        programme = replace(AURORA, incentives=(replace(RISER, payout=payout),))
        assert said in words(programme, "de").as_text(10_000)

    def test_no_steps_in_a_review(self) -> None:
        ladder = replace(LADDER, review=replace(LADDER.review, most_up=0, most_down=0))
        text = words(replace(AURORA, ladders=(ladder,)), "de").as_text(10_000)
        assert "Doch steigt er dabei um keine Stufe." in text
        assert "Doch fällt er dabei um keine Stufe." in text

    @pytest.mark.parametrize("language", ["de", "en"])
    @pytest.mark.parametrize("programme", [AURORA, EVERYTHING, TOP], ids=["aurora", "everything", "top"])
    def test_is_never_a_numeral(self, programme: Programme, language: Language) -> None:
        text = words(programme, language).as_text(10_000)
        assert not re.search(r"\bnull\b|\bno (days|months|quarters|years|levels)\b", text)


@pytest.mark.parametrize(
    ("aggregate", "source", "de", "en"),
    [
        (Different(key="end_customer_id"), "sell_out", "je Endkunde", "per end customer"),
        (Different(key="person_id"), "certifications", "je Person", "per person"),
        (Lines(), "sell_out", "je Zeile", "per line"),
        (Lines(), "certifications", "je Zertifikat", "per certificate"),
        (SumOf(column="quantity"), "sell_out", "je Stück", "per piece"),
        (SumOf(column="net"), "sell_out", "je 1 €", "per €1"),
    ],
)
def test_a_unit_is_what_is_counted(aggregate: Aggregate, source: str, de: str, en: str) -> None:
    take = Take(aggregate=aggregate, source=source, date="sold_on")
    named = replace(
        AURORA, measures=(*AURORA.measures, MeasureOf(name="x", title=AURORA.title, measure=take))
    )
    for measure in (take, Use(measure="x")):
        assert units.one_unit(spoken(named, "de"), measure) == de
        assert units.one_unit(spoken(named, "en"), measure) == en


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("kind", ("return",), "die Art ist nicht Rückgabe"),
        ("kind", ("correction", "return"), "die Art ist weder Korrektur noch Rückgabe"),
        ("route", ("a", "b", "c"), "der Bestellweg ist weder „a“, „b“ noch „c“"),
        ("partner.country", ("DE",), "der Partner ist nicht in Deutschland ansässig"),
        ("partner.kind", ("dealer",), "der Partner wird nicht als Fachhändler geführt"),
        ("product.family", ("x", "y"), "das Produkt gehört nicht zu einer der Familien „x“ oder „y“"),
    ],
)
def test_what_is_none_of_several(column: str, values: tuple[str, ...], said: str) -> None:
    clause = filters.clause_of(spoken(AURORA, "de"), Not(of=Is(column=column, values=values)))
    assert clause.main() == said


def test_the_ladder_that_all_know_has_no_name_of_ours() -> None:
    titles = [section.title for section in words(EVERYTHING, "de").sections]
    assert [title for title in titles if "Partnerstufen" in title] == [
        "Partnerstufen",
        "Partnerstufen (specialist)",
    ]


def test_a_target_in_pieces_is_attained_in_percent() -> None:
    gate = "gate: [{attained: pieces, of: {target: yearly}, at_least: 100 %}]"
    programme = whole(with_incentive("base: pieces", "per: quarter", "per_unit: 2", gate))
    assert (
        "wenn der Anteil der Kennzahl „pieces“ im jeweiligen Quartal an dem Ziel „yearly“ mindestens 100 %"
        in words(programme, "de").as_text(10_000)
    )

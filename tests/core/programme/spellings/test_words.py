"""Words, names, texts, days and lengths."""

import pytest

from staffel.core.findings import Text
from tests.core.programme.heron import AROUND, LEVELS, TOP, bonus, found, whole, with_incentive, with_measure


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("solution-bonus", []),
        ("Größe_2", []),
        ("2nd", ["value-not-of-type"]),
        ("two words", ["value-not-of-type"]),
        ("a" * 80, []),
        ("a" * 81, ["value-not-of-type"]),
        ("bоnus", ["looks-alike"]),  # a Cyrillic o
        ("соре", ["looks-alike"]),  # Cyrillic throughout
        ("αlpha", ["looks-alike"]),
        ("", ["value-not-of-type"]),
    ],
)
def test_names(name: str, codes: list[str]) -> None:
    text = TOP.replace("programme: heron", f"programme: {name}")
    assert found(text) == codes


@pytest.mark.parametrize("value", ["NO", "no", "on", "yes", "null", "02-01", "1e3", "0777", "1:30", "Москва"])
def test_values_stay_the_text_that_stands_there(value: str) -> None:
    read = whole(with_measure(f"{{sum: net, of: sell_out, country: {value}}}")).measure("this")
    assert getattr(getattr(read, "where"), "values") == (value,)  # noqa: B009


def test_a_value_of_two_scripts_is_refused() -> None:
    assert found(with_measure("{sum: net, of: sell_out, route: pоrtal}")) == ["looks-alike"]


@pytest.mark.parametrize("spelled", ["day of sale", "day_of_sale", "'day  of sale'"])
def test_words_of_ours_may_have_blanks(spelled: str) -> None:
    assert bonus("rate: 2 %", f"level_on: {spelled}").level_on == "day_of_sale"


def test_keys_of_ours_may_have_blanks() -> None:
    assert bonus("rate: 2 %", "minimum payout: 50") == bonus("rate: 2 %", "minimum_payout: 50")


@pytest.mark.parametrize(
    ("title", "text", "codes"),
    [
        ("{en: Bonus, de: Prämie}", Text(en="Bonus", de="Prämie"), []),
        ("{de: Prämie}", Text(en="Prämie", de="Prämie"), ["text-in-one-language-only"]),
        ("Bonus", Text(en="Bonus", de="Bonus"), ["text-in-one-language-only"]),
    ],
)
def test_texts(title: str, text: Text, codes: list[str]) -> None:
    source = with_incentive("base: revenue", "per: quarter", "rate: 2 %", f"title: {title}")
    assert (whole(source).incentive("bonus").title, found(source)) == (text, codes)


@pytest.mark.parametrize("title", ["{}", "[]", "{fr: Prime}", "{en: [a], de: b}", '""'])
def test_what_is_no_text(title: str) -> None:
    source = with_incentive("base: revenue", "per: quarter", "rate: 2 %", f"title: {title}")
    assert "value-not-of-type" in found(source)


def test_a_title_left_out_is_the_name() -> None:
    assert bonus("rate: 2 %").title == Text(en="bonus", de="bonus")


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-12-31", []),
        ("2026-02-31", ["date-impossible"]),
        ("2026-13-01", ["date-impossible"]),
        ("1899-12-31", ["date-impossible"]),
        ("9999-12-31", ["date-impossible"]),
        ("31.12.2026", ["value-not-of-type"]),
        ("2026-1-1", ["value-not-of-type"]),
        ("2026-12-31T00:00:00", ["value-not-of-type"]),
    ],
)
def test_days(day: str, codes: list[str]) -> None:
    assert found(TOP.replace("2026-12-31", day)) == codes


@pytest.mark.parametrize(
    ("starts", "codes"),
    [
        ("02-01", []),
        ("02-28", []),
        ("02-29", ["date-impossible"]),  # not in every year
        ("01-29", ["date-impossible"]),  # after the 28th
        ("13-01", ["date-impossible"]),
        ("1-1", ["value-not-of-type"]),
    ],
)
def test_days_of_the_year(starts: str, codes: list[str]) -> None:
    assert found(f"{TOP}calendar: {{year_starts: {starts}}}\n") == codes


@pytest.mark.parametrize(
    ("grace", "count", "unit"),
    [("2 quarters", 2, "quarter"), ("1 half", 1, "half"), ("2 halves", 2, "half"), ("30 days", 30, None)],
)
def test_lengths(grace: str, count: int, unit: str | None) -> None:
    ladder = whole(f"{TOP}{AROUND}{LEVELS}review: {{grace: {grace}}}\n").ladder
    assert ladder is not None
    assert (ladder.review.grace.count, ladder.review.grace.unit) == (count, unit)


@pytest.mark.parametrize("grace", ["quarter", "2", "two quarters", "-1 days", "99999 days", "1 week"])
def test_what_is_no_length(grace: str) -> None:
    assert found(f"{TOP}{AROUND}{LEVELS}review: {{grace: {grace}}}\n") == ["value-not-of-type"]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("calendar: {time_zone: Europe/Vienna}", []),
        ("calendar: {time_zone: Europe/Atlantis}", ["value-not-of-type"]),
        ("calendar: {time_zone: ../../etc/passwd}", ["value-not-of-type"]),
    ],
)
def test_time_zones(line: str, codes: list[str]) -> None:
    assert found(f"{TOP}{line}\n") == codes


@pytest.mark.parametrize("currency", ["eur", "EURO", "€", "E R"])
def test_currencies(currency: str) -> None:
    assert found(TOP.replace("EUR", currency)) == ["value-not-of-type"]

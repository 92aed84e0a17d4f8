"""The tutorial is true: its files are programmes, its commands print what stands there, in both languages."""

import re

import pytest

from staffel.core.programme import read_programme
from tests.journeys.tutorial import PAGES, blocks, followed

RENEW = "Renew it: .venv/bin/python -m tests.journeys.tutorial"


@pytest.mark.parametrize("language", PAGES)
def test_prints_what_stands_there(language: str) -> None:
    page = PAGES[language].read_text("utf-8")
    assert followed(page, language)[0] == page, RENEW


def test_the_file_is_in_order_after_each_step() -> None:
    steps = followed(PAGES["en"].read_text("utf-8"), "en")[1]
    assert len(steps) == 8
    for text in steps:
        reading = read_programme(text, file="willow.yaml")
        assert [one.say() for one in reading.findings if one.severity == "error"] == []
    assert [one.say() for one in read_programme(steps[-1], file="willow.yaml").findings] == []


def test_both_pages_do_the_same() -> None:
    english, german = (list(blocks(page.read_text("utf-8"))) for page in PAGES.values())
    assert [block.text for block in english if block.kind != "console"] == [
        block.text for block in german if block.kind != "console"
    ]
    commands = [
        [block.text.split("\n")[0] for block in each if block.kind == "console"] for each in (english, german)
    ]
    assert commands[0] == commands[1]


def test_both_pages_have_the_same_steps() -> None:
    english, german = (re.findall(r"^## (\d)", page.read_text("utf-8"), re.M) for page in PAGES.values())
    assert english == german == list("12345678")


def test_three_mistakes_are_led_out_of() -> None:
    every = list(blocks(PAGES["en"].read_text("utf-8")))
    after = [every[at + 1].text for at, block in enumerate(every) if block.kind == "diff"]
    assert [re.findall(r"\[([a-z-]+)\]", text) for text in after[:3]] == [
        ["name-unknown"],
        ["value-not-of-type"],
        ["steps-not-rising"],
    ]

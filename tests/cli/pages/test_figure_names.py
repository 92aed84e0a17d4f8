"""The figures of a kit in words: none by the name that the engine has for it."""

import pytest

from staffel.cli.pages.figure_names import NAMES, figure_name, figure_value
from staffel.cli.voice import Voice
from staffel.core.engine.kit import Figure
from staffel.core.engine.kit.figures import _AMOUNTS, _EARNED, _HURDLE, _STANDING
from staffel.core.engine.statements import SUMS
from staffel.core.programme import read_programme
from tests.cli.market import PROGRAMME

READ = read_programme(PROGRAMME, file="aster.yaml").programme


def test_every_name_has_its_words() -> None:
    assert {*_EARNED, *_AMOUNTS, *_STANDING, *_HURDLE, *SUMS} <= set(NAMES)


@pytest.mark.parametrize(
    ("about", "window", "name", "en", "de"),
    [
        (
            "quarter-bonus",
            "2026-Q1",
            "driver_num",
            "Quarter bonus, 2026-Q1: figure that picks the step",
            "Quartalsbonus, 2026-Q1: Staffelwert",
        ),
        ("quarter-bonus of g1", "2026-Q1", "own coins", "Quarter bonus (g1), 2026-Q1: amount", None),
        ("statement", "", "paid", "statement: paid", "Abrechnung: bezahlt"),
        ("quarter-bonus", "", "parts 1 money", "Quarter bonus: amount of a part", None),
        ("standing", "", "falls_after", "standing: falls after", "Stand: fällt nach dem"),
        ("level select", "", "0.0 actual", "level Select: requirement 1, actual", None),
        (
            "level select",
            "",
            "volume 1.0 holds",
            "level Select: requirement 2 (volume), requirement met",
            None,
        ),
        ("level", "2026-01-01..2026-03-06", "level", "level, 1 Jan 2026 – 6 Mar 2026: level", None),
        ("sell_out", "", "sum of net EUR", "sell_out: sum of net EUR", "sell_out: Summe von net EUR"),
        ("gone", "", "step", "gone: step reached", "gone: erreichte Staffelstufe"),
    ],
)
def test_in_words(about: str, window: str, name: str, en: str, de: str | None) -> None:
    assert READ is not None
    figure = Figure(about=about, window=window, name=name)
    assert figure_name(figure, READ, Voice()) == en
    if de is not None:
        assert figure_name(figure, READ, Voice(language="de")) == de


@pytest.mark.parametrize(
    ("name", "value", "en", "de"),
    [
        ("coins", "12400.5000", "12,400.5", "12.400,5"),
        ("since", "2026-03-06", "6 Mar 2026", "06.03.2026"),
        ("gate", "True", "yes", "ja"),
        ("version", "2026.1", "2026.1", "2026.1"),
        ("level", "select", "select", "select"),
        ("coins", None, "–", "–"),
        ("payer", "", "–", "–"),
    ],
)
def test_values(name: str, value: str | None, en: str, de: str) -> None:
    figure = Figure(about="quarter-bonus", name=name)
    assert [figure_value(figure, value, Voice(language=each)) for each in ("en", "de")] == [en, de]

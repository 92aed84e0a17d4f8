"""Units of measures."""

import pytest

from staffel.core.programme.model import Agreed, GrownPart, Use
from staffel.core.programme.units import unit_of
from staffel.core.sources import Measured
from tests.core.programme.heron import AROUND, TOP, whole, with_measure


@pytest.mark.parametrize(
    ("spelled", "unit"),
    [
        ("{sum: net, of: sell_out}", Measured.MONEY),
        ("{sum: quantity, of: sell_in}", Measured.PIECES),
        ("{count: lines, of: sell_out}", Measured.COUNT),
        ("{count: person, of: certifications}", Measured.COUNT),
        ("{share: revenue, in: revenue}", Measured.SHARE),
        ("{share: pieces, in: customers}", Measured.FACTOR),
        ("{attained: pieces, of: {target: yearly}}", Measured.SHARE),
        ("growth", Measured.SHARE),
        ("{growth_of: pieces, against: year before, as: amount}", Measured.PIECES),
        ("{score: [{measure: people, points: 5}]}", Measured.POINTS),
        ("{target: yearly}", None),
    ],
)
def test_units(spelled: str, unit: Measured | None) -> None:
    programme = whole(with_measure(spelled))
    assert unit_of(programme, Use(measure="this")) is unit


def test_what_has_none() -> None:
    programme = whole(TOP + AROUND)
    assert unit_of(programme, Use(measure="nobody")) is None
    assert unit_of(programme, Agreed(target="x")) is None
    assert unit_of(programme, GrownPart(of=Use(measure="pieces"))) is Measured.PIECES

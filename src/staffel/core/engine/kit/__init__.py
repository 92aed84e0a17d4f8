"""The recompute kit: one file from which anybody computes a statement anew, off line, to the same cents.

`staffel.md`, 2 and law 4. `write_kit` makes it, `recompute` computes it; what rests on others' lines
enters as a given figure, marked so (`language.md`, section 4). A kit holds no line, name or number of
another partner.

| file | what it holds |
|---|---|
| statement.json | what is due, paid and carried, by incentive, with the windows behind it |
| figures.json | every figure that it is made of, and the sums over the tables |
| programme.json, programme.yaml | the rules as forms, and as the file has them |
| lines.csv, lines_sell_in.csv | the partner's lines, each with what became of it |
| facts/….csv | what it is, holds, agreed and was settled; the products it bought; rates and closes |
| given.json | what others' lines add to the figures of its alliances |
| manifest.json | semantics, state, days, and the hash of every other file |
"""

from datetime import date
from pathlib import Path

from staffel.core.calendar import Span
from staffel.core.engine.facts import Facts
from staffel.core.engine.kit.figures import Figure
from staffel.core.engine.kit.making import Kit, KitBroken, write_kit
from staffel.core.engine.kit.recomputing import Recomputed, recompute
from staffel.core.engine.kit.sentences import KitRefused
from staffel.core.engine.kit.told import Difference
from staffel.core.programme.model import Programme

__all__ = [
    "Difference",
    "Figure",
    "Kit",
    "KitBroken",
    "KitRefused",
    "Recomputed",
    "kit_agrees",
    "recompute",
    "write_kit",
]


def kit_agrees(
    programme: Programme, facts: Facts, day: date, closing: Span, partner: str, folder: Path
) -> bool:
    """Law 4: whether the kit of a statement, written and computed anew, says the statement to the cent."""
    path = folder / "kit.zip"
    kit = write_kit("", programme, facts, day=day, closing=closing, partner=partner, path=path)
    found = recompute(path)
    return found.agrees and found.statement == kit.statement

"""Trees of evidence under the name of whose they are, and for whom they are shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import RenderableType

from staffel.cli.explanations import Explained
from staffel.cli.lines import SoldLine
from staffel.cli.pages.evidence import evidence_page
from staffel.cli.pages.node_text import NodeText
from staffel.cli.pages.pieces import gap, heading, remark
from staffel.cli.partners import NamedPartner
from staffel.cli.voice import Voice
from staffel.core.engine.evidence import Viewer
from staffel.core.findings import Text
from staffel.core.programme.model import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What trees of one partner are told with. names: of random keys; partners: names by id; lines: by id."""

    partner: NamedPartner
    programme: Programme
    state: str
    viewer: Viewer
    names: Mapping[str, str] = field(default_factory=dict)
    partners: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, SoldLine] = field(default_factory=dict)


def explained_page(
    found: Sequence[Explained], told: Told, voice: Voice, rows: int
) -> Iterator[RenderableType]:
    """Each tree, and what it was read from. rows: shown of each sum; 0: all."""
    name = told.partner.name
    title = voice.say(Text(en=f"Evidence for {name}", de=f"Nachweis für {name}"))
    yield heading(title, voice.say(told.programme.title))
    for at, one in enumerate(found):
        if at:
            yield gap()
        text = NodeText(
            programme=told.programme, voice=voice, names=told.names, partners=told.partners, lines=told.lines
        )
        yield from evidence_page(one.node, text, rows)
    yield gap()
    for legend in _legend(found, told.viewer):
        yield remark(voice.say(legend))
    made = f"{told.programme.name} {told.programme.version}"
    state = told.state
    source = Text(
        en=f"{made}, state {state}. The statements that ran: --sql",
        de=f"{made}, Datenstand {state}. SQL: --sql",
    )
    yield remark(voice.say(source))


_LINES = Text(
    en="A line is named distributor/document/row, or by its report and the row in it.",
    de="Eine Zeile heißt Distributor/Beleg/Zeile, oder nach ihrer Meldung und der Zeile darin.",
)
_NOTES = {
    "own-part": Text(
        en="“own part only”: the figure is what {who}'s own lines come to. The whole differs from it by what "
        "others added, and is not shown, because the difference would tell what one of them sold.",
        de="„nur der eigene Teil“: Der Wert ist, was die eigenen Zeilen von {who} ergeben. Das Ganze weicht "
        "um das ab, was andere beitrugen, und wird nicht gezeigt, weil der Unterschied verriete, was einer "
        "von ihnen verkauft hat.",
    ),
    "hidden": Text(
        en="“figure not shown”: it rests on what others sold or hold. Whether it is reached may be seen.",
        de="„Wert nicht gezeigt“: Er beruht auf dem, was andere verkauften oder halten. Ob er erreicht ist, "
        "darf man sehen.",
    ),
    "others": Text(
        en="“of others, in one sum”: what at least two others added, so that it tells of none of them. With "
        "it the parts come to the whole.",
        de="„anderer, in einer Summe“: was mindestens zwei andere beitrugen, sodass es von keinem etwas "
        "verrät. Mit ihr ergeben die Teile das Ganze.",
    ),
}


def _legend(found: Sequence[Explained], viewer: Viewer) -> Iterator[Text]:
    """What a reader has to know of names and of what is left out."""
    nodes = [node for one in found for node in one.node.every()]
    if any(one.rows for one in found):
        yield _LINES
    marks = {"others" if node.kind == "others" else node.note for node in nodes}
    if viewer.kind != "operator":
        who = viewer.id
        yield Text(en=f"Shown as {who} may see it.", de=f"Gezeigt, wie {who} es sehen darf.")
        for mark, text in _NOTES.items():
            if mark in marks:
                yield Text(en=text.en.format(who=who), de=text.de.format(who=who))

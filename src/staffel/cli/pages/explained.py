"""Trees of evidence under the name of whose they are."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType

from staffel.cli.explanations import Explained
from staffel.cli.pages.evidence import evidence_page
from staffel.cli.pages.pieces import gap, heading, remark
from staffel.cli.voice import Voice
from staffel.core.findings import Text
from staffel.core.programme.model import Programme


def explained_page(
    found: Sequence[Explained],
    name: str,
    programme: Programme,
    state: str,
    voice: Voice,
    rows: int,
    names: Mapping[str, str],
) -> Iterator[RenderableType]:
    """Each tree, and what it was read from. names: of random keys."""
    title = voice.say(Text(en=f"Evidence for {name}", de=f"Nachweis für {name}"))
    yield heading(title, voice.say(programme.title))
    for at, one in enumerate(found):
        if at:
            yield gap()
        yield from evidence_page(one.node, programme, voice, rows, names)
    yield gap()
    made = f"{programme.name} {programme.version}"
    told = Text(
        en=f"{made}, state {state}. The statements that ran: --sql",
        de=f"{made}, Datenstand {state}. SQL: --sql",
    )
    yield remark(voice.say(told))

"""The tree as it is drawn."""

from decimal import Decimal

from rich.console import Console

from staffel.cli.pages.evidence import evidence_page
from staffel.cli.pages.node_text import NodeText
from staffel.cli.voice import Voice
from staffel.core.engine.evidence import Kind, Node
from staffel.core.programme import read_programme
from staffel.core.sources import Measured
from tests.cli.market import PROGRAMME

READ = read_programme(PROGRAMME, file="aster.yaml").programme
NAMES = {"e-1": "Werft", "e-2": "Schule", "e-3": "Amt"}


def drawn(*children: Node) -> list[str]:
    """The lines of a tree with these children."""
    assert READ is not None
    root = Node(kind=Kind.EARNED, children=children)
    console = Console(width=110)
    with console.capture() as captured:
        for part in evidence_page(root, NodeText(programme=READ, voice=Voice(), names=NAMES)):
            console.print(part)
    return [line.strip(" │├└─") for line in captured.get().splitlines()]


def customer(key: str | None, figure: int) -> Node:
    """What an end customer brought."""
    return Node(kind=Kind.KEY, figure=Decimal(figure), unit=Measured.MONEY, adds=True, says={"key": key})


def test_end_customers_stand_by_what_they_brought_whatever_their_random_keys() -> None:
    cap = Node(kind=Kind.CAP, figure=Decimal(-5), unit=Measured.MONEY, adds=True)
    customers = [customer("e-1", 10), customer(None, 90), customer("e-2", 50), customer("e-3", 10)]
    told = drawn(*customers, cap)
    assert [line.partition("  ")[0] for line in told[1:]] == [
        "€50.00",
        "€10.00",
        "€10.00",
        "€90.00",
        "-€5.00",
    ]
    assert [line.rpartition(" ")[2] for line in told[1:5]] == ["Schule", "Amt", "Werft", "customer"]

"""Every kind of node has its words."""

import pytest

from staffel.cli.pages import node_text
from staffel.cli.pages.node_text import NodeText
from staffel.cli.voice import Voice
from staffel.core.engine.evidence import Kind, Node
from staffel.core.programme import read_programme
from tests.cli.market import PROGRAMME

READ = read_programme(PROGRAMME, file="aster.yaml").programme


def test_no_kind_is_without_words() -> None:
    said = set(node_text._PLAIN) | set(node_text._SAYERS)
    assert said == set(Kind)


@pytest.mark.parametrize("kind", sorted(Kind))
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_bare_node_can_be_said(kind: Kind, language: str) -> None:
    """What a viewer may not see has neither figure nor particulars."""
    assert READ is not None
    says = {"comparison": "at_least"} if kind is Kind.TEST else {}
    text = NodeText(programme=READ, voice=Voice(language="de" if language == "de" else "en"))
    text.line(Node(kind=kind, says=says, note="hidden"))

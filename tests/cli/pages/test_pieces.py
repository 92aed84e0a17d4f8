"""Bars, tables, signs."""

from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console, RenderableType

from staffel.cli.as_text import put
from staffel.cli.pages.pieces import bar, counted, mark
from staffel.cli.pages.rows import Heading, table
from staffel.cli.voice import Voice
from staffel.core.findings import Text

VOICE, ASCII = Voice(), Voice(unicode=False)


def printed(part: RenderableType, width: int = 100) -> list[str]:
    screen = Console(file=StringIO(), width=width)
    with screen.capture() as shown:
        screen.print(part)
    return [line.rstrip() for line in shown.get().splitlines()]


@pytest.mark.parametrize(
    ("share", "blocks", "signs"),
    [
        ("-1", "░░░░", "...."),
        ("0", "░░░░", "...."),
        ("0.03", "░░░░", "...."),
        ("0.04", "▏░░░", "...."),
        ("0.5", "██░░", "##.."),
        ("0.6", "██▍░", "##.."),
        ("0.999", "███▉", "###."),
        ("1", "████", "####"),
        ("7", "████", "####"),
    ],
)
def test_bars(share: str, blocks: str, signs: str) -> None:
    """A bar is full only where the hurdle is taken."""
    figures = [bar(Decimal(share), 4, reached=False, voice=voice).plain for voice in (VOICE, ASCII)]
    assert figures == [blocks, signs]


def test_marks() -> None:
    assert [mark(holds, voice).plain for voice in (VOICE, ASCII) for holds in (True, False)] == list("✓·x-")


def test_tables_have_no_frame() -> None:
    made = table(
        [Heading(text="partner"), Heading(text="paid", right=True)],
        [["kern-it", "€300.00"], ["moor", "€9.00"]],
        total=["all", "€309.00"],
    )
    assert printed(made) == [
        "  partner     paid",
        "  ────────────────",
        "  kern-it  €300.00",
        "  moor       €9.00",
        "",
        "  all      €309.00",
    ]


def test_texts_fold_where_it_is_narrow() -> None:
    made = table([Heading(text="why")], [["a sentence of many words"]])
    assert printed(made, width=16)[2:] == ["  a sentence of", "  many words"]


def test_counts() -> None:
    one, many = Text(en="line", de="Zeile"), Text(en="lines", de="Zeilen")
    assert [counted(VOICE, count, one, many) for count in (0, 1, 1200)] == [
        "0 lines",
        "1 line",
        "1,200 lines",
    ]


def test_figures_are_never_cut() -> None:
    """Headings fold, texts fold; what then is too wide is printed wider than the screen."""
    headings = [
        Heading(text="partner"),
        *(Heading(text=f"settled before {at}", right=True) for at in range(3)),
    ]
    made = table(headings, [["Moorweide Systemhaus", "€123,456.78", "€123,456.78", "€123,456.78"]])
    for width in (100, 60, 20):
        screen = Console(file=StringIO(), width=width)
        put(screen, made)
        assert isinstance(screen.file, StringIO)
        assert screen.file.getvalue().count("€123,456.78") == 3

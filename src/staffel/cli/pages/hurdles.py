"""The hurdles of the level that is held and of the next: bars, actual, required, missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from staffel.cli.pages.figures import figure, short_name
from staffel.cli.pages.pieces import bar, mark
from staffel.cli.pages.rows import INDENT
from staffel.cli.pages.titles import trait_name, trait_values
from staffel.cli.screen import unbroken
from staffel.cli.standings import Hurdle, PartnerStanding
from staffel.cli.voice import Voice
from staffel.core.findings import Text
from staffel.core.programme.model import Level, Programme, Test, Who
from staffel.core.programme.units import unit_of

# Widths of the names and of the bar behind them, the widest that fits; bars shrink first.
_WIDTHS = ((36, 16), (30, 12), (24, 6), (20, 6), (20, 4), (18, 4))
_FIGURES = 22
_BETWEEN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One hurdle as it is told."""

    hurdle: Hurdle
    name: Styled
    figures: Styled = field(default_factory=Styled)
    missing: Styled = field(default_factory=Styled)

    @property
    def texts(self) -> tuple[Styled, Styled, Styled]:
        """All that it says."""
        return self.name, self.figures, self.missing


class Hurdles:
    """The level that is held and the next one above it, as wide as the screen; else each in two lines."""

    def __init__(self, standing: PartnerStanding, voice: Voice) -> None:
        self._standing = standing
        self._voice = voice

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        ladder, voice = self._standing.programme.ladder, self._voice
        assert ladder is not None
        paths = list(self._paths())
        widths = _widths([line for *_, lines in paths for line in lines], options.max_width)
        for level, path, lines in paths:
            yield _level_title(level, path, level.name == self._standing.place.level, voice)
            yield _grid(lines, widths, voice) if widths else _listed(lines)
        if self._standing.place.level == ladder.levels[-1].name:
            yield voice.say(
                Text(en="The highest level is reached.", de="Die höchste Partnerstufe ist erreicht.")
            )

    def _paths(self) -> Iterator[tuple[Level, str, list[_Line]]]:
        """The ways to the levels that are shown, with what each asks."""
        ladder = self._standing.programme.ladder
        assert ladder is not None
        held = ladder.index(self._standing.place.level) if self._standing.place.level else 0
        for level in ladder.levels[held : held + 2]:
            mine = [hurdle for hurdle in self._standing.hurdles if hurdle.level == level.name]
            for path, of_path in groupby(mine, key=lambda hurdle: hurdle.path):
                yield level, path, _lines(list(of_path), self._standing.programme, self._voice)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        texts = [text.plain for *_, lines in self._paths() for line in lines for text in line.texts]
        least = max((len(word) for text in texts for word in unbroken(text).split()), default=1) + INDENT
        return Measurement(least, max(least, options.max_width))


def _level_title(level: Level, path: str, kept: bool, voice: Voice) -> Styled:
    word = Text(en="to keep", de="zu halten") if kept else Text(en="to reach", de="zu erreichen")
    by = voice.say(Text(en=f" by {path}", de=f" über {path}")) if path else ""
    return Styled(voice.say(level.title), style="bold").append(
        f"{by}, {voice.say(word)}", style="not bold dim"
    )


def _lines(hurdles: Sequence[Hurdle], programme: Programme, voice: Voice) -> list[_Line]:
    return [
        _line(hurdle, at, programme, voice)
        for _, of_number in groupby(hurdles, key=lambda hurdle: hurdle.number)
        for at, hurdle in enumerate(of_number)
    ]


def _widths(lines: Sequence[_Line], room: int) -> tuple[int, int, int] | None:
    """Of the names, the bars and the figures; none where nothing of it fits.

    They are the same in every path, so that all stand in line.
    """
    words = (word for line in lines if line.figures.plain for word in line.name.plain.split())
    longest = max(map(len, words), default=0)
    figures = max([_FIGURES, *(len(line.figures.plain) for line in lines)])
    missing = max((len(line.missing.plain) for line in lines), default=0)
    for names, width in _WIDTHS:
        taken = max(names, longest) + _BETWEEN + width + _BETWEEN + figures
        if taken + _BETWEEN + missing <= room:
            return max(names, longest), width, figures
    return None


def _grid(lines: Sequence[_Line], widths: tuple[int, int, int], voice: Voice) -> RenderableType:
    """What one path asks: with a bar and figures, or in a line of its own where there are none."""
    names, width, figures = widths
    told: list[RenderableType] = []
    for line in lines:
        if not line.figures.plain:
            told.append(line.name)
            continue
        grid = Table.grid(padding=(0, _BETWEEN, 0, 0))
        grid.add_column(overflow="fold", width=names)
        grid.add_column(no_wrap=True, width=width)
        grid.add_column(justify="right", no_wrap=True, width=figures)
        grid.add_column(style="yellow", no_wrap=True)
        shown = bar(line.hurdle.share, width, reached=line.hurdle.holds, voice=voice)
        grid.add_row(line.name, shown, line.figures, line.missing)
        told.append(grid)
    return Group(*told)


def _listed(lines: Sequence[_Line]) -> RenderableType:
    """What one path asks where it is narrow: the figures below the names."""
    told: list[RenderableType] = []
    for line in lines:
        told.append(line.name)
        figures = Styled("  ").join(text for text in (line.figures, line.missing) if text.plain)
        if figures.plain:
            told.append(Padding(figures, (0, 0, 0, INDENT)))
    return Group(*told)


def _line(hurdle: Hurdle, at: int, programme: Programme, voice: Voice) -> _Line:
    """Name, actual and required, missing."""
    either = voice.say(Text(en="or ", de="oder ")) if hurdle.any_of and at else ""
    said = _name(hurdle, programme, voice)
    if hurdle.enforced is not None:
        since = voice.day(hurdle.enforced)
        said += voice.say(Text(en=f" (from {since} on)", de=f" (ab {since})"))
    name = mark(hurdle.holds, voice).append(f" {either}{said}", style="default")
    if not isinstance(hurdle.leaf, Test):
        return _Line(hurdle=hurdle, name=name)
    unit, currency = unit_of(programme, hurdle.leaf.measure), programme.currency
    required = hurdle.required
    if required is None:
        told = Text(en="nothing that could be met", de="nichts, was erfüllt werden könnte")
        return _Line(hurdle=hurdle, name=name, figures=Styled(voice.say(told)))
    of = figure(required, unit, currency, voice, least_places=0)
    told = Text(en=f"none, {of} asked", de=f"keine, {of} verlangt")
    if getattr(hurdle.leaf.measure, "who", None) is Who.ALLIANCE:
        told = Text(en=f"no alliance, {of} asked", de=f"keine Allianz, {of} verlangt")
    if hurdle.actual is not None:
        actual = figure(hurdle.actual, unit, currency, voice)
        told = Text(en=f"{actual} of {of}", de=f"{actual} von {of}")
    missing = Styled(_missing(hurdle, required, programme, voice), style="yellow")
    return _Line(hurdle=hurdle, name=name, figures=Styled(voice.say(told)), missing=missing)


def _missing(hurdle: Hurdle, required: Decimal, programme: Programme, voice: Voice) -> str:
    assert isinstance(hurdle.leaf, Test)
    upward = hurdle.leaf.comparison in ("at_least", "above")
    if hurdle.holds or hurdle.actual is None or not upward:
        return ""
    unit = unit_of(programme, hurdle.leaf.measure)
    lacks = figure(required - hurdle.actual, unit, programme.currency, voice)
    return voice.say(Text(en=f"{lacks} missing", de=f"noch {lacks}"))


def _name(hurdle: Hurdle, programme: Programme, voice: Voice) -> str:
    if isinstance(hurdle.leaf, Test):
        if hurdle.leaf.title is not None:
            return voice.say(hurdle.leaf.title)
        return short_name(programme, hurdle.leaf.measure, voice)
    leaf = hurdle.leaf
    return (
        f"{trait_name(leaf.trait, voice)} {trait_values(programme, leaf.trait, leaf.values, voice)}".strip()
    )

"""Two years of the market, played in a folder: reports come month by month, quarters are closed in between.

Moments are those of the story, not of the clock, so that what is shown is the same every time.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from staffel.cli.call import Refused
from staffel.cli.demo.facts import write_facts
from staffel.cli.demo.goods import PAIRS
from staffel.cli.demo.market import BEGINS, MONTHS, Market, made_market
from staffel.cli.imports import Imported, Told, import_file
from staffel.cli.output import Output
from staffel.core.calendar import Span, add_months
from staffel.core.engine.closing import Closing, close_window
from staffel.core.findings import Finding, Text
from staffel.core.ledger import Store, load, read_facts_file
from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme
from staffel.core.readers import Mapping, load_mapping

MARK = ".staffel-demo"
PROGRAMMES = ("aurora", "kickback", "ten-up", "year-kick")
# The day on which the story ends: the third quarter is over and closed.
LAST_DAY = date(2026, 10, 31)
CLOSED_ON = date(2026, 11, 21)
_CLOSES = (
    (date(2026, 5, 21), "2026-Q1"),
    (date(2026, 8, 21), "2026-Q2"),
    (CLOSED_ON, "2026-Q3"),
)
# This report comes a month late, after its quarter was closed.
_LATE_REPORT = "isar-aurora-networks-2026-07.xlsx"
_LATE_DAYS = 40
# The examples of years past play in the market's year.
_YEARS = re.compile(r"^(version|valid):.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a market."""

    partners: int
    lines: int
    months: int


WHOLE = Size(partners=400, lines=300_000, months=MONTHS)
SMALL = Size(partners=60, lines=12_000, months=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What the story left behind. closings: of the first programme, in order."""

    folder: Path
    store: Path
    market: Market
    programmes: tuple[Programme, ...]
    imported: tuple[Imported, ...]
    closings: tuple[Closing, ...]


def play(folder: Path, size: Size, output: Output) -> Played:
    """Make the folder anew and play the story in it. Raises Refused where the folder is not ours."""
    _make_room(folder)
    programmes = _copy_programmes(folder)
    market = made_market(partners=size.partners, lines=size.lines, months=size.months)
    reports = folder / "reports"
    reports.mkdir()
    with _generating(reports, size) as names:
        store = Store.create(folder / "store", at=_moment(BEGINS))
        try:
            _load_facts(store, market, folder)
            story = _Story(store=store, programme=programmes[0], mappings=_mappings(folder))
            total = size.months * len(PAIRS)
            with output.progress(Text(en="Reports", de="Meldungen"), total) as advance:
                for _ in story.told(reports, names):
                    advance(1)
            closings, taken = tuple(story.closings), tuple(story.imported)
        finally:
            store.close()
    return Played(
        folder=folder,
        store=folder / "store",
        market=market,
        programmes=programmes,
        imported=taken,
        closings=closings,
    )


class _Story:
    """Reports in the order of their moments, the quarters closed in between."""

    def __init__(self, *, store: Store, programme: Programme, mappings: dict[str, Mapping]) -> None:
        self._store = store
        self._programme = programme
        self._mappings = mappings
        self._open = list(_CLOSES)
        self._late: Path | None = None
        self.imported: list[Imported] = []
        self.closings: list[Closing] = []

    def told(self, folder: Path, names: Iterator[str]) -> Iterator[Imported]:
        """Take each report in as it comes."""
        for name in names:
            day = _arrives(name)
            self._close_until(day)
            if name == _LATE_REPORT:
                self._late = folder / name
                continue
            if self._late is not None and day > _arrives(_LATE_REPORT) + timedelta(days=_LATE_DAYS - 10):
                late, self._late = self._late, None
                yield self._import(late, day)
            yield self._import(folder / name, day)
        if self._late is not None:
            yield self._import(self._late, CLOSED_ON)
        self._close_until(CLOSED_ON + timedelta(days=1))

    def _import(self, path: Path, day: date) -> Imported:
        mapping = self._mappings[path.name.partition("-")[0]]
        imported = import_file(self._store, path, mapping=mapping, told=Told(), at=_moment(day))
        self.imported.append(imported)
        return imported

    def _close_until(self, day: date) -> None:
        while self._open and self._open[0][0] < day:
            on, name = self._open.pop(0)
            window, _ = self._programme.calendar.named(name)
            self.closings.append(close_window(self._store, self._programme, window, on=on, at=_moment(on)))


def examples() -> Path:
    """The example programmes of the repository. Raises Refused where there is none."""
    folder = Path(__file__).parents[4] / "examples" / "programmes"
    if (folder / "aurora.yaml").is_file():
        return folder
    raise Refused(
        (
            Finding(
                code="examples-missing",
                reason=Text(
                    en="The example programmes are not here.", de="Die Beispielprogramme sind nicht da."
                ),
                way_out=Text(
                    en="The demo runs from a clone of the repository: make demo.",
                    de="Die Vorführung läuft aus einem Klon des Repositorys: make demo.",
                ),
            ),
        )
    )


def _make_room(folder: Path) -> None:
    if folder.exists() and not (folder / MARK).is_file() and any(folder.iterdir()):
        raise Refused(
            (
                Finding(
                    code="folder-taken",
                    reason=Text(
                        en=f"The folder {folder.name} holds something else.",
                        de=f"Im Ordner {folder.name} liegt etwas anderes.",
                    ),
                    way_out=Text(
                        en="Name another with --folder.", de="Nennen Sie einen anderen mit --folder."
                    ),
                ),
            )
        )
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARK).write_text("The demo makes this folder anew each time.\n", encoding="utf-8")


def _copy_programmes(folder: Path) -> tuple[Programme, ...]:
    found = []
    for name in PROGRAMMES:
        text = (examples() / f"{name}.yaml").read_text(encoding="utf-8")
        moved = _YEARS.sub(lambda line: re.sub(r"2007|2014", "2026", line[0]), text)
        path = folder / f"{name}.yaml"
        path.write_text(moved, encoding="utf-8")
        reading = read_programme(path, file=path.name)
        if reading.programme is None:
            raise Refused(reading.findings)
        found.append(reading.programme)
    return tuple(found)


def _mappings(folder: Path) -> dict[str, Mapping]:
    target = folder / "mappings"
    shutil.copytree(Path(__file__).parent / "mappings", target)
    return {path.stem: load_mapping(path) for path in sorted(target.glob("*.yaml"))}


def _load_facts(store: Store, market: Market, folder: Path) -> None:
    target = folder / "facts"
    target.mkdir()
    for table, path in write_facts(market, target):
        outcome = load(store, table, read_facts_file(path), at=_moment(BEGINS), file=path.name)
        if outcome.findings:
            raise Refused(outcome.findings)


@contextmanager
def _generating(folder: Path, size: Size) -> Iterator[Iterator[str]]:
    """The names of the reports, while another process writes them."""
    asked = [sys.executable, "-m", "staffel.cli.demo.generate", str(folder)]
    asked += [str(size.partners), str(size.lines), str(size.months)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield (line.rstrip("\n") for line in process.stdout)
            if process.wait() != 0:
                raise RuntimeError("the market's generator stopped early")
        finally:
            process.terminate()


def _arrives(name: str) -> date:
    """Reports come a week after their month."""
    month = date.fromisoformat(f"{name.rpartition('.')[0][-7:]}-01")
    return add_months(month, 1) + timedelta(days=6)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)


def quarter() -> Span:
    """The quarter that was closed last."""
    return Span(date(2026, 8, 1), date(2026, 11, 1))

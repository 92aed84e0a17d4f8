"""Making a kit: the statement, its rules, the partner's own lines and facts, and what others add, in one
file.

Before it is written it is computed once from its own parts, with every figure compared: a kit that does
not come to the same cents is never handed out."""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running, asks_groups, calculation
from staffel.core.engine.facts import Facts, MemoryFacts
from staffel.core.engine.kit.archive import (
    FIGURES,
    GIVEN,
    LINES,
    MANIFEST,
    PROGRAMME,
    RULES,
    STATEMENT,
    digest,
    packed,
    sheet_name,
)
from staffel.core.engine.kit.figures import Figures, figures_of, rests_on_given
from staffel.core.engine.kit.given_file import given_text
from staffel.core.engine.kit.others import Values, days_of, settled, whole_values
from staffel.core.engine.kit.own import EverySource, Own, own_facts
from staffel.core.engine.kit.receipts import receipts_of
from staffel.core.engine.kit.rules import dumped
from staffel.core.engine.kit.sentences import KitRefused, find
from staffel.core.engine.kit.sheet import as_text, written
from staffel.core.engine.kit.told import figures_text, told
from staffel.core.engine.plan.given import Given
from staffel.core.engine.results import Results
from staffel.core.engine.statements import Statement, statements
from staffel.core.findings import Place
from staffel.core.programme.forms import asking_strangers
from staffel.core.programme.model import SEMANTICS, Programme
from staffel.core.sources import LINE_TABLES

FORMAT = 1


class KitBroken(RuntimeError):
    """A kit does not come to what the whole came to: a mistake of ours. figures: which, with both values."""

    def __init__(self, figures: list[str]) -> None:
        super().__init__("; ".join(figures))
        self.figures = tuple(figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """A kit that was written. digest: SHA-256 of the file. given: how many figures rest on others' lines."""

    path: Path
    digest: str
    statement: Statement
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a kit answers, for whom."""

    programme: Programme
    partner: str
    day: date
    closing: Span

    def run(self, facts: Facts, given: Given | None = None) -> AbstractContextManager[Running]:
        """The calculation over some facts."""
        return calculation(
            self.programme,
            facts,
            day=self.day,
            partners=[self.partner],
            closing=self.closing,
            given=given,
            kept=True,
        )

    def statement_of(self, results: Results) -> Statement:
        """The partner's statement. Raises KitRefused where it has none."""
        for statement in statements(results):
            if statement.partner_id == self.partner:
                return statement
        days = {"start": self.closing.start, "last": self.closing.last_day}
        raise KitRefused(
            [find("kit-nothing-settled", partner=self.partner, programme=self.programme.name, **days)]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """What the whole state says about one partner. start: where given figures begin; none: there are none."""

    statement: Statement
    figures: Figures
    own: Own
    start: Given | None
    values: Values


def write_kit(
    programme_text: str,
    programme: Programme,
    facts: Facts,
    *,
    day: date,
    closing: Span,
    partner: str,
    path: Path,
) -> Kit:
    """Writes the kit of a partner's statement. programme_text: the rules as a file has them; "": none.

    Raises KitRefused where nothing is settled for the partner, KitBroken where the kit would not agree.
    """
    _refuse_strangers(programme)
    question = Question(programme=programme, partner=partner, day=day, closing=closing)
    whole = _whole(question, EverySource(known=facts))
    files = _files(question, whole)
    if programme_text:
        files[RULES] = programme_text.encode()
    files[MANIFEST] = _manifest(question, whole.statement, files)
    content = packed(files)
    try:
        path.write_bytes(content)
    except OSError as error:
        why = error.strerror or error
        raise KitRefused([find("kit-unwritable", Place(file=str(path)), why=why)]) from error
    given = int(json.loads(files[MANIFEST])["given"])
    return Kit(path=path, digest=digest(content), statement=whole.statement, given=given)


def _refuse_strangers(programme: Programme) -> None:
    """What asks for lines of other partners, or of other vendors, cannot come out of a partner's own."""
    for one in asking_strangers(programme):
        raise KitRefused([find("kit-rests-on-strangers", one.place)])


def _whole(question: Question, facts: Facts) -> _Whole:
    with question.run(facts) as running:
        own = own_facts(running.db, facts, question.programme, question.partner, question.day)
        grouped = asks_groups(question.programme) and bool(own.groups)
        return _Whole(
            statement=question.statement_of(running.results),
            figures=figures_of(running, own),
            own=own,
            start=days_of(running) if grouped else None,
            values=whole_values(running, own) if grouped else {},
        )


def _files(question: Question, whole: _Whole) -> dict[str, bytes]:
    """All but the manifest and the rules' text, made of the kit's own run."""
    own = whole.own
    with TemporaryDirectory(prefix="staffel-kit-") as folder:
        mine = EverySource(known=MemoryFacts.of(Path(folder), own.tables, whole.statement.state_id))
        with settled(whole.values, whole.start, lambda known: question.run(mine, known), own) as found:
            given, running = found
            _agree(question, whole, running)
            texts = {
                PROGRAMME: dumped(question.programme),
                STATEMENT: told(whole.statement, question.programme, _given_incentives(running, given)),
                FIGURES: figures_text(whole.figures),
                GIVEN: given_text(given, running.assembly),
            }
            return {name: text.encode() for name, text in texts.items()} | _sheets(running, own)


def _agree(question: Question, whole: _Whole, running: Running) -> None:
    """Raises KitBroken."""
    figures, statement = figures_of(running, whole.own), question.statement_of(running.results)
    wrong = [
        f"{figure} {whole.figures.get(figure)} / {figures.get(figure)}"
        for figure in sorted({*figures, *whole.figures})
        if figures.get(figure) != whole.figures.get(figure)
    ]
    if statement != whole.statement:
        wrong.append("the statement")
    if wrong:
        raise KitBroken(wrong)


def _given_incentives(running: Running, given: Given | None) -> frozenset[str]:
    """The incentives that may rest on given figures."""
    of = frozenset(entry.of for entry in given.entries) if given else frozenset()
    earnings = running.assembly.earnings.items()
    return frozenset(name for name, one in earnings if rests_on_given(running.assembly.programme, of, one))


def _sheets(running: Running, own: Own) -> dict[str, bytes]:
    """The tables that have rows; the lines always, each with its receipts."""
    found = {}
    for table, rows in sorted(own.tables.items()):
        is_line = table in LINE_TABLES and table in running.assembly.lines
        receipts = receipts_of(running, table, rows) if is_line else {}
        if rows or sheet_name(table) == LINES:
            found[sheet_name(table)] = written(table, rows, receipts)
    return found


def _manifest(question: Question, statement: Statement, files: dict[str, bytes]) -> bytes:
    given = json.loads(files[GIVEN])["rests"]
    whole = {
        "kit": FORMAT,
        "semantics": SEMANTICS,
        "programme": statement.programme,
        "version": statement.version,
        "state": statement.state_id,
        "partner": question.partner,
        "day": as_text(question.day),
        "settle_start": as_text(question.closing.start),
        "settle_until": as_text(question.closing.until),
        "given": sum(len(series["values"]) for series in given if series["kind"] != "point"),
        "csv": "UTF-8 with a byte order mark; semicolons; days as 2026-03-31; figures as 1234.56",
        "sha256": {name: digest(content) for name, content in sorted(files.items())},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()

"""Computing a kit anew, from the file alone: no store, no network, an empty folder.

First the hashes of the manifest say which files are no longer what was written; then everything is
computed by the same engine, and every figure that the kit says is put beside what comes out. A hash says
that something was changed, a figure says what it does. Whoever changes all files and the manifest with
them is not found out by either: compare the file's own hash with the one on the statement."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from staffel.core.calendar import Span
from staffel.core.engine.duckdb import StatementFailed
from staffel.core.engine.facts import MemoryFacts
from staffel.core.engine.kit.archive import (
    FIGURES,
    GIVEN,
    MANIFEST,
    PROGRAMME,
    RULES,
    SHEETS,
    STATEMENT,
    digest,
    unpacked,
)
from staffel.core.engine.kit.figures import Figure, Figures, figures_of
from staffel.core.engine.kit.given_file import GivenBroken, given_from
from staffel.core.engine.kit.making import FORMAT, Question
from staffel.core.engine.kit.own import EverySource, Own, Tables, groups_of
from staffel.core.engine.kit.rules import NoProgramme, loaded
from staffel.core.engine.kit.sentences import KitRefused, find
from staffel.core.engine.kit.sheet import read
from staffel.core.engine.kit.told import (
    Difference,
    figure_differences,
    figures_from,
    statement_differences,
    told,
)
from staffel.core.engine.plan.given import Given
from staffel.core.engine.statements import Statement
from staffel.core.findings import Place
from staffel.core.programme import read_programme
from staffel.core.programme.model import SEMANTICS, Programme

# What a plan, or its engine, raises for facts and rules that nobody ever wrote.
_NOT_COMPUTABLE = (
    StatementFailed,
    LookupError,
    ValueError,
    ArithmeticError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    duckdb.Error,
    pa.ArrowException,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """What came of a kit. altered: files that are not what was written, by the manifest's hashes.

    differences: figures, sorted, those of the statement first. given: how many figures were taken as given.
    """

    agrees: bool
    altered: tuple[str, ...]
    differences: tuple[Difference, ...]
    statement: Statement
    programme: Programme
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A kit, typed."""

    question: Question
    tables: Tables
    given: Given | None
    state_id: str
    said_statement: Mapping[str, object]
    said_figures: Figures
    rules: str
    altered: tuple[str, ...] = field(default=())

    @property
    def own(self) -> Own:
        """The facts, as of the partner."""
        groups = groups_of(self.tables.get("memberships", []))
        return Own(partner=self.question.partner, groups=groups, tables=self.tables)


def recompute(path: Path) -> Recomputed:
    """Computes a kit anew from the file alone. Raises KitRefused for what is none, or cannot be computed."""
    kit = _opened(unpacked(path))
    with TemporaryDirectory(prefix="staffel-kit-") as folder:
        try:
            return _computed(kit, Path(folder))
        except KitRefused:
            raise
        except _NOT_COMPUTABLE as error:
            raise KitRefused([find("kit-not-computable", Place(file=str(path)), why=error)]) from error


def _computed(kit: _Opened, folder: Path) -> Recomputed:
    facts = EverySource(known=MemoryFacts.of(folder, kit.tables, kit.state_id))
    with kit.question.run(facts, kit.given) as running:
        statement = kit.question.statement_of(running.results)
        figures = figures_of(running, kit.own)
    marked = frozenset(_marked(kit.said_statement))
    ours = json.loads(told(statement, kit.question.programme, marked))
    said = statement_differences(kit.said_statement, ours)
    differences = (*said, *_of_rules(kit), *figure_differences(kit.said_figures, figures))
    given = sum(1 for entry in kit.given.entries if entry.kind != "point") if kit.given else 0
    return Recomputed(
        agrees=not differences and not kit.altered,
        altered=kit.altered,
        differences=differences,
        statement=statement,
        programme=kit.question.programme,
        given=given,
    )


def _marked(statement: Mapping[str, object]) -> list[str]:
    """The incentives that the kit marks as resting on given figures."""
    lines = statement.get("lines")
    rows = [one for one in lines if isinstance(one, dict)] if isinstance(lines, list) else []
    return [str(one.get("incentive")) for one in rows if one.get("rests_on_given_figures")]


def _of_rules(kit: _Opened) -> list[Difference]:
    """Whether the text of the rules says what was computed."""
    if not kit.rules or read_programme(kit.rules, file=RULES).programme == kit.question.programme:
        return []
    return [Difference(figure=Figure(about=RULES, name="rules"), said="other rules", computed=PROGRAMME)]


# ------------------------------------------------------------------------------------------- opening


def _opened(files: Mapping[str, bytes]) -> _Opened:
    texts = {name: _text(name, content) for name, content in files.items() if name not in SHEETS}
    manifest = _object(MANIFEST, texts[MANIFEST])
    _refuse_others(manifest)
    given = _given(texts[GIVEN])
    tables = {table: read(table, files[name], name) for name, table in SHEETS.items() if name in files}
    return _Opened(
        question=_question(manifest, _programme(texts[PROGRAMME])),
        tables=tables,
        given=given,
        state_id=str(manifest.get("state")),
        said_statement=_object(STATEMENT, texts[STATEMENT]),
        said_figures=_figures(texts[FIGURES]),
        rules=texts.get(RULES, ""),
        altered=_altered(manifest, files),
    )


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _broken(name, error) from error


def _broken(name: str, why: object) -> KitRefused:
    return KitRefused([find("kit-broken", Place(file=name), name=name, why=why)])


def _object(name: str, text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _broken(name, error) from error
    if not isinstance(found, dict):
        raise _broken(name, "it is no object")
    return found


def _refuse_others(manifest: Mapping[str, object]) -> None:
    """Another format, another semantics: a figure of theirs is none of ours."""
    place = Place(file=MANIFEST)
    if manifest.get("kit") != FORMAT:
        raise KitRefused([find("kit-other-format", place, found=manifest.get("kit"), ours=FORMAT)])
    if manifest.get("semantics") != SEMANTICS:
        found = manifest.get("semantics")
        raise KitRefused([find("kit-other-semantics", place, found=found, ours=SEMANTICS)])


def _altered(manifest: Mapping[str, object], files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Files that are not what the manifest says; one that is gone is refused."""
    hashes = manifest.get("sha256")
    if not isinstance(hashes, dict):
        raise _broken(MANIFEST, "it says no hashes")
    gone = sorted(str(name) for name in hashes if name not in files)
    if gone:
        raise KitRefused([find("kit-file-missing", Place(file=MANIFEST), name=name) for name in gone])
    known = {name: digest(content) for name, content in files.items() if name != MANIFEST}
    return tuple(sorted(name for name, of in known.items() if hashes.get(name) != of))


def _question(manifest: Mapping[str, object], programme: Programme) -> Question:
    try:
        day, start, until = (
            date.fromisoformat(str(manifest[name])) for name in ("day", "settle_start", "settle_until")
        )
        partner = str(manifest["partner"])
    except (KeyError, ValueError) as error:
        raise _broken(MANIFEST, error) from error
    return Question(programme=programme, partner=partner, day=day, closing=Span(start, until))


def _programme(text: str) -> Programme:
    try:
        return loaded(text)
    except NoProgramme as error:
        raise _broken(PROGRAMME, error) from error


def _given(text: str) -> Given | None:
    try:
        return given_from(text)
    except GivenBroken as error:
        raise _broken(GIVEN, error) from error


def _figures(text: str) -> Figures:
    try:
        return figures_from(text)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise _broken(FIGURES, error) from error

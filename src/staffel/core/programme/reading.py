"""Reading a programme: text with places → spellings → core forms → checked. The door of this room.

All findings come at once, each with its place: what cannot be read is left out, and the rest is checked as
if it were all (`unread`, `check.doubts`). A programme with an error is none: nothing is half read.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from staffel.core.findings import Finding, Place, Text, in_order, refuses
from staffel.core.programme.check import Said, check, doubtful
from staffel.core.programme.model import Programme
from staffel.core.programme.spellings.desk import Desk, Numbers, Refused, listed
from staffel.core.programme.spellings.spelling import hidden_place, missing
from staffel.core.programme.spellings.whole import ProgrammeSpelling
from staffel.core.programme.text import Entries, Node, Scalar, tree_of
from staffel.core.programme.unread import MOST_ROUNDS, Unread, declared, independent, mended


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of a file. programme: none where one of the findings is an error.

    not_looked_at: what waits for what cannot be read; none where nothing does.
    """

    programme: Programme | None
    findings: tuple[Finding, ...]
    not_looked_at: Text | None = None


def read_programme(path_or_text: Path | str, *, file: str) -> Reading:
    """The programme of a file, or of a text; `file` is how places name it.

    Never raises for what stands in it.
    """
    try:
        text = path_or_text if isinstance(path_or_text, str) else _text_of(path_or_text)
    except UnicodeDecodeError as error:
        return Reading(programme=None, findings=(_not_utf8(file, error),))
    except OSError as error:
        return Reading(programme=None, findings=(_unreadable(file, error),))
    tree, findings = tree_of(text, file)
    if tree is None:
        return Reading(programme=None, findings=in_order(findings), not_looked_at=_THE_REST)
    desk = Desk(numbers=_numbers_of(tree), findings=findings)
    programme = _checked(tree, desk)
    found = in_order([_silenced(finding, desk) for finding in dict.fromkeys(desk.findings)])
    if not refuses(found):
        return Reading(programme=programme, findings=found)
    rest = _THE_REST if programme is None else _hanging_on(Unread.of(desk.unread).outermost)
    return Reading(programme=None, findings=found, not_looked_at=rest)


_THE_REST = Text(
    en="The rest of the file was not looked at until these are mended.",
    de="Der Rest der Datei wird erst geprüft, wenn dies behoben ist.",
)


def _hanging_on(ways: tuple[str, ...]) -> Text | None:
    """Checks that need a value wait until it can be read."""
    if not ways:
        return None
    return Text(
        en=f"What hangs on {listed(ways)} was not looked at until these are mended.",
        de=f"Was an {listed(ways)} hängt, wird erst geprüft, wenn dies behoben ist.",
    )


def _text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def _numbers_of(tree: Node) -> Numbers:
    """What the file says of its numbers, before any of them is read."""
    if isinstance(tree, Entries):
        for key, value in tree.of:
            if key.text == "numbers" and isinstance(value, Scalar):
                return "de" if value.text == "de" else "en" if value.text == "en" else ""
    return ""


def _checked(tree: Node, desk: Desk) -> Programme | None:
    """What can be read of it, lowered and checked; what only follows from what cannot is not reported."""
    spelled = _spelled(tree, desk)
    if spelled is None:
        return None
    before, unread = tuple(desk.findings), Unread.of(desk.unread)
    programme = spelled.lowered(desk)
    lowering = [finding for finding in desk.findings[len(before) :] if not doubtful(finding, unread)]
    said = Said(
        shares=frozenset(desk.shares),
        digits=desk.digits,
        newcomers=frozenset(desk.newcomers_said),
        declared=declared(tree),
        unread=unread,
    )
    desk.findings = [*before, *lowering, *check(programme, said)]
    return programme


def _spelled(tree: Node, desk: Desk) -> ProgrammeSpelling | None:
    """What stands in the file, without what cannot be read of it; none where nothing can."""
    left_out = Unread()
    for _ in range(MOST_ROUNDS):
        try:
            return ProgrammeSpelling.model_validate(tree, context=desk)
        except ValidationError as errors:
            refused = _found(errors)
        desk.findings.extend(independent(refused, tree, left_out))
        rest = mended(tree, refused, desk.unread)
        if rest == tree:
            return None
        tree, left_out = rest, Unread.of(desk.unread)
    return None


def _found(errors: ValidationError) -> list[Finding]:
    """What Pydantic collected, each as its finding."""
    found: list[Finding] = []
    for error in errors.errors(include_url=False):
        raised = error.get("ctx", {}).get("error")
        if isinstance(raised, Refused):
            found.extend(raised.findings)
        elif isinstance(raised, ValidationError):
            found.extend(_found(raised))
        else:
            found.append(_of_structure(error))
    return found


def _of_structure(error: Any) -> Finding:
    place = hidden_place(error["input"]) or Place(file="")
    if error["type"] == "missing":
        return missing(place, str(error["loc"][-1]))
    return Finding(
        code="value-not-of-type",
        places=(place,),
        reason=Text(
            en="What stands here has not the expected form.",
            de="Was hier steht, hat nicht die erwartete Form.",
        ),
        way_out=Text(
            en="Compare it with the examples of the language.",
            de="Vergleichen Sie es mit den Beispielen der Sprache.",
        ),
    )


def _silenced(finding: Finding, desk: Desk) -> Finding:
    """A warning that the file accepts at its place becomes a note."""
    if finding.severity == "warning" and any(accepted.covers(finding) for accepted in desk.accepted):
        return replace(finding, severity="note")
    return finding


def _not_utf8(file: str, error: UnicodeDecodeError) -> Finding:
    line = error.object[: error.start].count(b"\n") + 1
    return Finding(
        code="yaml-broken",
        places=(Place(file=file, line=line),),
        reason=Text(en="The file is not in UTF-8.", de="Die Datei ist nicht in UTF-8."),
        way_out=Text(en="Save it as UTF-8.", de="Speichern Sie sie als UTF-8."),
    )


def _unreadable(file: str, error: OSError) -> Finding:
    return Finding(
        code="file-unreadable",
        places=(Place(file=file),),
        reason=Text(
            en=f"The file cannot be opened: {error.strerror}.",
            de=f"Die Datei lässt sich nicht öffnen: {error.strerror}.",
        ),
        way_out=Text(en="Look at its name and its rights.", de="Prüfen Sie Namen und Rechte."),
    )

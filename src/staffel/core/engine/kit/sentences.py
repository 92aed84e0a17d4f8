"""What a kit is refused for, as sentences in English and German; a sentence is whole in each language.

`{name}` and the like are filled in as they are: names of files, columns, values cut to a readable length.
"""

from collections.abc import Iterable

from staffel.core.findings import Finding, Place, Text, in_order


class KitRefused(ValueError):
    """A kit cannot be made, or not be computed. findings: every reason, each with its way out."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = in_order(list(findings))
        super().__init__("; ".join(finding.say() for finding in self.findings))


_NEW = ("Ask for the kit anew.", "Fordern Sie das Paket neu an.")

# code → reason en, reason de, way out en, way out de
_SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "kit-unreadable": (
        "The file cannot be opened: {why}.",
        "Die Datei lässt sich nicht öffnen: {why}.",
        "Look at its name and its rights.",
        "Prüfen Sie Namen und Rechte.",
    ),
    "kit-unwritable": (
        "The file cannot be written: {why}.",
        "Die Datei lässt sich nicht schreiben: {why}.",
        "Name a folder that is there, and in which you may write.",
        "Nennen Sie einen Ordner, den es gibt und in den Sie schreiben dürfen.",
    ),
    "kit-rests-on-strangers": (
        "The programme asks here for lines that are not this partner's: a kit could not tell the same.",
        "Das Partnerprogramm fragt hier nach Zeilen, die nicht die dieses Partners sind; ein Nachrechenpaket"
        " käme nicht zum selben Ergebnis.",
        "Ask with `this partner` and for the vendor's own lines, or show the statement without a kit.",
        "Fragen Sie mit `this partner` und nach Zeilen des eigenen Herstellers, oder zeigen Sie die"
        " Abrechnung ohne Paket.",
    ),
    "kit-no-archive": (
        "The file is no recompute kit: it is no ZIP archive, or only a part of one.",
        "Die Datei ist kein Nachrechenpaket: Sie ist kein ZIP-Archiv oder nur ein Teil davon.",
        *_NEW,
    ),
    "kit-damaged": (
        "{name} cannot be read from the archive: {why}.",
        "{name} lässt sich nicht aus dem Archiv lesen: {why}.",
        *_NEW,
    ),
    "kit-too-large": (
        "The archive holds more than the {limit} bytes that a kit may have.",
        "Das Archiv enthält mehr als die {limit} Bytes, die ein Paket haben darf.",
        *_NEW,
    ),
    "kit-foreign-file": (
        "The archive holds {name}, which is no part of a kit.",
        "Das Archiv enthält {name}; das gehört nicht zu einem Paket.",
        "Take it out, or ask for the kit anew.",
        "Nehmen Sie es heraus oder fordern Sie das Paket neu an.",
    ),
    "kit-file-missing": (
        "{name} is missing in the archive.",
        "{name} fehlt im Archiv.",
        *_NEW,
    ),
    "kit-broken": (
        "{name} does not say what it should: {why}.",
        "{name} sagt nicht, was es soll: {why}.",
        "Undo what was changed in it, or ask for the kit anew.",
        "Machen Sie die Änderung rückgängig oder fordern Sie das Paket neu an.",
    ),
    "kit-value-wrong": (
        "{value} is no value of the column {column}.",
        "{value} ist kein Wert der Spalte {column}.",
        "Write days as 2026-03-31 and figures as 1234.56, as the kit had them.",
        "Schreiben Sie Tage als 2026-03-31 und Zahlen als 1234.56, wie sie im Paket standen.",
    ),
    "kit-column-unknown": (
        "The table has no column {column}.",
        "Die Tabelle hat keine Spalte {column}.",
        "Undo what was changed in its first row.",
        "Machen Sie die Änderung in der ersten Zeile rückgängig.",
    ),
    "kit-other-format": (
        "The kit has the format {found}; this Staffel reads {ours}.",
        "Das Paket hat das Format {found}; dieses Staffel liest {ours}.",
        "Compute it with the release of Staffel that wrote it.",
        "Rechnen Sie es mit der Staffel-Version nach, die es geschrieben hat.",
    ),
    "kit-other-semantics": (
        "The kit was computed by semantics {found}; this Staffel computes by {ours}.",
        "Das Paket wurde nach Semantik {found} berechnet; dieses Staffel rechnet nach {ours}.",
        "Compute it with a release of Staffel of semantics {found}: the changelog names them.",
        "Rechnen Sie es mit einer Staffel-Version der Semantik {found} nach; "
        "das Änderungsverzeichnis nennt sie.",
    ),
    "kit-not-computable": (
        "What the kit holds cannot be computed: {why}.",
        "Was das Paket enthält, lässt sich nicht berechnen: {why}.",
        "Undo what was changed in it, or ask for the kit anew.",
        "Machen Sie die Änderung rückgängig oder fordern Sie das Paket neu an.",
    ),
    "kit-nothing-settled": (
        "{partner} has no statement of {programme} for the window from {start} to {last}.",
        "{partner} hat keine Abrechnung von {programme} für den Zeitraum vom {start} bis {last}.",
        "Name a partner that takes part, and a window that the programme settles.",
        "Nennen Sie einen Partner, der teilnimmt, und einen Zeitraum, den das Programm abrechnet.",
    ),
}
_SHOWN = 60


def find(code: str, *places: Place, **values: object) -> Finding:
    """The finding of a code. places: where; values: what stands in its sentences."""
    told = {name: _short(value) for name, value in values.items()}
    reason_en, reason_de, way_en, way_de = (one.format(**told) for one in _SENTENCES[code])
    return Finding(
        code=code,
        places=places,
        reason=Text(en=reason_en, de=reason_de),
        way_out=Text(en=way_en, de=way_de),
    )


def _short(value: object) -> str:
    text = " ".join(str(value).split()).rstrip(".")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

"""What `--help` says of every command, argument and option, in English and German: the one place of it.

A command stands under its name (`ledger log`), what it is given under the command's name and its own
(`close strict`), or under its own alone where several commands have it (`day`).
"""

from staffel.core.findings import Text
from staffel.core.ledger import LOADABLE

_TABLES = ", ".join(LOADABLE)
ABOUT = Text(
    en="Partner programmes: declared in one file, computed from reports, retraced to the line.",
    de="Partnerprogramme: in einer Datei erklärt, aus Meldungen gerechnet, bis zur Zeile nachvollziehbar.",
)
EPILOG = Text(
    en="Exit codes: 0 done, 1 refused or something found, 2 wrong call. Start with: staffel demo",
    de="Rückgabewerte: 0 getan, 1 abgelehnt oder etwas gefunden, 2 falscher Aufruf. Beginnen Sie mit: "
    "staffel demo",
)
SHOW_HELP = Text(en="Show this message and exit.", de="Zeigt diesen Text.")
USAGE = Text(en="Usage:", de="Aufruf:")
DEFAULT = Text(en="[default: {}]", de="[Vorgabe: {}]")
REQUIRED = Text(en="[required]", de="[nötig]")
PANELS = {
    "argument": Text(en="Arguments", de="Angaben"),
    "option": Text(en="Options", de="Optionen"),
    "command": Text(en="Commands", de="Befehle"),
}

COMMANDS: dict[str, Text] = {
    "": ABOUT,
    "init": Text(
        en="Make a store: one folder with the warehouse of facts and its database.\n\n"
        "It holds everything that results depend on. Programmes are files of your own, and arguments of "
        "commands.",
        de="Legt einen Datenbestand an: einen Ordner mit allen Fakten und ihrer Datenbank.\n\nEr enthält "
        "alles, wovon Ergebnisse abhängen. Programme sind Ihre eigenen Dateien und Angaben der Befehle.",
    ),
    "check": Text(
        en="Check programme files: all that is wrong at once, each with its line, its reason and a way out."
        "\n\nVersions of one programme are held beside each other. With --store also against what is there: "
        "groups that match no product, sources that nobody brought, targets agreed with nobody.",
        de="Prüft Programmdateien: alle Fehler auf einmal, jeder mit Zeile, Grund und Ausweg."
        "\n\nFassungen eines Programms werden nebeneinandergehalten. Mit --store auch mit dem, was da ist: "
        "Gruppen, zu denen kein Produkt gehört, Quellen, die niemand füllt, Ziele, die mit niemandem "
        "vereinbart sind.",
    ),
    "words": Text(
        en="Say a programme in plain words: whole sentences that a partner can sign.",
        de="Sagt ein Programm in Worten: ganze Sätze, die ein Partner unterschreiben kann.",
    ),
    "diff": Text(
        en="Name what changed from OLD to NEW, in words; with --store also what both would have paid each "
        "partner on last year's sales."
        "\n\nBoth are computed as if their first year had been the last whole year before --day; levels are "
        "those that the rules alone would have given, and what was decided or settled is left out. "
        "Nothing is written.",
        de="Sagt in Worten, was sich von ALT zu NEU geändert hat; mit --store auch, was beide jedem Partner "
        "auf die Verkäufe des letzten Jahres gezahlt hätten."
        "\n\nBeide werden gerechnet, als wäre ihr erstes Jahr das letzte ganze vor --day gewesen; die "
        "Partnerstufen sind die, die allein die Regeln ergeben hätten, und was entschieden oder abgerechnet "
        "wurde, bleibt außen vor. Nichts wird geschrieben.",
    ),
    "map": Text(
        en="Propose a mapping for a file from its headings and values: staffel map FILE > NAME.yaml",
        de="Schlägt aus Überschriften und Werten vor, wie eine Datei zu lesen ist: "
        "staffel map DATEI > NAME.yaml",
    ),
    "import": Text(
        en="Take reports in: what is known is taken, what is not known yet waits, what cannot be read is "
        "refused.\n\nThe same report twice is one. What a file does not say of itself is told with options.",
        de="Liest Meldungen ein: Bekanntes wird übernommen, noch Unbekanntes wartet, Unlesbares wird "
        "abgelehnt.\n\nDieselbe Meldung zweimal ist eine. Was eine Datei nicht von sich sagt, sagen "
        "Optionen.",
    ),
    "load": Text(
        en="Load facts: a row holds from a day, and a later one with its key takes its place.\n\n"
        "`references` is partner_references or product_references, as the columns say. Lines that waited for "
        "one are taken in; lines that a corrected one leads elsewhere are moved there.",
        de="Lädt Fakten: Eine Zeile gilt ab einem Tag, und eine spätere mit ihrem Schlüssel tritt an ihre "
        "Stelle.\n\n`references` ist partner_references oder product_references, wie die Spalten es sagen. "
        "Zeilen, die darauf warteten, werden übernommen; Zeilen, die eine berichtigte anderswohin führt, "
        "werden dorthin gebracht.",
    ),
    "review": Text(
        en="Propose what reviews have decided and nobody has recorded: rises, falls, falls that wait.",
        de="Schlägt vor, was Prüfungen entschieden haben und niemand erfasst hat: Aufstiege, Abstiege, "
        "Abstiege in der Schwebe.",
    ),
    "standing": Text(
        en="Show where a partner stands: level, hurdles, earned so far, next, dates. Without one: everybody.",
        de="Zeigt, wo ein Partner steht: Stufe, Anforderungen, bisher verdient, Nächstes, Termine. Ohne "
        "Partner: alle.",
    ),
    "close": Text(
        en="Close a window: what every partner is paid, what is carried on, which level holds. In one "
        "commit, once.\n\nWhat has not come in (waiting lines, refused rows, missing reports) is "
        "told first. The "
        "statements name the state that they were made of; what comes later goes into a later window.",
        de="Schließt einen Zeitraum ab: was jeder Partner bekommt, was vorgetragen wird, welche Stufe gilt. "
        "In einer Eintragung, einmal.\n\nWas fehlt (wartende Zeilen, abgelehnte Zeilen, fehlende Meldungen), "
        "wird vorher gesagt. Die Abrechnungen nennen den Datenstand, aus dem sie gemacht sind; was "
        "später kommt, "
        "geht in einen späteren Zeitraum.",
    ),
    "statement": Text(
        en="Show what a partner gets for a window, from the state that its close read; if open, as of now.",
        de="Zeigt, was ein Partner für einen Zeitraum bekommt, aus dem Datenstand seines Abschlusses; ist er "
        "offen, nach heutigem Stand.",
    ),
    "explain": Text(
        en="Explain what a partner earned in a window, down to the lines; without a window, its level.",
        de="Erklärt, was ein Partner in einem Zeitraum verdient hat, bis zu den Zeilen; ohne Zeitraum seine "
        "Partnerstufe.",
    ),
    "receipt": Text(
        en="Show what became of a line, per incentive and role: counted, on which step, or not, and why.",
        de="Zeigt, was aus einer Zeile wurde, je Bonus und Rolle: gezählt, auf welcher Staffelstufe, oder "
        "nicht, und warum.",
    ),
    "recompute": Text(
        en="Compute a statement anew from its kit: the same cents, or the figures that differ.",
        de="Rechnet eine Abrechnung aus ihrem Nachrechenpaket nach: dieselben Cent, oder die Werte, die "
        "abweichen.",
    ),
    "demo": Text(
        en="Make a market of four vendors, four distributors and 400 partners, import its reports, close a "
        "quarter.\n\nThen show a partner's standing, a bonus down to its lines, a line that did not count, "
        "and what waits.",
        de="Macht einen Markt aus vier Herstellern, vier Distributoren und 400 Partnern, liest seine "
        "Meldungen ein, schließt ein Quartal ab.\n\nZeigt dann den Stand eines Partners, einen "
        "Bonus bis zu seinen "
        "Zeilen, eine Zeile, die nicht zählte, und was wartet.",
    ),
    "waiting": Text(
        en="Lines whose partner or product is not known yet.",
        de="Zeilen, deren Partner oder Produkt noch unbekannt ist.",
    ),
    "waiting list": Text(
        en="Show what waits, by number or name, with its reason and its sums; and the rows that were refused."
        "\n\nRefused rows of a report that was replaced since are left out: its replacement says what became "
        "of them.",
        de="Zeigt, was wartet, nach Nummer oder Name, mit Grund und Summen; und die abgelehnten Zeilen.\n\n"
        "Abgelehnte Zeilen einer inzwischen ersetzten Meldung fehlen: Die neue sagt, was aus ihnen wurde.",
    ),
    "waiting retry": Text(
        en="Look all waiting lines up again, and take in those that are known now.",
        de="Schlägt alle wartenden Zeilen neu nach und übernimmt, was jetzt bekannt ist.",
    ),
    "ledger": Text(
        en="What was recorded, and what moved.", de="Was eingetragen wurde und was sich bewegt hat."
    ),
    "ledger log": Text(
        en="Show the commits: what each brought, and the state after it.",
        de="Zeigt die Eintragungen: was jede brachte, und den Datenstand danach.",
    ),
    "ledger verify": Text(
        en="Look whether the store holds what it says: every commit's rows, each claim, each file.",
        de="Prüft, ob der Datenbestand enthält, was er sagt: die Zeilen jeder Eintragung, jede Datei.",
    ),
    "ledger coverage": Text(
        en="Show which reports were expected and which came, per distributor and month.",
        de="Zeigt, welche Meldungen erwartet wurden und welche kamen, je Distributor und Monat.",
    ),
    "ledger withdraw": Text(
        en="Take a report back that was handed in under the wrong distributor, vendor or month: its lines "
        "are reversed, those that wait no longer do. Earlier states keep it; it can be imported again.",
        de="Nimmt eine Meldung zurück, die unter falschem Distributor, Hersteller oder Monat kam: Ihre "
        "Zeilen werden storniert, wartende warten nicht mehr. Frühere Datenstände behalten sie; sie kann "
        "erneut importiert werden.",
    ),
    "ledger change": Text(
        en="Show what moved between two states, for whom, and which report or fact moved it.",
        de="Zeigt, was sich zwischen zwei Datenständen bewegt hat, für wen, und welche Meldung oder Tatsache "
        "es bewegt hat.",
    ),
}

GIVEN: dict[str, Text] = {
    # shared
    "version": Text(en="Show the version.", de="Zeigt die Version."),
    "format_": Text(en="text for people, json for machines.", de="text für Menschen, json für Maschinen."),
    "lang": Text(
        en="en or de; else as STAFFEL_LANGUAGE or the environment (LANG) says, else en.",
        de="en oder de; sonst wie STAFFEL_LANGUAGE oder die Umgebung (LANG) es sagt, sonst en.",
    ),
    "debug": Text(
        en="Show the trace of an unexpected error.", de="Zeigt bei einem unerwarteten Fehler seine Spur."
    ),
    "check store": Text(
        en="Also hold them against this store.", de="Sie auch mit diesem Datenbestand vergleichen."
    ),
    "diff store": Text(
        en="Compute both on what was sold in this store.",
        de="Beide auf die Verkäufe dieses Datenbestands rechnen.",
    ),
    "store": Text(
        en="The store's folder; else $STAFFEL_STORE, else ./store.",
        de="Der Ordner des Datenbestands; sonst $STAFFEL_STORE, sonst ./store.",
    ),
    "day": Text(en="The day asked; today if none.", de="Der Tag, nach dem gefragt ist; sonst heute."),
    "programme": Text(en="The programme's file.", de="Die Datei des Programms."),
    "partner": Text(en="A partner, by our id.", de="Ein Partner, nach unserer Kennung."),
    "state": Text(
        en="Ask an earlier state, such as s-000042.", de="Fragt einen früheren Datenstand, etwa s-000042."
    ),
    "window": Text(
        en="The window that is settled: 2026-Q1, 2026-03, 2026.",
        de="Der Zeitraum, der abgerechnet wird: 2026-Q1, 2026-03, 2026.",
    ),
    # init, check, words, map
    "init folder": Text(
        en="The folder of the new store; else as --store says.",
        de="Der Ordner des neuen Datenbestands; sonst wie --store es sagt.",
    ),
    "check programmes": Text(en="Programme files.", de="Programmdateien."),
    "diff old": Text(en="The earlier version.", de="Die frühere Fassung."),
    "diff new": Text(en="The later version.", de="Die spätere Fassung."),
    "diff limit": Text(en="Partners shown at most; 0: all.", de="Höchstens so viele Partner; 0: alle."),
    "map report": Text(en="A distributor's file.", de="Die Datei eines Distributors."),
    # import
    "import reports": Text(en="Report files, CSV or XLSX.", de="Meldungen, CSV oder XLSX."),
    "import mapping": Text(
        en="How to read them; `staffel map` proposes one.",
        de="Wie sie zu lesen sind; `staffel map` schlägt es vor.",
    ),
    "import kind": Text(en="What they report.", de="Was sie melden."),
    "import distributor": Text(en="Who reports, by our id.", de="Wer meldet, nach unserer Kennung."),
    "import vendor": Text(en="Whose goods, by our id.", de="Wessen Ware, nach unserer Kennung."),
    "import period": Text(
        en="2026-03, 2026-Q1 or 2026-03-01..2026-03-15.", de="2026-03, 2026-Q1 oder 2026-03-01..2026-03-15."
    ),
    "import number": Text(
        en="The distributor's own number of the report.", de="Die Nummer der Meldung beim Distributor."
    ),
    "import currency": Text(
        en="Of amounts that name none: EUR, CHF …", de="Für Beträge, die keine nennen: EUR, CHF …"
    ),
    "import replaces": Text(en="It stands for an earlier one.", de="Sie ersetzt eine frühere."),
    "import strict": Text(en="All of it or nothing.", de="Alles oder nichts."),
    # load
    "load table": Text(en=f"{_TABLES}; or references.", de=f"{_TABLES}; oder references."),
    "load file": Text(
        en="CSV; its first line names the columns.", de="CSV; die erste Zeile nennt die Spalten."
    ),
    "load columns": Text(
        en="Show what the columns of the table say; nothing is loaded.",
        de="Zeigt, was die Spalten der Tabelle sagen; nichts wird geladen.",
    ),
    "load holds_from": Text(en="For rows without holds_from.", de="Für Zeilen ohne holds_from."),
    "load lenient": Text(
        en="Take the right rows of a file.", de="Übernimmt von einer Datei die richtigen Zeilen."
    ),
    # review, standing, close, statement
    "review write": Text(
        en="Write them: they stand from then on.", de="Trägt sie ein: Von da an stehen sie fest."
    ),
    "review by": Text(en="Who decides.", de="Wer entscheidet."),
    "standing limit": Text(
        en="Partners shown in the list; 0: all.", de="So viele Partner zeigt die Liste; 0: alle."
    ),
    "close strict": Text(
        en="Refuse if lines wait, rows were refused or reports are missing.",
        de="Lehnt ab, wenn Zeilen warten, Zeilen abgelehnt wurden oder Meldungen fehlen.",
    ),
    "close early": Text(
        en="Close before the day that the programme plans; else that is refused.",
        de="Schließt vor dem Tag ab, den das Programm vorsieht; sonst wird das abgelehnt.",
    ),
    "close trial": Text(
        en="Show what it would write, write nothing.",
        de="Zeigt, was eingetragen würde, und trägt nichts ein.",
    ),
    "statement kit": Text(
        en="Write the recompute kit to this file.", de="Schreibt das Nachrechenpaket in diese Datei."
    ),
    # explain, receipt, recompute, demo
    "explain window": Text(
        en="2026-Q1, 2026-03, 2026; none: the level.", de="2026-Q1, 2026-03, 2026; ohne: die Partnerstufe."
    ),
    "explain incentive": Text(en="Only this incentive.", de="Nur dieser Bonus."),
    "explain sql": Text(
        en="The statements that ran, for a bare DuckDB.",
        de="Die Abfragen, die liefen, für ein bloßes DuckDB.",
    ),
    "explain rows": Text(
        en="Lines shown of each sum; 0: all.", de="So viele Zeilen zeigt jede Summe; 0: alle."
    ),
    "explain viewer": Text(
        en="As whom it is shown: of what is not theirs only a sum, or whether it is reached.",
        de="Für wen gezeigt wird: von dem, was anderen gehört, nur eine Summe, oder ob es erreicht ist.",
    ),
    "explain viewer_id": Text(
        en="Who that is, by our id; of a partner else the one asked.",
        de="Wer das ist, nach unserer Kennung; bei Partnern sonst der gefragte.",
    ),
    "receipt line": Text(
        en="distributor/document/row, as in explain.", de="Distributor/Beleg/Zeile, wie in explain."
    ),
    "receipt window": Text(en="Only this window of the incentives.", de="Nur dieser Zeitraum der Boni."),
    "recompute kit": Text(en="A recompute kit.", de="Ein Nachrechenpaket."),
    "demo folder": Text(en="Made anew each time.", de="Wird jedes Mal neu gemacht."),
    "demo small": Text(
        en="60 partners, 12 months, 12,000 lines.", de="60 Partner, 12 Monate, 12.000 Zeilen."
    ),
    # ledger
    "ledger log last": Text(en="Only the last commits; 0: all.", de="Nur die letzten Eintragungen; 0: alle."),
    "ledger withdraw report": Text(
        en="The report, as `ledger log` and `receipt` name it.",
        de="Die Meldung, wie `ledger log` und `receipt` sie nennen.",
    ),
    "ledger withdraw reason": Text(
        en="Why; it stands in the log.", de="Warum; es steht im Verzeichnis der Eintragungen."
    ),
    "ledger change everything": Text(en="Every partner and every cause.", de="Alle Partner und alle Gründe."),
    "ledger coverage vendor": Text(en="Look at this vendor only.", de="Nur dieser Hersteller."),
    "ledger change since": Text(en="The earlier state, s-000042.", de="Der frühere Datenstand, s-000042."),
    "ledger change to": Text(
        en="The later state; else the newest.", de="Der spätere Datenstand; sonst der neueste."
    ),
    "ledger change since_day": Text(
        en="The earlier day, if another.", de="Der frühere Tag, wenn es ein anderer ist."
    ),
}


def given_text(command: str, name: str) -> Text | None:
    """What an argument or option of a command is; none: nobody has said it yet."""
    return GIVEN.get(f"{command} {name}") or GIVEN.get(name)

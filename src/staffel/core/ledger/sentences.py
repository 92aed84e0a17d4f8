"""What the ledger says of each trouble: the reason and the way out, whole sentences in both languages.

A sentence may name a number, an id, a day or a code of ours; it never quotes a cell that may hold a
person's name.
"""

from dataclasses import dataclass

from staffel.core.findings import Finding, Language, Place, Severity, Text

LANGUAGES: tuple[Language, ...] = ("en", "de")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Reason and way out with {names} for what they quote."""

    severity: Severity
    reason: Text
    way_out: Text


def find(code: str, *places: Place, **quotes: object) -> Finding:
    """The finding of this code. quotes: what its sentences name; a `Text` in its language."""
    sentences = SENTENCES[code]
    return Finding(
        code=code,
        places=places,
        severity=sentences.severity,
        reason=_filled(sentences.reason, quotes),
        way_out=_filled(sentences.way_out, quotes),
    )


def _filled(text: Text, quotes: dict[str, object]) -> Text:
    said = {
        language: {name: _said(quote, language) for name, quote in quotes.items()} for language in LANGUAGES
    }
    return Text(en=text.en.format(**said["en"]), de=text.de.format(**said["de"]))


def _said(quote: object, language: Language) -> object:
    return quote.say(language) if isinstance(quote, Text) else quote


def _error(en: str, de: str, way_en: str, way_de: str) -> Sentences:
    return Sentences(severity="error", reason=Text(en=en, de=de), way_out=Text(en=way_en, de=way_de))


def _warning(en: str, de: str, way_en: str, way_de: str) -> Sentences:
    return Sentences(severity="warning", reason=Text(en=en, de=de), way_out=Text(en=way_en, de=way_de))


_STORES = {
    "store-missing": _error(
        "Here is no store: {path}.",
        "Hier liegt kein Datenbestand: {path}.",
        "Make one with `staffel init`, or name its folder.",
        "Legen Sie einen mit `staffel init` an, oder nennen Sie seinen Ordner.",
    ),
    "store-exists": _error(
        "Here is a store already: {path}.",
        "Hier liegt schon ein Datenbestand: {path}.",
        "Use it, or choose another folder.",
        "Verwenden Sie ihn, oder wählen Sie einen anderen Ordner.",
    ),
    "store-newer": _error(
        "The store has layout {layout}, this Staffel knows layout {known}.",
        "Der Datenbestand hat Aufbau {layout}, dieses Staffel kennt Aufbau {known}.",
        "Install a newer Staffel.",
        "Installieren Sie ein neueres Staffel.",
    ),
    "state-unknown": _error(
        "There is no state {state}.",
        "Es gibt keinen Datenstand {state}.",
        "`staffel ledger log` lists the commits; state s-000042 is the one after commit 42.",
        "`staffel ledger log` zeigt die Buchungen; Datenstand s-000042 ist der nach Buchung 42.",
    ),
    "state-expired": _error(
        "The files of table {table} as of commit {commit} are no longer kept.",
        "Die Dateien der Tabelle {table} zum Stand der Buchung {commit} werden nicht mehr aufbewahrt.",
        "Ask a later state; what a close names is always kept.",
        "Fragen Sie einen späteren Datenstand; was ein Abschluss nennt, bleibt immer erhalten.",
    ),
}

_FACTS = {
    "table-looked-up": _error(
        "Rows of {table} decide whom lines count for; recorded this way, no line would be looked up anew.",
        "Zeilen von {table} entscheiden, für wen Zeilen zählen; so würde keine neu nachgeschlagen.",
        "Load them: `staffel load {table} FILE`.",
        "Laden Sie sie: `staffel load {table} DATEI`.",
    ),
    "table-unknown": _error(
        "There is no table {table} to load.",
        "Es gibt keine Tabelle {table}, die geladen werden kann.",
        "Tables that are loaded: {tables}.",
        "Geladen werden diese Tabellen: {tables}.",
    ),
    "table-unknown-meant": _error(
        "There is no table {table} to load. Did you mean {near}?",
        "Es gibt keine Tabelle {table}, die geladen werden kann. Meinten Sie {near}?",
        "Tables that are loaded: {tables}.",
        "Geladen werden diese Tabellen: {tables}.",
    ),
    "column-unknown": _warning(
        "Column {column} belongs to no column of table {table} and was dropped.",
        "Spalte {column} gehört zu keiner Spalte der Tabelle {table} und wurde weggelassen.",
        "Columns of this table: {columns}.",
        "Spalten dieser Tabelle: {columns}.",
    ),
    "columns-missing": _error(
        "Columns that no row of {table} can be without are missing: {columns}.",
        "Spalten, ohne die keine Zeile von {table} auskommt, fehlen: {columns}.",
        "Name them in the first line; `staffel load {table} --columns` says what each one means.",
        "Nennen Sie sie in der ersten Zeile; `staffel load {table} --columns` sagt, was jede bedeutet.",
    ),
    "id-unknown": _warning(
        "{column} {id} is in no row of {table}.",
        "{column} {id} steht in keiner Zeile von {table}.",
        "Load it into {table}; if it is a slip, load this row with the right one: it takes its place.",
        "Laden Sie sie in {table}; bei einem Versehen laden Sie diese Zeile richtig: Dann gilt die neue.",
    ),
    "id-in-key-unknown": _warning(
        "{column} {id} is in no row of {table}.",
        "{column} {id} steht in keiner Zeile von {table}.",
        "Load it into {table}; if it is a slip, load the right row, and this one with withdrawn: true.",
        "Laden Sie sie in {table}; bei einem Versehen die richtige Zeile und diese mit withdrawn: true.",
    ),
    "value-missing": _error(
        "{column} is empty.",
        "{column} ist leer.",
        "Fill it in: no row of {table} can be without.",
        "Füllen Sie die Spalte aus: Keine Zeile von {table} kommt ohne sie aus.",
    ),
    "text-too-long": _error(
        "{column} has more than {most} characters.",
        "{column} hat mehr als {most} Zeichen.",
        "Shorten it.",
        "Kürzen Sie den Text.",
    ),
    "text-unprintable": _error(
        "{column} holds a character that cannot be printed.",
        "{column} enthält ein Zeichen, das sich nicht drucken lässt.",
        "Remove it.",
        "Entfernen Sie es.",
    ),
    "date-impossible": _error(
        "{column} is no day of the calendar.",
        "{column} ist kein Tag des Kalenders.",
        "Write the day as 2026-03-31.",
        "Schreiben Sie den Tag als 2026-03-31.",
    ),
    "number-unreadable": _error(
        "{column} is no number.",
        "{column} ist keine Zahl.",
        "Write it with digits and a point before the decimals, as 1200.50.",
        "Schreiben Sie sie mit Ziffern und einem Punkt vor den Nachkommastellen, als 1200.50.",
    ),
    "number-too-large": _error(
        "{column} is larger than any figure we keep.",
        "{column} ist größer als jede Zahl, die wir führen.",
        "Correct the figure: before the point there is room for {digits} digits.",
        "Berichtigen Sie die Zahl: Vor dem Komma ist Platz für {digits} Stellen.",
    ),
    "too-many-decimals": _error(
        "{column} has more than {places} decimals.",
        "{column} hat mehr als {places} Nachkommastellen.",
        "Round it yourself: Staffel cuts nothing off.",
        "Runden Sie selbst: Staffel schneidet nichts ab.",
    ),
    "rate-not-positive": _error(
        "{column} is 0 or less: no currency is worth that of another.",
        "{column} ist 0 oder kleiner: So viel ist keine Währung in einer anderen wert.",
        "Write how much of `quote` one of `base` is, as 1.0837.",
        "Schreiben Sie, wie viel in `quote` eins von `base` ist, als 1.0837.",
    ),
    "flag-unreadable": _error(
        "{column} is neither true nor false.",
        "{column} ist weder wahr noch falsch.",
        "Write true or false.",
        "Schreiben Sie true oder false.",
    ),
    "span-empty": _error(
        "The row ends before it begins: holds_until is not after holds_from.",
        "Die Zeile endet vor ihrem Beginn: holds_until liegt nicht nach holds_from.",
        "holds_until is the first day on which it no longer holds.",
        "holds_until ist der erste Tag, an dem sie nicht mehr gilt.",
    ),
    "key-twice": _error(
        "This row and row {other} have the same key and the same day, and say different things.",
        "Diese Zeile und Zeile {other} haben denselben Schlüssel und denselben Tag und sagen Verschiedenes.",
        "Keep one of them.",
        "Behalten Sie eine davon.",
    ),
    "state-moved": _error(
        "These rows were computed from commit {commit}; meanwhile there is commit {newest}.",
        "Diese Zeilen wurden aus Buchung {commit} berechnet; inzwischen gibt es Buchung {newest}.",
        "Compute them again.",
        "Berechnen Sie sie neu.",
    ),
    "nothing-to-withdraw": _error(
        "The row withdraws what is not there: no row has its key and its day.",
        "Die Zeile nimmt zurück, was es nicht gibt: Keine Zeile hat ihren Schlüssel und ihren Tag.",
        "Withdraw with the key and the holds_from of the row that is to end.",
        "Nehmen Sie mit Schlüssel und holds_from der Zeile zurück, die enden soll.",
    ),
    "two-alliances": _error(
        "{partner} would belong to two groups of the kind {kind} at a time: {one} and {other}.",
        "{partner} gehörte zwei Gruppen der Art {kind} zugleich an: {one} und {other}.",
        "End one membership before the other begins.",
        "Beenden Sie die eine Mitgliedschaft, bevor die andere beginnt.",
    ),
    "file-unreadable": _error(
        "The file cannot be read as text in UTF-8.",
        "Die Datei lässt sich nicht als Text in UTF-8 lesen.",
        "Save it as CSV in UTF-8, with a first line that names the columns.",
        "Speichern Sie sie als CSV in UTF-8, mit einer ersten Zeile, die die Spalten nennt.",
    ),
    "file-empty": _error(
        "The file is empty.",
        "Die Datei ist leer.",
        "A first line names the columns, and each further one is a row.",
        "Eine erste Zeile nennt die Spalten, und jede weitere ist eine Zeile der Tabelle.",
    ),
    "rows-missing": _error(
        "The file holds one line, which names the columns, and no row.",
        "Die Datei enthält eine Zeile, die die Spalten nennt, und keine weitere.",
        "Write a line for each row; if there is nothing to load, leave the file away.",
        "Schreiben Sie für jeden Satz eine Zeile; ist nichts zu laden, lassen Sie die Datei weg.",
    ),
    "file-no-csv": _error(
        "The file is {kind}; facts are loaded from CSV files.",
        "Die Datei ist {kind}; geladen werden CSV-Dateien.",
        "Save it as CSV in UTF-8, with a first line that names the columns.",
        "Speichern Sie sie als CSV in UTF-8, mit einer ersten Zeile, die die Spalten nennt.",
    ),
    "row-ragged": _error(
        "The row has {found} cells, the first line names {named} columns.",
        "Die Zeile hat {found} Zellen, die erste Zeile nennt {named} Spalten.",
        "Put texts that hold a delimiter into quotes.",
        "Setzen Sie Texte, die ein Trennzeichen enthalten, in Anführungszeichen.",
    ),
}

_REPORTS = {
    "report-known-otherwise": _error(
        "Report {report} is known and said something else.",
        "Meldung {report} ist bekannt und sagte etwas anderes.",
        "If it replaces that one, import it with --replaces; if it is another, with a --number of its own.",
        "Ersetzt sie diese, importieren Sie sie mit --replaces; ist es eine andere, mit eigener --number.",
    ),
    "report-under-other-name": _error(
        "These very lines were imported as report {report}.",
        "Genau diese Zeilen wurden schon als Meldung {report} importiert.",
        "Check number and period: the same report counts once.",
        "Prüfen Sie Nummer und Zeitraum: Dieselbe Meldung zählt einmal.",
    ),
    "report-unknown": _error(
        "There is no report of this name.",
        "Es gibt keine Meldung dieses Namens.",
        "`staffel ledger log` names those that were taken in.",
        "`staffel ledger log` nennt die übernommenen.",
    ),
    "report-unknown-meant": _error(
        "There is no report of this name; {near} is known.",
        "Es gibt keine Meldung dieses Namens; bekannt ist {near}.",
        "`staffel ledger log` names those that were taken in.",
        "`staffel ledger log` nennt die übernommenen.",
    ),
    "report-withdrawn-already": _error(
        "This report was withdrawn already; nothing of it is left to take back.",
        "Diese Meldung wurde schon zurückgenommen; es ist nichts mehr von ihr da.",
        "Import it again if it is to count.",
        "Importieren Sie sie erneut, wenn sie zählen soll.",
    ),
    "report-refused-whole": _error(
        "Nothing of the report was taken; rows that cannot be: {count}.",
        "Nichts von der Meldung wurde übernommen; Zeilen, die sich nicht übernehmen lassen: {count}.",
        "Correct them, or import without --strict: the other rows are then taken.",
        "Berichtigen Sie sie, oder importieren Sie ohne --strict: Dann werden die übrigen übernommen.",
    ),
    "report-none-taken": _error(
        "No row of the report can be taken, so it counts as not reported; rows refused: {count}.",
        "Keine Zeile der Meldung lässt sich übernehmen, sie gilt als nicht gemeldet; abgelehnt: {count}.",
        "Look at the reasons; most often the mapping is to be corrected. Then import the file again.",
        "Sehen Sie die Gründe an; meist ist die Zuordnung zu berichtigen. Importieren Sie dann noch einmal.",
    ),
    "distributor-unknown": _warning(
        "Distributor {id} is in no row of the table distributors.",
        "Distributor {id} steht in keiner Zeile der Tabelle distributors.",
        "Check --distributor; if it is a new one, load it: `staffel load distributors FILE`.",
        "Prüfen Sie --distributor; ist er neu, laden Sie ihn: `staffel load distributors DATEI`.",
    ),
    "vendor-unknown": _warning(
        "Vendor {id} has no product in the table products.",
        "Hersteller {id} hat kein Produkt in der Tabelle products.",
        "Check --vendor; if it is a new one, load its products: `staffel load products FILE`.",
        "Prüfen Sie --vendor; ist er neu, laden Sie seine Produkte: `staffel load products DATEI`.",
    ),
    "period-holds-no-line": _warning(
        "The period {start} to {last} holds none of the lines; they are of {earliest} to {latest}.",
        "Der Zeitraum {start} bis {last} enthält keine der Zeilen; sie sind vom {earliest} bis {latest}.",
        "Check --period: what is still to be reported goes by it, bonuses by the days of the lines.",
        "Prüfen Sie --period: Nach ihm richten sich Meldefristen, nach den Tagen der Zeilen die Boni.",
    ),
    "nothing-to-replace": _warning(
        "Report {report} was to replace one that is not known; it was taken as new.",
        "Meldung {report} sollte eine ersetzen, die nicht bekannt ist; sie wurde als neu übernommen.",
        "Check its number and period.",
        "Prüfen Sie Nummer und Zeitraum.",
    ),
    "periods-overlap": _warning(
        "The period overlaps with that of report {report}.",
        "Der Zeitraum überschneidet sich mit dem der Meldung {report}.",
        "Lines with document rows count once. If it stands for {report}, give it that one's number or period "
        "and import it with --replaces: lines without document rows cannot be told apart.",
        "Zeilen mit Belegzeile zählen einmal. Steht sie für {report}, importieren Sie sie unter deren Nummer "
        "oder Zeitraum mit --replaces: Zeilen ohne Belegzeile sind nicht zu unterscheiden.",
    ),
    "period-empty": _error(
        "The period of the report ends before it begins.",
        "Der Zeitraum der Meldung endet vor seinem Beginn.",
        "Its end is the first day after it.",
        "Sein Ende ist der erste Tag danach.",
    ),
    "kind-unknown": _error(
        "A line is a sale, a return or a correction; this one says something else.",
        "Eine Zeile ist Verkauf, Rückgabe oder Korrektur; diese sagt etwas anderes.",
        "Name the kind in the mapping.",
        "Nennen Sie die Art in der Zuordnung.",
    ),
    "line-known-otherwise": _error(
        "Line {line} is known and said something else.",
        "Zeile {line} ist bekannt und sagte etwas anderes.",
        "Ask for a correction with a document of its own, or for the whole report as a replacement.",
        "Erbitten Sie eine Korrektur mit eigenem Beleg oder die ganze Meldung als Ersatz.",
    ),
    "return-unresolved": _warning(
        "Returns that name a document in which not exactly one sale has their product count by their own "
        "date: {count}.",
        "Rückgaben, in deren Beleg nicht genau ein Verkauf ihres Produkts steht, zählen nach ihrem eigenen "
        "Datum: {count}.",
        "They find their sale when it is imported; else name the document's row.",
        "Sie finden ihren Verkauf, sobald er importiert ist; sonst nennen Sie die Belegzeile.",
    ),
}

_WAITING = {
    "partner-missing": _warning(
        "The line names no partner.",
        "Die Zeile nennt keinen Partner.",
        "Ask the distributor for it.",
        "Erfragen Sie ihn beim Distributor.",
    ),
    "partner-unknown": _warning(
        "The distributor's number or name stands for no partner of ours on that day.",
        "Nummer oder Name beim Distributor steht an diesem Tag für keinen unserer Partner.",
        "Load it into partner_references.",
        "Laden Sie sie in partner_references.",
    ),
    "product-missing": _warning(
        "The line names no product.",
        "Die Zeile nennt kein Produkt.",
        "Ask the distributor for it.",
        "Erfragen Sie es beim Distributor.",
    ),
    "product-unknown": _warning(
        "No number of the line stands for a product of ours.",
        "Keine Nummer der Zeile steht für eines unserer Produkte.",
        "Load the product, or its number into product_references.",
        "Laden Sie das Produkt, oder seine Nummer in product_references.",
    ),
    "product-ambiguous": _warning(
        "A number of the line stands for several products.",
        "Eine Nummer der Zeile steht für mehrere Produkte.",
        "Load into product_references which one this distributor means.",
        "Laden Sie in product_references, welches dieser Distributor meint.",
    ),
}

_VERIFYING = {
    "chain-broken": _error(
        "The record of commit {commit} was changed after it was written.",
        "Die Aufzeichnung der Buchung {commit} wurde nach dem Schreiben geändert.",
        "Restore the store from a copy.",
        "Stellen Sie den Datenbestand aus einer Kopie wieder her.",
    ),
    "commit-missing": _error(
        "Commit {commit} is missing between its neighbours.",
        "Buchung {commit} fehlt zwischen ihren Nachbarn.",
        "Restore the store from a copy.",
        "Stellen Sie den Datenbestand aus einer Kopie wieder her.",
    ),
    "rows-differ": _error(
        "Table {table} holds {found} rows of commit {commit}, it wrote {written}.",
        "Tabelle {table} enthält {found} Zeilen der Buchung {commit}, geschrieben hat sie {written}.",
        "Restore the store from a copy.",
        "Stellen Sie den Datenbestand aus einer Kopie wieder her.",
    ),
    "content-differs": _error(
        "The rows of commit {commit} in table {table} are not those that it wrote.",
        "Die Zeilen der Buchung {commit} in Tabelle {table} sind nicht die, die sie geschrieben hat.",
        "Restore the store from a copy.",
        "Stellen Sie den Datenbestand aus einer Kopie wieder her.",
    ),
    "rows-of-no-commit": _error(
        "Table {table} holds rows of commit {commit}, which does not exist: {found}.",
        "Tabelle {table} enthält Zeilen der Buchung {commit}, die es nicht gibt: {found}.",
        "Restore the store from a copy.",
        "Stellen Sie den Datenbestand aus einer Kopie wieder her.",
    ),
    "sums-differ": _error(
        "Report {report}: commit {commit} wrote {written}, the table holds {found}.",
        "Meldung {report}: Buchung {commit} schrieb {written}, die Tabelle enthält {found}.",
        "Restore the store from a copy.",
        "Stellen Sie den Datenbestand aus einer Kopie wieder her.",
    ),
    "line-doubled": _error(
        "Line {line} stands {count} times in table {table} with one revision.",
        "Zeile {line} steht {count}-mal mit einer Fassung in Tabelle {table}.",
        "Restore the store from a copy.",
        "Stellen Sie den Datenbestand aus einer Kopie wieder her.",
    ),
    "file-missing": _error(
        "Table {table} names a file that is not there: {file}.",
        "Tabelle {table} nennt eine Datei, die es nicht gibt: {file}.",
        "Restore the file from a copy.",
        "Stellen Sie die Datei aus einer Kopie wieder her.",
    ),
    "snapshot-unreadable": _error(
        "The snapshot of table {table} that commit {commit} left cannot be read.",
        "Der Stand der Tabelle {table}, den Buchung {commit} hinterließ, lässt sich nicht lesen.",
        "Restore the store from a copy.",
        "Stellen Sie den Datenbestand aus einer Kopie wieder her.",
    ),
    "line-astray": _error(
        "Line {line} is claimed as {claimed} and is not so in table {table}.",
        "Zeile {line} ist als {claimed} vermerkt, in Tabelle {table} aber nicht so zu finden.",
        "Restore the store from a copy.",
        "Stellen Sie den Datenbestand aus einer Kopie wieder her.",
    ),
}

_PERSONS = {
    "person-unknown": _error(
        "No person is known under this name or key.",
        "Unter diesem Namen oder Schlüssel ist niemand bekannt.",
        "Write the name as it was reported, or take its key.",
        "Schreiben Sie den Namen so, wie er gemeldet wurde, oder nehmen Sie den Schlüssel.",
    ),
    "log-in-use": _error(
        "The name is erased, but the log of the database still holds it while somebody reads the store.",
        "Der Name ist gelöscht, steht aber im Protokoll der Datenbank, solange jemand den Bestand liest.",
        "End the other programs: the log goes with the last of them.",
        "Beenden Sie die anderen Programme: Das Protokoll verschwindet mit dem letzten.",
    ),
    "name-of-lines": _warning(
        "Lines were reported under this name ({count} numbers and names in all): it is erased there too, and"
        " they can no longer be moved by it.",
        "Unter diesem Namen wurden Zeilen gemeldet ({count} verschiedene Angaben): Er ist auch dort"
        " gelöscht, und sie lassen sich darüber nicht mehr umbuchen.",
        "Correct them by their number; lines that had only the name stay where they are.",
        "Korrigieren Sie sie über ihre Nummer; Zeilen, die nur den Namen hatten, bleiben, wo sie sind.",
    ),
    "name-in-facts": _warning(
        "The name also stands in column {column} of table {table}, whose rows are never changed.",
        "Der Name steht auch in Spalte {column} der Tabelle {table}, deren Zeilen sich nie ändern.",
        "Use an id of your own for natural persons who are partners.",
        "Verwenden Sie für natürliche Personen, die Partner sind, eine eigene Kennung.",
    ),
}

SENTENCES: dict[str, Sentences] = {**_STORES, **_FACTS, **_REPORTS, **_WAITING, **_VERIFYING, **_PERSONS}

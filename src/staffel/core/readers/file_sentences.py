"""What is said of each code that a file as a whole can bring, in both languages; and `SENTENCES`, of all."""

from staffel.core.readers.mapping_sentences import MAPPINGS, PROPOSALS
from staffel.core.readers.sentences import CELLS, LINES, say

AGAIN_EN, AGAIN_DE = "Ask the distributor for the file anew.", "Erbitten Sie die Datei neu vom Distributor."

# Said once for the whole file.
FILES = {
    "file-empty": say("error", "The file is empty.", "Die Datei ist leer.", AGAIN_EN, AGAIN_DE),
    "file-no-table": say(
        "error",
        "The file is {value}, whatever its name says: neither a CSV file nor a spreadsheet.",
        "Die Datei ist {value}, was auch ihr Name sagt: weder eine CSV-Datei noch eine Tabelle.",
        "Ask the distributor for it as XLSX or CSV, or open it in a spreadsheet program and save it so.",
        "Erbitten Sie sie als XLSX oder CSV, oder öffnen Sie sie in einer Tabellenkalkulation und speichern "
        "Sie sie so.",
    ),
    "file-protected": say(
        "error",
        "The file is protected by a password and cannot be read.",
        "Die Datei ist mit einem Kennwort geschützt und nicht lesbar.",
        "Open it with the password, save it without one, and take that file.",
        "Öffnen Sie sie mit dem Kennwort, speichern Sie sie ohne und nehmen Sie diese Datei.",
    ),
    "sheets-empty": say(
        "error",
        "No visible sheet of the file holds anything; hidden ones are not read.",
        "Kein sichtbares Blatt der Datei enthält etwas; ausgeblendete werden nicht gelesen.",
        "Show the sheet that is meant and save the file, or ask the distributor for it anew.",
        "Blenden Sie das gemeinte Blatt ein und speichern Sie die Datei, oder erbitten Sie sie neu.",
    ),
    "formulas-without-result": say(
        "warning",
        "Cells with a formula and no stored result: {count}; here is the first.",
        "Zellen mit einer Formel ohne gespeichertes Ergebnis: {count}; hier die erste.",
        "Open the file in a spreadsheet program and save it there before importing.",
        "Öffnen und speichern Sie die Datei in einer Tabellenkalkulation, bevor importiert wird.",
    ),
    "file-unreadable": say(
        "error",
        "The file is damaged or cut off: {value}.",
        "Die Datei ist beschädigt oder abgeschnitten: {value}.",
        AGAIN_EN,
        AGAIN_DE,
    ),
    "file-format-differs": say(
        "error",
        "The mapping says {expected}, the file is {found}.",
        "Die Zuordnung sagt {expected}, die Datei ist {found}.",
        "Use the mapping of this layout, or write format: {found} (or auto) into it.",
        "Verwenden Sie die Zuordnung dieses Aufbaus, oder schreiben Sie format: {found} (oder auto) hinein.",
    ),
    "file-too-large": say(
        "error",
        "The file comes to {found} MB unpacked, more than the {expected} MB allowed.",
        "Die Datei hat entpackt {found} MB, mehr als die erlaubten {expected} MB.",
        "Ask for it as CSV, or in parts.",
        "Erbitten Sie sie als CSV oder in Teilen.",
    ),
    "sheet-too-large": say(
        "error",
        "The sheet stretches over {found} cells, more than the {expected} allowed.",
        "Das Blatt erstreckt sich über {found} Zellen, mehr als die erlaubten {expected}.",
        "Ask for it as CSV, or in parts.",
        "Erbitten Sie es als CSV oder in Teilen.",
    ),
    "line-without-end": say(
        "error",
        "The file holds a line of more than {value} MB.",
        "Die Datei enthält eine Zeile von mehr als {value} MB.",
        AGAIN_EN,
        AGAIN_DE,
    ),
    "encoding-wrong": say(
        "error",
        "The file is not {value} as the mapping says.",
        "Die Datei ist nicht {value}, wie die Zuordnung sagt.",
        "Write encoding: auto into the mapping.",
        "Schreiben Sie encoding: auto in die Zuordnung.",
    ),
    "encoding-differs": say(
        "warning",
        "The mapping says {expected}, the bytes are {found}; read as {found}.",
        "Die Zuordnung sagt {expected}, die Bytes sind {found}; gelesen als {found}.",
        "Write encoding: {found} (or auto) into the mapping.",
        "Schreiben Sie encoding: {found} (oder auto) in die Zuordnung.",
    ),
    "sheet-missing": say(
        "error",
        "No visible sheet is the one that the mapping names ({value}).",
        "Kein sichtbares Blatt ist das, welches die Zuordnung nennt ({value}).",
        "Write sheet: NAME into the mapping; the file has {found}.",
        "Schreiben Sie sheet: NAME in die Zuordnung; die Datei hat {found}.",
    ),
    "sheet-not-read": say(
        "warning",
        "The sheet {value} has the same headings and was not read.",
        "Das Blatt {value} hat dieselben Spaltentitel und wurde nicht gelesen.",
        "Write sheet: NAME into the mapping, and read the other one with a mapping of its own.",
        "Schreiben Sie sheet: NAME in die Zuordnung und lesen Sie das andere mit einer eigenen.",
    ),
    "headings-missing": say(
        "error",
        "No line of the file holds the headings of the mapping.",
        "Keine Zeile der Datei enthält die Spaltentitel der Zuordnung.",
        "Compare columns and header (the number of the row of headings) in the mapping with the file, or "
        "have a mapping proposed: staffel map FILE.",
        "Vergleichen Sie, was unter columns und header (Nummer der Titelzeile) steht, mit der Datei, oder "
        "lassen Sie eine Zuordnung vorschlagen: staffel map DATEI.",
    ),
    "heading-missing": say(
        "error",
        'The column "{value}" is not in the file; nearest is "{nearest}".',
        "Die Spalte „{value}“ ist nicht in der Datei; am nächsten kommt „{nearest}“.",
        "Correct {word} in the mapping, or take it out.",
        "Berichtigen Sie {word} in der Zuordnung, oder nehmen Sie es heraus.",
    ),
    "heading-ambiguous": say(
        "error",
        'The heading "{value}" stands over several columns.',
        "Der Titel „{value}“ steht über mehreren Spalten.",
        'Write the group before it ("Group / Name") or the number of the column ("#4") for {word}.',
        "Schreiben Sie die Gruppe davor („Gruppe / Name“) oder die Nummer der Spalte („#4“) für {word}.",
    ),
    "headings-only": say(
        "note",
        "The file has headings and no lines: a report of no sales.",
        "Die Datei hat Spaltentitel und keine Zeilen: eine Meldung ohne Verkäufe.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "columns-dropped": say(
        "note",
        "Columns that no source knows were dropped at the door: {count}.",
        "Spalten, die keine Quelle kennt, wurden an der Tür verworfen: {count}.",
        "To keep one, write it under columns in the mapping.",
        "Um eine zu behalten, schreiben Sie sie unter columns in die Zuordnung.",
    ),
    "rows-refused": say(
        "warning",
        "Lines that could not be read and were refused: {count}.",
        "Zeilen, die nicht lesbar waren und abgelehnt wurden: {count}.",
        "Each is kept with its reason.",
        "Jede ist mit ihrem Grund aufbewahrt.",
    ),
    "last-line-open": say(
        "warning",
        "The last line has no line end, as if the file were cut off there.",
        "Die letzte Zeile hat kein Zeilenende, als wäre die Datei dort abgeschnitten.",
        "Compare its last cell with the distributor.",
        "Vergleichen Sie ihre letzte Zelle mit dem Distributor.",
    ),
    "control-total-differs": say(
        "warning",
        "The totals line says {stated}, the lines read come to {read}.",
        "Die Summenzeile sagt {stated}, die gelesenen Zeilen ergeben {read}.",
        "Look at the refused lines, then ask the distributor.",
        "Sehen Sie die abgelehnten Zeilen an, dann fragen Sie den Distributor.",
    ),
    "control-total-agrees": say(
        "note",
        "The totals line agrees with the lines read: {read}.",
        "Die Summenzeile stimmt mit den gelesenen Zeilen überein: {read}.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "control-total-silent": say(
        "note",
        "The totals line states neither quantity nor amount to check; the lines come to {read}.",
        "Die Summenzeile nennt weder Menge noch Betrag zum Prüfen; die Zeilen ergeben {read}.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "control-total-unchecked": say(
        "warning",
        "The totals line could not be checked, unreadable: {value}; the lines come to {read}.",
        "Die Summenzeile war nicht zu prüfen, unlesbar: {value}; die Zeilen ergeben {read}.",
        "Compare the sums yourself. If they are formulas, open the file in a spreadsheet program and save it "
        "there: then it holds their results.",
        "Vergleichen Sie die Summen selbst. Sind es Formeln, öffnen und speichern Sie die Datei in einer "
        "Tabellenkalkulation: Dann enthält sie deren Ergebnisse.",
    ),
    "date-from-period": say(
        "note",
        "No column holds a date. Lines that bear the last day of the period: {count}.",
        "Keine Spalte enthält ein Datum. Zeilen mit dem letzten Tag des Zeitraums: {count}.",
        "Write columns: sold_on into the mapping if there is one.",
        "Schreiben Sie columns: sold_on in die Zuordnung, falls es eine gibt.",
    ),
    "date-order-mixed": say(
        "warning",
        "{column} holds day before month and month before day.",
        "{column} enthält Tag vor Monat und Monat vor Tag.",
        "Ask the distributor which one holds and write dates: dmy or dates: mdy into the mapping; until then "
        "lines that fit both are refused.",
        "Fragen Sie den Distributor, was gilt; schreiben Sie dates: dmy oder dates: mdy in die Zuordnung; "
        "bis dahin werden Zeilen abgelehnt, die zu beidem passen.",
    ),
    "amount-rounded": say(
        "note",
        "Figures with more than four decimals, rounded half up: {count}.",
        "Zahlen mit mehr als vier Nachkommastellen, kaufmännisch gerundet: {count}.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "amount-differs": say(
        "note",
        "Lines whose amount is not price times quantity; the amount was taken: {count}.",
        "Zeilen, deren Betrag nicht Preis mal Menge ist; genommen wurde der Betrag: {count}.",
        "Compare such a line if the difference is more than rounding.",
        "Vergleichen Sie eine solche Zeile, wenn der Unterschied mehr als Rundung ist.",
    ),
    "amount-computed": say(
        "note",
        "Lines whose amount is unit price times quantity: {count}.",
        "Zeilen, deren Betrag Stückpreis mal Menge ist: {count}.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "amount-missing": say(
        "note",
        "Lines with neither an amount nor a unit price: {count}.",
        "Zeilen ohne Betrag und ohne Stückpreis: {count}.",
        "The price list can say what they are worth.",
        "Die Preisliste kann sagen, was sie wert sind.",
    ),
    "quantity-missing": say(
        "note",
        "Lines with an amount and no quantity, which was taken as 0: {count}.",
        "Zeilen mit Betrag und ohne Menge, die als 0 gilt: {count}.",
        "Nothing to do for credits; else ask the distributor.",
        "Bei Gutschriften nichts zu tun; sonst fragen Sie den Distributor.",
    ),
    "signs-differ": say(
        "note",
        "Returns whose quantity and amount had different signs; both count below nought: {count}.",
        "Rücknahmen mit verschiedenen Vorzeichen bei Menge und Betrag; beide zählen negativ: {count}.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "ean-no-key": say(
        "warning",
        "Lines whose EAN has lost its digits; another number names the product: {count}.",
        "Zeilen, deren EAN ihre Ziffern verloren hat; eine andere Nummer nennt das Produkt: {count}.",
        "Format the column as text before saving it.",
        "Formatieren Sie die Spalte vor dem Speichern als Text.",
    ),
    "product-missing": say(
        "note",
        "Lines that name no product: {count}.",
        "Zeilen, die kein Produkt nennen: {count}.",
        "They wait until somebody says what was sold.",
        "Sie warten, bis jemand sagt, was verkauft wurde.",
    ),
    "partner-missing": say(
        "note",
        "Lines that name no partner: {count}.",
        "Zeilen, die keinen Partner nennen: {count}.",
        "They wait until somebody says who bought.",
        "Sie warten, bis jemand sagt, wer gekauft hat.",
    ),
    "currency-missing": say(
        "note",
        "Lines with an amount and no currency: {count}.",
        "Zeilen mit Betrag und ohne Währung: {count}.",
        "Say --currency EUR when importing, or write currency: {{fixed: EUR}} into the mapping.",
        "Sagen Sie beim Import --currency EUR, oder schreiben Sie currency: {{fixed: EUR}} in die Zuordnung.",
    ),
    "fact-missing": say(
        "warning",
        "The {value} of the report is not where the mapping says.",
        "{value}: Die Angabe steht nicht dort, wo die Zuordnung sagt.",
        "Say it when importing, or correct report: {value} in the mapping.",
        "Nennen Sie sie beim Import, oder berichtigen Sie report: {value} in der Zuordnung.",
    ),
    "fact-varies": say(
        "error",
        "The lines name several values for the {value} of the report.",
        "{value}: Die Zeilen nennen mehrere Werte für die Angabe der Meldung.",
        "Split the file, or take report: {value} out of the mapping and say it when importing.",
        "Teilen Sie die Datei, oder nehmen Sie report: {value} aus der Zuordnung und sagen es beim Import.",
    ),
    "period-unreadable": say(
        "warning",
        'The period "{value}" is none that we know.',
        "Der Zeitraum „{value}“ ist keiner, den wir kennen.",
        "Write it as 2026-07, 2026-Q3 or 2026-07-01 to 2026-07-31.",
        "Schreiben Sie 2026-07, 2026-Q3 oder 2026-07-01 bis 2026-07-31.",
    ),
}

SENTENCES = CELLS | LINES | FILES | MAPPINGS | PROPOSALS

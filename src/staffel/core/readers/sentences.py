"""What is said of each code that a report or a mapping can bring, whole sentences in both languages."""

from dataclasses import dataclass

from staffel.core.findings import Severity, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Reason and way out with {names} for what they quote."""

    severity: Severity
    reason: Text
    way_out: Text


def _say(severity: Severity, en: str, de: str, way_en: str, way_de: str) -> Sentences:
    return Sentences(severity=severity, reason=Text(en=en, de=de), way_out=Text(en=way_en, de=way_de))


_ASK_EN, _ASK_DE = "Ask the distributor for the line anew.", "Erbitten Sie die Zeile neu vom Distributor."
_AGAIN_EN, _AGAIN_DE = "Ask the distributor for the file anew.", "Erbitten Sie die Datei neu vom Distributor."
_SIGNS_EN = "Say decimal and thousands signs in the mapping."
_SIGNS_DE = "Nennen Sie Dezimal- und Tausenderzeichen in der Zuordnung."

# One cell cannot be read: its line is refused.
CELLS = {
    "number-unreadable": _say(
        "error",
        '{column} "{value}" is no number.',
        "{column} „{value}“ ist keine Zahl.",
        _ASK_EN,
        _ASK_DE,
    ),
    "number-signs": _say(
        "error",
        '{column} "{value}" does not fit the decimal and thousands signs of the mapping.',
        "{column} „{value}“ passt nicht zu Dezimal- und Tausenderzeichen der Zuordnung.",
        "Correct the signs in the mapping, or the cell.",
        "Berichtigen Sie die Zeichen in der Zuordnung oder die Zelle.",
    ),
    "number-ambiguous": _say(
        "error",
        '{column} "{value}" may be a fraction or thousands.',
        "{column} „{value}“ kann ein Bruchteil oder Tausend sein.",
        _SIGNS_EN,
        _SIGNS_DE,
    ),
    "number-exponent": _say(
        "error",
        '{column} "{value}" is written with an exponent, so its digits are lost.',
        "{column} „{value}“ ist mit Exponent geschrieben, die Ziffern sind verloren.",
        "Format the column as a number before saving it as text.",
        "Formatieren Sie die Spalte als Zahl, bevor sie als Text gespeichert wird.",
    ),
    "number-imprecise": _say(
        "error",
        '{column} "{value}" has more digits than a spreadsheet cell can hold exactly.',
        "{column} „{value}“ hat mehr Stellen, als eine Tabellenzelle genau halten kann.",
        "Send the figure as text or as CSV.",
        "Schicken Sie die Zahl als Text oder als CSV.",
    ),
    "number-too-large": _say(
        "error",
        '{column} "{value}" is larger than any figure we keep.',
        "{column} „{value}“ ist größer als jede Zahl, die wir führen.",
        _ASK_EN,
        _ASK_DE,
    ),
    "date-unreadable": _say(
        "error",
        '{column} "{value}" is no date.',
        "{column} „{value}“ ist kein Datum.",
        _ASK_EN,
        _ASK_DE,
    ),
    "date-not-in-calendar": _say(
        "error",
        '{column} "{value}" is no day of the calendar.',
        "{column} „{value}“ ist kein Tag des Kalenders.",
        _ASK_EN,
        _ASK_DE,
    ),
    "date-ambiguous": _say(
        "error",
        '{column} "{value}" may be day and month or month and day.',
        "{column} „{value}“ kann Tag und Monat oder Monat und Tag sein.",
        "Say the order of dates in the mapping.",
        "Nennen Sie die Reihenfolge der Datumsangaben in der Zuordnung.",
    ),
    "currency-unknown": _say(
        "error",
        '{column} "{value}" is no currency code.',
        "{column} „{value}“ ist kein Währungscode.",
        "Use the three letters of ISO 4217, such as EUR.",
        "Verwenden Sie die drei Buchstaben nach ISO 4217, etwa EUR.",
    ),
    "currency-differs": _say(
        "error",
        "The amount is marked {value}, the line is in another currency.",
        "Der Betrag ist mit {value} bezeichnet, die Zeile steht in einer anderen Währung.",
        "Correct the mapping's currency, or ask the distributor which one holds.",
        "Berichtigen Sie die Währung der Zuordnung oder fragen Sie den Distributor, welche gilt.",
    ),
    "cell-too-long": _say(
        "error",
        "{column} is longer than {value} characters.",
        "{column} ist länger als {value} Zeichen.",
        _ASK_EN,
        _ASK_DE,
    ),
    "not-in-encoding": _say(
        "error",
        "{column} holds bytes that are no letters in the file's encoding, or control characters.",
        "{column} enthält Bytes, die in der Kodierung der Datei keine Zeichen sind, oder Steuerzeichen.",
        "Correct the encoding in the mapping, or ask for the file anew.",
        "Berichtigen Sie die Kodierung in der Zuordnung oder erbitten Sie die Datei neu.",
    ),
    "return-mark-unknown": _say(
        "error",
        '{column} "{value}" stands neither for a sale nor for a return.',
        "{column} „{value}“ steht weder für einen Verkauf noch für eine Rücknahme.",
        "Add the value to the mapping's returns or sales.",
        "Ergänzen Sie den Wert bei Rücknahmen oder Verkäufen der Zuordnung.",
    ),
}

# A line cannot be read: it is refused.
LINES = {
    "row-short": _say(
        "error",
        "The line has {found} cells instead of {expected}.",
        "Die Zeile hat {found} statt {expected} Zellen.",
        "A cell is missing or the file was cut off: ask for it anew, "
        "or say short_lines: fill in the mapping.",
        "Eine Zelle fehlt oder die Datei ist abgeschnitten: erbitten Sie sie neu, "
        "oder setzen Sie short_lines: fill in der Zuordnung.",
    ),
    "row-long": _say(
        "error",
        "The line has {found} cells instead of {expected}.",
        "Die Zeile hat {found} statt {expected} Zellen.",
        "A cell holds the delimiter without quotes: ask for the file anew.",
        "Eine Zelle enthält das Trennzeichen ohne Anführungszeichen: erbitten Sie die Datei neu.",
    ),
    "quote-open": _say(
        "error",
        "A quoted cell begins in this line and does not end within its record.",
        "In dieser Zeile beginnt eine Zelle in Anführungszeichen, die nicht endet.",
        _ASK_EN,
        _ASK_DE,
    ),
    "line-too-long": _say(
        "error",
        "A cell of this line is longer than {value} characters.",
        "Eine Zelle dieser Zeile ist länger als {value} Zeichen.",
        _ASK_EN,
        _ASK_DE,
    ),
    "row-without-figures": _say(
        "error",
        "The line has neither a quantity nor an amount.",
        "Die Zeile hat weder Menge noch Betrag.",
        "Ask the distributor what it stands for.",
        "Fragen Sie den Distributor, wofür sie steht.",
    ),
    "date-missing": _say(
        "error",
        "The line has no date.",
        "Die Zeile hat kein Datum.",
        _ASK_EN,
        _ASK_DE,
    ),
    "ean-lost-digits": _say(
        "error",
        'The EAN "{value}" has lost its digits, and nothing else names the product.',
        "Die EAN „{value}“ hat ihre Ziffern verloren, und nichts anderes nennt das Produkt.",
        "Format the column as text before saving it.",
        "Formatieren Sie die Spalte vor dem Speichern als Text.",
    ),
}

# Said once for the whole file.
FILES = {
    "file-empty": _say("error", "The file is empty.", "Die Datei ist leer.", _AGAIN_EN, _AGAIN_DE),
    "file-unreadable": _say(
        "error",
        "The file is damaged or cut off: {value}.",
        "Die Datei ist beschädigt oder abgeschnitten: {value}.",
        _AGAIN_EN,
        _AGAIN_DE,
    ),
    "file-format-differs": _say(
        "error",
        "The mapping says {expected}, the file is {found}.",
        "Die Zuordnung sagt {expected}, die Datei ist {found}.",
        "Use the mapping of this layout, or correct its format.",
        "Verwenden Sie die Zuordnung dieses Aufbaus oder berichtigen Sie deren Format.",
    ),
    "file-too-large": _say(
        "error",
        "The file comes to {found} MB unpacked, more than the {expected} MB allowed.",
        "Die Datei hat entpackt {found} MB, mehr als die erlaubten {expected} MB.",
        "Ask for it as CSV, or in parts.",
        "Erbitten Sie sie als CSV oder in Teilen.",
    ),
    "sheet-too-large": _say(
        "error",
        "The sheet stretches over {found} cells, more than the {expected} allowed.",
        "Das Blatt erstreckt sich über {found} Zellen, mehr als die erlaubten {expected}.",
        "Ask for it as CSV, or in parts.",
        "Erbitten Sie es als CSV oder in Teilen.",
    ),
    "line-without-end": _say(
        "error",
        "The file holds a line of more than {value} MB.",
        "Die Datei enthält eine Zeile von mehr als {value} MB.",
        _AGAIN_EN,
        _AGAIN_DE,
    ),
    "encoding-wrong": _say(
        "error",
        "The file is not {value} as the mapping says.",
        "Die Datei ist nicht {value}, wie die Zuordnung sagt.",
        "Say encoding: auto in the mapping.",
        "Setzen Sie encoding: auto in der Zuordnung.",
    ),
    "encoding-differs": _say(
        "warning",
        "The mapping says {expected}, the bytes are {found}; read as {found}.",
        "Die Zuordnung sagt {expected}, die Bytes sind {found}; gelesen als {found}.",
        "Correct the encoding in the mapping.",
        "Berichtigen Sie die Kodierung in der Zuordnung.",
    ),
    "sheet-missing": _say(
        "error",
        "No visible sheet is the one that the mapping names ({value}).",
        "Kein sichtbares Blatt ist das, welches die Zuordnung nennt ({value}).",
        "Correct the sheet in the mapping.",
        "Berichtigen Sie das Blatt in der Zuordnung.",
    ),
    "sheet-not-read": _say(
        "warning",
        "The sheet {value} has the same headings and was not read.",
        "Das Blatt {value} hat dieselben Spaltentitel und wurde nicht gelesen.",
        "Name the sheet in the mapping, and read the other one with a mapping of its own.",
        "Nennen Sie das Blatt in der Zuordnung und lesen Sie das andere mit einer eigenen.",
    ),
    "headings-missing": _say(
        "error",
        "No line of the file holds the headings of the mapping.",
        "Keine Zeile der Datei enthält die Spaltentitel der Zuordnung.",
        "Compare the headings, or propose a mapping with: staffel map FILE.",
        "Vergleichen Sie die Titel, oder lassen Sie eine Zuordnung vorschlagen: staffel map DATEI.",
    ),
    "heading-missing": _say(
        "error",
        'The column "{value}" is not in the file; nearest is "{nearest}".',
        "Die Spalte „{value}“ ist nicht in der Datei; am nächsten kommt „{nearest}“.",
        "Correct the heading in the mapping.",
        "Berichtigen Sie den Spaltentitel in der Zuordnung.",
    ),
    "heading-ambiguous": _say(
        "error",
        'The heading "{value}" stands over several columns.',
        "Der Titel „{value}“ steht über mehreren Spalten.",
        'Put the group before it ("Group / Name"), or name the column by its number ("#4").',
        "Stellen Sie die Gruppe davor („Gruppe / Name“) oder nennen Sie die Spalte mit Nummer („#4“).",
    ),
    "headings-only": _say(
        "note",
        "The file has headings and no lines: a report of no sales.",
        "Die Datei hat Spaltentitel und keine Zeilen: eine Meldung ohne Verkäufe.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "columns-dropped": _say(
        "note",
        "Columns that no source knows were dropped at the door: {count}.",
        "Spalten, die keine Quelle kennt, wurden an der Tür verworfen: {count}.",
        "Map a column to keep it.",
        "Ordnen Sie eine Spalte zu, um sie zu behalten.",
    ),
    "rows-refused": _say(
        "warning",
        "Lines that could not be read and were refused: {count}.",
        "Zeilen, die nicht lesbar waren und abgelehnt wurden: {count}.",
        "Each is kept with its reason.",
        "Jede ist mit ihrem Grund aufbewahrt.",
    ),
    "last-line-open": _say(
        "warning",
        "The last line has no line end, as if the file were cut off there.",
        "Die letzte Zeile hat kein Zeilenende, als wäre die Datei dort abgeschnitten.",
        "Compare its last cell with the distributor.",
        "Vergleichen Sie ihre letzte Zelle mit dem Distributor.",
    ),
    "control-total-differs": _say(
        "warning",
        "The totals line says {stated}, the lines read come to {read}.",
        "Die Summenzeile sagt {stated}, die gelesenen Zeilen ergeben {read}.",
        "Look at the refused lines, then ask the distributor.",
        "Sehen Sie die abgelehnten Zeilen an, dann fragen Sie den Distributor.",
    ),
    "control-total-agrees": _say(
        "note",
        "The totals line agrees with the lines read: {read}.",
        "Die Summenzeile stimmt mit den gelesenen Zeilen überein: {read}.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "date-from-period": _say(
        "note",
        "No column holds a date. Lines that bear the last day of the period: {count}.",
        "Keine Spalte enthält ein Datum. Zeilen mit dem letzten Tag des Zeitraums: {count}.",
        "Map a column of dates if there is one.",
        "Ordnen Sie eine Datumsspalte zu, falls es eine gibt.",
    ),
    "date-order-mixed": _say(
        "warning",
        "{column} holds day before month and month before day.",
        "{column} enthält Tag vor Monat und Monat vor Tag.",
        "Ask the distributor which one holds; lines that fit both are refused.",
        "Fragen Sie den Distributor, was gilt; Zeilen, die zu beidem passen, werden abgelehnt.",
    ),
    "amount-rounded": _say(
        "note",
        "Figures with more than four decimals, rounded half up: {count}.",
        "Zahlen mit mehr als vier Nachkommastellen, kaufmännisch gerundet: {count}.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "amount-differs": _say(
        "note",
        "Lines whose amount is not price times quantity; the amount was taken: {count}.",
        "Zeilen, deren Betrag nicht Preis mal Menge ist; genommen wurde der Betrag: {count}.",
        "Compare such a line if the difference is more than rounding.",
        "Vergleichen Sie eine solche Zeile, wenn der Unterschied mehr als Rundung ist.",
    ),
    "amount-computed": _say(
        "note",
        "Lines whose amount is unit price times quantity: {count}.",
        "Zeilen, deren Betrag Stückpreis mal Menge ist: {count}.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "amount-missing": _say(
        "note",
        "Lines with neither an amount nor a unit price: {count}.",
        "Zeilen ohne Betrag und ohne Stückpreis: {count}.",
        "The price list can say what they are worth.",
        "Die Preisliste kann sagen, was sie wert sind.",
    ),
    "quantity-missing": _say(
        "note",
        "Lines with an amount and no quantity, which was taken as 0: {count}.",
        "Zeilen mit Betrag und ohne Menge, die als 0 gilt: {count}.",
        "Nothing to do for credits; else ask the distributor.",
        "Bei Gutschriften nichts zu tun; sonst fragen Sie den Distributor.",
    ),
    "signs-differ": _say(
        "note",
        "Returns whose quantity and amount had different signs; both count below nought: {count}.",
        "Rücknahmen mit verschiedenen Vorzeichen bei Menge und Betrag; beide zählen negativ: {count}.",
        "Nothing to do.",
        "Nichts zu tun.",
    ),
    "ean-no-key": _say(
        "warning",
        "Lines whose EAN has lost its digits; another number names the product: {count}.",
        "Zeilen, deren EAN ihre Ziffern verloren hat; eine andere Nummer nennt das Produkt: {count}.",
        "Format the column as text before saving it.",
        "Formatieren Sie die Spalte vor dem Speichern als Text.",
    ),
    "product-missing": _say(
        "note",
        "Lines that name no product: {count}.",
        "Zeilen, die kein Produkt nennen: {count}.",
        "They wait until somebody says what was sold.",
        "Sie warten, bis jemand sagt, was verkauft wurde.",
    ),
    "partner-missing": _say(
        "note",
        "Lines that name no partner: {count}.",
        "Zeilen, die keinen Partner nennen: {count}.",
        "They wait until somebody says who bought.",
        "Sie warten, bis jemand sagt, wer gekauft hat.",
    ),
    "currency-missing": _say(
        "note",
        "Lines with an amount and no currency: {count}.",
        "Zeilen mit Betrag und ohne Währung: {count}.",
        "Say the currency at import or in the mapping.",
        "Nennen Sie die Währung beim Import oder in der Zuordnung.",
    ),
    "fact-missing": _say(
        "warning",
        "The {value} of the report is not where the mapping says.",
        "{value}: Die Angabe steht nicht dort, wo die Zuordnung sagt.",
        "Say it at import, or correct the mapping.",
        "Nennen Sie sie beim Import oder berichtigen Sie die Zuordnung.",
    ),
    "fact-varies": _say(
        "error",
        "The lines name several values for the {value} of the report.",
        "{value}: Die Zeilen nennen mehrere Werte für die Angabe der Meldung.",
        "Split the file, or map the column to nothing and say the fact at import.",
        "Teilen Sie die Datei, oder nennen Sie die Angabe beim Import.",
    ),
    "period-unreadable": _say(
        "warning",
        'The period "{value}" is none that we know.',
        "Der Zeitraum „{value}“ ist keiner, den wir kennen.",
        "Write it as 2026-07, 2026-Q3 or 2026-07-01 to 2026-07-31.",
        "Schreiben Sie 2026-07, 2026-Q3 oder 2026-07-01 bis 2026-07-31.",
    ),
}

MAPPINGS = {
    "mapping-unreadable": _say(
        "error",
        "The mapping is no readable YAML: {value}.",
        "Die Zuordnung ist kein lesbares YAML: {value}.",
        "Correct the line.",
        "Berichtigen Sie die Zeile.",
    ),
    "mapping-word-unknown": _say(
        "error",
        '"{value}" is no word of a mapping; nearest is "{nearest}".',
        "„{value}“ ist kein Wort einer Zuordnung; am nächsten kommt „{nearest}“.",
        "Correct the word.",
        "Berichtigen Sie das Wort.",
    ),
    "mapping-value-wrong": _say(
        "error",
        '"{value}" cannot stand for {word}: {expected}.',
        "„{value}“ kann nicht für {word} stehen: {expected}.",
        "Correct the value.",
        "Berichtigen Sie den Wert.",
    ),
    "mapping-no-quantity": _say(
        "error",
        "The mapping names no column for quantity or amount.",
        "Die Zuordnung nennt keine Spalte für Menge oder Betrag.",
        "Add columns: quantity, or amount.",
        "Ergänzen Sie columns: quantity oder amount.",
    ),
    "mapping-guessed": _say(
        "note",
        'The column "{value}" was taken as {column} by its values: price times quantity agrees.',
        "Die Spalte „{value}“ wurde nach ihren Werten als {column} erkannt: Preis mal Menge stimmt.",
        "Correct the line in the mapping if it is not.",
        "Berichtigen Sie die Zeile in der Zuordnung, falls nicht.",
    ),
    "mapping-undecided": _say(
        "warning",
        "{value} could not be decided from the file.",
        "{value} war aus der Datei nicht zu entscheiden.",
        "Say it in the mapping before importing.",
        "Nennen Sie es in der Zuordnung, bevor importiert wird.",
    ),
}

SENTENCES = CELLS | LINES | FILES | MAPPINGS

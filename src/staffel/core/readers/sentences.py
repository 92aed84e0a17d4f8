"""What is said of each code that a cell or a line can bring, whole sentences in both languages."""

from dataclasses import dataclass

from staffel.core.findings import Severity, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Reason and way out with {names} for what they quote."""

    severity: Severity
    reason: Text
    way_out: Text


def say(severity: Severity, en: str, de: str, way_en: str, way_de: str) -> Sentences:
    """Reason and way out, in English and in German."""
    return Sentences(severity=severity, reason=Text(en=en, de=de), way_out=Text(en=way_en, de=way_de))


ASK_EN, ASK_DE = "Ask the distributor for the line anew.", "Erbitten Sie die Zeile neu vom Distributor."
_SIGNS_EN = 'Write decimal: "," or decimal: "." into the mapping, whichever parts the fraction.'
_SIGNS_DE = (
    'Schreiben Sie decimal: "," oder decimal: "." in die Zuordnung, je nachdem, was den Bruch abtrennt.'
)

# One cell cannot be read: its line is refused.
CELLS = {
    "number-unreadable": say(
        "error",
        '{column} "{value}" is no number.',
        "{column} „{value}“ ist keine Zahl.",
        ASK_EN,
        ASK_DE,
    ),
    "number-signs": say(
        "error",
        '{column} "{value}" does not fit the decimal and thousands signs of the mapping.',
        "{column} „{value}“ passt nicht zu Dezimal- und Tausenderzeichen der Zuordnung.",
        "Correct decimal and thousands in the mapping, or have the cell corrected.",
        "Berichtigen Sie decimal und thousands in der Zuordnung, oder lassen Sie die Zelle berichtigen.",
    ),
    "number-ambiguous": say(
        "error",
        '{column} "{value}" may be a fraction or thousands.',
        "{column} „{value}“ kann ein Bruchteil oder Tausend sein.",
        _SIGNS_EN,
        _SIGNS_DE,
    ),
    "number-exponent": say(
        "error",
        '{column} "{value}" is written with an exponent, so its digits are lost.',
        "{column} „{value}“ ist mit Exponent geschrieben, die Ziffern sind verloren.",
        "Format the column as a number before saving it as text.",
        "Formatieren Sie die Spalte als Zahl, bevor sie als Text gespeichert wird.",
    ),
    "number-imprecise": say(
        "error",
        '{column} "{value}" has more digits than a spreadsheet cell can hold exactly.',
        "{column} „{value}“ hat mehr Stellen, als eine Tabellenzelle genau halten kann.",
        "Send the figure as text or as CSV.",
        "Schicken Sie die Zahl als Text oder als CSV.",
    ),
    "number-too-large": say(
        "error",
        '{column} "{value}" is larger than any figure we keep.',
        "{column} „{value}“ ist größer als jede Zahl, die wir führen.",
        ASK_EN,
        ASK_DE,
    ),
    "date-unreadable": say(
        "error",
        '{column} "{value}" is no date.',
        "{column} „{value}“ ist kein Datum.",
        ASK_EN,
        ASK_DE,
    ),
    "date-not-in-calendar": say(
        "error",
        '{column} "{value}" is no day of the calendar.',
        "{column} „{value}“ ist kein Tag des Kalenders.",
        ASK_EN,
        ASK_DE,
    ),
    "date-other-order": say(
        "error",
        '{column} "{value}" is no day in the order of the mapping; in another one it is.',
        "{column} „{value}“ ist kein Tag in der Reihenfolge der Zuordnung; in einer anderen schon.",
        "If all are so, write dates: dmy (day first) or dates: mdy (month first) into the mapping.",
        "Sind alle so, schreiben Sie dates: dmy (Tag zuerst) oder dates: mdy (Monat zuerst) hinein.",
    ),
    "date-ambiguous": say(
        "error",
        '{column} "{value}" may be day and month or month and day.',
        "{column} „{value}“ kann Tag und Monat oder Monat und Tag sein.",
        "Write dates: dmy (day first) or dates: mdy (month first) into the mapping.",
        "Schreiben Sie dates: dmy (Tag zuerst) oder dates: mdy (Monat zuerst) in die Zuordnung.",
    ),
    "currency-unknown": say(
        "error",
        '{column} "{value}" is no currency code.',
        "{column} „{value}“ ist kein Währungscode.",
        "Ask for the three letters of ISO 4217, or write currency: {{fixed: EUR}} into the mapping.",
        "Erbitten Sie die drei Buchstaben nach ISO 4217, oder schreiben Sie currency: {{fixed: EUR}} in die "
        "Zuordnung.",
    ),
    "currency-differs": say(
        "error",
        "The amount is marked {value}, the line is in another currency.",
        "Der Betrag ist mit {value} bezeichnet, die Zeile steht in einer anderen Währung.",
        "Correct currency in the mapping, or ask the distributor which one holds.",
        "Berichtigen Sie currency in der Zuordnung, oder fragen Sie den Distributor, welche gilt.",
    ),
    "cell-too-long": say(
        "error",
        "{column} is longer than {value} characters.",
        "{column} ist länger als {value} Zeichen.",
        ASK_EN,
        ASK_DE,
    ),
    "not-in-encoding": say(
        "error",
        "{column} holds bytes that are no letters in the file's encoding, or control characters.",
        "{column} enthält Bytes, die in der Kodierung der Datei keine Zeichen sind, oder Steuerzeichen.",
        "Correct encoding in the mapping (cp1252, utf-8, utf-16, latin-1 or auto), or ask for the file anew.",
        "Berichtigen Sie encoding in der Zuordnung (cp1252, utf-8, utf-16, latin-1 oder auto), oder erbitten "
        "Sie die Datei neu.",
    ),
    "formula-failed": say(
        "error",
        '{column} holds "{value}": a formula that failed, or a column too narrow when it was saved.',
        "{column} enthält „{value}“: eine gescheiterte Formel, oder die Spalte war beim Speichern zu schmal.",
        ASK_EN,
        ASK_DE,
    ),
    "formula-without-result": say(
        "error",
        "{column} is a formula whose result is not stored in the file.",
        "{column} ist eine Formel, deren Ergebnis nicht in der Datei steht.",
        "Open the file in a spreadsheet program, save it there, and import it again.",
        "Öffnen Sie die Datei in einer Tabellenkalkulation, speichern Sie sie und importieren Sie sie neu.",
    ),
    "return-mark-unknown": say(
        "error",
        '{column} "{value}" stands neither for a sale nor for a return.',
        "{column} „{value}“ steht weder für einen Verkauf noch für eine Rücknahme.",
        "Write it under returns in the mapping: to values if it is a return, to sales if not.",
        "Schreiben Sie ihn unter returns in die Zuordnung: zu values, wenn es eine Rücknahme ist, sonst zu "
        "sales.",
    ),
}

# A line cannot be read: it is refused.
LINES = {
    "row-short": say(
        "error",
        "The line is too short: it fills {found} of {expected} columns.",
        "Die Zeile ist zu kurz: Sie füllt {found} von {expected} Spalten.",
        "A cell is missing or the file was cut off: ask for it anew, "
        "or write short_lines: fill into the mapping.",
        "Eine Zelle fehlt oder die Datei ist abgeschnitten: erbitten Sie sie neu, "
        "oder schreiben Sie short_lines: fill in die Zuordnung.",
    ),
    "row-long": say(
        "error",
        "The line is too long for the headings: cells {found}, columns {expected}.",
        "Die Zeile ist zu lang für die Titel: Zellen {found}, Spalten {expected}.",
        "A cell holds the delimiter without quotes: ask for the file anew.",
        "Eine Zelle enthält das Trennzeichen ohne Anführungszeichen: Erbitten Sie die Datei neu.",
    ),
    "quote-open": say(
        "error",
        "A quoted cell begins in this line and does not end within its record.",
        "In dieser Zeile beginnt eine Zelle in Anführungszeichen, die nicht endet.",
        ASK_EN,
        ASK_DE,
    ),
    "line-too-long": say(
        "error",
        "A cell of this line is longer than {value} characters.",
        "Eine Zelle dieser Zeile ist länger als {value} Zeichen.",
        ASK_EN,
        ASK_DE,
    ),
    "row-without-figures": say(
        "error",
        "The line has neither a quantity nor an amount.",
        "Die Zeile hat weder Menge noch Betrag.",
        "Ask the distributor what it stands for.",
        "Fragen Sie den Distributor, wofür sie steht.",
    ),
    "date-missing": say(
        "error",
        "The line has no date.",
        "Die Zeile hat kein Datum.",
        ASK_EN,
        ASK_DE,
    ),
    "ean-lost-digits": say(
        "error",
        'The EAN "{value}" has lost its digits, and nothing else names the product.',
        "Die EAN „{value}“ hat ihre Ziffern verloren, und nichts anderes nennt das Produkt.",
        "Format the column as text before saving it.",
        "Formatieren Sie die Spalte vor dem Speichern als Text.",
    ),
}

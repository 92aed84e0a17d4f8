"""What is said of each code that a mapping file, or a proposed mapping, can bring, in both languages."""

from staffel.core.readers.sentences import say

_PROPOSE_EN = "Have one proposed: staffel map FILE > NAME.yaml; then name it after --mapping."
_PROPOSE_DE = (
    "Lassen Sie eine vorschlagen: staffel map DATEI > NAME.yaml; nennen Sie sie dann nach --mapping."
)

MAPPINGS = {
    "mapping-empty": say(
        "error", "The mapping file is empty.", "Die Zuordnungsdatei ist leer.", _PROPOSE_EN, _PROPOSE_DE
    ),
    "mapping-no-text": say(
        "error",
        "The file is no mapping: it is no text in UTF-8.",
        "Die Datei ist keine Zuordnung: Sie ist kein Text in UTF-8.",
        _PROPOSE_EN,
        _PROPOSE_DE,
    ),
    "mapping-no-words": say(
        "error",
        "The file is no mapping: it holds no words such as columns.",
        "Die Datei ist keine Zuordnung: Sie enthält keine Wörter wie columns.",
        _PROPOSE_EN,
        _PROPOSE_DE,
    ),
    "mapping-tab": say(
        "error",
        "The line begins with a tab, which YAML does not allow.",
        "Die Zeile beginnt mit einem Tabulator, den YAML nicht erlaubt.",
        "Indent with blanks.",
        "Rücken Sie mit Leerzeichen ein.",
    ),
    "mapping-anchor": say(
        "error",
        "An anchor (&), or a reference to one (*, <<), stands here.",
        "Hier steht ein Anker (&) oder ein Verweis auf einen (*, <<).",
        "Write out what is meant, or put a heading that begins so into quotes.",
        "Schreiben Sie aus, was gemeint ist, oder setzen Sie einen Titel, der so beginnt, in "
        "Anführungszeichen.",
    ),
    "mapping-tag": say(
        "error",
        "A tag (!) stands here.",
        "Hier steht eine Typangabe (!).",
        "Leave it out, or put a heading that begins so into quotes.",
        "Lassen Sie sie weg, oder setzen Sie einen Titel, der so beginnt, in Anführungszeichen.",
    ),
    "mapping-too-deep": say(
        "error",
        "More lists and keys stand inside each other here than a mapping has.",
        "Hier stehen mehr Listen und Schlüssel ineinander, als eine Zuordnung hat.",
        "Compare it with docs/mapping.md.",
        "Vergleichen Sie es mit docs/mapping.md.",
    ),
    "mapping-too-long": say(
        "error",
        "The file has {count} characters, more than {expected}: it is no mapping.",
        "Die Datei hat {count} Zeichen, mehr als {expected}: Sie ist keine Zuordnung.",
        _PROPOSE_EN,
        _PROPOSE_DE,
    ),
    "mapping-word-twice": say(
        "error",
        '"{value}" stands twice.',
        "„{value}“ steht zweimal da.",
        "Take one of them out.",
        "Nehmen Sie eines davon heraus.",
    ),
    "mapping-unreadable": say(
        "error",
        "The mapping is no readable YAML here: {value}.",
        "Die Zuordnung ist hier kein lesbares YAML: {value}.",
        "Close every bracket and quote, and put headings with : # , [ ] {{ }} into quotes.",
        "Schließen Sie jede Klammer und jedes Anführungszeichen, und setzen Sie Titel mit : # , [ ] {{ }} in "
        "Anführungszeichen.",
    ),
    "mapping-word-unknown": say(
        "error",
        '"{value}" is no word of a mapping; nearest is "{nearest}".',
        "„{value}“ ist kein Wort einer Zuordnung; am nächsten kommt „{nearest}“.",
        "Write {nearest}; docs/mapping.md lists all words.",
        "Schreiben Sie {nearest}; docs/mapping.md nennt alle Wörter.",
    ),
    "mapping-word-strange": say(
        "error",
        '"{value}" is no word of a mapping here.',
        "„{value}“ ist hier kein Wort einer Zuordnung.",
        "Write one of these, or take it out: {expected}.",
        "Schreiben Sie eines von diesen, oder nehmen Sie es heraus: {expected}.",
    ),
    "mapping-word-missing": say(
        "error",
        '"{value}" is missing.',
        "„{value}“ fehlt.",
        "Add it, such as {example}; docs/mapping.md lists all words.",
        "Ergänzen Sie es, etwa {example}; docs/mapping.md nennt alle Wörter.",
    ),
    "mapping-value-missing": say(
        "error",
        'Nothing stands behind "{word}".',
        "Hinter „{word}“ steht nichts.",
        "Write it such as {example}, or take the word out.",
        "Schreiben Sie es etwa als {example}, oder nehmen Sie das Wort heraus.",
    ),
    "mapping-value-wrong": say(
        "error",
        '"{value}" cannot stand for {word}: {expected}.',
        "„{value}“ kann nicht für {word} stehen: {expected}.",
        "Write it such as {example}, or take the word out.",
        "Schreiben Sie es etwa als {example}, oder nehmen Sie das Wort heraus.",
    ),
    "mapping-same-sign": say(
        "error",
        "The same sign cannot part decimals and thousands.",
        "Dasselbe Zeichen kann nicht Bruch und Tausender abtrennen.",
        'Write decimal: "," with thousands: "." or the other way round.',
        'Schreiben Sie decimal: "," mit thousands: "." oder umgekehrt.',
    ),
    "mapping-no-figures": say(
        "error",
        "The mapping names no column for quantity or amount.",
        "Die Zuordnung nennt keine Spalte für Menge oder Betrag.",
        "Write under columns, quantity: HEADING, or net: HEADING.",
        "Schreiben Sie unter columns, quantity: SPALTENTITEL, oder net: SPALTENTITEL.",
    ),
}

# What a proposed mapping leaves open.
PROPOSALS = {
    "mapping-guessed": say(
        "note",
        'The column "{value}" was taken as {column}; lines in which price times quantity is the amount: '
        "{count} of {expected}.",
        "Die Spalte „{value}“ wurde als {column} erkannt; Zeilen, in denen Preis mal Menge der Betrag ist: "
        "{count} von {expected}.",
        "Correct the line in the mapping if it is not.",
        "Berichtigen Sie die Zeile in der Zuordnung, falls nicht.",
    ),
    "mapping-guess-unproven": say(
        "warning",
        'The column "{value}" was taken as {column}, a guess: no price times quantity proves it.',
        "Die Spalte „{value}“ wurde als {column} angenommen, geraten: kein Preis mal Menge belegt es.",
        "Look at it: net is the amount of the whole line, unit_price the price of one piece, "
        "quantity the pieces.",
        "Sehen Sie nach: net ist der Betrag der ganzen Zeile, unit_price der Preis eines Stücks, "
        "quantity die Stückzahl.",
    ),
    "mapping-nothing-known": say(
        "error",
        "No heading of the file is known: {value}.",
        "Kein Spaltentitel der Datei ist bekannt: {value}.",
        "Write under columns what each is: quantity or net at least, and partner, product and day.",
        "Schreiben Sie unter columns, was jeder ist: mindestens quantity oder net, dazu Partner, Produkt "
        "und Tag.",
    ),
    "mapping-no-quantity": say(
        "error",
        "No column for quantity or amount; not read: {value}.",
        "Keine Spalte für Menge oder Betrag; nicht gelesen: {value}.",
        "Write under columns, quantity: HEADING, or net: HEADING.",
        "Schreiben Sie unter columns, quantity: SPALTENTITEL, oder net: SPALTENTITEL.",
    ),
    "mapping-no-amount": say(
        "warning",
        "No column for the amount was recognised; not read: {value}.",
        "Keine Spalte für den Betrag wurde erkannt; nicht gelesen: {value}.",
        "Write under columns, net: HEADING (amount of the line) or unit_price: HEADING (price of one piece); "
        "without one, lines have no amount.",
        "Schreiben Sie unter columns, net: SPALTENTITEL (Betrag der Zeile) oder unit_price: SPALTENTITEL "
        "(Preis eines Stücks); sonst haben die Zeilen keinen Betrag.",
    ),
    "mapping-no-product": say(
        "warning",
        "No column that names the product was recognised; not read: {value}.",
        "Keine Spalte, die das Produkt nennt, wurde erkannt; nicht gelesen: {value}.",
        "Write under columns, product_vendor_number: HEADING (or product_ean, product_distributor_number); "
        "without one, every line waits.",
        "Schreiben Sie unter columns, product_vendor_number: SPALTENTITEL (oder product_ean, "
        "product_distributor_number); sonst wartet jede Zeile.",
    ),
    "mapping-no-partner": say(
        "warning",
        "No column that names the partner was recognised; not read: {value}.",
        "Keine Spalte, die den Partner nennt, wurde erkannt; nicht gelesen: {value}.",
        "Write under columns, partner_number: HEADING (or partner_name); without one, every line waits.",
        "Schreiben Sie unter columns, partner_number: SPALTENTITEL (oder partner_name); sonst wartet jede "
        "Zeile.",
    ),
    "mapping-no-date": say(
        "warning",
        "No column of dates was recognised; not read: {value}.",
        "Keine Datumsspalte wurde erkannt; nicht gelesen: {value}.",
        "Write under columns, sold_on: HEADING (or invoiced_on, shipped_on); without it, lines bear the last "
        "day of the period.",
        "Schreiben Sie unter columns, sold_on: SPALTENTITEL (oder invoiced_on, shipped_on); sonst tragen die "
        "Zeilen den letzten Tag des Zeitraums.",
    ),
    "mapping-no-lines": say(
        "warning",
        "The file has headings and no lines, so its dates, figures and signs were not seen.",
        "Die Datei hat Spaltentitel und keine Zeilen; Daten, Zahlen und Zeichen waren nicht zu sehen.",
        "Propose the mapping from a file with lines.",
        "Lassen Sie die Zuordnung aus einer Datei mit Zeilen vorschlagen.",
    ),
    "mapping-dates-open": say(
        "warning",
        'Dates such as "{value}" may be day and month or month and day.',
        "Datumsangaben wie „{value}“ können Tag und Monat oder Monat und Tag sein.",
        "Write dates: dmy (day first) or dates: mdy (month first) into the mapping.",
        "Schreiben Sie dates: dmy (Tag zuerst) oder dates: mdy (Monat zuerst) in die Zuordnung.",
    ),
    "mapping-signs-open": say(
        "warning",
        'Figures such as "{value}" may be fractions or thousands.',
        "Zahlen wie „{value}“ können Brüche oder Tausender sein.",
        'Write decimal: "," or decimal: "." into the mapping, whichever parts the fraction.',
        'Schreiben Sie decimal: "," oder decimal: "." in die Zuordnung, je nachdem, was den Bruch abtrennt.',
    ),
    "mapping-currency-open": say(
        "warning",
        "Neither a column nor a heading names the currency of the amounts.",
        "Weder eine Spalte noch ein Titel nennt die Währung der Beträge.",
        "Write currency: {{fixed: EUR}} into the mapping, or say --currency EUR when importing.",
        "Schreiben Sie currency: {{fixed: EUR}} in die Zuordnung, oder sagen Sie beim Import --currency EUR.",
    ),
}

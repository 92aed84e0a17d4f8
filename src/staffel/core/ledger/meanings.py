"""What each table of facts is, and what to write into each of its columns: for whoever loads a file.

Which columns there are, their types and which of them a row cannot be without, `sources` says; here stands
what they mean, in both languages. A column that means the same in every table stands once, by its name.
"""

from dataclasses import dataclass

from staffel.core.findings import Text
from staffel.core.ledger.facts import LOADABLE, scope_columns
from staffel.core.sources import TABLES, Column, ColumnType

CARRIED = ("commit_no", "recorded_at")

TABLE_MEANINGS: dict[str, Text] = {
    "products": Text(
        en="What is sold, and to which family and line it belongs.",
        de="Was verkauft wird und zu welcher Familie und Linie es gehört.",
    ),
    "distributors": Text(en="Who reports, and from which month.", de="Wer meldet, und von welchem Monat an."),
    "partners": Text(en="Who buys, sells on and earns.", de="Wer kauft, weiterverkauft und verdient."),
    "end_customers": Text(
        en="Who uses what was sold; names are kept apart, as random keys.",
        de="Wer das Verkaufte nutzt; Namen werden getrennt aufbewahrt, hier stehen Zufallsschlüssel.",
    ),
    "prices": Text(en="Price lists, for one piece.", de="Preislisten, für ein Stück."),
    "enrolments": Text(
        en="Which partner takes part in which programme, and what it chose.",
        de="Welcher Partner an welchem Programm teilnimmt und was er gewählt hat.",
    ),
    "memberships": Text(
        en="Who belongs to which alliance or buying group, with which share.",
        de="Wer zu welcher Allianz oder Verbundgruppe gehört, mit welchem Anteil.",
    ),
    "consents": Text(
        en="What a partner accepted, from the day on which it did.",
        de="Was ein Partner angenommen hat, ab dem Tag, an dem er es tat.",
    ),
    "certifications": Text(
        en="What a partner's people hold, or the firm itself where no person is named.",
        de="Was die Leute eines Partners vorweisen, oder die Firma selbst, wo niemand genannt ist.",
    ),
    "deals": Text(en="Registered opportunities.", de="Registrierte Projekte."),
    "targets": Text(
        en="Figures agreed with one partner for one window.",
        de="Werte, die mit einem Partner für einen Zeitraum vereinbart sind.",
    ),
    "rates": Text(
        en="What a currency is worth in another.", de="Was eine Währung in einer anderen wert ist."
    ),
    "decisions": Text(
        en="The level that a review, a close or a person settled, in force from holds_from. Written by "
        "`staffel review --record`; loaded to take levels over.",
        de="Die Partnerstufe, die eine Prüfung, ein Abschluss oder jemand festgelegt hat, ab holds_from. "
        "`staffel review --record` schreibt sie; geladen werden übernommene Stufen.",
    ),
    "closes": Text(
        en="Which windows were settled, from which state; holds_from is the day of the close. Written by "
        "`staffel close`.",
        de="Welche Zeiträume abgerechnet sind und aus welchem Datenstand; holds_from ist der Tag des "
        "Abschlusses. `staffel close` schreibt sie.",
    ),
    "settled": Text(
        en="What was settled for a window, and what was carried on. Written by `staffel close`.",
        de="Was für einen Zeitraum abgerechnet und was vorgetragen wurde. `staffel close` schreibt es.",
    ),
    "openings": Text(
        en="Figures of measures from an older system, for windows in which no lines are.",
        de="Werte von Kennzahlen aus einem älteren System, für Zeiträume, in denen keine Zeilen sind.",
    ),
    "partner_references": Text(
        en="A distributor's number or name for a partner. Lines that wait for it are taken in, lines that it "
        "leads elsewhere are moved.",
        de="Nummer oder Name eines Distributors für einen Partner. Zeilen, die darauf warten, werden "
        "übernommen, Zeilen, die sie anderswohin führt, umgebucht.",
    ),
    "product_references": Text(
        en="A distributor's number for a product, an EAN or the vendor's number. Lines that wait for it are "
        "taken in, lines that it leads elsewhere are moved.",
        de="Nummer eines Distributors für ein Produkt, eine EAN oder die Nummer des Herstellers. Zeilen, die "
        "darauf warten, werden übernommen, Zeilen, die sie anderswohin führt, umgebucht.",
    ),
}

# By column, or by table and column where it means something else there.
COLUMN_MEANINGS: dict[str, Text] = {
    "holds_from": Text(
        en="the first day on which the row holds, until a later one with the same key does",
        de="der erste Tag, an dem die Zeile gilt, bis eine spätere mit demselben Schlüssel gilt",
    ),
    "holds_until": Text(
        en="the first day on which it no longer holds; empty: without end",
        de="der erste Tag, an dem sie nicht mehr gilt; leer: ohne Ende",
    ),
    "withdrawn": Text(
        en="true takes back the row with this key and this holds_from",
        de="true nimmt die Zeile mit diesem Schlüssel und diesem holds_from zurück",
    ),
    "product_id": Text(en="our id of the product", de="unsere Kennung des Produkts"),
    "vendor_id": Text(
        en="our id of the vendor, as `vendor` in its programmes",
        de="unsere Kennung des Herstellers, wie `vendor` in seinen Programmen",
    ),
    "partner_id": Text(en="our id of the partner", de="unsere Kennung des Partners"),
    "distributor_id": Text(en="our id of the distributor", de="unsere Kennung des Distributors"),
    "end_customer_id": Text(
        en="the end customer's name or key; a name is exchanged for a random key",
        de="Name oder Schlüssel des Endkunden; ein Name wird gegen einen Zufallsschlüssel getauscht",
    ),
    "programme": Text(
        en="the programme, as it calls itself under `programme`",
        de="das Programm, wie es sich unter `programme` nennt",
    ),
    "name": Text(en="the name, as people read it", de="der Name, wie man ihn liest"),
    "country": Text(en="code of the country: DE, AT, CH", de="Länderkürzel: DE, AT, CH"),
    "size": Text(
        en="a class of your own, for conditions of programmes",
        de="eine eigene Größenklasse, für Bedingungen in Programmen",
    ),
    "currency": Text(en="code of the currency: EUR, CHF", de="Währungskürzel: EUR, CHF"),
    "figure": Text(
        en="the figure, in the unit of what it is for",
        de="der Wert, in der Einheit dessen, wofür er steht",
    ),
    "window_start": Text(en="first day of the window", de="erster Tag des Zeitraums"),
    "window_until": Text(en="first day after the window", de="erster Tag nach dem Zeitraum"),
    "settle_start": Text(
        en="first day of the window that was settled", de="erster Tag des abgerechneten Zeitraums"
    ),
    "settle_until": Text(en="first day after it", de="erster Tag danach"),
    "products.number": Text(
        en="the vendor's own number; reports find the product by it",
        de="die Nummer des Herstellers; Meldungen finden das Produkt daran",
    ),
    "products.ean": Text(
        en="its EAN; reports find the product by it", de="seine EAN; Meldungen finden das Produkt daran"
    ),
    "products.licence": Text(en="how it is licensed: perpetual, term", de="Art der Lizenz: perpetual, term"),
    "products.billing": Text(
        en="how often it is billed: monthly, yearly", de="wie oft abgerechnet wird: monthly, yearly"
    ),
    "products.family": Text(
        en="family, for groups of products in programmes", de="Familie, für Produktgruppen in Programmen"
    ),
    "products.line": Text(
        en="line, for groups of products in programmes", de="Linie, für Produktgruppen in Programmen"
    ),
    "products.category": Text(
        en="category, for groups of products in programmes", de="Kategorie, für Produktgruppen in Programmen"
    ),
    "distributors.reports_from": Text(
        en="the first day of the first month that it reports; empty: nothing is expected",
        de="der erste Tag des ersten Monats, den er meldet; leer: Es wird nichts erwartet",
    ),
    "distributors.rhythm": Text(en="month or week", de="month oder week"),
    "partners.kind": Text(
        en="system_house, dealer, etailer or service_provider",
        de="system_house, dealer, etailer oder service_provider",
    ),
    "partners.segment": Text(
        en="a segment of your own, for conditions of programmes",
        de="ein eigenes Segment, für Bedingungen in Programmen",
    ),
    "partners.head_office": Text(
        en="partner_id of the firm that this one is a branch of",
        de="partner_id der Firma, deren Niederlassung diese ist",
    ),
    "partners.same_as": Text(
        en="partner_id that this one became part of, from holds_from",
        de="partner_id, in der diese aufgegangen ist, ab holds_from",
    ),
    "end_customers.kind": Text(en="firm, public or person", de="firm, public oder person"),
    "end_customers.seats": Text(en="how many workplaces it has", de="wie viele Arbeitsplätze er hat"),
    "end_customers.distributor_id": Text(
        en="the distributor that calls it by this name; empty: everybody does",
        de="der Distributor, der ihn so nennt; leer: alle nennen ihn so",
    ),
    "deals.distributor_id": Text(
        en="the distributor that calls the end customer by this name; empty: everybody does",
        de="der Distributor, der den Endkunden so nennt; leer: alle nennen ihn so",
    ),
    "deals.deal": Text(en="its number, as lines name it", de="die Nummer, wie Zeilen sie nennen"),
    "deals.verdict": Text(en="what was decided about it", de="was darüber entschieden wurde"),
    "prices.price": Text(en="list, dealer or cost", de="list, dealer oder cost"),
    "prices.amount": Text(en="for one piece, net of tax", de="für ein Stück, ohne Steuer"),
    "enrolments.choices": Text(
        en="what it chose: name=value, parted by semicolons",
        de="was er gewählt hat: name=wert, durch Semikolon getrennt",
    ),
    "memberships.kind": Text(
        en="alliance, buying_group, or agreement (`agreement: …`)",
        de="alliance, buying_group oder agreement (`agreement: …`)",
    ),
    "memberships.group_id": Text(en="our id of the group", de="unsere Kennung der Gruppe"),
    "memberships.share": Text(
        en="of what the group earns, as agreed", de="an dem, was die Gruppe verdient, wie vereinbart"
    ),
    "consents.consent": Text(
        en="terms or a consent, as the programme names it (`accepted: …`)",
        de="Bedingungen oder ein Einverständnis, wie das Programm es nennt (`accepted: …`)",
    ),
    "certifications.person_id": Text(
        en="the person's name or key; a name is exchanged for a random key; empty: the firm's own",
        de="Name oder Schlüssel der Person; ein Name wird gegen einen Schlüssel getauscht; leer: der Firma",
    ),
    "certifications.certification": Text(
        en="the certificate, as programmes name it", de="das Zertifikat, wie Programme es nennen"
    ),
    "targets.target": Text(
        en="the target, as the programme names it", de="das Ziel, wie das Programm es nennt"
    ),
    "rates.base": Text(en="1 of this currency is worth", de="1 dieser Währung ist so viel wert"),
    "rates.quote": Text(en="so much of this one", de="in dieser Währung"),
    "rates.basis": Text(
        en="day, month or programme: for which kind of conversion",
        de="day, month oder programme: für welche Art der Umrechnung",
    ),
    "rates.rate": Text(en="how much of quote 1 of base is", de="wie viel quote 1 base ist"),
    "decisions.ladder": Text(
        en="the ladder of levels, as the programme names it",
        de="die Stufenleiter, wie das Programm sie nennt",
    ),
    "decisions.level": Text(
        en="the level, as the programme names it", de="die Stufe, wie das Programm sie nennt"
    ),
    "decisions.cause": Text(en="review, close, grant or opening", de="review, close, grant oder opening"),
    "decisions.key_day": Text(
        en="the last day whose facts the review read", de="der letzte Tag, dessen Fakten die Prüfung las"
    ),
    "decisions.falls_to": Text(
        en="the level of a fall that is decided and waits for its grace",
        de="die Stufe eines Abstiegs, der beschlossen ist und seine Schonfrist abwartet",
    ),
    "decisions.falls_after": Text(en="the last day of that grace", de="der letzte Tag dieser Schonfrist"),
    "decisions.decided_by": Text(en="who decided", de="wer entschieden hat"),
    "closes.version": Text(en="the programme's version", de="die Fassung des Programms"),
    "closes.state_id": Text(
        en="the state it was computed from, s-000042", de="der Datenstand, aus dem gerechnet wurde, s-000042"
    ),
    "closes.semantics": Text(en="the number of the semantics", de="die Nummer der Semantik"),
    "settled.incentive": Text(
        en="the incentive, as the programme names it", de="der Bonus, wie das Programm ihn nennt"
    ),
    "settled.amount": Text(
        en="of this window, counted as settled from then on",
        de="dieses Zeitraums, gilt von da an als abgerechnet",
    ),
    "settled.carried": Text(
        en="of the incentive, carried out of this settled window",
        de="des Bonus, aus diesem abgerechneten Zeitraum vorgetragen",
    ),
    "settled.paid": Text(
        en="of the incentive, paid for this settled window",
        de="des Bonus, für diesen abgerechneten Zeitraum gezahlt",
    ),
    "openings.measure": Text(
        en="the measure, as the programme names it", de="die Kennzahl, wie das Programm sie nennt"
    ),
    "partner_references.number": Text(
        en="its number for the partner, or the name where it has no number",
        de="seine Nummer für den Partner, oder der Name, wo er keine hat",
    ),
    "product_references.distributor_id": Text(
        en="our id of the distributor; * for every one", de="unsere Kennung des Distributors; * für alle"
    ),
    "product_references.number": Text(
        en="its number for the product, an EAN or the vendor's number",
        de="seine Nummer für das Produkt, eine EAN oder die Nummer des Herstellers",
    ),
}

TYPES: dict[ColumnType, Text] = {
    ColumnType.TEXT: Text(en="text", de="Text"),
    ColumnType.DATE: Text(en="day: 2026-03-31", de="Tag: 2026-03-31"),
    ColumnType.MONEY: Text(en="amount: 1200.50", de="Betrag: 1200.50"),
    ColumnType.PIECES: Text(en="pieces: 12", de="Stück: 12"),
    ColumnType.RATE: Text(en="rate: 1.0837", de="Kurs: 1.0837"),
    ColumnType.SHARE: Text(en="share: 40 % or 0.4", de="Anteil: 40 % oder 0.4"),
    ColumnType.WHOLE: Text(en="whole number", de="ganze Zahl"),
    ColumnType.FLAG: Text(en="true or false", de="true oder false"),
    ColumnType.MOMENT: Text(en="moment", de="Zeitpunkt"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnNote:
    """A column of a file of facts. needed: no row can be without. key: rows with the same keys are of one
    thing.
    """

    name: str
    type: Text
    needed: bool
    key: bool
    meaning: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TableNote:
    """A table of facts, for whoever fills it."""

    name: str
    meaning: Text
    columns: tuple[ColumnNote, ...]


def table_note(name: str) -> TableNote:
    """What to write into a table of facts. Raises KeyError for one that cannot be loaded."""
    if name not in LOADABLE:
        raise KeyError(name)
    table = TABLES[name]
    columns = [column for column in table.all_columns if column.name not in CARRIED]
    columns += [Column(name=scope) for scope in scope_columns(table)]
    return TableNote(
        name=name,
        meaning=TABLE_MEANINGS[name],
        columns=tuple(
            ColumnNote(
                name=column.name,
                type=TYPES[column.type],
                needed=column.needed,
                key=column.name in table.key,
                meaning=COLUMN_MEANINGS.get(f"{name}.{column.name}") or COLUMN_MEANINGS[column.name],
            )
            for column in columns
        ),
    )

"""Values that a filter or a condition names: kinds of lines and partners, countries, levels, groups.

A value that is not known here stands in quotation marks, as the file has it.
"""

from staffel.core.findings import Text
from staffel.core.programme.words.voice import Voice


def value(voice: Voice, column: str, name: str) -> str:
    """One value of a column of a line, its product or its partner."""
    match column:
        case "product.group":
            return voice.group(name)
        case "partner.level":
            return voice.level(name)
        case "end_customer.country":
            return country(voice, name)
        case _:
            known = _VALUES.get(column, {}).get(name)
            return voice.say(known) if known else voice.quoted(name)


def country(voice: Voice, code: str) -> str:
    """Where: `in Deutschland`."""
    return value(voice, "partner.country", code)


def kind(voice: Voice, name: str) -> str:
    """What a partner is listed as: `Systemhaus`."""
    return value(voice, "partner.kind", name)


def named(voice: Voice, pair: str) -> str:
    """A value of something that has a name: `“hurdle: low”`."""
    return voice.quoted(pair.replace("=", ": ", 1))


_VALUES: dict[str, dict[str, Text]] = {
    "kind": {
        "sale": Text(en="sale", de="Verkauf"),
        "return": Text(en="return", de="Rückgabe"),
        "correction": Text(en="correction", de="Korrektur"),
    },
    "business": {
        "new": Text(en="new business", de="Neugeschäft"),
        "renewal": Text(en="renewal", de="Verlängerung"),
        "upgrade": Text(en="upgrade", de="Erweiterung"),
        "change": Text(en="change", de="Änderung"),
    },
    "end_customer.kind": {
        "firm": Text(en="firm", de="Firma"),
        "public": Text(en="public body", de="öffentliche Einrichtung"),
        "person": Text(en="private person", de="Privatperson"),
    },
    "partner.kind": {
        "system_house": Text(en="a system house", de="Systemhaus"),
        "dealer": Text(en="a dealer", de="Fachhändler"),
        "etailer": Text(en="an etailer", de="Etailer"),
        "service_provider": Text(en="a service provider", de="Dienstleister"),
    },
    "partner.country": {
        "AT": Text(en="in Austria", de="in Österreich"),
        "BE": Text(en="in Belgium", de="in Belgien"),
        "CH": Text(en="in Switzerland", de="in der Schweiz"),
        "CZ": Text(en="in Czechia", de="in Tschechien"),
        "DE": Text(en="in Germany", de="in Deutschland"),
        "DK": Text(en="in Denmark", de="in Dänemark"),
        "ES": Text(en="in Spain", de="in Spanien"),
        "FR": Text(en="in France", de="in Frankreich"),
        "GB": Text(en="in the United Kingdom", de="im Vereinigten Königreich"),
        "IT": Text(en="in Italy", de="in Italien"),
        "LI": Text(en="in Liechtenstein", de="in Liechtenstein"),
        "LU": Text(en="in Luxembourg", de="in Luxemburg"),
        "NL": Text(en="in the Netherlands", de="in den Niederlanden"),
        "NO": Text(en="in Norway", de="in Norwegen"),
        "PL": Text(en="in Poland", de="in Polen"),
        "SE": Text(en="in Sweden", de="in Schweden"),
    },
}

"""Invented names of firms, end customers and people, each once."""

from random import Random

from staffel.cli.demo.kinds import DEALER, ETAILER, SERVICE_PROVIDER, SYSTEM_HOUSE

# Nothing here names a firm that we know of; two words and a legal form make a name.
_FIRST = """Adlerhorst Ahrenfeld Altmoor Birkgrund Bramstedt Brunnental Dornbach Eibenholz Eschwege Falkenau
    Fichtner Finkenwerder Föhrenthal Gerlach Grünhagen Haselbeck Heidkamp Holmgard Immenhof Jaspers
    Kaltenbrunn Kernhain Kiebitz Krähwinkel Lahnstein Lerchenau Lindqvist Marbeck Merlin Moorweide Nebelhorn
    Nordlicht
    Ostheim Pappelgrund Quellmann Rabenau Reiherstieg Rosengarten Rotdorn Sandkrug Schilfrohr Seehausen
    Sperling Steinbock Stormarn Talmühle Tannwald Ulmenhof Vogelsang Wacholder Weidenbach Wiesengrund
    Winterfeld Zaunkönig Zeisig""".split()
_SECOND = {
    SYSTEM_HOUSE: ("Systemhaus", "IT-Systeme", "Netzwerke", "Datentechnik", "Informatik"),
    DEALER: ("Computer", "Bürotechnik", "Elektronik", "Fachhandel", "PC-Welt"),
    ETAILER: ("Versand", "Shop24"),
    SERVICE_PROVIDER: ("Dienste", "Cloudwerk"),
}
_FORMS = {"DE": ("GmbH", "GmbH & Co. KG", "e.K.", "OHG"), "AT": ("GmbH", "KG"), "CH": ("AG", "GmbH")}
_PLACES = """Altenrode Bergheimau Birkenfelde Dornhagen Eichwalde Falkenrode Grünau Hallstadtau Hirschfelde
    Kaltenau Kirchlinde Lindenrode Mühlau Neuhofen Oberlinde Rabenstein Rothau Sandau Seelinde Steinrode
    Tannau Unterlinde Waldrode Weiherau Wiesenrode""".split()
_CUSTOMERS = """Stadtwerke Gemeinde Klinikum Grundschule Gymnasium Spedition Brauerei Maschinenbau Werft
    Sparverein Kanzlei Arztpraxis Architektur Molkerei Druckerei Baustoffe Hotel Logistik Pflegedienst
    Sägewerk""".split()
_GIVEN = "Anke Birte Dirk Elif Frauke Gero Hanno Imke Jonas Kaya Lena Mehmet Nele Ole Petra Rasmus".split()
_FAMILY = "Ahlers Brandt Cordes Demir Ehlers Feddersen Gehrke Harms Iversen Jansen Kruse Lüders".split()


def firm_names(kind: str, rng: Random) -> list[str]:
    """All names of firms of one kind without their legal form, shuffled: `Moorweide Datentechnik`."""
    found = [f"{first} {second}" for first in _FIRST for second in _SECOND[kind]]
    rng.shuffle(found)
    return found


def legal_form(country: str, rng: Random) -> str:
    """`GmbH`, `AG` …"""
    return rng.choice(_FORMS[country])


def place_name(rng: Random) -> str:
    """Where a firm sits."""
    return rng.choice(_PLACES)


def customer_names(count: int, rng: Random) -> list[str]:
    """Names of end customers, some of them twice with a number."""
    found = [f"{kind} {place}" for kind in _CUSTOMERS for place in _PLACES]
    rng.shuffle(found)
    rounds = -(-count // len(found))
    return [f"{name} {turn + 1}" if turn else name for turn in range(rounds) for name in found][:count]


def person_name(rng: Random) -> str:
    """A person's name."""
    return f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"

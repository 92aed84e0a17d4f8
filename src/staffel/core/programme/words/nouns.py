"""The nouns that sentences are built with, and their German declension: units of time, keys, traits."""

from dataclasses import dataclass
from typing import Literal

from staffel.core.calendar import Unit
from staffel.core.findings import Language
from staffel.core.programme.words.figures import numeral

Kasus = Literal["nom", "gen", "dat", "acc"]
Gender = Literal["m", "f", "n"]

_THE: dict[Gender, dict[Kasus, str]] = {
    "m": {"nom": "der", "gen": "des", "dat": "dem", "acc": "den"},
    "f": {"nom": "die", "gen": "der", "dat": "der", "acc": "die"},
    "n": {"nom": "das", "gen": "des", "dat": "dem", "acc": "das"},
}
_ONE: dict[Gender, dict[Kasus, str]] = {
    "m": {"nom": "ein", "gen": "eines", "dat": "einem", "acc": "einen"},
    "f": {"nom": "eine", "gen": "einer", "dat": "einer", "acc": "eine"},
    "n": {"nom": "ein", "gen": "eines", "dat": "einem", "acc": "ein"},
}


_ENDINGS: dict[Gender, dict[Kasus, str]] = {
    "m": {"nom": "er", "gen": "es", "dat": "em", "acc": "en"},
    "f": {"nom": "e", "gen": "er", "dat": "er", "acc": "e"},
    "n": {"nom": "es", "gen": "es", "dat": "em", "acc": "es"},
}


def the(gender: Gender, language: Language, kasus: Kasus = "nom") -> str:
    """The article alone: `dem`; `the`."""
    return "the" if language == "en" else _THE[gender][kasus]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A noun in both languages. genitive: German, singular. weak: -n in all other cases of the singular."""

    en: str
    plural_en: str
    de: str
    plural_de: str
    gender: Gender
    genitive: str
    weak: bool = False

    def one(self, language: Language, kasus: Kasus = "nom") -> str:
        """The word alone: `Quartal`, `Quartals`; `quarter`."""
        if language == "en":
            return self.en
        if kasus == "gen":
            return self.genitive
        return self.genitive if self.weak and kasus != "nom" else self.de

    def many(self, language: Language, kasus: Kasus = "nom") -> str:
        """The plural: `Quartale`, `Quartalen`; `quarters`."""
        if language == "en":
            return self.plural_en
        return self.plural_de + "n" * (kasus == "dat" and self.plural_de[-1] not in "ns")

    def the(self, language: Language, kasus: Kasus = "nom") -> str:
        """`dem Quartal`; `the quarter`."""
        return f"{the(self.gender, language, kasus)} {self.one(language, kasus)}"

    def each(self, language: Language, kasus: Kasus = "nom") -> str:
        """`jeden Endkunden`; `each end customer`."""
        word = "each" if language == "en" else f"jed{_ENDINGS[self.gender][kasus]}"
        return f"{word} {self.one(language, kasus)}"

    def none(self, language: Language, kasus: Kasus = "nom") -> str:
        """`keinen Endkunden`; `no end customer`."""
        word = "no" if language == "en" else f"k{_ONE[self.gender][kasus]}"
        return f"{word} {self.one(language, kasus)}"

    def counted(self, count: int, language: Language, kasus: Kasus = "nom") -> str:
        """`einem Quartal`, `zwei Quartalen`; `one quarter`, `two quarters`."""
        if count != 1:
            return f"{numeral(count, language)} {self.many(language, kasus)}"
        return f"{'one' if language == 'en' else _ONE[self.gender][kasus]} {self.one(language, kasus)}"


DAY = Noun(en="day", plural_en="days", de="Tag", plural_de="Tage", gender="m", genitive="Tages")
_MONTH = Noun(en="month", plural_en="months", de="Monat", plural_de="Monate", gender="m", genitive="Monats")
_QUARTER = Noun(
    en="quarter", plural_en="quarters", de="Quartal", plural_de="Quartale", gender="n", genitive="Quartals"
)
_HALF = Noun(
    en="half-year",
    plural_en="half-years",
    de="Halbjahr",
    plural_de="Halbjahre",
    gender="n",
    genitive="Halbjahres",
)
_YEAR = Noun(en="year", plural_en="years", de="Jahr", plural_de="Jahre", gender="n", genitive="Jahres")
_PROGRAMME_YEAR = Noun(
    en="programme year",
    plural_en="programme years",
    de="Programmjahr",
    plural_de="Programmjahre",
    gender="n",
    genitive="Programmjahres",
)

# As a window of the programme's calendar, and as a length of time.
WINDOWS = {Unit.MONTH: _MONTH, Unit.QUARTER: _QUARTER, Unit.HALF: _HALF, Unit.YEAR: _PROGRAMME_YEAR}
LENGTHS = {Unit.MONTH: _MONTH, Unit.QUARTER: _QUARTER, Unit.HALF: _HALF, Unit.YEAR: _YEAR}

MEASURE = Noun(
    en="measure", plural_en="measures", de="Kennzahl", plural_de="Kennzahlen", gender="f", genitive="Kennzahl"
)
SCORE = Noun(
    en="score", plural_en="scores", de="Punktzahl", plural_de="Punktzahlen", gender="f", genitive="Punktzahl"
)
SHARE = Noun(en="share", plural_en="shares", de="Anteil", plural_de="Anteile", gender="m", genitive="Anteils")
RATIO = Noun(
    en="ratio",
    plural_en="ratios",
    de="Verhältnis",
    plural_de="Verhältnisse",
    gender="n",
    genitive="Verhältnisses",
)
GROWTH = Noun(
    en="growth", plural_en="growths", de="Wachstum", plural_de="Wachstümer", gender="n", genitive="Wachstums"
)
TARGET = Noun(en="target", plural_en="targets", de="Ziel", plural_de="Ziele", gender="n", genitive="Ziels")

LINE = Noun(en="line", plural_en="lines", de="Zeile", plural_de="Zeilen", gender="f", genitive="Zeile")
CERTIFICATE = Noun(
    en="certificate",
    plural_en="certificates",
    de="Zertifikat",
    plural_de="Zertifikate",
    gender="n",
    genitive="Zertifikats",
)

KEYS = {
    "end_customer": Noun(
        en="end customer",
        plural_en="end customers",
        de="Endkunde",
        plural_de="Endkunden",
        gender="m",
        genitive="Endkunden",
        weak=True,
    ),
    "person": Noun(
        en="person", plural_en="persons", de="Person", plural_de="Personen", gender="f", genitive="Person"
    ),
    "order": Noun(
        en="order",
        plural_en="orders",
        de="Bestellung",
        plural_de="Bestellungen",
        gender="f",
        genitive="Bestellung",
    ),
    "invoice": Noun(
        en="invoice",
        plural_en="invoices",
        de="Rechnung",
        plural_de="Rechnungen",
        gender="f",
        genitive="Rechnung",
    ),
    "line": LINE,
    "deal": Noun(
        en="registered deal",
        plural_en="registered deals",
        de="Projektregistrierung",
        plural_de="Projektregistrierungen",
        gender="f",
        genitive="Projektregistrierung",
    ),
    "distributor": Noun(
        en="distributor",
        plural_en="distributors",
        de="Distributor",
        plural_de="Distributoren",
        gender="m",
        genitive="Distributors",
    ),
    "partner": Noun(
        en="partner", plural_en="partners", de="Partner", plural_de="Partner", gender="m", genitive="Partners"
    ),
    "product": Noun(
        en="product",
        plural_en="products",
        de="Produkt",
        plural_de="Produkte",
        gender="n",
        genitive="Produkts",
    ),
    "seller": Noun(
        en="seller",
        plural_en="sellers",
        de="Verkäufer",
        plural_de="Verkäufer",
        gender="m",
        genitive="Verkäufers",
    ),
    "certification": CERTIFICATE,
}


def key_noun(key: str) -> Noun:
    """The noun of a key column: `end_customer_id` is an end customer; another column is told by its name."""
    known = KEYS.get(key.removesuffix("_id").removesuffix("_no"))
    if known is not None:
        return known
    return Noun(
        en=f"value of “{key}”",
        plural_en=f"values of “{key}”",
        de=f"Wert der Angabe „{key}“",
        plural_de=f"Werte der Angabe „{key}“",
        gender="m",
        genitive=f"Werts der Angabe „{key}“",
    )

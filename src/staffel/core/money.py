"""Exact figures: the named decimal types, the three places that round, and sharing without losing a coin.

`language.md`, rules 30 and 5.3. Figures are `Decimal` here and DECIMAL in SQL; a product is cast at once to a
named type, so that no engine ever chooses a scale for us. Rounding is half up, away from zero, in three
places only, each with its name: *row* (4 decimals), *quotient* (10 decimals) and *payout* (the coin).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from staffel.core.findings import Language

# Wide enough for the product of any two named types; Decimal's own default of 28 digits is not.
EXACT = Context(prec=76, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class DecimalType:
    """A named type. digits: in all; places: behind the point."""

    digits: int
    places: int

    @property
    def unit(self) -> Decimal:
        """The smallest figure of this type above zero."""
        return Decimal(1).scaleb(-self.places)

    @property
    def limit(self) -> Decimal:
        """The first figure that is too large."""
        return Decimal(1).scaleb(self.digits - self.places)

    def __str__(self) -> str:
        return f"DECIMAL({self.digits}, {self.places})"


MONEY = DecimalType(22, 4)
PIECES = DecimalType(16, 4)
RATE = DecimalType(9, 6)  # rates and factors as declared
COMPUTED = DecimalType(14, 10)  # rates and factors as computed
PER_UNIT = DecimalType(20, 10)  # pay per unit, as computed
AMOUNT = DecimalType(28, 10)  # what is paid, before it is rounded to coins

CENT = Decimal("0.01")


class FigureTooLarge(ValueError):
    """A figure does not fit its named type; it is refused at the door, never cut."""

    def __init__(self, figure: Decimal, type_: DecimalType) -> None:
        super().__init__(f"{figure} does not fit {type_}")
        self.figure = figure
        self.type = type_


def as_type(figure: Decimal, type_: DecimalType) -> Decimal:
    """`figure` in a named type, rounded half up to its places. Raises FigureTooLarge."""
    rounded = _half_up(figure, type_.unit)
    if abs(rounded) >= type_.limit:
        raise FigureTooLarge(figure, type_)
    return rounded


def times(left: Decimal, right: Decimal) -> Decimal:
    """The exact product."""
    return EXACT.multiply(left, right)


def quotient(part: Decimal, whole: Decimal) -> Decimal:
    """part ÷ whole, half up, 10 decimals: rule 30's one function for quotients.

    >>> quotient(Decimal(2), Decimal(3))
    Decimal('0.6666666667')
    """
    return divide(part, whole, COMPUTED.places)


def divide(part: Decimal, whole: Decimal, places: int) -> Decimal:
    """part ÷ whole, half up to `places`: in whole numbers, so that nothing is rounded twice."""
    (above, below), (left, right) = abs(part).as_integer_ratio(), abs(whole).as_integer_ratio()
    dividend, divisor = above * right * 10**places, below * left
    rounded = (2 * dividend + divisor) // (2 * divisor)
    sign = -1 if (part < 0) != (whole < 0) else 1
    return Decimal(sign * rounded).scaleb(-places, context=EXACT)


def to_coins(amount: Decimal, coin: Decimal = CENT) -> Decimal:
    """`amount` half up to whole coins: the payout rounding of rule 30.

    >>> to_coins(Decimal("199.995"))
    Decimal('200.00')
    """
    return _half_up(amount, coin)


def _half_up(figure: Decimal, unit: Decimal) -> Decimal:
    """In whole units; what comes to nothing has no sign."""
    return EXACT.plus(figure.quantize(unit, context=EXACT))


def largest_remainder(total: Decimal, weights: Sequence[Decimal], coin: Decimal = CENT) -> list[Decimal]:
    """`total` (whole coins) shared by `weights`, in their order; the parts add up to it (rule 30).

    Cut towards zero to whole coins, the rest coin by coin to the largest lost fraction, ties in the order
    given. A negative total mirrors, so that taking back undoes paying. Weights of zero in sum: all to the
    first.

    >>> largest_remainder(Decimal("10.00"), [Decimal(1)] * 3)
    [Decimal('3.34'), Decimal('3.33'), Decimal('3.33')]
    """
    whole = sum(weights, Decimal(0))
    if not whole:
        return [total, *[Decimal(0).quantize(coin)] * (len(weights) - 1)]
    exact = [EXACT.divide(EXACT.multiply(abs(total), weight), whole) for weight in weights]
    cut = [share.quantize(coin, rounding=ROUND_DOWN, context=EXACT) for share in exact]
    missing = int((abs(total) - sum(cut, Decimal(0))) / coin)
    order = sorted(range(len(weights)), key=lambda at: (cut[at] - exact[at], at))
    for at in order[:missing]:
        cut[at] += coin
    return [share if total >= 0 else -share for share in cut]


_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_COINS = dict.fromkeys(_NO_DECIMALS.split(), 0) | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
_COINS |= {"CLF": 4, "UYW": 4}


def coin_of(currency: str) -> int:
    """How many decimals the smallest coin of a currency has.

    ISO 4217, list one: 2 unless it says otherwise.
    """
    return _COINS.get(currency, 2)


# ------------------------------------------------------------------------------ as a person reads it

_GERMAN = str.maketrans(",.", ".,")


def written(figure: Decimal, language: Language, least_places: int = 0) -> str:
    """A figure with its thousands parted, every digit that matters, no idle noughts beyond `least_places`.

    >>> written(Decimal("1334.4000"), "de", 2), written(Decimal("-0.50"), "en")
    ('1.334,40', '-0.5')
    """
    whole, _, fraction = f"{EXACT.plus(figure.normalize(EXACT)):f}".partition(".")
    fraction = fraction.ljust(least_places, "0")
    sign = "-" if whole.startswith("-") else ""
    english = f"{sign}{int(whole.lstrip('-')):,}" + (f".{fraction}" if fraction else "")
    return english.translate(_GERMAN) if language == "de" else english

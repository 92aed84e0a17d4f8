"""The word of a mapping that is meant by one that is none: by what it means, else spelled nearly so."""

import difflib
from collections.abc import Collection

from staffel.core.readers.headings import Role, recognise
from staffel.core.readers.mapping import Column

_MEANT = {
    Role.PRICE_OR_NET: Column.UNIT_PRICE,
    Role.QUANTITY_OR_PRICE: Column.QUANTITY,
    Role.CURRENCY: "currency",
    Role.KIND_OF_DOCUMENT: "returns",
    Role.DISTRIBUTOR: "distributor",
}


def nearest_word(word: str, known: Collection[str]) -> str | None:
    """The one of the known words that is meant; None: none is near.

    >>> nearest_word("customer_no", ["partner_number", "sold_on"])
    'partner_number'
    """
    meant = recognise((word,))
    if meant is not None:
        column = str(
            _MEANT.get(Role(meant.meaning), "") if isinstance(meant.meaning, Role) else meant.meaning
        )
        if column in known:
            return column
    spelled = difflib.get_close_matches(word, known, n=1)
    return spelled[0] if spelled else None

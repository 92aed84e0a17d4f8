"""A line that a later report corrected or took back is one line, as it stands; what it was is its history.

The ledger keeps a row for each revision of a line and one that takes it back, and law 3 knows them all. Of a
tree each line is told once: by the row that stands, wherever that is told; where none stands, as taken back,
at nothing. Nothing moves in a sum: a row and the one that takes it back come to zero.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from staffel.core.engine.evidence.lines import Counted

WITHDRAWN = "withdrawn"
LeftOut = tuple[str, Counted]
Line = tuple[str, str]  # its source and its id


def one_a_line(counted: Sequence[Counted], left_out: Sequence[LeftOut]) -> list[LeftOut]:
    """What did not count, in the same order, without the history of lines that are told otherwise."""
    standing = {_line(one) for one in counted}
    standing |= {_line(one) for reason, one in left_out if reason != WITHDRAWN}
    newest: dict[Line, Counted] = {}
    for reason, one in left_out:
        if reason == WITHDRAWN and not one.row.is_reversal:
            newest[_line(one)] = max(newest.get(_line(one), one), one, key=lambda each: each.row.revision)
    return [
        (reason, replace(one, amount=Decimal(0), taken_back=one.amount) if reason == WITHDRAWN else one)
        for reason, one in left_out
        if reason != WITHDRAWN or (newest.get(_line(one)) is one and _line(one) not in standing)
    ]


def _line(one: Counted) -> Line:
    return one.row.source, one.row.line_id

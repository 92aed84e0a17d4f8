"""Doubts: a finding that may only follow from what could not be read is no finding of its own.

What stands there is told of whatever else is unread. But that something is missing, comes out differently or
is never used can be known only where all of it was read: the table says what a finding rests on.
"""

import re
from collections.abc import Iterator

from staffel.core.findings import Finding
from staffel.core.programme.unread import Unread

_SCALE = (".scale", ".all_or_nothing", ".rate", ".per_unit", ".lump", ".table")
_ALL_OF_IT = (".",)
# By code: below which ways nothing may be unread. ".x": x of the incentive, level or measure it stands in.
_RESTS_ON: dict[str, tuple[str, ...]] = {
    "always-true": _ALL_OF_IT,
    "base-not-parted": (".base",),
    "baseline-of-two-windows": (".driver",),
    "cap-of-nothing": _SCALE,
    "cases-never": _ALL_OF_IT,
    "cases-open": _ALL_OF_IT,
    "deadline-of-money": (".payout",),
    "deadlines-crossed": ("close", ".payout", ".settle", ".per", "valid", "calendar"),
    "driver-can-fall": ("measures", ".driver", ".base", *_SCALE),
    "earner-crossed": (".earner",),
    "factor-of-nothing": _SCALE,
    "fall-at-once": _ALL_OF_IT,
    "gate-implies-scale": _ALL_OF_IT,
    "grace-longer-than-review": _ALL_OF_IT,
    "group-share-unsaid": (".earner",),
    "key-twice": (".cap",),
    "level-unreachable": _ALL_OF_IT,
    "levels-not-rising": _ALL_OF_IT,
    "lowest-level-asks": ("levels", "ladders"),
    "measure-unused": ("",),
    "more-pays-less": _ALL_OF_IT,
    "never-true": _ALL_OF_IT,
    "newcomer-unsaid": (".newcomers",),
    "period-does-not-divide": (".per", "valid", "calendar"),
    "published-too-late": (".enforced", ".published"),
    "return-on-other-step": _SCALE,
    "review-never": _ALL_OF_IT,
    "rounding-eats": (".cap",),
    "rounding-not-in-coins": ("currency",),
    "sequence-bases-differ": _ALL_OF_IT,
    "share-without-base": (".base", ".earner"),
    "shares-not-100": (".payout",),
    "span-outside-validity": ("valid",),
    "stack-order-unsaid": (".", "stacking", "products", "measures"),
    "steps-up-at-once": _ALL_OF_IT,
    "units-differ": (".driver",),
}
# The same for a key that is missing; of the others, in all that it would stand in.
_STANDS_FOR: dict[str, tuple[str, ...]] = {
    "base": (".base",),
    "driver": (".driver", ".base", *_SCALE),
    "levels": ("levels",),
    "scale": _SCALE,
}
_SECTIONS = {"measures", "products", "incentives", "levels", "ladders"}
_SINGLE = {
    *("programme", "vendor", "title", "version", "valid", "currency", "numbers", "calendar", "close"),
    *("rates", "review", "stacking", "accept"),
}
_ITEM = re.compile(r"(?:incentives|levels|ladders)\[\d+\]|(?:measures|products)\.[^.\[]+|[^.\[]*")
_NAME = re.compile(r"(?:ladders\[\d+\]\.)?levels\[\d+\]\.level|incentives\[\d+\]\.incentive")


def doubtful(finding: Finding, unread: Unread) -> bool:
    """Whether it may follow from what could not be read."""
    if any(place.path in unread.ways for place in finding.places):
        return True
    if finding.code in {"name-unknown", "level-unknown"}:
        return any(_is_naming(way) for way in unread.ways)
    return any(unread.touches(way) for way in _rests_on(finding))


def _rests_on(finding: Finding) -> Iterator[str]:
    ways = _RESTS_ON.get(finding.code, ())
    for place in finding.places:
        item = _item_of(place.path)
        if finding.code == "key-missing":
            above, _, key = place.path.rpartition(".")
            ways = _STANDS_FOR.get(key, ())
            if not ways:
                yield above
        for way in ways:
            yield f"{item}{way}".removesuffix(".") if way.startswith(".") else way


def _item_of(way: str) -> str:
    found = _ITEM.match(way)
    return found[0] if found else ""


def _is_naming(way: str) -> bool:
    """A name, a whole section of names, or a key at the top that may be meant for one."""
    at_top = not set(way) & {".", "["}
    return way in _SECTIONS or (at_top and way not in _SINGLE) or bool(_NAME.fullmatch(way))

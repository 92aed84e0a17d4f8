"""Under which numbers and names a line was reported: what a corrected reference finds it by.

A line that counts bears ids of ours. What the distributor called partner and product is kept beside them in
the core's database, once each, so that a line can be looked up again. A name can be erased there: what stands
before it still leads to somebody, the name no longer does, and lines that stood under it stay where they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select

from staffel.core.ledger.database import NAMINGS
from staffel.core.ledger.lines import PARTED_BY, Lines, ReportHeader
from staffel.core.ledger.persons import ERASED, chunks
from staffel.core.ledger.references import Found, References
from staffel.core.ledger.store import Store

Kind = Literal["partner", "product"]
# The columns of a reported line that name a partner or a product, in the order in which they are looked up.
NAMED_BY: dict[Kind, tuple[str, ...]] = {
    "partner": ("partner_number", "partner_name"),
    "product": ("product_distributor_number", "product_vendor_number", "product_ean"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a distributor called a partner or a product of a vendor. said: by column, those that it filled.

    erased: one of them is covered; said has those that are asked before it, since a later one may mean
    another.
    """

    naming_no: int
    kind: Kind
    distributor_id: str
    vendor_id: str
    said: dict[str, str]
    erased: bool = False

    def is_told(self, day: date, *references: References) -> bool:
        """Whether it can be known what a line stood under on a day: nothing erased, or not asked for."""
        return not self.erased or any(self.answer(each, day).id is not None for each in references)

    def answer(self, references: References, day: date) -> Found:
        """Whom or what it stands for on a day."""
        said = [self.said.get(name) for name in NAMED_BY[self.kind]]
        if self.kind == "partner":
            return references.partner(said[0], said[1], day)
        return references.product(said, day)

    def days(self, references: References) -> set[date]:
        """The days from which its answer may be another one."""
        spells = references.partner_spells if self.kind == "partner" else references.product_spells
        return {day for each in self.said.values() if each in spells for day in spells[each].days}


@dataclass(frozen=True, slots=True, kw_only=True)
class Namings:
    """Numbers what lines are reported under while a commit is made; `write` keeps the new ones with it."""

    store: Store
    _known: dict[tuple[str, ...], int] = field(default_factory=dict)
    _new: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, store: Store) -> "Namings":
        """Those of this store."""
        return cls(store=store)

    def numbers_of(self, kind: Kind, header: ReportHeader, lines: Lines) -> list[int]:
        """The naming of each line."""
        texts = [lines.column(name) for name in NAMED_BY[kind]]
        contents = [PARTED_BY.join([text or "" for text in said]) for said in zip(*texts, strict=True)]
        scope = (kind, header.distributor_id, header.vendor_id)
        self._look_up(scope, sorted(set(contents)))
        return [self._known[*scope, content] for content in contents]

    def write(self, connection: Connection) -> None:
        """Keep the new ones."""
        if self._new:
            connection.execute(insert(NAMINGS), self._new)

    def _look_up(self, scope: tuple[str, str, str], contents: Sequence[str]) -> None:
        wanted = [each for each in contents if (*scope, each) not in self._known]
        kind, distributor, vendor = scope
        with self.store.engine.connect() as connection:
            for chunk in chunks(wanted):
                asked = select(NAMINGS.c.content, NAMINGS.c.naming_no).where(
                    NAMINGS.c.distributor_id == distributor,
                    NAMINGS.c.vendor_id == vendor,
                    NAMINGS.c.kind == kind,
                    NAMINGS.c.content.in_(chunk),
                )
                self._known.update(
                    {(*scope, row.content): row.naming_no for row in connection.execute(asked)}
                )
            last = connection.scalar(select(func.max(NAMINGS.c.naming_no))) or 0
        names = ("kind", "distributor_id", "vendor_id", "content")
        for content in wanted:
            if (*scope, content) not in self._known:
                number = last + len(self._new) + 1
                self._known[*scope, content] = number
                self._new.append({"naming_no": number, **dict(zip(names, (*scope, content), strict=True))})


def namings_with(store: Store, kind: Kind, texts: Iterable[str], distributor_id: str | None) -> list[Naming]:
    """The namings in which one of these numbers or names stands. distributor_id: None for every one's."""
    sought = set(texts)
    asked = select(NAMINGS).where(NAMINGS.c.kind == kind).order_by(NAMINGS.c.naming_no)
    if distributor_id is not None:
        asked = asked.where(NAMINGS.c.distributor_id == distributor_id)
    with store.engine.connect() as connection:
        rows = connection.execute(asked)
        return [_naming(row) for row in rows if not sought.isdisjoint(row.content.split(PARTED_BY))]


def namings_of(store: Store, numbers: Iterable[int]) -> dict[int, Naming]:
    """These namings, by number."""
    found: dict[int, Naming] = {}
    with store.engine.connect() as connection:
        for chunk in chunks(sorted(set(numbers))):
            rows = connection.execute(select(NAMINGS).where(NAMINGS.c.naming_no.in_(chunk)))
            found |= {row.naming_no: _naming(row) for row in rows}
    return found


def _naming(row: Any) -> Naming:
    kind: Kind = row.kind
    said = row.content.split(PARTED_BY)
    names = NAMED_BY[kind] if len(said) == len(NAMED_BY[kind]) else ()
    left = said[: said.index(ERASED)] if ERASED in said else said
    return Naming(
        naming_no=row.naming_no,
        kind=kind,
        distributor_id=row.distributor_id,
        vendor_id=row.vendor_id,
        said={name: text for name, text in zip(names, left, strict=False) if text},
        erased=len(left) < len(said),
    )

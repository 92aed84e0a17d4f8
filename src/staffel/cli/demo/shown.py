"""What the demo shows of the market: its reports, its programmes, one partner, one line, what waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from staffel.cli.demo.market import HERO
from staffel.cli.demo.run import LAST_DAY, Played, quarter
from staffel.cli.explanations import Asked, Explained, explained, receipts_of
from staffel.cli.lines import LineNames, SoldLine, line_named, names_of_line
from staffel.cli.pages.closing import Sum, sums_of
from staffel.cli.partners import NamedPartner, partner_named
from staffel.cli.settlements import settled
from staffel.cli.standings import PartnerStanding, all_standings, partner_standing
from staffel.core.engine.evidence import Viewer
from staffel.core.engine.receipts import Receipt
from staffel.core.engine.settling import window_name
from staffel.core.ledger import Store, WaitingSum, current_state, names_of, waiting_sums
from staffel.core.programme.model import Programme

EXPLAINED = "solution-bonus"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSum:
    """All reports of a distributor on a vendor."""

    distributor: str
    vendor: str
    reports: int
    taken: int
    waiting: int
    refused: int
    net: dict[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSum:
    """What a programme has come to by the day asked. earned: not settled yet."""

    programme: Programme
    partners: int
    earned: Decimal
    expected: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that is shown."""

    reports: tuple[ReportSum, ...]
    closed: str
    sums: tuple[Sum, ...]
    programmes: tuple[ProgrammeSum, ...]
    partner: NamedPartner
    standing: PartnerStanding
    explained: Explained
    names: dict[str, str]
    line: SoldLine
    line_names: LineNames
    receipts: tuple[Receipt, ...]
    waiting: tuple[WaitingSum, ...]

    def data(self) -> dict[str, object]:
        """For machines."""
        return {
            "reports": self.reports,
            "closed": self.closed,
            "incentives": self.sums,
            "programmes": [
                {
                    "programme": each.programme.name,
                    "partners": each.partners,
                    "earned": each.earned,
                    "expected": each.expected,
                }
                for each in self.programmes
            ],
            "partner": self.partner,
            "level": self.standing.place.level,
            "accruals": self.standing.accruals,
            "evidence": self.explained,
            "line": self.line,
            "receipts": self.receipts,
            "waiting": self.waiting,
        }


def shown(played: Played) -> Shown:
    """Ask the store for it."""
    store = Store.open(played.store)
    try:
        return _asked(store, played)
    finally:
        store.close()


def _asked(store: Store, played: Played) -> Shown:
    aurora, last = played.programmes[0], played.closings[-1]
    of = settled(store, aurora, quarter())
    state = of.state
    asked = Asked(programme=aurora, facts=state, day=LAST_DAY, partner=HERO, window=quarter(), only=EXPLAINED)
    (tree,) = explained(asked, Viewer(kind="operator"))
    found = receipts_of(aurora, state, day=LAST_DAY, partner=HERO, line_id=None, window=quarter())
    line_id = _left_out(found)
    line = line_named(state, line_id, aurora.vendor)
    assert line is not None
    return Shown(
        reports=tuple(_report_sums(played)),
        closed=window_name(aurora, last.window),
        sums=sums_of(last),
        programmes=tuple(_programme_sum(store, each) for each in played.programmes[1:]),
        partner=partner_named(state, HERO, LAST_DAY),
        standing=partner_standing(aurora, state, day=LAST_DAY, partner=HERO),
        explained=tree,
        names=names_of(store, tree.keys),
        line=line,
        line_names=names_of_line(state, line, LAST_DAY),
        receipts=tuple(one for one in found if one.line_id == line_id and one.incentive),
        waiting=waiting_sums(store),
    )


def _left_out(found: list[Receipt]) -> str:
    """The largest line of the quarter that is in no base of the explained bonus."""
    left = [
        one
        for one in found
        if one.incentive == EXPLAINED and one.role.value == "base" and one.verdict == "not-counted"
    ]
    return max(left, key=lambda one: (one.figure, one.line_id)).line_id


def _report_sums(played: Played) -> Iterator[ReportSum]:
    groups: dict[tuple[str, str], list[int]] = {}
    for at, one in enumerate(played.imported):
        distributor, vendor, *_ = one.outcome.report_id.split("/")
        groups.setdefault((distributor, vendor), []).append(at)
    for (distributor, vendor), numbers in sorted(groups.items()):
        mine = [played.imported[at] for at in numbers]
        net: dict[str, Decimal] = {}
        for one in mine:
            for code, amount in one.sums.items():
                net[code] = net.get(code, Decimal(0)) + amount
        yield ReportSum(
            distributor=distributor,
            vendor=vendor,
            reports=len(mine),
            taken=sum(one.outcome.taken for one in mine),
            waiting=sum(one.outcome.waiting for one in mine),
            refused=sum(one.outcome.refused for one in mine),
            net=net,
        )


def _programme_sum(store: Store, programme: Programme) -> ProgrammeSum:
    rows = all_standings(programme, current_state(store), day=LAST_DAY)
    return ProgrammeSum(
        programme=programme,
        partners=len(rows),
        earned=sum((row.earned for row in rows), Decimal(0)),
        expected=sum((row.expected for row in rows), Decimal(0)),
    )

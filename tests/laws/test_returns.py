"""Law 6."""

from decimal import Decimal
from random import Random
from typing import Any

from staffel.core.calendar import Span
from staffel.core.programme.model import EVERY_ROW, Incentive, SumOf, Take, Use, Who
from tests.laws import engine, oracle
from tests.laws.cases import Batch, Case
from tests.laws.facts import Ledger, Row
from tests.laws.markets import CUSTOMERS
from tests.laws.oracle.windows import DAY

NET, PIECES = Decimal("1234.56"), Decimal(7)


def sold_and_returned(case: Case) -> dict[str, list[Row]]:
    """The world with one more sale that comes back whole, of a partner that takes part."""
    rng, world = Random(case.world.seed), case.world
    facts = Ledger(world.programme.name)
    facts.tables = {name: list(rows) for name, rows in world.tables.items()}
    partner = rng.choice(case.book.participants())
    spell = case.book.spells(partner)[0]
    begin = max(world.programme.valid.start, spell.start)
    # Within one spell: what comes back after the partner left is no longer its own.
    end = max(min(world.day, spell.until - DAY), begin)
    sold_on = begin + rng.randrange(max((end - begin).days, 1)) * DAY
    same: dict[str, Any] = {
        "product_id": "x1",
        "end_customer_id": rng.choice(CUSTOMERS),
        "distributor_id": "d1",
    }
    dates = {"ordered_on": sold_on, "invoiced_on": sold_on, "commit_no": _last_commit(case)}
    sale = facts.sale(partner, sold_on, NET, PIECES, line_id="sold", route="portal", **same, **dates)
    back = min(end, sold_on + rng.choice([0, 5, 100]) * DAY)
    dates = {"ordered_on": back, "invoiced_on": back, "commit_no": _last_commit(case)}
    facts.back(sale, back, NET, PIECES, line_id="returned", **dates)
    return facts.tables


def _last_commit(case: Case) -> int:
    return max(row["commit_no"] for row in case.world.tables["sell_out"])


def reopens(incentive: Incentive) -> bool:
    """Whether a return goes with its sale, into windows that are computed anew."""
    return incentive.late.lines == "reopen" and incentive.late.returns == "sale"


def is_additive(case: Case, incentive: Incentive) -> bool:
    """Whether the base is a plain sum of money over its window, of all kinds of rows."""
    base: Any = incentive.base
    if isinstance(base, Use):
        base = case.world.programme.measure(base.measure)
    if incentive.earner.who is Who.ALLIANCE:
        return False  # a member may have joined its group between the sale and the return
    plain = isinstance(base, Take) and base.where == EVERY_ROW and incentive.select == EVERY_ROW
    return plain and isinstance(base.aggregate, SumOf) and not isinstance(incentive.per, Span)


class TestAReturnUndoesItsSale:
    """Law 6. A return undoes its sale. Where it names its sale and windows reopen, the statement is that
    of the ledger
    without both; else every additive measure over both windows is.
    """

    def test_where_windows_reopen(self, worlds: Batch) -> None:
        for case in worlds:
            if not any(reopens(one) for one in case.world.programme.incentives):
                continue
            book = oracle.book(case.world.programme, sold_and_returned(case), case.world.day)
            with_both = engine.results_of(book, case.closing)
            for name in ("levels", "earned", "entitled", "due"):
                before, after = _of_those(case, case.results, name), _of_those(case, with_both, name)
                assert before == after, (case, name)

    def test_else_sums_over_both_windows(self, worlds: Batch) -> None:
        for case in worlds:
            book = oracle.book(case.world.programme, sold_and_returned(case), case.world.day)
            parted = [one for one in case.world.programme.incentives if not reopens(one)]
            for one in parted:
                if is_additive(case, one) and not oracle.is_reduced(book, one.name):
                    assert _total(case.book, one.name) == _total(book, one.name), (case, one.name)


def _of_those(case: Case, results: Any, table: str) -> list[dict[str, object]]:
    """The rows of incentives whose windows reopen; levels of all."""
    if table not in results.tables:
        return []
    names = {one.name for one in case.world.programme.incentives if reopens(one)}
    return [row for row in results.rows(table) if row.get("incentive", next(iter(names), "")) in names]


def _total(book: oracle.Book, incentive: str) -> Decimal:
    records = oracle.entitled(book).items()
    return sum((one.base or Decimal(0) for (name, _, _), one in records if name == incentive), Decimal(0))

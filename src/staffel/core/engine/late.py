"""Late money: what windows that are settled already would come to more, or less, by what is known now.

Reports, returns and facts that came after a close move a closed window where the incentive reopens it
(`language.md`, rule 4); the next statement pays the difference, and takes it back where it is below 0. A
window that stays as it was settled has none. Money in the programme's currency, in whole coins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from staffel.core.calendar import ONE_DAY, Span
from staffel.core.engine.accruals import settled_until
from staffel.core.engine.calculation import Running
from staffel.core.engine.facts import Facts, current
from staffel.core.findings import Text

ZERO = Decimal(0)
_Key = tuple[str, str, date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSum:
    """One incentive, partner and closed window. settled: by all closes so far."""

    incentive: str
    title: Text
    partner_id: str
    window: Span
    entitled: Decimal
    settled: Decimal

    @property
    def difference(self) -> Decimal:
        """What the next statement settles for it, as things stand."""
        return self.entitled - self.settled


def late_sums(running: Running, facts: Facts) -> tuple[LateSum, ...]:
    """By partner, incentive and window, those alone that moved. facts: the same as of the calculation."""
    if not running.assembly.background.closed or running.results.tables.get("entitled") is None:
        return ()
    programme = running.assembly.programme
    over = running.assembly.asking.day + ONE_DAY
    ends = {one.name: min(settled_until(running, one), over) for one in programme.incentives}
    frozen = {(name, window.start) for name, window in running.assembly.frozen(over)}
    entitled, settled = _entitled(running), _settled(running, facts)
    found = []
    for key in sorted({*entitled, *settled}):
        incentive, partner, start, until = key
        if until > ends.get(incentive, date.min) or (incentive, start) in frozen:
            continue
        one = LateSum(
            incentive=incentive,
            title=programme.incentive(incentive).title,
            partner_id=partner,
            window=Span(start, until),
            entitled=entitled.get(key, ZERO),
            settled=settled.get(key, ZERO),
        )
        if one.difference:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.partner_id, one.incentive, one.window)))


def _entitled(running: Running) -> Mapping[_Key, Decimal]:
    """What each window comes to by what is known now."""
    found: dict[_Key, Decimal] = {}
    for row in running.results.table("entitled").to_pylist():
        key = (row["incentive"], row["partner_id"], row["window_start"], row["window_until"])
        found[key] = found.get(key, ZERO) + row["coins"]
    return found


def _settled(running: Running, facts: Facts) -> Mapping[_Key, Decimal]:
    """What was settled for each window, a merged partner's for the survivor, of the partners asked."""
    asked = sorted(set(running.results.table("entitled")["partner_id"].to_pylist()))
    query = f"""
        select t.incentive, coalesce(m.subject, t.partner_id), t.window_start, t.window_until, sum(t.amount)
        from ({current(facts, "settled")}) t left join merged m on m.partner_id = t.partner_id
        where t.programme = ? and coalesce(m.subject, t.partner_id) in (select unnest(?))
        group by all order by all"""
    rows = running.db.execute(query, [running.assembly.programme.name, asked]).fetchall()
    return {(name, partner, start, until): money for name, partner, start, until, money in rows}

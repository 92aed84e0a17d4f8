"""The hand: `programmes/hard.yaml` as one would say it in SQL who has only this programme and this market.

It knows what the plan must find out: that no line was corrected, that nobody merges, that what a return
returns is of its quarter. It gives the same: each amount to the cent, how many lines of each base count, and
why the others do not.
"""

from typing import Any

from staffel.core.calendar import Span
from staffel.core.engine.calculation import calculation
from staffel.core.engine.duckdb import session
from staffel.core.engine.reasons import base_sums
from staffel.core.ledger import State
from staffel.core.programme.model import Programme

Amount = tuple[Any, ...]  # incentive, partner, first day of the quarter, coins
Fate = tuple[Any, ...]  # incentive, reason, lines, sum

# A return takes its sale's day; with nothing left of a sale neither counts.
_LINES = """
create temp table hand_lines as
with backs as (
    select returns as line_id, sum(net) as net, sum(quantity) as pieces
    from {lines} where returns is not null group by all
), gone as (
    select line_id from {lines} l join backs using (line_id)
    where l.net + backs.net = 0 and l.quantity + backs.pieces = 0
), sales as (
    select line_id, sold_on from {lines} semi join backs using (line_id)
), enrolled as (
    select partner_id, holds_from from {enrolments} where programme = 'hard'
), dated as (
    select l.*, coalesce(s.sold_on, l.sold_on) as day
    from {lines} l left join sales s on s.line_id = l.returns
)
select l.partner_id, l.net, l.end_customer_id, l.kind <> 'return' as is_row, l.day,
    cast(date_trunc('quarter', l.day) as date) as quarter, cast(substr(p.family, 2) as int) as family,
    case when g.line_id is not null then 'returned'
         when l.day < e.holds_from then 'not-enrolled' else '' end as reason
from dated l join {products} p using (product_id) join enrolled e using (partner_id)
left join gone g on g.line_id = coalesce(l.returns, l.line_id)
"""

# In force from the day after; a quarter begins with what held on the last day of the one before.
_LEVELS = """
create temp table hand_levels as
with daily as (
    select partner_id, quarter, day, coalesce(sum(net) filter (reason = ''), 0) as net
    from hand_lines group by all
), quarters as (
    select partner_id, quarter, sum(net) as net from daily group by all
), firsts as (
    select unnest(generate_series(date '2026-01-01', date '2026-10-01', interval 3 month))::date as quarter
), opened as (
    select partner_id, quarter from (select distinct partner_id from hand_lines) cross join firsts
), before as (
    select o.partner_id, o.quarter, coalesce(sum(q.net), 0) as net
    from opened o left join quarters q on q.partner_id = o.partner_id
        and q.quarter < o.quarter and q.quarter >= o.quarter - interval 9 month
    group by all
), days as (
    select partner_id, quarter, quarter as day, 0 as net from opened
    union all select partner_id, quarter, day, net from daily where day >= date '2026-01-01'
), reached as (
    select d.partner_id, d.quarter, d.day, b.net + sum(sum(d.net)) over
        (partition by d.partner_id, d.quarter order by d.day) as revenue
    from days d join before b using (partner_id, quarter) group by d.partner_id, d.quarter, d.day, b.net
), candidates as (
    select *, case when revenue >= 100000 then 2 when revenue >= 20000 then 1 else 0 end as candidate
    from reached
), lasts as (
    select partner_id, cast(quarter + interval 3 month as date) as quarter,
        arg_max(candidate, day) as candidate
    from candidates group by all
)
select c.partner_id, c.day, greatest(coalesce(l.candidate, 0), coalesce(max(c.candidate) over (
        partition by c.partner_id, c.quarter order by c.day rows between unbounded preceding and 1 preceding
    ), 0)) as level
from candidates c left join lasts l using (partner_id, quarter)
"""

_ROWS = """
create temp table hand_rows as
select l.*, v.level, (family between 16 and 27 or family >= 36) as of_value, family >= 36 as of_service,
    family <= 15 as of_volume
from hand_lines l join hand_levels v using (partner_id, day)
where l.quarter >= date '2026-01-01'
"""

_AMOUNTS = """
with sums as (
    select partner_id, quarter, coalesce(sum(net) filter (of_value), 0) as value,
        count(distinct end_customer_id) filter (is_row) as customers,
        sum(net * case level when 2 then 0.015 when 1 then 0.01 else 0.005 end) as by_level,
        coalesce(sum(net) filter (of_volume and level > 0), 0) as volume
    from hand_rows where reason = '' group by all
), whom as (
    select partner_id, quarter, least(100, sum(net * if(of_service, 0.05, 0.02))) as amount
    from hand_rows where reason = '' and of_value group by partner_id, quarter, end_customer_id
), exact as (
    select 'breadth' as incentive, partner_id, quarter, value * case when customers >= 20 then 0.03
        when customers >= 5 then 0.02 when customers >= 1 then 0.01 else 0 end as amount
    from sums
    union all select 'depth', partner_id, quarter, sum(amount) from whom group by all
    union all select 'rank', partner_id, quarter, by_level from sums
    union all select 'volume', partner_id, quarter, volume * 0.01 + greatest(volume - 20000, 0) * 0.01
    from sums
)
select incentive, partner_id, quarter, cast(round(amount, 2) as decimal(22, 2)) as coins
from exact where round(amount, 2) <> 0 order by all
"""

_FATES = """
with counts as (
    select partner_id, count(distinct end_customer_id) filter (is_row and reason = '') as customers
    from hand_rows where quarter = date '{quarter}' group by all
), fates as (
    select r.net, r.reason, c.customers,
        case when reason <> '' then reason when not of_value then 'wrong-product' else '' end as of_value,
        case when reason <> '' then reason when not of_volume then 'wrong-product'
             when level = 0 then 'level-that-day' else '' end as of_volume
    from hand_rows r join counts c using (partner_id) where quarter = date '{quarter}'
)
select 'breadth', if(of_value = '' and customers = 0, 'below-first-step', of_value), count(*), sum(net)
from fates group by all
union all select 'depth', of_value, count(*), sum(net) from fates group by all
union all select 'rank', reason, count(*), sum(net) from fates group by all
union all select 'volume', of_volume, count(*), sum(net) from fates group by all
order by all
"""

_TABLES = {"lines": "sell_out", "products": "products", "enrolments": "enrolments"}


def by_hand(state: State, quarter: Span) -> tuple[list[Amount], list[Fate]]:
    """What each partner earned in each quarter of the year, and the fates of the quarter's lines; sorted."""
    with session() as db:
        tables = {name: _read(state, table) for name, table in _TABLES.items()}
        for statement in (_LINES, _LEVELS, _ROWS):
            db.execute(statement.format(**tables))
        amounts = db.execute(_AMOUNTS).fetchall()
        return amounts, db.execute(_FATES.format(quarter=quarter.start)).fetchall()


def _read(state: State, table: str) -> str:
    paths = [str(path) for path in state.files(table)]
    return f"read_parquet({paths}, hive_partitioning = false)"


def same_by_plan(programme: Programme, state: State, quarter: Span) -> tuple[list[Amount], list[Fate]]:
    """The same, as the plan says it."""
    with calculation(programme, state, day=quarter.last_day, closing=quarter) as running:
        keys = ("incentive", "subject", "window_start", "coins")
        amounts = [tuple(row[key] for key in keys) for row in running.results.rows("earned") if row["coins"]]
        fates = [(one.incentive, one.reason, one.rows, one.sum) for one in base_sums(running, quarter)]
        return sorted(amounts), sorted(fates)

"""What is due: shares of a group, what was settled before, the minimum, the forms of the payout. Rules 36
to 42.

`entitled` is what each partner is entitled to per incentive and window; `due` is what a settlement of one
window comes to. Coins are handed out by largest remainder: cut towards zero, then the rest to the largest
lost fraction, ties by id.
"""

from collections.abc import Mapping, Sequence

from sqlglot import exp

from staffel.core.calendar import Span
from staffel.core.engine.plan import subjects
from staffel.core.engine.plan import tree as sql
from staffel.core.engine.plan.given import added, joined
from staffel.core.engine.plan.incentives import Earning
from staffel.core.engine.plan.panel import ZERO, window_of
from staffel.core.engine.plan.statement import Plan
from staffel.core.engine.settling import windows_of
from staffel.core.money import MONEY, RATE, DecimalType, coin_of
from staffel.core.programme.model import GroupShare, Incentive, Programme
from staffel.core.sources import TABLES

Expr = exp.Expr
WHOLE = DecimalType(22, 0)
WEIGHT = DecimalType(20, 4)  # times a sum of coins it stays within 38 digits
_ATTRIBUTES = [one.name for one in TABLES["partners"].columns if one.name != "partner_id"]


def make_entitled(plan: Plan, programme: Programme, earnings: Sequence[Earning]) -> None:
    """`entitled`: incentive, partner, window, coins, and the same as expected at the end of a running
    window.
    """
    parts: list[exp.Query] = []
    for earning in earnings:
        if earning.panel.group:
            parts.append(_shared(plan, programme, earning))
        else:
            parts.append(_own(earning))
    plan.add("entitled", sql.union(parts), "what each partner is entitled to, in coins", view=True)


def _own(earning: Earning) -> exp.Select:
    columns = _window_columns(earning) | {
        "partner_id": sql.column("a.subject"),
        "grp": sql.null("VARCHAR"),
        "coins": sql.column("a.coins"),
        "coins_expected": sql.column("a.coins_expected"),
    }
    return sql.select(columns, sql.table(f"amounts_{earning.name}", "a"), joins=[_with_window(earning, "a")])


def _window_columns(earning: Earning) -> dict[str, Expr]:
    return {
        "incentive": sql.text(earning.incentive.name),
        "window_start": sql.column("w.w_start"),
        "window_until": sql.column("w.w_until"),
    }


def _with_window(earning: Earning, alias: str) -> exp.Join:
    on = sql.eq(sql.column("w.ask"), sql.column(f"{alias}.ask"))
    return sql.join(sql.table(f"asks_{earning.panel.name}", "w"), on)


# ------------------------------------------------------------------------------------------- a group's
# shares (rule 42)


def _shared(plan: Plan, programme: Programme, earning: Earning) -> exp.Select:
    """A group's coins among its members by weight; without any weight, all to the first by id."""
    given = earning.panel.given
    if earning.incentive.earner.share is GroupShare.HEAD_OFFICE:
        subjects.segments(plan, "partners", _ATTRIBUTES)
    shares = _weights(earning) if given is None else given.with_weights(earning.name, _weights(earning))
    weights = plan.add(f"weights_{earning.name}", shares, "how a group's bonus is shared")
    coin = coin_of(programme.currency)
    on = sql.both(*(sql.eq(sql.column(f"a.{one}"), sql.column(f"g.{one}")) for one in ("subject", "ask")))
    whole = sql.window(exp.Sum(this=sql.column("g.weight")), [sql.column("g.subject"), sql.column("g.ask")])
    first = sql.window(
        sql.row_number(), [sql.column("g.subject"), sql.column("g.ask")], [sql.column("g.member")]
    )
    base = sql.select(
        {one: sql.column(f"g.{one}") for one in ("subject", "ask", "member", "weight")}
        | {"whole": sql.cast(whole, WEIGHT), "nth": first}
        | {kind: _in_coins(sql.column(f"a.{kind}"), coin) for kind in ("coins", "coins_expected")},
        sql.table(weights, "g"),
        joins=[sql.join(sql.table(f"amounts_{earning.name}", "a"), on)],
    )
    columns = _window_columns(earning) | {
        "partner_id": sql.column("s.member"),
        "grp": sql.column("s.subject"),
    }
    handed = sql.subquery(_handed_out(sql.subquery(base, "b")), "s")
    for kind in ("coins", "coins_expected"):
        columns[kind] = _from_coins(sql.column(f"s.{kind}"), coin)
    joins = [_with_window(earning, "s")]
    odd = None if given is None else given.columns("coin", earning.name, MONEY)
    if odd is not None:
        joins.append(joined(odd[1], "s"))
        columns |= {kind: added(columns[kind], kind, MONEY) for kind in odd[0]}
    return sql.select(columns, handed, joins=joins)


def _weights(earning: Earning) -> exp.Query:
    match earning.incentive.earner.share:
        case GroupShare.BY_BASE:
            return _by_base(earning)
        case GroupShare.HEAD_OFFICE:
            return _to_head(earning)
        case GroupShare.AGREED:
            agreed = sql.coalesce(sql.column("l.share"), sql.figure(ZERO, RATE))
            return _of_members(earning, exp.Sum(this=agreed), "memberships")
        case _:
            return _of_members(earning, sql.whole(1))


def _of_members(earning: Earning, weight: Expr, source: str = "members") -> exp.Select:
    """A row for each member that took part in the window and belonged to the group on the day asked; if
    nobody did, on the last day before it on which somebody did.
    """
    held = sql.subquery(_memberships_in_window(earning, source), "h")
    last = sql.window(exp.Max(this=sql.column("h.until")), [sql.column("h.subject"), sql.column("h.ask")])
    every: Expr = exp.Column(this=exp.Star(), table=exp.to_identifier("h"))
    ranked = sql.select({"last": last}, held)
    ranked.set("expressions", [every, *ranked.expressions])
    columns: dict[str, Expr] = {one: sql.column(f"l.{one}") for one in ("subject", "ask", "member")}
    group = [one.copy() for one in columns.values()]
    columns["weight"] = sql.cast(weight, WEIGHT)
    among_last = sql.eq(sql.column("l.until"), sql.column("l.last"))
    return sql.select(columns, sql.subquery(ranked, "l"), where=among_last, group=group)


def _memberships_in_window(earning: Earning, source: str) -> exp.Select:
    """Of each group and window who belonged to it on a day up to the day asked; until: the first day on which
    it did not, or the day after the one asked.
    """
    on = sql.both(
        sql.eq(sql.column("m.grp"), sql.column("p.subject")),
        sql.le(sql.column("m.start"), sql.column("p.day")),
        sql.gt(sql.column("m.until"), sql.column("p.w_start")),
    )
    after: Expr = sql.cast(exp.Add(this=sql.column("p.day"), expression=sql.whole(1)), "DATE")
    columns = {
        "subject": sql.column("p.subject"),
        "ask": sql.column("p.ask"),
        "member": sql.column("m.subject"),
        "until": sql.least(sql.column("m.until"), after),
    }
    if source == "memberships":
        columns["share"] = sql.column("m.share")
    points = sql.table(f"points_{earning.panel.name}", "p")
    return sql.select(columns, points, joins=[sql.join(sql.table(source, "m"), on)], where=_took_part())


def _took_part() -> Expr:
    """The member was enrolled on a day of the window, up to the day asked."""
    same = sql.eq(sql.column("e.subject"), sql.column("m.subject"))
    begun = sql.le(sql.column("e.start"), sql.column("p.day"))
    going = sql.gt(sql.column("e.until"), sql.column("p.w_start"))
    some = sql.select({"one": sql.whole(1)}, sql.table("enrolled", "e"), where=sql.both(same, begun, going))
    return exp.Exists(this=some)


def _to_head(earning: Earning) -> exp.Select:
    """All to one member: the first by id that others name; if nobody is named, the first of all."""
    keys = ("subject", "ask", "member")
    same = (sql.eq(sql.column(f"o.{one}"), sql.column(f"w.{one}")) for one in keys)
    named = sql.case([(sql.present(sql.column("o.member")), sql.whole(0))], sql.whole(1))
    rank = sql.window(
        sql.row_number(),
        [sql.column("w.subject"), sql.column("w.ask")],
        [named, sql.column("w.member")],
    )
    ranked = sql.select(
        {one: sql.column(f"w.{one}") for one in keys} | {"rank": rank},
        sql.subquery(_of_members(earning, sql.whole(1)), "w"),
        joins=[sql.join(sql.subquery(_named(earning), "o"), sql.both(*same), side="LEFT")],
    )
    first = sql.case([(sql.eq(sql.column("r.rank"), sql.whole(1)), sql.whole(1))], sql.whole(0))
    columns = {one: sql.column(f"r.{one}") for one in keys} | {"weight": sql.cast(first, WEIGHT)}
    return sql.select(columns, sql.subquery(ranked, "r"))


def _named(earning: Earning) -> exp.Select:
    """Whom members name as their head office on the day asked; who names itself names nobody."""
    head = subjects.subject_of(sql.column("h.head_office"))
    on_day = sql.both(
        sql.eq(sql.column("h.partner_id"), sql.column("n.member")),
        sql.within(sql.column("p.day"), sql.column("h.start"), sql.column("h.until")),
    )
    same = sql.both(*(sql.eq(sql.column(f"p.{one}"), sql.column(f"n.{one}")) for one in ("subject", "ask")))
    return sql.select(
        {"subject": sql.column("n.subject"), "ask": sql.column("n.ask"), "member": head},
        sql.subquery(_of_members(earning, sql.whole(1)), "n"),
        joins=[
            sql.join(sql.table(f"points_{earning.panel.name}", "p"), same),
            sql.join(sql.table("partners_held", "h"), on_day),
            subjects.join_merged("h.head_office"),
        ],
        where=sql.both(
            sql.present(sql.column("h.head_office")), sql.no(sql.eq(head.copy(), sql.column("n.member")))
        ),
        distinct=True,
    )


def _by_base(earning: Earning) -> exp.Select:
    """Each member's own part of the base, what is below 0 as 0; who brought nothing weighs 0."""
    both = sql.union([_brought(earning), _of_members(earning, sql.whole(0))])
    columns: dict[str, Expr] = {one: sql.column(f"u.{one}") for one in ("subject", "ask", "member")}
    group = [one.copy() for one in columns.values()]
    columns["weight"] = sql.cast(exp.Max(this=sql.column("u.weight")), WEIGHT)
    return sql.select(columns, sql.subquery(both, "u"), group=group)


def _brought(earning: Earning) -> exp.Select:
    """The rows of the base by member, also of those that left the group before the day asked."""
    assert earning.base is not None
    cells, core, schedule = earning.base
    inside = sql.within(
        sql.column("c.bucket"), sql.column(f"p.s{schedule}_start"), sql.column(f"p.s{schedule}_until")
    )
    on = sql.both(sql.eq(sql.column("c.subject"), sql.column("p.subject")), inside)
    columns = {
        "subject": sql.column("p.subject"),
        "ask": sql.column("p.ask"),
        "member": sql.column("c.member"),
    }
    group = [one.copy() for one in columns.values()]
    base = sql.total(sql.cast(cells.amount(core), MONEY), MONEY)
    columns["weight"] = sql.cast(sql.greatest(base, sql.figure(ZERO, MONEY)), WEIGHT)
    return sql.select(
        columns,
        sql.table(f"points_{earning.panel.name}", "p"),
        joins=[sql.join(sql.table(cells.relation(groups=True, leveled=earning.leveled), "c"), on)],
        where=cells.counted(core, window_of(schedule)),
        group=group,
    )


def _in_coins(money: Expr, coin: int) -> Expr:
    """A sum of whole coins as a whole number of them."""
    return sql.cast(exp.Mul(this=money, expression=sql.cast(sql.whole(10**coin), "DECIMAL(5, 0)")), WHOLE)


def _from_coins(coins: Expr, coin: int) -> Expr:
    unit = sql.figure(ZERO + 1, RATE) if coin == 0 else sql.figure((ZERO + 1).scaleb(-coin), RATE)
    return sql.cast(exp.Mul(this=sql.cast(coins, WHOLE), expression=unit), MONEY)


def _handed_out(base: Expr) -> exp.Select:
    """Largest remainder, for both figures; a negative sum mirrors, since all is done on what lies above
    zero.
    """
    columns = {one: sql.column(f"b.{one}") for one in ("subject", "ask", "member", "nth", "whole")}
    for kind in ("coins", "coins_expected"):
        total = sql.cast(exp.Abs(this=sql.column(f"b.{kind}")), "HUGEINT")
        weight, whole = _huge_weight("b.weight"), _huge_weight("b.whole")
        product = exp.paren(exp.Mul(this=total, expression=weight))
        columns[f"cut_{kind}"] = sql.case(
            [(sql.gt(sql.column("b.whole"), sql.whole(0)), exp.IntDiv(this=product, expression=whole))],
            sql.whole(0),
        )
        lost = exp.Mod(this=product.copy(), expression=whole.copy())
        columns[f"lost_{kind}"] = sql.case(
            [(sql.gt(sql.column("b.whole"), sql.whole(0)), lost)], sql.whole(0)
        )
        columns[f"total_{kind}"] = total.copy()
        columns[f"sign_{kind}"] = sql.case(
            [(sql.lt(sql.column(f"b.{kind}"), sql.whole(0)), sql.whole(-1))], sql.whole(1)
        )
    cut = sql.subquery(sql.select(columns, base), "c")
    by = [sql.column("c.subject"), sql.column("c.ask")]
    chosen = {one: sql.column(f"c.{one}") for one in ("subject", "ask", "member")}
    for kind in ("coins", "coins_expected"):
        order = sql.window(sql.row_number(), [one.copy() for one in by])
        order.set(
            "order",
            exp.Order(
                expressions=[
                    exp.Ordered(this=sql.column(f"c.lost_{kind}"), desc=True),
                    exp.Ordered(this=sql.column("c.member")),
                ]
            ),
        )
        given = sql.window(exp.Sum(this=sql.column(f"c.cut_{kind}")), [one.copy() for one in by])
        rest = exp.Sub(this=sql.column(f"c.total_{kind}"), expression=given)
        extra = sql.case([(sql.le(order, rest), sql.whole(1))], sql.whole(0))
        shared = exp.Add(this=sql.column(f"c.cut_{kind}"), expression=extra)
        alone = sql.case(
            [(sql.eq(sql.column("c.nth"), sql.whole(1)), sql.column(f"c.total_{kind}"))], sql.whole(0)
        )
        coins = sql.case([(sql.gt(sql.column("c.whole"), sql.whole(0)), shared)], alone)
        chosen[kind] = sql.cast(
            exp.Mul(this=sql.column(f"c.sign_{kind}"), expression=exp.paren(coins)), "HUGEINT"
        )
    return sql.select(chosen, cut)


def _huge_weight(name: str) -> Expr:
    scaled = exp.Mul(
        this=sql.cast(sql.column(name), WEIGHT), expression=sql.cast(sql.whole(10000), "DECIMAL(5, 0)")
    )
    return sql.cast(scaled, "HUGEINT")


# ------------------------------------------------------------------------------------------- settling
# (rules 37 to 39)


def make_due(plan: Plan, programme: Programme, closing: Span, frozen: Sequence[tuple[str, Span]]) -> None:
    """`due`: per incentive and partner what a settled window pays and carries.

    frozen: windows that are not reopened.
    """
    plan.add("settled_before", _settled_before(programme, closing), "what was settled for earlier windows")
    moved = _moved(closing, frozen)
    # Only who wants to know by window what a settlement moves asks for it; a settlement needs the sums.
    plan.add("differences", _differences(moved), "entitled, and what was settled, by window", view=True)
    carried = "what was carried out of the last settled window"
    plan.add("carried_in", _carried_in(programme, closing), carried, view=True)
    plan.add("due", _due(programme, closing, moved), "what this settlement comes to")


def _mine(programme: Programme) -> Expr:
    return sql.eq(sql.column("f.programme"), sql.text(programme.name))


def _settled_rows(programme: Programme, closing: Span) -> exp.Select:
    """Settled rows of earlier windows, a merged partner's for the survivor."""
    names = ("incentive", "window_start", "window_until", "settle_start", "amount", "carried")
    columns = {one: sql.column(f"t.{one}") for one in names}
    columns["partner_id"] = subjects.subject_of(sql.column("t.partner_id"))
    return sql.select(
        columns,
        sql.subquery(subjects.in_force("settled", _mine(programme)), "t"),
        joins=[subjects.join_merged("t.partner_id")],
        where=sql.lt(sql.column("t.settle_start"), sql.day(closing.start)),
    )


def _settled_before(programme: Programme, closing: Span) -> exp.Select:
    keys = ("incentive", "partner_id", "window_start")
    columns = {one: sql.column(f"s.{one}") for one in keys}
    group = [one.copy() for one in columns.values()]
    columns["window_until"] = exp.Max(this=sql.column("s.window_until"))
    columns["amount"] = sql.total(sql.column("s.amount"), MONEY)
    return sql.select(columns, sql.subquery(_settled_rows(programme, closing), "s"), group=group)


def _carried_in(programme: Programme, closing: Span) -> exp.Select:
    keys = ("incentive", "partner_id")
    latest = sql.window(exp.Max(this=sql.column("s.settle_start")), [sql.column(f"s.{one}") for one in keys])
    rows = sql.select(
        {one: sql.column(f"s.{one}") for one in (*keys, "settle_start", "carried")} | {"latest": latest},
        sql.subquery(_settled_rows(programme, closing), "s"),
    )
    columns = {one: sql.column(f"r.{one}") for one in keys}
    group = [one.copy() for one in columns.values()]
    columns["carried"] = sql.total(sql.coalesce(sql.column("r.carried"), sql.figure(ZERO, MONEY)), MONEY)
    return sql.select(
        columns,
        sql.subquery(rows, "r"),
        where=sql.eq(sql.column("r.settle_start"), sql.column("r.latest")),
        group=group,
    )


def _moved(closing: Span, frozen: Sequence[tuple[str, Span]]) -> exp.Query:
    """Entitled and settled, a row each; what was settled for a frozen window is what it entitles to."""
    keys = ("incentive", "partner_id", "window_start", "window_until")
    zero = sql.figure(ZERO, MONEY)
    begun = sql.lt(sql.column("e.window_start"), sql.day(closing.until))
    entitled = sql.select(
        {one: sql.column(f"e.{one}") for one in keys} | {"entitled": sql.column("e.coins"), "settled": zero},
        sql.table("entitled", "e"),
        where=sql.both(begun, sql.no(_is_frozen("e", frozen))) if frozen else begun,
    )
    stays = sql.case([(_is_frozen("s", frozen), sql.column("s.amount"))], zero.copy())
    settled = sql.select(
        {one: sql.column(f"s.{one}") for one in keys}
        | {"entitled": stays if frozen else zero.copy(), "settled": sql.column("s.amount")},
        sql.table("settled_before", "s"),
    )
    return sql.union([entitled, settled])


def _is_frozen(alias: str, frozen: Sequence[tuple[str, Span]]) -> Expr:
    rows = [
        sql.both(
            sql.eq(sql.column(f"{alias}.incentive"), sql.text(name)),
            sql.eq(sql.column(f"{alias}.window_start"), sql.day(window.start)),
        )
        for name, window in frozen
    ]
    return sql.either(*rows)


def _differences(moved: exp.Query) -> exp.Select:
    until: Expr = exp.Max(this=sql.column("m.window_until"))
    return _summed(moved, "incentive", "partner_id", "window_start", more={"window_until": until})


def _summed(moved: exp.Query, *keys: str, more: Mapping[str, Expr] | None = None) -> exp.Select:
    """What moved, summed by some of its columns."""
    columns = {one: sql.column(f"m.{one}") for one in keys}
    group = [one.copy() for one in columns.values()]
    columns |= more or {}
    columns |= {one: sql.total(sql.column(f"m.{one}"), MONEY) for one in ("entitled", "settled")}
    return sql.select(columns, sql.subquery(moved.copy(), "m"), group=group)


def _due(programme: Programme, closing: Span, moved: exp.Query) -> exp.Select:
    keys = ("incentive", "partner_id")
    sums = sql.subquery(_summed(moved, *keys), "s")
    carried = sql.coalesce(sql.column("c.carried"), sql.figure(ZERO, MONEY))
    difference = sql.minus(sql.column("s.entitled"), sql.column("s.settled"), MONEY)
    on = sql.both(*(sql.eq(sql.column(f"c.{one}"), sql.column(f"s.{one}")) for one in keys))
    rows = sql.select(
        {one: sql.column(f"s.{one}") for one in (*keys, "entitled", "settled")}
        | {"difference": difference, "carried_in": carried}
        | {"due": sql.plus(difference.copy(), carried.copy(), type_=MONEY)},
        sums,
        joins=[sql.join(sql.table("carried_in", "c"), on, side="LEFT")],
    )
    paid, carried_out = _paid(programme, closing)
    told = ("entitled", "settled", "difference", "carried_in", "due")
    columns = {one: sql.column(f"r.{one}") for one in (*keys, *told)}
    columns |= {"paid": paid, "carried_out": carried_out}
    return sql.select(columns, sql.subquery(rows, "r"))


def _paid(programme: Programme, closing: Span) -> tuple[Expr, Expr]:
    """What is paid and what is carried on, by each incentive's minimum (rule 37)."""
    zero = sql.figure(ZERO, MONEY)
    pays, carries = [], []
    for incentive in programme.incentives:
        mine = sql.eq(sql.column("r.incentive"), sql.text(incentive.name))
        pay, carry = _by_minimum(incentive, last=is_last(programme, incentive, closing))
        pays.append((mine, pay))
        carries.append((mine.copy(), carry))
    return sql.cast(sql.case(pays, zero), MONEY), sql.cast(sql.case(carries, zero.copy()), MONEY)


def _by_minimum(incentive: Incentive, *, last: bool) -> tuple[Expr, Expr]:
    due, zero = sql.column("r.due"), sql.figure(ZERO, MONEY)
    negative = sql.lt(due, zero)
    minimum = incentive.minimum
    if minimum is None or (last and minimum.otherwise == "carry" and minimum.at_end == "pay"):
        return sql.case([(negative, zero.copy())], due.copy()), sql.case(
            [(negative.copy(), due.copy())], zero.copy()
        )
    small = sql.lt(due.copy(), sql.figure(minimum.money, MONEY))
    paid = sql.case([(sql.either(negative, small), zero.copy())], due.copy())
    keeps = minimum.otherwise == "carry" and not last
    carried = sql.either(negative.copy(), small.copy()) if keeps else negative.copy()
    return paid, sql.case([(carried, due.copy())], zero.copy())


def is_last(programme: Programme, incentive: Incentive, closing: Span) -> bool:
    """Whether nothing of this incentive can be settled after this window."""
    return closing.until >= windows_of(programme, incentive)[-1].until

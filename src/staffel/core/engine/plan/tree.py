"""Small builders of SQL trees, so that a plan reads like what it means.

Trees are SQLGlot's, built and never parsed (`parts.md`, 7). Money is built by `plus`, `minus`, `times`,
`total` and `quotient` alone, which cast what they build to a named type: no engine ever chooses a scale.
There is no AVG and no `/`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, reduce

from sqlglot import exp

from staffel.core.findings import LawBroken
from staffel.core.money import AMOUNT, COMPUTED, MONEY, DecimalType

Expr = exp.Expr


def column(name: str) -> Expr:
    """`table.name` or `name` as a quoted column."""
    *table, last = name.split(".")
    of = exp.to_identifier(table[0]) if table else None
    return exp.Column(this=exp.to_identifier(last, quoted=True), table=of)


def table(name: str, alias: str | None = None) -> Expr:
    """A table of the plan."""
    return (
        exp.to_table(name)
        if alias is None
        else exp.alias_(exp.Table(this=exp.to_identifier(name)), alias, table=True)
    )


def text(value: str) -> Expr:
    """A text literal."""
    return exp.Literal.string(value)


def whole(value: int) -> Expr:
    """A whole number."""
    return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))


def day(value: date) -> Expr:
    """A date literal."""
    return cast(text(value.isoformat()), "DATE")


def figure(value: Decimal, type_: DecimalType) -> Expr:
    """A decimal literal of a named type; written as cast text, since 1e-2 would be a DOUBLE."""
    return cast(text(format(value, "f")), str(type_))


def cast(value: Expr, type_: str | DecimalType) -> Expr:
    """CAST(value AS type)."""
    kind, widths = _type(str(type_))
    sizes = [exp.DataTypeParam(this=exp.Literal.number(one)) for one in widths]
    return exp.Cast(this=value, to=exp.DataType(this=kind, expressions=sizes, nested=False))


@cache
def _type(name: str) -> tuple[exp.DType, tuple[str, ...]]:
    """A type and its widths, parsed once: a copy for each cast took longer than all else of a plan."""
    parsed = exp.DataType.build(name, dialect="duckdb")
    return parsed.this, tuple(one.name for one in parsed.expressions)


NULL = exp.Null()
TRUE = exp.true()
FALSE = exp.false()


def null(type_: str | DecimalType) -> Expr:
    """A typed nothing."""
    return cast(exp.Null(), type_)


def call(name: str, *arguments: Expr) -> Expr:
    """A function by its name."""
    return exp.func(name, *arguments)


def is_null(value: Expr) -> Expr:
    """IS NULL."""
    return exp.Is(this=value, expression=exp.Null())


def present(value: Expr) -> Expr:
    """IS NOT NULL."""
    return exp.Not(this=is_null(value))


def both(*parts: Expr) -> Expr:
    """AND of all; true of none."""
    found = [part for part in parts if part is not TRUE]
    if not found:
        return TRUE
    return exp.paren(reduce(lambda a, b: exp.And(this=a, expression=b), found), copy=False)


def either(*parts: Expr) -> Expr:
    """OR of all; false of none."""
    if not parts:
        return FALSE
    return exp.paren(reduce(lambda a, b: exp.Or(this=a, expression=b), parts), copy=False)


def no(part: Expr) -> Expr:
    """NOT."""
    return exp.Not(this=exp.paren(part, copy=False))


def eq(left: Expr, right: Expr) -> Expr:
    """=."""
    return exp.EQ(this=left, expression=right)


def ge(left: Expr, right: Expr) -> Expr:
    """>=."""
    return exp.GTE(this=left, expression=right)


def gt(left: Expr, right: Expr) -> Expr:
    """>."""
    return exp.GT(this=left, expression=right)


def le(left: Expr, right: Expr) -> Expr:
    """<=."""
    return exp.LTE(this=left, expression=right)


def lt(left: Expr, right: Expr) -> Expr:
    """<."""
    return exp.LT(this=left, expression=right)


def among(value: Expr, values: Iterable[str]) -> Expr:
    """IN a list of texts; false where the value is empty."""
    options = [text(one) for one in values]
    return coalesce(exp.In(this=value, expressions=options), FALSE) if options else FALSE


def compared(value: Expr, comparison: str, figure: Expr) -> Expr:
    """at_least, above, at_most or below; false where the value is empty."""
    tests = {"at_least": ge, "above": gt, "at_most": le, "below": lt}
    return coalesce(tests[comparison](value, figure), FALSE)


def within(value: Expr, start: Expr, until: Expr) -> Expr:
    """start <= value < until."""
    return both(ge(value, start), lt(value, until))


def coalesce(*values: Expr) -> Expr:
    """The first that is not null."""
    return exp.Coalesce(this=values[0], expressions=list(values[1:]))


def case(rows: Sequence[tuple[Expr, Expr]], otherwise: Expr | None = None) -> Expr:
    """CASE WHEN … THEN … ELSE … END."""
    if not rows:
        return otherwise if otherwise is not None else exp.Null()
    ifs = [exp.If(this=when, true=then) for when, then in rows]
    return exp.Case(ifs=ifs, default=otherwise)


BITS = 62


def packed(tests: Sequence[Expr]) -> Expr:
    """Tests as the bits of one whole number, at most `BITS`: rows are grouped by one column, not by many."""
    if len(tests) > BITS:
        raise LawBroken(f"{len(tests)} tests do not fit the {BITS} bits of a whole number")
    found: Expr | None = None
    for at, test in enumerate(tests):
        bit = case([(test, whole(1 << at))], whole(0))
        found = bit if found is None else exp.Add(this=found, expression=bit)
    return cast(whole(0) if found is None else found, "BIGINT")


def bit(value: Expr, at: int) -> Expr:
    """Whether a test holds, by its bit."""
    held = exp.BitwiseAnd(this=value, expression=cast(whole(1 << at), "BIGINT"))
    return exp.NEQ(this=exp.paren(held, copy=False), expression=whole(0))


def greatest(*values: Expr) -> Expr:
    """GREATEST; nulls are skipped, so give none where that matters."""
    return (
        values[0]
        if len(values) == 1
        else exp.Greatest(this=values[0], expressions=list(values[1:]), ignore_nulls=True)
    )


def least(*values: Expr) -> Expr:
    """LEAST; nulls are skipped."""
    return (
        values[0]
        if len(values) == 1
        else exp.Least(this=values[0], expressions=list(values[1:]), ignore_nulls=True)
    )


# ------------------------------------------------------------------------------------------- money


def total(value: Expr, type_: DecimalType) -> Expr:
    """SUM, cast back before anything else may meet it."""
    return cast(exp.Sum(this=value), type_)


def plus(*values: Expr, type_: DecimalType) -> Expr:
    """The sum of a few figures of one type."""
    return cast(reduce(lambda a, b: exp.Add(this=a, expression=b), values), type_)


def minus(left: Expr, right: Expr, type_: str | DecimalType) -> Expr:
    """left − right."""
    return cast(exp.Sub(this=left, expression=exp.paren(right, copy=False)), type_)


def times(left: Expr, right: Expr, type_: DecimalType) -> Expr:
    """The product, cast at once: half up to the places of the type."""
    return cast(exp.Mul(this=left, expression=right), type_)


def quotient(
    part: Expr,
    divisor: Expr,
    type_: DecimalType = AMOUNT,
    *,
    part_type: DecimalType = MONEY,
    divisor_type: DecimalType = MONEY,
) -> Expr:
    """part ÷ divisor, half up, 10 decimals: rule 30's one function for quotients.

    In whole numbers, since DuckDB divides decimals as DOUBLE: sign · ((2·|a|·10^k + |b|) // (2·|b|)),
    where k evens out the places of both sides.
    """
    places = COMPUTED.places + divisor_type.places - part_type.places
    if places < 0:
        raise LawBroken("the dividend has more places than the quotient can even out")
    above, below = _coins(part, part_type), _coins(divisor, divisor_type)
    scaled = exp.Mul(this=exp.Mul(this=whole(2), expression=_abs(above)), expression=_huge(10**places))
    numerator = exp.Add(this=scaled, expression=_abs(below.copy()))
    rounded = exp.IntDiv(
        this=_paren(numerator), expression=_paren(exp.Mul(this=whole(2), expression=_abs(below)))
    )
    unit = figure(COMPUTED.unit, DecimalType(10, 10))
    return cast(exp.Mul(this=_signed(rounded, part, divisor), expression=unit), type_)


def multiples(value: Expr, of: Expr, type_: DecimalType, *, started: bool) -> Expr:
    """How many times `of` lies in a value of 0 or more, a begun one counted if `started`; ten digits at most.

    value, of: of one type; in whole numbers of its smallest unit, so exact.
    """
    coins, each = _coins(value, type_), _coins(of, type_)
    if started:
        coins = _paren(exp.Sub(this=exp.Add(this=coins, expression=each.copy()), expression=whole(1)))
    return least(exp.IntDiv(this=coins, expression=each), _huge(10**10 - 1))


def in_coins(amount: Expr, coin: int) -> Expr:
    """An AMOUNT rounded half up to whole coins: the rounding of a payout (rule 30). coin: its decimals."""
    wide = cast(cast(amount, DecimalType(22, coin)), MONEY)
    short = cast(cast(cast(amount.copy(), DecimalType(18, 10)), DecimalType(18, coin)), MONEY)
    return case([(_below(amount.copy(), 10**8), short)], wide)


def in_multiples(amount: Expr, of: Decimal, lift: Decimal) -> Expr:
    """An AMOUNT as money in whole multiples of `of`: its size and `lift` are cut to them, its sign stays."""
    size = exp.Add(this=_abs(_coins(amount, AMOUNT)), expression=_huge(int(lift.scaleb(AMOUNT.places))))
    count = exp.IntDiv(this=_paren(size), expression=_huge(int(of.scaleb(AMOUNT.places))))
    held = _product(count, _huge(int(of.scaleb(MONEY.places))))
    unit = figure(MONEY.unit, DecimalType(4, 4))
    return cast(exp.Mul(this=_signed(held, amount, whole(1)), expression=unit), MONEY)


def converted(amount: Expr, above: Expr, below: Expr) -> Expr:
    """amount × above ÷ below, rounded once, half up to 4 decimals: the row rounding of a currency (rule
    47).
    """
    coins = _coins(amount, MONEY)
    doubled = exp.Mul(this=exp.Mul(this=whole(2), expression=_abs(coins.copy())), expression=above)
    rounded = exp.IntDiv(
        this=_paren(exp.Add(this=doubled, expression=below)),
        expression=_paren(exp.Mul(this=whole(2), expression=below.copy())),
    )
    signed = _signed(rounded, coins, below)
    return cast(exp.Mul(this=signed, expression=figure(MONEY.unit, DecimalType(4, 4))), MONEY)


def scaled(value: Expr, above: Expr, below: Expr) -> Expr:
    """value (an AMOUNT) × above ÷ below (both MONEY), rounded once, half up, 10 decimals; by 0: none.

    What stands before the point and what stands behind it are multiplied apart, so that no product of figures
    below 10^15 outgrows 38 digits. What does not fit the type is held to the largest that does: an estimate
    must not stop a calculation (rule 39).
    """
    units, more, less = _coins(value, AMOUNT), _coins(above, MONEY), _abs(_coins(below, MONEY))
    point = _huge(10**AMOUNT.places)
    front = _product(exp.IntDiv(this=_abs(units.copy()), expression=point.copy()), _abs(more.copy()))
    behind = _product(exp.Mod(this=_abs(units.copy()), expression=point.copy()), _abs(more.copy()))
    rest = _product(exp.Mod(this=front.copy(), expression=less.copy()), point.copy())
    large = least(exp.IntDiv(this=front, expression=less.copy()), _huge(int(AMOUNT.limit)))
    small = _divided(exp.Add(this=rest, expression=behind), less)
    held = least(exp.Add(this=_product(large, point), expression=small), _huge(10**AMOUNT.digits - 1))
    unit = figure(AMOUNT.unit, DecimalType(10, 10))
    found = cast(exp.Mul(this=_signed(held, units, more), expression=unit), AMOUNT)
    some = both(present(value.copy()), present(above.copy()), gt(less.copy(), whole(0)))
    return case([(some, found)])


def _product(left: Expr, right: Expr) -> Expr:
    return exp.paren(exp.Mul(this=exp.paren(left, copy=False), expression=right), copy=False)


def _divided(dividend: Expr, divisor: Expr) -> Expr:
    """dividend ÷ divisor in whole numbers, half up; neither is below zero."""
    doubled = exp.Add(this=_product(dividend, whole(2)), expression=divisor.copy())
    return exp.IntDiv(this=exp.paren(doubled, copy=False), expression=_product(divisor.copy(), whole(2)))


def _coins(value: Expr, type_: DecimalType) -> Expr:
    """A figure as a whole number of its smallest unit: the point is moved by a cast, never by a product
    of decimals. Where 18 digits are enough that is done in them: an engine takes 100 times longer in 38.
    """
    steps = [MONEY.places] * (type_.places // MONEY.places) + [type_.places % MONEY.places]
    scaled: Expr = cast(value, type_)
    places = type_.places
    for step in steps:
        if step:
            places -= step
            product = exp.Mul(this=scaled, expression=cast(whole(10**step), "DECIMAL(5, 0)"))
            scaled = cast(product, DecimalType(type_.digits, places))
    wide = cast(scaled, "HUGEINT")
    if type_.places != MONEY.places:
        return wide
    narrow = cast(value.copy(), DecimalType(18, MONEY.places))
    product = exp.Mul(this=narrow, expression=cast(whole(10**MONEY.places), "DECIMAL(5, 0)"))
    return case([(_below(value.copy(), 10**10), cast(cast(product, "BIGINT"), "HUGEINT"))], wide)


def _below(value: Expr, limit: int) -> Expr:
    """Whether a figure, above or below zero, is smaller than a whole number."""
    return lt(exp.Abs(this=value), cast(whole(limit), "DECIMAL(22, 0)"))


def _paren(value: Expr) -> Expr:
    return exp.paren(value, copy=False)


def _huge(value: int) -> Expr:
    return cast(text(str(value)), "HUGEINT")


def _abs(value: Expr) -> Expr:
    return exp.Abs(this=value)


def _signed(rounded: Expr, left: Expr, right: Expr) -> Expr:
    """The sign is a factor, so that the long division stands once."""
    negative = exp.NEQ(this=_paren(lt(left.copy(), whole(0))), expression=_paren(lt(right.copy(), whole(0))))
    sign = case([(_paren(negative), whole(-1))], whole(1))
    return cast(exp.Mul(this=_paren(rounded), expression=cast(sign, "HUGEINT")), "DECIMAL(28, 0)")


# ------------------------------------------------------------------------------------------- relations


def select(
    columns: Mapping[str, Expr],
    source: Expr,
    *,
    joins: Sequence[exp.Join] = (),
    where: Expr | None = None,
    group: Sequence[Expr] = (),
    distinct: bool = False,
) -> exp.Select:
    """SELECT columns FROM source …; every column has its name."""
    query = exp.Select(
        expressions=[exp.alias_(value, name, quoted=True, copy=False) for name, value in columns.items()]
    )
    query.set("from_", exp.From(this=source))
    query.set("joins", list(joins))
    if where is not None and where is not TRUE:
        query.set("where", exp.Where(this=where))
    if group:
        query.set("group", exp.Group(expressions=[one.copy() for one in group]))
    if distinct:
        query.set("distinct", exp.Distinct())
    return query


def join(source: Expr, on: Expr, *, side: str = "") -> exp.Join:
    """A join; side: "" for an inner, LEFT for one that may find nothing."""
    return exp.Join(this=source, on=on, side=side or None)


def cross(source: Expr) -> exp.Join:
    """Every row with every row."""
    return exp.Join(this=source, kind="CROSS")


def union(queries: Sequence[exp.Query]) -> exp.Query:
    """UNION ALL."""
    return reduce(lambda a, b: exp.Union(this=a, expression=b, distinct=False), queries)


def subquery(query: exp.Query, alias: str) -> Expr:
    """(query) AS alias."""
    return exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier(alias)))


def values(alias: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> exp.Select:
    """A small table given by its rows.

    columns: name → type; every value is cast once, in the outer select.
    """
    names = list(columns)
    tuples = [exp.Tuple(expressions=[_plain(one) for one in row]) for row in rows]
    if not tuples:
        empty = exp.Select(
            expressions=[exp.alias_(null(type_), name, quoted=True) for name, type_ in columns.items()]
        )
        empty.set("where", exp.Where(this=FALSE))
        return empty
    given = exp.Values(
        expressions=tuples,
        alias=exp.TableAlias(
            this=exp.to_identifier(alias), columns=[exp.to_identifier(name, quoted=True) for name in names]
        ),
    )
    return select({name: cast(column(name), type_) for name, type_ in columns.items()}, given)


def _plain(value: object) -> Expr:
    match value:
        case None:
            return exp.Null()
        case bool():
            return exp.Boolean(this=value)
        case int():
            return whole(value)
        case _:
            return text(value.isoformat() if isinstance(value, date) else str(value))


def window(function: Expr, partition: Sequence[Expr], order: Sequence[Expr] = (), frame: str = "") -> Expr:
    """function OVER (PARTITION BY … ORDER BY …). frame: "running" reaches to the current row, "before" to the
    one before it.
    """
    spec = None
    if frame == "before":
        spec = exp.WindowSpec(
            kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end=whole(1), end_side="PRECEDING"
        )
    if frame == "running":
        spec = exp.WindowSpec(kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW")
    ordering = (
        exp.Order(expressions=[exp.Ordered(this=one, nulls_first=False) for one in order]) if order else None
    )
    return exp.Window(this=function, partition_by=list(partition), order=ordering, spec=spec)


def before(day: Expr, count: int, unit: str) -> Expr:
    """The day so many MONTHs or DAYs before; the last one of a month that is too short."""
    return cast(exp.DateSub(this=day, expression=whole(count), unit=exp.Var(this=unit)), "DATE")


def first_of(unit: str, value: Expr) -> Expr:
    """The first day of the month or quarter: DATE_TRUNC gives a time in DuckDB."""
    return exp.DateTrunc(this=value, unit=exp.Literal.string(unit.upper()))  # type: ignore[no-untyped-call]


def row_number() -> Expr:
    """ROW_NUMBER()."""
    return exp.RowNumber()

"""A small market in which a programme can be shown at work: one partner that takes part, what it sold, what
was agreed with it.

Nothing here is anybody's: the partner sells each group of products once a month, always as much, from two
years before the rules begin. Money in the programme's currency.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from staffel.core.calendar import ONE_DAY, Span, Unit
from staffel.core.programme.forms import all_in
from staffel.core.programme.model import Agreed, Filter, Form, Holds, Is, Programme, Trait, Use
from staffel.core.sources import LINE_TABLES

PARTNER, GROUP, DISTRIBUTOR = "example", "group of the example", "distributor of the example"
YEARS_BEFORE = 2
MONTHLY = Decimal(1000)
AGREED = Decimal(12000)
_RECORDED = datetime(2000, 1, 1, tzinfo=UTC)

Row = Mapping[str, object]


def market(programme: Programme, until: date) -> dict[str, list[Row]]:
    """The tables of that market, up to a day."""
    calendar = programme.calendar
    years = calendar.windows(Span(programme.valid.start, until + ONE_DAY), Unit.YEAR)
    begin = calendar.shift(years[0], Unit.YEAR, -YEARS_BEFORE).start
    whole = Span(begin, until + ONE_DAY)
    traits = _traits(programme)
    tables: dict[str, list[Row]] = {
        "partners": [_row(partner_id=PARTNER, name=PARTNER, holds_from=begin, **traits)],
        "enrolments": [
            _row(
                programme=programme.name,
                partner_id=PARTNER,
                holds_from=begin,
                choices=f"distributor={DISTRIBUTOR}",
            )
        ],
        "memberships": [_row(group_id=GROUP, kind="alliance", partner_id=PARTNER, share=1, holds_from=begin)],
        "products": [
            _row(vendor_id=programme.vendor, holds_from=begin, **one) for one in _products(programme)
        ],
        "targets": list(_targets(programme, whole)),
        "decisions": list(_decisions(programme, whole)),
    }
    for source in LINE_TABLES:
        tables[source] = list(_lines(programme, source, whole, tables["products"]))
    return tables


def _row(**values: object) -> Row:
    return {"commit_no": 1, "recorded_at": _RECORDED} | values


def _traits(programme: Programme) -> dict[str, str]:
    """Of the partner: the first kind, country … that the rules ask for; what they do not name is empty."""
    found: dict[str, str] = {}
    for form in all_in(programme, Holds):
        if form.trait in (Trait.KIND, Trait.COUNTRY, Trait.SEGMENT, Trait.SIZE):
            found.setdefault(form.trait.value, form.values[0])
    return found


def _products(programme: Programme) -> Iterator[dict[str, str]]:
    """One such as each group asks for, and one that is in none."""
    for number, where in enumerate([None, *(group.where for group in programme.products)]):
        yield {"product_id": f"product {number}", "number": f"product {number}"} | _columns(where)


def _columns(where: "Filter | None") -> dict[str, str]:
    asked = [] if where is None else all_in(where, Is)
    return {one.column.rpartition(".")[2]: one.values[0] for one in reversed(asked)}


def _targets(programme: Programme, whole: Span) -> Iterator[Row]:
    """Each target for the windows of the first incentive that asks for it, else for years."""
    for name in sorted({one.target for one in all_in(programme, Agreed)}):
        for window in _windows_of_target(programme, name, whole):
            yield _row(
                programme=programme.name,
                partner_id=PARTNER,
                target=name,
                figure=AGREED,
                holds_from=window.start,
                holds_until=window.until,
            )


def _windows_of_target(programme: Programme, name: str, whole: Span) -> list[Span]:
    for one in programme.incentives:
        if any(agreed.target == name for agreed in _agreed(programme, one)):
            per = one.per
            return [per] if isinstance(per, Span) else programme.calendar.windows(whole, per)
    return programme.calendar.windows(whole, Unit.YEAR)


def _agreed(programme: Programme, form: Form) -> Iterator[Agreed]:
    """The targets that a form asks for, by itself or through the measures that it names."""
    yield from all_in(form, Agreed)
    for use in all_in(form, Use):
        yield from _agreed(programme, programme.measure(use.measure))


def _decisions(programme: Programme, whole: Span) -> Iterator[Row]:
    """The highest level, given anew each month, so that no review takes it away."""
    for ladder in programme.ladders:
        for month in programme.calendar.windows(whole, Unit.MONTH):
            yield _row(
                programme=programme.name,
                ladder=ladder.name,
                partner_id=PARTNER,
                level=ladder.levels[-1].name,
                cause="grant",
                holds_from=month.start,
            )


def _lines(programme: Programme, source: str, whole: Span, products: Sequence[Row]) -> Iterator[Row]:
    """One a month and product; of what else a row may be asked for, it has what the rules name first."""
    asked: dict[str, Any] = {}
    for form in all_in(programme, Is):
        if "." not in form.column:
            asked.setdefault(form.column, form.values[0])
    number = 0
    for at, month in enumerate(programme.calendar.windows(whole, Unit.MONTH)):
        for nth, product in enumerate(products):
            number += 1
            turn = (at + nth) % 3  # every third customer is a new one
            yield _row(
                line_id=f"{source} {number}",
                revision=1,
                report_id="example",
                vendor_id=programme.vendor,
                distributor_id=asked.get("distributor_id", DISTRIBUTOR),
                route=asked.get("route"),
                partner_id=PARTNER,
                product_id=product["product_id"],
                end_customer_id=f"customer {turn if turn else number}",
                order_no=f"order {number}",
                kind="sale",
                sold_on=month.start,
                ordered_on=month.start,
                invoiced_on=month.start,
                quantity=Decimal(10),
                net=MONTHLY,
                list=MONTHLY,
                dealer=MONTHLY,
                cost=MONTHLY,
                currency=programme.currency,
            )

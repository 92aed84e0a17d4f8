"""Which rows, and which products."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from staffel.core.calendar import Span, Unit
from staffel.core.programme.model import (
    DAY_BEFORE_ALL,
    EVERY_ROW,
    All,
    Any,
    Apart,
    During,
    Exists,
    Filter,
    Is,
    Length,
    Not,
    Registered,
    Stated,
    Within,
)
from tests.core.programme.heron import TOP, found, where, whole, with_measure

BOXES = Is(column="product.group", values=("boxes",))
SALES = Is(column="kind", values=("sale",))
FAMILY = Is(column="product.family", values=("a",))
LINE = Is(column="product.line", values=("b",))
LARGE = Within(column="net", comparison="at_least", figure=Decimal(1500))
PIECES = (
    Within(column="quantity", comparison="above", figure=Decimal(2)),
    Within(column="quantity", comparison="at_most", figure=Decimal("9.5")),
)
NOVEMBER = During(column="sold_on", span=Span(date(2026, 11, 1), date(2026, 12, 1)))
UP_TO = Span(DAY_BEFORE_ALL, date(2026, 12, 1))
CUSTOMER = ("end_customer_id",)
NEW = Exists(
    same=CUSTOMER,
    where=BOXES,
    whose="any",
    length=Length(count=24, unit=Unit.MONTH),
    as_of="line",
    some=False,
)
VENDORS = Is(column="vendor_id", values=("allied", "north"))
IN_ORDER = Exists(same=("order_no",), where=All(of=(VENDORS, SALES)), reach="same_day", as_of="line")
PORTAL = Is(column="route", values=("portal",))


@pytest.mark.parametrize(
    ("spelled", "filter_"),
    [
        ("products: boxes", BOXES),
        ("products: [paper, boxes, boxes]", Is(column="product.group", values=("boxes", "paper"))),
        ("kind: sale", SALES),
        ("business: renewal", Is(column="business", values=("renewal",))),
        ("country: NO", Is(column="partner.country", values=("NO",))),
        ("distributor: d1", Is(column="distributor_id", values=("d1",))),
        ("route: portal, products: boxes", All(of=(BOXES, PORTAL))),
        ("where: {partner.level: silver}", Is(column="partner.level", values=("silver",))),
        ("where: {product.family: server}", Is(column="product.family", values=("server",))),
        ("kind: sale, where: {not: {route: portal}}", All(of=(SALES, Not(of=PORTAL)))),
        ("where: {any: [{kind: sale}, {route: portal}]}", Any(of=(SALES, PORTAL))),
        ("where: {all: [{kind: sale}, {route: portal}]}", All(of=(SALES, PORTAL))),
        ("net: {at_least: 1_500}", LARGE),
        ("quantity: {above: 2, at_most: 9.5}", All(of=PIECES)),
        ("where: {not: {net: {at_least: 1_500}}}", Not(of=LARGE)),
        ("sold: {from: 2026-11-01, to: 2026-11-30}", NOVEMBER),
        ("new: {for: 24 months, with: any partner, in: boxes, stays: line}", NEW),
        ("new: {for: ever}", replace(NEW, where=EVERY_ROW, whose="this", length=None, as_of="window")),
        ("seen: {in: 90 days before}", Exists(same=CUSTOMER, length=Length(count=90))),
        (
            "seen: {same: [end_customer, product], in: ever before, where: {kind: sale}, as_of: line}",
            Exists(same=("end_customer_id", "product_id"), where=SALES, as_of="line"),
        ),
        ("order_has: {vendor: [north, allied], kind: sale}", IN_ORDER),
        ("terms: special_price", Stated(column="special_price")),
        (
            "where: {not: {terms: [special_price, deal]}}",
            Not(of=Any(of=(Stated(column="deal"), Stated(column="special_price")))),
        ),
        (
            "days: {from: ordered, to: shipped, at_most: 60}",
            Apart(start="ordered_on", end="shipped_on", comparison="at_most", figure=Decimal(60)),
        ),
        ("registered: true", Registered()),
        ("registered: false", Not(of=Registered())),
        ("registered: 30 days before", Registered(ahead=Length(count=30))),
        ("special_price: sp7", Is(column="special_price", values=("sp7",))),
        ("currency: [USD, CHF]", Is(column="currency", values=("CHF", "USD"))),
        ("licence: term", Is(column="product.licence", values=("term",))),
        ("where: {product.billing: monthly}", Is(column="product.billing", values=("monthly",))),
        ("where: {end_customer.size: small}", Is(column="end_customer.size", values=("small",))),
        ("paid: {to: 2026-11-30}", During(column="paid_on", span=UP_TO)),
        ("where: {kind: sale, any: [{route: portal}]}", All(of=(SALES, Any(of=(PORTAL,))))),
    ],
)
def test_filters(spelled: str, filter_: Filter) -> None:
    assert where_of(spelled) == filter_


def where_of(spelled: str) -> Filter:
    levels = "levels: [{level: member}, {level: silver, requires: {measure: revenue, at_least: 1}}]\n"
    text = with_measure(f"{{sum: net, of: sell_out, {spelled}}}") + levels
    return getattr(whole(text).measure("this"), "where")  # noqa: B009


def test_no_filter_takes_every_row() -> None:
    assert where("over: quarter") == All()


@pytest.mark.parametrize(
    ("spelled", "code"),
    [
        ("where: {colour: red}", "column-unknown"),
        ("where: {product.famly: server}", "column-unknown"),
        ("kind: gift", "value-not-of-type"),
        ("kind: []", "value-not-of-type"),
        ("products: {family: server}", "value-not-of-type"),
        ("products: bxes", "name-unknown"),
        ("new: {}", "key-missing"),
        ("new: {for: 0}", "value-not-of-type"),
        ("new: {for: 12 months before}", "value-not-of-type"),
        ("seen: {in: 12 months}", "value-not-of-type"),
        ("seen: {same: colour}", "value-not-of-type"),
        ("seen: {with: everybody}", "value-not-of-type"),
        ("seen: {pick: latest}", "not-yet"),
        ("seen: {where: {new: {for: ever}}}", "beside-asks-more"),
        ("first: {n: 2}", "not-yet"),
        ("terms: framework", "not-yet"),
        ("registered: perhaps", "value-not-of-type"),
        ("registered: ever before", "value-not-of-type"),
        ("registered: 30 days", "value-not-of-type"),
        ("seen: {where: {registered: true}}", "beside-asks-more"),
        ("terms: cheap", "value-not-of-type"),
        ("seller: s1", "not-yet"),
        ("where: {days: {from: ordered, to: shipped}}", "key-missing"),
        ("days: {from: ordered, at_most: 60}", "key-missing"),
        ("days: {from: ordered, to: delivered, at_most: 60}", "value-not-of-type"),
        ("net: {}", "key-missing"),
        ("net: 1_500", "value-not-of-type"),
        ("net: {at_least: 5 %}", "value-not-of-type"),
        ("net: {at_least: 1.500}", "number-ambiguous"),
        ("net: {at_least: 9, below: 9}", "never-true"),
        ("sold: {}", "key-missing"),
        ("sold: {from: 2026-11-02, to: 2026-11-01}", "span-empty"),
        ("sold: {to: 2026-11-01}, where: {sold: {from: 2026-11-02}}", "never-true"),
        ("certification: x", "source-lacks-column"),
    ],
)
def test_what_is_no_filter(spelled: str, code: str) -> None:
    assert found(with_measure(f"{{sum: net, of: sell_out, {spelled}, accept: measure-unused}}")) == [code]


@pytest.mark.parametrize(
    ("spelled", "filter_"),
    [
        ("{family: [b, a]}", Is(column="product.family", values=("a", "b"))),
        ("{family: a, number: [P-1]}", All(of=(FAMILY, Is(column="product.number", values=("P-1",))))),
        ("{family: a, not: {line: b}}", All(of=(FAMILY, Not(of=LINE)))),
        ("{any: [{family: a}, {line: b}]}", Any(of=(FAMILY, LINE))),
    ],
)
def test_groups_of_products(spelled: str, filter_: Filter) -> None:
    programme = whole(f"{TOP}products: {{group: {spelled}}}\n")
    assert programme.products[0].where == filter_


@pytest.mark.parametrize(
    ("spelled", "code"),
    [("{}", "key-missing"), ("{famly: a}", "column-unknown"), ("[a, b]", "value-not-of-type")],
)
def test_what_is_no_group(spelled: str, code: str) -> None:
    assert code in found(f"{TOP}products: {{group: {spelled}}}\n")

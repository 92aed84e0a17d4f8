"""Which rows count, by which day, and how much of each: rules 1 to 6 and 47, and the reasons of receipts."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, assert_never

from staffel.core.programme.model import (
    All,
    Any,
    Apart,
    Different,
    During,
    Exists,
    Filter,
    Is,
    Leaf,
    Length,
    Not,
    Registered,
    RowTest,
    Span,
    Stated,
    SumOf,
    Take,
    Within,
)
from tests.laws.oracle import exact
from tests.laws.oracle.book import LINE_TABLES, MAIN_DATE, Book, Row, Subject, View, in_force
from tests.laws.oracle.exchange import conversion
from tests.laws.oracle.reasons import REASON_OF_COLUMN, REASONS
from tests.laws.oracle.windows import MONTHS, months_on

MONEY_COLUMNS = ("net", "list", "dealer", "cost")


class Line(NamedTuple):
    """A line of the ledger.

    sale: the line that this return takes back, where it is known. withdrawn: it was reversed, or reverses.
    left: something is left of it, or of its sale, after all returns (rule 5).
    """

    row: Row
    sale: Row | None
    withdrawn: bool
    left: bool

    @property
    def key(self) -> tuple[str, int, int | None]:
        """What names the row: line, revision, and the revision that it reverses."""
        return (self.row["line_id"], self.row["revision"], self.row["reverses"])

    @property
    def is_return(self) -> bool:
        """Whether it takes back, and so is no row of its own."""
        return self.row["kind"] == "return" or self.row["returns"] is not None


class Counted(NamedTuple):
    """A row that counts. day: by which it does; amount: of a sum, in the programme's currency; key: of
    Different.
    """

    day: date
    line: Line
    amount: Decimal
    key: str | None


# ------------------------------------------------------------ what was said, what is left of it (rules 1, 5)


def lines(book: Book, source: str) -> list[Line]:
    """All lines up to the day asked, the withdrawn among them."""
    return book.once(("lines", source), lambda: list(_lines(book, source)))


def _lines(book: Book, source: str, *, every_vendor: bool = False) -> Iterator[Line]:
    rows = [
        row
        for row in book.facts.get(source, ())
        if row[MAIN_DATE] <= book.day and (every_vendor or row["vendor_id"] == book.programme.vendor)
    ]
    reversed_ = {(row["line_id"], row["reverses"]) for row in rows if row["reverses"] is not None}

    def is_withdrawn(row: Row) -> bool:
        return row["reverses"] is not None or (row["line_id"], row["revision"]) in reversed_

    standing = [row for row in rows if not is_withdrawn(row)]
    sales = {row["line_id"]: row for row in standing if row["returns"] is None and row["kind"] != "return"}
    gone = _nothing_left(book, standing, sales)
    for row in sorted(rows, key=lambda row: (row["line_id"], row["revision"], row["reverses"] or 0)):
        sale = None if is_withdrawn(row) else _sale_of(book, row, sales)
        named = sale["line_id"] if sale else row["line_id"]
        yield Line(row=row, sale=sale, withdrawn=is_withdrawn(row), left=named not in gone)


def _sale_of(book: Book, row: Row, sales: dict[str, Row]) -> Row | None:
    """The sale that a return names, where it is a known one of the same partner."""
    sale = sales.get(row["returns"])
    if sale is None or row["partner_id"] is None or sale["partner_id"] is None:
        return None
    same = book.root(sale["partner_id"]) == book.root(row["partner_id"])
    return sale if same else None


def _nothing_left(book: Book, standing: list[Row], sales: dict[str, Row]) -> set[str]:
    """Sales of which all was returned: quantities and net amounts come to 0."""
    left: dict[str, list[Row]] = {}
    for row in standing:
        sale = _sale_of(book, row, sales)
        if sale is not None:
            left.setdefault(sale["line_id"], [sale]).append(row)
    return {
        line_id
        for line_id, parts in left.items()
        if not any(
            sum((row[column] or exact.ZERO for row in parts), exact.ZERO) for column in ("quantity", "net")
        )
    }


# ------------------------------------------------------------ by which day a row counts (rules 2, 4, 5)


def said_of(line: Line, view: View) -> Row:
    """The row whose dates a line has: its sale's, unless returns go by their own dates."""
    return line.sale if line.sale is not None and view.returns == "sale" else line.row


def picking_day(book: Book, line: Line, column: str, view: View) -> date | None:
    """The day that picks the window: the sale's for a return that names it, unless returns go by their own
    dates.
    """
    day: date | None = said_of(line, view)[column]
    return moved(book, day, line.row["commit_no"]) if day is not None and view.moves_late else day


def moved(book: Book, day: date, commit_no: int) -> date:
    """`late: next`: a row that came after its window was closed counts on the first day not closed at its
    commit.
    """
    closes = book.ours("closes")
    its_close = [row for row in closes if row["settle_start"] <= day < row["settle_until"]]
    if not any(row["commit_no"] < commit_no for row in its_close):
        return day
    return max(row["settle_until"] for row in closes if row["commit_no"] < commit_no)


# ------------------------------------------------------------ filters (1.2)


def value_of(book: Book, row: Row, column: str, day: date) -> str | None:
    """A column of the row, of its product or of its partner (after merges) as of `day`."""
    table, _, own = column.partition(".")
    if not own:
        return row[column]
    if table == "product":
        return book.attribute("products", row["product_id"], day).get(own)
    if table == "end_customer":
        return book.attribute("end_customers", row["end_customer_id"], day).get(own)
    partner = book.root(row["partner_id"])
    if own == "level":
        from tests.laws.oracle import levels

        return levels.level_on(book, partner, day)
    return book.attribute("partners", partner, day).get(own)


def holds(book: Book, filter_: Filter, line: Line, day: date, view: View, since: date) -> bool:
    """Whether a row passes a filter; its attributes are those of `day`. since: when its window begins."""
    match filter_:
        case All(of=of):
            return all(holds(book, one, line, day, view, since) for one in of)
        case Any(of=of):
            return any(holds(book, one, line, day, view, since) for one in of)
        case Not(of=of):
            return not holds(book, of, line, day, view, since)
        case Is(column="product.group", values=values):
            groups = [group for group in book.programme.products if group.name in values]
            return any(holds(book, group.where, line, day, view, since) for group in groups)
        case Is(column=column, values=values):
            return value_of(book, line.row, column, day) in values
        case Stated(column=column):
            return line.row[column] is not None
        case Within(column=column, comparison=comparison, figure=figure):
            amount = compared_amount(book, line, column, view)
            return amount is not None and compares(amount, comparison, figure)
        case Apart(comparison=comparison, figure=figure):
            days = days_apart(filter_, line, view)
            return days is not None and compares(days, comparison, figure)
        case During(column=column, span=span):
            said = said_of(line, view)[column]
            return said is not None and span.start <= said < span.until
        case Registered():
            return registered(book, filter_, line)
        case Exists():
            return exists(book, filter_, line, since)
        case _:
            assert_never(filter_)


def parts_of(filter_: Filter) -> list[Filter]:
    """The parts of a filter that must all hold, one by one."""
    return [part for one in filter_.of for part in parts_of(one)] if isinstance(filter_, All) else [filter_]


def leaves(filter_: Filter) -> list[Leaf]:
    """Every question to a column in a filter, in the order written."""
    match filter_:
        case All(of=of) | Any(of=of):
            return [leaf for one in of for leaf in leaves(one)]
        case Not(of=of):
            return leaves(of)
        case RowTest():
            return [filter_]
        case _:
            assert_never(filter_)


def why(book: Book, filter_: Filter, line: Line, day: date, view: View, since: date) -> set[str]:
    """The reasons for which a row does not pass: of each part that fails, the class of its first column.

    A part that asks for the level at all fails for the level.
    """
    failing = [part for part in parts_of(filter_) if not holds(book, part, line, day, view, since)]
    return {_why_leaf(book, leaves(part), line, view) for part in failing}


def _why_leaf(book: Book, tests: list[Leaf], line: Line, view: View) -> str:
    if any(isinstance(one, Is) and one.column == "partner.level" for one in tests):
        return "level-that-day"
    if any(isinstance(one, Exists) and one.reach == "before" and one.as_of == "window" for one in tests):
        return "history"
    match tests[0]:
        case Within(column=column):
            missing = compared_amount(book, line, column, view) is None
            return "amount-missing" if missing else "amount-outside"
        case Apart():
            return "date-missing" if days_apart(tests[0], line, view) is None else "other-date-outside"
        case During(column=column):
            return "date-missing" if said_of(line, view)[column] is None else "other-date-outside"
        case Registered():
            return "wrong-terms"
        case Exists(reach=reach):
            return "order" if reach == "same_day" else "history"
        case Is(column=column) | Stated(column=column):
            return REASON_OF_COLUMN[column]
        case _:
            assert_never(tests[0])


def days_apart(asked: Apart, line: Line, view: View) -> Decimal | None:
    """How many days lie from one date to the other; none where one is missing."""
    start, end = (said_of(line, view)[one] for one in (asked.start, asked.end))
    return None if start is None or end is None else Decimal((end - start).days)


# ------------------------------------------------------------ rows beside a row (1.2, Exists)


def exists(book: Book, asked: Exists, line: Line, since: date) -> bool:
    """Whether a row with the same keys is there; of `some: false` whether none is, and no key is missing.

    A return that names its sale asks what that one asks.
    """
    own = line.sale or line.row
    keys = [own[key] for key in asked.same]
    if None in keys:
        return False
    day: date = own[MAIN_DATE]
    end = since if asked.as_of == "window" else day
    begin = _back(end, asked)
    partner = book.root(own["partner_id"])
    source = _sources(book)[id(own)]
    found = any(
        [other.row[key] for key in asked.same] == keys
        and (asked.whose == "any" or book.root(other.row["partner_id"]) == partner)
        and (
            other.row[MAIN_DATE] == day if asked.reach == "same_day" else begin <= other.row[MAIN_DATE] < end
        )
        for other in _neighbours(book, source, asked.where)
    )
    return found is asked.some


def registered(book: Book, asked: Registered, line: Line) -> bool:
    """Whether an approved deal of the line's partner, for its end customer and product or for whatever
    product, is in force on its day of sale, and was registered long enough before the order.
    """
    own = line.sale or line.row
    day: date = own[MAIN_DATE]
    mine = [
        deal
        for deal in book.rows("deals")
        if deal["vendor_id"] == book.programme.vendor
        and deal["verdict"] == "approved"
        and book.root(deal["partner_id"]) == book.root(own["partner_id"])
        and own["end_customer_id"] is not None
        and deal["end_customer_id"] == own["end_customer_id"]
        and deal["product_id"] in (None, own["product_id"])
    ]
    there = [deal for deal in mine if in_force(deal, day)]
    if asked.ahead is None:
        return bool(there)
    ordered = own["ordered_on"]
    if ordered is None:
        return False
    latest = _before(ordered, asked.ahead)
    return any(_registered_on(deal, mine) <= latest for deal in there)


def _registered_on(deal: Row, mine: list[Row]) -> date:
    """The first day of a deal and of those for the same product that it goes on from."""
    first: date = deal["holds_from"]
    for _ in mine:
        for other in mine:
            goes_on = other["holds_until"] is None or other["holds_until"] >= first
            empty = other["holds_until"] is not None and other["holds_until"] <= other["holds_from"]
            if other["product_id"] == deal["product_id"] and goes_on and not empty:
                first = min(first, other["holds_from"])
    return first


def _sources(book: Book) -> dict[int, str]:
    """Each row's table, by the row's identity."""
    return book.once(
        ("sources",), lambda: {id(row): one for one in LINE_TABLES for row in book.facts.get(one, ())}
    )


def _back(end: date, asked: Exists) -> date:
    return date.min if asked.length is None else _before(end, asked.length)


def _before(end: date, length: Length) -> date:
    """So long before a day."""
    if length.unit is None:
        return end - timedelta(days=length.count)
    return months_on(end, -length.count * MONTHS[length.unit])


def _neighbours(book: Book, source: str, where: Filter) -> list[Line]:
    """Sales of all partners of which something is left, and that are such as is asked."""
    return book.once(("neighbours", source, where), lambda: list(_neighbours_of(book, source, where)))


def _neighbours_of(book: Book, source: str, where: Filter) -> Iterator[Line]:
    plain = View()
    every_vendor = any(isinstance(leaf, Is) and leaf.column == "vendor_id" for leaf in leaves(where))
    for line in _lines(book, source, every_vendor=True) if every_vendor else lines(book, source):
        if line.withdrawn or line.is_return or not line.left or line.row["partner_id"] is None:
            continue
        day = line.row[MAIN_DATE]
        if holds(book, where, line, day, plain, day):
            yield line


def compares(amount: Decimal, comparison: str, figure: Decimal) -> bool:
    """Exactly (rule 19)."""
    return {
        "at_least": amount >= figure,
        "above": amount > figure,
        "at_most": amount <= figure,
        "below": amount < figure,
    }[comparison]


def compared_amount(book: Book, line: Line, column: str, view: View) -> Decimal | None:
    """The amount that a filter compares: a sale and the returns that name it are one row with what is left.

    Where these may lie in two windows (by their own dates, or moved on), it is what was sold.
    """
    whole = family(book).get(id(line.sale or line.row), [line])
    sale, *back = whole
    sold = amount_of(book, sale, column)
    if sold is None or view.returns == "own" or view.moves_late:
        return sold
    return sold + sum((amount_of(book, one, column) or exact.ZERO for one in back), exact.ZERO)


def family(book: Book) -> dict[int, list[Line]]:
    """Each row that stands, with the returns that name it behind it; by the row's identity."""
    return book.once(("family",), lambda: _family(book))


def _family(book: Book) -> dict[int, list[Line]]:
    standing = [line for source in LINE_TABLES for line in lines(book, source) if not line.withdrawn]
    found = {id(line.row): [line] for line in standing if line.sale is None}
    for line in standing:
        if line.sale is not None:
            found[id(line.sale)].append(line)
    return found


# ------------------------------------------------------------ how much (rule 47)


def amount_of(book: Book, line: Line, column: str) -> Decimal | None:
    """The amount of a row, money in the programme's currency; none where it, or its rate, is missing."""
    amount: Decimal | None = line.row[column]
    if amount is None or column not in MONEY_COLUMNS or line.row["currency"] == book.programme.currency:
        return amount
    day = (line.sale or line.row)[MAIN_DATE]
    rate = conversion(book, line.row["currency"], day)
    return None if rate is None else exact.of_fraction(Fraction(amount) * rate, 4)


# ------------------------------------------------------------ which rows count (rules 2 to 6)


def reason_against(
    book: Book, take: Take, line: Line, subject: Subject, view: View, days: Span
) -> str | None:
    """The first reason for which a line of the subject does not count in a measure; none: it counts.

    days: of the window. Whether its day lies in it is not asked here, nor whether another row of its key
    stands for it.
    """
    if line.withdrawn:
        return "withdrawn"
    if _is_returned(take, line, view):
        return "returned"
    day = picking_day(book, line, take.date, view)
    others = [picking_day(book, line, column, view) for column in take.inside]
    if day is None or None in others:
        return "date-missing"
    since = days.start
    found = why(book, take.where, line, day, view, since) | why(book, view.select, line, day, view, since)
    if not all(one is not None and days.start <= one < days.until for one in others):
        found.add("other-date-outside")
    if not _takes_part(book, line, subject, day, view):
        found.add("not-enrolled")
    if view.refuses_late and _came_late(book, take.source, line, take.date):
        found.add("too-late")
    match take.aggregate:
        case SumOf(column=column) if amount_of(book, line, column) is None:
            found.add("amount-missing")
        case Different(key=key) if line.row[key] is None:
            found.add("key-missing")
    return min(found, key=REASONS.index, default=None)


def _is_returned(take: Take, line: Line, view: View) -> bool:
    """Nothing is left of it; where rows are counted, also each return: it is no row of its own.

    Sums go on counting sale and return where these may lie in two windows: by their own dates, or moved on.
    """
    may_part = view.returns == "own" or view.moves_late
    if isinstance(take.aggregate, SumOf):
        return not line.left and not may_part
    return line.is_return or (not line.left and view.returns == "sale")


def _came_late(book: Book, source: str, line: Line, column: str) -> bool:
    """`late: refuse`: whether the line was first heard of after a settled window around its day was closed; a
    return is as late as the sale that it names, and in time where it names none (rule 4).
    """
    if line.is_return and line.sale is None:
        return False
    row = line.sale or line.row
    day, heard = row[column], _first_heard(book, source)[row["line_id"]]
    return day is not None and any(
        close["settle_start"] <= day < close["settle_until"] and close["commit_no"] < heard
        for close in book.ours("closes")
    )


def _first_heard(book: Book, source: str) -> dict[str, int]:
    def found() -> dict[str, int]:
        first: dict[str, int] = {}
        for line in lines(book, source):
            row = line.row
            first[row["line_id"]] = min(row["commit_no"], first.get(row["line_id"], row["commit_no"]))
        return first

    return book.once(("first heard", source), found)


def _takes_part(book: Book, line: Line, subject: Subject, day: date, view: View) -> bool:
    """Enrolled on that day, and for a group its member then."""
    partner = book.root(line.row["partner_id"])
    if subject.kind == "group" and not book.is_member(subject.id, partner, day):
        return False
    return book.enrolled(partner, day)


def of_subject(book: Book, source: str, subject: Subject, view: View) -> list[Line]:
    """The lines whose partner is the subject, after merges; for a group the lines of all who ever were
    members.
    """
    by_partner = book.once(("by partner", source, view), lambda: _by_partner(book, source, view))
    if subject.kind == "partner":
        return by_partner.get(subject.id, [])
    members = {one for group, one, _ in book.memberships() if group == subject.id}
    return [line for member in sorted(members) for line in by_partner.get(member, [])]


def _by_partner(book: Book, source: str, view: View) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines(book, source):
        if line.row["partner_id"] is not None:
            found.setdefault(book.root(line.row["partner_id"]), []).append(line)
    return found


def counted(book: Book, take: Take, subject: Subject, view: View, days: Span) -> list[Counted]:
    """All rows of the subject that count in a measure, whenever they do. days: of the window."""
    asked = days if take.inside else Span(days.start, date.max)
    found = book.once(
        ("counted", id(take), subject, view, asked),
        lambda: (take, list(_counted(book, take, subject, view, asked))),
    )
    return found[1]


def _counted(book: Book, take: Take, subject: Subject, view: View, days: Span) -> Iterator[Counted]:
    for line in of_subject(book, take.source, subject, view):
        if reason_against(book, take, line, subject, view, days) is not None:
            continue
        day = picking_day(book, line, take.date, view)
        assert day is not None
        match take.aggregate:
            case SumOf(column=column):
                yield Counted(day, line, amount_of(book, line, column) or exact.ZERO, None)
            case Different(key=key):
                yield Counted(day, line, exact.ZERO, line.row[key])
            case _:
                yield Counted(day, line, exact.ZERO, None)


def _term(row: Row) -> Line:
    """A term as a filter sees it."""
    return Line(row=row, sale=None, withdrawn=False, left=True)


def terms_in_force(book: Book, take: Take, subject: Subject, view: View, day: date) -> list[Row]:
    """Certificates of the subject's people, and of the firm itself, in force on a day; of a group: its
    members' then.
    """
    assert take.source not in LINE_TABLES

    def is_theirs(row: Row) -> bool:
        partner = book.root(row["partner_id"])
        if subject.kind == "group":
            return book.is_member(subject.id, partner, day)
        return partner == subject.id

    return [
        row
        for row in book.rows(take.source)
        if in_force(row, day) and is_theirs(row) and holds(book, take.where, _term(row), day, view, day)
    ]

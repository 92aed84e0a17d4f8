"""Made-up markets: who takes part, what was sold, returned, corrected and reported late. Seeded, small and
wicked.

Dates lie on edges of windows, enrolments and terms more often than chance would have it. A market knows
nothing of
programmes but their calendar: thresholds are fitted to it afterwards.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from staffel.core.calendar import Calendar
from tests.laws.facts import Ledger, Row
from tests.laws.oracle.windows import DAY, months_on

FAMILIES = {"server": "l1", "storage": "l1", "notebook": "l2", "monitor": "l2"}
KINDS = ("system_house", "dealer", "service_provider")
COUNTRIES = ("DE", "AT", "CH")
DISTRIBUTORS = ("d1", "d2", "d3")
BILLING = ("monthly", "yearly", None)
CUSTOMERS = tuple(f"c{at}" for at in range(1, 8))
CERTIFICATES = ("server-pro", "storage-pro")
FIRMS_CERTIFICATE = "datacenter"
HELD = {
    "accepted": ("terms", "data"),
    "enrolled": ("care", "cloud"),
    "agreement": ("framework", "school"),
    "decided": ("hardship=granted", "hardship=refused"),
    "choice": ("hurdle=low", "hurdle=high"),
}
MONTHS = 24


class Market:
    """The facts, and what a programme is fitted to.

    first, last: the first day with lines and the day after the last. edges: days on which something begins.
    """

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.calendar = Calendar(
            starts_month=rng.choice([1, 1, 2, 4, 7]), starts_day=rng.choice([1, 1, 1, 15])
        )
        self.first = date(rng.choice([2023, 2024]), self.calendar.starts_month, self.calendar.starts_day)
        self.until = months_on(self.first, MONTHS)
        self.edges = [months_on(self.first, months) for months in range(MONTHS + 1)]
        self.facts = Ledger("aurora")
        self.partners = [f"p{at}" for at in range(1, rng.randint(4, 8) + 1)]
        self.enrolled: list[str] = []
        self.groups: dict[str, list[str]] = {}
        self.merged: tuple[str, str, date] | None = None
        self._fill()

    # ------------------------------------------------------------ days

    def any_day(self) -> date:
        """A day of the market; an edge, or the day before one, as often as not."""
        if self.rng.random() < 0.4:
            return self.edge()
        return self.first + timedelta(days=self.rng.randrange((self.until - self.first).days))

    def edge(self) -> date:
        """A first or last day of a month of the calendar, or of what else begins."""
        day = self.rng.choice(self.edges) - self.rng.choice([0, 1]) * DAY
        return max(self.first, min(day, self.until - DAY))

    def commit_of(self, day: date) -> int:
        """The commit that brings the lines of a day: one for each month of the calendar, by tens."""
        return 10 * (1 + sum(edge <= day for edge in self.edges))

    def known(self, what: str, since: date) -> int:
        """The commit that brings a fact of a day: at once, or when its window was closed long ago.

        Drawn apart, so that no other draw of a seed depends on it.
        """
        late = Random(f"{what} {since}").choice([0, 100, 300])
        return self.commit_of(since + late * DAY)

    # ------------------------------------------------------------ filling

    def _fill(self) -> None:
        self._products()
        for partner in self.partners:
            self._partner(partner)
        self._groups()
        if self.rng.random() < 0.25:
            self._merge()
        self._heads()
        self._customers()
        self._certificates()
        self._terms()
        for _ in range(self.rng.randint(60, 110)):
            self._sale()
        self._deals()
        for sale in [row for row in self.facts.tables["sell_out"] if row["kind"] == "sale"]:
            if self.rng.random() < 0.14:
                self._return(sale)
        for line in list(self.facts.tables["sell_out"]):
            if self.rng.random() < 0.05 and line["returns"] is None:
                self._correct(line)
        for _ in range(self.rng.randint(0, 4)):
            self._sell_in()

    def _products(self) -> None:
        families = [*FAMILIES, *FAMILIES, *self.rng.choices(list(FAMILIES), k=2)]
        for at, family in enumerate(families):
            since = self.rng.choice([date(2020, 1, 1)] * 4 + [self.edges[6]])
            self.facts.product(
                f"x{at}",
                family,
                since,
                line=FAMILIES[family],
                category=f"k{at % 3}",
                billing=self.rng.choice(BILLING),
            )
            if self.rng.random() < 0.15:
                other = self.rng.choice(list(FAMILIES))
                self.facts.product(
                    f"x{at}", other, self.edges[14], line=FAMILIES[other], category="k0", billing="monthly"
                )

    def _partner(self, partner: str) -> None:
        rng = self.rng
        attributes = {
            "kind": rng.choice(KINDS),
            "country": rng.choice(COUNTRIES),
            "segment": rng.choice(["retail", "public", None]),
            "size": rng.choice(["small", "large"]),
            "head_office": rng.choice([None, None, "p1", "p2"]),
        }
        self.facts.partner(partner, date(2020, 1, 1), **attributes)
        if rng.random() < 0.2:
            since, other = self.any_day(), {"kind": rng.choice(KINDS), "country": "AT"}
            known = self.known(partner, since)
            self.facts.partner(partner, since, **(attributes | other), commit_no=known)
        how = (
            "stays"
            if len(self.enrolled) < 2
            else rng.choice(["stays", "stays", "new", "leaves", "back", "never"])
        )
        self._enrol(partner, how)

    def _enrol(self, partner: str, how: str) -> None:
        begin, middle = self.first - timedelta(days=self.rng.choice([0, 400])), self.any_day()
        spans: dict[str, list[tuple[date, date | None]]] = {
            "stays": [(begin, None)],
            "new": [(middle, None)],
            "leaves": [(begin, max(middle, begin + 40 * DAY))],
            "back": [(begin, self.edges[9]), (self.edges[9] + self.rng.choice([1, 40, 150]) * DAY, None)],
            "never": [],
        }
        for since, until in spans[how]:
            chosen = self.rng.choice([None, "distributor=d1", "payout=funds;distributor=d2", "payout=points"])
            known = self.known(partner, since)
            self.facts.enrolment(partner, since, until, choices=chosen, commit_no=known)
            self.edges += [since, *([until] if until else [])]
        if spans[how]:
            self.enrolled.append(partner)

    def _groups(self) -> None:
        """One alliance, sometimes two, of partners that need not all take part; who is in none is a
        stranger.
        """
        free = self.rng.sample(self.partners, len(self.partners))
        for group in ("g1", "g2")[: self.rng.choice([1, 1, 2])]:
            members = [free.pop() for _ in range(min(len(free) - 1, self.rng.randint(2, 3)))]
            for at, member in enumerate(members):
                since = self.rng.choice([date(2020, 1, 1), date(2020, 1, 1), self.any_day()])
                until = self.rng.choice([None, None, None, self.any_day()])
                until = until if until is None or until > since else None
                self.facts.membership(group, member, since, until, share=("0.5", "0.3", "0.2")[at])
                self.edges += [since] if since > self.first else []
            self.groups[group] = members

    def _heads(self) -> None:
        """In some groups a head office that changes, two that are named, or one that names itself.

        Drawn apart, so that no other draw of a seed depends on it.
        """
        rng = Random(f"{self.first} {self.groups}")
        for members in filter(None, self.groups.values()):
            first, last = min(members), max(members)
            match rng.choice(["as drawn", "changes", "two", "itself"]):
                case "changes" if len(members) > 2:
                    self._names(last, first)
                    self._names(last, sorted(members)[1], rng.choice(self.edges[1 : MONTHS + 1]))
                case "two":
                    self._names(first, last)
                    self._names(last, first)
                case "itself":
                    self._names(last, last)

    def _names(self, partner: str, head: str, since: date | None = None) -> None:
        """A head office in all that was said of a partner; since a day: from then until more is said."""
        rows = [row for row in self.facts.tables["partners"] if row["partner_id"] == partner]
        if since is None:
            for row in rows:
                row["head_office"] = head
        elif all(row["holds_from"] != since and row["same_as"] is None for row in rows):
            begun = max((row for row in rows if row["holds_from"] < since), key=lambda row: row["holds_from"])
            self.facts.add("partners", begun | {"holds_from": since, "head_office": head})

    def _merge(self) -> None:
        """One partner becomes part of another that is in no other alliance."""
        of = {member: group for group, members in self.groups.items() for member in members}
        old, new = self.rng.sample(self.partners, 2)
        if of.get(old) != of.get(new) and old in of and new in of:
            return
        last = [row for row in self.facts.tables["partners"] if row["partner_id"] == old][-1]
        day = max(self.any_day(), last["holds_from"] + DAY)
        same = {name: last[name] for name in ("kind", "country", "segment", "size")}
        self.facts.partner(old, day, same_as=new, **same)
        self.merged = (old, new, day)
        self.edges.append(day)

    def _customers(self) -> None:
        """Of most end customers something is known; some become another kind."""
        rng = Random(f"customers {self.first} {self.until}")
        for customer in CUSTOMERS[:-1]:
            for since in (date(2020, 1, 1), self.edges[rng.randrange(2, MONTHS)])[: rng.choice([1, 1, 2])]:
                traits = {"kind": rng.choice(["firm", "public", "person", None]), "size": rng.choice("sl")}
                own = {"end_customer_id": customer, "holds_from": since, "country": "DE"}
                self.facts.add("end_customers", own | traits)

    def _certificates(self) -> None:
        for partner in self.partners:
            for at in range(self.rng.choice([0, 1, 2, 3])):
                since = self.rng.choice([date(2021, 1, 1), self.any_day()])
                until = self.rng.choice([None, None, self.any_day()])
                until = until if until is None or until > since else None
                which = self.rng.choice(CERTIFICATES)
                person, known = f"h{partner}{at}", self.known(f"{partner}{at}", since)
                self.facts.certificate(partner, which, person, since, until, commit_no=known)
                self.edges += [until] if until else []
            if self.rng.random() < 0.5:
                until = self.rng.choice([None, self.any_day()])
                self.facts.certificate(partner, FIRMS_CERTIFICATE, None, date(2021, 1, 1), until)

    def _terms(self) -> None:
        """What partners accepted, chose, are party to and were told; drawn apart, as `known` is."""
        for partner in self.partners:
            rng = Random(f"terms of {partner} {self.first} {self.until}")
            for term, values in HELD.items():
                days = rng.sample(range((self.until - self.first).days), rng.choice([0, 1, 1, 2]))
                for since in [self.first + number * DAY for number in days]:  # no two rows of one day
                    until = rng.choice([None, None, since + rng.choice([20, 90, 200]) * DAY])
                    self._term(term, partner, rng.choice(values), since, until)

    def _term(self, term: str, partner: str, value: str, since: date, until: date | None) -> None:
        match term:
            case "accepted":
                self.facts.consent(partner, value, since, until)
            case "agreement":
                self.facts.party(partner, value, since, until)
            case "enrolled":
                self.facts.enrolment(partner, since, until, programme=value)
            case "decided":
                question, _, answer = value.partition("=")
                self.facts.ruling(partner, question, answer, since)
            case _:
                for row in self.facts.tables["enrolments"]:
                    if (row["programme"], row["partner_id"]) == (self.facts.programme, partner):
                        row["choices"] = f"distributor=d1; {value}"

    # ------------------------------------------------------------ lines

    def _sale(self) -> None:
        rng = self.rng
        # The first ones sell the most.
        partner = rng.choices(self.partners, [3, 3, 2, 2, 1, 1, 1, 1][: len(self.partners)])[0]
        day = self.any_day()
        net = rng.choice([Decimal(rng.randint(1, 40) * 100), Decimal(rng.randint(10_000, 400_000)) / 100])
        pieces = Decimal(rng.randint(1, 12))
        currency = rng.choices(["EUR", "CHF", "USD"], [85, 10, 5])[0]
        self.facts.sale(
            partner,
            day,
            None if rng.random() < 0.04 else net,
            pieces,
            list=net + 100 * pieces,
            currency=currency,
            distributor_id=rng.choice(DISTRIBUTORS),
            product_id=f"x{rng.randrange(10)}",
            end_customer_id=rng.choice([*CUSTOMERS, *CUSTOMERS, None]),
            route=rng.choice(["portal", "phone", None]),
            business=rng.choice(["new", "renewal", None]),
            deal=rng.choice(["deal1", None, None]),
            special_price=rng.choice(["sp1", "sp2", None, None]),
            order_no=f"o{rng.randint(1, 40)}",
            ordered_on=rng.choice([day, day - rng.randint(0, 20) * DAY, None]),
            invoiced_on=rng.choice([day, day + rng.randint(0, 20) * DAY, day + DAY, None]),
            kind=rng.choices(["sale", "correction", "return"], [94, 3, 3])[0],
            commit_no=self._commit(day),
        )
        last = self.facts.tables["sell_out"][-1]
        if last["kind"] == "return":
            for column in ("net", "quantity", "list"):
                last[column] = None if last[column] is None else -last[column]

    def _deals(self) -> None:
        """Some sales have a registered deal; some deals are another's, of another vendor, or refused."""
        rng = Random(f"deals {self.first} {self.until}")
        sales = [row for row in self.facts.tables["sell_out"] if row["end_customer_id"] is not None]
        for at, sale in enumerate(rng.sample(sales, min(len(sales), 30))):
            since = sale["sold_on"] - rng.choice([0, 1, 10, 30]) * DAY
            own = {"deal": f"deal{at}", "vendor_id": rng.choice(["v", "v", "v", "w"])}
            own |= {"partner_id": sale["partner_id"], "end_customer_id": sale["end_customer_id"]}
            own["product_id"] = rng.choice([sale["product_id"], sale["product_id"], None])
            own["verdict"] = rng.choice(["approved", "approved", "approved", "refused", None])
            until = rng.choice([since + DAY, since + 90 * DAY, sale["sold_on"] + DAY, None])
            self.facts.add("deals", own | {"holds_from": since, "holds_until": until})

    def _commit(self, day: date) -> int:
        """Mostly the month's own commit; one line in ten comes months later."""
        late = self.rng.choice([0] * 9 + [self.rng.randint(1, 6)])
        return self.commit_of(day) + 10 * late

    def _return(self, sale: Row) -> None:
        """All of a sale comes back, or some of it; now and then in two returns, or under a name nobody
        knows.
        """
        day = min(sale["sold_on"] + self.rng.choice([0, 3, 30, 100]) * DAY, self.until)
        net, pieces = sale["net"] or Decimal(0), sale["quantity"]
        part = self.rng.choice([Decimal(1), Decimal(1), Decimal("0.5")])
        back = self.facts.back(sale, day, net * part, pieces * part, list=-(sale["list"] * part))
        back |= {
            "ordered_on": day,
            "invoiced_on": self.rng.choice([day, None]),
            "commit_no": self._commit(day),
        }
        if sale["net"] is None:
            back["net"] = None
        if self.rng.random() < 0.1:
            back["returns"] = "unknown"

    def _correct(self, line: Row) -> None:
        """A reversal; mostly a new revision with another amount comes with it."""
        self.facts.commit_no = line["commit_no"] + self.rng.choice([0, 10, 40])
        self.facts.reversal(line)
        if self.rng.random() < 0.7:
            again = {name: value for name, value in line.items() if name not in ("commit_no", "recorded_at")}
            self.facts.add("sell_out", again | {"revision": 2, "net": Decimal(self.rng.randint(1, 30) * 100)})
        self.facts.commit_no = 1

    def _sell_in(self) -> None:
        day, net = self.any_day(), Decimal(self.rng.randint(5, 60) * 100)
        values = dict(self.facts.sale(self.rng.choice(self.partners), day, net, 5, product_id="x1"))
        self.facts.tables["sell_out"].pop()
        values |= {"line_id": f"I{len(self.facts.tables['sell_in'])}", "commit_no": self.commit_of(day)}
        values.pop("recorded_at")
        self.facts.add("sell_in", values)


def add_rates(market: Market, basis: str) -> None:
    """Rates of this basis into EUR: the franc straight, the other way round or over the dollar; some days
    have none.
    """
    rng, facts = market.rng, market.facts
    begin = market.first - timedelta(days=rng.choice([0, 30]))
    days = {"day": [begin, *rng.sample(market.edges[1:], 6)], "programme": [date(2020, 1, 1)]}
    days["month"] = [edge.replace(day=1) for edge in market.edges[: rng.choice([len(market.edges), 20])]]
    way = rng.choice(["straight", "reverse", "third"])
    for day in sorted(set(days[basis])):
        dollar, franc = (Decimal(rng.randint(low, low + 90_000)) / 100_000 for low in (87_000, 95_000))
        facts.rate("USD", "EUR", dollar, day, basis)
        if way == "straight":
            facts.rate("CHF", "EUR", franc, day, basis)
        elif way == "reverse":
            facts.rate("EUR", "CHF", franc, day, basis)
        else:
            facts.rate("USD", "CHF", franc, day, basis)
    if rng.random() < 0.3:
        facts.rate("CHF", "EUR", "9.5", date(2020, 1, 1), "month" if basis == "day" else "day")

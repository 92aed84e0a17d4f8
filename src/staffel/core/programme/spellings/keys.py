"""What an editor shows of a key beside what its field says: an example, and words where the field has none.

An entry is named by the key, or by spelling and key where one key means two things. A key without an entry
shows what its form allows: the first words of a closed list, a figure, a name.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyNote:
    """example: what may stand there, as the file writes it. meaning: in place of a description."""

    example: str
    meaning: str = ""


def _note(example: str, meaning: str = "") -> KeyNote:
    return KeyNote(example=example, meaning=meaning)


_STEPS = "[{from: 0, rate: 1 %}, {from: 50_000, rate: 2 %}]"
_SUM = "{sum: net, of: sell_out}"
_TITLE = _note("{en: Growth bonus, de: Wachstumsbonus}", "What people read, in both languages.")

_BY_TIME = [name + end for end in ("", "Test") for name in ("EachTime", "Averaged", "Largest", "Smallest")]
_OF_TIME = {"of": "revenue", "as": "largest"}

KEYS: dict[str, KeyNote] = {
    # at the top
    "programme": _note("aurora"),
    "vendor": _note("aurora-networks"),
    "version": _note("2026.1"),
    "valid": _note("{from: 2026-02-01, to: 2027-01-31}"),
    "currency": _note("EUR"),
    "numbers": _note("de"),
    "calendar": _note("{year_starts: 02-01, settle: quarter}", "When a year starts, what is settled when."),
    "close": _note("{reports_within: 10, settle_after: 20}", "When reports are in, and when is closed."),
    "products": _note("[solutions]"),
    "Programme.products": _note("{solutions: {family: [server, storage]}}"),
    "measures": _note("{revenue: {sum: net, of: sell_out}}"),
    "levels": _note(
        "[{level: registered}, {level: select, requires: [{measure: revenue, at_least: 25_000}]}]"
    ),
    "ladders": _note("[{ladder: level, levels: [{level: registered}, {level: select}]}]"),
    "incentives": _note("[{incentive: bonus, base: revenue, per: quarter, rate: 2 %}]"),
    "stacking": _note("added"),
    "review": _note("{promote: at once, demote: yearly, grace: 2 quarters}", "When levels move."),
    "title": _TITLE,
    "accept": _note("newcomer-unsaid"),
    # rows
    "family": _note("[server, storage]", "The family that the catalogue names."),
    "line": _note("small", "The line that the catalogue names."),
    "category": _note("hardware", "The category that the catalogue names."),
    "number": _note("[A-100, A-200]"),
    "product.family": _note("[server, storage]", "The product's family on the line's day."),
    "product.line": _note("small", "The product's line on the line's day."),
    "product.category": _note("hardware", "The product's category on the line's day."),
    "product.number": _note("A-100", "The vendor's number of the product."),
    "partner.level": _note("premier", "The partner's level on the line's day."),
    "partner.kind": _note("system_house", "The partner's kind on the line's day."),
    "partner.country": _note("[DE, AT]", "The partner's country on the line's day."),
    "partner.segment": _note("public", "The partner's segment on the line's day."),
    "partner.size": _note("small", "The partner's size on the line's day."),
    "kind": _note("sale"),
    "business": _note("new"),
    "country": _note("[DE, AT]"),
    "distributor": _note("rhein"),
    "route": _note("portal"),
    "certification": _note("engineer"),
    "net": _note("{at_least: 1_500}"),
    "list": _note("{at_least: 1_500}"),
    "dealer": _note("{at_least: 1_500}"),
    "cost": _note("{above: 100}"),
    "quantity": _note("{at_least: 5}"),
    "sold": _note("{from: 2026-09-01, to: 2026-11-30}"),
    "new": _note("{for: 24 months, with: any partner, in: solutions}"),
    "seen": _note("{same: [end_customer, product], in: 12 months before}"),
    "order_has": _note("{vendor: allied}"),
    "New.for": _note("24 months"),
    "same": _note("[end_customer, product]"),
    "New.in": _note("solutions"),
    "Seen.in": _note("12 months before"),
    "Seen.where": _note("{kind: sale}"),
    "with": _note("any partner"),
    "stays": _note("window"),
    "as_of": _note("line"),
    "Neighbour.vendor": _note("allied"),
    "ordered": _note("{from: 2026-09-01, to: 2026-11-30}"),
    "shipped": _note("{from: 2026-09-01}"),
    "invoiced": _note("{to: 2026-11-30}"),
    "paid": _note("{to: 2026-12-31}"),
    "where": _note("{not: {route: portal}}"),
    "any": _note("[{country: DE}, {country: AT}]"),
    "all": _note("[{country: DE}, {route: portal}]"),
    "not": _note("{route: portal}"),
    "GroupSpelling.any": _note("[{family: server}, {line: small}]"),
    "GroupSpelling.all": _note("[{family: server}, {line: small}]"),
    "GroupSpelling.not": _note("{family: notebook}"),
    "ProductsOf.any": _note("[{family: server}, {line: small}]"),
    "ProductsOf.all": _note("[{family: server}, {line: small}]"),
    "ProductsOf.not": _note("{family: notebook}"),
    # measures
    "sum": _note("net"),
    "count": _note("end_customer"),
    "Attained.of": _note("{target: yearly}"),
    "AttainedTest.of": _note("{target: yearly}"),
    "dates": _note("{window: invoiced}"),
    "over": _note("last 4 quarters"),
    "share": _note("services"),
    "PayPartSpelling.share": _note("60 %"),
    "in": _note("revenue"),
    "attained": _note("revenue"),
    "target": _note("yearly"),
    "growth_of": _note("revenue"),
    "against": _note("same quarter last year"),
    "growth_part_of": _note("revenue", "The measure; its growth over the baseline that won is paid on."),
    "part_above": _note("step"),
    "PartAboveSpelling.of": _note("revenue"),
    "plus": _note("[revenue, services]"),
    "minus": _note("[promotions]"),
    "best_of": _note("[revenue, {measure: revenue, over: quarter before}]"),
    "worst_of": _note("[revenue, {figure: 50_000}]"),
    "average": _note("revenue"),
    "largest": _note("revenue"),
    "smallest": _note("revenue"),
    **{f"{name}.each": _note("month") for name in _BY_TIME},
    **{f"{name}.where": _note("{at_least: 1_000}") for name in _BY_TIME},
    **{f"{name}.{key}": _note(one) for name in _BY_TIME[:2] for key, one in _OF_TIME.items()},
    "times": _note("1.05"),
    "figure": _note("8_000"),
    "if_none": _note("0"),
    "rounded": _note("1 %"),
    "score": _note(
        "[{measure: engineers, points: 5, most: 10}]", "Parts, each with points for a unit of a measure."
    ),
    "measure": _note("revenue"),
    "points": _note("5"),
    "most": _note("20"),
    "least": _note("1"),
    "ScorePart.weight": _note("40 %"),
    **{f"{name}.missing": _note("stretch") for name in ("Scored", "ScoredTest")},
    # conditions and levels
    "at_least": _note("25_000"),
    "above": _note("25_000"),
    "at_most": _note("100_000"),
    "below": _note("100_000"),
    "once_met": _note("stays"),
    "reached_on_any_day_of": _note("last 6 months"),
    "kept_on_every_day_of": _note("last 2 quarters"),
    "published": _note("2026-04-01"),
    "enforced": _note("2027-03-31"),
    "exempt": _note("newcomers"),
    "or_alliance": _note("true"),
    "level": _note("select"),
    "holds": _note("cloud-specialist"),
    "segment": _note("public", "The partner's segment."),
    "size": _note("small", "The partner's size."),
    "newcomer": _note("true"),
    "accepted": _note("terms-2026"),
    "enrolled": _note("aurora-care"),
    "agreement": _note("framework"),
    "Facts.choice": _note("{hurdle: low}"),
    "decided": _note("{hardship: granted}"),
    "within": _note("window"),
    "ladder": _note("level"),
    "requires": _note("[{measure: revenue, over: last 4 quarters, at_least: 25_000}]"),
    "paths": _note(
        "{volume: [{measure: revenue, at_least: 150_000}], skill: [{measure: engineers, at_least: 4}]}"
    ),
    "cumulative": _note("true"),
    "LevelSpelling.by": _note("approval", "Who gives the level: the rule alone, or a decision with it."),
    "benefits": _note("{discount: 4 %}"),
    "promote": _note("at once"),
    "demote": _note("yearly"),
    "grace": _note("2 quarters"),
    "most_steps_up": _note("1"),
    "most_steps_down": _note("1"),
    # incentives
    "incentive": _note("growth-bonus"),
    "base": _note("revenue"),
    "driver": _note("{growth_of: revenue, against: same quarter last year, as: percent}"),
    "per": _note("quarter"),
    "settle": _note("quarter"),
    "for": _note("{level: [select, premier]}"),
    "select": _note("{products: solutions}"),
    "gate": _note("[{measure: revenue, at_least: 10_000}]"),
    "earner": _note("partner"),
    "scale": _note(f"{{kind: marginal, steps: {_STEPS}}}", "Steps in rising order, and how they pay."),
    "steps": _note(_STEPS),
    "from": _note("50_000"),
    "SpanSpelling.from": _note("2026-09-01"),
    "ClosedSpan.from": _note("2026-09-01"),
    "to": _note("2026-11-30"),
    "RoundSpelling.to": _note("0.05"),
    "rate": _note("2 %"),
    "per_unit": _note("5"),
    "lump": _note("500"),
    "all_or_nothing": _note("{from: 100 %, rate: 3 %, else: 1 %}"),
    "else": _note("1 %"),
    "table": _note(
        "{rows: {measure: revenue, from: [0, 50_000]}, columns: {measure: engineers, from: [0, 2]},"
        " rates: [[1 %, 2 %], [2 %, 4 %]]}",
        "Rows by one measure, columns by another, and what each cell pays.",
    ),
    "TableSpelling.rows": _note("{measure: revenue, from: [0, 50_000]}", "What picks the row."),
    "columns": _note("{measure: engineers, from: [0, 2]}", "What picks the cell in its row."),
    "RowsSpelling.from": _note("[0, 50_000]"),
    "ColumnsSpelling.from": _note("[0, 2]"),
    "TableSpelling.rates": _note("[[1 %, 2 %], [2 %, 4 %]]"),
    "lumps": _note("[[100, 200], [200, 500]]"),
    "ScaleSpelling.below": _note("1 %"),
    "every": _note("50"),
    "counting": _note("started"),
    "free": _note("60"),
    "add": _note("[{when: {level: premier}, rate: 2 %}]"),
    "multiply": _note("[{when: {level: premier}, by: 1.2}]"),
    "when": _note("{level: premier}"),
    "by": _note("1.2", "The factor."),
    "floor": _note("500"),
    "cap": _note("60_000"),
    "amount": _note("60_000", "The sum of money."),
    "each": _note("end_customer"),
    "round": _note("{to: 1, way: down}"),
    "minimum_payout": _note("{amount: 50, otherwise: carry}"),
    "newcomers": _note("{prorate: months}", "What becomes of those who join meanwhile."),
    "baseline": _note("10_000"),
    "late": _note("{lines: next}", "Lines that come after the close, and returns."),
    # payout
    "payer": _note("{distributor: chosen}"),
    "choice": _note("[money, discount, funds]"),
    "payout": _note("{due: 30 days after close}", "As what, by whom and when it is paid."),
    "due": _note("30 days after close"),
    "split": _note("[{share: 60 %, as: money}, {share: 40 %, as: funds}]"),
    "as": _note("money"),
    "then": _note("money", "As what it is paid then."),
    "if_less_than": _note("4_000"),
    "use_within": _note("6 months"),
    "claim_within": _note("45 days"),
    "expires": _note("12 months"),
    # calendar
    "year_starts": _note("02-01"),
    "time_zone": _note("Europe/Berlin"),
    "reports_within": _note("10"),
    "settle_after": _note("20"),
}


def note_of(spelling: str, key: str) -> KeyNote | None:
    """The note of a key in a spelling; none where nobody wrote one."""
    return KEYS.get(f"{spelling}.{key}") or KEYS.get(key)

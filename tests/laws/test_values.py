"""What `values.REFUSED` calls refused, `check` refuses: each pair as the YAML that a person would write."""

import pytest

from staffel.core.programme import read_programme
from tests.core.programme.heron import AROUND, FILE, LEVELS, TOP
from tests.laws.values import REFUSED, TERMS

Keys = dict[str, str]

# What each value is in a file: keys of the incentive, of its pay (`pay`, `by`), of `review`, of the whole.
GROUP = {"earner": "{alliance: {driver: group, base: group, share: equally}}"}
SPELLED: dict[str, Keys] = {
    "base: grown part": {"base": "{growth_part_of: revenue}", "driver": "growth", "newcomers": "{}"},
    "base: part above": {"base": "{part_above: step, of: revenue}"},
    "base: none": {"base": "", "driver": "revenue", "pay": "lump"},
    "driver: the base": {"driver": ""},
    "scale: flat": {},
    **{f"scale: {kind}": {"kind": kind} for kind in ("increment", "marginal", "linear")},
    "earner: base of alliance": GROUP,
    **{
        f"group share: {share}": {"earner": GROUP["earner"].replace("equally", share)}
        for share in ("by_base", "equally", "agreed", "head_office")
    },
    "group share: nobody": {"earner": "{alliance: {driver: group, base: group}}"},
    "floor: said": {"floor": "5"},
    "cap: each customer": {"cap": "{amount: 5, each: end_customer}"},
    "cap: both": {"cap": "[{amount: 50}, {amount: 5, each: end_customer}]"},
    "multiply: by rows": {"multiply": "[{when: {products: boxes}, by: 2}]"},
    "add: by rows": {"add": "[{when: {products: boxes}, rate: 2 %}]"},
    "add: under a condition": {"add": "[{when: {kind: dealer}, rate: 2 %}]"},
    **{f"pay: {pay}": {"pay": pay} for pay in ("percent", "per unit", "lump", "percent and lump")},
    "rate by: group": {"by": "products, boxes"},
    "rate by: kind": {"by": "kind, dealer"},
    "rate by: level": {"by": "level, gold"},
    "level on: day_of_sale": {"by": "level, gold"},
    **{f"level on: {day}": {"by": "level, gold", "level_on": day} for day in ("start", "end", "settlement")},
    "stacking: in sequence": {"sequence": "yes"},
    "condition: level": {"gate": "[{level: gold}]", "level_on": "end"},
    "condition: kind": {"gate": "[{kind: dealer}]"},
    "condition: certificate": {"gate": "[{holds: iso}]"},
    "condition: newcomer": {"gate": "[{newcomer: true}]"},
    **{
        f"condition: {term}": {"gate": f"[{{{term}: {'{a: b}' if term in ('choice', 'decided') else 'b'}}}]"}
        for term in TERMS
    },
    "condition: kept": {"gate": "[{measure: revenue, at_least: 5, once_met: stays}]"},
    "condition: kept in a window": {
        "gate": "[{measure: revenue, at_least: 5, reached_on_any_day_of: last 6 months}]"
    },
    "condition: kept every day": {
        "gate": "[{measure: revenue, at_least: 5, kept_on_every_day_of: last 6 months}]"
    },
    "condition: alliance": {"gate": "[{measure: revenue, at_least: 5, or_alliance: true}]"},
    "prorate: months": {"newcomers": "{prorate: months}"},
    "prorate: days": {"newcomers": "{prorate: days}"},
    "newcomers: baseline": {"newcomers": "{baseline: 500}"},
    "start: by the partner": {"from": "{by: kind, dealer: 5, else: 9}"},
    "reached: above": {"reached": "above"},
    "reached: from 0": {"reached": "from"},
    "measure: growth amount": {"driver": "growth"},
    "up: no levels": {"levels": "none"},
    "down: no levels": {"levels": "none"},
    **{
        f"{way}: {when}": {key: spelled}
        for way, key in (("up", "promote"), ("down", "demote"))
        for when, spelled in {
            "at once": "at once",
            "each": "each quarter",
            "fixed": "{days: [03-31]}",
            "never": "never",
        }.items()
    },
    "steps: most": {"most_steps_up": "1", "most_steps_down": "1"},
    "grace: units": {"grace": "1 quarter"},
    "grace: days": {"grace": "30 days"},
}
FIGURES = {"percent": "rate: {2 %}", "per unit": "per_unit: {2}", "lump": "lump: {500}"}
INCENTIVE = (
    "base",
    "per",
    "driver",
    "newcomers",
    "earner",
    "floor",
    "cap",
    "add",
    "multiply",
    "level_on",
    "gate",
)
REVIEW = ("promote", "demote", "grace", "most_steps_up", "most_steps_down")
# `nobody` is what a file says that names no share; for a group that is the fault itself.
NEVER_ALONE = {"group share: nobody"}
PAIRS = [(value, other) for value, others, _ in REFUSED for other in others]


def paid(keys: Keys) -> str:
    """The pay as it is written, varied where it is."""
    kind, by = keys["pay"], keys.get("by")
    if kind == "percent and lump":
        return f"all_or_nothing: {{from: 0, {paid(keys | {'pay': 'percent'})}, lump: 5}}"
    if start := keys.get("from"):
        return f"all_or_nothing: {{from: {start}, {paid(keys | {'from': ''})}}}"
    if kind_of_scale := keys.get("kind"):
        every = " every: 5," if kind_of_scale == "increment" else ""
        return f"scale: {{kind: {kind_of_scale},{every} steps: [{{from: 0, {paid(keys | {'kind': ''})}}}]}}"
    word, _, figure = FIGURES[kind].partition(": ")
    figure = figure.strip("{}")
    return f"{word}: {{by: {by}: {figure}, else: {figure}}}" if by else f"{word}: {figure}"


def spelled(*values: str) -> str:
    """A programme whose incentive says these values."""
    keys: Keys = {"base": "revenue", "per": "quarter", "pay": "percent"}
    for value in values:
        keys |= SPELLED[value]
    if values == ("scale: increment",):
        keys["pay"] = "lump"
    if keys["pay"] == "per unit" and keys["base"] == "revenue":
        keys["base"] = "pieces"
    if "most_steps_up" in keys:
        keys.setdefault("promote", "each quarter")
    review = ", ".join(f"{key}: {keys[key]}" for key in REVIEW if key in keys)
    lines = [paid(keys)]
    lines += [f"{key}: {said}" for key, said in keys.items() if said and key in INCENTIVE]
    bonus = "".join(f"    {line}\n" for line in lines)
    text = TOP + AROUND + (LEVELS if keys.get("levels") != "none" else "")
    text += f"review: {{{review}}}\n" if review else ""
    text += f"incentives:\n  - incentive: bonus\n{bonus}"
    if "sequence" in keys:
        text += f"  - incentive: second\n{bonus}stacking: [{{sequence: [bonus, second]}}]\n"
    return text


@pytest.mark.parametrize("pair", PAIRS, ids=" with ".join)
def test_what_is_called_refused_is_refused(pair: tuple[str, str]) -> None:
    text = spelled(*pair)
    assert read_programme(text, file=FILE).programme is None, text


@pytest.mark.parametrize("value", sorted({value for pair in PAIRS for value in pair} - NEVER_ALONE))
def test_each_value_alone_is_taken(value: str) -> None:
    """Else a pair would be refused for one of both."""
    reading = read_programme(spelled(value), file=FILE)
    assert reading.programme is not None, [finding.say() for finding in reading.findings]

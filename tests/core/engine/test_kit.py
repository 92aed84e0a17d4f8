"""The recompute kit: the same cents from the file alone, and a changed cent is named. `staffel.md`, law 4."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from staffel.core.engine.calculation import calculate, calculation
from staffel.core.engine.closing import close_rows
from staffel.core.engine.kit import KitRefused, kit_agrees, recompute, write_kit
from staffel.core.engine.statements import statements
from staffel.core.findings import Text
from staffel.core.ledger import current_state, load
from staffel.core.programme import read_programme
from staffel.core.programme.model import Programme
from tests.core.engine.cases import AT_ONCE, Q1, Q2, QUARTERLY, incentive, memory, programme, take_in, world
from tests.core.engine.kits import again, changed, files_of, kit_of, named, with_key
from tests.core.ledger.market import AT, header, line, made_store, took
from tests.laws.facts import Ledger

STEPS = incentive(
    "bonus",
    """
    base: revenue
    per: quarter
    scale: {kind: marginal, steps: [{from: 0, rate: 1 %}, {from: 50, rate: 2 %}]}
    """,
)
GATED = incentive("bonus", "base: revenue\nper: quarter\nrate: 2 %\ngate: [{measure: boxes, at_least: 3}]")
CARRIED = incentive(
    "bonus",
    "base: revenue\nper: quarter\nrate: 1 %\nminimum_payout: {amount: 50, otherwise: carry}",
)
PLAIN = incentive("bonus", "base: revenue\nper: quarter\nrate: 2 %")
BY_LEVEL = incentive(
    "bonus", "base: revenue\nper: quarter\nrate: {by: level, basic: 1 %, select: 2 %, premier: 3 %}"
)


def sold() -> Ledger:
    """A partner with a few lines, and a stranger with others."""
    ledger = world("a", "stranger")
    ledger.product("crate", "storage")
    ledger.sale("a", date(2026, 1, 10), "12.00")
    ledger.sale("a", date(2026, 2, 11), "1200.37", 4, product_id="crate", end_customer_id="e1")
    ledger.sale("a", date(2026, 3, 12), "4000", 2)
    ledger.sale("a", date(2025, 12, 30), "77.10")
    ledger.sale("stranger", date(2026, 2, 2), "9999.99")
    return ledger


class TestTheSameCents:
    """Written and computed anew in an empty folder, a kit says what the statement says."""

    @pytest.mark.parametrize(
        ("body", "levels"),
        [
            (PLAIN, ""),
            (STEPS, ""),
            (GATED, ""),
            (CARRIED, ""),
            (BY_LEVEL, AT_ONCE),
            (BY_LEVEL, QUARTERLY),
        ],
    )
    def test_plain(self, tmp_path: Path, body: str, levels: str) -> None:
        form = programme(body, levels=levels)
        kit = kit_of(tmp_path, form, sold(), "a")
        found = recompute(kit.path)
        assert found.agrees, found.differences
        assert found.statement == kit.statement
        assert found.given == kit.given == 0

    def test_says_what_the_whole_says(self, tmp_path: Path) -> None:
        form, ledger = programme(PLAIN), sold()
        facts = memory(tmp_path, ledger)
        results = calculate(form, facts, day=Q1.last_day, closing=Q1)
        whole = {one.partner_id: one for one in statements(results)}
        assert recompute(kit_of(tmp_path, form, ledger, "a").path).statement == whole["a"]
        assert whole["a"].paid == Decimal("104.25")  # 2 % of 5,212.37

    def test_needs_nothing_but_the_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        kit = kit_of(tmp_path, programme(PLAIN), sold(), "a")
        elsewhere = tmp_path / "empty"
        elsewhere.mkdir()
        content = kit.path.read_bytes()
        for path in tmp_path.rglob("*.parquet"):
            path.unlink()
        (elsewhere / "kit.zip").write_bytes(content)
        monkeypatch.chdir(elsewhere)
        assert recompute(Path("kit.zip")).agrees
        assert os.listdir(elsewhere) == ["kit.zip"]

    def test_returns_currency_and_what_was_taken_back(self, tmp_path: Path) -> None:
        ledger = sold()
        ledger.rate("USD", "EUR", "0.9")
        sale = ledger.sale("a", date(2026, 1, 20), "100.01", currency="USD")
        ledger.back(sale, date(2026, 2, 1), "40.01", currency="USD")
        ledger.commit()
        wrong = ledger.sale("a", date(2026, 3, 1), "55.55")
        ledger.reversal(wrong)
        found = recompute(kit_of(tmp_path, programme(STEPS), ledger, "a").path)
        assert found.agrees, found.differences

    def test_a_merged_partner_s_lines_are_the_survivor_s(self, tmp_path: Path) -> None:
        ledger = sold()
        ledger.enrolled("gone")
        ledger.sale("gone", date(2026, 1, 5), "500")
        ledger.partner("gone", date(2026, 2, 1), same_as="a")
        kit = kit_of(tmp_path, programme(PLAIN), ledger, "a")
        assert recompute(kit.path).agrees
        assert kit.statement.paid == Decimal("114.25")

    @pytest.mark.parametrize(
        "gate",
        [
            "{accepted: terms, within: window}",
            "{enrolled: care}",
            "{agreement: framework}",
            "{choice: {hurdle: low}}",
            "{decided: {hardship: granted}}",
        ],
    )
    def test_what_a_partner_accepted_and_was_told(self, tmp_path: Path, gate: str) -> None:
        """Its own terms go with it, those of another programme too where that is asked."""
        ledger = sold()
        ledger.consent("a", "terms", date(2026, 1, 5))
        ledger.party("a", "framework", date(2026, 1, 5))
        ledger.ruling("a", "hardship", "granted", date(2026, 1, 5))
        ledger.enrolment("a", date(2026, 1, 5), programme="care")
        ledger.tables["enrolments"][0]["choices"] = "hurdle=low"
        form = programme(incentive("bonus", f"base: revenue\nper: quarter\nrate: 2 %\ngate: [{gate}]"))
        kit = kit_of(tmp_path, form, ledger, "a")
        found = recompute(kit.path)
        assert found.agrees, found.differences
        assert kit.statement.paid == Decimal("104.25")

    def test_what_was_settled_and_carried(self, tmp_path: Path) -> None:
        form, ledger = programme(CARRIED), world("a", "stranger")
        ledger.sale("a", date(2026, 2, 10), "3000")
        with calculation(form, memory(tmp_path, ledger), day=Q1.last_day, closing=Q1) as running:
            take_in(ledger, close_rows(running, Q1, on=date(2026, 4, 20)))
        ledger.commit()
        ledger.sale("a", date(2026, 3, 10), "100")
        ledger.sale("a", date(2026, 5, 10), "4000")
        kit = kit_of(tmp_path, form, ledger, "a", Q2)
        assert recompute(kit.path).agrees
        assert (kit.statement.lines[0].carried_in, kit.statement.paid) == (Decimal(30), Decimal(71))

    def test_out_of_a_store(self, tmp_path: Path) -> None:
        form = programme(BY_LEVEL, levels=AT_ONCE, head={"programme": "p", "vendor": "aurora"})
        store = made_store(tmp_path)
        enrolled = {"programme": "p", "holds_from": "2020-01-01"}
        load(store, "enrolments", [enrolled | {"partner_id": one} for one in ("kern", "moor")], at=AT)
        took(store, [line(1, "1200.00"), line(2, "300.00", partner_number="1002")], header())
        path, day = tmp_path / "kit.zip", Q1.last_day
        kit = write_kit("", form, current_state(store), day=day, closing=Q1, partner="kern", path=path)
        assert kit.statement.state_id == current_state(store).state_id
        assert kit.statement.paid == Decimal(12)  # select only from the next day on
        assert recompute(path).agrees
        assert "moor" not in "".join(files_of(path).values())

    @pytest.mark.parametrize("partner", ["o'brien", "$day", "{ids}", "=1+1"])
    def test_an_id_is_no_sql(self, tmp_path: Path, partner: str) -> None:
        ledger = world(partner, "stranger")
        ledger.sale(partner, date(2026, 1, 10), "100")
        kit = kit_of(tmp_path, programme(PLAIN), ledger, partner)
        assert (recompute(kit.path).agrees, kit.statement.paid) == (True, Decimal(2))

    def test_as_a_law(self, tmp_path: Path) -> None:
        facts = memory(tmp_path, sold())
        assert kit_agrees(programme(STEPS), facts, Q1.last_day, Q1, "a", tmp_path)


class TestWhatAPartnerMaySee:
    """A kit goes to a partner: what its distributor paid is in it only where the rules pay on that."""

    def columns(self, path: Path) -> set[str]:
        return set(files_of(path)["lines.csv"].lstrip("\ufeff").splitlines()[0].split(";"))

    def ledger(self) -> Ledger:
        ledger = sold()
        ledger.sale(
            "a",
            date(2026, 3, 1),
            "50",
            cost=Decimal("31.17"),
            dealer=Decimal(40),
            list=Decimal(60),
            seller="s",
        )
        return ledger

    def test_not_what_the_distributor_paid(self, tmp_path: Path) -> None:
        kit = kit_of(tmp_path, programme(PLAIN), self.ledger(), "a")
        assert self.columns(kit.path) == {
            *("line_id", "revision", "report_id", "distributor_id", "vendor_id", "partner_id", "product_id"),
            *(
                "end_customer_id",
                "kind",
                "sold_on",
                "quantity",
                "net",
                "list",
                "dealer",
                "currency",
                "seller",
            ),
            *("commit_no", "receipt: bonus"),
        }
        assert "31.17" not in "".join(files_of(kit.path).values())
        assert recompute(kit.path).agrees

    def test_unless_the_programme_takes_it(self, tmp_path: Path) -> None:
        """2 % of 31.17, the one line with a cost."""
        form = programme(incentive("bonus", "base: {sum: cost, of: sell_out}\nper: quarter\nrate: 2 %"))
        kit = kit_of(tmp_path, form, self.ledger(), "a")
        assert "cost" in self.columns(kit.path)
        assert (recompute(kit.path).agrees, kit.statement.paid) == (True, Decimal("0.62"))


class TestOneCent:
    """A kit with one cent changed in one line names the figure, also where it reaches no coin."""

    def path(self, folder: Path, body: str = PLAIN) -> Path:
        return kit_of(folder, programme(body), sold(), "a").path

    def test_reaches_no_coin(self, tmp_path: Path) -> None:
        """2 % of 5,212.37 is 104.2474; of one cent more 104.2476: 104.25 either way."""
        found = again(self.path(tmp_path), "lines.csv", ";12.0000;", ";12.0100;")
        assert not found.agrees
        assert found.altered == ("lines.csv",)
        assert [one for one in named(found) if one.startswith("bonus")] == [
            "bonus 2026-Q1: base",
            "bonus 2026-Q1: driver_expected",
            "bonus 2026-Q1: driver_num",
            "bonus 2026-Q1: exact",
            "bonus 2026-Q1: exact_expected",
            "bonus 2026-Q1: uncapped",
        ]
        base = next(one for one in found.differences if one.figure.name == "base")
        assert (base.figure.about, base.figure.window) == ("bonus", "2026-Q1")
        assert (base.said, base.computed) == ("5212.3700", "5212.3800")
        assert found.statement.paid == Decimal("104.25")

    def test_reaches_a_coin(self, tmp_path: Path) -> None:
        found = again(self.path(tmp_path), "lines.csv", ";1200.3700;", ";1200.7600;")
        assert {"bonus: due", "bonus: paid", "bonus 2026-Q1: entitled"} <= set(named(found))
        assert found.statement.paid == Decimal("104.26")

    def test_of_a_line_that_counts_nowhere(self, tmp_path: Path) -> None:
        found = again(self.path(tmp_path), "lines.csv", ";77.1000;", ";77.1100;")
        assert found.altered == ("lines.csv",)
        assert named(found) == ["sell_out: sum of net EUR"]
        assert not found.agrees

    @pytest.mark.parametrize("old", [";12.0000;", ";1200.3700;", ";4000.0000;"])
    def test_of_a_hurdle(self, tmp_path: Path, old: str) -> None:
        path = kit_of(tmp_path, programme(BY_LEVEL, levels=AT_ONCE), sold(), "a").path
        found = again(path, "lines.csv", old, f"{old[:-3]}1{old[-2:]}")
        assert "level select: 0.0 actual" in named(found)

    def test_a_line_more(self, tmp_path: Path) -> None:
        path = changed(self.path(tmp_path), "lines.csv", lambda text: text + text.splitlines()[-1])
        assert "sell_out: rows" in named(recompute(path))

    @pytest.mark.parametrize(
        ("name", "old", "new", "figure"),
        [
            ("statement.json", '"paid": "104.2500"', '"paid": "104.2600"', "statement: paid"),
            ("statement.json", '"due": "104.2500",\n   "paid"', '"due": "9",\n   "paid"', "bonus: due"),
            ("statement.json", '"currency": "EUR"', '"currency": "USD"', "statement: currency"),
            ("figures.json", '"value": "5212.3700"', '"value": "5212.3600"', "bonus 2026-Q1: base"),
        ],
    )
    def test_in_what_the_kit_says(self, tmp_path: Path, name: str, old: str, new: str, figure: str) -> None:
        found = again(self.path(tmp_path), name, old, new)
        assert (found.altered, named(found)) == ((name,), [figure])

    def test_in_the_rules(self, tmp_path: Path) -> None:
        found = again(self.path(tmp_path), "programme.json", '"value": "0.02"', '"value": "0.03"')
        assert found.altered == ("programme.json",)
        assert "bonus: paid" in named(found)

    def test_a_hash_alone(self, tmp_path: Path) -> None:
        """A file that says the same in other bytes is told, though every figure agrees."""
        found = recompute(changed(self.path(tmp_path), "statement.json", lambda text: text + "\n"))
        assert (found.altered, found.differences, found.agrees) == (("statement.json",), (), False)


class TestTheFile:
    """What lies in it, and always as the same bytes."""

    def test_twice_the_same_bytes(self, tmp_path: Path) -> None:
        kits = [kit_of(tmp_path, programme(PLAIN), sold(), "a") for _ in range(2)]
        assert kits[0].path.read_bytes() == kits[1].path.read_bytes()
        assert kits[0].digest == kits[1].digest

    def test_no_order_of_rows_matters(self, tmp_path: Path) -> None:
        ledger = sold()
        before = kit_of(tmp_path, programme(PLAIN), ledger, "a")
        for rows in ledger.tables.values():
            rows.reverse()
        assert kit_of(tmp_path, programme(PLAIN), ledger, "a").digest == before.digest

    def test_lines_say_what_became_of_them(self, tmp_path: Path) -> None:
        text = files_of(kit_of(tmp_path, programme(PLAIN), sold(), "a").path)["lines.csv"]
        head, *rows = [line.split(";") for line in text.removeprefix("\ufeff").splitlines()]
        found = {row[head.index("line_id")]: row[head.index("receipt: bonus")] for row in rows}
        assert found == {"L0001": "2026-Q1", "L0002": "2026-Q1", "L0003": "2026-Q1", "L0004": ""}

    def test_a_reason_stands_in_a_receipt(self, tmp_path: Path) -> None:
        body = incentive("bonus", "base: {sum: net, of: sell_out, kind: return}\nper: quarter\nrate: 2 %")
        text = files_of(kit_of(tmp_path, programme(body), sold(), "a").path)["lines.csv"]
        assert text.splitlines()[1].endswith(";wrong-kind")

    def test_a_spreadsheet_opens_the_lines(self, tmp_path: Path) -> None:
        content = kit_of(tmp_path, programme(PLAIN), sold(), "a").path.read_bytes()
        assert b"\xef\xbb\xbfline_id;" in content

    def test_nothing_of_a_stranger(self, tmp_path: Path) -> None:
        ledger = sold()
        ledger.partner("a", date(2026, 1, 2), head_office="stranger", name="A")
        ledger.partner("a", date(2026, 6, 1), same_as="stranger", name="A")
        ledger.decision("a", "select", date(2026, 1, 3), decided_by="manager")
        path = kit_of(tmp_path, programme(PLAIN, levels=QUARTERLY), ledger, "a").path
        for word in ("stranger", "9999.99", "L0005", "manager"):
            assert word not in "".join(files_of(path).values())
        assert recompute(path).agrees

    def test_the_rules_as_text(self, tmp_path: Path) -> None:
        """A text that says what was computed agrees; one that says something else is named."""
        text = _text()
        form = _read(text)
        path = kit_of(tmp_path, form, sold(), "a", text=text).path
        assert recompute(path).agrees
        found = again(path, "programme.yaml", "rate: 2 %", "rate: 3 %")
        assert (found.altered, named(found)) == (("programme.yaml",), ["programme.yaml: rules"])


def _text() -> str:
    return """\
programme: p
vendor: v
title: {en: Case, de: Fall}
version: "1"
valid: {from: 2026-01-01, to: 2026-12-31}
currency: EUR
calendar: {settle: quarter}
measures:
  revenue: {title: {en: Revenue, de: Umsatz}, sum: net, of: sell_out}
incentives:
  - {incentive: bonus, title: {en: Bonus, de: Bonus}, base: revenue, per: quarter, rate: 2 %}
"""


def _read(text: str) -> Programme:
    reading = read_programme(text, file="case.yaml")
    assert reading.programme is not None, [one.say() for one in reading.findings]
    return reading.programme


class TestRefusals:
    """No kit of nothing, and none of another semantics."""

    @pytest.mark.parametrize("partner", ["nobody", "gone"])
    def test_nothing_settled(self, tmp_path: Path, partner: str) -> None:
        ledger = sold()
        ledger.partner("gone")
        with pytest.raises(KitRefused, match="kit-nothing-settled"):
            kit_of(tmp_path, programme(PLAIN), ledger, partner)
        assert not list(tmp_path.glob("*.zip"))

    @pytest.mark.parametrize(
        ("key", "code", "way_out"),
        [
            ("semantics", "kit-other-semantics", "a release of Staffel of semantics 7"),
            ("kit", "kit-other-format", "the release of Staffel that wrote it"),
        ],
    )
    def test_of_another_number(self, tmp_path: Path, key: str, code: str, way_out: str) -> None:
        path = kit_of(tmp_path, programme(PLAIN), sold(), "a").path
        with pytest.raises(KitRefused) as refused:
            recompute(changed(path, "manifest.json", with_key(key, 7)))
        (finding,) = refused.value.findings
        assert finding.code == code
        assert way_out in finding.way_out.en
        assert isinstance(finding.reason, Text)

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        facts = memory(tmp_path, sold())
        with pytest.raises(KitRefused, match="kit-unwritable"):
            write_kit(
                "",
                programme(PLAIN),
                facts,
                day=Q1.last_day,
                closing=Q1,
                partner="a",
                path=tmp_path / "no" / "kit.zip",
            )

"""Law 4: evidence, statement and recompute kit. Journal, documents and payment files join with the apps."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from staffel.core.calendar import Span
from staffel.core.engine.calculation import Running
from staffel.core.engine.evidence import Node, Viewer, adds_up, evidence_for, explain, explain_payment
from staffel.core.engine.facts import MemoryFacts
from staffel.core.engine.kit import KitRefused, kit_agrees
from staffel.core.engine.statements import Statement, statements
from staffel.core.programme.forms import asking_strangers
from tests.laws import oracle
from tests.laws.cases import Batch, Case
from tests.laws.oracle import incentives

AMOUNTS = 4
KIT_EVERY = 10  # worlds: a kit is written and computed anew in a second or two

Share = tuple[str, str, date]  # incentive, group, first day of the window


def amounts_of(case: Case) -> Iterator[tuple[str, str, Span, Decimal]]:
    """A few of what partners are entitled to: incentive, partner, window, coins."""
    rng = Random(case.world.seed)
    paying = [(key, coins) for key, coins in oracle.shares(case.book).items() if coins]
    for (name, partner, start), coins in rng.sample(paying, min(AMOUNTS, len(paying))):
        incentive = case.world.programme.incentive(name)
        window = next(one for one in incentives.windows_of(case.book, incentive) if one.start == start)
        yield name, partner, window, coins


def lines_of(running: Running) -> Iterator[tuple[str, str, Decimal]]:
    """What the statements of a settlement pay: incentive, partner, sum."""
    for statement in statements(running.results):
        for line in statement.lines:
            if line.paid or line.carried_out:
                yield line.incentive, statement.partner_id, line.paid


class TestItAddsUp:
    """Law 4. It adds up. Evidence = statement = recompute kit, to the cent; what rounding takes is shown;
    what a viewer
    may see adds up for that viewer.
    """

    def test_evidence_is_the_entitlement_and_for_each_viewer(self, worlds: Batch) -> None:
        for case in worlds:
            for name, partner, window, coins in amounts_of(case):
                root = explain(case.running, incentive=name, partner=partner, window=window)
                assert adds_up(root) == [], (case, name, partner, window)
                assert _coins(root) == coins, (case, name, partner, window)
                for viewer in (Viewer(kind="partner", id=partner), Viewer(kind="distributor", id="d1")):
                    assert adds_up(evidence_for(root, viewer)) == [], (case, name, partner, window, viewer)

    def test_evidence_is_the_statement(self, worlds: Batch) -> None:
        for case in worlds:
            for name, partner, paid in list(lines_of(case.running))[:AMOUNTS]:
                root = explain_payment(case.running, incentive=name, partner=partner)
                assert adds_up(root) == [], (case, name, partner)
                assert root.figure == paid, (case, name, partner)
            for statement in statements(case.results):
                _is_the_oracles(case, statement)

    def test_a_groups_coins_are_its_members(self, worlds: Batch) -> None:
        """Nothing of what a group earned is lost or made when it is shared."""
        for case in worlds:
            shared: Counter[Share] = Counter()
            for row in case.results.rows("entitled"):
                shared[row["incentive"], row["grp"], row["window_start"]] += row["coins"]
            for row in case.results.rows("earned"):
                key = (row["incentive"], row["subject"], row["window_start"])
                if incentives.is_of_group(case.world.programme.incentive(row["incentive"])):
                    assert shared[key] == row["coins"], (case, key)

    def test_a_kit_is_the_statement(self, worlds: Batch) -> None:
        for case in worlds:
            if case.world.seed % KIT_EVERY:
                continue
            partner = next((one.partner_id for one in statements(case.results)), None)
            with TemporaryDirectory(prefix="staffel-") as folder:
                facts = MemoryFacts.of(Path(folder), case.world.tables)
                asked = (case.world.programme, facts, case.world.day, case.closing)
                if partner is not None and asking_strangers(case.world.programme):
                    with pytest.raises(KitRefused):
                        kit_agrees(*asked, partner, Path(folder))
                    continue
                assert partner is None or kit_agrees(*asked, partner, Path(folder)), (case, partner)


def _coins(root: Node) -> Decimal | None:
    return root.coins if root.coins is not None else root.figure


def _is_the_oracles(case: Case, statement: Statement) -> None:
    """Sums and forms of each line."""
    said = oracle.statement(case.book, case.closing)
    for line in statement.lines:
        one = said[line.incentive, statement.partner_id]
        assert (line.due, line.paid, line.carried_out) == (one.due, one.paid, one.carried_out), (
            case,
            statement,
        )
        parts = {
            (part.form, part.use_by, part.claim_by, part.payer or line.payer): part.money
            for part in line.parts
        }
        assert parts == {key: money for key, money in one.days.items() if money}, (case, statement)

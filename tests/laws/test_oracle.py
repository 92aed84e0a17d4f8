"""Law 2."""

from tests.laws import engine
from tests.laws.cases import Batch
from tests.laws.told import COVERAGE


class TestAnOracleAgrees:
    """Law 2. An oracle agrees. A naive interpreter in tests, Decimal by Decimal and line by line, which
    knows nothing of
    ours but the programme's model, gives the same as the plan for generated programmes and worlds.
    """

    def test_levels_figures_amounts_and_statements(self, worlds: Batch) -> None:
        wrong = []
        for case in worlds:
            found = engine.unlike(case.book, case.results)
            wrong += [f"{case}: {len(found)} figures differ, {found[0]}"] if found else []
        assert not wrong, "engine / oracle:\n" + "\n".join(wrong)

    def test_decisions_to_record(self, worlds: Batch) -> None:
        for case in worlds:
            assert not engine.unlike_proposals(case.book, case.running), case

    def test_the_values_that_paid_are_counted(self, worlds: Batch) -> None:
        """Not a law: what the run prints at its end."""
        for case in worlds:
            for name, values in case.world.says.items():
                COVERAGE.note(values, case.paid[name])
        assert COVERAGE.drawn

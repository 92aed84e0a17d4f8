"""Law 3."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from staffel.core.calendar import ONE_DAY, Span
from staffel.core.engine.calculation import Running
from staffel.core.engine.receipts import Receipt, receipts
from staffel.core.programme.model import Incentive, Take, Use
from tests.laws import oracle
from tests.laws.cases import Batch, Case
from tests.laws.oracle import incentives
from tests.laws.oracle.rows import REASONS

Asked = tuple[str, Span, str]
Verdict = tuple[str, str, object, object, str, tuple[str, ...], Span, str, int, str]
PARTNERS = 2


def asked_of(case: Case) -> Iterator[Asked]:
    """Of each incentive a window, and a few partners that take part in it."""
    rng = Random(case.world.seed)
    for incentive in case.world.programme.incentives:
        window = rng.choice(incentives.windows_of(case.book, incentive)[-2:])
        partners = [one for one in case.book.participants() if _takes_part(case, one, window)]
        for partner in rng.sample(partners, min(PARTNERS, len(partners))):
            yield incentive.name, window, partner


def _takes_part(case: Case, partner: str, window: Span) -> bool:
    """On a day of the window up to the day asked: to others nothing is said about it."""
    until = min(window.until, case.world.day + ONE_DAY)
    return any(spell.start < until and window.start < spell.until for spell in case.book.spells(partner))


def of_engine(running: Running, asked: Asked) -> list[Verdict]:
    """The engine's verdicts over lines that lie in the days asked."""
    name, window, partner = asked
    found = receipts(running, partner=partner, incentive=name, window=window)
    return [_plain(one) for one in found if one.verdict != "other-window"]


def of_oracle(case: Case, asked: Asked) -> list[Verdict]:
    """The oracle's."""
    found = oracle.receipts(case.book, *asked)
    return [(*one[:7], one.line_id, one.revision, one.verdict) for one in found]


def _plain(one: Receipt) -> Verdict:
    form = one.form
    assert isinstance(form, Take)
    take = (form.aggregate, form.where, form.date, form.inside)
    return (str(one.role), one.source, *take, one.days, one.line_id, one.revision, one.reason or "counted")


def over_its_windows(case: Case) -> Iterator[Incentive]:
    """Incentives whose base is a figure of the sell-out in each of their windows."""
    for incentive in case.world.programme.incentives:
        base = incentive.base
        if isinstance(base, Use):
            base = case.world.programme.measure(base.measure)
        if isinstance(base, Take) and base.source == "sell_out" and not isinstance(incentive.per, Span):
            yield incentive


class TestNothingVanishes:
    """Law 3. Nothing vanishes. For each incentive and role (driver, base, baseline, gate) every line of
    the window is
    counted, or excluded for a named reason; both together are the ledger.
    """

    def test_the_verdict_on_each_line_is_the_oracles(self, worlds: Batch) -> None:
        for case in worlds:
            for asked in asked_of(case):
                # Two tests of a gate may ask one measure over one window: the verdict on a line is one.
                ours, theirs = set(of_oracle(case, asked)), set(of_engine(case.running, asked))
                assert theirs == ours, (case, asked, theirs - ours, ours - theirs)

    def test_each_verdict_is_named(self, worlds: Batch) -> None:
        for case in worlds:
            for asked in asked_of(case):
                assert {one[-1] for one in of_oracle(case, asked)} <= {"counted", *REASONS}

    def test_the_windows_together_are_the_ledger(self, worlds: Batch) -> None:
        """Of a base, each line of the partner lies in one window, or in days that no window has."""
        for case in worlds:
            partner = case.book.participants()[0]
            for incentive in over_its_windows(case):
                windows = incentives.windows_of(case.book, incentive)
                found = [
                    one
                    for window in windows
                    for one in oracle.receipts(case.book, incentive.name, window, partner)
                    if one.role == "base"
                ]
                assert _keys(found) == Counter(_lines_from(case, incentive, partner, windows[0].start)), case


def _keys(found: list[oracle.Receipt]) -> Counter[tuple[str, int, int | None]]:
    return Counter((one.line_id, one.revision, one.reverses) for one in found)


def _lines_from(
    case: Case, incentive: Incentive, partner: str, first: object
) -> Iterator[tuple[str, int, int | None]]:
    """The partner's lines whose day is not before the first window."""
    for key, day in oracle.days_of_lines(case.book, incentive.name, partner):
        if first <= day <= case.world.day:  # type: ignore[operator]
            yield key

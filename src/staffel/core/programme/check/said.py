"""What the file says and the core forms no longer show."""

from dataclasses import dataclass

from staffel.core.findings import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """shares: places of tests and steps whose figure stands in percent.

    newcomers: incentives that speak of them.
    """

    shares: frozenset[Place] = frozenset()
    newcomers: frozenset[str] = frozenset()

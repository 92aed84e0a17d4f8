"""What the file says and the core forms no longer show."""

from dataclasses import dataclass

from staffel.core.findings import Place
from staffel.core.programme.unread import Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """shares: places of tests and steps whose figure stands in percent.

    newcomers: incentives that speak of them. declared: what the file names, read or not (`measures.revenue`).
    unread: what could not be read.
    """

    shares: frozenset[Place] = frozenset()
    newcomers: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    unread: Unread = Unread()

    def alike(self, one: Place, other: Place) -> bool:
        """Whether both figures are in percent, or neither: others cannot be put in order."""
        return (one in self.shares) is (other in self.shares)

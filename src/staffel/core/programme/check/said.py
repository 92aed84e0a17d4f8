"""What the file says and the core forms no longer show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from staffel.core.findings import Place
from staffel.core.programme.unread import Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """shares: places of tests and steps whose figure stands in percent. digits: how all are written.

    newcomers: incentives that speak of them. declared: what the file names, read or not (`measures.revenue`).
    unread: what could not be read.
    """

    shares: frozenset[Place] = frozenset()
    digits: Mapping[Place, str] = field(default_factory=dict)
    newcomers: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    unread: Unread = Unread()

    def alike(self, one: Place, other: Place) -> bool:
        """Whether both figures are in percent, or neither: others cannot be put in order."""
        return (one in self.shares) is (other in self.shares)

"""A programme as the checks look at it: names resolved, without ever going round in a circle."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from staffel.core.programme.check.said import Said
from staffel.core.programme.forms import all_in, leaves_in
from staffel.core.programme.model import (
    Base,
    Case,
    Different,
    Filter,
    Growth,
    Incentive,
    Leaf,
    Level,
    Measure,
    Programme,
    Take,
    Use,
)
from staffel.core.programme.units import unit_of
from staffel.core.sources import Measured


class Scene:
    """What the checks ask about; an answer is found once."""

    def __init__(self, *, programme: Programme, said: Said | None = None) -> None:
        self.programme = programme
        self.said = said or Said()

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """The measures by name."""
        return {one.name: one.measure for one in self.programme.measures}

    @cached_property
    def groups(self) -> dict[str, Filter]:
        """The groups of products by name."""
        return {one.name: one.where for one in self.programme.products}

    def declares(self, section: str, name: str) -> bool:
        """Whether the file gives something this name, even if it could not be read."""
        return f"{section}.{name}" in self.said.declared

    def unread_left_out(self, section: str, names: Iterable[str]) -> list[str]:
        """The names without those of what could not be read."""
        return [name for name in names if not self.declares(section, name)]

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels that a line or a condition may name."""
        return self.programme.ladder.levels if self.programme.ladder else ()

    def unit(self, measure: Base) -> Measured | None:
        """The unit of its figure; none where it has none of its own."""
        return unit_of(self.programme, measure)

    def meant(self, measure: Base) -> Base:
        """What a name stands for, through all names; the name itself where it leads nowhere."""
        seen: set[str] = set()
        while isinstance(measure, Use) and measure.measure in self.measures and measure.measure not in seen:
            seen.add(measure.measure)
            measure = self.measures[measure.measure]
        return measure

    @cached_property
    def uses(self) -> dict[str, frozenset[str]]:
        """The names that each measure uses directly."""
        return {
            name: frozenset(use.measure for use in all_in(measure, Use))
            for name, measure in self.measures.items()
        }

    def names_below(self, whole: object) -> frozenset[str]:
        """The names that it uses, directly or through others."""
        found: set[str] = set()
        waiting = {use.measure for use in all_in(whole, Use)}
        while waiting:
            found |= waiting
            waiting = {below for name in waiting for below in self.uses.get(name, ())} - found
        return frozenset(found)

    @cached_property
    def depths(self) -> dict[str, int]:
        """How many names stand below each other from a measure on; of those in no circle."""
        found: dict[str, int] = {}
        waiting = [name for name in self.measures if name not in self.circular]
        while waiting:
            later = [name for name in waiting if not self._known_below(name, found)]
            for name in waiting:
                if name not in later:
                    found[name] = 1 + max((found.get(below, 0) for below in self.uses[name]), default=0)
            if len(later) == len(waiting):
                break  # what rests on a circle has no depth
            waiting = later
        return found

    def _known_below(self, name: str, found: dict[str, int]) -> bool:
        return all(below in found or below not in self.measures for below in self.uses[name])

    @cached_property
    def circular(self) -> frozenset[str]:
        """The measures that are made of themselves."""
        return frozenset(name for name, measure in self.measures.items() if name in self.names_below(measure))

    def takes(self, whole: object) -> tuple[Take, ...]:
        """The rows that it rests on, directly or through names."""
        named = tuple(self.measures.get(name, ()) for name in sorted(self.names_below(whole)))
        return tuple(dict.fromkeys((*all_in(whole, Take), *all_in(named, Take))))

    def driver(self, incentive: Incentive) -> Measure | None:
        """What picks the step: the driver, else what is paid on."""
        return incentive.picks

    def growth(self, incentive: Incentive) -> Growth | None:
        """Its driver, if that is growth."""
        meant = self.meant(incentive.driver) if incentive.driver else None
        return meant if isinstance(meant, Growth) else None

    def known(self, measure: Base | None) -> bool:
        """Whether it leads anywhere: what has an unknown name, or is made of itself, is told of as that."""
        return not isinstance(self.meant(measure), Use) if measure else True

    def by_rows(self, incentive: Incentive) -> bool:
        """Whether its base is a sum, or a number of lines, that can be told line by line.

        What is behind an unknown name might be one.
        """
        if not self.known(incentive.base):
            return True
        base = self.meant(incentive.base) if incentive.base else None
        if not isinstance(base, Take) or base.source == "certifications":
            return False
        return not isinstance(base.aggregate, Different)

    def cuts(self, incentive: Incentive) -> Iterator[Leaf]:
        """What cuts its base: tests of the line in rates and factors (rule 31)."""
        for case in all_in(incentive.scale, Case):
            yield from leaves_in(case.when)
        for one in incentive.adjust:
            yield from leaves_in(one.when)

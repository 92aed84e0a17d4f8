"""What only the whole programme can show: names, units, order, cycles, windows, money, subjects, levels.

`language.md`, section 3. Each check is a function from a programme to findings; an error refuses the file, a
warning is shown beside the plain words. All of them run, whatever the others find, also on what could be
read of a file with errors; what only follows from such an error is left out (`doubts`).
"""

from staffel.core.findings import Finding, in_order
from staffel.core.programme.check.amounts import amounts
from staffel.core.programme.check.beside import beside
from staffel.core.programme.check.combinations import combinations
from staffel.core.programme.check.cycles import cycles
from staffel.core.programme.check.doubts import doubtful
from staffel.core.programme.check.folds import folds
from staffel.core.programme.check.levels import levels
from staffel.core.programme.check.logic import logic
from staffel.core.programme.check.monotony import monotony
from staffel.core.programme.check.names import columns, names
from staffel.core.programme.check.order import order
from staffel.core.programme.check.payouts import payouts
from staffel.core.programme.check.said import Said
from staffel.core.programme.check.scene import Scene
from staffel.core.programme.check.stacking import stacking
from staffel.core.programme.check.subjects import subjects
from staffel.core.programme.check.units import units
from staffel.core.programme.check.windows import windows
from staffel.core.programme.model import Programme

__all__ = ["Said", "check", "doubtful"]

CHECKS = (
    names,
    columns,
    units,
    order,
    cycles,
    windows,
    logic,
    amounts,
    monotony,
    payouts,
    stacking,
    subjects,
    levels,
    combinations,
    beside,
    folds,
)


def check(programme: Programme, said: Said | None = None) -> tuple[Finding, ...]:
    """Every finding, by place. said: what the file says and the core forms no longer show."""
    scene = Scene(programme=programme, said=said)
    found = [finding for look in CHECKS for finding in look(scene)]
    sure = [finding for finding in found if not doubtful(finding, scene.said.unread)]
    return in_order(list(dict.fromkeys(sure)))

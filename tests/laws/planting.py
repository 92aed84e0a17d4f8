"""What a planted fault is, and the ways to change what is there for the while."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One fault. noun: of the language, whose meaning it changes. among: one of these values, or all
    `together`.
    """

    noun: str
    name: str
    where: str
    plant: Callable[[Any], Any]
    among: tuple[str, ...] = ()
    together: bool = False

    def fits(self, says: frozenset[str]) -> bool:
        """Whether it may show in an incentive that says these values."""
        asked = set(self.among)
        return asked <= says if self.together or not asked else bool(asked & says)

    def __str__(self) -> str:
        return f"{self.noun}: {self.name}"


def instead(value: Any) -> Callable[[Any], Any]:
    """Whatever it is asked, it gives this."""
    return lambda original: lambda *args, **kwargs: value


def changed(number: int, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """One argument is another one."""

    def plant(original: Any) -> Any:
        def faulty(*args: Any, **kwargs: Any) -> Any:
            return original(*args[:number], change(args[number]), *args[number + 1 :], **kwargs)

        return faulty

    return plant


def then(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What it gives is changed."""
    return lambda original: lambda *args, **kwargs: change(original(*args, **kwargs))

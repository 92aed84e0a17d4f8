"""What is installed is pinned by hash, names no index, and is what the package says it needs."""

import re
import tomllib

import pytest

from tests.house.repository import ROOT, below, files, listed, text_of

LOCKS = below("requirements/", suffix=".txt")
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[^ ]+( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
REQUIREMENT = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?P<extra>\[[a-z,]+\])?(?:[=>]=(?P<version>\S+))?$")
RELOCK = "Compile it anew with `make lock`, which writes no index and every hash."


def pins(name: str) -> dict[str, str]:
    """The packages of a lock, each with its version."""
    found = re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ]+)", text_of(name), flags=re.MULTILINE)
    return {_normal(package): version for package, version in found}


def wanted(lines: list[str]) -> dict[str, str | None]:
    """What these requirements name, each with the version it pins or begins at."""
    matches = [match for line in lines if (match := REQUIREMENT.match(line.strip()))]
    return {_normal(match["name"]) + (match["extra"] or ""): match["version"] for match in matches}


def _normal(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def project() -> dict[str, list[str]]:
    """What the package says it needs: to run, and by extra."""
    told = tomllib.loads(text_of("pyproject.toml"))["project"]
    return {"run": told["dependencies"], **told["optional-dependencies"]}


@pytest.mark.parametrize("lock", LOCKS)
class TestLocks:
    def test_name_no_index(self, lock: str) -> None:
        lines = text_of(lock).splitlines()
        found = [
            line for line in lines if "://" in line or line.startswith(("-i", "--index", "--extra", "-f"))
        ]
        assert not found, listed(f"{lock} names an address. {RELOCK}", found)

    def test_pin_every_package_by_hash(self, lock: str) -> None:
        told = [line for line in text_of(lock).splitlines() if line and not line.lstrip().startswith("#")]
        strange = [line for line in told if not PINNED.match(line) and not HASH.match(line)]
        packages = [number for number, line in enumerate(told) if PINNED.match(line)]
        bare = [told[number] for number in packages if not HASH.match((*told, "")[number + 1])]
        assert packages
        assert not strange + bare, listed(f"{lock} holds a line without its hash. {RELOCK}", strange + bare)

    def test_follow_from_their_source(self, lock: str) -> None:
        named = wanted(text_of(lock.replace(".txt", ".in")).splitlines())
        held = pins(lock)
        stale = [
            f"{package}: asked {version or 'any'}, locked {held.get(package.partition('[')[0])}"
            for package, version in named.items()
            if held.get(package.partition("[")[0]) != (version or held.get(package, "missing"))
        ]
        assert not stale, listed(f"{lock} does not follow from its .in file. {RELOCK}", stale)


def test_dev_holds_run_as_it_is() -> None:
    run, dev = pins("requirements/run.txt"), pins("requirements/dev.txt")
    other = [f"{package}: {version} and {dev.get(package)}" for package, version in run.items()]
    other = [line for line in other if len(set(line.split(": ")[1].split(" and "))) == 2]
    assert not other, listed(f"The tests run on other versions than the product. {RELOCK}", other)


def test_package_needs_what_is_locked() -> None:
    told = wanted(project()["run"])
    locked = wanted(text_of("requirements/run.in").splitlines())
    assert told == locked, "dependencies in pyproject.toml are those of requirements/run.in, `>=` for `==`"


def test_extras_are_locked() -> None:
    held = set().union(*(pins(lock) for lock in LOCKS))
    named = [name for extra in project().values() for name in wanted(extra)]
    loose = [name for name in named if name.partition("[")[0] not in held]
    assert not loose, listed("Extras of pyproject.toml that no lock holds:", loose)


def test_no_lock_that_writes_addresses() -> None:
    assert "uv.lock" not in files(), "uv.lock writes an address per file: requirements/*.txt are our locks"
    assert (ROOT / "requirements" / "uv.txt").exists(), "make setup installs uv itself by hash, from uv.txt"

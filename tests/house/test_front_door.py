"""What a stranger meets first: the README's two commands, the licence, the Makefile, CI as at home."""

import re
import subprocess
import tomllib

import pytest

from staffel import __version__
from tests.house.repository import ROOT, below, files, listed, text_of

TARGETS = ["setup", "demo", "test", "check", "laws", "laws-long", "bench", "help"]
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)\s]*)?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def missing_links(page: str) -> list[str]:
    """The links of a page to files that are not there."""
    folder = (ROOT / page).parent
    targets = [match["target"] for match in LINK.finditer(FENCE.sub("", text_of(page)))]
    return [
        f"{page}: {target}" for target in targets if "://" not in target and not (folder / target).exists()
    ]


class TestReadme:
    @pytest.mark.parametrize("command", ["make demo", "make test"])
    def test_names_the_two_commands(self, command: str) -> None:
        assert re.search(rf"^{command}\b", text_of("README.md"), re.MULTILINE), f"README.md shows `{command}`"

    def test_leads_somewhere(self) -> None:
        pages = [name for name in files() if name.endswith(".md")]
        dead = [line for page in pages for line in missing_links(page)]
        assert not dead, listed("A link leads to a file that is not there:", dead)


class TestLicence:
    def test_is_the_whole_text(self) -> None:
        text = text_of("LICENSE")
        assert "Version 2.0, January 2004" in text
        assert "9. Accepting Warranty or Additional Liability" in text

    def test_is_named_as_spdx_names_it(self) -> None:
        assert tomllib.loads(text_of("pyproject.toml"))["project"]["license"] == "Apache-2.0"

    def test_comes_with_its_notice(self) -> None:
        assert "Copyright" in text_of("NOTICE")


class TestChangelog:
    def test_puts_figures_first(self) -> None:
        """Under each version the first heading is *Figures*: which figure moves, for whom, from which day."""
        versions = re.split(r"^## ", text_of("CHANGELOG.md"), flags=re.MULTILINE)[1:]
        headings = [re.findall(r"^### (.+)$", version, flags=re.MULTILINE) for version in versions]
        assert versions
        assert [told[0] for told in headings if told] == ["Figures"] * len(versions)

    def test_knows_this_version(self) -> None:
        assert re.search(rf"^## (Unreleased|{re.escape(__version__)})", text_of("CHANGELOG.md"), re.MULTILINE)


class TestMakefile:
    def test_explains_itself(self) -> None:
        told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        named = [line.split()[1] for line in told.splitlines() if line.strip()]
        silent = [target for target in TARGETS if target not in named]
        assert not silent, listed("`target: ## what it does` makes a target speak in `make help`:", silent)

    def test_is_all_that_ci_runs(self) -> None:
        commands = re.findall(r"^make .*?(?= 2>|$)", text_of(".ci/run"), flags=re.MULTILINE)
        assert commands == ["make check", "make test"], "nothing runs in CI that one cannot run at home"


def test_hooks_reach_no_other_repository() -> None:
    repositories = re.findall(r"repo: (\S+)", text_of(".pre-commit-config.yaml"))
    assert set(repositories) == {"local"}, "pre-commit calls what make setup installed, and fetches nothing"


def test_the_package_says_that_it_is_typed() -> None:
    assert below("src/staffel/py.typed")

"""What must not be in the repository: real firms, paths of a machine, addresses that nobody chose.

The words are kept turned by thirteen letters, so that this file is not the first to break its own rule.
"""

import re
from codecs import decode
from collections.abc import Iterator

import pytest

from tests.house.repository import files, listed, text_of

MADE_UP = (
    "Shapes and figures of rules are real, names never: vendors, distributors, partners are made up. Not:"
)

# Vendors, distributors and partners of the trade, one word or two.
FIRMS = decode(
    """
    npebavf npgrovf niarg orpugyr ovgqrsraqre oebnqpbz oebgure-vaqhfgevrf pnapbz pnaba pvfpb pvgevk
    pbzchgnpragre qryy rnfl-fbsgjner rcfba rfrg rkpyhfvir-argjbexf sbegvarg shwvgfh urjyrgg ureirpx ucr uhnjrv
    voz vasvavtngr vatenz whavcre xnfcrefxl xbavpn xbzfn xlbpren ynapbz yrabib ybtvgrpu zpnsrr zvpebfbsg
    ahgnavk argncc bqbb cnyb-nygb evpbu fnzfhat frntngr fvrjreg fabz fbcubf flznagrp flaark grpu-qngn gbfuvon
    geraq-zvpeb irrnz izjner jngputhneq jrfgpba jrfgrea-qvtvgny jbegznaa krebk mlkry
    """,
    "rot13",
).split()

# Paths of one machine, and what tools leave behind that write code by themselves.
FOLDERS = decode("jbex|ebbg|Hfref|ubzr|gzc/onfu", "rot13")
TOOLS = decode("pynhqr|naguebcvp|pungtcg|tvguho pbcvybg|pb-nhguberq-ol|trarengrq jvgu", "rot13")
TRACES = {
    "a path of one machine": re.compile(rf"(?<![\w./~])/(?:{FOLDERS})/[\w.\-]"),
    "a tool that writes code": re.compile(rf"\b(?:{TOOLS})\b", re.IGNORECASE),
}

# Whom our pages may point to. An address elsewhere is a slip, or a row here.
HOSTS = {
    "iceberg.apache.org",
    "json-schema.org",
    "keepachangelog.com",
    "localhost",
    "pre-commit.com",
    "schemas.openxmlformats.org",
    "semver.org",
    "www.apache.org",
}
RESERVED = re.compile(r"(^|\.)(example|invalid|localhost|test|example\.(com|org|net))$")
ADDRESS = re.compile(r"(?:https?|s3|ftp)://(?P<host>[A-Za-z0-9.\-]+)")


def ours() -> Iterator[tuple[str, str]]:
    """Every file with its text, but the licence, which is not ours."""
    for name in files():
        if name != "LICENSE":
            yield name, text_of(name)


def places(pattern: re.Pattern[str]) -> list[str]:
    """Where this is found, as `file:line: what`; names of files count too."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start())}: {match[0].strip()}"
        for name, text in ((name, f"{name}\n{text}") for name, text in ours())
        for match in pattern.finditer(text)
    ]


def firms() -> re.Pattern[str]:
    """Any of the firms, as a word of its own, however written; an underscore or a digit ends a word."""
    names = "|".join(re.escape(firm).replace(r"\-", "[ _-]?") for firm in FIRMS)
    return re.compile(rf"(?<![^\W\d_])(?:{names})(?![^\W\d_])", re.IGNORECASE)


def test_firms_are_made_up() -> None:
    found = places(firms())
    assert not found, listed(MADE_UP, found)


@pytest.mark.parametrize("trace", TRACES)
def test_no_trace_of_a_machine(trace: str) -> None:
    found = places(TRACES[trace])
    assert not found, listed(f"A file names {trace}. A path is told from the repository's folder:", found)


def test_addresses_were_chosen() -> None:
    found = [
        f"{name}: {match[0]}"
        for name, text in ours()
        for match in ADDRESS.finditer(text)
        if match["host"].lower() not in HOSTS and not RESERVED.search(match["host"].lower())
    ]
    assert not found, listed(
        "An address that nobody chose (HOSTS in this file lists those that we did):", found
    )


class TestTheRulesThemselves:
    @pytest.mark.parametrize("name", ["VOZ", "qryy", "FBCUBF_2007", "Cnyb Nygb", "grpuqngn"])
    def test_finds_firms(self, name: str) -> None:
        assert firms().search(f"by {decode(name, 'rot13')}, 2026")

    @pytest.mark.parametrize("text", ["modelled", "delle", "reset", "ibmx", "Rhein", "Kern IT", "brother"])
    def test_leaves_words_alone(self, text: str) -> None:
        assert not firms().search(text)

    @pytest.mark.parametrize("turned", ["/jbex/znva", "/ebbg/.pnpur", "/ubzr/naan/erc"])
    def test_finds_paths(self, turned: str) -> None:
        assert TRACES["a path of one machine"].search(f"see {decode(turned, 'rot13')}")

    @pytest.mark.parametrize("text", ["src/work/main", "./root/x", "at home/abroad", "in / work"])
    def test_leaves_paths_of_ours_alone(self, text: str) -> None:
        assert not TRACES["a path of one machine"].search(text)

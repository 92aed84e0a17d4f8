"""What is no kit, or a broken one, is refused with its reason: never a trace, never a file written."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from staffel.core.engine.kit import KitRefused, recompute
from staffel.core.engine.kit.archive import KNOWN, LARGEST, digest, packed, unpacked
from staffel.core.engine.kit.sentences import find
from tests.core.engine.cases import Q1, incentive, programme, world
from tests.core.engine.kits import changed, files_of, kit_of, repacked, with_key
from tests.laws.facts import day

PLAIN = incentive("bonus", "base: revenue\nper: quarter\nrate: 2 %")


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit of one partner with two lines."""
    ledger = world("a")
    ledger.sale("a", day("2026-01-10"), "1200.00")
    ledger.sale("a", day("2026-02-10"), "34.56")
    ledger.rate("USD", "EUR", "0.9")
    ledger.close(Q1.start, Q1.until, day("2026-04-20"))
    return kit_of(tmp_path_factory.mktemp("kit"), programme(PLAIN), ledger, "a").path


def refusal(path: Path) -> list[str]:
    """The codes with which a kit is refused; each finding has both languages and a way out."""
    with pytest.raises(KitRefused) as refused:
        recompute(path)
    for finding in refused.value.findings:
        assert finding.reason.en
        assert finding.reason.de
        assert finding.way_out.en
        assert finding.way_out.de
    return sorted({finding.code for finding in refused.value.findings})


class TestArchives:
    def test_as_it_was_written(self, kit: Path) -> None:
        assert recompute(kit).agrees
        assert set(unpacked(kit)) <= KNOWN

    def test_packed_anew(self, kit: Path) -> None:
        """Another archiver packs other bytes; what they hold is the same."""
        assert recompute(repacked(kit, files_of(kit))).agrees

    @pytest.mark.parametrize(
        ("content", "code"),
        [(b"", "kit-no-archive"), (b"PK", "kit-no-archive"), (b"line_id;net\r\n", "kit-no-archive")],
    )
    def test_no_archive(self, tmp_path: Path, content: bytes, code: str) -> None:
        (tmp_path / "kit.zip").write_bytes(content)
        assert refusal(tmp_path / "kit.zip") == [code]

    def test_cut_at_any_place(self, kit: Path, tmp_path: Path) -> None:
        content = kit.read_bytes()
        for part in range(1, 10):
            (tmp_path / "kit.zip").write_bytes(content[: len(content) * part // 10])
            assert refusal(tmp_path / "kit.zip") == ["kit-no-archive"]

    def test_a_byte_changed(self, kit: Path, tmp_path: Path) -> None:
        """The archive's own checksum, before any of ours."""
        content = kit.read_bytes()
        assert content.count(b";1200.0000;") == 1
        (tmp_path / "kit.zip").write_bytes(content.replace(b";1200.0000;", b";1200.0001;"))
        assert refusal(tmp_path / "kit.zip") == ["kit-damaged"]

    def test_not_there(self, tmp_path: Path) -> None:
        assert refusal(tmp_path / "none.zip") == ["kit-unreadable"]
        assert refusal(tmp_path) == ["kit-unreadable"]

    @pytest.mark.parametrize(
        "name",
        ["../../evil.csv", "/etc/passwd", "facts/../lines.csv", "facts\\lines.csv", "more.txt", "facts/"],
    )
    def test_a_name_that_no_kit_has(self, kit: Path, tmp_path: Path, name: str) -> None:
        path = repacked(kit, files_of(kit) | {name: "x"})
        assert refusal(path) == ["kit-foreign-file"]
        assert not list(tmp_path.iterdir())

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_a_name_twice(self, kit: Path, tmp_path: Path) -> None:
        path = tmp_path / "kit.zip"
        path.write_bytes(kit.read_bytes())
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("lines.csv", "line_id")
        assert refusal(path) == ["kit-foreign-file"]

    @pytest.mark.parametrize(
        "name",
        ["manifest.json", "statement.json", "figures.json", "programme.json", "given.json", "lines.csv"],
    )
    def test_a_file_missing(self, kit: Path, name: str) -> None:
        files = files_of(kit)
        del files[name]
        assert refusal(repacked(kit, files)) == ["kit-file-missing"]

    def test_a_file_missing_that_the_manifest_names(self, kit: Path) -> None:
        files = files_of(kit)
        del files["facts/enrolments.csv"]
        assert refusal(repacked(kit, files)) == ["kit-file-missing"]

    def test_too_large(self, tmp_path: Path) -> None:
        """An archive of a few bytes that says it holds a few gigabytes, or does."""
        path = tmp_path / "kit.zip"
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
            archive.open("lines.csv", "w") as to,
        ):
            for _ in range(LARGEST // 2**20 + 1):
                to.write(b"0" * 2**20)
        assert path.stat().st_size < LARGEST // 100
        assert "kit-too-large" in refusal(path)

    def test_longer_than_it_says(self, kit: Path, tmp_path: Path) -> None:
        """What the directory says of a length is not believed."""
        content = bytearray(repacked(kit, files_of(kit)).read_bytes())
        at = content.index(b"PK\x01\x02")  # the first entry of the directory
        struct.pack_into("<I", content, at + 24, 5)  # its length when unpacked
        (tmp_path / "kit.zip").write_bytes(bytes(content))
        assert refusal(tmp_path / "kit.zip") == ["kit-damaged"]

    def test_encrypted(self, kit: Path, tmp_path: Path) -> None:
        content = bytearray(kit.read_bytes())
        at = content.index(b"PK\x01\x02")
        struct.pack_into("<H", content, at + 8, 1)
        (tmp_path / "kit.zip").write_bytes(bytes(content))
        assert refusal(tmp_path / "kit.zip") == ["kit-damaged"]

    def test_always_the_same_bytes(self) -> None:
        first, second = {"b": b"2", "a": b"1"}, {"a": b"1", "b": b"2"}
        assert packed(first) == packed(second)
        with zipfile.ZipFile(io.BytesIO(packed(first))) as archive:
            assert [entry.filename for entry in archive.infolist()] == ["a", "b"]
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class TestTexts:
    """A file that was changed until nothing can be computed of it is refused, with its reason."""

    @pytest.mark.parametrize("name", ["manifest.json", "statement.json", "figures.json", "given.json"])
    @pytest.mark.parametrize("text", ["", "{", "[1]", "7", '"x"', "null", "[" * 100_000])
    def test_no_json_of_ours(self, kit: Path, name: str, text: str) -> None:
        found = recompute_or_refuse(changed(kit, name, lambda _: text))
        assert found in ("kit-broken", "kit-other-format", "differs")

    @pytest.mark.parametrize(
        "text",
        [
            "{}",
            "[]",
            '{"is": "Programme"}',
            '{"is": "Decimal", "value": "NaN"}',
            '{"is": "Decimal", "value": "x"}',
            '{"is": "Nothing"}',
            '{"is": "Unit", "value": "century"}',
            "[" * 100_000,
        ],
    )
    def test_no_programme(self, kit: Path, text: str) -> None:
        assert refusal(changed(kit, "programme.json", lambda _: text)) == ["kit-broken"]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('"measure": "revenue"', '"measure": "nothing"'),
            ('"column": "net"', '"column": "nothing"'),
            ('"value": "0.02"', '"value": "1e400"'),
            ('"value": "quarter"', '"value": "month"'),
        ],
    )
    def test_rules_that_nobody_wrote(self, kit: Path, old: str, new: str) -> None:
        found = recompute_or_refuse(changed(kit, "programme.json", lambda text: text.replace(old, new)))
        assert found in ("kit-not-computable", "kit-broken", "kit-nothing-settled", "differs")

    @pytest.mark.parametrize(
        ("key", "value", "code"),
        [
            ("day", "2026-02-31", "kit-broken"),
            ("settle_start", None, "kit-broken"),
            ("sha256", [], "kit-broken"),
            ("sha256", {"gone.csv": ""}, "kit-file-missing"),
            ("partner", "nobody", "kit-nothing-settled"),
            ("settle_until", "2026-01-01", "kit-nothing-settled"),
            ("semantics", "1", "kit-other-semantics"),
            ("kit", None, "kit-other-format"),
        ],
    )
    def test_of_the_manifest(self, kit: Path, key: str, value: object, code: str) -> None:
        assert refusal(changed(kit, "manifest.json", with_key(key, value))) == [code]

    def test_no_utf_8(self, kit: Path, tmp_path: Path) -> None:
        files: dict[str, bytes] = {name: text.encode() for name, text in files_of(kit).items()}
        for name in ("statement.json", "lines.csv"):
            (tmp_path / "kit.zip").write_bytes(packed(files | {name: b"\xff\xfe\x00"}))
            assert refusal(tmp_path / "kit.zip") == ["kit-broken"]

    @pytest.mark.parametrize(
        ("rest", "code"),
        [
            ({"kind": "hint"}, "kit-broken"),
            ({"values": [[0, "", "", "NaN"]]}, "kit-broken"),
            ({"values": [[0, "", "", "1e30"]]}, "kit-broken"),
            ({"values": 5}, "kit-broken"),
            ({"of": "nobody"}, "agrees"),
        ],
    )
    def test_given_figures(self, kit: Path, rest: dict[str, object], code: str) -> None:
        series = {"kind": "figure", "of": "earning_0", "subject": "a", "column": "f0"}
        series |= {"values": [[0, "", "", "1.0000"]]} | rest  # type: ignore[dict-item]
        days = {"decision_days": [], "fall_days": [], "merge_days": [], "first_enrolment": "2020-01-01"}
        text = json.dumps({"says": "", **days, "rests": [series]})
        found = recompute_or_refuse(changed(kit, "given.json", lambda _: text))
        assert found == ("differs" if code == "agrees" else code)


def recompute_or_refuse(path: Path) -> str:
    """The code of a refusal, or whether the kit agrees."""
    try:
        return "agrees" if recompute(path).agrees else "differs"
    except KitRefused as refused:
        return refused.findings[0].code


class TestTables:
    @pytest.mark.parametrize(
        ("name", "change", "code"),
        [
            ("lines.csv", lambda text: text.replace("2026-01-10", "2026-02-31"), "kit-value-wrong"),
            ("lines.csv", lambda text: text.replace("2026-01-10", "10.01.2026"), "kit-value-wrong"),
            ("lines.csv", lambda text: text.replace("1200.0000", "1.200,00"), "kit-value-wrong"),
            ("lines.csv", lambda text: text.replace("1200.0000", "1e400"), "kit-value-wrong"),
            ("lines.csv", lambda text: text.replace("1200.0000", "NaN"), "kit-value-wrong"),
            ("lines.csv", lambda text: text.replace("1200.0000", "0.00001"), "kit-value-wrong"),
            ("lines.csv", lambda text: text.replace("1200.0000", "9" * 4000), "kit-value-wrong"),
            ("lines.csv", lambda text: text.replace("2026-01-10", ""), "kit-value-wrong"),
            ("lines.csv", lambda text: text.replace(";net;", ";nett;"), "kit-column-unknown"),
            ("lines.csv", lambda text: text.replace(";net;", ";quantity;"), "kit-column-unknown"),
            ("lines.csv", lambda text: text.replace(";", ","), "kit-column-unknown"),
            ("lines.csv", lambda text: text.replace(";2026-Q1", ""), "kit-broken"),
            ("lines.csv", lambda text: text + '"', "kit-broken"),
            ("lines.csv", lambda text: text + "x" * 200_000, "kit-broken"),
            ("facts/rates.csv", lambda text: text.replace("0.9000000000", "0"), "kit-value-wrong"),
            ("facts/closes.csv", lambda text: text.replace("2026-04-01", "9999-12-31"), "kit-value-wrong"),
            ("facts/closes.csv", lambda text: text.replace("2026-04-01", ""), "kit-value-wrong"),
        ],
    )
    def test_refused(self, kit: Path, name: str, change: Callable[[str], str], code: str) -> None:
        assert refusal(changed(kit, name, change)) == [code]

    def test_every_mistake_has_its_place(self, kit: Path) -> None:
        path = changed(kit, "lines.csv", lambda text: text.replace("1200.0000", "x").replace("34.5600", "y"))
        with pytest.raises(KitRefused) as refused:
            recompute(path)
        assert [str(one.places[0]) for one in refused.value.findings] == ["lines.csv:2", "lines.csv:3"]

    def test_no_lines_at_all(self, kit: Path) -> None:
        """Every line taken out: computed, and told."""
        found = recompute(changed(kit, "lines.csv", lambda text: text.splitlines()[0] + "\r\n"))
        assert "bonus: paid" in [str(one.figure) for one in found.differences]


def test_sentences_are_cut_to_a_readable_length() -> None:
    assert len(find("kit-foreign-file", name="x" * 10_000).reason.en) < 200

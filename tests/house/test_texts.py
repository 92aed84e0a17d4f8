"""Every sentence is there in English and in German, whole, and says the same things in both."""

import ast
import re

import pytest

from tests.house.repository import listed, nodes

SOURCE = "src/"
BOTH = {"en", "de"}
# Beginnings of words in which ae, oe and ue can only stand for ä, ö and ü.
TRANSCRIBED = re.compile(
    r"\b(aender|fuer|geaender|gueltig|haendler|hoech|koenn|loesch|muess|naechst|pruef|schluessel|stueck)\w*"
    r"|\b(ueber|ungueltig|waehr|zurueck)\w*",
    re.IGNORECASE,
)


def sentences(node: ast.AST) -> dict[str, ast.expr]:
    """What one place says, by language: `Text(en=…, de=…)` or a table {"en": …, "de": …}; else nothing."""
    match node:
        case ast.Call(func=ast.Name(id="Text") | ast.Attribute(attr="Text"), keywords=keywords):
            return {word.arg: word.value for word in keywords if word.arg}
        case ast.Dict(keys=keys, values=values):
            names = [key.value if isinstance(key, ast.Constant) else None for key in keys]
            return {str(name): value for name, value in zip(names, values, strict=True) if name in BOTH}
        case _:
            return {}


def is_empty(text: ast.expr) -> bool:
    """Whether a sentence is written here and says nothing."""
    return isinstance(text, ast.Constant) and not str(text.value).strip()


def figures(text: ast.expr) -> set[str]:
    """What a sentence puts in: `{number}` of an f-string or of a pattern for `format`."""
    put_in = {ast.unparse(part.value) for part in ast.walk(text) if isinstance(part, ast.FormattedValue)}
    constants = [part.value for part in ast.walk(text) if isinstance(part, ast.Constant)]
    named = {
        name for value in constants if isinstance(value, str) for name in re.findall(r"\{(\w+)[^}]*\}", value)
    }
    return put_in | named


def written(text: ast.expr) -> str:
    """The words of a sentence that stand in the source."""
    constants = [part.value for part in ast.walk(text) if isinstance(part, ast.Constant)]
    return " ".join(value for value in constants if isinstance(value, str))


def all_sentences() -> list[tuple[str, dict[str, ast.expr]]]:
    """Every place of the source that says something to people."""
    return [(where, texts) for where, node in nodes(SOURCE) if (texts := sentences(node))]


def test_each_language_has_its_sentence() -> None:
    lame = [
        where for where, texts in all_sentences() if set(texts) != BOTH or any(map(is_empty, texts.values()))
    ]
    rule = 'Text(en="The step stands late.", de="Die Staffelstufe steht spät."): both, neither empty. Not so:'
    assert not lame, listed(rule, lame)


def test_both_put_in_the_same() -> None:
    odd = [
        f"{where}: {sorted(en ^ de)}"
        for where, texts in all_sentences()
        if set(texts) == BOTH
        and (en := figures(texts["en"])) != (de := figures(texts["de"]))
        and inline(texts)
    ]
    assert not odd, listed(
        "What the English sentence names, the German one names too. Only in one of both:", odd
    )


def inline(texts: dict[str, ast.expr]) -> bool:
    """Whether both sentences are written out here, so that they can be compared."""
    return all(isinstance(text, ast.Constant | ast.JoinedStr) for text in texts.values())


def test_german_has_its_letters() -> None:
    found = [
        f"{where}: {match[0]}"
        for where, texts in all_sentences()
        if "de" in texts and (match := TRANSCRIBED.search(written(texts["de"])))
    ]
    assert not found, listed("German is written with ä, ö, ü and ß:", found)


class TestTheRulesThemselves:
    @pytest.mark.parametrize(("german", "found"), [("Prüfen Sie den Wert.", False), ("Pruefen Sie.", True)])
    def test_finds_transcribed_letters(self, german: str, found: bool) -> None:
        assert bool(TRANSCRIBED.search(german)) is found

    @pytest.mark.parametrize(
        ("source", "languages"),
        [
            ('Text(en="Yes.", de="Ja.")', ["de", "en"]),
            ('findings.Text(en="Yes.")', ["en"]),
            ('{"en": "level", "de": "Partnerstufe"}', ["de", "en"]),
            ('{"de": "Partnerstufe"}', ["de"]),
            ('{"level": 1}', []),
        ],
    )
    def test_finds_sentences(self, source: str, languages: list[str]) -> None:
        assert sorted(sentences(ast.parse(source, mode="eval").body)) == languages

    @pytest.mark.parametrize(
        ("source", "named"),
        [
            ('f"{count} rows of {name!r}"', {"count", "name"}),
            ('"{count:,} rows"', {"count"}),
            ('"rows"', set()),
        ],
    )
    def test_finds_what_is_put_in(self, source: str, named: set[str]) -> None:
        assert figures(ast.parse(source, mode="eval").body) == named

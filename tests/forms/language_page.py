"""The reference of the language: every spelling with its keys, and worked cases with their plain words.

Made of the JSON Schema (so of the spellings' own words) and of the cases in `tests/forms/shown`; a new key
and a new case show up by themselves. `python -m tests.forms.language_page docs/language.md` writes it anew.
"""

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from staffel.core.findings import Language
from staffel.core.money import written
from staffel.core.programme.model import Programme
from staffel.core.programme.schema import json_schema, spelling_title
from staffel.core.programme.text import Entries, Items, Node, tree_of, word_of
from tests.forms.showing import HEAD, Shown, cases

MOST_LINKS = 3

_HEAD = f"""\
# The language of programmes

Made from the code and its tests: `.venv/bin/python -m tests.forms.language_page docs/language.md` writes it
anew, and a test holds it true. [tutorial.md](tutorial.md) builds a programme step by step,
[semantics.md](semantics.md) has the numbered rules, [refused.md](refused.md) what `staffel check` says.

A programme is one YAML file without formulas or code. A word of ours may be written with blanks (`day
of sale` is `day_of_sale`). A number is written `25_000` or `25_000.50`; a file that begins with `numbers: de`
writes `25.000,5`. A percent always has its sign. A day is `2026-09-01`; the day after `to` is included.
An editor that knows [programme.schema.json](programme.schema.json) completes the words and shows what each
means: begin the file with `# yaml-language-server: $schema=docs/programme.schema.json`.

- [Worked cases](#worked-cases): what is written, what it says in plain words, what it comes to
- [Every key](#every-key): what may stand where
- [Keys that no case shows](#keys-that-no-case-shows)

## Worked cases

Each case is a part of a file with this head:

```yaml
{HEAD.rstrip()}
```

and, if it names no measures of its own, `measures: {{revenue: {{sum: net, of: sell_out}}}}`. The plain words
are those that a plain bonus of 2 % does not have. Oracle and engine compute every figure in a test.
"""


def page() -> str:
    """`docs/language.md`."""
    shown = list(cases())
    lines = [_HEAD, *(line for case in shown for line in _case(case)), "## Every key\n", _BEFORE_KEYS]
    made = json_schema()
    lines += list(_keys("Programme", made, made))
    for name, spelling in sorted(made["$defs"].items()):
        if not name.endswith(("Test", "Field")):
            lines += list(_keys(name, spelling, made))
    silent = sorted(_known(made) - {key for case in shown for key in _keys_in(case)})
    lines += ["## Keys that no case shows\n", ", ".join(f"`{key}`" for key in silent), ""]
    return "\n".join(lines)


_BEFORE_KEYS = """\
A measure compared has the keys of the measure and, beside them, `at_least`, `above`, `at_most` or `below`,
`once_met` and `or_alliance`. `accept`, which may stand anywhere, is left out here.
"""


# ---------------------------------------------------------------- a case


def _case(case: Shown) -> Iterator[str]:
    yield f"### {case.title.en}\n"
    yield f"*{case.title.de}* · rule {case.rule}\n"
    yield f"```yaml\n{case.spelled.rstrip()}\n```\n"
    programme = case.programme
    for language in ("en", "de"):
        yield from (f"> {sentence}  " for sentence in _short(case, language))
        yield ""
    yield from _rows(case)
    yield from (f"- {line}" for line in _earned(case, programme))
    yield ""


def _short(case: Shown, language: Language) -> list[str]:
    return [" ".join(sentence.split()) for sentence in case.says(language)]


def _rows(case: Shown) -> Iterator[str]:
    columns = list(dict.fromkeys(key for line in case.sold for key in line))
    for table, rows in case.facts.items():
        for row in rows:
            said = (f"{key} {value}" for key, value in row.items() if key != "programme")
            yield f"- {table}: {', '.join(said)}"
    if case.facts:
        yield ""
    yield f"| {' | '.join(_HEADINGS.get(column, column) for column in columns)} |"
    yield f"|{'---|' * len(columns)}"
    for line in case.sold:
        yield f"| {' | '.join(line.get(column, '') for column in columns)} |"
    yield ""


_HEADINGS = {
    "on": "sold on",
    "net": "net",
    "end_customer_id": "end customer",
    "product_id": "product",
    "back": "return of line",
}


def _earned(case: Shown, programme: Programme) -> Iterator[str]:
    for name, windows in case.earned.items():
        incentive = next(one for one in programme.incentives if one.name == name)
        for start, sum_ in windows.items():
            yield f"`{name}`, {incentive.per} from {start}: **{_money(sum_)} €**"


def _money(sum_: Decimal) -> str:
    return written(sum_.quantize(Decimal("0.01")), "en")


# ---------------------------------------------------------------- every key


def _keys(name: str, schema: dict[str, Any], made: dict[str, Any]) -> Iterator[str]:
    found = dict(_properties(schema))
    if not found:
        return
    yield f"### {spelling_title(name)}\n"
    if text := schema.get("description"):
        yield f"{text}\n"
    yield "| key | | what it says | for example | cases |"
    yield "|---|---|---|---|---|"
    for key, one in found.items():
        if key != "accept":
            needed = "required" if key in _required(schema) else ""
            cells = [f"`{key}`", needed, one["description"], _example(one), _links(key)]
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""


def _properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for form in (schema, *schema.get("anyOf", ())):
        yield from form.get("properties", {}).items()


def _required(schema: dict[str, Any]) -> set[str]:
    return {key for form in (schema, *schema.get("anyOf", ())) for key in form.get("required", ())}


def _known(made: dict[str, Any]) -> set[str]:
    every = (made, *made["$defs"].values())
    return {key for schema in every for key, _ in _properties(schema)} - {"accept"}


def _example(schema: dict[str, Any]) -> str:
    return " · ".join(f"`{_written(example)}`" for example in schema["examples"])


def _written(example: Any) -> str:
    """An example as a file has it."""
    match example:
        case dict():
            return "{" + ", ".join(f"{key}: {_written(one)}" for key, one in example.items()) + "}"
        case list():
            return "[" + ", ".join(map(_written, example)) + "]"
        case str():
            return example
        case _:
            return json.dumps(example)


def _links(key: str) -> str:
    named = [case for case in cases() if key in _keys_in(case)][:MOST_LINKS]
    return ", ".join(f"[{case.name}](#{_anchor(case.title.en)})" for case in named)


def _anchor(title: str) -> str:
    kept = "".join(letter for letter in title.lower() if letter.isalnum() or letter in " -")
    return kept.replace(" ", "-")


def _keys_in(case: Shown) -> set[str]:
    return _words(tree_of(case.text, "x")[0])


def _words(node: Node | None) -> set[str]:
    match node:
        case Items(of=items):
            return set().union(*(_words(item) for item in items))
        case Entries(of=entries):
            below = set().union(*(_words(value) for _, value in entries))
            return below | {word_of(key.text) for key, _ in entries}
        case _:
            return set()


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")

"""Conditions: `{measure: revenue, at_least: 25_000}`, `{level: premier}`, any, all, not.

`language.md`, 1.4. A list is *all*. Keys of the line (`products`, `kind: sale` …) may stand where lines are
told apart (`when`), and nowhere else: a gate, a requirement or `for` asks about the partner.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias, assert_never, cast
from typing import Any as Anything

from pydantic import Field, PlainValidator, Tag, ValidationInfo, WithJsonSchema
from typing_extensions import TypeAliasType, TypeIs

from staffel.core.findings import Finding, Place, Text
from staffel.core.programme.model import (
    All,
    Any,
    Cases,
    Comparison,
    Condition,
    Enforced,
    Filter,
    Holds,
    Is,
    Kept,
    Leaf,
    Measure,
    Not,
    RowTest,
    Test,
    Trait,
    When,
)
from staffel.core.programme.spellings.desk import not_yet
from staffel.core.programme.spellings.filters import (
    COMPARISONS,
    LATER_ROWS,
    LINE_KINDS,
    Columns,
    is_one_of,
)
from staffel.core.programme.spellings.measures import (
    BEGUN,
    LATER_MEASURES,
    Fixed,
    Reckoned,
    Used,
    for_alliance,
)
from staffel.core.programme.spellings.numbers import FIGURE_SCHEMA, Figure, StepField
from staffel.core.programme.spellings.spelling import (
    ListOf,
    Lowering,
    Named,
    OneOrMany,
    Spelling,
    begun_by,
    missing,
    one_of_both,
)
from staffel.core.programme.spellings.windows import WindowField, WithinField
from staffel.core.programme.spellings.words import DayField, FlagField, ValueField, Word, word_among
from staffel.core.programme.text import Node

if TYPE_CHECKING:
    from staffel.core.programme.spellings.measures import MeasureSpelling
    from staffel.core.programme.spellings.rates import Table

_DAYS = Text(
    en="Write `once_met: stays`, `reached_on_any_day_of: …` or `kept_on_every_day_of: …`.",
    de="Schreiben Sie `once_met: stays`, `reached_on_any_day_of: …` oder `kept_on_every_day_of: …`.",
)
_AT_ONCE = Text(
    en="Let it count from the start of this version, or bring it with the next one.",
    de="Lassen Sie es ab Beginn dieser Version gelten, oder führen Sie es mit der nächsten ein.",
)
_NO_TABLE = Text(
    en="Round where one number is asked; write a condition for each row of the table.",
    de="Runden Sie, wo eine Zahl verlangt wird; schreiben Sie für jede Zeile der Tabelle eine Bedingung.",
)
_OF_FIGURES = Text(
    en="Say it of a condition on a figure.", de="Sagen Sie es von einer Bedingung an eine Kennzahl."
)
_LATER = {
    "kept": _DAYS,
    **dict.fromkeys(("grace", "warn"), _AT_ONCE),
}
_ASK_TRAITS = Text(
    en="Ask for level, kind, country, segment, size, newcomer, holds, accepted, enrolled, agreement, choice,"
    " decided or a measure.",
    de="Fragen Sie nach level, kind, country, segment, size, newcomer, holds, accepted, enrolled, agreement,"
    " choice, decided oder einer Kennzahl.",
)
LATER_CONDITIONS = {
    **LATER_MEASURES,
    **LATER_ROWS,
    **_LATER,
    **dict.fromkeys(("published", "enforced", "exempt"), _OF_FIGURES),
    **dict.fromkeys(("day", "group"), _ASK_TRAITS),
}
# What is asked before it is known whether lines or the partner answer.
Asked: TypeAlias = All[Anything] | Any[Anything] | Not[Anything] | Leaf | Test | Holds | Kept | Enforced
NewcomersField = Annotated[Literal["newcomers"], *word_among("newcomers")]
StaysField = Annotated[Literal["stays"], *word_among("stays")]


def read_threshold(node: Node, info: ValidationInfo) -> "Figure | Table | MeasureSpelling":
    """A figure, a table of figures, or a measure. Tables have conditions in them, so both know each other."""
    from staffel.core.programme.spellings import rates

    return rates.read_threshold(node, info)


_THRESHOLD = {"anyOf": [FIGURE_SCHEMA, {"type": "object"}, {"type": "array", "items": {"type": "object"}}]}
ThresholdField = Annotated[Anything, PlainValidator(read_threshold), WithJsonSchema(_THRESHOLD)]


class Compared(Spelling):
    """A measure with what it is compared with; two comparisons must both hold."""

    at_least: ThresholdField | None = Field(
        default=None, description="Not less than a figure, a table of figures or a measure."
    )
    above: ThresholdField | None = Field(default=None, description="More.")
    at_most: ThresholdField | None = Field(default=None, description="Not more.")
    below: ThresholdField | None = Field(default=None, description="Less.")
    rounded: StepField | None = Field(default=None, description="A share is rounded to this first.")
    or_alliance: FlagField = Field(default=False, description="The alliance's figure will do as well.")
    once_met: StaysField | None = Field(default=None, description="stays: what was met once stays met.")

    reached_on_any_day_of: WindowField | None = Field(
        default=None, description="Met on one day of this window at least."
    )
    kept_on_every_day_of: WindowField | None = Field(
        default=None, description="Met on every day of this window on which the partner took part."
    )
    published: DayField | None = Field(default=None, description="Shown from this day on.")
    enforced: DayField | None = Field(default=None, description="Decides from this day on.")
    exempt: NewcomersField | None = Field(
        default=None, description="newcomers: who joined in the window is free of it."
    )

    def lowered(self, at: Lowering) -> Measure:
        """The measure that is compared."""
        raise NotImplementedError

    def asked(self, at: Lowering) -> "Asked":
        """The test, or both, with what was said beside them."""
        measure = self.lowered(at)
        tests = [
            self._test(measure, comparison, at) for comparison in COMPARISONS if getattr(self, comparison)
        ]
        if not tests:
            at.desk.report(missing(self.place, "at_least"))
        found = all_of(tests, self.place)
        if self.or_alliance:
            found = any_of([found, _of_alliance(found)], self.place)
        return self._in_time(self._remembered(cast("Condition", found), at), at)

    def _remembered(self, found: "Condition", at: Lowering) -> "Condition":
        """On which days it must have held (rule 51)."""
        memories = ("once_met", "reached_on_any_day_of", "kept_on_every_day_of")
        said = [name for name in memories if getattr(self, name)]
        if len(said) > 1:
            at.desk.report(one_of_both(self.place, *said))
        if not said:
            return found
        over = self.reached_on_any_day_of or self.kept_on_every_day_of
        every = not self.once_met and self.reached_on_any_day_of is None
        return Kept(of=found, over=over, on="every" if every else "any", place=self.place)

    def _in_time(self, found: "Asked", at: Lowering) -> "Asked":
        """For whom, and from when on (rule 53)."""
        if self.exempt:
            new = Holds(trait=Trait.NEWCOMER, values=("true",), place=self.place)
            found = any_of([new, found], self.place)
        if self.enforced is None:
            if self.published is not None:
                at.desk.report(missing(self.place, "enforced"))
            return found
        of = cast("Condition", found)
        return Enforced(of=of, day=self.enforced, published=self.published, place=self.place)

    def each(self, at: Lowering) -> "Iterator[Asked]":
        """The same, as the one condition that it is."""
        yield self.asked(at)

    def _test(self, measure: Measure, comparison: Comparison, at: Lowering) -> Test:
        from staffel.core.programme.spellings import rates

        spelled = getattr(self, comparison)
        figure, title = rates.threshold(spelled, at), getattr(self, "title", None)
        rounded = self.rounded
        if rounded is not None and not isinstance(figure, Decimal):
            at.desk.report(not_yet(self.place, "rounded", _NO_TABLE))
            rounded = None
        return Test(
            measure=measure,
            comparison=comparison,
            figure=figure,
            title=title,
            rounded=rounded,
            place=spelled.place,
        )


def _of_alliance(asked: Asked) -> Asked:
    match asked:
        case Test():
            return replace(asked, measure=for_alliance(asked.measure))
        case All():
            return all_of([_of_alliance(one) for one in asked.of], asked.place)
        case _:
            return asked


def _tested(measure: type[Spelling]) -> type[Compared]:
    """A spelling of a measure, compared."""
    values = {
        "__module__": __name__,
        "__doc__": f"{(measure.__doc__ or '').splitlines()[0].rstrip('.')}, compared.",
        "__annotations__": {"LATER": ClassVar, "SCALAR_AS": ClassVar},
        "LATER": {**measure.LATER, **_LATER},
        "SCALAR_AS": "",
    }
    make = cast("Anything", type(measure))
    return cast("type[Compared]", make(f"{measure.__name__}Test", (measure, Compared), values))


# A figure by itself is compared with nothing; a bare name has no bounds of its own beside the comparison.
_TESTS = {key: _tested(Used if one is Reckoned else one) for key, one in BEGUN.items() if one is not Fixed}


class Facts(Columns):
    """What a partner is or holds, and, where lines are told apart, what a line is; all must hold."""

    LATER: ClassVar = LATER_CONDITIONS
    LIST_AS: ClassVar = "all"
    UNKNOWN: ClassVar = "key-unknown"

    level: OneOrMany[ValueField] = Field(default=(), description="The partner's level.")
    kind: OneOrMany[ValueField] = Field(default=(), description="The partner's kind; or the line's: sale …")
    segment: OneOrMany[ValueField] = ()
    size: OneOrMany[ValueField] = ()
    newcomer: FlagField | None = Field(default=None, description="Enrolled after the window began.")
    holds: OneOrMany[ValueField] = Field(default=(), description="A certificate of the firm itself.")
    accepted: OneOrMany[ValueField] = Field(default=(), description="Terms that the partner accepted.")
    enrolled: OneOrMany[ValueField] = Field(default=(), description="A programme that it takes part in.")
    agreement: OneOrMany[ValueField] = Field(default=(), description="Another agreement that it is party to.")
    choice: Named[OneOrMany[ValueField]] = Field(
        default={}, description="What it chose when it enrolled: `{hurdle: low}`."
    )
    decided: Named[OneOrMany[ValueField]] = Field(
        default={}, description="What was decided about it: `{hardship: granted}`."
    )
    within: WithinField | None = Field(
        default=None, description="On a day of this window it began; else it is in force on the day asked."
    )
    any_: "ListOf[ConditionField] | None" = Field(
        default=None, alias="any", description="One of these holds."
    )
    all_: "ListOf[ConditionField] | None" = Field(
        default=None, alias="all", description="Each of these holds."
    )
    not_: "ConditionField | None" = Field(default=None, alias="not", description="This does not hold.")

    def asked(self, at: Lowering) -> Asked:
        """Each key a condition or a filter, all of them together."""
        return all_of(tuple(self.each(at)), self.place)

    def each(self, at: Lowering) -> Iterator[Asked]:
        """One condition or filter a key, in the order of the keys."""
        for name in _PARTNER_WORDS:
            if values := getattr(self, name):
                yield self._begun(fact(name, values, at))
        for name in _NAMED_TERMS:
            for key, values in getattr(self, name).items():
                named = [replace(value, text=f"{key}={value.text}") for value in values]
                yield self._begun(fact(name, named, at))
        if self.within is not None and not any(getattr(self, name) for name in _TERMS):
            at.desk.report(missing(self.place, "accepted"))
        if self.newcomer is not None:
            value = "true" if self.newcomer else "false"
            yield Holds(trait=Trait.NEWCOMER, values=(value,), place=self.place)
        yield from (one for one in self.tests() if getattr(one, "column", "") not in _AS_FACTS)
        if self.any_ is not None:
            yield any_of([one.asked(at) for one in self.any_], self.place)
        if self.all_ is not None:
            yield all_of([one.asked(at) for one in self.all_], self.place)
        if self.not_ is not None:
            yield Not(of=self.not_.asked(at), place=self.place)

    def _begun(self, asked: Is | Holds) -> Is | Holds:
        """The same, where it is a term with the window in which it must have begun."""
        return replace(asked, within=self.within) if _is_term(asked) else asked


_NAMED_TERMS = ("choice", "decided")
_ONE_WORD = ("holds", "accepted", "enrolled", "agreement")
_TERMS = (*_ONE_WORD, *_NAMED_TERMS)
_ASKED_AS = {"enrolled": Trait.ELSEWHERE}
_PARTNER_WORDS = ("level", "kind", "country", "segment", "size", *_ONE_WORD)
_AS_FACTS = {"kind", "partner.country"}  # of a bare `kind` and `country`, which `fact` reads


def _is_term(asked: Is | Holds) -> TypeIs[Holds]:
    return isinstance(asked, Holds) and asked.trait.is_term


def fact(name: str, values: Sequence[Word], at: Lowering) -> Is | Holds:
    """What a partner is; the level on the day of sale, and the kind of a line, are told of each line."""
    if name == "kind" and {value.text for value in values} <= set(LINE_KINDS):
        return is_one_of("kind", values)
    if name == "level" and at.level_on is When.DAY_OF_SALE:
        return is_one_of("partner.level", values)
    texts = tuple(sorted({value.text for value in values}))
    when = (at.level_on or When.START) if name == "level" else When.START
    return Holds(trait=_ASKED_AS.get(name) or Trait(name), values=texts, when=when, place=values[0].place)


def all_of(asked: Sequence[Asked], place: Place) -> Asked:
    """All of them; one alone stands by itself."""
    return asked[0] if len(asked) == 1 else All(of=tuple(asked), place=place)


def any_of(asked: Sequence[Asked], place: Place) -> Asked:
    """One of them at least."""
    return Any(of=tuple(asked), place=place)


ConditionSpelling: TypeAlias = Compared | Facts
_TAGS = {**{key: key for key in _TESTS}, **dict.fromkeys(Facts.keys(), "facts")}
if TYPE_CHECKING:
    ConditionField: TypeAlias = ConditionSpelling
else:
    ConditionField = TypeAliasType(
        "ConditionField",
        Annotated[
            reduce(or_, (Annotated[one, Tag(key)] for key, one in [*_TESTS.items(), ("facts", Facts)])),
            *begun_by(Text(en="a condition", de="eine Bedingung"), _TAGS, LATER_CONDITIONS, items="facts"),
        ],
    )

Facts.model_rebuild()


def condition_of(spelled: ConditionSpelling, at: Lowering) -> Condition:
    """A condition of the partner; what only a line can answer is reported."""
    return of_partner(spelled.asked(at), at)


def of_partner(asked: Asked, at: Lowering) -> Condition:
    """The same, as a condition; what only a line can answer is reported."""
    for row in (*rows_in(asked), *_rows_of_figures(asked)):
        at.desk.report(_asks_line(row))
    return cast("Condition", asked)


def when_of(spelled: ConditionSpelling, at: Lowering) -> "Filter | Condition":
    """What tells lines apart, or a condition of the partner; both at once are reported."""
    asked = spelled.asked(at)
    rows = rows_in(asked)
    if rows and len(rows) < len(leaves_of(asked)):
        at.desk.report(_mixed(spelled.place))
    for row in _rows_of_figures(asked):
        at.desk.report(_asks_line(row))
    return asked


def rows_in(asked: Asked) -> list[Leaf]:
    """The tests that a line answers."""
    return [leaf for leaf in leaves_of(asked) if isinstance(leaf, Leaf)]


def _rows_of_figures(asked: Asked) -> list[Leaf]:
    """The tests of a line in tables of the figures that are asked for."""
    tables = [leaf.figure for leaf in leaves_of(asked) if isinstance(leaf, Test)]
    cases = [case for table in tables if isinstance(table, Cases) for case in table.rows]
    return [row for case in cases for row in (*rows_in(case.when), *_rows_of_figures(case.when))]


def leaves_of(asked: Asked) -> list[Leaf | Test | Holds]:
    """Its tests, in order."""
    match asked:
        case All() | Any():
            return [leaf for one in asked.of for leaf in leaves_of(one)]
        case Not():
            return leaves_of(asked.of)
        case Kept() | Enforced():
            return leaves_of(asked.of)
        case RowTest() | Test() | Holds():
            return [asked]
        case _:
            assert_never(asked)


def _asks_line(row: Leaf) -> Finding:
    column = "level" if row.column == "partner.level" else row.column
    return Finding(
        code="varies-by-line",
        places=(row.place,),
        reason=Text(
            en=f"`{column}` differs from line to line here, and this condition is asked once for the"
            f" partner.",
            de=f"`{column}` ist hier von Zeile zu Zeile verschieden, gefragt wird aber einmal für den"
            f" Partner.",
        ),
        way_out=Text(
            en="Put it into `for`, `select` or a measure's `where`; for a level, `level_on: start` reads"
            " it once.",
            de="Setzen Sie die Bedingung in `for`, `select` oder `where` einer Kennzahl; eine Partnerstufe"
            " liest `level_on: start` nur einmal.",
        ),
    )


def _mixed(place: Place) -> Finding:
    return not_yet(
        place,
        "when",
        Text(
            en="Ask either about the line (`products`, `partner.kind` …) or about the partner;"
            " `level_on: day of sale`"
            " reads the level of the line.",
            de="Fragen Sie entweder nach der Zeile (`products`, `partner.kind` …) oder nach dem Partner;"
            " `level_on: day of sale` liest die Partnerstufe der Zeile.",
        ),
    )

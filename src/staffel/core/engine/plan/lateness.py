"""What becomes of rows that come after their window was closed: they move on, or are too late. Rule 4."""

from collections.abc import Sequence

from sqlglot import exp

from staffel.core.engine.background import Closed
from staffel.core.engine.plan import tree as sql

Expr = exp.Expr


def moved_on(own: Expr, closed: Sequence[Closed], alias: str = "s") -> Expr:
    """The day of a row that came after its window was closed: the first day of the first window then open
    (rule 4). alias: of the row.
    """
    rows = []
    commit = sql.column(f"{alias}.commit_no")
    for number, one in enumerate(closed):
        late = sql.both(
            sql.within(own.copy(), sql.day(one.window.start), sql.day(one.window.until)),
            sql.gt(commit.copy(), sql.whole(one.commit_no)),
        )
        for later in closed[number + 1 :]:
            still_open = sql.both(late.copy(), sql.le(commit.copy(), sql.whole(later.commit_no)))
            rows.append((still_open, sql.day(later.window.start)))
        rows.append((late, sql.day(closed[-1].window.until)))
    return sql.case(rows, own)


def too_late(day: Expr, commit: Expr, closed: Sequence[Closed]) -> Expr:
    """Whether a row of a day, first heard of with a commit, came after a settled window around that day was
    closed.
    """
    return sql.either(
        *(
            sql.both(
                sql.coalesce(
                    sql.within(day.copy(), sql.day(one.window.start), sql.day(one.window.until)), sql.FALSE
                ),
                sql.gt(commit.copy(), sql.whole(one.commit_no)),
            )
            for one in closed
        )
    )


def first_heard(source: str, line_id: Expr) -> exp.Join:
    """Joins `h`: the commit with which a line was first heard of; a correction is no new line.

    Of all rows of the source, whoever is asked: a line may have been corrected to another partner or day.
    """
    columns = {"line_id": sql.column("r.line_id"), "commit_no": exp.Min(this=sql.column("r.commit_no"))}
    rows = sql.table(f"facts_{source}", "r")
    first = sql.select(columns, rows, group=[sql.column("r.line_id")])
    return sql.join(sql.subquery(first, "h"), sql.eq(sql.column("h.line_id"), line_id))

"""The statements that ran, as text: pasted into a bare DuckDB over the state's files they give the same rows.

What is told is what was run: the files behind each name, then every statement of the plan in its order.
"""

from staffel.core.engine.calculation import Running
from staffel.core.engine.plan.statement import Statement
from staffel.core.findings import NOWHERE

_VIEWS = "select view_name, sql from duckdb_views() where view_name like 'facts\\_%' escape '\\' order by all"
_ANSWERS = ("entitled", "standing", "requirements", "levels", "due", "differences")


def explain_sql(running: Running) -> str:
    """The files, the statements, and how to read what they made."""
    views = [_view(name, text) for name, text in running.db.execute(_VIEWS).fetchall()]
    plan = running.assembly.plan.statements
    answers = [f"-- select * from {one.name} order by all;" for one in plan if one.name in _ANSWERS]
    return "\n".join([*_head(running), *views, "", *(_statement(one) for one in plan), *answers, ""])


def _head(running: Running) -> list[str]:
    programme, asking = running.assembly.programme, running.assembly.asking
    return [
        f"-- {programme.name} {programme.version} on {asking.day}, state {running.results.state_id}",
        "-- The files of the state:",
    ]


def _view(name: str, text: str) -> str:
    """The view again, whatever it was called when it was made."""
    _, _, query = text.partition(" AS ")
    return f"create or replace temp view {name} as {query.rstrip().rstrip(';')};"


def _statement(one: Statement) -> str:
    where = "" if one.place == NOWHERE else f" ({one.place})"
    return f"-- {one.meaning}{where}\n{one.sql(pretty=True)};\n"

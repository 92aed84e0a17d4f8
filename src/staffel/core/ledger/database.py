"""The core's own database: what is claimed, waits or was refused, who is who, and which snapshots a
commit names.

SQLite in the store's folder when nothing is said. It runs with a write-ahead log, so that readers never
wait for the writer, and overwrites what it deletes (`secure_delete`), so that an erased name is gone from
the file. Exact figures stand as text; moments as UTC without a zone, like everywhere in the ledger.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    inspect,
)

LAYOUT = 2  # 2: what each line was reported under
BUSY_MS = 60_000  # how long one waits for another's transaction
_SCHEMA = MetaData()

SETTINGS = Table(
    "settings",
    _SCHEMA,
    Column("name", String(100), primary_key=True),
    Column("value", Text, nullable=False),
)

COMMITS = Table(
    "commits",
    _SCHEMA,
    Column("commit_no", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),  # report, load, waiting, record or upkeep
    Column("reason", Text, nullable=False),
    Column("recorded_at", DateTime, nullable=False),
    Column("digest", String(64), nullable=False),  # of all that it says, and of the commit before it
)

# Which snapshot of a table a commit left behind, and what it added to it.
COMMIT_TABLES = Table(
    "commit_tables",
    _SCHEMA,
    Column("commit_no", Integer, primary_key=True),
    Column("table_name", String(60), primary_key=True),
    Column("snapshot_id", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)

# Every version of every report that was taken; report_no is its short name.
REPORTS = Table(
    "reports",
    _SCHEMA,
    Column("report_no", Integer, primary_key=True),
    Column("report_id", Text, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("commit_no", Integer, nullable=False),
    Column("distributor_id", Text, nullable=False),
    Column("vendor_id", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("number", Text),
    Column("period_start", Date, nullable=False),
    Column("period_until", Date, nullable=False),
    Column("issued", Date),
    Column("digest", Text, nullable=False),  # of the file
    Column("content", String(64), nullable=False),  # of what the file says, whatever its format
    Column("taken", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("repeated", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("dropped_columns", JSON, nullable=False),
)

# What the claim of a report has for its content where it takes the report back.
WITHDRAWN = ""

# What a commit brought of a report: rows in the tables, to be found there again by `verify`.
REPORT_ROWS = Table(
    "report_rows",
    _SCHEMA,
    Column("commit_no", Integer, primary_key=True),
    Column("report_id", Text, primary_key=True),
    Column("table_name", String(60), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("quantity", Text, nullable=False),
    Column("amount", Text, nullable=False),
)

# Every line ever reported, by its identity. revision: of the newest row written, 0 for none yet.
KNOWN_LINES = Table(
    "known_lines",
    _SCHEMA,
    Column("table_name", String(20), primary_key=True),
    Column("line_id", Text, primary_key=True),
    Column("standing", Integer, nullable=False),  # Standing in lines.py
    Column("revision", Integer, nullable=False),
    Column("digest", BigInteger, nullable=False),  # of what was reported
    Column("report_no", Integer, nullable=False),  # the version of a report that answers for it
    Column("commit_no", Integer, nullable=False),  # in which the newest row was written
    Column("row", Integer),  # in the file
    Column("partner_naming", Integer),  # under which partner and product were reported
    Column("product_naming", Integer),
    sqlite_with_rowid=False,
)

# Under which numbers and names distributors report partners and products. content: parted by \x1f.
NAMINGS = Table(
    "namings",
    _SCHEMA,
    Column("naming_no", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),  # partner or product
    Column("distributor_id", Text, nullable=False),
    Column("vendor_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    Index("namings_sought", "distributor_id", "vendor_id", "kind", "content"),
)

# Reports that named a line which another one had brought before.
REPEATED_LINES = Table(
    "repeated_lines",
    _SCHEMA,
    Column("table_name", String(20), primary_key=True),
    Column("line_id", Text, primary_key=True),
    Column("report_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)

WAITING = Table(
    "waiting",
    _SCHEMA,
    Column("table_name", String(20), primary_key=True),
    Column("line_id", Text, primary_key=True),
    Column("report_no", Integer, nullable=False, index=True),
    Column("commit_no", Integer, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("key", Text, nullable=False),  # what is not known: the distributor's number or name
    Column("content", JSON, nullable=False),
)

REFUSED = Table(
    "refused",
    _SCHEMA,
    Column("refused_no", Integer, primary_key=True),
    Column("report_no", Integer, nullable=False, index=True),
    Column("row", Text, nullable=False),
    Column("code", String(60), nullable=False),
    Column("content", JSON, nullable=False),
)

# Returns that name a document only, and the sale that they were found to take back.
OPEN_RETURNS = Table(
    "open_returns",
    _SCHEMA,
    Column("table_name", String(20), primary_key=True),
    Column("line_id", Text, primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("product_id", Text, nullable=False),
    Column("sale", Text),
    sqlite_with_rowid=False,
)

PERSONS = Table(
    "persons",
    _SCHEMA,
    Column("key", String(40), primary_key=True),
    Column("kind", String(20), nullable=False),  # end_customer or person
    Column("scope", Text, nullable=False),  # whose word for them it is: a distributor, a partner, or *
    Column("name", Text),
    Column("sought", Text, index=True),  # the name as it is compared
)

ERASURES = Table(
    "erasures",
    _SCHEMA,
    Column("key", String(40), primary_key=True),
    Column("erased_at", DateTime, primary_key=True),
    Column("waiting", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
)

# Snapshots that were let go on purpose: states that named them can no longer be asked.
EXPIRED_SNAPSHOTS = Table(
    "expired_snapshots",
    _SCHEMA,
    Column("table_name", String(60), primary_key=True),
    Column("snapshot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("expired_at", DateTime, nullable=False),
)


def connect(url: str) -> Engine:
    """The database of this address."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def make_schema(engine: Engine) -> None:
    """All tables of ours."""
    _SCHEMA.create_all(engine)


def renew_schema(engine: Engine) -> None:
    """Give an older store the tables and columns that came later; what it knows of lines stays as it is."""
    make_schema(engine)
    there = {column["name"] for column in inspect(engine).get_columns(KNOWN_LINES.name)}
    with engine.begin() as connection:
        for column in KNOWN_LINES.columns:
            if column.name not in there:
                text = f'ALTER TABLE {KNOWN_LINES.name} ADD COLUMN "{column.name}" {column.type}'
                connection.exec_driver_sql(text)


def sqlite_url(path: Path) -> str:
    """The address of a file of SQLite."""
    return f"sqlite:///{path}"


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        f"busy_timeout = {BUSY_MS}",
        "temp_store = MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

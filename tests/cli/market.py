"""A store that commands can work on: one vendor, one distributor, two partners, three products."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from staffel.cli.application import app

RUNNER = CliRunner(env={"COLUMNS": None})

PROGRAMME = """\
programme: aster
vendor: aster-systems
title: {en: Aster Partner Programme, de: Aster Partnerprogramm}
version: "2026.1"
valid: {from: 2026-01-01, to: 2026-12-31}
currency: EUR

measures:
  revenue: {title: {en: Revenue, de: Umsatz}, sum: net, of: sell_out}

levels:
  - level: registered
    title: {en: Registered, de: Registriert}
  - level: select
    title: {en: Select, de: Select}
    requires:
      - {measure: revenue, over: last 4 quarters, at_least: 25_000}

incentives:
  - incentive: quarter-bonus
    title: {en: Quarter bonus, de: Quartalsbonus}
    base: revenue
    per: quarter
    scale: {kind: marginal, steps: [{from: 0, rate: 1 %}, {from: 50_000, rate: 2 %}]}
    payout: {as: money, due: 30 days after close}
"""

MAPPING = """\
mapping: rhein
format: csv
delimiter: ";"
header: 1
decimal: ","
thousands: "."
dates: dmy
columns:
  invoice_no: Rechnungsnr.
  document_row: Position
  invoiced_on: Rechnungsdatum
  partner_number: Kundennr.
  partner_name: Kundenname
  product_vendor_number: Herstellernr.
  quantity: Menge
  net: Netto EUR
currency: heading
keys: {partner: number, product: vendor_number}
"""

REPORT = """\
Rechnungsnr.;Position;Rechnungsdatum;Kundennr.;Kundenname;Herstellernr.;Menge;Netto EUR;Telefon
R1;1;05.03.2026;1001;Kern IT;AS-100;2;20.000,00;0
R1;2;05.03.2026;1001;Kern IT;AS-200;1;10.000,00;0
R2;1;12.03.2026;1002;Moor Daten;AS-100;1;9.000,00;0
R3;1;20.03.2026;1009;Wer auch immer;AS-100;1;7.000,00;0
R4;1;31.02.2026;1001;Kern IT;AS-100;1;100,00;0
"""

PARTNERS = """\
partner_id;name;kind;holds_from
kern-it;Kern IT;system_house;2024-01-01
moor-daten;Moor Daten;dealer;2024-01-01
"""

PRODUCTS = """\
product_id,vendor_id,number,family,holds_from
as-100,aster-systems,AS-100,server,2024-01-01
as-200,aster-systems,AS-200,storage,2024-01-01
"""

ENROLMENTS = """\
programme,partner_id,holds_from
aster,kern-it,2024-01-01
aster,moor-daten,2024-01-01
"""

REFERENCES = """\
distributor_id,number,partner_id,holds_from
rhein,1001,kern-it,2024-01-01
rhein,1002,moor-daten,2024-01-01
"""

FILES = {
    "aster.yaml": PROGRAMME,
    "rhein.yaml": MAPPING,
    "march.csv": REPORT,
    "partners.csv": PARTNERS,
    "products.csv": PRODUCTS,
    "enrolments.csv": ENROLMENTS,
    "references.csv": REFERENCES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it answered in JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A folder with the files of a small market, in which commands are run."""

    folder: Path

    def run(self, *arguments: str, lang: str = "en") -> Ran:
        """The command with these arguments; names of files in this folder stand for them."""
        told = [str(self.folder / each) if (self.folder / each).is_file() else each for each in arguments]
        environment = {"STAFFEL_STORE": str(self.folder / "store"), "LANG": lang, "LC_ALL": lang}
        result = RUNNER.invoke(app, told, env=environment)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(code=result.exit_code, out=result.stdout, err=result.stderr)

    def json(self, *arguments: str) -> Any:
        """What it answers a machine."""
        return self.run(*arguments, "--format", "json").data

    def prepared(self) -> "Desk":
        """With a store that knows partners, products, enrolments and references."""
        self.run("init")
        for table in ("partners", "products", "enrolments", "references"):
            ran = self.run("load", table, f"{table}.csv")
            assert ran.code == 0, ran.out + ran.err
        return self

    def imported(self) -> "Desk":
        """With the report of March in it: three lines taken, one waiting, one refused."""
        self.prepared().take("march.csv")
        return self

    def take(self, file: str, *more: str) -> Ran:
        """Import a report of Rhein on Aster."""
        named = ("--distributor", "rhein", "--vendor", "aster-systems", "--period", "2026-03")
        return self.run("import", file, "--mapping", "rhein.yaml", *named, *more)


def written(folder: Path, files: Sequence[str] = tuple(FILES)) -> Desk:
    """A desk with these files."""
    for name in files:
        (folder / name).write_text(FILES[name], encoding="utf-8")
    return Desk(folder=folder)

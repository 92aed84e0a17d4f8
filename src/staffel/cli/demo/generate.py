"""`python -m staffel.cli.demo.generate FOLDER PARTNERS LINES MONTHS`: write the market's reports.

Names each file on stdout as soon as it is whole, so that whoever imports can begin at once.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from staffel.cli.demo.layouts import written
from staffel.cli.demo.market import Market, made_market
from staffel.cli.demo.sales import pairs_of, sold_by_month


def reports(market: Market) -> Iterator[tuple[str, bytes]]:
    """Every report's file name and bytes: all pairs of a month, then the next month."""
    pairs = pairs_of(market)
    for months in zip(*(sold_by_month(market, pair) for pair in pairs), strict=True):
        for pair, (month, lines) in zip(pairs, months, strict=True):
            yield written(pair.distributor, pair.vendor, month, lines)


def main(folder: str, partners: str, lines: str, months: str) -> None:
    """Write them all."""
    market = made_market(partners=int(partners), lines=int(lines), months=int(months))
    for name, content in reports(market):
        (Path(folder) / name).write_bytes(content)
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

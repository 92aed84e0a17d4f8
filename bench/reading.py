"""How fast a distributor's CSV file becomes typed rows: decimal commas, points for thousands."""

import tempfile
import time
from pathlib import Path

from staffel.core.readers import load_mapping, read

EXAMPLE = Path(__file__).parents[1] / "examples" / "reports" / "sellout-de-cp1252.csv"
ROWS = 50_000


def rows_a_second() -> int:
    """A file with the columns of the example, 50,000 sales, read once."""
    mapping = load_mapping(EXAMPLE.with_suffix(".mapping.yaml"))
    head = EXAMPLE.read_text(encoding="cp1252").splitlines()[0]
    text = "\r\n".join([head, *(_sale(number) for number in range(ROWS)), ""])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / EXAMPLE.name
        file.write_bytes(text.encode("cp1252"))
        begun = time.perf_counter()
        read(file, mapping=mapping, kind="sell_out")
        return round(ROWS / (time.perf_counter() - begun))


def _sale(number: int) -> str:
    """Three pieces at 1.099,00 each; four rows to a document."""
    partner, product = number % 400, number % 5_000
    return (
        f"RE26-{number // 4:06};{number % 28 + 1:02}.07.2026;{partner};Systemhaus {partner} GmbH;Weg 4;28195;"
        f'Bremen;D;;7{product:05};AN-{product:05};;"Server {product}; 2 HE";3;1.099,00;3.297,00;;'
    )

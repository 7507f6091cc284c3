"""How long a build takes, as a multiple of importing matplotlib: the two in turn, medians.

The workbook is made here, from a seed: 200 clients, 5,000 touchpoints, 1,500 sales.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

CLIENTS, TOUCHPOINTS, SALES = 200, 5_000, 1_500
RUNS = 7
AS_OF = date(2026, 10, 31)
DAYS = 3 * 365
ACTIVITIES = ("Phone call", "E-mail", "Meeting", "Invoice", "Thank-you note", "Newsletter")


def write_workbook(path: Path, size: int = CLIENTS) -> None:
    """The workbook of the benchmark with so many clients, the same on every machine."""
    chance = random.Random(2)
    clients = [f"Client {number:03d}" for number in range(size)]
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})

    def sheet(name: str, rows: list[tuple[object, ...]]) -> None:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)

    def day() -> date:
        return AS_OF - timedelta(days=chance.randrange(DAYS))

    sheet("Business", [("Setting", "Value"), ("Business name", "Benchmark"), ("Currency", "GBP")])
    sheet(
        "Clients",
        [
            ("Client", "Segment", "Source"),
            *((name, chance.choice("ABC"), chance.choice(("Web", "Fair"))) for name in clients),
        ],
    )
    sheet(
        "Touchpoints",
        [
            ("Date", "Client", "Activity", "Direction", "Minutes"),
            *(
                (
                    day(),
                    chance.choice(clients),
                    chance.choice(ACTIVITIES),
                    chance.choice(("in", "out", "both")),
                    chance.randrange(5, 120, 5),
                )
                for _ in range(TOUCHPOINTS * size // CLIENTS)
            ),
        ],
    )
    sheet(
        "Sales",
        [
            ("Date", "Client", "Amount", "Service"),
            *(
                (
                    day(),
                    chance.choice(clients),
                    chance.randrange(50, 2_000),
                    chance.choice(("Plan", "Visit", "Box")),
                )
                for _ in range(SALES * size // CLIENTS)
            ),
        ],
    )
    book.close()


def seconds(*command: str) -> float:
    """The wall time of one command.

    Raises: CalledProcessError, when it fails.
    """
    begun = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Print every pair, the two medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        book, site = Path(folder, "book.xlsx"), Path(folder, "site")
        write_workbook(book)
        build = ("-m", "reportgen", "build", str(book), "-o", str(site), "--as-of", str(AS_OF))
        pyplot = ("-c", "import matplotlib.pyplot")
        builds, imports = [], []
        for run in range(-1, RUNS):
            pair = seconds(*build), seconds(*pyplot)
            if run < 0:
                continue  # the first pair only warms the disk's cache
            builds.append(pair[0])
            imports.append(pair[1])
            print(f"run {run + 1}: build {pair[0]:.2f} s, import {pair[1]:.2f} s", flush=True)
        pages = sum(1 for file in site.rglob("*") if file.is_file())
    one, other = statistics.median(builds), statistics.median(imports)
    print(
        f"\n{CLIENTS} clients, {TOUCHPOINTS:,} touchpoints, {SALES:,} sales; {pages} files;"
        f" Python {sys.version.split()[0]}, {os.cpu_count()} processors"
        f"\nmedians of {RUNS}: build {one:.2f} s, import matplotlib.pyplot {other:.2f} s"
        f"\nratio {one / other:.2f}"
    )


if __name__ == "__main__":
    main()

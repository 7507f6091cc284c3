"""What holds for every export of a CRM: from the file to the page, and by headers, never by positions."""

import csv
import io
from html import unescape

import pytest
from exports_of_crms import EXPORTS, written
from program import reportgen

from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS

PAGES = {
    "HubSpot": (
        "lee-yoga",
        [
            # 9 March and 60 days are 8 May.
            "an answer since 9 March, and have not been in touch since then, 177 days too long.",
            "## Sales: €1,200 in 1 sale",
            "| Time | 25 min in all",
        ],
    ),
    "Keap": (
        "fox-bikes",
        [
            "| Last contact | 10 February 2026, 264 days ago |",
            "## Sales: US$1,250 in 1 sale",
        ],
    ),
    "SharpSpring": ("jam-co", ["## Sales: 640 in 1 sale"]),
    "Dynamics 365": (
        "marsh-mills",
        [
            "| Last contact | 4 March 2026, 242 days ago |",
            "## Sales: €950 in 1 sale",
            "| Time | 1 h 50 min in all",  # 20 + 90
        ],
    ),
    "Outlook": ("ned-tarn", ["> There has been no contact yet."]),
    "Calendly": (
        "pam-vale",
        ["| Last contact | 3 February 2026, 271 days ago |", "| Time | 30 min in all"],
    ),
}
"""Product → a client, and what stands on the page about them on 1 November 2026."""


@pytest.mark.parametrize("product", EXPORTS)
def test_from_the_export_to_the_page(tmp_path, product):
    (tmp_path / "in").mkdir()
    folder = written(tmp_path / "in", product)
    built = reportgen("build", folder, "--as-of", "2026-11-01", "-o", tmp_path / "out")
    assert built.returncode == 0, built.stderr
    client, lines = PAGES[product]
    page = unescape((tmp_path / "out" / "markdown" / "clients" / f"{client}.md").read_text("utf-8"))
    for line in lines:
        assert line in page
    assert (tmp_path / "out" / "clients" / f"{client}.html").exists()


TABLES = [
    (product, name) for product, files in EXPORTS.items() for name in files if name.endswith(".csv")
]


@pytest.mark.parametrize(("product", "name"), TABLES, ids=[name for _, name in TABLES])
def test_columns_in_another_order_and_one_more(tmp_path, product, name):
    there = written(tmp_path, product)
    before = read(there, DEFAULTS)[0]
    encoding = "cp1252" if name == "desktop.csv" else "utf-8-sig"
    rows = list(csv.reader(io.StringIO(EXPORTS[product][name].decode(encoding), newline="")))
    turned = io.StringIO()
    csv.writer(turned).writerows(
        [*reversed(row), "Her own column" if at == 0 else "7"] for at, row in enumerate(rows)
    )
    (there / name).write_bytes(turned.getvalue().encode("utf-8"))
    assert read(there, DEFAULTS)[0].relationships == before.relationships

"""The reports on the four sample businesses in one folder, and a page that leads to them.

python sample_data/demo.py [DIR]
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from diary import AS_OF

from reportgen import environments

HERE = Path(__file__).resolve().parent
_HEADLINE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Business:
    """A sample business, as the page shows it."""

    folder: str
    """The name of the site's folder, and of the workbook."""
    name: str
    about: str
    headline: str = ""
    """What its letter says first."""


BUSINESSES = (
    Business(
        "interior-designer",
        "Thistle & Loom Interiors",
        "Morag Adeyemi plans rooms: projects of some months, and then a long silence.",
    ),
    Business(
        "virtual-assistant",
        "Evenhand Virtual Assistance",
        "Tamsin Okoro works for her clients every week, and some of them write at ten at night.",
    ),
    Business(
        "shoe-shop",
        "Little Acorn Shoes",
        "Rhiannon Bassett sells shoes to families who come when feet have grown.",
    ),
    Business(
        "meal-box",
        "Green Crate Kitchen",
        "Nasrin Whitfield sends meal boxes to members who may cancel at any time.",
    ),
)


def write(folder: Path) -> None:
    """Make the four sites and the page, in place of those of an earlier run."""
    for one in BUSINESSES:
        workbook, out = HERE / f"{one.folder}.xlsx", folder / one.folder
        given = ("build", "--as-of", AS_OF.isoformat(), "-o", out, "--", workbook)
        subprocess.run([sys.executable, "-m", "reportgen", *map(str, given)], check=True)
    for path, content in around(folder).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8", newline="\n")


def around(folder: Path) -> Mapping[str, str]:
    """Path → content of what stands around the sites in the folder: the page, its style sheet, and the
    file that tells GitHub to publish all as it is."""
    shown = [
        Business(one.folder, one.name, one.about, headline(folder / one.folder / "index.html"))
        for one in BUSINESSES
    ]
    template = environments.html().from_string((HERE / "demo.html").read_text(encoding="utf-8"))
    return {
        "index.html": template.render(businesses=shown, as_of=AS_OF),
        "static/report.css": environments.static_file("report.css"),
        ".nojekyll": "",
    }


def headline(letter: Path) -> str:
    """The sentence with which a letter begins."""
    found = _HEADLINE.search(letter.read_text(encoding="utf-8"))
    assert found is not None, f"{letter} has no headline"
    return " ".join(html.unescape(_TAG.sub("", found[1])).split())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("demo"))

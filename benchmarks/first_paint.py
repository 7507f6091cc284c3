"""How soon a page shows on a phone, how much it then shifts, and how many elements it has.

A phone of 390 × 844 with a processor of a quarter of this machine's speed, in headless Chromium: the
letter, To do, the clients and one client of 34, 200 and 2,000 clients. The first contentful paint is the
median of five, the shift the worst. 34 are those of a sample, the others are made from a seed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser
from take_pictures import AS_OF, SAMPLES, chromium
from workbooks import sized, write_workbook

RUNS = 5
PAGES = ("index", "actions", "clients", "clients/*")
"""Each a path without its ending; of the clients the one with the largest page."""
SLOWER = 4
MEASURES = """() => new Promise(done => {
  let shift = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => { shift += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver(list => setTimeout(() => done({
    paint: list.getEntriesByName("first-contentful-paint")[0].startTime,
    shift, elements: document.querySelectorAll("*").length }), 500)
  ).observe({ type: "paint", buffered: true });
})"""


@dataclass(frozen=True, slots=True)
class Opened:
    """How a page opened."""

    paint: float
    """Milliseconds until something of it showed."""
    shift: float
    """The layout shift in half a second after it."""
    elements: int


def opened(browser: Browser, page: Path) -> Opened:
    """Opens a page once, in a window of its own."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    window = context.new_page()
    context.new_cdp_session(window).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    window.goto(page.as_uri())
    found: Mapping[str, float] = window.evaluate(MEASURES)
    context.close()
    return Opened(found["paint"], found["shift"], int(found["elements"]))


def built(folder: Path, clients: int) -> Path:
    """The site of a business with so many clients."""
    book = SAMPLES / "interior-designer.xlsx"
    if clients != 34:
        book = folder / f"{clients}.xlsx"
        write_workbook(book, sized(clients))
    out = folder / str(clients)
    given = ("build", "--as-of", AS_OF, "--quiet", "-o", str(out), "--", str(book))
    subprocess.run([sys.executable, "-m", "reportgen", *given], check=True)
    return out


def main() -> None:
    """Print a line of the table for each page of each business."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for clients in (34, 200, 2_000):
            site = built(Path(folder), clients)
            for name in PAGES:
                page = max(site.glob(f"{name}.html"), key=lambda path: path.stat().st_size)
                runs = [opened(browser, page) for _ in range(RUNS)]
                paint = statistics.median(run.paint for run in runs)
                shift = max(run.shift for run in runs)
                size = page.stat().st_size // 1000
                print(
                    f"| {clients:,} | {name} | {paint:.0f} ms | {shift:.3f} | {runs[0].elements:,}"
                    f" | {size:,} KB |",
                    flush=True,
                )
        print(f"Chromium {browser.version}, {os.cpu_count()} processors, {SLOWER} times slower")


if __name__ == "__main__":
    main()

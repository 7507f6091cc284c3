"""How long a locked page of about 5 MB takes to open in headless Chromium: several runs, the median.

The pages are those of the workbook of ``workbooks.py``: 200 clients. The password opens the second
of two slots, so both are tried.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from workbooks import AS_OF, write_workbook

from reportgen.forms.lock import lock
from reportgen.forms.single_file import bound, single_file

RUNS = 5
FIRST, SECOND = "ledger-otter-velvet-canoe", "saddle-copper-winding-oats"


def site_in(folder: Path) -> dict[str, bytes]:
    """The files of a built site; which come first does not matter here."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def milliseconds(browser: Browser, page_file: Path) -> float:
    """From the click to the overview on the screen, by the page's own clock."""
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.fill("#password", SECOND)
    begun = page.evaluate("performance.now()")
    page.click("button")
    page.wait_for_selector(".part h1")
    ended = page.evaluate("performance.now()")
    page.close()
    return float(ended - begun)


def main() -> None:
    """Print every run and the median."""
    chromium = shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        book, built = Path(folder, "book.xlsx"), Path(folder, "site")
        write_workbook(book)
        build = ("-m", "reportgen", "build", str(book), "-o", str(built), "--as-of", str(AS_OF))
        subprocess.run([sys.executable, *build], check=True, capture_output=True)
        site = site_in(built)
        locked = Path(folder, "locked.html")
        locked.write_text(lock(site, (FIRST, SECOND)), encoding="utf-8", newline="")
        whole = bound(site)
        size = len(whole.body.encode()) + sum(len(one.encode()) for one in whole.shelf)
        print(
            f"pages and downloads {size / 1e6:.1f} MB, locked {locked.stat().st_size / 1e6:.1f} MB,"
            f" as one open file {len(single_file(site).encode()) / 1e6:.1f} MB"
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        times = []
        for run in range(RUNS):
            times.append(milliseconds(browser, locked))
            print(f"run {run + 1}: {times[-1]:.0f} ms", flush=True)
        print(
            f"\nChromium {browser.version}, {os.cpu_count()} processors, two slots"
            f"\nmedian of {RUNS}: {statistics.median(times):.0f} ms"
        )
        browser.close()


if __name__ == "__main__":
    main()

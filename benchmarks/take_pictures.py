"""Pictures of every page of every sample, to flick through and look at (`make pictures`).

python benchmarks/take_pictures.py [--out DIR] [--only PATTERN …] [BOOK …]
python benchmarks/take_pictures.py --letter FILE.png

Every HTML page of each site is taken in light, dark, on a phone and as it prints, into one folder with an
index.html: left and right arrow go from page to page, up and down from one look to the next. With
``--only`` it takes the pages alone whose path in the site fits a pattern, such as ``index.html`` or
``clients/a*``. ``--letter`` takes the picture at the top of README.md instead.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"
AS_OF = "2026-10-31"
LETTER = (1000, 1080)
"""Width and height of the picture in README.md."""


@dataclass(frozen=True, slots=True)
class Look:
    """One way in which a page is seen."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"


LOOKS = (
    Look("light", 1280, 900),
    Look("dark", 1280, 900, scheme="dark"),
    Look("phone", 390, 844),
    Look("print", 718, 1050, media="print"),  # A4 less its margins, at 96 dots an inch
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine, without a window."""
    from playwright.sync_api import sync_playwright

    installed = Path("/usr/bin/chromium")
    path = str(installed) if installed.exists() else shutil.which("chromium")
    if path is None:
        sys.exit("Pictures are taken with Chromium: install it (Debian: apt install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


def pages_of(site: Path, only: Sequence[str]) -> list[str]:
    """The paths of a site's pages, those at the top first; with patterns only those that fit one."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    wanted = (page for page in found if not only or any(fnmatch(page, one) for one in only))
    return sorted(wanted, key=lambda page: (page.count("/"), page != "index.html", page))


def take(browser: Browser, sites: Mapping[str, Path], out: Path, only: Sequence[str]) -> int:
    """Take every page in every look and write the index; returns how many pictures there are."""
    pages = {name: pages_of(site, only) for name, site in sites.items()}
    for look in LOOKS:
        context = browser.new_context(
            viewport={"width": look.width, "height": look.height}, color_scheme=look.scheme
        )
        window = context.new_page()
        window.emulate_media(media=look.media)
        for name, of_site in pages.items():
            for page in of_site:
                _picture(window, sites[name] / page, out / picture_of(name, page, look))
        context.close()
    shown = [(name, page) for name, of_site in pages.items() for page in of_site]
    (out / "index.html").write_text(index(shown), encoding="utf-8")
    return len(shown) * len(LOOKS)


def _picture(window: Page, page: Path, to: Path) -> None:
    window.goto(page.resolve().as_uri())
    to.parent.mkdir(parents=True, exist_ok=True)
    window.screenshot(path=to, full_page=True)


def picture_of(site: str, page: str, look: Look) -> str:
    """The path of a picture: ``shoe-shop/clients/abbott-family.phone.png``."""
    return f"{site}/{page.removesuffix('.html')}.{look.name}.png"


def index(shown: Sequence[tuple[str, str]]) -> str:
    """The page to flick through the pictures of these pages, each the name of its site and its path."""
    pictures = [
        {
            "name": f"{site}: {page}",
            "looks": {look.name: picture_of(site, page, look) for look in LOOKS},
        }
        for site, page in shown
    ]
    text = Path(__file__).with_suffix(".html").read_text(encoding="utf-8")
    return text.replace("PICTURES", json.dumps(pictures).replace("</", "<\\/"))


def take_letter(browser: Browser, site: Path, to: Path) -> None:
    """Take the top of the letter, as it stands in README.md: in 64 colours, a third of the bytes."""
    from PIL import Image

    width, height = LETTER
    window = browser.new_page(viewport={"width": width, "height": height})
    window.goto((site / "index.html").resolve().as_uri())
    to.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(window.screenshot())) as taken:
        taken.convert("RGB").quantize(64).save(to, optimize=True)


def built(book: Path, into: Path) -> Path:
    """The site of a workbook, in a folder of the workbook's name."""
    out = into / book.stem
    given = ("build", "--as-of", AS_OF, "--quiet", "-o", str(out), "--", str(book))
    subprocess.run([sys.executable, "-m", "reportgen", *given], check=True)
    return out


def main() -> None:
    """Builds the sites and takes the pictures that the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asked.add_argument("books", nargs="*", type=Path, metavar="BOOK", help="default: the samples")
    asked.add_argument("--out", type=Path, default=Path("pictures"))
    asked.add_argument("--only", action="append", default=[], metavar="PATTERN")
    asked.add_argument("--letter", type=Path, metavar="FILE.png")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        if given.letter:
            take_letter(
                browser, built(SAMPLES / "interior-designer.xlsx", Path(place)), given.letter
            )
            return
        books = given.books or sorted(SAMPLES.glob("*.xlsx"))
        sites = {book.stem: built(book, Path(place)) for book in books}
        number = take(browser, sites, given.out, given.only)
    print(f"{number:,} pictures; open {given.out / 'index.html'} in a browser.")


if __name__ == "__main__":
    main()

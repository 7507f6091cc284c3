"""What the Nu Html Checker, the validator of the W3C, has against the pages (`make vnu`).

python benchmarks/check_html.py VNU.JAR

Every sample is built in each edition, as a folder and as one file, and the folder of pages is checked with
its style sheets. Nothing is printed of a page without an error.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"
EDITIONS = ("owner", "coach", "accountant", "public")
AS_OF = "2026-10-31"


def built(into: Path) -> None:
    """Build every sample as a folder in each edition, and the owner's as one file."""
    forms = [*(("--edition", edition) for edition in EDITIONS), ("--single-file",)]
    for book in sorted(SAMPLES.glob("*.xlsx")):
        for form in forms:
            out = into / f"{book.stem}-{form[-1].strip('-')}"
            given = ("build", "--as-of", AS_OF, "--quiet", *form, "-o", str(out), "--", str(book))
            made = subprocess.run(
                [sys.executable, "-m", "reportgen", *given], stderr=subprocess.DEVNULL, check=False
            )
            if made.returncode and form[-1] != "public":  # which few clients do not have
                sys.exit(f"{book.name} has no {form[-1]}")


def checked(jar: Path, pages: Path) -> int:
    """Print each error of the pages, and how many pages there are; returns 1 where there is one."""
    # It does not know two properties that SVG has, and goes deep into nested elements.
    unknown = ".*(paint-order|vector-effect).*"
    given = (
        "--errors-only",
        "--skip-non-html",
        "--also-check-css",
        "--filterpattern",
        unknown,
        str(pages),
    )
    found = subprocess.run(["java", "-Xss8m", "-jar", str(jar), *given], check=False)
    print(f"{sum(1 for _ in pages.rglob('*.html'))} pages checked")
    return found.returncode


def main() -> None:
    """Checks the samples with the checker that the command line names."""
    with tempfile.TemporaryDirectory() as folder:
        built(Path(folder))
        sys.exit(checked(Path(sys.argv[1]), Path(folder)))


if __name__ == "__main__":
    main()

"""One build in this process, stage by stage: prints each stage with its seconds, as JSON.

python benchmarks/stages.py BOOK OUT
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbooks import AS_OF

Taken = dict[str, tuple[float, float]]
"""Stage → seconds on the wall, seconds of the processor."""


def main(book: Path, out: Path) -> Taken:
    """Import, read, figures, pages (of which the clients' and the pictures), and write."""
    taken: Taken = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        begun = time.perf_counter(), time.process_time()
        yield
        wall, processor = taken.get(name, (0.0, 0.0))
        taken[name] = (
            wall + time.perf_counter() - begun[0],
            processor + time.process_time() - begun[1],
        )

    gc.disable()  # as in the program
    with stage("import"):
        from reportgen.letters.library import library
        from reportgen.output import writing
        from reportgen.reading.book import read
        from reportgen.report.report import make_report
        from reportgen.settings.configuration import read_configuration
        from reportgen.site.files import pages
    with stage("read"):
        found, settings = read(book, read_configuration(None))
    with stage("figures"):
        report = make_report(found, settings, AS_OF)
    with stage("pages"):
        files = pages(report, library(None))
    # A picture that is drawn once is kept for the pages that show it.
    drawn = [file for file in files if file.path.startswith("markdown/pictures/")]
    clients = [file for file in files if file.path.startswith("clients/")]
    rest = [file for file in files if file not in {*drawn, *clients}]
    made: list[tuple[str, bytes]] = []
    for name, group in (("pictures", drawn), ("pages", rest), ("client pages", clients)):
        with stage(name):
            for file in group:
                content = file.render()
                made.append(
                    (file.path, content if isinstance(content, bytes) else content.encode())
                )
    with stage("write"):
        writing.write(out, made, [path for path, _ in made])
    return taken


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))

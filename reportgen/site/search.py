"""What the search finds: clients, pages, letters, figures and words, each with the place that it opens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from reportgen.figures.catalogue import CATALOGUE, CLIENT
from reportgen.figures.figure import Explained
from reportgen.site.glossary import glossary, word_id
from reportgen.site.page import Entry
from reportgen.site.shared import Site
from reportgen.values import dataclass

CALL = "reportgen.index("
"""What stands before the index in the script that hands it to the page; the script ends with ``)``."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that can be found."""

    title: str
    place: str
    """Relative to the site's folder, without an ending: ``clients/acme``, ``method#red-line``."""
    about: str = ""
    """What is searched, and shown, beside the title."""


def index(site: Site, menu: Iterable[Entry], listed: Mapping[str, str]) -> dict[str, list[Hit]]:
    """Kind → what there is of it in the report's edition, in the order of the site.

    ``listed`` says of clients without a page in which list they stand; else it is the first.
    """
    pages = [page for entry in menu for page in entry.pages]
    return {
        "Client": [
            Hit(
                view.name,
                view.link.path if view.has_page else listed.get(view.name, "clients"),
                view.findings.seen.client.contact or "",
            )
            for view in site.clients
        ],
        "Page": [Hit(page.title, page.name, page.question) for page in pages],
        "Letter": list(_letters(site)),
        "Figure": list(_figures(site)),
        "Word": [
            Hit(word.word, f"method#{word_id(word.word)}", word.meaning) for word in glossary(site)
        ],
    }


def as_script(found: dict[str, list[Hit]]) -> str:
    """The index as a script that hands it to the page; a page opened from a disk may load nothing else."""
    packed = {
        kind: [
            [hit.title, hit.place, hit.about] if hit.about else [hit.title, hit.place]
            for hit in hits
        ]
        for kind, hits in found.items()
    }
    return f"{CALL}{json.dumps(packed, ensure_ascii=False, separators=(',', ':'))})\n"


def _letters(site: Site) -> Iterator[Hit]:
    if site.sees("letters"):
        yield from (Hit(one.title, f"letters#{one.name}", one.when) for one in site.letters.all)


def _figures(site: Site) -> Iterator[Hit]:
    """Those with a name of their own, which lead to their rules."""
    for one in CATALOGUE.seen_by(site.report.edition).of_client:
        if isinstance(one, Explained) and one.label is not None:
            yield Hit(one.label, f"method#{figure_id(CLIENT + one.key)}")


@cache
def figure_id(key: str) -> str:
    """The place on Method of a figure's rule."""
    return "figure-" + key.replace(CLIENT, "client-")

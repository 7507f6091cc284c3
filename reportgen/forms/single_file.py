"""The whole site in one HTML file, to send by mail and open with a double click.

All pages stand in it one after the other, so that they can be read where no script runs, as in the
preview of many mail programs; a script shows one at a time. The id of an element becomes ``page:id``.
"""

from __future__ import annotations

import base64
import gzip
import json
import posixpath
import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from reportgen import environments
from reportgen.values import dataclass

Site = Mapping[str, str | bytes]
"""Path → content of every file of a site, as its pages render them."""

PLAIN_PICTURES_UP_TO = 3_000_000
"""Characters of all pages. Beyond, the clients' pictures and long folds go to the shelf: 200 clients stay
under 4 MB."""

_LEFT_OUT = ("markdown/", "report.json")
_TYPES = {
    ".csv": "text/csv",
    ".eml": "message/rfc822",
    ".ics": "text/calendar",
    ".rtf": "application/rtf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_EARLY = 'document.documentElement.classList.add("one-page");'
"""Runs in the head. Without it a browser paints all pages before the script at the end shows one."""

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_HEADER = re.compile(r"<header\b.*?</header>", re.DOTALL)
_OPEN_ENTRY = re.compile(r'<a href="([^"]+)" aria-current="')
_WITHIN = re.compile(r'<nav class="within".*?</nav>', re.DOTALL)
_FOOTER = re.compile(r"<footer\b.*</footer>", re.DOTALL)
_PICTURE = re.compile(
    r"<svg\b[^>]*>\s*(?:<title\b[^>]*>[^<]*</title>\s*)?<desc\b[^>]*>([^<]*)</desc>"
    r"(?:<svg\b.*?</svg>|.)*?</svg>",
    re.DOTALL,
)
"""A picture with its description; inside it may stand another, which the page stretches."""
_LATE = re.compile(r'<(ul|dl)\b[^>]* data-late="([^"]*)".*?</\1>', re.DOTALL)
"""A long list that is folded, with the words that stand for it; none stands in another."""
_TAG = re.compile(r"<style\b.*?</style>|<[a-zA-Z](?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_ATTRIBUTE = re.compile(r"(\s+)([^\s=>\"'/]+)(?:=\"([^\"]*)\")?")
_SHARING = re.compile(r'(?<=<html lang="en-GB") data-sharing="[a-z]+"(?=>)')
_QUOTED = re.compile(r"=\"([\w#:./-]+)\"(?=[\s>])")
_CURRENT = ' aria-current="page"'
_OPTIONAL_END = re.compile(r"</(?:td|th|tr|thead|tbody|li|dt|dd)>\s*")
"""HTML needs no such end tags, nor quotes around one word. Both together are a seventh of the pages."""

_IDS = {"id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls"} | {
    "data-filter",
    "data-copy",
}
_ADDRESSES = {"href", "xlink:href", "action"}


@dataclass(frozen=True, slots=True)
class Bound:
    """A site as the parts of one document."""

    title: str
    style: str
    body: str
    """The header, every page as a section of the one ``main``, the footer."""
    shelf: tuple[str, ...]
    """Pictures as HTML, downloads with a character for each byte; ``data-shelf`` is an index in it."""


def single_file(site: Site) -> str:
    """The HTML of the whole site; under 5 MB for 200 clients.

    Links, anchors, the back button, sorting and filters work as in the site, and the page fetches
    nothing from anywhere. Without a script every page can be read, and every link works but those to
    downloads. It leaves out the Markdown edition, ``report.json`` and files that no page links to.
    """
    whole = bound(site)
    shelf = gzip.compress(json.dumps(whole.shelf, ensure_ascii=False).encode(), mtime=0)
    return (
        environments.html()
        .get_template("site/single.html")
        .render(
            title=Markup(whole.title),
            style=Markup(whole.style),
            body=Markup(whole.body),
            shelf=base64.b64encode(shelf).decode(),
            early=Markup(_EARLY),
            sharing=Markup(_around(_SHARING, _text(site["index.html"]))),
            script=Markup(runtime("single.js")),
        )
    )


def bound(site: Site) -> Bound:
    """The pages of a site as one document, those of the navigation first; links lead within it."""
    pages = {path: content for path, content in site.items() if path.endswith(".html")}
    texts = {path: _text(pages[path]) for path in sorted(pages, key=_rank)}
    binder = _Binder(site, _names(texts))
    heavy = sum(map(len, texts.values())) > PLAIN_PICTURES_UP_TO
    parts = [
        _part(path, text, binder, shelve=heavy and bool(_folder(path)))
        for path, text in texts.items()
    ]
    overview = texts["index.html"]
    header = binder.around(_around(_HEADER, overview).replace(_CURRENT, ""))
    footer = binder.around(_around(_FOOTER, overview))
    main = "\n".join(parts)
    return Bound(
        title=_found(_TITLE, overview),
        style=_text(site["static/report.css"]) + environments.static_file("one-file.css"),
        body=(
            f'<a class="skip" href="#main">To the content</a>\n{header}\n'
            f'<main id="main" class="wide" tabindex="-1">\n{main}\n</main>\n{footer}'
        ),
        shelf=tuple(binder.shelf),
    )


def alone(site: Site, path: str) -> Bound:
    """One page of a site without the others and without a script; its links to them are plain text."""
    text = _text(site[path])
    binder = _Binder({path: text}, _names({path: text}))
    return Bound(
        title=_found(_TITLE, text),
        style=_text(site["static/report.css"]),
        body=_part(path, text, binder, shelve=False),
        shelf=(),
    )


def runtime(*names: str) -> str:
    """The script of the pages with those of these names after it, as one: it says nothing of the site."""
    return "\n".join((environments.script(), *map(environments.static_file, names)))


def _text(content: str | bytes) -> str:
    return content.decode() if isinstance(content, bytes) else content


def _folder(path: str) -> str:
    return posixpath.dirname(path)


def _rank(path: str) -> tuple[str, bool]:
    """Sorts the overview first, then the other pages of the navigation, then the folders by name."""
    return _folder(path), path != "index.html"


def _around(pattern: re.Pattern[str], text: str) -> str:
    """What the pattern finds around the content; empty when nothing: the public edition has no footer."""
    match = pattern.search(text)
    return match[0] if match else ""


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match is not None, f"a page without {pattern.pattern}"
    return match[1]


def _names(paths: Mapping[str, str]) -> dict[str, str]:
    """Path → the page's name in an address. A page in a folder gets a number, never a client's name.

    The browser's history keeps the addresses of a locked report, too. Ids begin with the name, and those
    in a picture may have no stroke.
    """
    numbers = {path: number for number, path in enumerate(paths)}
    return {
        path: f"{_folder(path)}-{numbers[path]}" if _folder(path) else path.removesuffix(".html")
        for path in paths
    }


def _part(path: str, text: str, binder: _Binder, shelve: bool) -> str:
    """The page as a section of the document; with ``shelve`` its pictures and long folds go to the shelf.

    The ways to the pages beside it stand in it, because the header of all pages has the entries alone.
    """
    main = binder.page(path, _around(_WITHIN, text) + _found(_MAIN, text))
    if shelve:
        main = _LATE.sub(binder.late, _PICTURE.sub(binder.late, main))
    content = _OPTIONAL_END.sub("", main).strip()
    name, title = binder.names[path], _found(_TITLE, text)
    entry = binder.entry(path, _around(_HEADER, text))
    return f'<section class="part" id="{name}" data-title="{title}"{entry}>\n{content}\n</section>'


def _handed(script: str | bytes) -> dict[str, Any]:
    """What a script of data hands to the page: the argument of its one call."""
    text = _text(script)
    handed: dict[str, Any] = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    return handed


class _Binder:
    """Rewrites pages so that they refer to each other inside one document, and fills the shelf."""

    def __init__(self, site: Site, names: Mapping[str, str]) -> None:
        self.names = names
        self.shelf: list[str] = []
        self._site = site
        self._numbers: dict[str, int] = {}

    def page(self, path: str, html: str) -> str:
        """The content of the page at ``path``, its ids made unlike those of any other page."""
        return self._rewritten(html, path, self.names[path] + ":")

    def around(self, html: str) -> str:
        """The header or the footer of the overview; their ids stay as they are."""
        return self._rewritten(html, "index.html", "")

    def entry(self, path: str, header: str) -> str:
        """The attribute with the name of the menu's entry that is open; empty where none is."""
        found = _OPEN_ENTRY.search(header)
        if not found:
            return ""
        target = posixpath.normpath(posixpath.join(_folder(path), found[1]))
        return f' data-entry="{self.names[target]}"'

    def late(self, found: re.Match[str]) -> str:
        """The words for a picture or a list, which the script replaces by what is on the shelf."""
        self.shelf.append(found[0])
        words = found[found.re.groups]
        return f'<p class="note" data-shelf="{len(self.shelf) - 1}">{words}</p>'

    def _rewritten(self, html: str, path: str, own: str) -> str:
        def attribute(found: re.Match[str]) -> str:
            space, name, value = found.groups()
            if value is None:
                # A download's name goes with its address.
                return "" if name == "download" else found[0]
            if name == "data-find":
                return f'{space}{name}="{self._index()}"'
            if name in _IDS:
                return f'{space}{name}="{" ".join(own + one for one in value.split())}"'
            if name in _ADDRESSES:
                return self._address(space, name, unescape(value), path, own)
            if "url(#" in value:
                return found[0].replace("url(#", f"url(#{own}")
            return found[0]

        def tag(found: re.Match[str]) -> str:
            if found[0].startswith("<style"):
                return found[0]
            return _QUOTED.sub(r"=\1", _ATTRIBUTE.sub(attribute, found[0]))

        return _TAG.sub(tag, html)

    def _address(self, space: str, name: str, value: str, path: str, own: str) -> str:
        """The attribute with its new address; empty when the file is left out."""
        parts = urlsplit(value)
        if parts.scheme:
            return f'{space}{name}="{escape(value)}"'
        if not parts.path:
            return f'{space}{name}="#{own}{escape(parts.fragment)}"'
        target = posixpath.normpath(posixpath.join(_folder(path), unquote(parts.path)))
        if target in self.names:
            within = f":{parts.fragment}" if parts.fragment else ""
            return f'{space}{name}="#{self.names[target]}{escape(within)}"'
        if target.startswith(_LEFT_OUT) or target not in self._site:
            return ""
        file = PurePosixPath(target)
        return (
            f'{space}data-shelf="{self._shelved(target)}" data-download="{escape(file.name)}"'
            f' data-type="{_TYPES.get(file.suffix, "application/octet-stream")}"'
        )

    def _index(self) -> int:
        """Where on the shelf the index of the search and the glossary stand, places within the document."""
        kinds = _handed(self._site["static/search.js"])
        for hit in (hit for hits in kinds.values() for hit in hits):
            page, _, anchor = hit[1].partition("#")
            hit[1] = self.names[f"{page}.html"] + (f":{anchor}" if anchor else "")
        known = {"kinds": kinds, "meanings": _handed(self._site["static/terms.js"])}
        self.shelf.append(json.dumps(known, ensure_ascii=False, separators=(",", ":")))
        return len(self.shelf) - 1

    def _shelved(self, path: str) -> int:
        if path not in self._numbers:
            content = self._site[path]
            whole = content.encode() if isinstance(content, str) else content
            self._numbers[path] = len(self.shelf)
            self.shelf.append(whole.decode("latin-1"))
        return self._numbers[path]

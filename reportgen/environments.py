"""The template environments: one for HTML and SVG, one for Markdown; each escapes what it is given."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reportgen import words

_BREAKS = re.compile(r"[^\S\u00a0]+")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_NOT_PLAIN = re.compile(r"[\\`*_\[\]|#<>~$@&]|[^\S ]|^ | $|  ")
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]|#])")
_NO_BACKSLASH = str.maketrans({"<": "&lt;", ">": "&gt;", "~": "&#126;", "$": "&#36;", "@": "&#64;"})
"""Characters that some readers of Markdown do not let a backslash escape."""


@cache
def templates_folder() -> Path:
    """The folder of the templates: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def indented(text: str) -> Markup:
    """Plain text as an indented block of Markdown, in which every reader shows it as it is."""
    return Markup("\n".join("    " + line for line in text.split("\n")))


def static_file(name: str) -> str:
    """The text of a style sheet or script, which pages use as it is."""
    return (templates_folder() / "static" / name).read_text(encoding="utf-8")


_SCRIPTS = ("report.js", "tables.js", "pictures.js", "terms.js", "find.js", "links.js")
"""The first says what a page begins with, and the others add to it."""


def script() -> str:
    """The script of the pages, which stands in one file."""
    return "\n".join(static_file(name) for name in _SCRIPTS)


def markdown_text(value: object) -> object:
    """Text in a form that Markdown shows as it is, on one line, so that no row of a table breaks.

    Markup, and anything that is no text, comes back as it is.
    """
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    if not _NOT_PLAIN.search(value):
        return Markup(value)  # most texts; there are many, so they take the short way
    one_line = _ENTITY.sub("&amp;", _BREAKS.sub(" ", value.strip()))
    return Markup(_MARKDOWN_SPECIAL.sub(r"\\\1", one_line).translate(_NO_BACKSLASH))


def _environment(**options: object) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # nobody edits a template while a site is made
        **options,  # type: ignore[arg-type]
    )
    environment.filters |= {
        "count": words.count,
        "day": words.day,
        "folded": words.folded,
        "days": words.days,
        "indented": indented,
        "hours": words.hours,
        "in_words": words.in_words,
        "listed": words.listed,
        "month": words.month,
        "percent": words.percent,
        "rows": words.rows,
        "sentence_case": words.sentence_case,
        "short_day": words.short_day,
        "tenths": words.tenths,
        "times": words.times,
    }
    return environment


@cache
def html() -> Environment:
    """The environment of pages and pictures: everything is escaped, whatever the template's name."""
    return _environment(autoescape=True)


@cache
def markdown() -> Environment:
    """The environment of the Markdown edition: every text that comes from the workbook is escaped."""
    return _environment(autoescape=True, finalize=markdown_text, keep_trailing_newline=True)


def from_markdown(text: str) -> Markup:
    """Our own Markdown prose as HTML, its headings with ids. Nothing is escaped: no owner's words here."""
    from markdown import markdown as convert

    return Markup(convert(text, extensions=["tables", "toc"], output_format="html"))

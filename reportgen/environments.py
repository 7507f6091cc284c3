"""The template environments: one for HTML and SVG, one for Markdown; each escapes what it is given."""

from __future__ import annotations

import contextlib
import marshal
import os
import re
import stat
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.util import MAGIC_NUMBER
from pathlib import Path

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    compiler,
    lexer,
    nodes,
    optimizer,
    parser,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing
from markupsafe import Markup, escape

from reportgen import words

_BREAKS = re.compile(r"[^\S\u00a0]+")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_NOT_PLAIN_IN_HTML = re.compile("[&<>'\"]")
_BLANKS = r"\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""All that is white but the space: as one class of characters, it is found several times as fast."""
_NOT_PLAIN = re.compile(rf"[\\`*_\[\]|#<>~$@&{_BLANKS}]")
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


def digest(source: str) -> str:
    """The words by which a content-security policy allows this script or style, and no other."""
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


def html_text(value: object) -> str:
    """The value as HTML shows it; Markup comes back as it is."""
    if type(value) is Markup or (type(value) is str and not _NOT_PLAIN_IN_HTML.search(value)):
        return value  # most texts; there are many, so they take the short way
    return escape(value)


def markdown_text(value: object) -> str:
    """Text in a form that Markdown shows as it is, on one line, so that no row of a table breaks.

    Markup, and anything that is no text, comes back as it is.
    """
    if type(value) is Markup:
        return value
    if type(value) is str and not _NOT_PLAIN.search(value) and "  " not in value:
        return value.strip(" ")  # most texts, as above
    if isinstance(value, Markup) or not isinstance(value, str):
        return escape(value)
    one_line = _ENTITY.sub("&amp;", _BREAKS.sub(" ", value.strip()))
    return _MARKDOWN_SPECIAL.sub(r"\\\1", one_line).translate(_NO_BACKSLASH)


class _Direct(CodeGenerator):
    """Has what a template shows go straight into its text, and its parts and calls be Python's own.

    Jinja would make a Markup of each value first, look for a part of one among the keys of a mapping too,
    ask of each call whether it wants the context, and at each call of a macro how it was declared. Ours are
    attributes and macros with plain parameters, and there are hundreds of thousands in a site.
    """

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.shown(")

    def _output_child_post(self, *_: object) -> None:
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def macro_def(self, macro_ref: MacroRef, _: Frame) -> None:
        names = tuple(argument.name for argument in macro_ref.node.args)
        self.write(f"environment.macro(macro, {names!r})")


class _Templates(Environment):
    """Templates in which every value is escaped."""

    code_generator_class = _Direct

    def __init__(self, shown: Callable[[object], str], keep_trailing_newline: bool = False) -> None:
        self.shown = shown
        super().__init__(
            loader=FileSystemLoader(templates_folder()),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # nobody edits a template while a site is made
            bytecode_cache=_compiled(),
            keep_trailing_newline=keep_trailing_newline,
        )
        self.filters |= _FILTERS

    def macro(self, body: Callable[..., str], names: tuple[str, ...]) -> Callable[..., Markup]:
        """A macro that was compiled to this body, with these parameters, as templates call it."""

        def called(*given: object, **named: object) -> Markup:
            if len(given) < len(names):
                given += tuple(named.pop(name, missing) for name in names[len(given) :])
            if named:
                raise TypeError(f"no parameter is called {next(iter(named))}, or it is given twice")
            return Markup(body(*given))

        return called


_FILTERS: Mapping[str, Callable[..., object]] = {
    "count": words.count,
    "day": words.day,
    "digest": digest,
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


class Compiled(BytecodeCache):
    """Templates that an earlier run has compiled, one a file.

    What stands there is run as it stands, so the folder must be the user's own (``own_folder``). A file
    that is cut off, or was compiled of anything else, is as good as none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_source_checksum(self, source: str) -> str:
        """What the code depends on: the source, what compiles it, and our filters, which that may apply."""
        return sha256(_compiler() + source.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the template its code, if it is kept."""
        with contextlib.suppress(OSError):
            kept = self._file(bucket).read_bytes()
            seal, code = kept[: sha256().digest_size], kept[sha256().digest_size :]
            if seal == _seal(bucket, code):
                bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code; where that cannot be, the next run compiles again."""
        code = marshal.dumps(bucket.code)
        with contextlib.suppress(OSError):
            self._file(bucket).touch(mode=0o600)
            self._file(bucket).write_bytes(_seal(bucket, code) + code)

    def _file(self, bucket: Bucket) -> Path:
        """Each version of Python has its own, so that two can take turns."""
        return self._folder / f"{bucket.key}.{sys.implementation.cache_tag}"


def _seal(bucket: Bucket, code: bytes) -> bytes:
    return sha256(bucket.checksum.encode() + code).digest()


@cache
def _compiler() -> bytes:
    """A digest of all that decides what code a template becomes, beside its source."""
    read_by = (lexer, parser, nodes, optimizer, compiler, words, sys.modules[__name__])
    sources = [Path(str(one.__file__)).read_bytes() for one in read_by]
    return sha256(MAGIC_NUMBER + b"".join(sources)).digest()


def own_folder(folder: Path) -> bool:
    """Whether the folder is there, or could be made, and is the user's own: nobody else can write in it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    # On Windows who may write follows from where it lies: in the user's profile, or beside the program.
    return os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & 0o077)


def cache_folders() -> Iterator[Path]:
    """Where compiled templates may lie: beside the program, where Python keeps what it compiles itself,
    and in the user's cache."""
    yield Path(__file__).parent / "__pycache__" / "templates"
    home = Path(os.path.expanduser("~"))
    named = Path(
        os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or home / ".cache"
    )
    if home.is_dir() and named.is_absolute():
        yield named / "reportgen"


def _compiled() -> Compiled | None:
    """None where no folder is the user's own: then each run compiles what it needs."""
    return next((Compiled(folder) for folder in cache_folders() if own_folder(folder)), None)


@cache
def html() -> Environment:
    """The environment of pages and pictures: everything is escaped, whatever the template's name."""
    return _Templates(html_text)


@cache
def markdown() -> Environment:
    """The environment of the Markdown edition: every text that comes from the workbook is escaped."""
    return _Templates(markdown_text, keep_trailing_newline=True)


def from_markdown(text: str) -> Markup:
    """Our own Markdown prose as HTML, its headings with ids. Nothing is escaped: no owner's words here.

    A column of figures has a class, because no page has a style in an attribute: the policy lets none pass.
    """
    from markdown import markdown as convert
    from markdown.extensions.tables import (
        TableExtension,
    )  # by name, all that is installed would be read
    from markdown.extensions.toc import TocExtension

    html = convert(text, extensions=[TableExtension(), TocExtension()], output_format="html")
    return Markup(html.replace(' style="text-align: right;"', ' class="number"'))

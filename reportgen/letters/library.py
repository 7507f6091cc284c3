"""The library of letters: ours, and the owner's in their place or beside them.

A letter is a Markdown file with a small header; its body is sent as plain text. What it may hold is for
:mod:`reportgen.letters.safe` to check.
"""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.environments import templates_folder
from reportgen.letters.letter import PARTS, Letter, LetterKind, Unusable, short
from reportgen.letters.safe import checked
from reportgen.problems import file_name
from reportgen.values import dataclass

LONGEST_FILE = 8_000
"""Bytes; our longest letter has a fifth of that."""

_HEADER = ("title", "kind", "when", "advice", "subject")

_FORMER = "article"
"""An entry that copies of our first letters have; it is passed over."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Every letter that can be sent."""

    all: tuple[Letter, ...]
    """By kind, then by name."""
    problems: tuple[str, ...]
    """A sentence for each of the owner's files that cannot be used, in order of name."""

    def named(self, name: str) -> Letter:
        """The letter of this name.

        Raises: KeyError where there is none.
        """
        for letter in self.all:
            if letter.name == name:
                return letter
        raise KeyError(name)


def library(own_folder: Path | None) -> Letters:
    """Our letters, with the owner's in place of those of the same name, and her own beside them.

    What a replacement leaves out of its header and its parts comes from ours. A file of hers that cannot
    be used is a problem, and ours stays. ``README.md`` and files of other kinds are passed over.
    """
    ours = {path.stem: _parsed(path.stem, _text(path)) for path in _files(_built_in())}
    found, problems = dict(ours), []
    hers: list[Path] = []
    try:
        hers = [] if own_folder is None else _files(own_folder)
    except OSError as error:
        problems.append(
            f"The folder {own_folder} for letters of your own cannot be opened ({error.strerror}); "
            "change what it allows, or move your letters elsewhere. Ours are used."
        )
    for path in hers:
        name = path.stem.casefold()
        try:
            if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) is None:
                raise Unusable(
                    "its name has other signs than letters a to z, digits and single hyphens; "
                    "name it, for example, spring-greeting.md"
                )
            found[name] = _checked(_parsed(name, _text(path), ours.get(name)))
        except Unusable as error:
            kept = " Ours of that name is used instead." if name in ours else ""
            problems.append(f"The letter {file_name(path)} cannot be used: {error}.{kept}")
    if own_folder is not None and not own_folder.is_dir():
        problems.append(
            f"There is no folder {own_folder} for letters of your own; make it, "
            "or take it out of the settings. Ours are used."
        )
    order = tuple(LetterKind)
    by_kind = sorted(found.values(), key=lambda letter: (order.index(letter.kind), letter.name))
    return Letters(tuple(by_kind), tuple(problems))


def _built_in() -> Path:
    return templates_folder() / "letters"


def _files(folder: Path) -> list[Path]:
    """The letters in a folder, in order of name; none where there is no such folder.

    Raises: OSError where it cannot be opened; a search with ``glob`` would silently find nothing.
    """
    return sorted(
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.match("*.md") and path.is_file() and path.stem.casefold() != "readme"
    )


def _text(path: Path) -> str:
    """The text of a file, its lines divided by ``\n``.

    Raises: Unusable where it cannot be read, is too long or is not UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise Unusable(f"it cannot be read ({error.strerror})") from None
    if len(content) > LONGEST_FILE:
        raise Unusable(
            f"it is longer than {LONGEST_FILE:,} bytes, about three pages; make it shorter"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable("it is not saved as UTF-8; save it again with that encoding") from None
    return re.sub(r"\r\n?", "\n", text)


def _parsed(name: str, text: str, ours: Letter | None = None) -> Letter:
    """The letter that a file's text holds; ``ours`` gives what its header leaves out.

    Raises: Unusable where something is missing.
    """
    header, text = _header_and_body(text)
    body, parts = _body_and_parts(text)
    for part in PARTS:
        parts.setdefault(part, getattr(ours, part, ""))
    for entry in _HEADER if ours is not None else ():
        header.setdefault(entry, getattr(ours, entry))
    header.setdefault("advice", "")
    for entry in _HEADER:
        if entry not in header:
            raise Unusable(
                f"its header says no {entry}; write a line such as "
                f'"{entry}: {_example(entry)}" between two lines of ---'
            )
    kind = next((kind for kind in LetterKind if kind == header["kind"].casefold()), None)
    if kind is None:
        raise Unusable(f"its kind is {header['kind']!r}; write one of {', '.join(LetterKind)}")
    if not body.strip():
        raise Unusable("it has no text below its header; write the letter there")
    return Letter(
        name=name,
        title=header["title"],
        kind=kind,
        when=header["when"],
        advice=header["advice"],
        subject=header["subject"],
        body=body,
        **parts,
    )


def _checked(letter: Letter) -> Letter:
    """The same letter.

    Raises: Unusable where it may not do what it does.
    """
    for template in (letter.subject, letter.body, *(getattr(letter, part) for part in PARTS)):
        checked(template)
    return letter


def _example(entry: str) -> str:
    return {
        "title": "Spring greeting",
        "kind": "gratitude",
        "when": "In the first week of April.",
        "subject": "Spring is here, {{ name }}",
    }[entry]


def _header_and_body(text: str) -> tuple[dict[str, str], str]:
    """The entries between two lines of ``---`` at the top, and what stands below them.

    Raises: Unusable for an entry that there is not, and for a header without an end.
    """
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return {}, text
    header: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == "---":
            return header, "\n".join(lines[number:])
        entry, colon, value = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if colon and entry.casefold() == _FORMER:
            continue
        if not colon or entry.casefold() not in _HEADER:
            raise Unusable(
                f"line {number} of its header is {short(line)!r}; "
                f"write only the entries {', '.join(_HEADER)}, each with a colon after it"
            )
        if value:
            header[entry.casefold()] = value
    raise Unusable("its header does not end; write a line of --- below the header too")


def _body_and_parts(text: str) -> tuple[str, dict[str, str]]:
    """The whole letter, and the parts that follow it under lines such as ``--- question``.

    Raises: Unusable for a part that there is not.
    """
    body, *pieces = re.split(r"^---[ \t]*(\w+)[ \t]*$\n?", text, flags=re.MULTILINE)
    parts: dict[str, str] = {}
    for name, piece in zip(pieces[::2], pieces[1::2], strict=True):
        if name.casefold() not in PARTS:
            raise Unusable(f"it has a part {short(name)!r}; write one of {', '.join(PARTS)}")
        parts[name.casefold()] = _in_lines(piece) if name.casefold() == "points" else _in_one(piece)
    return body, parts


def _in_one(text: str) -> str:
    return " ".join(text.split())


def _in_lines(text: str) -> str:
    """The text's lines without their dashes and dots, and without the empty ones."""
    lines = (_in_one(line).lstrip("-*• ") for line in text.split("\n"))
    return "\n".join(filter(None, lines))

"""XML in an archive with one thing in it damaged, packed again with checksums that are right."""

from __future__ import annotations

import re

import fuzz_books as books

from fuzz_cases.case import STRANGE_NUMBERS, STRANGE_TEXTS, Case, Chance
from fuzz_cases.workbooks import ODS, READ, XLSB, XLSX, AsItStands

_TOKEN = re.compile(r"<[^<>]*>|[^<>]+")
_ATTRIBUTE = re.compile(r'([\w:.-]+)="([^"]*)"')


def damaged_xml(number: int, chance: Chance) -> Case:
    """One thing in one part is changed; a second reader says what then stands in the file."""
    name, suffix, book = chance.one((*XLSX, ODS, ODS, XLSB))
    content = book()
    parts = books.unzipped(content)
    part = chance.one([one for one in parts if READ.fullmatch(one) and not one.endswith(".bin")])
    if suffix != ".ods" and chance.draw.random() < 0.6:
        part = chance.one(
            [*(one for one in parts if "sheets/sheet" in one and one[-1] == "l"), part]
        )
    how, text = chance.one(_DAMAGES)(parts[part].decode(), chance)
    parts[part] = text.encode("utf-8", "surrogatepass")
    damaged = books.zipped(parts)
    return Case(
        number, f"{name}, {part}: {how}", suffix, damaged, AsItStands(suffix, damaged, content)
    )


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _a_token_out(text: str, chance: Chance) -> tuple[str, str]:
    tokens = _tokens(text)
    at = chance.place(tokens, 1)
    out = tokens.pop(at)
    return f"without {out[:60]!r}", "".join(tokens)


def _a_token_twice(text: str, chance: Chance) -> tuple[str, str]:
    tokens = _tokens(text)
    at = chance.place(tokens, 1)
    tokens.insert(at, tokens[at])
    return f"{tokens[at][:60]!r} twice", "".join(tokens)


def _tokens_swapped(text: str, chance: Chance) -> tuple[str, str]:
    tokens = _tokens(text)
    one, other = chance.place(tokens, 1), chance.place(tokens, 1)
    tokens[one], tokens[other] = tokens[other], tokens[one]
    return f"{tokens[one][:50]!r} and {tokens[other][:50]!r} swapped", "".join(tokens)


def _elements(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"<([\w:]+)[^<>]*?(?:/>|>[^<>]*</\1>)", text))


def _an_element_out(text: str, chance: Chance) -> tuple[str, str]:
    element = chance.one(_elements(text))
    return f"without {element[0][:60]!r}", text[: element.start()] + text[element.end() :]


def _an_element_twice(text: str, chance: Chance) -> tuple[str, str]:
    element = chance.one(_elements(text))
    return f"{element[0][:60]!r} twice", text[: element.end()] + element[0] + text[element.end() :]


def _an_attribute(text: str, chance: Chance) -> tuple[str, str]:
    found = chance.one(list(_ATTRIBUTE.finditer(text)))
    other = chance.one(STRANGE_NUMBERS)
    if chance.draw.random() < 0.2:
        return f"without {found[0]!r}", text[: found.start()].rstrip() + text[found.end() :]
    if chance.draw.random() < 0.2:
        return f"{found[0]!r} twice", text[: found.end()] + " " + found[0] + text[found.end() :]
    changed = f'{found[1]}="{other}"'
    return f"{found[0]!r} as {changed!r}", text[: found.start()] + changed + text[found.end() :]


def _a_text(text: str, chance: Chance) -> tuple[str, str]:
    found = chance.one(list(re.finditer(r">([^<>]+)<", text)) or [re.match("", text)])
    if found is None or not found.re.groups:
        return "nothing", text
    said = found[1]
    other = chance.one(STRANGE_NUMBERS)
    if chance.one((True, False)):
        at = chance.place(said)
        other = said[:at] + chance.one(STRANGE_TEXTS) + said[at:]
    return f"{said[:40]!r} as {other[:40]!r}", text[: found.start(1)] + other + text[found.end(1) :]


def _letters(text: str, chance: Chance) -> tuple[str, str]:
    at, length = chance.place(text, 1), chance.one((0, 0, 1, 1, 2, 8, 40))
    put = chance.one(("", chr(chance.draw.randrange(32, 127)), chance.one(STRANGE_TEXTS), "\x01"))
    return f"{text[at : at + length]!r} at {at} as {put[:40]!r}", text[:at] + put + text[
        at + length :
    ]


_DAMAGES = (
    _a_token_out,
    _a_token_twice,
    _tokens_swapped,
    _an_element_out,
    _an_element_twice,
    _an_attribute,
    _an_attribute,
    _a_text,
    _a_text,
    _letters,
)

"""XML in an archive that is written in another way and says the same."""

from __future__ import annotations

import re

import fuzz_books as books

from fuzz_cases.case import AsReadBy, Case, Chance
from fuzz_cases.workbooks import ODS, READ, XLSX, read


def rewritten_xml(number: int, chance: Chance) -> Case:
    """A part is written in another way that says the same."""
    name, suffix, book = chance.one((*XLSX, ODS))
    content = book()
    parts = books.unzipped(content)
    part = chance.one([one for one in parts if READ.fullmatch(one)])
    how, rewrite = chance.one(list(_REWRITES.items()))
    parts[part] = rewrite(parts[part].decode(), chance).encode("utf-8")
    return Case(
        number,
        f"{name}, {part}: {how}",
        suffix,
        books.zipped(parts),
        AsReadBy((lambda: read(suffix, content),)),
        may_refuse=False,
    )


def _other_quotes(text: str, chance: Chance) -> str:
    return re.sub(r'="([^"\']*)"', r"='\1'", text)


def _attributes_turned(text: str, chance: Chance) -> str:
    def turned(tag: re.Match[str]) -> str:
        return tag[1] + "".join(reversed(re.findall(r'\s+[\w:.-]+="[^"]*"', tag[2]))) + tag[3]

    return re.sub(r'(<[\w:]+)((?:\s+[\w:.-]+="[^"]*")+)(\s*/?>)', turned, text)


def _spaces_in_tags(text: str, chance: Chance) -> str:
    return re.sub(r'(?<=[\w"])(/?>)', r" \1", text)


def _comments(text: str, chance: Chance) -> str:
    tags = [match.end() for match in re.finditer(r"</(?:c|row|table:table-row|si|xf)>", text)]
    for at in sorted(chance.draw.sample(tags, min(3, len(tags))), reverse=True):
        text = f'{text[:at]}<!-- <c r="A1"><v>7</v></c> -->{text[at:]}'
    return text


def _more_attributes(text: str, chance: Chance) -> str:
    return re.sub(r"<(c|row|sheet|si|table:table-cell)(?=[ >])", r'<\1 xml:id="x"', text)


def _closed_at_once(text: str, chance: Chance) -> str:
    return re.sub(r"<([\w:]+)((?:\s[^<>]*)?)/>", r"<\1\2></\1>", text)


def _letters_by_number(text: str, chance: Chance) -> str:
    return re.sub(
        r"(<(?:t|text:p)(?: [^<>]*)?>)([A-Za-z])", lambda at: f"{at[1]}&#{ord(at[2])};", text
    )


def _lines(text: str, chance: Chance) -> str:
    return re.sub(r"(</(?:c|row|table:table-cell|table:table-row|si)>)", r"\1\n  ", text)


_REWRITES = {
    "single quotes": _other_quotes,
    "attributes turned round": _attributes_turned,
    "spaces in tags": _spaces_in_tags,
    "comments": _comments,
    "attributes of others": _more_attributes,
    "empty elements closed": _closed_at_once,
    "letters by their numbers": _letters_by_number,
    "lines": _lines,
}

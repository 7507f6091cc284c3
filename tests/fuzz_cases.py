"""Damaged and rewritten files, each by its number, and what may come of reading it.

A file is taken apart as its format is (parts of an archive, tags and texts, records, lines), one thing in
it is changed, and it is put together again with lengths and checksums that are right, unless just
these are what is damaged.
"""

from __future__ import annotations

import io
import random
import re
import struct
import tomllib
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fuzz_books as books
import second_readers as readers
from second_readers import Rows, Sheets

from reportgen.settings.configuration import configuration_of

Reader = Callable[[], Sheets]


@dataclass(frozen=True)
class Case:
    """One file and what is known of it."""

    number: int
    what: str
    """What was done, for a person."""
    suffix: str
    content: bytes
    fits: Callable[[Sheets], bool]
    """Whether this may be read of it."""
    may_refuse: bool = True


@dataclass(frozen=True)
class AsReadBy:
    """Fits what one of the readers finds, in a form for both; a reader that fails says nothing."""

    readers: tuple[Reader, ...]
    form: Callable[[Sheets], Sheets] = lambda sheets: sheets

    def __call__(self, found: Sheets) -> bool:
        return any(readers.same(self.form(found), theirs) for theirs in self.said())

    def said(self) -> Iterator[Sheets]:
        for reader in self.readers:
            with suppress(Exception):
                yield self.form(reader())


@dataclass(frozen=True)
class AsItStands:
    """Fits what a second reader finds in a damaged file, or what stood there before.

    The latter where the damage is none (``harmless``), or such that every other reader gives up.
    """

    suffix: str
    content: bytes
    before: bytes
    harmless: bool = False

    def __call__(self, found: Sheets) -> bool:
        form = _form(self.suffix)
        theirs = [AsReadBy((lambda: _read(self.suffix, self.content),), form)]
        if self.suffix in (".xlsx", ".xlsm"):  # without formats, where openpyxl gives up
            plain = AsReadBy((lambda: readers.read_openxml(self.content),), readers.serials)
            theirs.append(plain)
        if any(one(found) for one in theirs):
            return True
        if self.harmless or not any(list(one.said()) for one in theirs):
            return AsReadBy((lambda: _read(self.suffix, self.before),), readers.serials)(found)
        return False


def never(found: Sheets) -> bool:
    """Nothing may be read of it: it must be refused."""
    return False


@dataclass
class Chance:
    """Draws what happens to the case."""

    draw: random.Random

    def one(self, choices: Sequence):  # type: ignore[no-untyped-def]
        return self.draw.choice(choices)

    def place(self, things: Sequence[object] | bytes, first: int = 0) -> int:
        return self.draw.randrange(first, max(first + 1, len(things)))


def case(seed: int, number: int) -> Case:
    """The case of that number; the same for ever."""
    draw = random.Random(f"{seed}/{number}")
    (make,) = draw.choices([make for _, make in _KINDS], [weight for weight, _ in _KINDS])
    return make(number, Chance(draw))


# Archives ----------------------------------------------------------------------------------------

XLSX = (
    ("xlsx by XlsxWriter", ".xlsx", lambda: books.workbook(".xlsx")),
    ("xlsm", ".xlsm", lambda: books.workbook(".xlsm")),
    ("xlsx by openpyxl", ".xlsx", books.by_openpyxl),
    ("xlsx with results", ".xlsx", books.with_results),
    ("xlsx with texts in cells", ".xlsx", books.with_texts_in_cells),
)
ODS = ("ods", ".ods", lambda: books.workbook(".ods"))
XLSB = ("xlsb", ".xlsb", lambda: books.workbook(".xlsb"))
_READ = re.compile(
    r"xl/(workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.(xml|bin)\.rels|_rels/\.rels"
    r"|xl/worksheets/sheet\d\.(xml|bin)|content\.xml|xl/workbook\.bin"
)
"""The parts that reading takes something from."""


def _read(suffix: str, content: bytes) -> Sheets:
    return {".ods": readers.read_opendocument, ".xlsb": readers.read_biff12}.get(
        suffix, readers.read_by_openpyxl
    )(content)


def _form(suffix: str) -> Callable[[Sheets], Sheets]:
    return readers.serials if suffix in (".xlsb", ".xls") else (lambda sheets: sheets)


def _flipped(content: bytes, at: int, chance: Chance) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1 << chance.draw.randrange(8)
    return bytes(changed)


def _archive(number: int, chance: Chance) -> Case:
    """The archive itself is damaged or packed in another way; its parts are not changed."""
    name, suffix, book = chance.one((*XLSX, ODS, XLSB))
    content = book()
    how, damaged, keeps = chance.one(_PACKINGS)(content, chance)
    fits: Callable[[Sheets], bool] = AsReadBy((lambda: _read(suffix, content),), _form(suffix))
    if not keeps:
        fits = AsItStands(suffix, damaged, content, harmless=True)
        if _breaks_a_part(damaged):
            fits = never
    return Case(number, f"{name}: {how}", suffix, damaged, fits, not keeps)


def _breaks_a_part(content: bytes) -> bool:
    """Whether Python, too, finds that a part that reading needs does not fit its checksum."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except Exception:
        return False
    for one in archive.namelist():
        if _READ.fullmatch(one):
            try:
                archive.read(one)
            except zlib.error:
                return True
            except Exception as error:
                if "CRC" in str(error):
                    return True
    return False


def _a_byte_of_a_part(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = chance.one([one for one in archive.infolist() if _READ.fullmatch(one.filename)])
    start = member.header_offset + 30 + len(member.filename)
    at = start + chance.draw.randrange(member.compress_size)
    return f"a bit of {member.filename} under its checksum", _flipped(content, at, chance), False


def _a_byte_of_a_stored_part(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    parts = books.unzipped(content)
    return _a_byte_of_a_part(books.zipped(parts, zipfile.ZIP_STORED), chance)


def _a_byte_anywhere(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    at = chance.place(content, 4)
    return f"a bit at {at}", _flipped(content, at, chance), False


def _a_byte_of_the_list(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    start = content.index(b"PK\x01\x02")
    at = chance.draw.randrange(start, len(content))
    changed = bytearray(content)
    changed[at] = chance.one((0, 1, 0x7F, 0x80, 0xFF, chance.draw.randrange(256)))
    return f"a byte of the list of parts at {at - start}", bytes(changed), False


def _cut(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    at = chance.place(content, 4)
    return f"cut after {at} bytes", content[:at], False


def _a_piece_out(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    at, length = chance.place(content, 4), chance.draw.randrange(1, 200)
    return f"{length} bytes at {at} left out", content[:at] + content[at + length :], False


def _packed_again(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    parts = list(books.unzipped(content).items())
    if chance.one((True, False)):
        chance.draw.shuffle(parts)
    method = chance.one((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    more = chance.one(({}, {"docProps/x.xml": b"<x>"}, {"xl/media/a.png": b"\x89PNG" + bytes(999)}))
    return f"packed again, method {method}", books.zipped({**dict(parts), **more}, method), True


def _a_part_out(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    parts = books.unzipped(content)
    name = chance.one(sorted(parts))
    del parts[name]
    return f"without {name}", books.zipped(parts), False


def _a_part_renamed(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    parts = books.unzipped(content)
    name = chance.one(sorted(parts))
    other = chance.one((name.upper(), name.replace("/", "\\"), "/" + name, "./" + name, name + "x"))
    return (
        f"{name} as {other}",
        books.zipped({(other if one == name else one): part for one, part in parts.items()}),
        False,
    )


def _parts_swapped(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    parts = books.unzipped(content)
    one, other = chance.one(sorted(parts)), chance.one(sorted(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return f"{one} and {other} swapped", books.zipped(parts), False


_PACKINGS = (
    _a_byte_of_a_part,
    _a_byte_of_a_part,
    _a_byte_of_a_stored_part,
    _a_byte_of_a_stored_part,
    _a_byte_anywhere,
    _a_byte_of_the_list,
    _cut,
    _a_piece_out,
    _packed_again,
    _a_part_out,
    _a_part_renamed,
    _parts_swapped,
)

# XML in an archive, packed again with checksums that are right -----------------------------------

_TOKEN = re.compile(r"<[^<>]*>|[^<>]+")
_ATTRIBUTE = re.compile(r'([\w:.-]+)="([^"]*)"')
STRANGE_NUMBERS = (
    "",
    " ",
    "-1",
    "0",
    "1",
    "2",
    "7",
    "45000",
    "46000.5",
    "2958466",
    "1e5",
    "1E+2",
    "1e999",
    "-1e999",
    "NaN",
    "INF",
    "-Infinity",
    "1_000",
    "0x10",
    "１２",
    "1,5",
    "1.2.3",
    "4294967296",
    "99999999999999999999",
    "-0",
    "60",
    "59",
    "61",
    "0.5",
    "true",
    "#N/A",
    "XFD1048576",
    "A0",
    "AAAA1",
    "A1048577",
    "B2",
    "$B$2",
    "2026-02-30",
    "2026-01-05",
    "2026-01-05T10:30:00",
    "PT10H20M",
    "s",
    "n",
    "e",
    "b",
    "str",
    "d",
    "inlineStr",
    "float",
    "date",
    "string",
    "boolean",
)
STRANGE_TEXTS = (
    "&#0;",
    "&#1;",
    "&#xFFFE;",
    "&amp;",
    "&lt;b&gt;",
    "&nope;",
    "&",
    "&#x110000;",
    "_x0000_",
    "_x000D_",
    "_x0041_",
    "]]>",
    "\x00",
    "\x0b",
    "\ud800",
    "\u202e",
    "<",
    ">",
    "<x/>",
    "<!-- c -->",
    "<![CDATA[x]]>",
    "<?p i?>",
    " ",
    "\n",
    "\t",
    "0",
    "é",
    "𝟙",
    "a" * 300,
    "<!DOCTYPE x>",
    "=1+1",
    "'",
)


def _xml(number: int, chance: Chance) -> Case:
    """One thing in one part is changed; a second reader says what then stands in the file."""
    name, suffix, book = chance.one((*XLSX, ODS, ODS, XLSB))
    content = book()
    parts = books.unzipped(content)
    part = chance.one([one for one in parts if _READ.fullmatch(one) and not one.endswith(".bin")])
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


def _same_xml(number: int, chance: Chance) -> Case:
    """A part is written in another way that says the same."""
    name, suffix, book = chance.one((*XLSX, ODS))
    content = book()
    parts = books.unzipped(content)
    part = chance.one([one for one in parts if _READ.fullmatch(one)])
    (how, may_refuse), rewrite = chance.one(list(_REWRITES.items()))
    parts[part] = rewrite(parts[part].decode(), chance).encode("utf-8")
    return Case(
        number,
        f"{name}, {part}: {how}",
        suffix,
        books.zipped(parts),
        AsReadBy((lambda: _read(suffix, content),)),
        may_refuse,
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
    ("single quotes", False): _other_quotes,
    ("attributes turned round", False): _attributes_turned,
    ("spaces in tags", False): _spaces_in_tags,
    ("comments", False): _comments,
    ("attributes of others", False): _more_attributes,
    ("empty elements closed", False): _closed_at_once,
    ("letters by their numbers", False): _letters_by_number,
    ("lines", True): _lines,
}


def _a_value(number: int, chance: Chance) -> Case:
    """The value of one cell is another; every other cell is as it was."""
    name, suffix, book = chance.one((*XLSX, ODS, XLSB))
    if suffix == ".ods":
        return _a_value_of_ods(number, chance)
    if suffix == ".xlsb":
        return _a_value_of_xlsb(number, chance)
    content = book()
    parts = books.unzipped(content)
    part = chance.one([one for one in parts if "sheets/sheet" in one])
    text = parts[part].decode()
    numbers = re.compile(r'(<c r="([A-Z])(\d+)"(?: s="\d+")?(?: t="n")?><v>)([\d.]+)(</v>)')
    found = chance.one(list(numbers.finditer(text)))
    value = chance.one((41000, 42000, 45000)) + chance.draw.randrange(900)
    parts[part] = (text[: found.start(4)] + str(value) + text[found.end(4) :]).encode()
    sheet = "Touchpoints" if part.endswith("sheet1.xml") else "Sales"
    at = (int(found[3]) - 1, ord(found[2]) - 65)
    return Case(
        number,
        f"{name}, {sheet} {found[2]}{found[3]}: {value}",
        suffix,
        books.zipped(parts),
        AsReadBy(
            (lambda: _with(_as_serials(suffix, content), sheet, at, float(value)),), readers.serials
        ),
        False,
    )


def _as_serials(suffix: str, content: bytes) -> Sheets:
    return readers.serials(_read(suffix, content))


def _with(sheets: Sheets, sheet: str, at: tuple[int, int], value: object) -> Sheets:
    return {**sheets, sheet: {**sheets[sheet], at: value}}


def _a_value_of_ods(number: int, chance: Chance) -> Case:
    content = books.workbook(".ods")
    parts = books.unzipped(content)
    text = parts["content.xml"].decode()
    found = chance.one(list(re.finditer(r'office:value="([\d.]+)"', text)))
    value = round(chance.draw.uniform(10, 9999), 2)
    before = [one[1] for one in re.finditer(r'office:value="([\d.]+)"', text)].index(found[1])
    parts["content.xml"] = (text[: found.start(1)] + str(value) + text[found.end(1) :]).encode()
    base = readers.read_opendocument(content)
    places = [
        (sheet, at)
        for sheet, rows in base.items()
        for at, one in sorted(rows.items())
        if one == float(found[1])
    ]
    same = [one[1] for one in re.finditer(r'office:value="([\d.]+)"', text)].count(found[1])
    assert len(places) == same == 1, "the numbers of the book are all different"
    assert before >= 0
    ((sheet, at),) = places
    return Case(
        number,
        f"ods, {sheet} {at}: {value}",
        ".ods",
        books.zipped(parts),
        AsReadBy((lambda: _with(base, sheet, at, value),)),
        False,
    )


# Records -----------------------------------------------------------------------------------------


def biff12(records: Sequence[tuple[int, bytes]]) -> bytes:
    """The part that the records make."""
    made = b""
    for kind, body in records:
        made += bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length = len(body)
        while True:
            made += bytes([length & 0x7F | (0x80 if length >> 7 else 0)])
            length >>= 7
            if not length:
                break
        made += body
    return made


def _a_value_of_xlsb(number: int, chance: Chance) -> Case:
    content = books.workbook(".xlsb")
    parts = books.unzipped(content)
    records = readers.biff12_records(parts["xl/worksheets/sheet1.bin"])
    at = chance.one([n for n, (kind, _) in enumerate(records) if kind == 5])
    body = records[at][1]
    value = round(chance.draw.uniform(1, 50_000), 2)
    records[at] = (5, body[:8] + struct.pack("<d", value))
    row = next(struct.unpack("<I", b[:4])[0] for kind, b in reversed(records[:at]) if kind == 0)
    place = (row, struct.unpack_from("<I", body)[0])
    parts["xl/worksheets/sheet1.bin"] = biff12(records)
    return Case(
        number,
        f"xlsb, Touchpoints {place}: {value}",
        ".xlsb",
        books.zipped(parts),
        AsReadBy(
            (lambda: _with(_as_serials(".xlsb", content), "Touchpoints", place, value),),
            readers.serials,
        ),
        False,
    )


def _xlsb(number: int, chance: Chance) -> Case:
    """Records or bytes of an .xlsb are damaged; a strict reader says what then stands in it."""
    content = books.workbook(".xlsb")
    parts = books.unzipped(content)
    part = chance.one([one for one in parts if one.endswith(".bin")])
    if chance.one((True, True, False)):
        how, records = _records_damaged(readers.biff12_records(parts[part]), chance, _BIFF12_KINDS)
        parts[part] = biff12(records)
    else:
        how, parts[part] = _bytes_damaged(parts[part], chance)
    damaged = books.zipped(parts)
    return Case(
        number,
        f"xlsb, {part}: {how}",
        ".xlsb",
        damaged,
        AsItStands(".xlsb", damaged, content),
    )


_BIFF12_KINDS = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    19,
    129,
    130,
    145,
    146,
    148,
    153,
    156,
    500,
)
_BIFF8_KINDS = (
    0x6,
    0xA,
    0x22,
    0x2F,
    0x3C,
    0x85,
    0xBD,
    0xFC,
    0xFD,
    0x200,
    0x203,
    0x205,
    0x208,
    0x27E,
    0x809,
)


def _records_damaged(
    records: list[tuple[int, bytes]], chance: Chance, kinds: Sequence[int]
) -> tuple[str, list[tuple[int, bytes]]]:
    at = chance.place(records)
    kind, body = records[at]
    match chance.draw.randrange(8):
        case 0:
            del records[at]
            return f"record {at} ({kind}) out", records
        case 1:
            records.insert(at, (kind, body))
            return f"record {at} ({kind}) twice", records
        case 2:
            other = chance.place(records)
            records[at], records[other] = records[other], records[at]
            return f"records {at} and {other} swapped", records
        case 3:
            other = chance.one(kinds)
            records[at] = (other, body)
            return f"record {at} ({kind}) as {other}", records
        case 4:
            cut = chance.draw.randrange(len(body) + 1)
            records[at] = (kind, body[:cut])
            return f"record {at} ({kind}) cut to {cut}", records
        case 5:
            records[at] = (kind, body + bytes(chance.draw.randrange(1, 40)))
            return f"record {at} ({kind}) longer", records
        case 6:
            records.insert(at, (chance.one((0x1FF, 0xFFF)), chance.draw.randbytes(9)))
            return f"an unknown record before {at}", records
    how, body = _bytes_damaged(body, chance) if body else ("nothing", body)
    records[at] = (kind, body)
    return f"record {at} ({kind}): {how}", records


def _bytes_damaged(content: bytes, chance: Chance) -> tuple[str, bytes]:
    at = chance.place(content)
    changed = bytearray(content)
    match chance.draw.randrange(4):
        case 0:
            return f"a bit at {at}", _flipped(content, at, chance)
        case 1:
            changed[at] = chance.one((0, 1, 0x7F, 0x80, 0xFE, 0xFF))
            return f"byte {at} as {changed[at]}", bytes(changed)
        case 2:
            changed[at : at + 4] = chance.one((b"\xff" * 4, bytes(4), b"\xff\xff\xff\x7f"))
            return f"four bytes at {at}", bytes(changed)
    length = chance.draw.randrange(1, 30)
    return f"{length} bytes at {at} out", content[:at] + content[at + length :]


def _xls(number: int, chance: Chance) -> Case:
    """Records or bytes of an .xls are damaged; a strict reader says what then stands in it."""
    records = readers.biff8_records(books.xls_stream(books.workbook(".xls")))
    stream = biff8(records)
    how = "nothing"
    match chance.draw.randrange(4):
        case 0 | 1:
            how, records = _records_damaged(records, chance, _BIFF8_KINDS)
            stream = biff8(records)
        case 2:
            how, stream = _bytes_damaged(stream, chance)
        case 3:
            return _compound(number, chance)
    return Case(
        number,
        f"xls: {how}",
        ".xls",
        books.as_xls(stream),
        AsReadBy((lambda: readers.read_biff8(stream),), readers.serials),
    )


def biff8(records: Sequence[tuple[int, bytes]]) -> bytes:
    """The stream of the records, with the sheets where the workbook says that they are."""
    starts, offset = [], 0
    for kind, body in records:
        if kind == 0x809 and body[2:4] == b"\x10\x00":
            starts.append(offset)
        offset += 4 + len(body)
    made, sheets = b"", iter(starts)
    for kind, body in records:
        if kind == 0x85 and len(body) > 4:
            body = struct.pack("<I", next(sheets, 0)) + body[4:]
        made += struct.pack("<HH", kind, len(body)) + body
    return made


def _compound(number: int, chance: Chance) -> Case:
    """The compound file around the stream is damaged: where its bytes lie is then another question."""
    content = books.workbook(".xls")
    stream = books.xls_stream(content)
    header, rest = range(8, 512), range(len(content) - 1024, len(content))
    at = chance.one((*header, *rest))
    changed = bytearray(content)
    changed[at] = chance.one((0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF))
    return Case(
        number,
        f"xls: byte {at} of {len(content)} of the compound file as {changed[at]}",
        ".xls",
        bytes(changed),
        AsReadBy((lambda: readers.read_biff8(stream),), readers.serials),
    )


# Text --------------------------------------------------------------------------------------------


def _csv(number: int, chance: Chance) -> Case:
    """A .csv in another form, with another cell, or with damaged bytes."""
    delimiter = chance.one((",", ";", "\t", "|"))
    encoding = chance.one(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
    text = books.text(delimiter).decode()
    keeps = chance.draw.random() < 0.3
    how = "the same"
    if not keeps:
        how, text = chance.one((_a_cell, _a_line, _signs))(text, delimiter, chance)
    text = text.replace("\r\n", chance.one(("\r\n", "\n")))
    content = text.encode(encoding, "replace")
    # The byte-order mark of .decode() is not part of the text; what cannot be coded became ?.
    said = content.decode(encoding)
    return Case(
        number,
        f"csv {delimiter!r} {encoding}: {how}",
        ".csv",
        content,
        AsReadBy(
            tuple(
                (lambda one=one: readers.read_csv(said.replace("\0", ""), one))
                for one in ([delimiter] if keeps else ",;\t|")
            )
        ),
        not keeps,
    )


def _a_cell(text: str, delimiter: str, chance: Chance) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    at = chance.place(lines, 1)
    cells = lines[at].rstrip("\r\n").split(delimiter)
    put = chance.one((*STRANGE_NUMBERS, *STRANGE_TEXTS)).replace("\ud800", "?")
    cells[chance.place(cells)] = put
    lines[at] = delimiter.join(cells) + "\r\n"
    return f"line {at + 1} with {put[:30]!r}", "".join(lines)


def _a_line(text: str, delimiter: str, chance: Chance) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    at, other = chance.place(lines), chance.place(lines)
    if chance.one((True, False)):
        lines.insert(other, lines[at])
        return f"line {at + 1} again", "".join(lines)
    del lines[at]
    return f"without line {at + 1}", "".join(lines)


def _signs(text: str, delimiter: str, chance: Chance) -> tuple[str, str]:
    at, length = chance.place(text), chance.one((0, 0, 1, 3, 20))
    put = chance.one(('"', "'", "\0", "\r", "\n", delimiter, '""', "�", "\x1a", ""))
    return f"{put!r} for {length} signs at {at}", text[:at] + put + text[at + length :]


# Address books and calendars ---------------------------------------------------------------------


def _in_lines(number: int, chance: Chance) -> Case:
    """A line of one card or event is another; all others are read as before, or it is refused."""
    suffix, content, (begin, end) = chance.one(
        (
            (".vcf", books.VCF, ("BEGIN:VCARD", "END:VCARD")),
            (".ics", books.ICS, ("BEGIN:VEVENT", "END:VEVENT")),
        )
    )
    lines = content.decode().split("\r\n")
    if chance.draw.random() < 0.3:
        how, same = chance.one((_folded, _short_ends, _unknown_line, _small_names))(
            lines, begin, chance
        )
        return Case(
            number,
            f"{suffix}: {how}",
            suffix,
            same.encode(),
            AsReadBy((lambda: _of_base(suffix),)),
            False,
        )
    at = chance.one(
        [n for n, line in enumerate(lines) if line and ":" in line and line not in (begin, end)]
    )
    entry = lines[: at + 1].count(begin) - 1
    inside = entry >= 0 and lines[: at + 1].count(end) == entry
    line = lines[at]
    put = chance.one((*STRANGE_NUMBERS, *STRANGE_TEXTS)).replace("\ud800", "\x80")
    name, _, value = line.partition(":")
    place = chance.place(line)
    lines[at] = chance.one(
        (
            f"{name}:{put}",
            f"{name};X={put}:{value}",
            line[:place],
            line[:place] + put + line[place:],
            put,
            f"{line}\r\n{line}",
            line.replace(":", ";", 1),
            f"{name};ENCODING=QUOTED-PRINTABLE:{value}=",
            f"{name}:{value[::-1]}",
        )
    )
    fits = TheOthersAsBefore(suffix, entry) if inside else _anything
    how = f"{line!r} as {lines[at][:60]!r}"
    return Case(number, f"{suffix}: {how}", suffix, "\r\n".join(lines).encode(), fits)


def _folded(lines: Sequence[str], begin: str, chance: Chance) -> tuple[str, str]:
    def folded(line: str) -> str:
        at = chance.draw.randrange(1, max(2, len(line)))
        return f"{line[:at]}\r\n {line[at:]}" if len(line) > 20 else line

    return "lines folded", "\r\n".join(map(folded, lines))


def _short_ends(lines: Sequence[str], begin: str, chance: Chance) -> tuple[str, str]:
    return "lines end in one sign", "\n".join(lines)


def _unknown_line(lines: Sequence[str], begin: str, chance: Chance) -> tuple[str, str]:
    found = [f"{line}\r\nX-OTHER;A=b:c" if line == begin else line for line in lines]
    return "unknown properties", "\r\n".join(found)


def _small_names(lines: Sequence[str], begin: str, chance: Chance) -> tuple[str, str]:
    small = {"FN": "fn", "EMAIL": "Email", "SUMMARY": "summary", "DTSTART": "dtstart"}
    return "names in small letters", "\r\n".join(
        small.get(head := re.split("[:;]", line)[0], head) + line[len(head) :] for line in lines
    )


@cache
def _of_base(suffix: str) -> Sheets:
    """What the undamaged file is read as; the tests of the formats hold that it is right."""
    from reportgen.reading.address_books import address_book
    from reportgen.reading.calendars import calendar

    if suffix == ".vcf":
        grid = address_book(books.VCF.decode().splitlines(keepends=True), "book.vcf")
    else:
        grid = calendar(books.ICS, "book.ics")
    return {"": readers.read_by_us([grid])[grid.sheet]}


@dataclass(frozen=True)
class TheOthersAsBefore:
    """Fits where the rows of all other cards or events are what they were."""

    suffix: str
    entry: int

    def __call__(self, found: Sheets) -> bool:
        (rows,) = found.values()
        mine = {".vcf": f"card-{self.entry}", ".ics": f"event-{self.entry}@example.org"}[
            self.suffix
        ]
        kept = [row for row in _rows(_of_base(self.suffix)[""]) if mine not in row]
        return not Counter(kept) - Counter(_rows(rows))


def _rows(cells: Rows) -> list[tuple[object, ...]]:
    rows: dict[int, dict[int, object]] = {}
    for (row, column), value in cells.items():
        rows.setdefault(row, {})[column] = value
    return [tuple(row.get(column) for column in range(10)) for row in rows.values()]


def _anything(found: Sheets) -> bool:
    return True


# Settings ----------------------------------------------------------------------------------------


def _toml(number: int, chance: Chance) -> Case:
    """A line of the settings is another; judged by what Python's own reader says of it."""
    lines = books.TOML.decode().splitlines()
    at = chance.place(lines)
    put = chance.one((*STRANGE_NUMBERS, *STRANGE_TEXTS)).replace("\ud800", "?")
    line = lines[at]
    name, _, _ = line.partition(" = ")
    place = chance.place(line) if line else 0
    lines[at] = chance.one(
        (
            f"{name} = {put}",
            f'{name} = "{put}"',
            line[:place] + put + line[place:],
            line[:place],
            f"{line}\n{line}",
            f"{line} # {put}",
            "[" * chance.draw.randrange(1, 400),
            f"{name} = " + "9" * chance.draw.randrange(1, 1500),
            "",
        )
    )
    content = "\n".join(lines).encode("utf-8", "replace")
    what = f"toml: {line!r} as {lines[at][:60]!r}"
    return Case(number, what, ".toml", content, OtherTablesAsBefore(content))


@dataclass(frozen=True)
class OtherTablesAsBefore:
    """Fits where it is valid TOML, and what stands in the tables that are as before is as before."""

    content: bytes

    def __call__(self, found: Sheets) -> bool:
        before = tomllib.loads(books.TOML.decode())
        try:
            after = tomllib.loads(self.content.decode())
        except ValueError:
            return False
        base = settings_of(books.TOML)
        return all(
            found[name] == rows
            for name, rows in base.items()
            if before.get(name) == after.get(name)
        )


def settings_of(content: bytes) -> Sheets:
    """What the settings come to, by table."""
    read = configuration_of(content.decode(), Path("reportgen.toml"))
    tables = {
        "settings": read.settings,
        "columns": read.columns,
        "sheets": read.sheets,
        "words": read.words,
        "rates": read.rates,
        "editions": read.editions,
        "privacy": read.secret,
    }
    return {name: {(0, 0): repr(value)} for name, value in tables.items()}


_KINDS: tuple[tuple[int, Callable[[int, Chance], Case]], ...] = (
    (20, _archive),
    (32, _xml),
    (8, _same_xml),
    (6, _a_value),
    (9, _xlsb),
    (9, _xls),
    (8, _csv),
    (6, _in_lines),
    (5, _toml),
)

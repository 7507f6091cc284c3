"""Archives that are damaged or packed in another way."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import fuzz_books as books
from second_readers import Sheets

from fuzz_cases.case import AsReadBy, Case, Chance, flipped, never
from fuzz_cases.workbooks import ODS, READ, XLSB, XLSX, AsItStands, form_of, read


def damaged_archive(number: int, chance: Chance) -> Case:
    """The archive itself is damaged or packed in another way; its parts are not changed."""
    name, suffix, book = chance.one((*XLSX, ODS, XLSB))
    content = book()
    how, damaged, keeps = chance.one(_PACKINGS)(content, chance)
    fits: Callable[[Sheets], bool] = AsReadBy((lambda: read(suffix, content),), form_of(suffix))
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
        if READ.fullmatch(one):
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
        member = chance.one([one for one in archive.infolist() if READ.fullmatch(one.filename)])
    start = member.header_offset + 30 + len(member.filename)
    at = start + chance.draw.randrange(member.compress_size)
    return f"a bit of {member.filename} under its checksum", flipped(content, at, chance), False


def _a_byte_of_a_stored_part(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    parts = books.unzipped(content)
    return _a_byte_of_a_part(books.zipped(parts, zipfile.ZIP_STORED), chance)


def _a_byte_anywhere(content: bytes, chance: Chance) -> tuple[str, bytes, bool]:
    at = chance.place(content, 4)
    return f"a bit at {at}", flipped(content, at, chance), False


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

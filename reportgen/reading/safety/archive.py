"""The parts of a zipped workbook, inflated under limits of our own: an archive may lie about its sizes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from reportgen.problems import ReportError

LARGEST_INFLATED = 1_000_000_000
"""In bytes, all parts together: a full sheet of five columns with notes takes about 300 million."""
MOST_MEMBERS = 5_000
READ_BY_THE_READER = (".xml", ".rels", ".bin", "mimetype")
"""How the names of the parts end that the spreadsheet library may look at."""
_CENTRAL_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")


def damaged(name: str) -> ReportError:
    """The sentence for a file that breaks its own format."""
    return ReportError(
        f"{name} could not be read: it seems damaged; open it in a spreadsheet program "
        "and save it again."
    )


def unsafe(name: str, why: str) -> ReportError:
    """The sentence for a file unlike any that a spreadsheet program writes; ``why`` says in what."""
    return ReportError(
        f"{name} was not read, to be safe: {why}; open it in a spreadsheet program "
        "and save it as a new workbook."
    )


def protected(name: str) -> ReportError:
    """The sentence for a file that needs a password."""
    return ReportError(f"{name} is protected by a password; save a copy without one.")


def parts(content: bytes, name: str) -> dict[str, bytes]:
    """Name → bytes of every part that the spreadsheet library may look at; no pictures.

    Raises: ReportError, when the archive is damaged, protected, or larger than any true workbook.
    """
    if content.count(_CENTRAL_ENTRY) > MOST_MEMBERS:
        raise unsafe(name, f"it has more than {MOST_MEMBERS:,} parts")
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError):
        raise damaged(name) from None
    found: dict[str, bytes] = {}
    left = LARGEST_INFLATED
    for member in members:
        if not member.filename.casefold().endswith(READ_BY_THE_READER):
            continue
        if member.flag_bits & 1:
            raise protected(name)
        if member.filename in found:
            raise unsafe(name, f"it has its part {member.filename} twice")
        try:
            part = _inflated(content, member, left)
        except (zlib.error, struct.error):
            raise damaged(name) from None
        left -= len(part)
        if left >= 0 and zlib.crc32(part) != member.CRC:
            raise damaged(name)
        if left < 0:
            raise unsafe(name, f"it unfolds to more than {LARGEST_INFLATED // 1_000_000} MB")
        found[member.filename] = part
    return found


def _inflated(content: bytes, member: zipfile.ZipInfo, limit: int) -> bytes:
    """The member's bytes; of a larger one the first ``limit`` + 1.

    Raises: zlib.error or struct.error, when the archive breaks its own format.
    """
    signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(content, member.header_offset)
    if signature != b"PK\x03\x04":
        raise zlib.error("no local header")
    start = member.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    packed = memoryview(content)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return bytes(packed[: limit + 1])
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise zlib.error("a method no workbook uses")
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit + 1)


def replaced(content: bytes, changed: dict[str, bytes]) -> bytes:
    """The archive with some parts changed: those that the spreadsheet library stumbles over."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as new,
    ):
        for member in old.infolist():
            if member.filename.casefold().endswith(READ_BY_THE_READER):
                new.writestr(member.filename, changed.get(member.filename) or old.read(member))
    return result.getvalue()

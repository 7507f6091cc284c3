"""The parts of a zipped workbook, inflated under limits of our own: an archive may lie about its sizes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from reportgen.problems import ReportError
from reportgen.reading.safety.budget import Budget, damaged, unsafe

MOST_MEMBERS = 5_000
LONGEST_PIECE = 8_000_000
"""Bytes of XML without a tag: a text, or a tag itself. A cell of Excel has 32,767 letters."""
_READ_BY_THE_READER = (".xml", ".rels", ".bin", "mimetype")
"""How the names of the parts end that a copy of the archive needs."""
_CENTRAL_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_OTHER_NAME = 0x7075
"""The field of an entry that gives it a second name."""
_AT_ONCE = 1_000_000


def protected(name: str) -> ReportError:
    """The sentence for a file that needs a password."""
    return ReportError(f"{name} is protected by a password; save a copy without one.")


def key(part: str) -> str:
    """A part's name as the library looks for it: capitals and the kind of slash do not count."""
    return part.replace("\\", "/").lower()


class Parts(Mapping[str, bytes]):
    """Name → bytes of the parts of an archive, in whatever capitals they are named.

    A part is inflated when it is asked for, counts against the budget and is compared with its checksum.
    Those that nobody asks for, such as pictures, cost nothing.
    """

    def __init__(self, content: bytes, budget: Budget) -> None:
        """Raises: ReportError, when the archive is damaged, or names a part twice."""
        self._content, self._budget, self._name = content, budget, budget.name
        if content.count(_CENTRAL_ENTRY) > MOST_MEMBERS:
            raise unsafe(self._name, f"it has more than {MOST_MEMBERS:,} parts")
        try:
            members = zipfile.ZipFile(io.BytesIO(content)).infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError):
            raise damaged(self._name) from None
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            part = key(member.filename)
            if part in self._members or _has_other_name(member):
                raise unsafe(self._name, f"it has its part {member.filename[:60]} twice")
            self._members[part] = member

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, part: object) -> bool:
        return isinstance(part, str) and key(part) in self._members

    def __getitem__(self, part: str) -> bytes:
        """Raises: ReportError, when the part is damaged, protected, or larger than any true workbook."""
        member = self._members[key(part)]
        if member.flag_bits & 1:
            raise protected(self._name)
        try:
            found = self._inflated(member)
        except (zlib.error, struct.error):
            raise damaged(self._name) from None
        self._budget.inflate(len(found))
        if part.casefold().endswith((".xml", ".rels")) and _has_endless_piece(found):
            raise unsafe(self._name, "it has a text longer than any cell holds")
        return found

    def _inflated(self, member: zipfile.ZipInfo) -> bytes:
        """The member's bytes; of one beyond the budget as many as say so.

        Raises: zlib.error or struct.error, when the archive breaks its own format.
        """
        content, offset, limit = (
            self._content,
            member.header_offset,
            self._budget.left_to_inflate(),
        )
        signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(content, offset)
        if signature != b"PK\x03\x04":
            raise zlib.error("no local header")
        start = offset + _LOCAL_HEADER.size + name_length + extra_length
        packed = memoryview(content)[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_STORED:
            found, crc = bytes(packed[: limit + 1]), zlib.crc32(packed)
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            found, crc = _unpacked(packed, limit)
        else:
            raise zlib.error("a method no workbook uses")
        if len(found) <= limit and crc != member.CRC:
            raise zlib.error("another checksum")
        return found

    def replaced(self, changed: Mapping[str, bytes]) -> bytes:
        """The archive with some parts changed: those that the spreadsheet library stumbles over."""
        result = io.BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as new:
            for part, member in self._members.items():
                if part in changed:
                    new.writestr(member.filename, changed[part])
                elif part.endswith(_READ_BY_THE_READER):
                    new.writestr(member.filename, self[part])
        return result.getvalue()


def _has_other_name(member: zipfile.ZipInfo) -> bool:
    """Whether the archive gives the part a second name, under which the library would find it."""
    at, extra = 0, member.extra
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _OTHER_NAME:
            return True
        at += 4 + length
    return False


def _unpacked(packed: memoryview, limit: int) -> tuple[bytes, int]:
    """What the deflated bytes unfold to, a little more than ``limit`` at most, and its checksum.

    It grows in one place: there are never two copies of a large part.
    """
    unfolding, found = zlib.decompressobj(-zlib.MAX_WBITS), io.BytesIO()
    crc, rest = 0, bytes(packed[:_AT_ONCE])
    at = len(rest)
    while rest and not unfolding.eof and found.tell() <= limit:
        piece = unfolding.decompress(rest, _AT_ONCE)
        crc = zlib.crc32(piece, crc)
        found.write(piece)
        rest = unfolding.unconsumed_tail
        if not rest:
            rest = bytes(packed[at : at + _AT_ONCE])
            at += len(rest)
    while not unfolding.eof and found.tell() <= limit:
        piece = unfolding.decompress(b"", _AT_ONCE)
        if not piece:
            raise zlib.error("it ends before its end")
        crc = zlib.crc32(piece, crc)
        found.write(piece)
    return found.getvalue(), crc


def _has_endless_piece(xml: bytes) -> bool:
    """Whether somewhere no tag begins for very many bytes. It looks at a few bytes of each piece only."""
    at = 0
    while at + LONGEST_PIECE < len(xml):
        at = xml.rfind(b"<", at + 1, at + LONGEST_PIECE)
        if at < 0:
            return True
    return False

"""Whatever stands in the way: one plain sentence, exit 1, nothing written, nothing foreign gone."""

import resource
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from program import PROGRAM, reportgen


def tree(top: Path) -> dict[str, bytes | None]:
    """Every path below ``top`` with its content; None where there is none to read."""
    return {
        path.relative_to(top).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(top.rglob("*"))
    }


def build(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return reportgen("build", *arguments, "--as-of", "2026-10-31", cwd=cwd)


def build_apart(*arguments: object, cwd: Path, **popen: object) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own, where the file may end it or its means are cut."""
    return subprocess.run(
        [*PROGRAM, "build", *map(str, arguments), "--as-of", "2026-10-31"],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
        **popen,
    )


def refused(*arguments: object, cwd: Path, build: Callable[..., Any] = build) -> str:
    """The one sentence with which a build is refused; nothing has changed."""
    before = tree(cwd)
    done = build(*arguments, cwd=cwd)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith((".\n", "?\n"))
    assert "Traceback" not in done.stderr
    assert "fault of its own" not in done.stderr
    assert tree(cwd) == before
    return done.stderr


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text("Date,Client\n2026-09-01,Acme\n2026-10-01,Bell\n")
    return path


# Files that are no workbook ----------------------------------------------------------------------

XLSX = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Touchpoints" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(*rows: tuple[tuple[str, str], ...]) -> str:
    """A sheet of (address, text) cells."""
    cells = "".join(
        "<row>"
        + "".join(f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in row)
        + "</row>"
        for row in rows
    )
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )


def xlsx(path: Path, sheet: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**XLSX, SHEET: sheet}.items():
            archive.writestr(name, text)
    return path


TABLE = (
    (("A1", "Date"), ("B1", "Client")),
    (("A2", "2026-09-01"), ("B2", "Acme")),
)


def test_the_workbook_of_these_tests_is_one_that_builds(tmp_path):
    done = build(xlsx(tmp_path / "good.xlsx", sheet_xml(*TABLE)), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "site" / "index.html").exists()


@pytest.mark.parametrize("name", ["absent.xlsx", "absent.csv", "no/such/folder/book.ods"])
def test_no_file(tmp_path, name):
    assert Path(name).name in refused(name, cwd=tmp_path)


@pytest.mark.parametrize("name", ["empty.xlsx", "empty.xls", "empty.ods", "empty.csv"])
def test_an_empty_file(tmp_path, name):
    (tmp_path / name).touch()
    assert name in refused(name, cwd=tmp_path)


def test_an_empty_folder(tmp_path):
    (tmp_path / "books").mkdir()
    assert "books" in refused("books", cwd=tmp_path)


@pytest.mark.parametrize("name", ["invoice.xlsx", "invoice.xls", "invoice.ods", "invoice.pdf"])
def test_a_renamed_pdf(tmp_path, name):
    (tmp_path / name).write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    assert name in refused(name, cwd=tmp_path)


def test_a_password(tmp_path):
    """A protected .xlsx is an OLE file with a stream of this name; no reader can look inside."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    stream = "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "secret.xlsx").write_bytes(header + stream + bytes(1024 - len(stream)))
    assert "password" in refused("secret.xlsx", cwd=tmp_path)


def test_no_usable_sheet(tmp_path):
    book = xlsx(tmp_path / "recipes.xlsx", sheet_xml((("A1", "Cake"), ("B1", "Eggs"))))
    assert "recipes.xlsx" in refused(book, cwd=tmp_path)


def test_no_usable_row(tmp_path):
    table = (TABLE[0], (("A2", "someday"), ("B2", "Acme")))
    book = xlsx(tmp_path / "dreams.xlsx", sheet_xml(*table))
    assert "dreams.xlsx" in refused(book, cwd=tmp_path)


def test_a_cut_archive(tmp_path):
    whole = xlsx(tmp_path / "whole.xlsx", sheet_xml(*TABLE)).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    assert "cut.xlsx" in refused("cut.xlsx", cwd=tmp_path, build=build_apart)


def test_an_archive_of_something_else(tmp_path):
    with zipfile.ZipFile(tmp_path / "photos.xlsx", "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8")
    assert "photos.xlsx" in refused("photos.xlsx", cwd=tmp_path, build=build_apart)


# Files that end the process that reads them ------------------------------------------------------


def test_a_cell_at_the_far_corner(tmp_path):
    """2 KB; python-calamine asks for 16,384 × 1,048,576 cells and aborts."""
    book = xlsx(tmp_path / "corner.xlsx", sheet_xml(*TABLE, (("XFD1048576", "x"),)))
    assert book.stat().st_size < 4096
    assert "corner.xlsx" in refused(book, cwd=tmp_path, build=build_apart)


def test_a_bomb(tmp_path):
    """1 MB that unfolds to 1 GB of spaces inside a sheet."""
    assert "bomb.xlsx" in refused(
        bomb(tmp_path / "bomb.xlsx"), cwd=tmp_path, build=partial(build_apart, timeout=120)
    )


def bomb(path: Path) -> Path:
    """A workbook whose sheet's middle is one deflated megabyte of spaces, said a thousand times."""
    begin, end = sheet_xml(*TABLE).split("<row>", 1)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    spaces = b" " * 2**20
    head = deflate.compress(begin.encode()) + deflate.flush(zlib.Z_FULL_FLUSH)
    block = deflate.compress(spaces) + deflate.flush(zlib.Z_FULL_FLUSH)
    tail = deflate.compress(b"<row>" + end.encode()) + deflate.flush()
    times = 1000
    packed = head + block * times + tail
    crc = zlib.crc32(begin.encode())
    for _ in range(times):
        crc = zlib.crc32(spaces, crc)
    crc = zlib.crc32(b"<row>" + end.encode(), crc)
    size = len(begin.encode()) + times * len(spaces) + len(b"<row>" + end.encode())

    name = SHEET.encode()
    xlsx(path, "")
    with zipfile.ZipFile(path) as archive:
        others = [(one.filename, archive.read(one)) for one in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in others:
            if other != SHEET:
                archive.writestr(other, content)
        # The sheet is already packed: its bytes and its entry are written as the format has them.
        assert archive.fp is not None
        entry = zipfile.ZipInfo(SHEET)
        entry.compress_type, entry.CRC = zipfile.ZIP_DEFLATED, crc
        entry.compress_size, entry.file_size = len(packed), size
        entry.header_offset = archive.fp.tell()
        fields = (20, 0, 8, 0, 33, crc, len(packed), size, len(name), 0)
        archive.fp.write(b"PK\x03\x04" + struct.pack("<5H3L2H", *fields) + name + packed)
        archive.start_dir = archive.fp.tell()
        archive.filelist.append(entry)
        archive.NameToInfo[SHEET] = entry
        archive._didModify = True
    assert path.stat().st_size < 2 * 2**20
    return path


# Places where nothing can be written -------------------------------------------------------------


def test_a_folder_below_a_file(tmp_path, book):
    (tmp_path / "file").write_bytes(b"hers")
    assert "file" in refused(book, "-o", "file/site", cwd=tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path, book):
    """Not even root makes a folder in /proc."""
    assert "/proc/site" in refused(book, "-o", "/proc/site", cwd=tmp_path)


def test_a_folder_of_someone_else(tmp_path, book):
    (tmp_path / "site" / "photos").mkdir(parents=True)
    (tmp_path / "site" / "photos" / "cat.jpg").write_bytes(b"cat")
    assert "did not make" in refused(book, cwd=tmp_path)


def test_a_file_of_someone_else_in_our_site(tmp_path, book):
    assert build(book, cwd=tmp_path).returncode == 0
    (tmp_path / "site" / "notes.txt").write_bytes(b"hers")
    assert "notes.txt" in refused(book, cwd=tmp_path)


def test_the_folder_of_the_workbook(tmp_path, book):
    (tmp_path / "books").mkdir()
    book = book.rename(tmp_path / "books" / "clients.csv")
    assert "your workbook" in refused(book, "-o", "books", cwd=tmp_path)


def test_a_full_disk(tmp_path, book):
    """The old site stands when the new one finds no room.

    The room is a file system of 64 KiB where one can be mounted; elsewhere a limit of the process
    on the size of a file, which fails at the same place.
    """
    assert build(book, cwd=tmp_path).returncode == 0
    room = tmp_path / "room"
    room.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", room], capture_output=True, check=False
    )
    try:
        if mounted.returncode == 0:
            assert "disk is full" in refused(book, "-o", "room/new/site", cwd=tmp_path)
            assert list(room.iterdir()) == []
        else:
            refused(book, cwd=tmp_path, build=build_with_small_files)
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", room], check=True)


def test_no_room_in_the_middle_of_a_file(tmp_path, book):
    assert build(book, cwd=tmp_path).returncode == 0
    book.write_text(book.read_text() + "2026-10-02,Bell\n")  # or the site would stay as it is
    assert "site" in refused(book, cwd=tmp_path, build=build_with_small_files)


def build_with_small_files(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """No file of this process and its children may grow beyond 4 KiB."""

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    return build_apart(*arguments, cwd=cwd, preexec_fn=small)


def test_a_marked_copy_never_goes_over_a_file_of_hers(tmp_path):
    book = xlsx(tmp_path / "good.xlsx", sheet_xml(*TABLE, (("A3", "soon"), ("B3", "Acme"))))
    before = tree(tmp_path)
    for name in ("good.xlsx", "../" + tmp_path.name + "/good.xlsx"):
        done = subprocess.run(
            [*PROGRAM, "check", book, "--annotate", name],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert tree(tmp_path) == before

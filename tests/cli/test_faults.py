"""What an owner or a machine can do to a run: a sentence each, and no fault of ours."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from program import PROGRAM

ESCAPE = "\x1b]0;taken\x07\x9b2J\u202e"


def run(
    *arguments: str | bytes | Path, cwd: Path, shell: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own; ``shell`` follows its arguments, as ``>&-`` would."""
    given = [os.fsencode(one) for one in (*PROGRAM, *arguments)]
    if shell:
        given = [b"sh", b"-c", b'"$@" ' + shell.encode(), b"sh", *given]
    return subprocess.run(given, cwd=cwd, capture_output=True, check=False, timeout=120)


def sentence(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one sentence of a run that could not be done."""
    said = done.stderr.decode()
    assert done.returncode == 1
    assert said.count("\n") == 1
    assert "fault of its own" not in said
    assert "Traceback" not in said
    return said


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text("Date,Client\n2026-09-01,Acme\n2026-10-01,Bell\n")
    return path


def renamed(book: Path, name: bytes) -> bytes:
    """The workbook under a name of any bytes; a test is skipped where the system has no such name."""
    path = os.fsencode(book.parent) + b"/" + name
    try:
        os.rename(book, path)
    except OSError:
        pytest.skip("this system takes no such name")
    return path


@pytest.mark.parametrize("name", [b"caf\xe9.csv", b"\xff\xfe\x80.csv", b"\xed\xa0\x80.csv"])
def test_a_name_of_bytes_that_are_no_text(tmp_path, book, name):
    done = run("build", renamed(book, name), "-o", "site", "--as-of", "2026-10-31", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "\ufffd.csv" in page


def test_settings_and_sheets_whose_names_are_no_text(tmp_path, book):
    (tmp_path / "books").mkdir()
    renamed(book, b"books/Touchpoints caf\xe9.csv")
    settings = os.fsencode(tmp_path) + b"/caf\xe9.toml"
    Path(os.fsdecode(settings)).write_text('[settings]\nbusiness_name = "B"\n')
    done = run(
        "build", "books", "--config", settings, "-o", "site", "--as-of", "2026-10-31", cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "BOOK"),
        ("check", "BOOK", "--json"),
        ("build", "BOOK", "-o", f"site{ESCAPE}", "--as-of", "2026-10-31"),
        ("check", f"{ESCAPE}.xlsx"),
        ("check", f"{ESCAPE}"),
        ("check", "BOOK", "--config", f"{ESCAPE}.toml"),
        ("check", f"--{ESCAPE}"),
        (ESCAPE,),
        ("explain", "BOOK", ESCAPE),
        ("analyse", "BOOK", "--as-of", "2026-10-31"),
        ("letters", "BOOK", "-o", f"out{ESCAPE}", "--as-of", "2026-10-31"),
        ("adopt", "BOOK", "-o", f"{ESCAPE}.xlsx", "--yes"),
        ("init", f"{ESCAPE}"),
    ],
)
def test_nothing_that_is_printed_commands_the_terminal(tmp_path, book, arguments):
    name = f"x{ESCAPE}.csv"
    renamed(book, name.encode())
    done = run(*(name if one == "BOOK" else one for one in arguments), cwd=tmp_path)
    printed = (done.stdout + done.stderr).decode()
    assert printed
    assert not [c for c in printed if c != "\n" and not c.isprintable()]
    assert "fault of its own" not in printed


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "clients.csv"),
        ("check", "clients.csv", "--json"),
        ("analyse", "clients.csv"),
        ("explain", "clients.csv", "Acme"),
        ("build", "clients.csv", "-o", "site"),
    ],
)
def test_output_that_is_full(tmp_path, book, arguments):
    assert "The disk is full" in sentence(run(*arguments, cwd=tmp_path, shell=">/dev/full"))


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed(tmp_path, book, closed):
    done = run("build", book, "-o", "site", cwd=tmp_path, shell=closed)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "site" / "index.html").exists()
    assert run("check", "absent.csv", cwd=tmp_path, shell=closed).returncode == 1


def test_a_complaint_that_nobody_can_read(tmp_path):
    if Path("/dev/full").exists():
        assert run("check", "absent.csv", cwd=tmp_path, shell="2>/dev/full").returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "LONG.xlsx"),
        ("check", "clients.csv", "--config", "LONG.toml"),
        ("check", "clients.csv", "--annotate", "LONG.csv"),
        ("build", "clients.csv", "-o", "LONG"),
        ("build", "clients.csv", "-o", "site", "--password-file", "LONG"),
        ("build", "clients.csv", "-o", "site", "--months", "LONG"),
        ("adopt", "clients.csv", "-o", "LONG.xlsx", "--yes"),
        ("adopt", "LONG.csv", "-o", "new.xlsx", "--yes"),
        ("letters", "clients.csv", "-o", "LONG"),
        ("init", "LONG"),
    ],
)
def test_names_of_three_hundred_letters(tmp_path, book, arguments):
    given = [one.replace("LONG", "a" * 300) for one in arguments]
    done = run(*given, cwd=tmp_path)
    if done.returncode:
        sentence(done)
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith("a" * 20)) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"\0" * 10_000_000, "longer than any passphrase"),
        (b"x" * 5_000, "longer than any passphrase"),
        (b"\xff\xfe" + b"x" * 20, "is not text in UTF-8"),
    ],
)
def test_what_is_no_passphrase(tmp_path, book, words, why):
    (tmp_path / "words").write_bytes(words)
    done = run("build", book, "-o", "site", "--password-file", "words", cwd=tmp_path)
    assert why in sentence(done)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of Unix")
@pytest.mark.parametrize("option", ["--password-file", "--config"])
def test_a_file_that_never_ends(tmp_path, book, option):
    sentence(run("build", book, "-o", "site", option, "/dev/zero", cwd=tmp_path))


def test_a_marked_copy_on_a_full_disk(tmp_path, book):
    """No file may grow beyond 4 KiB: the same error number as a quota that is used up."""
    workbook = openpyxl.Workbook()
    workbook.active.title = "Touchpoints"
    workbook.active.append(["Date", "Client"])
    for number in range(500):
        workbook.active.append(["someday", f"Client {number}"])
    workbook.active.append(["2026-09-01", "Acme"])
    workbook.save(tmp_path / "book.xlsx")
    done = run("check", "book.xlsx", "--annotate", "marked.xlsx", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (3, b"")
    (tmp_path / "marked.xlsx").unlink()
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        "sys.argv[0] = 'reportgen'; from reportgen.cli.commands import main; main()"
    )
    given = [sys.executable, "-c", code, "check", "book.xlsx", "--annotate", "marked.xlsx"]
    done = subprocess.run(given, cwd=tmp_path, capture_output=True, check=False)
    assert "marked.xlsx" in sentence(done)
    assert not [one for one in tmp_path.iterdir() if "marked" in one.name]


def nested(depth: int) -> bytes:
    return b"x = " + b"\n[" * depth + b"\n]" * depth


@pytest.mark.parametrize(
    "text",
    [
        b"x = " + b"[" * 5_000 + b"]" * 5_000,
        nested(5_000),
        nested(300),
        b"x = " + b"{a=" * 600 + b"1" + b"}" * 600,
        b"a." * 100_000 + b"a = 1",
        b"\n".join(b"a." * 900 + b"x%d = 1" % n for n in range(150)),
        b"[editions.coach]\ndrop" + b".a" * 900 + b" = 1",
        b"[rates]\nEUR" + b".a" * 900 + b" = 1",
        b"[settings]\nbusiness_name" + b".a" * 900 + b" = 1",
        b"[settings]\nred_line_days = " + b"9" * 1_900,
        b"[settings]\n" + b"\n".join(b"entry%d = 1" % n for n in range(10_000)),
        b'[settings]\nred_line_days = """' + b"x\n" * 100_000 + b'"""',
        b"\x1b = 1",
        b"x = '" + b"\xff" * 20 + b"'",
    ],
)
def test_settings_that_are_nested_or_without_end(tmp_path, book, text):
    (tmp_path / "deep.toml").write_bytes(text)
    said = sentence(run("check", book, "--config", "deep.toml", cwd=tmp_path))
    assert "deep.toml" in said
    assert len(said) < 1_000


HEADER = "H" * 5_000_000


def test_headers_and_names_of_megabytes_are_cut(tmp_path):
    for text in (
        f"Date,{HEADER}\n2026-09-01,Acme\n",
        f"{HEADER},{HEADER}\nx,y\n",
        f"Date,Client,{HEADER}\nsoon,Acme,1\n",
        f"Date,Client\n{HEADER},{HEADER}\n",
    ):
        path = tmp_path / "long.csv"
        path.write_text(text)
        done = run("check", path, cwd=tmp_path)
        assert done.returncode in (1, 3)
        assert len(done.stdout + done.stderr) < 3_000


def test_the_name_of_a_sheet_of_megabytes_is_cut(tmp_path):
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="{HEADER}"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>Cake</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "long.ods", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("META-INF/manifest.xml", "<manifest/>")
        made.writestr("content.xml", content)
    assert len(sentence(run("check", "long.ods", cwd=tmp_path))) < 1_000

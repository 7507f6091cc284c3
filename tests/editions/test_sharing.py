"""What ``build`` makes for others: editions, one file, a locked page; and what it refuses."""

import json
import os
import pty
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from program import PROGRAM, reportgen

from reportgen.forms.lock import wordlist

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
DESIGNER = SAMPLES / "interior-designer.xlsx"
GOOD = "nine small otters at noon"
SERVED = {".reportgen.json", "index.html", "404.html", ".nojekyll"}


def built(out: Path, *options: object, book: Path = DESIGNER):
    """The finished run of ``build``."""
    return reportgen("build", book, "-o", out, "--as-of", "2026-10-31", *options)


def texts(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_coach_sees_no_name_and_no_owner(sites):
    for path, text in texts(sites(edition="coach")).items():
        for word in ("Harcourt", "Haddad", "Thistle", "example.com", "interior-designer"):
            assert word.casefold() not in (path + text).casefold(), (path, word)


def test_the_accountant_sees_names_but_no_trust_and_no_letters(sites):
    found = texts(sites(edition="accountant"))
    assert "Harcourt House" in found["value.html"]
    assert not {"trust.html", "boundaries.html", "letters.html", "actions.ics"} & set(found)
    assert not any("wendy.harcourt@example.com" in text for text in found.values())


def test_the_method_explains_only_what_its_reader_gets(sites):
    """The accountant has no page on trust, boundaries or actions, and no word on them either."""
    method = (sites(edition="accountant") / "method.html").read_text(encoding="utf-8")
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", method) == [
        *("How to read this report", "Red line", "Effort and phases", "Purchases", "Retention"),
        *("Money", "Small numbers", "Glossary", "Every figure by its key", "Settings in force"),
    ]
    assert "Business sheet (its name" not in method


def test_the_public_edition_takes_twenty_clients(tmp_path):
    few = tmp_path / "few.csv"
    few.write_text("Date,Client\n2026-10-01,Acme\n")
    refused = built(tmp_path / "few", "--edition", "public", book=few)
    assert refused.returncode == 1
    assert "20" in refused.stderr
    assert not (tmp_path / "few").exists()
    assert built(tmp_path / "many", "--edition", "public").returncode == 0
    assert set(texts(tmp_path / "many")) == {*SERVED, "static/report.css"}


def test_one_file_is_one_file(sites):
    found = texts(sites(form="single"))
    assert set(found) == {".reportgen.json", "index.html"}
    assert "Harcourt House" in found["index.html"]


def test_a_passphrase_is_made_shown_once_and_nothing_can_be_read_without_it(tmp_path):
    run = built(tmp_path / "locked", "--passphrase", "--quiet")
    assert run.returncode == 0
    made = re.search(r"only now: (\S+)", run.stdout)
    assert made is not None
    assert len(made[1].split("-")) == 6
    assert set(made[1].split("-")) <= set(wordlist())
    found = texts(tmp_path / "locked")
    assert set(found) == SERVED
    for word in ("Harcourt", "Thistle", made[1]):
        assert word not in found["index.html"]


def test_each_reader_has_a_password_file(tmp_path):
    for name, words in (
        ("coach", "orchard-lantern-violet-canoe"),
        ("books", "marble-thunder-biscuit-sail"),
    ):
        (tmp_path / name).write_text(words + "\n")
    run = built(
        *(tmp_path / "locked", "--password-file", tmp_path / "coach"),
        *("--password-file", tmp_path / "books"),
        book=few(tmp_path),
    )
    assert run.returncode == 0, run.stderr
    assert '"slots":[{' in (tmp_path / "locked" / "index.html").read_text().replace(" ", "")


@pytest.mark.parametrize("words", ["", "password1234", None])
def test_a_password_that_is_no_use_is_refused_in_one_line(tmp_path, words):
    file = tmp_path / "words"
    if words is not None:
        file.write_text(words)
    run = built(tmp_path / "locked", "--password-file", file)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    assert not (tmp_path / "locked").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "words cannot be read (no such file or directory); give a text file with the"),
        (
            GOOD.encode("utf-16"),
            "words is not text in UTF-8; save it as that, with the passphrase on",
        ),
        (f"\n{GOOD}\n".encode(), "The first line of words is empty; write the passphrase there."),
    ],
)
def test_what_is_wrong_with_a_file_of_a_passphrase_is_said(tmp_path, content, said):
    if content is not None:
        (tmp_path / "words").write_bytes(content)
    run = reportgen(
        *("build", "absent.xlsx", "-o", "locked", "--password-file", "words"), cwd=tmp_path
    )
    assert run.returncode == 1
    assert run.stderr.startswith(said)
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [f"\ufeff{GOOD}\n".encode(), f"{GOOD}\r\n".encode(), f"{GOOD}   \nmore".encode()],
)
def test_what_editors_leave_around_a_passphrase_is_no_part_of_it(tmp_path, content):
    """Beside the same words as a plain line it is refused: two readers would have one passphrase."""
    (tmp_path / "words").write_bytes(content)
    (tmp_path / "plain").write_text(GOOD)
    run = reportgen(
        *("build", "absent.xlsx", "-o", "locked"),
        *("--password-file", "words", "--password-file", "plain"),
        cwd=tmp_path,
    )
    assert (run.returncode, run.stderr.splitlines()) == (
        1,
        ["Two of the passphrases are the same: give each reader their own."],
    )


def test_every_weak_or_equal_passphrase_is_refused_before_the_workbook_is_looked_at(tmp_path):
    (tmp_path / "coach").write_text("orchard-lantern-violet-canoe\n")
    (tmp_path / "weak").write_text("password1234\n")
    for second, said in (("weak", f"{tmp_path / 'weak'}: "), ("coach", "Two of the passphrases")):
        run = built(
            *(tmp_path / "locked", "--password-file", tmp_path / "coach"),
            *("--password-file", tmp_path / second),
            book=tmp_path / "absent.xlsx",
        )
        assert run.returncode == 1
        assert run.stderr.startswith(said)
        assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "whose"),
    [
        (("--edition", "coach"), "the coach edition, not locked"),
        (("--edition", "accountant", "--single-file"), "the accountant edition, not locked"),
        (("--edition", "coach", "--passphrase"), "the coach edition, locked"),
        (("--passphrase",), "locked"),
    ],
)
def test_it_is_said_whose_it_is_and_whether_it_is_locked(tmp_path, options, whose):
    done = built(tmp_path / "out", *options, book=few(tmp_path))
    said = done.stdout.splitlines()[-1]
    assert f"index.html is ready, {whose}: 1 client as of 31 October 2026; " in said


def test_whoever_has_no_page_of_problems_is_not_sent_to_it(tmp_path):
    book = tmp_path / "faulty.csv"
    book.write_text("Date,Client,Minutes\n2026-10-01,Harbour & Finch,many\n", encoding="utf-8")
    said = built(tmp_path / "coach", "--edition", "coach", book=book).stdout
    assert "1 problem in the workbook (reportgen check says which)." in said


def few(folder: Path) -> Path:
    """A workbook of one client."""
    book = folder / "few.csv"
    book.write_text("Date,Client\n2026-10-01,Harbour & Finch\n", encoding="utf-8")
    return book


def asked(out: Path, answers: Sequence[str], *options: object) -> tuple[int, str, str]:
    """The exit code, the questions and the output of a build whose questions are answered on a terminal."""
    book = few(out.parent)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [
            *(*PROGRAM, "build", book, "-o", out),
            *("--as-of", "2026-10-31", "--quiet", "--password", *map(str, options)),
        ],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,  # it is not to find the terminal that the tests were started on
        encoding="utf-8",
    ) as run:
        os.close(theirs)
        shown, waiting = b"", list(answers)
        while True:
            try:
                part = os.read(ours, 1024)
            except OSError:  # EIO: the other end is closed
                break
            shown += part
            # The blank comes once nothing is shown of what is typed.
            if waiting and shown.endswith(b": "):
                os.write(ours, waiting.pop(0).encode() + b"\n")
        assert run.stdout is not None
        said = run.stdout.read()
    os.close(ours)
    assert waiting == []
    return run.returncode, shown.decode().replace("\r\n", "\n"), said


def slots(out: Path) -> int:
    return (out / "index.html").read_text(encoding="utf-8").count('"salt"')


def test_a_passphrase_is_asked_for_twice_and_not_shown(tmp_path):
    out = tmp_path / "docs"
    code, shown, said = asked(out, [GOOD, "another one altogether", GOOD, GOOD])
    assert (code, said) == (0, "")
    assert GOOD not in shown
    assert "another" not in shown
    assert "do not match" in shown
    assert slots(out) == 1


def test_the_one_asked_for_comes_besides_the_others(tmp_path):
    (tmp_path / "books").write_text("marble-thunder-biscuit-sail\n")
    more = ("--password-file", tmp_path / "books", "--passphrase")
    code, _, said = asked(tmp_path / "locked", [GOOD, GOOD], *more)
    assert code == 0
    assert re.fullmatch(r"The passphrase, shown only now: [a-z]+(-[a-z]+){5}\n", said)
    assert slots(tmp_path / "locked") == 3


def test_a_weak_one_is_refused_as_soon_as_it_is_typed(tmp_path):
    code, shown, _ = asked(tmp_path / "locked", ["password1234"])
    assert code == 1
    last = shown.splitlines()[-1]
    assert last.startswith("The passphrase cannot be used, because it is too easy to guess, with")
    assert not (tmp_path / "locked").exists()


def test_stopping_at_the_question_stops(tmp_path):
    code, shown, _ = asked(tmp_path / "locked", ["\x04"])
    assert code == 1
    assert shown.endswith("Stopped, as you asked; nothing was written.\n")


def test_without_a_terminal_nothing_is_asked(tmp_path):
    run = subprocess.run(
        [*PROGRAM, "build", few(tmp_path), "-o", "locked", "--password"],
        cwd=tmp_path,
        input=f"{GOOD}\n{GOOD}\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert "--password-file" in run.stderr
    assert len(run.stderr.splitlines()) == 1
    assert not (tmp_path / "locked").exists()


@pytest.mark.parametrize("name", ["docs", "public", "gh-pages"])
def test_a_folder_that_may_be_published_takes_only_what_is_locked_or_public(tmp_path, name):
    refused = built(tmp_path / name)
    assert refused.returncode == 1
    assert not (tmp_path / name).exists()
    assert built(tmp_path / name, "--edition", "coach").returncode == 1
    assert built(tmp_path / name, "--edition", "public").returncode == 0


def test_letters_and_marked_workbooks_are_never_published(tmp_path):
    book = SAMPLES / "messy.xlsx"
    for arguments in (
        ("letters", book, "-o", "docs"),
        ("letters", book, "-o", "docs/letters"),
        ("check", book, "--annotate", "docs/marked.xlsx"),
        ("check", book, "--annotate", "docs/deep/marked.xlsx"),
    ):
        run = reportgen(*arguments, cwd=tmp_path)
        assert (run.returncode, run.stdout) == (1, ""), arguments
        assert "stands in, a folder named docs; " in run.stderr
        assert len(run.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
    assert reportgen("check", book, "--annotate", "docs.xlsx", cwd=tmp_path).returncode == 3
    due = reportgen("letters", book, "-o", "due", "--as-of", "2026-10", cwd=tmp_path)
    assert due.returncode == 0


@pytest.mark.parametrize("options", [(), ("--edition", "coach"), ("--password-file", "words")])
def test_what_a_web_server_looks_for_is_part_of_the_report(tmp_path, options):
    (tmp_path / "words").write_text(GOOD)
    book = few(tmp_path)
    asked = ("build", book, "-o", "site", "--as-of", "2026-10-31")
    run = reportgen(*asked, *options, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    found = texts(tmp_path / "site")
    assert found[".nojekyll"] == ""
    listed = set(json.loads(found[".reportgen.json"])["files"])
    assert listed == set(found) - {".reportgen.json"}
    page = found["404.html"]
    assert not re.search(r"<(?:a|script|img)\b|url\(|@import|(?:src|href)=\"(?!data:,\")", page)
    assert 'content="noindex' in page
    assert "Finch" not in page
    # Replaced by the next one, as all that reportgen made.
    run = reportgen(*asked, "--single-file", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert set(texts(tmp_path / "site")) == {".reportgen.json", "index.html"}


def test_a_locked_report_is_one_file_already(tmp_path):
    (tmp_path / "words").write_text(GOOD)
    for name, options in (("plain", ()), ("asked for", ("--single-file",))):
        run = built(
            tmp_path / name, "--password-file", tmp_path / "words", *options, book=few(tmp_path)
        )
        assert run.returncode == 0, run.stderr
    plain, asked_for = texts(tmp_path / "plain"), texts(tmp_path / "asked for")
    assert set(plain) == set(asked_for)
    assert "Finch" not in asked_for["index.html"]


@pytest.mark.parametrize("edition", ["owner", "coach"])
def test_what_happened_has_signals_for_the_coach_and_no_topics(tmp_path, edition):
    book = tmp_path / "book.csv"
    book.write_text("Date,Client,Topic,Signal\n2026-10-01,Harbour & Finch,Hats,compliment\n")
    assert built(tmp_path / "site", "--edition", edition, book=book).returncode == 0
    (page,) = (tmp_path / "site" / "clients").iterdir()
    happened = page.read_text(encoding="utf-8").split("What happened", 1)[1]
    assert "compliment" in happened
    assert ("Hats" in happened) == (edition == "owner")

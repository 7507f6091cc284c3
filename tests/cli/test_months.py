"""``build --months`` and ``build --key-file``: what stays with the owner, beside what is shared."""

import csv
import json
import re
import stat
from pathlib import Path
from urllib.parse import unquote

import pytest
from program import reportgen

from reportgen.output import writing

ROWS = [
    ("2026-08-03", "Harbour & Finch", "Call"),
    ("2026-08-20", "Acme", "Call"),
    ("2026-09-28", "=1+1", "Call"),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    written(tmp_path / "clients.csv")
    return tmp_path


def written(path: Path, *more: tuple[str, str, str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("Date", "Client", "Activity"), *ROWS, *more])


def build(home: Path, month: str, *options: str, book: str = "clients.csv", out: str = "site"):
    return reportgen("build", book, "-o", out, "--as-of", month, *options, cwd=home)


def keep(home: Path, month: str, **other: str) -> str:
    """Build a month and keep it; returns what was said on standard error."""
    done = build(home, month, "--months", "my months", **other)
    assert done.returncode == 0, done.stderr
    return done.stderr


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def addresses(page: Path) -> list[str]:
    return re.findall(r'href="([^"#:]+)"', page.read_text(encoding="utf-8"))


def test_the_pages_lead_to_the_letters_that_were_kept(home):
    assert keep(home, "2025-10") == keep(home, "2026-09") == keep(home, "2026-10") == ""
    for page in ("index.html", "clients/acme.html"):
        path = home / "site" / page
        earlier = [unquote(one) for one in addresses(path) if "months" in one]
        # The letter names them beside its headline, too.
        assert [*dict.fromkeys(one.removeprefix("../").removeprefix("../") for one in earlier)] == [
            "my months/2026-09/index.html",
            "my months/2025-10/index.html",
            "my months/index.html",
        ]
        assert all((path.parent / one).is_file() for one in earlier)
    assert addresses(home / "my months/index.html") == [
        "2026-10/index.html",
        "2026-09/index.html",
        "2025-10/index.html",
    ]


def test_a_letter_that_is_kept_needs_no_other_file(home):
    keep(home, "2026-09")
    keep(home, "2026-10")
    letter = home / "my months/2026-10/index.html"
    text = letter.read_text(encoding="utf-8")
    assert "Harbour &amp; Finch" in text
    assert not re.search(r"<script|<link [^>]*stylesheet|\bsrc=|url\((?!#)", text)
    assert addresses(letter) == ["../2026-09/index.html", "../index.html"]
    figures = (home / "my months/2026-10/report.json").read_bytes()
    assert figures == (home / "site/report.json").read_bytes()


def test_the_same_month_twice_changes_nothing(home):
    keep(home, "2026-09")
    keep(home, "2026-10")
    before = contents(home)
    keep(home, "2026-10")
    assert contents(home) == before


def test_without_the_option_there_is_no_trace_of_months(home):
    build(home, "2026-10")
    plain = contents(home / "site")
    keep(home, "2026-10")
    assert contents(home / "site") == plain  # none was kept before


def test_a_month_stays_as_it_was_read_once_a_later_one_is_kept(home):
    keep(home, "2026-09")
    keep(home, "2026-10")
    september = contents(home / "my months/2026-09")
    written(home / "clients.csv", ("2026-09-12", "Dunn", "Call"))
    assert keep(home, "2026-09") == (
        "September 2026 stays as it was kept, because a later month is kept too.\n"
    )
    assert contents(home / "my months/2026-09") == september
    keep(home, "2026-10")
    assert contents(home / "my months/2026-09") == september
    said = (home / "my months/index.html").read_text(encoding="utf-8")
    assert re.findall(r'<p class="note">(.*?)</p>', said) == [
        "Your rows or settings have changed since. Today it would say "
        "4 touchpoints, not 3 and 4 running clients, not 3."
    ]


def test_the_letters_of_another_business_are_left_as_they_are(home):
    keep(home, "2026-09")
    before = contents(home / "my months")
    written(home / "other.csv")
    assert keep(home, "2026-10", book="other.csv", out="other") == (
        "This month was not kept: my months has the letters of clients.csv; name another folder.\n"
    )
    assert contents(home / "my months") == before
    assert not [one for one in addresses(home / "other/index.html") if "months" in one]


def test_what_she_puts_there_herself_stops_the_run(home):
    keep(home, "2026-09")
    (home / "my months/2026-09/thoughts.txt").write_text("hm")
    before = contents(home)
    done = build(home, "2026-10", "--months", "my months")
    assert done.returncode == 1
    assert "2026-09/thoughts.txt, which reportgen did not make" in done.stderr
    assert contents(home) == before


def test_a_run_that_fails_keeps_nothing(home, monkeypatch):
    keep(home, "2026-09")
    before = contents(home)

    def full(old, new):
        raise writing.WriteFailed(28, "No space left on device")

    monkeypatch.setattr("reportgen.output.months._carry", full)
    done = build(home, "2026-10", "--months", "my months")
    assert (done.returncode, "disk is full" in done.stderr) == (1, True)
    assert contents(home) == before


@pytest.mark.parametrize(
    ("options", "code", "why"),
    [
        (("--edition", "coach"), 2, "your own site alone"),
        (("--edition", "accountant"), 2, "your own site alone"),
        (("--single-file",), 2, "your own site alone"),
        (("--password-file", "words.txt"), 2, "your own site alone"),
    ],
)
def test_months_are_kept_of_her_own_site_alone(home, options, code, why):
    (home / "words.txt").write_text("nine small otters at noon\n")
    done = build(home, "2026-10", "--months", "my months", *options)
    assert done.returncode == code
    assert why in done.stderr
    assert not (home / "my months").exists()


@pytest.mark.parametrize("months", ["site", "site/months", "."])
def test_the_months_and_the_site_have_folders_of_their_own(home, months):
    done = build(home, "2026-10", "--months", months)
    assert done.returncode == 2
    assert "a folder of their own" in done.stderr


def test_months_are_never_published(home):
    done = build(home, "2026-10", "--months", "public/months")
    assert done.returncode == 1
    assert "may be published" in done.stderr


# The key -----------------------------------------------------------------------------------------


def test_the_key_says_which_client_is_which(home):
    done = build(home, "2026-10", "--edition", "coach", "--key-file", "key.csv", out="coach")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Which client is which stands in key.csv, for you alone.\n")
    assert stat.S_IMODE((home / "key.csv").stat().st_mode) == 0o600
    with (home / "key.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["In the coach's edition", "Client"]
    assert {name for _, name in rows} == {"Harbour & Finch", "Acme", "'=1+1"}  # no formula
    told = json.loads((home / "coach/report.json").read_text(encoding="utf-8"))["clients"]
    last_contact = {name: day for day, name, _ in ROWS}
    assert {one["name"]: one["last_contact"] for one in told} == {
        called: last_contact[name.removeprefix("'")] for called, name in rows
    }
    pages = contents(home / "coach")
    assert not any("key" in path or b"Harbour" in page for path, page in pages.items())


def test_the_key_is_written_anew_and_over_nothing_else(home):
    key = ("--edition", "coach", "--key-file", "key.csv")
    assert build(home, "2026-09", *key, out="coach").returncode == 0
    before = (home / "key.csv").read_bytes()
    written(home / "clients.csv", ("2026-09-12", "Dunn", "Call"))
    assert build(home, "2026-10", *key, out="coach").returncode == 0
    assert b"Dunn" in (home / "key.csv").read_bytes()
    assert (home / "key.csv").read_bytes() != before
    rows = (home / "clients.csv").read_bytes()
    done = build(home, "2026-10", "--edition", "coach", "--key-file", "clients.csv", out="coach")
    assert (done.returncode, "stays as it is" in done.stderr) == (1, True)
    assert (home / "clients.csv").read_bytes() == rows


@pytest.mark.parametrize(
    ("where", "code", "why"),
    [("coach/key.csv", 1, "which you share"), ("docs/key.csv", 1, "may be published")],
)
def test_the_key_never_goes_where_others_read(home, where, code, why):
    done = build(home, "2026-10", "--edition", "coach", "--key-file", where, out="coach")
    assert done.returncode == code
    assert why in done.stderr
    assert [path.name for path in home.iterdir()] == ["clients.csv"]


def test_only_the_coachs_edition_has_a_key(home):
    for edition in ("owner", "accountant", "public"):
        done = build(home, "2026-10", "--edition", edition, "--key-file", "key.csv")
        assert (done.returncode, "Only the coach's edition" in done.stderr) == (2, True)

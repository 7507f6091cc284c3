"""What ``init`` writes, as an owner uses it: with real make and git, on a server, and on GitHub."""

import errno
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
import yaml
from playwright.sync_api import expect
from program import reportgen

from reportgen.problems import ReportError
from reportgen.settings.configuration import read_configuration
from reportgen.writing.scaffold import write_starter

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data/interior-designer.xlsx"
REPORTGEN = Path(sys.executable).with_name("reportgen")
WORDS = "orchard-lantern-violet-canoe"
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


@pytest.fixture
def business(tmp_path) -> Path:
    """A fresh folder, with a blank in its name."""
    folder: Path = tmp_path / "my business"
    write_starter(folder)
    return folder


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **GIT},
    )
    return done.stdout


def make(folder: Path, *arguments: str, reportgen: Path = REPORTGEN):
    """The finished run of make; nobody sits at its terminal."""
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "REPORTGEN": str(reportgen)},
        check=False,
    )


def passphrase_of(business: Path, reader: str, words: str = WORDS) -> None:
    (business / "passphrases").mkdir(exist_ok=True)
    (business / "passphrases" / f"{reader}.txt").write_text(words + "\n")


def below(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


# The files ---------------------------------------------------------------------------------------


def test_each_owner_has_a_secret_of_her_own_that_build_reads(tmp_path):
    secrets = set()
    for name in ("one", "two"):
        write_starter(tmp_path / name)
        secret = read_configuration(tmp_path / name / "reportgen.toml").secret
        assert secret is not None
        assert len(secret) == 64
        secrets.add(secret)
    assert len(secrets) == 2
    others = [name for name in below(tmp_path / "one") if name != "reportgen.toml"]
    for name in others:
        content = (tmp_path / "one" / name).read_bytes()
        assert content == (tmp_path / "two" / name).read_bytes()


def test_nobody_else_may_read_the_secret(tmp_path):
    before = os.umask(0o022)
    try:
        write_starter(tmp_path / "mine")
    finally:
        os.umask(before)
    modes = {
        name: stat.S_IMODE((tmp_path / "mine" / name).stat().st_mode)
        for name in ("reportgen.toml", "README.md", "clients.xlsx")
    }
    assert modes == {"reportgen.toml": 0o600, "README.md": 0o644, "clients.xlsx": 0o644}


@pytest.mark.parametrize("blocking", [".github", ".github/workflows"])
def test_what_cannot_be_written_whole_is_not_written(tmp_path, blocking):
    (tmp_path / blocking).parent.mkdir(exist_ok=True)
    (tmp_path / blocking).write_bytes(b"a file, where a folder is needed")
    with pytest.raises(ReportError, match="could not be written"):
        write_starter(tmp_path)
    assert below(tmp_path) == [blocking]


def test_the_folders_made_for_it_go_with_it(tmp_path, monkeypatch):
    def full(path: str, flags: int) -> int:
        if path.endswith("README.md"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return os.open(path, flags)

    monkeypatch.setattr("reportgen.writing.scaffold._opener", full)
    with pytest.raises(ReportError, match="The disk is full"):
        write_starter(tmp_path / "a" / "mine")
    assert list(tmp_path.iterdir()) == []


def test_inside_a_repository_it_is_the_same(tmp_path):
    git(tmp_path, "init", "-q", "-b", "main")
    write_starter(tmp_path / "mine")
    write_starter(tmp_path / "other")
    assert below(tmp_path / "mine") == below(tmp_path / "other")
    git(tmp_path, "add", "-A")
    assert set(git(tmp_path, "ls-files").splitlines()) == {
        f"{folder}/{name}" for folder in ("mine", "other") for name in KEPT
    }


# What git takes ----------------------------------------------------------------------------------

KEPT = {".gitignore", "README.md", "Makefile", ".github/workflows/pages.yml"}
LYING_ABOUT = """
clients-2025.xlsx ~$clients.xlsx .~lock.clients.xlsx# clients.xlsm clients.ods clients.csv
clients/Touchpoints.csv passphrases/coach.txt passphrases.txt secret.toml my.toml .env notes.md
site/index.html site/report.json site/actions.ics site/clients/acme.html site/.reportgen.json
months/2026-10/index.html months/months.json coach-key.csv
site/markdown/README.md .site.reportgen-new/index.html for-accountant/index.html for-coach/index.html
for-accountant/appendix.xlsx letters-due/01-acme.md letters-due/01-acme.eml letters/thank-you.md
marked.xlsx .marked.reportgen-new.xlsx docs/clients.xlsx docs/clients.csv docs/reportgen.toml
docs/report.json docs/actions.ics docs/clients/acme.html docs/value.html docs/static/clients.xlsx
docs/docs/index.html other/docs/index.html other/README.md .github/workflows/other.yml .github/x.csv
docs/static/README.md .docs.reportgen-old/index.html public/index.html static/report.css
"""


def test_git_takes_what_may_be_published_and_nothing_else(business):
    for name in LYING_ABOUT.split():
        (business / name).parent.mkdir(parents=True, exist_ok=True)
        (business / name).write_bytes(b"clients")
    git(business, "init", "-q", "-b", "main")
    git(business, "add", "-A")
    assert set(git(business, "ls-files").splitlines()) == KEPT


def built(business: Path, out: str, *options: str, book: Path = SAMPLE) -> Path:
    reportgen(
        *("build", book, "-o", out, "--as-of", "2026-10-31", *options), cwd=business
    ).check_returncode()
    return business / out


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["public", "coach"])
def test_git_takes_all_of_what_is_published(business, reader):
    passphrase_of(business, "coach")
    done = make(business, "publish", f"FOR={reader}", f"BOOK={SAMPLE}", "AS_OF=2026-10-31")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == (
        'Next: git add docs && git commit -m "New report" && git push'
    )
    published = {f"docs/{name}" for name in below(business / "docs")}
    assert {"docs/index.html", "docs/404.html", "docs/.nojekyll"} <= published
    git(business, "init", "-q", "-b", "main")
    git(business, "add", ".")
    git(business, "commit", "-q", "-m", "My report")
    assert set(git(business, "ls-files").splitlines()) == KEPT | published


# make --------------------------------------------------------------------------------------------


@pytest.fixture
def listener(tmp_path) -> Path:
    """In reportgen's place: it prints what it is called with, as JSON."""
    program: Path = tmp_path / "a listener"
    program.write_text(f"#!{sys.executable}\nimport json, sys\nprint(json.dumps(sys.argv[1:]))\n")
    program.chmod(0o755)
    return program


CONFIG = ["--config", "reportgen.toml"]
MONTH = ["--as-of", "2026-10"]
MONTHS = ["--months", "months"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("report", ["build", *CONFIG, "-o", "site", *MONTHS, "--", "clients.xlsx"]),
        (
            "report AS_OF=2026-10 OUT=x",
            ["build", *CONFIG, *MONTH, "-o", "x", *MONTHS, "--", "clients.xlsx"],
        ),
        ("check", ["check", *CONFIG, "--", "clients.xlsx"]),
        ("serve AS_OF=2026-10", ["serve", *CONFIG, *MONTH, "--", "clients.xlsx"]),
        (
            "share FOR=coach",
            [
                *("build", *CONFIG, "--edition", "coach", "--single-file"),
                *("--key-file", "coach-key.csv", "-o", "for-coach"),
            ],
        ),
        (
            "share FOR=accountant AS_OF=2026-10",
            [
                *("build", *CONFIG, *MONTH, "--edition", "accountant", "--single-file"),
                *("--appendix", "-o", "for-accountant"),
            ],
        ),
        (
            "share FOR=owner",
            [
                *("build", *CONFIG, "--edition", "owner"),
                *("--password-file", "passphrases/owner.txt", "-o", "for-owner"),
            ],
        ),
        (
            "share FOR=public",
            ["build", *CONFIG, "--edition", "public", "--single-file", "-o", "for-public"],
        ),
        (
            "publish FOR=owner",
            [
                *("build", *CONFIG, "--edition", "owner"),
                *("--password-file", "passphrases/owner.txt", "-o", "docs"),
            ],
        ),
        ("publish", ["build", *CONFIG, "--edition", "coach", "--password", "-o", "docs"]),
        (
            "publish passphrases=set$${IFS}--$${IFS}--quiet",
            ["build", *CONFIG, "--edition", "coach", "--password", "-o", "docs"],
        ),
        ("publish FOR=public", ["build", *CONFIG, "--edition", "public", "-o", "docs"]),
    ],
)
def test_what_make_asks_of_reportgen(business, listener, asked, given):
    passphrase_of(business, "owner")
    done = make(business, *asked.split(), reportgen=listener)
    assert done.returncode == 0, done.stderr
    whole = given if given[-1] == "clients.xlsx" else [*given, "--", "clients.xlsx"]
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    assert found == [whole]


@pytest.mark.parametrize("target", ["share", "publish"])
def test_a_passphrase_opens_the_edition_that_it_is_named_for_and_no_other(
    business, listener, target
):
    for reader in ("accountant", "coach", "coach-ana", "coach-Ben B", "owner", "coaching"):
        passphrase_of(business, reader)
    done = make(business, target, "FOR=coach", reportgen=listener)
    (call,) = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    files = {after for one, after in pairwise(call) if one == "--password-file"}
    assert files == {
        "passphrases/coach.txt",
        "passphrases/coach-ana.txt",
        "passphrases/coach-Ben B.txt",
    }
    assert not {"--single-file", "--password"} & set(call)


def test_a_workbook_may_have_any_name(business, listener):
    name = 'Ana\'s "new" `book` ;x & (2026).xlsx'
    done = make(business, "report", f"BOOK={name}", reportgen=listener)
    assert json.loads(done.stdout)[-1] == name


@pytest.mark.parametrize("target", ["share", "publish"])
@pytest.mark.parametrize("reader", ["mum", "", "coach accountant", "Coach", "../docs", "coach*"])
def test_an_edition_that_there_is_not(business, listener, target, reader):
    done = make(business, target, f"FOR={reader}", reportgen=listener)
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == (
        f"There is no edition for '{reader}'; write FOR=coach, accountant, public or owner."
    )


def test_a_reportgen_that_is_not_there(business):
    done = make(business, "report", reportgen=business / "nowhere")
    assert done.returncode != 0
    assert done.stderr.splitlines()[0].endswith(
        "nowhere is not found; say where it is, for example REPORTGEN=/path/to/reportgen."
    )


def test_check_lists_and_does_not_fail(business):
    shutil.copy(SAMPLE.with_name("messy.xlsx"), business / "messy.xlsx")
    done = make(business, "check", "BOOK=messy.xlsx")
    assert (done.returncode, done.stderr) == (0, "")
    assert "left out because of them: " in done.stdout


@pytest.mark.parametrize(
    "attempt",
    [
        ["publish"],
        ["publish", "FOR=owner"],
        ["publish", "FOR=public --edition owner"],
        ["publish", 'FOR=public" --edition "owner'],
        ["publish", "FOR=accountant", "passphrases=set -- --single-file"],
        ["publish", "FOR=coach", "passphrases=set -- --quiet"],
        ["-e", "publish", "FOR=coach", "passphrases=set -- --quiet", "OUT=docs", "reader="],
        ["-i", "publish", "FOR=nobody"],
        ["-i", "-k", "publish", "FOR=owner"],
        ["publish", "FOR=owner", f'BOOK={SAMPLE}" -o docs --edition "public'],
        ["publish", "FOR=owner", "BOOK=--edition=public"],
        ["publish", "FOR=owner", "AS_OF=2026-10-31 --edition public"],
        ["publish", "FOR=public", 'AS_OF=2026-10-31" --edition "owner'],
        ["report", "OUT=docs"],
        ["report", "OUT=Docs"],
        ["report", "OUT=./docs/"],
        ["report", "OUT=docs/full"],
        ["report", "OUT=public"],
        ["report", "OUT=site/../docs"],
        ["share", "FOR=../docs"],
    ],
)
def test_nothing_unlocked_comes_into_a_published_folder_but_the_public_edition(business, attempt):
    given = [] if any(one.startswith("BOOK=") for one in attempt) else [f"BOOK={SAMPLE}"]
    done = make(business, *attempt, *given)
    published = [name for name in ("docs", "Docs", "public") if (business / name).exists()]
    assert published == []
    if attempt[0] in ("publish", "report"):
        assert done.returncode != 0
    assert "Traceback" not in done.stderr


# GitHub ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workflow(tmp_path_factory):
    """The workflow as YAML reads it, where the word ``on`` is true."""
    folder = tmp_path_factory.mktemp("init") / "mine"
    write_starter(folder)
    return yaml.safe_load((folder / ".github/workflows/pages.yml").read_text(encoding="utf-8"))


def action(step) -> str | None:
    """The action that a step uses, which must be pinned to a commit; None for a step that runs a script."""
    if "uses" not in step:
        return None
    name, commit = step["uses"].split("@")
    assert re.fullmatch("[0-9a-f]{40}", commit)
    return name


def test_the_workflow_may_do_as_little_as_it_can(workflow):
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"] == "pages"
    assert set(workflow[True]) == {"push", "workflow_dispatch"}
    assert workflow[True]["push"] == {"paths": ["docs/**", ".github/workflows/pages.yml"]}
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert job["if"] == "github.ref_name == github.event.repository.default_branch"
    assert job["environment"]["name"] == "github-pages"
    assert [action(step) for step in job["steps"]] == [
        "actions/checkout",
        None,
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
    assert job["steps"][0]["with"] == {"persist-credentials": False}
    assert job["steps"][2]["with"] == {"path": "docs"}
    assert "${{" not in job["steps"][1]["run"]  # nothing from outside becomes part of a script


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    """A folder for each kind of report, as ``build`` makes it."""
    folder: Path = tmp_path_factory.mktemp("reports")
    passphrase_of(folder, "coach")
    key = ("--password-file", "passphrases/coach.txt")
    book = folder / "few.csv"
    book.write_text("Date,Client\n2026-10-01,Harbour & Finch\n", encoding="utf-8")
    built(folder, "owner", book=book)
    built(folder, "coach", "--edition", "coach", book=book)
    built(folder, "single", "--edition", "coach", "--single-file", book=book)
    built(folder, "locked", "--edition", "coach", *key, book=book)
    built(folder, "totals", "--edition", "public")
    built(folder, "single-totals", "--edition", "public", "--single-file")
    built(folder, "locked-totals", "--edition", "public", *key)
    return folder


def let_through(workflow, folder: Path) -> tuple[int, str]:
    """The exit code and the output of the workflow's look at docs, as GitHub runs it."""
    (job,) = workflow["jobs"].values()
    done = subprocess.run(
        ["bash", "-e", "-c", job["steps"][1]["run"]],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def unchanged(docs: Path) -> None:
    pass


def with_a_workbook(docs: Path) -> None:
    shutil.copy(SAMPLE, docs / "clients.xlsx")


def with_figures(docs: Path) -> None:
    (docs / "report.json").write_text("{}")


def with_a_page(docs: Path) -> None:
    (docs / "clients").mkdir()
    (docs / "clients" / "acme.html").write_text("<p>Acme")


def with_a_link(docs: Path) -> None:
    (docs / "404.html").unlink()
    (docs / "404.html").symlink_to(SAMPLE)


def without_a_page(docs: Path) -> None:
    (docs / "index.html").unlink()


def without_anything(docs: Path) -> None:
    shutil.rmtree(docs)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "change", "goes"),
    [
        ("locked", unchanged, True),
        ("totals", unchanged, True),
        ("single-totals", unchanged, True),
        ("locked-totals", unchanged, True),
        ("owner", unchanged, False),
        ("coach", unchanged, False),
        ("single", unchanged, False),
        ("locked", with_a_workbook, False),
        ("locked", with_figures, False),
        ("totals", with_a_page, False),
        ("locked", with_a_link, False),
        ("locked", without_a_page, False),
        ("locked", without_anything, False),
    ],
)
def test_the_workflow_refuses_what_is_neither_locked_nor_public(
    workflow, reports, tmp_path, kind, change, goes
):
    shutil.copytree(reports / kind, tmp_path / "docs")
    change(tmp_path / "docs")
    code, said = let_through(workflow, tmp_path)
    assert code == (0 if goes else 1)
    if goes:
        assert said == ""
    else:
        assert said.startswith("::error::docs holds something else than a locked report")
        assert len(said.splitlines()) == 1


@pytest.mark.slow
def test_the_words_of_a_client_are_no_mark(workflow, tmp_path):
    mark = '<html lang="en-GB" data-sharing="public">'
    book = tmp_path / "book.csv"
    book.write_text(f'Date,Client\n2026-10-01,"{mark.replace(chr(34), chr(34) * 2)}"\n')
    built(tmp_path, "made", "--edition", "accountant", "--single-file", book=book)
    (tmp_path / "docs").mkdir()
    shutil.copy(tmp_path / "made" / "index.html", tmp_path / "docs" / "index.html")
    assert "data-sharing" in (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    assert let_through(workflow, tmp_path)[0] == 1


# Under a path of a server ------------------------------------------------------------------------


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the folder on a server that knows /repo/ and answers 404 to all else."""

    class Repository(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def translate_path(self, path: str) -> str:
            if not path.startswith("/repo/"):
                return str(folder / "outside is nothing")
            return super().translate_path(path.removeprefix("/repo"))

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Repository, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/repo/"
        server.shutdown()


class Addresses(HTMLParser):
    """Every address that a page names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = ("href", "src", "xlink:href", "action", "poster", "data", "srcset")
        self.found += [value or "" for name, value in attrs if name in names]


def crawled(start: str) -> tuple[set[str], list[str]]:
    """The paths that answer, from a page by all its links, and what is wrong with any of them."""
    seen: set[str] = set()
    wrong: list[str] = []
    to_see = [start]
    while to_see:
        address = to_see.pop()
        if address in seen:
            continue
        seen.add(address)
        try:
            with urlopen(address) as answer:
                kind, body = answer.headers.get_content_type(), answer.read()
        except HTTPError as error:
            wrong.append(f"{address}: {error.code}")
            error.close()
            continue
        if kind != "text/html":
            continue
        for link in Addresses(body.decode()).found:
            parts = urlsplit(link)
            if parts.scheme in ("mailto", "tel", "data"):
                continue
            if parts.scheme or parts.netloc or link.startswith("/"):
                wrong.append(f"{address}: {link} is not relative")
                continue
            target = urldefrag(urljoin(address, link))[0]
            if target.startswith(start):
                to_see.append(target)
            else:
                wrong.append(f"{address}: {link} leads out of the site")
    return {address.removeprefix(start) for address in seen}, wrong


def test_the_crawler_finds_a_broken_link_and_one_that_leads_out(tmp_path):
    (tmp_path / "index.html").write_text(
        '<a href="a/b.html">B</a><a href="gone.html">Gone</a><a href="/repo/c">C</a>'
        '<a href="//x.org">X</a><img src="data:,">'
    )
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.html").write_text('<a href="../../">Out</a><a href="b.html#x">In</a>')
    with served(tmp_path) as start:
        seen, wrong = crawled(start)
    assert seen == {"", "a/b.html", "gone.html"}
    assert sorted(one.removeprefix(start) for one in wrong) == [
        ": //x.org is not relative",
        ": /repo/c is not relative",
        "a/b.html: ../../ leads out of the site",
        "gone.html: 404",
    ]


@pytest.mark.slow
def test_a_new_site_has_no_broken_link_under_a_path(business):
    # As it comes the starter has example rows alone, and of these there is no report.
    shutil.copy(SAMPLE, business / "clients.xlsx")
    done = make(business, "report", "AS_OF=2026-10-31")
    assert done.returncode == 0, done.stderr
    with served(business / "site") as start:
        seen, wrong = crawled(start)
    assert wrong == []
    pages = {path for path in below(business / "site") if path.endswith(".html")}
    assert pages - {"404.html", "opportunities.html"} <= seen  # an old address
    assert {"static/report.css", "static/report.js", "actions.ics"} <= seen


@pytest.mark.slow
@pytest.mark.browser
def test_a_published_page_opens_under_a_path_and_its_links_lead_on(business, chromium):
    passphrase_of(business, "coach")
    done = make(business, "publish", f"BOOK={SAMPLE}", "AS_OF=2026-10-31")
    assert done.returncode == 0, done.stderr
    asked: list[str] = []
    with served(business / "docs") as start:
        seen, wrong = crawled(start)
        assert (seen, wrong) == ({""}, [])
        page = chromium.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(start)
        page.get_by_label("Passphrase").fill(WORDS)
        page.get_by_role("button", name="Open").click()
        expect(page.locator(".pages a[aria-current]")).to_have_text("This month")
        page.locator(".pages a[href='#clients']").click()
        page.locator("table.stacks tbody th a").first.click()
        expect(page.locator("h1")).to_contain_text("Client ")
        assert page.url.startswith(f"{start}#clients-")
        assert [url for url in asked if not url.startswith(("data:", "blob:"))] == [start]
        lost = page.goto(f"{start}404.html")
        assert lost is not None
        expect(page.locator("h1")).to_have_text("This page is not here")
        assert asked[-1] == f"{start}404.html"
        page.close()

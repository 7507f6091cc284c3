"""What a preview gives for each path, and when it says that there is something new."""

import re
import threading
from pathlib import Path

import pytest

from reportgen.output.ours import digest
from reportgen.preview.shown import Preview

PAGE = b"<!doctype html>\n<html>\n<body>\n<h1>Acme</h1>\n</body>\n</html>\n"
FILES = {
    "index.html": PAGE,
    "clients/acme.html": PAGE.replace(b"Acme", b"Acme Ltd"),
    "static/report.js": b"1;",
    "markdown/index.md": b"# Acme",
    "letters/acme.eml": b"To: acme",
    "report.json": b"{}",
    "actions.ics": b"BEGIN:VCALENDAR",
    "actions.csv": b"a,b",
    "picture.svg": b"<svg/>",
    "appendix.xlsx": b"PK",
    "static/report.css": b"p {}",
    "unknown.bin": b"\0",
    ".reportgen.json": b"{}",
    ".nojekyll": b"",
}
KINDS = {
    "index.html": "text/html; charset=utf-8",
    "static/report.js": "text/javascript; charset=utf-8",
    "static/report.css": "text/css; charset=utf-8",
    "markdown/index.md": "text/markdown; charset=utf-8",
    "letters/acme.eml": "message/rfc822",
    "report.json": "application/json",
    "actions.ics": "text/calendar; charset=utf-8",
    "actions.csv": "text/csv; charset=utf-8",
    "picture.svg": "image/svg+xml",
    "appendix.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "unknown.bin": "application/octet-stream",
}


def built(folder: Path, files: dict[str, bytes] = FILES) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def show(preview: Preview, folder: Path) -> bool:
    return preview.show(folder, digest(folder))


def mark(preview: Preview) -> str:
    return next(preview.news())


@pytest.fixture
def preview(tmp_path):
    preview = Preview()
    show(preview, built(tmp_path / "site"))
    return preview


@pytest.mark.parametrize(("path", "kind"), KINDS.items())
def test_each_file_comes_as_its_kind_and_only_pages_are_added_to(preview, path, kind):
    found = preview.answer(path)
    assert (found.status, found.kind) == (200, kind)
    if path != "index.html":
        assert found.content == FILES[path]


def test_a_page_gets_the_script_and_the_file_stays_as_it_is(preview, tmp_path):
    script = f'<script src="/_preview/serve.js" data-mark="{mark(preview)}"></script>\n'.encode()
    assert preview.answer("index.html").content == PAGE.replace(b"</body>", script + b"</body>")
    assert (tmp_path / "site" / "index.html").read_bytes() == PAGE
    assert b"EventSource" in preview.answer("_preview/serve.js").content


@pytest.mark.parametrize(
    "path",
    [
        "",
        "clients",
        "clients/",
        ".reportgen.json",
        ".nojekyll",
        "../site/index.html",
        "clients/../index.html",
        "./index.html",
        "/etc/passwd",
        "clients\\acme.html",
        "INDEX.HTML",
        "index.html\0",
    ],
)
def test_nothing_but_the_exact_path_of_a_file_is_found(preview, path):
    found = preview.answer(path)
    assert (found.status, found.kind) == (404, "text/html; charset=utf-8")
    assert b"There is no such page" in found.content
    assert f'data-mark="{mark(preview)}"'.encode() in found.content


def test_what_somebody_tidied_away_is_no_such_page(preview, tmp_path):
    (tmp_path / "site" / "index.html").unlink()
    assert preview.answer("index.html").status == 404


def test_the_sentence_stands_above_every_page_and_is_text(preview):
    preview.blame("<b>clients.xlsx</b> seems damaged.")
    for path in ("index.html", "clients/acme.html", "nobody.html"):
        content = preview.answer(path).content.decode()
        body = content.partition("<body>")[2]
        banner = re.search(r'<p class="preview-fault" role="alert">(.*?)</p>', body)
        assert banner is not None, path
        assert "&lt;b&gt;clients.xlsx&lt;/b&gt; seems damaged." in banner[1]
        assert banner.start() < body.index("<h1>")
    assert preview.answer("report.json").content == b"{}"


def test_good_pages_take_the_sentence_away_and_the_former_folder(preview, tmp_path):
    preview.blame("It seems damaged.")
    assert show(preview, built(tmp_path / "next", {"index.html": PAGE.replace(b"Acme", b"Bell")}))
    content = preview.answer("index.html").content
    assert b"Bell" in content
    assert b"preview-fault" not in content
    assert not (tmp_path / "site").exists()
    assert preview.answer("clients/acme.html").status == 404


def test_before_the_first_build_every_path_says_so(tmp_path):
    preview = Preview()
    early = preview.answer("index.html")
    assert early.status == 503
    assert b"It is being made." in early.content
    preview.blame("clients.xlsx is not there.")
    late = preview.answer("clients/acme.html").content
    assert late.count(b"clients.xlsx is not there.") == 1
    assert b"being made" not in late


def test_before_the_first_build_there_is_no_news(preview, tmp_path, monkeypatch):
    monkeypatch.setattr("reportgen.preview.shown._ALIVE_SECONDS", 0.01)
    early = Preview()
    news = early.news()
    assert (next(news), next(news)) == ("", "")
    assert b'data-mark=""' in early.answer("index.html").content
    show(early, built(tmp_path / "again"))
    assert next(news) == mark(preview)


def test_the_mark_is_that_of_pages_and_sentence_wherever_they_stand(preview, tmp_path):
    first = mark(preview)
    again = Preview()
    assert show(again, built(tmp_path / "again"))
    assert mark(again) == first
    assert not show(again, built(tmp_path / "once more"))
    assert mark(again) == first
    again.blame("It seems damaged.")
    blamed = mark(again)
    assert blamed != first
    show(again, built(tmp_path / "mended"))
    assert mark(again) == first
    show(again, built(tmp_path / "other", {**FILES, "report.json": b"[]"}))
    assert mark(again) not in {first, blamed}


def test_news_come_at_once_at_a_change_and_end_with_the_preview(preview):
    news = preview.news()
    first = next(news)
    threading.Timer(0.05, preview.blame, ("It seems damaged.",)).start()
    second = next(news)
    assert second == mark(preview) != first
    threading.Timer(0.05, preview.end).start()
    assert list(news) == []


def test_a_browser_hears_that_we_are_there_when_there_is_nothing_new(preview, monkeypatch):
    monkeypatch.setattr("reportgen.preview.shown._ALIVE_SECONDS", 0.01)
    news = preview.news()
    assert next(news) == next(news) == next(news)

"""The content-security policy: in every page of every form it stands first, and allows our own alone."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from cohorts import write_owner
from program import reportgen
from sites import SAMPLES

from reportgen.forms.single_file import bound
from reportgen.preview.shown import Preview

ALWAYS = {
    "default-src": ["'none'"],
    "img-src": ["data:"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}
"""What no page needs: pictures, fonts, frames, requests, forms and addresses from anywhere."""
BESIDE, NOTHING = ["'self'"], ["'none'"]

pytestmark = pytest.mark.slow


class Page(HTMLParser):
    """What stands first in a page's head, its scripts and styles, and what no policy here lets pass."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.first: dict[str, str | None] | None = None
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.outside: dict[str, list[str]] = {"script": [], "style": []}
        self.blocked: list[str] = []
        self._in_head, self._open = False, ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._in_head:
            self.first, self._in_head = given if tag == "meta" else {}, False
        self._in_head = tag == "head"
        self._open = ""
        if tag == "script" and "src" in given:
            self.outside["script"].append(str(given["src"]))
        elif tag == "link" and given.get("rel") == "stylesheet":
            self.outside["style"].append(str(given["href"]))
        elif tag == "style" or (tag == "script" and "type" not in given):
            self._open = tag
            self.inside[tag].append("")
        self.blocked += [f"{tag} {name}" for name in given if name == "style" or name[:2] == "on"]
        self.blocked += [tag] * (tag in ("base", "iframe", "object", "embed", "img", "video"))
        self.blocked += [
            f"{tag} {value}" for value in given.values() if (value or "").startswith("javascript:")
        ]

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inside[self._open][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


def policy_of(page: Page) -> dict[str, list[str]]:
    """Directive → sources of the policy that stands first; nothing where something else does."""
    if page.first is None or page.first.get("http-equiv") != "Content-Security-Policy":
        return {}
    parts = [one.split() for one in str(page.first["content"]).split(";")]
    return {name: sources for name, *sources in parts}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def faults(name: str, text: str, also: tuple[str, ...] = ()) -> Iterator[str]:
    """Where a page has less of a policy than it should, or more in it than the policy allows.

    ``also`` holds styles that come into the page later.
    """
    page = Page(text)
    given = policy_of(page)
    for kind in ("script", "style"):
        ours = [digest(one) for one in (*page.inside[kind], *(also if kind == "style" else ()))]
        expected = ours + BESIDE * bool(page.outside[kind]) or NOTHING
        found = given.pop(f"{kind}-src", None)
        if found != expected:
            yield f"{name}: {kind} {found}, not {expected}"
        yield from (f"{name}: {one} is elsewhere" for one in page.outside[kind] if ":" in one)
    if given != ALWAYS:
        yield f"{name}: {given}"
    yield from (f"{name}: {one}" for one in page.blocked)


def faults_in(folder: Path, also: tuple[str, ...] = ()) -> list[str]:
    """The faults of every page of a folder, which has one at least."""
    paths = sorted(folder.rglob("*.html"))
    assert paths
    return [
        fault
        for path in paths
        for fault in faults(path.name, path.read_text(encoding="utf-8"), also)
    ]


def test_a_page_without_one_or_with_more_than_it_allows_is_found(sites):
    good = (sites() / "index.html").read_text(encoding="utf-8")
    assert list(faults("", good)) == []
    more: dict[str, Callable[[str], str]] = {
        "later": lambda page: page.replace("<head>", '<head><meta name="x">'),
        "inline": lambda page: page.replace("</main>", "<script>1</script></main>"),
        "elsewhere": lambda page: page.replace("static/report.js", "https://x.org/report.js"),
        "handler": lambda page: page.replace("<main", '<main onclick="1"'),
        "style": lambda page: page.replace("<main", '<main style="color: red"'),
        "picture": lambda page: page.replace("</main>", '<img src="https://x.org/1.png"></main>'),
        "looser": lambda page: page.replace("img-src data:", "img-src data: https:"),
        "no base": lambda page: page.replace("base-uri 'none'; ", ""),
    }
    for name, change in more.items():
        assert change(good) != good, name
        assert list(faults("", change(good))), name


@pytest.mark.parametrize(
    "sample", ["interior-designer", "virtual-assistant", "shoe-shop", "meal-box", "messy"]
)
def test_every_page_of_a_site(sites, sample):
    assert faults_in(sites(sample)) == []


@pytest.mark.parametrize("form", ["site", "single"])
@pytest.mark.parametrize("edition", ["owner", "coach", "accountant", "public"])
def test_every_page_of_every_edition_and_as_one_file(sites, edition, form):
    assert faults_in(sites("meal-box", edition, form)) == []


def test_the_locked_page_and_the_one_for_a_wrong_address(sites):
    """What the lock opens has a style of its own, and is the site's own pages beside that."""
    locked, site = sites(form="locked"), sites()
    files = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.name != "404.html"
    }
    later = (bound(files).style,)
    assert list(faults("", (locked / "index.html").read_text("utf-8"), later)) == []
    assert list(faults("", (locked / "404.html").read_text("utf-8"))) == []


def test_letters_that_are_kept_and_the_list_of_them(tmp_path):
    made = reportgen(
        *("build", SAMPLES / "interior-designer.xlsx", "--as-of", "2026-10-31"),
        *("-o", tmp_path / "site", "--months", tmp_path / "months"),
    )
    assert made.returncode == 0
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("months/**/*.html")}
    assert names == {"months/index.html", "months/2026-10/index.html"}
    assert faults_in(tmp_path / "months") == []


def test_the_overview_across_owners(tmp_path):
    for number in range(5):
        write_owner(tmp_path / "books" / f"owner-{number}", number, clients=7)
    out = tmp_path / "owners"
    made = reportgen("cohort", tmp_path / "books", "-o", out, "--as-of=2026-10-31", "--workers=1")
    assert made.returncode == 0
    assert faults_in(out) == []


def test_the_preview_adds_its_script_its_style_and_its_news(sites, tmp_path):
    preview = Preview()
    pages = [preview.answer("index.html").content]
    site = tmp_path / "site"
    (site / "clients").mkdir(parents=True)
    for name in ("index.html", "404.html"):
        (site / name).write_bytes((sites() / name).read_bytes())
    preview.show(site, "of these pages")
    preview.blame("It seems damaged.")
    pages += [preview.answer(name).content for name in ("index.html", "404.html", "nobody.html")]
    for content in pages:
        page = Page(content.decode())
        given = policy_of(page)
        assert given == {
            **ALWAYS,
            "script-src": BESIDE,
            "style-src": BESIDE + [digest(one) for one in page.inside["style"]],
            "connect-src": BESIDE,
        }
        assert page.inside["script"] == page.blocked == []
        found = [*page.outside["script"], *page.outside["style"]]
        ours = [one for one in found if re.fullmatch(r"/_preview/[a-z]+\.(js|css)", one)]
        assert "/_preview/serve.js" in ours
        for one in ours:
            assert preview.answer(one.removeprefix("/")).status == 200

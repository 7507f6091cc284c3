"""What the pages of the samples look like, against the last look that somebody has read.

Golden files are for layout, not for truth: what a figure must be is tested where it is worked out. Long
tables and lists are cut, pictures are left out, and white space between tags counts for nothing, so that a
difference is short enough to be read. ``make golden`` writes them anew.
"""

import json
import re
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SITES = (
    ("interior-designer", "owner"),
    ("interior-designer", "coach"),
    ("interior-designer", "accountant"),
    ("virtual-assistant", "owner"),
    ("shoe-shop", "owner"),
    ("shoe-shop", "public"),
    ("meal-box", "owner"),
    ("messy", "owner"),
)
ROWS, ENTRIES = 3, 2
"""How much of a table and of a JSON list is kept."""
_BLOCKS = (
    "article aside body caption details dl dt figure footer form h1 h2 h3 h4 head header li link main "
    "meta nav ol p pre script section summary table tbody thead title tr ul"
)
_BLOCK = re.compile(rf"(</?(?:{_BLOCKS.replace(' ', '|')})\b)")
_LETTER = re.compile(r"(<pre\b[^>]*>.{0,60}).*?(</pre>)", re.DOTALL)


def look(path: Path) -> str:
    """A file of a site as it is kept: its layout, without the length of its lists."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return json.dumps(_cut(json.loads(text)), indent=1, ensure_ascii=False) + "\n"
    return _markdown(text) if path.suffix == ".md" else _html(text)


def _html(text: str) -> str:
    text = re.sub(r"<svg\b.*?</svg>", "<svg/>", text, flags=re.DOTALL)
    text = _LETTER.sub(r"\1\2", text)
    text = re.sub(r"<tbody>.*?</tbody>", _first_rows, text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    lines = _BLOCK.sub(r"\n\1", text).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"


def _first_rows(body: re.Match[str]) -> str:
    found = re.findall(r"<tr\b.*?</tr>", body[0], flags=re.DOTALL)
    kept = "".join(found[:ROWS])
    return f"<tbody>{kept}</tbody>" + (" (more rows)" if len(found) > ROWS else "")


def _markdown(text: str) -> str:
    """Runs of table rows and of list entries are cut; the two lines above a table's rows are its head."""
    kept: list[str] = []
    run = 0
    for line in text.split("\n"):
        run = run + 1 if re.match(r"\||- |\d+\. | {4}", line) else 0
        if run <= ROWS + 2:
            kept.append(line.rstrip())
        elif run == ROWS + 3:
            kept.append("(more)")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() + "\n"


def _cut(value: object) -> object:
    if isinstance(value, dict):
        return {key: _cut(one) for key, one in value.items()}
    if isinstance(value, list):
        more = ["(more)"] if len(value) > ENTRIES else []
        return [*(_cut(one) for one in value[:ENTRIES]), *more]
    return round(value, 6) if isinstance(value, float) else value


def kept(site: Path) -> dict[str, str]:
    """Path → look of the files that are kept: all pages and two clients', page and Markdown."""
    paths = [*site.glob("*.html"), *site.glob("markdown/*.md"), *site.glob("report.json")]
    for folder in ("clients", "markdown/clients"):
        paths += sorted(site.glob(f"{folder}/*"))[:2]
    return {path.relative_to(site).as_posix(): look(path) for path in paths}


@pytest.mark.parametrize(("sample", "edition"), SITES)
def test_the_pages_look_as_they_did(sites, request, sample, edition):
    golden = GOLDEN / f"{sample}-{edition}"
    now = kept(sites(sample, edition))
    if request.config.getoption("--golden"):
        _write(golden, now)
    before = {
        path.relative_to(golden).as_posix(): path.read_text(encoding="utf-8")
        for path in golden.rglob("*")
        if path.is_file()
    }
    assert sorted(now) == sorted(before)
    for path, text in now.items():
        assert text == before[path], f"{path} looks different; `make golden` keeps the new look"


def _write(golden: Path, now: dict[str, str]) -> None:
    for path in [one for one in golden.rglob("*") if one.is_file()]:
        path.unlink()
    for path, text in now.items():
        (golden / path).parent.mkdir(parents=True, exist_ok=True)
        (golden / path).write_text(text, encoding="utf-8")


def test_no_golden_site_is_left_over():
    assert {path.name for path in GOLDEN.iterdir()} == {f"{s}-{e}" for s, e in SITES}


def test_a_changed_word_and_a_lost_page_are_seen(sites, tmp_path):
    site = sites("interior-designer", "owner")
    page = site / "boundaries.html"
    changed = tmp_path / "boundaries.html"
    text = page.read_text(encoding="utf-8")
    changed.write_text(text.replace("Who crosses a line", "One by one"), encoding="utf-8")
    assert look(changed) != look(page)
    spaced = text.replace("<tbody>", "\n\n  <tbody>").replace("</p>", "\n</p>")
    changed.write_text(spaced, encoding="utf-8")
    assert look(changed) == look(page)

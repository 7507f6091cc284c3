"""``make pictures``: every page in every look, and a page to flick through them by keyboard."""

from pathlib import Path

import pytest
from take_pictures import LOOKS, index, pages_of, take

PAGE = '<!doctype html><html lang="en"><title>T</title><body style="height: 2000px"><h1>A page</h1>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in ("404.html", "index.html", "actions.html", "clients/abbott.html", "data.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PAGE, encoding="utf-8")
    return folder


def test_the_letter_comes_first_and_the_clients_last(site):
    assert pages_of(site, ()) == ["index.html", "404.html", "actions.html", "clients/abbott.html"]
    assert pages_of(site, ("clients/*", "a*.html")) == ["actions.html", "clients/abbott.html"]


def test_no_name_ends_the_script():
    assert "</script><" not in index([("</script><b>", "index.html")])


@pytest.mark.browser
def test_each_page_is_taken_in_each_look_and_can_be_flicked_through(site, tmp_path, chromium):
    out = tmp_path / "out"
    assert take(chromium, {"one": site, "two": site}, out, ("index.html", "actions.html")) == 16
    taken = {path.relative_to(out).as_posix() for path in out.rglob("*.png")}
    assert taken == {
        f"{name}/{page}.{look.name}.png"
        for name in ("one", "two")
        for page in ("index", "actions")
        for look in LOOKS
    }
    window = chromium.new_page()
    window.goto((out / "index.html").as_uri())

    def shown() -> str:
        window.wait_for_function("document.getElementById('picture').naturalHeight >= 2000")
        return str(window.evaluate("document.getElementById('picture').getAttribute('src')"))

    assert shown() == "one/index.light.png"
    window.keyboard.press("ArrowRight")
    assert shown() == "one/actions.light.png"
    window.keyboard.press("ArrowDown")
    assert shown() == "one/actions.dark.png"
    for _ in range(2):
        window.keyboard.press("ArrowLeft")
    assert shown() == "two/actions.dark.png"
    window.close()

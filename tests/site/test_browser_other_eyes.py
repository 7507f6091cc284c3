"""The pages with colours of the reader's own, and for those whom movement makes unwell."""

import pytest
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    *("index", "matrix", "lifecycle", "trust", "boundaries", "touchpoints", "value", "retention"),
    "clients/haddad-family",
)
UNSEEN = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = "Canvas";
  const ground = getComputedStyle(probe).color;
  const none = [ground, "none", "transparent", "rgba(0, 0, 0, 0)"];
  const shows = colour => !none.includes(colour);
  function isSeen(mark, layer) {
    const style = getComputedStyle(mark, layer);
    const paints = mark instanceof SVGElement ? [style.fill, style.stroke]
      : [style.backgroundColor, parseFloat(style.borderTopWidth) ? style.borderTopColor : "none"];
    return paints.some(shows);
  }
  const marks = "main svg :is(path, circle, rect), .bar, .meter > *, .promises i";
  const meant = ".b-work, .hits *, defs *";  // bands behind, and places to touch
  const found = selector => Array.from(document.querySelectorAll(selector));
  return [
    ...found(marks).filter(one => !one.closest(meant) && !isSeen(one)),
    ...found(".dots a").filter(one => !isSeen(one, "::before")),
  ].filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 99));
}"""


def test_with_colours_of_ones_own_every_mark_is_seen(chromium: Browser, sites):
    context = chromium.new_context(forced_colors="active")
    page = context.new_page()
    for name in PAGES:
        page.goto((sites() / f"{name}.html").as_uri())
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert page.evaluate(UNSEEN) == [], name
        menu = page.locator(".pages [aria-current]")
        assert menu.evaluate("one => getComputedStyle(one).borderBottomStyle") == "solid"
    context.close()


@pytest.mark.parametrize(("wish", "way"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_where_that_is_not_wanted(chromium: Browser, sites, wish, way):
    context = chromium.new_context(reduced_motion=wish)
    page = context.new_page()
    page.goto((sites() / "index.html").as_uri())
    scrolls = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(scrolls) == way
    page.locator("main svg.matrix").first.hover()
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()

"""Every page has its place in the menu, its templates and its line in the table of sight."""

import importlib
import pkgutil

from reportgen.editions.policy import PAGES as SEEN
from reportgen.environments import templates_folder
from reportgen.model import Edition
from reportgen.site import pages
from reportgen.site.files import MENU, MOVED, menu_of, pages_of
from reportgen.site.page import Page

NO_PAGE_OF_THE_MENU = {
    "head",
    "list",
    "base",
    "parts",
    "pictures",
    "client",
    "moved",
    "public",
    "404",
    "locked",
    "single",
}
LANDINGS = {"business", "me"}
PAGES = tuple(page for entry in MENU for page in entry.pages)
PREVIEW = {"preview", "preview-banner"}


def declared() -> dict[str, Page]:
    """Module → the page that it declares."""
    names = [one.name for one in pkgutil.iter_modules(pages.__path__)]
    modules = {name: importlib.import_module(f"{pages.__name__}.{name}") for name in names}
    return {name: module.PAGE for name, module in modules.items() if hasattr(module, "PAGE")}


def test_every_module_with_a_page_has_its_place():
    assert {page.name for page in declared().values()} == {page.name for page in PAGES} - LANDINGS
    assert len(declared()) == 14
    assert {page.answer for page in declared().values()} <= {page.answer for page in PAGES}


def test_every_page_has_both_templates_and_every_template_its_page():
    def names(folder: str, suffix: str) -> set[str]:
        return {path.stem for path in (templates_folder() / folder).glob(f"*{suffix}")}

    of_pages = {page.name for page in PAGES}
    assert names("site", ".html") == of_pages | NO_PAGE_OF_THE_MENU | PREVIEW
    assert names("markdown", ".md") == of_pages | {"parts", "client", "list", "moved"}


def test_the_table_of_sight_names_no_page_that_is_not_there():
    assert set(SEEN) <= {page.sight or page.name for page in PAGES}


def test_no_two_pages_of_an_edition_go_to_one_file():
    for edition in Edition:
        names = [page.name for page in pages_of(edition)]
        assert len(names) == len(set(names)), edition


def test_the_menu_of_the_owner():
    assert {
        entry.title: [page.title for page in entry.pages] for entry in menu_of(Edition.OWNER)
    } == {
        "This month": ["This month"],
        "To do": ["To do"],
        "Clients": ["Clients"],
        "The business": [
            *("The business", "Staying or coming back", "Worth"),
            *("Where they come from", "Matrix", "Stages"),
        ],
        "Me": ["Me", "Trust", "Boundaries", "Time"],
        "Letters": ["Letters"],
        "How it is worked out": ["How it is worked out", "Data problems"],
    }


def test_the_menu_of_the_accountant_has_no_entry_without_a_page():
    assert [entry.title for entry in menu_of(Edition.ACCOUNTANT)] == [
        *("This month", "Clients", "The business", "How it is worked out"),
    ]


def test_an_old_address_leads_on_to_a_page_that_is_there():
    names = {page.name for page in PAGES}
    for old, page in MOVED.items():
        assert old not in names
        assert page.name in names

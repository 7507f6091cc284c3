"""What CONTRIBUTING.md and templates/README.md say of the house is true of it."""

import re
import shutil
from pathlib import Path

import pytest

from reportgen import environments
from reportgen.letters import library as letters
from reportgen.letters.safe import FROM_THE_OWNER, FROM_THE_WORKBOOK

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = re.findall(
    r"^### ([^\n]+): (\d) files?\n(.*?)(?=^###? |\Z)", GUIDE, re.DOTALL | re.MULTILINE
)


def exists(name: str) -> bool:
    """Whether a named file is there; where it has NAME in it, whether its folder is."""
    path = ROOT / name
    return path.parent.is_dir() if "NAME" in name else path.exists()


@pytest.mark.parametrize(("what", "files", "text"), RECIPES, ids=[what for what, _, _ in RECIPES])
def test_a_recipe_lists_as_many_files_as_it_says_and_all_are_there(what, files, text):
    steps = re.findall(r"^\d\. `([^`]+)`", text, re.MULTILINE)
    assert len(steps) == int(files)
    named = [*steps, *re.findall(r"`((?:reportgen|templates|tests)/[^`]+)`", text)]
    assert [name for name in named if not exists(name)] == []


def test_there_is_a_recipe_for_each_kind_of_change():
    kinds = {what.split()[1] for what, _, _ in RECIPES}
    assert kinds >= {"analysis", "figure", "page", "letter", "column", "setting", "kind"}


def test_every_file_of_the_walk_is_there():
    walk = GUIDE[GUIDE.index("## The walk") : GUIDE.index("## Recipes")]
    named = re.findall(r"`([a-z_/]+\.(?:py|html|md))`", walk)
    assert len(named) > 20
    missing = [
        name for name in named if not any((ROOT / at / name).exists() for at in ("", "reportgen"))
    ]
    assert missing == []


def test_every_folder_of_templates_is_described():
    text = (ROOT / "templates/README.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE))
    assert described == {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}


def test_every_value_of_a_letter_is_described():
    text = (ROOT / "templates/README.md").read_text(encoding="utf-8")
    described = re.findall(
        r"^\| `(\w+)` \| ([^|]+) \|$", text[text.index("<!-- values") :], re.MULTILINE
    )
    assert described == [*FROM_THE_WORKBOOK.items(), *FROM_THE_OWNER.items()]


def test_a_letter_is_one_file(tmp_path, monkeypatch):
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    monkeypatch.setattr(letters, "templates_folder", lambda: templates)
    assert environments.templates_folder() == ROOT / "templates"
    before = letters.library(None)
    (templates / "letters/spring-greeting.md").write_text(
        "---\ntitle: Spring greeting\nkind: growth\nwhen: In spring.\nadvice: Greet.\n"
        "subject: Spring is here\n---\nDear {{ name }},\n\nspring is here.\n\n{{ owner }}\n",
        encoding="utf-8",
    )
    after = letters.library(None)
    assert {one.name for one in after.all} - {one.name for one in before.all} == {"spring-greeting"}
    assert after.named("spring-greeting").title == "Spring greeting"

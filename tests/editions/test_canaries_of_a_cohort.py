"""The overview across owners, searched for every word of a workbook, whatever the edition of the sites."""

import shutil

import pytest
from canaries import AS_OF, settle, texts, token, tokens_in, tokens_of
from program import reportgen


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Five owners with the same workbook full of words found nowhere else, and one that is damaged."""
    home = settle(tmp_path_factory.mktemp("canaries"))
    workbook = next(home.glob("*.xlsx"))
    for number in range(5):
        shutil.copy(workbook, home / f"owner-{number}.xlsx")
    workbook.write_bytes(workbook.read_bytes()[:5_000])
    return home


def overview(home, out, edition):
    """The files of the overview, and what the command said."""
    ended = reportgen(
        *("cohort", home, "-o", out, "--edition", edition, "--as-of", AS_OF.isoformat()),
        *("--config", home / f"{token('config')}.toml"),
    )
    assert ended.returncode == 3
    assert "5 owners" in ended.stdout
    files = [*out.glob("*.*"), *(out / ".owners").iterdir(), *(out / "static").iterdir()]
    return {path.name: path.read_bytes() for path in files if path.is_file()}


@pytest.mark.parametrize("edition", ["coach", "owner"])
def test_the_overview_has_no_word_of_a_workbook(home, tmp_path, edition):
    """But the name of the file that could not be read: by it the coach finds it."""
    found = tokens_in(texts(overview(home, tmp_path / "out", edition)))
    named = tokens_in({"name": next(home.glob(f"{token('file')}*.xlsx")).name})
    assert set(found) == set(named)


def test_the_sites_of_the_owners_edition_have_them(home, tmp_path):
    """So the search above would find one."""
    overview(home, tmp_path / "out", "owner")
    page = tmp_path / "out" / "owner-0" / "index.html"
    assert set(tokens_in(texts({page.name: page.read_bytes()}))) & tokens_of({"client"})

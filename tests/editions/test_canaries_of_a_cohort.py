"""The overview across owners, searched for every word of a workbook, whatever the edition of the sites."""

import shutil
from functools import cache

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


@pytest.fixture(scope="module")
def made(home, tmp_path_factory):
    """Edition → the folder with the overview and the sites."""

    def run(edition):
        out = tmp_path_factory.mktemp("made") / "out"
        ended = reportgen(
            *("cohort", home, "-o", out, "--edition", edition, "--as-of", AS_OF.isoformat()),
            *("--config", home / f"{token('config')}.toml"),
        )
        assert ended.returncode == 3
        assert "5 owners" in ended.stdout
        return out

    return cache(run)


def files_of(out, *paths):
    """Path in the folder → bytes."""
    return {one.relative_to(out).as_posix(): one.read_bytes() for one in paths if one.is_file()}


def named(home):
    """The tokens in the name of the file that could not be read: by it the coach finds it."""
    return set(tokens_in({"name": next(home.glob(f"{token('file')}*.xlsx")).name}))


@pytest.mark.parametrize("edition", ["coach", "owner"])
def test_the_overview_has_no_word_of_a_workbook(home, made, edition):
    out = made(edition)
    of_overview = [*out.glob("*.*"), *(out / ".owners").iterdir(), *(out / "overview").rglob("*")]
    assert set(tokens_in(texts(files_of(out, *of_overview)))) == named(home)


def test_the_sites_of_the_coachs_edition_have_none(home, made):
    """Every file of the folder, its name too."""
    files = files_of(made("coach"), *made("coach").rglob("*"))
    assert any(path.startswith("owner-4/clients/") for path in files)
    assert set(tokens_in(texts(files))) == named(home)


def test_the_sites_of_the_owners_edition_have_them(made):
    """So the search above would find one."""
    page = made("owner") / "owner-0" / "index.html"
    assert set(tokens_in(texts(files_of(made("owner"), page)))) & tokens_of({"client"})

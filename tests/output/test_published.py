"""Which folders a web page may be published from, with the repositories and work trees of a real git."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from reportgen.output.published import published_because, refuse_published
from reportgen.problems import ReportError

NAMES = ("docs", "public", "gh-pages", "Docs", "PUBLIC", "GH-Pages")


def git(folder: Path, *arguments: object) -> None:
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *map(str, arguments)],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
    )


@pytest.fixture
def repository(tmp_path):
    """A repository on the branch main, with a commit."""
    root = tmp_path / "business"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    git(root, "commit", "-q", "--allow-empty", "-m", "Begin")
    return root


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_of_such_a_name(tmp_path, name):
    assert published_because(tmp_path / name) == f"it is, or stands in, a folder named {name}"


@pytest.mark.parametrize("name", ["site", "documents", "docs-of-mine", "publicity", "pages"])
def test_a_folder_of_another_name(tmp_path, name):
    assert published_because(tmp_path / name) is None


@pytest.mark.parametrize("way", ["docs/report", "x/Public/report/2026", "./docs/x", "../w/docs/x"])
def test_a_name_on_the_way_as_it_was_given(tmp_path, monkeypatch, way):
    (tmp_path / "w").mkdir()
    monkeypatch.chdir(tmp_path / "w")
    assert "stands in" in str(published_because(Path(way)))


def test_the_same_folder_given_in_full(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert published_because(tmp_path / "docs" / "report") is not None
    assert published_because(tmp_path / "reports" / "docs" / ".." / "site") is None


def test_what_the_way_only_passes_through(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert published_because(Path("docs/../site")) is None


def test_the_folder_one_stands_in(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    assert published_because(Path()) is not None
    assert (
        published_because(Path("site")) is None
    )  # no repository: nothing says that it is published


def test_names_above_count_only_inside_the_repository(tmp_path, repository, monkeypatch):
    assert published_because(repository / "docs" / "report") is not None
    assert published_because(repository / "reports" / "site") is None
    outside = tmp_path / "public" / "business"
    outside.mkdir(parents=True)
    assert published_because(outside / "site") is None
    git(outside, "init", "-q", "-b", "main")
    assert published_because(outside / "site") is None
    (repository / "docs" / "x").mkdir(parents=True)
    monkeypatch.chdir(repository / "docs" / "x")
    assert published_because(Path("site")) is not None


def test_a_link_to_such_a_folder_and_one_of_such_a_name(tmp_path, repository):
    (repository / "docs").mkdir()
    (tmp_path / "web").symlink_to(repository / "docs")
    assert published_because(tmp_path / "web") is not None
    assert published_because(tmp_path / "web" / "report") is not None
    (tmp_path / "docs").mkdir()
    (tmp_path / "mine").symlink_to(tmp_path / "docs")  # and no repository around it
    assert published_because(tmp_path / "mine") is not None
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "elsewhere")
    assert published_because(tmp_path / "public") is not None
    (tmp_path / "round").symlink_to(tmp_path / "round")
    assert published_because(tmp_path / "round") is None


def test_the_branch_gh_pages_and_no_other(repository):
    assert published_because(repository / "site") is None
    git(repository, "switch", "-q", "-c", "gh-pages-old")
    assert published_because(repository / "site") is None
    git(repository, "switch", "-q", "-c", "gh-pages")
    for folder in (repository, repository / "site", repository / "a" / "b"):
        assert published_because(folder) == "it stands on the branch gh-pages of a git repository"
    git(repository, "switch", "-q", "--detach")
    assert published_because(repository / "site") is None


def test_a_second_work_tree_on_the_branch_gh_pages(tmp_path, repository):
    git(repository, "worktree", "add", "-q", "-b", "gh-pages", tmp_path / "web")
    git(repository, "worktree", "add", "-q", "-b", "draft", tmp_path / "draft")
    assert (tmp_path / "web" / ".git").is_file()
    assert published_because(tmp_path / "web" / "site") is not None
    assert published_because(tmp_path / "draft" / "site") is None
    assert published_because(repository / "site") is None


def test_a_work_tree_that_says_relative_where_its_repository_is(tmp_path, repository):
    git(repository, "worktree", "add", "-q", "-b", "gh-pages", tmp_path / "web")
    to = os.path.relpath(repository / ".git" / "worktrees" / "web", tmp_path / "web")
    (tmp_path / "web" / ".git").write_text(f"gitdir: {to}\n")
    assert published_because(tmp_path / "web" / "site") is not None


@pytest.mark.parametrize("name", ["ana.github.io", "Ana.GitHub.io"])
def test_the_repository_that_github_publishes_whole(tmp_path, name):
    (tmp_path / name).mkdir()
    assert published_because(tmp_path / name / "site") is None
    git(tmp_path / name, "init", "-q", "-b", "main")
    for folder in (tmp_path / name, tmp_path / name / "site"):
        assert published_because(folder) == f"it stands in {name}, all of which GitHub publishes"
    (tmp_path / name / "mine").mkdir()
    git(tmp_path / name / "mine", "init", "-q", "-b", "main")
    assert published_because(tmp_path / name / "mine" / "site") is not None


def test_a_repository_inside_anothers_docs(repository):
    inside = repository / "docs" / "mine"
    inside.mkdir(parents=True)
    git(inside, "init", "-q", "-b", "main")
    assert published_because(inside / "site") == "it is, or stands in, a folder named docs"
    beside = repository / "reports" / "mine"
    beside.mkdir(parents=True)
    git(beside, "init", "-q", "-b", "main")
    assert published_because(beside / "site") is None
    git(repository, "switch", "-q", "-c", "gh-pages")
    assert published_because(beside / "site") is not None


@pytest.fixture
def reftable(repository, tmp_path, monkeypatch):
    """A repository whose HEAD says nothing, as with reftable, and a git that knows what is checked out.

    That git is the real one, which looks at the copy that still says it.
    """
    real = shutil.which("git")
    shutil.copytree(repository / ".git", tmp_path / "held")
    (repository / ".git" / "HEAD").write_text("ref: refs/heads/.invalid\n")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "git"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = "--git-dir={repository / ".git"}" ] || exit 3\nshift\n'
        f'exec "{real}" "--git-dir={tmp_path / "held"}" "$@"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    return repository


@pytest.mark.parametrize(
    ("head", "because"),
    [
        ("ref: refs/heads/main", None),
        ("ref: refs/heads/gh-pages-old", None),
        ("ref: refs/heads/gh-pages", "it stands on the branch gh-pages of a git repository"),
    ],
)
def test_where_the_branch_stands_in_a_reftable_git_is_asked(tmp_path, reftable, head, because):
    (tmp_path / "held" / "HEAD").write_text(head + "\n")
    assert published_because(reftable / "site") == because


def test_in_a_reftable_no_branch_is_not_the_branch_gh_pages(tmp_path, reftable):
    commit = (tmp_path / "held" / "refs" / "heads" / "main").read_text()
    (tmp_path / "held" / "HEAD").write_text(commit)
    assert published_because(reftable / "site") is None


@pytest.mark.parametrize("git", [None, "#!/bin/sh\necho fatal: unknown extension >&2\nexit 128\n"])
def test_a_branch_that_git_does_not_tell_may_be_gh_pages(tmp_path, reftable, monkeypatch, git):
    (tmp_path / "bin" / "git").unlink()
    if git:
        (tmp_path / "bin" / "git").write_text(git)
        (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert published_because(reftable / "site") == (
        f"git does not tell which branch of {reftable} it stands on"
    )


@pytest.mark.parametrize("content", [b"", b"gitdir: /nowhere\n", b"\xff\xfe", b"gitdir: \0\n"])
def test_what_calls_itself_a_repository_and_is_none(tmp_path, content):
    (tmp_path / ".git").write_bytes(content)
    assert published_because(tmp_path / "site") is None
    assert published_because(tmp_path / "docs" / "site") is not None


def test_asking_makes_nothing(tmp_path):
    published_because(tmp_path / "a" / "docs" / "b")
    assert below(tmp_path) == []


def test_the_refusal_names_the_folder_the_reason_and_what_else_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReportError) as refused:
        refuse_published(Path("docs/report"), "choose another folder.")
    assert str(refused.value) == (
        "docs/report may be published as a web page, because it is, or stands in, a folder named docs; "
        "choose another folder."
    )
    refuse_published(Path("site"), "choose another folder.")

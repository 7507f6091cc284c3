"""What is installed, and what the workflows run, is chosen here: each version, each file by its hash."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("bench", "build", "dev", "oldest", "run", "supply", "proof")
WORKFLOWS = sorted(
    [*(ROOT / ".github/workflows").glob("*.yml"), *(ROOT / "templates/scaffold").glob("*.yml")]
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]


def text_of(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")


def name_of(requirement: Requirement) -> str:
    return re.sub(r"[-_.]+", "-", requirement.name).lower()


def pins(lock: str) -> dict[str, set[str]]:
    """The versions of each package in a lock: several where they depend on the Python or the system."""
    found: dict[str, set[str]] = {}
    for line in re.findall(r"^(\S[^\\\n]*)", text_of(lock), re.MULTILINE):
        if not line.startswith("#"):
            requirement = Requirement(line.strip())
            (only,) = requirement.specifier
            assert only.operator == "=="
            found.setdefault(name_of(requirement), set()).add(only.version)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_each_package_of_a_lock_has_one_version_and_hashes(lock):
    text = re.sub(r"^#.*\n", "", text_of(lock), flags=re.MULTILINE)
    one = r"\S+==[^\\\n]+ \\\n(?:    --hash=sha256:[0-9a-f]{64} \\\n)*    --hash=sha256:[0-9a-f]{64}\n"
    assert re.fullmatch(f"(?:{one})+", text)


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("run", NEEDED),
        ("dev", NEEDED + EXTRAS["dev"]),
        ("bench", NEEDED + EXTRAS["bench"]),
        ("build", GROUPS["build"] + PROJECT["build-system"]["requires"]),
        ("supply", GROUPS["supply"]),
        ("proof", GROUPS["proof"]),
        ("oldest", NEEDED + GROUPS["oldest"]),
    ],
)
def test_a_lock_has_what_pyproject_asks_for(lock, wanted):
    locked = pins(lock)
    for asked in map(Requirement, wanted):
        versions = locked[name_of(asked)]
        assert [version for version in versions if not asked.specifier.contains(version)] == []


@pytest.mark.parametrize("lock", ["build", "run", "bench"])
def test_what_two_locks_have_in_common_is_the_same(lock):
    developed = pins("dev")
    common = {name: versions for name, versions in pins(lock).items() if name in developed}
    assert common
    assert common == {name: developed[name] for name in common}


@pytest.mark.parametrize("asked", [*map(Requirement, NEEDED)], ids=name_of)
def test_the_oldest_version_that_we_allow_is_the_one_that_is_tested(asked):
    (least,) = (each.version for each in asked.specifier if each.operator == ">=")
    (tested,) = pins("oldest")[name_of(asked)]
    trimmed = re.compile(r"(\.0|\.post\d+)+$")
    assert trimmed.sub("", tested) == trimmed.sub("", least)


def test_make_installs_nothing_that_is_not_locked():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r".*pip install.*", makefile)
    assert len(installs) == 2
    assert all("--no-build-isolation" in line and "--no-deps" in line for line in installs)
    assert ["--require-hashes" in line or line.endswith(" -e .") for line in installs] == [True] * 2


def test_a_workflow_names_each_action_by_its_commit():
    """A tag can be moved to another commit; the version stands beside it for who updates it."""
    assert [path.name for path in WORKFLOWS] == ["demo.yml", "pages.yml"]
    for path in WORKFLOWS:
        actions = re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))
        assert actions
        for action in actions:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)

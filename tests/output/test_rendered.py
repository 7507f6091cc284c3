"""Pages on two processors: all of them, the same, and whatever becomes of the second process."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.output.ours import digest
from reportgen.output.rendered import write_rendered

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="it forks on Linux alone"
)

NUMBER = 700
"""Pages: more than there are tickets."""
FURTHER = 40
"""Pages of which the first process learns later."""
CODE = """
import os, sys, time
from dataclasses import dataclass
from pathlib import Path
from reportgen.output.rendered import write_rendered

FIRST = os.getpid()

def page(number):
    time.sleep(0.0005)
    {then}
    return str(number)

@dataclass
class Page:
    path: str
    number: int
    def render(self):
        return page(self.number)

pages = [Page(f"clients/{number}.html", number) for number in range(int(sys.argv[2]))]
heard = []
late = pages[:int(sys.argv[3])]

def further():
    {asked}
    return late

told = lambda *done: heard.append(done)
print(write_rendered(Path(sys.argv[1]), pages[len(late):], further, told, 2))
print(len(heard) > 1)
"""


@dataclass
class Page:
    """A page whose content is its number."""

    path: str
    number: int

    def render(self) -> str:
        return str(self.number)


def in_two(staging: Path, then: str = "", asked: str = "") -> subprocess.CompletedProcess[str]:
    """Write all pages in a process that may fork; ``then`` is what happens in each page.

    ``asked`` is what happens when the further pages are asked for.
    """
    staging.mkdir()
    return subprocess.run(
        [
            sys.executable,
            "-c",
            CODE.replace("{then}", then or "pass").replace("{asked}", asked or "pass"),
            str(staging),
            str(NUMBER),
            str(FURTHER),
        ],
        capture_output=True,
        text=True,
        check=False,
    )


def alone(staging: Path) -> str:
    """The digest of the same pages, written by one process."""
    staging.mkdir()
    pages = [Page(f"clients/{number}.html", number) for number in range(NUMBER)]
    return write_rendered(staging, pages, tuple, lambda *_: None)


@pytest.mark.parametrize(
    "then",
    [
        "Path(sys.argv[1] + f'.{os.getpid()}').touch()",
        "if os.getpid() != FIRST: os.kill(os.getpid(), 9)",
        "if os.getpid() != FIRST and number == 350: raise MemoryError",
        "if os.getpid() != FIRST and number > 10: raise OSError(28, 'full')",
    ],
    ids=["both", "killed", "out of memory", "disk full"],
)
def test_two_write_what_one_writes(tmp_path, then):
    done = in_two(tmp_path / "two", then)
    assert done.stdout.splitlines() == [alone(tmp_path / "one"), "True"], done.stderr
    assert digest(tmp_path / "two") == digest(tmp_path / "one")
    if "touch" in then:
        assert len(list(tmp_path.glob("two.*"))) == 2


def test_what_stands_in_the_way_of_both_is_told(tmp_path):
    done = in_two(tmp_path / "two", "if number == 699: raise KeyError(number)")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "KeyError: 699")


def test_what_stands_in_the_way_of_the_further_pages_ends_both(tmp_path):
    """The pipe on which both could speak closes when both are gone: that is long before a minute."""
    done = in_two(tmp_path / "two", "os.getpid() == FIRST or time.sleep(60)", "1 / 0")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "ZeroDivisionError: division by zero"


def test_the_second_process_ends_with_the_first(tmp_path):
    """The pipe on which both could speak closes when both are gone: that is long before a minute."""
    then = "if number > 300: os.kill(FIRST, 9) if os.getpid() == FIRST else time.sleep(60)"
    done = in_two(tmp_path / "two", then)
    assert done.returncode == -9

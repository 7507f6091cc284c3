"""Ends a build by kill −9: at a given call that changes a file, or at a given moment.

    python tests/killing.py HOW_MANY

tries so many places of the swap, with an exchange in one step and with two renames, and prints a line of
JSON for each; then one with the exit codes of builds that begin two at a time. The process that forks is
this one, with no threads of anybody else.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from unittest.mock import patch

from faults import AS_OF, Home, Met, Tree, changes, tree
from program import PROGRAM, started, walking_here

from reportgen.cli import commands
from reportgen.output import folder

SITE, ASIDE = "site", ".site.reportgen-old"


@dataclass(frozen=True, slots=True)
class Kill:
    """Where a build was killed, and what stood then."""

    where: str
    """The call that was not done any more; empty where the build had come to its end."""
    stood: str
    """Of the site: old, new, or aside where it waits under its other name."""
    left: int
    """Names that the killed build left beside it."""


def forked(run: Callable[[], int]) -> int:
    """The number of a process that runs this and ends with the exit code that comes back."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        code = run()
    finally:
        os._exit(code)


def killed(number: int, run: Callable[[Met], int]) -> str:
    """Kill a process that runs this before the call of this number (from 1), a write in its middle.

    Returns the call; empty where it had come to its end.
    """
    reading, writing = os.pipe()
    calls = 0

    def met(name: str, path: str) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            os.write(writing, f"{name} {path}".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    child = forked(lambda: run(met))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        where = said.read()
    assert os.waitpid(child, 0)[1] == (signal.SIGKILL if where else 0)
    return where


class Killing:
    """A home with a site in it, over which builds are begun and killed."""

    def __init__(self, top: Path, clients: int, alone: bool) -> None:
        self.home = Home(top, clients)
        self._alone = alone
        """Whether the whole walk goes on in the process that is killed."""
        self._versions: list[Tree] = []
        for number in (1, 0):
            if alone:  # here: each fork then has what this process has imported and compiled
                assert self.home.run("build", *self._asked(number)) == 0
            else:
                self._finished("build", *self._asked(number))
            self._versions.insert(0, tree(top / SITE))
        self.standing = 0

    def _asked(self, number: int) -> list[str]:
        return [str(self.home.books[number]), "-o", SITE, *AS_OF, "--quiet"]

    def _finished(self, *arguments: str) -> None:
        """Run the program to its end, as an owner does."""
        done = started(*arguments, cwd=self.home.top)
        assert done.returncode == 0, done.stderr

    def calls(self, one_step: bool) -> list[str]:
        """What a build over the standing site changes, call by call, in the process that is killed."""
        reading, writing = os.pipe()

        def met(name: str, path: str) -> None:
            os.write(writing, f"{name} {path}\n".encode())

        child = self._forked(["build", *self._asked(1 - self.standing)], met, one_step)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as said:
            met_then = said.read().splitlines()
        assert os.waitpid(child, 0)[1] == 0
        self._look("")
        return met_then

    def placed(self, number: int, one_step: bool) -> Kill:
        """Kill a build before the call of this number (from 1), a write in its middle."""
        arguments = ["build", *self._asked(1 - self.standing)]
        return self._look(killed(number, lambda met: self._run(arguments, met, one_step)))

    def timed(self, seconds: float, whole_group: bool) -> Kill:
        """Kill a build after so many seconds: its parent, or every process of it at once."""
        build = subprocess.Popen(
            [*PROGRAM, "build", *self._asked(1 - self.standing)],
            cwd=self.home.top,
            start_new_session=True,
        )
        time.sleep(seconds)
        where = "" if build.poll() is not None else f"after {seconds:.2f} s"
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if whole_group else os.kill)(build.pid, signal.SIGKILL)
        build.wait()
        return self._look(where)

    def two_at_once(self) -> list[int]:
        """The exit codes of two builds of different workbooks that begin together, where no site stands."""
        shutil.rmtree(self.home.top / SITE)
        both = [
            self._forked(["build", *self._asked(number)], lambda *_: None, one_step=True)
            for number in (0, 1)
        ]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in both]
        self._look("")
        return codes

    def _forked(self, arguments: Sequence[str], met: Met, one_step: bool) -> int:
        """The number of a process that runs the program, each change of a file met first."""
        return forked(lambda: self._run(arguments, met, one_step))

    def _run(self, arguments: Sequence[str], met: Met, one_step: bool) -> int:
        """Run the program in this process, which is forked for it; returns the exit code."""
        with contextlib.ExitStack() as patches:
            os.chdir(self.home.top)
            patches.enter_context(patch.object(sys, "argv", ["reportgen", *arguments]))
            if self._alone:
                patches.enter_context(walking_here())
            if not one_step:
                patches.enter_context(patch.object(folder, "_exchange", lambda *_: False))
            patches.enter_context(changes(self.home.top, met))
            try:
                commands.main()
            except SystemExit as end:
                return int(str(end.code))
        raise AssertionError

    def _look(self, where: str) -> Kill:
        """What stands now; and after the next run, which is no build, the same and nothing else."""
        top = self.home.top
        left = len([path for path in top.iterdir() if path.name.startswith(".")])
        aside = not (top / SITE).exists()
        found = tree(top / (ASIDE if aside else SITE))
        assert found in self._versions, f"no whole site: killed at {where!r}"
        before, self.standing = self.standing, self._versions.index(found)
        stood = "aside" if aside else "old" if self.standing == before else "new"
        if self._alone:
            self.home.swept()
        else:
            self._finished("check", str(self.home.books[0]))
        self.home.is_tidy(SITE)
        assert tree(top / SITE) == found, f"not put back: killed at {where!r}"
        return Kill(where, stood, left)


def spread(killing: Killing, one_step: bool, how_many: int) -> list[Kill]:
    """Kills at so many calls of a build, spread over all of them, every one of the swap included."""
    calls = killing.calls(one_step)
    swap = [
        number
        for number, call in enumerate(calls, start=1)
        if call.startswith(("exchange", "rename")) or call.endswith(".reportgen-new")
    ]
    # The calls right after those of the swap: what is done is done, and nothing more.
    placed = {number for one in swap for number in (one, one + 1) if number <= len(calls)}
    others = [number for number in range(1, len(calls) + 1) if number not in placed]
    more = min(len(others), max(0, how_many - len(placed)))
    chosen = sorted([*placed, *(others[at * len(others) // more] for at in range(more))])
    return [killing.placed(number, one_step) for number in chosen]


def main() -> None:
    """Kill so many builds in both ways and print what stood."""
    with tempfile.TemporaryDirectory() as place:
        top = Path(place).resolve()
        os.environ["TMPDIR"] = tempfile.tempdir = place
        for one_step in (True, False):
            killing = Killing(top / f"exchange {one_step}", clients=2, alone=True)
            for kill in spread(killing, one_step, int(sys.argv[1])):
                print(json.dumps(asdict(kill) | {"one_step": one_step}), flush=True)  # noqa: T201
            print(json.dumps([killing.two_at_once() for _ in range(4)]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()

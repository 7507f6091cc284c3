"""The bar on the terminal: only where there is one, and only for a walk that takes its time."""

import os
import pty
import sys

import pytest

from reportgen.cli import progress as shown_by

AT_ONCE, NEVER = -1.0, 1e9


def shown(monkeypatch, after, *, quiet=False):
    """What a terminal gets while a walk tells two steps, its bar due after so many seconds."""
    reading, terminal = pty.openpty()
    monkeypatch.setattr(shown_by, "_BAR_AFTER_SECONDS", after)
    with open(terminal, "w", encoding="utf-8") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        with shown_by.progress(quiet) as told:
            told("Reading", 1, 4)
            told("Writing", 0, 0)
        print("the end", file=stderr, flush=True)
        got = b""
        while b"the end" not in got:
            got += os.read(reading, 10_000)
    os.close(reading)
    return got.decode().removesuffix("the end\r\n")


def test_a_long_walk_says_its_step_and_leaves_nothing(monkeypatch):
    """The line is erased at the end: moved up to and cleared."""
    said = shown(monkeypatch, AT_ONCE)
    assert "Writing" in said
    assert said.endswith("\x1b[2K")


@pytest.mark.parametrize(("after", "quiet"), [(NEVER, False), (AT_ONCE, True)])
def test_a_short_walk_and_a_quiet_one_say_nothing(monkeypatch, after, quiet):
    assert shown(monkeypatch, after, quiet=quiet) == ""


def test_without_a_terminal_nothing_is_said(monkeypatch, capsys):
    monkeypatch.setattr(shown_by, "_BAR_AFTER_SECONDS", AT_ONCE)
    with shown_by.progress(False) as told:
        told("Reading", 1, 4)
    assert capsys.readouterr() == ("", "")

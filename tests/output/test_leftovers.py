"""What killed runs left goes with the next run of anything; what is in use, or not ours, stays."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from program import PROGRAM, started

from reportgen.output.leftovers import sweep, temporary
from reportgen.output.ours import MANIFEST

HOLDS = """
import sys, time
from pathlib import Path
{what}
    print(place, flush=True)
    time.sleep(60)
"""
SITE = HOLDS.replace(
    "{what}",
    "from reportgen.output.folder import staged\n"
    "with staged(Path('site'), Path('clients.csv')) as place:",
)
FILE = HOLDS.replace(
    "{what}",
    "from reportgen.output.file import staged_file\n"
    "with staged_file(Path('marked.xlsx')) as place:\n    place.write_text('half')",
)
TEMPORARY = HOLDS.replace(
    "{what}",
    "from reportgen.output.leftovers import temporary\nwith temporary() as place:\n"
    "    (place / 'a').mkdir()",
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with a workbook, and one for temporary files."""
    (tmp_path / "home").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "home" / "clients.csv").write_text("Date,Client,Activity\n2026-09-01,Acme,Call\n")
    return tmp_path / "home"


def everything(home: Path) -> list[str]:
    return sorted(path.name for place in (home, home.parent / "tmp") for path in place.iterdir())


@pytest.mark.parametrize("code", [SITE, FILE, TEMPORARY], ids=["a site", "a file", "temporary"])
def test_what_a_killed_run_left_goes_with_the_next_run_of_anything(home, code):
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=home, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        run.stdout.readline()
        during = everything(home)
        assert len(during) == 2
        sweep([home])
        assert everything(home) == during  # it is in use
        run.kill()
    assert everything(home) == during
    sweep([home])
    assert everything(home) == ["clients.csv"]


def test_a_check_sweeps_beside_the_workbook_and_where_it_is_run(home):
    for place in (home, home.parent):
        left = place / ".site.reportgen-new"
        left.mkdir()
        (left / MANIFEST).write_text('{"made_by": "reportgen", "files": []}')
    assert started("check", home / "clients.csv", cwd=home.parent).returncode == 0
    assert everything(home) == ["clients.csv"]
    assert not (home.parent / ".site.reportgen-new").exists()


@pytest.mark.parametrize("name", ["reportgen-mine", "other-thing"])
def test_a_temporary_folder_that_is_not_ours_stays(home, name):
    (home.parent / "tmp" / name).mkdir()
    (home.parent / "tmp" / name / "hers.txt").write_text("hers")
    sweep([home])
    assert everything(home) == sorted(["clients.csv", name])


def test_a_link_in_the_folder_for_temporary_files_is_not_followed(home):
    target = home / "kept"
    target.mkdir()
    (target / MANIFEST).write_text('{"made_by": "reportgen", "files": []}')
    (home.parent / "tmp" / "reportgen-x").symlink_to(target)
    sweep([])
    assert (target / MANIFEST).exists()


def test_a_folder_for_temporary_files_is_the_owners_alone_and_goes(home):
    with temporary() as place:
        assert place.stat().st_mode & 0o777 == 0o700
    assert everything(home) == ["clients.csv"]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_of_a_preview_that_is_ended_while_it_builds(home, sent):
    os.mkfifo(home / "waits.csv")  # nobody writes into it: the build goes on until it is stopped
    # In the background of a shell, or under nohup, the program would pass over them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with subprocess.Popen(
        [*PROGRAM, "serve", "waits.csv"],
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        for _ in range(400):
            if len(everything(home)) == 3:
                break
            time.sleep(0.05)
        assert len(everything(home)) == 3
        time.sleep(0.3)
        run.send_signal(sent)
        run.communicate(timeout=60)
    assert everything(home) == ["clients.csv", "waits.csv"]

"""The parent of the walk: what it says when the worker answers, fails, dies or never ends."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from reportgen.forms.form import Form
from reportgen.problem_groups import summary
from reportgen.problems import Cell, Lost, Problem, ReportError
from reportgen.run import start, supervise
from reportgen.run.job import Answer, Job, Limits, Walk
from reportgen.run.pipe import answer_from, job_from, packed_answer, packed_job
from reportgen.run.supervise import run
from reportgen.run.worker import last_words

JOB = Job(Walk.CHECK, Path("folder/clients.xlsx"))


def untold(step: str, done: int, of: int) -> None:
    pass


@pytest.fixture
def worker(monkeypatch):
    """Makes ``run`` start a worker of the test's own code."""

    def of(code: str) -> None:
        whole = "import json, os, signal, sys, time\nsys.stdin.readline()\n" + code
        monkeypatch.setattr(start, "command", lambda *_: [sys.executable, "-c", whole])

    return of


def test_an_answer_arrives_whole(worker):
    answer = {
        "answer": {
            "each": [[["Sales", 7, 3], "“twelve”", "an amount, for example 12", "12", "cell", 1]],
            "cells": 40,
            "notes": ["without its charts"],
        }
    }
    worker(f"print({json.dumps(answer)!r}, flush=True)")
    found = run(JOB, untold)
    assert found.each == (
        Problem(Cell("Sales", 7, 3), "“twelve”", "an amount, for example 12", "12"),
    )
    assert (found.cells, found.notes) == (40, ("without its charts",))


def test_steps_are_passed_on_in_order(worker):
    worker(
        "for n in range(3): print(json.dumps({'step': ['Writing', n, 3]}), flush=True)\n"
        "print('{\"answer\": {}}', flush=True)"
    )
    seen = []
    run(JOB, lambda *step: seen.append(step))
    assert [step for step in dict.fromkeys(seen) if step[0] == "Writing"] == [
        ("Writing", 0, 3),
        ("Writing", 1, 3),
        ("Writing", 2, 3),
    ]


def test_its_sentence_is_ours(worker):
    worker('print(\'{"error": "There is no such file."}\', flush=True)')
    with pytest.raises(ReportError, match=r"^There is no such file\.$"):
        run(JOB, untold)


def test_what_it_could_not_write_is_an_oserror(worker):
    worker(f'print(\'{{"unwritten": [{errno.ENOSPC}, "full"]}}\', flush=True)')
    with pytest.raises(OSError, match="full") as caught:
        run(JOB, untold)
    assert caught.value.errno == errno.ENOSPC


@pytest.mark.parametrize(
    "death",
    [
        "os.kill(os.getpid(), signal.SIGABRT)",
        "os.kill(os.getpid(), signal.SIGKILL)",
        "os._exit(0)",
        "sys.stdout.write('{\"answer\": '); sys.stdout.flush(); os._exit(1)",
        "print('{\"died\": true}', flush=True)",
    ],
)
def test_its_death_is_one_sentence(worker, death):
    worker('print(\'{"step": ["Reading the workbook", 0, 0]}\', flush=True)\n' + death)
    with pytest.raises(ReportError) as caught:
        run(JOB, untold)
    sentence = str(caught.value)
    assert sentence.startswith("clients.xlsx could not be finished (reading the workbook needed")
    assert "\n" not in sentence


def test_one_that_never_ends_is_ended(worker, tmp_path):
    mark = tmp_path / "pid"
    worker(f"open({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)")
    begun = time.monotonic()
    with pytest.raises(ReportError, match="given up after 1 seconds"):
        run(JOB, untold, Limits(seconds=1))
    assert time.monotonic() - begun < 20
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


def test_a_fault_of_ours_names_its_place_and_not_its_words(monkeypatch):
    def broken(*_: object) -> None:
        raise KeyError("Harbour & Finch")

    monkeypatch.setattr("reportgen.run.walks.check", broken)
    said = last_words(JOB, lambda **_: None)
    assert set(said) == {"fault"}
    assert said["fault"].startswith("KeyError, test_supervise.py:")
    assert "Harbour" not in said["fault"]


def test_a_job_arrives_as_it_was_sent():
    whole = Job(
        walk=Walk.BUILD,
        workbook=Path("folder/žena \udcff.xlsx"),
        config=Path("reportgen.toml"),
        as_of=date(2026, 10, 31),
        out=Path("site"),
        edition="coach",
        form=Form.LOCKED,
        passphrases=("six random words", "six others"),
        appendix=True,
        all_pages=True,
        client="Harbour & Finch",
        figure="trust",
    )
    for job in (whole, JOB):
        found = job_from(json.loads(json.dumps(packed_job(job))))
        assert found == job
        assert (type(found.walk), type(found.form)) == (Walk, Form)


PROBLEM = Problem(Cell("Sales", 7, 3), "“twelve”", "an amount", None, Lost.ROW)


def test_an_answer_arrives_as_it_was_sent():
    whole = Answer(
        problems=summary((PROBLEM,)),
        each=(PROBLEM,),
        unread=("sheet “Ideas”",),
        remarks=("1 row is a plan.",),
        cells=40,
        as_of=date(2026, 10, 31),
        clients=3,
        text="because",
        notes=("One is broken.",),
        letters=3,
        unfinished=1,
    )
    for answer in (whole, Answer()):
        assert answer_from(json.loads(json.dumps(packed_answer(answer)))) == answer


def test_the_client_and_the_figure_asked_for_are_explained(monkeypatch, tmp_path):
    book = tmp_path / "touchpoints.csv"
    book.write_text("Date,Client\n2026-10-01,Acme\n")
    asked = []

    def explained(_report, client, figure):
        asked.append((client, figure))
        return "because"

    monkeypatch.setattr("reportgen.figures.explain.explain", explained)
    for figure in ("trust", None):
        job = Job(Walk.EXPLAIN, book, client="Acme", figure=figure)
        assert last_words(job, lambda **_: None)["answer"]["text"] == "because"
    assert asked == [("Acme", "trust"), ("Acme", None)]


def test_letters_are_counted_and_their_notes_passed_on(monkeypatch):
    written = Answer(as_of=date(2026, 10, 31), letters=3, unfinished=1, notes=("One is broken.",))
    monkeypatch.setattr("reportgen.run.walks.write_letters", lambda *_: written)
    job = Job(Walk.LETTERS, Path("a.csv"), out=Path("due"))
    said = json.loads(json.dumps(last_words(job, lambda **_: None)))
    assert supervise.answered(said, job, "Writing the letters") == written


def test_a_panic_of_a_reader_is_a_death(monkeypatch):
    class PanicException(BaseException):
        pass

    def panics(*_: object) -> None:
        raise PanicException

    monkeypatch.setattr("reportgen.run.walks.check", panics)
    assert last_words(JOB, lambda **_: None) == {"died": True}


def test_memory_is_limited_where_the_system_can():
    """An ask for 8 GiB of address space fails under the default limit of 4."""
    code = (
        "import mmap; from reportgen.run.job import LIMITS; from reportgen.run.worker import limit_memory\n"
        "mmap.mmap(-1, 2**33).close()\n"
        "limit_memory(LIMITS.memory_bytes)\n"
        "try: mmap.mmap(-1, 2**33)\n"
        "except OSError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"


def test_the_worker_goes_with_its_parent(tmp_path):
    """Its standard input closes when the parent is killed: it may not go on writing."""
    os.mkfifo(tmp_path / "touchpoints.csv")  # reading it waits until someone writes: never
    code = (
        "import pathlib\n"
        "from reportgen.run import supervise\n"
        "real = supervise.start\n"
        "def started(*a):\n"
        "    worker = real(*a); print(worker.pid, flush=True); return worker\n"
        "supervise.start = started\n"
        f"book = pathlib.Path({str(tmp_path / 'touchpoints.csv')!r})\n"
        "supervise.run(supervise.Job('check', book), print)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        time.sleep(1)
        parent.send_signal(signal.SIGKILL)
    for _ in range(100):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            break
        if _zombie(worker):
            break
        time.sleep(0.1)
    else:
        pytest.fail("the worker is still at work")


def _zombie(pid: int) -> bool:
    """Whether it has ended, and only waits for somebody to ask how."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False

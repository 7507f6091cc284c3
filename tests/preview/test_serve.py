"""The preview as an owner has it: the program runs, she saves, the pages follow; Ctrl-C ends it."""

import http.client
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import openpyxl
import pytest
from program import ALONE, PROGRAM

from reportgen.preview.loopback import USUAL_PORT

PATIENCE = 120.0
"""Seconds to wait for what takes three on a machine with nothing else to do."""
DAMAGED = "clients.xlsx could not be read: it seems damaged"


class Run:
    """A running ``reportgen serve``: what it has said, and what a browser is given."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.port = 0

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def line(self, words: str) -> str:
        """The next line that has the words; the lines before it are passed over, and kept in ``said``."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"nothing of {words!r} among {self.said}") from None
            self.said.append(line)
            if found := re.match(r"http://127\.0\.0\.1:(\d+)/ shows ", line):
                self.port = int(found[1])
            if words in line:
                return line

    def get(self, path: str = "/") -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    @contextmanager
    def news(self) -> Iterator[Callable[[], str]]:
        """Gives the next mark that a waiting browser hears; the first is that of now."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with closing(connection):
            connection.request("GET", "/_preview/events")
            answer = connection.getresponse()
            heard = ""

            def following() -> str:
                nonlocal heard
                until = time.monotonic() + PATIENCE
                while True:
                    assert time.monotonic() < until, (
                        "the preview says that it is there, and no more"
                    )
                    line = answer.readline().decode()
                    assert line, "the preview has ended"
                    mark = line.strip().removeprefix("data: ")
                    if line.startswith("data: ") and mark != heard:
                        heard = mark
                        return mark

            yield following
            answer.close()

    @property
    def said_anywhere(self) -> list[str]:
        """What it says on every machine: another program may have the usual port, or not."""
        return [line for line in self.said if not line.startswith("The usual port")]

    def end(self, sent: signal.Signals = signal.SIGINT) -> float:
        """The seconds that it took to end, as Ctrl-C in a terminal makes it."""
        begun = time.monotonic()
        os.killpg(self.process.pid, sent)
        self.process.wait(PATIENCE)
        took = time.monotonic() - begun
        self._listener.join(PATIENCE)
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return took


@pytest.fixture
def temporary(tmp_path) -> Path:
    """The system's folder for temporary files, as the program sees it."""
    folder: Path = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def serving(tmp_path, temporary) -> Iterator[Callable[..., Run]]:
    """Starts ``reportgen serve`` in the folder ``mine`` and ends it, with all that it started."""
    (tmp_path / "mine").mkdir()
    runs = []
    # Tests that were begun with nohup would else start programs that outlive their terminal.
    hang_up = signal.signal(signal.SIGHUP, signal.SIG_DFL)

    def start(*arguments: object, program: Sequence[str] = PROGRAM, **environment: str) -> Run:
        process = subprocess.Popen(
            [*program, "serve", *map(str, arguments)],
            cwd=tmp_path / "mine",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "TMPDIR": str(temporary), **environment},
            start_new_session=True,
        )
        runs.append(Run(process))
        return runs[-1]

    yield start
    for run in runs:
        if run.process.poll() is None:
            run.process.kill()
        run.process.wait()
        run._listener.join()
        assert run.process.stdout is not None
        run.process.stdout.close()
    signal.signal(signal.SIGHUP, hang_up)


@pytest.fixture
def mine(tmp_path) -> Path:
    return tmp_path / "mine"


def csv(*clients: str) -> str:
    return "Date,Client\n" + "".join(f"2026-10-01,{client}\n" for client in clients)


def workbook(path: Path, *clients: str) -> bytes:
    """An .xlsx of one touchpoint a client."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Touchpoints"
    for row in (["Date", "Client"], *(["2026-10-01", client] for client in clients)):
        sheet.append(row)
    book.save(path)
    return path.read_bytes()


# The program -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_pages_follow_every_save(serving, mine):
    book = mine / "clients.xlsx"
    workbook(book, "Acme")
    config = mine / "reportgen.toml"
    config.write_text("")
    run = serving(book.name, "--as-of", "2026-10-31", "--config", config.name, program=ALONE)
    line = run.line(" shows ")
    assert line.endswith(" shows 1 client as of 31 October 2026; every cell could be used.")
    assert "Ctrl-C" in run.line("made anew")
    assert run.get()[0] == 200
    assert run.get("/clients/bell.html")[0] == 404

    with run.news() as following:
        first = following()
        assert f'data-mark="{first}"' in run.get()[1]

        workbook(mine / "4F2A1000", "Acme", "Bell")  # as Excel saves
        (mine / "4F2A1000").replace(book)
        run.line("clients.xlsx has changed; the pages are new: every cell could be used.")
        second = following()
        assert second != first
        status, page = run.get("/clients/bell.html")
        assert (status, f'data-mark="{second}"' in page) == (200, True)

        # Lock files and other files, then a save in place: one more build, of that alone.
        for name in ("~$clients.xlsx", ".~lock.clients.xlsx#", "other.xlsx", "notes.txt"):
            (mine / name).write_text("new")
        workbook(book, "Acme", "Bell", "Cole")
        run.line("clients.xlsx has changed; ")
        assert run.get("/clients/cole.html")[0] == 200
        assert following() not in {first, second}

        config.write_text('[settings]\nbusiness_name = "Thistle & Loom"\n')
        run.line("reportgen.toml has changed; the pages are new: ")
        assert "Thistle &amp; Loom" in run.get()[1]

        os.utime(book, (1, 1))
        run.line("clients.xlsx has changed; the pages are as they were: ")

        workbook(book, "Acme")
        run.line("clients.xlsx has changed; the pages are new: ")
        assert run.get("/clients/bell.html")[0] == 404

    run.end()
    changed = [line.partition(";")[0] for line in run.said if "has changed" in line]
    assert changed == [
        *("clients.xlsx has changed", "clients.xlsx has changed", "reportgen.toml has changed"),
        *("clients.xlsx has changed", "clients.xlsx has changed"),
    ]
    assert not any("have changed" in line for line in run.said)


@pytest.mark.slow
def test_a_folder_may_be_polled(serving, mine):
    """Some folders on a network tell of nothing; the library can be told to ask."""
    (mine / "Touchpoints.csv").write_text(csv("Acme"))
    polled = {"WATCHFILES_FORCE_POLLING": "true"}
    run = serving("Touchpoints.csv", "--as-of", "2026-10-31", program=ALONE, **polled)
    run.line("made anew")
    (mine / "other.xlsx").write_text("new")
    (mine / "Touchpoints.csv").write_text(csv("Acme", "Bell"))
    run.line("Touchpoints.csv has changed; the pages are new: ")


@pytest.mark.slow
def test_while_the_workbook_cannot_be_used_the_last_good_pages_say_why(serving, mine):
    book = mine / "clients.xlsx"
    whole = workbook(book, "Acme")
    run = serving(book.name, "--as-of", "2026-10-31")
    run.line(" shows ")
    with run.news() as following:
        good = following()

        book.write_bytes(whole[: len(whole) // 2])
        assert run.line(DAMAGED).endswith(" The pages stay as they were.")
        bad = following()
        assert bad != good
        for path in ("/", "/clients/acme.html"):
            status, page = run.get(path)
            assert status == 200
            assert DAMAGED in page
            assert "Acme" in page

        book.unlink()
        run.line("clients.xlsx is not there")
        assert following() not in {good, bad}
        assert "clients.xlsx is not there" in run.get()[1]

        book.write_bytes(whole)
        run.line("the pages are as they were: every cell could be used.")
        assert following() == good
        assert "preview-fault" not in run.get()[1]


@pytest.mark.slow
def test_a_workbook_that_cannot_be_read_at_first_is_waited_for(serving, mine):
    """The folder is not there either, as on a stick that is still to be put in."""
    run = serving("stick/Touchpoints.csv", "--as-of", "2026-10-31", program=ALONE)
    line = run.line("stick/Touchpoints.csv is not there")
    found = re.search(r"http://127\.0\.0\.1:(\d+)/ shows the report as soon as", line)
    assert found is not None
    run.port = int(found[1])
    status, page = run.get()
    assert status == 503
    assert "stick/Touchpoints.csv is not there; check the name and the folder." in page
    with run.news() as following:
        assert f'data-mark="{following()}"' in page
        (mine / "stick").mkdir()
        (mine / "stick" / "Touchpoints.csv").write_text(csv("Acme"))
        run.line("Touchpoints.csv has changed; the pages are new: ")
        following()
    assert run.get("/clients/acme.html")[0] == 200


@pytest.mark.slow
def test_a_folder_of_tables_and_letters_of_her_own(serving, mine):
    folder = mine / "tables"
    folder.mkdir()
    (folder / "Touchpoints.csv").write_text(csv("Acme") + "soon,Bell\n")
    run = serving("tables", "--as-of", "2026-10-31", program=ALONE)
    assert run.line(" shows ").endswith("; 1 problem in the workbook.")
    (folder / "letters").mkdir()
    (folder / "letters" / "thank-you.md").write_text("Words that nobody else would use\n")
    run.line("thank-you.md has changed; the pages are new: 1 problem in the workbook.")
    assert "Words that nobody else would use" in run.get("/letters.html")[1]
    (folder / "letters" / "thank-you.md").write_text("Other words\n")
    run.line("thank-you.md has changed; the pages are new: ")
    (folder / "Sales.csv").write_text("Date,Client,Amount\n2026-10-02,Cole,10\n")
    run.line("Sales.csv has changed; the pages are new: ")
    assert run.get("/clients/cole.html")[0] == 200


@pytest.mark.slow
def test_settings_beside_the_workbook_come_and_go(serving, mine):
    (mine / "Touchpoints.csv").write_text(csv("Acme"))
    run = serving("Touchpoints.csv", "--as-of", "2026-10", program=ALONE)
    run.line(" shows ")
    (mine / "reportgen.toml").write_text('[settings]\nbusiness_name = "Harbour Studio"\n')
    run.line("reportgen.toml has changed; the pages are new: ")
    assert "Harbour Studio" in run.get("/index.html")[1]
    (mine / "reportgen.toml").unlink()
    run.line("reportgen.toml has changed; the pages are new: ")
    assert "Harbour Studio" not in run.get("/index.html")[1]


@pytest.mark.slow
def test_an_edition_is_shown_as_its_reader_sees_it(serving, mine):
    (mine / "Touchpoints.csv").write_text(csv("Acme"))
    run = serving("Touchpoints.csv", "--as-of", "2026-10", "--edition", "coach")
    run.line(" shows ")
    status, page = run.get("/clients.html")
    assert (status, "Acme" in page) == (200, False)
    assert run.get("/letters.html")[0] == 404


def test_a_port_that_is_taken_is_refused_in_one_sentence(serving, mine):
    (mine / "Touchpoints.csv").write_text(csv("Acme"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = serving("Touchpoints.csv", "--port", port)
        run.line(f"Port {port} is taken by another program; ")
        assert run.process.wait(PATIENCE) == 1
    assert len(run.said) == 1


def test_where_the_usual_port_is_taken_a_free_one_is(serving, mine):
    (mine / "Touchpoints.csv").write_text(csv("Acme"))
    try:
        taken = socket.create_server(("127.0.0.1", USUAL_PORT))
    except OSError:
        taken = None  # somebody has it already
    try:
        run = serving("Touchpoints.csv", "--as-of", "2026-10")
        run.line("The usual port")
        run.line(" shows ")
    finally:
        if taken is not None:
            taken.close()
    assert run.port != USUAL_PORT
    assert run.get()[0] == 200


def test_a_port_that_cannot_be_is_wrong_usage(serving):
    run = serving("clients.xlsx", "--port", "80")
    assert run.process.wait(PATIENCE) == 2


# The end -----------------------------------------------------------------------------------------


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def gone(group: int) -> bool:
    """Whether every process of the group ends, however busy the machine."""
    until = time.monotonic() + PATIENCE
    while alive(group) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(group)


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_at_once_with_a_browser_waiting_and_leaves_nothing(serving, mine, temporary, sent):
    (mine / "Touchpoints.csv").write_text(csv("Acme"))
    run = serving("Touchpoints.csv", "--as-of", "2026-10-31")
    run.line("made anew")
    assert len(list(temporary.iterdir())) == 1
    with run.news() as following:
        following()
        took = run.end(sent)
    assert (run.process.returncode, run.said[-1]) == (0, "Stopped.")
    assert took < 5  # a browser that waits hears from us every ten seconds
    assert len(run.said_anywhere) == 3
    assert list(temporary.iterdir()) == []
    assert [path.name for path in mine.iterdir()] == ["Touchpoints.csv"]
    assert gone(run.process.pid)


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_the_middle_of_a_build(serving, mine, temporary, sent):
    os.mkfifo(mine / "Touchpoints.csv")  # nobody writes into it: it is read until that is ended
    run = serving("Touchpoints.csv", "--as-of", "2026-10-31")
    until = time.monotonic() + PATIENCE
    while not list(temporary.glob("*/*")) and time.monotonic() < until:
        time.sleep(0.02)
    run.end(sent)
    assert (run.process.returncode, run.said_anywhere) == (0, ["Stopped."])
    assert list(temporary.iterdir()) == []
    assert gone(run.process.pid)


@pytest.mark.slow
def test_quiet_says_the_address_and_what_went_wrong(serving, mine):
    (mine / "Touchpoints.csv").write_text(csv("Acme"))
    run = serving("Touchpoints.csv", "--quiet", "--as-of", "2026-10-31", program=ALONE)
    run.line(" shows ")
    with run.news() as following:
        following()
        (mine / "Touchpoints.csv").write_text(csv("Acme", "Bell"))
        following()
    (mine / "Touchpoints.csv").write_text("")
    run.line("Touchpoints.csv is empty")
    run.end()
    assert len(run.said_anywhere) == 2


@pytest.mark.slow
def test_pages_that_cannot_be_written_are_a_sentence(serving, mine, temporary):
    (mine / "Touchpoints.csv").write_text(csv("Acme"))
    run = serving("Touchpoints.csv", "--as-of", "2026-10-31", program=ALONE)
    run.line("made anew")
    (folder,) = temporary.iterdir()
    folder.rename(temporary / "elsewhere")
    (mine / "Touchpoints.csv").write_text(csv("Acme", "Bell"))
    line = run.line("The pages could not be put into the folder for temporary files")
    assert str(temporary) in line
    (temporary / "elsewhere").rename(folder)
    (mine / "Touchpoints.csv").write_text(csv("Acme", "Bell", "Cole"))
    run.line("the pages are new: ")


def test_the_command_line_draws_nothing_and_watches_nothing():
    code = (
        "import sys; import reportgen.cli.commands; light = set(sys.modules)\n"
        "import reportgen.preview.serve\n"
        "print({'watchfiles', 'jinja2', 'http.server'} & light, 'matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set() False\n"

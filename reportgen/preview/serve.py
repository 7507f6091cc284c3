"""The preview: build, show, wait until something is saved, build again."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from reportgen import words
from reportgen.build import Told
from reportgen.output.leftovers import temporary
from reportgen.preview.loopback import HERE, USUAL_PORT, listening
from reportgen.preview.saves import Sources, Stop, saves
from reportgen.preview.shown import Preview
from reportgen.problems import ReportError
from reportgen.run.job import Answer, Job, Walk
from reportgen.run.start import start
from reportgen.run.supervise import run
from reportgen.values import dataclass

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Voices:
    """Where the sentences of a preview go."""

    say: Say
    """Says the address."""
    tell: Say
    """Tells what became of each save."""
    complain: Say
    """Says why the workbook cannot be shown as it is."""
    progress: Callable[[], AbstractContextManager[Told]]
    """Shows how far a build is."""


class _Ahead:
    """A worker that has imported what a build takes before the next save comes."""

    def __init__(self) -> None:
        self._worker: subprocess.Popen[bytes] | None = None

    def take(self) -> subprocess.Popen[bytes] | None:
        """The worker that waits; None where there is none."""
        worker, self._worker = self._worker, None
        return worker if worker is not None and worker.poll() is None else None

    def renew(self) -> None:
        """Start one for the next save; where that cannot be, the next build says so."""
        with contextlib.suppress(ReportError):
            self._worker = start(Walk.BUILD)

    def end(self) -> None:
        """Let go of the one that waits."""
        worker = self.take()
        if worker is not None:
            worker.kill()
            worker.communicate()


class _Stopped(Exception):
    """The owner ended the preview in the middle of a build."""


def serve(job: Job, port: int | None, voices: Voices) -> None:
    """Show a preview of the job, made anew at every save, until the owner ends it.

    When the job names no settings, those beside the workbook count, also those that come later.
    When no port is given, the usual one is taken or, if another program has it, a free one.
    Everything is written into a temporary folder, which is gone at the end.

    Raises: ReportError, when the given port is not free or no temporary folder can be made.
    """
    sources = Sources(job.workbook, job.config)
    preview = Preview()
    with (
        _noting_signals() as stop,
        _temporary() as place,
        listening(preview, port) as own,
        contextlib.suppress(_Stopped),
        contextlib.ExitStack() as ends,
    ):
        ahead = _Ahead()
        ends.callback(ahead.end)
        address = f"http://{HERE}:{own}/"
        if port is None and own != USUAL_PORT:
            voices.tell(f"The usual port, {USUAL_PORT}, is taken by another program.")
        for saved in saves(sources, stop):
            try:
                of_now = replace(job, config=sources.settings)
                answer, new = _show(preview, of_now, place, stop, voices, ahead)
            except ReportError as error:
                if stop.asked:  # Ctrl-C may reach the worker before us
                    return
                preview.blame(str(error))
                voices.complain(f"{error} {_meanwhile(saved, address)}")
                continue
            if saved:
                voices.tell(f"{_changed(saved)}; the pages are {_new(new)}: {_unused(answer)}.")
            else:
                voices.say(f"{address} shows {_clients(answer)}; {_unused(answer)}.")
                voices.tell(
                    f"It is made anew when you save {sources.workbook.name}; Ctrl-C ends it."
                )


def _show(
    preview: Preview, job: Job, place: Path, stop: Stop, voices: Voices, ahead: _Ahead
) -> tuple[Answer, bool]:
    """Build the pages and show them from now on; returns the answer, and whether the pages are new.

    Raises: ReportError, when they cannot be made.
    """
    try:
        folder = Path(tempfile.mkdtemp(dir=place))
        try:
            with voices.progress() as told:

                def unless_stopped(step: str, done: int, of: int) -> None:
                    if stop.asked:
                        raise _Stopped
                    told(step, done, of)

                answer = run(replace(job, out=folder), unless_stopped, worker=ahead.take())
            return answer, preview.show(folder, answer.made)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        finally:
            ahead.renew()
    except OSError as error:
        raise _no_room(error) from None


@contextlib.contextmanager
def _noting_signals() -> Iterator[Stop]:
    """Notes Ctrl-C, an end by the system and a closed terminal; under ``nohup`` not the last."""
    stop = Stop()
    kinds = [getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGBREAK")]
    hung_up = getattr(signal, "SIGHUP", None)
    if hung_up and signal.getsignal(hung_up) != signal.SIG_IGN:
        kinds.append(hung_up)
    before = {kind: signal.signal(kind, stop.note) for kind in kinds if kind}
    try:
        yield stop
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


@contextlib.contextmanager
def _temporary() -> Iterator[Path]:
    """A folder that only the owner can enter, and that is gone afterwards.

    Raises: ReportError, when it cannot be made.
    """
    with contextlib.ExitStack() as places:
        try:
            place = places.enter_context(temporary())
        except OSError as error:
            raise _no_room(error) from None
        yield place


def _no_room(error: OSError) -> ReportError:
    reason = (error.strerror or str(error)).casefold()
    return ReportError(
        f"The pages could not be put into the folder for temporary files, {tempfile.gettempdir()} "
        f"({reason}); free some space there and save the workbook again."
    )


def _meanwhile(saved: tuple[str, ...], address: str) -> str:
    if saved:
        return "The pages stay as they were."
    return f"{address} shows the report as soon as that is put right."


def _changed(saved: tuple[str, ...]) -> str:
    return f"{words.listed(saved)} {'has' if len(saved) == 1 else 'have'} changed"


def _new(new: bool) -> str:
    return "new" if new else "as they were"


def _clients(answer: Answer) -> str:
    return f"{words.count(answer.clients, 'client')} as of {words.day(answer.as_of)}"


def _unused(answer: Answer) -> str:
    if not answer.problems.number:
        return "every cell could be used"
    return words.count(answer.problems.number, "problem") + " in the workbook"

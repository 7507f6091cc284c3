"""What a preview shows: the last good pages, and a sentence above them while the workbook has a fault.

The folder holds what ``build`` made. The preview adds two things on the way to the browser: a script
that loads the page anew when something changed, and the banner with the sentence. It gives out only
the files that it found when a build was finished, each by its exact path.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from reportgen import environments
from reportgen.values import dataclass

EVENTS = "_preview/events"
"""Where a browser hears of every change, as server-sent events."""
_OURS = {f"_preview/{name}": name for name in ("serve.js", "serve.css", "report.css")}
"""Path → script or style sheet of the preview itself. No page can have them under these names."""
_ALIVE_SECONDS = 10.0
_BODY = re.compile(rb"<body[^>]*>")
_POLICY = re.compile(rb'(?<=<meta http-equiv="Content-Security-Policy" content=")[^"]*')
_SOURCES = re.compile(rb"(script|style)-src (?:'none'|'self')?")
_HTML = "text/html; charset=utf-8"
_KINDS: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".eml": "message/rfc822",
    ".html": _HTML,
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The system is not asked: it may have another kind for .js, and none for .md."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a browser gets."""

    status: HTTPStatus
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _State:
    """What can be shown at one moment."""

    folder: Path | None = None
    """The folder of the last good build; None before the first."""
    files: frozenset[str] = frozenset()
    """The paths in it that may be asked for, with ``/`` between folders."""
    digest: str = ""
    """What changes with the names and bytes of these files."""
    sentence: str = ""
    """Why the workbook as it is now cannot be used; empty when it can."""

    @property
    def mark(self) -> str:
        """A word for these pages and this sentence, the same when the program is started again.

        Empty before there are any: a page left open from before then waits for the first build.
        """
        if self == _State():
            return ""
        return hashlib.sha256(f"{self.digest} {self.sentence}".encode()).hexdigest()[:16]


class Preview:
    """The state of what is shown: builds change it, browsers ask for it, from any thread."""

    def __init__(self) -> None:
        self._state = _State()
        self._over = False
        self._changed = threading.Condition()

    def show(self, folder: Path, digest: str) -> bool:
        """Show the pages in the folder and remove those shown so far; returns whether they differ.

        ``digest`` changes with the names and bytes of the pages.
        """
        state = _State(folder, _files(folder), digest)
        with self._changed:
            before, self._state = self._state, state
            self._changed.notify_all()
        if before.folder is not None:
            shutil.rmtree(before.folder, ignore_errors=True)
        return state.digest != before.digest

    def blame(self, sentence: str) -> None:
        """Leave the pages as they are and put the sentence above each of them."""
        with self._changed:
            self._state = replace(self._state, sentence=sentence)
            self._changed.notify_all()

    def end(self) -> None:
        """Let go of every browser that waits for news."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def news(self) -> Iterator[str]:
        """The mark of what is shown: at once, at each change, and every few seconds in between.

        Sending it in between is how the server notices that a browser has gone. It ends with the
        preview.
        """
        told = ""
        while (mark := self._mark_after(told)) is not None:
            yield mark
            told = mark

    def _mark_after(self, told: str) -> str | None:
        with self._changed:
            self._changed.wait_for(
                lambda: self._over or self._state.mark != told, timeout=_ALIVE_SECONDS
            )
            return None if self._over else self._state.mark

    def answer(self, path: str) -> Response:
        """The response to a path, which has no ``/`` before it.

        When there is no such file: a page that says so, and turns into the file once there is one.
        """
        kind = _KINDS.get(os.path.splitext(path)[1], "application/octet-stream")
        if path in _OURS:
            ours = environments.static_file(_OURS[path])
            return Response(HTTPStatus.OK, kind, ours.encode())
        with self._changed:  # so that no build takes the file away while it is read
            state = self._state
            content = _content(state, path)
        if content is None:
            return _absent(state)
        if kind == _HTML:
            content = _alive(content, state, state.sentence)
        return Response(HTTPStatus.OK, kind, content)


def _files(folder: Path) -> frozenset[str]:
    """The paths that may be asked for: every file unless its name begins with a dot."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return frozenset(path.as_posix() for path in paths if not path.name.startswith("."))


def _content(state: _State, path: str) -> bytes | None:
    if state.folder is not None and path in state.files:
        with contextlib.suppress(OSError):  # somebody tidied the system's temporary folder
            return (state.folder / path).read_bytes()
    return None


def _absent(state: _State) -> Response:
    if state.folder is None:
        said = state.sentence or "It is being made."
        page = _page("Your report is not here yet", said, "It comes up here by itself.")
        return Response(HTTPStatus.SERVICE_UNAVAILABLE, _HTML, _alive(page, state, ""))
    page = _page("There is no such page", "A client who is not in your workbook has none.", None)
    return Response(HTTPStatus.NOT_FOUND, _HTML, _alive(page, state, state.sentence))


def _page(title: str, said: str, then: str | None) -> bytes:
    template = environments.html().get_template("site/preview.html")
    return template.render(title=title, said=said, then=then).encode()


def _alive(html: bytes, state: _State, sentence: str) -> bytes:
    """The page with the script that loads it anew; under a banner when there is a sentence."""
    script = f'<script src="/_preview/serve.js" data-mark="{state.mark}"></script>\n'
    html = _POLICY.sub(lambda policy: _with_ours(policy[0]), html, count=1)
    before, end, after = html.rpartition(b"</body>")
    whole = before + script.encode() + end + after
    if not sentence:
        return whole
    banner = environments.html().get_template("site/preview-banner.html").render(sentence=sentence)
    return _BODY.sub(lambda body: body[0] + b"\n" + banner.encode(), whole, count=1)


def _with_ours(policy: bytes) -> bytes:
    """The policy of a page, under which our script and style may be used too, and news be heard."""
    return _SOURCES.sub(rb"\1-src 'self' ", policy) + b"; connect-src 'self'"

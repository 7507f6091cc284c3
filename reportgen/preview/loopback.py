"""A web server for the browsers of this computer alone.

It listens on 127.0.0.1. A page of another site can still send a browser there under a name of its own
(DNS rebinding), so a request must also name this address as the one that it is for.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import unquote

from reportgen.preview.shown import EVENTS, Preview, Response
from reportgen.problems import ReportError

HERE = "127.0.0.1"
USUAL_PORT = 18273
"""Always the same, so that a bookmark stays good; below the ports that systems hand out themselves."""
MOST_CONNECTIONS = 32
"""At once. A browser has at most six to one address, and each ends with its answer."""
MOST_LISTENING = 16
"""Of these, how many may wait for news for as long as they like."""
REQUEST_SECONDS, ANSWER_SECONDS = 5.0, 30.0
"""How long a browser may take to send its whole request, and to take the answer."""


@contextlib.contextmanager
def listening(preview: Preview, port: int | None) -> Iterator[int]:
    """The port at which the preview can be seen, for as long as the ``with`` block lasts.

    When no port is given, it is the usual one or, if another program has that, a free one.

    Raises: ReportError, when the given port is not free.
    """
    with _server(preview, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            preview.end()
            server.shutdown()


def _server(preview: Preview, port: int | None) -> _Server:
    if port is None:
        try:
            return _Server(preview, USUAL_PORT)
        except OSError:
            return _Server(preview, 0)
    try:
        return _Server(preview, port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "is taken by another program" if taken else f"cannot be used ({error.strerror})"
        raise ReportError(f"Port {port} {reason}; give another, or leave --port out.") from None


class _Connections:
    """The open ones that do not wait for news, the oldest first: each with when it must be over."""

    def __init__(self) -> None:
        self._until: dict[socket.socket, float] = {}
        self._lock = threading.Lock()

    def may_last(self, connection: socket.socket, seconds: float) -> None:
        """Give it so long from now on. Its place in the order stays."""
        with self._lock:
            self._until[connection] = time.monotonic() + seconds

    def forget(self, connection: socket.socket) -> None:
        """Leave it alone: it is over, or waits for news."""
        with self._lock:
            self._until.pop(connection, None)

    def end_late(self) -> None:
        """End each that has had its time."""
        now = time.monotonic()
        self._end(lambda until: [one for one, moment in until.items() if moment < now])

    def end_oldest(self) -> None:
        """End the one that has been open for longest."""
        self._end(lambda until: [*until][:1])

    def _end(self, chosen: Callable[[dict[socket.socket, float]], list[socket.socket]]) -> None:
        with self._lock:
            for one in chosen(self._until):
                del self._until[one]
                with contextlib.suppress(OSError):  # it has just gone by itself
                    one.shutdown(socket.SHUT_RDWR)  # its thread wakes, and closes it


class _Server(socketserver.ThreadingTCPServer):
    """Answers each connection in a thread of its own, and never has more of them than it may.

    Where all places are taken, whoever has had one for longest gives way to the newest, so that
    connections on which nothing is asked keep no browser from its page.
    """

    daemon_threads = True  # a browser that waits for news must not keep the program alive
    block_on_close = False
    allow_reuse_address = os.name == "posix"  # elsewhere two programs would get the same port
    request_queue_size = 128

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        self.connections = _Connections()
        self.free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self.free_to_listen = threading.BoundedSemaphore(MOST_LISTENING)
        super().__init__((HERE, port), _Handler)
        own = self.server_address[1]
        self.names = {f"{HERE}:{own}", f"localhost:{own}"}

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer it in a thread, as soon as there is a place for it."""
        if not self.free.acquire(blocking=False):
            self.connections.end_oldest()
            if not self.free.acquire(timeout=1.0):  # its thread is still at work
                self.shutdown_request(request)
                return
        self.connections.may_last(request, REQUEST_SECONDS)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer it, and give its place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.connections.forget(request)
            self.free.release()

    def service_actions(self) -> None:
        """End what takes too long; it is called several times a second."""
        self.connections.end_late()

    def handle_error(self, *_: Any) -> None:
        """Say on standard error that we met a fault; say nothing when a browser just went away."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            kind = type(error).__name__
            sys.stderr.write(f"reportgen met a fault of its own ({kind}) showing a page.\n")


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = ANSWER_SECONDS  # of one who waits for news, and takes none
    error_message_format = "%(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def do_GET(self) -> None:
        """Send the page that is asked for, or the news."""
        self.server.connections.may_last(self.connection, ANSWER_SECONDS)
        if not self._may():
            return
        path = unquote(self.path.partition("?")[0]).removeprefix("/") or "index.html"
        if path != EVENTS:
            self._send(self.server.preview.answer(path))
        elif self.server.free_to_listen.acquire(blocking=False):
            try:
                self.server.connections.forget(self.connection)
                self._tell_news()
            finally:
                self.server.free_to_listen.release()
        else:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE, "Too many pages are open.")

    do_HEAD = do_GET

    def _refuse(self) -> None:
        self.send_error(HTTPStatus.METHOD_NOT_ALLOWED, "Pages can only be read here.")

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse

    def _may(self) -> bool:
        """Whether the request names this address; if not, it has been answered with a refusal."""
        asked = self.headers.get_all("Host", [])
        if len(asked) == 1 and asked[0].strip().casefold() in self.server.names:
            return True
        self.send_error(HTTPStatus.FORBIDDEN, "Only the address that the program named is served.")
        return False

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.kind)
        self.send_header("Content-Length", str(len(response.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.content)

    def _tell_news(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 1000\n\n")
        for mark in self.server.preview.news():
            self.wfile.write(f"data: {mark}\n\n".encode())

    def end_headers(self) -> None:
        """Tell the browser to keep no copy, and to show the answer in no page of another site."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        super().end_headers()

    def version_string(self) -> str:
        """Our name alone: which versions we run on is nobody's business."""
        return "reportgen"

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing down of what the owner looks at."""

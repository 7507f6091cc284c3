"""Who is answered: browsers of this computer that ask for this address, and nobody else."""

import contextlib
import http.client
import socket
import threading
import time
from contextlib import closing

import pytest

from reportgen.output.ours import digest
from reportgen.preview import loopback
from reportgen.preview.loopback import listening
from reportgen.preview.shown import Preview
from reportgen.problems import ReportError

PAGE = b"<html><body>Caf\xc3\xa9 Acme</body></html>"


@pytest.fixture
def preview(tmp_path):
    (tmp_path / "site" / "clients").mkdir(parents=True)
    (tmp_path / "site" / "index.html").write_bytes(PAGE)
    (tmp_path / "site" / "clients" / "caf\u00e9.html").write_bytes(PAGE)
    (tmp_path / "secret.txt").write_bytes(b"secret")
    preview = Preview()
    preview.show(tmp_path / "site", digest(tmp_path / "site"))
    return preview


@pytest.fixture
def port(preview):
    with listening(preview, free_port()) as port:
        yield port


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def asked(port: int, path: str = "/", method: str = "GET", host: str | None = None):
    """The answer's status, its headers and its content."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host if host is not None else f"127.0.0.1:{port}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def test_a_page_is_given_to_be_kept_by_nobody(port):
    status, headers, content = asked(port)
    assert status == 200
    assert "Café Acme".encode() in content
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Length"] == str(len(content))
    assert headers["Server"] == "reportgen"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_head_has_the_headers_alone(port):
    status, headers, _ = asked(port, method="HEAD")
    assert status == 200
    assert headers["Content-Length"] == asked(port)[1]["Content-Length"]
    status, headers, _ = asked(port, "/_preview/events", "HEAD")
    assert (status, headers["Content-Type"]) == (200, "text/event-stream")
    for path in ("/", "/_preview/events"):  # http.client reads no further than the headers
        with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as line:
            line.sendall(f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert b"".join(iter(lambda: line.recv(65536), b"")).endswith(b"\r\n\r\n")


@pytest.mark.parametrize("path", ["/clients/caf%C3%A9.html", "/index.html?find=acme"])
def test_an_address_is_read_as_browsers_write_it(port, path):
    assert asked(port, path)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/clients/../../secret.txt"),
        *("//etc/passwd", "/etc/passwd", "/clients/", "/clients", "/.", "/%00", "/%ff", "*", "x:["),
    ],
)
def test_no_path_leads_elsewhere(port, path):
    status, _, content = asked(port, path)
    assert status == 404
    assert b"secret" not in content


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "LocalHost:{}"])
def test_the_address_goes_by_two_names(port, host):
    assert asked(port, host=host.format(port))[0] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{}", "127.0.0.1", "localhost", "127.0.0.1:1", "", "0.0.0.0:{}"],
)
@pytest.mark.parametrize("path", ["/", "/_preview/events"])
def test_a_request_for_another_name_is_refused(port, host, path):
    status, _, content = asked(port, path, host=host.format(port))
    assert status == 403
    assert b"Acme" not in content


@pytest.mark.parametrize("hosts", [0, 2])
def test_a_request_names_one_address(port, hosts):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.putrequest("GET", "/", skip_host=True)
        for _ in range(hosts):
            connection.putheader("Host", f"127.0.0.1:{port}")
        connection.endheaders()
        assert connection.getresponse().status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_pages_can_only_be_read(port, method):
    status, _, content = asked(port, method=method)
    assert (status, content) == (405, b"Pages can only be read here.\n")


def test_other_addresses_of_this_computer_do_not_answer(port):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=20)


def test_a_port_that_was_asked_for_and_is_taken_is_refused(preview):
    with (
        listening(preview, free_port()) as port,
        pytest.raises(ReportError, match=rf"^Port {port} is taken by another program; .*\.$"),
        listening(Preview(), port),
    ):
        pass


def test_the_usual_port_or_a_free_one(preview, monkeypatch):
    monkeypatch.setattr(loopback, "USUAL_PORT", free_port())
    with listening(preview, None) as first, listening(Preview(), None) as second:
        assert first == loopback.USUAL_PORT
        assert second != first
        assert asked(first)[0] == 200
        assert asked(second)[0] == 503


def test_a_browser_that_waits_hears_of_every_change(preview):
    with listening(preview, free_port()) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with closing(connection):
            connection.request("GET", "/_preview/events")
            answer = connection.getresponse()
            assert answer.headers["Content-Type"] == "text/event-stream"
            assert answer.readline() == b"retry: 1000\n"
            heard = answer.readline() + answer.readline()
            assert heard == f"\ndata: {next(preview.news())}\n".encode()
            preview.blame("It seems damaged.")
            heard = answer.readline() + answer.readline()
            assert heard == f"\ndata: {next(preview.news())}\n".encode()
            preview.end()
            assert answer.read() == b"\n"
            answer.close()


def test_a_fault_of_ours_is_one_line_and_a_browser_that_goes_is_none(preview, monkeypatch, capfd):
    faults = iter([ZeroDivisionError, BrokenPipeError])

    def answer(path):
        raise next(faults)

    monkeypatch.setattr(preview, "answer", answer)
    with listening(preview, free_port()) as port:
        for _ in range(2):
            with pytest.raises(http.client.RemoteDisconnected):
                asked(port)
    assert capfd.readouterr().err == (
        "reportgen met a fault of its own (ZeroDivisionError) showing a page.\n"
    )


def half_open(port: int, number: int, sent: bytes = b"GET / HTTP/1.1\r\n") -> list[socket.socket]:
    """Connections on which a request begins and does not end."""
    lines = []
    for _ in range(number):
        lines.append(socket.create_connection(("127.0.0.1", port), timeout=60))
        with contextlib.suppress(OSError):  # it had to give way already
            lines[-1].sendall(sent)
    return lines


def is_over(line: socket.socket) -> bool:
    """Whether the other side has ended the connection; waits for that."""
    try:
        return line.recv(1) == b""
    except ConnectionError:
        return True


def test_half_open_connections_take_few_threads_and_keep_nobody_from_a_page(port):
    before, most = threading.active_count(), 0
    lines = half_open(port, 0)
    try:
        for _ in range(20):
            lines += half_open(port, 20)
            most = max(most, threading.active_count() - before)
            assert asked(port)[0] == 200
        # One that gave its place back may take a moment to end.
        assert loopback.MOST_CONNECTIONS // 2 < most < 2 * loopback.MOST_CONNECTIONS
        assert is_over(lines[0])  # the oldest gave way
    finally:
        for line in lines:
            line.close()


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: "])
def test_a_request_that_does_not_come_to_its_end_is_given_up(preview, monkeypatch, sent):
    monkeypatch.setattr(loopback, "REQUEST_SECONDS", 0.2)
    with listening(preview, free_port()) as port:
        (line,) = half_open(port, 1, sent)
        with closing(line):
            assert is_over(line)


def test_a_request_that_comes_a_byte_at_a_time_is_given_up(preview, monkeypatch):
    """Each byte comes in time, and the whole does not."""
    monkeypatch.setattr(loopback, "REQUEST_SECONDS", 0.5)
    with listening(preview, free_port()) as port:
        (line,) = half_open(port, 1, b"GET / HTTP/1.1\r\nX: ")
        with closing(line), pytest.raises(ConnectionError):
            drip(line)


def drip(line: socket.socket) -> None:
    """Send a byte every tenth of a second, for a minute."""
    for _ in range(600):
        line.sendall(b"x")
        time.sleep(0.1)


def test_an_answer_that_nobody_takes_is_given_up(preview, tmp_path, monkeypatch):
    monkeypatch.setattr(loopback, "ANSWER_SECONDS", 0.2)
    (tmp_path / "large").mkdir()
    (tmp_path / "large" / "large.bin").write_bytes(bytes(32_000_000))
    preview.show(tmp_path / "large", digest(tmp_path / "large"))
    with listening(preview, free_port()) as port:
        before = threading.active_count()
        request = f"GET /large.bin HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        lines = half_open(port, 1, request)
        with closing(lines[0]):
            while threading.active_count() == before:  # until it is being answered
                time.sleep(0.01)
            while threading.active_count() > before:  # until it is given up
                time.sleep(0.01)


def test_those_who_wait_for_news_leave_places_for_those_who_ask(port):
    request = f"GET /_preview/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    listening_lines = half_open(port, loopback.MOST_LISTENING, request)
    others = []
    try:
        for line in listening_lines:
            assert line.recv(12) == b"HTTP/1.0 200"
        assert asked(port, "/_preview/events")[0] == 503
        others = half_open(port, 2 * loopback.MOST_CONNECTIONS)
        assert asked(port)[0] == 200
        for line in listening_lines:  # none of them gave way
            line.setblocking(False)
            while True:
                try:
                    assert line.recv(65536) != b""
                except BlockingIOError:
                    break
    finally:
        for line in (*listening_lines, *others):
            line.close()


def test_the_place_of_one_who_waited_for_news_is_free_when_it_has_gone(preview, monkeypatch):
    monkeypatch.setattr(loopback, "MOST_LISTENING", 1)
    with listening(preview, free_port()) as port:
        request = f"GET /_preview/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        (line,) = half_open(port, 1, request)
        assert line.recv(12) == b"HTTP/1.0 200"
        assert asked(port, "/_preview/events")[0] == 503
        line.close()
        for number in range(600):  # what it is told finds that it has gone
            preview.blame(f"{number}")
            if asked(port, "/_preview/events", "HEAD")[0] == 200:
                break
            time.sleep(0.05)
        else:
            pytest.fail("its place stays taken")

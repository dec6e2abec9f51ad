"""The endpoint: what it answers, when, and to how many."""

import asyncio
import contextlib
import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_open_metrics
from prometheus_client.parser import text_string_to_metric_families

from streams.health import MAX_REQUESTS, Health, HealthError, Pulse, Server, serve
from streams.metrics import Metrics

LOOPBACK = "127.0.0.1"


@pytest.fixture
def health() -> Health:
    """Health without a check."""
    return Health()


@pytest.fixture
def server(health: Health) -> Iterator[Server]:
    """The endpoint on a free port."""
    with serve(LOOPBACK, 0, Metrics("ops").registry, health) as running:
        yield running


def ask(port: int, path: str, method: str = "GET", accept: str = "*/*") -> tuple[int, str, str]:
    """Status, content type and body."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=20)
    try:
        connection.request(method, path, headers={"Accept": accept})
        response = connection.getresponse()
        return response.status, response.headers["Content-Type"], response.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    "alive, ready, expect_alive, expect_ready",
    [
        (None, None, (200, "alive\n"), (200, "ready\n")),
        (None, "no partitions yet", (200, "alive\n"), (503, "not ready\nroute: no partitions yet\n")),
        ("stalled", None, (503, "not alive\nprogress: stalled\n"), (503, "not ready\nprogress: stalled\n")),
        (
            "stalled",
            "no partitions yet",
            (503, "not alive\nprogress: stalled\n"),
            (503, "not ready\nprogress: stalled\nroute: no partitions yet\n"),
        ),
    ],
)
def test_verdicts(
    server: Server,
    health: Health,
    alive: str | None,
    ready: str | None,
    expect_alive: tuple[int, str],
    expect_ready: tuple[int, str],
) -> None:
    """Alive and ready are told apart, a failing check says why, and what is not alive is not ready."""
    health.alive_if("progress", lambda: alive)
    health.ready_if("route", lambda: ready)
    assert ask(server.port, "/alive")[::2] == expect_alive
    assert ask(server.port, "/ready")[::2] == expect_ready


def test_nothing_to_check_is_well(server: Server) -> None:
    """A process without checks is alive and ready."""
    assert ask(server.port, "/alive")[0] == ask(server.port, "/ready")[0] == 200


def test_a_check_that_breaks_is_a_check_that_fails(server: Server, health: Health) -> None:
    """An exception inside a check is told, not taken for health."""
    health.alive_if("broker", lambda: str(1 // 0))
    status, _, body = ask(server.port, "/alive")
    assert status == 503
    assert "broker: the check itself failed: ZeroDivisionError" in body


def test_a_reason_is_one_line(server: Server, health: Health) -> None:
    """What a check says cannot forge a second line nor steer a terminal."""
    health.ready_if("route", lambda: "bad\r\nready\x1b[2J")
    assert ask(server.port, "/ready")[2] == "not ready\nroute: bad ready [2J\n"


def test_metrics_in_both_formats(server: Server) -> None:
    """Prometheus gets the text format or OpenMetrics, as it asks."""
    status, content_type, body = ask(server.port, "/metrics")
    assert (status, content_type.split(";")[0]) == (200, "text/plain")
    assert "tocsin_inputs" in {family.name for family in text_string_to_metric_families(body)}
    status, content_type, body = ask(server.port, "/metrics", accept="application/openmetrics-text; version=1.0.0")
    assert (status, content_type.split(";")[0]) == (200, "application/openmetrics-text")
    assert "tocsin_inputs" in {family.name for family in parse_open_metrics(body)}  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("path", ["/", "/metrics/", "/alive/../metrics", "/favicon.ico", "/%61live"])
def test_other_paths_are_not_found(server: Server, path: str) -> None:
    """There are three pages, and the answer to anything else names them."""
    assert ask(server.port, path)[::2] == (404, "not found; there are /metrics, /alive, /ready\n")


def test_query_is_ignored(server: Server) -> None:
    """A probe that adds a query gets its answer."""
    assert ask(server.port, "/alive?verbose=1")[0] == 200


def test_head_has_no_body(server: Server) -> None:
    """HEAD answers with the header alone, and the connection ends there."""
    with socket.create_connection((LOOPBACK, server.port), timeout=20) as connection:
        connection.sendall(b"HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.partition(b"\r\n\r\n")[2] == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "BREW"])
def test_nothing_can_be_written(server: Server, method: str) -> None:
    """Only GET and HEAD are served."""
    assert ask(server.port, "/metrics", method=method)[0] == 501


def test_a_hung_event_loop_still_gets_its_answer(server: Server, health: Health) -> None:
    """While the loop is blocked the endpoint answers, and says that it is not alive."""
    now = 0.0
    pulse = Pulse(limit_s=5, clock=lambda: now)
    health.alive_if("event loop", pulse)

    async def hang() -> tuple[int, str, str]:
        nonlocal now
        pulse.beat()
        assert ask(server.port, "/alive")[0] == 200
        now = 6.0
        return ask(server.port, "/alive")  # blocks the loop until it is answered

    status, _, body = asyncio.run(hang())
    assert (status, body) == (503, "not alive\nevent loop: no sign of life for 6 s, 5 s allowed\n")


@pytest.mark.parametrize(
    "beats, at, well",
    [([], 5.0, True), ([], 5.1, False), ([5.0], 10.0, True), ([5.0], 10.1, False), ([20.0, 21.0], 26.0, True)],
)
def test_pulse(beats: list[float], at: float, well: bool) -> None:
    """A pulse is missed when the last beat, or the start, is longer ago than allowed."""
    now = 0.0
    pulse = Pulse(limit_s=5, clock=lambda: now)
    for beat in beats:
        now = beat
        pulse.beat()
    now = at
    assert (pulse() is None) == well


def test_a_taken_port_is_one_clear_line(server: Server) -> None:
    """The error names the address, the reason and the setting."""
    with pytest.raises(HealthError, match=rf"127\.0\.0\.1:{server.port}: Address already in use; .*TOCSIN_PORT"):
        serve(LOOPBACK, server.port, Metrics("ops").registry, Health())


def test_closing_frees_the_port() -> None:
    """After close another may have the port; closing twice does no harm."""
    first = serve(LOOPBACK, 0, Metrics("ops").registry, Health())
    port = first.port
    first.close()
    first.close()
    with serve(LOOPBACK, port, Metrics("ops").registry, Health()) as second:
        assert ask(second.port, "/alive")[0] == 200


def test_idle_connections_cannot_exhaust_it(server: Server) -> None:
    """One connection over the limit is hung up on, and when the others have gone it serves again."""
    with ExitStack() as held:
        for _ in range(MAX_REQUESTS):
            held.enter_context(socket.create_connection((LOOPBACK, server.port), timeout=20))
        with socket.create_connection((LOOPBACK, server.port), timeout=20) as one_more:
            assert one_more.recv(1) == b""
    deadline = time.monotonic() + 20
    while True:
        try:
            assert ask(server.port, "/alive")[0] == 200
            break
        except (http.client.HTTPException, OSError):
            assert time.monotonic() < deadline


def test_a_slow_sender_is_hung_up_on(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte now and then does not hold a place for ever."""
    monkeypatch.setattr("streams.health.REQUEST_TIMEOUT_S", 0.3)
    with socket.create_connection((LOOPBACK, server.port), timeout=20) as connection:
        connection.sendall(b"GET /metrics HTTP/1.1\r\nX: ")
        deadline = time.monotonic() + 20
        with contextlib.suppress(OSError):
            while time.monotonic() < deadline:
                connection.sendall(b"x")
                connection.settimeout(0.05)
                with contextlib.suppress(TimeoutError):
                    assert connection.recv(1) == b""
                    return
    assert time.monotonic() < deadline


@pytest.mark.parametrize(
    "head", [b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200]
)
def test_large_requests_are_refused(server: Server, head: bytes) -> None:
    """A line of 70 kB, or 200 headers, is answered with an error of the 400s, and read no further."""
    with socket.create_connection((LOOPBACK, server.port), timeout=20) as connection:
        connection.sendall(head + b"\r\n")
        assert connection.recv(20).startswith(b"HTTP/1.1 4")


def test_many_requests_are_too_many(health: Health, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the rate it hangs up, and later serves again."""
    monkeypatch.setattr("streams.health.MAX_PER_S", 3)
    with serve(LOOPBACK, 0, Metrics("ops").registry, health) as server:
        answers = []
        for _ in range(10):
            try:
                answers.append(ask(server.port, "/alive")[0])
            except (http.client.HTTPException, OSError):
                answers.append(0)
        assert {200, 0} == set(answers)


def test_garbage_does_no_harm(server: Server) -> None:
    """Bytes that are no request are answered with 400 or hung up on, and the next request is served."""
    with socket.create_connection((LOOPBACK, server.port), timeout=20) as connection:
        connection.sendall(b"\x16\x03\x01\x00\xff\r\n\r\n")
        assert b" 400 " in connection.recv(1000)
    assert ask(server.port, "/alive")[0] == 200

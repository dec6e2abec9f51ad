"""The HTTP endpoint of a process: /metrics, /alive and /ready on one port, served from threads of their own.

Threads, because they still answer when the event loop hangs, which is what /alive is there to tell. Alive means "do not
restart it", ready means "it does its work"; each is a set of checks, and a failing one says why in a line. The split
follows Kubernetes' liveness and readiness probes.
"""

import logging
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Self

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from streams.rate import Rate

logger = logging.getLogger(__name__)

Check = Callable[[], str | None]
"""Returns None when all is well, else one line that says what is not. It is called from other threads than the loop."""

MAX_REQUESTS = 16
"""Requests served at the same time; one more is hung up on, so that a scan cannot exhaust the process."""
MAX_PER_S = 50
"""Requests served in a second, and the burst that is let through; those over it are hung up on."""
REQUEST_TIMEOUT_S = 10.0
"""A request is read and answered within so long, or hung up on: one byte now and then holds no place for ever."""


class HealthError(RuntimeError):
    """The endpoint cannot be served; the message says why and what to do."""


class Health:
    """What must hold for the process to be called alive, and ready."""

    def __init__(self) -> None:
        self._alive: dict[str, Check] = {}
        self._ready: dict[str, Check] = {}

    def alive_if(self, name: str, check: Check) -> None:
        """Add a check without which the process should be restarted."""
        self._alive[name] = check

    def ready_if(self, name: str, check: Check) -> None:
        """Add a check without which the process does no work, but may yet."""
        self._ready[name] = check

    def not_alive(self) -> dict[str, str]:
        """Say, by name of the check, why the process should be restarted; empty when it should not."""
        return _failing(self._alive)

    def not_ready(self) -> dict[str, str]:
        """Say, by name of the check, why the process does no work; what is not alive is not ready either."""
        return _failing(self._alive | self._ready)


class Pulse:
    """A check that fails when nobody has called `beat` for some time: put the call where a hang would stop it."""

    def __init__(self, limit_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit_s = limit_s
        self._clock = clock
        self._last_s = clock()

    def beat(self) -> None:
        """Show that it goes on."""
        self._last_s = self._clock()

    def __call__(self) -> str | None:
        """Check it."""
        silent_s = self._clock() - self._last_s
        return (
            None if silent_s <= self._limit_s else f"no sign of life for {silent_s:.0f} s, {self._limit_s:g} s allowed"
        )


class Server:
    """The running endpoint; close it when the process ends."""

    def __init__(self, listener: "_Listener") -> None:
        self._listener = listener
        self._thread = threading.Thread(target=listener.serve_forever, args=(0.1,), name="health", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._listener.server_address[1])

    def close(self) -> None:
        """Stop serving and free the port; closing twice does no harm."""
        if self._thread.is_alive():
            self._listener.shutdown()
            self._thread.join()
        self._listener.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def serve(host: str, port: int, registry: CollectorRegistry, health: Health) -> Server:
    """Serve metrics and health until closed.

    Parameters
    ----------
    host
        Address to bind; loopback unless told otherwise, as nothing here asks for a token.
    port
        Port to bind; 0 takes a free one.
    registry
        What /metrics shows.
    health
        What /alive and /ready check.

    Raises
    ------
    HealthError
        The address cannot be bound.
    """
    try:
        return Server(_Listener(host, port, registry, health))
    except OSError as e:
        raise HealthError(
            f"cannot serve metrics and health on {host}:{port}: {e.strerror or e}; "
            "set another TOCSIN_PORT (0 takes a free one) or TOCSIN_HOST"
        ) from e


_Request = socket.socket | tuple[bytes, socket.socket]


class _Listener(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str, port: int, registry: CollectorRegistry, health: Health) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.pages = _pages(registry, health)
        self._free = threading.BoundedSemaphore(MAX_REQUESTS)
        self._rate = Rate(MAX_PER_S)
        self._open: dict[_Request, float] = {}
        super().__init__((host, port), _Handler)

    def process_request(self, request: _Request, client_address: object) -> None:
        if not self._rate.admits(time.monotonic()) or not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        self._open[request] = time.monotonic()
        super().process_request(request, client_address)

    def service_actions(self) -> None:
        """Hang up on what takes too long; called several times a second."""
        overdue = time.monotonic() - REQUEST_TIMEOUT_S
        for request, since in list(self._open.items()):
            if since < overdue and isinstance(request, socket.socket):
                with suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)

    def process_request_thread(self, request: _Request, client_address: object) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._open.pop(request, None)
            self._free.release()

    def handle_error(self, request: _Request, client_address: object) -> None:  # noqa: ARG002  the signature is given
        logger.debug("a request for metrics or health broke off: %r", sys.exception())


Page = Callable[[str], tuple[HTTPStatus, str, bytes]]
"""From the Accept header to status, content type and body."""


def _pages(registry: CollectorRegistry, health: Health) -> Mapping[str, Page]:
    def metrics(accept: str) -> tuple[HTTPStatus, str, bytes]:
        encode, content_type = choose_encoder(accept)
        return HTTPStatus.OK, content_type, encode(registry)

    return {
        "/metrics": metrics,
        "/alive": lambda _accept: _verdict("alive", health.not_alive()),
        "/ready": lambda _accept: _verdict("ready", health.not_ready()),
    }


def _verdict(word: str, failing: Mapping[str, str]) -> tuple[HTTPStatus, str, bytes]:
    status = HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK
    lines = [f"not {word}", *(f"{name}: {reason}" for name, reason in failing.items())] if failing else [word]
    return status, "text/plain; charset=utf-8", "".join(f"{line}\n" for line in lines).encode()


class _Handler(BaseHTTPRequestHandler):
    server: _Listener
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "tocsin", ""
    timeout = REQUEST_TIMEOUT_S

    def do_GET(self) -> None:
        page = self.server.pages.get(self.path.partition("?")[0])
        if page is None:
            text = f"not found; there are {', '.join(self.server.pages)}\n"
            self._answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", text.encode())
        else:
            self._answer(*page(self.headers.get("Accept", "")))

    do_HEAD = do_GET  # noqa: N815  the name is given

    def _answer(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the signature is given
        logger.debug("%s %s", self.address_string(), format % args)


def _failing(checks: Mapping[str, Check]) -> dict[str, str]:
    results = {name: _run(check) for name, check in list(checks.items())}
    return {name: reason for name, reason in results.items() if reason is not None}


def _run(check: Check) -> str | None:
    try:
        reason = check()
    except Exception as e:  # noqa: BLE001  a check that breaks is a check that fails
        reason = f"the check itself failed: {e!r}"
    return None if reason is None else " ".join("".join(c if c.isprintable() else " " for c in reason).split())

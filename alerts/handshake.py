"""Whether a broker takes us: its name, its port, TLS, our certificate, our login; each failure in one line.

Kafka's clients try again without end and in the end say only that they could not: here one connection is made by hand,
as far as Kafka's protocol guide has it (ApiVersions, SaslHandshake, SaslAuthenticate, Metadata), and what stops it is
told with what to do. What goes over the wire is what the clients send afterwards.

    name ──▶ port ──▶ TLS: theirs, ours ──▶ ApiVersions: is it Kafka? ──▶ login ──▶ Metadata: does it let us in?

HandshakeError          no broker takes us; the message says why
└── NobodyThereError    nothing accepts connections there
"""

import socket
import ssl
import struct
from datetime import UTC, datetime
from typing import Final

from kafka.net.sasl import get_sasl_mechanism
from kafka.net.sasl.abc import SaslMechanism

from schemas.connection import Connection

CONNECT_TIMEOUT_S: Final = 5.0
ANSWER_TIMEOUT_S: Final = 10.0
_CLIENT = b"tocsin-handshake"
_METADATA, _SASL_HANDSHAKE, _API_VERSIONS, _SASL_AUTHENTICATE = 3, 17, 18, 36
_UNSUPPORTED_MECHANISM, _ILLEGAL_STATE = 33, 34
_NO_TOPICS = struct.pack(">ib", 0, 0)
_MOST_BYTES = 1_000_000
# X509_V_ERR_* of OpenSSL, x509_vfy.h
_NOT_YET_VALID, _EXPIRED, _HOST, _IP = 9, 10, 62, 64
_UNKNOWN_AUTHORITY = frozenset({2, 18, 19, 20, 21, 24})


class HandshakeError(Exception):
    """No broker takes us; the message is one line for the operator."""


class NobodyThereError(HandshakeError):
    """Nothing accepts connections: the name or the port is wrong, or the broker is down."""


class _HungUpError(Exception):
    """The other side closed the connection."""


def greet(connection: Connection) -> str:
    """Return the first bootstrap address that takes us.

    Raises
    ------
    HandshakeError
        None does.
    """
    context = _context(connection)
    failures: dict[str, HandshakeError] = {}
    for address in connection.bootstrap.split(","):
        try:
            _greet_one(address, connection, context)
        except HandshakeError as e:
            failures[address] = e
        else:
            return address
    nobody = all(isinstance(e, NobodyThereError) for e in failures.values())
    told = "; ".join(f"{address}: {e}" for address, e in failures.items())
    raise NobodyThereError(told) if nobody else HandshakeError(told)


def _context(connection: Connection) -> ssl.SSLContext | None:
    try:
        context = connection.ssl_context()
    except OSError as e:
        raise HandshakeError(f"a certificate file that the settings name cannot be used: {e.strerror or e}") from e
    if connection.cert_file is not None and (ended := _ended(connection)) is not None:
        raise HandshakeError(f"our own certificate {connection.cert_file} expired on {ended:%Y-%m-%d}: renew it")
    return context


def _ended(connection: Connection) -> datetime | None:
    """When our certificate ended, None where it has not."""
    from cryptography import x509  # noqa: PLC0415  a tenth of a second that only mutual TLS need spend

    if connection.cert_file is None:
        return None
    ours = x509.load_pem_x509_certificate(connection.cert_file.read_bytes())
    return ours.not_valid_after_utc if ours.not_valid_after_utc < datetime.now(UTC) else None


def _greet_one(address: str, connection: Connection, context: ssl.SSLContext | None) -> None:
    host, _, port = address.rpartition(":")
    with _connected(host, int(port)) as plain:
        plain.settimeout(ANSWER_TIMEOUT_S)
        if context is None:
            _talk(plain, connection)
            return
        try:
            with context.wrap_socket(plain, server_hostname=host) as wrapped:
                _talk(wrapped, connection)
        except ssl.SSLCertVerificationError as e:
            raise HandshakeError(_their_certificate(e, host)) from e
        except ssl.SSLError as e:
            raise HandshakeError(_tls_trouble(e, connection)) from e
        except TimeoutError as e:
            raise HandshakeError(f"no answer to TLS within {ANSWER_TIMEOUT_S:.0f} s: is the port right?") from e
        except OSError as e:
            raise HandshakeError(f"hangs up while TLS is being set up: does the port speak TLS? ({_said(e)})") from e


def _connected(host: str, port: int) -> socket.socket:
    try:
        return socket.create_connection((host, port), timeout=CONNECT_TIMEOUT_S)
    except socket.gaierror as e:
        raise NobodyThereError(f"the name {host} is not known") from e
    except TimeoutError as e:
        raise NobodyThereError(f"no answer within {CONNECT_TIMEOUT_S:.0f} s") from e
    except (OSError, OverflowError) as e:
        raise NobodyThereError(_said(e)) from e


def _talk(peer: socket.socket, connection: Connection) -> None:
    """Speak Kafka: which versions, who we are, and a question that only those who were let in may ask."""
    try:
        answer = _asked(peer, _API_VERSIONS, 0, b"")
    except _HungUpError as e:
        raise HandshakeError(_no_kafka(connection)) from e
    except TimeoutError as e:
        raise HandshakeError(f"accepts connections but does not answer as Kafka: {_no_kafka(connection)}") from e
    if len(answer) < 2:
        raise HandshakeError("answers, but not as Kafka: is the port right?")
    if connection.sasl:
        _log_in(peer, connection)
    try:
        _asked(peer, _METADATA, 4, _NO_TOPICS)
    except _HungUpError as e:
        asks = "set TOCSIN_SASL, TOCSIN_USERNAME and TOCSIN_PASSWORD_FILE" if connection.tls else "and for TLS with it"
        raise HandshakeError(f"asks for a login: {asks}") from e


def _log_in(peer: socket.socket, connection: Connection) -> None:
    """Authenticate; the mechanisms are kafka-python's."""
    mechanism = connection.sasl or ""
    try:
        answer = _asked(peer, _SASL_HANDSHAKE, 1, _string(mechanism.encode()))
        (error,) = struct.unpack_from(">h", answer)
        if error == _UNSUPPORTED_MECHANISM:
            offered = ", ".join(_strings(answer, 2))
            raise HandshakeError(f"does not offer {mechanism}: set TOCSIN_SASL to one of {offered}")
        if error == _ILLEGAL_STATE:
            raise HandshakeError("takes no logins: leave TOCSIN_SASL out, or use the port that does")
        _prove(peer, get_sasl_mechanism(mechanism)(**connection.kafka_python()), connection)
    except _HungUpError as e:
        raise HandshakeError(f"hangs up during the login of {connection.username} by {mechanism}") from e


def _prove(peer: socket.socket, client: SaslMechanism, connection: Connection) -> None:
    while not client.is_done():
        proof = client.auth_bytes()
        answer = _asked(peer, _SASL_AUTHENTICATE, 0, struct.pack(">i", len(proof)) + proof)
        (error,) = struct.unpack_from(">h", answer)
        if error:
            raise HandshakeError(
                f"refuses the login of {connection.username} by {connection.sasl}: check TOCSIN_USERNAME and the "
                "password (TOCSIN_PASSWORD_FILE), and that the broker knows the user for this mechanism"
            )
        (said,) = struct.unpack_from(">h", answer, 2)
        at = 4 + max(0, said)
        (size,) = struct.unpack_from(">i", answer, at)
        try:
            client.receive(answer[at + 4 : at + 4 + max(0, size)])
        except ValueError as e:
            raise HandshakeError(f"does not prove that it knows the password of {connection.username}: {e}") from e


def _asked(peer: socket.socket, api: int, version: int, body: bytes) -> bytes:
    """Send a request and return the answer's body."""
    request = struct.pack(">hhi", api, version, api) + _string(_CLIENT) + body
    try:
        peer.sendall(struct.pack(">i", len(request)) + request)
        (size,) = struct.unpack(">i", _received(peer, 4))
        if not 4 <= size <= _MOST_BYTES:
            raise _HungUpError
        return _received(peer, size)[4:]
    except (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError) as e:
        raise _HungUpError from e


def _received(peer: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        if not (more := peer.recv(size - len(found))):
            raise _HungUpError
        found += more
    return found


def _string(value: bytes) -> bytes:
    return struct.pack(">h", len(value)) + value


def _strings(answer: bytes, at: int) -> list[str]:
    (count,) = struct.unpack_from(">i", answer, at)
    at += 4
    found = []
    for _ in range(count):
        (size,) = struct.unpack_from(">h", answer, at)
        found.append(answer[at + 2 : at + 2 + size].decode(errors="replace"))
        at += 2 + size
    return found


def _their_certificate(error: ssl.SSLCertVerificationError, host: str) -> str:
    match error.verify_code:
        case code if code == _EXPIRED:
            return "its certificate has expired: it must be renewed at the broker"
        case code if code == _NOT_YET_VALID:
            return "its certificate is not valid yet: check the clocks here and there"
        case code if code in (_HOST, _IP):
            return (
                f"its certificate is for another host than {host}: name the broker as its certificate does, "
                "or give it one for this name"
            )
        case code if code in _UNKNOWN_AUTHORITY:
            return "its certificate is signed by an authority that is not trusted here: TOCSIN_CA_FILE names who is"
        case _:
            return f"its certificate is not accepted: {error.verify_message}"


def _tls_trouble(error: ssl.SSLError, connection: Connection) -> str:
    reason = error.reason or ""
    if "ALERT" in reason:
        if connection.cert_file is None:
            return "asks for a client certificate: set TOCSIN_CERT_FILE and TOCSIN_KEY_FILE"
        return f"refuses our certificate {connection.cert_file}: is it signed by an authority that the broker trusts?"
    if reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE") or isinstance(error, ssl.SSLEOFError):
        return "does not speak TLS: is the port right? Without TLS: leave TOCSIN_TLS out"
    return f"TLS cannot be set up: {reason.replace('_', ' ').lower() or error}"


def _no_kafka(connection: Connection) -> str:
    if connection.tls:
        return "speaks TLS and hangs up on Kafka's first question: is the port right?"
    return "hangs up on plain text: it may ask for TLS (set TOCSIN_TLS=true), or be no Kafka"


def _said(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)

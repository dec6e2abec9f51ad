"""The way to the broker: unsafe or half-given settings are refused, the rest reaches the client in its own words."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import ValidationError

from schemas.connection import Connection

LOGIN = {"sasl": "SCRAM-SHA-512", "username": "worker", "password": "secret"}


@pytest.mark.parametrize(
    "fields, told",
    [
        (LOGIN, "plain text: set tls"),
        (LOGIN | {"tls": True, "password": None}, "needs username and password"),
        (LOGIN | {"tls": True, "username": None}, "needs username and password"),
        ({"tls": True, "username": "worker", "password": "secret"}, "name the mechanism"),
        ({"tls": True, "cert_file": "a.pem"}, "go together"),
        ({"tls": True, "key_file": "a.pem"}, "go together"),
        ({"ca_file": "a.pem"}, "tls is not"),
        ({"sasl": "GSSAPI", "tls": True}, "Input should be"),
        ({"bootstrap": "kafka"}, "match pattern"),
        ({"bootstrap": "kafka://host:9092"}, "match pattern"),
        ({"bootstrap": "host:9092, other:9092"}, "match pattern"),
        ({"bootstrap": ""}, "match pattern"),
    ],
)
def test_refusals(fields: dict[str, Any], told: str) -> None:
    """Credentials without TLS, halves of pairs, unknown mechanisms and addresses without a port are refused."""
    with pytest.raises(ValidationError, match=told):
        Connection.model_validate(fields, strict=False)


@pytest.mark.parametrize(
    "fields, protocol",
    [
        ({}, "PLAINTEXT"),
        ({"tls": True}, "SSL"),
        (LOGIN | {"tls": True}, "SASL_SSL"),
    ],
)
def test_protocol(fields: dict[str, Any], protocol: str) -> None:
    """TLS and SASL together make Kafka's security protocol."""
    assert Connection.model_validate(fields, strict=False).security_protocol == protocol


def test_plain_arguments() -> None:
    """Several brokers become a list; nothing is said of TLS or SASL where there is none."""
    assert Connection(bootstrap="one:9092,two:9093").kafka_python() == {
        "bootstrap_servers": ["one:9092", "two:9093"],
        "security_protocol": "PLAINTEXT",
    }


def test_secure_arguments() -> None:
    """With TLS the client gets a context that checks certificates and names; with SASL the credentials in clear."""
    found = Connection.model_validate(LOGIN | {"tls": True}, strict=False).kafka_python()
    context = found["ssl_context"]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert (found["sasl_mechanism"], found["sasl_plain_username"]) == ("SCRAM-SHA-512", "worker")
    assert found["sasl_plain_password"] == "secret"


def test_certificates_are_read_when_connecting(tmp_path: Path) -> None:
    """A file that is missing, or is no certificate, is an error of the context that names it, not of the settings."""
    connection = Connection(tls=True, ca_file=tmp_path / "missing.pem")
    with pytest.raises(OSError, match=r"missing\.pem: No such file"):
        connection.ssl_context()
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("not a certificate")
    with pytest.raises(ssl.SSLError, match=r"wrong\.pem holds no certificates"):
        Connection(tls=True, ca_file=wrong).ssl_context()
    with pytest.raises(ssl.SSLError, match="no certificate and its key"):
        Connection(tls=True, cert_file=wrong, key_file=wrong).ssl_context()


def test_a_key_with_a_passphrase_is_refused(tmp_path: Path) -> None:
    """A locked key is an error, and no question at the terminal that nobody is there to answer."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "worker")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
    pem = serialization.Encoding.PEM
    (tmp_path / "own.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    locked = serialization.BestAvailableEncryption(b"a passphrase")
    (tmp_path / "own.key").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, locked))
    connection = Connection(tls=True, cert_file=tmp_path / "own.pem", key_file=tmp_path / "own.key")
    with pytest.raises(ssl.SSLError, match="without a passphrase"):
        connection.ssl_context()


def test_the_password_does_not_show() -> None:
    """Neither text nor JSON of a connection holds the password."""
    connection = Connection.model_validate(LOGIN | {"tls": True}, strict=False)
    assert "secret" not in repr(connection) + connection.model_dump_json()

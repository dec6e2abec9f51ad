"""A Kafka that asks who is there: TLS with certificates made here, mutual TLS, SCRAM, PLAIN, and an authorizer.

CLIENT      SASL_SSL: SCRAM-SHA-512 and PLAIN; a certificate for 127.0.0.1
TLS         SSL: encrypted, anybody
MUTUAL      SSL: a client shows a certificate of ours; its CN is the user
EXPIRED     SASL_SSL whose certificate ended yesterday
ELSEWHERE   SASL_SSL whose certificate names another host
"""

import ipaddress
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from schemas.connection import Connection
from streams.broker import BrokerConfig, LocalKafka

USERS = ("admin", "worker", "reporter", "subscriber", "operator", "keeper", "stranger")
"""Everybody's password is `<user>-Pa55`; admin may do everything, the others what the tests grant."""
_LISTENERS = {"TLS": "SSL", "MUTUAL": "SSL", "EXPIRED": "SASL_SSL", "ELSEWHERE": "SASL_SSL"}


def password_of(user: str) -> str:
    """The password of a user."""
    return f"{user}-Pa55"


@dataclass(frozen=True, slots=True)
class Secured:
    """The broker, and what a client needs to be let in."""

    kafka: LocalKafka
    folder: Path

    def as_user(self, user: str, password: str | None = None, mechanism: str = "SCRAM-SHA-512") -> Connection:
        """Connect over TLS with a password."""
        return self.reach("CLIENT", **login(user, password, mechanism))

    def reach(
        self,
        listener: str,
        *,
        ca: str = "ca",
        **further: Any,  # noqa: ANN401  the fields of a connection
    ) -> Connection:
        """Connect to a listener, trusting one of the authorities."""
        address = self.kafka.bootstrap if listener == "CLIENT" else self.kafka.nodes[0].listener(listener)
        given = {"bootstrap": address, "tls": True, "ca_file": self.file(f"{ca}.pem"), **further}
        return Connection.model_validate(given)

    def with_certificate(self, name: str) -> Connection:
        """Connect by mutual TLS."""
        return self.reach("MUTUAL", cert_file=self.file(f"{name}.pem"), key_file=self.file(f"{name}.key"))

    def environment(self, connection: Connection) -> dict[str, str]:
        """What the settings are told to connect so, the password in a file."""
        given = connection.model_dump(mode="json", exclude_none=True, exclude={"password"})
        if connection.password is not None:
            password = self.file(f"password-{uuid.uuid4().hex}")
            password.write_text(connection.password.get_secret_value() + "\n")
            given["password_file"] = str(password)
        return {
            f"TOCSIN_{name.upper()}": str(value).lower() if value is True else str(value)
            for name, value in given.items()
            if value is not False
        }

    def file(self, name: str) -> Path:
        """A file that was made for this broker."""
        return self.folder / name


def login(user: str, password: str | None = None, mechanism: str = "SCRAM-SHA-512") -> dict[str, Any]:
    """What a connection is told to log in as a user."""
    return {"sasl": mechanism, "username": user, "password": password or password_of(user)}


@contextmanager
def secured_kafka(folder: Path) -> Iterator[Secured]:
    """Make the certificates and run the broker until the block ends."""
    certificates = folder / "certificates"
    certificates.mkdir()
    _make_certificates(certificates)
    config = BrokerConfig(
        data_dir=folder / "data",
        client_protocol="SASL_SSL",
        listeners=_LISTENERS,
        scram_users={user: password_of(user) for user in USERS},
        properties=_properties(certificates),
        start_timeout_s=100,
    )
    with LocalKafka(config) as kafka:
        yield Secured(kafka, certificates)


def _properties(certificates: Path) -> dict[str, str]:
    """What server.properties is given besides."""
    plain = " ".join(f'user_{user}="{password_of(user)}"' for user in USERS)
    found = {
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        # The brokers talk to each other, and the tests ask whether one is ready, on a listener without names.
        "super.users": "User:ANONYMOUS;User:admin",
        "ssl.keystore.type": "PEM",
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(certificates / "ca.pem"),
        "ssl.principal.mapping.rules": "RULE:^.*CN=([^,]+).*$/$1/",
        "listener.name.mutual.ssl.client.auth": "required",
    }
    for listener, certificate in (
        ("client", "broker"),
        ("tls", "broker"),
        ("mutual", "broker"),
        ("expired", "expired"),
        ("elsewhere", "elsewhere"),
    ):
        found[f"listener.name.{listener}.ssl.keystore.location"] = str(certificates / f"{certificate}.both.pem")
    for listener in ("client", "expired", "elsewhere"):
        modules = "org.apache.kafka.common.security"
        found[f"listener.name.{listener}.sasl.enabled.mechanisms"] = "SCRAM-SHA-512,PLAIN"
        found[f"listener.name.{listener}.scram-sha-512.sasl.jaas.config"] = (
            f"{modules}.scram.ScramLoginModule required;"
        )
        found[f"listener.name.{listener}.plain.sasl.jaas.config"] = (
            f"{modules}.plain.PlainLoginModule required {plain};"
        )
    return found


def _make_certificates(folder: Path) -> None:
    """An authority, another that nobody here trusts, certificates for brokers and for clients."""
    here, there = ipaddress.ip_address("127.0.0.1"), "kafka.example.org"
    ca, other = _Authority("Tocsin test authority"), _Authority("Another authority")
    (folder / "ca.pem").write_bytes(ca.pem)
    (folder / "other.pem").write_bytes(other.pem)
    ca.issue(folder, "broker", x509.IPAddress(here))
    ca.issue(folder, "expired", x509.IPAddress(here), ended=True)
    ca.issue(folder, "elsewhere", x509.DNSName(there))
    ca.issue(folder, "worker")
    ca.issue(folder, "admin")
    ca.issue(folder, "lapsed", ended=True)
    other.issue(folder, "intruder")


class _Authority:
    """Signs certificates."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = _certificate(self._name, self._name, self._key, ended=False)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        made = made.add_extension(_usage(signs=True), critical=True)
        made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), critical=False)
        self.pem = made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    def issue(self, folder: Path, name: str, host: x509.GeneralName | None = None, *, ended: bool = False) -> None:
        """Write NAME.pem, NAME.key, and both in one file as Kafka takes them."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = _certificate(subject, self._name, key, ended=ended)
        made = made.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
        )
        if host is not None:
            made = made.add_extension(x509.SubjectAlternativeName([host]), critical=False)
        certificate = made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / f"{name}.pem").write_bytes(certificate)
        (folder / f"{name}.key").write_bytes(private)
        (folder / f"{name}.both.pem").write_bytes(private + certificate + self.pem)


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, *, ended: bool
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + (timedelta(days=-1) if ended else timedelta(days=30)))
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )

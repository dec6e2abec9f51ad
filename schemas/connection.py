"""How to reach the broker: address, TLS, SASL; one description for every client.

Credentials without TLS are refused: SASL in plain text shows the password to whoever listens.
"""

import ssl
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, model_validator

from schemas.record import Value

DEFAULT_BOOTSTRAP = "127.0.0.1:9092"


class Connection(Value):
    """A broker and the right to talk to it."""

    bootstrap: Annotated[str, Field(pattern=r"^[^\s,:/]+:\d{1,5}(,[^\s,:/]+:\d{1,5})*$")] = DEFAULT_BOOTSTRAP
    """`host:port`, several separated by commas."""
    tls: bool = False
    """Whether to speak TLS."""
    ca_file: Path | None = None
    """PEM file of the authorities to trust; the system's when left out."""
    cert_file: Path | None = None
    """PEM file of our own certificate, for mutual TLS."""
    key_file: Path | None = None
    """PEM file of its key."""
    sasl: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = None
    """SASL mechanism."""
    username: str | None = None
    """SASL user."""
    password: SecretStr | None = None
    """SASL password."""

    @model_validator(mode="after")
    def _safe(self) -> "Connection":
        if self.sasl and not self.tls:
            raise ValueError("SASL without TLS would send the password in plain text: set tls as well")
        if self.sasl and not (self.username and self.password):
            raise ValueError(f"SASL {self.sasl} needs username and password")
        if not self.sasl and (self.username or self.password):
            raise ValueError("username and password are set but sasl is not: name the mechanism")
        if bool(self.cert_file) != bool(self.key_file):
            raise ValueError("cert_file and key_file go together")
        if (self.ca_file or self.cert_file) and not self.tls:
            raise ValueError("certificates are set but tls is not")
        return self

    @property
    def security_protocol(self) -> str:
        """Kafka's name for the combination."""
        return {(False, False): "PLAINTEXT", (True, False): "SSL", (True, True): "SASL_SSL"}[self.tls, bool(self.sasl)]

    def ssl_context(self) -> ssl.SSLContext | None:
        """Build the TLS context, None for plain text.

        Raises
        ------
        OSError
            A certificate file cannot be read; or, as `ssl.SSLError`, is not what it should be. The message names it.
        """
        if not self.tls:
            return None
        for file in (self.ca_file, self.cert_file, self.key_file):
            if file is not None:
                _check_readable(file)
        try:
            context = ssl.create_default_context(cafile=self.ca_file)
        except ssl.SSLError as e:
            raise ssl.SSLError(f"{self.ca_file} holds no certificates in PEM") from e
        if self.cert_file:
            try:
                # Without a passphrase of ours OpenSSL would ask at the terminal for the one of a locked key.
                context.load_cert_chain(self.cert_file, self.key_file, password=str)
            except ssl.SSLError as e:
                raise ssl.SSLError(
                    f"{self.cert_file} and {self.key_file} are no certificate and its key, in PEM without a passphrase"
                ) from e
        return context

    def kafka_python(self) -> dict[str, Any]:
        """Return the arguments by which kafka-python's clients connect."""
        found: dict[str, Any] = {
            "bootstrap_servers": self.bootstrap.split(","),
            "security_protocol": self.security_protocol,
        }
        if self.tls:
            found["ssl_context"] = self.ssl_context()
        if self.sasl and self.password:
            found |= {
                "sasl_mechanism": self.sasl,
                "sasl_plain_username": self.username,
                "sasl_plain_password": self.password.get_secret_value(),
            }
        return found


def _check_readable(file: Path) -> None:
    """Raise an OSError that names the file, as OpenSSL's does not."""
    try:
        file.open("rb").close()
    except OSError as e:
        raise OSError(e.errno, f"{file}: {e.strerror}") from e

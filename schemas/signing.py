"""Signatures of records: Ed25519 (RFC 8032) over a form that can be made again byte by byte; header `ce_signature`.

What is signed is three lines in UTF-8 and then the body as it stands in Kafka, no byte changed:

    tocsin-signature-v1
    <namespace>
    <ce_type>
    <body>

so that what was signed for a trial, or as another type, is worth nothing elsewhere. The header is
`ed25519:<key id>:<signature, Base64>`; the key id is the beginning of the SHA-256 of the raw public key.

KeyFileError        a file of keys cannot be used; the message names it and says why
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNATURE: Final = "ce_signature"
"""The header that carries a signature."""
_FORMAT: Final = b"tocsin-signature-v1"
_PUBLIC_PEM: Final = re.compile(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----\n?", re.DOTALL)
_HEADER: Final = re.compile(rb"ed25519:([0-9a-f]{16}):([A-Za-z0-9+/]{86}==)")


class KeyFileError(ValueError):
    """A file of keys cannot be used."""


class Finding(StrEnum):
    """What a look at a signature finds."""

    VALID = "valid"
    """Signed by a key that is trusted."""
    UNSIGNED = "unsigned"
    """Without a signature."""
    STRANGE_KEY = "strange_key"
    """Signed by a key that is not trusted here, or not in the form of a signature."""
    FORGED = "forged"
    """Not what was signed: body, type or namespace is another."""


class Signer:
    """Signs with one private key.

    Parameters
    ----------
    key
        An Ed25519 private key.
    """

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self._id = key_id(key.public_key()).encode()

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read a private key: PKCS #8 in PEM, as `tocsin keys new` and `openssl genpkey -algorithm ed25519` write it.

        Raises
        ------
        KeyFileError
            The file cannot be read, or holds no such key.
        """
        return cls(read_private(path))

    @property
    def public_key(self) -> Ed25519PublicKey:
        """The key that checks what this one signs."""
        return self._key.public_key()

    def header(self, namespace: str, ce_type: str, body: bytes) -> tuple[str, bytes]:
        """Return the header that signs a record."""
        signature = base64.b64encode(self._key.sign(signed_form(namespace, ce_type, body)))
        return SIGNATURE, b"ed25519:%s:%s" % (self._id, signature)


class Keyring:
    """The public keys that are trusted, any number of them: so keys can change while records go on."""

    def __init__(self, keys: Iterable[Ed25519PublicKey]) -> None:
        self._keys = {key_id(key).encode(): key for key in keys}

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read public keys: one or several in PEM, one after the other.

        Raises
        ------
        KeyFileError
            The file cannot be read, or holds no such key.
        """
        return cls(read_public(path))

    @classmethod
    def from_texts(cls, keys: Iterable[str]) -> Self:
        """Take raw public keys in Base64, as the policy's register holds them.

        Raises
        ------
        ValueError
            One is none.
        """
        return cls(Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True)) for key in keys)

    def with_key(self, key: Ed25519PublicKey) -> "Keyring":
        """Return a ring with one more."""
        return Keyring([*self._keys.values(), key])

    def check(self, namespace: str, ce_type: str, body: bytes, header: bytes | None) -> Finding:
        """Look at a record's signature."""
        if header is None:
            return Finding.UNSIGNED
        if (told := _HEADER.fullmatch(header)) is None or (key := self._keys.get(told[1])) is None:
            return Finding.STRANGE_KEY
        try:
            key.verify(base64.b64decode(told[2]), signed_form(namespace, ce_type, body))
        except InvalidSignature:
            return Finding.FORGED
        return Finding.VALID


def signed_form(namespace: str, ce_type: str, body: bytes) -> bytes:
    """Return the bytes that are signed."""
    return b"\n".join((_FORMAT, namespace.encode(), ce_type.encode(), body))


def key_id(key: Ed25519PublicKey) -> str:
    """Return the name of a key: 16 hexadecimal digits."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def as_text(key: Ed25519PublicKey) -> str:
    """Return a public key as the policy's register holds it: raw, in Base64."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def read_private(path: Path) -> Ed25519PrivateKey:
    """Read a private key.

    Raises
    ------
    KeyFileError
        The file cannot be read, or holds no Ed25519 key in PEM without a passphrase.
    """
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415  slow to import

    try:
        key = load_pem_private_key(_read(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(
            f"{path} holds no Ed25519 private key in PEM without a passphrase: tocsin keys new makes one"
        )
    return key


def read_public(path: Path) -> list[Ed25519PublicKey]:
    """Read public keys.

    Raises
    ------
    KeyFileError
        The file cannot be read, holds none, or one that is no Ed25519 key in PEM.
    """
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415  likewise

    found = []
    for number, pem in enumerate(_PUBLIC_PEM.findall(_read(path)), 1):
        try:
            key = load_pem_public_key(pem)
        except (ValueError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PublicKey):
            raise KeyFileError(f"{path}: key {number} is no Ed25519 public key in PEM")
        found.append(key)
    if not found:
        raise KeyFileError(f"{path} holds no public key in PEM: `tocsin keys show` prints one's")
    return found


def check_public_text(text: str) -> str:
    """Return a public key in Base64 as it was given.

    Raises
    ------
    ValueError
        It is none.
    """
    try:
        Keyring.from_texts((text,))
    except (ValueError, binascii.Error):
        raise ValueError(f"{text[:60]!r} is no Ed25519 public key in Base64: `tocsin keys show` prints it") from None
    return text


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as e:
        raise KeyFileError(f"{path}: {e.strerror}") from e

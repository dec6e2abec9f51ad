"""Signatures: what was signed is known again, byte for byte, for its namespace and type alone; keys can change."""

import base64
import hashlib
import subprocess
from pathlib import Path

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from schemas.signing import Finding, KeyFileError, Keyring, Signer, check_public_text, read_private, read_public
from tests.unit.cli_runner import run

KIND = "tocsin.alert.v1"
BODY = b'{"alert_id":"a","revision":1}'
OLD, NEW, STRANGE = (Signer(Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)) for n in (1, 2, 3))
TRUSTED = Keyring([OLD.public_key, NEW.public_key])
SIGNATURE = NEW.header("tocsin", KIND, BODY)[1]


def flipped(signature: bytes) -> bytes:
    """Another signature of the same length, by the same key."""
    head, _, said = signature.rpartition(b":")
    raw = bytearray(base64.b64decode(said))
    raw[10] ^= 1
    return head + b":" + base64.b64encode(raw)


@pytest.mark.parametrize(
    "namespace, ce_type, body, header, expected",
    [
        ("tocsin", KIND, BODY, SIGNATURE, Finding.VALID),
        ("tocsin", KIND, BODY, OLD.header("tocsin", KIND, BODY)[1], Finding.VALID),
        ("tocsin", KIND, BODY, None, Finding.UNSIGNED),
        ("tocsin", KIND, BODY, STRANGE.header("tocsin", KIND, BODY)[1], Finding.STRANGE_KEY),
        ("tocsin", KIND, BODY, b"", Finding.STRANGE_KEY),
        ("tocsin", KIND, BODY, b"ed25519:\xff", Finding.STRANGE_KEY),
        ("tocsin", KIND, BODY.replace(b"1", b"2"), SIGNATURE, Finding.FORGED),
        ("tocsin", KIND, BODY + b" ", SIGNATURE, Finding.FORGED),
        ("trial", KIND, BODY, SIGNATURE, Finding.FORGED),
        ("tocsin", "tocsin.heartbeat.v1", BODY, SIGNATURE, Finding.FORGED),
        ("tocsin\ntocsin", KIND, BODY, SIGNATURE, Finding.FORGED),
        ("tocsin", KIND, BODY, flipped(SIGNATURE), Finding.FORGED),
    ],
)
def test_findings(namespace: str, ce_type: str, body: bytes, header: bytes | None, expected: Finding) -> None:
    """Only what a trusted key signed, for this namespace and type, is valid; the rest is told apart."""
    assert TRUSTED.check(namespace, ce_type, body, header) is expected


def test_the_form_is_as_documented() -> None:
    """Whoever has OpenSSL's Ed25519 can check a signature without us: three lines and the body."""
    _, key_id, said = SIGNATURE.split(b":")
    NEW.public_key.verify(base64.b64decode(said), b"tocsin-signature-v1\ntocsin\ntocsin.alert.v1\n" + BODY)
    assert key_id.decode() == hashlib.sha256(NEW.public_key.public_bytes_raw()).hexdigest()[:16]


def test_keys_of_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`tocsin keys new` makes a key that nobody else can read, never over another; `show` knows both halves."""
    file = tmp_path / "worker.key"
    made = run(capsys, "keys", "new", str(file))
    assert made.status == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert Keyring.from_file(tmp_path / "worker.key.pub").check(
        "n", KIND, BODY, Signer.from_file(file).header("n", KIND, BODY)[1]
    ) is (Finding.VALID)
    for half in ("worker.key", "worker.key.pub"):
        assert run(capsys, "keys", "show", str(tmp_path / half)).out == made.out
    assert check_public_text(orjson.loads(made.out)["public_key"])
    before = file.read_bytes()
    again = run(capsys, "keys", "new", str(file))
    assert (again.status, "not overwritten" in again.err) == (2, True)
    assert file.read_bytes() == before


def test_keys_of_openssl(tmp_path: Path) -> None:
    """Keys that OpenSSL made are read; several public ones stand one after the other in a file."""
    publics = b""
    for name in ("one", "two"):
        key = tmp_path / name
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True)
        publics += subprocess.run(["openssl", "pkey", "-in", key, "-pubout"], check=True, capture_output=True).stdout
    (tmp_path / "trusted.pem").write_bytes(b"# two of them\n" + publics)
    ring = Keyring.from_file(tmp_path / "trusted.pem")
    for name in ("one", "two"):
        header = Signer.from_file(tmp_path / name).header("n", KIND, BODY)[1]
        assert ring.check("n", KIND, BODY, header) is Finding.VALID


@pytest.mark.parametrize("content", [b"", b"nonsense", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_a_file_that_holds_no_key_is_named(content: bytes, tmp_path: Path) -> None:
    """What is no key is an error that names the file, and shows nothing of what stands in it."""
    file = tmp_path / "some.pem"
    file.write_bytes(content)
    for read in (read_private, read_public):
        with pytest.raises(KeyFileError, match=r"some\.pem"):
            read(file)


@pytest.mark.parametrize("setting", ["SIGNING_KEY_FILE", "TRUSTED_KEYS_FILE"])
def test_a_wrong_key_file_ends_in_one_line(
    setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Settings that name a file without a key are refused before anything connects."""
    monkeypatch.setenv(f"TOCSIN_{setting}", str(tmp_path / "none.pem"))
    ran = run(capsys, "worker")
    assert ran.status == 2
    assert "none.pem" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_verify_needs_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """Who asks for checked alerts and names no key is told, and gets none unchecked."""
    ran = run(capsys, "subscribe", "--verify", "--bootstrap", "127.0.0.1:1")
    assert ran.status == 2
    assert "TOCSIN_TRUSTED_KEYS_FILE" in ran.err

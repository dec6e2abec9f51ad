"""`tocsin keys`: makes and shows the Ed25519 keys with which workers sign alerts and sources sign reports."""

import os
from pathlib import Path
from typing import Annotated

import typer

from streams.cli.common import AsJson, CliError, clean, emit, stderr, stdout, wants_json

app = typer.Typer(
    help="Make and show keys that sign alerts and reports.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="Where the private key goes; the public one goes to FILE.pub.")],
    as_json: AsJson = None,
) -> None:
    """Make a key: FILE for whoever signs (TOCSIN_SIGNING_KEY_FILE), FILE.pub for those who check."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

    key = Ed25519PrivateKey.generate()
    public = file.with_name(file.name + ".pub")
    if public.exists():
        raise CliError(f"{clean(str(public))} is there already, and a key is not overwritten")
    _write_new(file, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    _write_new(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)
    stderr().print(f"✓ {clean(str(file))} signs, {clean(str(public))} checks", style="green")
    show(public, as_json)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="A private key, or public ones, in PEM.")], as_json: AsJson = None
) -> None:
    """Show the id of each key in a file, and its public part as the policy's register takes it."""
    from schemas.signing import KeyFileError, as_text, key_id, read_private, read_public

    try:
        keys = read_public(file)
    except KeyFileError as e:
        try:
            keys = [read_private(file).public_key()]
        except KeyFileError:
            raise CliError(clean(str(e))) from e
    for key in keys:
        if wants_json(as_json):
            emit({"key_id": key_id(key), "public_key": as_text(key)})
        else:
            stdout().print(f"{key_id(key)}  {as_text(key)}")


def _write_new(file: Path, content: bytes, mode: int) -> None:
    """Write a file that is not there yet."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise CliError(f"{clean(str(file))} is there already, and a key is not overwritten") from None
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)

"""Environment and file to typed settings: `TOCSIN_<NAME>`, or `<name>` in a TOML file named by `TOCSIN_CONFIG`.

The environment wins over the file; the command line wins over both. An unknown or wrong setting is named with what it
may be.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from alerts.pulse import STALE_AFTER
from schemas.connection import DEFAULT_BOOTSTRAP, Connection
from schemas.signing import KeyFileError, Keyring, Signer
from schemas.topics import PARTITIONS

PREFIX = "TOCSIN_"
HomePath = Annotated[Path, AfterValidator(Path.expanduser)]
"""A file, under one's own folder by `~` too: a settings file has no shell that would know it."""


class SettingsError(ValueError):
    """A setting is unknown or wrong; the message names it, its value and what it may be."""


class Clock(StrEnum):
    """Whose time passes in a namespace."""

    WALL = "wall"
    """The ticker writes the wall clock: live traffic."""
    SIMULATED = "simulated"
    """Whoever sends the reports writes the ticks: a demo, a backtest, a backfill."""


class Settings(BaseSettings):
    """Everything that a process of Tocsin can be told."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", use_attribute_docstrings=True, env_ignore_empty=True
    )

    namespace: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")] = "tocsin"
    """First part of every topic's name."""
    bootstrap: str = DEFAULT_BOOTSTRAP
    """Address of the broker, `host:port`, several separated by commas."""
    tls: bool = False
    """Speak TLS to the broker."""
    ca_file: HomePath | None = None
    """PEM file of the authorities to trust; the system's when left out."""
    cert_file: HomePath | None = None
    """PEM file of our own certificate, for mutual TLS."""
    key_file: HomePath | None = None
    """PEM file of its key."""
    sasl: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = None
    """SASL mechanism; needs TLS."""
    username: str | None = None
    """SASL user."""
    password: SecretStr | None = None
    """SASL password."""
    password_file: HomePath | None = None
    """File that holds the SASL password, instead of `password`."""
    signing_key_file: HomePath | None = None
    """PEM file of the Ed25519 key that signs what this process writes: a worker's alerts, `tocsin send`'s reports."""
    trusted_keys_file: HomePath | None = None
    """PEM file of public keys: what none of them signed is refused: alerts by subscribers, ticks by workers."""
    partitions: Annotated[int, Field(ge=1, le=1000)] = PARTITIONS
    """Partitions of every topic when `tocsin topics` creates them; fixed from then on."""
    replication: Annotated[int, Field(ge=1, le=9)] = 1
    """Replicas of every topic when `tocsin topics` creates them: 3 on a cluster that must survive a broker's loss."""
    clock: Clock = Clock.WALL
    """Whose time passes: `wall` for live traffic, `simulated` where whoever sends the reports writes the ticks."""
    tick_every_s: Annotated[float, Field(gt=0, le=60)] = 10.0
    """How often the ticker writes the time into the route, in seconds."""
    facilities: HomePath | None = None
    """GeoJSON file of facilities; when left out, the published ones, or the default file where none are published."""
    policy: HomePath | None = None
    """JSON file of the policy; when left out, the published one, or the default file where none is published."""
    data_dir: Path = Path("~/.local/state/tocsin")
    """Where a process keeps what it may lose (tables are rebuilt from Kafka), and `tocsin up` its broker's data."""
    host: str = "127.0.0.1"
    """Address on which metrics and health are served."""
    port: Annotated[int, Field(ge=0, le=65535)] = 6066
    """Port of metrics and health; 0 takes a free one."""
    commit_every_s: Annotated[float, Field(gt=0, le=60)] = 1.0
    """How often progress is committed, in seconds."""
    session_timeout_s: Annotated[float, Field(ge=6, le=300)] = 20.0
    """How long the broker waits for a silent worker before others take over, in seconds."""
    stall_after_s: Annotated[float, Field(ge=10)] = 60.0
    """A worker that has work and makes no progress for so long is not alive, in seconds."""
    stale_after_s: Annotated[float, Field(ge=1, le=3600)] = STALE_AFTER.total_seconds()
    """Silence means nothing when the last tick came through the whole route so long ago, in seconds."""
    dead_letters_per_min: Annotated[int, Field(ge=1)] = 600
    """Over this rate a dead letter holds only where the original is, not the original."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """How much is logged."""
    log_format: Literal["text", "json"] = "text"
    """How it is logged."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic passes it by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, then environment, then the file named by `TOCSIN_CONFIG`."""
        sources: tuple[PydanticBaseSettingsSource, ...] = (init_settings, env_settings)
        if file := os.environ.get(PREFIX + "CONFIG"):
            sources += (TomlConfigSettingsSource(settings_cls, toml_file=file),)
        return sources

    @property
    def connection(self) -> Connection:
        """How to reach the broker."""
        given = {name: getattr(self, name) for name in Connection.model_fields}
        if self.password_file is not None:
            given["password"] = SecretStr(self.password_file.read_text().strip())
        return Connection(**given)

    @property
    def signer(self) -> Signer | None:
        """What signs, where there is a key."""
        return Signer.from_file(self.signing_key_file) if self.signing_key_file else None

    @property
    def trusted(self) -> Keyring | None:
        """The keys that are trusted, where any are named."""
        return Keyring.from_file(self.trusted_keys_file) if self.trusted_keys_file else None

    @property
    def state_dir(self) -> Path:
        """`data_dir`, with `~` expanded."""
        return self.data_dir.expanduser()


def load(**overrides: Any) -> Settings:  # noqa: ANN401  as many types as settings
    """Read the settings; `overrides` come from the command line, those that are None count as not given.

    Raises
    ------
    SettingsError
        A setting is unknown or wrong.
    """
    _refuse_unknown(os.environ)
    if (file := os.environ.get(PREFIX + "CONFIG")) and not Path(file).is_file():
        raise SettingsError(f"{PREFIX}CONFIG names {file}: there is no such file")
    try:
        settings = Settings(**{k: v for k, v in overrides.items() if v is not None})
        settings.connection, settings.signer, settings.trusted  # noqa: B018  files and combinations are checked here, not at first use
    except ValidationError as e:
        raise SettingsError("; ".join(_told(error) for error in e.errors())) from e
    except tomllib.TOMLDecodeError as e:
        raise SettingsError(f"{file}: not TOML: {e}") from e
    except (KeyFileError, OSError) as e:
        raise SettingsError(f"cannot read a file that the settings name: {e}") from e
    return settings


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {PREFIX + "CONFIG", PREFIX + "CACHE_DIR"}
    for name in sorted(n for n in environ if n.startswith(PREFIX) and n not in known):
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known settings: {', '.join(sorted(known))}"
        raise SettingsError(f"unknown setting {name}: {hint}")


def _told(error: Mapping[str, Any]) -> str:
    name = ".".join(map(str, error["loc"])) or "settings"
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, Settings.model_fields, n=1)
        return f"unknown setting {name}" + (f": did you mean {near[0]}?" if near else "")
    value = "" if name in {"settings", "password"} else f" = {error.get('input')!r}"
    return f"{name}{value}: {_PATTERNS.get(name, message) if error['type'] == 'string_pattern_mismatch' else message}"


_PATTERNS: Final = {
    "namespace": "small letters, digits and hyphens, 61 at most, no hyphen in front",
    "bootstrap": "HOST:PORT, several with commas and without blanks",
}
"""What settings look like that must fit a pattern."""

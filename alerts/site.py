"""The row of one site in one kind of traffic: what is remembered between two events, and how it is written.

A row is one JSON value, versioned, with the instant from which time alone could change something in front, so that
ticks pass over quiet sites without decoding them. Revisions of the alert wait in its outbox until they are sent.

RowError        a row that cannot be read: corrupt, or written by a newer version
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import orjson
from pydantic import TypeAdapter

from alerts.detector_state import VERSION as STATISTIC_VERSION
from alerts.detector_state import DetectorState, StateError
from alerts.shown import Told, keep, read
from schemas.action import Action, ActionResult
from schemas.alert import Acknowledgement, Alert, AlertFacility, Cluster, Involvement, Note
from schemas.outcome import NewerStateError, Output
from schemas.taxonomy import AlertPath, AlertState, Level, Traffic
from schemas.topics import ACTIONS, alert_streams

VERSION: Final = 1
_HEAD: Final = b'{"v":%d,"due":' % VERSION
_NEVER: Final = 2**62
_PAST: Final = 5
COUNTED_P: Final = 0.5
"""An incident that less probably concerned the site is not one of the distinct incidents that a level asks for."""


class RowError(ValueError):
    """A site's row cannot be read; the message says why."""


class NewerRowError(RowError, NewerStateError):
    """A site's row was written by a newer version."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An incident in the revision that was applied last, as it concerns the site."""

    revision: int
    at_ms: int
    """The middle of its interval."""
    distance_km: float
    probability: float
    """That it concerned this site."""
    gravity: float
    """What it adds to the exponent of the severity score."""
    days: float = 0.0
    """The statistic R right after it, as far as it could be told when it left the window of replay."""
    withdrawn: bool = False
    """Remembered, so that an older revision that comes later is not taken for news."""
    spent: bool = False
    """It came too late to be news, or an alert that has ended was about it: by itself it warrants nothing more."""
    told: Told | None = None
    """What people are shown of it; None where others tell more."""
    kind: int = 0
    """Kind of attack, see `pattern.py`."""
    timed: bool = True
    """Whether it is known in which part of the day it happened."""
    usual: int = 0
    """So many incidents in the severity window were no more than usual, right after it; noted as `days` is."""

    @property
    def counts(self) -> bool:
        """Whether it is one of the distinct incidents that a level asks for: it stands, and likely was here."""
        return not self.withdrawn and self.probability >= COUNTED_P


@dataclass(frozen=True, slots=True)
class Episode:
    """The site's alert: the one that is open, or the last one that was."""

    alert_id: str
    revision: int
    state: AlertState
    level: Level
    path: AlertPath
    facility: AlertFacility
    opened_at: datetime
    updated_at: datetime
    notify_at: datetime
    began_ms: int
    """Event time of its earliest incident."""
    since_ms: int
    """Incidents from here on are its evidence."""
    material: int
    """The last revision that said something new of the threat: whoever saw it has seen enough to act."""
    told_days: float
    """The statistic at the last escalation."""
    told_km: float
    """How near the nearest incident was, as last told."""
    called_at: datetime
    """When people were last called: by its opening, or by an escalation to another level."""
    policy: str
    """Version of the policy by which its level was found."""
    score: float = 0.0
    """The severity score, 0 to 100."""
    gravest: str | None = None
    """The gravest incident."""
    cluster: Cluster | None = None
    wave: str | None = None
    low_since: datetime | None = None
    """Since when the statistic has been under half its threshold."""
    ended_at: datetime | None = None
    acknowledged: Acknowledgement | None = None
    unacknowledged: bool = False
    """Whether it was said that nobody acknowledged it."""
    reopens_from_days: float = 0.0
    """After a dismissal: a cluster under this statistic is no news."""
    silenced_until: datetime | None = None
    notes: tuple[Note, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state is AlertState.OPEN


@dataclass(frozen=True, slots=True)
class Held:
    """An action that came before its alert."""

    action: Action
    until: datetime


@dataclass(frozen=True, slots=True)
class Forget:
    """Takes an ended alert out of the current ones."""

    alert_id: str


@dataclass(frozen=True, slots=True)
class Site:
    """All that is remembered of a site in one kind of traffic."""

    site_id: str
    traffic: Traffic
    detector: DetectorState | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    """By incident id."""
    episode: Episode | None = None
    past: Mapping[str, int] = field(default_factory=dict)
    """Last revisions of the last alerts that were forgotten: an id that comes back counts on."""
    held: tuple[Held, ...] = ()
    done: tuple[str, ...] = ()
    """The last actions that were decided, by id."""
    outbox: tuple[Alert | ActionResult | Forget, ...] = ()
    """What people act on and may not have been sent yet."""
    due_ms: int | None = None
    """From when on time alone may change something; None for never."""


def forget(site: Site, ended: Episode) -> Site:
    """Return the site without an ended alert, which leaves the current ones."""
    past = {**site.past, ended.alert_id: ended.revision}
    kept = dict(list(past.items())[-_PAST:])
    return replace(site, episode=None, past=kept, outbox=(*site.outbox, Forget(ended.alert_id)))


def row_key(site_id: str, traffic: Traffic) -> str:
    """Return the key of a site's row in the table."""
    return f"{traffic.value}/{site_id}"


def site_of_row(key: str) -> str:
    """Return the site of a row, from its key."""
    return key.partition("/")[2]


def traffic_of_row(key: str) -> Traffic:
    """Return the traffic of a row, from its key."""
    return Traffic(key.partition("/")[0])


def due_ms(row: bytes) -> int:
    """Return from when on time alone may change something at a site, in ms; read from the row's first bytes.

    Raises
    ------
    RowError
        The row was written by another version, or is none.
    """
    if not row.startswith(_HEAD):
        _refuse(row)
    value = row[len(_HEAD) : row.index(b",", len(_HEAD))]
    return _NEVER if value == b"null" else int(value)


def open_level(row: bytes) -> Level | None:
    """Return the level of the alert that is open at a site; None where none is."""
    if b'"episode":null,' in row:
        return None
    episode = orjson.loads(row)["episode"]
    return Level(episode["level"]) if episode["state"] == AlertState.OPEN.value else None


def has_outbox(row: bytes) -> bool:
    """Whether something waits in the outbox; it stands at the row's end."""
    return not row.endswith(b'"outbox":[]}')


def encode(site: Site) -> bytes:
    """Write a row."""
    episode = None if site.episode is None else _EPISODE.dump_python(site.episode, mode="json", exclude_defaults=True)
    document = {
        "v": VERSION,
        "due": site.due_ms,
        "site": site.site_id,
        "traffic": site.traffic.value,
        "detector": None if site.detector is None else site.detector.to_json(),
        "evidence": {i: _pack(e) for i, e in site.evidence.items()},
        "episode": episode,
        "past": site.past,
        "held": [_HELD.dump_python(h, mode="json", exclude_none=True) for h in site.held],
        "done": site.done,
        "outbox": [_wrap(pending, site.evidence) for pending in site.outbox],
    }
    return orjson.dumps(document)


def decode(row: bytes) -> Site:
    """Read a row.

    Raises
    ------
    RowError
        The row was written by another version, or is corrupt.
    """
    if not row.startswith(_HEAD):
        _refuse(row)
    try:
        d = orjson.loads(row)
        evidence = {i: _unpack(packed) for i, packed in d["evidence"].items()}
        return Site(
            site_id=d["site"],
            traffic=Traffic(d["traffic"]),
            detector=_detector(d["detector"]),
            evidence=evidence,
            episode=None if d["episode"] is None else _EPISODE.validate_json(orjson.dumps(d["episode"])),
            past=d["past"],
            held=tuple(_HELD.validate_json(orjson.dumps(h)) for h in d["held"]),
            done=tuple(d["done"]),
            outbox=tuple(_unwrap(stored, evidence) for stored in d["outbox"]),
            due_ms=d["due"],
        )
    except RowError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as e:
        raise RowError(f"the row is corrupt: {type(e).__name__}: {e}") from e


def without_outbox(row: bytes) -> bytes | None:
    """Return the row with its outbox emptied; None when it was empty."""
    if not has_outbox(row):
        return None
    return orjson.dumps({**orjson.loads(row), "outbox": []})


def outputs(site: Site) -> tuple[Output, ...]:
    """Return what waits in the outbox, as records on their way, in order."""
    sent: list[Output] = []
    for pending in site.outbox:
        match pending:
            case Alert():
                sent.extend(Output(s, pending.alert_id, pending) for s in alert_streams(pending.traffic))
            case ActionResult():
                sent.append(Output(ACTIONS, pending.facility_id, pending))
            case Forget():
                sent.append(Output(alert_streams(site.traffic)[1], pending.alert_id, None))
    return tuple(sent)


def involvement(evidence: Evidence) -> Involvement | None:
    """Return an incident as an alert shows it."""
    if evidence.told is None:
        return None
    return Involvement(incident=read(evidence.told), distance_km=evidence.distance_km, probability=evidence.probability)


_EPISODE: Final = TypeAdapter(Episode)
_HELD: Final = TypeAdapter(Held)


def _refuse(row: bytes) -> None:
    try:
        version = orjson.loads(row)["v"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as e:
        raise RowError(f"the row is corrupt: it begins with {row[:40]!r}") from e
    told = f"the row has version {version}, this program reads version {VERSION}"
    if isinstance(version, int) and version > VERSION:
        raise NewerRowError(f"{told}: run the newer program")
    raise RowError(told)


def _detector(stored: object) -> DetectorState | None:
    """The statistic; one that an earlier version wrote is rebuilt from the evidence when the next incident comes."""
    try:
        return None if stored is None else DetectorState.from_json(stored)
    except StateError as e:
        if isinstance(stored, dict) and isinstance(version := stored.get("v"), int) and version > STATISTIC_VERSION:
            raise NewerRowError(f"{e}; run the newer program") from e
        return None


def _pack(e: Evidence) -> list[Any]:
    packed: list[Any] = [
        e.revision,
        e.at_ms,
        e.distance_km,
        e.probability,
        e.gravity,
        e.days,
        e.withdrawn + 2 * e.spent + 4 * (not e.timed) + 8 * e.kind,
    ]
    if e.told is not None or e.usual:
        packed.append(e.told)
    if e.usual:
        packed.append(e.usual)
    return packed


def _unpack(packed: list[Any]) -> Evidence:
    revision, at_ms, distance_km, probability, gravity, days, flags, *rest = packed
    told = rest[0] if rest else None
    return Evidence(
        revision,
        at_ms,
        distance_km,
        probability,
        gravity,
        days,
        withdrawn=bool(flags & 1),
        spent=bool(flags & 2),
        told=told,
        kind=flags >> 3,
        timed=not flags & 4,
        usual=rest[1] if len(rest) > 1 else 0,
    )


def _wrap(pending: Alert | ActionResult | Forget, evidence: Mapping[str, Evidence]) -> dict[str, Any]:
    """What is to be sent in its stored form: incidents that the row holds as they are shown are not written twice."""
    match pending:
        case Forget():
            return {"forget": pending.alert_id}
        case ActionResult():
            return {"result": pending.model_dump(mode="json", exclude_none=True)}
        case Alert():
            body = pending.model_dump(mode="json", exclude_none=True, exclude={"incidents"})
            body["incidents"] = [_refer(i, evidence.get(i.incident.incident_id)) for i in pending.incidents]
            return {"alert": body}


def _refer(shown: Involvement, held: Evidence | None) -> object:
    if held is not None and held.told is not None and held.revision == shown.incident.revision:
        same = (held.distance_km, held.probability) == (shown.distance_km, shown.probability)
        if same and keep(shown.incident) == held.told:
            return shown.incident.incident_id
    return shown.model_dump(mode="json", exclude_none=True)


def _unwrap(stored: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> Alert | ActionResult | Forget:
    if "forget" in stored:
        return Forget(stored["forget"])
    if "result" in stored:
        return ActionResult.model_validate_json(orjson.dumps(stored["result"]))
    body = stored["alert"]
    incidents = [_dereferred(i, evidence) for i in body["incidents"]]
    return Alert.model_validate_json(orjson.dumps({**body, "incidents": incidents}))


def _dereferred(stored: object, evidence: Mapping[str, Evidence]) -> object:
    if not isinstance(stored, str):
        return stored
    held = involvement(evidence[stored])
    return None if held is None else held.model_dump(mode="json", exclude_none=True)

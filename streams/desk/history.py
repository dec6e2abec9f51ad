"""A table of past incidents (CSV) as incidents: one row, one thing that happened; each bad line named.

Columns, in any order, by any of their names: date, latitude, longitude; and if there are any, type, id, precision_km,
status, grade, killed, wounded, source, notes. Others are ignored.
"""

import csv
import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from pydantic import ValidationError

from schemas.crosswalk import ACLED
from schemas.incident import Incident, Testimony
from schemas.mention import Credibility, Effects, Interval, Place
from schemas.report import Source
from schemas.taxonomy import (
    InformationCredibility,
    Initiator,
    Reliability,
    Status,
    ThreatType,
    Traffic,
)
from streams.desk.intake import Refusal
from streams.envelope import explain
from streams.reading.where.positions import mask

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("date", "event_date", "occurred", "occurred_at", "time", "datetime", "date_start"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "type": ("type", "threat_type", "sub_event_type", "category"),
    "id": ("id", "event_id", "event_id_cnty", "incident_id"),
    "precision_km": ("precision_km", "radius_km"),
    "status": ("status",),
    "grade": ("grade",),
    "killed": ("killed", "fatalities", "deaths"),
    "wounded": ("wounded", "injured"),
    "source": ("source",),
    "notes": ("notes", "text", "description", "summary"),
}
"""What a column may be called; compared without case, blanks read as underscores."""
NEEDED: Final = ("date", "latitude", "longitude")
_DAY: Final = timedelta(days=1)
_WORDS: Final = tuple(
    (re.compile(rf"\b(?:{words})", re.IGNORECASE), threat)
    for words, threat in (
        (r"svbied|suicide", ThreatType.SUICIDE_BOMBING),
        (r"vbied|car ?bomb|vehicle.?bomb", ThreatType.VEHICLE_BOMB),
        (r"ied\b|ieds\b|mine\b|mines\b|landmine|roadside", ThreatType.IED),
        (r"drone|uav|uas\b", ThreatType.UAS),
        (r"rocket", ThreatType.ROCKET),
        (r"missile", ThreatType.MISSILE),
        (r"idf\b|indirect|mortar|artillery|shell", ThreatType.MORTAR_ARTILLERY),
        (r"air ?strike|air attack", ThreatType.AIR_STRIKE),
        (r"saf\b|direct fire|small arms|shooting|sniper|gunfire", ThreatType.SMALL_ARMS),
        (r"ambush|assault|armed attack|raid", ThreatType.GROUND_ASSAULT),
        (r"kidnap|abduct|hostage", ThreatType.KIDNAPPING),
        (r"explo|bomb", ThreatType.UNKNOWN_EXPLOSION),
        (r"riot|protest|demonstration", ThreatType.UNREST),
    )
)
"""Words of other vocabularies, the more special first."""


class HistoryError(ValueError):
    """The table as a whole cannot be read; the message says why."""


@dataclass(slots=True)
class History:
    """What a table holds."""

    incidents: list[Incident] = field(default_factory=list)
    """In order of the table."""
    bad: list[Refusal] = field(default_factory=list)
    unknown_types: Counter[str] = field(default_factory=Counter)
    """Types that are none of ours, with how many rows: those count as `other`."""


def read_history(lines: Iterable[str], name: str, now: datetime) -> History:
    """Read a table of incidents.

    Parameters
    ----------
    lines
        CSV with a line of column names.
    name
        Name of the file, for people.
    now
        Wall clock: what lies in the future is refused.

    Raises
    ------
    HistoryError
        A column that is needed is missing, or named twice.
    """
    rows = csv.DictReader(lines)
    columns = _columns(rows.fieldnames or (), name)
    history = History()
    seen: dict[str, int] = {}
    try:
        for row in rows:
            where = f"{name}:{rows.line_num}"
            try:
                incident, unknown = _incident(row, columns, rows.line_num, now)
            except ValidationError as e:
                history.bad.append(Refusal(where, explain(e)))
            except ValueError as e:
                history.bad.append(Refusal(where, str(e)))
            else:
                if (before := seen.setdefault(incident.incident_id, rows.line_num)) != rows.line_num:
                    history.bad.append(Refusal(where, f"id {incident.incident_id} stands in line {before} already"))
                    continue
                history.incidents.append(incident)
                history.unknown_types.update([unknown] if unknown else [])
    except csv.Error as e:
        raise HistoryError(f"{name}:{rows.line_num}: not CSV: {e}") from e
    return history


def _columns(names: Iterable[str], file: str) -> dict[str, str]:
    """Which of the table's columns is which of ours."""
    found: dict[str, str] = {}
    given = [(name, name.strip().strip("\ufeff").casefold().replace(" ", "_")) for name in names if name]
    for ours, aliases in COLUMNS.items():
        for alias in aliases:
            if hits := [name for name, plain in given if plain == alias]:
                if len(hits) > 1:
                    raise HistoryError(f"{file}:1: column {alias} stands twice")
                found[ours] = hits[0]
                break
    if missing := [n for n in NEEDED if n not in found]:
        known = "; ".join(f"{n} (or {', '.join(COLUMNS[n][1:])})" for n in missing)
        raise HistoryError(f"{file}:1: no column {known}; there are {', '.join(plain for _, plain in given) or 'none'}")
    return found


def _incident(
    row: Mapping[str, str | None], columns: Mapping[str, str], line: int, now: datetime
) -> tuple[Incident, str | None]:
    cells = {ours: (row[column] or "").strip() for ours, column in columns.items()}
    incident_id = cells.get("id") or f"line-{line:07}"
    at, known_at = _when(cells["date"], incident_id)
    if at > now:
        raise ValueError(f"date: {cells['date']} lies in the future")
    threat, unknown = threat_of(cells.get("type", ""))
    lat, lon = _number(cells, "latitude"), _number(cells, "longitude")
    told = mask(cells.get("notes", "")) or f"line {line} of the table"
    reliability, information = _grade(cells.get("grade", ""))
    incident = Incident(
        incident_id=incident_id,
        revision=1,
        traffic=Traffic.ACTUAL,
        theatre="history",
        threat_type=threat,
        status=_status(cells.get("status", "")),
        initiator=Initiator.UNKNOWN,
        occurred=Interval(earliest=at, latest=at),
        place=Place(
            name=f"{lat:.2f} {lon:.2f}", lat=lat, lon=lon, radius_km=_number(cells, "precision_km", optional=True)
        ),
        effects=Effects(killed=_count(cells, "killed"), wounded=_count(cells, "wounded")),
        credibility=Credibility(reliability=reliability, information=information),
        probability=1.0,
        independent_sources=1,
        mentions=1,
        testimony=(
            Testimony(
                mention_id=f"{incident_id}/1/0",
                report_id=incident_id,
                source=Source(name=cells.get("source", "")[:200] or "history"),
                published_at=known_at,
                quote=told[:600],
                start=0,
                end=len(told[:600]),
            ),
        ),
        first_reported_at=known_at,
        last_reported_at=known_at,
    )
    return incident, unknown


def _when(text: str, incident_id: str) -> tuple[datetime, datetime]:
    """Return when it happened, and when that was known.

    Where the table tells only the day, the hour is drawn by lot, the same for every run: at noon all together, the
    incidents of a day would look like one barrage.
    """
    try:
        if len(text) <= len("2006-01-01"):
            began = datetime.combine(date.fromisoformat(text), time(), tzinfo=UTC)
            at = began + random.Random(incident_id).random() * _DAY  # noqa: S311  a lot, no secret
            return at.replace(microsecond=0), began + _DAY
        at = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise ValueError(
            f"date: {text[:40]!r} is neither a day (2006-01-31) nor an instant (2006-01-31T14:00Z)"
        ) from None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return at, at


@cache
def threat_of(text: str) -> tuple[ThreatType, str | None]:
    """Return the threat type that a table means, by our name, ACLED's sub-event or a word; with the text if none."""
    plain = "_".join(text.casefold().replace("-", " ").split())
    if plain in set(ThreatType):
        return ThreatType(plain), None
    for threat, code in ACLED.items():
        if code is not None and code.sub_event_type.casefold() == text.casefold():
            return threat, None
    found = next((threat for pattern, threat in _WORDS if pattern.search(text)), None)
    return (found, None) if found else (ThreatType.OTHER, text or None)


def _status(text: str) -> Status:
    if text and text not in set(Status):
        raise ValueError(f"status: {text[:40]!r} is none of {', '.join(Status)}")
    return Status(text) if text else Status.EXECUTED


def _grade(text: str) -> tuple[Reliability, InformationCredibility]:
    if not text:
        return Reliability.F, InformationCredibility.CANNOT_BE_JUDGED
    if len(text) != 2 or text[0] not in set(Reliability) or text[1] not in set(InformationCredibility):
        raise ValueError(f"grade: {text[:40]!r} is no Admiralty grade, A1 to F6")
    return Reliability(text[0]), InformationCredibility(text[1])


def _number(cells: Mapping[str, str], column: str, *, optional: bool = False) -> float | None:
    text = cells.get(column, "")
    if not text and optional:
        return None
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{column}: {text[:40]!r} is no number") from None


def _count(cells: Mapping[str, str], column: str) -> int | None:
    number = _number(cells, column, optional=True)
    if number is not None and not (math.isfinite(number) and number >= 0 and number == int(number)):
        raise ValueError(f"{column}: {cells[column][:40]!r} is no count")
    return None if number is None else int(number)

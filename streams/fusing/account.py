"""What fusing keeps of a mention: small, comparable, and enough to compose an incident from.

Times are whole seconds since 1970, positions degrees; a named facility gives the position, else the place does.
"""

import struct
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final

import orjson

from schemas.incident import Testimony
from schemas.mention import Mention
from schemas.report import Source
from schemas.taxonomy import Reliability, SourceKind
from streams.fusing.wording import word_hashes
from streams.gazetteer import Gazetteer
from streams.sketch import SIZE

NO_POSITION_RADIUS_KM: Final = 10.0
"""For a place with a point but no radius."""
MAX_CHARS: Final = 300
"""Longer names and descriptions are cut, so that an account stays small."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A facility that may be meant."""

    facility_id: str
    site_id: str
    probability: float


@dataclass(frozen=True, eq=False)
class Account:
    """One report's account of one incident; equal to another when all of it is."""

    mention_id: str
    report_id: str
    revision: int
    traffic: str
    theatre: str
    source: str
    source_kind: str
    reliability: str
    information: str
    published_s: int
    earliest_s: int
    latest_s: int
    threat_type: str
    status: str
    initiator: str
    facility_id: str | None
    site_id: str | None
    """Of the facility, where the gazetteer knows it."""
    lat: float | None
    lon: float | None
    radius_km: float
    """One standard deviation of the position."""
    place: str | None
    country: str | None
    actor: str | None
    confidence: str
    killed: int | None
    wounded: int | None
    damage: str | None
    quote: str
    start: int
    end: int
    reader: str
    things: int
    """What the quote says was struck, a bit for each class of things."""
    guesses: tuple[Guess, ...]
    sketch: int
    """The text's sketch, 16 bits of each position in one number, so that all are compared at once; 0 for none."""
    words: tuple[int, ...]
    """16-bit hashes of the quote's words."""
    packed: bytes = field(repr=False)
    """All of it as JSON, made once."""

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Account) and self.packed == other.packed)

    def __hash__(self) -> int:
        return hash(self.packed)

    @property
    def digest(self) -> str:
        """Tells contents apart: the same id with another digest replaces."""
        return blake2b(self.packed, digest_size=8).hexdigest()

    @cached_property
    def order(self) -> tuple[int, str]:
        """The canonical order of accounts: by publication."""
        return self.published_s, self.mention_id

    @cached_property
    def rank(self) -> tuple[int, str]:
        """An order that nobody chooses: by hash."""
        return int.from_bytes(
            blake2b(self.mention_id.encode(errors="surrogatepass"), digest_size=6).digest()
        ), self.mention_id

    @cached_property
    def speaker(self) -> str:
        """The source's name for comparing."""
        return self.source.casefold()

    @cached_property
    def saying(self) -> str:
        """The quote for finding names in it."""
        return self.quote.casefold()

    @cached_property
    def testimony(self) -> Testimony:
        """What is published of it, as an independent one."""
        return Testimony(
            mention_id=self.mention_id,
            report_id=self.report_id,
            source=Source(
                name=self.source, kind=SourceKind(self.source_kind), reliability=Reliability(self.reliability)
            ),
            published_at=datetime.fromtimestamp(self.published_s, UTC),
            quote=self.quote,
            start=self.start,
            end=self.end,
        )

    @cached_property
    def echo(self) -> Testimony:
        """What is published of it, as a copy or update of another."""
        return self.testimony.model_copy(update={"independent": False})


_PACKED: Final = ("guesses", "sketch", "words", "packed")
_PLAIN: Final = tuple(f.name for f in fields(Account) if f.name not in _PACKED)


def account(mention: Mention, gazetteer: Gazetteer) -> Account:
    """Reduce a mention to what fusing needs."""
    facility = gazetteer.by_id.get(mention.facility_id) if mention.facility_id else None
    place, source = mention.place, mention.source
    lat, lon, radius_km = None, None, NO_POSITION_RADIUS_KM
    if facility is not None:
        lat, lon, radius_km = facility.lat, facility.lon, max(1.0, facility.precision_km)
    elif place is not None and place.lat is not None and place.lon is not None:
        lat, lon = place.lat, place.lon
        radius_km = max(1.0, NO_POSITION_RADIUS_KM if place.radius_km is None else place.radius_km)
    core = next((s for s in mention.evidence if s.axis == "core"), mention.evidence[0] if mention.evidence else None)
    words, things = word_hashes(mention.quote)
    plain = {
        "mention_id": mention.mention_id,
        "report_id": mention.report_id,
        "revision": mention.report_revision,
        "traffic": mention.traffic.value,
        "theatre": mention.theatre,
        "source": source.name,
        "source_kind": source.kind.value,
        "reliability": source.reliability.value,
        "information": mention.credibility.information.value,
        "published_s": int(mention.published_at.timestamp()),
        "earliest_s": int(mention.occurred.earliest.timestamp()),
        "latest_s": int(mention.occurred.latest.timestamp()),
        "threat_type": mention.threat_type.value,
        "status": mention.status.value,
        "initiator": mention.initiator.value,
        "facility_id": mention.facility_id,
        "site_id": gazetteer.site_of(mention.facility_id) if mention.facility_id else None,
        "lat": lat,
        "lon": lon,
        "radius_km": radius_km,
        "place": place.name[:MAX_CHARS] if place else None,
        "country": place.country if place else None,
        "actor": mention.attribution.actor,
        "confidence": mention.attribution.confidence.value,
        "killed": mention.effects.killed,
        "wounded": mention.effects.wounded,
        "damage": mention.effects.damage[:MAX_CHARS] if mention.effects.damage else None,
        "quote": mention.quote,
        "start": core.start if core else 0,
        "end": core.end if core else 0,
        "reader": mention.reader[:MAX_CHARS],
        "things": things,
    }
    guesses = [
        (c.facility_id, gazetteer.site_of(c.facility_id) or c.facility_id, c.probability) for c in mention.candidates
    ]
    sketch = b64encode(b"".join((h & 0xFFFF).to_bytes(2, "little") for h in mention.text_sketch)).decode()
    hashes = b64encode(struct.pack(f"<{len(words)}H", *words)).decode()
    return _account(plain, guesses, sketch, hashes, orjson.dumps([*plain.values(), guesses, sketch, hashes]))


def unpack(packed: Sequence[Any]) -> Account:
    """Read an account from the JSON value that `Account.packed` holds."""
    *values, guesses, sketch, hashes = packed
    return _account(dict(zip(_PLAIN, values, strict=True)), guesses, sketch, hashes, orjson.dumps(packed))


def _account(
    plain: dict[str, Any], guesses: Iterable[Sequence[Any]], sketch: str, hashes: str, packed: bytes
) -> Account:
    raw = b64decode(sketch)
    words = b64decode(hashes)
    return Account(
        **plain,
        guesses=tuple([Guess(*g) for g in guesses]),
        sketch=int.from_bytes(raw, "little") if len(raw) == 2 * SIZE else 0,
        words=struct.unpack(f"<{len(words) // 2}H", words),
        packed=packed,
    )

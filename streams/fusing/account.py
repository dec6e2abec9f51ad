"""What fusing keeps of a mention: small, comparable, and enough to compose an incident from.

Times are whole seconds since 1970, positions degrees; a named facility gives the position, else the place does.
"""

import re
import struct
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from operator import attrgetter
from typing import Any, Final
from zlib import crc32

import orjson

from schemas.mention import Mention
from streams.gazetteer import Gazetteer

MAX_WORDS: Final = 24
"""Words of the quote that are compared: those of least hash, so that two quotes choose alike."""
NO_POSITION_RADIUS_KM: Final = 10.0
"""For a place with a point but no radius."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A facility that may be meant."""

    facility_id: str
    site_id: str
    probability: float


@dataclass(frozen=True, slots=True)
class Account:
    """One report's account of one incident."""

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
    guesses: tuple[Guess, ...]
    sketch: tuple[int, ...]
    """The text's sketch, 16 bits of each position."""
    words: frozenset[int]
    """16-bit hashes of the quote's words."""
    things: int
    """What the quote says was struck, a bit for each class of `THINGS`."""
    packed: bytes = field(default=b"", compare=False, repr=False)
    """All of it as JSON, made once."""

    @property
    def digest(self) -> str:
        """Tells contents apart: the same id with another digest replaces."""
        return blake2b(self.packed, digest_size=8).hexdigest()

    @property
    def order(self) -> tuple[int, str]:
        """The canonical order of accounts: by publication."""
        return self.published_s, self.mention_id


_PACKED: Final = ("guesses", "sketch", "words", "packed")
_PLAIN: Final = tuple(f.name for f in fields(Account) if f.name not in _PACKED)
_SKETCH_AT: Final = len(_PLAIN)
_plain: Final = attrgetter(*_PLAIN)

_WORD = re.compile(r"[^\W_]+")
_STOP: Final = frozenset(
    [
        "a",
        "about",
        "after",
        "an",
        "and",
        "are",
        "as",
        "at",
        "been",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "in",
        "into",
        "is",
        "it",
        "its",
        "no",
        "not",
        "of",
        "on",
        "or",
        "said",
        "says",
        "she",
        "that",
        "the",
        "their",
        "there",
        "they",
        "this",
        "to",
        "was",
        "were",
        "where",
        "which",
        "with",
        "near",
        "people",
    ]
)
_THING_CLASSES: Final = (
    "checkpoint checkpoints roadblock",
    "patrol patrols",
    "convoy convoys truck trucks tanker tankers",
    "guard guards watchtower sentry",
    "station stations",
    "market markets bazaar shop shops street",
    "bridge bridges",
    "depot depots warehouse warehouses",
    "runway terminal airport hangar",
    "embassy consulate mission",
    "hospital clinic",
    "school university college",
    "mosque church shrine",
    "port harbour harbor pier quay jetty ship vessel",
    "refinery pipeline oilfield wellhead",
    "substation reactor turbine grid",
    "hotel restaurant cafe",
    "prison jail",
    "house home houses homes apartment",
    "bus minibus",
)
THINGS: Final = {word: 1 << n for n, line in enumerate(_THING_CLASSES) for word in line.split()}


def account(mention: Mention, gazetteer: Gazetteer) -> Account:
    """Reduce a mention to what fusing needs."""
    facility = gazetteer.by_id.get(mention.facility_id) if mention.facility_id else None
    place = mention.place
    lat, lon, radius_km = None, None, NO_POSITION_RADIUS_KM
    if facility is not None:
        lat, lon, radius_km = facility.lat, facility.lon, max(1.0, facility.precision_km)
    elif place is not None and place.lat is not None and place.lon is not None:
        lat, lon = place.lat, place.lon
        radius_km = max(1.0, NO_POSITION_RADIUS_KM if place.radius_km is None else place.radius_km)
    core = next((s for s in mention.evidence if s.axis == "core"), mention.evidence[0] if mention.evidence else None)
    found = _WORD.findall(mention.quote.casefold())
    things = 0
    for word in found:
        things |= THINGS.get(word, 0)
    hashes = {crc32(w.encode(errors="surrogatepass")) & 0xFFFF for w in found if w not in _STOP}
    bare = Account(
        mention_id=mention.mention_id,
        report_id=mention.report_id,
        revision=mention.report_revision,
        traffic=mention.traffic.value,
        theatre=mention.theatre,
        source=mention.source.name,
        source_kind=mention.source.kind.value,
        reliability=mention.source.reliability.value,
        information=mention.credibility.information.value,
        published_s=int(mention.published_at.timestamp()),
        earliest_s=int(mention.occurred.earliest.timestamp()),
        latest_s=int(mention.occurred.latest.timestamp()),
        threat_type=mention.threat_type.value,
        status=mention.status.value,
        initiator=mention.initiator.value,
        facility_id=mention.facility_id,
        site_id=gazetteer.site_of(mention.facility_id) if mention.facility_id else None,
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        place=place.name if place else None,
        country=place.country if place else None,
        actor=mention.attribution.actor,
        confidence=mention.attribution.confidence.value,
        killed=mention.effects.killed,
        wounded=mention.effects.wounded,
        damage=mention.effects.damage,
        quote=mention.quote,
        start=core.start if core else 0,
        end=core.end if core else 0,
        reader=mention.reader,
        guesses=tuple(
            Guess(c.facility_id, gazetteer.site_of(c.facility_id) or c.facility_id, c.probability)
            for c in mention.candidates
        ),
        sketch=tuple(h & 0xFFFF for h in mention.text_sketch),
        words=frozenset(sorted(hashes)[:MAX_WORDS]),
        things=things,
    )
    return replace(bare, packed=_pack(bare))


def unpack(packed: Sequence[Any]) -> Account:
    """Read an account from the JSON value that `Account.packed` holds."""
    guesses, sketch, words = packed[_SKETCH_AT:]
    return Account(
        **dict(zip(_PLAIN, packed, strict=False)),
        guesses=tuple(Guess(*g) for g in guesses),
        sketch=_ints(sketch),
        words=frozenset(_ints(words)),
        packed=orjson.dumps(packed),
    )


def _pack(one: Account) -> bytes:
    guesses = [(g.facility_id, g.site_id, g.probability) for g in one.guesses]
    return orjson.dumps([*_plain(one), guesses, _b64(one.sketch), _b64(sorted(one.words))])


def _b64(numbers: Sequence[int]) -> str:
    return b64encode(struct.pack(f"<{len(numbers)}H", *numbers)).decode()


def _ints(text: str) -> tuple[int, ...]:
    raw = b64decode(text)
    return struct.unpack(f"<{len(raw) // 2}H", raw)

"""The indexes of one version of the facilities: names, context names, kinds, countries, regions; built once, then read only."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from schemas.facility import Facility
from schemas.taxonomy import FacilityKind
from streams.gazetteer import Gazetteer
from streams.reading import gated as re
from streams.reading.cues import Classes, Hit, Names, Phrases, countries, cue_entries, lists
from streams.reading.normal import Folded, fold_name


@dataclass(frozen=True, slots=True)
class Town:
    """A town of GeoNames."""

    name: str
    country: str
    lat: float
    lon: float
    thousands: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that reading looks up. Immutable; share it between reports."""

    gazetteer: Gazetteer
    cues: Phrases
    names: Names
    name_ids: Mapping[str, tuple[tuple[str, bool], ...]]
    """Folded name -> (facility id, whether it needs context)."""
    by_country: Mapping[str, tuple[Facility, ...]]
    regions: Mapping[str, frozenset[str]]
    """Facility id -> folded region words, province, descriptors' words."""
    by_region: Mapping[str, tuple[str, ...]]
    """Folded region word -> facility ids."""
    descriptors: Mapping[str, tuple[str, ...]]
    """Folded descriptor -> facility ids."""
    by_core: Mapping[str, tuple[str, ...]]
    """Folded place within a facility's name -> facility ids."""
    senders: Mapping[str, frozenset[str]]
    """Id of an embassy or consulate -> folded words for the state that it is of."""
    version: str = ""

    @classmethod
    def build(cls, gazetteer: Gazetteer) -> "Lexicon":
        """Index a set of facilities; about 30 us a facility."""
        name_ids: dict[str, dict[str, bool]] = defaultdict(dict)
        by_country: dict[str, list[Facility]] = defaultdict(list)
        regions: dict[str, frozenset[str]] = {}
        by_region: dict[str, list[str]] = defaultdict(list)
        folded_word = cache(fold_name)
        descriptors: dict[str, list[str]] = defaultdict(list)
        by_core: dict[str, list[str]] = defaultdict(list)
        senders: dict[str, frozenset[str]] = {}
        for facility in gazetteer.by_id.values():
            by_country[facility.country].append(facility)
            for name in (facility.name, *facility.aliases):
                name_ids[fold_name(name)].setdefault(facility.id, False)
            tails = [m for name in (facility.name, *facility.aliases) if (m := _tail(name)) is not None]
            for name in (facility.name, *facility.aliases):
                for ours, theirs in _SPELLINGS:
                    if ours in (folded := fold_name(name)):
                        name_ids[folded.replace(ours, theirs)].setdefault(facility.id, False)
            if facility.kind in (FacilityKind.EMBASSY, FacilityKind.CONSULATE):
                senders[facility.id], missions = _missions((facility.name, *facility.aliases))
                for name in missions:
                    name_ids[name].setdefault(facility.id, False)
            for name in variants(tails):
                name_ids[name].setdefault(facility.id, False)
            for name in cores(tails):
                name_ids[name].setdefault(facility.id, True)
            for core in places_in(tails) | plain_places((facility.name, *facility.aliases)):
                by_core[core].append(facility.id)
            for name in facility.context_aliases:
                name_ids[fold_name(name)].setdefault(facility.id, True)
            area = [*facility.region_words, facility.admin1 or ""]
            regions[facility.id] = frozenset(f for w in area if (f := folded_word(w)))
            regions[facility.id] |= {f for w in regions[facility.id] for f in turned(w)}
            for word in regions[facility.id]:
                by_region[word].append(facility.id)
            for phrase in facility.descriptors:
                folded = folded_word(phrase)
                descriptors[folded].append(facility.id)
                if (m := re.fullmatch(r"(?:(?:the|a) )?(.+) (?:in|of) (?:the )?(\w+(?: \w+)?)", folded)) and len(
                    m[1].split()
                ) < 6:
                    descriptors[f"{m[2]} {m[1]}"].append(facility.id)
        entries: dict[str, set[str]] = defaultdict(set)
        for name in name_ids:
            if len(name) > 1:
                entries[name].add("id_name")
        for word in by_region:
            entries[word].add("id_region")
        for phrase in descriptors:
            entries[phrase].add("id_descriptor")
        for core in by_core:
            entries[core].add("id_core")
        return cls(
            gazetteer=gazetteer,
            cues=_cues(),
            names=Names({p: _CLASSES[frozenset(c)] for p, c in entries.items()}),
            name_ids={n: tuple(ids.items()) for n, ids in name_ids.items()},
            by_country={c: tuple(f) for c, f in by_country.items()},
            regions=regions,
            by_region={w: tuple(ids) for w, ids in by_region.items()},
            descriptors={d: tuple(ids) for d, ids in descriptors.items()},
            by_core={c: tuple(ids) for c, ids in by_core.items()},
            senders=senders,
            version=gazetteer.version,
        )

    def find_names(self, folded: Folded) -> list[Hit]:
        """Return the facilities' names, regions and descriptors in a text, overlapping ones included."""
        return self.names.find(folded)


_KIND_TAIL = re.compile(
    r"^(?P<core>.+?) (?:international )?(?P<kind>airport|port|harbour|seaport|air base|airbase|base|camp|refinery|dam|prison|oil field|gas field|oil terminal|terminal|hospital|nuclear power plant|nuclear plant|npp|hydroelectric station|hydroelectric power plant|hydroelectric power station|hydroelectric plant|hydropower plant|airfield|garrison|outpost|compound|crossing|embassy|consulate|clinic|hub|headquarters|treatment centre|treatment center|trauma centre|trauma center|detention centre|detention center|landing zone|medical complex)$"
)


def _tail(name: str) -> re.Match[str] | None:
    """Split a name into the place and the word for a site that it ends in."""
    return _KIND_TAIL.match(fold_name(name.partition("(")[0] if "(" in name else name))


def variants(tails: list[re.Match[str]]) -> set[str]:
    """Other ways to say a facility's name: "port of X", "the airport in X"."""
    out: set[str] = set()
    for m in tails:
        if len(m["core"]) < 3 or m["core"] in _TOO_COMMON:
            continue
        core, kind = m["core"], m["kind"]
        if kind in ("airport", "port", "refinery", "dam", "nuclear plant", "air base", "prison"):
            out |= {
                f"{kind} of {core}",
                f"{kind} in {core}",
                f"{kind} at {core}",
            }
        if kind in ("nuclear power plant", "nuclear plant", "npp"):
            out |= {
                f"{core} {k}"
                for k in (
                    "nuclear power plant",
                    "nuclear plant",
                    "npp",
                    "nuclear power station",
                    "plant",
                    "nuclear station",
                )
            } | {f"nuclear {k} {at} {core}" for k in ("plant", "power plant", "station") for at in ("at", "in")}
        if kind.startswith("hydro"):
            out |= {f"{core} {k}" for k in _HYDRO}
        if kind == "port":
            out |= {
                f"{core} harbour",
                f"{core} harbor",
                f"{core} seaport",
                f"harbour of {core}",
                f"port city of {core}",
            }
        if kind == "airport":
            out |= {f"{core} {k}" for k in ("international airport", "intl airport", "intl")}
        if kind in ("base", "camp", "air base", "garrison", "outpost"):
            out |= {f"base at {core}", f"camp at {core}"} | {f"{core} {k}" for k in ("base", "air base", "airbase")}
    return out


def _is_city(core: str) -> bool:
    known = towns().get(core)
    return known is not None and known[0].thousands >= 60


_SPELLINGS = (
    ("center", "centre"),
    ("centre", "center"),
    ("harbour", "harbor"),
    ("harbor", "harbour"),
    ("international", "intl"),
)
"""How a word of a name is written elsewhere."""
_MISSION = re.compile(
    r"(?P<of>[a-z]+|u s) (?P<kind>embassy|consulate general|consulate)(?: (?:branch|annex|office|compound))?(?: in)? (?P<place>[a-z]+)"
)
_AMERICAN = frozenset(["us", "u s", "american", "united states", "america", "america", "washington"])


def _missions(names: tuple[str, ...]) -> tuple[frozenset[str], set[str]]:
    """Whose a diplomatic mission is, by its names; and its names with each word for its state and each for its place."""
    told = [m for name in names if (m := _MISSION.match(fold_name(name))) is not None]
    of = frozenset(m["of"] for m in told)
    of |= _AMERICAN if of & _AMERICAN else of
    kinds = {m["kind"] for m in told} | ({"mission"} if any(m["kind"] == "embassy" for m in told) else set())
    places = {m["place"] for m in told} - _SITE
    joints = (" in ", " compound in ")
    return of, {f"{w} {kind}{joint}{place}" for w in of for kind in kinds for joint in joints for place in places}


_HYDRO = (
    "hydroelectric station",
    "hydroelectric plant",
    "hydroelectric power plant",
    "hydroelectric power station",
    "hydropower plant",
    "hydropower station",
    "hydro plant",
    "power station",
    "station",
    "hes",
    "hpp",
)


def cores(tails: list[re.Match[str]]) -> set[str]:
    """The bare place in a facility's name; counts only with its context."""
    out: set[str] = set()
    for m in tails:
        if (
            m["kind"].startswith("hydro")
            or m["kind"] in ("airport", "port", "embassy", "consulate", "hospital", "seaport", "harbour", "prison")
            or len(m["core"]) < 4
        ):
            continue
        core = m["core"]
        if core in _TOO_COMMON or len(core.split()) > 3 or _is_city(core) or core in countries():
            continue
        out.add(core)
    return out


_SIDE = re.compile(r"(?P<side>(?:north|south)?(?:east|west)|north|south)(?:ern)? (?P<of>[a-z ]+)$")


def turned(region: str) -> set[str]:
    """Other ways to say a part of a country: of "western iraq" the west of Iraq, Iraq's west."""
    m = _SIDE.match(region)
    if m is None:
        return set()
    side, of = m["side"], m["of"]
    plain = {f"{of} {side}", f"{side} of {of}", f"{side}ern {of}", f"{side} {of}"}
    if side.startswith(("north", "south")) and len(side) > 5:
        parted = f"{side[:5]} {side[5:]}"
        plain |= {f"{parted}ern {of}", f"{parted} {of}", f"{of} {parted}"}
    return plain


def places_in(tails: list[re.Match[str]]) -> set[str]:
    """The place within a facility's name, for descriptions that hold it: "the treatment centre in Katwa"."""
    out: set[str] = set()
    for m in tails:
        core = " ".join(w for w in m["core"].split() if w not in _TOO_COMMON and w not in _OF_ANY)
        if len(core) > 2 and len(core.split()) <= 3 and core not in countries():
            out.add(core)
    return out


def plain_places(names: tuple[str, ...]) -> set[str]:
    """The place within names that do not end in a word for a site: of "UNMISS base Bentiu" it is Bentiu."""
    out: set[str] = set()
    for name in names:
        words = fold_name(name).split()
        left = [w for w in words if w not in _TOO_COMMON and w not in _OF_ANY and w not in _SITE]
        if len(left) == 1 < len(words) <= 5 and left[0].isascii() and left[0].isalpha() and len(left[0]) > 3:
            out |= {left[0]} - _STATES
    return out


_STATES = frozenset(
    [
        "iraq", "syria", "mali", "somalia", "yemen", "kenya", "niger", "nigeria", "congo", "gaza", "jordan", "qatar", "kuwait", "bahrain", "lebanon", "israel",
        "libya", "sudan", "ukraine", "pakistan", "haiti", "saudi", "sinai", "tunisia", "montenegro", "assad", "omar", "zayed", "saddam", "iran", "turkey", "kosovo", "egypt", "afghanistan", "colombia", "djibouti", "american",
    ]
)  # fmt: skip
"""Too wide to tell a site."""

_SITE = frozenset(
    [
        "base", "camp", "site", "hub", "post", "headquarters", "hq", "embassy", "consulate", "airport", "airfield", "port", "hospital", "clinic",
        "compound", "centre", "center", "prison", "dam", "plant", "field", "terminal", "refinery", "in", "at", "garrison", "outpost", "annex", "complex", "house", "amisom", "atmis",
    ]
)  # fmt: skip

_OF_ANY = frozenset(
    [
        "ebola",
        "humanitarian",
        "msf",
        "unmiss",
        "monusco",
        "minusma",
        "unifil",
        "undof",
        "international",
        "oil",
        "gas",
        "nuclear",
        "power",
        "detention",
        "trauma",
        "children",
        "s",
        "regional",
        "general",
        "sea",
        "processing",
        "fuel",
        "export",
        "protection",
        "of",
        "civilians",
        "displacement",
        "idp",
        "refugee",
        "arab",
        "poc",
    ]
)
"""Words of a facility's name that say what it is, not where."""

_TOO_COMMON = frozenset(
    [
        "us",
        "un",
        "uk",
        "military",
        "army",
        "main",
        "the",
        "new",
        "old",
        "north",
        "south",
        "east",
        "west",
        "central",
        "camp",
        "base",
        "air",
        "naval",
        "joint",
        "training",
        "patrol",
        "forward",
        "green",
        "victory",
        "united",
    ]
)


_NAME_CLASSES = ("id_name", "id_region", "id_descriptor", "id_core")
_CLASSES: Mapping[frozenset[str], Classes] = {
    classes: classes
    for bits in product((False, True), repeat=len(_NAME_CLASSES))
    for classes in (Classes(c for c, bit in zip(_NAME_CLASSES, bits, strict=True) if bit),)
}
"""One set for each combination, shared by all names."""


@cache
def _cues() -> Phrases:
    return Phrases(cue_entries())


@cache
def towns() -> Mapping[str, tuple[Town, ...]]:
    """Folded town name -> towns of that name, largest first."""
    out: dict[str, list[Town]] = defaultdict(list)
    for line in (files("streams.reading") / "data" / "towns.tsv").read_text(encoding="utf-8").splitlines():
        name, country, lat, lon, thousands = line.split("\t")
        out[fold_name(name)].append(Town(name, country, float(lat), float(lon), int(thousands)))
    return {n: tuple(sorted(ts, key=lambda t: -t.thousands)) for n, ts in out.items()}


@cache
def kind_words() -> Mapping[str, frozenset[FacilityKind]]:
    """Folded site word -> kinds it may mean."""
    out: dict[str, set[FacilityKind]] = defaultdict(set)
    for cls, phrases in lists().items():
        if cls.startswith("k_") and cls != "k_generic":
            for phrase in phrases:
                out[fold_name(phrase)].add(FacilityKind(cls[2:]))
    return {w: frozenset(k) for w, k in out.items()}


def country_names() -> Mapping[str, str]:
    """Folded names of countries and peoples, with the country."""
    return countries()


def km_offset(lat: float, lon: float, km: float, bearing_deg: float) -> tuple[float, float]:
    """Return the point at a distance and bearing (flat earth, good to 1 % within 200 km)."""
    b = math.radians(bearing_deg)
    return lat + km * math.cos(b) / 111.2, lon + km * math.sin(b) / (111.2 * max(0.01, math.cos(math.radians(lat))))

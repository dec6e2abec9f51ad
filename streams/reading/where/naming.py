"""Other ways to say a facility's name, found once when the lexicon is built: the place in it, its kind in other words, whose it is."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.text.tables import table
from streams.reading.what.cues import countries
from streams.reading.where.towns import towns

_KIND_TAIL = re.compile(
    r"^(?P<core>.+?) (?:international )?(?P<kind>airport|port|harbour|seaport|air base|airbase|base|camp|refinery|dam|prison|oil field|gas field|oil terminal|terminal|hospital|nuclear power plant|nuclear plant|npp|hydroelectric station|hydroelectric power plant|hydroelectric power station|hydroelectric plant|hydropower plant|airfield|garrison|outpost|compound|crossing|embassy|consulate|clinic|hub|headquarters|treatment centre|treatment center|trauma centre|trauma center|detention centre|detention center|landing zone|medical complex)$"
)


def tail(name: str) -> re.Match[str] | None:
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


SPELLINGS = (
    ("center", "centre"),
    ("centre", "center"),
    ("harbour", "harbor"),
    ("harbor", "harbour"),
    ("international", "intl"),
    ("airport", "apt"),
    ("air base", "ab"),
)
"""How a word of a name is written elsewhere."""


@cache
def short_names() -> Mapping[str, tuple[str, ...]]:
    """Folded name of a site -> what reports from the spot call it for short, folded."""
    out: dict[str, tuple[str, ...]] = {}
    for line in table("sites.toml")["short"]["names"].strip().splitlines():
        short, name = line.split(": ")
        out[fold_name(name)] = (*out.get(fold_name(name), ()), fold_name(short))
    return out


_MISSION = re.compile(
    r"(?P<of>[a-z]+|u s) (?P<kind>embassy|consulate general|consulate)(?: (?:branch|annex|office|compound))?(?: in)? (?P<place>[a-z]+)"
)
_AMERICAN = frozenset(["us", "u s", "american", "united states", "america", "america", "washington"])


def missions(names: tuple[str, ...]) -> tuple[frozenset[str], set[str]]:
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


def borne(tails: list[re.Match[str]]) -> set[str]:
    """What airports and hospitals are called for short: "Toussaint Louverture", "al-Shifa"; no town, which may be meant itself."""
    plain = {m["core"] for m in tails if m["kind"] in ("airport", "hospital", "medical complex")}
    return {
        core
        for core in plain
        if len(core) > 4
        and core not in _STATES
        and not _TOO_COMMON & set(core.split())
        and not _OF_ANY & set(core.split())
        and not any(form in towns() or form in countries() for form in (core, bare(core)))
    }


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


def _chief_town(core: str) -> bool:
    """Whether what tells a country is one of its towns: "gao", not "mali"."""
    return core not in _STATES and any(t.country == countries()[core] for t in towns().get(core, ()))


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


def side_told(descriptor: str) -> str | None:
    """The part of a country that a descriptor tells: of "peacekeepers base in southern somalia" southern somalia."""
    m = _IN_SIDE.search(descriptor)
    return m["region"] if m is not None else None


_IN_SIDE: Final = re.compile(r" in (?P<region>(?:north|south|east|west|central)[a-z]* [a-z]+)$")
_UNIT: Final = re.compile(
    r"(?P<unit>(?:\d+(?:st|nd|rd|th)|[a-z]+(?:st|nd|rd|th)) (?:[a-z]+ )?(?:brigade|division|battalion|regiment|corps|wing|squadron))\b.*"
)


def stations(tails: list[re.Match[str]]) -> set[str]:
    """Of "Rivne nuclear power plant" Rivne station; counts only with its context, for trains have stations too."""
    return {f"{m['core']} station" for m in tails if m["kind"] in ("nuclear power plant", "nuclear plant", "npp")}


def units(folded: list[str]) -> set[str]:
    """The unit that a site is called after: of "30th Brigade base, Cucuta" it is the 30th Brigade. Counts only with its context."""
    return {m["unit"] for name in folded if (m := _UNIT.fullmatch(name)) is not None}


def unplaced(folded: list[str], regions: frozenset[str]) -> set[str]:
    """A name without the place that stands behind it: of "Panorama prison Hasakah" it is Panorama prison. Counts only with its context."""
    out: set[str] = set()
    for name in folded:
        words = name.split()
        for n in (1, 2):
            front, place = words[:-n], " ".join(words[-n:])
            if (
                len(front) >= 2
                and front[-1] in _SITE - _JOINTS
                and any(f" {place} " in f" {r} " for r in regions)
                and not _generic(front)
            ):
                out.add(" ".join(front))
    return out


def _generic(words: list[str]) -> bool:
    """Whether words tell what a site is and not which: "us embassy", "treatment centre"."""
    return all(w in _SITE or w in _TOO_COMMON or w in _OF_ANY or w in _STATES or w in countries() for w in words)


_JOINTS: Final = frozenset({"in", "at"})


def places_in(tails: list[re.Match[str]]) -> set[str]:
    """The place within a facility's name, for descriptions that hold it: "the treatment centre in Katwa"."""
    out: set[str] = set()
    for m in tails:
        core = " ".join(w for w in m["core"].split() if w not in _TOO_COMMON and w not in _OF_ANY)
        if len(core) > 2 and len(core.split()) <= 3 and (core not in countries() or _chief_town(core)):
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


_ARTICLE = re.compile(r"^(?:al|el|ash|as|ad|an|ar|at) (?=\w{4})")


def joined(core: str) -> str:
    """A place with its article in one word: of "al asad" alasad."""
    return re.sub(r"^(al|el) (?=\w{4})", r"\1", core)


def bare(core: str) -> str:
    """A place without its article: of "al qaim" qaim."""
    plain = _ARTICLE.sub("", core)
    return core if plain in _STATES else plain


_TITLED = re.compile(r"(?:(?:camp|base) (?P<front>\w+)|(?P<behind>\w+) (?:base|camp|military base))")
_TITLES = frozenset(["victory", "green", "united"])


def titled(folded: list[str]) -> set[str]:
    """What a site is called that has a common word for its name: "camp victory" is "victory camp", too. Counts only with its context."""
    out: set[str] = set()
    for name in folded:
        m = _TITLED.fullmatch(name)
        if m and (word := m["front"] or m["behind"]) in _TITLES:
            out |= {f"{word} {k}" for k in ("camp", "base", "base camp", "military base")} | {f"camp {word}"}
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

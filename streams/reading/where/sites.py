"""What words for sites mean: kinds of facility, how near these are to each other, and the names that such a word makes with a place.

A name of that make need not stand in the gazetteer: "Victory camp", "Camp al-Qaim", "Balad's air base", "the Taji and Balad bases".
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from schemas.facility import Facility
from schemas.taxonomy import FacilityKind as K
from streams.reading.lexicon import Lexicon
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.what.cues import Hit, lists

_FAMILY: Final = {
    K.AIR_BASE: {K.MILITARY_BASE: 0.5, K.AIRPORT: 0.4, K.OUTPOST: 0.3},
    K.MILITARY_BASE: {K.AIR_BASE: 0.7, K.OUTPOST: 0.6, K.UN_COMPOUND: 0.3, K.GOVERNMENT: 0.2},
    K.OUTPOST: {K.MILITARY_BASE: 0.8, K.AIR_BASE: 0.3},
    K.AIRPORT: {K.AIR_BASE: 0.3},
    K.EMBASSY: {K.CONSULATE: 0.1, K.GOVERNMENT: 0.05},
    K.CONSULATE: {K.EMBASSY: 0.1},
    K.UN_COMPOUND: {K.MILITARY_BASE: 0.1, K.NGO_COMPOUND: 0.2},
    K.OIL_GAS: {K.REFINERY: 0.7, K.SEAPORT: 0.1},
    K.REFINERY: {K.OIL_GAS: 0.5},
    K.POWER_PLANT: {K.NUCLEAR_PLANT: 0.3, K.WATER: 0.4},
    K.NUCLEAR_PLANT: {K.POWER_PLANT: 0.1},
    K.WATER: {K.POWER_PLANT: 0.5},
    K.NGO_COMPOUND: {K.UN_COMPOUND: 0.5},
}


def kind_score(asked: K, kind: K) -> float:
    """How well a kind of facility meets the kind asked for."""
    return 1.0 if asked == kind else _FAMILY.get(asked, {}).get(kind, 0.0)


@cache
def kind_words() -> Mapping[str, frozenset[K]]:
    """Folded site word -> kinds it may mean."""
    out: dict[str, set[K]] = defaultdict(set)
    for cls, phrases in lists().items():
        if cls.startswith("k_") and cls != "k_generic":
            for phrase in phrases:
                out[fold_name(phrase)].add(K(cls[2:]))
    return {w: frozenset(k) for w, k in out.items()}


def kinds_called(facility: Facility) -> frozenset[K]:
    """The kinds that a facility's names tell, beside its own: a camp that is called an airport, "K-1 Air Base"; not words for any base."""
    return _kinds_called((facility.name, *facility.aliases))


@lru_cache(maxsize=20_000)
def _kinds_called(names: tuple[str, ...]) -> frozenset[K]:
    out: set[K] = set()
    for name in names:
        called = re.split(r"[,(]|\s(?:at|in|near|of)\s", name)[0].split()
        for n in (1, 2, 3):
            out |= kind_words().get(fold_name(" ".join(called[-n:])), frozenset()) & _NAMED_KINDS
    return frozenset(out)


_NAMED_KINDS: Final = frozenset({K.AIR_BASE, K.AIRPORT, K.SEAPORT, K.HOSPITAL, K.REFINERY, K.OIL_GAS, K.WATER})


def may_be_called(word: str, facility: Facility) -> bool:
    """Whether a place with a word behind it may be a facility there: "Balad hospital" is no air base; troops camp anywhere."""
    kinds = kind_words().get(word, frozenset())
    return not kinds or bool(kinds & _OF_TROOPS) or any(kind_score(k, facility.kind) > 0 for k in kinds)


_OF_TROOPS: Final = frozenset({K.AIR_BASE, K.MILITARY_BASE, K.OUTPOST})
_ALIKE: Final = 0.5
"""So near must a kind be to the one that a name's word tells."""
_JOINT: Final = re.compile(r"(?:['’]s?)?[\s-]")
"""Between a place and the word behind it: "Balad base", "Balad's base"."""
_TITLE: Final = re.compile(r"\s(?:(?:[Aa]l|[Ee]l|[Aa]sh|[Aa]s|[Aa]t|[Aa]n|[Aa]r)[\s-])?$")
"""Between a word in front and the place: "Camp Taji", "Camp al-Qaim"."""
_LISTED: Final = re.compile(r"(?:,|,?\s(?:and|or))\s(?:[Aa]l-)?")
"""Between places that share a word: "the Taji, Balad and al-Qaim bases"."""


def made_names(
    lexicon: Lexicon, body: str, hits: list[Hit], names: list[Hit], serving: int
) -> list[tuple[int, int, tuple[Facility, ...]]]:
    """Return the names that a place within facilities' names makes with a word for their kind, and which facilities that may be.

    Parameters
    ----------
    lexicon, body, hits, names
        The facilities, the text, its cues, and the places in it.
    serving
        The year.
    """
    places = [x for x in names if "id_core" in x.classes and body[x.start].isupper()]
    if not places:
        return []
    words = [h for h in hits if h.classes.site and h.text in kind_words()]
    opening, closing = {h.start: h for h in words}, {h.end: h for h in words if body[h.start].isupper()}
    out: list[tuple[int, int, tuple[Facility, ...]]] = []
    shared: tuple[int, Hit] | None = None
    for x in reversed(places):
        start, end, word = x.start, x.end, None
        if (joint := _JOINT.match(body, x.end)) and (word := opening.get(joint.end())):
            end = word.end
        elif (title := _TITLE.search(body, max(0, x.start - 5), x.start)) and (word := closing.get(title.start())):
            start = word.start
        elif shared and (listed := _LISTED.match(body, x.end)) and listed.end() == shared[0]:
            word = shared[1]
        shared = (x.start, word) if word and word.text.endswith("s") else None
        if word is None and not _of_an_aerodrome(body, x):
            continue
        asked = kind_words()[word.text] if word is not None else frozenset({K.AIRPORT})
        fit = tuple(
            f
            for f in (lexicon.gazetteer.by_id[i] for i in lexicon.by_core[x.text])
            if f.kind not in OF_STATES and max(kind_score(k, f.kind) for k in asked) >= _ALIKE
        )
        if fit:
            out.append((start, end, tuple(f for f in fit if f.serves_in(serving)) or fit))
    return out[::-1]


def _of_an_aerodrome(body: str, place: Hit) -> bool:
    """Whether a place stands beside a location indicator (ICAO Doc 7910), or as a notice to airmen calls its aerodrome."""
    return (
        _INDICATOR_BEFORE.search(body, max(0, place.start - 8), place.start) is not None
        or _AERODROME_BEHIND.match(body, place.end) is not None
    )


_INDICATOR: Final = r"[DEFGHLMOSUV][A-Z]{3}"
_INDICATOR_BEFORE: Final = re.compile(rf"\b{_INDICATOR}\s?(?:[(/:]|\s[-–—]\s)\s?$")
_AERODROME_BEHIND: Final = re.compile(
    rf"\s?[(/]\s?{_INDICATOR}\b|\s(?:INTL|INTERNATIONAL|Intl)\b(?=\s*(?:$|[\n.,;:)/]))"
)
OF_STATES: Final = frozenset({K.EMBASSY, K.CONSULATE})
"""Sites of which a town has several: its name does not tell whose."""

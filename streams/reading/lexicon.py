"""The indexes of one version of the facilities: names, context names, kinds, countries, regions; built once, then read only."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from schemas.facility import Facility
from schemas.taxonomy import FacilityKind
from streams.gazetteer import Gazetteer
from streams.reading.text import gated as re
from streams.reading.text.normal import Folded, fold_name
from streams.reading.what.cues import Classes, Hit, Names, Phrases, cue_entries
from streams.reading.where.naming import (
    SPELLINGS,
    bare,
    borne,
    cores,
    joined,
    missions,
    places_in,
    plain_places,
    short_names,
    side_told,
    stations,
    tail,
    titled,
    turned,
    units,
    unplaced,
    variants,
)


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
    borne: frozenset[str] = frozenset()
    """Folded names that a facility only bears, as an airport does a person's: they count where they tell where."""
    version: str = ""

    @classmethod
    def build(cls, gazetteer: Gazetteer) -> "Lexicon":
        """Index a set of facilities; about 30 us a facility."""
        made = _Indexes()
        for facility in gazetteer.by_id.values():
            made.add(facility)
        return cls(
            gazetteer=gazetteer,
            cues=_cues(),
            names=Names({name: _CLASSES[frozenset(c)] for name, c in made.classes().items()}),
            name_ids={n: tuple(ids.items()) for n, ids in made.name_ids.items()},
            by_country={c: tuple(f) for c, f in made.by_country.items()},
            regions=made.regions,
            by_region={w: tuple(ids) for w, ids in made.by_region.items()},
            descriptors={d: tuple(ids) for d, ids in made.descriptors.items()},
            by_core={c: tuple(ids) for c, ids in made.by_core.items()},
            senders=made.senders,
            borne=frozenset(made.borne),
            version=gazetteer.version,
        )

    def find_names(self, folded: Folded) -> list[Hit]:
        """Return the facilities' names, regions and descriptors in a text, overlapping ones included."""
        return self.names.find(folded)


class _Indexes:
    """The indexes as they grow, facility by facility."""

    def __init__(self) -> None:
        self.name_ids: dict[str, dict[str, bool]] = defaultdict(dict)
        self.by_country: dict[str, list[Facility]] = defaultdict(list)
        self.regions: dict[str, frozenset[str]] = {}
        self.by_region: dict[str, list[str]] = defaultdict(list)
        self.descriptors: dict[str, list[str]] = defaultdict(list)
        self.by_core: dict[str, list[str]] = defaultdict(list)
        self.senders: dict[str, frozenset[str]] = {}
        self.borne: set[str] = set()
        self._folded = cache(fold_name)

    def add(self, facility: Facility) -> None:
        """Take in a facility."""
        self.by_country[facility.country].append(facility)
        self._lies_in(facility)
        self._is_called(facility)
        self._is_described(facility)

    def _lies_in(self, facility: Facility) -> None:
        """Its regions, as they are told of it."""
        told = {f for w in (*facility.region_words, facility.admin1 or "") if (f := self._folded(w))}
        told |= {side for d in facility.descriptors if (side := side_told(self._folded(d))) is not None}
        told |= {f for w in told for f in turned(w)}
        self.regions[facility.id] = frozenset(told)
        for word in told:
            self.by_region[word].append(facility.id)

    def _is_called(self, facility: Facility) -> None:
        """Its names: those that speak for themselves, those that need their context, those that it only bears."""
        given = (facility.name, *facility.aliases)
        folded = [fold_name(name) for name in given]
        tails = [m for name in given if (m := tail(name)) is not None]
        local = facility.kind not in (FacilityKind.EMBASSY, FacilityKind.CONSULATE)
        sure = [*folded, *(name.replace(ours, theirs) for name in folded for ours, theirs in SPELLINGS if ours in name)]
        if not local:
            self.senders[facility.id], told_as = missions(given)
            sure += told_as
        sure += variants(tails)
        loose = [fold_name(name) for name in facility.context_aliases]
        loose += short_names().get(folded[0], ())
        loose += titled([*folded, *loose]) | cores(tails) | stations(tails) | units(folded)
        loose += unplaced(folded, self.regions[facility.id]) if local else ()
        loose += (plain for name in folded if name != (plain := bare(name)) and " " in plain)
        for name in sure:
            self.name_ids[name].setdefault(facility.id, False)
        for name in loose:
            self.name_ids[name].setdefault(facility.id, True)
        for name in borne(tails):
            if name not in self.name_ids:
                self.borne.add(name)
                self.name_ids[name].setdefault(facility.id, True)
        places = places_in(tails) | plain_places(given)
        for core in places | {form(core) for core in places for form in (bare, joined)}:
            self.by_core[core].append(facility.id)

    def _is_described(self, facility: Facility) -> None:
        """What it is called in passing, with its place behind or before: "camp in Gao", "Gao camp"."""
        for phrase in facility.descriptors:
            folded = self._folded(phrase)
            self.descriptors[folded].append(facility.id)
            turned_round = _OF_PLACE.fullmatch(folded)
            if turned_round is not None and len(turned_round["what"].split()) < _LONG:
                self.descriptors[f"{turned_round['where']} {turned_round['what']}"].append(facility.id)

    def classes(self) -> dict[str, set[str]]:
        """What each name and word is: a facility's name, its region, a description of it, a place in its name."""
        out: dict[str, set[str]] = defaultdict(set)
        for name in self.name_ids:
            if len(name) > 1:
                out[name].add("id_name")
        for cls, index in (
            ("id_region", self.by_region),
            ("id_descriptor", self.descriptors),
            ("id_core", self.by_core),
        ):
            for word in index:
                out[word].add(cls)
        return out


_OF_PLACE: Final = re.compile(r"(?:(?:the|a) )?(?P<what>.+) (?:in|of) (?:the )?(?P<where>\w+(?: \w+)?)")
_LONG: Final = 6
"""So many words of a description are not turned round."""


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

"""The indexes of one version of the facilities: names, context names, kinds, countries, regions; built once, then read only."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

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
        name_ids: dict[str, dict[str, bool]] = defaultdict(dict)
        by_country: dict[str, list[Facility]] = defaultdict(list)
        regions: dict[str, frozenset[str]] = {}
        by_region: dict[str, list[str]] = defaultdict(list)
        folded_word = cache(fold_name)
        descriptors: dict[str, list[str]] = defaultdict(list)
        by_core: dict[str, list[str]] = defaultdict(list)
        senders: dict[str, frozenset[str]] = {}
        names_borne: set[str] = set()
        for facility in gazetteer.by_id.values():
            by_country[facility.country].append(facility)
            folded_names = [fold_name(name) for name in (facility.name, *facility.aliases)]
            loose_names = [fold_name(name) for name in facility.context_aliases]
            loose_names += short_names().get(folded_names[0], ())
            for name in folded_names:
                name_ids[name].setdefault(facility.id, False)
                for ours, theirs in SPELLINGS:
                    if ours in name:
                        name_ids[name.replace(ours, theirs)].setdefault(facility.id, False)
            tails = [m for name in (facility.name, *facility.aliases) if (m := tail(name)) is not None]
            local = facility.kind not in (FacilityKind.EMBASSY, FacilityKind.CONSULATE)
            if not local:
                senders[facility.id], told_as = missions((facility.name, *facility.aliases))
                for name in told_as:
                    name_ids[name].setdefault(facility.id, False)
            for name in variants(tails):
                name_ids[name].setdefault(facility.id, False)
            area = [*facility.region_words, facility.admin1 or ""]
            regions[facility.id] = frozenset(f for w in area if (f := folded_word(w)))
            regions[facility.id] |= {r for d in facility.descriptors if (r := side_told(folded_word(d))) is not None}
            regions[facility.id] |= {f for w in regions[facility.id] for f in turned(w)}
            for name in units(folded_names) | (unplaced(folded_names, regions[facility.id]) if local else set()):
                name_ids[name].setdefault(facility.id, True)
            for name in cores(tails) | stations(tails) | titled([*folded_names, *loose_names]):
                name_ids[name].setdefault(facility.id, True)
            places = places_in(tails) | plain_places((facility.name, *facility.aliases))
            for core in places | {form(core) for core in places for form in (bare, joined)}:
                by_core[core].append(facility.id)
            for name in loose_names:
                name_ids[name].setdefault(facility.id, True)
            for name in folded_names:
                if name != (plain := bare(name)) and " " in plain:
                    name_ids[plain].setdefault(facility.id, True)
            for name in borne(tails):
                if name not in name_ids:
                    names_borne.add(name)
                    name_ids[name].setdefault(facility.id, True)
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
            borne=frozenset(names_borne),
            version=gazetteer.version,
        )

    def find_names(self, folded: Folded) -> list[Hit]:
        """Return the facilities' names, regions and descriptors in a text, overlapping ones included."""
        return self.names.find(folded)


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

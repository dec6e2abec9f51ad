"""How far the words of a description are those of a facility's own record: its names, descriptors and region words.

A word counts by how few of the sites that may be meant have it (inverse document frequency, Spärck Jones 1972).
"""

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from schemas.facility import Facility
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.text.tables import table
from streams.reading.what.cues import words

_COMMON: Final = frozenset(words(table("sites.toml")["common"]["words"]))
"""Words that tell of no site in particular."""
_SHARE: Final = 0.8
"""How much a word's rarity weighs."""
_ENOUGH: Final = 2.2
"""More rarity than this changes nothing."""


def content(text: str) -> frozenset[str]:
    """The words of a text that may tell one site from another, folded, in the singular."""
    return frozenset(_singular(w) for w in re.findall(r"[a-z]{3,}", fold_name(text))) - _COMMON


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=20_000)
def _record(phrases: tuple[str, ...]) -> frozenset[str]:
    return content(" ".join(phrases))


def record(f: Facility) -> frozenset[str]:
    """The words of a facility's record."""
    return _record((f.name, *f.aliases, *f.descriptors, *f.region_words))


def likeness(told: frozenset[str], pool: Iterable[Facility]) -> dict[str, float]:
    """Return, of each facility that is meant perhaps, a factor above 1 as far as it shares rare words with what is told."""
    shared = {f.id: told & record(f) for f in pool}
    having = Counter(w for ws in shared.values() for w in ws)
    rarity = {w: math.log((len(shared) + 1) / n) if n < len(shared) else 0.0 for w, n in having.items()}
    return {i: math.exp(_SHARE * min(_ENOUGH, sum(rarity[w] for w in ws))) for i, ws in shared.items()}

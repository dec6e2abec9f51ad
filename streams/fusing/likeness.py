"""How likely two accounts are of one incident: a scorecard, the sum of one weight for each thing that can be compared.

Log odds in hundredths. The weights are a logistic regression (docs/fusing.md, `weights.py`); what never occurs in its
training data, such as a facility known to the gazetteer or a list of candidates, is weighted by hand.
"""

import math
from collections.abc import Mapping
from itertools import accumulate
from typing import Final

from schemas.taxonomy import Status, ThreatType
from streams.fusing.account import Account
from streams.fusing.clusters import CEILING, FLOOR
from streams.fusing.lanes import equal_lanes
from streams.fusing.profile import MOST, Profile, apart_km, profile
from streams.fusing.weights import CARD, Card
from streams.sketch import SIZE

APART: Final = -10_000_000
"""Scores of two accounts that can never be one: two passages of one report, or traffic that does not mix."""
NEAR_KM: Final = 5.0
"""Two facilities so near each other are mistaken for one another."""
LIKELY: Final = 0.4
"""From this probability on, two accounts mean the same facility as likely as one of two."""
HINTED: Final = 0.05

_HOPELESS: Final = FLOOR - max(CARD.sketch) - max(CARD.words)
"""With so little no text lifts a pair above the floor."""
_KIN: Final = tuple(
    frozenset(family.split())
    for family in (
        "rocket mortar_artillery missile uas air_strike",
        "ied vehicle_bomb suicide_bombing",
        "small_arms ground_assault intrusion kidnapping vehicle_ramming",
        "arson sabotage unrest intrusion",
    )
)
_VAGUE_KINDS: Final = frozenset({"unknown_explosion", "other"})


def scores(one: Profile, others: Mapping[str, Profile]) -> dict[str, int]:
    """Return what one account scores with each of the others, pairs at `FLOOR` left out."""
    found = {}
    report_id, earliest_s, latest_s, margin_s = one.report_id, one.earliest_s, one.latest_s, one.margin_s
    x, y, z, variance, somewhere = one.x, one.y, one.z, one.variance, not one.meant
    sqrt = math.sqrt
    for key, other in others.items():
        if other.report_id == report_id:
            found[key] = APART
            continue
        gap_s = (earliest_s if earliest_s > other.earliest_s else other.earliest_s) - (
            latest_s if latest_s < other.latest_s else other.latest_s
        )
        if gap_s > 0 and gap_s > margin_s and gap_s > other.margin_s:
            continue
        distance_km = sqrt((x - other.x) ** 2 + (y - other.y) ** 2 + (z - other.z) ** 2)
        within_km = 3.0 + 3.3 * sqrt(variance + other.variance)
        if distance_km > within_km and (somewhere or not other.meant):
            continue
        if (s := _score(one, other, gap_s, distance_km)) > FLOOR:
            found[key] = s
    return found


def score(a: Profile, b: Profile) -> int:
    """Return what two accounts score; `FLOOR`, as of any pair that the neighbourhood does not bring together."""
    if a.report_id == b.report_id:
        return APART
    if a.realm != b.realm:
        return FLOOR
    met = (a.placed and b.placed) or not a.meant.keys().isdisjoint(b.meant)
    nowhere = not (a.placed or b.placed or a.meant or b.meant)
    return resemblance(a, b) if met or nowhere else FLOOR


def resemblance(a: Profile, b: Profile) -> int:
    """Return the log odds that two accounts are of one incident, in hundredths, between `FLOOR` and `CEILING`.

    Symmetric. Tells two revisions of one report apart no better than any two accounts.
    """
    gap_s = apart_s(a, b)
    return FLOOR if gap_s > max(a.margin_s, b.margin_s) else _score(a, b, gap_s, apart_km(a, b))


def bins(a: Profile, b: Profile) -> tuple[int, ...] | None:
    """Return which weights add up to the score, as positions in all weights put end to end; None when out of reach."""
    gap_s, distance_km = apart_s(a, b), apart_km(a, b)
    if gap_s > max(a.margin_s, b.margin_s) or (target := _target_within(a, b, distance_km)) < 0:
        return None
    marks = _facts(_MARKS, a, b, gap_s, distance_km, target) + _text(_MARKS, a, b)
    return tuple(n for n in range(marks.bit_length()) if marks >> n & 1)


def flat_names() -> tuple[str, ...]:
    """Return the name of each position that `bins` speaks of, such as `kind.0`."""
    return tuple(f"{name}.{n}" for name, weights in CARD.features().items() for n in range(len(weights)))


def reach_km(variance: float) -> float:
    """Return how far apart two positions may be and still be of one place, from the sum of their variances in km^2."""
    return 3.0 + 3.3 * math.sqrt(variance)


def confused(a: Account, b: Account) -> bool:
    """Whether the facilities that two accounts name are one site, or known and so near that they are mistaken."""
    if not (a.site_id and b.site_id):
        return False
    return a.site_id == b.site_id or apart_km(profile(a), profile(b)) <= NEAR_KM


def apart_s(a: Profile, b: Profile) -> int:
    """Return how long the stated intervals lie apart, negative where they overlap."""
    return max(a.earliest_s, b.earliest_s) - min(a.latest_s, b.latest_s)


def alike_in_kind(a: Profile, b: Profile) -> bool:
    """Whether two kinds are the same or kin, or one is vague."""
    return _KIND_BINS[a.threat_type][b.threat_type] < 3


def _score(a: Profile, b: Profile, gap_s: int, distance_km: float) -> int:
    target = _target_within(a, b, distance_km)
    if target < 0:
        return FLOOR
    total = _facts(CARD, a, b, gap_s, distance_km, target)
    if total <= _HOPELESS:
        return FLOOR
    total += _text(CARD, a, b)
    return FLOOR if total < FLOOR else CEILING if total > CEILING else total


def _facts(card: Card, a: Profile, b: Profile, gap_s: int, distance_km: float, target: int) -> int:
    """The weights of all but the text."""
    variance = a.variance + b.variance
    if distance_km != distance_km:  # noqa: PLR0124 - not a number
        total = 0 if target in _SAME_TARGET else card.place_unknown[0]
    else:
        steps = int(2 * distance_km / math.sqrt(variance + 1))
        place = card.place_sharp if variance < 10 else card.place_fair if variance < 100 else card.place_vague
        total = place[steps if steps < 5 else 5]
    if gap_s > 0:
        late = gap_s // 5400
        total += card.time_apart[late if late < 3 else 3]
    else:
        level = int(7 + math.log2(max(-gap_s / 3600, 0.1) / (a.hours * b.hours)))
        total += card.time_meet[0 if level < 0 else 7 if level > 7 else level]
    apart_s = abs(a.published_s - b.published_s)
    return (
        card.bias
        + total
        + card.kind[_KIND_BINS[a.threat_type][b.threat_type]]
        + card.status[_STATUS_BINS[a.status][b.status]]
        + card.target[target]
        + card.actor[_common(a.actor, b.actor)]
        + card.killed[_FIGURE_BINS[a.killed][b.killed]]
        + card.wounded[_FIGURE_BINS[a.wounded][b.wounded]]
        + card.things[2 if not (a.things and b.things) else 0 if a.things & b.things else 1]
        + card.place_name[2 if not (a.place and b.place) else 1 if a.place.isdisjoint(b.place) else 0]
        + card.published[4 if apart_s > 74_000 else int(1.3 * math.log1p(apart_s / 3600))]
    )


def _text(card: Card, a: Profile, b: Profile) -> int:
    """The weights of the text: its sketch and its words."""
    total = card.sketch[min(5, equal_lanes(a.sketch, b.sketch) * 8 // SIZE) if a.sketch and b.sketch else 6]
    if not a.words or not b.words:
        return total + card.words[8]
    shared = (a.words & b.words).bit_count()
    alike = 10 * shared // (a.word_count + b.word_count - shared)
    return total + card.words[alike if alike < 7 else 7]


def _target_within(a: Profile, b: Profile, distance_km: float) -> int:
    """Like `target_bin`, and negative where the places are too far apart for anything but a target in common."""
    target = target_bin(a, b, distance_km)
    far = distance_km > reach_km(a.variance + b.variance)
    return -1 if far and target not in _SAME_TARGET else target


def target_bin(a: Profile, b: Profile, distance_km: float) -> int:
    """0: unsaid; 1: one named; 2: same site; 3: same unknown name; 4: near; 5: other; 6-8: described, like or not."""
    if a.facility_id and b.facility_id:
        if a.site_id and a.site_id == b.site_id:
            return 2
        if a.facility_id == b.facility_id:
            return 3
        return 4 if a.site_id and b.site_id and distance_km <= NEAR_KM else 5
    if a.meant and b.meant:
        shared = sum([p * b.meant.get(site, 0.0) for site, p in a.meant.items()])
        return 6 if shared >= LIKELY else 7 if shared >= HINTED else 8
    return 1 if a.facility_id or b.facility_id else 0


_SAME_TARGET: Final = frozenset({2, 6, 7})


def _common(a: frozenset[str], b: frozenset[str]) -> int:
    """0: one says what the other does, or more; 1: unlike; 2: one is unsaid."""
    return 2 if not (a and b) else 0 if a <= b or b <= a else 1


def _kind_bin(a: str, b: str) -> int:
    """0: the same; 1: kin; 2: one is vague; 3: unlike."""
    if a == b:
        return 0
    if a in _VAGUE_KINDS or b in _VAGUE_KINDS:
        return 2
    return 1 if any(a in family and b in family for family in _KIN) else 3


def _status_bin(a: Status, b: Status) -> int:
    """0: they agree or one is unclear; 1: unlike; 2: one tells of a threat, the other of a deed."""
    if a is b:
        return 0
    if Status.THREATENED in (a, b):
        return 2
    return 0 if Status.UNCLEAR in (a, b) else 1


def _figure_bin(a: int, b: int) -> int:
    """0-4: equal figures of 0, 1, 2, 3, more; 5-7: differ by 1, 2, more; 8-10: so too, one being 0; 11: unsaid (-1)."""
    if a < 0 or b < 0:
        return 11
    if a == b:
        return min(4, a)
    return (5 if a and b else 8) + min(2, abs(a - b) - 1)


_STATUS_BINS: Final = {a.value: {b.value: _status_bin(a, b) for b in Status} for a in Status}
_KIND_BINS: Final = {a.value: {b.value: _kind_bin(a.value, b.value) for b in ThreatType} for a in ThreatType}
_FIGURES: Final = (*range(MOST + 1), -1)
_FIGURE_BINS: Final = tuple(tuple(_figure_bin(a, b) for b in _FIGURES) for a in _FIGURES)


def _marks() -> Card:
    """A card on which every weight is a bit of its own: the sum says which weights were added."""
    features = CARD.features()
    at = accumulate(map(len, features.values()), initial=0)
    marks = {name: tuple(1 << n + i for i in range(len(features[name]))) for name, n in zip(features, at, strict=False)}
    return Card(bias=0, **marks)


_MARKS: Final = _marks()

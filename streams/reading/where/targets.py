"""Resolves what a passage speaks of as a site: to a facility by name, by its heading, by what was named before, or by description."""

from collections.abc import Iterable
from typing import Final

from schemas.facility import Facility
from streams.reading.text import gated as re
from streams.reading.where.beside import beside_landmark, military_part
from streams.reading.where.coreference import coreference
from streams.reading.where.descriptions import OTHER_THING, described_sites
from streams.reading.where.headed import near_heading, of_the_heading
from streams.reading.where.landmarks import landmark
from streams.reading.where.places import named_site, says_where
from streams.reading.where.scene import Named, Scene, Target, named_in, of_speaker, origin
from streams.reading.where.sites import kind_score, kind_words


def resolve(
    scene: Scene, start: int, end: int, sentence: tuple[int, int], after: int, back: tuple[int, int]
) -> list[Target]:
    """Return the targets that a clause speaks of, those behind its verb first; empty where it names and describes none.

    Parameters
    ----------
    scene
        The report.
    start, end
        The clause or clauses of the event.
    sentence
        The sentence around them.
    after
        Where the event's first cue stands.
    back
        A stretch before, in which "the base" may have been named.
    """
    for lo, hi in dict.fromkeys(((start, end), sentence)):
        if (lo, hi) != (start, end) and (_own_place(scene, start, end) or named_site(scene.body, start, end)):
            break
        if landmarks := beside_landmark(scene, lo, hi, sentence):
            return landmarks
        named = [n for n in named_in(scene, lo, hi) if not origin(scene.body, n.start, lo)]
        named = [n for n in named if not of_speaker(scene.body, n.start, lo)] or named
        if named:
            sure = [n for n in named if n.sure] or named
            behind = [n for n in sure if n.start >= after] or sure
            if sure[0].sure or not described_sites(scene, lo, hi, sentence):
                return [military_part(scene, _at_its_place(scene, n)).target for n in _sites_once(scene, behind)]
        if (there := of_the_heading(scene, lo, hi)) is not None:
            return [there]
        if (told_before := coreference(scene, lo, hi, back)) is not None:
            return [told_before]
        described = described_sites(scene, lo, hi, sentence)
        if described and not says_where(scene.body, lo, hi):
            described = near_heading(scene, described)
        if (lo, hi) != (start, end):
            described = [t for t in described if _of_the_clause(scene, start, end, t)]
        if described:
            return described
    if (at := landmark(scene, start, end)) is not None:
        return [at]
    far = [n for n in named_in(scene, start, end) if n.sure and _SO_FAR.search(scene.body, start, n.start)]
    return [] if far and says_where(scene.body, start, far[0].start) else [n.target for n in far]


_SO_FAR: Final = re.compile(r"(?:km|kms|kilomet\w+|miles?)\s(?:from|outside)\s(?:the\s)?$")
"""Before the name of a site, where no other is told: what happened so far away still concerns it."""


def _of_the_clause(scene: Scene, start: int, end: int, t: Target) -> bool:
    """Whether a site that the rest of a sentence describes may be the one that its clause speaks of: "a hospital" is no airport."""
    by_id = scene.lexicon.gazetteer.by_id
    return not t.ids or any(not of_another_kind(scene, start, end, by_id[i]) for i in t.ids)


def _own_place(scene: Scene, start: int, end: int) -> bool:
    """Whether a clause says where, without a word for a site."""
    site = any(h.classes.site for h in scene.hits_in(start, end))
    return not site and (says_where(scene.body, start, end) or _A_TOWN.search(scene.body, start, end) is not None)


_A_TOWN: Final = re.compile(
    r"\b(?:a|an|the|border|frontier|nearby|neighbouring)\s(?:[a-z\-]+\s)?(?:town|village|city|suburb|hamlet)\b|^(?:border|frontier) (?:town|village)\b"
)
"""A place that is spoken of without its name: "a village near the frontier"."""


def _at_its_place(scene: Scene, n: Named) -> Named:
    """Of "the UNMISS base at Bentiu", where "UNMISS base" alone is the name of another: the one that is there."""
    lex = scene.lexicon
    for x in scene.names_in(n.end, n.end + 24):
        if "id_core" in x.classes and _AT.fullmatch(scene.body[n.end : x.start]):
            there = [lex.gazetteer.by_id[i] for i in lex.by_core[x.text] if i != n.facility.id]
            there = [f for f in there if kind_score(n.facility.kind, f.kind) >= 0.5]
            own = n.facility.id in lex.by_core[x.text]
            if len(there) == 1 and not own:
                return Named(n.start, x.end, there[0], sure=True)
    return n


_AT: Final = re.compile(r"\s(?:(?:base|camp|compound|hub|site|headquarters|mission|embassy|post)\s)?(?:(?:at|in)\s)?")
"""Between a name and the place where the site is."""


def _sites_once(scene: Scene, named: list[Named]) -> list[Named]:
    out: list[Named] = []
    for n in named:
        site = scene.lexicon.gazetteer.site_of(n.facility.id)
        at = next((i for i, o in enumerate(out) if scene.lexicon.gazetteer.site_of(o.facility.id) == site), None)
        if at is None:
            out.append(n)
        elif n.facility.parent == out[at].facility.id:
            out[at] = n
    return out


def last_named(scene: Scene, lo: int, hi: int) -> Target | None:
    """The last facility named in a stretch, for an event that names none."""
    pool = [n for n in named_in(scene, lo, hi) if n.sure and not origin(scene.body, n.start, lo)]
    return pool[-1].target if pool else None


def named_alone(scene: Scene, fragments: Iterable[tuple[int, ...]]) -> list[Target]:
    """The facility that one of some fragments is the name of, and nothing else: "2 rockets, 1 hit. FOB Union III."."""
    for start, end, *_ in fragments:
        for n in named_in(scene, start, end):
            around = scene.body[start : n.start] + scene.body[n.end : end]
            if not _WORDS_AROUND.sub("", around):
                return [n.target]
    return []


_WORDS_AROUND: Final = re.compile(r"\b(?:at|in|the|loc|location|place|site|fob|cob|camp|base)\b|[\W_]+", re.IGNORECASE)


def of_another_kind(scene: Scene, start: int, end: int, site: Facility) -> bool:
    """Whether a clause speaks of a site, and of none that may be this one: "the embassy" is no camp."""
    words = [h for h in scene.hits_in(start, end) if h.classes.site and h.text in kind_words()]
    words = [h for h in words if not OTHER_THING.match(scene.body, h.end)]
    words = [h for h in words if not _TAKEN_TO.search(scene.body, max(start, h.start - 40), h.start)]
    kinds = {k for h in words for k in kind_words()[h.text]}
    return bool(words) and not any(kind_score(k, site.kind) > 0 or kind_score(site.kind, k) > 0 for k in kinds)


_TAKEN_TO: Final = re.compile(
    r"\b(?:taken|brought|rushed|driven|flown|carried|sent|evacuated|moved|treated|died|recovering)\s(?:(?:away|back|later)\s)?(?:to|in|at)\s(?:[\w\-]+\s){0,3}$"
)
"""Before a word for a site: those who were hurt came there."""

"""Finds where the further members of a series begin: clauses of one sentence, each of which tells a deed at a place of its own.

"Kuwait shot down four drones near X, | the UAE intercepted two missiles over Y, | and in Bahrain a drone hit a hotel". A member
may leave out what it has in common with the one before it: the verb ("a drone at X, | mortars at Y"), the weapon ("a drone hit X,
| another was shot down over Y") or both ("two rockets hit the port | and one the depot"). What only tells on of one deed has no
place of its own, or no weapon: "a missile was shot down over X, debris fell on Y".
"""

from dataclasses import replace
from typing import Final

from streams.reading.text import gated as re
from streams.reading.what.cues import Hit
from streams.reading.what.event import Event
from streams.reading.what.stages import how_far
from streams.reading.where.sites import kind_words

_JOINT: Final = re.compile(
    r"[,;]\s+(?:(?:and|while|but|whereas|then|plus)\s+)?(?:that\s+)?|\s+(?:and|while|whereas|but|plus)\s+(?:that\s+)?",
    re.IGNORECASE,
)
_ADVERB: Final = r"(?:(?:also|meanwhile|elsewhere|separately|overnight|later|earlier|further\s\w+)\b,?\s+)"
_ADJUNCT: Final = (
    r"(?:(?:[Ii]n|[Oo]n|[Aa]t|[Oo]ver|[Nn]ear|[Oo]ff|[Oo]utside)\s+(?:the\s+)?(?:[\w’'\-.]+\s+){0,3}?[\w’'\-.]+,?\s+)"
)
_OPENING: Final = rf"(?:\(?[a-z\d]\)\s+)?{_ADVERB}?{_ADJUNCT}?{_ADJUNCT}?{_ADVERB}?"
_TO_THE_WEAPON: Final = re.compile(rf"{_OPENING}(?:[\w’'\-.]+\s+){{0,6}}", re.IGNORECASE)
"""What may stand in a member before its weapon: when and where, and who stopped it."""
_SUBORDINATE: Final = re.compile(
    r"\b(?:who|whom|which|that|whose|where|when|after|before|as|because|since|if|until|unless|though|although|to|for|from|by|with|without|including|such|like|than|not|no|of)\b|\w{3,}ing\b",
    re.IGNORECASE,
)
"""Before a weapon: it is spoken of, or belongs to the deed before: "firing rockets", "with drones", "which missiles"."""
_THE_ONES_TOLD: Final = re.compile(
    r"\b(?:the|these|those|this|that|its|their|his|all|both|each)\s+(?:[\w\-]+\s+)?$", re.IGNORECASE
)
_MORE: Final = re.compile(
    rf"{_OPENING}(?:another|one more|an?\s(?:second|third|fourth|fifth)|(?:two|three|four|several|some)\s(?:more|others)|others)\b(?:\sone)?\s+",
    re.IGNORECASE,
)
"""Opens a member that leaves its weapon out."""
_GAPPED: Final = re.compile(
    r"(?:one|two|three|four|another|others|an?\s(?:second|third|fourth)|the\s(?:other|second|third|last))\s+(?:(?:at|on|in|near|over|against)\s+)?(?:the|an?)\s+(?:[\w\-]+\s+){0,2}?$",
    re.IGNORECASE,
)
"""Before a word for a site: a member that leaves out both: "and one the fuel depot"."""
_WAS_HIT_TOO: Final = re.compile(
    r"(?:[Tt]he\s)?[A-Z][\w’'\-]*(?:\s[\w’'\-]+){0,4}?\s(?:was|were)\s(?:also\s|later\s)?(?:hit|struck|damaged)\b(?!\sby\b)"
)
"""A member that only tells what else was hit, by the same."""
_DAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
_NAME: Final = rf"(?!{_DAY})(?:[A-Z][\w’'\-]*|al-\w+)(?:\s(?:[A-Z][\w’'\-]*|al-\w+|\d+)\b)*"
_AT: Final = re.compile(
    r"\b(?:in|near|at|on|outside|inside|around|over|above|off|against|towards?|to|north of|south of|east of|west of|(?:port|city|town|village|gates?|edge|outskirts|road|camp|base|airport|district|province|island) of"
    r"|hits?|struck|strikes?|targeted|targets|attacked|attacks|shelled|bombed|pounded|rocked|stormed|raided|another|one|two|three|second|third)\s+(?:the\s+)?"
    rf"(?P<name>{_NAME})",
)
"""A name that says where."""
_STRUCK: Final = re.compile(rf"\s+(?:the\s+)?(?P<name>{_NAME})")
"""The same right behind a weapon."""
_REPORTS: Final = re.compile(r"\b(?:reported|reports|said|says|confirmed|announced)\b")
_TELLS_ON: Final = re.compile(
    r"(?!(?:fired|launched|lobbed|downed|intercepted|detonated|shelled)\b)\w+ed\b|(?:struck|hit|blew|set|fell|broke|threw|left|took)\b"
)
"""A verb whose subject is that of the clause before it, and not one that sends or stops another weapon."""
_FEW: Final = 12
"""Characters of a word before a weapon."""
_BEHIND_A_WEAPON: Final = re.compile(
    r"\s+(?:(?:attacks?|strikes?|fire|raids?|blasts?)\s+)?(?:(?:at|on|in|near|over|off|outside|against)\s|(?:the\s+)?[A-Z])"
)
"""A weapon without a verb: "mortars at Balad", "rockets Camp Taji"."""


def breaks(body: str, start: int, end: int, hits: list[Hit]) -> list[int]:
    """Return where the members of a series begin behind its first, none where a sentence is no series.

    Parameters
    ----------
    body, start, end
        The sentence.
    hits
        Its cues.
    """
    joints = list(_JOINT.finditer(body, start, end))
    cuts: list[int] = []
    stops = [*(m.start() for m in joints[1:]), end]
    for m, hi in zip(joints, stops, strict=True) if joints else ():
        lo = cuts[-1] if cuts else start
        left, member = ([h for h in hits if a <= h.start < b] for a, b in ((lo, m.start()), (m.end(), hi)))
        if not any(h.classes.event or h.classes.deed for h in left) or _of_one_phrase(body, m, left, member):
            continue
        if _opens(body, m.end(), hi, left, member) and _elsewhere(body, (lo, m.start()), (m.end(), hi), left, member):
            cuts.append(m.end())
    return cuts


def _of_one_phrase(body: str, joint: re.Match[str], left: list[Hit], member: list[Hit]) -> bool:
    """Whether a joint stands between two weapons: "drones and rockets", or two verbs of one deed: "evaded the guns and struck a grove"."""
    a_weapon = any(h.classes.weapons and h.end == joint.start() for h in left)
    follows = any(h.classes.weapons and h.start - joint.end() <= _FEW for h in member)
    return (a_weapon and follows) or _TELLS_ON.match(body, joint.end()) is not None


def _opens(body: str, at: int, end: int, left: list[Hit], member: list[Hit]) -> bool:
    """Whether what stands behind a comma or a conjunction opens a member: with a weapon and what it did, or with one more."""
    told = any(h.classes.deed for h in member)
    if (more := _MORE.match(body, at, end)) is not None and (told or _names(body, at, end, member)):
        return not any(h.classes.weapons for h in member) or more.end() <= member[0].start
    if _one_more_site(body, at, member) or _WAS_HIT_TOO.match(body, at, end) is not None:
        return True
    head = next((h for h in member if h.classes.weapons), None)
    if head is None or _TO_THE_WEAPON.fullmatch(body[at : head.start]) is None:
        return False
    if _SUBORDINATE.search(body, at, head.start):
        return False
    known = {t for h in left for t in h.classes.weapons}
    if known & set(head.classes.weapons) and _THE_ONES_TOLD.search(body, at, head.start):
        return False
    told = told or any(h.classes.weapons and h.start >= head.end for h in member)
    return told or _BEHIND_A_WEAPON.match(body, head.end, end) is not None


def _one_more_site(body: str, at: int, member: list[Hit]) -> bool:
    """Whether a member is but a number and a word for a site."""
    word = next((h for h in member if h.classes.site), None)
    return word is not None and _GAPPED.fullmatch(body[at : word.start]) is not None


def _elsewhere(body: str, here: tuple[int, int], there: tuple[int, int], left: list[Hit], member: list[Hit]) -> bool:
    """Whether each of two stretches tells a place, and not the same."""
    names, others = _names(body, *here, left), _names(body, *there, member)
    if _one_more_site(body, there[0], member):
        return _kinds(left).isdisjoint(_kinds(member)) and bool(_kinds(left))
    return bool(names and others) and names.isdisjoint(others)


def _names(body: str, start: int, end: int, hits: list[Hit]) -> set[str]:
    """The names that say where, and the states that shot something down or report it, as a stretch opens with them."""
    others = {h.start for h in hits if h.classes.weapons or "hostile" in h.classes}
    found = {m["name"] for m in _AT.finditer(body, start, end) if m.start("name") not in others}
    found |= {m["name"] for h in hits if h.classes.weapons and (m := _STRUCK.match(body, h.end, end)) is not None}
    if _WAS_HIT_TOO.match(body, start, end) is not None:
        found.add(body[start:end].split(" ", 1)[0])
    first = next((h for h in hits if h.classes.countries), None)
    stopped = any("st_intercepted" in h.classes for h in hits) or _REPORTS.search(body, start, end) is not None
    if first is not None and stopped and not body[start : first.start].removeprefix("the ").strip():
        found.add(body[first.start : first.end])
    return found


def placed(body: str, start: int, end: int) -> bool:
    """Whether a member says by a name where it plays."""
    return _AT.search(body, start, end) is not None


def _kinds(hits: list[Hit]) -> set[str]:
    return {k.value for h in hits if h.classes.site for k in kind_words().get(h.text, ())}


def complete(body: str, before: Event, start: int, end: int, hits: list[Hit], own: Event | None) -> Event | None:
    """Return what a member tells, with what it leaves out taken from the one before it: its verb, its weapon.

    Parameters
    ----------
    body
        The text.
    before
        The event of the member before.
    start, end, hits
        The member, and its cues.
    own
        What it tells by itself.
    """
    told = any(h.classes.deed for h in hits)
    if own is not None and not own.vague:
        if own.bare and not told:
            own.status, own.status_hit, own.goes_on = before.status, before.status_hit, True
        own.bare = False
        own.goes_on |= any(h.start == start and "act" in h.classes for h in hits)
        return own
    if not told and not any(h.classes.site for h in hits) and not _names(body, start, end, hits):
        return own
    status, status_hit = how_far(body, start, end, hits, before.type) if told else (before.status, before.status_hit)
    return replace(
        before,
        start=start,
        end=end,
        status=status,
        status_hit=status_hit,
        hits=list(hits),
        first_act=start,
        within=None,
        goes_on=True,
    )

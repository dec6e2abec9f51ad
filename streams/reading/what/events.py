"""Detects events clause by clause: a weapon or hostile deed with something that it does."""

from dataclasses import replace
from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence, clauses
from streams.reading.what.coordination import parts as parts_of
from streams.reading.what.cues import Hit
from streams.reading.what.event import Event
from streams.reading.what.frames import FRAME
from streams.reading.what.joining import EXPLODING, extend, merge, retell, separate
from streams.reading.what.kinds import (
    ABSTRACT,
    bang_in_the_sky,
    choose,
    of_a_plan,
    of_radio,
    types_of,
    with_a_blade,
    without_the_condition,
)
from streams.reading.what.series import complete
from streams.reading.what.shares import counts_several, shares, tells_how
from streams.reading.what.stages import how_far

_TURMOIL: Final = re.compile(
    r"\b(?:block\w*|storm\w*|threw|throw\w*|burn\w*|attack\w*|march\w*|clash\w*|hurl\w*|tore|tear gas|broke|break\w*|surround\w*|pelt\w*|besieg\w*|torch\w*|invad\w*|forc\w*|loot\w*|smash\w*|vandal\w*|stone\w*|gather\w*|overturn\w*)\b",
    re.IGNORECASE,
)

_BOMBING: Final = re.compile(
    r"bomb|str(?:ike|uck|ik)|raid|hit|dropp|fired|attack|straf|target|pound|destroy|kill|wreck|flatten|fire to|sorti|releas|div(?:ed|ing) on|level",
    re.IGNORECASE,
)

_SELF: Final = frozenset(
    {
        Y.KIDNAPPING,
        Y.SMALL_ARMS,
        Y.GROUND_ASSAULT,
        Y.ARSON,
        Y.INTRUSION,
        Y.VEHICLE_RAMMING,
        Y.SUICIDE_BOMBING,
        Y.CYBER,
        Y.JAMMING,
        Y.SURVEILLANCE,
        Y.UNKNOWN_EXPLOSION,
        Y.SABOTAGE,
        Y.MARITIME,
        Y.VEHICLE_BOMB,
    }
)
"""Types whose cues are mostly deeds, not things: they need no other verb."""

_THINGS: Final = frozenset(
    {
        "crowd",
        "crowds",
        "mob",
        "protest",
        "protests",
        "rally",
        "unrest",
        "protesters",
        "demonstrators",
        "riots",
        "riot",
        "tear gas",
    }
)

_MAILED: Final = ("envelope", "letter", "parcel", "package")
"""A powder that came in one was sent."""
_LOUD: Final = re.compile(
    r"shot|intercepted|downed|brought down|attack|bomb|expect us|come back|return|on our list|next|to leave|ultimatum|will |legitimate target|threat|planned|intend|caller|letter|foil|thwart|averted"
)
"""Stages that make an event without any weapon being named."""


def detect(body: str, sentence: Sentence, hits: list[Hit]) -> list[Event]:
    """Return the events that a sentence tells, in order.

    Parameters
    ----------
    body, sentence
        The sentence.
    hits
        Its cues.
    """
    if not any(h.classes.event for h in hits):
        return []
    out: list[Event] = []
    whole = _event(body, sentence, sentence.start, sentence.end, hits)
    if whole is None:
        return []
    if (planned := _forestalled(body, sentence, hits)) is not None:
        before = [h for h in hits if h.start < planned.first_act]
        first = _event(body, sentence, sentence.start, planned.start, before)
        if first is None or planned.start == sentence.start:
            return [planned]
        first.countered = True
        return [first, planned]
    parts = parts_of(body, sentence, hits)
    if len(parts.stretches) == 1:
        whole.hits = list(hits)
        return _shared(body, _typed(body, whole))
    for start, end in parts.stretches:
        inside = [h for h in hits if start <= h.start < end]
        event = _event(body, sentence, start, end, inside)
        if start in parts.members and out:
            event = complete(body, out[-1], start, end, inside, event)
        if event is None:
            if out and not out[-1].countered:
                extend(body, out[-1], end, inside)
            continue
        if event.vague and out and _OTHERS.match(body, start, end) and any(h.classes.site for h in inside):
            event.type, event.type_hit, event.vague = out[-1].type, out[-1].type_hit, False
            out.append(event)
            continue
        event.of_several = counts_several(body, sentence.start, start)
        if parts.main is not None:
            event.within = (sentence.start, parts.main) if start < parts.main else (parts.main, sentence.end)
        event.apart = bool(parts.members)
        turned = start == parts.main and event.status is S.THREATENED
        if out and event.type in EXPLODING and tells_how(body, out[-1].type_hit.text, event.start, event.end):
            retell(out[-1], event)
        elif out and start in parts.members:
            out.append(event)
        elif out and not turned and not separate(body, out[-1], event):
            merge(out[-1], event)
        else:
            out.append(event)
    return [share for event in out or [whole] for share in _shared(body, _typed(body, event))]


def _shared(body: str, event: Event) -> list[Event]:
    """An event for each site of which its verb tells, with the time of each."""
    if event.sentence.field or event.sentence.title or not (parts := shares(body, event.start, event.end)):
        return [event]
    return [
        replace(event, start=p.start, end=p.end, within=p.dated, first_act=max(p.start, event.first_act)) for p in parts
    ]


def _typed(body: str, event: Event) -> Event:
    """An event with the type that all its clauses tell together: those shot at had come with a knife, what flew by went off."""
    if event.type is Y.SMALL_ARMS and with_a_blade(body[event.start : event.end].lower()):
        event.type = Y.OTHER
    elif event.type is Y.SURVEILLANCE:
        event.type = bang_in_the_sky(event.types, event.type_hit) or event.type
    return event


_OTHERS: Final = re.compile(
    r"[\s,;]*(?:and|while|but)?\s*(?:(?:the )?others?|another|one more|two more|several more|the rest|a (?:second|third|fourth))\b[^.;]{0,20}\b(?:was|were)\s+(?:shot down|intercepted|downed|brought down|felled|destroyed)\b",
    re.IGNORECASE,
)
"""More of the same, somewhere else: "and others were shot down near the port"."""
_FORESTALLED: Final = re.compile(
    r"\b(?:intended (?:for|to)|about to (?:be )?(?:use|fire|launch|attack)\w*|going to be used|being (?:readied|prepared)|ready to (?:be )?(?:fire|launch)\w*|set to (?:fire|launch)\w*|(?:were|was) aimed at|would have been (?:launched|fired|used)|meant (?:for|to)|"
    r"destined for|pointed at|poised to|preparing to|primed (?:for|to)|to be used (?:against|in|for)|lined up on)\b",
    re.IGNORECASE,
)

_FORESTALLER: Final = re.compile(
    r"\b(?:struck|destroy\w*|strike|strikes|bombed|hit|fired|killed|raided|dropped|launched|attack\w*|seized|found|discovered)\b",
    re.IGNORECASE,
)


_THE_ONE_TOLD: Final = re.compile(r"\b[Tt]he (?:rockets?|missiles?|drones?|shells?|mortar bombs?)$")
"""What was told before is not told anew by what it was aimed at."""


def _forestalled(body: str, sentence: Sentence, hits: list[Hit]) -> Event | None:
    """A weapon struck or seized before its use: what it was meant for is the event, what was done to it is not."""
    m = _FORESTALLED.search(body, sentence.start, sentence.end)
    if m is None or sentence.field or any("st_intercepted" in h.classes and h.start > m.end() for h in hits):
        return None
    weapons = [
        h
        for h in hits
        if any(t not in (Y.UNKNOWN_EXPLOSION, Y.SMALL_ARMS, Y.GROUND_ASSAULT, Y.OTHER) for t in h.classes.weapons)
        and h.start < m.start()
    ]
    if _THE_ONE_TOLD.search(body, sentence.start, weapons[-1].end if weapons else sentence.start):
        return None
    struck = _FORESTALLER.search(body, sentence.start, m.start())
    told_plainly = re.search(r"would have been|were aimed|was aimed|lined up", m[0]) is not None
    if not weapons or (struck is None and not told_plainly):
        return None
    kind, hit = choose(body[sentence.start : m.start()], [(t, h) for h in weapons for t in h.classes.weapons])
    cut = next((a for a, b in clauses(body, sentence) if a <= m.start() < b), m.start())
    start = max(cut, weapons[-1].start - 14 if weapons[-1].start > cut else cut)
    while start > sentence.start and body[start - 1] not in " \n":
        start -= 1
    if struck is not None and start <= struck.start() < weapons[-1].start:
        start = struck.end() + 1 if struck.end() + 1 <= weapons[-1].start else weapons[-1].start
    after = [h for h in hits if h.start >= start]
    stage = next((h for h in after if "st_thwarted" in h.classes), None)
    return Event(
        sentence,
        start,
        sentence.end,
        kind,
        hit,
        frozenset({kind}),
        S.THWARTED,
        stage or hit,
        after,
        first_act=m.start(),
    )


def _event(body: str, sentence: Sentence, start: int, end: int, hits: list[Hit]) -> Event | None:
    typed = [(t, h) for h in hits for t in h.classes.weapons]
    acts = [h for h in hits if "act" in h.classes or "m_friendly_act" in h.classes]
    stages = [h for h in hits if h.classes.stage]
    nouns = [h for h in hits if "event_noun" in h.classes]
    if not typed:
        loud = [h for h in stages if _LOUD.search(h.text) is not None or {FRAME, "st_threatened"} <= h.classes]
        if not (
            nouns
            and (
                acts
                or stages
                or sentence.field
                or any(h.text.startswith(("round", "shells", "was ", "were ", "what ", "impact")) for h in nouns)
            )
        ) and not (loud and _meant(body, start, end, hits)):
            return None
        kind, hit, vague, bare = Y.OTHER, (nouns or loud)[0], True, False
    else:
        if any("st_threatened" in h.classes for h in stages):
            typed = without_the_condition(body[start:end], start, typed)
        kind, hit = choose(body[start:end], typed)
        vague = False
        abstract = all(h.text in ABSTRACT for _, h in typed)
        deed = not abstract and any(
            t in _SELF or (t is Y.UNREST and h.text not in _THINGS) or (t is Y.CBRN and h.text.startswith(_MAILED))
            for t, h in typed
        )
        others = [h for h in acts if h is not hit or "act" in hit.classes]
        named = [h for h in nouns if h.text not in ABSTRACT]
        told = deed or others or stages or named or (kind is Y.SURVEILLANCE and not abstract)
        bare = not told and not sentence.field and not sentence.title
        if bare and (abstract or _PEACEFUL.search(body, start, end)):
            return None
        if types_of(typed) == {Y.JAMMING} and hit.text.startswith("jam") and not of_radio(body[start:end].lower()):
            return None
        if (
            kind is Y.SURVEILLANCE
            and hit.text.startswith(("film", "photograph", "taking", "took"))
            and not any(h.classes.site for h in hits)
        ):
            return None
        if kind is Y.AIR_STRIKE and not _BOMBING.search(body, start, end):
            return None
        if (
            types_of(typed) == {Y.UNREST}
            and all(h.text in _THINGS for _, h in typed)
            and not _TURMOIL.search(body, start, end)
        ):
            return None
    status, status_hit = how_far(body, start, end, hits, kind)
    if status in (S.THREATENED, S.THWARTED):
        kind = of_a_plan(kind, body[start:end].lower())
    first = min((h.start for h in [*acts, hit]), default=hit.start)
    return Event(
        sentence,
        start,
        end,
        kind,
        hit,
        frozenset(t for t, _ in typed),
        status,
        status_hit,
        hits,
        vague,
        first,
        partial=_SOME.search(body, start, end) is not None,
        counting=_COUNTING.search(body, start, end) is not None,
        bare=bare,
        counted=bare and _counted(body, start, hit),
    )


_COUNTING: Final = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+th|latest) (?:such|time|of its kind)\b|\b(?:this|so far this|the year before last|last) year\b|\bin a single day\b",
    re.IGNORECASE,
)
_SOME: Final = re.compile(
    r"\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|some|many|few|half) of (?:them|these|those|the|its)\b|some\b|most\b|several of|others?\b|the rest\b|all but\b)",
    re.IGNORECASE,
)


_SOMEBODY: Final = re.compile(r"\b(?:we|us|our|you|your|they|he|she|them|it)\b", re.IGNORECASE)


def _meant(body: str, start: int, end: int, hits: list[Hit]) -> bool:
    """Whether a stage without a weapon is about somebody or some site: "we shall come back", not "talks are planned"."""
    return any(h.classes.site or "hostile" in h.classes for h in hits) or _SOMEBODY.search(body, start, end) is not None


_COUNTED: Final = re.compile(
    r"\b(?:an?|one|single|lone|stray|two|three|four|five|six|seven|eight|nine|ten|several|multiple|more|another|first|second|third|fresh|new|again|incoming|\d{1,3}\s?x?)\s+(?:[\w\-]+\s+){0,3}$|^\W*(?:more |again )?$|^\W*(?:\d{1,2}\s[a-z]{3,9}|[a-z]{3,6}day)\s?[:–—-]\s$",
    re.IGNORECASE,
)
_PEACEFUL: Final = re.compile(
    r"\b(?:b(?:uy|ought|uying)|s(?:ell|old|elling|ale)|order(?:ed|s)?|deliver\w*|suppl(?:y|ied|ies)|produc\w+|manufactur\w+|buil[dt]\w*|develop\w*|display\w*|parad\w+|unveil\w*|train\w*|test\w*|inspect\w*|approv\w+|budget\w*|fund\w*|contracts?|bills?|laws?|talks?|discuss\w*|negotiat\w+|treaty|sanction\w*|export\w*|import\w*|shipments?|stockpil\w+|programmes?|programs?|factory|factories|maker|compan(?:y|ies)|analysts?|experts?|researchers?|ceremony|conference|meeting|summit|courts?|trial|jail\w*|sentenc\w+|films?|movies?|books?|games?|museums?|memorials?|shield\w*|protect\w*|systems?|against|anti|counter|owns?|owned|possess\w*|equipped|armed with|arsenal|costs?|priced?|dollars|euros)\b",
    re.IGNORECASE,
)


def _counted(body: str, start: int, hit: Hit) -> bool:
    return _COUNTED.search(body[max(start, hit.start - 40) : hit.start]) is not None

"""Turns a draft into the mention that is published: every value with the span and the rule that it was read by."""

import hashlib
from dataclasses import dataclass
from typing import Final

from schemas.mention import Attribution, Credibility, Effects, Interval, Mention, Place, Span
from schemas.policy import Policy
from schemas.report import Report, Source
from schemas.taxonomy import (
    AttributionConfidence,
    Initiator,
    Status,
    ThreatType,
)
from streams.reading.story import Draft, Story
from streams.reading.text import gated as re
from streams.reading.what.series import placed
from streams.reading.when.clock import zone_at
from streams.reading.when.dating import interval
from streams.reading.where.places import named_site, place_words, unlisted_site
from streams.reading.where.positions import mask, masked
from streams.reading.where.scene import Scene, Target, named_in

_AMBIGUOUS: Final = frozenset(
    {
        ThreatType.SURVEILLANCE,
        ThreatType.UAS,
        ThreatType.JAMMING,
        ThreatType.CBRN,
        ThreatType.VEHICLE_RAMMING,
        ThreatType.AIR_STRIKE,
        ThreatType.SABOTAGE,
    }
)
"""What may as well be a hobbyist, a neighbour or an accident."""
_UNKNOWN_IF_UNCLEAR: Final = frozenset(
    {ThreatType.CBRN, ThreatType.MISSILE, ThreatType.SURVEILLANCE, ThreatType.SMALL_ARMS, ThreatType.ARSON}
)
"""Of which nobody knows that it was meant while it is not clear what it was."""

_UNEXPLAINED: Final = re.compile(
    r"\b(?:owner|origin|operator|source|transmitter|pilot|who (?:flew|sent|owns)|cause|intent|motive|purpose|powder|substance|whose it (?:is|was))\b[^.]{0,60}\b(?:not (?:yet )?(?:known|clear|been established|established|identified)|unknown|unclear|unidentified|undetermined)|"
    r"\bno idea\b|\b(?:not known|not clear|unclear|unknown) (?:whether|if|who|why)\b|\b(?:make|type|origin|operator) unk(?:nown)?\b|\bunk(?:nown)? (?:make|type|operator|origin)\b|\b(?:nobody|no one) (?:will|would|can|could) (?:say|name|put a name)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What all records of one reading bear."""

    report: Report
    """Laid out as it is read."""
    revision: int
    source: Source
    """As the policy grades it."""
    policy: Policy
    reader: str
    """Its version, with those of the facilities and the policy."""


def mention_of(imprint: Imprint, ordinal: int, story: Story, draft: Draft, target: Target | None) -> Mention:
    """Return the mention of a draft at one of its targets, with its evidence."""
    report, body, event, clock = imprint.report, story.body, draft.event, story.clock
    if target and target.lat is not None and target.lon is not None:
        clock = clock._replace(zone=zone_at(target.lat, target.lon))
    lo, hi = interval(draft, clock)
    country = (target.country if target else None) or story.scene.country_near(
        event.start, event.end, (event.sentence.start, event.sentence.end)
    )
    place = place_of(story.scene, draft, target, country)
    evidence = _evidence(body, draft, target)
    core = evidence[0]
    return Mention(
        mention_id=_id(report.report_id, imprint.revision, ordinal),
        report_id=report.report_id,
        report_revision=imprint.revision,
        ordinal=ordinal,
        traffic=report.traffic,
        theatre=imprint.policy.theatre_of(country),
        threat_type=event.type,
        status=event.status,
        initiator=_initiator(body, draft),
        occurred=Interval(earliest=lo, latest=hi),
        time_expression=masked(body, draft.when.start, draft.when.end)[:300] if draft.when else None,
        facility_id=target.facility_id if target else None,
        candidates=target.candidates if target else (),
        place=place,
        attribution=Attribution(
            confidence=draft.statement.confidence, actor=mask(draft.statement.actor or "")[:300] or None
        )
        if draft.statement
        else Attribution(),
        effects=Effects(killed=draft.toll.killed, wounded=draft.toll.wounded),
        credibility=Credibility(reliability=imprint.source.reliability),
        source=imprint.source,
        published_at=report.published_at,
        quote=masked(body, core.start, core.end)[:600],
        evidence=evidence,
        reader=imprint.reader,
    )


def _evidence(body: str, draft: Draft, target: Target | None) -> tuple[Span, ...]:
    """Where each value was read, and by which rule; first the clauses that tell the event."""
    event = draft.event
    told = [("core", trim(body, *clause), f"event.{event.type.value}") for clause in draft.core]
    told.append(("threat_type", (event.type_hit.start, event.type_hit.end), f"type.{mask(event.type_hit.text)}"))
    if (stage := event.status_hit) is not None:
        told.append(("status", (stage.start, stage.end), f"status.{mask(stage.text)}"))
    if (when := draft.when) is not None:
        told.append(("occurred", (when.start, when.end), when.rule))
    if target is not None and target.span is not None:
        told.append(("facility_id" if target.facility_id else "candidates", target.span, target.rule))
    if (said := draft.statement) is not None:
        told.append(("attribution", (said.start, said.end), said.rule))
    if draft.toll.span is not None:
        told.append(("effects", draft.toll.span, "effects.count"))
    return tuple(Span(axis=axis, start=start, end=end, rule=rule[:80]) for axis, (start, end), rule in told[:40])


_AND_DID: Final = re.compile(
    r"\band (?:then )?(?:set fire to|set off|hit|struck|damaged|destroyed|wounded|killed|burned|burnt|bombed|shelled|attacked)\b"
)
"""One attacker, two deeds at two sites."""


def all_attacked(draft: Draft, body: str) -> bool:
    """Whether each of the targets was attacked, not one or the other mentioned besides."""
    if len(draft.targets) < 2 or any(not t.known for t in draft.targets):
        return False
    a, b = draft.targets[0].span, draft.targets[1].span
    whole = draft.event.sentence
    if not a or not b or not all(whole.start <= at < whole.end for at, _ in (a, b)):
        return False
    between = body[min(a[1], b[1]) : max(a[0], b[0])]
    if len(between) < 180 and _AND_DID.search(between):
        return True
    return (
        re.search(r"\band\b|,", between) is not None
        and len(between) < 60
        and re.search(r"\b(?:while|near|beside|from|of|next)\b", between) is None
    )


def part_of(body: str, draft: Draft, n: int) -> tuple[int, int]:
    """The evidence of the n-th of several targets: its own words."""
    ends = [t.span for t in draft.targets if t.span]
    start, end = draft.event.start, draft.event.end
    if n > 0:
        at = body.rfind(" and ", ends[n - 1][1], ends[n][0])
        start = at + 5 if at >= 0 else ends[n - 1][1]
    elif draft.core[0][0] > start:
        start = draft.core[0][0]
    if n + 1 < len(ends):
        at = body.rfind(" and ", ends[n][1], ends[n + 1][0])
        end = at if at >= 0 else ends[n][1]
    return (start, end) if start < end else (draft.event.start, draft.event.end)


def _initiator(body: str, draft: Draft) -> Initiator:
    """Whether what happened was meant to harm: of signals that fail, drones that watch and shots in the dark nobody knows, unless somebody is named."""
    event = draft.event
    if draft.statement and draft.statement.confidence is not AttributionConfidence.NONE:
        return Initiator.HOSTILE
    if not draft.meant:
        return Initiator.UNKNOWN
    if event.type in _AMBIGUOUS and _UNEXPLAINED.search(body, event.sentence.start, event.sentence.end + 160):
        return Initiator.UNKNOWN
    if event.type in (ThreatType.UNKNOWN_EXPLOSION, ThreatType.JAMMING):
        return Initiator.UNKNOWN
    if event.type is ThreatType.SURVEILLANCE and ThreatType.UAS in event.types:
        return Initiator.UNKNOWN
    unclear = event.status is Status.UNCLEAR and event.type in _UNKNOWN_IF_UNCLEAR
    return Initiator.UNKNOWN if unclear else Initiator.HOSTILE


def place_of(scene: Scene, draft: Draft, target: Target | None, country: str | None) -> Place | None:
    """Return where a mention plays: what its target tells, else its clause, else its sentence, else what it was placed by."""
    body, event = scene.body, draft.event
    alone = event.apart and (named_in(scene, event.start, event.end) or placed(body, event.start, event.end))
    whole = (event.start, event.end) if alone else (event.sentence.start, event.sentence.end)
    if target is None or not target.known:
        at = (body, event.start, event.end)
        if (site := named_site(*at) or unlisted_site(*at, country)) is not None:
            return site
    if target and target.place:
        return target.place
    spots = scene.spots_in(event.start, event.end, country) or scene.spots_in(*whole, country)
    return (
        place_words(body, event.start, event.end, spots, country)
        or place_words(body, *whole, spots, country)
        or next((place_words(body, s.start, s.end, [s], country) for s in draft.spots), None)
        or unlisted_site(body, *whole, country)
    )


def trim(body: str, start: int, end: int) -> tuple[int, int]:
    """Take blanks and commas off the ends of a span."""
    while start < end - 1 and (body[start].isspace() or body[start] in ",;"):
        start += 1
    while end > start + 1 and (body[end - 1].isspace() or body[end - 1] in ",;"):
        end -= 1
    return start, end


def _id(report_id: str, revision: int, ordinal: int) -> str:
    plain = f"{report_id}/{revision}/{ordinal}"
    if len(plain) <= 200:
        return plain
    return f"{hashlib.sha256(report_id.encode(errors='surrogatepass')).hexdigest()[:40]}/{revision}/{ordinal}"

"""Reads a report: what happened, how, by whom, when, and to which installation; pure, deterministic, never raises on any text.

body ─fold─▶ cues, names ─▶ sentences ─▶ events ─judge─▶ drafts ─▶ mentions
                                                  └────▶ set aside, with the reason
"""

import hashlib
import re
from dataclasses import replace
from typing import Final

from schemas.mention import Attribution, Credibility, Effects, Interval, Mention, Place, Reading, SetAside, Span
from schemas.policy import Policy
from schemas.report import Report, Source
from schemas.taxonomy import (
    AttributionConfidence,
    Initiator,
    Reliability,
    SetAsideReason,
    SourceKind,
    Status,
    ThreatType,
)
from streams.reading import attribution, modality
from streams.reading.assemble import Aside, Draft, Story, assemble, interval, settle
from streams.reading.language import is_english
from streams.reading.lexicon import Lexicon
from streams.reading.normal import fold
from streams.reading.places import locate, mask, place_words
from streams.reading.segment import sentences
from streams.reading.targets import Target, survey
from streams.reading.times import Clock, zone_at
from streams.sketch import sketch

__all__ = ["READER_VERSION", "Lexicon", "read"]

READER_VERSION: Final = "1.0.0"
_ITEM: Final = re.compile(
    r"^\s*(?:\d{1,2}[a-z]?[.)]\s|[-*•]\s|[0-2]?\d:[0-5]\d\s|[A-Z][\w'’\- ]{2,40}\.\s)", re.MULTILINE
)
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
_UNEXPLAINED: Final = re.compile(
    r"\b(?:owner|origin|operator|source|transmitter|who flew|cause|intent|motive|powder)\b[^.]{0,60}\b(?:not known|unknown|not (?:been )?established|unclear|not identified)|"
    r"\b[Nn]o idea if\b|not been established|drunk or|will put a name to|not known whether|make unknown|unk(?:nown)? (?:make|operator|origin)"
)
_MOST: Final = 60
"""Mentions of one report; a text with more is a list."""


def read(report: Report, revision: int, lexicon: Lexicon, policy: Policy) -> tuple[Reading, tuple[Mention, ...]]:
    """Read one report.

    Parameters
    ----------
    report
        The report; its text may be anything.
    revision
        Which text of the report, counted from 1.
    lexicon
        The indexes of the facilities in force.
    policy
        Theatres and the register of sources.

    Returns
    -------
    The receipt, and a mention for each incident that is hostile (or of unknown initiator) and current.
    """
    reader = f"{READER_VERSION} facilities {lexicon.version} policy {policy.version}"
    source = _graded(report.source, policy)
    if not is_english(report.title, report.text, report.lang):
        end = len(report.body)
        aside = Aside(SetAsideReason.UNSUPPORTED_LANGUAGE, 0, min(end, 600), "language.words")
        return _receipt(report, revision, source, reader, [], [aside]), ()
    body = report.body
    folded = fold(body)
    hits = lexicon.cues.find(folded, body)
    if not any(c.startswith("w_") or c == "event_noun" for h in hits for c in h.classes):
        return _receipt(report, revision, source, reader, [], []), ()
    names = lexicon.find_names(folded)
    scene = survey(lexicon, body, hits, names, report.published_at.year)
    weapons = sum(1 for h in hits if any(c.startswith("w_") for c in h.classes))
    home = next((n.facility for n in scene.named if n.sure), None)
    country = scene.country_near(0, len(body), (0, len(body)))
    home = home or next(iter(lexicon.by_country.get(country or "", ())), None)
    zone = zone_at(round(home.lat, 1), round(home.lon, 1)) if home else zone_at(0.0, 0.0)
    utc = re.search(r"\btimes (?:are )?(?:in )?(?:UTC|GMT|Zulu)\b", body) is not None
    story = Story(
        scene,
        body,
        sentences(report.title, report.text),
        Clock(report.published_at, zone, utc),
        replace(modality.genre(report.title, report.text, hits, weapons), published=report.published_at),
        source.kind in (SourceKind.OFFICIAL, SourceKind.FIELD),
        speakers=attribution.speakers(body),
        on_the_spot=source.kind in (SourceKind.SOCIAL, SourceKind.FIELD),
    )
    story.itemised = len(_ITEM.findall(report.text)) >= 3
    assemble(story, hits)
    mentions: list[Mention] = []
    for draft in story.drafts:
        settle(story, draft)
        parts = draft.targets if _plural(draft, body) else draft.targets[:1]
        for n, target in enumerate(parts or [None]):
            if len(parts) > 1:
                draft.core = [_part(body, draft, n)]
            if len(mentions) < _MOST:
                mentions.append(_mention(report, revision, len(mentions), story, draft, target, policy, source, reader))
    if mentions:
        text_sketch = sketch(report.text)
        mentions = [m.model_copy(update={"text_sketch": text_sketch}) for m in mentions]
    return _receipt(report, revision, source, reader, mentions, story.asides), tuple(mentions)


def _plural(draft: Draft, body: str) -> bool:
    """Whether each of the targets was attacked, not one or the other mentioned besides."""
    if len(draft.targets) < 2 or any(not t.known for t in draft.targets):
        return False
    a, b = draft.targets[0].span, draft.targets[1].span
    if not a or not b:
        return False
    between = body[min(a[1], b[1]) : max(a[0], b[0])]
    return (
        re.search(r"\band\b|,", between) is not None
        and len(between) < 60
        and re.search(r"\b(?:while|near|beside|from|of|next)\b", between) is None
    )


def _part(body: str, draft: Draft, n: int) -> tuple[int, int]:
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


def _graded(source: Source, policy: Policy) -> Source:
    known = policy.registered(source.name)
    if known is None:
        return source.model_copy(update={"reliability": Reliability.F})
    return source.model_copy(update={"kind": known.kind, "reliability": known.reliability})


def _mention(
    report: Report,
    revision: int,
    ordinal: int,
    story: Story,
    draft: Draft,
    target: Target | None,
    policy: Policy,
    source: Source,
    reader: str,
) -> Mention:
    body, event = story.body, draft.event
    clock = story.clock
    if target and target.lat is not None and target.lon is not None:
        clock = Clock(clock.published, zone_at(round(target.lat, 1), round(target.lon, 1)), clock.utc_times)
    lo, hi = interval(draft, clock)
    country = (target.country if target else None) or story.scene.country_near(
        event.start, event.end, (event.sentence.start, event.sentence.end)
    )
    place = _place(body, draft, target, country)
    spans = [
        Span(axis="core", start=s, end=e, rule=f"event.{event.type.value}")
        for s, e in (_trim(body, *c) for c in draft.core)
    ]
    spans.append(
        Span(
            axis="threat_type",
            start=event.type_hit.start,
            end=event.type_hit.end,
            rule=f"type.{event.type_hit.text}"[:80],
        )
    )
    if event.status_hit:
        spans.append(
            Span(
                axis="status",
                start=event.status_hit.start,
                end=event.status_hit.end,
                rule=f"status.{event.status_hit.text}"[:80],
            )
        )
    if draft.when:
        spans.append(Span(axis="occurred", start=draft.when.start, end=draft.when.end, rule=draft.when.rule[:80]))
    if target and target.span:
        spans.append(
            Span(
                axis="facility_id" if target.facility_id else "candidates",
                start=target.span[0],
                end=target.span[1],
                rule=target.rule,
            )
        )
    if draft.statement:
        spans.append(
            Span(axis="attribution", start=draft.statement.start, end=draft.statement.end, rule=draft.statement.rule)
        )
    if draft.toll.span:
        spans.append(Span(axis="effects", start=draft.toll.span[0], end=draft.toll.span[1], rule="effects.count"))
    core = spans[0]
    return Mention(
        mention_id=_id(report.report_id, revision, ordinal),
        report_id=report.report_id,
        report_revision=revision,
        ordinal=ordinal,
        traffic=report.traffic,
        theatre=policy.theatre_of(country),
        threat_type=event.type,
        status=event.status,
        initiator=_initiator(body, draft),
        occurred=Interval(earliest=lo, latest=hi),
        time_expression=body[draft.when.start : draft.when.end][:300] if draft.when else None,
        facility_id=target.facility_id if target else None,
        candidates=target.candidates if target else (),
        place=place,
        attribution=Attribution(
            confidence=draft.statement.confidence, actor=(draft.statement.actor or None) and draft.statement.actor[:300]
        )
        if draft.statement
        else Attribution(),
        effects=Effects(killed=draft.toll.killed, wounded=draft.toll.wounded),
        credibility=Credibility(reliability=source.reliability),
        source=source,
        published_at=report.published_at,
        quote=mask(body[core.start : core.end])[:600],
        evidence=tuple(spans[:40]),
        reader=reader,
    )


def _initiator(body: str, draft: Draft) -> Initiator:
    event = draft.event
    if draft.statement and draft.statement.confidence is not AttributionConfidence.NONE:
        return Initiator.HOSTILE
    if event.type in _AMBIGUOUS and _UNEXPLAINED.search(body, event.sentence.start, event.sentence.end + 160):
        return Initiator.UNKNOWN
    if event.type is ThreatType.UNKNOWN_EXPLOSION or (
        event.type in (ThreatType.CBRN, ThreatType.JAMMING) and event.status is Status.UNCLEAR
    ):
        return Initiator.UNKNOWN
    return (
        Initiator.UNKNOWN
        if event.status is Status.UNCLEAR and event.type in (ThreatType.MISSILE, ThreatType.SURVEILLANCE)
        else Initiator.HOSTILE
    )


def _place(body: str, draft: Draft, target: Target | None, country: str | None) -> Place | None:
    if target and target.place:
        return target.place
    sentence = draft.event.sentence
    spots = locate(body, draft.event.start, draft.event.end, country) or locate(
        body, sentence.start, sentence.end, country
    )
    return place_words(body, draft.event.start, draft.event.end, spots, country) or place_words(
        body, sentence.start, sentence.end, spots, country
    )


def _receipt(
    report: Report, revision: int, source: Source, reader: str, mentions: list[Mention], asides: list[Aside]
) -> Reading:
    body = report.body
    rows = []
    for a in sorted(asides, key=lambda a: (a.start, a.end))[:500]:
        start, end = _trim(body, a.start, a.end)
        rows.append(SetAside(reason=a.reason, start=start, end=end, quote=mask(body[start:end])[:600], rule=a.rule))
    return Reading(
        report_id=report.report_id,
        report_revision=revision,
        traffic=report.traffic,
        published_at=report.published_at,
        source=source,
        mentions=tuple(m.mention_id for m in mentions),
        set_aside=tuple(rows),
        reader=reader,
    )


def _trim(body: str, start: int, end: int) -> tuple[int, int]:
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

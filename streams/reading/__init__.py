"""Reads a report: what happened, how, by whom, when, and to which installation; pure, deterministic, never raises on any text.

page ─▶ body ─fold─▶ cues, names ─▶ sentences ─▶ events ─judge─▶ drafts ─▶ mentions
                                                           └────▶ set aside, with the reason
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from schemas.mention import Denial, Mention, Reading, SetAside
from schemas.policy import Policy
from schemas.report import Report, Source
from schemas.taxonomy import Reliability, SetAsideReason, SourceKind
from streams.reading.assemble import assemble
from streams.reading.lexicon import Lexicon
from streams.reading.meant import denials as denying
from streams.reading.meant.exercise import practised
from streams.reading.meant.genre import genre
from streams.reading.meant.turns import questions
from streams.reading.mentions import all_attacked, mention_of, part_of, trim
from streams.reading.page import sheet_of, spelt
from streams.reading.review import settle
from streams.reading.story import Aside, Story
from streams.reading.text import gated as re
from streams.reading.text.furniture import furniture
from streams.reading.text.language import foreign_parts
from streams.reading.text.lists import itemised
from streams.reading.text.mail import envelopes
from streams.reading.text.normal import Folded, fold
from streams.reading.text.segment import ends, sentences
from streams.reading.what.cues import Found, Hit, Phrases
from streams.reading.what.frames import framed_deeds
from streams.reading.what.gaps import close_gaps
from streams.reading.what.plain import plain_deeds
from streams.reading.when.clock import Clock, zone_at
from streams.reading.when.dating import zone_in
from streams.reading.where.places import mask
from streams.reading.where.survey import survey as survey_scene
from streams.reading.who import actors
from streams.sketch import sketch

__all__ = ["READER_VERSION", "Lexicon", "read"]

READER_VERSION: Final = "1.0.0"

_MOST: Final = 60
"""Mentions of one report; a text with more is a list."""


def read(report: Report, revision: int, lexicon: Lexicon, policy: Policy) -> tuple[Reading, tuple[Mention, ...]]:
    """Read one report like `read_all`, what it denies left out."""
    receipt, mentions, _ = read_all(report, revision, lexicon, policy)
    return receipt, mentions


def read_all(
    report: Report, revision: int, lexicon: Lexicon, policy: Policy
) -> tuple[Reading, tuple[Mention, ...], tuple[Denial, ...]]:
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
    The receipt; a mention for each incident that is hostile (or of unknown initiator) and current; and a denial for each
    that it says was wrongly reported.
    """
    sheet = sheet_of(report)
    if sheet is None:
        return _read_typed(report, revision, lexicon, policy)
    receipt, mentions, denials = _read_typed(sheet.report, revision, lexicon, policy)
    return sheet.receipt(receipt), tuple(map(sheet.mention, mentions)), tuple(map(sheet.denial, denials))


def _read_typed(
    report: Report, revision: int, lexicon: Lexicon, policy: Policy
) -> tuple[Reading, tuple[Mention, ...], tuple[Denial, ...]]:
    """Read a report that is laid out as it was typed."""
    came, report = report, spelt(report, lexicon.names)
    reader = f"{READER_VERSION} facilities {lexicon.version} policy {policy.version}"
    source = _graded(report.source, policy)
    body = report.body
    re.attend(body)
    foreign = foreign_parts(report.title, report.text, report.lang)
    unread = [
        Aside(SetAsideReason.UNSUPPORTED_LANGUAGE, start, min(end, start + 600), "language.words")
        for start, end in ([(0, len(body))] if foreign is None else foreign)
    ]
    if foreign is None:
        return receipt(report, revision, source, reader, [], unread), (), ()
    folded = fold(body)
    scanned = lexicon.cues.scan(folded)
    if not lexicon.cues.alarming(scanned, folded):
        return receipt(report, revision, source, reader, [], unread), (), ()
    hits = cues_of(lexicon.cues, scanned, folded, body)
    links, mails = _in_body(report, furniture(report.text)), _in_body(report, envelopes(report.text))
    unread += _alarming(links, hits)
    untold = sorted([*links, *mails])
    if left_out := sorted([*foreign, *untold]):
        hits = [h for h in hits if not _inside(left_out, h.start)]
    names = [n for n in lexicon.find_names(folded) if not untold or not _inside(untold, n.start)]
    scene = survey_scene(lexicon, body, hits, names, report.published_at.year, source)
    weapons = sum(1 for h in hits if h.classes.weapons)
    silent = not weapons and not any("event_noun" in h.classes or "st_threatened" in h.classes for h in hits)
    home = next((n.facility for n in scene.named if n.sure), None)
    country = scene.country_near(0, len(body), (0, len(body)))
    zone = zone_at(home.lat, home.lon) if home else zone_in(scene, country) or zone_at(0.0, 0.0)
    utc = re.search(r"\btimes (?:are )?(?:in )?(?:UTC|GMT|Zulu)\b", body) is not None
    story = Story(
        scene,
        body,
        [s for s in sentences(report.title, report.text) if not left_out or not _inside(left_out, s.start)],
        Clock(report.published_at, zone, utc),
        replace(
            genre(report.title, report.text, hits, weapons),
            published=report.published_at,
            practised=practised(came.title, came.text),
            asked=tuple(_in_body(report, questions(report.text))),
        ),
        source.kind in (SourceKind.OFFICIAL, SourceKind.FIELD),
        kind=source.kind.value,
        speakers=actors.surnames(body),
        on_the_spot=source.kind in (SourceKind.SOCIAL, SourceKind.FIELD),
        silent=silent,
        itemised=itemised(report.text),
        mails=[end for _, end in mails],
    )
    assemble(story, hits)
    mentions: list[Mention] = []
    for draft in story.drafts:
        settle(story, draft)
        parts = draft.targets if all_attacked(draft, body) else draft.targets[:1]
        for n, target in enumerate(parts or [None]):
            if len(parts) > 1:
                draft.core = [part_of(body, draft, n)]
            if len(mentions) < _MOST:
                mentions.append(
                    mention_of(report, revision, len(mentions), story, draft, target, policy, source, reader)
                )
    if mentions:
        text_sketch = sketch(report.text)
        mentions = [m.model_copy(update={"text_sketch": text_sketch}) for m in mentions]
    claims = []
    for ordinal, draft in enumerate(story.denied[: denying.MAX_DENIALS], len(mentions)):
        settle(story, draft)
        target = draft.targets[0] if draft.targets else None
        claims.append(mention_of(report, revision, ordinal, story, draft, target, policy, source, reader))
    told = [body[d.event.sentence.start : d.event.sentence.end] for d in story.denied]
    denials = denying.denials(claims, denying.in_own_words(told, source.kind))
    read_as = receipt(report, revision, source, reader, mentions, [*unread, *story.asides])
    if denials:
        read_as = read_as.model_copy(update={"denies": tuple(d.claim.mention_id for d in denials)})
    return read_as, tuple(mentions), denials


def cues_of(phrases: Phrases, scanned: Found, folded: Folded, body: str) -> list[Hit]:
    """Return the cues of a text, in order: those of the lists, of frames and of grammars."""
    listed = close_gaps(phrases.hits(scanned, folded, body), body)
    stops = ends(body)
    return plain_deeds(framed_deeds(listed, body, stops), body, stops)


def _in_body(report: Report, stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches of a report's text as those of its body."""
    behind = len(report.title) + 1
    return [(behind + start, behind + end) for start, end in stretches]


def _alarming(links: list[tuple[int, int]], hits: list[Hit]) -> list[Aside]:
    """Return the links to other stories that name a weapon, a deed or an event, set aside."""
    heard = [h.start for h in hits if h.classes.weapons or h.classes.event]
    return [
        Aside(SetAsideReason.GENERIC, start, end, "furniture.link")
        for start, end in links
        if any(start <= at < end for at in heard)
    ]


def _inside(stretches: list[tuple[int, int]], at: int) -> bool:
    """Whether a position lies in one of several stretches, which are in order."""
    n = bisect_right(stretches, at, key=lambda stretch: stretch[0])
    return n > 0 and at < stretches[n - 1][1]


def _graded(source: Source, policy: Policy) -> Source:
    known = policy.registered(source.name)
    if known is None:
        return source.model_copy(update={"reliability": Reliability.F})
    return source.model_copy(update={"kind": known.kind, "reliability": known.reliability})


def receipt(
    report: Report, revision: int, source: Source, reader: str, mentions: list[Mention], asides: list[Aside]
) -> Reading:
    """Return what became of a report."""
    body = report.body
    rows = []
    for a in sorted(asides, key=lambda a: (a.start, a.end))[:500]:
        start, end = trim(body, a.start, a.end)
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

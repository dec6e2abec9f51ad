"""Reads a report: what happened, how, by whom, when, and to which installation; pure, deterministic, never raises on any text.

page ─▶ body ─fold─▶ cues, names ─▶ sentences ─▶ events ─judge─▶ drafts ─▶ mentions
                                                           └────▶ set aside, with the reason
"""

from typing import Final

from schemas.mention import Denial, Mention, Reading
from schemas.policy import Policy
from schemas.report import Report, Source
from schemas.taxonomy import Reliability, SetAsideReason
from streams.reading.assemble import assemble
from streams.reading.lexicon import Lexicon
from streams.reading.meant import denials as denying
from streams.reading.mentions import all_attacked, mention_of, part_of
from streams.reading.opening import opened_report
from streams.reading.page.sheet import sheet_of
from streams.reading.receipt import BEYOND, receipt
from streams.reading.review import settle
from streams.reading.story import Aside
from streams.sketch import sketch

__all__ = ["READER_VERSION", "Lexicon", "read"]

READER_VERSION: Final = "1.0.0"

_MOST: Final = 60
"""Mentions of one report; what goes beyond is told in its receipt."""


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
    sheet = sheet_of(report, lexicon.names)
    if sheet is None:
        return _read_sheet(report, report, revision, lexicon, policy)
    receipt, mentions, denials = _read_sheet(sheet.report, sheet.written, revision, lexicon, policy)
    return sheet.receipt(receipt), tuple(map(sheet.mention, mentions)), tuple(map(sheet.denial, denials))


def _read_sheet(
    report: Report, written: Report, revision: int, lexicon: Lexicon, policy: Policy
) -> tuple[Reading, tuple[Mention, ...], tuple[Denial, ...]]:
    """Read a report that is laid out as it was typed, with the capitals of prose; `written` is the same with its own."""
    reader = f"{READER_VERSION} facilities {lexicon.version} policy {policy.version}"
    source = _graded(report.source, policy)
    opened = opened_report(report, written, source, lexicon)
    if opened.story is None:
        return receipt(report, revision, source, reader, [], opened.unread), (), ()
    story = opened.story
    assemble(story, opened.hits)
    mentions: list[Mention] = []
    for draft in story.drafts:
        settle(story, draft)
        parts = draft.targets if all_attacked(draft, story.body) else draft.targets[:1]
        for n, target in enumerate(parts or [None]):
            if len(parts) > 1:
                draft.core = [part_of(story.body, draft, n)]
            if len(mentions) >= _MOST:
                story.asides.append(Aside(SetAsideReason.OTHER, *draft.core[0], BEYOND))
                continue
            mentions.append(mention_of(report, revision, len(mentions), story, draft, target, policy, source, reader))
    if mentions:
        text_sketch = sketch(report.text)
        mentions = [m.model_copy(update={"text_sketch": text_sketch}) for m in mentions]
    claims = []
    for ordinal, draft in enumerate(story.denied[: denying.MAX_DENIALS], len(mentions)):
        settle(story, draft)
        target = draft.targets[0] if draft.targets else None
        claims.append(mention_of(report, revision, ordinal, story, draft, target, policy, source, reader))
    told = [story.body[d.event.sentence.start : d.event.sentence.end] for d in story.denied]
    denials = denying.denials(claims, denying.in_own_words(told, source.kind))
    read_as = receipt(report, revision, source, reader, mentions, [*opened.unread, *story.asides])
    if denials:
        read_as = read_as.model_copy(update={"denies": tuple(d.claim.mention_id for d in denials)})
    return read_as, tuple(mentions), denials


def _graded(source: Source, policy: Policy) -> Source:
    known = policy.registered(source.name)
    if known is None:
        return source.model_copy(update={"reliability": Reliability.F})
    return source.model_copy(update={"kind": known.kind, "reliability": known.reliability})

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
from streams.reading.mentions import Imprint, all_attacked, mention_of, part_of
from streams.reading.opening import opened_report
from streams.reading.page.sheet import sheet_of
from streams.reading.receipt import BEYOND, receipt
from streams.reading.review import settle
from streams.reading.story import Aside, Story
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
    imprint = Imprint(report, revision, _graded(report.source, policy), policy, reader)
    story, hits, unread = opened_report(report, written, imprint.source, lexicon)
    if story is None:
        return receipt(imprint, (), unread), (), ()
    assemble(story, hits)
    mentions = _mentions(imprint, story)
    denials = _denials(imprint, story, len(mentions))
    read_as = receipt(imprint, mentions, [*unread, *story.asides])
    if denials:
        read_as = read_as.model_copy(update={"denies": tuple(d.claim.mention_id for d in denials)})
    return read_as, mentions, denials


def _mentions(imprint: Imprint, story: Story) -> tuple[Mention, ...]:
    """A mention of each draft, or of each of its targets where all were attacked; what goes beyond the most is set aside."""
    out: list[Mention] = []
    for draft in story.drafts:
        settle(story, draft)
        parts = draft.targets if all_attacked(draft, story.body) else draft.targets[:1]
        for n, target in enumerate(parts or [None]):
            if len(parts) > 1:
                draft.core = [part_of(story.body, draft, n)]
            if len(out) >= _MOST:
                story.asides.append(Aside(SetAsideReason.OTHER, *draft.core[0], BEYOND))
                continue
            out.append(mention_of(imprint, len(out), story, draft, target))
    text_sketch = sketch(imprint.report.text) if out else ()
    return tuple(m.model_copy(update={"text_sketch": text_sketch}) for m in out)


def _denials(imprint: Imprint, story: Story, told: int) -> tuple[Denial, ...]:
    """What the report denies, counted on behind so many mentions."""
    claims = []
    for ordinal, draft in enumerate(story.denied[: denying.MAX_DENIALS], told):
        settle(story, draft)
        claims.append(mention_of(imprint, ordinal, story, draft, draft.target))
    said = [story.body[d.event.sentence.start : d.event.sentence.end] for d in story.denied]
    return denying.denials(claims, denying.in_own_words(said, imprint.source.kind))


def _graded(source: Source, policy: Policy) -> Source:
    known = policy.registered(source.name)
    if known is None:
        return source.model_copy(update={"reliability": Reliability.F})
    return source.model_copy(update={"kind": known.kind, "reliability": known.reliability})

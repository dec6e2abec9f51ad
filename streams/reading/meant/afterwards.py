"""What a later sentence makes of the incident told before it: takes it back, or says how far it came."""

from typing import Final

from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.meant import earnest, modality
from streams.reading.meant.cleared import clears
from streams.reading.meant.denials import taken_back
from streams.reading.sameness import PRONOUN
from streams.reading.story import Aside, Draft, Story
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence
from streams.reading.what.cues import Hit
from streams.reading.what.stages import FINDABLE, FLYING

_TAKES_BACK: Final = frozenset(
    {Y.UNKNOWN_EXPLOSION, Y.INTRUSION, Y.SURVEILLANCE, Y.SMALL_ARMS, Y.IED, Y.CBRN, Y.MARITIME, Y.UAS, Y.OTHER}
)

_MISHAPS: Final = frozenset({Y.UNKNOWN_EXPLOSION, Y.ARSON, Y.VEHICLE_RAMMING, Y.MISSILE, Y.ROCKET, Y.CBRN})
"""What may have been an accident though it hurt somebody."""
_MADE_SAFE: Final = re.compile(
    r"\b(?:defus\w+|made safe|render\w* safe|disarm\w*|removed|apart|to pieces|to bits|found|neutrali[sz]ed|dismantled|blown in place|BIP|destined|intended|meant)\b",
    re.IGNORECASE,
)

_PART_OF: Final = re.compile(r"\b(?:of them|of the|some|most|several|others?|two hit|one hit)\b", re.IGNORECASE)

_AT_ONCE: Final = 200
"""So many characters behind an incident a sentence may take it back."""


def takes_back(story: Story, sentence: Sentence) -> bool:
    """Whether a sentence takes back the incident just told, which is set aside, and denied where it never was.

    Not one that is likely all the same: the model has seen that sentence too.
    """
    last = story.drafts[-1] if story.drafts else None
    if last is None or last.event.status is S.THREATENED:
        return False
    if sentence.start - last.core[-1][1] > _AT_ONCE or story.mail_at(sentence.start) > story.mail_at(last.core[-1][1]):
        return False
    text = story.body[sentence.start : sentence.end]
    flour = last.event.type is Y.CBRN and _FLOUR.match(text) is not None
    if not flour and earnest.overrules(story, last.in_earnest):
        return False
    reason = R.NEGATED if flour else taken_back(text, story.clock.published.year)
    if reason is None and clears(text, last.event.type):
        reason = R.NEGATED
    hurt = bool(last.toll.killed or last.toll.wounded)
    if reason is None or (hurt and (reason is not R.ACCIDENT or last.event.type not in _MISHAPS)):
        return False
    story.drafts.remove(last)
    story.asides.append(Aside(reason, *last.core[0], "denials.taken-back"))
    if reason is R.NEGATED:
        story.denied.append(last)
    return True


_FLOUR: Final = re.compile(
    r"(?![^.;]*\b(?:similar|another|last time|earlier|previous)\b)[^.;]*\b(?:laborator(?:y|ies)|labs?|tests?|anal(?:ysis|yses)|police|turned out|proved)\b[^.;]{0,60}\b(?:baking (?:soda|powder)|flour|talc\w*|sugar|starch|chalk|detergent|harmless)\b",
    re.IGNORECASE,
)
"""What a powder was found to be: whatever it was taken for before, it is that."""
_THAT_ONE: Final = re.compile(
    r"\W*(?:(?P<day>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day['’]s|The|That)\s(?:[\w\-]+\s){0,2}"
)
"""How a sentence comes back to a weapon told before: "Monday's missile"."""


def comes_back(story: Story, sentence: Sentence, hits: list[Hit]) -> None:
    """Note where a report comes back to an incident told before by its weapon, and its day: what follows is about that."""
    first = next((h for h in hits if h.classes.weapons), None)
    if first is None or sentence.title or len(story.drafts) < 2:
        return
    m = _THAT_ONE.fullmatch(story.body[sentence.start : first.start])
    if m is None:
        return
    those = [d for d in story.drafts if d.event.type in first.classes.weapons]
    if m["day"]:
        those = [d for d in those if d.day is None or not _dates_itself(d) or d.day.strftime("%A").startswith(m["day"])]
    if len(those) == 1:
        story.resumed.append((sentence.start, those[0]))


def _dates_itself(draft: Draft) -> bool:
    """Whether the day of a draft stands in its own clause."""
    return draft.when is not None and draft.event.start <= draft.when.start < draft.event.end


_ONE_LEFT: Final = (
    r"(?:the (?:other|others|rest|remaining (?:\w+)|last(?: one)?|final one|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|one that)|"
    r"(?:a|only|but|just) (?:one|second|third|fourth|fifth|sixth)|(?:one|two|three|several|some|others?)(?: of (?:them|these))?)"
)
_GOT_THROUGH: Final = re.compile(
    rf"(?:(?:^|[;,.]\s|\b(?:but|and|while)\s)\W*{_ONE_LEFT}|\bbut (?:it|they))(?:,[^,.;]{{1,40}},)?\s(?:(?!(?:was|were|been|be|are|is)\b)\w+\s){{0,5}}?"
    r"(?:wounded|killed|hurt|injured|hit|struck|damaged|wrecked|destroyed|impacted|crashed (?:into|on|onto|in|inside|among)|(?:fell|landed|came down) (?:on|onto|inside|within|among|beside|in (?:the|its) (?!sea\b|desert\b|river\b|field))|exploded (?:at|in|inside|on|near|among)|burned (?:down|out)|"
    r"set\s(?:\w+\s){1,4}(?:on fire|alight|ablaze)|set fire to|got (?:through|past)|came through|slipped (?:through|past)|reached)\b(?!\s(?:nothing|nobody|no one|the sea|open|empty|an? (?:field|empty)|(?:the )?(?:ground|sand|desert|uninhabited|waste|farmland)))"
    r"|\b(?:all but|but for|except(?: for)?|save(?: for)?|bar) (?:an?|one|two|three|four|five|six|\d)\b[^.;,]{0,30},? (?:which|that) (?:fell|landed|came down|hit|struck|exploded|impacted|crashed)\b(?! (?:short|harmless|(?:in|into|on) (?:the |an? )?(?:sea|open|desert|river|field|water)))",
    re.IGNORECASE,
)
"""One of those of which others were stopped did what it was sent for."""
_SENT: Final = FLYING | {Y.MARITIME}


def gets_through(story: Story, sentence: Sentence) -> None:
    """Take for carried out what was stopped in part only, as its sentence or the next says: "the sixth wounded two"."""
    last = story.told_last(sentence.end)
    if last is None or last.event.status is not S.INTERCEPTED or last.event.type not in _SENT or sentence.title:
        return
    if sentence.paragraph - last.paragraph > 1 or sentence.start - last.core[-1][1] > _AT_ONCE:
        return
    begin = max(sentence.start, last.event.status_hit.end if last.event.status_hit is not None else last.event.start)
    between = {t for h in story.scene.hits_in(last.core[-1][1], sentence.end) for t in h.classes.weapons}
    if between & _SENT and last.event.type not in between:
        return
    if _GOT_THROUGH.search(story.body[begin : sentence.end]) is not None:
        last.turns_out(S.EXECUTED, last.event.type_hit)


_NONE_DID: Final = re.compile(
    r"\b(?:none|nothing|not one|neither|no (?:drone|missile|rocket|machine|aircraft)s?)\s(?:of (?:them|these|the \w+)\s)?(?:ha[sd]\s)?(?:got|gotten|came|made it|reached|went|flew|gets)\s(?:any\s)?(?:farther|further|by\b|past|through|(?:to|near|over|within)?\s?(?:its|their|the)\s(?:\w+\s)?(?:targets?|base|camp|airfield|airport|field|runway|town|city|coast|shore|plant|perimeter|fence))",
    re.IGNORECASE,
)
"""Of “nothing got by”, “none got farther than the groves”: all were stopped."""


def stopped_short(story: Story, sentence: Sentence) -> None:
    """Take for intercepted what was launched and of which nothing arrived, as its sentence or the next says."""
    last = story.drafts[-1] if story.drafts else None
    if last is None or last.event.status is not S.EXECUTED or last.event.type not in _SENT or sentence.title:
        return
    if last.toll.killed or last.toll.wounded or not 0 <= sentence.start - last.event.sentence.start < 2 * _AT_ONCE:
        return
    if sentence.paragraph == last.paragraph and _NONE_DID.search(story.body, sentence.start, sentence.end):
        last.turns_out(S.INTERCEPTED, last.event.status_hit)


def follow_up(story: Story, sentence: Sentence, hits: list[Hit]) -> None:
    """A sentence without an event of its own: it may take back the last one, or say how far it came."""
    if not story.drafts:
        return
    last = story.drafts[-1]
    form = story.form_at(sentence.start)
    one_form = last.event.sentence.field and form is not None and form is story.form_at(last.event.start)
    if (sentence.paragraph != last.paragraph and not one_form) or sentence.title:
        return
    text = story.body[sentence.start : sentence.end]
    weak = last.event.type in _TAKES_BACK and last.event.status in (S.EXECUTED, S.UNCLEAR) and not last.toll.stated
    if (
        weak
        and (PRONOUN.match(text) or "accident" in text)
        and modality.harmless(text)
        and sentence.start - last.core[-1][1] < _AT_ONCE
        and any("m_accident" in h.classes or "m_exercise" in h.classes or "m_negated" in h.classes for h in hits)
    ):
        story.drafts.remove(last)
        reason = (
            R.ACCIDENT
            if any("m_accident" in h.classes for h in hits)
            else R.EXERCISE
            if any("m_exercise" in h.classes for h in hits)
            else R.NEGATED
        )
        story.asides.append(Aside(reason, last.core[0][0], last.core[0][1], "modality.taken-back"))
        return
    if (
        last.event.status is S.EXECUTED
        and last.event.status_hit is None
        and not _PART_OF.search(text)
        and (stop := next((h for h in hits if "st_intercepted" in h.classes), None))
        and (last.event.type is Y.ARSON or not stop.text.startswith(("put it out", "put out")))
    ):
        last.turns_out(S.INTERCEPTED, stop)
    if (
        last.event.type in FINDABLE
        and last.event.status in (S.EXECUTED, S.UNCLEAR)
        and not last.toll.killed
        and not last.toll.wounded
        and (made_safe := next((h for h in hits if "st_thwarted" in h.classes), None))
        and _MADE_SAFE.search(text)
    ):
        last.turns_out(S.THWARTED, made_safe)

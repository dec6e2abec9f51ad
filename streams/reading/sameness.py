"""Decides whether a later passage tells an event told before, and adds what it knows; what a vague one takes over."""

from datetime import timedelta
from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.inherited import told_away
from streams.reading.meant.earnest import tells_afresh
from streams.reading.story import Draft, Story
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence
from streams.reading.what.event import Event
from streams.reading.what.joining import ALARMS
from streams.reading.when.anchors import in_register
from streams.reading.where.places import nearest_km, says_where
from streams.reading.where.scene import named_in

ANOTHER: Final = re.compile(
    r"\b(?:another|second|separate(?:ly)?|third|also|elsewhere|in (?:a|an) (?:separate|different|unrelated|second|third)|meanwhile|later (?:the same|that|on)|next (?:day|morning)|two days earlier|a day (?:later|earlier|after|before)|same (?:evening|night|day))\b",
    re.IGNORECASE,
)


_ELLIPTIC: Final = re.compile(
    r"\b(?:(?:were|was) (?:fired|launched|lobbed|abducted|seized|taken)|landed|fell|came down|impacts?|vanished|appeared)\b",
    re.IGNORECASE,
)

_REST: Final = re.compile(
    r"\W*(?:The (?:rest|others?|remaining \w+|(?:second|third|fourth|last|final) (?:one )?(?=hit|struck|landed|fell|came|crashed|exploded))|Others|Another|One|Two|Three|Four|Five|Several|Some|A (?:second|third|fourth))\b(?: of (?:them|these|the \w+))?(?: \w+ly)?\s+(?:hit|struck|landed|fell|came|crashed|exploded|slammed|ploughed|went|burst|dropped|reached|got)\b"
)
"""Of “The rest hit the port”: the weapon is left out, what it hit is not."""

_SECOND: Final = re.compile(r"\b(?:second|third|another|later|next|following)\b", re.IGNORECASE)

PRONOUN: Final = re.compile(
    r"\s*[\"“(]?(?:(?:At|In|By|On)\s[\w ]{3,20}\sthey\b|Police|Dogs|Officials|Sappers|It|They|This|These|That|Both|One of|Most|The (?:attack|blast|explosion|strike|device|bomb|assault|incident|raid|drone|drones|rocket|rockets|missile|assailants|attackers|gunmen|crowd)\b)"
)

_LIST: Final = 4
"""So many lines make a list."""

_SAME_DEED: Final = {
    Y.UAS: {Y.MISSILE, Y.AIR_STRIKE, Y.UNKNOWN_EXPLOSION, Y.IED, Y.ROCKET},
    Y.ROCKET: {Y.MORTAR_ARTILLERY, Y.MISSILE, Y.UNKNOWN_EXPLOSION},
    Y.MORTAR_ARTILLERY: {Y.ROCKET, Y.UNKNOWN_EXPLOSION},
    Y.MISSILE: {Y.ROCKET, Y.UAS, Y.UNKNOWN_EXPLOSION},
    Y.VEHICLE_BOMB: {Y.SUICIDE_BOMBING, Y.IED, Y.UNKNOWN_EXPLOSION, Y.GROUND_ASSAULT, Y.SMALL_ARMS},
    Y.SUICIDE_BOMBING: {Y.IED, Y.UNKNOWN_EXPLOSION, Y.VEHICLE_BOMB, Y.GROUND_ASSAULT},
    Y.GROUND_ASSAULT: {Y.SMALL_ARMS, Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING, Y.INTRUSION, Y.IED, Y.ARSON},
    Y.SMALL_ARMS: {Y.GROUND_ASSAULT, Y.IED},
    Y.UNREST: {Y.INTRUSION, Y.ARSON, Y.GROUND_ASSAULT, Y.SMALL_ARMS},
    Y.INTRUSION: {Y.UNREST, Y.SABOTAGE, Y.GROUND_ASSAULT, Y.ARSON},
    Y.IED: {Y.UNKNOWN_EXPLOSION, Y.VEHICLE_BOMB, Y.UNREST},
    Y.ARSON: {Y.UNREST, Y.IED, Y.INTRUSION},
    Y.MARITIME: {Y.UAS, Y.IED, Y.UNKNOWN_EXPLOSION, Y.SMALL_ARMS, Y.MISSILE},
    Y.UNKNOWN_EXPLOSION: {
        Y.UAS,
        Y.ROCKET,
        Y.MISSILE,
        Y.IED,
        Y.MORTAR_ARTILLERY,
        Y.VEHICLE_BOMB,
        Y.SUICIDE_BOMBING,
        Y.AIR_STRIKE,
    },
    Y.AIR_STRIKE: {Y.UNKNOWN_EXPLOSION, Y.IED, Y.UAS, Y.MISSILE},
    Y.CBRN: {Y.IED, Y.OTHER},
    Y.CYBER: {Y.OTHER, Y.SABOTAGE},
    Y.VEHICLE_RAMMING: {Y.INTRUSION, Y.SMALL_ARMS, Y.GROUND_ASSAULT},
    Y.KIDNAPPING: {Y.GROUND_ASSAULT, Y.SMALL_ARMS},
    Y.SURVEILLANCE: {Y.UAS, Y.INTRUSION},
    Y.JAMMING: {Y.UAS, Y.CYBER},
    Y.SABOTAGE: {Y.IED, Y.ARSON, Y.INTRUSION, Y.UNKNOWN_EXPLOSION},
}


GOING_ON: Final = re.compile(
    r"\b(?:right now|going on|under ?way|ongoing|in progress|as we speak|(?:is|are) happening|unfolding)\b",
    re.IGNORECASE,
)
"""What goes on as it is told needs no day."""


def told_before(story: Story, draft: Draft, made: list[Draft]) -> Draft | None:
    """The draft that told this event before, None where it is new (or, being vague, belongs to none)."""
    event = draft.event
    if not event.vague or event.status is S.THREATENED:
        same = _same(story, draft)
        if same is None or (same in made and (event.of_several or event.apart or same.event.type is not event.type)):
            return None
        return same
    clause = story.body[event.sentence.start : event.end]
    dated = draft.when is not None
    second = dated and (_SECOND.search(clause) is not None or _elliptic(clause, draft))
    known = bool(draft.targets) and draft.targets[0].known
    rest = known and event.status is S.EXECUTED and _REST.match(clause) is not None
    own = known and (event.status in (S.INTERCEPTED, S.THWARTED) or rest or GOING_ON.search(clause) is not None)
    same = _same(story, draft) if not second or not _SECOND.search(clause) else None
    if rest and same is not None and same.event.status is S.INTERCEPTED:
        same = None
    if same is None and not second and not own:
        same = next((d for d in reversed(story.drafts) if not d.from_title), None)
        if same is None or same.paragraph != draft.paragraph:
            draft.unplaced = True
            return None
    if (
        same is not None
        and same.when is not None
        and not (draft.when and times_meet(same, draft) and draft.when.precise > same.when.precise)
    ):
        draft.when = None
    return same


def _elliptic(clause: str, draft: Draft) -> bool:
    """Of “On Sunday evening four were fired”: the weapon is left out, the day is not."""
    explicit = draft.when is not None and draft.when.rule.startswith("time.day")
    return explicit and _ELLIPTIC.search(clause) is not None


def _same(story: Story, new: Draft) -> Draft | None:
    """The draft that an event was already told by: the last; of several in the text rather one of its type."""
    met: list[Draft] = []
    afresh = tells_afresh(story, new)
    another = (
        ANOTHER.search(story.body[new.event.sentence.start : new.event.end][:160]) is not None and not new.from_title
    )
    for old in reversed(story.drafts):
        if afresh and old.event.type is not new.event.type and not old.from_title:
            continue
        other_line = old.paragraph != new.paragraph and not old.from_title and not new.event.vague
        if other_line and (_of_another_entry(story, old, new) or _at_another_site(story, old, new)):
            continue
        if not _types_meet(old.event, new.event):
            continue
        explicit = new.when is not None and new.when.rule.startswith(("time.day", "time.dtg"))
        told_apart = old.event.type is not new.event.type and new.event.type is not Y.UNKNOWN_EXPLOSION
        if other_line and explicit and told_apart and len(story.drafts) > 1:
            continue
        if story.itemised and other_line and told_apart and (new.when is not None or new.spots):
            continue
        if story.itemised and other_line and new.event.status is S.THREATENED and old.event.status is not S.THREATENED:
            continue
        if not _sites_meet(story, old, new) or (not new.event.vague and _apart(old, new)):
            continue
        carried = PRONOUN.match(story.body, new.event.sentence.start) is not None and old.paragraph == new.paragraph
        if not times_meet(old, new) and not (
            carried and new.when is not None and not new.when.rule.startswith(("time.day", "time.dtg"))
        ):
            continue
        if (
            {old.event.status, new.event.status} == {S.THWARTED, S.EXECUTED}
            and not old.from_title
            and not carried
            and not new.event.vague
            and new.event.status is S.THWARTED
        ):
            continue
        if (
            (old.event.status is S.THREATENED) != (new.event.status is S.THREATENED)
            and old.event.status is not S.THWARTED
            and new.event.status is not S.THWARTED
        ):
            continue
        if another and not old.from_title and new.when is not None and not new.event.vague:
            continue
        if new.event.vague or (old.from_title and not met):
            return old
        met.append(old)
    return max(met, key=lambda old: (old.event.type is new.event.type, not old.from_title), default=None)


def _of_another_entry(story: Story, old: Draft, new: Draft) -> bool:
    """Of two lines of a list, whether each is filled by its own, or opens with its place and day: an entry tells of another incident, unless it goes on with words like "the attack"."""
    if PRONOUN.match(story.body, new.event.sentence.start) is not None:
        return False
    a_list = len(story.paragraphs) >= _LIST
    return all(in_register(story, d.event) or (a_list and story.fills_its_line(d.event.sentence)) for d in (old, new))


def _at_another_site(story: Story, old: Draft, new: Draft) -> bool:
    """Of two paragraphs, whether the later names the site of a deed of another type, and the earlier a place of its own, which is no site."""
    if old.event.type is new.event.type or old.targets:
        return False
    named = new.target is not None and new.target.rule == "target.name"
    return named and says_where(story.body, old.event.start, old.event.end)


def _types_meet(old: Event, new: Event) -> bool:
    if (
        new.vague
        or old.vague
        or old.type == new.type
        or (old.status is S.THREATENED and new.status is S.THREATENED and Y.OTHER in (old.type, new.type))
    ):
        return True
    return new.type in _SAME_DEED.get(old.type, ()) or new.type in old.types or old.type in new.types


def _sites_meet(story: Story, old: Draft, new: Draft) -> bool:
    vague = old.from_title and bool(old.targets) and not old.targets[0].facility_id
    return vague or story.may_be_at_one_site(old, new)


def _apart(old: Draft, new: Draft) -> bool:
    """Whether the two play in different countries or far from each other."""
    if old.from_title and (not old.target or not old.target.facility_id):
        return False
    if old.spots and new.spots and min(nearest_km(a.lat, a.lon, new.spots) for a in old.spots) > 40:
        return True
    here = old.target
    if (
        here
        and here.facility_id
        and here.lat is not None
        and here.lon is not None
        and new.spots
        and not (new.target and new.target.facility_id and new.target.rule == "target.name")
    ):
        return nearest_km(here.lat, here.lon, new.spots) > 60
    if old.countries and new.countries and not old.countries & new.countries:
        return True
    return bool(here and here.country and new.countries and here.country not in new.countries)


def times_meet(old: Draft, new: Draft) -> bool:
    """Whether the two may have happened at one time."""
    if old.when is None or new.when is None:
        return True
    slack = timedelta(hours=1) if old.when.precise == 3 or new.when.precise == 3 else timedelta(minutes=-5)
    return old.when.earliest <= new.when.latest + slack and new.when.earliest <= old.when.latest + slack


_CARRIERS: Final = frozenset({Y.UAS, Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING, Y.MARITIME})
"""Types that say what carried the charge."""
_LENT: Final = frozenset({"target.inherited", "target.coreference", "target.description"})
"""A name told later overrules these."""


def absorb(story: Story, old: Draft, new: Draft) -> None:
    """Add what a later telling knows."""
    was_title = old.from_title and not new.from_title and not new.event.vague
    if was_title:
        old.core = new.core
        if old.targets and not new.targets and told_away(story, new, old.targets[0]):
            old.targets = []
        if new.event is not None:
            kept = old.event
            old.event = new.event
            if (
                new.event.type in (Y.UNKNOWN_EXPLOSION, Y.OTHER)
                and kept.type not in (Y.OTHER, Y.UNKNOWN_EXPLOSION)
                and not kept.vague
            ) or (
                kept.type in _CARRIERS and new.event.type in (Y.IED, Y.UNKNOWN_EXPLOSION) and not kept.sentence.listing
            ):
                old.event.type, old.event.type_hit = kept.type, kept.type_hit
        old.from_title, old.outcome_told, old.meant = False, False, True
        old.paragraph = new.paragraph
    elif old.event.type_hit.text in ALARMS and not new.event.vague:
        old.event = new.event
    elif (
        old.event.type in (Y.UNKNOWN_EXPLOSION, Y.OTHER)
        and not new.event.vague
        and new.event.type not in (Y.SMALL_ARMS, Y.MORTAR_ARTILLERY)
    ):
        old.event.type, old.event.type_hit = new.event.type, new.event.type_hit
    if (
        new.event.status in (S.INTERCEPTED, S.THWARTED)
        and not (new.event.partial and new.event.vague)
        and old.event.status is S.EXECUTED
        and old.event.status_hit is None
    ):
        old.turns_out(new.event.status, new.event.status_hit)
    if new.event.status is S.UNCLEAR and old.event.status is S.EXECUTED and old.event.status_hit is None:
        old.turns_out(S.UNCLEAR, new.event.status_hit)
    if new.targets and _knows_the_site(old, new, was_title=was_title):
        old.targets = new.targets
    if not was_title and (
        (new.when and (old.when is None or new.when.precise > old.when.precise))
        or (
            new.paragraph == old.paragraph
            and not new.event.counting
            and (not new.event.vague or new.event.status_hit is not None)
        )
    ):
        old.told_again(new.core)
    if new.when and (old.when is None or new.when.precise > old.when.precise):
        old.when, old.day = new.when, new.day
    old.in_earnest = max(old.in_earnest, new.in_earnest)
    if old.statement is None and (
        new.paragraph == old.paragraph or (not new.event.vague and bool(new.targets) and new.targets[0].known)
    ):
        old.statement = new.statement


def _knows_the_site(old: Draft, new: Draft, *, was_title: bool) -> bool:
    """Whether the site of a later telling, in the same country, is better than that of the first."""
    site, before = new.targets[0], old.target
    if old.countries and not was_title and site.country not in (None, *old.countries):
        return False
    if before is None or (was_title and site.known and before.facility_id not in site.ids):
        return True
    firmer = bool(site.facility_id and not before.facility_id) or (site.known and not before.known)
    return firmer or (site.rule == "target.name" and before.rule in _LENT)


def one_more(story: Story, draft: Draft, sentence: Sentence) -> bool:
    """Whether a sentence tells of one more at a site it names, and nothing else of when: "A second attack on X"."""
    if not story.drafts or draft.target is None or ANOTHER.search(story.body, sentence.start, sentence.end) is None:
        return False
    ours = draft.target.facility_id
    return any(n.facility.id == ours for n in named_in(story.scene, sentence.start, sentence.end))

"""Decides which of the incidents told a statement about the doer is about.

In its sentence or behind it, before the next is told; further on, where it names the site, the weapon or the day, says that it is
about several, or goes on from a sentence that does.
"""

from typing import Final

from schemas.taxonomy import ThreatType as Y
from streams.reading.story import Draft, Heard, Story
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence
from streams.reading.who import attribution


def concerns(story: Story, draft: Draft, heard: Heard, those: list[Draft] | None) -> bool:
    """Whether a statement is about a draft: in its sentence or behind it, before the next is told, or about several at once."""
    statement, said, kinds = heard
    drafts = story.drafts
    sentence = draft.event.sentence
    apart = said.paragraph != draft.paragraph
    if apart and those is not None:
        return any(d is draft for d in those)
    words = story.body[said.start : said.end]
    if draft.day is not None and (day := _DAY_OF.search(words)) and len(drafts) > 1:
        return draft.day.strftime("%A").lower() == day["day"].lower()
    if (
        apart
        and kinds
        and draft.event.type not in kinds
        and any(d.event.type in kinds and not _one_attack(story, d, draft) for d in drafts)
    ):
        return False
    of_kind = _of_that_kind(story, statement.start, kinds) if apart and statement.rule != attribution.BESIDE else None
    if of_kind is draft and not _ABOUT_ONE.search(words):
        return True
    if apart and story.headed(said.paragraph):
        return False
    if (
        apart
        and story.itemised
        and len({story.scene.lexicon.gazetteer.site_of(n.facility.id) for n in story.scene.named}) > 1
    ):
        return False
    if statement.rule == attribution.VOICE and apart and (story.itemised or len(drafts) > 2):
        return False
    if statement.rule == attribution.BESIDE:
        near = said.paragraph - draft.paragraph < 2 and 0 <= said.start - draft.core[-1][1] < _BESIDE
        return near and story.told_last(said.start) is draft
    last = story.told_last(statement.start)
    if said.paragraph and not said.title and last is not None and sentence.start == last.event.sentence.start:
        return True
    after = [
        d
        for d in drafts
        if d.core[0][0] > draft.core[0][0] and not _told_again(story, d, draft, said) and not _goes_on(story, d, draft)
    ]
    upper = min((d.core[0][0] for d in after), default=len(story.body) + 1)
    if sentence.start <= statement.start < upper:
        return len(drafts) < 3 or said.paragraph <= draft.paragraph + 2
    if statement.start < sentence.start:
        if said.title or not _BOTH.search(words):
            alone = len(drafts) == 1 and not (apart and kinds and draft.event.type not in kinds)
            return (said.title and drafts[0] is draft) or alone
        return len(drafts) > 1 and drafts[1] is draft and drafts[0].core[0][0] < statement.start
    if _ABOUT_ALL.search(words) and not (story.itemised and apart and story.told_last(statement.start) is not draft):
        return True
    if _ABOUT_ONE.search(words) or any(d.paragraph == said.paragraph for d in after):
        return False
    before = max((d for d in drafts if d.core[0][0] <= statement.start), key=lambda d: d.core[0][0], default=draft)
    return before.event.type is draft.event.type and not story.sites(before).isdisjoint(story.sites(draft))


def _one_attack(story: Story, one: Draft, other: Draft) -> bool:
    """Whether one sentence tells both, of one site: gunmen and drones."""
    return one.event.sentence.start == other.event.sentence.start and story.may_be_at_one_site(one, other)


def _told_again(story: Story, later: Draft, draft: Draft, said: Sentence) -> bool:
    """Whether what a statement tells of the deed itself is the one told before: "X said that it had hit the base with a drone"."""
    near = later.paragraph == draft.paragraph and not {later.event.type, draft.event.type}.isdisjoint(_VAGUE)
    if later.event.sentence.start != said.start or not (near or later.event.type is draft.event.type):
        return False
    return later.day in (None, draft.day) and story.may_be_at_one_site(later, draft)


def _goes_on(story: Story, later: Draft, draft: Draft) -> bool:
    """Whether two drafts are parts of what happened at one site on one day: in a paragraph, or what has no time and no place of its own."""
    alone = (later.when is None or later.when.precise < 1) and not later.spots
    first = min(story.drafts, key=lambda d: d.core[0][0])
    if alone and draft is first and not story.itemised and story.may_be_at_one_site(later, draft):
        return True
    together = later.paragraph == draft.paragraph and later.day == draft.day
    return together and bool(here := story.sites(draft)) and here == story.sites(later)


def pointed_at(story: Story, heard: Heard) -> list[Draft] | None:
    """The drafts that a statement further on points at: by their sites, or by what it goes on from."""
    statement, said, _ = heard
    told = [d for d in story.drafts if d.core[0][0] < statement.start]
    if len(story.drafts) < 2 or statement.rule == attribution.BESIDE:
        return None
    if any(d.event.sentence.start == said.start for d in told):
        return None
    if those := _of_sites(story, told, said) or _counted(story, told, said):
        return those
    if _FOR_THAT.match(story.body, said.start, said.end) and (before := _before(story, said)) is not None:
        return _of_sites(story, told, before) or _of_weapons(story, told, before) or None
    last = story.told_last(statement.start)
    begin = story.lines.get(said.paragraph, said.start)
    if last is not None and any(d is last and begin <= at < said.start for at, d in story.resumed):
        return [last]
    return None


def _counted(story: Story, told: list[Draft], said: Sentence) -> list[Draft]:
    """The draft that a sentence counts out, or goes on from one that does: "for the first one", "item 2", "The second was. It"."""
    before = _before(story, said) if _PRONOUN.match(story.body, said.start, said.end) is not None else None
    for where in (said, before) if before is not None else (said,):
        if (m := _NTH.search(story.body, where.start, where.end)) is not None:
            nth = m["for"] or m["opens"]
            n = _ORDINALS.index(nth) if nth else int(m["item"]) - 1
            return told[n : n + 1]
    return []


def _before(story: Story, said: Sentence) -> Sentence | None:
    """The sentence before one in its paragraph."""
    before = [s for s in story.sentences if s.paragraph == said.paragraph and s.start < said.start and not s.title]
    return before[-1] if before else None


def _of_sites(story: Story, told: list[Draft], where: Sentence) -> list[Draft]:
    """The drafts whose sites a sentence names, by the whole name or by the place in it."""
    scene, site = story.scene, story.scene.lexicon.gazetteer.site_of
    named = {site(n.facility.id) for n in scene.named if where.start <= n.start < where.end and n.sure}
    for x in scene.names:
        if where.start <= x.start < where.end and "id_core" in x.classes:
            named |= {site(i) for i in scene.lexicon.by_core.get(x.text, ())}
    return [d for d in told if named & {site(i) for t in d.targets[:1] for i in t.ids[:1]}]


def _of_weapons(story: Story, told: list[Draft], where: Sentence) -> list[Draft]:
    kinds = {t for h in story.scene.hits_in(where.start, where.end) for t in h.classes.weapons}
    return [d for d in told if d.event.type in kinds]


def _of_that_kind(story: Story, at: int, kinds: frozenset[Y]) -> Draft | None:
    """The draft that "the rockets" stands for, paragraphs later: the last told of that kind; in a list the only one."""
    told = [d for d in story.drafts if d.event.type in kinds and d.core[0][0] < at]
    return told[-1] if told and (len(told) == 1 or not story.itemised) else None


_VAGUE: Final = frozenset({Y.OTHER, Y.UNKNOWN_EXPLOSION})
_BESIDE: Final = 300
"""Characters from a deed to words that only stand beside it."""
_ABOUT_ALL: Final = re.compile(
    r"\b(?:both|all|these|those|any) (?:of (?:them|these|this) )?(?:\w+ )?(?:attacks?|were|incidents|strikes|salvos|drones|rockets|raids)\b|\bboth\b(?! (?:countries|sides|ends|places|hands))|\ball (?:two|three|four|five|six)\b|\bany of this\b|\b(?:\w+teen|twenty(?:-\w+)?|thirty|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|several|dozens of|a series of) (?:\w+ )?operations\b",
    re.IGNORECASE,
)
_ABOUT_ONE: Final = re.compile(r"\b(?:first|second|third(?! of\b)|last|latest|latter|former|one of)\b", re.IGNORECASE)
_DAY_OF: Final = re.compile(r"\b(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)['’]s\b", re.IGNORECASE)
_BOTH: Final = re.compile(
    r"\b(?:for|behind) both\b|\bboth (?:attacks|raids|strikes|incidents|assaults)\b", re.IGNORECASE
)
"""Of the deed told and the one that comes: the headline or the lead has told of both."""
_ORDINALS: Final = ("first", "second", "third")
_NTH: Final = re.compile(
    r"\bfor\s+the\s+(?P<for>first|second|third)(?:\s+(?:one|attack|incident|strike|raid|blast|salvo))?(?=[.,;])|(?<=[.\n\s])(?:Of\s+the|The)\s+(?P<opens>first|second|third)\b(?!\s+(?:time|such|day|week|half|floor))|\bitem\s+(?P<item>[1-9])\b"
)
"""What counts out one of those told."""
_PRONOUN: Final = re.compile(r"\s*(?:It|He|She|They)\b")
_FOR_THAT: Final = re.compile(
    r"\s*(?:For|Of|As for|On|About|Regarding)\s(?:that(?:\sone|\sattack)?|those|these|this(?:\sone)?|it|them|the\s(?:latter|last|other)s?)\b"
)
"""How a sentence goes on about what the one before it names: "For those the ministry blamed"."""

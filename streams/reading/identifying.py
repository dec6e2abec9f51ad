"""Gives a site that is only described the name that another sentence tells, unless which one it is shall not be told."""

from typing import Final

from streams.gazetteer import distance_km
from streams.reading.story import Draft, Story, line_start
from streams.reading.text import gated as re
from streams.reading.where.apart import one_of_several, told_apart, withheld
from streams.reading.where.elsewhere import AWAY_KM, plays_elsewhere
from streams.reading.where.regions import SAYS
from streams.reading.where.scene import Target, origin

_IDENTIFIES: Final = re.compile(
    r"\b[Tt]he\s(?:[\w\-]+\s){0,2}(?:hub|base|camp|post|outpost|site|compound|airport|port|plant|hospital|embassy|prison|facility|airfield|refinery|terminal|dam|centre|center)(?:,| is| lies| stands)?\s(?:in|at|near|called|named|known as|of)\s(?:the\s)?$"
)
"""Says which site a story is about: "The hub, in Dikwa, ..."."""


def name_described(story: Story) -> None:
    """Of “A base in eastern Syria”, and further on its name: one of the candidates is named in another sentence."""
    for draft in story.drafts:
        target = draft.target
        if target is None or len(draft.targets) > 1 or target.facility_id or not target.candidates:
            continue
        sentence = draft.event.sentence
        if target.span is not None and _of_its_own_place(story, draft, target.span):
            continue
        if target.span is not None and _left_open(story, target.span):
            continue
        likely = {c.facility_id for c in target.candidates if c.probability >= 0.5 * target.candidates[0].probability}
        named = {
            n.facility.id: n
            for n in story.scene.named
            if n.sure
            and n.facility.id in likely
            and not _RULED_OUT.search(story.body, max(0, n.start - 50), n.start)
            and not sentence.start <= n.start < sentence.end
            and (
                n.start < story.sentences[0].end
                or abs(story.paragraph_at(n.start) - sentence.paragraph) <= _BESIDE
                or _IDENTIFIES.search(story.body, max(0, n.start - 40), n.start)
            )
        }
        if not named and (place := _place_elsewhere(story, likely, sentence.paragraph)) is not None:
            if _plays_away(story, draft, place[2]):
                continue
            f = story.scene.lexicon.gazetteer.by_id[place[2]]
            span = (place[0], place[1])
            draft.targets = [Target.at(f, span, "target.place-elsewhere", target.place)]
            continue
        if len(named) == 1 and not _plays_away(story, draft, *named):
            n = next(iter(named.values()))
            at = story.paragraph_at(n.start)
            if story.itemised and at != sentence.paragraph and n.start >= story.sentences[0].end:
                continue
            draft.targets = [Target.at(n.facility, (n.start, n.end), "target.named-elsewhere", target.place)]


def _plays_away(story: Story, draft: Draft, facility_id: str) -> bool:
    """Whether an event's paragraph, as far as it is told, names a place that is not a facility's."""
    event, site = draft.event, story.scene.lexicon.gazetteer.by_id[facility_id]
    return plays_elsewhere(story.scene, line_start(story, event.sentence), event.end, site)


_RULED_OUT: Final = re.compile(r"\b(?:[Nn]ot|[Nn]or|[Nn]either|rather than|other than|unlike)\b[^.;:]{0,40}$")
"""Before a site's name: it is not that one."""


def _left_open(story: Story, span: tuple[int, int]) -> bool:
    """Whether which of several sites a description means shall not be told."""
    if one_of_several(story.body, 0, span[0]) or _NOT_TOLD_OF.search(story.body, max(0, span[0] - 40), span[0]):
        return True
    return any(h.classes.site and withheld(story.body, h) for h in story.scene.hits_in(*span))


_NOT_TOLD_OF: Final = re.compile(
    r"\b(?:another|an (?:un(?:named|disclosed|specified)|other))\s(?:[\w\-]+\s){0,3}$", re.IGNORECASE
)
"""Before a word for a site: it is none of those told of, or its name is kept back."""


def _of_its_own_place(story: Story, draft: Draft, span: tuple[int, int]) -> bool:
    """Whether a description says where its site is, in words that fit no site: "the camp at X"; or its item opens with a town far from all."""
    scene = story.scene
    words = next((h for h in scene.hits_in(*span) if h.classes.site), None)
    if words is not None and told_apart(scene, words, draft.event.end):
        return True
    scene.line = line_start(story, draft.event.sentence)
    if not story.itemised or (at := scene.heading) is None or draft.target is None:
        return scene.opens_strangely
    by_id = scene.lexicon.gazetteer.by_id
    return all(distance_km(at.lat, at.lon, by_id[i].lat, by_id[i].lon) > AWAY_KM for i in draft.target.ids)


def _place_elsewhere(story: Story, likely: set[str], paragraph: int) -> tuple[int, int, str] | None:
    """The one candidate whose name holds a place that the report speaks of: of two ports the one with "#Odesa" below."""
    scene = story.scene
    found: dict[str, tuple[int, int, str]] = {}
    near = [at for p, at in story.lines.items() if abs(p - paragraph) <= _BESIDE]
    behind = min((at for p, at in story.lines.items() if p > paragraph + _BESIDE), default=len(story.body))
    heads = [(0, story.sentences[0].end)]
    if scene.dateline is not None:
        heads.append((scene.dateline.start, scene.dateline.end))
    for x in (x for lo, hi in (*heads, (min(near, default=behind), behind)) for x in scene.names_in(lo, hi)):
        if any(x.text in scene.lexicon.regions[i] and i not in scene.lexicon.by_core.get(x.text, ()) for i in likely):
            continue
        if "id_core" in x.classes and not origin(story.body, x.start, 0) and not SAYS.match(story.body, x.end):
            for i in scene.lexicon.by_core[x.text]:
                if i in likely:
                    found[i] = (x.start, x.end, i)
    return next(iter(found.values())) if len(found) == 1 else None


_BESIDE: Final = 2
"""So many paragraphs away, or in headline or dateline, a place may tell which of several sites a description means."""

"""Gives events the sites that the rest of the report tells: meant by what was found, the only one, told next to it, named elsewhere (`identifying`).

A passage that says where it plays is taken at its word (`elsewhere`).
"""

from collections import Counter
from dataclasses import replace
from typing import Final

from schemas.taxonomy import FacilityKind as K
from schemas.taxonomy import Status as S
from streams.reading.announced import place_announced
from streams.reading.identifying import name_described
from streams.reading.story import REACH, Draft, Story, line_start
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.text.segment import Sentence
from streams.reading.when.anchors import in_register
from streams.reading.where.apart import told_apart
from streams.reading.where.descriptions import OTHER_THING, describe
from streams.reading.where.elsewhere import at_a_venue, at_another_site, off_the_site, plays_elsewhere, streets_away
from streams.reading.where.headed import near_heading
from streams.reading.where.places import nearest_km, says_where
from streams.reading.where.scene import Named, Scene, Target, named_in, origin
from streams.reading.where.sites import OF_STATES, kind_score, kind_words
from streams.reading.where.targets import last_named, of_another_kind, resolve


def fill_in_sites(story: Story) -> None:
    """Give the drafts of a report that was read to its end the sites that they do not tell themselves."""
    name_described(story)
    place_announced(story)
    _where_it_landed(story)
    _what_it_was_meant_for(story)
    _one_site(story)
    _borrow(story)
    _named_behind(story)
    _site_of_its_place(story)
    _like_the_others(story)


_LANDED: Final = re.compile(
    r"\s*(?:(?:at least )?(?:one|two|three|four|five|six|seven|\d+|both|all|some|several|most|they|it|another|the (?:first|second|third|last|other|others|rest))\b)[^.;,]{0,24}\b(?:landed|fell|hit|struck|exploded|came down|impacted|burst|went off)\b",
    re.IGNORECASE,
)
"""How a sentence goes on that tells where weapons ended."""


def _where_it_landed(story: Story) -> None:
    """ "Four rockets were fired. Two landed inside the base": what was fired nowhere in particular was fired at where it landed."""
    for draft in story.drafts:
        if draft.targets:
            continue
        told = draft.event.sentence
        after = next((s for s in story.sentences if s.start >= told.end and s.paragraph == told.paragraph), None)
        if after is not None and _LANDED.match(story.body, after.start, after.end):
            named = last_named(story.scene, after.start, after.end)
            draft.targets = [named] if named else []


_MEANT_FOR: Final = re.compile(
    r"\b(?:meant|intended|bound|destined|headed|heading|making) for\b|\b(?:aimed|pointed|pointing|trained|laid|directed) (?:at|on|towards?)\b|\bon (?:the|its|his|her|their) way to\b"
    r"|\b(?:sketch|sketches|map|maps|plans?|photographs?|pictures|drawings?|videos?|coordinates|layout|floor plans?)\b[^.;]{0,30}\bof\b|\bcoordinates (?:\w+ ){0,3}(?:were|was|are) those of\b"
    r"|\b(?:targets?|objective|destination|goal) (?:was|were|is|had been|seems? to have been)\b|\b(?:was|were) to (?:have )?(?:be(?:en)? )?(?:attack|hit|strike|ram|storm|enter|driv|explod|blow|go off)\w*\b"
    r"|\b(?:planned|plotted|planning|plotting|wanted|intended) (?:\w+ ){0,2}(?:attack|hit|strike|ram|storm|enter|bomb|shoot|fire)\w*\b",
    re.IGNORECASE,
)
"""What somebody had in mind with what was found on him."""


_CAME_UPON: Final = re.compile(
    r"\b(?:found|came (?:up)?on|came across|laid hands on|seized|arrested|detained|discovered|recovered|uncovered|caught|picked up)\b"
)


_FOUND_OUT: Final = frozenset({S.THWARTED, S.THREATENED})


_PARAGRAPH: Final = 12
"""So many sentences of a paragraph are looked at."""
_FURTHER: Final = 3
"""So many sentences on is told what was meant."""


def _what_it_was_meant_for(story: Story) -> None:
    """ "Police found three rockets in a grove. They were pointing at the airport": what was found in time concerns the site it was meant for."""
    for draft in story.drafts:
        if any(t.facility_id for t in draft.targets):
            continue
        told = draft.event.sentence
        if draft.event.status not in _FOUND_OUT and not _CAME_UPON.search(story.body, told.start, told.end):
            continue
        stop = min((d.core[0][0] for d in story.drafts if d.core[0][0] > told.end), default=len(story.body))
        after = [s for s in _behind(story, told, told.paragraph + 1) if s.start < stop]
        for s in (told, *after[:_FURTHER]):
            if (m := _MEANT_FOR.search(story.body, s.start, s.end)) is None:
                continue
            story.scene.line = line_start(story, s)
            start = s.start if s is not told else m.end()
            found = resolve(story.scene, start, s.end, (start, s.end), m.start(), (0, s.start))
            if known := [t for t in found if t.known][:1]:
                draft.targets = [replace(known[0], rule="target.meant-for")]
                break


def _behind(story: Story, told: Sentence, paragraph: int) -> list[Sentence]:
    """The next few sentences behind one, up to the end of a paragraph."""
    first = story.number_of(told) + 1
    return [s for s in story.sentences[first : first + _PARAGRAPH] if s.paragraph <= paragraph]


def _borrow(story: Story) -> None:
    """An event without a site takes the one described or named just before it, headline included."""
    if story.itemised:
        return
    lost = [
        d
        for d in story.drafts
        if not d.targets and not d.spots and not says_where(story.body, d.event.start, d.event.end)
    ]
    if not lost:
        return
    title = describe(story.scene, 0, story.sentences[0].end) if story.sentences and story.sentences[0].title else []
    for draft in lost:
        sentence = draft.event.sentence
        before = [
            s
            for s in story.sentences
            if s.paragraph in (sentence.paragraph - 1, sentence.paragraph - 2)
            and s.start < sentence.start
            and not s.title
        ]
        start = max(before[0].start, sentence.start - REACH) if before else sentence.start
        found = title or describe(story.scene, start, sentence.start)
        draft.targets = [
            t
            for t in found
            if not ((draft.countries and t.country not in draft.countries) or _away(story, draft, t.ids))
        ]


def _named_behind(story: Story) -> None:
    """An event without any place, and one site named further on in its paragraph: "She is the fourth this year at Al-Hol"."""
    site = story.scene.lexicon.gazetteer.site_of
    for draft in story.drafts:
        told = draft.event.sentence
        if draft.targets or draft.spots or told.title or says_where(story.body, draft.event.start, draft.event.end):
            continue
        stop = min((d.core[0][0] for d in story.drafts if d.core[0][0] > told.end), default=len(story.body))
        inside = [s.end for s in _behind(story, told, told.paragraph) if s.start < stop]
        if not inside:
            continue
        named = [n for n in named_in(story.scene, told.end, inside[-1]) if not origin(story.body, n.start, told.end)]
        if (
            named
            and len({site(n.facility.id) for n in named}) == 1
            and not _away(story, draft, (named[0].facility.id,))
        ):
            span = (named[0].start, named[0].end)
            draft.targets = [Target.at(named[0].facility, span, "target.named-behind")]


def _site_of_its_place(story: Story) -> None:
    """An event at a place that sites are named for, and behind it a word for one: "At Rzeszow ... The airport uses beacons meanwhile"."""
    scene = story.scene
    for draft in story.drafts:
        told = draft.event.sentence
        if any(t.known for t in draft.targets):
            continue
        after = _behind(story, told, told.paragraph)[:2]
        places = [x for x in scene.names_in(told.start, draft.event.end) if "id_core" in x.classes]
        ids = {i for x in places if not origin(story.body, x.start, told.start) for i in scene.lexicon.by_core[x.text]}
        words = [h for s in after for h in scene.hits_in(s.start, s.end) if h.classes.site and h.text in kind_words()]
        words = [h for h in words if _DEFINITE.search(story.body, max(0, h.start - 12), h.start)]
        if not ids or not words:
            continue
        sites = [scene.lexicon.gazetteer.by_id[i] for i in sorted(ids)]
        fit = [f for f in sites if any(kind_score(k, f.kind) == 1.0 for k in kind_words()[words[0].text])]
        fit = [f for f in fit if f.kind not in OF_STATES]
        if len(fit) == 1 and fit[0].serves_in(scene.year) and not OTHER_THING.match(story.body, words[0].end):
            draft.targets = [Target.at(fit[0], (words[0].start, words[0].end), "target.place-and-site")]


def _like_the_others(story: Story) -> None:
    """In a list of which the items are about sites of a kind, one that opens with a town is about the town's: of ports "Izmail. Drones on two nights"."""
    if not story.itemised:
        return
    scene, by_id = story.scene, story.scene.lexicon.gazetteer.by_id
    lost: list[tuple[Draft, set[str], int]] = []
    kinds: Counter[K] = Counter()
    for draft in story.drafts:
        scene.line = line_start(story, draft.event.sentence)
        here = _sites_of_heading(scene)
        if near_heading(scene, draft.targets):
            kinds.update(by_id[i].kind for i in draft.targets[0].ids[:1] if i in here)
        elif here and not draft.spots and not says_where(story.body, draft.event.start, draft.event.end):
            lost.append((draft, here, max(scene.line, scene.heading.end if scene.heading is not None else 0)))
    for draft, here, told in lost:
        fit = [f for i in sorted(here) if kinds[(f := by_id[i]).kind] >= _A_LIST and f.serves_in(scene.year)]
        at = draft.event
        away = bool(fit) and (
            plays_elsewhere(scene, told, at.end, fit[0]) or at_a_venue(scene, at.start, at.end, fit[0])
        )
        if len(fit) == 1 and not away:
            draft.targets = [Target.at(fit[0], (at.start, at.end), "target.of-a-list")]


def _sites_of_heading(scene: Scene) -> set[str]:
    """The facilities called after the place that the paragraph being read opens with, by their first name, or named there."""
    at, above = scene.heading, scene.named_above
    places = [x.text for x in scene.names_in(at.start, at.end) if "id_core" in x.classes] if at is not None else []
    by_id = scene.lexicon.gazetteer.by_id
    called = {i for p in places for i in scene.lexicon.by_core[p] if p in fold_name(by_id[i].name)}
    return called | ({above.facility.id} if above is not None else set())


_A_LIST: Final = 2
"""So many items at sites of a kind make a list of such sites."""


_DEFINITE: Final = re.compile(r"\b(?:[Tt]he|[Ii]ts)\s(?:\w+\s)?$")


def _one_site(story: Story) -> None:
    """A story about one site: an event that names none is there."""
    site = story.scene.lexicon.gazetteer.site_of
    home = story.scene.post or story.scene.source_site
    senders = [Named(0, 0, home, sure=True)] if home is not None and story.official else []
    sent_from = senders if story.scene.post is story.scene.source_site else []
    sure = sent_from or [n for n in story.scene.named if n.sure] or senders or _titled(story)
    if not sure or len({site(n.facility.id) for n in sure}) > 1:
        return
    f = sure[0].facility
    own = (story.official or story.on_the_spot) and home is not None and site(home.id) == site(f.id)
    if own and f.kind in OF_STATES:
        return
    for draft in story.drafts:
        if draft.event.apart or (draft.targets and draft.targets[0].known):
            continue
        heads = story.on_the_spot and sure[0].start < min(d.core[0][0] for d in story.drafts)
        if (
            story.itemised
            and not (heads or own)
            and not any(
                n.start < draft.core[-1][1] and story.paragraph_at(n.start) in (0, draft.paragraph) for n in sure
            )
        ):
            continue
        if (draft.spots and nearest_km(f.lat, f.lon, draft.spots) > 40) or (
            draft.countries and f.country not in draft.countries
        ):
            continue
        at_home = own and bool(draft.spots)
        if (
            not at_home
            and says_where(story.body, draft.event.start, draft.event.end)
            and not _AT_THE_SITE.search(story.body, draft.event.start, draft.event.end)
        ):
            continue
        if _away(story, draft, (f.id,), own=own) or of_another_kind(story.scene, draft.event.start, draft.event.end, f):
            continue
        draft.targets = [Target.at(f, (sure[0].start, sure[0].end), "target.only-site")]


_AT_THE_SITE: Final = re.compile(
    r"\b(?:the|its) (?:\w+ )?(?:base|airport|camp|port|compound|site|runway|perimeter|plant|embassy|facility|terminal)\b"
    r"|\b(?:this|our|own) (?:loc|location|posn|position|post|camp|base|site)\b"
)
"""What a deed concerns though it names a place besides: "loaded at X, tgt this loc"."""


def _away(story: Story, draft: Draft, ids: tuple[str, ...], *, own: bool = False) -> bool:
    """Whether an event's paragraph, as far as it is told, plays elsewhere than at the first of some sites, be it the source's `own`."""
    event, scene = draft.event, story.scene
    scene.line = line_start(story, draft.event.sentence)
    apart = any(h.classes.site and told_apart(scene, h, event.end) for h in scene.hits_in(event.start, event.end))
    apart = apart or off_the_site(scene.body, scene.line, event.end, event.type)
    apart = apart or streets_away(scene.body, event.start, event.end)
    if apart or scene.opens_strangely or (in_register(story, event) and not own):
        return True
    return any(
        plays_elsewhere(scene, scene.line, event.end, site)
        or at_a_venue(scene, event.start, event.end, site)
        or at_another_site(scene, event.start, event.end, site)
        for site in map(scene.lexicon.gazetteer.by_id.__getitem__, ids[:1])
    )


def _titled(story: Story) -> list[Named]:
    """The site that the headline of a report from the spot names without a word for it: "Gate log, Terrain"."""
    if not story.on_the_spot or not story.sentences or not story.sentences[0].title:
        return []
    return [n for n in story.scene.named if n.start < story.sentences[0].end]

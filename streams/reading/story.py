"""A report being read, the mentions in the making, and what was set aside."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import Status
from schemas.taxonomy import ThreatType as Y
from streams.reading.meant.genre import Genre
from streams.reading.text import gated as re
from streams.reading.text.entries import Entry
from streams.reading.text.fields import Field, Form, Role
from streams.reading.text.segment import Sentence
from streams.reading.what.cues import Hit
from streams.reading.what.event import Event
from streams.reading.when.clock import Clock, Dated
from streams.reading.where.places import Spot
from streams.reading.where.scene import Scene, Target
from streams.reading.who import actors, attribution
from streams.reading.who.toll import Toll

REACH: Final = 1000
"""So far back, in characters, a passage leans on what stands before it."""


_HEAD: Final = re.compile(
    r"(?!Update|Later|Correct|Add|New toll|Toll|Casualt|(?:On|In|At|By|Since|Until|From|After)\s)[A-Z](?:[^\n.:;,]|[.,](?=\s)){2,50}?[.,:]\s+(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*\s+)?\d{1,2}(?:/\d{1,2}\b|[./]\d{1,2}[./]\d{2,4}|\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
"""A place and a date: "Arlit axis, km 61. 26/02, about 20h."."""


_FLASH: Final = 4
"""Sentences of a flash at most, its headline among them."""

_FRAGMENT: Final = 48
"""Characters of a sentence that may be no more than a place or a time, at most."""

Heard = tuple[attribution.Statement, Sentence, frozenset[Y]]
"""A statement about the doer, the sentence that it stands in, and the weapons named there."""


_TELLINGS: Final = 4
"""So many passages are kept as evidence of one event."""


@dataclass(slots=True)
class Draft:
    """A mention in the making."""

    event: Event
    targets: list[Target]
    when: Dated | None
    statement: attribution.Statement | None = None
    toll: Toll = field(default_factory=Toll)
    core: list[tuple[int, int]] = field(default_factory=list)
    day: date | None = None
    from_title: bool = False
    paragraph: int = 0
    spots: list[Spot] = field(default_factory=list)
    countries: frozenset[str] = frozenset()
    outcome_told: bool = False
    """A later sentence says how far it came."""
    meant: bool = True
    """Whether somebody meant it, as far as is known."""
    in_earnest: float = 0.0
    """The chance that it is told in earnest, hostile and current; see `earnest`."""
    outright: bool = False
    """Its sentence tells what befell a site, and nothing else; see `meant.outright`."""
    unplaced: bool = False
    """Vague, and belonging to no event told."""

    @property
    def target(self) -> Target | None:
        """The first target."""
        return self.targets[0] if self.targets else None

    def turns_out(self, status: Status, hit: Hit | None) -> None:
        """Take in how far it came as a later sentence says, and the cue that says so."""
        self.event.status, self.event.status_hit, self.outcome_told = status, hit, True

    def told_again(self, core: list[tuple[int, int]]) -> None:
        """Take in where it is told once more; the first few passages are its evidence."""
        self.core = [*self.core, *(passage for passage in core if passage not in self.core)][:_TELLINGS]


@dataclass(frozen=True, slots=True)
class Early:
    """Victims counted in a paragraph before its deed is told: whose they were taken for, and what was counted for that till then."""

    draft: Draft | None
    before: Toll
    toll: Toll
    paragraph: int


@dataclass(frozen=True, slots=True)
class Aside:
    """A passage set aside."""

    reason: R
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Story:
    """A report being read."""

    scene: Scene
    body: str
    sentences: list[Sentence]
    clock: Clock
    genre: Genre
    official: bool
    kind: str = "wire"
    """The kind of source."""
    seen: dict[int, frozenset[str]] = field(default_factory=dict)
    """What `telling` sees of the sentence that begins at a position."""
    words: dict[int, frozenset[str]] = field(default_factory=dict)
    """Words and cues of the sentence of a number; see `learned`."""
    around: dict[int, frozenset[str]] = field(default_factory=dict)
    """What `signs` sees of the sentence that begins at a position."""
    headline: frozenset[str] | None = None
    """Words of the headline; see `signs`."""
    paragraphs: list[int] = field(init=False)
    """The numbers of the lines that hold sentences, the headline's apart."""
    drafts: list[Draft] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    denied: list[Draft] = field(default_factory=list)
    """What it says was wrongly reported."""
    unplaced: list[Draft] = field(default_factory=list)
    """Vague ones that belong to no event told."""
    unanchored: list[Draft] = field(default_factory=list)
    """Those for which no site, place or day stands, nor their own words."""
    on_the_spot: bool = False
    """A field report or a post: it happens as it is told."""
    silent: bool = False
    """No cue names a weapon, a deed or an event: what it tells it tells in words of its own."""
    lines: dict[int, int] = field(default_factory=dict)
    """Where each paragraph begins."""
    itemised: bool = False
    """Lines that each stand for themselves."""
    forms: list[Form] = field(default_factory=list)
    """What is filled in like a form: the fields that tell of one event each."""
    log: list[Entry] = field(default_factory=list)
    """The entries of a logbook."""
    mails: list[int] = field(default_factory=list)
    """Where the envelopes of a chain of mails end, the newest first."""
    speakers: frozenset[str] = frozenset()
    """Surnames of those who speak for an authority."""
    told: date | None = None
    times: dict[tuple[int, int, ZoneInfo, date | None], list[Dated]] = field(default_factory=dict)
    """The times of a stretch as read on the clock of a zone, after a day told: asked again and again."""
    tolls: dict[tuple[int, int, bool, tuple[int, int] | None], Toll] = field(default_factory=dict)
    """What a stretch counts, as `effects.read` was asked."""
    resumed: list[tuple[int, Draft]] = field(default_factory=list)
    """Where a report comes back to a draft told before: "Monday's missile was one of a pair"."""
    early: Early | None = None
    """What was counted before its deed was told."""
    spoke: bool = False
    """An authority spoke in the sentence before."""
    statements: list[Heard] = field(default_factory=list)
    doers: dict[int, list[actors.Actor]] = field(default_factory=dict)
    """Those spoken of in the sentence that begins at a position who may have acted."""

    def __post_init__(self) -> None:
        self.paragraphs = sorted({s.paragraph for s in self.sentences if not s.title})

    @property
    def flash(self) -> bool:
        """Whether the report has but a few lines."""
        return len(self.sentences) <= _FLASH

    def number_of(self, sentence: Sentence) -> int:
        """The number of a sentence in the report."""
        return bisect_left(self.sentences, sentence.start, key=lambda s: s.start)

    def fills_its_line(self, sentence: Sentence) -> bool:
        """Whether a sentence is the only one on its line."""
        at = self.number_of(sentence)
        beside = self.sentences[max(0, at - 1) : at] + self.sentences[at + 1 : at + 2]
        return all(s.paragraph != sentence.paragraph for s in beside)

    def fragments_behind(self, sentence: Sentence) -> Iterator[Sentence]:
        """The next few short sentences behind one, in its paragraph or, in a flash, anywhere."""
        first = self.number_of(sentence) + 1
        for s in self.sentences[first : first + _FLASH]:
            if (s.paragraph != sentence.paragraph and not self.flash) or s.end - s.start > _FRAGMENT:
                return
            yield s

    def paragraph_at(self, at: int) -> int:
        """The number of the paragraph that a position lies in."""
        return max((p for p, start in self.lines.items() if start <= at), default=0)

    def mail_at(self, at: int) -> int:
        """The number of the mail that a position lies in, the newest first; all is one where there is no chain."""
        return bisect_right(self.mails, at)

    @property
    def title(self) -> str:
        """The headline, as it stands."""
        return self.body[: self.body.find("\n")]

    def told_last(self, at: int) -> Draft | None:
        """The draft of which the passage nearest before a position tells."""
        last, draft = -1, None
        for d in self.drafts:
            if (told := self.told_at(d, at)) > last:
                last, draft = told, d
        return draft

    def told_at(self, draft: Draft, at: int) -> int:
        """Where the passage nearest before a position begins that tells of a draft; -1 where none does."""
        last = -1
        for start, _ in draft.core:
            if last < start <= at:
                last = start
        for start, resumed in self.resumed:
            if resumed is draft and last < start <= at:
                last = start
        return last

    def sites(self, draft: Draft) -> set[str | None]:
        """The sites at which a draft may play, parts of one counted as one."""
        return {self.scene.lexicon.gazetteer.site_of(i) for t in draft.targets for i in t.ids}

    def may_be_at_one_site(self, one: Draft, other: Draft) -> bool:
        """Whether two drafts have a site in common, or one of them none at all."""
        here, there = self.sites(one), self.sites(other)
        return not here or not there or not here.isdisjoint(there)

    def headed(self, paragraph: int) -> bool:
        """Whether a line opens with a place and a date of its own, and so tells of nothing before it."""
        line = self.lines.get(paragraph, -1)
        return line >= 0 and _HEAD.match(self.body, line) is not None

    def filled_in(self, at: int, role: Role) -> Field | None:
        """The field of a role in the form that a position stands in or under."""
        form = self.form_at(at)
        return form.first(role) if form is not None else None

    def form_at(self, at: int) -> Form | None:
        """The form that a position stands in or under."""
        n = bisect_right(self.forms, at, key=lambda f: f.start)
        return self.forms[n - 1] if n and at < self.forms[n - 1].end else None

    def entry_at(self, at: int) -> Entry | None:
        """The entry of a log that a position lies in, with the lines under it."""
        n = bisect_right(self.log, at, key=lambda e: e.start)
        return self.log[n - 1] if n else None

    @property
    def lead(self) -> int:
        """Where the first sentence behind the headline ends."""
        told = [s for s in self.sentences if not s.title][:1]
        return told[-1].end if told else len(self.body)


def line_start(story: Story, sentence: Sentence) -> int:
    """Where the paragraph of a sentence begins, within reach."""
    return max(story.lines.get(sentence.paragraph, sentence.start), sentence.start - REACH)

"""Opens a report: its cues, names and scene, its sentences, and what kind of text it is, ready to be read from sentence to sentence."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from schemas.report import Report, Source
from schemas.taxonomy import SetAsideReason, SourceKind
from streams.reading.lexicon import Lexicon
from streams.reading.meant.exercise import practised
from streams.reading.meant.genre import Genre, genre
from streams.reading.meant.turns import questions
from streams.reading.story import Aside, Story
from streams.reading.text import gated as re
from streams.reading.text.entries import entries
from streams.reading.text.fields import forms
from streams.reading.text.furniture import furniture
from streams.reading.text.language import foreign_parts
from streams.reading.text.lists import itemised
from streams.reading.text.mail import envelopes
from streams.reading.text.normal import Folded, fold
from streams.reading.text.segment import ends, passages_of, sentences
from streams.reading.what.cues import Found, Hit, Phrases
from streams.reading.what.frames import framed_deeds
from streams.reading.what.gaps import close_gaps
from streams.reading.what.plain import plain_deeds
from streams.reading.when.clock import Clock, zone_at
from streams.reading.when.dating import zone_in
from streams.reading.where.scene import Scene
from streams.reading.where.survey import survey as survey_scene
from streams.reading.who import actors

_KEEP_LOGS: Final = (SourceKind.FIELD, SourceKind.OFFICIAL, SourceKind.SOCIAL)
"""Who writes down what happened by the hour; others write chronologies."""
_ALARMING: Final = frozenset({"event_noun", "st_threatened"})
"""Classes of cues that tell of something without naming a weapon or a deed."""
_IN_UTC: Final = re.compile(r"\btimes (?:are )?(?:in )?(?:UTC|GMT|Zulu)\b")


class Opened(NamedTuple):
    """A report opened."""

    story: Story | None
    """None where nothing in it can be an incident."""
    hits: list[Hit]
    """Its cues, in order."""
    unread: list[Aside]
    """What is set aside unread: other languages, and what stands around the story."""


def opened_report(report: Report, written: Report, source: Source, lexicon: Lexicon) -> Opened:
    """Open a report.

    Parameters
    ----------
    report
        The report, laid out as it was typed, with the capitals of prose.
    written
        The same, character for character, with the capitals with which it was written.
    source
        Its source, as graded.
    lexicon
        The indexes of the facilities in force.
    """
    body = report.body
    re.attend(body)
    foreign = foreign_parts(report.title, report.text, report.lang)
    unread = [
        Aside(SetAsideReason.UNSUPPORTED_LANGUAGE, start, min(end, start + 600), "language.words")
        for start, end in ([(0, len(body))] if foreign is None else foreign)
    ]
    if foreign is None:
        return Opened(None, [], unread)
    folded = fold(body)
    scanned = lexicon.cues.scan(folded)
    if not lexicon.cues.alarming(scanned, folded):
        return Opened(None, [], unread)
    hits = cues_of(lexicon.cues, scanned, folded, body)
    around, mails = _in_body(report, furniture(report.text)), _in_body(report, envelopes(report.text))
    unread += _alarming(around, hits)
    untold = sorted([*around, *mails])
    left_out = sorted([*foreign, *untold])
    hits = [h for h in hits if not _inside(left_out, h.start)]
    names = [n for n in lexicon.find_names(folded) if not _inside(untold, n.start)]
    scene = survey_scene(lexicon, body, hits, names, report.published_at.year, source)
    log = entries(report.text, kept=source.kind in _KEEP_LOGS)
    filled = forms(report.text) if not log else []
    cut = sentences(report.title, report.text, passages_of(filled))
    opening = len(report.title) + 1
    story = Story(
        scene,
        body,
        [s for s in cut if not _inside(left_out, s.start)],
        _clock(scene, report.published_at),
        _genre(report, written, hits),
        source.kind in (SourceKind.OFFICIAL, SourceKind.FIELD),
        kind=source.kind.value,
        speakers=actors.surnames(body),
        on_the_spot=bool(log) or source.kind in (SourceKind.SOCIAL, SourceKind.FIELD),
        silent=not any(h.classes.weapons or _ALARMING & h.classes for h in hits),
        itemised=itemised(report.text),
        forms=[form.moved(opening) for form in filled],
        log=[entry.moved(opening) for entry in log],
        mails=[end for _, end in mails],
    )
    return Opened(story, hits, unread)


def _clock(scene: Scene, published: datetime) -> Clock:
    """The clock of the first site that is surely named, else of the country told of."""
    home = next((n.facility for n in scene.named if n.sure), None)
    country = scene.country_near(0, len(scene.body), (0, len(scene.body)))
    zone = zone_at(home.lat, home.lon) if home else zone_in(scene, country) or zone_at(0.0, 0.0)
    return Clock(published, zone, _IN_UTC.search(scene.body) is not None)


def _genre(report: Report, written: Report, hits: list[Hit]) -> Genre:
    """What kind of text it is; banners of exercises are told by their capitals."""
    return replace(
        genre(report.title, report.text, hits, sum(1 for h in hits if h.classes.weapons)),
        published=report.published_at,
        practised=practised(written.title, written.text),
        asked=tuple(_in_body(report, questions(report.text))),
    )


def cues_of(phrases: Phrases, scanned: Found, folded: Folded, body: str) -> list[Hit]:
    """Return the cues of a text, in order: those of the lists, of frames and of grammars."""
    listed = close_gaps(phrases.hits(scanned, folded, body), body)
    stops = ends(body)
    return plain_deeds(framed_deeds(listed, body, stops), body, stops)


def _in_body(report: Report, stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches of a report's text as those of its body."""
    behind = len(report.title) + 1
    return [(behind + start, behind + end) for start, end in stretches]


def _alarming(around: list[tuple[int, int]], hits: list[Hit]) -> list[Aside]:
    """Return the furniture of a story that names a weapon, a deed or an event, set aside."""
    heard = [h.start for h in hits if h.classes.weapons or h.classes.event]
    return [
        Aside(SetAsideReason.GENERIC, start, end, "text.furniture")
        for start, end in around
        if any(start <= at < end for at in heard)
    ]


def _inside(stretches: list[tuple[int, int]], at: int) -> bool:
    """Whether a position lies in one of several stretches, which are in order."""
    n = bisect_right(stretches, at, key=lambda stretch: stretch[0])
    return n > 0 and at < stretches[n - 1][1]

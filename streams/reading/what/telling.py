"""Weighs whether a sentence in which no rule finds an event tells of one all the same, and of which type.

Softmax regression over words, pairs of words and cues, after the rules: of what they find it is asked only where they doubt it.
The weights stand in `data/telling.tsv`, in hundredths, made by `tests.bench.train_telling`, with their card in docs/reading.md.
"""

import calendar
import math
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from schemas.taxonomy import ThreatType
from streams.reading.story import Story
from streams.reading.text.segment import Sentence
from streams.reading.text.tables import rows
from streams.reading.what.cues import Classes, Hit
from streams.reading.what.events import Event
from streams.reading.what.stages import how_far

LIKELY: Final = 0.6
"""From this chance on a sentence in which no rule finds an event is taken to tell of one."""
LIKELY_ALONE: Final = 0.9
"""The same in a report that has no cue for a weapon, a deed or an event."""
SURE: Final = 0.95
"""From this chance on an event is an incident even where `earnest` doubts it."""
PLAIN: Final = 0.95
"""From this chance on a site or a time is all that an event needs to stand for itself."""
NOTHING: Final = "none"
"""The class of sentences that tell of none."""
KINDS: Final = (NOTHING, *(t.value for t in ThreatType))

_HOPELESS: Final = 100 * math.log(len(KINDS) / LIKELY)
"""By so much the odds of nothing stand above all others where all of them together are less than likely."""
_TOKEN: Final = re.compile(r"[^\W\d_]+|\d[\d.,:]*|[?!;:\"“”()]")
"""Matches everywhere: no sieve would spare it anything."""
_QUOTES: Final = '"“'
_SITE: Final = "<site>"
_STEM: Final = 6
_SHORTEST: Final = 5
"""Words of a sentence that is asked about."""
_CALENDAR: Final = frozenset(
    name
    for names in (*calendar.day_name, *calendar.month_name[1:], "Tues", "Thurs", "Sept")
    for name in (names.lower(), names[:3].lower())
) - {"may"}


def told_between_the_lines(story: Story, sentence: Sentence, hits: list[Hit]) -> Event | None:
    """Return the event that a sentence tells in words of its own, None where it hardly tells any.

    Parameters
    ----------
    story, sentence
        The sentence.
    hits
        Its cues, of which none makes an event.
    """
    odds = _odds(story, sentence, hits)
    if odds[0] - max(odds[1:]) > _HOPELESS or _chance_of_any(odds) < (LIKELY_ALONE if story.silent else LIKELY):
        return None
    start, end = sentence.start, sentence.end
    named = {t for h in hits for t in h.classes.weapons}
    type_ = max(named or ThreatType, key=lambda t: odds[KINDS.index(t.value)])
    told = Hit(start, end, story.body[start:end], Classes({"act", f"w_{type_.value}"}))
    status, status_hit = how_far(story.body, start, end, hits, type_)
    cues = [*hits, told]
    return Event(sentence, start, end, type_, told, frozenset({type_}), status, status_hit, cues, first_act=start)


def chance(story: Story, sentence: Sentence) -> float:
    """Return the chance that a sentence tells of an event, of whatever type."""
    return _chance_of_any(_odds(story, sentence, story.scene.hits_in(sentence.start, sentence.end)))


def _odds(story: Story, sentence: Sentence, hits: list[Hit]) -> Sequence[int]:
    sites = [(n.start, n.end) for n in story.scene.names_in(sentence.start, sentence.end)]
    return weigh(features(story.body, sentence.start, sentence.end, hits, sites))


def features(body: str, start: int, end: int, hits: Iterable[Hit], sites: Sequence[tuple[int, int]]) -> set[str]:
    """What the model sees of a stretch: words, each with the next and the next but one, and cues; no name, day or number."""
    tokens = _tokens(body, start, end, sites)
    if len(tokens) < _SHORTEST:
        return set()
    framed = ["^", *tokens, "$"]
    seen = set(tokens)
    seen.update(map(" ".join, pairwise(framed)))
    seen.update(map(" . ".join, zip(framed, framed[2:], strict=False)))
    seen.update(f"={c}" for h in hits for c in h.classes if not c.startswith("c_"))
    return seen


def _tokens(body: str, start: int, end: int, sites: Sequence[tuple[int, int]]) -> list[str]:
    out = list[str]()
    last, opens = "", True
    for m in _TOKEN.finditer(body, start, end):
        word = m[0]
        token = _SITE if sites and _inside(sites, m.start()) else _token(word, opens=opens)
        if token != last or token[0] != "<":
            out.append(token)
        last, opens = token, word in _QUOTES
    return out


def _inside(stretches: Sequence[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in stretches)


def _token(word: str, *, opens: bool) -> str:
    """What stands for a word: its beginning, or of what kind it is where each text has its own."""
    if word[0].isdigit():
        return "<number>"
    if word.lower() in _CALENDAR:
        return "<day>"
    if not opens and word[0].isupper() and not word.isupper():
        return "<name>"
    return word[:_STEM].lower()


def weigh(seen: Iterable[str]) -> Sequence[int]:
    """Return the log odds of each of `KINDS` in hundredths, up to a constant: whole numbers, in whatever order they are added."""
    bias, known = _rows()
    total = sum(map(known.__getitem__, known.keys() & seen), bias)
    return _ODDS.unpack(total.to_bytes(_ODDS.size, "little"))


def _chance_of_any(odds: Sequence[int]) -> float:
    most = max(odds)
    shares = [math.exp((o - most) / 100) for o in odds]
    return 1 - shares[0] / sum(shares)


@cache
def weights() -> tuple[tuple[int, ...], Mapping[str, tuple[tuple[int, int], ...]]]:
    """Return the bias of each of `KINDS`, and feature -> the weights that it has for some of them, in hundredths."""
    numbers = {kind: n for n, kind in enumerate(KINDS)}
    known = {
        feature: tuple((numbers[kind], int(weight)) for kind, weight in (one.split("=") for one in told.split()))
        for feature, told in rows("telling.tsv")
    }
    bias = dict(known.pop("", ()))
    return tuple(bias.get(n, 0) for n in range(len(KINDS))), known


_ODDS: Final = struct.Struct(f"<{len(KINDS)}I")
"""A row of odds as one number, 32 bits for each of `KINDS`: a feature's weights are added at once."""
_LEAST: Final = 1 << 31
"""What is added to all odds, so that none is negative."""


@cache
def _rows() -> tuple[int, Mapping[str, int]]:
    """Return the bias and each feature's weights as such numbers."""
    bias, known = weights()
    packed = {feature: sum(weight << 32 * kind for kind, weight in row) for feature, row in known.items()}
    return sum(_LEAST + weight << 32 * kind for kind, weight in enumerate(bias)), packed

"""Reads annotated reports as if `earnest` knew the truth: what the learned models are shown when they are fitted."""

import math
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest import mock

from schemas.policy import Policy
from streams.reading import Lexicon, read
from streams.reading.meant import earnest
from streams.reading.meant.signs import Verdict, signs
from streams.reading.story import Draft, Story
from streams.reading.text.segment import sentences
from streams.reading.what import opinion, telling
from streams.reading.what.event import Event
from streams.reading.when.clock import Dated
from streams.reading.who import authorship
from streams.reading.who.attribution import Statement
from tests.bench.reading import annotated
from tests.bench.training import as_read, lines_of

_SHARED: Final = 0.3
"""The part of an event, or of a quote, that both must share."""
_FLASH: Final = {
    "report_id": "flash",
    "source": {"name": "wire", "kind": "wire"},
    "published_at": "2024-03-14T18:00:00Z",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What `authorship` is asked about a draft."""

    told: Statement | None
    """What the rules say."""
    sentences: list[authorship.Seen]
    mention: dict[str, Any]
    """The truth."""
    quoted: tuple[int, int]
    """Where the mention's own words stand that say who did it; (-1, -1) where it has none."""


@dataclass(slots=True)
class Shown:
    """What the models see of a report, and the truth of it."""

    events: list[tuple[frozenset[str], bool]] = field(default_factory=list)
    """What `earnest` sees of each event, and whether it is an incident."""
    drafts: list[tuple[frozenset[str], dict[str, Any]]] = field(default_factory=list)
    """What `opinion` sees of each draft that tells an annotated incident, and that."""
    authors: list[Asked] = field(default_factory=list)
    """What `authorship` is asked about each such draft."""


def shown(row: dict[str, Any], lexicon: Lexicon) -> Shown:
    """Read an annotated report with every sentence looked at, and exactly its annotated incidents taken in earnest."""
    report, find = as_read(row, lexicon)
    mentions = row["gold"]["mentions"]
    quoted = [(*find(m["quote"]), m) for m in mentions]
    types = {m["threat_type"] for m in mentions}
    out = Shown()

    def told(story: Story, event: Event, dated: list[Dated], verdict: Verdict | None) -> float:
        true = any(_shared(event.start, event.end, at, length) for at, length, _ in quoted)
        if event.sentence.title:
            true = event.type.value in types
        out.events.append((frozenset(signs(story, event, dated, verdict)), true))
        return float(true)

    def meant(draft: Draft) -> dict[str, Any] | None:
        shares = [(_overlap(draft, at, length), n) for n, (at, length, _) in enumerate(quoted)]
        most, n = max(shares, default=(0, 0))
        return mentions[n] if most > 0 else None

    def read_as(story: Story, draft: Draft) -> None:
        if (mention := meant(draft)) is not None:
            out.drafts.append((opinion.features(story, draft), mention))

    def told_of(story: Story, draft: Draft, said: Statement | None) -> Statement | None:
        if (mention := meant(draft)) is not None and "attribution" in mention:
            quote = mention["attribution"].get("quote") or ""
            at, length = find(quote) if quote else (-1, 0)
            where = (at, at + length) if at >= 0 else (-1, -1)
            out.authors.append(Asked(said, list(authorship.sentences_of(story, draft, said)), mention, where))
        return said

    with (
        _everything(),
        mock.patch.object(earnest, "chance", told),
        mock.patch.object(opinion, "revise", read_as),
        mock.patch.object(authorship, "weigh", told_of),
    ):
        read(report, 1, lexicon, Policy())
    return out


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """Read the annotated reports of a file; each line of a table (type, status, passage, by tabs) is a flash."""
    if path.suffix != ".tsv":
        yield from annotated(path)
        return
    for kind, status, *_, passage in lines_of(path):
        stops = sentences("", passage)
        truth = {"threat_type": kind.lstrip("# "), "status": status}
        truth["quote"] = f"\n{passage}"[stops[-1].start : stops[-1].end] if stops else ""
        told = bool(stops) and truth["threat_type"] not in ("", telling.NOTHING)
        row = as_report(passage, truth)
        yield row if told else {**row, "gold": {"mentions": []}}


def as_report(passage: str, truth: dict[str, Any]) -> dict[str, Any]:
    """Return a passage as an annotated report."""
    return {"report": {**_FLASH, "title": "", "text": passage}, "gold": {"mentions": [truth]}}


def _shared(start: int, end: int, at: int, length: int) -> bool:
    return min(end, at + length) - max(start, at) > _SHARED * min(end - start, length)


def _overlap(draft: Draft, at: int, length: int) -> int:
    return sum(max(0, min(end, at + length) - max(start, at)) for start, end in draft.core)


@contextmanager
def _everything() -> Iterator[None]:
    """Let every sentence be looked at."""
    with ExitStack() as patched:
        for limit in ("WORTH_A_LOOK", "LIKELY", "LIKELY_ALONE"):
            patched.enter_context(mock.patch.object(telling, limit, 0.0))
        patched.enter_context(mock.patch.object(telling, "_HOPELESS", math.inf))
        yield

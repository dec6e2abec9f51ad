"""Fits the weights of `streams.reading.what.telling` on passages and annotated reports, and writes `telling.tsv`.

    python -m tests.bench.train_telling FILE ... [--test FILE] [--out FILE]

A passage (type, status, passage: a line, with tabs) tells what its last sentence tells; a sentence of a report tells
what the mention does whose quote it holds, else nothing. A softmax regression with a lasso, by accelerated proximal
gradients (Beck and Teboulle, "A fast iterative shrinkage-thresholding algorithm", 2009). With --test says how a model
without that file does on its sentences in which the rules find nothing. Same files and same rules, same weights.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from streams.reading import Lexicon
from streams.reading.learned import features
from streams.reading.opening import cues_of
from streams.reading.page.casing import recased
from streams.reading.text import gated as re
from streams.reading.text.normal import fold
from streams.reading.text.segment import Sentence, sentences
from streams.reading.what import telling
from streams.reading.what.cues import Hit
from streams.reading.what.events import detect
from tests.bench import logistic
from tests.bench.reading import annotated
from tests.bench.training import arguments, as_read, default_lexicon, lines_of, of_all

WEIGHTS: Final = Path(telling.__file__).parents[1] / "data" / "telling.tsv"
LASSO: Final = 4.5e-5


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence."""

    kind: str
    """What it tells: one of `telling.KINDS`."""
    found: bool
    """Whether the rules find an event in it."""
    seen: frozenset[str]


def main() -> None:
    """Fit, print, write."""
    args, lexicon = arguments(__doc__, WEIGHTS), default_lexicon()
    lines = {path: list(read_lines(path, lexicon)) for path in args.files}
    for left_out in args.test:
        rest = of_all(lines, but=left_out)
        print(f"{left_out.name}: {_judged(fit(rest), [x for x in lines[left_out] if not x.found])}", flush=True)
    every = of_all(lines)
    told = logistic.table(fit(every), telling.KINDS)
    args.out.write_text(told, encoding="utf-8")
    print(f"{len(every)} sentences; wrote {args.out}: {told.count(chr(10))} features")


def read_lines(path: Path, lexicon: Lexicon) -> Iterator[Line]:
    """Read the sentences of a file."""
    if path.suffix == ".tsv":
        for kind, *_, passage in lines_of(path):
            if (last := last_of(passage, kind.lstrip("# ") or telling.NOTHING, lexicon)) is not None:
                yield last
        return
    for row in annotated(path):
        report, find = as_read(row, lexicon)
        quotes = [(*find(m["quote"]), m["threat_type"]) for m in row["gold"]["mentions"]]
        understood = _understood(report.body, lexicon)
        for sentence in sentences(report.title, report.text):
            if not sentence.title:
                yield _line(_told(sentence, quotes), report.body, sentence, *understood)


def last_of(passage: str, kind: str, lexicon: Lexicon) -> Line | None:
    """Read the last sentence of a passage, None where it has none."""
    spoken = recased(passage, lexicon.names) or passage
    stops = sentences("", spoken)
    body = f"\n{spoken}"
    return _line(kind, body, stops[-1], *_understood(body, lexicon)) if stops else None


def _told(sentence: Sentence, quotes: list[tuple[int, int, str]]) -> str:
    for at, length, kind in quotes:
        shared = min(sentence.end, at + length) - max(sentence.start, at)
        if shared > 0.4 * min(length, sentence.end - sentence.start):
            return kind
    return telling.NOTHING


def _understood(body: str, lexicon: Lexicon) -> tuple[list[Hit], list[Hit]]:
    re.attend(body)
    folded = fold(body)
    return cues_of(lexicon.cues, lexicon.cues.scan(folded), folded, body), lexicon.find_names(folded)


def _line(kind: str, body: str, sentence: Sentence, hits: list[Hit], names: list[Hit]) -> Line:
    inside = [h for h in hits if sentence.start <= h.start < sentence.end]
    sites = [(n.start, n.end) for n in names if sentence.start <= n.start < sentence.end]
    seen = features(body, sentence.start, sentence.end, inside, sites)
    return Line(kind, bool(detect(body, sentence, inside)), frozenset(seen))


def _judged(fitted: logistic.Fitted, lines: list[Line]) -> str:
    chances = logistic.chances(fitted, [line.seen for line in lines])
    chance = 1 - chances[:, 0]
    kind = [telling.KINDS[1 + n] for n in chances[:, 1:].argmax(axis=1)]
    tells = np.array([line.kind != telling.NOTHING for line in lines])
    right = np.array([k == line.kind for k, line in zip(kind, lines, strict=True)])
    said = [f"{tells.sum()} told, {(~tells).sum()} not"]
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        on = chance >= least
        said.append(
            f"from {least}: {(on & tells).sum()} ({(on & right).sum()} by type) and {(on & ~tells).sum()} wrongly"
        )
    return "; ".join(said)


def fit(lines: list[Line]) -> logistic.Fitted:
    """Return the features and their weights."""
    wanted = np.eye(len(telling.KINDS))[[telling.KINDS.index(line.kind) for line in lines]]
    return logistic.fit([line.seen for line in lines], wanted, lasso=LASSO)


if __name__ == "__main__":
    main()

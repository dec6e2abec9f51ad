"""Fits the weights of `streams.reading.who.authorship` on annotated reports, and writes `authorship.tsv`.

    python -m tests.bench.train_attribution FILE ... [--test FILE] [--out FILE]

A file is of annotated reports, or a table (confidence, actor, flash: a line, with tabs) whose flashes tell a deed first
and who did it in their last sentence. Of the sentences behind an incident the one that shares most with the quote says
who did it, the others say nothing; where a mention has no such quote, the one in which the rules hear what is right,
else the incident is left out. A softmax regression with a ridge. With --test says how a model without that file does on
it. Same reports and same rules, same weights.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from schemas.taxonomy import AttributionConfidence as C
from streams.reading import Lexicon
from streams.reading.text.segment import sentences
from streams.reading.who import authorship
from tests.bench import logistic
from tests.bench.oracle import Asked, as_report, shown
from tests.bench.reading import annotated
from tests.bench.training import arguments, default_lexicon, lines_of, of_all

WEIGHTS: Final = Path(authorship.__file__).parents[1] / "data" / "authorship.tsv"
RIDGE: Final = 7.0
"""The price of half a weight's square, beside the loss of all sentences."""
LEAST: Final = 0.05
"""Weights that are smaller are left out."""
NEW: Final = "authors"
"""The folder of reports that no rule was made on."""
KNOWN, FLASH = 0.5, 0.3
"""What an incident of others counts, where the rules hear better than elsewhere, and that of a flash, which nearly
always names somebody."""
CLASSES: Final = authorship.MODEL.classes
Case = tuple[set[str], int]
"""What is seen of a sentence, and the number of what it says."""
Weighed = tuple[Asked, float]


def main() -> None:
    """Fit, print, write."""
    args, lexicon = arguments(__doc__, WEIGHTS), default_lexicon()
    asked = {path: list(read_asked(path, lexicon)) for path in args.files}
    whole = Counter[str]()
    for left_out in args.test:
        judged = _judged(fit(of_all(asked, but=left_out)), asked[left_out])
        whole += judged
        print(f"{left_out.name}: {_in_words(judged)}", flush=True)
    if args.test:
        print(f"together: {_in_words(whole)}")
    every = of_all(asked)
    args.out.write_text(logistic.table(fit(every), CLASSES, LEAST), encoding="utf-8")
    sentences_of = sum(len(cases_of(one)) for one, _ in every)
    print(f"{len(every)} incidents, {sentences_of} sentences; wrote {args.out}")


def read_asked(path: Path, lexicon: Lexicon) -> Iterator[Weighed]:
    """Yield what is asked about the incidents of a file, and what each counts."""
    counts = FLASH if path.suffix == ".tsv" else 1.0 if path.parent.name == NEW else KNOWN
    for row in rows_of(path):
        for asked in shown(row, lexicon).authors:
            yield asked, counts


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the annotated reports of a file, flashes made into such."""
    if path.suffix != ".tsv":
        yield from annotated(path)
        return
    for confidence, _, flash in lines_of(path):
        told = [flash[s.start - 1 : s.end - 1] for s in sentences("", flash)]
        if len(told) > 1:
            attribution = {"confidence": confidence.lstrip("# "), "quote": told[-1]}
            yield as_report(flash, {"threat_type": "", "quote": told[0], "attribution": attribution})


def cases_of(asked: Asked) -> list[Case]:
    """What each sentence behind an incident says of its doer; nothing of an incident of which that is not known."""
    firm = asked.mention["attribution"]["confidence"]
    if firm == C.NONE.value:
        return [(seen, 0) for _, seen in asked.sentences]
    start, end = asked.quoted
    shared = [min(s.end, end) - max(s.start, start) for s, _ in asked.sentences]
    if start < 0:
        told = asked.told
        if told is None or told.confidence.value != firm:
            return []
        shared = [int(s.start <= told.start < s.end) for s, _ in asked.sentences]
    says = shared.index(max(shared)) if max(shared, default=0) > 0 else -1
    return [(seen, CLASSES.index(firm) if n == says else 0) for n, (_, seen) in enumerate(asked.sentences)]


def fit(asked: list[Weighed]) -> logistic.Fitted:
    """Return the features and their weights."""
    cases = [(*case, counts) for one, counts in asked for case in cases_of(one)]
    wanted = np.eye(len(CLASSES))[[says for _, says, _ in cases]]
    counted = np.array([counts for _, _, counts in cases])
    return logistic.fit([seen for seen, _, _ in cases], wanted, ridge=RIDGE, counts=counted)


def _judged(fitted: logistic.Fitted, asked: list[Weighed]) -> Counter[str]:
    out = Counter[str]()
    for one, _ in asked:
        ruled = one.told.confidence if one.told else C.NONE
        inside = one.told is not None and any(s.start <= one.told.start < s.end for s, _ in one.sentences)
        says = ruled
        if one.sentences:
            chances = logistic.chances(fitted, [seen for _, seen in one.sentences])
            says = authorship.firmness(chances.tolist(), ruled, inside=inside)
        true = C(one.mention["attribution"]["confidence"])
        out["incidents"] += 1
        out["nobody named"] += true is C.NONE
        for whose, answer in (("rules", ruled), ("model", says)):
            out[f"{whose} right"] += answer is true
            out[f"{whose} wrongly name somebody"] += true is C.NONE and answer is not true
    return out


def _in_words(counts: Counter[str]) -> str:
    return ", ".join(f"{what} {n}" for what, n in counts.items())


if __name__ == "__main__":
    main()

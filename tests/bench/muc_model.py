"""A linear model of MUC-3/4 documents over what the reader sees in them: which of their event types a document tells.

Each sentence is scored for each type by its words, pairs of words, the reader's cues, events and verdicts, and who does
what to whom; the document by the same, as a whole. A second, small model weighs the best sentences and the document.
The weights stand in `muc_weights.tsv`, in hundredths; `train_muc` makes them, docs/reading.md is the card.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from streams.reading import Lexicon
from streams.reading.survey import Passage, surveyed

TYPES: Final = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY")
TARGETS: Final = (*TYPES, "RELEVANT")
WEIGHTS: Final = Path(__file__).with_name("muc_weights.tsv")
Floats = npt.NDArray[np.float64]

_MONTHS: Final = {
    m: n for n, m in enumerate(["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 1)
}
_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)*|\d+")
_CLASSES: Final = {
    "KILL": (
        "kill murder assassinat slaughter massacre execut riddl machinegun gun shot shoot dead death die "
        "slain bodi corpse victim"
    ),
    "HURT": "wound injur hurt",
    "BOMB": "bomb dynamite explosive explosion explod explode blast detonat detonate car-bomb mine grenade",
    "KIDNAP": "kidnap kidnapp abduct hostage captor captive ransom seiz",
    "BURN": "fire burn arson torch set",
    "ATTACK": "attack assault ambush raid strafe machine-gunn harass fire shell",
    "CIVILIAN": (
        "civilian peasant worker people person man woman child children teacher student resident "
        "passenger family wife son daughter journalist reporter lawyer doctor businessman merchant farmer "
        "leader unionist trade-union priest jesuit bishop nun father missionary engineer driver neighbor "
        "watchman youth citizen professor rector cameraman"
    ),
    "OFFICIAL": (
        "mayor judge governor president minister deputy senator congressman candidate councilman official "
        "ambassador magistrate prosecutor attorney legislator diplomat consul vice-president intendent "
        "prefect director policeman police agent bodyguard"
    ),
    "SOLDIER": (
        "soldier troop army military battalion brigade infantry garrison barrack patrol colonel sergeant "
        "lieutenant captain detachment guardsmen guard marine airforce convoy"
    ),
    "REBEL": (
        "guerrilla rebel terrorist subversive fmln eln farc shining path sendero mrta extremist "
        "extraditable drug trafficker hitmen gunmen epl urban commando unidentified armed hooded"
    ),
    "BUILDING": (
        "house residence office bank embassy building school church bridge tower pipeline oil power "
        "electric substation pylon bus vehicle car truck newspaper radio station hotel restaurant store "
        "headquarter university airport plane helicopter train railroad company factory plant ranch"
    ),
    "CLASH": "clash combat battle fight fighting confrontation encounter skirmish casualti offensive operation",
    "SAY": "say said state express announc reiterat stress believe opinion declare",
    "COURT": ("trial sentenc court charge indict arrest captur detain prosecut investigat extradit custody accus"),
    "LONG AGO": "year 1988 1987 1986 1985 1984 1983 1982 1981 1980 ago decade anniversary history",
    "NOW": "today yesterday night morning tonight afternoon hour early",
    "MAYBE": "would could if might should threat threaten plan intend",
}
"""Stems by what they tell of; a deed is joined with whom it stands near, in order."""
_DEEDS: Final = frozenset({"KILL", "HURT", "BOMB", "KIDNAP", "BURN", "ATTACK", "CLASH"})
_NEAR: Final = 8
"""Words between a deed and whom it is joined with."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The features of a document, sentence by sentence and as a whole."""

    sentences: tuple[frozenset[str], ...]
    whole: frozenset[str]
    texts: tuple[str, ...]


def features(text: str, lexicon: Lexicon) -> Seen:
    """Look at a document as it stands in the data: upper case, with a dateline."""
    published = _dateline(text)
    tags = {f"tag:{t}" for t in re.findall(r"\[([A-Z ]{3,30})\]", text[:400]) if t != "TEXT"}
    city = f"city:{re.match(r'[^,(]{0,40}', text)[0].strip().lower()}"  # type: ignore[index]  # matches anything
    found = []
    passages = surveyed(_plain(text), lexicon, published) or [Passage("", 0, frozenset(), ())]
    for passage in passages:
        stems = [stem(w) for w in _WORD.findall(passage.text.lower())]
        own = {*stems, *map("_".join, pairwise(stems)), *_relations(stems)}
        own |= {f"cue:{c}" for c in passage.cues if not c.startswith("c_")}
        for event, verdict in passage.events:
            reason = verdict.value if verdict else "current"
            own |= {f"event:{event.type.value}", f"event:{event.type.value}:{event.status.value}"}
            own |= {f"verdict:{reason}", f"event:{event.type.value}:{reason}"}
        own.add(f"paragraph:{min(passage.paragraph, 4)}")
        found.append(frozenset(own))
    lead = {f"lead:{f}" for sentence in found[:3] for f in sentence if "_" not in f}
    whole = frozenset({*tags, city, *lead}.union(*found))
    return Seen(tuple(found), whole, tuple(p.text for p in passages))


def stem(word: str) -> str:
    """Cut the commonest endings; numbers are a sign for their length."""
    if word.isdigit():
        return "#" if len(word) < 3 else "##"
    for ending in ("ings", "ing", "edly", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


_CLASS_OF: Final[dict[str, tuple[str, ...]]] = {}
for _name, _stems in _CLASSES.items():
    for _stem in _stems.split():
        _CLASS_OF[stem(_stem)] = (*_CLASS_OF.get(stem(_stem), ()), _name)


def _relations(stems: Sequence[str]) -> set[str]:
    """Who or what stands near which deed, and on which side of it."""
    at = [(i, c) for i, w in enumerate(stems) for c in _CLASS_OF.get(w, ())]
    near = {
        f"{deed}{'<' if i < j else '>'}{other}"
        for i, deed in at
        if deed in _DEEDS
        for j, other in at
        if other != deed and abs(i - j) <= _NEAR
    }
    return near | {f"class:{c}" for _, c in at}


def _dateline(text: str) -> datetime:
    m = re.search(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)\b", text[:200])
    if m is None or m[2] not in _MONTHS:
        return datetime(1990, 6, 1, tzinfo=UTC)
    return datetime(1900 + int(m[3]), _MONTHS[m[2]], min(28, max(1, int(m[1]))), 23, tzinfo=UTC)


def _plain(text: str) -> str:
    """Lower case with capitals at sentences' starts, a line for each paragraph, without the dateline."""
    lines = re.sub(r"\s*\n\s*", " ", re.sub(r"\n\s*\n", "\x01", text)).replace("\x01", "\n")
    lines = re.sub(r"^.{0,200}?-- ", "", lines).lower()
    return re.sub(r"(^|[.!?:]\s+|\n\s*)([a-z])", lambda m: m[1] + m[2].upper(), lines)


STAGE: Final = ("best", "second", "third", "sum", "lead", "whole")
"""What the second model sees of each target; besides, how long the document is, and a constant."""


def stage(sentences: Floats, whole: Floats) -> Floats:
    """What the second model sees: the best sentences for each target, and the document."""
    ranked = np.sort(sentences, axis=0)[::-1]
    at = [ranked[min(n, len(ranked) - 1)] for n in range(3)]
    total = np.log(np.log1p(np.exp(np.clip(sentences, -30, 30))).sum(axis=0) + 1e-3)
    rest = np.array([np.log(len(sentences)), 1.0])
    return np.concatenate([*at, total, sentences[:3].max(axis=0), whole, rest])


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of features for each target, over rows of unit length, the bias under the empty name."""

    weights: Mapping[str, Floats]

    def score(self, seen: frozenset[str]) -> Floats:
        """Return the log odds of each target."""
        known = [self.weights[f] for f in sorted(seen) if f in self.weights]
        total = np.sum(known, axis=0) / np.sqrt(len(known)) if known else np.zeros(len(TARGETS))
        return np.asarray(total + self.weights[""], float)


@dataclass(frozen=True, slots=True)
class Model:
    """The three models and the thresholds of the types."""

    sentence: Linear
    whole: Linear
    second: Floats
    """A row for each input of the second model, a column for each target."""
    thresholds: Floats

    def types(self, seen: Seen) -> list[str]:
        """Return the types that a document tells."""
        odds = stage(np.array([self.sentence.score(s) for s in seen.sentences]), self.whole.score(seen.whole))
        return decide(odds @ self.second, self.thresholds)


def decide(odds: Floats, thresholds: Floats) -> list[str]:
    """Return the types whose odds reach their thresholds."""
    return [t for t, o, least in zip(TYPES, odds, thresholds, strict=False) if o > least]


def load_model(path: Path = WEIGHTS) -> Model:
    """Read the weights."""
    parts: dict[str, dict[str, Any]] = {"sentence": {}, "whole": {}, "second": {}, "threshold": {}}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("//"):
            part, name, *values = line.split("\t")
            parts[part][name] = np.array([int(v) / 100 for v in values])
    second = np.array(list(parts["second"].values()))
    return Model(Linear(parts["sentence"]), Linear(parts["whole"]), second, parts["threshold"]["types"])

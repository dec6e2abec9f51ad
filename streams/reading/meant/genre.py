"""Judges what kind of text a whole report is: an exercise, a review, a commemoration, a withdrawal, an imagined case."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from schemas.taxonomy import SetAsideReason as R
from streams.reading.meant.exercise import Spans
from streams.reading.text import gated as re
from streams.reading.text.segment import inside
from streams.reading.what.cues import Hit

_DEBUNK: Final = re.compile(
    r"\b(?:fake|fact[- ]check\w*|debunk\w*|misleading|mislabel\w*|doctored|recycled|computer game|video game|is not from|not what (?:it|they)|nothing of the sort|viral|hoax\w*|old (?:footage|video|photo)|photoshop\w*|AI-generated|clips?|in fact shows|it shows|filmed in|never happened)\b",
    re.IGNORECASE,
)

_COURT: Final = re.compile(
    r"\b(?:court(?:s|room)?|bombing case|(?:murder|terror|plot|kidnap\w*|hijack\w*) case|prosecutors?|judges?|defendants?|plane-spotter|sentence|trial|sentenced|convicted|jailed|verdict|acquitted|appeal|extradit\w+|pleads?|indict\w+|get life|inquest|inquiry|tribunal|testif\w+|lawsuit|sues?|ex-guerrillas|prosecutors? (?:seek|demand))\b",
    re.IGNORECASE,
)

_EXPLAINED: Final = re.compile(
    r"\bnot (?:an? )?(?:\w+ )?(?:drones?|attack|missiles?|bombs?|rockets?|explosion|strike|shooting|blast|grenades?|gunfire|gunmen|sabotage|terror\w*|looters)\b|\bfalse alarm\b|\bhoax\b|\baccident(?:al)?\b|\bno (?:attack|blast|explosion)\b|\b(?:was|were) (?:fireworks|thunder|a (?:drill|test|gas leak))\b",
    re.IGNORECASE,
)

_PLANNED: Final = re.compile(
    r"\b(?:will|are to|is to|are going to) be (?:destroyed|detonated|exploded|blown up|disposed of)\b[^.]{0,120}|\b(?:left over from|leftover from|remnants of) (?:past|previous|the|earlier)\b[^.]{0,60}\b(?:war|decades|conflict|years)\b[^.]{0,80}\bwill\b",
    re.IGNORECASE,
)

_OWN_ERROR: Final = re.compile(
    r"\b(?:we|our (?:bulletin|report|story|notice))\s(?:said|reported|published|wrote|stated|announced)\b[\s\S]{0,500}\b(?:regret the error|(?:that|this|it) was (?:wrong|an error|a mistake|incorrect)|apologi[sz]e for the (?:error|mistake)|we were (?:wrong|misinformed))\b",
    re.IGNORECASE,
)
"""A publisher takes back its own words."""

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


WALKS: Final = ("d_sport", "d_arts", "d_food", "d_trade", "d_nature", "d_home")
"""Walks of life in which words of war are figures of speech."""
_TELLING: Final = frozenset({*WALKS, "m_non_literal", "m_exercise", "m_historical", "m_accident"})
"""Classes of cues that tell what kind of text it is."""


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of text the whole report is, where that changes how its passages are meant."""

    mode: R | None = None
    rule: str = ""
    published: datetime = _NEVER
    """Nothing that is told can lie after it."""
    practised: Spans = ()
    """Stretches of title, line feed and text that are exercise traffic."""
    asked: Spans = ()
    """The same of what is put as a question."""

    def practises(self, at: int) -> bool:
        """Whether what stands at a position is exercise traffic."""
        return inside(self.practised, at)

    def asks(self, at: int) -> bool:
        """Whether what stands at a position is put as a question."""
        return inside(self.asked, at)


_LABEL_PLAY: Final = re.compile(
    r"\s*(?:Theatre|Theater|Film|Cinema|Book|Books|Music|Opera|TV|Game|Games|Football|Soccer|Cricket|Rugby|Tennis|Chess|Boxing|Basketball|Hockey|Quiz|Crossword|Recipe|Travel|Gardening|Horoscope|Fiction|Short story|Poem|Satire|Cartoon)\b[^:]{0,20}:",
    re.IGNORECASE,
)
_LABEL_PAST: Final = re.compile(
    r"\s*(?:Obituary|From the archives?|Archive|On this day|Looking back|Flashback|History|Memoir|Profile|Letter|Letters|Letter to the editor)\b|\bfrom the archives?\b",
    re.IGNORECASE,
)
_LABEL_THOUGHT: Final = re.compile(
    r"\s*(?:Opinion|Essay|Comment|Commentary|Editorial|Column|Analysis|Explainer|Interview|Q&A|Podcast|Episode|Study|Think tank|Report|Survey|Book extract|Long read|Feature)\b[^:]{0,16}:|\s*(?:How|Why|Who|Should|Can|Could|Is|Are|Does|Do|Will|Would) (?!are\b|is known)[^:]*$|[^:]*\?\s*$",
    re.IGNORECASE,
)


def genre(title: str, text: str, hits: list[Hit], weapons: int) -> Genre:
    """Judge the whole report: an exercise, a review, a commemoration, a withdrawal, an imagined case."""
    if _LABEL_PLAY.match(title):
        return Genre(R.NON_LITERAL, "genre.label-play")
    if _LABEL_PAST.match(title):
        return Genre(R.HISTORICAL, "genre.label-past")
    hits = [h for h in hits if not h.classes.isdisjoint(_TELLING)]
    for walk in WALKS:
        told = {h.text for h in hits if walk in h.classes}
        if len(told) >= 4 and any(walk in h.classes and h.end <= len(title) for h in hits):
            return Genre(R.NON_LITERAL, f"genre.{walk[2:]}")
        if len(told) >= 6 and len(told) > weapons:
            return Genre(R.NON_LITERAL, f"genre.{walk[2:]}")
    head = f"{title}\n{text[:500]}"
    count = {c: sum(1 for h in hits if c in h.classes) for c in ("m_non_literal", "m_exercise", "m_historical")}
    if re.search(
        r"^(?:WITHDRAWN|RETRACTED|RETRACTION|CANX|CANCELLED|CANCEL)\b|\bwithdraws? (?:its|the|our) (?:report|story|alert)|\bCANCEL in full\b|\bplease (?:disregard|ignore) (?:our|the|my)\b",
        head,
        re.IGNORECASE,
    ):
        return Genre(R.NEGATED, "genre.withdrawal")
    if len(text) < 1200 and _OWN_ERROR.search(text):
        return Genre(R.NEGATED, "genre.own-error")
    if count["m_exercise"] >= 3 and re.search(
        r"\b(?:the largest drill|drill that|was (?:all )?(?:a|an) (?:drill|exercise)|part of (?:a|an) (?:\w+ )?(?:drill|exercise)|exercise scenario|simulated attack)\b",
        text,
        re.IGNORECASE,
    ):
        return Genre(R.EXERCISE, "genre.drill-story")
    if len(_DEBUNK.findall(f"{title}\n{text}"[:6000])) >= 3:
        return Genre(R.NEGATED, "genre.debunking")
    if _EXPLAINED.search(title):
        return Genre(R.ACCIDENT, "genre.explained")
    if _COURT.search(title):
        return Genre(R.HISTORICAL, "genre.court")
    if _PLANNED.search(text[:1500]):
        return Genre(R.ACCIDENT, "genre.planned-detonation")
    lead = len(title) + 1 + min(len(text), 500)
    named_accident = any("m_accident" in h.classes and h.end <= len(title) for h in hits)
    if named_accident and (
        "," not in title or any("m_accident" in h.classes and len(title) < h.start < lead for h in hits)
    ):
        return Genre(R.ACCIDENT, "genre.accident")
    if (count["m_non_literal"] >= 4 and count["m_non_literal"] * 2 >= weapons) or re.match(
        r"\s*(?:Film |Book |TV |Theatre |Game )?Review:", title
    ):
        return Genre(R.NON_LITERAL, "genre.figurative")
    if (
        re.search(
            r"\b(?:anniversary|a year on|years on|years after|years since|remembers|one year ago today|on this day in|remembered|in memoriam|sentenced|life imprisonment|tribunal|testif\w+|veterans?|commemorat\w+|retrospective|looking back)\b",
            head,
            re.IGNORECASE,
        )
        and count["m_historical"] >= 2
    ):
        return Genre(R.HISTORICAL, "genre.looking-back")
    if re.search(
        r"\b(?:analysis|opinion|comment|explainer|scenario|war game|what if|annual review|annual report|year in review)\b",
        title,
        re.IGNORECASE,
    ):
        return Genre(
            R.HYPOTHETICAL if not re.search("annual|year", title, re.IGNORECASE) else R.GENERIC, "genre.analysis"
        )
    if _LABEL_THOUGHT.match(title):
        return Genre(R.HYPOTHETICAL, "genre.label-thought")
    return Genre()

"""Reads how many were killed and wounded on the attacked side, where the text counts them.

Attackers do not count; "several" and "dozens" are no number; "no casualties" is nought of both.
"""

from dataclasses import dataclass
from typing import Final

from streams.reading import gated as re
from streams.reading.words import NUMBER, number

_PEOPLE: Final = (
    r"(?:(?:of\s+(?:them|its|the|his|their|our)|more|other|others|further|additional|people|persons?|civilians?|soldiers?|policem[ae]n|police|officers?|guards?|troops|workers?|members?|"
    r"contractors?|children|child|wom[ae]n|m[ae]n|boys?|girls?|residents?|villagers?|inhabitants?|staff|passengers?|local|security|(?!(?:and|or|but|KIA|WIA|\d+|killed|dead|wounded|injured|hurt|died|deaths?|were|was)\b)[\w'’.\-]+)\s+){0,5}?"
)
_KILLED_AFTER: Final = re.compile(
    rf"\b(?P<n>{NUMBER})\s+{_PEOPLE}(?:(?:were|was|are|is|have|has|had|be|been|reported|confirmed|also|shot|left|,)\s+){{0,3}}(?:killed|dead|died|deaths?|fatalit(?:y|ies)|martyr(?:s|ed)|lost\s+their\s+lives|lost\s+(?:his|her)\s+life|perished|slain|KIA|deceased|embraced\s+martyrdom)\b",
    re.IGNORECASE,
)
_KILLED_BEFORE: Final = re.compile(
    rf"\b(?:kill(?:ing|ed|s)|claimed\s+the\s+lives\s+of|loss\s+of|death\s+of|deaths\s+of|toll\s+(?:at|of|to|rises\s+to|stands\s+at))\s+(?:at\s+least\s+|about\s+|some\s+|up\s+to\s+)?(?P<n>{NUMBER})\b(?P<of>[^.;,]{{0,40}})",
    re.IGNORECASE,
)
_WOUNDED_AFTER: Final = re.compile(
    rf"\b(?P<n>{NUMBER})\s+{_PEOPLE}(?:(?:were|was|are|is|have|has|had|be|been|being|reported|also|lightly|slightly|seriously|badly|critically|left|in|with|treated\s+for|,)\s+){{0,4}}(?:wounded|injured|hurt|injur(?:y|ies)|wounds|WIA|treated|hospitali[sz]ed|in hospital)\b",
    re.IGNORECASE,
)
_WOUNDED_BEFORE: Final = re.compile(
    rf"\b(?:(?:wound|injur|hurt)(?:ing|ed|ies\s+to)?|hurting|hurt|injures|wounds|injuries\s+to|bruised?)\s+(?:at\s+least\s+|about\s+|some\s+|up\s+to\s+|lightly\s+)?(?P<n>{NUMBER})\b(?P<of>[^.;,]{{0,40}})",
    re.IGNORECASE,
)
_NOBODY: Final = re.compile(
    r"\b(?:no|nil|zero|without|not any|neither)\s+(?:\w+\s+){0,2}(?:casualt(?:y|ies)|cas\b|injuries\s+or\s+(?:deaths|fatalities|damage)|victims|human\s+(?:or\s+material\s+)?(?:losses|casualties)|losses|one\s+was\s+(?:hurt|harmed|injured)|harm|injuries|person(?:nel)?\s+(?:was|were)\s+(?:hurt|injured))"
    r"|\b(?:nobody|no[- ]one|none)\s+(?:\w+\s+){0,3}(?:hurt|injured|harmed|wounded|casualt\w+)\b|\bnobody\s+(?:came\s+to\s+harm|hurt)\b|\bcas(?:ualties)?:?\s*(?:nil|none|0(?!\s*(?:KIA|x|\d)))\b|\bnil\s+cas\b|\bno\s+harm\s+(?:was\s+)?done\b|\bthere\s+were\s+no\s+injuries\b|\bnobody\s+was\s+(?:hurt|harmed)|\bwithout\s+(?:causing\s+)?(?:casualties|injuries|victims|injury)\b",
    re.IGNORECASE,
)
_NO_DEATH: Final = re.compile(
    r"\bno\s+(?:\w+\s+)?(?:fatalit(?:y|ies)|deaths?|loss\s+of\s+life|one\s+(?:was\s+)?killed)\b|\bnobody\s+(?:was\s+)?(?:killed|died)\b|\b0\s+KIA\b",
    re.IGNORECASE,
)
_NO_WOUND: Final = re.compile(r"\b0\s+WIA\b", re.IGNORECASE)
_ONE: Final = re.compile(
    r"\b(?:a|an|one|another)\s+(?:[\w'’.\-]+\s+){1,4}?(?:was|had\s+been|is|were|has)\s+(?:\w+ly\s+)?(?P<what>killed|wounded|injured|hurt|shot\s+dead|bruised|treated|cut|taken\s+to\s+hospital|died|burnt)\b|(?P<kill>\bkill(?:ing|ed|s))\s+(?:a|an)\s+(?P<k1>[^.;,]{2,40})|(?P<hurt>\b(?:wound|injur)(?:ing|ed|es)|\bhurt(?:ing)?|\bcut\s+the\s+cheek\s+of|\binjuring)\s+(?:a|an)\s+(?P<h1>[^.;,]{2,40})",
    re.IGNORECASE,
)
_ATTACKER: Final = re.compile(
    r"\b(?:militants?|militiam[ae]n|terrorists?|attackers?|assailants?|gunm[ae]n|fighters?|insurgents?|rebels?|bombers?|jihadists?|members\s+of\s+(?:the\s+)?islamic|extremists?|raiders?|suspects?|goats?|sheep|khwarij|intruders?|drones?|rockets?|missiles?|kilomet\w+|vehicles?|houses?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Toll:
    """What a stretch of text counts; None where it does not."""

    killed: int | None = None
    wounded: int | None = None
    span: tuple[int, int] | None = None

    @property
    def stated(self) -> bool:
        """Whether anything is counted."""
        return self.killed is not None or self.wounded is not None


_HARM: Final = re.compile(
    r"kill|dead|die|death|fatal|wound|injur|hurt|casualt|[Cc]as|CAS|lives|life|martyr|KIA|WIA|harm|treat|toll|loss|lost|perish|slain|bruis|cut|burnt|deceased"
)
_NOTHING: Final = Toll()


def read(body: str, start: int, end: int) -> Toll:
    """Return what a stretch of the body counts."""
    text = body[start:end]
    if _HARM.search(text) is None:
        return _NOTHING
    if m := _NOBODY.search(text):
        return Toll(0, 0, (start + m.start(), start + m.end()))
    killed, k_span = _first(text, _KILLED_AFTER, _KILLED_BEFORE)
    wounded, w_span = _first(text, _WOUNDED_AFTER, _WOUNDED_BEFORE)
    for m in _ONE.finditer(text):
        what = (m["what"] or "").lower()
        if _ATTACKER.search(m[0]):
            continue
        if (
            (m["kill"] or what in ("killed", "shot dead", "died"))
            and killed is None
            and not re.search(r"\b(?:and|or)\b.*\b(?:and|or)\b", m["k1"] or "")
        ):
            killed, k_span = 1, m.span()
        elif (m["hurt"] or what not in ("", "killed", "shot dead", "died")) and wounded is None:
            wounded, w_span = 1, m.span()
    if m := _NO_DEATH.search(text):
        killed = 0
        k_span = m.span()
    if _NO_WOUND.search(text):
        wounded = 0
    span = k_span or w_span
    return Toll(killed, wounded, (start + span[0], start + span[1]) if span else None)


def _first(text: str, *patterns: re.Pattern) -> tuple[int | None, tuple[int, int] | None]:
    for pattern in patterns:
        for m in pattern.finditer(text):
            n = number(m["n"])
            of = m.groupdict().get("of") or m[0]
            if n is None or n > 5000 or (n >= 1900 and n <= 2100) or _ATTACKER.search(of):
                continue
            return n, m.span()
    return None, None

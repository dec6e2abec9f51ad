"""What a sentence that tells of an attack may be about instead: a court's business, a memorial, a work of art, a tally of years."""

from typing import Final

from schemas.taxonomy import SetAsideReason as R
from streams.reading.text import gated as re

_COURT: Final = re.compile(
    r"\b(?:jailed|sentenced|convicted|acquitted|on trial|the trial|trial (?:of|over|opened|opens|began|begins|resumed)|charged (?:over|in connection|with (?:having|sending|murder|terror\w*))|found guilty|pleaded (?:not )?guilty|verdict|appeal(?:s|ed)? (?:court|against)|(?:supreme|high|appeals?|federal|district|military|criminal|assize) court|court (?:on|heard|hears|ruled|was told)|judges?\b[^.;]{0,30}\bheard|(?:presenting|presented) (?:its |their )?evidence|prosecutors? (?:rest|told|asked|demanded|closed)|extradit\w+|inquest|lawsuit|indict\w+|alleged to have|accused of (?:having|belonging)|(?:judges?|courts?|tribunals?|jury)\b[^.;]{0,30}\b(?:released|freed|cleared|ordered|ruled|jailed|acquitted|convicted|dismissed|postponed|adjourned|fined)|the accused|defendants?|appellant|tribunal|testif\w+|jur(?:y|ors?)\b[^.;]{0,40}(?:retired|heard|told|found|out)|the prosecution|magistrates?|remanded|in the dock|barristers?|plea bargain|suspended sentence)\b",
    re.IGNORECASE,
)
"""What justice does belongs to the past that it judges."""
_PLOTTED: Final = re.compile(
    r"\b(?:charged with|accused of) (?:planning|plotting|conspiring|preparing)\b", re.IGNORECASE
)
_TAKEN_UP: Final = re.compile(
    r"\b(?:police|prosecutors?|agents|detectives|investigators|officers|troops|soldiers|guards|security (?:forces|services?|agency)|intelligence|service|agency|ministry|counter-?terror\w*)\b[^.;]{0,40}?\b(?:detain(?:ed|s)?|arrest(?:ed|s)?|charg(?:ed|es)|caught|held|seized)\b"
    r"|\b(?:was|were|been) (?:\w+ )?(?:detained|arrested|charged)\b|\b(?:arrests?|detains?|charges?)\b",
    re.IGNORECASE,
)
"""Who is taken up, or charged, for what he planned has just been stopped; no court has judged him."""
_JUST_NOW: Final = re.compile(r"\bearlier (?:today|on)\b")
_MEMORIAL: Final = re.compile(
    r"\b(?:plaque|monument|memorial|wreath|statue|gravestone|minute['’]s silence|minute of silence|candles?|bells|requiem|remembrance|mural)\b[^.;]{0,60}\b(?:victims|the dead|the fallen|in honou?r|in memory|(?:who|those) (?:had )?(?:died|fell|fallen|were killed)|killed (?:there|in|when|by)|who (?:died|lost))\b"
    r"|\b(?:remember(?:ed|s)?|honou?r(?:ed|s)?|commemorat\w+|mourn(?:ed|s)?|marked)\b[^.;]{0,40}\b(?:the (?:\w+ )?(?:dead|victims|killed|fallen|day|night|morning|moment)|(?:people|men|women|soldiers|colleagues|comrades) (?:who|killed|lost))\b"
    r"|\b(?:those|people|men|women|all) who (?:had )?(?:lived through|survived|came through)\b",
    re.IGNORECASE,
)
_WORK: Final = re.compile(
    r"\b(?:book|novel|film|documentary|play|opera|musical|ballet|drama|exhibition|memoir|study|paper|survey|thesis|atlas|manual|game|series|essay|poem|song|painting|mural|podcast|comic|lecture)\b[^.;]{0,60}\b(?:presented|published|premiered|reviewed|tells?|shows?|recounts?|describes?|imagines?|finds?|depicts?|supposes?|assumes?|recreates?|lets? players?|recalls?|retells?|traces?|opens?|opened|is set)\b"
    r"|\b(?:book|novel|film|documentary|play|opera|musical|ballet|drama|exhibition|memoir|series|song|game|podcast|comic|lecture|thesis)\s(?:about|based on|inspired by|set (?:in|during))\b"
    r"|\b(?:whether)\b[^.;]{0,60}\b(?:planned|plotted|intended|conspired)\b",
    re.IGNORECASE,
)


def retold(sentence: str) -> tuple[R, str] | None:
    """Return why a sentence tells of an attack only in looking back, None where it does not."""
    judged = _COURT.search(sentence) or (_PLOTTED.search(sentence) and not _TAKEN_UP.search(sentence))
    if judged and not _JUST_NOW.search(sentence):
        return R.HISTORICAL, "modality.court"
    if _MEMORIAL.search(sentence):
        return R.HISTORICAL, "modality.memorial"
    if _WORK.search(sentence):
        return R.HISTORICAL, "modality.retold"
    return None

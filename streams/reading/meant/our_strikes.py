"""Strikes on those who attack: what forces of order and states did to their stores, their lairs and their men is no attack on a site."""

from typing import Final

from schemas.taxonomy import ThreatType as Y
from streams.reading.text import gated as re
from streams.reading.what.event import Event


def struck_theirs(body: str, event: Event, clause: str, full: str) -> str | None:
    """Return the rule by which an event is a strike on what those who attack have; None where it is none.

    Parameters
    ----------
    body, event
        The event.
    clause, full
        Its clause and its sentence.
    """
    happened = event.status.value in ("executed", "unclear")
    if happened and _STORES.search(clause):
        return "lookalike.stores"
    lairs = {m.end() for m in _LAIRS.finditer(body, event.start, event.end)}
    if lairs and any("hostile" in h.classes and h.start in lairs for h in event.hits):
        return "lookalike.lair"
    if happened and event.type is Y.AIR_STRIKE and _on_a_group(body, event, full):
        return "lookalike.on-a-group"
    return None


def _on_a_group(body: str, event: Event, full: str) -> bool:
    """Whether aircraft struck what armed groups have, or their men, or struck in answer, and no site: only states fly them."""
    text = body[event.start : event.sentence.end]
    if _THEIRS.search(text):
        return True
    if any(
        c.startswith("k_") and "camp" not in h.text for h in event.hits for c in h.classes if c != "k_military_base"
    ):
        return False
    if _PROPER_SITE.search(text):
        return False
    dead = _THEIR_DEAD.search(text)
    if dead is not None and (
        dead["who"] or any("hostile" in h.classes and h.start >= event.start + dead.end() for h in event.hits)
    ):
        return True
    ours = _OURS_WHICH.search(body, event.sentence.start, event.start) is not None
    return ours or _IN_ANSWER.search(full) is not None


_STRUCK: Final = r"(?:bomb|struck|strik|hit|shell|pound|raid|attack|target|destroy|flatten)\w*"
"""Before what was struck, in any form."""
_STORES: Final = re.compile(
    r"\b(?:bombed|struck|hit|raided|destroyed|targeted|shelled|attacked|pounded|captured|dismantled)\s+(?:[\w\-]+\s+){0,4}?(?:rockets?|missiles?|drones?|mortars?|artillery|bombs?|weapons?|arms|ammunition)\s(?:launch(?:ing)?\s(?:sites?|pads?|positions?|points?)|launchers?|depots?|factor(?:y|ies)|workshops?|stores?|caches?|stockpiles?|crews?|teams?|units?|positions?)\b",
    re.IGNORECASE,
)
"""Weapons before use, and those who serve them, as what was hit."""
_LAIRS: Final = re.compile(
    rf"\b{_STRUCK}\s+"
    r"(?:[\w\-]+\s+){0,3}?(?:camps?|caves?|positions?|hideouts?|tunnels?|strongholds?|trenches|lairs?|shelters?|gatherings?|bases?|columns?)\s+(?:of|belonging to|held by|used by)\s+(?:the\s+)?"
)
"""Before the name of those who attack: what forces of order bombed is theirs."""
_THEIRS: Final = re.compile(
    rf"\b{_STRUCK}\s+"
    r"(?:[\w\-]+\s+){0,3}?(?:caves?|hide-?outs?|tunnels?|launch(?:ing)?\s+(?:sites?|pads?|positions?|points?|ramps?)|launchers?|firing\s+(?:positions?|points?)|(?:rocket|drone|bomb|weapons?|arms|missile)[- ](?:making\s+)?(?:workshops?|factor\w+|stores?|depots?|dumps?|caches?)|training\s+(?:camps?|grounds?)|(?:militia|militants?|rebels?|insurgents?|jihadists?)['’]?\s+(?:camps?|positions?|posts?|bases?|houses?|vehicles?|convoys?|columns?|gatherings?))\b",
    re.IGNORECASE,
)
"""What armed groups have, named as theirs or as what none but they have."""
_THEIR_DEAD: Final = re.compile(
    r"\b(?:kill(?:ed|ing)|dead)\b[^.;()]{0,40}?(?:\bmembers?\s+of\b|\b(?P<who>fighters|militants|jihadists|terrorists|insurgents|rebels|commanders?))\b",
    re.IGNORECASE,
)
_PROPER_SITE: Final = re.compile(
    r"\b(?:air\s?base|airfield|airport|naval base|army base|barracks|port|embassy|refinery|hospital|headquarters)\b",
    re.IGNORECASE,
)
_OURS_WHICH: Final = re.compile(
    r"\b(?:American|U\.?S\.?|British|French|coalition|allied|NATO|western)\s(?:[\w\-]+\s){0,2}?(?:forces|troops|aircraft|jets|warplanes|bombers|planes|navy|military)\s*,\s*$",
    re.IGNORECASE,
)
"""Before "which bombed"."""
_IN_ANSWER: Final = re.compile(
    r"\bin\s(?:reply|response|retaliation|answer|revenge)\s(?:to|for)\b[^.;]{0,60}\b(?:its|their|the\s(?:army|military|air\sforce)['’]s|government|army)\s(?:\w+\s)?(?:aircraft|jets|warplanes|planes|bombers|helicopters|gunships|air\sforce)\b",
    re.IGNORECASE,
)
OUR_KILL: Final = re.compile(
    r"\b(?:killed|wounded|hit|struck|targeted|eliminated|died|destroyed|bombed|assassinated)\s+(?:in|by|during|when)\s+(?:an?|the|one of)?\s*(?:U\.?S\.?|American|coalition|allied|NATO|British|French)(?:\s|-led )(?:[\w\-]+ ){0,2}(?:drones?|air ?strikes?|strikes?|raids?|jets?|warplanes?|missiles?|helicopters?)\b"
    r"|\b(?:air ?strikes?|strikes?|drones?|raids?|operations?)\b[^.;]{0,60}\b(?:eliminated|neutrali[sz]ed|killed|took out)\s+(?:an?|the|at least|\w+)\s+(?:[\w\-]+ ){0,3}?(?:ringleaders?|commanders?|leaders?|emirs?|militants?|terrorists?|fighters?|operatives?|insurgents?|khawarij)\b"
    r"|\b(?:military|army|security|counter-?terror\w*|clearance|sweep|air) operations?\b(?! room| cent(?:re|er))",
    re.IGNORECASE,
)
"""A deed of one's own side: "killed in a US drone strike", "a military operation"."""

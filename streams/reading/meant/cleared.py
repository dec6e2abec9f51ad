"""Tells which alarms were looked into and found to be nothing: "turned out to be tourists", "assessed as non-malicious", "mistaken for a strike"."""

from typing import Final

from schemas.taxonomy import ThreatType as Y
from streams.reading.text import gated as re
from streams.reading.what.event import Event

_MAY_BE_NOTHING: Final = frozenset(
    {
        Y.UAS,
        Y.SURVEILLANCE,
        Y.INTRUSION,
        Y.IED,
        Y.VEHICLE_BOMB,
        Y.UNKNOWN_EXPLOSION,
        Y.MARITIME,
        Y.CBRN,
        Y.SMALL_ARMS,
        Y.CYBER,
        Y.KIDNAPPING,
        Y.OTHER,
    }
)
"""Deeds that may turn out to be something else, while they hurt nobody."""
_DONE: Final = r"(?:hit|struck|kill\w*|wound\w*|injur\w*|damag\w*|explod\w*|detonat\w*|rammed|stabbed|crash\w*|burn\w*|fell|landed)"
_TO_BE: Final = (
    r"(?:turned\sout\sto\s(?:be|have\sbeen)|proved\sto\s(?:be|have\sbeen)(?=\s(?:an?|the|from|only|just|nothing)\b))"
)
_INDEED: Final = r"(?:armed|packed|loaded|laden|rigged|wired|explosives?|rockets?|missiles?|bombs?|drones?|shahed\w*|warheads?|grenades?|mines?|shells?|dud|live|real|genuine|true|deadly|enemy|uncrewed|unmanned|members?|militants?|fighters?|insurgents?|rebels?|soldiers|agents?|spies|spy|operatives?|terrorists?|gunm[ae]n|hackers?|attack\w*|hostile|arson\w*|sabotage\w*|deliberate\w*|intact|stolen|fake|forged|the\swork)"
_SOMETHING_ELSE: Final = re.compile(
    rf"(?:(?!\b{_DONE}\b|\b{_INDEED}\b)[^,;:])*?\b(?:{_TO_BE})(?!\s(?:[\w\-]+\s){{0,5}}?{_INDEED}\b)", re.IGNORECASE
)
_INNOCENT: Final = (
    r"(?:tourists?|enthusiasts?|hobbyists?|hikers?|spotters?|bird-?watchers?|ornithologists?|photographers?|pilgrims?|students?|pupils|schoolchildren"
    r"|journalists?|reporters?|cameram[ae]n|bloggers?|fisherm[ae]n|anglers?|shepherds?|surveyors?|technicians?|contractors?|joggers?|walkers?|cyclists?|campers?|picnickers?)"
)
_INNOCENTS: Final = re.compile(
    rf"[^,;:]*?\b(?:was|were)\s(?:(?:later|only|just|merely|in\sfact|all|both|identified\sas|an?|the|two|three|lost|foreign|local|keen|amateur|curious|harmless|innocent|ship|ferry|plane|train|rail|railway|aviation|aircraft|bird|history)[\s\-])*{_INNOCENT}\b(?!\s(?:killed|wounded|hurt|injured|abducted|kidnapped))",
    re.IGNORECASE,
)
_BENIGN: Final = re.compile(
    r"[^;:]*?\b(?:was|were|is|are|been|be|proved)\s(?:(?:since|later|now|subsequently|found|assessed|deemed|judged|determined|established|classified|considered|declared|to\sbe|to\shave\sbeen|as|only|just|merely|in\sfact|actually|an?|the)\s)*(?:non-?(?:malicious|hostile|suspicious)|benign|innocuous|innocent|misunderstanding|mix-?up|(?:routine|regular|scheduled|lawful|customs|coast\s?guard)\s(?:\w+\s)?(?:inspections?|checks?|boardings?|patrols?|stops?|search(?:es)?|controls?|flights?|traffic))\b",
    re.IGNORECASE,
)
_TAKEN_FOR: Final = re.compile(
    r"\b(?:(?:mist(?:ook|aken|aking)|(?:was|were|been)\s(?:\w+\s)?taken)\b[^.;]{0,80}?\sfor|(?:misread|misidentif\w+)\b[^.;]{0,80}?\sas|confus(?:ed|ing)\b[^.;]{0,80}?\swith)\s(?:(?:an?|the)\s(?:(?!\w*m[ae]n\b|soldiers?\b|guards?\b|members?\b)[\w\-]+\s){0,2})?$",
    re.IGNORECASE,
)
"""Before what something else was taken for."""


_IT: Final = re.compile(r"\W*(?:the|this|that|those|these|they|it|he|she|both|all)\b", re.IGNORECASE)
"""How a sentence begins that comes back to what was just told."""
_IDENTIFIED: Final = re.compile(
    r"[^;:]*?\bidentified\sas\s(?:[\w\-]+\s){0,3}(?:balloons?|birds?|storks?|kites?|lanterns?|stars?|planet|meteor\w*|fireworks?|hobby\w*|toys?|fishing)\b",
    re.IGNORECASE,
)
_WAS_ONE: Final = re.compile(rf"\b{_TO_BE}\s(?:[\w\-]+\s){{0,5}}?{_INDEED}\b", re.IGNORECASE)


def cleared(body: str, event: Event) -> bool:
    """Whether the sentence of an event tells what was found when it was looked into: nothing, or something else."""
    at, end = event.type_hit.end, event.sentence.end
    if _TAKEN_FOR.search(body, max(event.sentence.start, event.type_hit.start - 120), event.type_hit.start):
        return True
    if event.type not in _MAY_BE_NOTHING:
        return False
    if event.type in (Y.SURVEILLANCE, Y.INTRUSION) and _INNOCENTS.match(body, at, end):
        return True
    return _SOMETHING_ELSE.match(body, at, end) is not None or _BENIGN.match(body, at, end) is not None


def clears(sentence: str, kind: Y) -> bool:
    """Whether a sentence tells of the deed of a type that was told just before it that it was found to be nothing."""
    if kind not in _MAY_BE_NOTHING or _IT.match(sentence) is None:
        return False
    return any(p.match(sentence) is not None for p in (_SOMETHING_ELSE, _IDENTIFIED, _INNOCENTS, _BENIGN))


def was_one(sentence: str) -> bool:
    """Whether something is told to have turned out to be hostile indeed."""
    return _WAS_ONE.search(sentence) is not None

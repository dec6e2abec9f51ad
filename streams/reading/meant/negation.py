"""Tells what is denied: events that did not happen, reports called false; and innocent causes that are excluded, which excuse nothing."""

from typing import Final

from schemas.taxonomy import ThreatType as Y
from streams.reading.meant.cleared import cleared
from streams.reading.meant.denied import denied
from streams.reading.text import gated as re
from streams.reading.what.cues import Hit
from streams.reading.what.event import Event

_ELSE: Final = r"(?:casualt\w+|injur\w+|damage|victims?|deaths?|losses|claims?|claimed|group|warning|doubt|sooner|later|longer|(?:fewer|less|more) than|than|from|when|that|as|after|before|during)"
"""What "no" denies instead of the deed named behind it: "no casualties from the rockets", "no fewer than six"."""


def negated(body: str, event: Event, clause: str, full: str) -> str | None:
    """Return the rule by which an event did not happen, None where none says so.

    Parameters
    ----------
    body, event
        The event.
    clause, full
        Its clause and its sentence.
    """
    if (
        (no := _NO_EVENT.search(clause))
        and not _unharmed(no, event)
        and not (no[0].lower().startswith("not a") and re.search(r"(?:\band|,)\s+$", clause[: no.start()]))
        and not _BUT_OTHERS.search(clause, no.end())
    ):
        return "modality.negated"
    at = event.type_hit.start
    before = body[max(event.start, at - 40) : at]
    if event.status.value not in ("threatened", "thwarted") and (_NOT.search(before) or _NONE.search(before)):
        return None if _BUT_OTHERS.search(body, event.type_hit.end, event.end) else "modality.not"
    if any(_not_the_cause(body, h) for h in event.hits if event.type in h.classes.weapons):
        return "modality.not-the-cause"
    if _CANCELS.match(full) or _VERDICT.match(full, event.type_hit.end - event.sentence.start):
        return "modality.cancelled"
    if denied(full, event.type_hit.start - event.sentence.start):
        return "modality.denied"
    if cleared(body, event):
        return "modality.cleared"
    return None


_NO_EVENT: Final = re.compile(
    rf"\b(?:no|not (?:a|an|any|one|a single|one single)|nor|without(?: a| any)?|nobody|no one|never|neither|none of the)\s+(?:(?!{_ELSE}\b)\w+[ -]){{0,3}}?(?:attacks?|explosions?|drones?|rockets?|missiles?|shells?|mortars?|rounds?|shots?|shootings?|raids?|shelling|kidnappings?|abductions?|protests?|demonstrations?|hostages?|clashes|shot|fire|strikes?|blasts?|launch|launches|interceptors?|gunfire|gunmen|bombs?|bombing|intru\w+|hostile|incidents?|threats?|sabotage|ambush\w*|armed|suspicious|external act|live rounds|impacts?|sign of|evidence of|indication of)\b"
    r"|\bnothing (?:(?:had|has|was|is) )?(?:\w+ )?(?:hit|struck|fell|fallen|happened|landed|exploded|attacked)\b|\b(?:was|were|is|are|did|has|have|had|do|does) not (?:been |being )?(?:attack(?:ed)?|hit|struck|target(?:ed)?|used?|affected|fired?(?! (?:from|by)\b)|bomb(?:ed)?|shell(?:ed)?|damaged|under attack|involved|detonate by|strike|happen)\b|\bnobody is bombing|\bnot bombing",
    re.IGNORECASE,
)
_NONE: Final = re.compile(
    rf"\b(?:no|nil|zero|neither|not (?:even )?(?:an?|one|any)|nor an?|without (?:an?|any|one)|never an?)\s+(?:(?!{_ELSE}\b|(?:in|of|by|to|at|on|for|the|an?|was|were|had|has|is|who|and|or|but)\b)[\w\-]+\s+){{0,2}}$",
    re.IGNORECASE,
)
"""Right before the name of a deed or weapon, whatever it is."""
_BUT_OTHERS: Final = re.compile(
    r"\b(?:but|though|although|yet|while|however)\s+(?:[\w\-]+\s+){1,3}(?:fell|hit|landed|struck|exploded|came down|burst|reached|went off|damaged|killed|wounded)\b",
    re.IGNORECASE,
)
"""What did happen beside it: "none hit the barracks, but two fell on the runway"."""
_VERDICT: Final = re.compile(
    r"[^.;\n]{0,80}?(?:[:,()]\s?|\s[\-–—=]\s?)(?:(?:now|since|later|was|were|is|confirmed|assessed as)\s)*(?:cancel(?:l?ed)?|canx|cnx|cxl|disregard(?:ed)?|withdrawn|retracted|rescinded|revoked|void(?:ed)?|false(?: report| alarm| positive| call)?|unfounded|negative|neg|bogus|hoax|erroneous|misreport(?:ed)?|misident(?:ified)?|struck (?:out|off)|deleted|no incident|discounted)(?=\s*(?:[.,;:)–—]|-\s|$|\n|as\b))",
    re.IGNORECASE,
)
"""What a clipped line makes of the deed before it: "small arms fire, sector 4: cancelled, was nail gun"."""
_CANCELS: Final = re.compile(
    r"\W*(?:(?:CANX|CANCEL(?:LED)?|DISREGARD|DELETE|RETRACT|WITHDRAWN|SCRATCH|IGNORE)\b(?=\s?:|\s(?:(?:my|our|the|last|previous|ref)\s)*(?:item|flash|msg|message|report|serial|sitrep|spotrep|line|para|alert|entry)\b))",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:(?:did|does|do|has|have|had|was|were|is|are|could|would)(?: not|n['’]t)|never|nothing|nobody|no one|none|neither|hardly|not a single)\s+(?:(?!only\b|just\b|merely\b|simply\b)\w+\s+){0,2}$",
    re.IGNORECASE,
)


_ONLY: Final = r"(?:only|just|merely|simply|yet|until)"
_OF_IT: Final = r"(?:(?:by|to|of|from|with|in)\s)?(?:(?:an?|any|the|some|another|deliberate|hostile)\s){0,2}"
_NOT_THE_CAUSE: Final = re.compile(
    rf"(?:\b(?:not|never|hardly|neither)|n['’]t)\s(?:(?!{_ONLY}\b)\w+\s)?(?:(?:caus|trigger|spark|prompt|provok|produc)ed|brought\sabout|due|owing|down|link(?:ed)?|related|connected|attributable|because|(?:an?|the|any)\s(?:result|work|doing|consequence|product|outcome|act|case|effect))\s{_OF_IT}(?:[\w\-]+\s){{0,2}}$"
    rf"|(?:,\s|\(|[—–]\s|\b(?:and|but)\s)not\s(?!{_ONLY}\b){_OF_IT}(?:[\w\-]+\s){{0,1}}$"
    rf"|\b(?:rather\sthan|instead\sof|as\sopposed\sto)\s{_OF_IT}(?:[\w\-]+\s){{0,1}}$",
    re.IGNORECASE,
)
"""Right before what did not do it: "was not caused by a", "a solar storm, not", "rather than"."""


def _not_the_cause(body: str, hit: Hit) -> bool:
    """Whether it is said of what a cue names that something else did it."""
    return _NOT_THE_CAUSE.search(body, max(0, hit.start - 60), hit.start) is not None


_EFFECTS: Final = frozenset({Y.ARSON, Y.UNKNOWN_EXPLOSION})
"""What is told of a fire or a bang names nothing that did it."""


def without_the_cleared(body: str, hits: list[Hit]) -> list[Hit]:
    """Leave out the weapons of a sentence that did not do it, where another did: "a rocket, not a drone, hit the camp"."""
    weapons = [h for h in hits if h.classes.weapons]
    if len(weapons) < 2:
        return hits
    cleared = [h for h in weapons if _not_the_cause(body, h)]
    guilty = {t for h in weapons if h not in cleared for t in h.classes.weapons}
    guilty -= {*_EFFECTS, *(t for h in cleared for t in h.classes.weapons)}
    return [h for h in hits if h not in cleared] if cleared and guilty else hits


def _unharmed(no: re.Match[str], event: Event) -> bool:
    """Whether what is negated is the harm of an event told before it: "missiles hit the base; flights were not affected"."""
    told_before = no.start() > event.type_hit.end - event.start + 20
    return told_before and (event.type in _HARMLESS_TYPES or no[0].lower().endswith(_HARM))


_HARMLESS_TYPES: Final = frozenset({Y.SURVEILLANCE, Y.INTRUSION})
"""Deeds that are done though nothing else is: "a drone hovered, no hostile action"."""
_HARM: Final = ("affected", "damaged", "involved", "impact", "impacts", "return fire", "explosion", "explosions")


def excluded(text: str, start: int, end: int) -> bool:
    """Whether the innocent cause that stands at a stretch is denied, or only asked about: "NOT thunder", "whether it was an accident"; not so after "but"."""
    return (
        _ASKED_WHETHER.search(text, max(0, start - 40), start) is not None
        or _EXCLUDED.search(text, max(0, start - 60), start) is not None
        or _RULED_OUT.match(text, end) is not None
    )


_EXCLUDED: Final = re.compile(
    r"(?:\b(?:not?|never|neither|nor|hardly|anything but|rather than|rul\w+ out|exclud\w+|discount\w+|dismiss\w+|reject\w+)\b|n['’]t\b)(?!\s+(?:but|more than|other than)\b)[\s\"“‘']+(?:(?!but\b|an? (?:attack|bomb|drone|rocket|missile)\b|it\b|they\b)[\w\-]+\s+){0,4}$",
    re.IGNORECASE,
)
_ASKED_WHETHER: Final = re.compile(r"\bwhether\b[^.;]*$", re.IGNORECASE)
_RULED_OUT: Final = re.compile(
    r"\W{0,2}(?:\s?[\w\-]+){0,3}?\s(?:was|were|is|are|has been|had been|have been|can be|could be)\s(?:\w+ )?(?:ruled out|excluded|discounted|dismissed)\b",
    re.IGNORECASE,
)

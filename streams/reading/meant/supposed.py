"""Tells what is only supposed: conditions, what is asked, what is weighed as likely."""

from typing import Final

from streams.reading.meant.left_open import cause_sought, doubted
from streams.reading.text import gated as re
from streams.reading.what.event import Event
from streams.reading.when.clock import Dated

_HYPOTHETICAL: Final = re.compile(
    r"\b(?:if|unless|what if|should there|were to|(?<!sooner )(?<!hardly )(?<!barely )had (?:the|they|it|he|she)\b[^.]{0,40}\b(?:brought|been|hit|gone)|would(?! not\b| only| be next| be targeted)|could(?! not\b| have been launched| be heard| be seen| have had)|might(?! have)|any (?:attack|strike|assault)|a repeat of|prospect of|fears? (?:that|of)|scenario|imagine|picture the|suppose|possible future|in the event|in case|in such (?:a case|an event)|possibility (?:that|of))\b",
    re.IGNORECASE,
)
_WHETHER: Final = re.compile(r"\b(?:whether|if and when)\b", re.IGNORECASE)
_KNOWN: Final = re.compile(r"[^\S\n]*\b(?:that|which|who|when|after|behind|since)\b|[;:]", re.IGNORECASE)
_FURTHER: Final = re.compile(
    r"[;:]|,\s(?:and|but|so)\b|\b(?:more|further|another|new|fresh|future|others?|retaliation|revenge|escalation)\b",
    re.IGNORECASE,
)
_DEFINITE: Final = re.compile(r"\b(?:the|this|that|these|those|its|their|his)\s+(?:[\w\-]+\s+)?$", re.IGNORECASE)
"""Before what is there, whatever is asked about it: "whether the powder is harmful"."""
_LIKELY: Final = re.compile(
    r"\b(?:is|are|was|were|be|becomes?|became|seems?|looks?|remains?)\s(?:now |still |also |ever |even |all the |no |much )*(?:(?:more|less|highly|very|quite|increasingly)\s)*(?:(?:un)?likely|(?:im)?probable|likelier|conceivable|(?:un)?thinkable)\b(?=\s*(?:[.,;)]|$|(?:if|after|because|in|soon|within|now|than|given|as|a|an|the|according)\b))(?! (?:an?|the) )"
    r"|\bmak(?:es?|ing)\b[^.;]{0,90}\b(?:more|less) (?:likely|probable|attractive|difficult)\b|\b(?:likelihood|odds|probability|chances?) (?:of|that)\b",
    re.IGNORECASE,
)
"""A deed that is weighed, not told."""


def supposed(body: str, event: Event, near: str, dated: list[Dated]) -> str | None:
    """Return the rule by which an event is only supposed, None where it is told.

    Parameters
    ----------
    body, event
        The event.
    near
        What stands around its cue.
    dated
        Times that govern it.
    """
    status = event.status.value
    if doubted(body, event) is not None:
        return None
    if (status in ("executed", "unclear") and _weighed(body, event)) or (
        status == "executed" and _in_question(body, event, dated)
    ):
        return "modality.in-question"
    current = any(not d.past and d.precise >= 1 for d in dated)
    if (
        (m := _HYPOTHETICAL.search(near))
        and not re.search(r"before (?:\w+ ){1,3}(?:could|might)$", near[max(0, m.start() - 20) : m.end()])
        and not (current and m.start() > len(near) * 0.6)
    ):
        return "modality.hypothetical"
    return None


def _weighed(body: str, event: Event) -> bool:
    """Whether it is weighed how likely a deed is; not so further ones: "a rocket hit it; more attacks are likely"."""
    m = _LIKELY.search(body, event.start, event.end)
    return m is not None and _FURTHER.search(body, event.type_hit.end, m.start()) is None


def _in_question(body: str, event: Event, dated: list[Dated]) -> bool:
    """Whether it is asked whether a deed is to be; not so what is dated behind the question, or known by what it did."""
    asked = _WHETHER.search(body, event.sentence.start, event.type_hit.start)
    if (
        asked is None
        or cause_sought(body, event) is not None
        or any(not d.past and d.precise >= 1 and d.start > asked.start() for d in dated)
    ):
        return False
    between = body[asked.end() : event.type_hit.start]
    if _DEFINITE.search(between):
        return False
    return _KNOWN.search(between) is None and _KNOWN.match(body, event.type_hit.end, event.end) is None

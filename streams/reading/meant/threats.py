"""Tells a threat to a site, which somebody utters or is known to plan, from one that only hangs over a region."""

from typing import Final

from streams.reading.story import Story
from streams.reading.text import gated as re
from streams.reading.what.event import Event
from streams.reading.where.targets import resolve

STANDING: Final = "modality.standing"
"""The rule by which a threat is set aside that says neither when nor by what sign."""

_SPECIFIC: Final = re.compile(
    r"\b(?:hours?|tomorrow|tonight|within|this week|next|deadline|ultimatum|days|imminent|impending|looming|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|credible|specific|for \d|until|our list|end of the month|expect us|planned|prepared|intend\w*|coming (?:days|weeks?|hours|nights?)|imminently|soon|letter|caller|called|message|phone|note|leaflets?)\b",
    re.IGNORECASE,
)
_EXPERTS_WARN: Final = re.compile(
    r"\b(?:think[- ]tanks?|analysts?|experts?|researchers?|scientists?|engineers|economists?|insurers?|underwriters?|stud(?:y|ies)|lawmakers|senators?|MPs|opposition|unions?|pilots|retired \w+|former \w+|critics|lobby\w*|auditors?)\b[^.;]{0,20}\bwarn(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
"""Those who warn of what might be, not of what somebody is about to do."""

_DEED: Final = (
    r"(?:attack|strike(?!\s(?:at|over|on|in|for|from|unless|if|and|again|back)\b|[.,;]|$)|hit|target|bomb|bombard|shell|storm|raid|overrun|seize|capture|burn|torch|set\s(?:[\w\-]+\s){0,4}?(?:fire|alight|ablaze)|blow\s(?:[\w\-]+\s){0,4}?up|blast|destroy|dynamite|sabotage|kidnap|abduct|kill|shoot\s(?!down)"
    r"|fire\s(?:[\w\-]+\s){0,3}?(?:rockets?|missiles?|mortars?|shells|drones|on|at)\b|launch|rain|rocket|level|flatten|ram|poison|assault|invade|sink|detonate|take\s(?:[\w\-]+\s)?hostages?|break\sinto|bring\sdown)"
)
_BLOW: Final = (
    r"(?:attacks?|assaults?|strikes?|raids?|bombings?|bombs?|ambush|sabotage|kidnappings?|abductions?|salvos?|arson)"
)
_UTTERED: Final = re.compile(
    rf"\b(?:threaten(?:s|ed|ing)?|vow(?:s|ed|ing)?|pledg(?:e|es|ed|ing)|promis(?:e|es|ed|ing)|swor[en]|swears?|swearing)\s(?:[\w\-]+\s){{0,2}}?to\s(?:[\w\-]+\s){{0,2}}?{_DEED}"
    rf"|\b(?:sa(?:id|ys?|ying)|warn(?:s|ed|ing)?|t(?:old|ells?|elling)|announc(?:es|ed|ing)|declar(?:es|ed|ing)|wr(?:ote|ites))\b[^.;]{{0,40}}?\s(?:it|they|he|she|we|its\s\w+|their\s\w+)\s(?:would|will|shall|(?:is|are|was|were)\sgoing\sto)\s(?:[\w\-]+\s)?{_DEED}"
    rf"|\b(?:urg(?:es?|ed|ing)|exhort(?:s|ed|ing)?|incit(?:es?|ed|ing)|encourag(?:es?|ed|ing)|call(?:s|ed|ing)?\s(?:up)?on|appeal(?:s|ed|ing)?\sto)\b[^.;]{{1,60}}?\sto\s(?:{_DEED}|march\son|besiege|surround)|\bcall(?:s|ed|ing)?\s(?:[\w\-]+\s){{0,3}}?for\s(?:[\w\-]+\s){{0,3}}?{_BLOW}\s(?:on|against|at)\b"
    rf"|\bthreaten(?:s|ed|ing)?\s(?:an?\s|further\s|more\s|new\s|fresh\s|another\s)+(?:[\w\-]+\s){{0,3}}?{_BLOW}\b",
    re.IGNORECASE,
)
"""What those say who would do it, or want it done."""
_PLANNED: Final = re.compile(
    rf"\b(?:is|are|was|were|be)\s(?:[\w\-]+\s)?(?:planning|plotting|preparing|conspiring)\s(?:to\s(?:[\w\-]+\s)?{_DEED}|(?:an?\s|further\s|more\s|new\s|fresh\s|another\s)*(?:[\w\-]+\s){{0,4}}?{_BLOW}\b)"
    rf"|\b(?:information|intelligence|reports|indications|warnings?|word|tip-?offs?)\b[^.;]{{0,60}}\bmay\s(?:attempt|try|be\s\w+ing)\sto\s(?:[\w\-]+\s)?{_DEED}",
    re.IGNORECASE,
)
"""What others know of their plans."""
_BY_PHONE: Final = re.compile(
    r"\bbomb threats?\b[^.;]{0,30}?\b(?:phoned|called|made|received|e-?mailed|sent|forced|closed|shut|prompted|led to|emptied|triggered|caused|delayed|grounded)\b"
    r"|\b(?:receiv(?:e|ed|es|ing)|got|after|over|following|due to|because of|phoned in|made|sent)\s(?:an?\s|another\s|the\s)?(?:[\w\-]+\s){0,2}?bomb threats?\b",
    re.IGNORECASE,
)
"""A bomb threat that came on a day, to somebody."""
_HANGS: Final = re.compile(
    r"\b(?:long|repeated(?:ly)?|often|regularly|frequently|always|constant(?:ly)?|routinely|usual\w*|(?:again|time) and again|more than once|(?:many|several|numerous) times|continu\w+ to|continue \w+ing|continues|remains?|at any time|little (?:or no )?(?:warning|notice)|in the past|ever since|since (?:19|20)\d\d|every (?:few|year|month|spring|\w+ months)|in the event|vigilan\w+|caution|worldwide|advisory|could|might|analysts?|experts?|commentators?|observers?|columnists?|think[- ]tanks?|if attacked|if provoked)\b"
    r"|\bif\s(?:[\w'’\-]+\s){1,5}?(?:is|are|was|were)\s(?:\w+\s)?(?:attacked|struck|hit|bombed|invaded|threatened|targeted|provoked)\b|\bif\s(?:[\w'’.\-]+\s){1,5}?(?:attack|strike|bomb|invade)s?\b"
    r"|\b(?:who|which|that)\s(?:(?:has|have|had|once|also|earlier|previously)\s)*(?:threaten|vow|pledg|promis|swor|warn)\w*|\bhad\s(?:\w+\s)?(?:threatened|vowed|pledged|promised|sworn|warned)\b",
    re.IGNORECASE,
)
"""What is said ever again, of no occasion, or told of somebody besides."""


def standing(sentence: str) -> bool:
    """Whether a threat says neither when nor by what sign, or is only what experts warn of."""
    return _SPECIFIC.search(sentence) is None or _EXPERTS_WARN.search(sentence) is not None


def against_a_site(story: Story, event: Event) -> bool:
    """Whether a threat that would be standing is made to one site, by somebody who says so or is known to plan it."""
    sentence = event.sentence
    text = story.body[sentence.start : sentence.end]
    if not any(p.search(text) is not None for p in (_UTTERED, _PLANNED, _BY_PHONE)) or _HANGS.search(text) is not None:
        return False
    targets = resolve(
        story.scene, event.start, event.end, (sentence.start, sentence.end), event.first_act, (0, sentence.start)
    )
    return bool(targets) and targets[0].facility_id is not None

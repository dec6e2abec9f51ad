"""The words in which harm to people is told: how many, who, what befell them."""

from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.words import NUMBER, number

ORDINAL: Final = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
"""Those of a count that goes on."""
Q: Final = rf"(?:(?:an?|the)\s+(?:{'|'.join(ORDINAL)})|half\s+a\s+dozen|(?:an?\s+)?half[\s\-]dozen|(?:an?|two|three|four|five)\s+dozen|a\s+couple(?:\s+of)?|an?|another|one|both|the\s+other|{NUMBER})"
"""A number of people: in figures or words, by dozens, or one."""
LIMBS: Final = r"(?:legs?|arms?|eyes?|hands?|f[oe]+t|fingers?|wrists?|ankles?|collar-?\s?bones?|ribs?|ears?|eardrums?|tooth|teeth|elbows?|fore-?arms?|shoulders?|thighs?|heads?|fac(?:e|es)|cheeks?|knees?|jaws?|skulls?|backs?|nos(?:e|es)|hips?|toes?)"
"""Parts of a body."""
DIED: Final = (
    r"(?:killed|shot\s+dead|(?<!went\s)(?<!gone\s)(?<!goes\s)(?<!going\s)(?<!go\s)(?<!fell\s)(?<!played\s)dead|died|dies|dying|deaths?|fatal(?:ity|ities|ly)|martyr(?:s|ed)?|perished|slain|KIA|deceased|beheaded|executed|murdered|drowned|succumbed|embraced\s+martyrdom|lost\s+(?:his|her|their)\s+li(?:fe|ves)|"
    r"hacked\s+to\s+death|burned\s+to\s+death|bled\s+to\s+death|did\s+not\s+survive)"
)
"""What is said of the dead."""
SUFFERED: Final = (
    rf"(?:wounded|injured|hurt|injur(?:y|ies)|wounds?|WIA|treated|hospitali[sz]ed|in\s+(?:(?:the|an?)\s+)?(?:\w+\s+)?hospitals?(?=\s*(?:$|[.,;:)\"”]|with\b|and\b|in\b|at\b|for\b))|f(?:ell|alls|allen|alling)\s+(?:\w+ly\s+)?(?:ill|sick|unconscious)|(?:became|become|was\s+taken|were\s+taken)\s+(?:\w+ly\s+)?(?:ill|sick|unwell)|sickened|poisoned|(?:taken|brought|rushed|admitted)\s+to\s+(?:the\s+|an?\s+)?(?:\w+\s+)?(?:hospital|clinic)|(?:is|was|are|were|been|being|badly|lightly|slightly)\s+(?:burn(?:ed|t)|scalded|grazed|cut|bruised|beaten|stabbed|gassed|concussed|scratched|maimed|mauled|deafened|dazed|bandaged|patched\s+up)|burn(?:ed|t)\s+on|burns|bruises|concussion|"
    rf"los(?:t|ing|es)\s+(?:(?:part\s+of\s+)?(?:an?|his|her)|one|both|two|three|four)\s+(?:{LIMBS}|hearing|sight|consciousness)|{LIMBS}\s+(?:was|were)\s+(?:broken|crushed|cut|burn(?:ed|t)|torn)|in\s+intensive\s+care|in\s+an?\s+(?:\w+\s+)?condition|need(?:s|ed)?\s+(?:stitches|treatment|surgery|hospital)|(?:broke|breaking|broken|fractur(?:ed|ing)|sprain(?:ed|ing)|twist(?:ed|ing)|dislocat(?:ed|ing)|hurt|cut|graz(?:ed|ing)|burn(?:ed|t))\s+(?:an?|his|her|their)\s+{LIMBS}|(?:hit|shot|struck|stabbed|cut|grazed|wounded|burned|injured)\s+(?:in|about|by|on)\s+(?:the\s+|an?\s+|his\s+|her\s+|both\s+)?(?:{LIMBS}|splinters?|shrapnel|glass|fragments?|debris|bullets?|stray\s+bullets?|stones?|neck|chest|stomach)|"
    r"smoke\s+inhalation|overcome\s+by|knocked\s+(?:out|unconscious|down)|(?:suffer|sustain)(?:s|ed|ing)?\s+(?:from\s+)?(?:an?\s+)?(?:[\w\-]+\s+){0,2}?(?:injur\w+|wounds?|burns?|cuts?|broken|fractur\w+|shock|concussions?|bruis\w+|smoke|panic)|scorched|suffocated|vomited|(?:breath|inhal)(?:ed|ing)\s+(?:\w+\s+)?(?:smoke|gas|fumes)|"
    rf"(?:has|have|had|with)\s+(?:an?\s+)?(?:broken|fractured|cracked|dislocated|sprained|swollen|crushed|burst|perforated|twisted|burn(?:ed|t)|cut)\s+{LIMBS}|"
    r"singed|(?:burning|sore|streaming|irritated)\s+eyes|"
    rf"(?:got|gets|had|has|have|received|(?:got|came|come|escaped)\s+(?:away|off)\s+with|escaped\s+with)\s+(?:(?:some|a\s+few|only|minor|light|slight|superficial|small)\s+)*(?:cuts|bruises|burns|grazes|scratches|splinters|gashes)|had\s+(?:an?|his|her|both|one|two|three)\s+{LIMBS}\s+(?:\w+\s+)?(?:broken|crushed|cut|cracked|crushed|torn|burn(?:ed|t)|smashed|fractured)|"
    r"(?:got|gets|had|has|have|took|caught|received|suffered|sustained)\s+an?\s+(?:\w+\s+)?(?:cut|bruise|burn|graze|scratch|splinter|gash|bullet|wound|fragment)\s+(?:to|on|in|across|above|through|under)\s+(?:the|his|her|their|one|an?|each)\b"
    r"|(?:has|have|had)\s+(?:an?\s+)?(?:bruise|graze|splinters\s+in|rash)\b)"
)
"""What is said of the hurt."""
PERSON: Final = (
    r"driver|guard|sentry|watchman|soldier|policem[ae]n|policewoman|conductor|pilot|cook|gardener|interpreter|translator|foreman|captain|master|wife|husband|son|daughter|mother|father|brother|sister|nurse|doctor|caretaker|porter|chief|director|manager|mayor|judge|imam|priest|teacher|gendarme|"
    r"peacekeeper|marine|officer|civilian|contractor|engineer|technician|worker|employee|passer-by|bodyguard|pensioner|labourer|attendant|mechanic|electrician|recruit|conscript|reservist|private|corporal|sergeant|constable|airman|trooper|crewman|mate|docker|handler|operator|welder|steward|vendor|trader|shopkeeper|shepherd|neighbour|bystander|pedestrian|cyclist|patient|medic|paramedic|midwife|volunteer|pupil|refugee|migrant|commander|ambassador|diplomat|consul|secretary|occupant|child|boy|girl|woman|man|student|farmer|fisherman|sailor|passenger|villager|resident|clerk|cleaner|baker|"
    r"apprentice|deckhand|storekeeper|sweeper|seaman|stevedore|fitter|surveyor|cameraman|journalist|photographer|plumber|carpenter|miner|ranger|warden|sapper|gunner|fireman|firefighter|prisoner|inmate|detainee|pilgrim|motorist|motorcyclist|widow|grandmother|grandfather|uncle|aunt|cousin|nephew|niece|baby|infant|toddler|teenager|logistician|accountant|waiter|barber"
)
"""What one of them may be called."""
PEOPLE: Final = (
    rf"(?:(?:{PERSON})s?|men|women|children|people|persons|others|troops|staff|lives|wives|policewomen|passers-by)"
)
"""The same, or several."""


def quantity(words: str, *, killed: bool) -> int | None:
    """The number of a quantity; an ordinal counts up to itself among the dead, and is one among the hurt."""
    low = re.sub(r"\s+", " ", words.lower())
    if (last := low.rsplit(" ", 1)[-1]) in ORDINAL:
        return ORDINAL.index(last) + 2 if killed else 1
    if "half" in low:
        return 6
    if low.endswith("dozen"):
        return 12 * {"a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5}[low.split(" ", maxsplit=1)[0]]
    if low == "both" or low.startswith("a couple"):
        return 2
    if low in {"a", "an", "another", "one", "the other"}:
        return 1
    n = number(low)
    return None if n is None or n > 5000 or 1900 <= n <= 2100 else n

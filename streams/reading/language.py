"""Says whether a text is English, knowingly also for a line or two: scripts first, then common words per language.

Method: counts of function words, which are frequent and short lists, in the way of Grefenstette (1995); words that two
languages share are left out of both lists.
"""

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_ENGLISH: Final = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "in",
        "a",
        "is",
        "was",
        "were",
        "are",
        "for",
        "on",
        "at",
        "by",
        "with",
        "from",
        "that",
        "it",
        "as",
        "be",
        "has",
        "have",
        "had",
        "said",
        "after",
        "near",
        "this",
        "its",
        "not",
        "or",
        "but",
        "who",
        "which",
        "their",
        "an",
        "been",
        "no",
        "two",
        "three",
        "one",
        "will",
        "would",
        "about",
        "into",
        "than",
        "they",
        "he",
        "she",
        "his",
        "her",
        "we",
        "you",
        "all",
        "out",
        "up",
        "over",
        "what",
        "when",
        "where",
        "there",
        "here",
        "just",
    ]
)
_OTHERS: Final = frozenset(
    # French, Spanish, Portuguese, Italian
    "le la les des une dans est sur qui par pour avec aux ont été cette et du el los las del una por con para fue que se su al es en un y según sin como "
    "os das dos uma não com foi na em no il gli della delle nel che sono di da ha alla "
    # German, Dutch, Polish, Czech, Romanian, Hungarian, Turkish, Kurdish, Somali, Swahili, Hausa, Indonesian, Tagalog, Haitian Creole
    "der die das und ist ein eine nicht mit auf von den dem zu im wurde sich bei het een van niet op zijn werd w na nie się do jest przez z o v je se "
    "și în cu pe din este fost ve bir bu ile için da de sonra olan li ji bi ku di û waa oo iyo ka ku uu ayaa ah ee in la wa ya na kwa ni katika "
    "za da ta ba yang dan di dengan untuk dari ini itu ang mga ng sa ay si nan yo te pou ak sou".split()
) - {"in", "a", "no", "to", "the", "was", "as", "an", "at", "on", "is", "do", "die", "we", "us", "all"}


def is_english(title: str, text: str, declared: str) -> bool:
    """Return whether the text can be read as English.

    Parameters
    ----------
    title, text
        The report; up to 4,000 characters of it are looked at.
    declared
        BCP 47 tag of the sender; decides only where the words do not.
    """
    sample = f"{title}\n{text}"[:4000]
    if not sample.isascii():
        latin = sum(1 for c in sample if "A" <= c <= "Z" or "a" <= c <= "z" or "\u00c0" <= c <= "\u024f")
        letters = sum(1 for c in sample if c.isalpha())
        if letters and latin < 0.5 * letters:
            return False
    words = [w.lower() for w in _WORD.findall(sample)]
    english = sum(1 for w in words if w in _ENGLISH)
    others = sum(1 for w in words if w in _OTHERS)
    if english + others < 3:
        return declared.lower().startswith(("en", "und")) or english >= others
    if others > english and (english < 0.12 * len(words) or others > 2 * english):
        return False
    return english > 0 or declared.lower().startswith("en")

"""What says of a site that it is none of those named: a place of its own, or that nobody tells which one it is."""

from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.what.cues import Hit, countries
from streams.reading.where.places import NOT_PLACES
from streams.reading.where.scene import Scene


def withheld(body: str, h: Hit) -> bool:
    """Whether a word for a site is followed by it that nobody says which one it is: "a base, which the army did not name"."""
    if _WHICH.search(body, h.end, h.end + _SOON) is not None:
        return True
    kind = h.text.split()[-1].rstrip("s")
    return any(kind in m["site"] for m in _NOT_NAMED.finditer(body, h.end, h.end + _LATER))


def one_of_several(body: str, start: int, at: int) -> bool:
    """Whether a word for a site, in a stretch that begins at `start`, is one of several, which of them is left open."""
    return _ONE_OF.search(body, max(start, at - 60), at) is not None


_ONE_OF: Final = re.compile(
    r"\b(?:one|either) of (?:the|its|their|[A-Z]\w+['’]s)\s(?:[\w'’.\-]+\s){0,4}$", re.IGNORECASE
)
"""Before the word: "one of the camps", "either of Kuwait's two bases"."""
_SOON: Final = 200
_LATER: Final = 600
"""So far behind a word for a site is told that it shall not be named: as "which", or as the kind of site that it is."""
_TELLS_NOT: Final = (
    r"\b(?:(?:did|does|do|would|will|could|can|is|are|was|were|has|have)(?:\snot\b|n['’]?t\b)|can(?:not|['’]?t)\b|(?:nobody|no one|neither)\s(?:will|would|could)?|without"
    r"|(?:declin|refus|prefer)\w*\s(?:not\s)?to|asked\snot\sto)\s(?:\w+\s)?(?:nam(?:e|ed|ing)|identif(?:y|ied|ying)|specif(?:y|ied|ying)|say(?:ing)?|tell(?:ing)?|be\sdrawn\son|disclos(?:e|ed|ing))"
)
_WHICH: Final = re.compile(
    rf"{_TELLS_NOT}\s(?:us\s)?(?:(?:from\s)?(?:here\s)?which\b(?!\s(?:group|militia|faction|side|party|army))|whether\b[^.;]{{0,20}}\bor\b)"
    rf"|(?<!group)(?<!militia)(?<!faction)(?<!country)(?<!party)(?<!power),\swhich\b(?:\s\w+){{1,4}}\s(?:did|does|do|would|will|could|can)\snot\s(?:name|identify|specify)\b"
    r"|\bwhich\sone\s?\?|\b[\w\-]+\sor\s[\w\-]+,?\s(?:\w+\s)?(?:can(?:not|['’]?t)|could(?:\snot|n['’]?t))\s(?:tell|say)\b"
)
_NOT_NAMED: Final = re.compile(rf"{_TELLS_NOT}\s(?:which\s|what\s)?(?:the\s)?(?P<site>(?:[\w\-]+\s)?\w+)\b")


_OWN_WORDS: Final = re.compile(
    r"\s(?:in|at|outside|near)\s(?:the\s)?(?P<name>(?:[Aa]l-|[Ee]l-)?[A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+)?)"
    r"|\s(?P<ground>on the (?:coast|shore|island|hill|ridge|plain|border|frontier|river|lake|road|edge)\b|(?:from|in|at|on) which\b)"
)
"""Behind a word for a site: words of its own that tell it from others, "the base at Wajiroko", "the airfield on the coast"."""


def told_apart(scene: Scene, h: Hit, end: int) -> bool:
    """Whether a word for a site has a place of its own behind it, which is not one of the sites named before."""
    m = _OWN_WORDS.match(scene.body, h.end, end)
    if m is None or m["name"] is None:
        return m is not None
    name = fold_name(m["name"])
    known = any(
        w in NOT_PLACES or w in countries() or w in scene.lexicon.by_region or w in scene.lexicon.by_core
        for w in (name, name.split()[0])
    )
    if known:
        return False
    return not scene.spots_in(h.end, m.end(), scene.country_near(h.start, m.end(), (h.start, m.end())))

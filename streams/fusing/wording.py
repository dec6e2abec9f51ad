"""What the words of a quote say for comparing: which words they are, and what was struck."""

import re
from typing import Final
from zlib import crc32

MAX_WORDS: Final = 24
"""Words of a quote that are compared: those of least hash, so that two quotes choose alike."""
_WORD: Final = re.compile(r"[^\W_]+")
_STOP_WORDS: Final = (
    "a about after an and are as at been by for from had has have he her his in into is it its no not of on or "
    "said says she that the their there they this to was were where which with near people "
)
_STOP: Final = frozenset(_STOP_WORDS.split())
_THING_CLASSES: Final = (
    "checkpoint checkpoints roadblock",
    "patrol patrols",
    "convoy convoys truck trucks tanker tankers",
    "guard guards watchtower sentry",
    "station stations",
    "market markets bazaar shop shops street",
    "bridge bridges",
    "depot depots warehouse warehouses",
    "runway terminal airport hangar",
    "embassy consulate mission",
    "hospital clinic",
    "school university college",
    "mosque church shrine",
    "port harbour harbor pier quay jetty ship vessel",
    "refinery pipeline oilfield wellhead",
    "substation reactor turbine grid",
    "hotel restaurant cafe",
    "prison jail",
    "house home houses homes apartment",
    "bus minibus",
)
_THINGS: Final = {word: 1 << n for n, line in enumerate(_THING_CLASSES) for word in line.split()}


def word_hashes(quote: str) -> tuple[list[int], int]:
    """Return the 16-bit hashes of a quote's telling words, and the things that it says were struck, a bit for each."""
    found = set(_WORD.findall(quote.casefold()))
    things = 0
    for thing in found & _THINGS.keys():
        things |= _THINGS[thing]
    words = " ".join(found - _STOP).encode(errors="surrogatepass").split()
    hashes = {crc32(w) & 0xFFFF for w in words}
    return sorted(hashes)[:MAX_WORDS], things

"""A text's sketch: 32 numbers by which copies of one text are told, whatever was added in front or edited lightly.

One-permutation MinHash over shingles of three words (Li, Owen, Zhang 2012), empty bins filled from their neighbours to
the right (Shrivastava and Li 2014): the share of equal positions estimates the Jaccard similarity of the shingles.
"""

import re
from bisect import bisect_left
from typing import Final
from zlib import crc32

SIZE: Final = 32
"""Positions of a sketch."""
_WORD = re.compile(r"\w+")
_MASK: Final = 0xFFFFFFFF
_MIX: Final = 0x9E3779B1
"""Odd, near 2^32 / golden ratio: spreads the CRC, which is linear, over the bins."""
_BIN_SHIFT: Final = 27
"""The top 5 of 32 bits choose the bin."""
_EMPTY: Final = 1 << 32
_FILL: Final = 0x85EBCA6B
"""Added for each step that a filling came from, so that two texts agree in a filled bin only when filled alike."""


def sketch(text: str) -> tuple[int, ...]:
    """Return the text's MinHash, 32 numbers of 32 bits; empty for a text without a word.

    Case, punctuation and spacing do not matter. About 0.15 us a character.
    """
    words = [crc32(w) for w in " ".join(_WORD.findall(text.casefold())).encode(errors="surrogatepass").split()]
    if not words:
        return ()
    if len(words) < 3:
        words += words[-1:] * (3 - len(words))
    spread = [(a * 961 + b * 31 + c) * _MIX & _MASK for a, b, c in zip(words, words[1:], words[2:], strict=False)]
    hashes = sorted([(h ^ h >> 15) * _FILL & _MASK for h in spread])
    return tuple(_filled([_least(hashes, at) for at in range(SIZE)]))


def _least(hashes: list[int], at: int) -> int:
    """The least of the hashes in a bin: of those in order the first that is not below it."""
    n = bisect_left(hashes, at << _BIN_SHIFT)
    return hashes[n] if n < len(hashes) and hashes[n] >> _BIN_SHIFT == at else _EMPTY


def similarity(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """Return the estimated Jaccard similarity of two texts from their sketches; 0 where one has none."""
    if not a or len(a) != len(b):
        return 0.0
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


def _filled(least: list[int]) -> list[int]:
    filled = []
    for at in range(SIZE):
        steps = 0
        while (h := least[(at + steps) % SIZE]) == _EMPTY:
            steps += 1
        filled.append((h + steps * _FILL) & _MASK)
    return filled

"""Sketches as one number each, 16 bits a position, so that all positions are compared at once (SWAR)."""

from typing import Final

from streams.sketch import SIZE

_HIGH: Final = sum(0x8000 << 16 * n for n in range(SIZE))
_LOW: Final = sum(0x7FFF << 16 * n for n in range(SIZE))


def equal_lanes(a: int, b: int) -> int:
    """Return at how many positions two sketches agree."""
    differ = a ^ b
    return SIZE - (((differ & _LOW) + _LOW | differ) & _HIGH).bit_count()

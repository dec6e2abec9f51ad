"""Edits of a text, and the way back from every character to the text that came."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """Replaces a stretch of a text by words; an empty stretch inserts them, no words delete it."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """A text as it is read, and the stretch of the text that came for which each of its characters stands."""

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> "Page":
        """Return a text as it came."""
        return cls(text, list(range(len(text))), list(range(1, len(text) + 1)))

    def part(self, start: int, end: int | None = None) -> "Page":
        """Return a stretch of the page."""
        return Page(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def moved(self, by: int) -> "Page":
        """Return the page with the text that came so far down in a longer one."""
        return Page(self.text, [at + by for at in self.starts], [at + by for at in self.ends])

    def edited(self, edits: Iterable[Edit]) -> "Page":
        """Return the page after edits, which are in order and apart.

        Every character of the words stands for the whole stretch that they replace.
        """
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end, words in edits:
            texts += (self.text[at:start], words)
            starts += self.starts[at:start]
            ends += self.ends[at:start]
            begins = self.starts[start] if start < len(self.starts) else self.ends[-1] if self.ends else 0
            stops = self.ends[end - 1] if start < end else begins
            starts += [begins] * len(words)
            ends += [stops] * len(words)
            at = end
        return Page("".join([*texts, self.text[at:]]), starts + self.starts[at:], ends + self.ends[at:])

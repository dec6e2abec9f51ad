"""Verbs of striking, for grammars that look for what was struck: before its name, and behind it."""

from typing import Final

STRIKES: Final = (
    r"(?:hits?|strikes?|struck|rock(?:s|ed)|shakes|shook|target(?:s|ed)|pound(?:s|ed)|shell(?:s|ed)?|bombed"
    r"|attack(?:s|ed)?|storm(?:s|ed)?|raid(?:s|ed)?)"
)
"""Before the name: "Rockets hit Haifa"."""
STRUCK: Final = r"(?:attacked|hit|struck|shelled|bombed|targeted|pounded|rocketed|stormed|raided|mortared|overrun)"
"""Behind it: "Haifa was struck by rockets"."""

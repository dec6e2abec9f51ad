"""What a row keeps of an incident to show to people: a few quotes, as JSON values; the rest is in the incidents topic.

Kept as JSON, because most events at a busy site need none of it, and reading an incident costs more than all the rest.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import orjson

from schemas.incident import Incident

Told = Mapping[str, Any]
"""An incident as JSON values, defaults left out."""

FULL: Final = (2, 240)
"""Quotes, and characters of each."""
BRIEF: Final = (1, 160)
IN_FULL: Final = 4
IN_ALL: Final = 8
"""So many incidents of a site are shown; the latest ones and the gravest ones."""
LATEST: Final = 4


def keep(incident: Incident) -> Told:
    """Return what is kept of an incident that has just come."""
    few = incident.model_copy(update={"testimony": incident.testimony[: FULL[0]]})
    return trim(few.model_dump(mode="json", exclude_defaults=True, exclude_none=True), FULL)


def trim(told: Told, amount: tuple[int, int]) -> Told:
    """Return an incident with no more quotes, and no longer ones, than an amount; the same object when it has not."""
    quotes, characters = amount
    said = {part: told[part] for part in ("testimony", "disputed_by") if part in told}
    if all(len(part) <= quotes and all(len(t["quote"]) <= characters for t in part) for part in said.values()):
        return told
    return {**told, **{name: _trimmed(part, quotes, characters) for name, part in said.items()}}


def read(told: Told) -> Incident:
    """Return the incident."""
    return Incident.model_validate_json(orjson.dumps(told))


def choose(ordered: Sequence[tuple[str, float]]) -> tuple[Collection[str], Collection[str]]:
    """Choose which incidents are shown in full and which in brief: the latest first, then the gravest.

    Parameters
    ----------
    ordered
        Ids and gravities of those that can be shown, in event time.
    """
    if len(ordered) <= IN_FULL:
        return {i for i, _ in ordered}, ()
    latest = [i for i, _ in reversed(ordered[-LATEST:])]
    others = sorted(ordered[:-LATEST], key=lambda pair: (pair[1], pair[0]), reverse=True)
    chosen = [*latest, *(i for i, _ in others)]
    return set(chosen[:IN_FULL]), set(chosen[IN_FULL:IN_ALL])


def _trimmed(testimony: Sequence[Mapping[str, Any]], quotes: int, characters: int) -> list[dict[str, Any]]:
    return [{**t, "quote": _shortened(t["quote"], characters)} for t in testimony[:quotes]]


def _shortened(quote: str, characters: int) -> str:
    return quote if len(quote) <= characters else quote[: characters - 1].rstrip() + "…"

"""Which facility somebody means who names one in their own words, of those that are watched over."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from schemas.connection import Connection
from schemas.facility import Facility
from streams.desk.publishing import published_facilities
from streams.gazetteer import Gazetteer

_PART: Final = 3
"""Letters that may stand for a name of which they are a part."""
_TOLD: Final = 5
"""Facilities that are told of those that may be meant."""
_SIMILAR: Final = 3
"""Names that are offered in place of one that there is not."""
_LIKE: Final = 0.7
"""How much alike they must be spelled (`difflib`'s ratio)."""


class AmbiguousNameError(LookupError):
    """A name by which facilities of several sites may be meant; the message says which."""


def facilities_in_force(connection: Connection, namespace: str, file: Path | None = None) -> Gazetteer:
    """Return what is watched over: a file where one is named, else what is published, else the defaults.

    Raises
    ------
    TopicError
        The topic is missing, or the broker cannot be reached.
    """
    if file is not None:
        return Gazetteer.from_geojson(file)
    return Gazetteer(published_facilities(connection, namespace).in_force().values())


def find(gazetteer: Gazetteer, what: str) -> list[Facility]:
    """Return the facilities that are meant: by id, by name or alias, else those in whose name words begin so."""
    if what in gazetteer.by_id:
        return [gazetteer.by_id[what]]
    said, all_of_them = what.casefold(), gazetteer.by_id.values()
    named = [f for f in all_of_them if said in map(str.casefold, _names(f))]
    if named or len(said) < _PART:
        return named
    begins = re.compile(rf"\b{re.escape(said)}")
    return [f for f in all_of_them if begins.search(f.name.casefold())]


def meant(gazetteer: Gazetteer, what: str) -> Facility | None:
    """Return the one facility that is meant, None where none is called so.

    Where parts of one site are meant alike, it is the one that the site is called by.

    Raises
    ------
    AmbiguousNameError
        Facilities of several sites are.
    """
    found = find(gazetteer, what)
    if len(found) < 2:
        return found[0] if found else None
    sites = {gazetteer.site_of(f.id) or f.id for f in found}
    if len(sites) == 1:
        return gazetteer.members(sites.pop())[0]
    names = ", ".join(f"{f.id} ({f.name})" for f in found[:_TOLD])
    raise AmbiguousNameError(f"{what!r} may be any of {len(found)} facilities: {names}")


def or_do_you_mean(gazetteer: Gazetteer, what: str) -> str:
    """Return what to add to a message that nothing is called so: the facilities spelled much like it, if any."""
    owner = {n.casefold(): f.id for f in gazetteer.by_id.values() for n in (f.id, *_names(f))}
    close = get_close_matches(what.casefold(), owner, n=_SIMILAR, cutoff=_LIKE)
    ids = dict.fromkeys(owner[name] for name in close)
    return f"; do you mean {' or '.join(f'{i} ({gazetteer.by_id[i].name})' for i in ids)}?" if ids else ""


def _names(facility: Facility) -> tuple[str, ...]:
    return (facility.name, *facility.aliases)

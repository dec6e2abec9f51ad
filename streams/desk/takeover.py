"""What a new set of facilities changes in what is watched over, what it would end, and what of that is asked for first.

It is held against the set in force: until something is published, that is the example that ships, and everybody who
brings a list of their own takes its place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from alerts.current import read_current
from alerts.verdict import override
from schemas.alert import Alert
from schemas.connection import Connection
from schemas.facility import Facility
from schemas.geo import distance_km
from schemas.policy import Policy
from schemas.taxonomy import AlertState, Traffic
from streams.desk.publishing import Published
from streams.gazetteer import Gazetteer

_FAR_KM: Final = 25.0
"""Nobody corrects a position by so much: it is another place."""
_TOLD: Final = 3
_LARGE_SHARE: Final = 0.25
"""A larger share of what is watched over is not taken off in passing."""


@dataclass(frozen=True, slots=True)
class Change:
    """How a new set of facilities differs from the one in force."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[tuple[str, float], ...]
    """Those of the changed that lie elsewhere, with how many km off."""
    kept: int
    """How many are in both."""
    first: bool
    """Whether the one in force is the example that ships, since none was published yet."""

    @property
    def nothing(self) -> bool:
        """Whether the sets are the same."""
        return not (self.added or self.changed or self.removed)

    @property
    def watched(self) -> int:
        """How many facilities are in force."""
        return self.kept + len(self.removed)


def compare(before: Published, gazetteer: Gazetteer) -> Change:
    """Return what publishing would change in what is watched over."""
    old, new = before.in_force(), gazetteer.by_id
    both = new.keys() & old.keys()
    return Change(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(i for i in both if new[i] != old[i])),
        moved=tuple((i, km) for i in sorted(both) if (km := _km_between(old[i], new[i])) > _FAR_KM),
        removed=tuple(sorted(old.keys() - new.keys())),
        kept=len(both),
        first=before.manifest is None,
    )


def unwatched_alerts(connection: Connection, namespace: str, gazetteer: Gazetteer) -> list[Alert]:
    """Return the open alerts that end with a set of facilities, since it has no such site; the gravest first.

    A site ends with its facilities, or when it becomes part of another one.

    Raises
    ------
    TopicError
        A topic is missing, or the broker cannot be reached.
    """
    sites = frozenset(gazetteer.sites)
    return _open_alerts(connection, namespace, lambda a: a.site_id not in sites)


def switched_off_alerts(connection: Connection, namespace: str, gazetteer: Gazetteer, policy: Policy) -> list[Alert]:
    """Return the open alerts that end with a policy, since it switches their site off; the gravest first.

    Raises
    ------
    TopicError
        A topic is missing, or the broker cannot be reached.
    """
    return _open_alerts(connection, namespace, lambda a: override(a.site_id, gazetteer.members(a.site_id), policy).off)


def _open_alerts(connection: Connection, namespace: str, ending: Callable[[Alert], bool]) -> list[Alert]:
    current = (a for traffic in Traffic for a in read_current(connection, namespace, traffic).values())
    found = (a for a in current if a.state is AlertState.OPEN and ending(a))
    return sorted(found, key=lambda a: (a.traffic is not Traffic.ACTUAL, -a.level.rank, a.alert_id))


def why_ask(change: Change, ending: Sequence[Alert]) -> str | None:
    """Return why a change is not made in passing, as a sentence; None where it is."""
    reasons = [reason for reason in (_much(change), _far(change), cancelled(len(ending))) if reason is not None]
    return "; ".join(reasons) or None


def _much(change: Change) -> str | None:
    """How much of what is watched over ends, if that is much."""
    if len(change.removed) <= _LARGE_SHARE * change.watched:
        return None
    if not (change.added or change.kept):
        return f"nothing would be watched over any more: {_all_of(change)} would go, and there is none in the file"
    if change.first:
        return f"this list takes the place of {_all_of(change)} that ship as an example, and those are watched over now"
    return f"the watch over {_all_of(change)} would end"


def _far(change: Change) -> str | None:
    """How many facilities would lie elsewhere; an open alert there would go on with what happened at the old place."""
    if not change.moved:
        return None
    named = ", ".join(f"{facility_id} by {km:,.0f} km" for facility_id, km in change.moved[:_TOLD])
    more = f" and {len(change.moved) - _TOLD:,} more" if len(change.moved) > _TOLD else ""
    return f"another place would be watched over under the same id: {named}{more}"


def _km_between(one: Facility, other: Facility) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def cancelled(count: int) -> str | None:
    """What is said of open alerts that would end; None where there is none."""
    if not count:
        return None
    alerts, them = ("an open alert", "it") if count == 1 else (f"{count:,} open alerts", "them")
    return f"{alerts} would be cancelled: the watch behind {them} ends, the danger does not"


def _all_of(change: Change) -> str:
    share = "the" if len(change.removed) == change.watched else f"{len(change.removed):,} of"
    return f"{share} {change.watched:,} {'facility' if change.watched == 1 else 'facilities'}"

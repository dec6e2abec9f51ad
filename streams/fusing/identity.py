"""Which group of accounts goes on as which incident: ids never change, of two that become one the older goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from streams.fusing.rows import IncidentRow

Group = tuple[str, ...]
"""Mention ids, sorted."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What becomes of the groups, and of the incidents that stood."""

    owner: Mapping[Group, IncidentRow | None]
    """The incident that each group goes on as; None founds one."""
    merged: Mapping[str, str]
    """Incident id -> the older one that it turned out to be."""
    emptied: tuple[IncidentRow, ...]
    """Incidents without any account left."""


def claim(groups: Sequence[Group], stood: Sequence[IncidentRow]) -> Claims:
    """Let each incident claim the group that holds its founder, else most of its accounts; the oldest first."""
    home = {mention_id: group for group in groups for mention_id in group}
    owner: dict[Group, IncidentRow | None] = dict.fromkeys(groups)
    merged: dict[str, str] = {}
    emptied = []
    for row in sorted(stood, key=lambda r: r.age):
        group = home.get(row.founder) or _most(row, home)
        if group is None:
            emptied.append(row)
        elif (older := owner[group]) is not None:
            merged[row.incident_id] = older.incident_id
        else:
            owner[group] = row
    return Claims(owner, merged, tuple(emptied))


def _most(row: IncidentRow, home: Mapping[str, Group]) -> Group | None:
    counts: dict[Group, int] = {}
    for account in row.accounts:
        if (group := home.get(account.mention_id)) is not None:
            counts[group] = counts.get(group, 0) + 1
    return min(counts, key=lambda g: (-counts[g], g), default=None)

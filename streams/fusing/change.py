"""What an event changes: the connected accounts are clustered anew, and each group goes on under an id.

The incidents are a function of the set of accounts; only their ids remember what came first.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from schemas.incident import Incident
from schemas.policy import Policy
from schemas.taxonomy import IncidentState
from streams.fusing.account import Account
from streams.fusing.clusters import CUT, LINK
from streams.fusing.compose import compose
from streams.fusing.connected import Component, Members
from streams.fusing.crowd import Shift
from streams.fusing.denials import concerns
from streams.fusing.holdings import Holdings, Overlay
from streams.fusing.identity import Claims, Group, claim
from streams.fusing.likeness import resemblance
from streams.fusing.opposition import Opposing
from streams.fusing.profile import profile
from streams.fusing.rows import Crowd, IncidentRow, References, Ruling, incident_id_of
from streams.gazetteer import Gazetteer

MAX_DISPUTES: Final = 6
"""Of so many sources it is kept that they deny an incident."""
GHOSTS: Final = 3
"""So many accounts of a withdrawn incident are kept, to know it again when a correction tells of it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a step looks things up in."""

    gazetteer: Gazetteer
    policy: Policy

    @property
    def versions(self) -> References:
        """Their versions."""
        return References(self.gazetteer.version, self.policy.version)


@dataclass(frozen=True, slots=True)
class Cause:
    """The event at hand, and when it came."""

    event: str
    ingest_ms: int
    heirs: tuple[str, ...] = ()
    """Reports that may take up an incident which it leaves empty."""


@dataclass(frozen=True, slots=True)
class Denying:
    """What an event changes of what is denied."""

    come: Account | None = None
    """A denial that comes."""
    gone: tuple[Account, ...] = ()
    """Denials that are taken back themselves."""


UNDENIED: Final = Denying()


def change(
    held: Holdings,
    cause: Cause,
    reference: Reference,
    moved: Shift,
    rulings: Sequence[Ruling] = (),
    denying: Denying = UNDENIED,
) -> list[IncidentRow]:
    """Return the incidents that are not as they were, before they get their revision; nothing is changed yet.

    Parameters
    ----------
    moved
        Who speaks that did not, and who does not any more.
    rulings
        What an operator says besides.
    denying
        The denials that come and go.
    """
    new = {a.mention_id: a for a in moved.speaking}
    gone = frozenset(a.mention_id for a in moved.silenced)
    scores = Overlay(held, moved.speaking, gone, rulings)
    seeds = _seeds(held, moved.silenced, rulings) - gone
    connected = [
        {m: new.get(m) or held.accounts[m] for m in members}
        for members in held.connected.around(new.keys(), gone, seeds, scores)
    ]
    groups, stood = _touched(held, _clustered(held, connected, scores, new.keys(), gone), new.keys(), gone)
    claims = claim(groups, [held.rows[i] for i in stood])
    changed: list[IncidentRow] = []
    taken = {*stood}
    for group, owner in claims.owner.items():
        of_group = tuple(sorted((new.get(m) or held.accounts[m] for m in group), key=lambda a: a.order))
        row = owner or _founded(held, of_group, cause, taken)
        taken.add(row.incident_id)
        now = replace(
            row,
            state=IncidentState.STANDING,
            accounts=of_group,
            crowd=held.quiet.crowd(group, moved.quiet),
            disputes=_disputes(held, of_group, denying),
            until_s=max(a.latest_s for a in of_group),
            target=row.target or _inherited_target(held, row, claims),
            closed=None,
            heirs=(),
        )
        if now != row:
            changed.append(replace(now, by=cause.event))
    changed += _told_otherwise(held, cause, moved, denying, stood)
    for incident_id, into in sorted(claims.merged.items()):
        row = held.rows[incident_id]
        closed = content(row, reference).model_copy(update={"state": IncidentState.MERGED, "merged_into": into})
        changed.append(
            replace(
                row,
                state=IncidentState.MERGED,
                accounts=(),
                closed=closed,
                by=cause.event,
                crowd=Crowd(),
                disputes=(),
            )
        )
    for row in claims.emptied:
        closed = content(row, reference).model_copy(update={"state": IncidentState.WITHDRAWN})
        ghosts = row.accounts[:GHOSTS]
        changed.append(
            replace(
                row,
                state=IncidentState.WITHDRAWN,
                accounts=ghosts,
                closed=closed,
                by=cause.event,
                heirs=cause.heirs,
                crowd=Crowd(),
                disputes=(),
            )
        )
    return changed


def content(row: IncidentRow, reference: Reference) -> Incident:
    """Return what an incident says, without its revision and versions."""
    if row.closed is not None:
        return row.closed
    return compose(row, reference.gazetteer, reference.policy)


def _seeds(held: Holdings, removed: Sequence[Account], rulings: Sequence[Ruling]) -> set[str]:
    """The held accounts from which the connected ones are found."""
    seeds = {m for r in rulings for m in (*r.ones, *r.others) if m in held.accounts}
    for a in removed:
        seeds.update(m for m, s in held.links(a.mention_id).items() if s > LINK)
        seeds.update(b.mention_id for b in held.rows[held.home[a.mention_id]].accounts)
    return seeds


def _clustered(
    held: Holdings, connected: Sequence[Members], scores: Overlay, new: AbstractSet[str], gone: AbstractSet[str]
) -> list[Group]:
    """The incidents of some components."""
    found = [
        Component(members, held.connected.clustered(members, Opposing(members, scores), afresh=scores.ruled))
        for members in connected
    ]
    held.connected.propose(found, new, gone)
    return [group for component in found for group in component.clustering.groups]


def _touched(
    held: Holdings, groups: Sequence[Group], new: AbstractSet[str], gone: AbstractSet[str]
) -> tuple[list[Group], set[str]]:
    """The groups that are not an incident as it stands, and the incidents that these may go on as."""
    touched: list[Group] = []
    stood = {held.home[m] for m in gone if m in held.home}
    for group in groups:
        homes = {held.home.get(m) for m in group}
        home = homes.pop() if len(homes) == 1 else None
        row = held.rows[home] if home else None
        if row is None or len(row.accounts) != len(group) or row.founder in new or not new.isdisjoint(group):
            touched.append(group)
            stood.update(held.home[m] for m in group if m in held.home)
    return touched, stood


def _told_otherwise(
    held: Holdings, cause: Cause, moved: Shift, denying: Denying, stood: set[str]
) -> Iterator[IncidentRow]:
    """Incidents whose speakers are as they were, but not their number, or that are disputed now."""
    guides = {q.guide for m, new in moved.quiet.items() for q in (new, held.quiet.by_id.get(m)) if q}
    denials = (*denying.gone, denying.come) if denying.come else denying.gone
    denied = {a.mention_id for denial in denials for a in held.denied_by(denial)}
    for incident_id in sorted({held.home[m] for m in guides | denied if m in held.home} - stood):
        row = held.rows[incident_id]
        crowd = held.quiet.crowd((a.mention_id for a in row.accounts), moved.quiet)
        now = replace(row, crowd=crowd, disputes=_disputes(held, row.accounts, denying))
        if now != row:
            yield replace(now, by=cause.event)


def _disputes(held: Holdings, accounts: Sequence[Account], denying: Denying) -> tuple[Account, ...]:
    """The denials of an incident, the earliest of each source."""
    denial = denying.come
    found = [d.account for d in held.denials_of(accounts) if d.account not in denying.gone]
    if denial and any(concerns(profile(denial), held.profile(a)) for a in accounts):
        found.append(denial)
    first: dict[str, Account] = {}
    for one in sorted(found, key=lambda a: a.order):
        first.setdefault(one.speaker, one)
    return tuple(first.values())[:MAX_DISPUTES]


def _founded(held: Holdings, accounts: tuple[Account, ...], cause: Cause, taken: set[str]) -> IncidentRow:
    """A new incident's row, or that of one which was withdrawn or merged and lives again."""
    for a in accounts:
        for incident_id in sorted(held.revivable.get(a.report_id, set()) - taken):
            row = held.rows[incident_id]
            if any(resemblance(profile(a), profile(ghost)) > CUT for ghost in row.accounts):
                return replace(row, founder=a.mention_id)
    incident_id, founder = next(
        (free, a.mention_id) for free, a in _ids(accounts) if free not in taken and not _stands(held.rows.get(free))
    )
    return held.rows.get(incident_id) or IncidentRow(
        incident_id=incident_id,
        founder=founder,
        founded_ms=cause.ingest_ms,
        revision=0,
        state=IncidentState.STANDING,
        by=cause.event,
        versions="",
        accounts=(),
        sites={},
        until_s=0,
    )


def _ids(accounts: Sequence[Account]) -> Iterator[tuple[str, Account]]:
    """The ids that accounts can found, without end: an incident may go on without the mention that founded it."""
    for lives in count():
        for a in accounts:
            yield incident_id_of(f"{a.mention_id}#{lives}" if lives else a.mention_id), a


def _stands(row: IncidentRow | None) -> bool:
    return row is not None and row.standing


def _inherited_target(held: Holdings, row: IncidentRow, claims: Claims) -> str | None:
    """What an operator said of an incident that turned out to be this one."""
    merged = (held.rows[i] for i, into in sorted(claims.merged.items()) if into == row.incident_id)
    return next((r.target for r in merged if r.target), None)

"""The step from mentions to incidents and exposures.

An arriving account changes the pairs around it; the connected accounts are clustered anew, so that the incidents are a
function of the set of mentions and not of their order. What stays of a cluster keeps its id; what changed is published.

    event ──▶ accounts added / removed ──▶ connected accounts ──▶ clusters ──▶ ids ──▶ rows that changed
                                                                              revisions, exposures ◀──┘
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from schemas.action import Action
from schemas.exposure import Exposure
from schemas.incident import Incident
from schemas.mention import Mention, Withdrawal
from schemas.outcome import Outcome, Output, Step
from schemas.policy import Policy
from schemas.report import Tick
from schemas.taxonomy import IncidentState, Verdict, WithdrawalReason
from schemas.topics import EXPOSURES, INCIDENTS
from streams.fusing.account import Account, account
from streams.fusing.clusters import CUT, LINK, component, partition
from streams.fusing.compose import compose
from streams.fusing.holdings import Holdings, Overlay
from streams.fusing.identity import claim
from streams.fusing.likeness import profile, resemblance
from streams.fusing.operators import Decision, decide, result
from streams.fusing.reach import concerns
from streams.fusing.rows import (
    IncidentRow,
    Recipient,
    References,
    Row,
    Ruling,
    action_key,
    dump,
    incident_id_of,
    load,
    references_key,
    withdrawal_key,
)
from streams.gazetteer import Gazetteer

FUSER: Final = "fuse-1"
"""Version of the method; named in every incident."""
MARGIN: Final = timedelta(days=1)
"""Rows are kept so much longer than the lateness."""


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
    """Reports that may take up what it leaves empty."""
    reason: str = "withdrawn by its source"


class Fusion:
    """All incidents of one partition of the mentions topic.

    `step` computes and changes nothing; `apply` takes over the rows that the shell has written.
    """

    def __init__(self, partition: int) -> None:
        self.partition = partition
        self._held = Holdings()
        self._drafts: dict[str, tuple[bytes, Row]] = {}

    @classmethod
    def restore(cls, partition: int, rows: Iterable[tuple[str, bytes]]) -> "Fusion":
        """Rebuild from the table's rows of this partition.

        Raises
        ------
        RowVersionError
            A row was written by a version that this one does not know.
        """
        fusion = cls(partition)
        fusion.apply(dict(rows))
        return fusion

    def step(
        self,
        event: Mention | Withdrawal | Action | Tick,
        reached: datetime | None,
        ingest_ms: int,
        gazetteer: Gazetteer,
        policy: Policy,
    ) -> Step[bytes]:
        """Return what an event leads to: rows to write, incidents and exposures to send, and its outcome.

        Parameters
        ----------
        reached
            The watermark; None while it is unknown.
        ingest_ms
            When the event's report was taken in: dates the founding of an incident.
        """
        reference = Reference(gazetteer, policy)
        match event:
            case Mention():
                return self._on_mention(event, reached, ingest_ms, reference)
            case Withdrawal():
                return self._on_withdrawal(event, ingest_ms, reference)
            case Tick():
                return self._on_tick(event, reached, reference)
            case Action():
                return self._on_action(event, reached, ingest_ms, reference)

    def apply(self, rows: Mapping[str, bytes | None]) -> None:
        """Take over rows that were written.

        Raises
        ------
        RowVersionError
            A row was written by a version that this one does not know.
        """
        self._held.change({key: None if body is None else self._read(key, body) for key, body in rows.items()})

    def assignments(self) -> Iterator[tuple[str, str]]:
        """Yield each held mention's id with the id of its incident."""
        yield from sorted(self._held.home.items())

    @property
    def standing(self) -> int:
        """How many incidents stand."""
        return sum(row.standing for row in self._held.rows.values())

    def _on_mention(
        self, mention: Mention, reached: datetime | None, ingest_ms: int, reference: Reference
    ) -> Step[bytes]:
        one = account(mention, reference.gazetteer)
        cause = Cause(f"mention {mention.mention_id} {one.digest}", ingest_ms)
        known = self._held.accounts.get(mention.mention_id)
        if known is not None and known.digest == one.digest:
            return self._repeat(
                {*self._held.made_by.get(cause.event, ()), self._held.home[mention.mention_id]}, reference
            )
        if any(
            _takes_back(self._held.withdrawals[key], one) for key in self._held.withdrawals_of.get(one.report_id, ())
        ):
            return self._repeat(
                self._held.revivable.get(one.report_id, ()), reference, Outcome.WITHDRAWN, "already_withdrawn"
            )
        changed = self._change(one, [known] if known else [], cause, reference)
        home = next(r for r in changed if r.standing and any(a is one for a in r.accounts))
        outcome = Outcome.JOINED if len(home.accounts) > 1 else Outcome.FOUNDED
        if reached is not None and mention.event_time < reached - reference.policy.lateness:
            outcome = Outcome.LATE
        return self._publish(changed, reference, outcome, "replaced" if known else "")

    def _on_withdrawal(self, withdrawal: Withdrawal, ingest_ms: int, reference: Reference) -> Step[bytes]:
        key = withdrawal_key(self.partition, withdrawal)
        cause = Cause(
            f"withdrawal {key} {withdrawal.by_report or ''}",
            ingest_ms,
            tuple(r for r in (withdrawal.report_id, withdrawal.by_report) if r),
            f"{withdrawal.reason.value} by {withdrawal.source}"[:300],
        )
        if key in self._held.withdrawals:
            return self._repeat(self._held.made_by.get(cause.event, ()), reference)
        accounts = self._held.accounts
        told = [accounts[m] for m in sorted(self._held.of_report.get(withdrawal.report_id, ()))]
        taken = [a for a in told if _takes_back(withdrawal, a)]
        if told and not taken and all(not _heard(withdrawal, a) for a in told):
            return Step(Outcome.IGNORED, reason="foreign_source")
        changed = self._change(None, taken, cause, reference) if taken else []
        step = self._publish(changed, reference, Outcome.WITHDRAWN if taken else Outcome.HELD, "")
        return replace(step, rows={**step.rows, key: self._draft(key, withdrawal)})

    def _on_tick(self, tick: Tick, reached: datetime | None, reference: Reference) -> Step[bytes]:
        cause = Cause(f"tick {tick.record_id}", 0)
        if repeated := self._held.made_by.get(cause.event):
            return replace(self._repeat(repeated, reference), outcome=Outcome.TICK)
        rows: dict[str, bytes | None] = {}
        if reached is not None:
            rows |= self._expire(reached - reference.policy.lateness - MARGIN)
        moved: list[IncidentRow] = []
        if self._held.references != reference.versions:
            key = references_key(self.partition)
            rows[key] = self._draft(key, reference.versions)
            standing = (row for row in self._held.rows.values() if row.standing and row.incident_id not in rows)
            moved = [row for row in sorted(standing, key=lambda r: r.age) if self._concerned_otherwise(row, reference)]
        step = self._publish([replace(row, by=cause.event) for row in moved], reference, Outcome.TICK, "")
        step = replace(step, rows={**rows, **step.rows})
        return step if moved or reached is None else self._retry(step, reached, reference)

    def _on_action(self, action: Action, reached: datetime | None, ingest_ms: int, reference: Reference) -> Step[bytes]:
        decision = decide(action, self._held, reference.gazetteer)
        at = reached or action.at
        key = action_key(self.partition, action.action_id)
        match decision.verdict:
            case Verdict.HELD:
                return Step(
                    Outcome.HELD,
                    (result(action, decision, at),),
                    {key: self._draft(key, action)},
                    reason="no_incident_yet",
                )
            case Verdict.APPLIED:
                step = self._carry_out(action, decision, ingest_ms, reference)
                return replace(step, outputs=(*step.outputs, result(action, decision, at)))
            case _:
                return Step(Outcome.REFUSED, (result(action, decision, at),))

    def _carry_out(self, action: Action, decision: Decision, ingest_ms: int, reference: Reference) -> Step[bytes]:
        cause = Cause(f"action {action.action_id}", ingest_ms)
        row = self._held.rows[action.incident_id or ""]
        if action.action_id in row.actions:
            return self._repeat({row.incident_id, *self._held.made_by.get(cause.event, ())}, reference)
        changed = self._change(None, (), cause, reference, decision.rulings) if decision.rulings else []
        mine = next((r for r in changed if r.incident_id == row.incident_id), row)
        ruled = replace(
            mine,
            by=cause.event,
            actions=(*mine.actions, action.action_id),
            rulings=(*mine.rulings, *decision.rulings),
            target=decision.target or mine.target,
        )
        others = [r for r in changed if r.incident_id != row.incident_id]
        return self._publish([ruled, *others], reference, Outcome.APPLIED, action.kind.value)

    def _retry(self, step: Step[bytes], reached: datetime, reference: Reference) -> Step[bytes]:
        """Apply the first held action whose incident has come, or refuse those whose time is up."""
        hold = timedelta(hours=reference.policy.episode.hold_action_h)
        for key, action in sorted(self._held.actions.items()):
            decision = decide(action, self._held, reference.gazetteer)
            gone: dict[str, bytes | None] = {key: None}
            if decision.verdict is Verdict.APPLIED:
                done = self._carry_out(action, decision, int(action.at.timestamp() * 1000), reference)
                outputs = (*step.outputs, *done.outputs, result(action, decision, reached))
                return replace(step, outputs=outputs, rows={**step.rows, **done.rows, **gone})
            if decision.verdict is Verdict.REFUSED or action.at + hold < reached:
                verdict = replace(decision, verdict=Verdict.REFUSED)
                step = replace(
                    step, outputs=(*step.outputs, result(action, verdict, reached)), rows={**step.rows, **gone}
                )
        return step

    def _expire(self, before: datetime) -> dict[str, bytes | None]:
        gone: dict[str, bytes | None] = dict.fromkeys(self._held.expired(int(before.timestamp())))
        gone |= {key: None for key, w in self._held.withdrawals.items() if w.at < before}
        return gone

    def _repeat(
        self, incident_ids: Iterable[str], reference: Reference, outcome: Outcome = Outcome.REPEATED, reason: str = ""
    ) -> Step[bytes]:
        """Send again what was sent of these incidents."""
        return self._publish([self._held.rows[i] for i in sorted(incident_ids)], reference, outcome, reason)

    def _change(
        self,
        added: Account | None,
        removed: Sequence[Account],
        cause: Cause,
        reference: Reference,
        rulings: Sequence[Ruling] = (),
    ) -> list[IncidentRow]:
        """Cluster anew what the change touches; return the incidents that are not as they were, not yet revised."""
        held = self._held
        new = {added.mention_id: added} if added else {}
        gone = frozenset(a.mention_id for a in removed)
        scores = Overlay(held, added, gone, rulings)
        seeds = set(new) | {m for r in rulings for m in (*r.ones, *r.others) if m in held.accounts}
        for a in removed:
            seeds.update(m for m, s in held.links(a.mention_id).items() if s > LINK)
            seeds.update(b.mention_id for b in held.rows[held.home[a.mention_id]].accounts)
        members = component((seeds - gone) | set(new), scores)
        groups = partition(members, scores)
        accounts = {m: new.get(m) or held.accounts[m] for m in members}
        stood = {held.home[m] for m in (*members, *gone) if m in held.home}
        claims = claim(groups, [held.rows[i] for i in stood])
        changed = []
        for group in groups:
            of_group = tuple(sorted((accounts[m] for m in group), key=lambda a: a.order))
            row = claims.owner.get(group) or self._founded(of_group, cause)
            target = row.target or next(
                (
                    t
                    for i, into in sorted(claims.merged.items())
                    if into == row.incident_id and (t := held.rows[i].target)
                ),
                None,
            )
            if row.accounts != of_group or row.target != target or not row.standing:
                until_s = max(a.latest_s for a in of_group)
                changed.append(
                    replace(
                        row,
                        accounts=of_group,
                        until_s=until_s,
                        target=target,
                        by=cause.event,
                        state=IncidentState.STANDING,
                        closed=None,
                        heirs=(),
                    )
                )
        for incident_id, into in sorted(claims.merged.items()):
            changed.append(self._merged(held.rows[incident_id], into, cause, reference))
        changed += [self._emptied(row, cause, reference) for row in claims.emptied]
        return changed

    def _founded(self, accounts: tuple[Account, ...], cause: Cause) -> IncidentRow:
        """A new incident's row, or that of one which was merged or withdrawn and lives again."""
        for a in accounts:
            for incident_id in sorted(self._held.revivable.get(a.report_id, ())):
                row = self._held.rows[incident_id]
                if any(resemblance(profile(a), profile(former)) > CUT for former in row.accounts):
                    return replace(row, founder=accounts[0].mention_id)
        incident_id = incident_id_of(accounts[0].mention_id)
        if (known := self._held.rows.get(incident_id)) is not None:
            return known
        return IncidentRow(
            incident_id=incident_id,
            founder=accounts[0].mention_id,
            founded_ms=cause.ingest_ms,
            revision=0,
            state=IncidentState.STANDING,
            by=cause.event,
            versions="",
            accounts=(),
            sites={},
            until_s=0,
        )

    def _merged(self, row: IncidentRow, into: str, cause: Cause, reference: Reference) -> IncidentRow:
        last = self._incident(row, reference)
        closed = last.model_copy(update={"state": IncidentState.MERGED, "merged_into": into})
        return replace(row, state=IncidentState.MERGED, accounts=(), closed=closed, by=cause.event)

    def _emptied(self, row: IncidentRow, cause: Cause, reference: Reference) -> IncidentRow:
        last = self._incident(row, reference)
        closed = last.model_copy(update={"state": IncidentState.WITHDRAWN})
        return replace(
            row,
            state=IncidentState.WITHDRAWN,
            accounts=row.accounts[:3],
            closed=closed,
            by=cause.event,
            heirs=cause.heirs,
        )

    def _publish(
        self, changed: Iterable[IncidentRow], reference: Reference, outcome: Outcome, reason: str
    ) -> Step[bytes]:
        """Give each incident its revision where its content changed, and send it with all its exposures."""
        rows: dict[str, bytes | None] = {}
        outputs: list[Output] = []
        for draft in changed:
            row = self._revised(draft, reference)
            if row is not self._held.rows.get(row.incident_id):
                rows[row.incident_id] = self._draft(row.incident_id, row)
            incident = self._incident(row, reference).model_copy(update={"revision": row.revision, "versions": row.versions})
            outputs.append(Output(INCIDENTS, incident.incident_id, incident))
            outputs += [
                Output(EXPOSURES, site_id, _exposure(site_id, to, incident)) for site_id, to in sorted(row.sites.items())
            ]
        return Step(outcome, tuple(outputs), rows, reason=reason)

    def _incident(self, row: IncidentRow, reference: Reference) -> Incident:
        if row.closed is not None:
            return row.closed
        return compose(row.incident_id, row.accounts, row.target, reference.gazetteer, reference.policy)

    def _told(self, row: IncidentRow, incident: Incident, reference: Reference) -> dict[str, Recipient]:
        """What every site that was ever told is to be told now."""
        now = concerns(incident, reference.gazetteer, reference.policy) if row.standing else {}
        told = {site_id: Recipient(c.facility_id, c.distance_km, c.probability) for site_id, c in now.items()}
        for site_id, before in row.sites.items():
            if site_id not in told:
                told[site_id] = replace(before, reason=_why_not(row, incident, before, reference.gazetteer))
        return told

    def _concerned_otherwise(self, row: IncidentRow, reference: Reference) -> bool:
        """Whether other sites are concerned, or otherwise, than was told."""
        return self._told(row, self._incident(row, reference), reference) != row.sites

    def _draft(self, key: str, row: Row) -> bytes:
        body = dump(row)
        self._drafts[key] = (body, row)
        return body

    def _read(self, key: str, body: bytes) -> Row:
        draft = self._drafts.pop(key, None)
        return draft[1] if draft is not None and draft[0] is body else load(key, body)


def _heard(withdrawal: Withdrawal, one: Account) -> bool:
    same = withdrawal.source.casefold() == one.source.casefold()
    return withdrawal.traffic.value == one.traffic and (same or withdrawal.reason is WithdrawalReason.OPERATOR)


def _takes_back(withdrawal: Withdrawal, one: Account) -> bool:
    below = withdrawal.below_revision
    return withdrawal.report_id == one.report_id and (below is None or one.revision < below) and _heard(withdrawal, one)


def _why_not(row: IncidentRow, incident: Incident, before: Recipient, gazetteer: Gazetteer) -> str:
    if incident.merged_into:
        return f"it turned out to be incident {incident.merged_into}"
    if not row.standing:
        return "every report of it was withdrawn"
    if before.facility_id not in gazetteer.by_id:
        return "the facility is no longer watched over"
    return "it no longer concerns this site"


def _exposure(site_id: str, to: Recipient, incident: Incident) -> Exposure:
    return Exposure(
        site_id=site_id,
        facility_id=to.facility_id,
        incident=incident,
        distance_km=to.distance_km,
        probability=to.probability,
        withdrawn=to.reason is not None,
        reason=to.reason,
    )


def _versions(row: IncidentRow, reference: Reference) -> str:
    reader = row.accounts[-1].reader if row.accounts else ""
    told = (reader, FUSER, f"facilities {reference.gazetteer.version}", f"policy {reference.policy.version}")
    return "; ".join(t for t in told if t)[:2000]

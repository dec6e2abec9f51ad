"""The step from mentions to incidents and exposures, over the in-memory state of one partition.

    event --> accounts come and go --> the connected ones clustered anew --> ids --> rows --> revisions, exposures

A replayed event changes nothing and sends again what the rows say of it: each row remembers the event that made it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from schemas.action import Action
from schemas.mention import Denial, Mention, Withdrawal
from schemas.outcome import Outcome, Step
from schemas.policy import Policy
from schemas.report import Tick
from schemas.taxonomy import Verdict, WithdrawalReason
from streams.fusing.account import Account, account
from streams.fusing.change import Cause, Denying, Reference, change
from streams.fusing.crowd import UNMOVED, Shift, shift
from streams.fusing.holdings import Holdings
from streams.fusing.operators import Decision, decide, result
from streams.fusing.publish import concerned_otherwise, publish
from streams.fusing.rows import (
    Denied,
    IncidentRow,
    Row,
    action_key,
    denial_key,
    dump,
    load,
    quiet_key,
    references_key,
    withdrawal_key,
)
from streams.fusing.waves import with_waves
from streams.gazetteer import Gazetteer

MARGIN: Final = timedelta(days=1)
"""Rows are kept so much longer than the lateness."""


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
        event: Mention | Withdrawal | Denial | Action | Tick,
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
        self._drafts.clear()
        self._held.connected.forget_proposals()
        reference = Reference(gazetteer, policy)
        match event:
            case Mention():
                return self._on_mention(event, reached, ingest_ms, reference)
            case Withdrawal():
                return self._on_withdrawal(event, ingest_ms, reference)
            case Denial():
                return self._on_denial(event, ingest_ms, reference)
            case Action():
                return self._on_action(event, reached, ingest_ms, reference)
            case Tick():
                return self._on_tick(event, reached, reference)

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
        yield from sorted(self._held.homes())

    @property
    def standing(self) -> int:
        """How many incidents stand."""
        return sum(row.standing for row in self._held.rows.values())

    def _on_mention(
        self, mention: Mention, reached: datetime | None, ingest_ms: int, reference: Reference
    ) -> Step[bytes]:
        held = self._held
        one = account(mention, reference.gazetteer)
        cause = Cause(f"mention {one.mention_id} {one.digest}", ingest_ms)
        known = held.account(one.mention_id)
        if known == one:
            return self._repeat({*held.made_by.get(cause.event, ()), held.incident_of(one.mention_id)}, reference)
        if self._taken_back(one):
            ghosts = held.revivable.get(one.report_id, set())
            return replace(self._repeat(ghosts, reference), outcome=Outcome.WITHDRAWN, reason="already_withdrawn")
        if any(denial.takes_back(one) for denial in held.denials_of([one])):
            return Step(Outcome.WITHDRAWN, reason="already_denied")
        moved = shift(held, one, [known] if known else [], held.ruled)
        changed = change(held, cause, reference, moved)
        alone = any(row.standing and row.accounts == (one,) for row in changed)
        outcome = Outcome.FOUNDED if alone else Outcome.JOINED
        if reached is not None and mention.event_time < reached - reference.policy.lateness:
            outcome = Outcome.LATE
        if not changed and (quiet := moved.quiet.get(one.mention_id)):
            counted = self._publish([held.rows[held.home[quiet.guide]]], reference, outcome, "counted", moved)
            return replace(counted, outputs=counted.outputs[:1])  # the incident as it stands: every mention is answered
        return self._publish(changed, reference, outcome, "replaced" if known else "", moved)

    def _taken_back(self, one: Account) -> bool:
        """Whether the report of an account, or of a denial, was withdrawn before it came."""
        keys = self._held.withdrawals_of.get(one.report_id, ())
        return any(_takes_back(self._held.withdrawals[key], one) for key in keys)

    def _on_withdrawal(self, withdrawal: Withdrawal, ingest_ms: int, reference: Reference) -> Step[bytes]:
        held = self._held
        key = withdrawal_key(self.partition, withdrawal)
        heirs = tuple(r for r in (withdrawal.report_id, withdrawal.by_report) if r)
        cause = Cause(f"withdrawal {key}", ingest_ms, heirs)
        if key in held.withdrawals:
            return self._repeat(held.made_by.get(cause.event, ()), reference)
        told = [a for m in sorted(held.of_report.get(withdrawal.report_id, ())) if (a := held.account(m))]
        denied = held.denials.by(withdrawal.report_id)
        if (told or denied) and not any(_heard(withdrawal, a) for a in (*told, *denied)):
            return Step(Outcome.IGNORED, reason="foreign_source")
        taken = [a for a in told if _takes_back(withdrawal, a)]
        undenied = tuple([a for a in denied if _takes_back(withdrawal, a)])
        moved = shift(held, None, taken, held.ruled)
        changed = change(held, cause, reference, moved, denying=Denying(gone=undenied))
        outcome = Outcome.WITHDRAWN if taken or undenied else Outcome.HELD
        step = self._publish(changed, reference, outcome, moved=moved)
        rows = dict.fromkeys((denial_key(self.partition, a.mention_id) for a in undenied), None)
        return replace(step, rows={**step.rows, **rows, key: self._draft(key, withdrawal)})

    def _on_denial(self, denial: Denial, ingest_ms: int, reference: Reference) -> Step[bytes]:
        """A source takes back by content what it told, or disputes what others tell."""
        held = self._held
        one = account(denial.claim, reference.gazetteer)
        key = denial_key(self.partition, one.mention_id)
        cause = Cause(f"denial {one.mention_id}", ingest_ms, (one.report_id,))
        if one.mention_id in held.denials.by_id:
            return self._repeat(held.made_by.get(cause.event, ()), reference)
        if self._taken_back(one):
            return Step(Outcome.WITHDRAWN, reason="already_withdrawn")
        denied = held.denied_by(one)
        row = Denied(one, denial.own_words)
        own = [a for a in denied if row.takes_back(a)]
        moved = shift(held, None, own, held.ruled)
        changed = change(held, cause, reference, moved, denying=Denying(come=one))
        outcome = Outcome.WITHDRAWN if own else Outcome.APPLIED if denied else Outcome.HELD
        step = self._publish(changed, reference, outcome, "" if own else "disputed", moved)
        return replace(step, rows={**step.rows, key: self._draft(key, row)})

    def _on_tick(self, tick: Tick, reached: datetime | None, reference: Reference) -> Step[bytes]:
        held = self._held
        event = f"tick {tick.record_id}"
        if repeated := held.made_by.get(event):
            return replace(self._repeat(repeated, reference), outcome=Outcome.TICK)
        rows: dict[str, bytes | None] = {}
        if reached is not None:
            rows |= self._expired(reached - reference.policy.lateness - MARGIN)
        if held.references != reference.versions:
            key = references_key(self.partition)
            rows[key] = self._draft(key, reference.versions)
            standing = sorted((r for i, r in held.rows.items() if r.standing and i not in rows), key=lambda r: r.age)
            moved = [replace(row, by=event) for row in standing if concerned_otherwise(row, reference)]
            step = self._publish(moved, reference, Outcome.TICK)
            return replace(step, rows={**rows, **step.rows})
        step = Step(Outcome.TICK, rows=rows)
        return step if reached is None else self._retry(step, reached, reference)

    def _on_action(self, action: Action, reached: datetime | None, ingest_ms: int, reference: Reference) -> Step[bytes]:
        decision = decide(action, self._held, reference.gazetteer)
        told = result(action, decision, reached or action.at)
        match decision.verdict:
            case Verdict.HELD:
                key = action_key(self.partition, action.action_id)
                return Step(Outcome.HELD, (told,), {key: self._draft(key, action)}, reason="no_incident_yet")
            case Verdict.APPLIED:
                step = self._carry_out(action, decision, ingest_ms, reference)
                return replace(step, outputs=(*step.outputs, told))
            case _:
                return Step(Outcome.REFUSED, (told,))

    def _carry_out(self, action: Action, decision: Decision, ingest_ms: int, reference: Reference) -> Step[bytes]:
        cause = Cause(f"action {action.action_id}", ingest_ms)
        row = self._held.rows[action.incident_id or ""]
        if action.action_id in row.actions:
            return self._repeat({row.incident_id, *self._held.made_by.get(cause.event, ())}, reference)
        ruled = {m for r in decision.rulings for m in (*r.ones, *r.others)}
        moved = shift(self._held, None, [], self._held.ruled | ruled)
        changed = change(self._held, cause, reference, moved, decision.rulings)
        mine = next((r for r in changed if r.incident_id == row.incident_id), row)
        mine = replace(
            mine,
            by=cause.event,
            actions=(*mine.actions, action.action_id),
            rulings=(*mine.rulings, *decision.rulings),
            target=decision.target or mine.target,
        )
        others = [r for r in changed if r.incident_id != row.incident_id]
        return self._publish([mine, *others], reference, Outcome.APPLIED, action.kind.value, moved)

    def _retry(self, step: Step[bytes], reached: datetime, reference: Reference) -> Step[bytes]:
        """Apply the held actions whose incidents have come, and refuse those whose time is up.

        Of several that change one incident the first is applied; the others see its revision at the next tick.
        """
        hold = timedelta(hours=reference.policy.episode.hold_action_h)
        rows, outputs = dict(step.rows), list(step.outputs)
        for key, action in sorted(self._held.actions.items()):
            decision = decide(action, self._held, reference.gazetteer)
            if decision.verdict is Verdict.APPLIED:
                done = self._carry_out(action, decision, int(action.at.timestamp() * 1000), reference)
                if rows.keys().isdisjoint({action.incident_id, *done.rows}):
                    outputs += [*done.outputs, result(action, decision, reached)]
                    rows |= {**done.rows, key: None}
            elif decision.verdict is Verdict.REFUSED or action.at + hold < reached:
                outputs.append(result(action, replace(decision, verdict=Verdict.REFUSED), reached))
                rows[key] = None
        return replace(step, outputs=tuple(outputs), rows=rows)

    def _expired(self, before: datetime) -> dict[str, bytes | None]:
        held = self._held
        gone: dict[str, bytes | None] = dict.fromkeys(held.expired(int(before.timestamp())))
        speakers = [a.mention_id for incident_id in gone for a in held.rows[incident_id].accounts]
        gone |= {quiet_key(self.partition, m): None for s in speakers for m in held.quiet.following(s)}
        old = [m for m, a in held.denials.by_id.items() if a.account.latest_s < before.timestamp()]
        gone |= {denial_key(self.partition, m): None for m in old}
        return gone | dict.fromkeys(key for key, w in held.withdrawals.items() if w.at < before)

    def _repeat(self, incident_ids: Iterable[str], reference: Reference) -> Step[bytes]:
        """Send again what was sent of these incidents."""
        return self._publish([self._held.rows[i] for i in sorted(incident_ids)], reference, Outcome.REPEATED)

    def _publish(
        self,
        changed: Iterable[IncidentRow],
        reference: Reference,
        outcome: Outcome,
        reason: str = "",
        moved: Shift = UNMOVED,
    ) -> Step[bytes]:
        told, outputs = publish(self._held, with_waves(self._held, list(changed)), reference)
        rows: dict[str, bytes | None] = {r.incident_id: self._draft(r.incident_id, r) for r in told}
        for mention_id, quiet in moved.quiet.items():
            key = quiet_key(self.partition, mention_id)
            rows[key] = None if quiet is None else self._draft(key, quiet)
        return Step(outcome, outputs, rows, reason=reason)

    def _draft(self, key: str, row: Row) -> bytes:
        """Write a row, and remember what it says until it is applied: that saves reading it again."""
        body = dump(row)
        self._drafts[key] = (body, row)
        return body

    def _read(self, key: str, body: bytes) -> Row:
        draft = self._drafts.pop(key, None)
        return draft[1] if draft is not None and draft[0] is body else load(key, body)


def _heard(withdrawal: Withdrawal, one: Account) -> bool:
    """Only the same source, or an operator, may take back a source's report."""
    same = withdrawal.source.casefold() == one.source.casefold()
    return withdrawal.traffic.value == one.traffic and (same or withdrawal.reason is WithdrawalReason.OPERATOR)


def _takes_back(withdrawal: Withdrawal, one: Account) -> bool:
    below = withdrawal.below_revision
    return withdrawal.report_id == one.report_id and (below is None or one.revision < below) and _heard(withdrawal, one)

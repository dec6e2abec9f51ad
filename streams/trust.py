"""Whose word counts: what a report or a tick must show before it is believed, pure.

The register (policy) may name keys of a source: then what comes in its name is signed by one of them, or refused. A
tick moves the time of the whole route, and everybody who may write reports can write one: where the wall clock counts
it must tell the time at which it came, and be signed where the workers have keys.
"""

from dataclasses import dataclass
from datetime import datetime

from schemas.outcome import DeadLetterReason
from schemas.policy import Policy
from schemas.report import MAX_AHEAD, Report, Tick
from schemas.signing import Finding, Keyring
from streams.receiving import RefusedError

_WHY = {
    Finding.UNSIGNED: "it has no signature",
    Finding.STRANGE_KEY: "its signature is of no key that is trusted",
    Finding.FORGED: "it is not what was signed: text, type or namespace is another",
}


@dataclass(frozen=True, slots=True)
class Seal:
    """What there is to check a record by."""

    namespace: str
    body: bytes
    """As it stands in Kafka."""
    signature: bytes | None
    """The header `ce_signature`."""


def vouch_report(report: Report, seal: Seal, policy: Policy) -> None:
    """Refuse a report in the name of a source that signs, without a signature of its keys.

    Raises
    ------
    RefusedError
        It is not signed by the source that it names.
    """
    known = policy.registered(report.source.name)
    if known is None or not known.keys:
        return
    finding = Keyring.from_texts(known.keys).check(seal.namespace, report.ce_type, seal.body, seal.signature)
    if finding is not Finding.VALID:
        raise RefusedError(
            DeadLetterReason.UNVERIFIED,
            f"source {known.name} signs its reports (policy, sources), and of this one {_WHY[finding]}",
        )


def vouch_tick(tick: Tick, seal: Seal, ingested_at: datetime, trusted: Keyring | None) -> None:
    """Refuse a tick of the wall clock that tells another time than the one at which it came, or is not a worker's.

    Raises
    ------
    RefusedError
        It would move time wrongly.
    """
    if (tick.origin, tick.origins) != (0, 1):
        raise RefusedError(DeadLetterReason.UNVERIFIED, "a tick in the reports topic is of origin 0 of 1")
    if abs(tick.at - ingested_at) > MAX_AHEAD:
        raise RefusedError(
            DeadLetterReason.UNVERIFIED,
            f"a tick that tells {tick.at.isoformat()} came at {ingested_at.isoformat()}: check the clock of the worker "
            "that wrote it, or run simulated time in a namespace of its own (--clock simulated)",
        )
    if trusted is None:
        return
    finding = trusted.check(seal.namespace, tick.ce_type, seal.body, seal.signature)
    if finding is not Finding.VALID:
        raise RefusedError(DeadLetterReason.UNVERIFIED, f"workers sign their ticks, and of this one {_WHY[finding]}")

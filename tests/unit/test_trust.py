"""Whose word counts: a source that signs is believed by its signature, and a tick by the time at which it came."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from schemas.outcome import DeadLetterReason
from schemas.policy import Policy, RegisteredSource
from schemas.report import Report, Source, Tick
from schemas.signing import Keyring, Signer, as_text
from schemas.taxonomy import Reliability, SourceKind
from streams.receiving import RefusedError
from streams.trust import Seal, vouch_report, vouch_tick

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
GATE, WORKER, STRANGER = (Signer(Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)) for n in (1, 2, 3))
KEYS = (as_text(GATE.public_key),)
POLICY = Policy(
    sources=(
        RegisteredSource(name="Gate 3", kind=SourceKind.FIELD, reliability=Reliability.A, keys=KEYS),
        RegisteredSource(name="Wire", kind=SourceKind.WIRE, reliability=Reliability.B),
    )
)
TICK = Tick(at=NOON, sent_at=NOON, origin=0, origins=1)


def report(source: str = "Gate 3", text: str = "Two mortar rounds landed.") -> Report:
    """A report in the name of a source."""
    return Report(report_id="r-1", source=Source(name=source), published_at=NOON, text=text)


def sealed(record: Report | Tick, signer: Signer | None, namespace: str = "tocsin") -> Seal:
    """A record as it lies in a topic."""
    body = record.to_json()
    signature = None if signer is None else signer.header(namespace, record.ce_type, body)[1]
    return Seal("tocsin", body, signature)


def test_a_source_that_signs_is_believed_by_its_signature() -> None:
    """Its own signature is good, whatever case the name is written in."""
    vouch_report(report(), sealed(report(), GATE), POLICY)
    vouch_report(report("GATE 3"), sealed(report("GATE 3"), GATE), POLICY)


@pytest.mark.parametrize(
    "seal, told",
    [
        (sealed(report(), None), "it has no signature"),
        (sealed(report(), STRANGER), "no key that is trusted"),
        (sealed(report(text="All quiet."), GATE), "no key that is trusted"),
        (sealed(report(), GATE, namespace="trial"), "not what was signed"),
    ],
)
def test_in_the_name_of_a_source_that_signs(seal: Seal, told: str) -> None:
    """Without its signature, or with one for something else, a report in its name is refused with the reason."""
    if "All quiet" in seal.body.decode():
        seal, told = Seal("tocsin", report().to_json(), seal.signature), "not what was signed"
    with pytest.raises(RefusedError, match=told) as refused:
        vouch_report(report(), seal, POLICY)
    assert refused.value.reason is DeadLetterReason.UNVERIFIED


@pytest.mark.parametrize("source", ["Wire", "Nobody knows"])
def test_others_need_no_signature(source: str) -> None:
    """A source without keys in the register is graded, and read."""
    vouch_report(report(source), sealed(report(source), None), POLICY)


@pytest.mark.parametrize("text", ["", "AAAA", "x" * 44, "A" * 43 + "\n"])
def test_a_key_that_is_none_is_refused_with_the_policy(text: str) -> None:
    """A typing error in a key does not wait for the first report."""
    with pytest.raises(ValidationError, match="no Ed25519 public key"):
        RegisteredSource(name="Gate 3", kind=SourceKind.FIELD, reliability=Reliability.A, keys=(text,))


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=9), -timedelta(minutes=9)])
def test_a_tick_tells_the_time_at_which_it_came(ahead: timedelta) -> None:
    """Clocks differ by minutes."""
    vouch_tick(TICK, sealed(TICK, None), NOON + ahead, None)


@pytest.mark.parametrize(
    "tick, came, told",
    [
        (TICK, NOON - timedelta(minutes=11), "check the clock"),
        (TICK, NOON + timedelta(hours=1), "check the clock"),
        (TICK.model_copy(update={"origin": 3, "origins": 12}), NOON, "origin 0 of 1"),
        (TICK.model_copy(update={"origins": 1_000_000}), NOON, "origin 0 of 1"),
    ],
)
def test_a_tick_that_would_move_time_wrongly(tick: Tick, came: datetime, told: str) -> None:
    """Whoever may write reports cannot give an all clear by writing the time, nor make time stand still."""
    with pytest.raises(RefusedError, match=told):
        vouch_tick(tick, sealed(tick, None), came, None)


def test_workers_with_keys_believe_signed_ticks_alone() -> None:
    """Where workers sign, so does whoever moves the time."""
    trusted = Keyring([WORKER.public_key])
    vouch_tick(TICK, sealed(TICK, WORKER), NOON, trusted)
    for signer in (None, STRANGER):
        with pytest.raises(RefusedError, match="workers sign their ticks"):
            vouch_tick(TICK, sealed(TICK, signer), NOON, trusted)

"""Hostile input meets the guard and the steps: nothing crashes, nothing is lost, no log line is steered."""

import asyncio
import logging
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

import orjson
import pytest

from alerts import episode
from schemas.action import Action, ActionResult
from schemas.exposure import Exposure
from schemas.mention import Mention, Withdrawal
from schemas.outcome import Outcome, Step
from schemas.policy import Policy
from schemas.report import Report, Source, Tick
from schemas.topics import ACTIONS, EXPOSURES, MENTIONS, READINGS, REPORTS, Stream
from streams.admission import admit
from streams.dead_letters import DeadLetters
from streams.delivery import Deliveries
from streams.fusing import Fusion
from streams.gazetteer import Gazetteer
from streams.guard import Guard, Received, Stage
from streams.logs import JsonFormatter, TextFormatter
from streams.metrics import Metrics
from streams.reading import Lexicon
from streams.receiving import receive
from streams.rows import Rows
from streams.steering import visible
from tests.bench.reading import DEFAULT_FACILITIES
from tests.hostile import Envelope, envelopes, texts

NAMESPACE = "hostile"
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
POLICY = Policy()
Sent = tuple[str, bytes | None, bytes | None, list[tuple[str, bytes]]]


class Bench:
    """The guard of one process, with a producer that keeps what it is given, and a stage of each kind."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.logged: list[str] = []
        app = cast("Any", SimpleNamespace(producer=SimpleNamespace(send=self._send), crash=self._crash))
        metrics = Metrics(NAMESPACE)
        self._guard = Guard(app, NAMESPACE, Deliveries(), metrics, DeadLetters(app, NAMESPACE, 10**9, metrics))
        self._fusion = Fusion.restore(0, ())
        self._rows: dict[str, Rows] = defaultdict(Rows)
        self._stages = {
            REPORTS: Stage("read", REPORTS, self._read, self._rows["read"]),
            MENTIONS: Stage("fuse", MENTIONS, self._fuse, self._rows["fuse"], applied=self._fused),
            EXPOSURES: Stage("watch", EXPOSURES, self._watch, self._rows["watch"], settle=episode.sent),
            ACTIONS: Stage("admit", ACTIONS, self._admit),
        }

    def meet(self, stream: Stream, hostile: list[Envelope]) -> Counter[str]:
        """Take records through a stage; return how they ended: each as one outcome, each dead letter as it came."""
        outcomes: Counter[str] = Counter()

        async def play() -> None:
            for offset, one in enumerate(hostile):
                already = len(self.sent)
                outcome = await self._guard._process(self._stages[stream], self._event(stream, one, offset))
                outcomes[outcome.value] += 1
                self._check(stream, one, outcome, self.sent[already:])

        asyncio.run(play())
        return outcomes

    def _check(self, stream: Stream, one: Envelope, outcome: Outcome, sent: list[Sent]) -> None:
        dead = [s for s in sent if s[0] == stream.dead_letters(NAMESPACE)]
        if outcome is Outcome.DEAD_LETTER:
            ((_, key, value, headers),) = sent
            assert (key, value) == (one.key, one.value)
            assert headers[: len(one.headers)] == one.headers
            told = dict(headers[len(one.headers) :])
            assert told["dlq_reason"] != b"step_failed", told["dlq_error"]
            assert all(text.decode().isprintable() for text in told.values())
            return
        assert not dead
        if stream is REPORTS and outcome is not Outcome.TICK:
            assert READINGS.topic(NAMESPACE) in {topic for topic, *_ in sent}
        for _, _, value, _ in sent:
            assert value is None or orjson.loads(value) is not None

    def _read(self, received: Received) -> Step[bytes]:
        match received.record:
            case Report() as report:
                row = self._rows["read"].of(0).get(report.report_id)
                at = received.ingested_at
                return receive(report, row, received.offset, at, 3, lexicon(), POLICY)
            case _:
                return Step(Outcome.TICK)

    def _fuse(self, received: Received) -> Step[bytes]:
        event = cast("Mention | Withdrawal | Action | Tick", received.record)
        return self._fusion.step(event, NOON, 0, gazetteer(), POLICY)

    def _fused(self, _partition: int, rows: Any) -> None:  # noqa: ANN401  rows as a stage writes them
        self._fusion.apply(rows)

    def _watch(self, received: Received) -> Step[bytes]:
        event = received.record
        if not isinstance(event, Exposure | Action):
            return Step(Outcome.TICK)
        site, traffic = (
            (event.site_id, event.incident.traffic)
            if isinstance(event, Exposure)
            else (event.facility_id, event.traffic)
        )
        key = episode.row_key(site, traffic)
        row = self._rows["watch"].of(0).get(key)
        return episode.step(row, event, NOON, NOON, gazetteer().members(episode.site_of_row(key)), POLICY)

    def _admit(self, received: Received) -> Step[bytes]:
        if isinstance(received.record, ActionResult):
            return Step(Outcome.IGNORED)
        return admit(cast("Action", received.record), NOON, gazetteer(), POLICY)

    async def _send(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        _partition: int | None,
        _timestamp: float | None,
        headers: list[tuple[str, bytes]] | None,
    ) -> "asyncio.Future[None]":
        self.sent.append((topic, key, value, headers or []))
        delivered: asyncio.Future[None] = asyncio.Future()
        delivered.set_result(None)
        return delivered

    async def _crash(self, error: BaseException) -> None:
        raise error

    def _event(self, stream: Stream, one: Envelope, offset: int) -> Any:  # noqa: ANN401  as much of a Faust event as is used
        message = SimpleNamespace(
            topic=stream.topic(NAMESPACE),
            partition=0,
            offset=offset,
            key=one.key,
            value=one.value,
            headers=one.headers,
            timestamp=NOON.timestamp(),
        )
        return SimpleNamespace(message=message)


@cache
def gazetteer() -> Gazetteer:
    """The default facilities."""
    return Gazetteer.from_geojson(DEFAULT_FACILITIES)


@cache
def lexicon() -> Lexicon:
    """The reader's indexes over them."""
    return Lexicon.build(gazetteer())


class Lines(logging.Handler):
    """Keeps what would be logged, in both formats, and looks whether it is harmless."""

    def emit(self, record: logging.LogRecord) -> None:
        """Format a record both ways."""
        first, *further = TextFormatter().format(record).split("\n")
        assert all(line.isprintable() for line in (first, *further))
        assert all(line.startswith("    ") for line in further)
        document = JsonFormatter().format(record)
        assert visible(document) == document


@pytest.fixture(autouse=True)
def harmless_logs() -> Iterator[None]:
    """Whatever is logged on the way is one line, without a character that a terminal obeys."""
    handler, ours = Lines(), logging.getLogger("streams")
    before = ours.level, ours.propagate
    ours.addHandler(handler)
    ours.setLevel(logging.DEBUG)
    ours.propagate = False
    yield
    ours.removeHandler(handler)
    ours.level, ours.propagate = before


@pytest.mark.parametrize("stream, count", [(REPORTS, 5000), (MENTIONS, 3000), (EXPOSURES, 2500), (ACTIONS, 1500)])
def test_damaged_envelopes(stream: Stream, count: int) -> None:
    """12,000 records that are nearly right: each ends in one outcome, what cannot be read with its original bytes."""
    outcomes = Bench().meet(stream, list(envelopes(stream, random.Random(stream.name), count)))
    assert outcomes.total() == count
    assert count * 0.2 < outcomes["dead_letter"] < count * 0.98


def test_hostile_texts() -> None:
    """Every text that is well formed has its receipt, however it is written; none is a defect of the reader."""
    told = [
        Report(
            report_id=f"h-{n}", source=Source(name=text[:200]), published_at=NOON - timedelta(hours=n % 9), text=text
        )
        for n, text in enumerate(texts(random.Random(6), 300))
    ]
    records = [Envelope(r.report_id.encode(), r.to_json(), []) for r in told]
    assert Bench().meet(REPORTS, records)["dead_letter"] == 0


@pytest.mark.parametrize("unit", ["\n", "(", "Iraq ", "Baghdad, ", "U.S. ", "A rocket struck Camp Arifjan, Kuwait. "])
def test_a_long_text_of_one_piece(unit: str) -> None:
    """A text of 120 kB of one repeated piece is read in a time that grows with its length, not with its square."""
    text = unit * (120_000 // len(unit)) + " A rocket struck Camp Arifjan."
    told = Report(report_id="long", source=Source(name="w"), published_at=NOON, text=text)
    assert Bench().meet(REPORTS, [Envelope(b"long", told.to_json(), [])])["dead_letter"] == 0

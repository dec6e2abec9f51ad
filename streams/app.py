"""The Faust app of one worker process: `create_app(settings)`, or `faust -A streams.app worker` with the environment's.

Names of agents, topics and tables are ours, never import paths; nothing is discovered and no topic is created here
(`tocsin topics create` does that). The numbers follow what was measured on Apache Kafka 4: lingering 1 ms, a large
stream buffer, and a monitor that does nothing, since our own metrics are kept in `streams/metrics.py`.
"""

import asyncio
import gc
import logging
import os
import socket
import sys
import tempfile
import time
from datetime import UTC, datetime
from typing import Any, Final, NoReturn, cast

import faust
from faust.app.base import BootStrategy
from faust.sensors import Monitor
from faust.types import TP
from faust.types.auth import CredentialsT

from alerts.tail import TopicError
from schemas.connection import Connection
from schemas.outcome import Output
from schemas.policy import Policy
from schemas.report import Report, Tick
from schemas.signing import Keyring
from schemas.topics import ACTIONS, EXPOSURES, MENTIONS, REPORTS, STREAMS
from streams import logs
from streams.admin import AdminError
from streams.agents import Route
from streams.consuming import GatedConsumer
from streams.dead_letters import DeadLetters
from streams.delivery import Deliveries, DeliveryError
from streams.fitness import TopicsUnfitError, partitions_to_work_on
from streams.gazetteer import GazetteerError
from streams.guard import Guard, Received
from streams.health import Health, HealthError, Pulse, Server, serve
from streams.liveness import DeadMansSwitch, Liveness, Work
from streams.metrics import Metrics
from streams.policy_file import PolicyError
from streams.reference import Reference, References
from streams.rows import TableRows
from streams.settings import Clock, Settings, SettingsError, load
from streams.tenure import Tenure
from streams.topology import DEAD_LETTER_MAX_BYTES, app_id
from streams.transport import GatedTransport
from streams.trust import vouch_report, vouch_tick

logger = logging.getLogger(__name__)

STAGE_STREAMS: Final = {"read": REPORTS, "fuse": MENTIONS, "watch": EXPOSURES, "admit": ACTIONS}
_FINISH_WITHIN_S = 40.0
"""Under the 60 s that a group waits for a member to give its partitions back."""
_START_WITHIN_S = 120.0
_STOP_WITHIN_S = 60.0
_SWITCH_THREADS_S = 0.0005
"""The Kafka client fetches in a thread of its own, and the agents and it would else wait for each other up to 5 ms."""
_LAST_WORDS_S = 15.0
_SILENT_S = 10.0
"""A broker that takes a record at all takes it sooner."""
"""For an orderly end after a failure: an end that waits for a broker may never come."""


class WithoutFaustsWeb(BootStrategy):
    """Faust's own command line opens a web server to everybody, whatever the app says; metrics and health are ours."""

    enable_web = False


class TocsinApp(faust.App):
    """Faust's app, with what surrounds the route in one process: reference, guard, gate, metrics, health, ticker."""

    BootStrategy = WithoutFaustsWeb

    def __init__(self, settings: Settings) -> None:
        connection = settings.connection
        self.scratch = tempfile.TemporaryDirectory(prefix=f"{app_id(settings.namespace)}-")
        super().__init__(
            app_id(settings.namespace),
            broker=[f"kafka://{address}" for address in connection.bootstrap.split(",")],
            broker_credentials=credentials(connection),
            autodiscover=False,
            store="memory://",
            datadir=self.scratch.name,
            topic_partitions=settings.partitions,
            topic_allow_declare=False,
            topic_disable_leader=True,
            table_cleanup_interval=3600.0,
            web_enabled=False,
            web_tables_enabled=False,
            Monitor=QuietMonitor,
            logging_config=logs.config(settings.log_level, settings.log_format),
            worker_redirect_stdouts=False,
            broker_commit_interval=settings.commit_every_s,
            broker_session_timeout=settings.session_timeout_s,
            broker_heartbeat_interval=settings.session_timeout_s / 6,
            broker_request_timeout=max(90.0, settings.session_timeout_s * 3),
            broker_max_poll_interval=300.0,
            consumer_auto_offset_reset="earliest",
            consumer_metadata_max_age_ms=30_000,
            stream_buffer_maxsize=4096,
            # Not less than a megabyte: what is drained waits for the fetch that is out for the others, and a worker
            # that fetched 128 kB at a time did half as many reports a second.
            consumer_max_fetch_size=1024 * 1024,
            producer_linger=0.0,
            producer_request_timeout=60.0,
            producer_max_request_size=DEAD_LETTER_MAX_BYTES,
        )
        self.tocsin = settings
        self.worker_name = f"{socket.gethostname()}:{os.getpid()}"
        self.metrics = Metrics(settings.namespace, self.worker_name)
        self.deliveries = Deliveries(self.metrics.committed)
        self.tenure = Tenure(settings.session_timeout_s)
        self.transport = GatedTransport(self, self.deliveries, self.tenure)
        self.references = References(
            connection,
            settings.namespace,
            settings.facilities,
            settings.policy,
            on_switch=self._reference_switched,
            on_refuse=self.metrics.reference_refused,
        )
        self.guard = Guard(
            self,
            settings.namespace,
            self.deliveries,
            self.metrics,
            DeadLetters(self, settings.namespace, settings.dead_letters_per_min, self.metrics),
            settings.signer,
        )
        self.trusted = _trusted_by_workers(settings)
        self.route = Route(
            settings.partitions,
            lambda: self.references.current,
            self.metrics,
            lambda stage, forget: TableRows(self, stage, settings.partitions, forget),
            self._believe,
        )
        self.route.attach(self, settings.namespace, self.guard)
        self.liveness = Liveness(settings.stall_after_s)
        self.switch = DeadMansSwitch()
        self._finished = False
        self.health = Health()
        self.health.alive_if("progress", self.liveness.complaint)
        self.pulse = Pulse(limit_s=settings.stall_after_s)
        self.health.alive_if("event loop", self.pulse)
        self.health.ready_if("route", self._not_ready)
        self.server: Server | None = None
        self.on_partitions_revoked.connect(self._revoked)
        self.on_partitions_assigned.connect(self._assigned)
        if settings.clock is Clock.WALL:
            self.timer(interval=settings.tick_every_s, name="ticker")(self._tick)
        else:
            self.metrics.simulated()

    async def on_start(self) -> None:
        """Check the topics, load facilities and policy, open the health endpoint; then the agents start."""
        settings = self.tocsin
        sys.setswitchinterval(_SWITCH_THREADS_S)
        self.switch.hold(_START_WITHIN_S)
        try:
            self.server = serve(settings.host, settings.port, self.metrics.registry, self.health)
            self.metrics.partitions(await asyncio.to_thread(partitions_to_work_on, settings, self.trusted))
            await asyncio.to_thread(self.references.start)
        except (HealthError, AdminError, TopicError, TopicsUnfitError) as e:
            logger.critical("this worker cannot start: %s", e)
            logging.shutdown()
            os._exit(1)  # nothing was begun that must end in order, and Mode would wait for services that never started
        logger.info("metrics and health on http://%s:%d", settings.host, self.server.port)
        self.add_future(self._look_out())
        await super().on_start()

    async def on_stop(self) -> None:
        """Finish what is in hand, give the partitions back, and close what on_start opened."""
        self.switch.hold(_STOP_WITHIN_S if self.deliveries.failure is None else _LAST_WORDS_S)
        await self._finish_for_good()
        await super().on_stop()
        await asyncio.to_thread(self.references.stop)
        if self.server is not None:
            self.server.close()

    def _believe(self, record: Report | Tick, received: Received, policy: Policy) -> None:
        """Look at who speaks, where it is the present that is told: what was signed for it may be played again."""
        if self.tocsin.clock is not Clock.WALL:
            return
        if isinstance(record, Report):
            vouch_report(record, received.seal, policy)
        else:
            vouch_tick(record, received.seal, received.ingested_at, self.trusted)

    async def _tick(self) -> None:
        """Write the time into the reports partitions that this process holds, so that each has one ticker."""
        now = datetime.now(tz=UTC)
        for partition in self._held(REPORTS.topic(self.tocsin.namespace)):
            tick = Tick(at=now, sent_at=now, origin=0, origins=1)
            await self.guard.send("ticker", Output(REPORTS, tick.record_id, tick, partition), now.timestamp())

    async def _look_out(self) -> None:
        """Measure lag and look after liveness, from the first moment on: Faust's timers wait for the tables."""
        while True:
            await asyncio.sleep(1.0)
            self._observe()

    def _observe(self) -> None:
        self.pulse.beat()
        self.switch.hold(self.tocsin.stall_after_s if self.deliveries.failure is None else _LAST_WORDS_S)
        self.liveness.observe(time.monotonic(), self._work())
        self.metrics.pending(self.deliveries.pending)
        for stage, rows in (("read", self.route.reports), ("fuse", self.route.incidents), ("watch", self.route.sites)):
            self.metrics.rows(stage, len(rows))
        if complaint := self.liveness.complaint():
            # What hangs may hang in an orderly end as well; nothing uncommitted is lost.
            self._leave(f"this worker is not alive and ends, to be started again: {complaint}")

    def _work(self) -> dict[str, Work]:
        """What each stage has to do and has done; while partitions are handed out there is only that."""
        recovered = sum(filter(None, cast("Any", self.tables).recovery.active_offsets.values()))
        works = {"handing out partitions": Work(int(self.rebalancing), recovered)}
        for stage, stream in STAGE_STREAMS.items():
            topic = stream.topic(self.tocsin.namespace)
            waiting = 0 if self.rebalancing else self._waiting(topic)
            self.metrics.lag(topic, waiting)
            works[stage] = Work(waiting, self.guard.handled[stage])
        return works

    def _waiting(self, topic: str) -> int:
        consumer = cast("GatedConsumer", self.consumer)
        return sum(consumer.unfinished(TP(topic, partition)) for partition in self._held(topic))

    async def _on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Before anything else, for Faust first flushes what may not be written any more."""
        if self.tenure.lapsed and (self.guard.busy or self.deliveries.pending):
            self._leave("others hold by now what this worker has in hand: it ends, to be started again")
        if self.should_stop:
            await self._finish_for_good()
        await super()._on_partitions_revoked(revoked)

    def _crash(self, reason: BaseException) -> None:
        """End; while partitions are handed out at once: an orderly end waits for that, and that for the end."""
        super()._crash(reason)
        if self.rebalancing:
            self._leave(f"this worker failed while partitions were handed out, and ends at once: {reason!r}")

    def _on_rebalance_when_stopped(self) -> None:
        """Others come or go while this worker stops: it leaves in its turn. Faust closes the client under its hands."""

    async def _finish_for_good(self) -> None:
        """Take nothing more, drop what waits, and finish what is in hand; only once, for then the client goes."""
        if self._finished or self.deliveries.failure is not None or self._consumer is None:
            return
        self._consumer.stop_flow()
        self.flow_control.suspend()
        self.flow_control.clear()
        await self._finish_up()
        self._finished = True

    async def _revoked(self, *given: Any, **_: Any) -> None:  # noqa: ANN401  the signal's signature
        """Before partitions are given back: finish the events in hand, and deliver and commit what they led to."""
        await self._finish_up()
        self.tenure.release()
        cast("GatedConsumer", self.consumer).progress.begin(given[-1])

    async def _finish_up(self) -> None:
        try:
            async with asyncio.timeout(_FINISH_WITHIN_S):
                await self.guard.idle()
                await self.consumer.commit()
                await self.deliveries.settled()
        except TimeoutError:
            self._leave(
                "what is in hand does not come to its end, and partitions are to be given back: it is done anew"
            )
        except DeliveryError as e:
            self._leave(f"partitions cannot be given back in order: {e}")

    def _leave(self, why: str) -> NoReturn:
        logger.critical("%s", why)
        logging.shutdown()
        os._exit(70)  # EX_SOFTWARE

    async def _assigned(self, *given: Any, **_: Any) -> None:  # noqa: ANN401  the signal's signature
        assigned: set[TP] = given[-1]
        if added := [tp for tp in assigned if tp.partition >= self.tocsin.partitions]:
            self._leave(f"{added[0].topic} was given more partitions than its {self.tocsin.partitions}")
        topics = {stream.topic(self.tocsin.namespace) for stream in STREAMS if stream.input}
        held = {topic: sorted(tp.partition for tp in assigned if tp.topic == topic) for topic in topics}
        self.metrics.rebalanced(held)
        logger.info("partitions held: %s", ", ".join(f"{t} {p}" for t, p in sorted(held.items())))

    def _held(self, topic: str) -> list[int]:
        return sorted(tp.partition for tp in self._assignment or () if tp.topic == topic)

    def _not_ready(self) -> str | None:
        if not self._assignment:
            return "no partitions are assigned yet"
        if (silent_s := self.deliveries.standstill_s) > _SILENT_S:
            return f"the broker has taken nothing for {silent_s:.0f} s"
        return "partitions are being rebalanced" if self.rebalancing else None

    def _reference_switched(self, reference: Reference) -> None:
        self.metrics.reference("facilities", reference.gazetteer.version, len(reference.gazetteer))
        self.metrics.reference("policy", reference.policy.version, len(reference.policy.sources))
        # The indexes stay: the collector would hold everything up for 85 ms each time that it goes through them.
        gc.freeze()


class QuietMonitor(Monitor):
    """Faust's monitor without its bookkeeping: it costs more than a trivial agent, and nobody reads it."""

    def on_message_in(self, *_: object) -> None:
        """Count nothing."""

    def on_message_out(self, *_: object) -> None:
        """Count nothing."""

    def on_stream_event_in(self, *_: object) -> None:
        """Count nothing."""

    def on_stream_event_out(self, *_: object) -> None:
        """Count nothing."""

    def on_send_initiated(self, *_: object, **__: object) -> None:
        """Count nothing."""

    def on_send_completed(self, *_: object) -> None:
        """Count nothing."""

    def on_table_get(self, *_: object) -> None:
        """Count nothing."""

    def on_table_set(self, *_: object) -> None:
        """Count nothing."""

    def on_table_del(self, *_: object) -> None:
        """Count nothing."""


def create_app(settings: Settings) -> TocsinApp:
    """Build the app; nothing connects before it starts."""
    return TocsinApp(settings)


def __getattr__(name: str) -> object:
    """Build `app` when Faust's command line asks for it, from the environment's settings."""
    if name == "app":
        try:
            globals()["app"] = create_app(load())
        except (SettingsError, GazetteerError, PolicyError) as e:
            raise SystemExit(f"tocsin: {e}") from e
        return globals()["app"]
    raise AttributeError(f"module {__name__} has no attribute {name}")


def _trusted_by_workers(settings: Settings) -> Keyring | None:
    """The keys that workers sign with, our own among them; None where they have none."""
    trusted, signer = settings.trusted, settings.signer
    return trusted if signer is None else (trusted or Keyring(())).with_key(signer.public_key)


def credentials(connection: Connection) -> CredentialsT | None:
    """Return Faust's credentials; None speaks plain text without a password."""
    context = connection.ssl_context()
    if context is None:
        return None
    if connection.sasl and connection.password:
        return faust.SASLCredentials(
            username=connection.username,
            password=connection.password.get_secret_value(),
            mechanism=connection.sasl,
            ssl_context=context,
        )
    return faust.SSLCredentials(context)

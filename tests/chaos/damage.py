"""Damage to topics, and input that is bad: what the route does where going on as if nothing were would be wrong."""

import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from kafka.admin import AlterConfigOp, ConfigResource, ConfigResourceType

from schemas.connection import Connection
from schemas.report import Report, Source
from schemas.topics import EXPOSURES, READINGS, REPORTS
from streams.admin import Admin
from streams.desk.supervisor import FIRST_WAIT_S
from streams.topology import changelog
from tests.chaos.field import BROKERS, PARTITIONS, Crew, Feed, Field, put, steady_producer
from tests.chaos.traffic import Mix, reports
from tests.chaos.trial import PATIENCE_S, Result, Trial, trial
from tests.chaos.witness import Witness

_1990 = datetime(1990, 8, 2, tzinfo=UTC)


def partitions_added(field: Field, mix: Mix) -> Result:
    """Partitions that are added to a topic are refused, with the way out, before a key is torn from its history."""

    def damage(namespace: str, crew: Crew, witness: Witness) -> None:
        with field.admin() as admin:
            admin.create_partitions({REPORTS.topic(namespace): PARTITIONS + 1})
        crew.signal(0, signal.SIGTERM)
        _heard(crew, witness, "create a new namespace and migrate to it")

    return _damaged(field, "partitions-added", mix, damage)


def changelog_emptied(field: Field, mix: Mix) -> Result:
    """A worker whose state was emptied refuses to go on: it would give known revisions a second content."""

    def damage(namespace: str, crew: Crew, witness: Witness) -> None:
        crew.dismiss()
        with field.admin() as admin:
            admin.delete_topics([changelog(namespace, "watch")])
        _created_again(field, namespace)
        with field.crew(namespace, 1) as again:
            _heard(again, witness, "was emptied or cut off")

    return _damaged(field, "changelog-emptied", mix, damage)


def topic_deleted(field: Field, mix: Mix) -> Result:
    """A topic that is deleted under the workers stops them, with the way out; made again, they go on by themselves."""

    def damage(namespace: str, crew: Crew, witness: Witness) -> None:
        with field.admin() as admin:
            admin.delete_topics([EXPOSURES.topic(namespace)])
        _heard(crew, witness, "tocsin topics create")
        _created_again(field, namespace)
        more = list(reports(Mix(mix.count, seed=mix.seed + 1)))
        Feed(field.direct, namespace).start(more).finish()
        for worker in crew.workers:
            worker.wait_s = FIRST_WAIT_S
        witness.until_settled({r.report_id for r in more}, crew.log_tail, PATIENCE_S)

    return _damaged(field, "topic-deleted", mix, damage)


def dead_letters_refused(field: Field, mix: Mix) -> Result:
    """Where dead letters cannot be written nothing is committed past bad input; when they can, all of it is there."""
    bad = {b"bad-%d" % n: b"{nope %d" % n for n in range(50)}

    def disturb(t: Trial) -> None:
        letters = REPORTS.dead_letters(t.namespace)
        _limit(field, letters, 100)  # a batch is larger
        t.read(0.2)
        producer = steady_producer(field.direct)
        for key, value in bad.items():
            producer.send(REPORTS.topic(t.namespace), value, key)
        producer.flush()
        producer.close()
        t.until(lambda: any(worker.restarts for worker in t.crew.workers), "a worker ends rather than lose bad input")
        _limit(field, letters, 2_500_000)
        t.until(lambda: t.witness.seen.letters.keys() >= {k.decode() for k in bad}, "every bad record has its letter")

    result = trial(field, "dlq-refused", mix, disturb)
    result.sent += len(bad)
    return result


def outputs_refused(field: Field, mix: Mix) -> Result:
    """Where receipts cannot be written nothing is committed past their reports; when they can, all are there."""

    def disturb(t: Trial) -> None:
        readings = READINGS.topic(t.namespace)
        t.read(0.2)
        _limit(field, readings, 100)
        t.for_s(15)  # commits come twice a second
        _limit(field, readings, None)
        for worker in t.crew.workers:
            worker.wait_s = FIRST_WAIT_S

    result = trial(field, "outputs-refused", mix, disturb, per_s=mix.count / 30)
    assert result.restarts, "a receipt was refused, and no worker ended over it"
    return result


def poison_flood(field: Field, mix: Mix, per_min: int = 600) -> Result:
    """Bad records, many for each good one, starve none and fill no topic: over the limit a letter is a reference."""
    notes: list[str] = []
    bad, patience_s = mix.bad, 60 + mix.bad / 50

    def disturb(t: Trial) -> None:
        begun = time.monotonic()
        producer = steady_producer(field.direct)
        for n in range(bad):
            producer.send(REPORTS.topic(t.namespace), b"{poison %d %s" % (n, b"x" * 500), b"poison-%d" % n)
        producer.flush()
        producer.close()
        t.until(lambda: len(t.witness.seen.receipts) >= mix.count, "every good report has its receipt", patience_s)
        good_s = time.monotonic() - begun
        t.until(lambda: t.witness.seen.reasons.total() >= bad, "every bad record has its letter", patience_s)
        seen = t.witness.seen
        minutes = (time.monotonic() - begun) / 60 + 1
        assert len(seen.letters) == bad, f"{len(seen.letters)} of {bad} bad records have a letter"
        assert seen.whole <= per_min * minutes * len(t.crew.workers), f"{seen.whole} letters hold the original"
        notes.append(f"{bad} bad: {seen.whole} whole, {seen.letter_bytes:,} bytes; good ones through in {good_s:.0f} s")

    result = trial(field, "poison-flood", mix, disturb, per_s=mix.count / 15, dead_letters_per_min=str(per_min))
    result.sent += bad
    result.notes = notes
    return result


def malformed(field: Field, mix: Mix) -> Result:
    """Under the flood limit each of ten thousand malformed inputs is kept with its original bytes."""
    bad = mix.bad
    values = {b"bad-%d" % n: b'{"report_id": "bad-%d", "text": %d, "\xff' % (n, n) for n in range(bad)}

    def disturb(t: Trial) -> None:
        producer = steady_producer(field.direct)
        for key, value in values.items():
            producer.send(REPORTS.topic(t.namespace), value, key)
        producer.flush()
        producer.close()
        t.until(lambda: len(t.witness.seen.letters) >= bad, "every bad record has its letter", 300)
        assert t.witness.seen.whole == t.witness.seen.reasons.total()
        assert t.witness.seen.letter_bytes >= sum(map(len, values.values()))

    result = trial(field, "malformed", mix, disturb, dead_letters_per_min="1000000")
    result.sent += bad
    return result


def wrong_clocks(field: Field, mix: Mix) -> Result:
    """Reports from the future and from 1970 are dead letters, 1990 is late; ticks a week ahead move no time."""
    fault = {"kind": "clock", "at": "clock", "after": 3, "seconds": 7 * 86_400.0}
    instants = {"future": mix.now + timedelta(days=1), "1970": datetime(1970, 1, 2, tzinfo=UTC), "1990": _1990}

    def disturb(t: Trial) -> None:
        then = Report(report_id="1990", source=Source(name="x"), published_at=_1990, text="Rockets struck the camp.")
        told = {name: then.model_copy(update={"report_id": name, "published_at": at}) for name, at in instants.items()}
        producer = steady_producer(field.direct)
        for name, report in told.items():
            put(producer, t.namespace, REPORTS, name, report)
        producer.flush()
        producer.close()
        t.until(lambda: {"future", "1970"} <= t.witness.seen.letters.keys(), "no possible instant: a dead letter")
        t.until(lambda: "1990" in t.witness.seen.receipts, "the report from 1990 has its receipt")

        def ahead() -> list[datetime]:
            return [at for at in t.witness.seen.reached.values() if at > mix.now + timedelta(days=1)]

        with field.crew(t.namespace, 1, [fault]) as wrong:
            t.joined(wrong)
            t.until(lambda: ahead() or t.witness.seen.reasons["unverified"] >= 5, "ticks of a wrong clock are refused")
        assert not ahead(), f"time on the route jumped with one worker's clock: {ahead()}"

    result = trial(field, "wrong-clocks", mix, disturb)
    result.sent += len(instants)
    return result


def hot_facility(field: Field, mix: Mix, per_min: int = 1000) -> Result:
    """A thousand reports a minute about one facility, of one attack, then of many: no row is too big, nobody hangs."""
    total = Result("hot-facility")
    for retellings in (10_000, 12):
        hot = Mix(mix.count, 99, mix.now, quiet_share=0.0, corrected_share=0.0, retellings=retellings, places=1)
        total.add(trial(field, "hot-facility", hot, lambda _: None, per_s=per_min / 60, same_picture=False))
    assert not total.restarts, "a worker ended, though nothing was disturbed"
    return total


def _damaged(field: Field, name: str, mix: Mix, damage: Callable[[str, Crew, Witness], None]) -> Result:
    begun = time.monotonic()
    made = list(reports(mix))
    namespace = field.namespace(name)
    witness = Witness(field.direct, namespace, PARTITIONS)
    try:
        with field.crew(namespace, 1) as crew:
            Feed(field.direct, namespace).start(made).finish()
            witness.until_settled({r.report_id for r in made}, crew.log_tail, PATIENCE_S)
            damage(namespace, crew, witness)
            witness.look()
            assert not witness.contradictions, witness.contradictions
            seen = witness.seen
    finally:
        witness.close()
    seconds = time.monotonic() - begun
    return Result(name, len(made), len(made), 0, len(seen.latest), len(seen.contents), 0, seconds)


def _heard(crew: Crew, witness: Witness, words: str) -> None:
    witness.until(lambda _: crew.heard(words), lambda: f"nobody says {words!r}\n{crew.log_tail()}", PATIENCE_S)


def _created_again(field: Field, namespace: str) -> None:
    with Admin(Connection(bootstrap=field.direct)) as admin:
        deadline = time.monotonic() + 60
        while not admin.create_topics(namespace, PARTITIONS, replication=BROKERS):
            assert time.monotonic() < deadline, "the topic does not go away"
            time.sleep(0.2)


def _limit(field: Field, topic: str, max_bytes: int | None) -> None:
    operation = AlterConfigOp.DELETE if max_bytes is None else AlterConfigOp.SET
    change = {"max.message.bytes": (operation, str(max_bytes))}
    with field.admin() as admin:
        admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, change)])

"""What may go wrong, by name; each scenario's docstring is its claim. `python -m tests.chaos` runs them, tests some."""

import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from tests.chaos import damage
from tests.chaos.disk import disk_full
from tests.chaos.field import Field
from tests.chaos.proxy import Weather
from tests.chaos.traffic import Mix
from tests.chaos.trial import Result, Trial, trial

Scenario = Callable[[Field, Mix], Result]
SESSION_S = 6.0
_AT_ONCE = 3


def joining(field: Field, mix: Mix) -> Result:
    """Workers that start together, join and leave while reports flow lose nothing and change nothing."""

    def disturb(t: Trial) -> None:
        t.read(0.2)
        with field.crew(t.namespace, 1) as late:
            t.joined(late)
            t.read(0.5)
            late.signal(0, signal.SIGTERM)
            t.read(0.7)

    return trial(field, "joining", mix, disturb)


def killed(field: Field, mix: Mix) -> Result:
    """Workers killed in turn in mid-work, behind a network on which what they sent is long under way."""

    def disturb(t: Trial) -> None:
        field.weather(Weather.SLOW, 0.05)
        for share in (0.1, 0.3, 0.5, 0.7):
            t.read(share)
            number = int(share * 10) // 2 % 2
            restarts = t.crew.workers[number].restarts
            t.crew.signal(number, signal.SIGKILL)
            t.until_back(t.crew.workers[number], restarts)

    return trial(field, "killed", mix, disturb)


def stopped(field: Field, mix: Mix) -> Result:
    """Workers asked to end (SIGTERM) in mid-work."""

    def disturb(t: Trial) -> None:
        for number, share in ((0, 0.2), (1, 0.4), (0, 0.6)):
            t.read(share)
            restarts = t.crew.workers[number].restarts
            t.crew.signal(number, signal.SIGTERM)
            t.until_back(t.crew.workers[number], restarts)
        assert not any("SIG" in line for line in t.crew.ended), t.crew.ended

    return trial(field, "stopped", mix, disturb)


def frozen(field: Field, mix: Mix) -> Result:
    """A worker that is frozen (SIGSTOP) with work in hand until others have taken over writes nothing when it wakes."""
    held = _held_marker(field)
    fault = {"kind": "slow", "at": "handle", "stage": "watch", "only": "exposure", "seconds": 5.0, "once": str(held)}

    def disturb(t: Trial) -> None:
        t.read(0.1)
        with field.crew(t.namespace, 1) as quick:
            t.joined(quick)
            held.unlink()
            t.feed.go_on()
            t.until(held.exists, "the worker has something in hand")
            t.crew.signal(0, signal.SIGSTOP)
            t.read(0.5)
            t.for_s(SESSION_S + 6)
            t.crew.signal(0, signal.SIGCONT)
            t.for_s(3)
        # What it may have written late is recovered now, and the other half built on it.

    return trial(field, "frozen", mix, disturb, faults=[fault], per_s=mix.count / 40, pauses_at=(0.1, 0.5))


def hung(field: Field, mix: Mix) -> Result:
    """An agent that hangs while heartbeats and ticks go on is noticed by the worker itself, which ends."""
    fault = {"kind": "hang", "at": "handle", "stage": "fuse", "after": 40, "once": _marker(field)}

    def disturb(t: Trial) -> None:
        t.until(lambda: t.crew.heard("fuse finished nothing"), "the hung agent is noticed", 60)

    return trial(field, "hung", mix, disturb, faults=[fault], stall_after_s="10")


def spinning(field: Field, mix: Mix) -> Result:
    """A step that never ends blocks the whole process, which is ended all the same and says where it was."""
    fault = {"kind": "spin", "at": "step", "stage": "read", "after": 40, "once": _marker(field)}

    def disturb(t: Trial) -> None:
        t.until(lambda: t.crew.heard("in commit"), "the spinning step is noticed", 90)

    return trial(field, "spinning", mix, disturb, faults=[fault], stall_after_s="10")


def slow_steps(field: Field, mix: Mix) -> Result:
    """A rebalance while a step takes long: what is in hand is finished before its partitions are given back."""
    held = _held_marker(field)
    fault = {"kind": "slow", "at": "send", "stage": "watch", "only": "alerts", "seconds": 15.0, "once": str(held)}

    def disturb(t: Trial) -> None:
        t.read(0.1)
        held.unlink()
        t.until(held.exists, "the worker has an alert in hand")
        with field.crew(t.namespace, 2) as quick:
            t.joined(quick)
            t.read(0.5)
            t.for_s(15)
        # What was finished late is recovered now, and the other half built on it.

    return trial(field, "slow-steps", mix, disturb, size=1, faults=[fault], per_s=mix.count / 40, pauses_at=(0.5,))


def brokers_killed(field: Field, mix: Mix) -> Result:
    """Each broker killed in turn, and with it the leader of some partitions in mid-batch."""

    def disturb(t: Trial) -> None:
        for node, share in zip(field.kafka.nodes, (0.1, 0.35, 0.6), strict=True):
            t.read(share)
            node.kill()
            t.read(share + 0.15)
            node.start()
            field.kafka.wait_ready()

    return trial(field, "brokers-killed", mix, disturb)


def brokers_away(field: Field, mix: Mix, away_s: float = 60.0) -> Result:
    """All brokers away for a minute, then back: everything resumes by itself."""

    def disturb(t: Trial) -> None:
        t.read(0.3)
        for node in field.kafka.nodes:
            node.kill()
        end = t.feed.sent
        field.say(f"    all brokers away for {away_s:.0f} s, {end} sent")
        time.sleep(away_s)
        field.mend()

    return trial(field, "brokers-away", mix, disturb, patience_s=240)


def bad_network(field: Field, mix: Mix) -> Result:
    """A network between workers and brokers that is slow, then cut, then half-open for longer than the session."""

    def disturb(t: Trial) -> None:
        for share, weather, late_s, seconds in (
            (0.1, Weather.SLOW, 0.05, 5.0),
            (0.3, Weather.CUT, 0.0, 4.0),
            (0.5, Weather.HALF_OPEN, 0.0, SESSION_S + 6),
        ):
            t.read(share)
            field.weather(weather, late_s)
            t.for_s(seconds)
            field.weather(Weather.FAIR)

    return trial(field, "bad-network", mix, disturb)


def one_cut_off(field: Field, mix: Mix) -> Result:
    """Each broker in turn behind a half-open network, and a worker killed meanwhile with what stuck on its way."""

    def disturb(t: Trial) -> None:
        for number, proxy in enumerate(field.proxies):
            t.read(0.1 + 0.2 * number)
            proxy.become(Weather.HALF_OPEN)
            t.for_s(3)
            t.crew.signal(number % 2, signal.SIGKILL)
            t.for_s(SESSION_S)
            proxy.become(Weather.FAIR)

    return trial(field, "one-cut-off", mix, disturb, per_s=mix.count / 40)


PLACES = (
    *((at, stage) for at in ("handle", "write", "send") for stage in ("read", "fuse", "watch")),
    ("settle", "watch"),
    ("deliver", ""),
)
"""Where an exception can strike outside of the steps themselves: the place, and the stage."""


def exceptions(field: Field, mix: Mix, places: Sequence[tuple[str, str]] = PLACES) -> Result:
    """An exception at each place of each stage, outside of the steps themselves: the process ends and does it again."""
    total = Result("exceptions")
    for some in range(0, len(places), _AT_ONCE):
        faults: list[dict[str, object]] = [
            {"kind": "raise", "at": at, "stage": stage, "after": 5, "once": _marker(field)}
            for at, stage in places[some : some + _AT_ONCE]
        ]

        def disturb(t: Trial, faults: list[dict[str, object]] = faults) -> None:
            struck = [Path(str(fault["once"])) for fault in faults]
            t.until(lambda: all(path.exists() for path in struck), "every fault strikes")

        total.add(trial(field, "exceptions", mix, disturb, size=len(faults), faults=faults, per_s=mix.count / 15))
    return total


def storm(field: Field, mix: Mix) -> Result:
    """Workers join, are killed, frozen and asked to end, and a broker dies, all while the same reports flow."""

    def disturb(t: Trial) -> None:
        node = field.kafka.nodes[1]
        t.read(0.1)
        with field.crew(t.namespace, 1) as late:
            t.joined(late)
            t.read(0.25)
            t.crew.signal(0, signal.SIGKILL)
            node.kill()
            t.read(0.4)
            late.signal(0, signal.SIGSTOP)
            t.for_s(SESSION_S + 1)
            late.signal(0, signal.SIGCONT)
            node.start()
            t.read(0.6)
            t.crew.signal(1, signal.SIGTERM)
            t.read(0.8)

    return trial(field, "storm", mix, disturb)


def versions(field: Field, mix: Mix) -> Result:
    """A worker beside one of the next version leaves alone what that one wrote: it ends, and calls no record bad."""
    newer: dict[str, object] = {"kind": "newer", "at": "rows"}

    def disturb(t: Trial) -> None:
        with field.crew(t.namespace, 1) as older:
            t.joined(older)
            t.read(0.3)
            t.crew.signal(0, signal.SIGKILL)  # what it held goes to the other
            t.until(lambda: older.heard("upgrade") or older.heard("run the newer program"), "the older one says why")
            t.read(0.6)

    return trial(field, "versions", mix, disturb, size=1, faults=[newer], per_s=mix.count / 20)


def siege(field: Field, mix: Mix, every_s: float = 30.0) -> Result:
    """For as long as reports flow a worker is killed every 30 s, and each broker in turn."""

    def disturb(t: Trial) -> None:
        kills = 0
        while t.feed.going or not t.all_read():
            t.for_s(every_s)
            node = field.kafka.nodes[kills % len(field.kafka.nodes)]
            t.crew.signal(kills % len(t.crew.workers), signal.SIGKILL)
            node.kill()
            t.for_s(every_s / 3)
            node.start()
            field.kafka.wait_ready()
            kills += 1
            field.say(
                f"    {t.feed.sent} sent, {len(t.witness.seen.receipts)} receipts, {kills} workers and brokers killed"
            )

    flowing = replace(mix, quiet_share=0.8)
    return trial(field, "siege", flowing, disturb, per_s=100, same_picture=False, patience_s=400)


SCENARIOS: dict[str, Scenario] = {
    "joining": joining,
    "siege": siege,
    "killed": killed,
    "stopped": stopped,
    "frozen": frozen,
    "hung": hung,
    "spinning": spinning,
    "slow-steps": slow_steps,
    "brokers-killed": brokers_killed,
    "brokers-away": brokers_away,
    "bad-network": bad_network,
    "one-cut-off": one_cut_off,
    "exceptions": exceptions,
    "storm": storm,
    "versions": versions,
    "disk-full": disk_full,
    "partitions-added": damage.partitions_added,
    "changelog-emptied": damage.changelog_emptied,
    "topic-deleted": damage.topic_deleted,
    "dlq-refused": damage.dead_letters_refused,
    "outputs-refused": damage.outputs_refused,
    "poison-flood": damage.poison_flood,
    "malformed": damage.malformed,
    "wrong-clocks": damage.wrong_clocks,
    "hot-facility": damage.hot_facility,
}


def _held_marker(field: Field) -> Path:
    """A marker that is there: a fault that strikes once does so when it is taken away."""
    path = Path(_marker(field))
    path.touch()
    return path


def _marker(field: Field) -> str:
    return str(field.folder / f"struck-{uuid4().hex[:8]}")

"""One trial: reports flow, something goes wrong, is mended, and then everything must be there, once and the same."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from streams.desk.supervisor import Worker
from tests.chaos.field import PARTITIONS, Crew, Feed, Field
from tests.chaos.traffic import Mix, reports
from tests.chaos.witness import Picture, Witness

PATIENCE_S = 150.0


@dataclass(slots=True)
class Trial:
    """A trial that goes on: what whoever disturbs it has in hand."""

    field: Field
    namespace: str
    crew: Crew
    feed: Feed
    witness: Witness

    def read(self, share: float) -> None:
        """Wait until so much of what was asked for has its receipt."""
        self.receipts(int(share * self.feed.expected))

    def all_read(self) -> bool:
        """Whether everything has its receipt or its dead letter."""
        return len(self.witness.seen.receipts) + len(self.witness.seen.letters) >= self.feed.expected

    def receipts(self, count: int) -> None:
        """Wait for so many receipts."""
        self.witness.until(
            lambda seen: len(seen.receipts) + len(seen.letters) >= count,
            lambda: f"only {len(self.witness.seen.receipts)} of {count} receipts\n{self.crew.log_tail()}",
            PATIENCE_S,
        )

    def until(self, condition: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
        """Wait for a condition while reading on."""
        self.witness.until(lambda _: bool(condition()), lambda: f"{what}: never\n{self.crew.log_tail()}", patience_s)

    def for_s(self, seconds: float) -> None:
        """Let a fault last: the one thing that takes time by its nature."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.witness.look()

    def joined(self, crew: Crew) -> None:
        """Wait until a crew was given partitions."""
        self.until(lambda: crew.heard("partitions held"), "the crew that joins is given partitions")

    def until_back(self, worker: Worker, restarts: int) -> None:
        """Wait until a worker was started again."""
        self.until(lambda: worker.restarts > restarts and worker.pid is not None, f"{worker.name} started again")


@dataclass(slots=True)
class Result:
    """What a trial came to."""

    name: str
    sent: int = 0
    receipts: int = 0
    letters: int = 0
    alerts: int = 0
    revisions: int = 0
    restarts: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)
    failure: str | None = None

    def add(self, part: "Result") -> None:
        """Count a part of it, which was a trial of its own."""
        self.sent, self.receipts = self.sent + part.sent, self.receipts + part.receipts
        self.letters, self.restarts = self.letters + part.letters, self.restarts + part.restarts
        self.alerts, self.revisions = self.alerts + part.alerts, self.revisions + part.revisions
        self.seconds += part.seconds


def trial(
    field: Field,
    name: str,
    mix: Mix,
    disturb: Callable[[Trial], None],
    *,
    size: int = 2,
    per_s: float = 0.0,
    faults: Sequence[dict[str, object] | None] = (),
    same_picture: bool = True,
    pauses_at: Sequence[float] = (),
    patience_s: float = PATIENCE_S,
    **settings: str,
) -> Result:
    """Run a trial to its end and prove that nothing was lost and nothing contradicts; raise AssertionError if not."""
    begun = time.monotonic()
    expected = picture(field, mix) if same_picture else None
    made = list(reports(mix))
    namespace = field.namespace(name)
    witness = Witness(field.direct, namespace, PARTITIONS)
    try:
        with field.crew(namespace, size, faults, **settings) as crew:
            pauses = [int(share * len(made)) for share in pauses_at]
            feed = Feed(field.direct, namespace, per_s, expected=len(made), pauses_at=pauses)
            t = Trial(field, namespace, crew, feed, witness)
            if per_s:
                t.joined(crew)  # a pace counts from when there is somebody to keep it
            feed.start(made)
            disturb(t)
            field.mend()
            feed.finish()
            seen = witness.until_settled({r.report_id for r in made}, crew.log_tail, patience_s)
            restarts = sum(worker.restarts for worker in crew.workers)
            tail = crew.log_tail()
    finally:
        witness.close()
    assert not witness.contradictions, f"two contents of {witness.contradictions[:3]}\n{tail}"
    assert not witness.gaps, f"revisions missing of {witness.gaps[:3]}\n{tail}"
    assert not seen.letters_elsewhere, f"our own records became dead letters: {seen.letters_elsewhere[:3]}\n{tail}"
    assert expected is None or witness.picture == expected, _difference(witness.picture, expected)
    field.remove(namespace)
    return Result(
        name,
        sent=len(made),
        receipts=len(seen.receipts),
        letters=len(seen.letters),
        alerts=len(seen.latest),
        revisions=len(seen.contents),
        restarts=restarts,
        seconds=time.monotonic() - begun,
    )


def picture(field: Field, mix: Mix) -> Picture:
    """Return what an undisturbed run of the same reports ends with; found once for each mix."""
    if mix not in field.pictures:
        made = list(reports(mix))
        namespace = field.namespace("undisturbed")
        witness = Witness(field.direct, namespace, PARTITIONS)
        with field.crew(namespace, 1, bootstrap=field.direct) as crew:
            Feed(field.direct, namespace).start(made).finish()
            seen = witness.until_settled({r.report_id for r in made}, crew.log_tail, PATIENCE_S)
        witness.close()
        assert seen.latest, "the reports lead to no alert: nothing could be compared"
        field.pictures[mix] = witness.picture
        field.remove(namespace)
        field.say(f"    undisturbed: {len(made)} reports, {len(seen.contents)} revisions of {len(seen.latest)} alerts")
    return field.pictures[mix]


def _difference(found: Picture, expected: Picture) -> str:
    lines = [f"now         {' '.join(told)}" for told in sorted(found - expected)]
    lines += [f"undisturbed {' '.join(told)}" for told in sorted(expected - found)]
    return "another picture than undisturbed:\n" + "\n".join(lines)

"""A story that very many tell: its row stays small, every report counts, and nobody's word is lost for good."""

import random
from collections.abc import Iterator

import pytest

from schemas.mention import Mention
from schemas.outcome import Outcome
from schemas.taxonomy import ActionKind, ThreatType
from streams.fusing.crowd import CROWD
from tests.unit.fusing_life import BASE, Desk, action, mention, withdrawal

PLACES = (("Reedtown", 33.02, 44.0, 2.0), ("Dunetown", 33.0, 44.03, 6.0))
ROW_BYTES = 100_000


def story(reports: int, seed: int = 1) -> Iterator[Mention]:
    """Yield what many outlets say of one strike, each in its own words, some of them with other figures or kinds."""
    rng = random.Random(seed)
    for n in range(reports):
        yield mention(
            f"s{n}",
            at=rng.choice([0, 0, 0.25]),
            wide=rng.choice([0.5, 1]),
            after=1 + 9 * rng.random(),
            facility_id=BASE.id,
            place=rng.choice(PLACES),
            kind=rng.choice([ThreatType.ROCKET] * 5 + [ThreatType.UNKNOWN_EXPLOSION]),
            killed=rng.choice([None, None, 2, 2, 3]),
            source=f"outlet {rng.randrange(300)}",
        )


def test_a_crowd_is_counted_and_its_row_stays_small() -> None:
    """Hundreds of reports of one thing are one incident, counted to two digits, in records of bounded size."""
    desk = Desk()
    largest = exposed = 0
    for told in story(200):
        step = desk.take(told)
        largest = max([largest, *(len(row) for row in step.rows.values() if row)])
        exposed = max([exposed, *(len(o.record.to_json()) for o in step.outputs if o.record)])
    (incident,) = desk.standing()
    speaking = len(desk.fusion._held.accounts)
    assert CROWD <= speaking < 3 * CROWD
    assert speaking + (200 - speaking) // 10 * 10 == incident.mentions
    assert max(largest, exposed) < ROW_BYTES
    assert desk.exposures[incident.incident_id, BASE.id].incident.mentions == incident.mentions
    assert len(desk.groups()) == 1


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_story_of_thousands_stays_small() -> None:
    """Two thousand reports, and a restart, leave a few dozen accounts in the row, and most reports change no more."""
    desk = Desk()
    changes = [sum(not key.startswith("~") for key in desk.take(told).rows) for told in story(2000)]
    desk.restart()
    (incident,) = desk.standing()
    assert 1900 <= incident.mentions <= 2000
    assert len(desk.rows[incident.incident_id]) < ROW_BYTES
    assert sum(changes[:400]) > 2 * sum(changes[-400:])


def test_a_quiet_report_is_known_again_and_can_be_taken_back() -> None:
    """A replay of a counted report changes nothing; its withdrawal is heard, and so is that of one that speaks."""
    desk = Desk()
    told = {m.report_id: m for m in story(60)}
    desk.take(*told.values())
    quiet = sorted(desk.fusion._held.quiet.by_id)
    assert len(quiet) > 3
    report = told[quiet[0].split("/")[0]]
    assert desk.take(report).outcome is Outcome.REPEATED
    assert desk.take(withdrawal(report.report_id, source=report.source.name)).outcome is Outcome.WITHDRAWN
    assert desk.take(report).outcome is Outcome.WITHDRAWN
    assert report.mention_id not in dict(desk.fusion.assignments())
    speaker = told[min(desk.fusion._held.accounts.values(), key=lambda a: a.rank).report_id]
    desk.take(withdrawal(speaker.report_id, source=speaker.source.name))
    assert len(dict(desk.fusion.assignments())) == 58
    assert len(desk.groups()) == 1


def test_an_operator_makes_a_quiet_report_speak() -> None:
    """A ruling on mentions that were only counted holds: they speak from then on."""
    desk = Desk()
    desk.take(*story(60))
    (incident,) = desk.standing()
    quiet = sorted(desk.fusion._held.quiet.by_id)[:2]
    desk.take(action(ActionKind.SPLIT, incident.incident_id, mention_ids=tuple(quiet)))
    assert frozenset(quiet) in desk.groups()
    desk.take(*(mention(f"t{n}", facility_id=BASE.id) for n in range(3)))
    (apart,) = (group for group in desk.groups() if quiet[0] in group)
    assert {m for m in apart if m.startswith("s")} == set(quiet)

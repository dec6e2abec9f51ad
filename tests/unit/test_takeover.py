"""What a new set of facilities would end of what is watched over now, and what of that is asked for."""

from datetime import UTC, datetime

import pytest

from schemas.facility import Facility, Manifest
from schemas.taxonomy import FacilityKind
from streams.desk.publishing import Published
from streams.desk.takeover import Change, compare, why_ask
from streams.gazetteer import Gazetteer
from tests.alert_samples import alert


def places(*numbers: int, name: str = "Camp") -> list[Facility]:
    """Facilities, one for each number."""
    return [
        Facility(id=f"ke-{n}", name=f"{name} {n}", kind=FacilityKind.MILITARY_BASE, country="KE", lat=n / 9, lon=38.0)
        for n in numbers
    ]


def published(*numbers: int) -> Published:
    """What lies on the topic after these were published."""
    gazetteer = Gazetteer(places(*numbers))
    manifest = Manifest(
        version=gazetteer.version,
        count=len(gazetteer),
        sha256=gazetteer.sha256,
        published_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    return Published(dict(gazetteer.by_id), manifest)


UNPUBLISHED = Published({}, None)


def test_the_difference_is_to_what_is_in_force() -> None:
    """Until something is published the facilities that ship are watched over, so a first list takes them away."""
    first = compare(UNPUBLISHED, Gazetteer(places(1)))
    assert (first.added, len(first.removed), first.watched, first.first) == (("ke-1",), 160, 160, True)
    unfinished = Published(dict(Gazetteer(places(1)).by_id), None)
    assert compare(unfinished, Gazetteer(places(1))).added == ("ke-1",)
    later = compare(published(1, 2, 3), Gazetteer([*places(2, 4), *places(3, name="Fort")]))
    assert later == Change(added=("ke-4",), changed=("ke-3",), removed=("ke-1",), moved=(), kept=2, first=False)
    assert compare(published(), Gazetteer(places(1))) == Change(("ke-1",), (), (), (), kept=0, first=False)


@pytest.mark.parametrize(
    "before, after, alerts, told",
    [
        pytest.param(
            UNPUBLISHED,
            (1, 2),
            0,
            "this list takes the place of the 160 facilities that ship as an example, and those are watched over now",
            id="a first list",
        ),
        pytest.param(
            UNPUBLISHED, (), 0, "nothing would be watched over any more: the 160 facilities would go", id="none"
        ),
        pytest.param(published(1), (), 0, "nothing would be watched over any more: the 1 facil", id="none after one"),
        pytest.param(
            UNPUBLISHED,
            (1,),
            2,
            "this list takes the place of the 160 facilities that ship as an example, and those are watched over now; "
            "2 open alerts would be cancelled: the watch behind them ends",
            id="a first list, and alerts",
        ),
        pytest.param(
            published(*range(9)),
            range(8),
            1,
            "an open alert would be cancelled: the watch behind it ends, the danger does not",
            id="one",
        ),
        pytest.param(published(*range(8)), range(3, 20), 0, "the watch over 3 of 8 facilities would end", id="many"),
        pytest.param(published(1), (2,), 0, "the watch over the 1 facility would end", id="the only one"),
        pytest.param(published(*range(8)), range(2, 20), 0, None, id="a quarter"),
        pytest.param(published(1, 2), (1, 2, 3), 0, None, id="more"),
        pytest.param(published(), (), 0, None, id="none after none"),
        pytest.param(published(), (1,), 0, None, id="one after none"),
    ],
)
def test_what_is_not_done_in_passing(before: Published, after: tuple[int, ...], alerts: int, told: str | None) -> None:
    """An end to everything, to an open alert or to a large share is asked for, with the reason; the rest is not."""
    reason = why_ask(compare(before, Gazetteer(places(*after))), [alert(f"a-{n}") for n in range(alerts)])
    assert reason is None if told is None else (reason or "").startswith(told)


def test_another_place_under_the_same_id_is_asked_for() -> None:
    """A position is corrected in passing, a facility is not sent to another country."""
    corrected, sent_away = (places(1, 2)[1].model_copy(update={"lat": lat}) for lat in (0.4, 9.0))
    assert why_ask(compare(published(1, 2), Gazetteer([*places(1), corrected])), []) is None
    told = "another place would be watched over under the same id: ke-2 by 976 km"
    assert why_ask(compare(published(1, 2), Gazetteer([*places(1), sent_away])), []) == told

"""What stands or runs and is blown up, no weapon named: sabotage; not mishaps, demolitions nor figures of speech."""

import pytest

from tests.unit.reader import reading_of

PUBLISHED = "2025-05-14T12:00:00Z"
BLOWN_UP = [
    ("The pipeline was blown up near Kirkuk on Tuesday.", "near Kirkuk"),
    ("A bridge on the road to Samarra was blown up overnight.", "Samarra"),
    ("Two power pylons were blown up outside Diyala on Monday night.", "outside Diyala"),
    ("Unknown men blew up a section of the Cano Limon pipeline on Tuesday.", "co-cano-limon"),
    ("A gas line was blown up in Sui, Balochistan, on Monday.", "in Sui"),
    ("The rail track near Sibi was blown up on Tuesday, halting trains.", "near Sibi"),
    ("Part of the main line between Sibi and Quetta was blown up on Tuesday.", "between Sibi and Quetta"),
    ("A railway track was dynamited near Jacobabad overnight.", "near Jacobabad"),
    ("The oil tanker went up in an explosion set by unknown men near Basra on Tuesday.", "near Basra"),
    ("An oil tanker was blown up on the highway near Peshawar on Tuesday.", "on the highway near Peshawar"),
    ("A telecoms mast was blown up in Mandera on Tuesday.", "in Mandera"),
    ("The export pipeline was blasted near Ceyhan on Tuesday.", "near Ceyhan"),
    ("Militants blew up two pylons and a gas pipeline in Sinai on Monday night.", "in Sinai"),
]
NOTHING = [
    ("The army blew up a bridge near Kirkuk on Tuesday to slow the advance.", "friendly"),
    ("Ukrainian troops blew up the bridge as they withdrew on Tuesday.", "friendly"),
    ("Sappers blew up a section of the old pipeline on Tuesday.", "friendly"),
    ("The bridge over the Tigris at Samarra was blown up by the retreating army on Tuesday.", "friendly"),
    ("The disused bridge was blown up in a controlled demolition on Tuesday.", "accident"),
    ("The pipeline near Kirkuk blew up after a leak on Tuesday.", "accident"),
    ("A tanker blew up in Basra on Tuesday when a welder's torch ignited fumes.", "accident"),
    ("Workers blew up a rock beside the rail track near Quetta on Tuesday.", "accident"),
    ("The unexploded bomb under the bridge was blown up by bomb disposal officers on Tuesday.", "accident"),
    ("The row over the pipeline was blown up out of all proportion on Tuesday.", "non_literal"),
    ("The story of the pipeline has been blown up by the press, the minister said on Tuesday.", "non_literal"),
    ("Balloons were blown up under the bridge in Erbil on Tuesday.", "non_literal"),
    ("A photo of the bridge was blown up and hung in the lobby in Baghdad on Tuesday.", "generic"),
    ("The bridge near Mosul was blown up in 2017.", "historical"),
    ("If the pipeline were blown up, exports would stop, an analyst said on Tuesday.", "hypothetical"),
    ("Nobody has blown up the pipeline, the ministry said on Tuesday.", "negated"),
]


@pytest.mark.parametrize("text, where", BLOWN_UP)
def test_a_structure_that_is_blown_up_is_sabotaged(text: str, where: str) -> None:
    """Of whatever kind, by whomever, whole or in part."""
    (told,) = reading_of(text, published=PUBLISHED)[1]
    assert (told.threat_type.value, told.status.value) == ("sabotage", "executed")
    assert where in (told.facility_id, told.place.name if told.place else None)


@pytest.mark.parametrize("text, reason", NOTHING)
def test_what_only_sounds_like_it_is_set_aside(text: str, reason: str) -> None:
    """By one's own side, by mishap or on purpose and under control; in a manner of speaking."""
    reading, told = reading_of(text, published=PUBLISHED)
    assert not told
    assert [a.reason.value for a in reading.set_aside] == [reason]


def test_those_who_blow_it_up_may_be_troops() -> None:
    """A foreign army's demolition of a dam is none by one's own side."""
    (told,) = reading_of("Russian troops blew up the Kakhovka dam on Tuesday.", published=PUBLISHED)[1]
    assert told.facility_id == "ua-kakhovka-dam"

"""Reports to measure with: every sixth tells an attack on a facility of the default file, the others tell of none."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from schemas.facility import Facility
from schemas.report import Report, Source
from schemas.taxonomy import SourceKind

OUTLETS = ("Coral Wire", "Harbour Gazette", "Uplands Radio", "Tigris Dispatch", "Relief Logistics Forum", "Gate log")
DEEDS = (
    "Two drones were shot down near {name} shortly after {hour}:00, a security source said. Nobody was hurt.",
    "Three rockets landed inside {name} at about {hour}:30, wounding {n} guards, local officials said.",
    "Mortar rounds fell {n} km north of {name} around {hour}:15. There were no casualties, the army said.",
    "A roadside bomb went off beside a convoy that was leaving {name} at {hour}:45, killing {n} people.",
    "Gunmen opened fire on the main gate of {name} at about {hour}:00 and fled; {n} soldiers were wounded.",
)
QUIET = (
    (
        "The harbour authority said on Monday that the ferry would run twice a day from next week. Traders agreed. "
        "A spokesman for the port said the new timetable had been agreed with the unions after a month of talks. "
    ),
    (
        "Rain is expected in the north of the country until Thursday, the weather office said, with strong winds along "
        "the coast. Farmers were advised to bring in what they can, and drivers to take the inland road. "
    ),
    (
        "The ministry of health opened a clinic in the district. It has twelve beds, a laboratory and a van, and "
        "is the first of four that are planned for the province this year, the minister told reporters. "
    ),
    (
        "Years after the bombing of the old market its traders met again on Friday to remember the dead. The governor "
        "promised a monument, as his predecessor had. Nobody has been tried for the attack. "
    ),
)


def reports(facilities: list[Facility], count: int, until: datetime, *, seed: int = 7) -> Iterator[Report]:
    """Yield reports of about 1 kB, published one after the other over the six days before `until`."""
    rng = random.Random(seed)
    for number in range(count):
        published = until - timedelta(days=6) * (1 - (number + 1) / count)
        told = rng.choice(QUIET) * 4
        if number % 6 == 0:
            site = rng.choice(facilities)
            hour = rng.randrange(24)
            told = f"{rng.choice(DEEDS).format(name=site.name, hour=f'{hour:02}', n=rng.randrange(2, 9))} {told}"
        yield Report(
            report_id=f"bench-{number}",
            source=Source(name=rng.choice(OUTLETS), kind=SourceKind.NEWS),
            published_at=published,
            lang="en",
            title="",
            text=told,
        )

"""What fusing costs the watch: alarms on incidents fused from some six mentions each, against those on the true ones.

`python -m tests.bench.fuse_then_detect INCIDENTS.csv [--from-day 60] [--days 40] [--seed 5]`: tells real incidents by
invented outlets as `fusion_bench.py` does, fuses the mentions through the very code that the agent runs, and asks the
detector as it ships for its alarms at places chosen as `detect_bench.py` does: on the true incidents, on the fused
ones, and on the mentions as if each were an incident.
"""

import argparse
import csv
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from schemas.incident import Incident as FusedIncident
from schemas.policy import Policy
from schemas.taxonomy import IncidentState
from streams.fusing import Fusion
from streams.gazetteer import Gazetteer, distance_km
from tests.bench.detect import alarms_of, configured
from tests.bench.fuse import read
from tests.bench.reading import module
from tests.shared import SHARED

WARM_DAYS = 15.0
"""Alarms count from then on: before, the detector knows no baseline."""
STRATA = {"quiet": (0.004, 0.1), "middling": (0.1, 1.0), "hot": (1.0, 15.0)}
PLACES = 70
"""In each stratum."""
FALSE_ALERT_EVERY_D = 91.25

Event = tuple[float, float, float]
"""Days since the first, latitude, longitude."""


def main() -> None:
    """Print the alarms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("incidents", type=Path)
    parser.add_argument("--from-day", type=int, default=60)
    parser.add_argument("--days", type=int, default=40)
    parser.add_argument("--seed", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        true, begin = told(args, Path(folder))
        mentions, fused = fuse(Path(folder) / "mentions.jsonl", begin)
    rng = np.random.default_rng(args.seed)
    print(f"{len(true)} incidents, {len(mentions)} mentions, {len(fused)} fused incidents; places, alarms on each:")
    total = dict.fromkeys(("true", "fused", "mentions"), 0)
    for name, (low, high) in STRATA.items():
        places = picked(true, args.days, rng, low, high)
        prior = {str(km): float(np.mean([len(near(true, p, km)) for p in places])) / args.days for km in (10, 25)}
        config = configured(prior, FALSE_ALERT_EVERY_D)
        found = {}
        for kind, events in (("true", true), ("fused", fused), ("mentions", mentions)):
            lives = (near(events, place, 50.0) for place in places)
            found[kind] = sum(day >= WARM_DAYS for life in lives for day in alarms_of(life, config))
            total[kind] += found[kind]
        print(f"{name}: {len(places)} places", found)
    print(f"fused {total['fused'] / total['true']:.2f} x true, mentions {total['mentions'] / total['true']:.2f} x true")


def told(args: argparse.Namespace, folder: Path) -> tuple[list[Event], datetime]:
    """Let `fusion_bench.py` tell the incidents; return when and where each was, and the first day."""
    if SHARED is None:
        raise SystemExit("fusion_bench.py is not beside this checkout")
    bench, at = module(SHARED / "fusion_bench.py"), {}
    tell = bench.tell

    def noted(rng: object, incident: dict[str, Any], full: bool) -> object:
        at[incident["n"]] = incident["t"]
        return tell(rng, incident, full)

    bench.tell = noted  # type: ignore[attr-defined]  # it keeps the true times to itself
    bench.make(argparse.Namespace(dir=str(folder), **vars(args)))
    with args.incidents.open(newline="") as f:
        rows = list(csv.DictReader(f))
    first = datetime.fromisoformat(min(r["date"] for r in rows)).date().toordinal() + args.from_day
    chosen = [r for r in rows if 0 <= datetime.fromisoformat(r["date"]).date().toordinal() - first < args.days]
    true = [(days(at[n], bench.START), float(r["latitude"]), float(r["longitude"])) for n, r in enumerate(chosen)]
    return sorted(true), bench.START


def fuse(path: Path, begin: datetime) -> tuple[list[Event], list[Event]]:
    """Return the mentions as they stand, and the incidents that they are fused to."""
    fusion, policy, gazetteer = Fusion(0), Policy(), Gazetteer([])
    mentions, told = [], dict[str, FusedIncident]()
    for mention in read(path):
        step = fusion.step(mention, None, int(mention.published_at.timestamp() * 1000), gazetteer, policy)
        fusion.apply(step.rows)
        told |= {o.key: o.record for o in step.outputs if isinstance(o.record, FusedIncident)}
        if (place := mention.place) and place.lat is not None and place.lon is not None:
            mentions.append((days(mention.event_time, begin), place.lat, place.lon))
    standing = [i for i in told.values() if i.state is IncidentState.STANDING]
    fused = [
        (days(i.event_time, begin), p.lat, p.lon)
        for i in standing
        if (p := i.place) and p.lat is not None and p.lon is not None
    ]
    return sorted(mentions), sorted(fused)


def picked(true: list[Event], span_d: float, rng: np.random.Generator, low: float, high: float) -> list[Event]:
    """Places whose true rate within 25 km lies in a stratum: half of them near incidents, half anywhere."""
    lat, lon = np.array([e[1] for e in true]), np.array([e[2] for e in true])
    places: list[Event] = []
    while len(places) < PLACES:
        if len(places) % 2 == 0:
            n = rng.integers(len(true))
            place = (0.0, float(lat[n] + rng.normal() * 10 / 111), float(lon[n] + rng.normal() * 10 / 95))
        else:
            place = (
                0.0,
                float(rng.uniform(*np.quantile(lat, [0.01, 0.99]))),
                float(rng.uniform(*np.quantile(lon, [0.01, 0.99]))),
            )
        if low <= len(near(true, place, 25.0)) / span_d <= high:
            places.append(place)
    return places


def near(events: Iterable[Event], place: Event, within_km: float) -> list[tuple[float, float, str]]:
    """Return the life of a place: day, distance and kind of each event around it."""
    _, lat, lon = place
    degrees = within_km / 85
    return [
        (day, km, "")
        for day, y, x in events
        if abs(y - lat) < degrees and abs(x - lon) < degrees and (km := distance_km(y, x, lat, lon)) <= within_km
    ]


def days(at: datetime, begin: datetime) -> float:
    """Return the days since the beginning."""
    return (at - begin).total_seconds() / 86_400


if __name__ == "__main__":
    main()

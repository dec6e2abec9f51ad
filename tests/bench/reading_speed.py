"""Measures the reader's speed and memory: by length, with and without threat words, with 160 and 100,000 facilities.

`python -m tests.bench.reading_speed [--facilities N] [--profile]`. Texts are made of our own reports and of
sentences without any threat word, half and half, cut to length; each is read once a round. CPU time of one process, the
best of several rounds; the first line calibrates the machine.
"""

import argparse
import cProfile
import itertools
import json
import pstats
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from schemas.facility import Facility
from schemas.policy import Policy
from schemas.report import Report
from streams.gazetteer import Gazetteer
from streams.reading import Lexicon, read
from tests.bench.reading import DEFAULT_FACILITIES, ROOT

LENGTHS = {200: 30, 2_200: 20, 20_000: 4, 256_000: 1}
"""Characters of a report, and how many different ones are read in a round."""
QUIET = (
    "The harbour cafe serves soup and bread to the sailors who come in before the ferry leaves.",
    "Prices of rice and cooking oil went up by four per cent in {month}, the bureau of statistics said on {day}.",
    "The council of {town} will meet again on {day} to vote on the budget for roads, parks and schools.",
    "A new library was opened in {town} by the minister of education, who praised the teachers and the parents.",
    "Heavy rain is expected in the north and around {town} from {day}, forecasters said.",
    "The airport handled more than {n} passengers in {month}, according to its operator.",
    "Talks between the two governments about water and trade will go on in {town} next week.",
    "The embassy said that visas would be issued within {n} days of an application.",
    "Farmers near {town} began to sow wheat on {n} hectares that had lain fallow since the drought.",
    "The national team won by three goals to one, and its coach thanked the {n} supporters who had travelled.",
    "Engineers restored the power supply to {n} homes in {town} by {day} evening.",
    "The company that runs the refinery reported a profit of {n} million dollars for the quarter.",
)
"""No sentence holds a cue for a weapon or a deed."""
TOWNS = ("Mosul", "Kirkuk", "Aleppo", "Kandahar", "Gao", "Benghazi", "Marib", "Sirte", "Erbil", "Homs")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "March", "April", "June", "September", "November")
SYLLABLES = ("ka", "bar", "tel", "sha", "mir", "dol", "un", "zar", "qu", "ris", "ven", "al", "or", "hem", "tor", "gi")


def main() -> None:
    """Print microseconds and reports a second for every case, and the memory of the indexes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facilities", type=int, default=100_000, help="size of the large invented gazetteer")
    parser.add_argument("--profile", action="store_true", help="print what 2.2 kB reports spend their time on")
    args = parser.parse_args()
    print(f"a loop of 1,000 squares takes {best_us(lambda: [n * n for n in range(1000)], 50):.0f} us here")
    default = Gazetteer.from_geojson(DEFAULT_FACILITIES)
    for gazetteer in (default, invented(default, args.facilities)) if args.facilities else (default,):
        before, began = resident_mb(), time.process_time()
        lexicon = Lexicon.build(gazetteer)
        took, grew = time.process_time() - began, resident_mb() - before
        print(f"\n{len(gazetteer):,} facilities: indexes built in {took:.2f} s of CPU, {grew:.0f} MB resident")
        print("characters  threat words  us/report  reports/s  us/character")
        for (length, count), threats in itertools.product(LENGTHS.items(), (False, True)):
            reports = list(itertools.islice(texts(length, threats=threats), count))
            us = reading_us(reports, lexicon)
            print(
                f"{length:10,d}  {'yes' if threats else 'no':>12s}  {us:9,.0f}  {1e6 / us:9,.0f}  {us / length:12.3f}"
            )
    if args.profile:
        profile(Lexicon.build(default))


def texts(length: int, *, threats: bool) -> Iterator[Report]:
    """Yield reports of a length, without end; always the same ones."""
    dice = random.Random(length)
    told = [line for text in golden() for line in text.splitlines() if line.strip()]
    for number in itertools.count():
        lines: list[str] = []
        while sum(map(len, lines)) + len(lines) < length:
            if threats and len(lines) % 2 == 0:
                lines.append(dice.choice(told))
            else:
                line = dice.choice(QUIET)
                lines.append(
                    line.format(
                        town=dice.choice(TOWNS),
                        day=dice.choice(DAYS),
                        month=dice.choice(MONTHS),
                        n=dice.randrange(10, 900),
                    )
                )
        yield report("\n".join(lines)[:length], f"bench-{number}")


def golden() -> list[str]:
    """The texts of our own annotated reports."""
    lines = (ROOT / "tests" / "golden" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["report"]["text"] for line in lines]


def report(text: str, report_id: str = "bench") -> Report:
    """A wire's report."""
    row = {"report_id": report_id, "source": {"name": "wire"}, "published_at": "2025-03-13T10:00:00Z", "lang": "en"}
    return Report.model_validate_json(json.dumps({**row, "text": text}))


def reading_us(reports: list[Report], lexicon: Lexicon, rounds: int = 5) -> float:
    """CPU microseconds that a report takes."""
    policy = Policy()

    def once() -> None:
        for r in reports:
            read(r, 1, lexicon, policy)

    return best_us(once, 1, rounds) / len(reports)


def best_us(run: Callable[[], object], times: int, rounds: int = 5) -> float:
    """CPU microseconds of one run, the best of several rounds."""
    run()
    found = []
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(times):
            run()
        found.append((time.process_time() - began) / times)
    return 1e6 * min(found)


def invented(like: Gazetteer, count: int) -> Gazetteer:
    """Return a gazetteer of so many facilities, the given ones among them; always the same."""
    dice, out = random.Random(7), list(like.by_id.values())
    models = [f for f in out if f.parent is None]
    seen: set[str] = set()
    while len(out) < count:
        model = dice.choice(models)
        town = "".join(dice.choices(SYLLABLES, k=dice.randint(3, 5))).capitalize()
        name = f"{town} {model.kind.value.replace('_', ' ').title()}"
        if name in seen:
            continue
        seen.add(name)
        out.append(
            Facility(
                id=f"{model.country.lower()}-{name.lower().replace(' ', '-')}",
                name=name,
                context_aliases=(town,),
                kind=model.kind,
                country=model.country,
                admin1=model.admin1,
                region_words=model.region_words,
                tenants=model.tenants,
                descriptors=model.descriptors,
                lat=round(max(-89.0, min(89.0, model.lat + dice.uniform(-2, 2))), 3),
                lon=round(max(-179.0, min(179.0, model.lon + dice.uniform(-2, 2))), 3),
            )
        )
    return Gazetteer(out)


def resident_mb() -> float:
    """Resident memory of this process; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 / 1e6 if status.exists() else 0.0


def profile(lexicon: Lexicon) -> None:
    """Print where reading 2.2 kB reports with threat words spends its time."""
    reports, policy = list(itertools.islice(texts(2_200, threats=True), 60)), Policy()
    watch = cProfile.Profile(time.process_time)
    watch.enable()
    for r in reports:
        read(r, 1, lexicon, policy)
    watch.disable()
    pstats.Stats(watch).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()

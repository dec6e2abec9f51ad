"""Reports for the chaos runs, made from a seed: attacks that many outlets tell, between others of which nothing comes.

places x attacks x outlets       the same attack told several times: they join, cluster, and alert
corrections and retractions      of some of those, by their own outlets
quiet texts, other languages     of which a receipt is all that comes
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from schemas.report import Report, Source

PLACES = (
    ("Camp Arifjan in Kuwait", 3),
    ("Ali Al Salem Air Base in Kuwait", 3),
    ("Al Asad Air Base in Iraq", 3),
    ("Erbil International Airport in Iraq", 3),
    ("Al Dhafra Air Base in the United Arab Emirates", 4),
    ("Camp Lemonnier in Djibouti", 3),
    ("Bagram Airfield in Afghanistan", 4),
    ("Port of Fujairah in the United Arab Emirates", 4),
)
"""Facilities of the default set as an outlet writes them, and their hours east of Greenwich."""

ATTACKS = (
    "Four rockets struck {place} {when}, killing two soldiers and wounding nine, {officials} said.",
    "Two explosive-laden drones hit {place} {when}, killing three people, {officials} said.",
    "Gunmen attacked the main gate of {place} {when}, killing four guards, {officials} said.",
    "A car bomb exploded at the gate of {place} {when}, killing six people, {officials} said.",
    "Mortar rounds landed inside {place} {when}, wounding five contractors, {officials} said.",
)
OFFICIALS = ("officials", "the army", "police", "the ministry", "local authorities")
NOTHING = (
    "The harbour at {place} was calm and the market opened on time.",
    "Officials from {place} met on Sunday to talk about the price of bread.",
    "Runway lights near {place} are to be replaced in spring, the operator said.",
    "Am Sonntag wurde in der Stadt ein neuer Markt eröffnet, und der Bürgermeister hielt eine kurze Rede.",
)


@dataclass(frozen=True, slots=True)
class Mix:
    """What the reports are made of."""

    count: int
    seed: int = 7
    now: datetime = datetime.now(tz=UTC)  # noqa: RUF009  one instant for all runs of a process, so that runs compare
    quiet_share: float = 0.5
    corrected_share: float = 0.04
    retellings: int = 12
    """How many outlets tell of one attack, at most."""
    places: int = len(PLACES)
    """How many of the places are attacked."""
    bad: int = 10_000
    """How many bad records come between them, where a scenario sends any."""


def reports(mix: Mix) -> Iterator[Report]:
    """Yield the reports of a mix, always the same ones."""
    dice = random.Random(mix.seed)
    told: list[Report] = []
    left = 0
    text, published_at, place = "", mix.now, PLACES[0][0]
    for number in range(mix.count):
        report_id = f"chaos-{mix.seed}-{number}"
        if dice.random() < mix.quiet_share:
            place = dice.choice(PLACES)[0]
            text_of_none = f"{dice.choice(NOTHING).format(place=place)} Bulletin {number}."
            yield _report(report_id, f"Gazette {dice.randrange(40)}", mix.now - timedelta(minutes=5), text_of_none)
            continue
        if told and dice.random() < mix.corrected_share:
            yield _taken_back(report_id, dice.choice(told), dice)
            continue
        if not left:
            left = dice.randint(1, mix.retellings)
            text, published_at = _attack(mix, dice)
        left -= 1
        one = _report(report_id, f"Outlet {number % 97}", published_at + timedelta(seconds=left), text)
        told.append(one)
        yield one


def _attack(mix: Mix, dice: random.Random) -> tuple[str, datetime]:
    place, east_h = dice.choice(PLACES[: mix.places])
    published_at = mix.now - timedelta(minutes=dice.randrange(30, 60 * 60))
    when = (published_at - timedelta(minutes=40)).astimezone(timezone(timedelta(hours=east_h)))
    officials = dice.choice(OFFICIALS)
    said = f"at about {when:%H:%M} on {when.day} {when:%B}"
    return dice.choice(ATTACKS).format(place=place, when=said, officials=officials), published_at


def _taken_back(report_id: str, earlier: Report, dice: random.Random) -> Report:
    later = earlier.published_at + timedelta(minutes=10)
    name = earlier.source.name
    if dice.random() < 0.5:
        text = f"{name} takes back its report; nothing of the kind happened."
        return _report(report_id, name, later, text, retracts=earlier.report_id)
    text = earlier.text.replace("killing", "wounding")
    return _report(report_id, name, later, text, corrects=earlier.report_id)


def _report(
    report_id: str, source: str, at: datetime, text: str, corrects: str | None = None, retracts: str | None = None
) -> Report:
    return Report(
        report_id=report_id,
        source=Source(name=source),
        published_at=at,
        text=text,
        lang="de" if text.startswith("Am ") else "en",
        corrects=corrects,
        retracts=retracts,
    )

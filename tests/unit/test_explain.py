"""What people read: the grammar holds for every threat, status, level and change."""

import re
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import pytest

from alerts import explain
from alerts.explain import Facts
from schemas.alert import Cluster, Grave, Involvement
from schemas.mention import Effects
from schemas.taxonomy import AlertPath, AlertState, Change, Level, Status, ThreatType, Traffic
from tests.unit.alert_life import incident

CLUSTER = Cluster(score_days=1826, count=4, radius_km=10, hours=48, usual=0.0213, chance_every_days=1826)


def involved(name: str = "i", km: float = 0.3, **more: object) -> Involvement:
    """Return an incident at the facility."""
    given: dict[str, Any] = {"threat_type": ThreatType.UAS, "status": Status.INTERCEPTED, "independent_sources": 2}
    return Involvement(incident=incident(name, 0, **{**given, **more}), distance_km=km, probability=1)


FACTS = Facts(
    name="Harbour Base",
    traffic=Traffic.ACTUAL,
    state=AlertState.OPEN,
    level=Level.ALERT,
    change=Change.OPENED,
    path=AlertPath.CLUSTER,
    cluster=CLUSTER,
    grave=Grave(score=54, incident_id="i"),
    involved=(involved(),),
    count=4,
)


def test_cluster_in_two_sentences() -> None:
    """A cluster is told by its count, what is usual, how often chance alone does this, and what came last."""
    assert explain.headline(FACTS) == "Alert for Harbour Base: 4 incidents within 10 km in 48 h"
    assert explain.explanation(FACTS) == (
        "Fourth incident within 10 km of Harbour Base in 48 h; usual is 0.021; chance alone would do this about once "
        "in 5 years. Latest: drone attack intercepted at the facility, 2 sources."
    )


def test_grave_incident() -> None:
    """A grave incident is told by itself, without statistics."""
    facts = replace(FACTS, path=AlertPath.SEVERITY, involved=(involved(status=Status.EXECUTED, km=3.2),))
    assert explain.headline(facts) == "Alert for Harbour Base: drone attack 3 km away"
    assert explain.explanation(facts) == (
        "Severity 54 of 100; gravest: drone attack 3 km from Harbour Base. Latest: drone attack 3 km away, 2 sources."
    )


def test_who_disputes_an_incident_is_told_with_it() -> None:
    """A denial by others is part of what is said of the incident, once."""
    (said,) = incident("i", 0).testimony
    names = [said.source.model_copy(update={"name": name}) for name in ("The Base", "Reed Post", "Gulf Wire")]
    three = tuple(said.model_copy(update={"source": source}) for source in names)
    grave = involved(disputed_by=three[:1])
    facts = replace(FACTS, path=AlertPath.BOTH, involved=(involved("j", disputed_by=three), grave))
    told = explain.explanation(facts)
    assert "gravest: drone attack intercepted at Harbour Base, disputed by The Base." in told
    assert told.endswith("2 sources, disputed by The Base and 2 others.")
    assert explain.explanation(replace(facts, involved=(grave,))).count("disputed") == 1


def test_both_paths() -> None:
    """When both paths fired, both are told."""
    text = explain.explanation(replace(FACTS, path=AlertPath.BOTH))
    assert "usual is" in text
    assert "Severity 54 of 100" in text


@pytest.mark.parametrize(
    "state,change,headline,beginning",
    [
        (AlertState.ALL_CLEAR, Change.ALL_CLEAR, "All clear for Harbour Base", "Harbour Base is back to its usual"),
        (AlertState.CANCELLED, Change.CANCELLED, "Alert for Harbour Base cancelled", "Cancelled. Evidence withdrawn."),
        (AlertState.RESOLVED, Change.RESOLVED, "Alert for Harbour Base resolved", "Resolved by Kim. Evidence"),
        (AlertState.RESOLVED, Change.DISMISSED, "Alert for Harbour Base dismissed", "Dismissed by Kim. Evidence"),
        (
            AlertState.OPEN,
            Change.DOWNGRADED,
            "Alert for Harbour Base: 4 inc",
            "Downgraded to alert. Evidence withdrawn.",
        ),
        (AlertState.OPEN, Change.REOPENED, "Alert for Harbour Base: 4 inc", "Reopened. "),
        (AlertState.OPEN, Change.UNACKNOWLEDGED, "Alert for Harbour Base: 4 inc", "Nobody has acknowledged this. "),
        (AlertState.OPEN, Change.ACKNOWLEDGED, "Alert for Harbour Base: 4 inc", "Acknowledged by Kim. "),
        (AlertState.OPEN, Change.NOTED, "Alert for Harbour Base: 4 inc", "Note by Kim: Evidence withdrawn. "),
        (AlertState.OPEN, Change.SILENCED, "Alert for Harbour Base: 4 inc", "Silenced by Kim. "),
    ],
)
def test_changes(state: AlertState, change: Change, headline: str, beginning: str) -> None:
    """Each change says what it is first."""
    facts = replace(FACTS, state=state, change=change, reason="evidence withdrawn", by="Kim")
    assert explain.headline(facts).startswith(headline)
    assert explain.explanation(facts).startswith(beginning)


@pytest.mark.parametrize("reason", [explain.FACILITY_REMOVED, explain.SWITCHED_OFF])
def test_a_watch_that_ends_says_so(reason: str) -> None:
    """Whoever reads that an alert is cancelled because nobody watches any more, does not read that it is over."""
    facts = replace(FACTS, state=AlertState.CANCELLED, change=Change.CANCELLED, reason=reason)
    assert explain.headline(facts) == "Alert for Harbour Base cancelled: no longer watched over"
    assert "nothing of the danger" in explain.explanation(facts)


@pytest.mark.parametrize("traffic,mark", [(Traffic.EXERCISE, "EXERCISE: "), (Traffic.TEST, "TEST: ")])
def test_exercise_says_so_first(traffic: Traffic, mark: str) -> None:
    """Whoever reads the first word of an exercise knows that it is one."""
    for state in AlertState:
        assert explain.headline(replace(FACTS, traffic=traffic, state=state)).startswith(mark)


@pytest.mark.parametrize("threat,status", list(product(ThreatType, Status)))
def test_phrases(threat: ThreatType, status: Status) -> None:
    """The phrase for any threat and status has no doubled word, stray space or wrong article."""
    phrase = explain.what(incident("i", 0, threat_type=threat, status=status))
    assert phrase == phrase.strip()
    assert "  " not in phrase
    words = phrase.split()
    assert all(a != b for a, b in pairwise(words))
    for article, noun in re.findall(r"\b(an?) (\w+)", phrase):
        assert (article == "an") == (noun[0] in "aeioIAEO" and not noun.startswith("uni")), phrase


@pytest.mark.parametrize(
    "threat,status,phrase",
    [
        (ThreatType.ROCKET, Status.EXECUTED, "rocket attack"),
        (ThreatType.UAS, Status.INTERCEPTED, "drone attack intercepted"),
        (ThreatType.VEHICLE_BOMB, Status.INTERCEPTED, "vehicle-bomb attack stopped"),
        (ThreatType.IED, Status.THREATENED, "threat of an IED attack"),
        (ThreatType.UNREST, Status.THREATENED, "threat of violent unrest"),
        (ThreatType.SABOTAGE, Status.THWARTED, "planned sabotage thwarted"),
        (ThreatType.UNKNOWN_EXPLOSION, Status.EXECUTED, "explosion of unknown cause"),
        (ThreatType.UNKNOWN_EXPLOSION, Status.THWARTED, "planned bombing thwarted"),
        (ThreatType.UNKNOWN_EXPLOSION, Status.THREATENED, "threat of a bombing"),
        (ThreatType.MISSILE, Status.UNCLEAR, "possible missile attack"),
    ],
)
def test_what(threat: ThreatType, status: Status, phrase: str) -> None:
    """What happened, as a phrase that holds for one weapon and for many."""
    assert explain.what(incident("i", 0, threat_type=threat, status=status)) == phrase


@pytest.mark.parametrize(
    "effects,toll",
    [
        (Effects(killed=2, wounded=5), ", 2 killed and 5 wounded,"),
        (Effects(killed=0, wounded=1), ", 1 wounded,"),
        (Effects(killed=0, wounded=0), "facility, 2 sources"),
        (Effects(), "facility, 2 sources"),
    ],
)
def test_toll(effects: Effects, toll: str) -> None:
    """Victims are told when there are any."""
    assert toll in explain.explanation(replace(FACTS, involved=(involved(effects=effects),)))


@pytest.mark.parametrize(
    "n,words", [(0, "no independent source."), (1, "1 source."), (2, "2 sources."), (11, "11 sources.")]
)
def test_sources(n: int, words: str) -> None:
    """Sources are counted in the right number."""
    assert words in explain.explanation(replace(FACTS, involved=(involved(independent_sources=n),)))


@pytest.mark.parametrize(
    "count,word",
    [
        (1, "First"),
        (4, "Fourth"),
        (12, "Twelfth"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (33, "33rd"),
        (111, "111th"),
    ],
)
def test_ordinals(count: int, word: str) -> None:
    """The count is an ordinal."""
    cluster = CLUSTER.model_copy(update={"count": count})
    assert explain.explanation(replace(FACTS, cluster=cluster)).startswith(f"{word} incident within")


@pytest.mark.parametrize(
    "days,words",
    [
        (91.25, "about once in 3 months"),
        (120, "about once in 4 months"),
        (365, "about once a year"),
        (700, "about once in 2 years"),
        (1826, "about once in 5 years"),
        (3649, "about once in 10 years"),
        (3650, "less than once in 10 years"),
        (31, "about once a month"),
        (8, "about once a week"),
        (2, "about once in 2 days"),
        (1, "about once a day"),
        (0.2, "more than once a day"),
    ],
)
def test_every(days: float, words: str) -> None:
    """How often chance does the same, in the unit that people use, capped at ten years."""
    assert explain.every(days) == words


@pytest.mark.parametrize(
    "p,words",
    [
        (0.0, "almost no chance"),
        (0.04, "almost no chance"),
        (0.06, "very unlikely"),
        (0.3, "unlikely"),
        (0.5, "roughly even chance"),
        (0.7, "likely"),
        (0.9, "very likely"),
        (0.96, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_words_of_probability(p: float, words: str) -> None:
    """The seven bands of ICD 203."""
    assert explain.in_words(p) == words


def test_likelihood_speaks_of_one_thing_and_never_of_confidence() -> None:
    """A cluster's likelihood is that it is no chance, a grave incident's that it took place; confidence is no part."""
    of_cluster = explain.likelihood(AlertState.OPEN, AlertPath.BOTH, CLUSTER, 0.2, 365)
    of_incident = explain.likelihood(AlertState.OPEN, AlertPath.SEVERITY, None, 0.9, 365)
    assert of_cluster == "very likely that this is more than the usual pattern"
    assert of_incident == "very likely that the gravest incident took place here"
    assert "confiden" not in of_cluster + of_incident + explain.explanation(FACTS)


def test_long_windows_are_told_in_days_and_rare_rates_as_a_bound() -> None:
    """A week is 7 days, and a rate that rounds to nothing is told as a bound."""
    cluster = CLUSTER.model_copy(update={"hours": 168.0, "usual": 0.0001})
    assert "in 7 days; usual is under 0.01;" in explain.explanation(replace(FACTS, cluster=cluster))


def test_wave_is_told() -> None:
    """An event that touches many sites is told as one."""
    assert "one event that touches several sites" in explain.explanation(replace(FACTS, wave="wave-1"))


def test_nothing_is_longer_than_its_field() -> None:
    """Long names and reasons are cut, so that the alert stays valid."""
    facts = replace(FACTS, name="x" * 3000, change=Change.DOWNGRADED, reason="y" * 5000)
    assert len(explain.headline(facts)) <= 2000
    assert len(explain.explanation(facts)) <= 2000

"""The operator's file: the default one is whole, and a wrong one is refused with the place and the reason."""

from pathlib import Path

import orjson
import pytest
from pydantic import ValidationError

from alerts import watching
from alerts.statistic import DetectorConfig
from schemas.facility import Facility
from schemas.policy import FacilityPolicy, Policy
from schemas.taxonomy import InformationCredibility, Reliability, ThreatType
from schemas.weights import CRITICALITY_FACTORS, GRADE_WEIGHTS, STATUS_WEIGHTS

DEFAULTS = Path(__file__).parents[2] / "deploy" / "defaults"
DEFAULT = Policy.model_validate_json((DEFAULTS / "policy.json").read_bytes())
WIRE = '{"name": "%s", "kind": "wire", "reliability": "B"}'
NEIGHBOURS = [
    "IQ SY", "SY JO", "IQ JO", "SY TR", "IQ TR", "IQ IR", "LB IL", "SY IL", "IL PS", "PS EG", "IL EG", "SA YE", "YE OM",
    "KW IQ", "IR PK", "IR AF", "PK AF", "PK IN", "IR AE", "TR CY", "TR GR", "AM AZ", "AZ IR", "TR AM",
    "UA RU", "UA BY", "UA MD", "UA RO", "UA PL", "RU GE", "RU FI", "RU EE", "RU LV", "BY LT",
    "RS XK", "XK AL", "BA RS",
    "ML NE", "ML BF", "NE NG", "NG CM", "TD SD", "SD SS", "SS ET", "ET ER", "ET SO", "SO KE", "CD RW", "CD UG", "MA EH",
    "MA DZ", "LY TN", "LY TD", "MZ TZ",
    "KP KR", "CN TW", "CN PH", "TH KH", "MM BD", "KG TJ", "CO VE", "VE GY", "HT DO", "MX US",
]  # fmt: skip


def test_default_repeats_the_built_in_values() -> None:
    """The shipped file says in full what the program assumes when a file leaves it out."""
    built_in = Policy()
    for part in ("detector", "severity", "episode", "threat_reach_km", "independent_p"):
        assert getattr(DEFAULT, part) == getattr(built_in, part), part


def test_default_names_every_weight() -> None:
    """The shipped file has all 36 grades, and a weight and a reach for every threat type."""
    stored = orjson.loads((DEFAULTS / "policy.json").read_bytes())
    assert len(stored["severity"]["grades"]) == 36
    assert set(stored["severity"]["threats"]) == set(ThreatType) == set(stored["threat_reach_km"])
    assert set(stored["severity"]["statuses"]) == set(STATUS_WEIGHTS)
    assert set(stored["severity"]["criticality"]) == set(CRITICALITY_FACTORS)


@pytest.mark.parametrize("pair", NEIGHBOURS)
def test_borders_lie_inside_theatres(pair: str) -> None:
    """A border that is in dispute or in the news lies inside one theatre of the default policy."""
    one, other = pair.split()
    assert DEFAULT.theatre_of(one) == DEFAULT.theatre_of(other)


def test_every_default_facility_has_a_theatre() -> None:
    """Each country of the default facilities is named in a theatre."""
    features = orjson.loads((DEFAULTS / "facilities.geojson").read_bytes())["features"]
    countries = {f["properties"]["country"] for f in features}
    assert countries <= {c for members in DEFAULT.theatres.values() for c in members}


def test_theatre_of_the_unknown() -> None:
    """A country without a theatre is its own; an unknown one is the world."""
    assert DEFAULT.theatre_of("NZ") == "nz"
    assert DEFAULT.theatre_of(None) == "world"


@pytest.mark.parametrize(
    "grade,weight", [("A1", 1.0), ("B2", 0.8), ("C3", 0.5), ("D4", 0.25), ("F6", 0.3), ("E5", 0.06)]
)
def test_grades_meet_their_anchors(grade: str, weight: float) -> None:
    """The anchors of the Admiralty grades have their weights."""
    assert DEFAULT.grade_weight(Reliability(grade[0]), InformationCredibility(grade[1])) == weight


def test_grades_fall_with_reliability_and_with_credibility() -> None:
    """A better source, or better information, never weighs less."""
    for digit in "123456":
        weights = [GRADE_WEIGHTS[letter + digit] for letter in "ABCDE"]
        assert weights == sorted(weights, reverse=True)
    for letter in "ABCDEF":
        weights = [GRADE_WEIGHTS[letter + digit] for digit in "12345"]
        assert weights == sorted(weights, reverse=True)


def test_a_table_given_in_part_keeps_the_rest() -> None:
    """Naming one weight changes that one."""
    policy = Policy.model_validate_json(b'{"severity": {"threats": {"uas": 0.1}}, "threat_reach_km": {"uas": 40}}')
    assert policy.severity.threats[ThreatType.UAS] == 0.1
    assert policy.severity.threats[ThreatType.ROCKET] == Policy().severity.threats[ThreatType.ROCKET]
    assert policy.threat_reach_km[ThreatType.UAS] == 40
    assert policy.threat_reach_km[ThreatType.ROCKET] == Policy().threat_reach_km[ThreatType.ROCKET]


def test_round_trip() -> None:
    """A policy that is written and read again is the same."""
    assert Policy.model_validate_json(DEFAULT.to_json()) == DEFAULT


@pytest.mark.parametrize(
    "text,place,reason",
    [
        ('{"severity": {"statuses": {"exectued": 1}}}', "severity.statuses", "exectued unknown; known are executed"),
        ('{"severity": {"criticality": {"6": 2}}}', "severity.criticality", "6 unknown"),
        ('{"severity": {"grades": {"G1": 1}}}', "severity.grades", "pattern"),
        ('{"severity": {"threats": {"drone": 1}}}', "severity.threats.drone", "no such threat type; known are rocket"),
        ('{"threat_reach_km": {"uas": 0}}', "threat_reach_km.uas", "greater than 0"),
        ('{"severity": {"watch": 60}}', "severity", "levels must ascend: watch 60, alert 50, critical 80"),
        ('{"detector": {"radii": {"radii_km": [10, 25], "weights": [1]}}}', "detector.radii", "2 radii but 1 weights"),
        ('{"detector": {"radii": {"radii_km": [25, 10], "weights": [0.7, 0.3]}}}', "detector.radii", "must ascend"),
        ('{"detector": {"radii": {"radii_km": [10, 25], "weights": [0.7, 0.7]}}}', "detector.radii", "sum to 1.4"),
        ('{"detector": {"watch_days": 400}}', "detector", "watch_days 400 lies above alert_days 365"),
        ('{"detector": {"prior_per_day": {"ten": 0.1}}}', "detector.prior_per_day", "pattern"),
        ('{"theatres": {"a": ["IQ"], "b": ["IQ"]}}', "", "country IQ is in theatre a and in b"),
        ('{"theatres": {"a": ["Iraq"]}}', "theatres.a.0", "pattern"),
        (f'{{"sources": [{WIRE % "X"}, {WIRE % "x"}]}}', "", "sources registered twice: x"),
        ('{"quiet_hours": [{"start": "25:00", "end": "06:00"}]}', "quiet_hours.0.start", "pattern"),
        ('{"quiet_hours": [{"start": "22:00", "end": "22:00"}]}', "quiet_hours.0", "begin and end at 22:00"),
        ('{"silences": [{"facility_id": "x", "until": "2030-01-01T00:00:00"}]}', "silences.0.until", "timezone"),
        ('{"facilities": {"x": {"criticality": 9}}}', "facilities.x.criticality", "less than or equal to 5"),
        ('{"episode": {"reopen_within_d": 20}}', "episode", "forgotten after 14 days, so it cannot be reopened for 20"),
    ],
)  # fmt: skip
def test_refused(text: str, place: str, reason: str) -> None:
    """A policy that is wrong is refused as a whole, with the place and the reason."""
    with pytest.raises(ValidationError) as caught:
        Policy.model_validate_json(text)
    first = caught.value.errors()[0]
    assert ".".join(map(str, first["loc"])).startswith(place)
    assert reason in first["msg"]


def test_facility_criticalities_have_factors() -> None:
    """Every criticality that a facility can have has its factor."""
    bounds = Facility.model_fields["criticality"].metadata
    low, high = bounds[0].ge, bounds[1].le
    assert set(CRITICALITY_FACTORS) == {str(n) for n in range(low, high + 1)}


def test_default_detector_is_the_measured_one() -> None:
    """Without a policy of one's own the agents run the detector with the very parameters that were measured."""
    assert watching.config(FacilityPolicy(), DEFAULT) == DetectorConfig()

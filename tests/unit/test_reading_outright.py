"""What a sentence says outright is told whatever stands beside it; what says more is left to what weighs it."""

import pytest

from tests.unit.reader import reading_of

PUBLISHED = "2025-05-14T12:00:00Z"
BESIDE = (
    "Two rockets hit Ain al-Asad air base on Tuesday. A drone hit Erbil airport on Monday evening. "
    "Officials met in Geneva. A bomb exploded at Mitiga airport today. "
    "A suicide bomber attacked Camp Lemonnier on Sunday."
)
OUTRIGHT = [
    ("A mortar round hit Camp Taji on Monday.", "mortar_artillery", "iq-camp-taji"),
    ("Gunmen attacked Bagram airfield today.", "ground_assault", "af-bagram-airfield"),
    ("A rocket attack on Kabul airport on Monday.", "rocket", "af-kabul-airport"),
    ("On 9 May, three mortar shells landed inside Camp Taji.", "mortar_artillery", "iq-camp-taji"),
    ("Camp Taji was hit by two rockets on Saturday.", "rocket", "iq-camp-taji"),
    ("Union III came under rocket fire early on Tuesday.", "rocket", "iq-union-iii"),
    ("A drone was shot down over Balad air base yesterday.", "uas", "iq-balad-air-base"),
    ("Militants opened fire on Camp Taji on Monday, wounding two soldiers.", "small_arms", "iq-camp-taji"),
    ("A car bomb exploded at the gate of Camp Taji on Monday, killing a guard.", "vehicle_bomb", "iq-camp-taji"),
    ("Two rockets hit Camp Taji on Monday, the army said.", "rocket", "iq-camp-taji"),
    ("Police said that a ballistic missile hit Incirlik air base on Sunday.", "missile", "tr-incirlik-air-base"),
    ("A bomb exploded at Bagram airfield on Tuesday.", "ied", "af-bagram-airfield"),
]
SAYS_MORE = [
    "A mortar round may have hit Camp Taji on Monday.",
    "A mortar round supposedly hit Camp Taji on Monday.",
    "A mortar round hit Camp Taji on Monday, a fisherman dreamt.",
    "Militants said a mortar round hit Camp Taji on Monday.",
    "No mortar round hit Camp Taji on Monday.",
    "Had a mortar round hit Camp Taji on Monday?",
    "“A mortar round hit Camp Taji on Monday.”",
    "A mortar round hit Camp Taji.",
    "A mortar round hit a base on Monday.",
    "An umpire's mortar round hit Camp Taji on Monday.",
    "Fire broke out at Camp Taji on Monday.",
    "The attack on Camp Taji on Monday.",
]


@pytest.mark.parametrize("sentence, kind, site", OUTRIGHT)
@pytest.mark.parametrize("whole", ["{0} {1}", "{1} {0}", "{0}\n\n{1}", "{0} {0} {0} {1}"])
def test_what_is_said_outright_is_told_whatever_stands_beside_it(
    sentence: str, kind: str, site: str, whole: str
) -> None:
    """Once, and as it is told alone: type, site, day."""
    (alone,) = reading_of(sentence, published=PUBLISHED)[1]
    told = [m for m in reading_of(whole.format(sentence, BESIDE), published=PUBLISHED)[1] if m.facility_id == site]
    same = [m for m in told if (m.threat_type, m.occurred) == (alone.threat_type, alone.occurred)]
    assert (alone.threat_type, alone.facility_id) == (kind, site)
    assert len(same) == 1


@pytest.mark.parametrize("sentence", SAYS_MORE)
def test_what_says_more_is_weighed(sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Doubt, hearsay, a question, a site or day that is missing: where the model doubts it, it is no incident."""
    monkeypatch.setattr("streams.reading.meant.earnest.probability", lambda _: 0.0)
    assert not reading_of(sentence, published=PUBLISHED)[1]


def test_a_paragraph_of_an_exercise_says_nothing_outright(monkeypatch: pytest.MonkeyPatch) -> None:
    """What frames a paragraph frames its sentences."""
    monkeypatch.setattr("streams.reading.meant.earnest.probability", lambda _: 0.0)
    text = "The umpires of the exercise took notes.{}A rocket hit Camp Taji on Monday."
    assert not reading_of(text.format(" "), published=PUBLISHED)[1]
    assert len(reading_of(text.format("\n\n"), published=PUBLISHED)[1]) == 1


def test_no_cue_reaches_beyond_a_full_stop() -> None:
    """ "Officials said. A bomb ..." is no warning of a bomb."""
    text = "Two rockets hit Kabul airport on Monday, officials said. A bomb exploded at Bagram airfield today."
    told = [(m.threat_type.value, m.status.value) for m in reading_of(text, published=PUBLISHED)[1]]
    assert told == [("rocket", "executed"), ("ied", "executed")]

"""What the reader makes of one sentence: type, how far it came, the site; who did it; what is no incident.

The sentences are tables in `tests/golden/sentences`; each row is of a class of language (verbs, nouns, frames, styles),
not of a report.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from schemas.mention import Mention
from schemas.policy import Policy
from schemas.report import Report
from streams.gazetteer import Gazetteer
from streams.reading import Lexicon, read
from tests.bench.reading import DEFAULT_FACILITIES
from tests.bench.training import lines_of

SENTENCES = Path(__file__).parents[1] / "golden" / "sentences"


TOLD = lines_of(SENTENCES / "told.tsv")
"""Kind of source, what it writes, threat type, status, facility (empty where the row does not ask)."""
HEADLINES = lines_of(SENTENCES / "headlines.tsv")
"""Headlines without a date: threat type, status, facility."""
ACTORS = lines_of(SENTENCES / "actors.tsv")
"""Kind of source, what it writes, confidence of the attribution."""
NO_INCIDENT = lines_of(SENTENCES / "no_incident.tsv")
"""Kind of source, and what only looks like an incident, or does not even look like one."""


@cache
def lexicon() -> Lexicon:
    """The default facilities' indexes."""
    return Lexicon.build(Gazetteer.from_geojson(DEFAULT_FACILITIES))


def mentions(kind: str, text: str, title: str = "") -> tuple[Mention, ...]:
    """Read a text of a kind of source, published on a Wednesday."""
    source = {"name": "x", "kind": kind, "reliability": "B"}
    row = {"report_id": "r", "source": source, "published_at": "2024-03-13T10:00:00Z", "title": title, "text": text}
    return read(Report.model_validate_json(json.dumps(row)), 1, lexicon(), Policy())[1]


@pytest.mark.parametrize("kind, text, threat_type, status, facility", TOLD)
def test_one_sentence_tells_one_incident(kind: str, text: str, threat_type: str, status: str, facility: str) -> None:
    """A sentence that tells an incident gives one mention, of its type, as far as it came, at its site."""
    (mention,) = mentions(kind, text)
    assert (mention.threat_type.value, mention.status.value) == (threat_type, status)
    assert not facility or mention.facility_id == facility


@pytest.mark.parametrize("title, threat_type, status, facility", HEADLINES)
def test_a_headline_tells_what_its_text_withholds(title: str, threat_type: str, status: str, facility: str) -> None:
    """A headline alone tells an incident, though nothing says when."""
    (mention,) = mentions("wire", "Details were not available.", title)
    assert (mention.threat_type.value, mention.status.value) == (threat_type, status)
    assert mention.facility_id == facility


@pytest.mark.parametrize("kind, text, confidence", ACTORS)
def test_who_did_it_is_said_with_its_firmness(kind: str, text: str, confidence: str) -> None:
    """Claims, accusations, suspicions, hints and plain statements are told apart."""
    assert {m.attribution.confidence.value for m in mentions(kind, text)} == {confidence}


@pytest.mark.parametrize("kind, text", NO_INCIDENT)
def test_what_is_no_incident_makes_no_mention(kind: str, text: str) -> None:
    """Accidents, denials, drills, the past, the imagined, own deeds, counts and figures of speech make none."""
    assert mentions(kind, text) == ()

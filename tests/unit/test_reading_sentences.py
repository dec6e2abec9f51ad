"""What the reader makes of one sentence: type, how far it came, the site; who did it; what is no incident.

The sentences are tables in `tests/golden/sentences`; each row is of a class of language (verbs, nouns, frames, styles),
not of a report.
"""

from pathlib import Path

import pytest

from tests.bench.training import lines_of
from tests.unit.reader import told

SENTENCES = Path(__file__).parents[1] / "golden" / "sentences"


TOLD = lines_of(SENTENCES / "told.tsv")
"""Kind of source, what it writes, threat type, status, facility (empty where the row does not ask)."""
HEADLINES = lines_of(SENTENCES / "headlines.tsv")
"""Headlines without a date: threat type, status, facility."""
ACTORS = lines_of(SENTENCES / "actors.tsv")
"""Kind of source, what it writes, confidence of the attribution."""
NO_INCIDENT = lines_of(SENTENCES / "no_incident.tsv")
"""Kind of source, and what only looks like an incident, or does not even look like one."""


@pytest.mark.parametrize("kind, text, threat_type, status, facility", TOLD)
def test_one_sentence_tells_one_incident(kind: str, text: str, threat_type: str, status: str, facility: str) -> None:
    """A sentence that tells an incident gives one mention, of its type, as far as it came, at its site."""
    (mention,) = told(text, kind=kind)
    assert (mention.threat_type.value, mention.status.value) == (threat_type, status)
    assert not facility or mention.facility_id == facility


@pytest.mark.parametrize("title, threat_type, status, facility", HEADLINES)
def test_a_headline_tells_what_its_text_withholds(title: str, threat_type: str, status: str, facility: str) -> None:
    """A headline alone tells an incident, though nothing says when."""
    (mention,) = told("Details were not available.", title=title)
    assert (mention.threat_type.value, mention.status.value) == (threat_type, status)
    assert mention.facility_id == facility


@pytest.mark.parametrize("kind, text, confidence", ACTORS)
def test_who_did_it_is_said_with_its_firmness(kind: str, text: str, confidence: str) -> None:
    """Claims, accusations, suspicions, hints and plain statements are told apart."""
    assert {m.attribution.confidence.value for m in told(text, kind=kind)} == {confidence}


@pytest.mark.parametrize("kind, text", NO_INCIDENT)
def test_what_is_no_incident_makes_no_mention(kind: str, text: str) -> None:
    """Accidents, denials, drills, the past, the imagined, own deeds, counts and figures of speech make none."""
    assert told(text, kind=kind) == ()

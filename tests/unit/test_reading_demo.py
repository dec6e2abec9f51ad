"""The demo is the first thing that a newcomer sees: its reports must be read as its story means them."""

import json
from datetime import UTC, datetime
from functools import cache

import pytest

from schemas.mention import Mention
from schemas.policy import Policy
from schemas.report import Report
from streams.reading import Lexicon, read
from streams.reference import load_files
from streams.resources import resource

MANDA, KHOR_MOR = "ke-manda-bay", "iq-khor-mor-gas-field"
STORY = {
    "demo-03": [("surveillance", "dj-camp-lemonnier")],
    "demo-05": [("unrest", "ss-un-house-juba")],
    **{key: [("mortar_artillery", MANDA)] for key in ("demo-06", "demo-07", "demo-08", "demo-10")},
    "demo-09": [("unknown_explosion", MANDA)],
    **{key: [("rocket", KHOR_MOR)] for key in ("demo-12", "demo-13", "demo-14", "demo-15")},
    **{key: [("ied", MANDA)] for key in ("demo-16", "demo-17", "demo-18")},
    "demo-19": [("vehicle_bomb", "ye-aden-international-airport")],
    **{key: [("uas", MANDA)] for key in ("demo-20", "demo-21", "demo-22")},
    **{key: [("ground_assault", MANDA)] for key in ("demo-25", "demo-26", "demo-27")},
}
"""What each report tells: type and facility; what is not here tells of no incident."""


def reports() -> dict[str, Report]:
    """The reports of the demo."""
    lines = resource("demo/scenario.jsonl").read_text().splitlines()
    told = (Report.model_validate_json(json.dumps(json.loads(line)["report"])) for line in lines)
    return {report.report_id: report for report in told}


@cache
def lexicon() -> Lexicon:
    """The default facilities."""
    return load_files(None, None).lexicon


def mentions(report: Report) -> tuple[Mention, ...]:
    """What the reader makes of one."""
    return read(report, 1, lexicon(), Policy())[1]


@pytest.mark.parametrize("report", [pytest.param(r, id=i) for i, r in reports().items()])
def test_each_report_tells_its_part_of_the_story(report: Report) -> None:
    """No incident is missed, none is told twice, and what only looks like one is left out."""
    told = [(mention.threat_type.value, mention.facility_id) for mention in mentions(report)]
    assert told == STORY.get(report.report_id, [])


def test_what_happens_right_now_has_just_happened() -> None:
    """A post about what is heard "right now" dates it to the half hour before, not to the whole day."""
    (mention,) = mentions(reports()["demo-09"])
    assert mention.occurred.earliest >= datetime(2025, 5, 13, 16, 55, tzinfo=UTC)

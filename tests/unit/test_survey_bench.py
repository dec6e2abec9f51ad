"""What a snippet is mainly about: deeds, and what only speaks of them."""

import pytest

from schemas.taxonomy import ThreatType
from tests.bench.survey import main_event
from tests.unit.reader import lexicon


@pytest.mark.parametrize(
    "text, kind",
    [
        ("A roadside bomb killed two soldiers near Gao on Friday.", ThreatType.IED),
        ("Gunmen opened fire on a bus, and a second group of gunmen shot at the police.", ThreatType.SMALL_ARMS),
        ("Police fired tear gas at protesters who threw stones in Tunis.", ThreatType.UNREST),
        ("Officers detained dozens of people at a protest in the capital.", ThreatType.UNREST),
        ("Thousands of protesters marched through the capital in silence.", None),
        ("The army seized rifles, explosives and two rockets in a raid on a farm.", None),
        ("Sappers defused an improvised bomb near the bridge.", None),
        ("Rebel fighters captured three villages north of the town after days of fighting.", None),
        ("Islamic State claimed responsibility for a car bomb in Diyarbakir.", None),
        ("Ministers agreed on sanctions over the nerve gas attack.", None),
        ("A furnace exploded at a steel plant, and six workers were hurt.", None),
        ("The army killed dozens of militants in the hills of the province.", ThreatType.SMALL_ARMS),
        ("Three engineers were kidnapped by armed men, and a group claimed responsibility.", ThreatType.KIDNAPPING),
        ("Prices of bread rose again in March.", None),
    ],
)
def test_the_main_event_of_a_snippet(text: str, kind: ThreatType | None) -> None:
    """A deed gives its type; ground taken, finds, claims, accidents and quiet protests are no deeds."""
    assert main_event(text, lexicon()) is kind

"""Threats, calls and plots told plainly, to one site, each beside what only sounds like one; and whose they are."""

import pytest

from schemas.taxonomy import AttributionConfidence as C
from schemas.taxonomy import Status
from schemas.taxonomy import ThreatType as Y
from tests.unit.reader import reading_of

THREATENED = [
    "Al Shabaab has threatened to attack Bulo Marer base.",
    "Hezbollah vowed to strike the US embassy in Beirut within days.",
    "ADF rebels have told villagers they will attack the UN base in Beni before the weekend.",
    "ELN rebels threatened to sabotage the pumping station at Cano Limon unless the company leaves Arauca.",
    "Gang leaders threatened to torch the Varreux fuel terminal.",
    "Militants threatened to blow up the Mosul Dam.",
    "Kataib Hezbollah threatened to strike Camp Taji with rockets.",
    "JNIM says it will overrun the army camp in Timbuktu.",
    "The rebels told reporters they would seize Goma airport.",
    "An armed group has sworn to storm the Al-Sinaa prison.",
    "The Taliban threatened an attack on the Russian embassy in Kabul.",
    "Masked men threatened to set fire to the Katwa Ebola treatment centre.",
    "The embassy has information that a terrorist group may attempt to kidnap US citizens near Djibouti airport.",
    "The State Department said Iran-backed militias are planning a drone attack on Camp Taji.",
    "Intelligence officials believe Islamic State is preparing an assault on the Al-Sinaa prison.",
    "The US consulate in Erbil was evacuated after a bomb threat was phoned in. A search is continuing.",
    "A bomb threat forced the evacuation of Beirut airport.",
    "The mission was warned of an impending assault on Halane compound.",
    "Embassy staff were told to shelter because of an imminent rocket attack on the Green Zone in Baghdad.",
    "Al Qaeda called for attacks on the US embassy in Beirut.",
    "Al Qaeda called on Saturday for attacks on the US embassy in Beirut.",
    "The group urged its supporters on Tuesday to attack the US embassy in Beirut.",
    "Muqtada al-Sadr urged his followers to storm the US embassy in Baghdad on Friday.",
    "Islamic State called on its followers to strike the Russian embassy in Kabul.",
]
NOT_THREATENED = [
    "Al Shabaab threatened last year to attack Bulo Marer base.",
    "The group has long threatened US bases in the region.",
    "Al Shabaab has repeatedly threatened to attack Halane compound.",
    "The Houthis, who have threatened to strike Ben Gurion airport, made no mention of it.",
    "Terrorists may attack airports such as Kabul airport with little or no warning.",
    "Terrorist groups continue plotting to attack targets such as Beirut airport.",
    "Al Shabaab vowed to attack government targets.",
    "Dockers threatened to strike at Haifa port over pay.",
    "Iran threatened to strike Al Udeid air base if it is attacked.",
    "The minister warned that a drone could hit Erbil airport.",
    "There is a constant threat of rocket fire at Camp Taji.",
    "The company threatened to shut down the Varreux fuel terminal.",
    "Al Shabaab denied that it had threatened to attack Halane compound.",
    "Analysts said Iran was planning to attack Erbil airport.",
    "The UN called for an end to attacks on Okhmatdyt hospital.",
    "The minister called for an inquiry into the attack on Camp Taji.",
    "The union called on its members to strike at Haifa port on Monday.",
    "The president urged his supporters not to attack the US embassy in Beirut.",
    "The coach urged his players to attack at Camp Taji stadium.",
]
CAME_TRUE = [
    "The White House called on Tuesday for restraint after a rocket attack on Camp Taji.",
    "Officials called on residents to avoid Camp Taji after Tuesday's rocket attack.",
    "A crowd stormed the US embassy in Baghdad on Tuesday after a cleric urged his followers to storm it.",
    "Sirens warned of an imminent attack before three rockets hit the Green Zone in Baghdad on Tuesday.",
]
THWARTED = [
    "Iraqi security forces foiled an attack on the US embassy in Baghdad and arrested six people.",
    "Police foiled a terrorist attack on Beirut airport, the interior minister said.",
    "A plot to attack the Chinese consulate in Karachi was uncovered and four suspects were arrested.",
    "A plan to attack Erbil airport was thwarted by Kurdish security forces.",
    "Kuwait broke up a cell that was planning attacks on Camp Arifjan.",
    "A man was charged with preparing an attack on the Russian embassy in Kabul.",
    "Polish prosecutors charged a man with planning to burn down a cargo hangar at Rzeszow airport.",
    "Police detained three people accused of planning to sabotage the Barakah nuclear plant.",
    "The SBU said it detained an employee who was preparing to disable cooling pumps at the Rivne nuclear plant.",
    "Kenya charged two men with plotting to bomb the US embassy in Nairobi.",
    "Two men suspected of plotting an attack on the US embassy in Nairobi were arrested.",
]
NOT_THWARTED = [
    "A court jailed two men for plotting to attack the US embassy in Nairobi.",
    "The trial of a man accused of planning to sabotage the Barakah nuclear plant opened on Tuesday.",
    "A man accused of plotting to bomb the US embassy in Nairobi pleaded guilty on Tuesday.",
    "Police held an exercise in which they foiled an attack on Beirut airport.",
    "The army foiled an attack on Camp Taji in 2019.",
    "The new cameras could help foil an attack on Beirut airport.",
    "No attack on Beirut airport has been foiled, the minister said.",
    "Prosecutors charged a man with planning permission fraud at Rzeszow airport.",
    "The police denied that they had foiled an attack on Beirut airport.",
]
WHOSE = [
    ("Boko Haram fighters have sent letters saying they will attack the Ngala humanitarian hub on Friday.", C.CLAIMED),
    ("The Israeli army issued a warning for Damascus airport, saying it would bomb the site within hours.", C.CLAIMED),
    ("The Houthis have pledged to fire missiles at Ben Gurion airport on Friday.", C.CLAIMED),
    ("A militia commander promised to hit Ain al-Asad air base with drones on Friday.", C.CLAIMED),
    ("Al Qaeda called on Saturday for attacks on the US embassy in Beirut.", C.CLAIMED),
    ("Muqtada al-Sadr urged his followers to storm the US embassy in Baghdad on Friday.", C.STATED_FACT),
    (
        "We have information that Iran-backed militias are planning a drone attack on Camp Arifjan.",
        C.SUSPECTED_BY_AUTHORITIES,
    ),
    (
        "The U.S. embassy warned on Friday that al-Shabaab is plotting to bomb Aden Adde airport.",
        C.SUSPECTED_BY_AUTHORITIES,
    ),
    (
        "The U.S. embassy warned on Monday that JNIM is planning to kidnap Westerners in Niamey.",
        C.SUSPECTED_BY_AUTHORITIES,
    ),
    (
        "The interior ministry said Hezbollah was preparing an attack on the US embassy in Beirut.",
        C.SUSPECTED_BY_AUTHORITIES,
    ),
    (
        "Iraqi intelligence said it foiled an Islamic State plan to poison the water of Camp Taji.",
        C.SUSPECTED_BY_AUTHORITIES,
    ),
    ("Police foiled an al-Shabaab plot to bomb Aden Adde airport.", C.SUSPECTED_BY_AUTHORITIES),
    ("Security forces arrested two Islamic State members who planned to attack Camp Taji.", C.SUSPECTED_BY_AUTHORITIES),
    (
        "Taliban intelligence said it had arrested a would-be suicide bomber who planned to attack Kabul airport.",
        C.NONE,
    ),
    ("The Houthi interior ministry said its men had seized a car bomb near Sanaa airport on Tuesday.", C.NONE),
    ("The Taliban said they had foiled a car bomb attack on Kabul airport on Tuesday.", C.NONE),
    ("Intelligence indicates that militias plan to fire rockets at Camp Taji tonight.", C.NONE),
    ("Police detained three people accused of planning to sabotage the Barakah nuclear plant.", C.NONE),
    ("An anonymous caller said on Tuesday that a bomb had been planted inside the US embassy in Nairobi.", C.NONE),
]
KINDS = [
    ("An anonymous caller said on Tuesday that a bomb had been planted inside the US embassy in Nairobi.", Y.OTHER),
    ("An anonymous caller threatened on Tuesday to blow up Boryspil airport.", Y.OTHER),
    ("Muqtada al-Sadr urged his followers to storm the US embassy in Baghdad on Friday.", Y.UNREST),
    ("An armed group has sworn to storm the Al-Sinaa prison.", Y.GROUND_ASSAULT),
    ("Al Qaeda called for attacks on the US embassy in Beirut.", Y.OTHER),
    ("Hezbollah-linked channels called for rocket attacks on the US embassy in Beirut.", Y.ROCKET),
    ("Police foiled a terrorist attack on Beirut airport.", Y.OTHER),
    ("Police foiled a bomb attack on Beirut airport.", Y.IED),
    ("Al-Shabaab threatened on Tuesday to kidnap nurses near Halane compound.", Y.KIDNAPPING),
]


def stages(text: str) -> list[Status]:
    """How far what a text tells came."""
    return [m.status for m in reading_of(text)[1]]


@pytest.mark.parametrize("text", THREATENED)
def test_a_threat_to_a_site_is_told(text: str) -> None:
    """Uttered, known of, phoned in, called for, or about to come: of the day before where it names no day."""
    assert stages(text) == [Status.THREATENED]


@pytest.mark.parametrize("text", NOT_THREATENED)
def test_what_hangs_over_a_region_is_no_threat(text: str) -> None:
    """Old threats, habits, conditions, pay, opinions, advice and appeals for peace."""
    assert stages(text) == []


@pytest.mark.parametrize("text", CAME_TRUE)
def test_what_was_called_for_or_warned_of_and_came_was_carried_out(text: str) -> None:
    """A call beside a deed does not undo it."""
    assert stages(text) == [Status.EXECUTED]


@pytest.mark.parametrize("text", THWARTED)
def test_a_plot_that_was_stopped_needs_no_weapon(text: str) -> None:
    """Foiled, uncovered, its planners taken up or charged."""
    assert stages(text) == [Status.THWARTED]


@pytest.mark.parametrize("text", NOT_THWARTED)
def test_what_courts_judge_and_cameras_might_foil_is_no_plot(text: str) -> None:
    """Trials, drills, the past, hopes, denials."""
    assert stages(text) == []


@pytest.mark.parametrize("text, firm", WHOSE)
def test_whose_a_threat_or_a_plot_is(text: str, firm: C) -> None:
    """His who declares it; of whom those in charge know it; nobody's where only those who stop it are named."""
    assert [m.attribution.confidence for m in reading_of(text)[1]] == [firm]


@pytest.mark.parametrize("text, kind", KINDS)
def test_of_which_kind_is_what_did_not_come_to_pass(text: str, kind: Y) -> None:
    """What a verb tells, else of no kind, as is an alarm by telephone."""
    assert [m.threat_type for m in reading_of(text)[1]] == [kind]


TOLD_BY_THE_GROUP = [
    ("Activists from Palestine Action broke into RAF Akrotiri overnight, the group said.", C.CLAIMED),
    ("JNIM fighters overran the army camp in Timbuktu on Monday, the group said in a statement.", C.CLAIMED),
    ("Houthi drones hit Ben Gurion airport on Tuesday, the movement said.", C.CLAIMED),
    ("Houthi drones hit Ben Gurion airport on Tuesday, the army said.", C.STATED_FACT),
    ("Two rockets, apparently fired by Islamic State, hit Camp Taji on Tuesday.", C.SUSPECTED),
    ("A missile, probably launched by Iran, hit Harir air base on Tuesday.", C.SUSPECTED),
    ("A bomb presumably planted by al-Shabaab exploded at Aden Adde airport on Tuesday.", C.SUSPECTED),
    ("Two rockets fired by Islamic State hit Camp Taji on Tuesday.", C.STATED_FACT),
]


@pytest.mark.parametrize("text, firm", TOLD_BY_THE_GROUP)
def test_who_tells_of_a_groups_deed_and_how_surely(text: str, firm: C) -> None:
    """The group itself, with "apparently", or plainly."""
    assert [m.attribution.confidence for m in reading_of(text)[1]] == [firm]


@pytest.mark.parametrize(
    "text",
    [
        "M23 rebels warned on Monday that they would shell Goma airport.",
        "Al Qaeda called on Monday for attacks on the US embassy in Beirut.",
        "The group urged its supporters on Monday to attack the US embassy in Beirut.",
    ],
)
def test_a_threat_is_of_the_day_on_which_it_was_made(text: str) -> None:
    """Also where that stands between who speaks and what he says."""
    (threat,) = reading_of(text)[1]
    assert "Monday" in (threat.time_expression or "")

"""The arguments of a mention, each by a table of plain sentences: who is said to have done it, who was hurt, where."""

import pytest

from schemas.mention import Mention
from schemas.policy import Policy
from schemas.taxonomy import AttributionConfidence as C
from streams.reading import read
from streams.reading.who import effects
from tests.unit.reader import lexicon, report

ROCKETS = "Three rockets landed at Ain al-Asad air base early on Tuesday. "


def only(text: str) -> Mention:
    """The one mention of a text."""
    _, (mention,) = read(report(text), 1, lexicon(), Policy())
    return mention


@pytest.mark.parametrize(
    "confidence, text",
    [
        (C.CLAIMED, ROCKETS + "Kataib Hezbollah took responsibility in a post on Telegram."),
        (C.CLAIMED, ROCKETS + "A previously unknown group, Guardians of the Blood, said it was behind the salvo."),
        (
            C.CLAIMED,
            ROCKETS
            + "In a statement on Telegram, the Islamic Resistance in Iraq said its fighters had targeted the base.",
        ),
        (C.CLAIMED, ROCKETS + "The Brigade of the Martyrs, a front for a bigger militia, owned up within the hour."),
        (C.CLAIMED, ROCKETS + "Responsibility was claimed by a group that few had heard of."),
        (C.CLAIMED, ROCKETS + "The attack was claimed by Islamic State."),
        (C.CLAIMED, ROCKETS + "Saraya Awliya al-Dam released footage of the launch."),
        (C.CLAIMED, ROCKETS + "A militia boasted of the launch on its channel, with a video."),
        (
            C.CLAIMED,
            ROCKETS + '"We did it and we will do it again," a masked man said in a video of the Ashab al-Kahf.',
        ),
        (C.CLAIMED, ROCKETS + "Kataib Hezbollah says it fired them."),
        (C.CLAIMED, ROCKETS + "Hours later Nujaba's spokesman acknowledged that the rockets were its own."),
        (C.CLAIMED, ROCKETS + "A little-known faction put its name to it."),
        (C.CLAIMED, "Al-Shabaab said it had fired mortars at Halane camp in Mogadishu on Monday night."),
        (C.NONE, ROCKETS + "No group claimed the attack."),
        (C.NONE, ROCKETS + "There was no immediate claim of responsibility."),
        (C.NONE, ROCKETS + "Nobody had claimed it by nightfall."),
        (C.NONE, ROCKETS + "No one has said who did it, and the army would not guess."),
        (C.NONE, ROCKETS + "Kataib Hezbollah denied any involvement."),
        (C.NONE, ROCKETS + "It is not known who fired them."),
        (C.NONE, ROCKETS + "The perpetrators remain unidentified."),
        (C.NONE, "Gunmen opened fire on a guard post at Ain al-Asad air base early on Tuesday."),
        (C.NONE, "Armed men on motorcycles shot at the gate of Ain al-Asad air base early on Tuesday."),
        (
            C.NONE,
            "Mortars fell on Halane camp in Mogadishu on Monday night. Al-Shabaab, as so often, has not commented.",
        ),
        (
            C.NONE,
            "A drone hit Erbil airport on Monday night. The base hosts the coalition against Islamic State.",
        ),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Iraq's interior ministry blamed Kataib Hezbollah."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Two American officials said they suspected an Iran-backed militia."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "The Pentagon attributed the launch to Iranian proxies."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "The governor pointed the finger at Islamic State."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Police think that a cell of Islamic State did it."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Investigators see the hand of Kataib Hezbollah."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + 'The army\'s spokesman accused "outlaws in the pay of a neighbour".'),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Intelligence officers put it down to Islamic State."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "A security source said the militia Nujaba was most likely behind it."),
        (
            C.SUSPECTED_BY_AUTHORITIES,
            ROCKETS + "The operations command believes the launch team came from Kataib Hezbollah.",
        ),
        (
            C.SUSPECTED_BY_AUTHORITIES,
            ROCKETS + "He did not name anyone, but an army colonel said the trail led to Kataib Hezbollah.",
        ),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Islamic State is suspected by the police."),
        (
            C.SUSPECTED_BY_AUTHORITIES,
            ROCKETS + "According to the defence ministry, the attackers belonged to Islamic State.",
        ),
        (
            C.SUSPECTED_BY_AUTHORITIES,
            "Police said suspected Boko Haram fighters attacked the UN hub at Ngala on Monday night.",
        ),
        (C.SUSPECTED, ROCKETS + "Villagers blamed Islamic State."),
        (C.SUSPECTED, ROCKETS + "Analysts believe Kataib Hezbollah was responsible."),
        (C.SUSPECTED, ROCKETS + "Local media pointed to Iran-backed militias."),
        (C.SUSPECTED, ROCKETS + "People in Hit say it was the militias."),
        (C.SUSPECTED, ROCKETS + "Islamic State is widely believed to have fired them."),
        (C.SUSPECTED, ROCKETS + "Residents are convinced that Nujaba fired them."),
        (C.SUSPECTED, ROCKETS + "A tribal elder suspected Kataib Hezbollah."),
        (
            C.SUSPECTED,
            "Suspected Islamic State men fired three rockets at Ain al-Asad air base early on Tuesday.",
        ),
        (C.POSSIBLE, ROCKETS + "The attack bore the hallmarks of Islamic State."),
        (C.POSSIBLE, ROCKETS + "It could have been the work of Islamic State."),
        (C.POSSIBLE, ROCKETS + "Kataib Hezbollah may have been behind it."),
        (C.POSSIBLE, ROCKETS + "The rails are of a type that Kataib Hezbollah has used, which proves nothing."),
        (C.POSSIBLE, ROCKETS + "An involvement of Islamic State cannot be excluded."),
        (C.POSSIBLE, ROCKETS + "The method is consistent with earlier attacks by Islamic State."),
        (C.STATED_FACT, "Islamic State fighters fired three rockets at Ain al-Asad air base early on Tuesday."),
        (C.STATED_FACT, "Three rockets fired by Kataib Hezbollah landed at Ain al-Asad air base early on Tuesday."),
        (
            C.STATED_FACT,
            "Kataib Hezbollah fired three rockets at Ain al-Asad air base early on Tuesday, the army said.",
        ),
        (C.STATED_FACT, "Iranian missiles struck Ain al-Asad air base early on Tuesday."),
        (C.STATED_FACT, "Iran fired three missiles at Ain al-Asad air base early on Tuesday."),
        (C.STATED_FACT, "Israeli jets bombed Damascus airport on Monday night, Syrian state media said."),
        (C.STATED_FACT, "The port of Odesa was hit by Russian drones on Monday night."),
        (
            C.SUSPECTED_BY_AUTHORITIES,
            "Four Shahed drones hit the port of Odesa on Monday night. Kyiv said Moscow had sent them from Crimea.",
        ),
        (
            C.STATED_FACT,
            "Four Shahed drones hit the port of Odesa on Monday night. They had been sent by the Russian army.",
        ),
    ],
)
def test_who_is_said_to_have_done_it(confidence: C, text: str) -> None:
    """Claims, accusations by officials and by others, hints, plain accounts, and no actor named."""
    assert only(text).attribution.confidence is confidence


NIGHT = (
    "Rockets landed on Camp Taji on Monday night, wounding a cook.\n\n"
    "A drone hit the fence of Erbil airport on Tuesday at dawn.\n\n"
    "The prime minister called a meeting.\n\n"
)
LIST = (
    "TAJI. Two rockets fell on the base on 11 March at 21:00.\n\n"
    "ERBIL. A drone hit the fence of the airport on 12 March at 02:00.\n\n"
    "AL-ASAD. A drone burned a tent at the base on 12 March at 04:00.\n\n"
)


@pytest.mark.parametrize(
    "text, confidences",
    [
        (NIGHT + "The Front of the Oath claimed the rockets in a statement.", [C.CLAIMED, C.NONE]),
        (NIGHT + "Police blamed Kataib Hezbollah for the drone.", [C.NONE, C.SUSPECTED_BY_AUTHORITIES]),
        (NIGHT + "Saraya Awliya al-Dam said it had carried out the rocket attack.", [C.CLAIMED, C.NONE]),
        (NIGHT + "Saraya Awliya al-Dam claimed both attacks.", [C.CLAIMED, C.CLAIMED]),
        (NIGHT + "Nobody claimed the rockets.", [C.NONE, C.NONE]),
        (LIST + "Saraya Awliya al-Dam claimed the rockets on its channel.", [C.CLAIMED, C.NONE, C.NONE]),
        (LIST + "Saraya Awliya al-Dam claimed a drone.", [C.NONE, C.NONE, C.NONE]),
    ],
)
def test_which_deed_a_statement_is_about(text: str, confidences: list[C]) -> None:
    """Paragraphs later "the rockets" are those told; in a list they are so where no other rockets are."""
    _, mentions = read(report(text), 1, lexicon(), Policy())
    assert [m.attribution.confidence for m in mentions] == confidences


@pytest.mark.parametrize(
    "text, killed, wounded",
    [
        ("killing two contractors and wounding six other people", 2, 6),
        ("Four soldiers were killed and eleven wounded.", 4, 11),
        ("There were no casualties.", 0, 0),
        ("Nobody was hurt.", 0, 0),
        ("CAS: 0 KIA 1 WIA", 0, 1),
        ("A security guard was killed and four workers were injured", 1, 4),
        ("several people were wounded", None, None),
        ("eleven militants were killed", None, None),
        ("Rockets fell in a field.", None, None),
        ("An Indian porter was burned on both hands.", None, 1),
        ("1 hygienist fractured an ankle jumping the fence. 0 deaths.", 0, 1),
        ("He was unhurt; two of his guards died.", 2, None),
        ("Both men in that car are dead, and a porter who was crossing has lost an eye.", 2, 1),
        ("No one was inside.", 0, 0),
        ("Eight electricians escaped unhurt.", 0, 0),
        ("None of the peacekeepers was injured.", 0, 0),
        ("Falling masonry bruised three of our soldiers, who have resumed duty.", None, 3),
        ("Two drips broken, nobody hit.", 0, 0),
        ("a private guard who tried to hold the ladder's foot broke his collarbone.", None, 1),
        ("Two passers-by were cut by glass.", None, 2),
        ("Two guards were killed, a relief official said.", 2, None),
        ("Three guards died (Modu succumbed on Thursday). A cook was beaten.", 3, 1),
        ("One policeman is dead, another lost a leg.", 1, 1),
        ("Nine demonstrators and three Uruguayan blue helmets were patched up at Heal Africa", None, 12),
        ("Two soldiers and a port electrician were killed and five people were wounded", 3, 5),
        ("killing a crane operator and injuring five others", 1, 5),
        ("killing a policeman and two passers-by", 3, None),
        ("One gendarme is wounded in the thigh.", None, 1),
        ("A gendarme was shot in the leg.", None, 1),
        ("One guard inhaled smoke and has recovered.", None, 1),
        ("A guard was hit in the foot.", None, 1),
        ("A Bangladeshi baker who sleeps beside it for the warmth was cut about the face.", None, 1),
        ("a ferry pontoon sank, and a sailor broke his wrist.", None, 1),
        ("Two watchmen dead.", 2, None),
        ("None of our people was hurt", 0, 0),
        ("There was no word on casualties.", None, None),
        ("One soldier was treated for ringing in his ears.", None, 1),
        ("Eleven policemen were treated for bruises.", None, 11),
        ("All eight attackers were shot dead.", None, None),
        ("The army said that it had killed nine attackers.", None, None),
        ("Five dead, among them two officers, and eight injured.", 5, 8),
        ("at least five were killed and two dozen hurt", 5, 24),
        ("The death toll rose to seven.", 7, None),
        ("A fourth person has died in hospital.", 4, None),
        ("thirty camels died at a well", None, None),
        ("1 x IRQ soldier KIA, 2 x IRQ WIA", 1, 2),
        ("drive-by, 2 police WIA, ECP Halane south", None, 2),
        ("as salvors recovered the bodies of two engineers", 2, None),
        ("crew all ok, speed up", 0, 0),
        ("No one came to harm.", 0, 0),
        ("One NGO guard slightly hurt by glass. No fatalities known.", 0, 1),
        (
            "with the loss of three of its soldiers; al-Shabaab says the base was overrun and 70 soldiers killed",
            3,
            None,
        ),
        ("The driver was wounded.", None, 1),
        ("three, including a child, were killed", 3, None),
        ("Two people were killed on the spot and a third died on the way to hospital", 3, None),
        ("wounding two guards and a cook", None, 3),
        ("Two women were slightly injured by flying glass", None, 2),
        ("Six were taken to hospital with burns.", None, 6),
        ("leaving three dead and nine wounded", 3, 9),
        ("It wounded an officer and four constables.", None, 5),
        ("The blast left two dead.", 2, None),
        ("Dozens were hurt.", None, None),
        ("A cook and a cleaner were slightly hurt.", None, 2),
        ("A contractor suffered a broken arm.", None, 1),
        ("Casualties: none.", 0, 0),
        ("no injuries and no damage", 0, 0),
        ("Three sailors were lightly injured; none of them is in danger.", None, 3),
        ("Two airmen were treated for minor injuries.", None, 2),
        ("Four people suffered minor injuries.", None, 4),
        ("One contractor was treated for shock.", None, 1),
        ("Three soldiers were treated for smoke inhalation.", None, 3),
        ("A passer-by was grazed by a splinter.", None, 1),
        ("One worker sustained cuts.", None, 1),
        ("A cleaner twisted her ankle while running for shelter.", None, 1),
        ("Two guards and their driver were wounded.", None, 3),
        ("The explosion broke windows but hurt no one.", 0, 0),
        ("The rockets caused no injuries.", 0, 0),
        ("It caused neither casualties nor damage.", 0, 0),
        ("No one was reported hurt.", 0, 0),
        ("No US personnel were injured.", 0, 0),
        ("US and coalition personnel were unharmed.", 0, 0),
        ("All staff are safe.", 0, 0),
        ("All personnel safe and accounted for.", 0, 0),
        ("NIL CAS.", 0, 0),
        ("Cas nil, dmg minor.", 0, 0),
        ("0 x cas", 0, 0),
        ("No cas or damage.", 0, 0),
        ("One person has been injured, the ministry said.", None, 1),
        ("The number of wounded stands at nine.", None, 9),
        ("The toll is two dead and nine wounded.", 2, 9),
        ("Killed: 3. Wounded: 7.", 3, 7),
        ("Six wounded, two of them seriously.", None, 6),
        ("The bomb killed a woman and her two children.", 3, None),
        ("A mother and her son were killed.", 2, None),
        ("The cook, hit by a ricochet, is in a stable condition.", None, 1),
        ("A guard's arm was broken.", None, 1),
        ("A peacekeeper was shot in the shoulder and flown to Nairobi.", None, 1),
        ("Two peacekeepers died and a third is in intensive care.", 2, 1),
        ("Five people needed stitches.", None, 5),
        ("Three firemen were injured while fighting the blaze.", None, 3),
        ("A nurse fainted.", None, None),
        ("A child has lost her hearing in one ear.", None, 1),
        ("One man was lightly wounded by shrapnel in the hand.", None, 1),
        ("Three villagers, among them a girl of nine, lost their lives.", 3, None),
        ("Police put the number of dead at six.", 6, None),
        ("At least 11 dead, more than 30 injured.", 11, 30),
        ("Between two and four soldiers were hurt.", None, None),
        ("Two attackers were killed and a third wounded.", None, None),
        ("Guards killed two of the assailants; one guard was wounded.", None, 1),
        ("All four were killed instantly.", 4, None),
        ("The strike killed at least seven, most of them women.", 7, None),
        ("Its two occupants were killed.", 2, None),
        ("The crew of nine were rescued unhurt.", 0, 0),
        ("A sailor is missing.", None, None),
        ("without claiming victims", 0, 0),
        ("No casualties were reported.", 0, 0),
        ("Nobody has been killed, but two tailors were cut by glass.", 0, 2),
        ("there were no fatalities", 0, None),
        ("None died; four were hurt.", 0, 4),
        ("an interpreter and two guards have been hospitalised", None, 3),
        ("a stray bullet struck a girl of six", None, 1),
        ("A bullet hit a watchman in the hip.", None, 1),
        ("Shrapnel wounded the night porter.", None, 1),
        ("The blast threw a sentry off his feet; he has a concussion.", None, 1),
        ("The salvo resulted in the martyrdom of an officer and the wounding of three.", 1, 3),
        ("leading to the death of a guard and the injury of two cooks", 1, 2),
        ("Two of our fighters were martyred and five fighters were wounded.", 2, None),
        ("the killing of one policeman and the wounding of six", 1, 6),
        ("The blast caused light burns to two technicians.", None, 2),
        ("It caused cuts and bruises to four clerks.", None, 4),
        ("It caused burns to the roof.", None, None),
        ("Two porters got cuts.", None, 2),
        ("A cook came away with bruises.", None, 1),
        ("Three clerks received minor burns.", None, 3),
        ("It cracked a pane and nothing else.", 0, 0),
        ("shattering two windows, nothing more", 0, 0),
        ("The shell broke nothing but a lamp.", 0, 0),
        ("Nothing else is known about the bomb that killed two.", 2, None),
        ("He said nothing else.", None, None),
        ("It fell in a ditch, without effect.", 0, 0),
        ("The warning remained without effect.", None, None),
        ("A boy was hurt by his own firework.", None, None),
        ("Two men were wounded by their own grenade.", None, None),
        ("A sentry was hurt by his own side's fire.", None, 1),
        ("Soldiers dead: three. Injured: eleven.", 3, 11),
        ("Dead: 2. Wounded: five, one of them badly.", 2, 5),
        ("Two guards WIA, no other casualties.", 0, 2),
        ("1 x guard WIA, bruised. Nil other cas.", 0, 1),
        ("One guard was killed; there were no other casualties.", 1, None),
        ("The losses of our side are two martyrs and five lightly injured.", 2, 5),
        ("The losses are one martyr and three wounded.", 1, 3),
        ("The death toll rose to nine dead and five wounded.", 9, 5),
        ("Three to five guards were hurt.", None, None),
        ("A sentry had his arm broken.", None, 1),
        ("Asked whether guards had killed a man, he said that two guards were hurt.", None, 2),
        ("The student whose hand was injured was hurt by his own firework.", None, None),
        ("The student whose hand was injured was hurt by the blast.", None, 1),
        ("PARIS, May 21 (AAP) - Screens at the airport went dead.", None, None),
        ("Six telephones went dead and two clerks were hurt.", None, 2),
        ("The toll at the camp is now one dead and three injured, all Iraqi.", 1, 3),
        ("A porter had two ribs cracked.", None, 1),
        ("Two lorry drivers had cuts on their hands.", None, 2),
        ("Two of the gunmen were shot dead.", None, None),
        ("Two of our fighters were martyred.", 2, None),
    ],
)
def test_effects_count_victims_only(text: str, killed: int | None, wounded: int | None) -> None:
    """Victims are counted where a number is stated or a person is told; attackers never; nobody hurt is nought."""
    toll = effects.read(text, 0, len(text))
    assert (toll.killed, toll.wounded) == (killed, wounded)


RAID = "Five men in army uniform tried to climb the wall of PNS Siddiq in Turbat on Monday night. "
THREAT = "The embassy says an armed group intends to fire rockets at Camp Victory in Baghdad within three days. "
TWICE = "A drone hit a shed at Camp Taji on Monday at dawn. Another fell on Balad air base at noon on Monday. "
SHELLS = "Mortar rounds fell on El Baraf base in Somalia on Monday night, wounding two soldiers, the mission said. "


@pytest.mark.parametrize(
    "text, killed, wounded",
    [
        (RAID + "All five were shot dead. A sentry was also killed and two were wounded.", 1, 2),
        (RAID + "The five were killed within minutes. Three marines were hurt.", None, 3),
        ("Two gunmen attacked Camp Simba's gate on Monday. Both were shot dead, and a guard was wounded.", None, 1),
        ("Rockets hit a tent at Camp Taji on Monday where four cooks slept. All four were killed.", 4, None),
        ("Gunmen fired on two guards at Camp Simba on Monday. Both were wounded.", None, 2),
        (RAID + "Three sailors were killed. All three were from Karachi.", 3, None),
        (SHELLS + "Al-Shabaab spoke of thirty dead soldiers and posted a film.", None, 2),
        (SHELLS + "The militants put the number of dead policemen at nine.", None, 2),
        (SHELLS + "Al-Shabaab's spokesman said it had killed 40 of the crusaders.", None, 2),
        (SHELLS + "The army said three soldiers had died.", 3, 2),
        ("Jets bombed Hodeidah port on Monday. The Houthis said six dockers were killed.", 6, None),
        (SHELLS + "On Tuesday the toll rose to five wounded.", None, 5),
        (SHELLS + "The toll is now one dead and four injured.", 1, 4),
        (SHELLS + "Last year's shelling killed nine.", None, 2),
        (THREAT + "There were no injuries.", None, None),
        (TWICE + "At Taji the drone burned a lorry. One guard was burned.", None, 1),
    ],
)
def test_whose_victims_count(text: str, killed: int | None, wounded: int | None) -> None:
    """Attackers told before and the dead they boast of do not count; a new toll replaces the old; a threat has none."""
    _, (mention, *_) = read(report(text), 1, lexicon(), Policy())
    assert (mention.effects.killed, mention.effects.wounded) == (killed, wounded)


@pytest.mark.parametrize(
    "text, facility",
    [
        ("Two rockets landed at the airport in Niger's capital on Monday night.", "ne-niamey-airport"),
        ("On Monday a drone hit the spillway gantry of the Dnipro HES.", "ua-dnipro-hes"),
        ("A bomb blew a hole in the Cano Limon-Covenas pipeline near Toledo, Colombia, on Monday.", None),
        ("A mortar bomb fell in a field 12 km N of Ain al-Asad air base on Monday.", None),
    ],
)
def test_where_it_happened(text: str, facility: str | None) -> None:
    """Capitals, spellings and kinds of plant lead to the facility; a line between two places and a distance do not."""
    mention = only(text)
    best = mention.candidates[0].facility_id if mention.candidates else None
    assert (mention.facility_id or best) == facility


@pytest.mark.parametrize("hour", [0, 5, 10, 15])
@pytest.mark.parametrize("part", ["morning", "afternoon", "evening"])
def test_what_struck_this_evening_has_struck(hour: int, part: str) -> None:
    """A deed told as done is none to come, whatever part of the day the sender speaks of and wherever he sits."""
    told = report(f"Four rockets struck Camp Arifjan in Kuwait this {part}, killing two soldiers, officials said.")
    told = told.model_copy(update={"published_at": told.published_at.replace(hour=hour)})
    _, (mention,) = read(told, 1, lexicon(), Policy())
    assert mention.occurred.earliest <= mention.occurred.latest <= told.published_at

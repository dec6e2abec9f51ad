"""Who was hurt: further ways to count, and whose a count is in reports that tell of several deeds."""

import pytest

from schemas.policy import Policy
from streams.reading import read
from streams.reading.who import effects
from tests.unit.reader import lexicon, report


@pytest.mark.parametrize(
    "text, killed, wounded",
    [
        ("Nobody was near it.", 0, 0),
        ("They fell in the orchard, hurting no one.", 0, 0),
        ("They burnt a lorry without injuring anybody.", 0, 0),
        ("Nine boats are scrap and a customs clerk was wounded.", None, 1),
        ("They shot the night watchman in both knees.", None, 1),
        ("He stabbed a private guard in the neck.", None, 1),
        ("They shot the night watchman's dog in both ears.", None, None),
        ("The apprentice is dead and the driver has lost a foot.", 1, 1),
        ('"No one was close by, thank God," the surgeon said.', 0, 0),
        ("Nobody was near a decision.", None, None),
        ("The only casualty, an officer said, was a goat.", 0, 0),
        ("The only victims were two palm trees.", 0, 0),
        ("The only casualty was a cook.", None, None),
        ("It was a skiff with nobody aboard.", None, None),
        ("There was nobody aboard.", 0, 0),
        ("Dead now 4: a porter died in the night.", 4, None),
        ("Killed so far: 3.", 3, None),
        ("The battalion lost five soldiers.", 5, None),
        ("The navy lost two men.", 2, None),
        ("The company lost two contracts.", None, None),
        ("The guards lost four lorries.", None, None),
        ("The raid was beaten off at the cost of nine soldiers.", 9, None),
        ("It was repaired at a cost of nine million.", None, None),
        ("A surgeon said that he had operated on six.", None, 6),
        ("The clinic treated four cooks.", None, 4),
        ("The clinic treated two goats.", None, None),
        ("One resident received a scratch to the head.", None, 1),
        ("The bodyguard got a bullet in the hand.", None, 1),
        ("It fell beside a pensioner who had a cut on his scalp.", None, 1),
        ("The wall received a scratch on one side.", None, None),
        ("What was left of it burned a palm grove and a shed.", None, None),
        ("The wreck cut two power lines.", None, None),
        ("The flames burned two cooks.", None, 2),
        ("The shock burnt two mechanics.", None, 2),
        ("Three sailors from Peru and Chile suffered slight burns.", None, 3),
        ("Eleven clerks are in the Central hospital.", None, 11),
        ("A welder from Kerala has a broken wrist.", None, 1),
        ("The fire left a burnt kiosk and a porter with a broken arm.", None, 1),
        ("A Danish surveyor inside was grazed.", None, 1),
        ("The steward, who is 40, has a graze.", None, 1),
        ("Six gendarmes and an unknown number of boys were hurt.", None, 6),
        ("Two cooks riding in the second vehicle were killed.", 2, None),
        ("It exploded, killing a porter and, as it turned out at noon, a nurse.", 2, None),
        ("The driver and his son died.", 2, None),
        ("The foreman and two welders were killed.", 3, None),
        ("Two clerks died, and the porter.", 3, None),
        ("No U.S. or Iraqi personnel were injured.", 0, 0),
        ("It left one dead and half a dozen wounded.", 1, 6),
        ("A half dozen soldiers were wounded.", None, 6),
        ("It went off, wounding half a dozen soldiers.", None, 6),
        ("It went off, killing a half-dozen recruits.", 6, None),
        ("Half the camp was without light.", None, None),
        ("It went off, killing a 45-year-old guard.", 1, None),
        ("A 19-year-old soldier was killed.", 1, None),
        ("It wounded a 30 year old cook and two drivers.", None, 3),
        ("Their six-year-old daughter was hurt.", None, 1),
        ("A 45-year-old rule was broken.", None, None),
        ("She blew herself up, killing herself and four displaced people.", 4, None),
        ("He killed himself and four others.", 4, None),
        ("He killed himself.", None, None),
        ("It hit the hall, wounding five people, two of whom later died.", 2, 3),
        ("It hit the hall, killing one and wounding five, one of whom died in hospital.", 2, 4),
        ("It hit the hall, killing five people, two of whom died instantly.", 5, None),
        ("It hit the hall, wounding five people, two of whom were children.", None, 5),
        ("A soldier succumbed to his injuries, bringing the toll to three.", 3, None),
        ("A cook died of her wounds.", 1, None),
        ("A wounded soldier died.", 1, None),
        ("Two died, raising the death toll to nine.", 9, None),
        ("Injuries: 3.", None, 3),
        ("Wounded so far: 4.", None, 4),
        ("Injuries: being counted.", None, None),
        ("Two mailroom employees fell ill.", None, 2),
        ("It drifted over the yard, sickening six.", None, 6),
        ("Four clerks were poisoned.", None, 4),
        ("A man stabbed two guards.", None, 2),
        ("A man stabbed a guard to death.", 1, None),
        ("Two lorries fell behind.", None, None),
        ("Four U.S. airmen and two U.S. contractors were injured.", None, 6),
        ("A porter was pinned by the door and has lost a foot.", None, 1),
        ("A cook was stabbed with a spoon and died.", 1, None),
        ("They burnt a guard hut.", None, None),
        ("Three cooks who slept there were killed and several more wounded.", 3, None),
        ("A nurse and the driver were killed.", 2, None),
        ("Shots killed a teacher and his brother.", 2, None),
    ],
)
def test_other_ways_to_count(text: str, killed: int | None, wounded: int | None) -> None:
    """Single wounds, losses, what surgeons say; beasts and things are no victims, an empty boat no mercy."""
    toll = effects.read(text, 0, len(text))
    assert (toll.killed, toll.wounded) == (killed, wounded)


SHELLS = "Mortar bombs fell on Goma airport on Monday evening. "
TWO_ITEMS = (
    "Erbil airport, 12/03, 0440. A drone hit the apron.\n\nKirkuk, 11/03, 2305. Five porters hurt in a brawl.\n\n"
    "Sinjar, 12/05. Quiet.\n\nDohuk, 12/05. Quiet."
)


@pytest.mark.parametrize(
    "text, killed, wounded",
    [
        (SHELLS + '"Nobody was close by," the director said.', 0, 0),
        (SHELLS + "The bodyguard got a splinter in the hand.", None, 1),
        (TWO_ITEMS, None, None),
        (
            "Two officers were killed on Monday near Goma airport. A mortar bomb had hit their car there on Monday.",
            2,
            None,
        ),
        (
            "Five rockets hit Camp Taji on Monday.\n\nIt was quiet.\n\nThe staff put the cost at nine. Nine had died.",
            9,
            None,
        ),
    ],
)
def test_the_first_deed_told_has_its_victims_and_no_others(text: str, killed: int | None, wounded: int | None) -> None:
    """A count may stand before its deed or some lines behind it; one under another place and date is of that."""
    _, (mention, *_) = read(report(text), 1, lexicon(), Policy())
    assert (mention.effects.killed, mention.effects.wounded) == (killed, wounded)


TWO_AT_ONCE = "Two drones hit Camp Taji on Monday evening, hours after rockets were fired at Erbil airport. "


@pytest.mark.parametrize(
    "text, killed, wounded",
    [
        (TWO_AT_ONCE + "Three cooks were wounded.", None, 3),
        (
            "A drone hit Camp Taji on Monday.\n0115 shut.\n0120 QRF out.\n0125 quiet.\n0130 lamps lit.\nCAS nil.",
            0,
            0,
        ),
        ("A rocket hit Camp Taji on Monday, wounding four airmen. A second fell on a house and hurt a woman.", None, 5),
        ("Rockets hit Camp Taji on Monday, killing four cooks. No soldier was hurt.", 4, None),
        ("Rockets hit Camp Taji on Monday. Nobody was hurt, which, a cook said, had last happened years ago.", 0, 0),
    ],
)
def test_a_count_is_of_the_deed_its_clause_is_about(text: str, killed: int | None, wounded: int | None) -> None:
    """The first of two told at once has the victims, one more weapon adds its own; nobody is none counted before."""
    _, (mention, *_) = read(report(text), 1, lexicon(), Policy())
    assert (mention.effects.killed, mention.effects.wounded) == (killed, wounded)


HIT = "Rockets hit Camp Taji on Monday. "


@pytest.mark.parametrize(
    "text, killed, wounded",
    [
        (HIT + "Five cooks were hurt. Two of the wounded later died.", 2, 3),
        (HIT + "Three died and five were hurt. One of those wounded has since died.", 4, 4),
        (HIT + "Five cooks were hurt. Two of them died later in hospital. In all, two of the wounded have died.", 2, 3),
        (HIT + "Two soldiers died. A third soldier died of his wounds on Tuesday.", 3, None),
        (HIT + "Five soldiers died. A second guard was killed at the gate.", 5, None),
        (HIT + "It was the third attack in a week; 11 soldiers died in the first one.", None, None),
        (HIT + "Two cooks died. Four soldiers were hurt in an earlier attack this month.", 2, None),
        (HIT + "Six soldiers were wounded in a separate attack on a convoy.", None, None),
        (HIT + "Six soldiers were wounded in the attack.", None, 6),
        (HIT + "Six soldiers were wounded in the second strike.", None, 6),
        ("JNIM said it had killed 14 soldiers in an attack on Kidal camp on Monday.", 14, None),
        ("JNIM said its fighters overran the army camp in Timbuktu on Monday and killed 14 soldiers.", 14, None),
        ("JNIM said it had killed 14 soldiers in an attack on Kidal camp on Monday. Two died, a nurse said.", 2, None),
        ("Fighters stormed Kidal camp on Monday, killing two soldiers. JNIM said it had killed 14 soldiers.", 2, None),
        ("Fighters stormed Kidal camp on Monday. JNIM spoke of 14 dead soldiers.", None, None),
        ("An attack on Kidal camp on Monday killed 14 soldiers. Three others were wounded.", 14, 3),
        ("A man stabbed two guards outside the US embassy in Tunis on Monday before he was overpowered.", None, 2),
    ],
)  # fmt: skip
def test_a_count_is_kept_up_to_date_and_is_of_this_attack(text: str, killed: int | None, wounded: int | None) -> None:
    """The wounded who die are dead, another attack has its own, those who boast count where nobody else does."""
    _, (mention, *_) = read(report(text), 1, lexicon(), Policy())
    assert (mention.effects.killed, mention.effects.wounded) == (killed, wounded)


FIRST = "Drones hit Camp Taji on Tuesday evening. "


@pytest.mark.parametrize(
    "text, last",
    [
        (
            FIRST
            + "\n\nA missile hit Balad Air Base on Monday night.\n\nTuesday's drones were three. Four guards were hurt",
            [(None, 4), (None, None)],
        ),
        (
            FIRST + "\n\nOn Monday night a missile hit Balad Air Base.\n\nFour guards were hurt.",
            [(None, None), (None, 4)],
        ),
        (
            FIRST
            + "\n\nOn Monday, two officers were killed near Balad. A missile hit Balad Air Base at noon on Monday.",
            [(None, None), (2, None)],
        ),
        (
            FIRST + "\n\nTwo officers were killed. A missile hit Balad Air Base at noon on Monday.",
            [(2, None), (None, None)],
        ),
        (
            FIRST + "Two officers were killed near the gate. A missile hit Balad Air Base at noon on Monday.",
            [(2, None), (None, None)],
        ),
    ],
)
def test_each_deed_has_its_own_victims(text: str, last: list[tuple[int | None, int | None]]) -> None:
    """What a report comes back to is counted on; the dead of another day or place are of the deed told next."""
    _, mentions = read(report(text), 1, lexicon(), Policy())
    assert [(m.effects.killed, m.effects.wounded) for m in mentions] == last


AT_TAJI = "Three drones were launched at Camp Taji on Tuesday evening. "


@pytest.mark.parametrize(
    "text, status",
    [
        (AT_TAJI + "Two were shot down. The third glided over the wall and fell among the water tanks.", "executed"),
        (AT_TAJI + "Two were shot down. One impacted inside the wire and caused a small fire.", "executed"),
        (AT_TAJI + "Two were shot down. The third fell in the desert.", "intercepted"),
        (AT_TAJI + "Two were shot down. One landed on open ground.", "intercepted"),
        (AT_TAJI + "None got farther than the orchards.", "intercepted"),
        (AT_TAJI + "This time nothing got by.", "intercepted"),
        (AT_TAJI + "Nothing got by the censors.\n\nA guard was killed.", "intercepted"),
        (AT_TAJI + "Nobody got any sleep.", "executed"),
        (
            "Two missiles fired at Camp Taji were shot down on Tuesday.\n\nOf two drones the other hit a store.",
            "intercepted",
        ),
    ],
)
def test_what_arrived_and_what_did_not(text: str, status: str) -> None:
    """One that came down inside struck; where none got through all were stopped; another weapon's hit is its own."""
    _, (mention, *_) = read(report(text), 1, lexicon(), Policy())
    assert mention.status.value == status

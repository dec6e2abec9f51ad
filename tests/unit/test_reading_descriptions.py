"""Which sites a description means, and when it means none in particular: sides, words, former uses, what was named."""

import pytest

from schemas.mention import Mention
from schemas.taxonomy import FacilityKind as K
from streams.reading.where.apart import one_of_several
from streams.reading.where.bearings import Side, lies
from streams.reading.where.places import Spot
from streams.reading.where.sites import kinds_called
from streams.reading.where.wording import content, likeness
from tests.unit.reader import lexicon, told


def meant(m: Mention) -> str | set[str]:
    """The facility, or the candidates."""
    return m.facility_id or {c.facility_id for c in m.candidates}


SIDES = [
    (
        "BAGHDAD - A drone fell on Tuesday at a base west of Baghdad where coalition advisers live.",
        {"iq-al-asad-air-base", "iq-al-taqaddum-air-base"},
    ),
    ("IRAQ: A drone fell on Tuesday at an air base in the north of Erbil province.", {"iq-harir-air-base"}),
    (
        "UKRAINE: A missile fell on Tuesday near a nuclear plant in the country's west.",
        {"ua-rivne-npp", "ua-khmelnytskyi-npp"},
    ),
    (
        "KUWAIT: Drones from the north were shot down on Tuesday before they reached an air base used by U.S. forces.",
        {"kw-ali-al-salem-air-base"},
    ),
    (
        "BAGHDAD - A rocket exploded on Tuesday in an American compound on the western edge of Baghdad.",
        {"iq-baghdad-diplomatic-support-center"},
    ),
    (
        "SAUDI ARABIA: A missile was shot down on Tuesday near an air base south-east of the capital.",
        {"sa-prince-sultan-air-base"},
    ),
    (
        "SYRIA: Two rockets fell on Tuesday beside an airstrip used by U.S. forces in the north-east.",
        {"sy-kharab-al-jir-base", "sy-rumalyn-landing-zone"},
    ),
]
"""Sides told without a distance, and the sites that lie there."""


@pytest.mark.parametrize("text, sites", SIDES)
def test_a_side_is_judged_by_where_sites_lie(text: str, sites: set[str]) -> None:
    """The likeliest are those on the side told, whatever their region words."""
    m = told(text)[0]
    best = m.candidates[: len(sites)]
    assert {m.facility_id} == sites or (m.facility_id is None and {c.facility_id for c in best} == sites)


WORDS = [
    ("SYRIA: A rocket hit the gas plant on Tuesday.", "sy-conoco-gas-field"),
    ("SYRIA: Gunmen shot at the gate of the Russian air base on Tuesday.", "sy-hmeimim-air-base"),
    ("SAUDI ARABIA: A drone hit a pipe of an export terminal on the Gulf on Tuesday.", {"sa-ras-tanura"}),
    ("A drone was shot down on Tuesday over the fuel depot in Musaffah.", "ae-musaffah-adnoc-depot"),
]
"""What a description says of its site in the words of the site's record."""


@pytest.mark.parametrize("text, site", WORDS)
def test_the_words_of_a_description_are_those_of_the_record(text: str, site: str | set[str]) -> None:
    """A word that few sites of the kind have tells which is meant; a town tells its country."""
    m = told(text)[0]
    assert meant(m) == site or (isinstance(site, set) and m.facility_id in site)


COUNTRIES = [
    (
        "A drone was shot down on Tuesday over the Polish airport used for arms deliveries to Ukraine.",
        "pl-rzeszow-jasionka-airport",
    ),
    ("A drone fell on Tuesday at the US base near Tal Tamr.", "sy-qasrak-base"),
    ("Gunmen shot on Tuesday at the humanitarian hub near the Cameroonian border.", "ng-ngala-humanitarian-hub"),
    (
        "SUDAN: Quiet.\n\nKhartoum. A drone fell on Tuesday at the capital's airport.",
        "sd-khartoum-international-airport",
    ),
]
"""Descriptions with the words of a facility's own, of the country that is told, or of one that is told besides."""


@pytest.mark.parametrize("text, site", COUNTRIES)
def test_what_is_told_in_full_tells_its_country(text: str, site: str) -> None:
    """Other countries in the passage do not matter then, unless they are the only ones."""
    assert told(text)[0].facility_id == site


AREAS = [
    (
        "SOMALIA: A busy week.\n\nMiddle Shabelle. A base of the African Union was shelled on Tuesday.",
        "so-el-baraf-base",
    ),
    (
        "SOMALIA:\n\nLower Shabelle. Rain fell. At an airfield in the same region, a rocket hit a hut on Tuesday.",
        "so-baledogle-airfield",
    ),
]
"""Regions that a line opens with, and that are meant again."""


@pytest.mark.parametrize("text, site", AREAS)
def test_a_region_told_before_is_where_a_site_lies(text: str, site: str) -> None:
    """Though its own sentence says it not, or only "the same region"."""
    m = told(text)[-1]
    assert site == (m.facility_id or m.candidates[0].facility_id)


CALLED = [
    ("MALI: Quiet.\n\nKidal. A rocket fell on Tuesday at the airport.", {"ml-kidal-camp"}),
    ("IRAQ: Two rockets fell on Tuesday at Kirkuk air base.", {"iq-kirkuk-air-base"}),
    ("IRAQ: Two rockets fell on Tuesday at a base near Kirkuk.", {"iq-kirkuk-air-base", "iq-k1-air-base"}),
    (
        "SAUDI ARABIA: A drone was shot down near an Aramco plant in Eastern Province on Tuesday.",
        {"sa-abqaiq-oil-facility", "sa-khurais-oil-field", "sa-ras-tanura"},
    ),
    (
        "RIYADH - A missile hit a civilian airport in the south of Saudi Arabia on Tuesday.",
        {"sa-abha-airport", "sa-jizan-airport", "sa-najran-airport"},
    ),
]
"""Kinds that names tell beside the facility's own; a place that a site is near, or has its name from."""


@pytest.mark.parametrize("text, sites", CALLED)
def test_all_that_may_be_called_so_are_meant(text: str, sites: set[str]) -> None:
    """The one, or those that a careful reader would list."""
    got = meant(told(text)[-1])
    assert sites == ({got} if isinstance(got, str) else got)


def test_a_descriptor_alone_does_not_decide_without_an_article() -> None:
    """In a headline it may be one of several."""
    m = told("Airport in southern Saudi Arabia hit by a drone on Tuesday.")[-1]
    assert m.facility_id is None
    assert m.candidates[0].facility_id == "sa-jizan-airport"


def test_names_tell_kinds() -> None:
    """By their last words, unless these tell only where it lies."""
    by_id = lexicon().gazetteer.by_id
    assert K.AIR_BASE in kinds_called(by_id["iq-k1-air-base"])
    assert K.AIRPORT not in kinds_called(by_id["iq-erbil-air-base"])


ONE_OR_MORE = [
    ("NIGERIA: Gunmen shot on Tuesday at one of the two humanitarian hubs in Borno.", {"ng-dikwa-humanitarian-hub"}),
    ("IRAQ: Two rockets fell on Tuesday at one of the two air bases in Kirkuk.", {"iq-kirkuk-air-base"}),
    (
        "BEIRUT - A rocket fell on Tuesday at a U.S. outpost in Syria's Hasakah province, a monitor said.",
        {"sy-qasrak-base", "sy-tal-baydar-base"},
    ),
    (
        "IRAQ: A rocket exploded on Tuesday in the yard of a facility for U.S. advisers near the capital's airport.",
        {"iq-baghdad-diplomatic-support-center", "iq-victory-base-complex"},
    ),
    (
        "SOUTH SUDAN, Juba. Quiet.\n\nJuba. At a UN site elsewhere in South Sudan gunmen shot a guard on Tuesday.",
        {"ss-unmiss-bentiu", "ss-unmiss-malakal"},
    ),
]
"""One of several, and which these are at least."""


@pytest.mark.parametrize("text, sites", ONE_OR_MORE)
def test_one_of_several_is_given_as_candidates(text: str, sites: set[str]) -> None:
    """Descriptors and words rank; of "a base" they do not decide."""
    m = told(text)[-1]
    assert m.facility_id is None
    assert m.candidates[0].facility_id in sites


PAST = [
    ("IRAQ: Shots were fired on Tuesday at the closed consulate in Basra.", "iq-us-consulate-basra"),
    ("SYRIA: Stones were thrown on Tuesday at the boarded Iranian consulate.", "sy-iranian-consulate-damascus"),
    ("IRAQ: Shots were fired on Tuesday at the consulate in Basra.", None),
    ("SANAA - Gunmen entered the former compound on Tuesday and took a caretaker.", "ye-us-embassy-sanaa"),
    (
        "SOMALIA: Mortar bombs fell on Tuesday on a base of African Union peacekeepers in Middle Shabelle.",
        "so-el-baraf-base",
    ),
    (
        "SOMALIA:\n\nMiddle Shabelle. Three mortar bombs fell on Tuesday and hurt a herder.\n\nLower Shabelle. No.",
        None,
    ),
    ("Gunmen broke into the compound of a UN agency in Gaza City on Tuesday.", "ps-unrwa-gaza-headquarters"),
    ("GAZA: A mortar bomb fell on Tuesday near the site of a new pier in Gaza City.", None),
]
"""Uses that are told as past, and sites recorded as closed where none in use would do; and what is neither."""


@pytest.mark.parametrize("text, site", PAST)
def test_a_former_use_is_looked_for_among_former_ones(text: str, site: str | None) -> None:
    """What is closed is meant where that is said."""
    assert told(text)[0].facility_id == site


def test_the_base_is_rather_one_named_before() -> None:
    """A site named paragraphs ago goes before others of its kind."""
    text = (
        "KUWAIT: It was a busy week.\n\nCamp Arifjan held its open day on Sunday.\n\nFlags flew.\n\nA band played.\n\n"
        "Children ate ice.\n\nA rocket hit a hall of the American base on Tuesday, officials said; a guard was hurt."
    )
    assert told(text)[-1].facility_id == "kw-camp-arifjan"


def test_the_site_is_of_the_kind_that_its_place_has() -> None:
    """ "The site" under a town whose only facility is a plant is the plant."""
    text = "Zaporizhzhia. A drone exploded by a hall of the site on Tuesday."
    assert told(text, kind="ngo")[-1].facility_id == "ua-zaporizhzhia-npp"


POINTS = [("w", 1), ("e", -1), ("n", 0), ("nw", 0)]
"""Sides of Baghdad, and whether al-Asad, 180 km west-north-west, lies there (1), on another (-1), or nearly (0)."""


@pytest.mark.parametrize("points, there", POINTS)
def test_a_side_of_a_town_is_a_bearing(points: str, there: int) -> None:
    """More than neutral on the side, far less on another."""
    town = Spot(0, 0, "Baghdad", 33.34, 44.4, 10.0, "IQ")
    f = lexicon().gazetteer.by_id["iq-al-asad-air-base"]
    factor = lies(f, Side(0, 0, points, town), "IQ")
    assert (factor > 1) if there > 0 else (factor < 0.5) if there < 0 else factor <= 2.5


def test_a_word_that_all_share_tells_nothing() -> None:
    """A rare word weighs more than a common one, and one that all have not at all."""
    by_id = lexicon().gazetteer.by_id
    pool = [by_id[i] for i in ("sy-conoco-gas-field", "sy-al-omar-oil-field")]
    assert set(likeness(content("a field in Syria"), pool).values()) == {1.0}
    like = likeness(content("the gas plant"), pool)
    assert like["sy-conoco-gas-field"] > 2 > like["sy-al-omar-oil-field"] == 1.0


WITHHELD = [
    (
        "A drone fell on Tuesday at an airport in southern Saudi Arabia, which the ministry did not name.",
        {"sa-abha-airport", "sa-jizan-airport", "sa-najran-airport"},
    ),
    (
        "A drone fell on Tuesday at a U.S. outpost near Tal Tamr, Syria.\n\nThe army would not identify the outpost.",
        {"sy-qasrak-base", "sy-tal-baydar-base", "sy-green-village", "sy-shaddadi-base"},
    ),
    ("A drone fell on Tuesday at a U.S. outpost near Tal Tamr in northeast Syria.", "sy-qasrak-base"),
    (
        "A drone fell on Tuesday at a U.S. outpost near Tal Tamr, Syria. He blamed a group, which he did not name.",
        "sy-qasrak-base",
    ),
    ("A drone fell on Tuesday at a base of African Union peacekeepers in southern Somalia.", "so-bulo-marer-base"),
]
"""Descriptions of which somebody says that the site shall not be named, and of regions one within the other."""


@pytest.mark.parametrize("text, sites", WITHHELD)
def test_what_is_withheld_is_left_open(text: str, sites: str | set[str]) -> None:
    """What nobody will name is not taken for one, nor for a site named elsewhere; the narrowest region tells most."""
    told_of = meant(told(f"{text}\n\nHouthi leaders spoke of Jizan airport; a lorry was seen at Tal Baydar.")[0])
    assert told_of == sites or (isinstance(sites, set) and isinstance(told_of, set) and told_of <= sites)


@pytest.mark.parametrize(
    "before, several",
    [
        ("A drone fell on one of the army's ", True),
        ("A drone fell near either of Kuwait's two large ", True),
        ("A drone fell on the largest of the ", False),
        ("A drone fell on one ", False),
    ],
)
def test_one_of_several_is_left_open(before: str, several: bool) -> None:
    """Which of several sites is meant is told by none of their names."""
    assert one_of_several(f"{before}bases.", 0, len(before)) is several

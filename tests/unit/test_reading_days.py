"""Which day a report means: dates in figures and words, weeks, nights, days counted from others, what goes on since."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from schemas.policy import Policy
from streams.reading import read
from streams.reading.when import times
from streams.reading.when.clock import Clock
from tests.unit.reader import lexicon, report

BAGHDAD = ZoneInfo("Asia/Baghdad")
PUBLISHED = datetime(2025, 6, 11, 12, 0, tzinfo=UTC)  # a Wednesday, 15:00 in Baghdad


def _found(text: str, published: datetime = PUBLISHED) -> list[tuple[str, str]]:
    found = times.find(text, 0, len(text), Clock(published, BAGHDAD))
    return [tuple(f"{at.astimezone(BAGHDAD):%d.%m. %H}" for at in (d.earliest, d.latest)) for d in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    "text, earliest, latest",
    [
        ("on 05.06.2025", "05.06. 00", "06.06. 00"),
        ("on 5.6.2025", "05.06. 00", "06.06. 00"),
        ("on 05/06/2025", "05.06. 00", "06.06. 00"),
        ("on 05-06-2025", "05.06. 00", "06.06. 00"),
        ("on 05/06/25", "05.06. 00", "06.06. 00"),
        ("on 06/05/2025", "05.06. 00", "06.06. 00"),
        ("on 5/28/2025", "28.05. 00", "29.05. 00"),
        ("on 28/5/2025", "28.05. 00", "29.05. 00"),
        ("on 2025/06/05", "05.06. 00", "06.06. 00"),
        ("on 2025.06.05", "05.06. 00", "06.06. 00"),
        ("Thursday 05/06/2025", "05.06. 00", "06.06. 00"),
        ("on 05.06.2025 at 03.40", "05.06. 03", "05.06. 03"),
        ("at 05.06", "11.06. 05", "11.06. 05"),
        ("on the fifth of June", "05.06. 00", "06.06. 00"),
        ("on the twenty-eighth of May, 2025", "28.05. 00", "29.05. 00"),
        ("on June the 5th", "05.06. 00", "06.06. 00"),
        ("the day before yesterday", "09.06. 00", "10.06. 00"),
        ("the night before last", "09.06. 18", "10.06. 06"),
        ("on Thursday last week", "05.06. 00", "06.06. 00"),
        ("last week on Tuesday", "03.06. 00", "04.06. 00"),
        ("last week", "02.06. 00", "09.06. 00"),
        ("late last week", "05.06. 00", "09.06. 00"),
        ("early last week", "02.06. 00", "05.06. 00"),
        ("earlier this week", "09.06. 00", "12.06. 00"),
        ("this week", "09.06. 00", "12.06. 00"),
        ("earlier this month", "01.06. 00", "12.06. 00"),
        ("right now", "11.06. 14", "11.06. 15"),
        ("blast near the airport rn", "11.06. 14", "11.06. 15"),
        ("as we speak", "11.06. 14", "11.06. 15"),
        ("a moment ago", "11.06. 14", "11.06. 15"),
        ("overnight into Tuesday", "09.06. 20", "10.06. 06"),
        ("overnight to Tuesday", "09.06. 20", "10.06. 06"),
        ("overnight on Monday", "08.06. 20", "09.06. 06"),
        ("overnight Monday", "08.06. 20", "09.06. 06"),
        ("overnight on 8 June", "07.06. 20", "08.06. 06"),
        ("overnight Sunday to Monday", "08.06. 20", "09.06. 06"),
        ("overnight", "10.06. 20", "11.06. 06"),
        ("A day after talks opened in Baghdad on Monday, rockets fell", "10.06. 00", "11.06. 00"),
        ("Rockets fell two days after Sunday's raid", "10.06. 00", "11.06. 00"),
        ("a day before the talks that opened on Monday", "08.06. 00", "09.06. 00"),
    ],
)
def test_a_day_is_the_one_that_is_meant(text: str, earliest: str, latest: str) -> None:
    """Figures, ordinals, weeks and nights name their day, local to the place."""
    assert _found(text) == [(earliest, latest)]


@pytest.mark.parametrize(
    "text",
    [
        "paragraph 1.2.12", "on 31.31.2025", "version 10.3.9", "HMS Kent, RN", "from 10.0.0.25",
        "he may first of all go",
        "two of five rockets",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    """Numbers of chapters and addresses, the navy and fractions say no day."""
    assert not _found(text)


@pytest.mark.parametrize(
    "published, text, earliest, latest",
    [
        (datetime(2025, 6, 15, 9, tzinfo=UTC), "last week", "02.06. 00", "15.06. 00"),
        (datetime(2025, 6, 16, 9, tzinfo=UTC), "earlier this week", "15.06. 00", "17.06. 00"),
        (datetime(2025, 12, 12, 9, tzinfo=UTC), "on 11/10/2025", "11.10. 00", "12.10. 00"),
        (datetime(2025, 6, 1, 9, tzinfo=UTC), "earlier this month", "31.05. 00", "02.06. 00"),
    ],
)
def test_a_day_hangs_on_publication(published: datetime, text: str, earliest: str, latest: str) -> None:
    """A Sunday's last week may be the one just over; of two dates long past the day stands first."""
    assert _found(text, published) == [(earliest, latest)]


FELL = "two rockets fell on Al Asad air base"


@pytest.mark.parametrize(
    "text, earliest, latest",
    [
        (f"The military said on Tuesday that {FELL} the previous night.", "09.06. 18", "10.06. 06"),
        (f"Officials said on Tuesday that {FELL} the previous day.", "09.06. 00", "10.06. 00"),
        (f"Officials said on Tuesday that {FELL} a day earlier.", "09.06. 00", "10.06. 00"),
        (f"Officials said on Tuesday, after a long meeting, that {FELL} the day before.", "09.06. 00", "10.06. 00"),
        (f"Officials said on 7 June that {FELL} two days earlier.", "05.06. 00", "06.06. 00"),
        (f"The military said on Tuesday that {FELL} overnight.", "09.06. 20", "10.06. 06"),
        (f"The previous day, Monday, {FELL}.", "09.06. 00", "10.06. 00"),
        (f"A day after talks opened in Baghdad on Monday, {FELL}.", "10.06. 00", "11.06. 00"),
        (f"A day after {FELL} on Monday, the army sent troops.", "09.06. 00", "10.06. 00"),
        ("Two rockets fell on Al Asad air base on Tuesday, a day after talks opened.", "10.06. 00", "11.06. 00"),
        ("Two rockets fell on Al Asad air base this week, officials said on Tuesday.", "09.06. 00", "11.06. 15"),
        ("Rockets have been falling on Al Asad air base since Sunday.", "08.06. 00", "11.06. 15"),
        ("GPS has been jammed at Al Asad air base since early on Monday.", "09.06. 00", "11.06. 15"),
        ("Rockets have been falling on Al Asad air base since noon.", "11.06. 12", "11.06. 15"),
        ("The road has been closed since Sunday, when rockets fell on Al Asad air base.", "08.06. 00", "09.06. 00"),
        ("A cook has been missing from Al Asad air base since Monday, when he was abducted.", "09.06. 00", "10.06. 00"),
        ("Gunmen have held two cooks of Al Asad air base hostage since Monday.", "09.06. 00", "10.06. 00"),
        ("Two men who were plotting to bomb Al Asad air base were arrested on Monday.", "09.06. 00", "10.06. 00"),
        ("A militia will shell Al Asad air base on Friday, it said on Tuesday.", "10.06. 00", "11.06. 00"),
    ],
)  # fmt: skip
def test_an_incident_happened_on_its_own_day(text: str, earliest: str, latest: str) -> None:
    """Days are counted from the one beside them; what goes on since one lasts, what was over at once does not."""
    told = report(text).model_copy(update={"published_at": PUBLISHED})
    (mention,) = read(told, 1, lexicon(), Policy())[1]
    when = mention.occurred
    got = [f"{at.astimezone(BAGHDAD):%d.%m. %H}" for at in (when.earliest, when.latest)]
    assert got == [earliest, latest]

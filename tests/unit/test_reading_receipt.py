"""The receipt says what went beyond the bounds: nothing vanishes silently."""

import pytest

from schemas.taxonomy import SetAsideReason
from streams.reading.receipt import bound_reached
from tests.unit.reader import reading_of

SITES = ("Camp Taji", "Erbil airport", "Balad air base", "Bagram airfield", "Mitiga airport")
ROW = "| 2025-05-{day:02d} | {hour:02d}:00 | {site} | 2 rockets |"


def table(count: int) -> str:
    """A table of incidents at times and sites of their own."""
    rows = (ROW.format(day=n % 13 + 1, hour=n // 13, site=SITES[n % len(SITES)]) for n in range(count))
    return "\n".join(["| date | time | place | what |", "|---|---|---|---|", *rows])


@pytest.mark.parametrize("count, beyond", [(20, 0), (60, 0), (61, 1), (70, 10), (130, 70)])
def test_every_row_is_a_mention_or_set_aside(count: int, beyond: int) -> None:
    """What goes beyond the most mentions of one report stands in its receipt, each with its passage."""
    receipt, mentions = reading_of(table(count), published="2025-05-14T12:00:00Z")
    left = [a for a in receipt.set_aside if a.rule == "bound.mentions"]
    assert (len(mentions), len(left)) == (count - beyond, beyond)
    assert all(a.reason is SetAsideReason.OTHER and "rockets" in a.quote for a in left)
    assert bound_reached(receipt) == (beyond > 0)


def test_what_goes_beyond_the_most_passages_of_a_receipt_is_told_as_one() -> None:
    """The last passage set aside reaches to the end of what was."""
    text = "\n\n".join(f"Police denied that a rocket hit house {n} on Monday." for n in range(520))
    receipt, mentions = reading_of(text, published="2025-05-14T12:00:00Z")
    *_, last = receipt.set_aside
    assert mentions == ()
    assert len(receipt.set_aside) == 500
    assert (last.rule, last.end) == ("bound.set-aside", len(text) + 1)
    assert bound_reached(receipt)

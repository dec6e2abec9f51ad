"""Which text of a report this is, and what it takes back."""

from datetime import UTC, datetime

import orjson
import pytest

from schemas.mention import Reading, Withdrawal
from schemas.report import Report, Source
from schemas.taxonomy import WithdrawalReason
from streams import revisions
from streams.revisions import Known

PUBLISHED = datetime(2025, 5, 12, 6, tzinfo=UTC)


def report(text: str, *, corrects: str | None = None, retracts: str | None = None) -> Report:
    """Return a report of one source."""
    source = Source(name="Coral Wire")
    return Report(
        report_id="r-1", source=source, published_at=PUBLISHED, text=text, corrects=corrects, retracts=retracts
    )


def receipt(revision: int) -> Reading:
    """Return the receipt of a revision."""
    told = report("any")
    return Reading(
        report_id=told.report_id,
        report_revision=revision,
        traffic=told.traffic,
        published_at=told.published_at,
        source=told.source,
    )


def after(*texts: str) -> Known | None:
    """Return what is known once these texts came, in order."""
    known: Known | None = None
    for offset, text in enumerate(texts):
        _, known = revisions.place(known, report(text), offset)
    return known


@pytest.mark.parametrize(
    "before, text, offset, expected",
    [
        ((), "first", 0, 1),
        (("first",), "first", 7, 1),
        (("first",), "second", 7, 2),
        (("first", "second"), "third", 7, 3),
        (("first", "second"), "first", 0, 1),
        (("first", "second"), "second", 1, 2),
        (("first",), "one that made no mentions, replayed", 0, 1),
    ],
    ids=[
        "new",
        "sent twice",
        "changed",
        "changed again",
        "replay of the old",
        "replay of the new",
        "replay of a quiet text",
    ],
)
def test_the_revision_of_a_text(before: tuple[str, ...], text: str, offset: int, expected: int) -> None:
    """A text is given the same revision whenever it is met: by its content, and by its offset for what was quiet."""
    revision, _ = revisions.place(after(*before), report(text), offset)
    assert revision == expected


def test_a_row_survives_its_encoding() -> None:
    """What is remembered of a report reads back as it was."""
    known = after("first", "second")
    assert known is not None
    assert Known.from_row(known.to_row()) == known


@pytest.mark.parametrize(
    "told, revision, expected",
    [
        (report("new"), 1, []),
        (report("changed"), 2, [("r-1", 2, WithdrawalReason.SUPERSEDED)]),
        (report("mended", corrects="r-0"), 1, [("r-0", None, WithdrawalReason.CORRECTED)]),
        (report("taken back", retracts="r-0"), 1, [("r-0", None, WithdrawalReason.RETRACTED)]),
        (report("about itself", corrects="r-1"), 2, [("r-1", 2, WithdrawalReason.SUPERSEDED)]),
    ],
    ids=["nothing", "superseded", "corrected", "retracted", "corrects itself"],
)
def test_what_a_report_takes_back(
    told: Report, revision: int, expected: list[tuple[str, int | None, WithdrawalReason]]
) -> None:
    """Each withdrawal goes to every partition, since the mentions may lie in any theatre."""
    outputs = revisions.withdrawals(told, receipt(revision), partitions=3)
    assert [o.partition for o in outputs] == [0, 1, 2] * len(expected)
    sent = [o.record for o in outputs[::3]]
    assert all(isinstance(w, Withdrawal) and w.source == "Coral Wire" for w in sent)
    assert [(w.report_id, w.below_revision, w.reason) for w in sent if isinstance(w, Withdrawal)] == expected


def test_the_same_words_of_another_source_are_another_text() -> None:
    """Who sends a source's report under its id before it does, or after, neither replaces it nor speaks for it."""
    words = report("Two rockets landed.")
    stranger = words.model_copy(update={"source": Source(name="Impostor")})
    _, known = revisions.place(None, stranger, 0)
    revision, known = revisions.place(known, words, 1)
    assert revision == 2
    assert [revisions.place(known, told, 2)[0] for told in (stranger, words)] == [1, 2]


def test_a_row_of_an_earlier_version_knows_its_texts() -> None:
    """Rows without a source are read, and a replay of their text is the revision that it was."""
    _, known = revisions.place(None, report("first"), 0)
    row = orjson.loads(known.to_row())
    del row["source"]
    assert revisions.place(Known.from_row(orjson.dumps(row)), report("first"), 0)[0] == 1


def test_texts_under_one_id_are_counted() -> None:
    """An id that gets text after text is full one day; what it has had is known on."""
    known = Known(tuple(f"{n:016x}" for n in range(revisions.MAX_TEXTS - 1)), 0, 0.0, "coral wire")
    _, known = revisions.place(known, report("the last"), 1)
    assert known.is_full(report("one more"))
    assert not known.is_full(report("the last"))
    assert len(known.to_row()) < 50_000

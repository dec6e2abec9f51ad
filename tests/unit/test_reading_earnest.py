"""The model that weighs whether an event is told in earnest."""

from streams.reading.meant import earnest
from tests.unit.test_reading_reports import reading_of


def test_the_weights_are_plain_and_reviewed() -> None:
    """Every weight is a number of hundredths of a feature's name, and none outweighs everything else."""
    known = earnest.weights()
    assert "bias" in known
    assert all(abs(w) < 5 for w in known.values())


def test_news_weighs_more_than_recollection() -> None:
    """What is told of last night in a wire is likelier than what an essay asks."""
    news = {"bias", "kind=wire", "type=uas", "status=executed", "when=2", "said", "w=drone", "w=struck", "w=overni"}
    essay = {"bias", "kind=news", "type=uas", "status=executed", "when=-1", "asks", "past", "w=would", "headline-asks"}
    assert earnest.probability(news) > 3 * earnest.probability(essay)


def test_a_doubtful_event_is_set_aside_visibly() -> None:
    """What the model vetoes stands in the receipt with its rule."""
    text = (
        "The film shows how rockets came over the border. Rockets came when she was a girl, says the widow. "
        "Her neighbour asks when rockets will come again."
    )
    reading, mentions = reading_of(text, kind="news", title="A widow remembers the years of rockets: what comes next?")
    assert mentions == ()
    assert reading.set_aside

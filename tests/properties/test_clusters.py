"""Clustering from what was known gives what clustering from nothing gives."""

from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from streams.fusing.clusters import CEILING, FLOOR, cluster

Table = dict[str, dict[str, int]]
IDS = [f"m{n:02}" for n in range(16)]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Scores of all pairs; few different ones, so that means tie."""
    scores: Table = {m: {} for m in IDS}
    told = st.sampled_from([FLOOR, FLOOR, -300, -140, -139, 0, 100, 100, CEILING])
    for at, one in enumerate(IDS):
        for other in IDS[:at]:
            if (score := draw(told)) > FLOOR:
                scores[one][other] = scores[other][one] = score
    return scores


some = st.sets(st.sampled_from(IDS), min_size=1)


@given(tables(), st.lists(some, min_size=2, max_size=4))
def test_clustering_goes_on_from_any_other(scores: Mapping[str, Mapping[str, int]], sets: list[set[str]]) -> None:
    """From the joins of any other set of accounts the same groups come, by the same joins, as from nothing."""
    before = cluster(sets[0], scores, (), sets[0])
    for old, now in pairwise(sets):
        assert before.joins is not None
        after = cluster(now, scores, before.joins, now - old, old - now)
        assert after.joins == cluster(now, scores, (), now).joins
        assert after.groups == cluster(now, scores).groups
        before = after


@given(tables(), some, st.data())
def test_account_that_is_replaced_comes_and_goes(scores: Table, members: set[str], data: st.DataObject) -> None:
    """An account that says something else under its id is taken out and put in."""
    before = cluster(members, scores, (), members)
    one, other = data.draw(st.sampled_from(sorted(members))), data.draw(st.sampled_from(IDS))
    if one != other:
        scores[one][other] = scores[other][one] = CEILING
    after = cluster(members, scores, before.joins, {one}, {one})
    assert after.groups == cluster(members, scores).groups

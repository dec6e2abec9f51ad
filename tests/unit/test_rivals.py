"""The rules that the detector is compared with do what their names say."""

import math

import pytest

from alerts.rivals import RIVALS, dispersion, quieted, tail, within

BURST = [*(n * 30.0 for n in range(1, 6)), 170.0, 170.3, 170.6, 170.9]


@pytest.mark.parametrize("name", RIVALS)
def test_each_sees_a_burst_at_a_quiet_place_and_nothing_before(name: str) -> None:
    """Four incidents in a day where one a month is usual raise an alarm; one a month does not."""
    alarms = list(RIVALS[name](BURST, 0.03, 365.0))
    assert alarms
    assert min(alarms) > 170


def test_tails_are_those_of_the_distributions() -> None:
    """P(count >= n): Poisson for a spread of 1, wider for a negative binomial of the same mean."""
    assert tail(1, 0.5, 1.0) == pytest.approx(1 - math.exp(-0.5))
    assert tail(3, 2.0, 1.0) == pytest.approx(1 - math.exp(-2) * (1 + 2 + 2))
    assert tail(1, 2.0, 2.0) == pytest.approx(1 - 0.5**2)
    assert tail(8, 2.0, 3.0) > tail(8, 2.0, 1.0)


def test_windows_silence_and_dispersion() -> None:
    """A window counts its incident, silence lasts three days, even counts have a dispersion of one."""
    assert [within(BURST, i, 1.0) for i in (5, 6, 8)] == [1, 2, 4]
    assert list(quieted([1.0, 2.0, 4.0, 4.5])) == [1.0, 4.5]
    assert dispersion([0.5 + n for n in range(80)], 79, 79.5) == 1.0
    assert dispersion([20.0] * 9 + [80.0], 9, 80.0) > 5

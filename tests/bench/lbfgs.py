"""Minimising a smooth function by L-BFGS (Nocedal 1980), for the benches that fit a model."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def minimise(loss: Callable[[Floats], tuple[float, Floats]], size: int, steps: int = 90) -> Floats:
    """Return where a function, given with its gradient, is least, from zero on."""
    w = np.zeros(size)
    value, gradient = loss(w)
    past: list[tuple[Floats, Floats, float]] = []
    for _ in range(steps):
        direction = -_two_loops(gradient, past)
        along, length = float(gradient @ direction), 1.0
        while True:
            moved = w + length * direction
            new_value, new_gradient = loss(moved)
            if new_value <= value + 1e-4 * length * along or length < 1e-8:
                break
            length /= 2
        step, change = moved - w, new_gradient - gradient
        done = value - new_value < 1e-5 * max(1.0, abs(value))
        w, value, gradient = moved, new_value, new_gradient
        if done:
            break
        if (curve := float(step @ change)) > 1e-12:
            past = [*past[-9:], (step, change, 1 / curve)]
    return w


def _two_loops(gradient: Floats, past: Sequence[tuple[Floats, Floats, float]]) -> Floats:
    """The gradient times the inverse Hessian, as far as the last steps tell."""
    q, coefficients = gradient.copy(), []
    for step, change, rho in reversed(past):
        a = rho * float(step @ q)
        coefficients.append(a)
        q -= a * change
    if past:
        step, change, rho = past[-1]
        q /= rho * float(change @ change)
    else:
        q /= max(1.0, float(np.linalg.norm(q)))
    for (step, change, rho), a in zip(past, reversed(coefficients), strict=True):
        q += step * (a - rho * float(change @ q))
    return q

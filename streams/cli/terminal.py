"""A console that nothing steers: whatever is printed, other people's texts in it are made visible at the last moment.

The views clean what they show where they show it, so that it fits; this is what holds when one of them forgets.
"""

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from streams.steering import visible


class SafeConsole(Console):
    """Rich's console; what it prints holds no steering character but those of its own styles."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Rich's
        super().__init__(highlight=False, markup=False, emoji=False, **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render, and make visible what would steer."""
        for segment in super().render(renderable, options):
            text = segment.text
            yield segment if segment.control else segment._replace(text=visible(text, lines=True))

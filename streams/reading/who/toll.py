"""How many were killed and wounded, as far as a text counts them, and what later counts add."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Toll:
    """What a stretch of text counts; None where it does not."""

    killed: int | None = None
    wounded: int | None = None
    span: tuple[int, int] | None = None
    everywhere: bool = False
    """Of “nobody was hurt in either place”."""
    revised: bool = False
    """Of “the toll has risen to five”: what was counted before is out of date."""

    @property
    def stated(self) -> bool:
        """Whether anything is counted."""
        return self.killed is not None or self.wounded is not None

    @property
    def nobody(self) -> bool:
        """Whether nobody is said to have been hurt."""
        return self.killed == 0 and self.wounded == 0

    def increased(self, other: "Toll") -> "Toll":
        """Add the victims of one more weapon."""
        if not self.stated or other.nobody:
            return self.joined(other)
        return replace(self, killed=_sum(self.killed, other.killed), wounded=_sum(self.wounded, other.wounded))

    def joined(self, other: "Toll") -> "Toll":
        """Add what a later passage counts: the first number stands, but any number overrules nought, and a new toll all.

        That nobody was hurt is not said of those already counted: "four guards were killed. No diplomat was hurt".
        """
        if other.revised:
            return replace(other.joined(self), revised=False) if self.stated else other
        if other.nobody and self.killed:
            return self
        return Toll(other.killed if self.killed is None else self.killed,
                    self.wounded or other.wounded if other.wounded is not None else self.wounded,
                    self.span or other.span)  # fmt: skip


def _sum(one: int | None, other: int | None) -> int | None:
    return one if other is None else (one or 0) + other

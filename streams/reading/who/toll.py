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
    died: int = 0
    """Of “two of the wounded have died”: so many of those counted as wounded."""
    bereft: bool = False
    """Those of the wounded who died are among the dead already."""
    reached: bool = False
    """Of “a third soldier has died”: the dead are that many, unless they are more."""
    boasted: bool = False
    """Counted by those who did it: anybody else knows better."""

    @property
    def stated(self) -> bool:
        """Whether anything is counted."""
        return self.killed is not None or self.wounded is not None or self.died > 0

    @property
    def nobody(self) -> bool:
        """Whether nobody is said to have been hurt."""
        return self.killed == 0 and self.wounded == 0

    def increased(self, other: "Toll") -> "Toll":
        """Add the victims of one more weapon."""
        if not self.stated or other.nobody:
            return self.joined(other)
        return replace(self, killed=_sum(self.killed, other.killed), wounded=_sum(self.wounded, other.wounded))

    def bereaved(self, died: int) -> "Toll":
        """Count so many of the wounded among the dead."""
        left = self.wounded - died if self.wounded is not None and self.wounded >= died else self.wounded
        return replace(self, killed=(self.killed or 0) + died, wounded=left, bereft=True)

    def joined(self, other: "Toll") -> "Toll":
        """Add what a later passage counts: the first number stands, but any number overrules nought, and a new toll all.

        That nobody was hurt is not said of those already counted: "four guards were killed. No diplomat was hurt".
        """
        if self.boasted != other.boasted and self.stated and other.stated:
            return self if other.boasted else other
        if other.died:
            joined = self.joined(replace(other, died=0))
            return joined if self.bereft else joined.bereaved(other.died)
        if other.revised:
            return replace(other.joined(self), revised=False) if self.stated else other
        if other.nobody and self.killed:
            return self
        more = self.killed is None or (other.reached and other.killed is not None and other.killed > self.killed)
        return replace(
            self,
            killed=other.killed if more else self.killed,
            wounded=self.wounded or other.wounded if other.wounded is not None else self.wounded,
            span=self.span or other.span,
            bereft=self.bereft or other.bereft,
            boasted=self.boasted or other.boasted,
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return one if other is None else (one or 0) + other

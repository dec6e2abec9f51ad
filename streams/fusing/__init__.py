"""Mentions to incidents and exposures: what happened, once, and which sites it concerns."""

from streams.fusing.fusion import Fusion
from streams.fusing.publish import FUSER
from streams.fusing.rows import RowVersionError

__all__ = ["FUSER", "Fusion", "RowVersionError"]

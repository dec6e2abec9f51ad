"""Whether a worker may start: the topics are whole, with what they remember, and time passes as it does for others."""

from alerts.subscribe import Heartbeats
from schemas.signing import Keyring
from streams.admin import Admin
from streams.settings import Clock, Settings
from streams.topology import DriftKind


class TopicsUnfitError(RuntimeError):
    """The namespace's topics are missing, or not what this process was built for."""


def partitions_to_work_on(settings: Settings, trusted: Keyring | None) -> int:
    """Return how many partitions the namespace has, when a worker may start in it.

    Raises
    ------
    TopicsUnfitError
        It may not; the message says why and what to do.
    AdminError, TopicError
        The broker would not say.
    """
    with Admin(settings.connection) as admin:
        unfit = [d for d in admin.check_topics(settings.namespace) if d.kind is not DriftKind.CONFIG]
        found = admin.partitions(settings.namespace)
        lost = [] if unfit else admin.lost_state(settings.namespace)
    if unfit:
        raise TopicsUnfitError(f"{unfit[0].topic} is {unfit[0].found}: {unfit[0].advice}")
    if found != settings.partitions:
        raise TopicsUnfitError(
            f"namespace {settings.namespace} has {found} partitions, not {settings.partitions}: "
            f"set TOCSIN_PARTITIONS={found}"
        )
    if lost:
        raise TopicsUnfitError(
            f"{lost[0]} was emptied or cut off, and {len(lost) - 1} more: what was remembered of earlier alerts "
            "is gone, and going on would contradict them. Restore the topic from a backup, or create a new "
            "namespace and replay the reports into it"
        )
    if settings.clock is not Clock.WALL and _wall_clock_passes(settings, trusted):
        raise TopicsUnfitError(
            f"namespace {settings.namespace} is live: a worker with a simulated clock would hold its partitions "
            "and stand still. Take --clock simulated (TOCSIN_CLOCK) away, or name another namespace"
        )
    return settings.partitions


def _wall_clock_passes(settings: Settings, trusted: Keyring | None) -> bool:
    with Heartbeats(settings.connection, settings.namespace, verify=trusted) as heartbeats:
        return heartbeats.pulse().live

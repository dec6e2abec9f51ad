"""A member of a group outlasts a broker that is away, as a reader without a group does."""

from collections.abc import Callable

import pytest
from kafka.errors import KafkaConnectionError, KafkaError, TopicAuthorizationFailedError

from alerts.tail import GroupTail, Message, TopicError

MESSAGE = Message("t", 0, 7, 0, None, b"{}", [])


class Failing:
    """A consumer that fails at whatever it is asked."""

    def __init__(self, error: KafkaError) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Fail when called."""

        def fail(*_: object, **__: object) -> None:
            raise self._error

        return fail


def member(error: KafkaError) -> GroupTail:
    """Return a member of a group whose broker fails so."""
    tail = object.__new__(GroupTail)
    tail.__dict__.update(_topic="t", _consumer=Failing(error), _begun=frozenset(), _first={})
    return tail


def test_what_passes_is_waited_for() -> None:
    """Nothing has come, and what cannot be committed now is committed with what comes next."""
    tail = member(KafkaConnectionError("refused"))
    assert tail.poll(0) == []
    tail.done(MESSAGE)


def test_what_does_not_pass_is_told() -> None:
    """Who may not read the topic does not wait for ever."""
    tail = member(TopicAuthorizationFailedError("no"))
    with pytest.raises(TopicError, match="t cannot be read"):
        tail.poll(0)
    with pytest.raises(TopicError, match="t cannot be read"):
        tail.done(MESSAGE)

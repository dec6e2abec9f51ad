"""What is open now: the latest revision of every alert that is not forgotten, read from `alerts.current`."""

from collections import Counter
from contextlib import suppress

from pydantic import ValidationError

from alerts.signed import Checked
from alerts.tail import Tail
from schemas.alert import Alert
from schemas.connection import Connection
from schemas.signing import Finding, Keyring
from schemas.taxonomy import Traffic
from schemas.topics import alert_streams


def read_current(
    connection: Connection,
    namespace: str,
    traffic: Traffic = Traffic.ACTUAL,
    verify: Keyring | None = None,
    refused: Counter[Finding] | None = None,
) -> dict[str, Alert]:
    """Return the latest revision of every alert, by id; with keys, of those that one of them signed.

    What is left out because of its signature is counted in `refused`, by what was found.

    Raises
    ------
    TopicError
        The topic is missing, or the broker cannot be reached.
    """
    found: dict[str, Alert] = {}
    checked = Checked(namespace, verify)
    with Tail(connection, alert_streams(traffic)[1].topic(namespace)) as tail:
        tail.to_beginning()
        for message in tail.until_now():
            key = (message.key or b"").decode(errors="replace")
            if message.value is None:
                found.pop(key, None)
                continue
            if (finding := checked.look(Alert, message)) is not Finding.VALID:
                if refused is not None:
                    refused[finding] += 1
                continue
            with suppress(ValidationError):  # of a newer major version: not ours to act on
                found[key] = Alert.model_validate_json(message.value)
    return found

"""Whether what lies in a topic was signed by a worker: for those who read alerts and heartbeats with keys to check."""

from alerts.tail import Message
from schemas.record import Record
from schemas.signing import SIGNATURE, Finding, Keyring


class Checked:
    """Looks at signatures, where keys are given to check them by; where none are, everything is taken as it is.

    Parameters
    ----------
    namespace
        For which a record must have been signed.
    keys
        Those that are trusted.
    """

    def __init__(self, namespace: str, keys: Keyring | None) -> None:
        self._namespace = namespace
        self._keys = keys

    def look(self, model: type[Record], message: Message) -> Finding:
        """Look at one record."""
        if self._keys is None:
            return Finding.VALID
        signature = dict(message.headers).get(SIGNATURE)
        return self._keys.check(self._namespace, model.ce_type, message.value or b"", signature)

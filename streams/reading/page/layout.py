"""Undoes what mail programs, web pages and printers did to a text, and reads its tables aloud.

What a text says does not hang on where its lines were broken, how wide its blanks are, or whether an apostrophe was sent
as `&#8217;`; grammars do. So a text is read as its author typed it, and its tables are read aloud.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from streams.reading.page.edits import Edit, Page
from streams.reading.page.lines import ODD, UNSEEN, blanks, broken_lines
from streams.reading.page.markup import characters, hashtags, letters, markdown, markup, printable, quoted
from streams.reading.page.rows import read_aloud

Step = tuple[tuple[str, ...], Callable[[str], Iterator[Edit] | list[Edit]]]
"""What undoes something in a text, where one of these stands in it."""


def laid_out(text: str, title: str = "") -> Page | None:
    """Return a text as its author typed it, its tables read aloud; None where it came so: nothing of most texts is to be undone.

    Parameters
    ----------
    text
        The text.
    title
        Its headline, which may tell the month or year of a table's rows.
    """
    page = None
    tables: Step = (("\n",), partial(read_aloud, heading=title))
    for telltales, undone in (*_MARKS, tables, *_LINES):
        so_far = page.text if page else text
        if any(t in so_far for t in telltales) and (edits := list(undone(so_far))):
            page = (page or Page.of(text)).edited(edits)
    return page


_MARKS: Final[tuple[Step, ...]] = (
    (("&",), characters),
    (("",), letters),
    (("<",), markup),
    (("*", "_", "]", "~", "#"), markdown),
    (("=",), printable),
    ((">",), quoted),
    (("#",), hashtags),
)
"""What is undone first, in this order: each reads what those before have left."""
_LINES: Final[tuple[Step, ...]] = (
    (("\n",), broken_lines),
    (("  ", "\n ", "\r", *ODD, *UNSEEN), blanks),
)
"""What is undone when the tables, which live by lines and blanks, have been read."""

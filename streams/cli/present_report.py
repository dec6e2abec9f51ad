"""How a reading looks at a terminal: the text with its evidence in colour, what it says, what was set aside and why."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta, tzinfo
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from schemas.taxonomy import AttributionConfidence
from streams.cli.columns import GAP, NARROW, Columns, fitted, grid
from streams.cli.common import clean, moment, span
from streams.reading.when.clock import zone_at
from streams.reading.where.towns import largest_towns

if TYPE_CHECKING:
    from schemas.mention import Interval, Mention
    from streams.desk.workbench import Understood
    from streams.gazetteer import Gazetteer

_COLOURS = ("cyan", "yellow", "green", "magenta", "bright_blue", "bright_red")
_ASIDE = "dim strike"
_CORE = "core"
_QUOTE = 90
_ID = 12
_TOLD = 26
"""Characters of a line of the words that tell when."""


def report_panel(understood: "Understood", gazetteer: "Gazetteer") -> RenderableType:
    """Return one report with everything that was read from it."""
    report, reading = understood.report, understood.reading
    source = reading.source
    graded = source.reliability.value
    if report.source.reliability is not source.reliability:
        graded += f" by policy, {report.source.reliability.value} by its own word"
    head = [
        Text(clean(report.report_id), style="bold"),
        Text(f"{clean(source.name)}, {source.kind.value}, reliability {graded}"),
        Text(moment(report.published_at), style="dim"),
    ]
    parts: list[RenderableType] = [_Beside(head), Padding(marked_text(understood), (1, 2))]
    if understood.mentions:
        parts.append(Padding(_mentions(understood, gazetteer), (0, 0, 0, 2)))
    if reading.set_aside:
        parts.append(Padding(_SetAside(understood), (1 if understood.mentions else 0, 0, 0, 2)))
    if not understood.mentions and not reading.set_aside:
        parts.append(Padding(Text("nothing in it looks like an incident", style="dim"), (0, 0, 0, 2)))
    return Group(*parts, Text(""))


def marked_text(understood: "Understood") -> Text:
    """Return the body: each mention's evidence in its colour, its core underlined, what was set aside struck out.

    Every stretch is made visible by itself, so that offsets hold whatever the text contains.
    """
    body = understood.report.body
    marks: list[tuple[int, int, str]] = [(a.start, a.end, _ASIDE) for a in understood.reading.set_aside]
    ends: dict[int, list[int]] = {}
    for number, mention in enumerate(understood.mentions):
        colour = _COLOURS[number % len(_COLOURS)]
        cores = [s for s in mention.evidence if s.axis == _CORE]
        marks += [(s.start, s.end, f"{colour} underline") for s in cores]
        marks += [(s.start, s.end, f"{colour} bold") for s in mention.evidence if s.axis != _CORE]
        if cores:
            ends.setdefault(cores[0].end, []).append(number + 1)
    edges = sorted(
        {0, len(body), *ends, *(edge for start, end, _ in marks for edge in (start, end) if edge <= len(body))}
    )
    shown = Text()
    for start, end in pairwise(edges):
        style = " ".join(s for a, b, s in marks if a <= start and end <= b)
        shown.append(clean(body[start:end], lines=True), style=style)
        for number in ends.get(end, ()):
            shown.append(f"[{number}]", style=f"{_COLOURS[(number - 1) % len(_COLOURS)]} reverse")
    if not understood.report.title:
        shown = shown[1:]
    return shown


class _Beside:
    """A few texts on one line where there is room for them, else one below the other."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render for the width at hand."""
        room = options.max_width - GAP * (len(self._texts) - 1)
        apart = " " * GAP if sum(text.cell_len for text in self._texts) <= room else "\n"
        yield Text(apart).join(self._texts)


def _mentions(understood: "Understood", gazetteer: "Gazetteer") -> Columns:
    """What the mentions say, each under its number."""
    rows = [
        (
            Text(str(n + 1), style=f"{_COLOURS[n % len(_COLOURS)]} reverse"),
            _what(mention),
            _where(mention, gazetteer),
            _when(mention, gazetteer),
            _by_whom(mention),
            _victims(mention),
            Text(clean(understood.incidents.get(mention.mention_id, "withdrawn"))[:_ID], style="dim"),
        )
        for n, mention in enumerate(understood.mentions)
    ]
    heads = ("", "what", "where", "when", "by whom", "victims", "incident")
    return Columns(heads, rows, whole=frozenset({"when", "victims"}))


class _SetAside:
    """What was set aside and why: a row each where there is room for it, else a few lines."""

    def __init__(self, understood: "Understood") -> None:
        self._rows = [
            (
                Text("set aside", style="dim"),
                Text(aside.reason.value.replace("_", " ")),
                Text(_quoted(clean(aside.quote), _QUOTE), style="italic dim"),
                Text(clean(aside.rule), style="dim"),
            )
            for aside in understood.reading.set_aside
        ]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render for the width at hand."""
        widths = fitted(self._rows, options.max_width - GAP * 3) if options.max_width >= NARROW else None
        if widths is not None:
            yield grid(self._rows, widths)
            return
        for aside, reason, quote, rule in self._rows:
            yield Text.assemble(aside, ": ", reason, "  ", rule)
            yield Padding(quote, (0, 0, 0, GAP))


def _what(mention: "Mention") -> Text:
    what = Text(mention.threat_type.value.replace("_", " "), style="bold")
    return what.append(f"\n{mention.status.value}", style="not bold dim")


def _where(mention: "Mention", gazetteer: "Gazetteer") -> Text:
    def name(facility_id: str) -> str:
        facility = gazetteer.by_id.get(facility_id)
        return clean(facility.name if facility else facility_id)

    where = Text()
    if mention.facility_id is not None:
        where.append(name(mention.facility_id))
    elif mention.candidates:
        told = [f"{c.probability:.0%} {name(c.facility_id)}" for c in mention.candidates[:3]]
        where.append("\n".join(told), style="yellow")
    if mention.place is not None:
        where.append(f"{chr(10) if where else ''}{clean(mention.place.name)}", style="dim")
        if mention.place.lat is not None and mention.place.lon is not None:
            radius = f" ±{mention.place.radius_km:.0f} km" if mention.place.radius_km else ""
            where.append(f" {mention.place.lat:.2f} {mention.place.lon:.2f}{radius}", style="dim")
    return where or Text("unknown", style="dim")


def _when(mention: "Mention", gazetteer: "Gazetteer") -> Text:
    occurred = mention.occurred
    when = Text(moment(occurred.earliest))
    if occurred.latest > occurred.earliest:
        when.append(f"\nwithin {span(occurred.latest - occurred.earliest)}", style="dim")
    if (zone := _zone(mention, gazetteer)) is not None:
        when.append(f"\n{local(occurred, zone)}")
    if mention.time_expression:
        told = wrap(f"“{clean(mention.time_expression)[:40].strip()}”", _TOLD)
        when.append("\n" + "\n".join(told), style="italic dim")
    return when


def local(occurred: "Interval", zone: tzinfo) -> str:
    """Write an interval in the days and hours of a place, and which those are: `Mon 12 May 18:00 to 24:00`."""
    first, last = occurred.earliest.astimezone(zone), occurred.latest.astimezone(zone)
    ends = last
    if last > first and last.time() == time():
        ends = last - timedelta(seconds=1)
    day, hour, until = _day(first), f"{first:%H:%M}", "24:00" if ends < last else f"{last:%H:%M}"
    if first == last:
        told = f"{day} {hour}"
    elif first.date() == ends.date():
        told = day if (hour, until) == ("00:00", "24:00") else f"{day} {hour} to {until}"
    else:
        told = f"{day} {hour} to {_day(ends)} {until}"
    return f"{told}\nlocal ({_offset(first)})"


def _day(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b}"


def _offset(at: datetime) -> str:
    minutes = int((at.utcoffset() or timedelta()) / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def _zone(mention: "Mention", gazetteer: "Gazetteer") -> tzinfo | None:
    """The time of the place, as the reader takes it: of the facility, the point, or a site or town of the country."""
    ids = [mention.facility_id, *(c.facility_id for c in mention.candidates)]
    facility = next((f for i in ids if i and (f := gazetteer.by_id.get(i))), None)
    if facility is not None:
        return zone_at(facility.lat, facility.lon)
    place = mention.place
    if place is None:
        return None
    if place.lat is not None and place.lon is not None:
        return zone_at(place.lat, place.lon)
    there = (f for f in gazetteer.by_id.values() if f.country == place.country)
    at = next(there, None) or largest_towns().get(place.country or "")
    return zone_at(at.lat, at.lon) if at is not None else None


def _by_whom(mention: "Mention") -> Text:
    who = mention.attribution
    if who.confidence is AttributionConfidence.NONE:
        return Text("not said", style="dim")
    text = Text(clean(who.actor) if who.actor else "unnamed")
    text.append(f"\n{who.confidence.value.replace('_', ' ')}", style="dim")
    return text


def _victims(mention: "Mention") -> Text:
    effects = mention.effects
    told = [
        f"{count} {word}"
        for count, word in ((effects.killed, "killed"), (effects.wounded, "wounded"))
        if count is not None
    ]
    return Text("\n".join(told) or "not said", style="" if told else "dim")


def _quoted(quote: str, at_most: int) -> str:
    return f"“{quote[:at_most]}{'…' if len(quote) > at_most else ''}”"

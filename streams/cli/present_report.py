"""How a reading looks at a terminal: the text with its evidence in colour, what it says, what was set aside and why."""

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schemas.taxonomy import AttributionConfidence
from streams.cli.common import clean, moment, span

if TYPE_CHECKING:
    from schemas.mention import Mention
    from streams.desk.workbench import Understood
    from streams.gazetteer import Gazetteer

_COLOURS = ("cyan", "yellow", "green", "magenta", "bright_blue", "bright_red")
_ASIDE = "dim strike"
_CORE = "core"
_QUOTE = 90
_ID = 12


def report_panel(understood: "Understood", gazetteer: "Gazetteer") -> RenderableType:
    """Return one report with everything that was read from it."""
    report, reading = understood.report, understood.reading
    source = reading.source
    head = Text(clean(report.report_id), style="bold")
    graded = source.reliability.value
    if report.source.reliability is not source.reliability:
        graded += f" by policy, {report.source.reliability.value} by its own word"
    head.append(f"  {clean(source.name)}, {source.kind.value}, reliability {graded}", style="not bold")
    head.append(f"  {moment(report.published_at)}", style="not bold dim")
    parts: list[RenderableType] = [head, Padding(marked_text(understood), (1, 2))]
    if understood.mentions:
        parts.append(Padding(_mentions(understood, gazetteer), (0, 0, 0, 2)))
    if reading.set_aside:
        parts.append(Padding(_set_aside(understood), (1 if understood.mentions else 0, 0, 0, 2)))
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


def _mentions(understood: "Understood", gazetteer: "Gazetteer") -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("", "what", "where", "when", "by whom", "victims", "incident"):
        table.add_column(column, overflow="fold")
    for number, mention in enumerate(understood.mentions, 1):
        what = Text(mention.threat_type.value.replace("_", " "), style="bold")
        what.append(f"\n{mention.status.value}", style="not bold dim")
        table.add_row(
            Text(str(number), style=f"{_COLOURS[(number - 1) % len(_COLOURS)]} reverse"),
            what,
            _where(mention, gazetteer),
            _when(mention),
            _by_whom(mention),
            _victims(mention),
            Text(clean(understood.incidents.get(mention.mention_id, "withdrawn"))[:_ID], style="dim"),
        )
    return table


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


def _when(mention: "Mention") -> Text:
    occurred = mention.occurred
    when = Text(moment(occurred.earliest))
    when.append(f"\nwithin {span(occurred.latest - occurred.earliest)}", style="dim")
    if mention.time_expression:
        when.append(f"\n“{clean(mention.time_expression)[:40]}”", style="italic dim")
    return when


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


def _set_aside(understood: "Understood") -> Table:
    table = Table.grid(padding=(0, 2))
    for aside in understood.reading.set_aside:
        quote = clean(aside.quote)
        shown = f"“{quote[:_QUOTE]}{'…' if len(quote) > _QUOTE else ''}”"
        table.add_row(
            Text("set aside", style="dim"),
            Text(aside.reason.value.replace("_", " ")),
            Text(shown, style="italic dim"),
            Text(clean(aside.rule), style="dim"),
        )
    return table

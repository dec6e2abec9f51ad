"""What people look at: no text, wherever it stands in a view, steers the terminal or passes for something else."""

import io
import re
from datetime import timedelta

import pytest
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from schemas.alert import Acknowledgement, AlertFacility, Involvement, Note
from schemas.report import Report, Source
from schemas.taxonomy import FacilityKind
from streams.cli.present import alert_line, alert_panel, alerts_table
from streams.cli.present_report import report_panel
from streams.cli.terminal import SafeConsole
from streams.desk.workbench import understand
from streams.reference import load_files
from streams.steering import escaped_json, visible
from tests.alert_samples import NOON, alert, incident
from tests.hostile import MARKUP, PATTERNS, STEERING, UNICODE

OWN_STYLES = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = (*STEERING, *MARKUP, *UNICODE)


def shown(view: RenderableType, width: int = 100) -> str:
    """What a terminal is sent, but for Rich's own styles."""
    out = io.StringIO()
    SafeConsole(file=out, width=width, force_terminal=True, color_system="truecolor").print(view)
    return OWN_STYLES.sub("", out.getvalue())


def harmless(text: str) -> bool:
    """Whether nothing in it steers."""
    return visible(text, lines=True) == text


@pytest.mark.parametrize("hostile", STEERING)
def test_the_console_alone_is_enough(hostile: str) -> None:
    """A view that forgets to clean a text is made harmless all the same."""
    table = Table(hostile)
    table.add_row(hostile)
    for view in (hostile, Text(hostile), table):
        assert harmless(shown(view))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_alerts(hostile: str) -> None:
    """An alert all of whose texts are hostile is shown as a block, a line and a row, and steers nothing."""
    name = hostile[:300]
    told = alert(
        headline=hostile[:2000],
        explanation=hostile[:2000],
        facility=AlertFacility(facility_id="x", name=name, kind=FacilityKind.OTHER, country="XX", lat=1, lon=2),
        incidents=(Involvement(incident=incident(quote=hostile[:500]), distance_km=1, probability=1),),
        acknowledged=Acknowledgement(by=name, at=NOON, revision=1),
        notes=(Note(by=name, at=NOON, text=hostile[:2000]),),
        reason=hostile[:2000],
    )
    for view in (alert_panel(told), alert_line(told), alerts_table([told])):
        assert harmless(shown(view))


def test_reports() -> None:
    """What `tocsin read` makes of hostile texts, and shows with its marks, steers nothing."""
    reference = load_files(None, None)
    for n, hostile in enumerate((*STEERING, *MARKUP, *PATTERNS[:6])):
        text = f"Four rockets struck Camp Arifjan {hostile} in Kuwait this morning. {hostile} killed two soldiers."
        told = Report(
            report_id=f"r-{n}",
            source=Source(name=hostile[:300]),
            published_at=NOON - timedelta(n),
            text=text,
            title=hostile,
        )
        (understood,) = understand([told], reference)
        assert harmless(shown(report_panel(understood, reference.gazetteer)))


@pytest.mark.parametrize("hostile", STEERING)
def test_json_stays_the_same_document(hostile: str) -> None:
    """Escapes of JSON change how a document is written, not what it says."""
    import json  # noqa: PLC0415  the reference reader

    document = json.dumps({"text": hostile}, ensure_ascii=False)
    assert json.loads(escaped_json(document)) == {"text": hostile}
    assert harmless(escaped_json(document))

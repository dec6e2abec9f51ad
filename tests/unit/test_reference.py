"""Facilities and policy: taken as a whole or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.connection import Connection
from streams.reference import Reference, References, load_files

NOBODY = Connection(bootstrap="127.0.0.1:9")


class Heard:
    """What a References said."""

    def __init__(self) -> None:
        self.switched: list[Reference] = []
        self.refused: list[str] = []


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A facilities file and a policy file that are valid."""
    reference = load_files(None, None)
    facilities, policy = tmp_path / "facilities.geojson", tmp_path / "policy.json"
    properties = {"id": "xx-mill", "name": "Mill", "kind": "other", "country": "XX"}
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [2.0, 1.0]}}
    facilities.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    policy.write_bytes(reference.policy.to_json())
    return {"facilities": facilities, "policy": policy}


def torn(text: str) -> str:
    """Half written."""
    return text[:-20]


def empty(_text: str) -> str:
    """Nothing written yet."""
    return ""


def wrong(text: str) -> str:
    """A value that is not allowed where it stands."""
    return text.replace('"half_life_d":45.0', '"half_life_d":-1').replace("[2.0, 1.0]", "[2.0, 91.0]")


@pytest.mark.parametrize("kind", ["facilities", "policy"])
@pytest.mark.parametrize("change", [torn, empty, wrong])
def test_a_broken_file_changes_nothing_and_is_told(
    files: dict[str, Path], kind: str, change: Callable[[str], str]
) -> None:
    """A file that becomes invalid leaves what is in force as it is, and the refusal is counted by kind."""
    heard = Heard()
    references = References(
        NOBODY,
        "ops",
        files["facilities"],
        files["policy"],
        on_switch=heard.switched.append,
        on_refuse=heard.refused.append,
    )
    before = references.current
    files[kind].write_text(change(files[kind].read_text()))
    references._reread_files()
    assert references.current is before
    assert (heard.switched, heard.refused) == ([], [kind])


def test_a_changed_file_comes_into_force_once(files: dict[str, Path]) -> None:
    """A file that changes is read again, one that does not is left alone."""
    heard = Heard()
    references = References(NOBODY, "ops", files["facilities"], files["policy"], on_switch=heard.switched.append)
    files["facilities"].write_text(files["facilities"].read_text().replace("Mill", "Windmill"))
    references._reread_files()
    references._reread_files()
    assert [r.gazetteer.by_id["xx-mill"].name for r in heard.switched] == ["Windmill"]

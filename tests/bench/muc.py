"""MUC-3/4 documents: which of their event types the reader sees in each.

    python -m tests.bench.muc DOCS.jsonl TYPES.jsonl [--split dev|train]

The mapping of our types to theirs lives here. English news from Latin America, 1989-90: a check on relevance and type.
"""

import argparse
import json
from pathlib import Path

from schemas.taxonomy import SetAsideReason, ThreatType
from streams.gazetteer import Gazetteer
from streams.reading import Lexicon
from streams.reading.survey import seen
from tests.bench.reading import DEFAULT_FACILITIES

BOMBING, ATTACK = "BOMBING", "ATTACK"
OURS = {
    ThreatType.ROCKET: ATTACK,
    ThreatType.MORTAR_ARTILLERY: ATTACK,
    ThreatType.MISSILE: ATTACK,
    ThreatType.UAS: ATTACK,
    ThreatType.IED: BOMBING,
    ThreatType.VEHICLE_BOMB: BOMBING,
    ThreatType.SUICIDE_BOMBING: BOMBING,
    ThreatType.UNKNOWN_EXPLOSION: BOMBING,
    ThreatType.SABOTAGE: BOMBING,
    ThreatType.SMALL_ARMS: ATTACK,
    ThreatType.GROUND_ASSAULT: ATTACK,
    ThreatType.ARSON: "ARSON",
    ThreatType.KIDNAPPING: "KIDNAPPING",
}
COUNTS = {None, SetAsideReason.HISTORICAL}
"""Their keys hold past incidents too."""


def main() -> None:
    """Write a line per document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path)
    parser.add_argument("types", type=Path)
    parser.add_argument("--split")
    args = parser.parse_args()
    lexicon = Lexicon.build(Gazetteer.from_geojson(DEFAULT_FACILITIES))
    with args.types.open("w", encoding="utf-8") as out:
        for line in args.docs.read_text(encoding="utf-8").splitlines():
            doc = json.loads(line)
            if args.split and doc["split"] != args.split:
                continue
            events = seen(doc["text"].lower().replace("\n", " ").replace("  ", "\n"), lexicon)
            types = sorted(
                {OURS[e.type] for e, reason in events if e.type in OURS and reason in COUNTS and not e.vague}
            )
            out.write(json.dumps({"docid": doc["docid"], "types": types}) + "\n")


if __name__ == "__main__":
    main()

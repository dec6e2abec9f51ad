"""CASE-2021 snippets: the type of the main event that the reader sees, whoever did it.

    python -m tests.bench.case SNIPPETS.tsv TYPES.jsonl

Read as they are, without training on them.
"""

import argparse
import json
from pathlib import Path

from streams.gazetteer import Gazetteer
from streams.reading import Lexicon
from tests.bench.reading import DEFAULT_FACILITIES
from tests.bench.survey import main_event


def main() -> None:
    """Write a line per snippet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("snippets", type=Path)
    parser.add_argument("types", type=Path)
    args = parser.parse_args()
    lexicon = Lexicon.build(Gazetteer.from_geojson(DEFAULT_FACILITIES))
    with args.types.open("w", encoding="utf-8") as out:
        for line in args.snippets.read_text(encoding="utf-8").splitlines()[1:]:
            number, text, _ = line.split("\t")
            kind = main_event(text, lexicon)
            out.write(json.dumps({"id": number, "threat_type": kind.value if kind else None}) + "\n")


if __name__ == "__main__":
    main()

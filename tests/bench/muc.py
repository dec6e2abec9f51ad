"""MUC-3/4 documents: which of their event types each tells, by a model over what the reader sees.

    python -m tests.bench.muc DOCS.jsonl TYPES.jsonl [--split dev|train]

Needs the documents' texts alone. The model lives here, not in the product. English news from Latin America, 1989-90: a
check on relevance and type.
"""

import argparse
import json
from pathlib import Path

from streams.gazetteer import Gazetteer
from streams.reading import Lexicon
from tests.bench.muc_features import features
from tests.bench.muc_model import load_model
from tests.bench.reading import DEFAULT_FACILITIES, load


def main() -> None:
    """Write a line per document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path)
    parser.add_argument("types", type=Path)
    parser.add_argument("--split")
    args = parser.parse_args()
    lexicon, model = Lexicon.build(Gazetteer.from_geojson(DEFAULT_FACILITIES)), load_model()
    with args.types.open("w", encoding="utf-8") as out:
        for doc in load(args.docs):
            if args.split is None or doc.get("split") == args.split:
                types = model.types(features(doc["text"], lexicon))
                out.write(json.dumps({"docid": doc["docid"], "types": types}) + "\n")


if __name__ == "__main__":
    main()

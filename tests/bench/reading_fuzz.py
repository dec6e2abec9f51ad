"""Searches for the text that takes the reader longest for its length.

`python -m tests.bench.reading_fuzz [--length N] [--rounds N]`: tries nasty texts that `NASTY` makes of fragments, then
grows worse ones from the worst, and prints time per character against that of a usual report, and whether it grows with
the length. Same rounds, same texts.
"""

import argparse
import itertools
import random
from collections.abc import Callable
from typing import Final

from streams.gazetteer import Gazetteer
from streams.reading import Lexicon
from tests.bench.reading import DEFAULT_FACILITIES
from tests.bench.reading_speed import golden, reading_us, report, texts

USUAL: Final = 2_200
"""Characters of the usual report."""
FRAGMENTS: Final = [
    "the ",
    "at ",
    "in ",
    "on ",
    "a ",
    "of ",
    "and ",
    "near ",
    "not ",
    "no ",
    "if ",
    "by ",
    "was ",
    "was not ",
    "to ",
    "rocket ",
    "drone ",
    "IED ",
    "exploded ",
    "attack ",
    "base ",
    "the base ",
    "the embassy ",
    "killed ",
    "shot down ",
    "Baghdad ",
    "Ain al-Asad ",
    "al-Asad ",
    "Iraq ",
    "Kabul airport ",
    "US ",
    "Mosul ",
    "militants ",
    "army ",
    "said ",
    "on Monday ",
    "last night ",
    "at 12:30 ",
    "011200Z MAR 24 ",
    "in 2020 ",
    "two hours later ",
    "ago ",
    "5 km north of ",
    "two ",
    "12 ",
    "1,000 ",
    "9999999999 ",
    "33.80123, 42.43712 ",
    "38SKC1234512345 ",
    "33°48'07\"N ",
    "0 WIA ",
    "“",
    "”",
    '"',
    "'",
    "’s ",
    "(",
    ")",
    "[",
    "<b>",
    "</b>",
    "<",
    "&amp;",
    "&#8217;",
    "&",
    "http://a.b/c?d=e&f ",
    ".",
    ". ",
    ", ",
    "; ",
    ": ",
    " - ",
    " — ",
    "...",
    "?!",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\nA: ",
    "\nT: ",
    "\t",
    "  ",
    "\u200b",
    "\u202e",
    "́",
    "е",
    "о",
    "İ",
    "ſ",
    "ß",
    "é",
    "١٢",
    "の",
    "🚀",
    "\x00",
    "�",
    "A",
    "aaaaaaaa",
    "Aa ",
    "EXERCISE ",
    "notional ",
    "spokesman Col. ",
    "claimed responsibility ",
    "blamed ",
    "intended for ",
    "if the ",
    "Jan ",
    "May ",
    "early ",
    "Mr. ",
    "U.S. ",
    "e.g. ",
    "No. ",
    "between ",
    "half past ",
    "per cent of ",
    "every day ",
]
NASTY: Final[dict[str, Callable[[int], str]]] = {
    "nested quotes": lambda n: "“He said “" * (n // 10) + "rocket hit the base" + "”" * 20,
    "nested brackets": lambda n: "(" * (n // 2) + "drone strike" + ")" * (n // 2),
    "one endless sentence": lambda n: "rockets hit the base and drones struck the embassy while " * (n // 57),
    "one cue": lambda n: "rocket " * (n // 7),
    "one event": lambda n: "Rockets hit Ain al-Asad on Monday. " * (n // 35),
    "one site": lambda n: "An attack at the base " + "the base near Mosul " * (n // 20),
    "digits": lambda n: "12" * (n // 2),
    "numbers": lambda n: "12 34 5,678 " * (n // 12),
    "clock times": lambda n: "attack at 12:30 " * (n // 16),
    "days": lambda n: "attack on Monday and Tuesday " * (n // 29),
    "coordinates": lambda n: "strike at 33.80123, 42.43712 " * (n // 29),
    "grids": lambda n: "IED at 38SKC1234512345 " * (n // 23),
    "blanks": lambda n: "attack" + " " * n + "base",
    "line ends": lambda n: "attack\n" * (n // 7),
    "letters without a blank": lambda n: "attack" + "a" * n,
    "capitals without a blank": lambda n: "attack at " + "A" * n,
    "capitalised words": lambda n: "attack in " + "Aa Bb " * (n // 6),
    "hyphens": lambda n: "attack near " + "al-" * (n // 3),
    "zero-width": lambda n: "ro\u200bck\u200bet " * (n // 9),
    "homoglyphs": lambda n: "rосkеt strіkе " * (n // 14),
    "tags": lambda n: "<b>attack</b> " * (n // 14),
    "open tags": lambda n: "<b attack " * (n // 10),
    "entities": lambda n: "attack &amp; &#8217;" * (n // 19),
    "lettered lines": lambda n: "S: 2 x rkt\nA: IDF\nL: camp\nT: 011200Z\n" * (n // 39),
    "items": lambda n: "\n1. A rocket hit the base on Monday" * (n // 35),
    "negations": lambda n: "no attack and not a strike nor any drone " * (n // 41),
    "conditions": lambda n: "if the drone had been hit, would it explode " * (n // 44),
    "speakers": lambda n: "attack, said Col. Ab Cd and spokesman Ef Gh " * (n // 44),
    "tolls": lambda n: "attack killed 3 and wounded 4, 2 dead, 5 injured, " * (n // 50),
    "accusations": lambda n: "attack blamed on Iran by officials who accused militants, " * (n // 57),
    "towns": lambda n: "attack near Mosul, Kirkuk, Erbil and Homs, " * (n // 43),
    "commas": lambda n: "attack, " * (n // 8),
    "full stops": lambda n: "attack. " * (n // 8),
    "abbreviations": lambda n: "attack U.S. Gen. No. e.g. " * (n // 26),
}
"""A text of about so many characters, by its name."""


def main() -> None:
    """Print the worst, and how they grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--length", type=int, default=16_000, help="characters of a text that is tried")
    parser.add_argument("--rounds", type=int, default=60, help="texts grown from the worst")
    args = parser.parse_args()
    lexicon = Lexicon.build(Gazetteer.from_geojson(DEFAULT_FACILITIES))
    usual = reading_us(list(itertools.islice(texts(USUAL, threats=True), 20)), lexicon) / USUAL
    print(f"a usual report of {USUAL:,} characters: {usual:.2f} us a character")
    worst = sorted(((cost(make(args.length), lexicon), name, make) for name, make in NASTY.items()), key=_first)[::-1]
    for us, name, _ in worst:
        print(f"{us / usual:6.1f} x  {name}")
    print(f"grown in {args.rounds} rounds:")
    us, text = grow(args.length, args.rounds, lexicon)
    print(f"{us / usual:6.1f} x  {text[:200]!r}")
    print("with the length (us a character): ")
    shown = [(name, make) for _, name, make in worst[:5]]
    for name, make in (*shown, ("grown", lambda n: (text * (1 + n // max(1, len(text))))[:n])):
        each = [cost(make(n), lexicon) for n in (4_000, 16_000, 64_000, 256_000)]
        print(f"  {name:28s} " + " ".join(f"{e:8.2f}" for e in each) + f"   {max(each) / usual:5.1f} x")


def _first(row: tuple[float, str, Callable[[int], str]]) -> float:
    return row[0]


def cost(text: str, lexicon: Lexicon) -> float:
    """Microseconds a character, the best of two readings."""
    return reading_us([report(text.encode(errors="replace").decode())], lexicon, rounds=2) / max(1, len(text))


def grow(length: int, rounds: int, lexicon: Lexicon) -> tuple[float, str]:
    """Change pieces of the worst text again and again, and keep what makes it worse."""
    dice = random.Random(11)
    pool = (*FRAGMENTS, *(s + ". " for text in golden() for s in text.split(". ") if len(s) < 200))
    pieces = dice.choices(pool, k=12)
    best, worst = 0.0, ""
    for _ in range(rounds):
        trial = list(pieces)
        for _ in range(dice.randint(1, 3)):
            trial[dice.randrange(len(trial))] = dice.choice(pool)
        unit = "".join(trial)
        text = (unit * (1 + length // max(1, len(unit))))[:length]
        us = cost(text, lexicon)
        if us > best:
            best, pieces, worst = us, trial, unit
    return best, worst


if __name__ == "__main__":
    main()

"""What is probably the same under another spelling: marks, script and small differences aside. People decide.

Twin in spirit of static/js/lib/alike.js and fold.js: the same letters, pieces of three, and line from which two texts
are called alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: From here on two texts probably say the same (Dice, 1945); and fewer letters say too little.
ALIKE, LETTERS_LEAST = 0.6, 8

_CYRILLIC = (
    "аa бb вv гg ґg ѓg дd ђdj еe ёe єe жz зz ѕz иi іi їi йi јj кk ќk лl љlj мm нn њnj оo пp рr сs тt ћc уu ўu фf хh цc"
    " чc џdz шs щs ъ ыi ь эe юju яja"
)
_GEORGIAN = "აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟz რr სs ტt უu ფf ქk ღg ყk შs ჩc ცc ძdz წc ჭc ხh ჯdz ჰh"
_GREEK = "αa βv γg δd εe ζz ηi θt ιi κk λl μm νn ξks οo πp ρr σs ςs τt υi φf χh ψps ωo"
_LATIN = "ıi łl đdj øo æae œoe ßss þt ðd ŋn"
_LETTERS = {
    one[0]: one[1:] for one in f"{_CYRILLIC} {_GEORGIAN} {_GREEK} {_LATIN}".split(" ") if one
}
#: What people write in two letters for one.
_PAIRS = (
    *(("sch", "s"), ("sh", "s"), ("tch", "c"), ("ch", "c"), ("zh", "z"), ("kh", "h"), ("ts", "c")),
    *(("gh", "g"), ("y", "i"), ("w", "v"), ("q", "k"), ("ph", "f")),
)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Double:
    """`id` is probably what `of` is; `exact`: letter by letter, once marks and script are put aside."""

    id: str
    of: str
    exact: bool


def fold(text: str) -> str:
    """Plain small Latin letters, as people type them without the right keyboard."""
    small = unicodedata.normalize("NFC", text.casefold())
    out = "".join(_LETTERS.get(one) if one in _LETTERS else _unmarked(one) for one in small)  # type: ignore[misc]
    for pair, one in _PAIRS:
        out = out.replace(pair, one)
    return " ".join(_WORD.findall(out))


def pieces(folded: str) -> frozenset[str]:
    found: set[str] = set()
    for word in folded.split():
        if len(word) > 2:
            edged = f"_{word}_"
            found.update(edged[at : at + 3] for at in range(len(edged) - 2))
    return frozenset(found)


def doubles(texts: Mapping[str, str], known: Iterable[str] = ()) -> list[Double]:
    """Each that is alike to one before it, with the most alike of those; `known` are never called a double."""
    kept = frozenset(known)
    exact: dict[str, str] = {}
    leads: dict[str, frozenset[str]] = {}
    holding: dict[str, list[str]] = defaultdict(list)
    found = []
    for id, text in texts.items():
        folded = fold(text)
        of = exact.get(folded) if folded else None
        near = (
            of or _nearest(pieces(folded), leads, holding) if len(folded) >= LETTERS_LEAST else of
        )
        if near is not None and id not in kept:
            found.append(Double(id, near, of is not None))
            continue
        if folded:
            exact.setdefault(folded, id)
        leads[id] = pieces(folded) if len(folded) >= LETTERS_LEAST else frozenset()
        for piece in leads[id]:
            holding[piece].append(id)
    return found


def _nearest(
    mine: frozenset[str], leads: Mapping[str, frozenset[str]], holding: Mapping[str, list[str]]
) -> str | None:
    shared = Counter(id for piece in mine for id in holding.get(piece, ()))
    best, line = None, ALIKE
    for id, count in shared.items():
        like = 2 * count / (len(mine) + len(leads[id]))
        if like >= line and (best is None or like > line):
            best, line = id, like
    return best


def _unmarked(letter: str) -> str:
    plain = unicodedata.normalize("NFD", letter)
    kept = "".join(one for one in plain if not unicodedata.combining(one))
    return _LETTERS.get(kept, kept)

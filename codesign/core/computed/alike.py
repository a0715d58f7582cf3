"""Which notes may belong together, by the pieces of their words, within each language.

A piece is three letters in a row, with the edges of the word: "bus" and "buses" share some, and no list of endings is
needed for any language. Rare pieces weigh more. Notes of different languages meet only where one has been translated
into the language of the other. Source: Salton and Buckley, Term-weighting approaches (1988); average linkage.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log, sqrt

#: More than these are not compared with each other; the rest is told to be left.
NOTES_MOST = 400
#: Below this, two notes have little more in common than small words.
ALIKE = 0.2
#: A word of this many letters and more may be a reason.
REASON_LETTERS, REASONS = 4, 3
#: Words that begin alike are one word with different endings.
STEM = 5

_WORD = re.compile(r"[^\W\d_]+")
#: What a note says, by language.
Said = Mapping[str, str]
Vector = dict[str, float]


@dataclass(frozen=True)
class Alike:
    """Notes that may belong together, why, and whether translations brought them together."""

    ids: tuple[str, ...]
    words: tuple[str, ...]
    through_translation: bool


def groups(notes: Mapping[str, tuple[str, Said]]) -> list[Alike]:
    """By note id its own language and what it says in each; the largest group first."""
    ids = list(notes)[:NOTES_MOST]
    said = {id: {_language(lang): text for lang, text in notes[id][1].items()} for id in ids}
    vectors = _vectors(said)
    found = [sorted(one, key=ids.index) for one in _linked(ids, vectors) if len(one) > 1]
    told = [
        Alike(tuple(one), _reasons(one, said), len({_language(notes[id][0]) for id in one}) > 1)
        for one in found
    ]
    return sorted(told, key=lambda one: (-len(one.ids), ids.index(one.ids[0])))


def pieces(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in words_of(text):
        if len(word) > 2:
            edged = f"_{word}_"
            found.update(edged[at : at + 3] for at in range(len(edged) - 2))
    return found


def words_of(text: str) -> list[str]:
    """Small letters without marks: "č" and "c" are one to somebody in a hurry."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))


def _language(tag: str) -> str:
    return tag.partition("-")[0].casefold()


def _vectors(said: Mapping[str, Said]) -> dict[str, dict[str, Vector]]:
    """Per language and note, its pieces by weight, of length one."""
    counted: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for id, texts in said.items():
        for lang, text in texts.items():
            if found := pieces(text):
                counted[lang][id] = found
    return {lang: _weighed(of) for lang, of in counted.items()}


def _weighed(counted: Mapping[str, Counter[str]]) -> dict[str, Vector]:
    spread = Counter(piece for found in counted.values() for piece in found)
    vectors = {}
    for id, found in counted.items():
        vector = {piece: log(1 + len(counted) / spread[piece]) for piece in found}
        length = sqrt(sum(weight * weight for weight in vector.values()))
        vectors[id] = {piece: weight / length for piece, weight in vector.items()}
    return vectors


def _linked(ids: Sequence[str], vectors: Mapping[str, dict[str, Vector]]) -> Iterable[list[str]]:
    """Groups whose notes are alike on average, the most alike put together first."""
    near = _likeness(ids, vectors)
    parts: dict[int, list[str]] = {at: [id] for at, id in enumerate(ids)}
    heap = [(-like, a, b) for a, others in near.items() for b, like in others.items() if a < b]
    heapq.heapify(heap)
    made = len(ids)
    while heap:
        like, a, b = heapq.heappop(heap)
        if -like < ALIKE:
            break
        if a not in parts or b not in parts:
            continue
        x, y = len(parts[a]), len(parts[b])
        parts[made] = parts.pop(a) + parts.pop(b)
        ours, theirs = near.pop(a), near.pop(b)
        near[made] = {}
        for other in (ours.keys() | theirs.keys()) & parts.keys() - {made}:
            mean = (x * ours.get(other, 0.0) + y * theirs.get(other, 0.0)) / (x + y)
            near[made][other] = near[other][made] = mean
            heapq.heappush(heap, (-mean, other, made))
        made += 1
    return parts.values()


def _likeness(
    ids: Sequence[str], vectors: Mapping[str, dict[str, Vector]]
) -> dict[int, dict[int, float]]:
    """For each two notes how alike they are in the language in which they are most alike."""
    place = {id: at for at, id in enumerate(ids)}
    near: dict[int, dict[int, float]] = {at: {} for at in range(len(ids))}
    for of in vectors.values():
        holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for id, vector in of.items():
            at, sums = place[id], defaultdict[int, float](float)
            for piece, weight in vector.items():
                for other, theirs in holding[piece]:
                    sums[other] += weight * theirs
                holding[piece].append((at, weight))
            for other, like in sums.items():
                near[at][other] = near[other][at] = max(like, near[at].get(other, 0.0))
    return near


def _reasons(ids: Sequence[str], said: Mapping[str, Said]) -> tuple[str, ...]:
    """Words that half of them share, as they are written most often."""
    written: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id in ids:
        for lang, text in said[id].items():
            for word in words_of(text):
                if len(word) >= REASON_LETTERS:
                    written[lang, word[:STEM]][word] += 1
                    holders[lang, word[:STEM]].add(id)
    needed = max(2, ceil(len(ids) / 2))
    shared = [stem for stem, of in holders.items() if len(of) >= needed]
    shared.sort(key=lambda stem: (-len(holders[stem]), -len(stem[1]), stem))
    found = (written[stem].most_common(1)[0][0] for stem in shared)
    return tuple(dict.fromkeys(found))[:REASONS]

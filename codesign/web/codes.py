"""Spoken codes: two made-up words of three syllables that can be said and typed in every script we know.

Which workshop a code opens is for links.py to find; how many wrong ones are forgiven stands here, too.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import deque

CONSONANTS = "BDGKLMNPRSTVZ"
VOWELS = "AEIOU"
SYLLABLES = tuple(consonant + vowel for consonant in CONSONANTS for vowel in VOWELS)
LETTERS = 12

#: Rude in some language people here speak. A code that holds one of them is passed over.
_UNWANTED = (
    "BOLE BOZI DEBI DUPA DUPE GAZA GOTU GUZA KAKA KAKI KARI KAROTU KULO KURE KURO LABA LUTA MALAKA "
    "MEDO MUDA MUDI MUTE MUTI NAZI NEGA NEGE NIGA NUDE PEDE PEDI PEDO PENI PIDE PIDI PIPI PISA "
    "PISE PULA PULE PUPU PUTA PUTE RAPE SERE SERI SIKE SIKI SISA SISE SUKA SUKE SUKI TITI TUPA "
    "VAGI ZADU ZALUPA"
)
UNWANTED = tuple(_UNWANTED.split())

_LATIN = {letter: letter for letter in CONSONANTS + VOWELS} | {
    **dict(zip("CQWYJ01ŠŽĐËÎÂĂ", "KKVIIOISZDEIAA", strict=True)),
}
_CYRILLIC = dict(zip("БДГКЛМНПРСТВЗАЕИОУ", CONSONANTS + VOWELS, strict=True))
_CYRILLIC_TOO = dict(zip("ҐЃЌІЇЙЈЄЭЁЫЮЯ", "GGKIIIIEEEIUA", strict=True))
_GEORGIAN = dict(zip("ბდგკლმნპრსტვზაეიოუ", CONSONANTS + VOWELS, strict=True))
_GEORGIAN_TOO = dict(zip("ქყფთღშჟ", "KKPTGSZ", strict=True))
_READ = _LATIN | _CYRILLIC | _CYRILLIC_TOO | _GEORGIAN | _GEORGIAN_TOO
_IN_CYRILLIC = {latin: cyrillic for cyrillic, latin in _CYRILLIC.items()}
_IN_GEORGIAN = {latin: georgian for georgian, latin in _GEORGIAN.items()}

#: Wrong codes forgiven: from one address in ten minutes, and from everybody in an hour (promises.md 4).
TRIES_PER_ADDRESS, ADDRESS_MS = 20, 10 * 60 * 1000
TRIES_IN_ALL, ALL_MS = 300, 60 * 60 * 1000
#: From which wrong code of an address on its answers take longer, by how much more each (s), and at most.
SLOWER_FROM, SLOWER_BY, SLOWEST = 6, 0.25, 3.0
#: More addresses than this are not told apart: what is kept stays small whoever knocks.
ADDRESSES = 10_000


def make_code(secret: bytes, workshop: str, generation: int) -> str:
    """The code of a workshop, such as `MORAKI TUBELO`: derived, so that no database gives it away."""
    attempt = 0
    while True:
        seed = hmac.digest(
            secret, f"code|{workshop}|{generation}|{attempt}".encode(), hashlib.sha256
        )
        code = _spell(int.from_bytes(seed, "big"))
        if not any(word in half for half in code.split() for word in UNWANTED):
            return code
        attempt += 1


def read_code(typed: str) -> str:
    """What was typed, in any script, case and spacing, as the letters of a code; what is no letter of one goes."""
    letters = [_READ.get(letter) or _READ.get(letter.upper(), "") for letter in typed[:200].lower()]
    return "".join(letters)


def show_code(letters: str) -> str:
    """`MORAKITUBELO` as people read it out: two words."""
    half = LETTERS // 2
    return f"{letters[:half]} {letters[half:]}".strip()


def in_cyrillic(code: str) -> str:
    return "".join(_IN_CYRILLIC.get(letter, letter) for letter in code)


def in_georgian(code: str) -> str:
    return "".join(_IN_GEORGIAN.get(letter, letter) for letter in code)


def syllables(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(0, len(word), 2)]


class Tries:
    """Wrong codes of late, by address and in all. In memory: a restart forgives."""

    def __init__(self) -> None:
        self._by_address: dict[str, deque[int]] = {}
        self._all: deque[int] = deque()

    def wrong(self, address: str, now: int) -> None:
        if len(self._by_address) >= ADDRESSES:
            self._forget(now)
        self._by_address.setdefault(address, deque(maxlen=TRIES_PER_ADDRESS)).append(now)
        self._all.append(now)

    def forgive(self, address: str) -> None:
        """The last one was right after all."""
        if mine := self._by_address.get(address):
            mine.pop()
            if not mine:
                del self._by_address[address]
        if self._all:
            self._all.pop()

    def slow_down(self, address: str, now: int) -> float:
        """How long (s) the answer to a wrong code from this address is to take."""
        wrong = sum(1 for at in self._by_address.get(address, ()) if at > now - ADDRESS_MS)
        return min(SLOWEST, SLOWER_BY * max(0, wrong - SLOWER_FROM + 1))

    def too_many(self, address: str, now: int) -> bool:
        """Whether codes from this address go to the door for now; links never do."""
        while self._all and self._all[0] <= now - ALL_MS:
            self._all.popleft()
        mine = self._by_address.get(address, ())
        recent = sum(1 for at in mine if at > now - ADDRESS_MS)
        return recent >= TRIES_PER_ADDRESS or len(self._all) >= TRIES_IN_ALL

    def forget_workshop(self, workshop: str) -> None:
        """Tries at the door of one that is no more; they are kept under the address and it."""
        ours = [key for key in self._by_address if key.endswith(f"|{workshop}")]
        for key in ours:
            del self._by_address[key]

    def _forget(self, now: int) -> None:
        old = [a for a, tries in self._by_address.items() if tries[-1] <= now - ADDRESS_MS]
        for address in old or list(self._by_address)[:1]:
            del self._by_address[address]


def _spell(number: int) -> str:
    word = ""
    for _ in range(LETTERS // 2):
        number, at = divmod(number, len(SYLLABLES))
        word += SYLLABLES[at]
    return show_code(word)

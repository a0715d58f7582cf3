"""Pages in the pseudo language: what is not in brackets escaped the catalogue."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.web.browsing import Walk

#: Not for translation: names of the product, of kinds of files, of languages, and their greetings.
LEFT = re.compile(
    "Codesign|PDF|PNG|SVG|Excel|CSV|JSON|English|Shqip|ქართული|Српски|Srpski"
    "|Mirë se vini|Welcome|მოგესალმებით|Добро дошли|Dobro došli"
)
#: Elements whose words are somebody's own, or not words.
OWN = ("bdi", "script", "style", "textarea", "b")


class Reader(HTMLParser):
    """Collects the words of a page outside brackets, and those in attributes that people are told."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._own = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._own += tag in OWN
        for name, value in attrs:
            if name in ("aria-label", "title", "alt", "placeholder") and value:
                self._look(value)

    def handle_endtag(self, tag: str) -> None:
        self._own -= tag in OWN and self._own > 0

    def handle_data(self, data: str) -> None:
        # Looked at as a whole at the end: a sentence may have elements in it.
        self._text.append("" if self._own else data)

    def close(self) -> None:
        super().close()
        self._look("\n".join(self._text))

    def _look(self, text: str) -> None:
        left = re.sub(r"⟦.*?⟧", "", text, flags=re.DOTALL)
        left = LEFT.sub("", left)
        if re.search(r"[^\W\d_]{2,}", left):
            self.found.append(left.strip())


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/code",
        "/privacy",
        "/sign-in",
        "/password",
        "/workshops/new",
        "/nothing",
        "{join}",
        "/workshops/{workshop}",
        "/workshops/{workshop}/wall",
    ],
)
async def test_every_sentence_of_a_page_is_in_the_catalogue(walk: Walk, path: str) -> None:
    lead = await walk.facilitator("ელირა")
    opened = await walk.workshop(lead, title="2026", question="3?", cities=["1", "2"])
    await walk.guest(opened, "თამარ")
    stranger = path in ("/code", "/sign-in", "{join}")
    browser = walk.browser() if stranger else lead
    browser.http.cookies.set("codesign_lang", "en-XA")
    real = path.format(workshop=opened.workshop, join=await walk.join_path(opened))
    page = (await browser.get(real)).text
    code = await walk.code(opened)
    for said in ("MORAKI TUBELO", code, *code.split(), "board.test", "ელირა"):
        page = page.replace(said, "")
    reader = Reader()
    reader.feed(re.sub(r'<p class="wall__code".*?</p>', "", page, flags=re.DOTALL))
    reader.close()
    assert reader.found == []

"""Which language a reader gets, and how sentences are filled (features L1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from codesign import i18n
from codesign.i18n import Catalogues, Pseudo, Words

SERBIAN = {
    "": {
        "plural": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4"
        " && (n%100<10 || n%100>=20) ? 1 : 2);"
    },
    "{n} note": ["{n} белешка", "{n} белешке", "{n} бележака"],
    "Hello, {name}": "Здраво, {name}",
}


@pytest.mark.parametrize(
    ("cookie", "accept", "tag"),
    [
        (None, "", "en"),
        (None, "ka-GE,ka;q=0.9,en;q=0.8", "ka"),
        (None, "de,fr;q=0.9,sq-XK;q=0.5,en;q=0.1", "sq"),
        (None, "sr", "sr-Cyrl"),
        (None, "sr-Latn-RS", "sr-Latn"),
        (None, "sr-Cyrl-BA", "sr-Cyrl"),
        (None, "sr-ME", "sr-Latn"),
        (None, "en;q=0.3,ka;q=0.7", "ka"),
        (None, "ka;q=0,en", "en"),
        (None, "xx,*", "en"),
        ("sr-Latn", "ka", "sr-Latn"),
        ("nonsense", "ka", "ka"),
        ("en-XA", "ka", "en-XA"),
    ],
)
def test_the_reader_gets_what_they_chose_else_what_their_browser_asks_for(
    cookie: str | None, accept: str, tag: str
) -> None:
    assert i18n.choose(cookie, accept) == tag


@given(st.text(max_size=200))
def test_no_header_breaks_the_choice(accept: str) -> None:
    assert i18n.choose(None, accept) in i18n.BY_TAG


def test_plurals_follow_the_catalogues_own_rule() -> None:
    words = Words("sr-Cyrl", SERBIAN)
    said = [words.ngettext("{n} note", "{n} notes", n) for n in (1, 2, 5, 11, 21, 22, 101)]
    forms = ["белешка", "белешке", "бележака", "бележака", "белешка", "белешке", "белешка"]
    assert said == [f"{n} {w}" for n, w in zip((1, 2, 5, 11, 21, 22, 101), forms, strict=True)]


def test_what_is_not_translated_is_english_with_english_plurals() -> None:
    words = Words("sr-Cyrl", SERBIAN)
    assert words.gettext("Undo") == "Undo"
    assert [words.ngettext("{n} cat", "{n} cats", n) for n in (0, 1, 2)] == [
        "0 cats",
        "1 cat",
        "2 cats",
    ]


def test_values_are_put_in_by_name_and_only_once() -> None:
    words = Words("sr-Cyrl", SERBIAN)
    assert words.gettext("Hello, {name}", name="{name} {n} \\1") == "Здраво, {name} {n} \\1"
    assert words.gettext("{unknown} {") == "{unknown} {"


def test_in_templates_everything_is_escaped_but_markup() -> None:
    words = Words("en", {})
    assert words.html("<b> {name}", name="<i>") == "&lt;b&gt; &lt;i&gt;"
    assert words.html("{name} & co", name=Markup("<bdi>x</bdi>")) == "<bdi>x</bdi> &amp; co"


def test_the_pseudo_language_is_longer_and_keeps_placeholders() -> None:
    said = Pseudo().gettext("Hello, {name}", name="Nino")
    assert said.startswith("⟦")
    assert "Nino" in said
    assert len(i18n.pseudo("x" * 50)) >= 70


def test_a_language_we_do_not_speak_is_answered_in_english() -> None:
    assert Catalogues().words("tlh").gettext("Undo") == "Undo"


def test_every_language_has_a_name_a_greeting_and_a_paper_of_its_own() -> None:
    from codesign.core.items import COLOURS

    papers = [language.paper for language in i18n.LANGUAGES]
    assert len(set(papers)) == len(papers)
    assert set(papers) <= set(COLOURS)
    assert all(language.name and language.welcome for language in i18n.LANGUAGES)

"""Every language says everything the code asks for, in its own letters, with the same placeholders."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from codesign import catalogues, extraction, i18n
from codesign.results.dates import MONTHS

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "codesign/locale"
LANGUAGES = ["sq", "ka", "sr_Cyrl"]
#: As in English, and right so: an abbreviation, what is engraved on a key, a word that Albanian has too.
SAME = {
    *("QR", "Del", "{n} person", "min", "{n} min", "{m} min"),
    *("veto", "Media", "tension"),
}
#: Words that keep their Latin letters wherever they stand.
LATIN = {
    *("CSV", "UTC", "Excel", "GIF", "JPEG", "JSON", "PDF", "PNG", "WebP", "MB", "UTF", "EUR"),
    *("Codesign", "HTML", "JavaScript", "QR", "Word", "https", "Del", "Enter", "Esc", "Tab"),
}
#: Begins small in English, where it stands inside a sentence, and large elsewhere, where it stands in quotes.
GROWN = {"the board"}
#: Of a date: many languages write months small, and some end a date with a full stop.
DATES = {*MONTHS, "{day} {month} {year}", "{month} {year}"}
LETTERS = {"ka": re.compile("[\u10d0-\u10ff]"), "sr_Cyrl": re.compile("[\u0400-\u04ff]")}
QUOTES = {"sq": "“”", "ka": "„“", "sr_Cyrl": "„“"}
#: The plural categories of CLDR in the order of the forms of a .po file.
FORMS = {"sq": ["one", "other"], "ka": ["one", "other"], "sr_Cyrl": ["one", "few", "other"]}


@functools.cache
def sentences() -> list[extraction.Sentence]:
    """All files are read once."""
    return list(extraction.sentences(ROOT))


@pytest.fixture(scope="module")
def asked() -> Catalog:
    return extraction.catalog_of(sentences())


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def said(lang: str) -> Catalog:
    with (LOCALE / lang / "codesign.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def test_every_sentence_of_the_code_is_said_and_no_other(asked: Catalog, said: Catalog) -> None:
    wanted = {(m.context, m.id) for m in asked if m.id}
    found = {
        (m.context, m.id) for m in said if m.id and not m.fuzzy and extraction.is_said(m.string)
    }
    assert found - wanted == set(), "gone from the code: python -m codesign.i18n update"
    assert wanted - found == set(), "not translated: python -m codesign.i18n update"


def test_the_template_for_translators_is_what_the_code_asks(asked: Catalog) -> None:
    with (LOCALE / "codesign.pot").open("rb") as file:
        kept = read_po(file)
    assert {m.id for m in kept} == {m.id for m in asked}


def test_no_sentence_is_asked_both_with_and_without_plurals() -> None:
    """A catalogue holds one text or several for a sentence; the other way of asking would fall back to English."""
    found = [message for _, message, _, _ in sentences()]
    assert {m for m in found if isinstance(m, str)} & {
        m[0] for m in found if not isinstance(m, str)
    } == set()


def test_placeholders_are_those_of_the_sentence(said: Catalog) -> None:
    wrong = []
    for message in said:
        for text, english in pairs(message):
            # A form that means one number only may do without it: "Note deleted."
            alone = isinstance(message.id, tuple) and english == message.id[0]
            if holes(text) not in [holes(english), *([holes(message.id[1])] if alone else [])]:
                wrong.append((text, english))
    assert wrong == []


def test_plural_forms_follow_the_rules_of_the_language(lang: str, said: Catalog) -> None:
    rule = Locale.parse(lang).plural_form
    pick = i18n._plural_rule(said.plural_forms)
    numbers = [*range(200), 1000, 1001, 1002, 1005, 1011, 1021]
    assert said.num_plurals == len(FORMS[lang])
    assert [FORMS[lang][pick(n)] for n in numbers] == [rule(n) for n in numbers]


def test_nothing_is_left_in_english(lang: str, said: Catalog) -> None:
    left = [
        text
        for message in said
        for text, english in pairs(message)
        if text == english
        and re.search(r"[a-z]", bare(english), re.IGNORECASE)
        and english not in SAME
    ]
    assert left == []


@pytest.mark.parametrize("script", ["ka", "sr_Cyrl"])
def test_words_are_in_the_letters_of_the_language(script: str) -> None:
    catalogue = catalogues.read_catalogue(LOCALE / script / "codesign.po")
    for english, text in texts(catalogue):
        assert set(re.findall(r"[A-Za-z]+", bare(text))) <= LATIN, english
        if english not in SAME and re.search("[a-z]", bare(english)):
            assert LETTERS[script].search(text), english


def test_georgian_has_no_capitals() -> None:
    catalogue = catalogues.read_catalogue(LOCALE / "ka/codesign.po")
    assert [
        text for _, text in texts(catalogue) if re.search("[\u1c90-\u1cbf\u10a0-\u10c5]", text)
    ] == []


def test_marks_and_capitals_stand_as_in_the_sentence(lang: str, said: Catalog) -> None:
    assert [
        text for m in said for text, english in pairs(m) if text and not alike(text, english, lang)
    ] == []


def alike(text: str, english: str, lang: str) -> bool:
    if english in DATES:
        return True
    small = english[:1].islower() and english not in GROWN
    cased = lang != "ka" and text[:1].isalpha() and not english.startswith("{")
    foreign = set("!\"'„“”«»") - set(QUOTES[lang])
    same_start = not cased or text[:1].islower() == small
    return same_start and ending(text) == ending(english) and not set(text) & foreign


def test_serbian_in_latin_letters_is_made_whole_and_has_no_cyrillic(tmp_path: Path) -> None:
    manifest = catalogues.compile_all(LOCALE, tmp_path)
    assert set(manifest) == {f"i18n/{language.tag}" for language in i18n.LANGUAGES} - {"i18n/en"}
    latin, cyrillic = (
        json.loads((tmp_path / manifest[f"i18n/{tag}"]).read_text("utf-8"))
        for tag in ("sr-Latn", "sr-Cyrl")
    )
    assert latin.keys() == cyrillic.keys()
    assert [text for _, text in texts(latin) if LETTERS["sr_Cyrl"].search(text)] == []


def test_another_language_is_begun_with_its_plural_rule_and_then_kept_up_to_date(
    tmp_path: Path, asked: Catalog
) -> None:
    file = extraction.begin(tmp_path, "uk")
    waiting = extraction.update(file, asked)
    assert waiting == len(asked)
    begun = file.read_text("utf-8")
    assert "nplurals=3" in begun
    file.write_text(
        begun.replace('msgid "Undo"\nmsgstr ""', 'msgid "Undo"\nmsgstr "Скасувати"'), "utf-8"
    )
    assert extraction.begin(tmp_path, "uk") == file
    assert extraction.update(file, asked) == waiting - 1
    assert catalogues.read_catalogue(file)["Undo"] == "Скасувати"


def test_sentences_inside_nested_template_literals_are_found(tmp_path: Path) -> None:
    module = tmp_path / "one.js"
    module.write_text(
        '/** t("a comment") */\n'
        'html`${list.map((x) => html`<b title=${t("Open \\"it\\"")}>${tn("{n} note", "{n} notes", 2)}</b>`)}`;\n'
        'import("not a sentence"); part("nor this");\n',
        "utf-8",
    )
    with module.open("rb") as file:
        found = list(extraction.javascript(file, (), (), {}))
    assert found == [
        (2, "t", 'Open "it"', []),
        (2, "tn", ("{n} note", "{n} notes"), []),
    ]


def test_the_paper_about_languages_lists_those_there_are() -> None:
    paper = (ROOT / "docs/languages.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| (\S+) \|", paper, re.MULTILINE)
    assert dict(rows) == {language.tag: language.name for language in i18n.LANGUAGES}
    assert set(re.findall(r"`(codesign/locale/\w+)`", paper)) == {
        f"codesign/locale/{lang}" for lang in LANGUAGES
    }


def pairs(message: Any) -> list[tuple[str, str]]:
    """Each text of a message beside the English it stands for."""
    if not message.id:
        return []
    if isinstance(message.id, str):
        return [(message.string, message.id)]
    one, many = message.id
    # Of three forms the first is not that of 1 alone, but also of 21.
    first = one if len(message.string) == 2 else many
    return [(text, many if at else first) for at, text in enumerate(message.string)]


def texts(catalogue: Any) -> list[tuple[str, str]]:
    return [
        (english, text)
        for english, found in catalogue.items()
        if english
        for text in ([found] if isinstance(found, str) else found)
    ]


def holes(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


def bare(text: str) -> str:
    return re.sub(r"\{\w+\}", "", text)


def ending(text: str) -> str:
    """The mark a sentence ends with, if it is one that changes what the sentence is."""
    return text[-1:] if text[-1:] in tuple(".?…:") else ""

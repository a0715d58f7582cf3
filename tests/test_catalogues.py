"""From .po to the JSON that browsers and server read."""

import json
from pathlib import Path

import pytest

from codesign import catalogues

HEADER = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"
"""
RULE = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);"


def po(folder: Path, lang: str, text: str) -> Path:
    path = folder / lang / "codesign.po"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_texts_plurals_and_contexts_have_their_keys(tmp_path: Path) -> None:
    path = po(
        tmp_path,
        "sr-Cyrl",
        HEADER
        + """
msgid "Board"
msgstr "Табла"

msgctxt "verb"
msgid "Open"
msgstr "Отвори"

msgid "{count} note"
msgid_plural "{count} notes"
msgstr[0] "{count} белешка"
msgstr[1] "{count} белешке"
msgstr[2] "{count} бележака"
""",
    )
    assert catalogues.read_catalogue(path) == {
        "": {"plural": RULE},
        "Board": "Табла",
        "verb\x04Open": "Отвори",
        "{count} note": ["{count} белешка", "{count} белешке", "{count} бележака"],
    }


def test_what_is_not_translated_yet_is_left_out(tmp_path: Path) -> None:
    path = po(
        tmp_path,
        "sr-Cyrl",
        HEADER
        + """
msgid "Missing"
msgstr ""

#, fuzzy
msgid "Guessed"
msgstr "Погођено"

msgid "{count} half"
msgid_plural "{count} halves"
msgstr[0] "{count} пола"
msgstr[1] ""
msgstr[2] ""

#~ msgid "Old"
#~ msgstr "Старо"
""",
    )
    assert catalogues.read_catalogue(path) == {"": {"plural": RULE}}


def test_each_language_is_one_hashed_file_in_the_manifest(tmp_path: Path) -> None:
    po(
        tmp_path / "locale",
        "sr-Cyrl",
        HEADER + 'msgid "Love for {name}"\nmsgstr "Љубав за {name}"\n',
    )
    out = tmp_path / "dist"
    out.mkdir()
    manifest = catalogues.compile_all(tmp_path / "locale", out)
    assert sorted(manifest) == ["i18n/sr-Cyrl", "i18n/sr-Latn"]
    texts = {lang: json.loads((out / file).read_text("utf-8")) for lang, file in manifest.items()}
    assert texts == {
        "i18n/sr-Cyrl": {"": {"plural": RULE}, "Love for {name}": "Љубав за {name}"},
        "i18n/sr-Latn": {"": {"plural": RULE}, "Love for {name}": "Ljubav za {name}"},
    }
    assert catalogues.compile_all(tmp_path / "locale", out) == manifest


def test_a_latin_catalogue_of_its_own_wins_over_respelling(tmp_path: Path) -> None:
    po(tmp_path, "sr-Cyrl", HEADER + 'msgid "Board"\nmsgstr "Табла"\n')
    po(tmp_path, "sr-Latn", HEADER + 'msgid "Board"\nmsgstr "Ploča"\n')
    out = tmp_path / "dist"
    out.mkdir()
    manifest = catalogues.compile_all(tmp_path, out)
    text = json.loads((out / manifest["i18n/sr-Latn"]).read_text("utf-8"))
    assert text["Board"] == "Ploča"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "Board"\nmsgstr "Табла"\n', "the header has no Plural-Forms"),
        (HEADER + 'msgid "Board"\n"Табла" msgstr\nnonsense\n', "codesign.po"),
        (
            HEADER
            + 'msgid "a"\nmsgid_plural "b"\n'
            + "".join(f'msgstr[{n}] "x"\n' for n in range(4)),
            "more translations than num_plurals",
        ),
    ],
)
def test_a_broken_catalogue_stops_the_build_and_is_named(
    tmp_path: Path, text: str, fault: str
) -> None:
    path = po(tmp_path, "sr-Cyrl", text)
    with pytest.raises(catalogues.CatalogueError, match=fault):
        catalogues.read_catalogue(path)

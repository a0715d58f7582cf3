"""Serbian letters in both scripts, and what has to stay as it is."""

import pytest

from codesign.transliteration import to_latin

CYRILLIC = "А Б В Г Д Ђ Е Ж З И Ј К Л Љ М Н Њ О П Р С Т Ћ У Ф Х Ц Ч Џ Ш"
LATIN = "A B V G D Đ E Ž Z I J K L Lj M N Nj O P R S T Ć U F H C Č Dž Š"


def test_every_letter_of_the_alphabet() -> None:
    assert to_latin(CYRILLIC) == LATIN
    assert to_latin(CYRILLIC.lower()) == LATIN.lower()


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Љубав", "Ljubav"),
        ("ЉУБАВ", "LJUBAV"),
        ("ПОЉЕ", "POLJE"),
        ("КРАЉ", "KRALJ"),
        ("КРАЉ И КОЊ.", "KRALJ I KONJ."),
        ("НАЏАК, Џак", "NADŽAK, Džak"),
        ("Љ. Петровић", "Lj. Petrović"),
        ("Џ", "Dž"),
        ("„Њива“", "„Njiva“"),
        ("НА ЊИВИ", "NA NJIVI"),
        ("Ђорђе Џаџић", "Đorđe Džadžić"),
        ("инјекција надживети", "injekcija nadživeti"),
        ("КРА\u0301Љ", "KRA\u0301LJ"),
    ],
)
def test_capitals_of_digraphs_follow_the_word(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Codesign 3.0 – <b>&amp;</b> https://board.example/š?x=1#đ",
        "{count} %(name)s %s {0} 100%",
        "{назив} %(назив)s",
        "ї ґ є щ ь я ю ы э ё й",
        "ნდობა Čačak 🙂",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert to_latin(text) == text


def test_text_around_placeholders_changes() -> None:
    assert (
        to_latin("{name} је написао %(count)s белешки: {ЉУБАВ}")
        == "{name} je napisao %(count)s beleški: {ЉУБАВ}"
    )

"""The board of the design's first picture, and a large one, built by playing ops."""

from __future__ import annotations

from typing import Any

from codesign.core.translations import mark_of
from tests.builders import OLGA, WORKSHOP, Play, added_to, an_id

CITIES = (
    ("kutaisi", "ქუთაისი", "sun"),
    ("elbasan", "Elbasan", "apricot"),
    ("balti", "Bălți", "rose"),
    ("gjakova", "Gjakova", "lilac"),
    ("nis", "Ниш", "sky"),
    ("zenica", "Zenica", "sea"),
    ("lviv", "Львів", "leaf"),
    ("ohrid", "Охрид", "stone"),
)
PEOPLE = (
    ("nino", "ნინო კ.", "kutaisi", "ka"),
    ("tamar", "თამარ მ.", "kutaisi", "ka"),
    ("giorgi", "გიორგი ლ.", "kutaisi", "ka"),
    ("dato", "დათო ბ.", "kutaisi", "ka"),
    ("ioana", "Ioana M.", "balti", "ro"),
    ("mihai", "Mihai R.", "balti", "ro"),
    ("jelena", "Јелена Ј.", "nis", "sr-Cyrl"),
    ("marko", "Марко П.", "nis", "sr-Cyrl"),
    ("olena", "Олена К.", "lviv", "uk"),
    ("andrij", "Андрій М.", "lviv", "uk"),
    ("besa", "Besa K.", "gjakova", "sq"),
    ("ana", "Ана С.", "ohrid", "mk"),
    ("erion", "Erion D.", "elbasan", "sq"),
    ("lejla", "Lejla H.", "zenica", "bs"),
)
REGIONS = (("foot", "On foot"), ("bus", "By bus"), ("bike", "By bike and other ways"))
NOTES: tuple[tuple[str, str, str, dict[str, int]], ...] = (
    ("foot", "nino", "ტროტუარზე გაჩერებული მანქანები გზას კეტავს", {}),
    ("foot", "ioana", "Trotuare prea înguste pentru un cărucior", {"heart": 2}),
    ("foot", "jelena", "Прелаз код пијаце је опасан за старије", {}),
    ("foot", "olena", "Узимку з тротуарів не прибирають лід", {}),
    ("foot", "tamar", "ბავშვები სკოლაში მარტო ფეხით ვერ დადიან", {}),
    (
        "foot",
        "giorgi",
        "No bench between the station and the market. My mother has to stop twice.",
        {},
    ),
    ("bus", "giorgi", "საღამოს 9-ის შემდეგ ავტობუსი აღარ დადის", {"thumb": 6}),
    ("bus", "andrij", "Автобус раз на 40 хвилин — люди не чекають", {}),
    ("bus", "besa", "Autobusi nuk vjen në orar dhe askush nuk e di pse", {}),
    ("bus", "ana", "Возниот ред никаде не е истакнат", {"question": 1, "idea": 2}),
    ("bus", "dato", "ეტლით ავტობუსში ასვლა შეუძლებელია", {}),
    ("bus", "mihai", "Stațiile nu au umbră vara ☀️", {}),
    ("bike", "erion", "Nuk ka ku ta lidhësh biçikletën në qendër 🚲", {}),
    ("bike", "lejla", "Biciklistička staza se prekida na mostu", {}),
    ("bike", "tamar", "რიონის გასწვრივ ველობილიკი არ არის", {"thumb": 3}),
    ("bike", "marko", "Такси је јефтинији од аутобуса за четворо", {}),
)


def a_gathering() -> Play:
    """The workshop with its eight cities and the people who wrote."""
    workshop = Play(f"workshop:{WORKSHOP}")
    cities = [
        {"id": an_id(city), "name": name, "colour": colour, "order": f"a{at}"}
        for at, (city, name, colour) in enumerate(CITIES)
    ]
    workshop.do(
        {
            "type": "set_up_workshop",
            "title": "Cities on the move",
            "question": "How do we move?",
            "programme": an_id("programme"),
            "cities": cities,
        }
    )
    join = {"type": "join_workshop", "person": OLGA, "name": "Elira", "role": "owner"}
    workshop.do(join)
    for person, name, city, lang in PEOPLE:
        workshop.do(
            {
                "type": "join_workshop",
                "person": an_id(person),
                "name": name,
                "city": an_id(city),
                "lang": lang,
            }
        )
    return workshop


def a_board_on(workshop: Play, layout: str = "zones") -> Play:
    regions = [
        {"id": an_id(name), "title": title, "order": f"a{at}"}
        for at, (name, title) in enumerate(REGIONS)
    ]
    question = "What makes it hard to get around Kutaisi without a car?"
    return added_to(workshop, regions, title="Write ideas", layout=layout, question=question)


def write(board: Play, at: int, **place: Any) -> str:
    """The note number `at` of the picture, with its reactions; its id."""
    region, author, text, reactions = NOTES[at]
    note = an_id(f"note {at}")
    lang = next(lang for person, _, _, lang in PEOPLE if person == author)
    where = place or {"region": an_id(region), "order": f"b{at:02}"}
    op = {"type": "create_note", "id": note, "text": text, "lang": lang, **where}
    board.do(op, an_id(author))
    for reaction, n in reactions.items():
        for person, *_ in PEOPLE[:n]:
            board.do({"type": "react", "id": note, "reaction": reaction, "on": True}, an_id(person))
    return note


def translated(board: Play) -> Play:
    """Besa's note in two languages: by hand of what it said once, and by a machine of what it says."""
    note = NOTES[8][2]
    for person, lang, words, of, by_machine in (
        ("olena", "en", "The bus is never on time", note[:-1], False),
        ("nino", "ka", "=ავტობუსი", note, True),
    ):
        op = {"type": "translate_note", "id": an_id("note 8"), "lang": lang, "words": words}
        board.do({**op, "made_of": mark_of(of), "by_machine": by_machine}, an_id(person))
    return board


def the_demo() -> Play:
    """The picture `board-participant`: three zones, sixteen notes, eight cities."""
    board = a_board_on(a_gathering())
    for at in range(len(NOTES)):
        write(board, at)
    return board


def grouped() -> Play:
    """The demo with a group of three and two connectors."""
    board = the_demo()
    nino = an_id("nino")
    group = {"type": "create_cluster", "id": an_id("group"), "name": "Nobody knows when it comes"}
    board.do({**group, "region": an_id("bus"), "order": "b05"}, nino)
    for at in (6, 7, 8):
        board.do({"type": "move_item", "id": an_id(f"note {at}"), "cluster": an_id("group")}, nino)
    for name, source, target, label in (
        ("line", "note 9", "group", "is why"),
        ("other", "note 3", "note 2", ""),
    ):
        ends = {"from": an_id(source), "to": an_id(target), "label": label}
        board.do({"type": "create_connector", "id": an_id(name), **ends}, nino)
    return board


def large(notes: int = 2_000) -> Play:
    """The same words again and again, all over the board."""
    board = a_board_on(a_gathering())
    for at in range(notes):
        region, author, text, _ = NOTES[at % len(NOTES)]
        op = {"type": "create_note", "id": an_id(f"large {at}"), "text": f"{text} {at}"}
        board.do({**op, "region": an_id(region), "order": f"c{at:05}"}, an_id(author))
    return board

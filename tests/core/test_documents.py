"""Words of one's own in documents, and the versions that are kept of them: on the closed side of a programme."""

from __future__ import annotations

from codesign.core.decision import Accepted, Refused
from codesign.core.rules.documents import VERSIONS_MOST
from tests.builders import ANNA, Play, a_closed_side, a_register, an_id

WORDS = {"type": "write_document", "document": "action-plan", "section": "actions"}


def closed() -> Play:
    return a_closed_side(a_register(None))


def texts(play: Play) -> list[str]:
    return [str(one["text"]) for one in play.state.of_kind("writing")]


def keep(play: Play, name: str, at: int, document: str = "action-plan") -> None:
    said = {"document": document, "title": name, "seq": 1, "closed_seq": 1}
    op = {"type": "keep_version", "id": an_id(name), **said}
    assert isinstance(play.ask(op, now=at), Accepted)


def test_words_of_a_chapter_are_one_writing_that_changes() -> None:
    play = closed()
    play.ask({**WORDS, "text": "First"})
    play.ask({**WORDS, "text": " Second "})
    play.ask({**WORDS, "section": "", "text": "At the head"})
    assert sorted(texts(play)) == ["At the head", "Second"]
    play.ask({**WORDS, "text": ""})
    assert sorted(texts(play)) == ["", "At the head"]


def test_who_leads_asks_the_page_and_not_the_stream() -> None:
    answer = closed().ask({**WORDS, "text": "Mine"}, ANNA)
    assert isinstance(answer, Refused)
    assert answer.code == "forbidden"


def test_the_newest_versions_of_a_document_stand() -> None:
    play = closed()
    keep(play, "of another", 1, "investment-plan")
    for n in range(VERSIONS_MOST + 2):
        keep(play, f"version {n}", n)
    titles = {str(one["title"]) for one in play.state.of_kind("version")}
    assert len(titles) == VERSIONS_MOST + 1
    assert {"version 0", "version 1"}.isdisjoint(titles)
    assert "of another" in titles

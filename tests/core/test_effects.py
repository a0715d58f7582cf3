"""Effects: what follows elsewhere, named after its source so that twice adds nothing."""

from __future__ import annotations

from codesign.core.effects import Due, Effect, dues_of
from tests.builders import BOARD, OLGA, WORKSHOP, Play, a_board, a_workshop, an_id, content


def test_a_due_is_named_after_its_entry_and_comes_at_its_time() -> None:
    effects = (Effect("board:x", {"type": "a"}), Effect("board:y", {"type": "b"}, delay=500))
    assert dues_of(effects, stream="workshop:w", seq=7, now=1_000) == (
        Due("workshop:w/7/0", 1_000, "board:x", {"type": "a"}),
        Due("workshop:w/7/1", 1_500, "board:y", {"type": "b"}),
    )


def test_adding_a_board_has_it_set_up_on_its_own_stream() -> None:
    workshop = a_workshop()
    add = {"type": "add_board", "board": BOARD, "title": "Ideas", "layout": "zones"}
    region = {"id": an_id("region"), "title": "Now", "order": "a0"}
    workshop.do({**add, "question": "What if?", "regions": [region]}, OLGA)
    set_up = {"type": "set_up_board", "workshop": WORKSHOP, "layout": "zones"}
    assert workshop.effects == [
        Effect(f"board:{BOARD}", {**set_up, "question": "What if?", "regions": [region]})
    ]


def test_an_effect_done_twice_adds_nothing() -> None:
    board = a_board()
    before, head = content(board.state), board.head
    set_up = {"type": "set_up_board", "workshop": WORKSHOP, "layout": "free"}
    board.do({**set_up, "question": "Again?"})
    assert (content(board.state), board.head) == (before, head)


def test_two_effects_of_one_batch_have_two_names() -> None:
    workshop: Play = a_workshop()
    add = {"type": "add_board", "title": "Ideas", "layout": "free", "question": "?"}
    both = [{**add, "board": an_id("one")}, {**add, "board": an_id("two")}]
    accepted = workshop.do({"type": "all", "ops": both}, OLGA)
    dues = dues_of(accepted.effects, stream=workshop.stream, seq=workshop.head, now=0)
    assert [due.stream for due in dues] == [f"board:{an_id('one')}", f"board:{an_id('two')}"]
    assert len({due.id for due in dues}) == 2

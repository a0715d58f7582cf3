"""Taking back what was expected of an op that is answered or refused. Twin of withdrawals.js."""

from __future__ import annotations

from codesign.core.changes import PutItem
from codesign.core.text import BadSplice, apply_splices
from codesign.sync.follows import Follows
from codesign.sync.outbox import Outbox
from codesign.sync.pending import Pending
from codesign.sync.replica import Touched
from codesign.sync.texts import Texts
from codesign.sync.undo import Undo

#: Where an item keeps its words.
WORDS = ("text", "title", "name", "label")


class Withdrawals:
    def __init__(self, outbox: Outbox, follows: Follows, texts: Texts, undo: Undo) -> None:
        self._outbox = outbox
        self._follows = follows
        self._texts = texts
        self._undo = undo

    def forget(self, pending: Pending, touch: Touched) -> None:
        """An op is answered: its expectation goes."""
        self._outbox.remove(pending)
        self._texts.forget(pending)
        followed = self._follows.streams.get(pending.stream)
        if pending.is_laid and followed is not None:
            followed.replica.lift(pending.layers, touch)

    def give_up(self, pending: Pending) -> Touched:
        """Takes back what a refused op expected, and what was asked of items that will never be."""
        touch = Touched()
        self._undo.forget(pending.n)
        self.forget(pending, touch)
        if pending.spot is not None and pending.is_laid:
            self._texts.abandon(pending.stream, pending.spot, touch)
        if never := pending.made:
            self._give_up_all_of(pending.stream, never, touch)
        return touch

    def words_of(self, pending: Pending) -> str:
        """The latest words of what was refused, to be offered back."""
        replica = self._follows.get(pending.stream).replica
        if pending.spot is not None:
            writing = replica.writing(pending.spot) if pending.is_laid else None
            if writing is not None:
                return writing.shown
            return _text_after(pending)
        if pending.op["type"] == "translate_note":
            return str(pending.op["words"])
        items = [replica.view.items.get(item_id, {}) for item_id in pending.made]
        words = [next((str(item[key]) for key in WORDS if key in item), "") for item in items]
        return "\n".join(filter(None, words))

    def words_asked(self, pending: Pending) -> str:
        """The words of an op that was never laid over the view, with what was typed into them since."""
        puts = [change.item for change in pending.changes if isinstance(change, PutItem)]
        words = {item["id"]: str(item.get("text", "")) for item in puts}
        for edit in self._outbox.all:
            if edit.spot and edit.spot[0] in words and edit.stream == pending.stream:
                words[edit.spot[0]] = _text_after(edit)
        return "\n".join(filter(None, words.values()))

    def waits_for_create(self, pending: Pending) -> bool:
        """Its item was asked before it, and is unanswered too."""
        for other in self._outbox.all:
            if other is pending:
                return False
            is_open = other.stream == pending.stream and other.acked is None
            if is_open and pending.is_only_of(other.made):
                return True
        return False

    def _give_up_all_of(self, stream: str, never: set[str], touch: Touched) -> None:
        for other in self._outbox.all:
            if other.stream == stream and other.acked is None and other.is_only_of(never):
                self._undo.forget(other.n)
                self.forget(other, touch)
        for spot, _ in list(self._follows.get(stream).replica.writings()):
            if spot[0] in never:
                self._texts.abandon(stream, spot, touch)


def _text_after(edit: Pending) -> str:
    """The text that an edit was to make; what it put in, where its note is gone and the text with it."""
    splices = [(at, cut, put) for at, cut, put in edit.op["splices"]]
    try:
        return apply_splices(edit.text, splices)
    except BadSplice:
        return "".join(put for _, _, put in splices)

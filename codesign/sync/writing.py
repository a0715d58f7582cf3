"""One text field under somebody's hands (P5). Twin of static/js/board/writing.js."""

from __future__ import annotations

from codesign.core.limits import SPLICES_PER_EDIT
from codesign.core.text import Splices, apply_splices, invert, rebase, splices_between
from codesign.sync.compose import compose

#: Splices and the text they speak of, as a queue keeps them.
Kept = tuple[str, Splices]


class Writing:
    """The confirmed text, one unanswered edit, what was typed since, and what is seen."""

    def __init__(self, text: str) -> None:
        #: The text as the journal has it.
        self.confirmed = text
        #: What the person sees.
        self.shown = text
        #: The unanswered edit, in terms of the confirmed text.
        self.sent: Splices | None = None
        #: Typed since, in terms of the text after the unanswered edit.
        self.later: Splices = ()
        #: The next edit waits until this entry was applied.
        self.wait_for = 0
        self._composing: tuple[Splices, Splices] | None = None

    @property
    def is_idle(self) -> bool:
        return self.sent is None and not self.later and self._composing is None

    @property
    def is_composing(self) -> bool:
        return self._composing is not None

    # What the person does

    def type(self, text: str) -> None:
        typed = splices_between(self.shown, text)
        if self._composing is None:
            self.later = self._few(compose(self.later, typed))
        else:
            self._composing = (compose(self._composing[0], typed), self._composing[1])
        self.shown = text

    def compose(self, *, on: bool) -> None:
        """While somebody composes (an input method), others' words wait outside the field."""
        if on == (self._composing is not None):
            return
        if self._composing is None:
            self._composing = ((), ())
            return
        typed, held = self._composing
        self._composing = None
        self.later = self._few(compose(self.later, rebase(typed, held)))
        self._show(rebase(held, typed, earlier=True))

    # What is asked and answered

    def take(self) -> Splices | None:
        """What was typed, as the edit to ask now; None when there is nothing, or one unanswered."""
        if self.sent is not None or not self.later:
            return None
        self.sent, self.later = self.later, ()
        return self.sent

    def fold(self) -> None:
        """What was typed goes into the edit at hand, which nobody has been sent yet."""
        if self.sent is None:
            return
        both = compose(self.sent, self.later)
        if len(both) > SPLICES_PER_EDIT:
            both = splices_between(self.confirmed, self._seen())
        self.sent, self.later = both, ()

    def untake(self) -> None:
        """The edit at hand becomes typing again, to be asked anew."""
        if self.sent is not None:
            later = compose(self.sent, self.later)
            self.sent = None
            self.later = self._few(later)

    def settle(self, text: str) -> None:
        """Our edit is in the journal, and the confirmed text is now this."""
        expected = self._middle()
        self.confirmed, self.sent = text, None
        self._underneath(splices_between(expected, text))

    def withdraw(self) -> None:
        """The edit at hand was refused, or is in the confirmed text already."""
        if self.sent is not None:
            back, self.sent = invert(self.sent), None
            self._underneath(back)

    def abandon(self) -> None:
        """Gives up everything that is not confirmed."""
        self.sent, self.later, self._composing = None, (), None
        self.shown = self.confirmed

    # What others do

    def incoming(self, splices: Splices) -> None:
        """Somebody else's edit of the confirmed text."""
        self.confirmed = apply_splices(self.confirmed, splices)
        above = splices
        if self.sent is not None:
            above = rebase(splices, self.sent, earlier=True)
            self.sent = rebase(self.sent, splices)
        self._underneath(above)

    def retarget(self, text: str) -> None:
        """The confirmed text is another one now: a fresh snapshot, or an item put again."""
        self.incoming(splices_between(self.confirmed, text))

    # What a queue keeps

    @property
    def later_kept(self) -> Kept | None:
        typed, held = self._composing or ((), ())
        splices = compose(self.later, rebase(typed, held))
        return (self._middle(), splices) if splices else None

    def resume(self, kept: Kept) -> None:
        """Lays an edit of a queue over the confirmed text, which may have moved on since."""
        text, splices = kept
        sent = rebase(splices, splices_between(text, self.confirmed))
        self._underneath(sent)
        self.sent = sent

    def resume_later(self, kept: Kept) -> None:
        """The same for what was typed after it."""
        text, splices = kept
        typed = rebase(splices, splices_between(text, self._seen()))
        self.later = self._few(compose(self.later, typed))
        self._show_or_hold(typed)

    # Inside

    def _middle(self) -> str:
        """The text after the edit at hand."""
        return self.confirmed if self.sent is None else apply_splices(self.confirmed, self.sent)

    def _seen(self) -> str:
        """The text with everything but what is being composed."""
        return apply_splices(self._middle(), self.later)

    def _underneath(self, splices: Splices) -> None:
        """A change of the text below what was typed since."""
        above = rebase(splices, self.later, earlier=True)
        self.later = rebase(self.later, splices)
        self._show_or_hold(above)

    def _show_or_hold(self, splices: Splices) -> None:
        if self._composing is None:
            self._show(splices)
        else:
            self._composing = (self._composing[0], compose(self._composing[1], splices))

    def _show(self, splices: Splices) -> None:
        self.shown = apply_splices(self.shown, splices)

    def _few(self, later: Splices) -> Splices:
        if len(later) <= SPLICES_PER_EDIT:
            return later
        middle = self._middle()
        return splices_between(middle, apply_splices(middle, later))

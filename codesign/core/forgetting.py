"""What a name becomes when it is taken out."""

from __future__ import annotations

#: *Nomen nescio*, "I do not know the name": understood in every language there is a catalogue for.
NOBODY = "N. N."

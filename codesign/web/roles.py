"""What roles are called on pages."""

from __future__ import annotations

from codesign.i18n import N_

ROLE_WORDS = {
    "owner": N_("Owner"),
    "facilitator": N_("Facilitator"),
    "co-facilitator": N_("Co-facilitator"),
    "host": N_("Table host"),
    "participant": N_("Participant"),
    "expert": N_("Expert"),
    "observer": N_("Observer"),
}
#: What somebody may do who comes in by a link that carries a role.
ROLE_HINTS = {
    "co-facilitator": N_("leads the workshop with you"),
    "host": N_("writes and votes, and looks after a table"),
    "participant": N_("writes and votes"),
    "expert": N_("writes where a step allows it, and does not vote"),
    "observer": N_("reads, and does not write or vote"),
}
#: The same, said to whoever joins by it.
ROLE_YOU = {
    "co-facilitator": N_("You lead the workshop with others."),
    "host": N_("You write and vote, and look after a table."),
    "expert": N_("You write where the workshop asks you to, and do not vote."),
    "observer": N_("You read along. You do not write or vote."),
}

"""What a system map says, in the reader's words; the same sentences as static/js/board/maps/words.js."""

from __future__ import annotations

from collections.abc import Mapping

from codesign.core.computed.loops import Loop
from codesign.core.stream import Item
from codesign.i18n import N_, Words

POLARITIES = {
    "+": N_("makes more"),
    "-": N_("makes less"),
    "mixed": N_("now more, now less"),
    "unknown": N_("nobody knows yet"),
}
#: The mark of a sign, as it stands on its link.
SIGNS = {"+": "+", "-": "−", "mixed": "±", "unknown": "?"}
DELAYS = {"none": N_("at once"), "months": N_("after months"), "years": N_("after years")}
STRENGTHS = {1: N_("weak"), 2: N_("middling"), 3: N_("strong")}
CERTAINTIES = {1: N_("a guess"), 2: N_("fairly sure"), 3: N_("sure")}
ROLES = {
    "focal": N_("what it is all about"),
    "outcome": N_("outcome"),
    "driver": N_("driver"),
    "intervention": N_("what we could do"),
    "external": N_("from outside"),
}
WANTED = {
    "up": N_("wanted more"),
    "down": N_("wanted less"),
    "stable": N_("wanted as it is"),
    "open": N_("not decided"),
}
KINDS = {"reinforcing": N_("reinforcing"), "balancing": N_("balancing"), "open": N_("open")}
_LINKS = {
    "+": N_("More “{from}” makes more “{to}”"),
    "-": N_("More “{from}” makes less “{to}”"),
    "mixed": N_("More “{from}” makes now more, now less “{to}”"),
    "unknown": N_("“{from}” changes “{to}”; nobody knows yet which way"),
}


def called(factor: Item) -> str:
    """Its first name: the other language is behind the dot."""
    return str(factor.get("label", "")).partition(" · ")[0]


def link_says(link: Item, factors: Mapping[str, Item], words: Words) -> str:
    names = {"from": called(factors[link["from"]]), "to": called(factors[link["to"]])}
    said = words.gettext(_LINKS.get(link["polarity"], _LINKS["unknown"]), **names)
    more = [STRENGTHS.get(link.get("strength", 0)), ""]
    if link.get("delay", "none") != "none":
        more.append(DELAYS[link["delay"]])
    return ", ".join([said, *(words.gettext(one) for one in more if one)])


def loop_says(
    loop: Loop, factors: Mapping[str, Item], links: Mapping[str, Item], words: Words
) -> str:
    """It begins with more of its first factor and follows the signs round."""
    delay = f" {words.gettext('Somewhere in it there is a delay.')}" if loop.delayed else ""
    names = [called(factors[id]) for id in loop.factors]
    if loop.kind == "open":
        return _open_says(names, words) + delay
    rises, steps = True, []
    for name, id in zip(names[1:], loop.links, strict=False):
        rises = rises if links[id]["polarity"] == "+" else not rises
        sentence = N_("“{label}” rises") if rises else N_("“{label}” falls")
        steps.append(words.gettext(sentence, label=name))
    said = {"first": names[0], "chain": ", ".join(steps)}
    if loop.kind == "reinforcing":
        ends = N_(
            "When “{first}” rises, {chain}, and then “{first}” rises even more. "
            "It feeds itself, and would do so downwards as well."
        )
    else:
        ends = N_(
            "When “{first}” rises, {chain}, and then “{first}” falls again. It holds itself back."
        )
    return words.gettext(ends, **said) + delay


def _open_says(names: list[str], words: Words) -> str:
    steps = " → ".join(f"“{name}”" for name in names)
    return words.gettext(
        "{steps} and back again. A sign in it is not known, "
        "so nobody can tell whether it grows or settles.",
        steps=steps,
    )

"""What problem trees and journeys come to: roots, loose ends, causes that no aim answers; lowest points and pains."""

from __future__ import annotations

from collections.abc import Callable

from codesign.core.computed import journeys, trees
from codesign.results.facts import Facts, Record, Said, named


def _core(facts: Facts) -> str:
    return next((one["id"] for one in facts.of("tree_node") if one.get("side") == "core"), "")


def _roots(facts: Facts) -> Said:
    nodes = [one for one in facts.of("tree_node") if one.get("side") != "effects"]
    ids = trees.root_causes(nodes, _core(facts))
    yield from named(facts, facts.words.gettext("Where it begins"), ids)


def _loose(facts: Facts) -> Said:
    nodes = facts.of("tree_node")
    ids = trees.loose(nodes, _core(facts)) if nodes else []
    yield from named(facts, facts.words.gettext("Not tied to the core problem"), ids)


def _without_aim(facts: Facts) -> Said:
    """Causes that nobody has turned into something achieved."""
    causes = [one["id"] for one in facts.of("tree_node") if one.get("side") == "causes"]
    answered = [{"aim": one["id"]} for one in facts.of("tree_node") if one.get("aim")]
    ids = trees.without(causes, answered, "aim")
    yield from named(facts, facts.words.gettext("Causes without an aim"), ids)


def _without_action(facts: Facts) -> Said:
    """Aims that no action of the programme names as its objective or in what it brings."""
    words = {str(one.get("output") or "").strip().casefold() for one in facts.all("action")}
    words |= {str(one.get("title") or "").strip().casefold() for one in facts.all("action")}
    nodes = facts.of("tree_node")
    means = [one for one in nodes if one.get("aim") and one.get("side") == "causes"]
    said = [str(one["aim"]) for one in means if str(one["aim"]).strip().casefold() not in words]
    yield facts.words.gettext("Aims without an action"), tuple(said)


def journeys_of(facts: Facts) -> dict[str, dict[str, list[Record]]]:
    """For each persona (or nobody) the phases as they are and as they should be, in their order."""
    found: dict[str, dict[str, list[Record]]] = {}
    for one in sorted(facts.of("phase"), key=lambda one: one.get("number") or 10**6):
        sides = found.setdefault(str(one.get("persona") or ""), {"as_is": [], "to_be": []})
        sides[str(one.get("journey") or "as_is")].append(one)
    return found


def _each(facts: Facts, title: str, say: Callable[[list[Record]], str]) -> Said:
    """One sentence for each person whose way it is."""
    said = []
    for persona, sides in journeys_of(facts).items():
        words = say(sides["as_is"])
        name = facts.name(persona)
        said += [f"{name}: {words}" if name else words] if words else []
    yield title, tuple(said)


def _lowest(facts: Facts) -> Said:
    _ = facts.words.gettext
    title = _("Where it is worst")
    yield from _each(facts, title, lambda phases: facts.name(journeys.lowest_point(phases)))


def _channels(facts: Facts) -> Said:
    words = facts.words

    def say(phases: list[Record]) -> str:
        n = journeys.channel_changes(phases)
        return words.ngettext("{n} change of channel", "{n} changes of channel", n) if n else ""

    yield from _each(facts, words.gettext("How often the way changes"), say)


def _minutes(facts: Facts) -> Said:
    words = facts.words

    def say(phases: list[Record]) -> str:
        n = journeys.total_minutes(phases)
        return words.ngettext("{n} minute", "{n} minutes", n) if n else ""

    yield from _each(facts, words.gettext("Time it takes"), say)


def _pains(facts: Facts) -> Said:
    ways = journeys_of(facts).values()
    ids = [id for sides in ways for id in journeys.pains_without_opportunity(sides["as_is"])]
    yield from named(facts, facts.words.gettext("Pains nobody mends"), ids)


def _difference(facts: Facts) -> Said:
    _ = facts.words.gettext
    labels = {
        "minutes": _("Minutes"),
        "channel_changes": _("Changes of channel"),
        "lowest_feeling": _("Lowest feeling"),
    }
    for sides in journeys_of(facts).values():
        if sides["as_is"] and sides["to_be"]:
            found = journeys.difference(sides["as_is"], sides["to_be"])
            said = [f"{labels[name]}: {n:+g}" for name, n in found.items() if n is not None]
            yield _("From today to how it should be"), tuple(said)


FINDINGS: dict[str, Callable[[Facts], Said]] = {
    "root_causes": _roots,
    "loose_nodes": _loose,
    "causes_without_aim": _without_aim,
    "aims_without_action": _without_action,
    "feeling_curve": _lowest,
    "channel_changes": _channels,
    "total_minutes": _minutes,
    "pains_without_opportunity": _pains,
    "as_is_to_be": _difference,
}

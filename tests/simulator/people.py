"""What people do on their pages. Every letter they type is its own, so that it can be followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codesign.core.items import COLOURS, REACTIONS, TEXT_FIELDS
from tests.builders import OLGA, REGION, SECOND_REGION, an_id
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM

if TYPE_CHECKING:
    from tests.simulator.pages import Page
    from tests.simulator.world import World

Item = dict[str, Any]
SIZE = {"w": 10_000, "h": 8_000}


class Person:
    def __init__(self, world: World, person: str, *, may_undo: bool) -> None:
        self.world = world
        self.random = world.random
        self.person = person
        self.may_undo = may_undo
        #: By page, the text in which an input method is at work: others' words wait there.
        self.composing: dict[Page, tuple[str | None, str]] = {}

    def act(self) -> None:
        mine = [page for page in self.world.pages if page.person == self.person]
        pages = [page for page in mine if not page.is_over and not page.is_asleep]
        if not pages:
            return
        page = self.random.choice(pages)
        if page in self.composing and self.random.random() < 0.5:
            self.compose_no_more(page)
        view = page.look()
        if not view["seq"]:
            return
        acts = [
            (25, self.write),
            (60, self.edit),
            (15, self.move),
            (5, self.recolour),
            (12, self.react),
            (8, self.cluster),
            (15, self.group),
            (4, self.connect),
            (6, self.delete),
            (4, self.do_several),
            (2, self.rename),
            (1, self.release),
            (12 if self.may_undo else 0, self.undo),
        ]
        (act,) = self.random.choices([a for _, a in acts], [weight for weight, _ in acts])
        act(page, view)

    # What they do

    def write(self, page: Page, view: Item) -> None:
        self.ask(page, self.a_note(view))

    def edit(self, page: Page, view: Item) -> None:
        """Types into a text, takes letters out of it, or both."""
        writable = [item for item in view["items"] if item["kind"] in TEXT_FIELDS]
        if self.random.random() < 0.1 and self.person == OLGA:
            return self.type(page, None, "question", view["fields"].get("question", ""))
        if not writable:
            return self.write(page, view)
        item = self.random.choice(writable[-6:])
        field, _ = TEXT_FIELDS[item["kind"]]
        return self.type(page, item["id"], field, item.get(field, ""))

    def type(self, page: Page, item: str | None, field: str, before: str) -> None:
        at = self.random.randint(0, len(before))
        gone = self.random.choice([0, 0, 0, 1, 2, 5])
        fresh = self.letters(self.random.choice([0, 1, 1, 2, 3]) or (0 if gone else 1))
        after = before[:at] + fresh + before[at + gone :]
        if after == before:
            return
        if page not in self.composing and self.random.random() < 0.15:
            self.composing[page] = (item, field)
            page.do("composing", BOARD_STREAM, item, field, True)
        self.world.checks.typed(page, item, fresh)
        self.world.checks.took_out(before[at : at + gone])
        n = page.do("edit_text", BOARD_STREAM, item, field, after)
        self.world.note(f"{page.client[:8]} types {before!r} -> {after!r} in {item} ({n})")

    def compose_no_more(self, page: Page) -> None:
        if not page.is_over and page in self.world.pages:
            page.do("composing", BOARD_STREAM, *self.composing[page], False)
        del self.composing[page]

    def move(self, page: Page, view: Item) -> None:
        kinds = ("note", "cluster", "image", "heading")
        if item := self.some(view, *kinds):
            self.ask(page, {"type": "move_item", "id": item["id"], **self.place(view)})

    def recolour(self, page: Page, view: Item) -> None:
        if item := self.some(view, "note"):
            colour = self.random.choice(COLOURS)
            self.ask(page, {"type": "recolour", "id": item["id"], "colour": colour})

    def react(self, page: Page, view: Item) -> None:
        if item := self.some(view, "note", "cluster"):
            on = self.random.random() < 0.6
            reaction = self.random.choice(REACTIONS[:2])
            self.ask(page, {"type": "react", "id": item["id"], "reaction": reaction, "on": on})

    def cluster(self, page: Page, view: Item) -> None:
        made = {"type": "create_cluster", "id": self.new_id(), "name": self.letters(2)}
        self.ask(page, {**made, **self.place(view)})

    def group(self, page: Page, view: Item) -> None:
        note, cluster = self.some(view, "note"), self.some(view, "cluster")
        if note:
            into = cluster["id"] if cluster and self.random.random() < 0.7 else None
            self.ask(page, {"type": "move_item", "id": note["id"], "cluster": into})

    def connect(self, page: Page, view: Item) -> None:
        one, other = self.some(view, "note", "cluster"), self.some(view, "note", "cluster")
        if one and other and one is not other:
            ends = {"from": one["id"], "to": other["id"], "label": self.letters(1)}
            self.ask(page, {"type": "create_connector", "id": self.new_id(), **ends})

    def delete(self, page: Page, view: Item) -> None:
        if item := self.some(view, "note", "cluster", "connector"):
            for gone in view["items"]:
                if item["id"] in (gone["id"], gone.get("from"), gone.get("to")):
                    self.world.checks.took_out(gone.get(TEXT_FIELDS[gone["kind"]][0], ""))
            self.ask(page, {"type": "delete_item", "id": item["id"]})

    def do_several(self, page: Page, view: Item) -> None:
        ops = [self.a_note(view) for _ in range(self.random.randint(1, 3))]
        ops += [
            {"type": "recolour", "id": item["id"], "colour": "leaf"}
            for item in view["items"][-3:]
            if item["kind"] == "note"
        ]
        self.ask(page, {"type": "all", "ops": ops})

    def rename(self, page: Page, view: Item) -> None:
        name = f"Name {self.random.randrange(5)}"
        op = {"type": "rename_person", "person": self.person, "name": name}
        page.do("ask", WORKSHOP_STREAM, op)

    def release(self, page: Page, view: Item) -> None:
        """What this person has hidden so far is for everyone."""
        page.do("release")
        self.world.note(f"{page.client[:8]} releases what it hides")

    def undo(self, page: Page, view: Item) -> None:
        self.world.checks.took_back(self.person)
        done = page.do(self.random.choice(["undo", "undo", "redo"]))
        self.world.note(f"{page.client[:8]} takes something back: {done}")

    # How

    def ask(self, page: Page, op: Item) -> None:
        ops = op["ops"] if op["type"] == "all" else [op]
        for one in ops:
            words = one.get("text", "") + one.get("name", "") + one.get("label", "")
            self.world.checks.typed(page, one.get("id"), words)
        n = page.do("ask", BOARD_STREAM, op)
        self.world.note(f"{page.client[:8]} asks {n}: {op}")

    def a_note(self, view: Item) -> Item:
        note = {"type": "create_note", "id": self.new_id(), "text": self.letters(3)}
        return {**note, **self.place(view)}

    def place(self, view: Item) -> Item:
        if view["fields"]["layout"] == "free":
            spots = [0, 2_400, 4_800]
            return {"x": self.random.choice(spots), "y": self.random.choice(spots)}
        region = self.random.choice([REGION, SECOND_REGION])
        return {"region": region, "order": self.random.choice(["a0", "a1", "a0V"])}

    def some(self, view: Item, *kinds: str) -> Item | None:
        fitting = [item for item in view["items"] if item["kind"] in kinds]
        return self.random.choice(fitting[-8:]) if fitting else None

    def letters(self, count: int) -> str:
        start = 0x4E00 + self.world.made
        self.world.made += count
        return "".join(map(chr, range(start, start + count)))

    def new_id(self) -> str:
        self.world.made += 1
        return an_id(f"item {self.world.made}")

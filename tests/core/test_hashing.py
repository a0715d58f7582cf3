"""One spelling of a state, and the hashes of it (P6.9)."""

from __future__ import annotations

import hashlib

from codesign.core.hashing import canonical, item_hash, state_hash, xor_of
from codesign.core.stream import Draft, State

FISH = {"kind": "note", "id": "fish", "text": 'рыба "ა" 😀\n'}


def test_canonical_json_has_sorted_keys_no_spaces_and_plain_letters() -> None:
    assert canonical(FISH) == '{"id":"fish","kind":"note","text":"рыба \\"ა\\" 😀\\n"}'.encode()


def test_an_item_hash_is_the_first_eight_bytes_of_sha256() -> None:
    digest = hashlib.sha256(canonical(FISH)).hexdigest()
    assert f"{item_hash(FISH):016x}" == digest[:16]


def test_the_xor_of_a_state_counts_its_fields_as_one_more_item() -> None:
    state = State({"layout": "free"}, {"fish": FISH})
    assert xor_of(state) == item_hash(FISH) ^ item_hash({"layout": "free"})
    assert xor_of(Draft(state)) == xor_of(state)


def test_the_hash_of_a_state_does_not_depend_on_the_order_of_its_items() -> None:
    tree = {"id": "tree", "kind": "note"}
    one, other = State({}, {"a": FISH, "b": tree}), State({}, {"b": tree, "a": FISH})
    assert state_hash(one) == state_hash(other)
    assert state_hash(one) != state_hash(State({}, {"a": FISH}))

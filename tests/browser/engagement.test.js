import assert from "node:assert/strict";
import { test } from "node:test";

import { overdueContacts, withoutARow } from "../../static/js/board/records/plan.js";

// The cases of tests/core/computed/test_diagnosis.py and its neighbours, for the twin in Python.
const actors = [{ id: "council", class: "key" }, { id: "riders", class: "primary" }, { id: "drivers", veto: true, class: "secondary" }];

test("key actors and those who can say no need a row, others do not", () => {
  assert.deepEqual(withoutARow(actors, []), ["council", "drivers"]);
  assert.deepEqual(withoutARow(actors, [{ stakeholder: "drivers" }]), ["council"]);
});

test("a contact is overdue from the day after, and never without a day", () => {
  const rows = [{ id: "past", next: "2026-03-01" }, { id: "today", next: "2026-03-02" }, { id: "open" }];
  assert.deepEqual(overdueContacts(rows, "2026-03-02"), ["past"]);
});

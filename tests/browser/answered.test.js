import assert from "node:assert/strict";
import { test } from "node:test";

import { Answered } from "../../static/js/board/panels/answered.js";

test("what was refused was not sent, whichever is told first", () => {
  for (const before of [true, false]) {
    const answered = new Answered();
    answered.count(3);
    if (before) answered.refuse();
    answered.count(0);
    if (!before) answered.refuse();
    assert.equal(answered.sent, 2);
  }
});

test("it is counted anew from each time away", () => {
  const answered = new Answered();
  answered.count(2);
  answered.count(0);
  answered.begin();
  answered.count(1);
  assert.deepEqual([answered.unsent, answered.sent], [1, 0]);
});

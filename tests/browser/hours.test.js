// Dates where the browser knows the language, and where it knows its outline alone.

import { deepEqual, equal } from "node:assert/strict";
import test from "node:test";
import { daysIn, inNumbers, knowsMonths } from "../../static/js/lib/hours.js";

const AT = Date.UTC(2026, 10, 22, 12);

test("a month has its name where the browser knows it", () => {
  equal(daysIn("sq", { day: "numeric", month: "long", timeZone: "UTC" }).format(AT), "22 nëntor");
});

test("where it is called M11 the date is in numbers, with its year", () => {
  const outline = { formatToParts: () => [{ type: "day", value: "22" }, { type: "literal", value: " " }, { type: "month", value: "M11" }] };
  equal(knowsMonths(outline), false);
  equal(knowsMonths(new Intl.DateTimeFormat("ka", { hour: "numeric" })), true);
  const asked = /** @type {const} */ ({ weekday: "short", day: "numeric", month: "long", timeZone: "UTC" });
  deepEqual(inNumbers(asked), { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" });
  deepEqual(inNumbers({ month: "short", year: "numeric" }), { month: "2-digit", year: "numeric" });
});

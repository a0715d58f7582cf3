/**
 * The ways in which actors stand on a board: one plane for each method. A plane says who has a place, where that is on the
 * screen, what a record says when it is put somewhere, and all of it in words. Board, list, phone and menus ask it.
 *
 * @typedef {import("../../model.js").Item} Item
 * @typedef {import("lit-html").TemplateResult} Template
 * @typedef {{x: number, y: number}} Point 0 to 1 on each axis, from the upper left
 * @typedef {{place?: {x: number, y: number}, spot?: Point, fields?: Record<string, any>}} To
 *   `place`: on two axes of 0 to 100, agreed or as one person sees it; `spot`: on this board alone; `fields`: what the record says
 * @typedef {{
 *   standing: (record: Item) => {x: number, y: number} | null, placement: (id: string) => Item | undefined,
 * }} Where where people put a record: on two axes, and on this board
 * @typedef {{code: string, title: string}} Group
 * @typedef {{
 *   label: () => string, empty: () => string, gap?: number, lines: boolean, isRead?: boolean, isFree?: boolean,
 *   has: (record: Item) => boolean, spots: (records: readonly Item[], where: Where) => Map<string, Point>, at: (record: Item, point: Point) => To,
 *   groups: () => Group[], group: (record: Item) => string, says: (record: Item, where: Where) => string, tags?: (record: Item) => string[],
 *   beneath: () => Template, chooser: (record: Item, how: Where & {put: (to: To) => void}) => Template,
 *   code: (record: Item, where: Where) => string, then: (record: Item, code: string) => Item,
 * }} Plane
 *   `lines`: are all relations shown at first; `isRead`: may each person place for themselves; `isFree`: no place says anything;
 *   `code`: where it stands, to be kept; `then`: the record as it was when that was kept
 */
import { GRID } from "./grid.js";
import { NET } from "./net.js";
import { ONION } from "./onion.js";
import { RINGS } from "./rings.js";
import { SALIENCE } from "./salience.js";

/** @type {Record<string, Plane>} */
export const PLANES = { "power-interest": GRID, "actor-map": RINGS, onion: ONION, salience: SALIENCE, "net-map": NET };

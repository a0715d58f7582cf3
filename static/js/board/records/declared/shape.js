/**
 * What the method of a board declares, as codesign/results/method_form.py tells it: its kinds and their fields in the
 * reader's words, its regions, and how they lie. And which records of the programme this board shows.
 *
 * @typedef {import("../../model.js").Item} Item
 * @typedef {import("../kinds.js").Field} Field
 * @typedef {{id: string, title: string, kind: string}} Region
 * @typedef {{
 *   name: string, label: string, fields: Field[], shown: string[] | null, place: string, region: string, row: string, each: string, value: string,
 *   joins: boolean, parent: string, under: string,
 * }} Kind
 * @typedef {{id: string, title: string, layout: string, prompts: string[], regions: Region[], rows: Region[], kinds: Kind[]}} Told
 */
import { declare } from "../kinds.js";

/** What stands on one board only, and is not offered on another. */
const OF_ONE_BOARD = new Set(["canvas_entry", "tree_node", "phase"]);

export class Shape {
  /** @param {Told} told @param {import("../registers.js").Registers} registers */
  constructor(told, registers) {
    this.told = told;
    for (const kind of told.kinds) kind.fields = asked(kind);
    this.registers = registers;
    declare(told.kinds);
  }

  /** Kinds that people add one by one. */
  get kinds() {
    return this.told.kinds.filter((one) => !one.each);
  }

  /** Kinds of which every person says one number for each region, or for each record in each region. */
  get each() {
    return this.told.kinds.filter((one) => one.each && one.value);
  }

  /** @param {string} name */
  kind(name) {
    return this.told.kinds.find((one) => one.name === name);
  }

  /** Fields that stand on the board, its name first. @param {Kind} kind */
  columns(kind) {
    const [first, ...others] = kind.fields;
    const chosen = kind.shown ? kind.shown.map((name) => others.find((one) => one.name === name)) : others.filter((one) => one.required);
    return [first, .../** @type {Field[]} */ (chosen.filter(Boolean))].filter((one) => !one.closed || this.registers.model.leads);
  }

  /** Records the board shows; what joins two, where both of its ends are. @param {Kind} kind */
  records(kind) {
    const here = this.registers.placements;
    const all = this.registers.of(kind.name);
    if (!kind.joins) return all.filter((one) => here.has(one.id));
    const isHere = (/** @type {string | undefined} */ id) => !id || here.has(this.registers.record(id)?.id ?? "");
    return all.filter((one) => isHere(one.from) && isHere(one.to));
  }

  /** Those of the programme that are on other boards. @param {Kind} kind */
  others(kind) {
    if (kind.joins || OF_ONE_BOARD.has(kind.name)) return [];
    const here = this.registers.placements;
    return this.registers.of(kind.name).filter((one) => !here.has(one.id));
  }

  /** The region a record lies in. @param {Item} record */
  regionOf(record) {
    const kind = this.kind(record.kind);
    return kind?.place ? String(record[kind.place] ?? "") : (kind?.region ?? "");
  }

  /** What is in a region, kind by kind. @param {string} region */
  inside(region) {
    return this.kinds.flatMap((kind) => this.records(kind).filter((one) => this.regionOf(one) === region));
  }

  /** Kinds that can be added to a region. @param {string} region */
  kindsIn(region) {
    const own = this.told.regions.find((one) => one.id === region)?.kind;
    const fits = this.kinds.filter((one) => (own ? one.name === own : one.place || one.region === region));
    return fits.length ? fits : this.kinds.filter((one) => one.place);
  }

  /** Numbers said of a record, or of a region itself, by everyone, each person's last. @param {Kind} kind @param {string} region @param {string} [of] @returns {Item[]} */
  said(kind, region, of = "") {
    const first = kind.fields[0].name;
    const all = this.registers.of(kind.name).filter((one) => one[kind.place] === region && (!of || this.registers.record(one[first])?.id === of));
    return [...new Map(all.map((one) => [one.by ?? "", one])).values()];
  }
}

/** Fields in the order a form asks for them: the name, what the board shows, what is required, all else. @param {Kind} kind */
function asked({ fields: [first, ...others], shown }) {
  const order = new Map((shown ?? []).map((name, at) => [name, at]));
  const rank = (/** @type {Field} */ one) => order.get(one.name) ?? (one.required ? 100 : 200);
  return [first, ...others.sort((a, b) => rank(a) - rank(b))];
}

/** Does a table lie across: its records side by side, its rows the fields of one kind? @param {Told} told */
export function liesAcross(told) {
  const [kind] = told.kinds;
  return told.rows.length > 0 && told.rows.every((row) => kind.fields.some((field) => field.name === row.id));
}

/** Nodes by what they hang on, and those that hang on nothing here; a circle is cut where it closes. @template {{id: string}} T @param {readonly T[]} nodes @param {(node: T) => string} parentOf @returns {{roots: T[], children: Map<string, T[]>}} */
export function grown(nodes, parentOf) {
  const ids = new Map(nodes.map((one) => [one.id, one]));
  /** @type {Map<string, T[]>} */
  const children = new Map();
  /** @type {T[]} */
  const roots = [];
  for (const node of nodes) {
    const parent = parentOf(node);
    if (!ids.has(parent) || isAbove(node.id, parent, ids, parentOf)) roots.push(node);
    else children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  return { roots, children };
}

/**
 * @typedef {{roots: readonly {id: string}[], children: ReadonlyMap<string, readonly {id: string}[]>, turned?: ReadonlySet<string>, core?: string}} Grown
 * `turned`: what grows the other way, such as the effects of a core problem
 */

/**
 * Where an arrow leads in a tree: to what it hangs on, to the first of what hangs on it, or to the one beside. A tree that
 * grows `down` stands, and one that grows `in` is indented lines.
 *
 * @param {Grown} tree @param {string} id @param {string} key @param {"down" | "in"} grows @returns {string} nothing where there is nobody that way
 */
export function beside(tree, id, key, grows) {
  const { roots, children, turned = new Set(), core } = tree;
  const parents = new Map([...children].flatMap(([parent, below]) => below.map((one) => [one.id, parent])));
  const parent = parents.get(id) ?? "";
  const side = (/** @type {readonly {id: string}[]} */ some) => some.filter((one) => turned.has(one.id) === turned.has(id));
  const level = side(parent ? (children.get(parent) ?? []) : roots);
  const at = level.findIndex((one) => one.id === id);
  const step = (/** @type {number} */ by) => (at < 0 ? "" : (level[at + by]?.id ?? ""));
  const below = children.get(id) ?? [];
  const first = (/** @type {boolean} */ up) => below.find((one) => turned.has(one.id) === up)?.id ?? "";
  if (grows === "in") return { ArrowUp: step(-1) || parent, ArrowDown: step(1) || first(false), ArrowLeft: parent, ArrowRight: below[0]?.id ?? "" }[key] ?? "";
  const isUp = turned.has(id);
  const up = id === core ? first(true) : isUp ? below[0]?.id ?? "" : parent;
  const down = id === core ? first(false) : isUp ? parent : below[0]?.id ?? "";
  return { ArrowUp: up, ArrowDown: down, ArrowLeft: step(-1), ArrowRight: step(1) }[key] ?? "";
}

/** Does the way up from `from` come to `id`? @template {{id: string}} T @param {string} id @param {string} from @param {Map<string, T>} ids @param {(node: T) => string} parentOf */
function isAbove(id, from, ids, parentOf) {
  const seen = new Set();
  for (let at = ids.get(from); at && !seen.has(at.id); at = ids.get(parentOf(at))) {
    if (at.id === id) return true;
    seen.add(at.id);
  }
  return false;
}

/**
 * The records that a board shows: the register of the programme, its closed side for those who lead, and the placements
 * of this board. Derived from `sync.view` and never kept.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../model.js").Model} Model
 */
import { newId } from "../../lib/ids.js";
import { editClosed } from "../ops_records.js";
import { fieldsAt as placed } from "../layouts/grid2.js";
import { spotAt } from "../layouts/net.js";
import { isFromData, methodOf } from "./methods.js";
import { PLANES } from "./planes/planes.js";

/** Among the methods: every one that opens from its data. */
export const ANY = "*";
const CLOSED_TYPES = new Set(["tension"]);

export class Registers {
  /** @param {Model} model @param {ReadonlySet<string>} [methods] whose boards are shown, here */
  constructor(model, methods = new Set(Object.keys(PLANES))) {
    this.model = model;
    this.methods = methods;
    this.sync = model.sync;
  }

  /** Is this board of one of the methods? */
  get isOn() {
    return this.methods.has(this.method) || (this.methods.has(ANY) && isFromData(this.model.fields));
  }

  get method() {
    return methodOf(this.model.fields);
  }

  /** How actors stand here, where they stand on a plane. */
  get plane() {
    return PLANES[this.method] ?? PLANES["power-interest"];
  }

  get register() {
    return `register:${this.model.workshop.fields.programme ?? ""}`;
  }

  get closed() {
    return `closed:${this.model.workshop.fields.programme ?? ""}`;
  }

  /** Listen to both sides, as far as this person may. What is followed already is not asked for again. */
  follow() {
    if (!this.isOn || !this.model.workshop.fields.programme) return;
    this.sync.follow(this.register);
    if (this.model.leads) this.sync.follow(this.closed);
  }

  /** @param {string} stream */
  concerns(stream) {
    return [this.register, this.closed, this.model.who.board, this.model.who.workshop].includes(stream);
  }

  /** @param {string | undefined} id @returns {Item | undefined} */
  record(id) {
    const { items } = this.sync.view(this.register);
    let found = id ? /** @type {Item | undefined} */ (items.get(id)) : undefined;
    // Entries that were the same: at most so many steps, whatever a journal says.
    for (let step = 0; found?.merged && step < 20; step += 1) found = /** @type {Item | undefined} */ (items.get(found.merged));
    return found;
  }

  /** What those who lead know of it beside. @param {string} id @returns {Record<string, any>} */
  kept(id) {
    return this.sync.view(this.closed).items.get(id) ?? {};
  }

  /** Everything of the open side. */
  get all() {
    return /** @type {Item[]} */ ([...this.sync.view(this.register).items.values()]);
  }

  /** All of a kind, in the order they came. @param {string} kind */
  of(kind) {
    return this.all.filter((r) => r.kind === kind && !r.merged).sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : 1));
  }

  /** All actors, in the order they were named. */
  get stakeholders() {
    return this.of("stakeholder");
  }

  /** Those that have a place on this board. */
  get placed() {
    const here = this.placements;
    const { plane } = this;
    return this.stakeholders.filter((r) => here.has(r.id) && plane.has(r));
  }

  /** Those that wait for one. */
  get waiting() {
    const there = new Set(this.placed.map((r) => r.id));
    return this.stakeholders.filter((r) => !there.has(r.id));
  }

  /** Placements of this board by the record they show. @returns {Map<string, Item>} */
  get placements() {
    /** @type {Map<string, Item>} */
    const found = new Map();
    for (const item of this.model.items.values()) {
      const record = item.kind === "placement" ? this.record(item.record) : undefined;
      if (record && !found.has(record.id)) found.set(record.id, item);
    }
    return found;
  }

  /** Relations whose ends are both there, those of the closed side too. @returns {Item[]} */
  get relations() {
    const both = [this.register, this.closed].flatMap((s) => /** @type {Item[]} */ ([...this.sync.view(s).items.values()]));
    return both.filter((r) => r.kind === "relation" && this.record(r.from) && this.record(r.to));
  }

  /** @param {Item} relation */
  isClosed(relation) {
    return CLOSED_TYPES.has(relation.type);
  }

  /** Titles of the boards that place it. @param {Item} record */
  boardsOf(record) {
    const ids = Object.keys(record).filter((key) => key.startsWith("on/")).map((key) => key.slice(3));
    return ids.map((id) => this.model.workshop.items.get(id)?.title).filter(Boolean);
  }

  /** Where it is used: titles of boards, and records that name it. @param {Item} record */
  usesOf(record) {
    const names = (/** @type {Item} */ i) => i.kind !== "line" && i.id !== record.id && Object.entries(i).some(([key, value]) => value === record.id || (value === true && key.endsWith(`/${record.id}`)));
    return { boards: this.boardsOf(record), records: this.all.filter(names) };
  }

  // What people do

  /** A new one, and onto this board. @param {string} name @param {string} sector */
  add(name, sector) {
    const id = newId();
    this.sync.ask(this.register, { type: "create_record", id, kind: "stakeholder", fields: { name, sector } });
    this.show(id);
    return id;
  }

  /** On this board, if it is not. @param {string} id */
  show(id) {
    if (this.placements.has(id)) return;
    this.sync.ask(this.model.who.board, { type: "create_placement", id: newId(), record: id });
  }

  /** @param {string} id @param {Record<string, any>} fields */
  edit(id, fields) {
    this.sync.ask(this.register, { type: "edit_record", id, fields });
  }

  /** @param {Item} record @param {Record<string, any>} fields */
  editKept(record, fields) {
    this.sync.ask(this.closed, editClosed(record, fields, this.sync.view(this.closed)));
  }

  /** Onto this board, with what its place says. @param {string} id @param {Record<string, any>} fields */
  put(id, fields) {
    this.show(id);
    this.edit(id, fields);
  }

  /** Where I would put it myself. @param {string} id @param {{x: number, y: number} | null} place */
  read(id, place) {
    this.show(id);
    const placement = this.placements.get(id);
    const { interest: x, power: y } = place ? placed(place) : { interest: null, power: null };
    if (placement) this.sync.ask(this.model.who.board, { type: "read_place", id: placement.id, x, y });
  }

  /** Where it is drawn on this board, where no place says anything. @param {string} id @param {{x: number, y: number}} point 0 to 1 */
  draw(id, point) {
    this.show(id);
    const placement = this.placements.get(id);
    if (placement) this.sync.ask(this.model.who.board, { type: "move_item", id: placement.id, ...spotAt(point) });
  }

  /** Something of this board alone goes. @param {string} id */
  take(id) {
    this.sync.ask(this.model.who.board, { type: "delete_item", id });
  }

  /** Off this board; the record stays. @param {string} id */
  hide(id) {
    const placement = this.placements.get(id);
    if (placement) this.sync.ask(this.model.who.board, { type: "delete_item", id: placement.id });
  }

  /** @param {string} id */
  remove(id) {
    this.hide(id);
    this.sync.ask(this.register, { type: "delete_record", id, force: true });
  }

  /** @param {string} id @param {string} into */
  merge(id, into) {
    this.sync.ask(this.register, { type: "merge_records", id, into });
  }

  /** @param {{from: string, to: string, type: string, directed: boolean, flow: string[], note: string}} what */
  relate({ from, to, type, directed, flow, note }) {
    const flows = Object.fromEntries(flow.map((one) => [`flow/${one}`, true]));
    const fields = { from, to, type, ...(directed ? { directed } : {}), ...flows, ...(note ? { note } : {}) };
    const stream = CLOSED_TYPES.has(type) ? this.closed : this.register;
    this.sync.ask(stream, { type: "create_record", id: newId(), kind: "relation", fields });
  }

  /** @param {Item} relation */
  unrelate(relation) {
    const stream = this.isClosed(relation) ? this.closed : this.register;
    this.sync.ask(stream, { type: "delete_record", id: relation.id, ...(stream === this.register ? { force: true } : {}) });
  }
}

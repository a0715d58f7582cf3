/**
 * What a person can do to the personas and the plan of a programme, said once for every control. Each act asks one op, so it is one
 * undo, and says in words what it did.
 */
import { newId } from "../lib/ids.js";
import { t } from "../lib/words.js";
import { all } from "../board/ops.js";
import { createRecord, deleteRecord, editRecord } from "../board/ops_records.js";
import { keysAt } from "../board/places.js";
import { inOrder } from "./computed.js";
import { fieldName, groundName } from "./fields.js";

/** @typedef {import("../board/model.js").Item} Item */
/** @typedef {import("../board/ops_records.js").RecordFields} RecordFields */
/** Of a record, and not of what is copied from it. */
const OWN = /^(id|kind|by|at|merged|origin|on\/.*)$/;

export class Acts {
  /** @param {import("../board/sync.js").Sync} sync @param {{register: string, me: string}} where @param {(words: string) => void} say */
  constructor(sync, where, say) {
    this.sync = sync;
    this.where = where;
    this.say = say;
  }

  get view() {
    return this.sync.view(this.where.register);
  }

  /** @param {string} name @returns {string} its id */
  add(name) {
    const id = newId();
    this.#ask([createRecord({ id, kind: "persona", fields: { name } }, this.#author)]);
    this.say(t("{name} added", { name }));
    return id;
  }

  /** A record of any kind. @param {string} kind @param {RecordFields} fields @param {string} [words] what is said of it @returns {string} its id */
  create(kind, fields, words = "") {
    const id = newId();
    this.#ask([createRecord({ id, kind, fields }, this.#author)]);
    if (words) this.say(words);
    return id;
  }

  /** With whatever cannot be without it; others let go of it. @param {Item} record @param {string} title */
  drop(record, title) {
    this.#ask([deleteRecord(record.id, true, this.view)]);
    this.say(t("{name} deleted", { name: title }));
  }

  /** @param {Item} persona @param {RecordFields} fields @param {string} [words] what is said of it */
  set(persona, fields, words = "") {
    this.#ask([editRecord(persona.id, fields)]);
    if (words) this.say(words);
  }

  /** @param {Item} persona @param {string} field @param {string} ground @param {string} [source] */
  ground(persona, field, ground, source) {
    const fields = { [`evidence/${field}`]: ground === "assumption" ? null : ground, ...(source === undefined ? {} : { [`source/${field}`]: source.trim() || null }) };
    this.set(persona, fields, `${fieldName(field)}: ${groundName(ground)}`);
  }

  /** @param {Item} persona @param {string} field @param {string} text */
  tag(persona, field, text) {
    this.set(persona, { [`${field}/${newId()}`]: text }, t("{name} added", { name: text }));
  }

  /** The lines of a list, as they are read. @param {string} persona @param {string} field */
  lines(persona, field) {
    return [.../** @type {Iterable<Item>} */ (this.view.items.values())].filter((i) => i.kind === "line" && i.of === persona && i.field === field).sort(inOrder);
  }

  /** @param {Item} persona @param {string} field @param {string} text */
  addLine(persona, field, text) {
    const lines = this.lines(persona.id, field);
    const [order] = keysAt(lines, lines.length);
    this.#ask([createRecord({ id: newId(), kind: "line", fields: { text, of: persona.id, field, order } }, this.#author)]);
    this.say(t("{field}: line added", { field: fieldName(field) }));
  }

  /** One place up or down. @param {Item} line @param {1 | -1} by */
  moveLine(line, by) {
    const others = this.lines(line.of, line.field);
    const at = others.findIndex((l) => l.id === line.id);
    if (at + by < 0 || at + by >= others.length) return;
    const rest = others.filter((l) => l.id !== line.id);
    this.#ask([editRecord(line.id, { order: keysAt(rest, at + by)[0] })]);
    this.say(t("Place {n} of {all}", { n: at + by + 1, all: others.length }));
  }

  /** To the end of another list of the same record. @param {Item} line @param {string} field */
  moveTo(line, field) {
    const lines = this.lines(line.of, field);
    this.#ask([editRecord(line.id, { field, order: keysAt(lines, lines.length)[0] })]);
  }

  /** @param {Item} line */
  removeLine(line) {
    this.#ask([deleteRecord(line.id, false, this.view)]);
    this.say(t("Line deleted"));
  }

  /** An actor, named where a row of a plan needs one. @param {string} name @returns {string} its id */
  addActor(name) {
    const id = newId();
    this.#ask([createRecord({ id, kind: "stakeholder", fields: { name } }, this.#author)]);
    return id;
  }

  /** A row of the engagement plan. @param {string} id @param {string} stakeholder @param {string} words what is said of it */
  addRow(id, stakeholder, words) {
    this.#ask([createRecord({ id, kind: "engagement", fields: { stakeholder } }, this.#author)]);
    if (words) this.say(words);
  }

  /** @param {Item} row @param {string} words */
  removeRow(row, words) {
    this.#ask([deleteRecord(row.id, false, this.view)]);
    this.say(words);
  }

  /** A new one that begins as this one is, and says where it is from. @param {Item} persona @returns {string} its id */
  copy(persona) {
    const id = newId();
    const fields = Object.fromEntries(Object.entries(persona).filter(([key]) => !OWN.test(key)));
    const made = [createRecord({ id, kind: "persona", fields: /** @type {RecordFields} */ ({ ...fields, origin: persona.id }) }, this.#author)];
    for (const line of /** @type {Iterable<Item>} */ (this.view.items.values())) {
      if (line.kind !== "line" || line.of !== persona.id) continue;
      const { text, field, order, confidence = null } = line;
      made.push(createRecord({ id: newId(), kind: "line", fields: { text, of: id, field, order, confidence } }, this.#author));
    }
    this.#ask(made);
    this.say(t("Copied"));
    return id;
  }

  /** Where it is used: the boards that place it, and the records that name it. @param {Item} persona */
  uses(persona) {
    const boards = Object.keys(persona).filter((key) => key.startsWith("on/")).length;
    const names = (/** @type {Item} */ i) => i.kind !== "line" && i.id !== persona.id && Object.entries(i).some(([key, value]) => value === persona.id || key.endsWith(`/${persona.id}`));
    const records = [.../** @type {Iterable<Item>} */ (this.view.items.values())].filter(names).length;
    return { boards, records };
  }

  /** @param {Item} persona */
  remove(persona) {
    const { boards, records } = this.uses(persona);
    this.#ask([deleteRecord(persona.id, boards + records > 0, this.view)]);
    this.say(t("{name} deleted", { name: persona.name }));
  }

  /** @param {import("../board/ops.js").Asked[]} asked */
  #ask(asked) {
    this.sync.ask(this.where.register, all(asked));
  }

  get #author() {
    return { me: this.where.me, now: Date.now(), colour: this.sync.paper };
  }
}

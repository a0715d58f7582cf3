/**
 * A whole workshop as one line: spans on one board after another, of which this page plays those on its own. No DOM.
 *
 * @typedef {{board: string, begin: number, end: number, played: number}} Span
 * @typedef {{span: Span, offset: number}} Place
 */
import { LONGEST_PAUSE } from "./timeline.js";

export class Course {
  /** Where each span begins on the line. @type {number[]} */
  #starts = [];

  /** @param {readonly Span[]} spans @param {string} here @param {import("./timeline.js").Timeline} timeline of the board that is here */
  constructor(spans, here, timeline) {
    this.spans = spans;
    this.here = here;
    this.timeline = timeline;
    let start = 0;
    for (const { played } of spans) {
      this.#starts.push(start);
      start += played + LONGEST_PAUSE;
    }
    this.duration = Math.max(0, start - LONGEST_PAUSE);
  }

  /** Is there more than this board to play? */
  get isWide() {
    return this.spans.some(({ board }) => board !== this.here);
  }

  /** What is played there: in the pause before a span, the end of the one before. @param {number} played @returns {Place} */
  at(played) {
    const after = this.#starts.findIndex((start) => start > played);
    const i = (after < 0 ? this.spans.length : Math.max(1, after)) - 1;
    const span = this.spans[i];
    return { span, offset: Math.max(0, Math.min(span.played, played - this.#starts[i])) };
  }

  /** The place on the line of a time of day. @param {number} time */
  placeOf(time) {
    const next = this.spans.findIndex(({ end }) => end >= time);
    if (next < 0) return this.duration;
    const span = this.spans[next];
    return this.#starts[next] + Math.max(0, Math.min(span.played, this.#offset(span, Math.max(time, span.begin))));
  }

  /** The time of day of a place: to the entry on this board, else about. @param {Place} place */
  timeOf({ span, offset }) {
    if (span.board === this.here) return this.timeline.timeAt(this.indexOf({ span, offset })) ?? span.begin;
    return Math.round(span.begin + (span.end - span.begin) * (offset / Math.max(1, span.played)));
  }

  /** The moment of this board at a place in a span of it. @param {Place} place */
  indexOf({ span, offset }) {
    return Math.min(this.timeline.indexAt(this.#first(span) + offset), this.timeline.indexAtTime(span.end));
  }

  /** @param {Span} span @param {number} time */
  #offset(span, time) {
    if (span.board === this.here) return this.timeline.playedAt(this.timeline.indexAtTime(time)) - this.#first(span);
    return (span.played * (time - span.begin)) / Math.max(1, span.end - span.begin);
  }

  /** When a span's first entry is played on this board's own line. @param {Span} span */
  #first(span) {
    return this.timeline.playedAt(this.timeline.indexAtTime(span.begin - 1) + 1);
  }
}

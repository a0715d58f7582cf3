/** Starts a page on which a board is played back: its journal instead of the line, and the board's own view of it. */
import { byId } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { Ballots } from "../ballots.js";
import { Board } from "../board.js";
import { ServerClock } from "../clock.js";
import { Presence } from "../presence.js";
import { MemoryQueue } from "../queue.js";
import { snapshotsFrom } from "../socket.js";
import { PlaybackBar } from "./bar.js";
import { Course } from "./course.js";
import { Past } from "./past.js";
import { Timeline } from "./timeline.js";

/** More than this is not kept in one page; the newest is left out, and said. */
const MOST_ENTRIES = 60_000;
const BEAT_MS = 1_000;

/** @param {HTMLElement} main @param {Record<string, string>} data @param {import("../wings.js").Wings} wings */
export async function startPlayback(main, data, wings) {
  main.classList.add("is-playback");
  const me = data.person;
  const board = `board:${data.board}`;
  const workshop = `workshop:${data.workshop}`;
  const past = new Past({ me, board, workshop, fetchSnapshot: snapshotsFrom(data.streamsUrl) });
  const presence = new Presence(past, board);
  const ballots = new Ballots({ sync: past, stream: workshop, me, queue: new MemoryQueue(), fetchMine: async () => ({}) });
  const view = new Board({
    sync: past, wings, clock: new ServerClock(), presence, whereabouts: new Presence(past, workshop), ballots,
    who: { board, workshop, me, role: "observer", lang: data.lang, filesUrl: data.filesUrl ?? "" },
    page: { ...NOTHING, formToken: data.formToken ?? "" },
  });
  view.model.ended = t("You see how this board came to be. Nothing can be changed here.");
  view.notices.tell(t("Reading what happened…"));
  const [{ entries, steps }, spans] = await Promise.all([readAll(data.historyUrl), readSpans(data.courseUrl ?? ""), followed(past, workshop)]);
  const timeline = new Timeline(entries);
  void new PlaybackBar({
    box: byId("playback"), timeline, course: new Course(spans, data.board, timeline), past, model: view.model, steps, here: data.board, boardUrl: location.pathname.replace(/\/playback$/, ""),
    restoreUrl: data.restoreUrl ?? "", formToken: data.formToken ?? "", popover: view.popover,
    say: (words) => view.announcer.say(words), toggleList: () => view.views.toggleList(), isList: () => view.list.isOpen,
  });
  view.notices.dismiss();
}

const NOTHING = {
  manageUrl: "", returnUrl: "", leaveUrl: "", languageUrl: "", imagesUrl: "", exportUrl: "", mapUrl: "", groupsUrl: "", tableUrl: "", playbackUrl: "", reportUrl: "", meUrl: "", becameUrl: "",
  agendaUrl: "", wallUrl: "", code: "", planUrl: "", tablesUrl: "", translateUrl: "", translates: "", languages: [],
};

/** People and cities are there before the first moment is drawn. @param {Past} past @param {string} workshop @returns {Promise<void>} */
function followed(past, workshop) {
  return new Promise((resolve) => {
    past.on("loaded", (event) => event.stream === workshop && resolve());
    past.follow(workshop);
    setInterval(() => past.beat(), BEAT_MS);
  });
}

/** Without them one board is played. @param {string} url @returns {Promise<import("./course.js").Span[]>} */
async function readSpans(url) {
  const answer = await fetch(url);
  return answer.ok ? (await answer.json()).spans : [];
}

/** @param {string} url @returns {Promise<{entries: import("./timeline.js").Told[], steps: import("./bar.js").Began[]}>} */
async function readAll(url) {
  const entries = [];
  let steps = [];
  for (let after = 0; entries.length < MOST_ENTRIES; ) {
    const answer = await fetch(`${url}?after=${after}`);
    if (!answer.ok) break;
    const told = await answer.json();
    entries.push(...told.entries);
    if (after === 0) steps = told.steps;
    if (told.next === null) break;
    after = told.next;
  }
  return { entries, steps };
}

/** Starts the board of a page: opens the queue, follows the streams, wires the board. Everything the page has from the start. */
import { loadWords } from "../lib/words.js";
import { Ballots, mineFrom } from "./ballots.js";
import { Board } from "./board.js";
import { ServerClock } from "./clock.js";
import { Lanes, tokenFor } from "./lanes.js";
import { Presence } from "./presence.js";
import { openQueue } from "./queue_idb.js";
import { connect, snapshotsFrom } from "./socket.js";
import { Wings, wingsFor, wingsOf } from "./wings.js";

const BEAT_MS = 1_000;

/** @param {HTMLElement} main what the server wrote into the page */
export async function open(main) {
  const data = /** @type {Record<string, string>} */ ({ ...main.dataset });
  const wings = new Wings({ urls: JSON.parse(data.wings), sheet: data.wingsSheet });
  if ("historyUrl" in data) return playback(main, data, wings);
  await start(data, wings);
}

/** All that a past could show is there before it begins. @param {HTMLElement} main @param {Record<string, string>} data @param {Wings} wings */
async function playback(main, data, wings) {
  const [{ startPlayback }] = await Promise.all([wings.open("playback"), wings.open("maps"), wings.open("records"), wings.open("deciding"), loadWords(data.lang, data.wordsUrl)]);
  await startPlayback(main, data, wings);
}

/** @param {Record<string, string>} data @param {Wings} wings */
async function start(data, wings) {
  const [queue] = await Promise.all([openQueue(), loadWords(data.lang, data.wordsUrl)]);
  const me = data.person;
  const board = `board:${data.board}`;
  const workshop = `workshop:${data.workshop}`;
  const sync = new Lanes({ me, queue, fetchSnapshot: furnished(snapshotsFrom(data.streamsUrl), { board, workshop, role: data.role, wings }), board, workshop, token: tokenFor });
  const presence = new Presence(sync, board);
  // Who leads and who follows whom is told to the whole workshop.
  const whereabouts = new Presence(sync, workshop);
  const clock = new ServerClock();
  const ballots = new Ballots({ sync, stream: workshop, me, queue, fetchMine: mineFrom(data.mineUrl) });
  const view = new Board({
    sync,
    wings,
    clock,
    presence,
    whereabouts,
    ballots,
    who: { board, workshop, me, role: data.role, lang: data.lang, filesUrl: data.filesUrl ?? "" },
    page: {
      manageUrl: data.manageUrl ?? "",
      returnUrl: data.returnUrl ?? "",
      leaveUrl: data.leaveUrl ?? "",
      languageUrl: data.languageUrl ?? "",
      formToken: data.formToken ?? "",
      imagesUrl: data.imagesUrl ?? "",
      exportUrl: data.exportUrl ?? "", mapUrl: data.mapUrl ?? "", groupsUrl: data.groupsUrl ?? "", tableUrl: data.tableUrl ?? "", playbackUrl: data.playbackUrl ?? "",
      reportUrl: data.reportUrl ?? "",
      meUrl: data.meUrl ?? "",
      becameUrl: data.becameUrl ?? "",
      agendaUrl: data.agendaUrl ?? "",
      wallUrl: data.wallUrl ?? "",
      code: data.code ?? "",
      planUrl: data.planUrl ?? "",
      tablesUrl: data.tablesUrl ?? "",
      translateUrl: data.translateUrl ?? "",
      translates: data.translates ?? "",
      languages: languages(),
    },
  });
  sync.follow(workshop);
  sync.follow(board);
  // What is for this person alone.
  sync.follow(`inbox:${data.workshop}:${me}`);
  void ballots.start();
  setInterval(() => ballots.beat(), BEAT_MS);
  const whose = { person: me, workshop: data.workshop };
  connect({
    sync,
    url: data.socketUrl,
    ticketUrl: data.ticketUrl,
    lineUrl: data.lineUrl,
    queue,
    whose,
    clock,
    stopped: (why) => (why === "reload" ? location.reload() : view.end(why)),
    connected: (way) => view.notices.slower(way === "line"),
  });
}

/**
 * A snapshot comes with the wings that show what is in it, so that no board is there before it can be seen.
 * @param {(stream: string) => Promise<any>} fetchSnapshot @param {{board: string, workshop: string, role: string, wings: Wings}} of
 */
function furnished(fetchSnapshot, { board, workshop, role, wings }) {
  /** A board begins when it is known who is there and what goes on. @type {Promise<unknown>} */
  let known = Promise.resolve();
  /** @param {string} stream */
  const fetched = async (stream) => {
    const snapshot = await fetchSnapshot(stream);
    const { fields, items } = snapshot.state;
    await wings.ready(stream === board ? wingsOf(fields) : stream === workshop ? wingsFor(items, role) : []);
    if (stream === board) await known;
    return snapshot;
  };
  return (/** @type {string} */ stream) => {
    const coming = fetched(stream);
    if (stream === workshop) known = coming.catch(() => {});
    return coming;
  };
}

/** The languages this server speaks, each by its own name. */
function languages() {
  const options = /** @type {NodeListOf<HTMLOptionElement>} */ (document.querySelectorAll("#languages option"));
  return [...options].map((o) => ({ tag: o.value, name: o.text }));
}

/** Starts the board of a page: reads what the page says, opens the queue, follows the two streams, wires the board. */
import { loadWords } from "../lib/words.js";
import { Ballots, mineFrom } from "./ballots.js";
import { Board } from "./board.js";
import { ServerClock } from "./clock.js";
import { Lanes, tokenFor } from "./lanes.js";
import { startPlayback } from "./playback/start.js";
import { Presence } from "./presence.js";
import { openQueue } from "./queue_idb.js";
import { connect, snapshotsFrom } from "./socket.js";

const main = /** @type {HTMLElement} */ (document.getElementById("board"));
const data = /** @type {Record<string, string>} */ ({ ...main.dataset });

void ("historyUrl" in data ? loadWords(data.lang, data.wordsUrl).then(() => startPlayback(main, data)) : start());

async function start() {
  const [queue] = await Promise.all([openQueue(), loadWords(data.lang, data.wordsUrl)]);
  const me = data.person;
  const board = `board:${data.board}`;
  const workshop = `workshop:${data.workshop}`;
  const sync = new Lanes({ me, queue, fetchSnapshot: snapshotsFrom(data.streamsUrl), board, workshop, token: tokenFor });
  const presence = new Presence(sync, board);
  // Who leads and who follows whom is told to the whole workshop.
  const whereabouts = new Presence(sync, workshop);
  const clock = new ServerClock();
  const ballots = new Ballots({ sync, stream: workshop, me, queue, fetchMine: mineFrom(data.mineUrl) });
  const view = new Board({
    sync,
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

/** The languages this server speaks, each by its own name. */
function languages() {
  const options = /** @type {NodeListOf<HTMLOptionElement>} */ (document.querySelectorAll("#languages option"));
  return [...options].map((o) => ({ tag: o.value, name: o.text }));
}

/** Starts the agenda's page: opens the queue, follows the desk and the workshop, hands both to the agenda. */
import { byId } from "../lib/dom.js";
import { loadWords } from "../lib/words.js";
import { openQueue } from "../board/queue_idb.js";
import { connect, snapshotsFrom } from "../board/socket.js";
import { Sync } from "../board/sync.js";
import { Agenda } from "./agenda.js";

const root = byId("agenda");
const data = /** @type {Record<string, string>} */ ({ ...root.dataset });
const body = /** @type {Record<string, string>} */ ({ ...document.body.dataset });

void start();

async function start() {
  const [queue] = await Promise.all([openQueue(), loadWords(body.lang, body.wordsUrl)]);
  const me = data.person;
  const desk = `desk:${data.workshop}`;
  const workshop = `workshop:${data.workshop}`;
  const sync = new Sync({ me, queue, fetchSnapshot: snapshotsFrom(data.streamsUrl) });
  const languages = [.../** @type {NodeListOf<HTMLOptionElement>} */ (document.querySelectorAll("#languages option"))];
  const agenda = new Agenda({
    root, sync, desk, workshop, lang: body.lang,
    languages: languages.map((o) => ({ tag: o.value, name: o.text })),
    say: (words) => put("polite", words),
    alert: (words) => put("assertive", words),
  });
  sync.follow(workshop);
  sync.follow(desk);
  const whose = { person: me, workshop: data.workshop };
  const stopped = (/** @type {string} */ why) => (why === "reload" ? location.reload() : agenda.end());
  connect({ sync, url: data.socketUrl, ticketUrl: data.ticketUrl, queue, whose, stopped });
}

/** @param {string} id @param {string} words */
function put(id, words) {
  byId(id).textContent = words;
}

/** Starts the page of the personas: opens the queue, follows register, workshop and board, hands them over. */
import { byId } from "../lib/dom.js";
import { loadWords } from "../lib/words.js";
import { Presence } from "../board/presence.js";
import { openQueue } from "../board/queue_idb.js";
import { connect, snapshotsFrom } from "../board/socket.js";
import { Sync } from "../board/sync.js";
import { Personas } from "./page.js";

const root = byId("personas");
const data = /** @type {Record<string, string>} */ ({ ...root.dataset });
const body = /** @type {Record<string, string>} */ ({ ...document.body.dataset });

void start();

async function start() {
  const [queue] = await Promise.all([openQueue(), loadWords(body.lang, body.wordsUrl)]);
  const me = data.person;
  const streams = { register: `register:${data.programme}`, workshop: `workshop:${data.workshop}`, board: `board:${data.board}` };
  const sync = new Sync({ me, queue, fetchSnapshot: snapshotsFrom(data.streamsUrl) });
  const presence = new Presence(sync, streams.register);
  const languages = [.../** @type {NodeListOf<HTMLOptionElement>} */ (document.querySelectorAll("#languages option"))];
  const page = new Personas({
    root, sync, presence, me, lang: body.lang, ...streams,
    languages: languages.map((o) => ({ tag: o.value, name: o.text })),
    say: (words) => put("polite", words),
    alert: (words) => put("assertive", words),
  });
  for (const stream of Object.values(streams)) sync.follow(stream);
  const stopped = (/** @type {string} */ why) => (why === "reload" ? location.reload() : page.end());
  connect({ sync, url: data.socketUrl, ticketUrl: data.ticketUrl, lineUrl: data.lineUrl, queue, whose: { person: me, workshop: data.workshop }, stopped });
}

/** @param {string} id @param {string} words */
function put(id, words) {
  byId(id).textContent = words;
}

/**
 * The board of one page, wired by hand in reading order: what is read, what is seen, what can be done, the panels around
 * it, and what each tells the others. `main.js` hands in the page and the sync engine.
 */
import { byId } from "../lib/dom.js";
import { keep, kept } from "../lib/keep.js";
import { t } from "../lib/words.js";
import { Acts } from "./acts.js";
import { Announcer } from "./announce.js";
import { Camera } from "./camera.js";
import { Ground } from "./cards/ground.js";
import { Cheering } from "./cheering.js";
import { Commands } from "./commands.js";
import { Consents } from "./consents.js";
import { Entering } from "./entering.js";
import { linesOf } from "./items/beneath.js";
import { Lines } from "./items/connector.js";
import { Keeper } from "./keeper.js";
import { Keyboard } from "./keyboard.js";
import { Layer } from "./layer.js";
import { planOf } from "./layouts/plan.js";
import { List } from "./list.js";
import { Listening } from "./listening.js";
import { Making } from "./making.js";
import { Marks } from "./marks.js";
import { Metrics } from "./metrics.js";
import { Model } from "./model.js";
import { setRole, setStage } from "./ops.js";
import { Others } from "./others.js";
import { Bars } from "./panels/bars.js";
import { AlikeHint } from "./panels/alike_hint.js";
import { Composer } from "./panels/composer.js";
import { Dialogs } from "./panels/dialogs.js";
import { Ghost } from "./panels/ghost.js";
import { ItemMenus } from "./panels/item_menus.js";
import { Merged } from "./panels/merged.js";
import { Notices } from "./panels/notices.js";
import { Popover } from "./panels/popover.js";
import { Refusals } from "./panels/refusals.js";
import { Search } from "./panels/search.js";
import { Ending } from "./panels/ending.js";
import { Silence } from "./panels/silence.js";
import { Today } from "./panels/today.js";
import { Toolbar } from "./panels/toolbar.js";
import { Top } from "./panels/top.js";
import { Zones } from "./panels/zones.js";
import { Phone } from "./phone.js";
import { Picking } from "./picking.js";
import { Redraw } from "./redraw.js";
import { Room } from "./room.js";
import { Rounds } from "./rounds.js";
import { Seated } from "./seated.js";
import { Seats } from "./seats.js";
import { Selection } from "./selection.js";
import { Suggesting } from "./suggesting.js";
import { Surface } from "./surface.js";
import { Together } from "./together.js";
import { Hand } from "./tools/hand.js";
import { Images } from "./tools/images.js";
import { Look } from "./tools/look.js";
import { Resize } from "./tools/resize.js";
import { Writer } from "./tools/writer.js";
import { Views } from "./views.js";
import { Votes } from "./votes.js";
import { wingsFor, wingsOf } from "./wings.js";

/**
 * @typedef {{
 *   sync: import("./sync.js").Sync, wings: import("./wings.js").Wings, clock: import("./clock.js").ServerClock, presence: import("./presence.js").Presence, whereabouts: import("./presence.js").Presence, ballots: import("./ballots.js").Ballots,
 *   who: {board: string, workshop: string, me: string, role: string, lang: string, filesUrl: string},
 *   page: {manageUrl: string, returnUrl: string, leaveUrl: string, languageUrl: string, formToken: string, imagesUrl: string,
 *     exportUrl: string, mapUrl: string, groupsUrl: string, tableUrl: string, playbackUrl: string, reportUrl: string, meUrl: string, becameUrl: string, agendaUrl: string, wallUrl: string, code: string, planUrl: string, tablesUrl: string, translateUrl: string, translates: string, languages: {tag: string, name: string}[]},
 * }} Given
 */
export class Board {
  #abort = new AbortController();
  /** What is opened later, by its wing. @type {import("./maps/system_map.js").SystemMap | undefined} */
  map;
  /** @type {import("./comes_to.js").ComesTo | undefined} */
  comesTo;
  /** @type {import("./panels/tables.js").Tables | undefined} */
  tables;
  /** @type {Decisions | undefined} */
  decisions;
  /** @type {Sheets | undefined} */
  sheets;
  /** This page has looked at the workshop, and nothing was to be decided. */
  #hadNone = false;

  /** @param {Given} given */
  constructor({ sync, wings, clock, presence, whereabouts, ballots, who, page }) {
    const { signal } = this.#abort;
    const say = (/** @type {string} */ words) => this.announcer.say(words);
    const alert = (/** @type {string} */ words) => this.announcer.alert(words);
    const tell = (/** @type {string} */ words) => this.notices.tell(words);
    const edit = (/** @type {string} */ id) => this.views.edit(id);
    const group = (/** @type {string[]} */ ids) => this.making.group(ids);
    const remove = (/** @type {string[]} */ ids) => this.making.remove(ids);
    const picked = (/** @type {string} */ id) => this.picking.pick(id);
    const split = (/** @type {string} */ id, /** @type {string[]} */ pieces) => this.making.split(id, pieces);
    const insets = () => this.views.insets;

    // What is read, what can be done
    this.main = byId("board");
    this.sync = sync;
    this.wings = wings;
    this.presence = presence;
    const model = (this.model = new Model(sync, who));
    const votes = (model.votes = new Votes({ model, ballots, say }));
    const selection = (this.selection = new Selection());
    this.announcer = makeAnnouncer(model);
    this.notices = new Notices({ banner: byId("banner"), toast: byId("toast"), say, alert });
    const acts = (this.acts = new Acts(sync, model, { say, offer: (...offer) => this.notices.offer(...offer), withdraw: () => void this.notices.dismiss() }));
    this.picking = new Picking({
      connect: (from, to) => this.making.connect(from, to), group: (from, to) => this.making.groupWith(from, to), merge: (from, to) => this.making.merge(from, to),
      more: (from, to) => this.map?.picked(from, to, "+"), less: (from, to) => this.map?.picked(from, to, "-"), say, focus: (id) => this.views.focus(id),
    });

    // What is seen
    const metrics = new Metrics(document.createElement("canvas").getContext("2d"), getComputedStyle(this.main).fontFamily, (item) => linesOf(model.reader.beneath(item)));
    const camera = (this.camera = new Camera());
    const looks = {
      model,
      trouble: () => null,
      waiting: (/** @type {string} */ id) => this.notices.away && sync.mark(id) === "unsent",
      others: (/** @type {string} */ id) => this.others?.on(id) ?? { writing: null, selecting: null },
    };
    const plan = () => planOf(model, metrics, { least: this.redraw?.leastHeight, next: this.composer?.region });
    const surface = (this.surface = new Surface({ root: byId("view"), model, camera, metrics, look: looks, plan }));
    const look = (this.look = new Look(surface, insets, signal));
    this.lines = new Lines(surface);
    this.others = new Others({ box: byId("cursors"), presence, surface, changed: (ids) => this.redraw.items(ids), came: () => { this.top.draw(); this.room?.drawCockpit(); this.today?.draw(); }, leads: (person) => this.#isLeading(person) });
    this.others.wanted = kept("cursors", "1") === "1";
    const popover = (this.popover = new Popover(byId("popover"), signal));
    this.layer = new Layer({ main: this.main, model, acts, alert, say, draw: () => this.together?.draw() });
    this.cheering = new Cheering({ box: byId("cheers"), model, presence, popover, say, tell }, signal);
    const merging = new Merged({ model, acts, popover, picking: () => this.picking, back: (id) => this.views.focus(id) });
    const menus = (this.menus = new ItemMenus({
      model, acts, popover, merging, comment: (id) => this.#comment(id), edit, group, remove, connect: (id) => this.picking.start(id, "connect"), back: (id) => this.views.focus(id), isPhone: () => this.phone.isOpen, spotlight: () => this.together.spotlight, translate: (id) => this.translate(id), map: () => this.map, card: (id) => this.#card(id), ground: () => this.ground,
    }));
    const phone = (this.phone = new Phone({ box: byId("phone"), tabs: byId("tabs"), model, look: looks, selection, open: (id) => this.views.sheet(id), picked, map: () => this.map, ground: () => this.ground, comesTo: () => this.comesTo }));
    const list = (this.list = new List({
      split, map: () => this.map, comesTo: () => this.comesTo,
      box: byId("list"), model, sync, announcer: this.announcer, selection, menus, waiting: looks.waiting, others: looks.others,
      zone: (id) => this.composer.setRegion(id), isShown: (id) => this.#isShown(id), writing: (id) => this.listening.writing(id), picked, zones: (anchor, id) => this.zones.open(anchor, id),
    }));
    const writers = (this.writers = { surface: new Writer(surface, sync, split), phone: new Writer(phone, sync, split) });
    const hits = (/** @type {string} */ id) => this.search.hits(id);
    const isShown = (/** @type {string} */ id) => this.#isShown(id);
    this.marks = [new Marks({ view: surface, model, selection, hits, isShown, roving: true }), new Marks({ view: phone, model, selection, hits, isShown, roving: false })];
    const views = (this.views = new Views({
      main: this.main, model, selection, surface, phone, list, look, metrics, writers, say, tell, place: (id) => this.marks[0].place(id), sheet: (anchor, id) => menus.sheet(anchor, id),
      nameZone: (id) => this.zones.rename(byId("menu-button"), id), form: (id) => this.map?.form.open(id),
    }));
    const making = (this.making = new Making({
      model, acts, views, surface, selection, picking: this.picking, say, tell, map: () => this.map, composer: () => this.composer, whose: () => this.entering.whose, look, ground: () => this.ground, card: (id, fresh) => this.#card(id, fresh), onceMapped: (act) => void wings.open("maps").then(act), land: (id) => this.marks.forEach((m) => m.land(id)),
    }));

    this.zones = new Zones({ popover, model, acts, add: () => making.addRegion(), tell });

    // What is pressed
    const form = /** @type {HTMLFormElement} */ (byId("composer"));
    const entering = (this.entering = new Entering({ button: byId("for"), model, popover, dialogs: () => this.dialogs, say, tell, back: () => this.composer.focus() }, signal));
    const composer = (this.composer = new Composer({
      entering, form, model, popover, say, tell, signal, add: (text, region) => making.add(text, region), addMany: (lines, region) => making.addMany(lines, region), editLast: () => making.editLast(), promise: () => this.silence?.promise ?? "",
    }));
    new AlikeHint({ field: composer.field, box: byId("alike"), model, show: (id) => views.showHit(id), say, signal });
    this.resize = new Resize({ surface, selection, size: (id, w, h) => acts.resize(id, w, h) });
    this.ghost = new Ghost(surface, () => composer.region);
    const wishes = { edit, open: (/** @type {string} */ id) => views.sheet(id), picked, writeAt: (/** @type {{x: number, y: number}} */ p) => making.writeAt(p) };
    const hand = (this.hand = new Hand({ surface, look, acts, selection, signal, wishes, shareDrag: (drag) => this.#shareDrag(drag) }));
    const toolbar = (this.toolbar = new Toolbar({ box: byId("toolbar"), surface, selection, menus, insets, edit, group, remove, back: (id) => views.focus(id), map: () => this.map }));
    const search = (this.search = new Search({
      box: byId("search"), model, order: () => views.readingOrder, show: (id) => views.showHit(id), inList: () => list.isOpen, listed: (query) => list.search(query), back: () => views.enter(),
    }));
    const singles = { get: () => this.keyboard.singles, set: (/** @type {boolean} */ on) => this.#switchSingles(on) };
    const dialogs = (this.dialogs = new Dialogs(/** @type {HTMLDialogElement} */ (byId("dialog")), { returnUrl: page.returnUrl, singles }));
    this.ending = new Ending({ sync, model, dialogs, reportUrl: page.reportUrl });
    this.silence = new Silence({ sync, model, dialogs, tell, ended: () => this.ending.notice });
    this.refusals = new Refusals({ box: byId("refusals"), notice: byId("refused"), sync, model, alert, putBack: (text) => composer.put(text), back: () => composer.focus() });
    const images = (this.images = page.imagesUrl
      ? new Images({ root: byId("view"), url: page.imagesUrl, formToken: page.formToken, may: () => model.may("add") && !model.hides, tell, signal, add: (image, point) => making.addImage(image, point) })
      : null);
    const bars = (this.bars = new Bars({
      left: byId("zoom"), right: byId("history"), camera, look, sync, acts, isList: () => list.isOpen, toggleList: () => views.toggleList(),
      largerText: () => views.largerText(), keys: () => dialogs.keys(), finished: () => this.together?.asking.finished() ?? "", cheer: () => this.cheering.button(), image: images && (() => images.choose()),
    }));
    this.today = new Today({ box: byId("today"), main: this.main, url: page.planUrl, model, clock, present: () => this.others.present, popover, drawn: () => this.top?.draw(), land: () => this.#landAgain() }, signal);
    const top = (this.top = new Top({
      where: byId("where"), task: byId("task"), people: byId("people"), model, present: () => this.others.present, manageUrl: page.manageUrl,
      openMenu: (anchor) => void this.withSheets(({ menu }) => menu.open(anchor)), openPeople: (anchor) => this.#openPeople(anchor), search: () => search.open(),
      openRoom: () => this.room.toggle(), isRoomOpen: () => this.room?.isOpen ?? false, atDoor: () => this.room?.door.waiting.length ?? 0, running: () => this.room?.running, begins: () => this.today?.begins ?? "", asking: () => this.together?.asking.beside() ?? "",
    }));
    const consents = (this.consents = new Consents(model));
    this.room = new Room({
      main: this.main, runbar: byId("runbar"), cockpit: byId("cockpit"), notice: byId("room-notice"), model, clock, popover, notices: this.notices,
      present: () => this.others.present, openPeople: (anchor) => this.#openPeople(anchor), setStage: (stage) => this.#setStage(stage), vote: () => this.decide(({ voting }) => voting.askOrClose()), end: () => this.ending.ask(), silence: () => /** @type {any} */ (this).silence, alert, tell,
      changed: () => { this.top.draw(); this.composer.draw(); }, sized: () => surface.changed(new Set(), true), land: () => this.#landAgain(), back: () => byId("room-button").focus(),
      code: page.code, wallUrl: page.wallUrl, agendaUrl: page.agendaUrl, tables: () => this.tables?.tile() ?? "", consents, consent: (now) => this.decide(({ consenting }) => (now ? consenting.show(now.id) : consenting.ask())), gathering: () => this.together?.gathering,
    }, signal);
    const seats = new Seats(model);
    this.seated = new Seated({ notice: byId("table-notice"), model, clock, alert, tell, seats, isBrought: () => Boolean(this.together?.bringing.isMine || this.together?.following.holds), putBack: (text) => composer.put(text) }, signal);
    this.together = new Together({
      main: this.main, boxes: { list: byId("list"), phone: byId("phone"), tabs: byId("tabs") }, layer: this.layer, presence, whereabouts, selection, say, notice: byId("together-notice"), model, clock, seats, surface, phone, list, views, look, popover, place: (id) => this.marks[0].place(id), present: () => this.others.present,
      go: (board) => this.seated.go(board), comment: (id) => this.#comment(id), changed: (ids) => this.#shownAnew(ids), alert, tell, drawn: (what) => (what === "room" ? this.room.draw() : this.#peopleSaid()),
    }, signal);
    this.commands = new Commands({
      model, views, selection, acts, look, hand, composer, toolbar, menus, list, surface, search, dialogs, picking: this.picking, say, edit, group, remove, translate: (id) => this.translate(id), dismiss: () => this.notices.dismiss(), asking: () => this.together.asking, cheering: this.cheering, map: () => this.map,
    });
    this.keyboard = new Keyboard(this.main, (command) => this.wings.takesKeys || this.commands.run(command), signal);
    this.keyboard.singles = kept("singles", "1") === "1";
    this.keeper = new Keeper({ main: this.main, back: () => views.enter() }, signal);
    this.redraw = new Redraw({
      sync, main: this.main, model, selection, surface, phone, list, views, look, metrics, announcer: this.announcer, notices: this.notices, top, composer, bars, toolbar, search, silence: this.silence,
      keeper: this.keeper, landed: () => wings.ahead(),
    });

    this.ground = new Ground({ box: byId("work-notice"), model, acts, popover, choose: images && (() => images.choose()), say, back: (id) => views.focus(id) });
    this.rounds = new Rounds({
      box: byId("work-notice"), model, clock, choose: (region) => composer.setRegion(region), add: () => making.draw(), ticked: () => this.sheets?.card.draw(), show: (region) => this.#showRegion(region), say, alert,
    });
    acts.stamp = () => ({ ...this.rounds.stamp, ...composer.stamp });

    // What is opened later, and how it is furnished then
    wings.when("records", ({ Actors, RecordBoard }) => {
      void new Actors({
        main: this.main, box: byId("actors"), form: /** @type {HTMLFormElement} */ (byId("actor-form")), dialog: /** @type {HTMLDialogElement} */ (byId("actor-dialog")),
        model, popover, say, tell, undo: () => acts.undo(), redo: () => acts.redo(), toggleList: () => views.toggleList(),
      });
      void new RecordBoard({
        main: this.main, box: byId("records"), form: /** @type {HTMLFormElement} */ (byId("record-form")), dialog: /** @type {HTMLDialogElement} */ (byId("record-dialog")), languages: page.languages,
        model, popover, say, tell, undo: () => acts.undo(), redo: () => acts.redo(), toggleList: () => views.toggleList(),
      });
    });
    wings.when("maps", ({ SystemMap }) => {
      this.map = new SystemMap({
        main: this.main, box: byId("map-side"), empty: byId("empty"), dialog: /** @type {HTMLDialogElement} */ (byId("map-dialog")), model, surface, selection, picking: this.picking,
        popover, views: () => this.views, menus: () => this.menus, redraw: () => { list.draw(); phone.draw(); }, remove, waiting: looks.waiting, fit: () => look.fit(), say, tell, offer: (...offer) => this.notices.offer(...offer), mapUrl: page.mapUrl, formToken: page.formToken, exportUrl: page.exportUrl,
      });
      this.redraw.items(null);
    });
    wings.when("findings", ({ ComesTo }) => {
      this.comesTo = new ComesTo({
        main: this.main, box: byId("comes-to"), model, url: `${location.pathname.replace(/\/$/, "")}/findings`, redraw: () => { list.draw(); phone.draw(); }, sized: () => surface.changed(new Set(), true),
        show: (id) => views.showHit(id), say,
      });
      if (sync.isLoaded(who.board)) this.comesTo.draw();
    });
    wings.when("leading", (wing) => {
      this.tables = new wing.Tables({
        box: byId("tables"), main: this.main, seats, attention: this.together.attention, clock, popover, url: page.tablesUrl, tell, say, drawn: () => this.room.draw(), back: () => views.enter(),
      }, signal);
      this.together.furnish(wing);
      this.room.furnish(wing);
    });
    wings.when("deciding", ({ Consenting, Voting }) => {
      this.decisions = {
        voting: new Voting({
          main: this.main, box: byId("vote"), tray: byId("tray"), dialog: /** @type {HTMLDialogElement} */ (byId("vote-dialog")), votes, dialogs, popover, notices: this.notices,
          picked: () => selection.ids, isList: () => list.isOpen, alert, tell, items: (ids) => this.#dotsMoved(ids), sized: () => surface.changed(new Set(), true), back: () => views.enter(), hadNone: this.#hadNone,
        }, signal),
        consenting: new Consenting({ main: this.main, box: byId("consent"), model, dialogs: () => dialogs, notices: this.notices, alert, tell, drawn: () => this.room.drawCockpit(), back: () => views.enter(), consents, hadNone: this.#hadNone }, signal),
      };
    });
    // What the server says of dots that an earlier page put has to be heard.
    ballots.addEventListener("change", () => ballots.waits && void wings.open("deciding"));
    wings.when("sheets", ({ BringIn, boardMenu, CardForm, Comments, peopleList, Proposals, Translating }) => {
      this.sheets = {
        comments: new Comments({ model, dialog: /** @type {HTMLDialogElement} */ (byId("comments")), words: (item) => String(item.text ?? item.name ?? item.alt ?? ""), say, tell, back: (id) => this.views.focus(id) }),
        menu: boardMenu(this, page, { setStage: (stage) => this.#setStage(stage), turnTranslations: (on) => this.#turnTranslations(on), leaving: () => this.#forget() }),
        peopleList,
        translating: new Translating({ box: /** @type {HTMLDialogElement} */ (byId("translating")), model, acts, order: () => views.readingOrder, suggesting: page.translateUrl ? new Suggesting({ url: page.translateUrl, formToken: page.formToken, host: page.translates }) : null, back: (id) => (id && model.item(id) ? views.focus(id) : views.enter()) }),
        proposals: new Proposals({ dialog: /** @type {HTMLDialogElement} */ (byId("proposals")), model, acts, url: page.groupsUrl, say, back: () => views.enter() }),
        bringIn: new BringIn({
          dialog: /** @type {HTMLDialogElement} */ (byId("bring-in")), model, url: page.tableUrl, formToken: page.formToken, tell, offer: (...offer) => this.notices.offer(...offer), region: () => composer.region,
          spots: (n) => making.spots(n), bounds: () => (model.loose.length ? surface.plan.bounds : null), fit: () => look.fit(),
        }),
        card: new CardForm({ dialog: /** @type {HTMLDialogElement} */ (byId("card-dialog")), model, say, rounds: () => this.rounds, more: () => making.draw(), discard: (id) => acts.discard(id), closed: (id) => (model.item(id) ? views.focus(id) : views.enter()) }),
      };
    });
    wings.tell = (what) => this.#wingTold(what);

    this.listening = new Listening(this, signal);
    views.textSize = Number(kept("text", "100"));
    views.choose();
  }

  /** A board that has become of another kind, a vote that begins, a role that was given: shown by what is opened for it. */
  furnish() {
    const { model, sync, wings } = this;
    const needed = [...wingsOf(model.fields), ...wingsFor(model.workshop.items.values(), model.role)];
    if (sync.isLoaded(model.who.workshop) && !needed.includes("deciding")) this.#hadNone = true;
    for (const name of needed) void wings.open(name);
  }

  /** What decisions are made with, once it is there. @param {(decisions: Decisions) => void} act */
  async decide(act) {
    await this.wings.press("deciding");
    if (this.decisions) act(this.decisions);
  }

  /** What opens over the board, once it is there. @param {(sheets: Sheets) => void} act */
  async withSheets(act) {
    await this.wings.press("sheets");
    if (this.sheets) act(this.sheets);
  }

  /** @param {string | null} [id] */
  translate(id) {
    void this.withSheets(({ translating }) => translating.open(id));
  }

  /** @param {string} id */
  #comment(id) {
    void this.withSheets(({ comments }) => comments.open(id));
  }

  /** @param {string} id @param {boolean} [fresh] */
  #card(id, fresh) {
    void this.withSheets(({ card }) => card.open(id, fresh));
  }

  /** @param {"coming" | "here" | "missing"} what */
  #wingTold(what) {
    const { notices, wings, sync } = this;
    if (what === "coming") return notices.tell(t("One moment, this part of the page is coming…"));
    if (what === "here") return void notices.dismiss();
    // What was written and not sent yet lies on this device, and is sent by the page that is loaded.
    if (wings.isLost && sync.isOnline) return notices.offer(t("A part of this page does not come. There may be a newer one."), t("Load the page anew"), () => location.reload());
    notices.offer(t("A part of this page did not come. It is asked for again when the line is back."), t("Try again"), () => wings.again());
  }

  /** There will be no more connection: everything stays to be read, nothing can be changed. @param {"session" | "forbidden"} why */
  end(why) {
    if (this.model.ended) return;
    const name = this.model.lead || t("The facilitator");
    const sentOut = document.body.classList.contains("is-rehearsal") ? t("The rehearsal has ended. Nothing of it is kept.") : t("{name} has closed your place.", { name });
    this.model.ended = why === "forbidden" ? sentOut : t("You are signed out here. Open your link again to go on.");
    this.notices.ended(this.model.ended);
    this.popover.close();
    this.room.draw();
    this.top.draw();
    this.composer.draw();
    this.toolbar.draw();
  }

  /** Whoever leaves this device to others leaves no words on it. */
  #forget() {
    this.composer.forget();
    this.model.votes?.ballots.forget();
    this.refusals.forget();
  }

  /** @param {{ids: string[], x: number, y: number} | null} drag */
  #shareDrag(drag) {
    this.toolbar.hide(Boolean(drag));
    this.presence.show({ drag });
  }

  /** @param {boolean} on */
  #switchSingles(on) {
    this.keyboard.singles = on;
    keep("singles", on ? "1" : "0");
  }

  /** @param {"open" | "locked"} stage */
  #setStage(stage) {
    this.sync.ask(this.model.who.workshop, setStage(stage));
    this.notices.tell(stage === "locked" ? t("The board is locked for everyone but those who lead.") : t("The board is open for everyone."));
  }

  /** Who is finished, who waits: in both bars. */
  #peopleSaid() {
    this.top.draw();
    this.bars.draw();
  }

  /** Does this person lead the view of all, me too? @param {string} person */
  #isLeading(person) {
    const { leading, guides } = this.together ?? {};
    return person === this.model.me ? Boolean(leading?.isOn) : guides?.leader?.person === person;
  }

  /** Shown to all, or pointed at by whom I follow. @param {string} id */
  #isShown(id) {
    const { spotlight, following } = this.together ?? {};
    return Boolean(spotlight?.isOn(id) || following?.isPointedAt(id));
  }

  /** To follow somebody by name; the list closes, so that what they see is seen. */
  get #followed() {
    const { following } = this.together;
    return { target: following.target, toggle: (/** @type {string} */ person) => (this.popover.close(), following.toggle(person)) };
  }

  /** A sheet that came to me: to where it begins. @param {string} region */
  #showRegion(region) {
    if (this.phone.isOpen) return this.phone.setZone(region);
    const rect = this.surface.rectOf(region);
    if (rect && !this.list.isOpen) this.look.reveal({ ...rect, h: Math.min(rect.h, 320) });
  }

  /** Another note is shown to everyone. @param {Set<string>} ids */
  #shownAnew(ids) {
    for (const marks of this.marks) marks.refresh(ids);
    this.list.draw();
  }

  /** What shows dots is drawn again. @param {Set<string>} ids */
  #dotsMoved(ids) {
    this.redraw.items(ids);
    this.toolbar.draw();
  }

  /** The surface has another width in a moment: look at the board as people do who come. */
  #landAgain() {
    const { surface, views, look, redraw } = this;
    const done = new AbortController();
    const land = () => {
      const { top, bottom } = views.insets;
      redraw.leastHeight = (surface.size.h - top - bottom) / look.land();
      surface.changed(null, true);
      done.abort();
    };
    surface.addEventListener("resized", land, { signal: done.signal });
    setTimeout(() => done.abort(), 1_000);
  }

  /** Handing over: from now on they lead as well, and whoever did may go. @param {import("./model.js").Person} person */
  #letLead(person) {
    this.popover.close();
    this.sync.ask(this.model.who.workshop, setRole(person.id, "facilitator"));
    this.notices.tell(t("{name} leads the workshop too.", { name: this.model.name(person.id) }));
  }

  /** @param {HTMLElement} anchor */
  #openPeople(anchor) {
    if (this.popover.isFor(anchor)) return this.popover.close();
    void this.withSheets(({ peopleList }) =>
      this.popover.open(anchor, peopleList(this.model, this.others.present, (person) => this.#letLead(person), this.#followed, () => (this.popover.close(), this.entering.add())), { label: t("Who is here"), role: "group", className: "popover--people" }),
    );
  }

  /** For this reader alone: notes are taller, or no longer. @param {boolean} on */
  #turnTranslations(on) {
    this.model.reader.turn(on);
    this.views.remeasure();
    this.redraw.items(null, true);
    this.announcer.say(on ? t("Translations are shown beneath notes") : t("Translations are not shown"));
  }
}

/**
 * @typedef {{voting: import("./voting.js").Voting, consenting: import("./consenting.js").Consenting}} Decisions
 * @typedef {{
 *   comments: import("./panels/comments.js").Comments, menu: import("./panels/menu.js").Menu, peopleList: typeof import("./panels/people.js").peopleList,
 *   translating: import("./panels/translating.js").Translating, proposals: import("./panels/proposals.js").Proposals,
 *   bringIn: import("./bring_in/bring_in.js").BringIn, card: import("./cards/card_form.js").CardForm,
 * }} Sheets
 */

/** @param {Model} model */
function makeAnnouncer(model) {
  const names = {
    name: (/** @type {string | undefined} */ id) => model.person(id)?.name ?? "",
    title: (/** @type {string} */ id) => model.regionTitle(id),
    regionOf: (/** @type {string} */ id) => model.item(id)?.region ?? "",
  };
  const level = /** @type {import("./announce.js").Level} */ (kept("aloud", "all"));
  const announcer = new Announcer({ polite: byId("polite"), assertive: byId("assertive"), me: model.me, level, names });
  announcer.addEventListener("level", () => keep("aloud", announcer.level));
  return announcer;
}

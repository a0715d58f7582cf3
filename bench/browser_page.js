// What is run inside the page that is measured, before its own scripts. Nothing here touches what the page does.
let usable;

window.bench = {
  usable: new Promise((now) => (usable = now)),

  // A gesture in each of `frames` frames: how many a second, how long each took the main thread is asked of the browser.
  async gesture(selector, frames, wheel) {
    const on = document.querySelector(selector);
    const box = on.getBoundingClientRect();
    const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
    const long = [];
    const watch = new PerformanceObserver((list) => long.push(...list.getEntries().map((e) => e.duration)));
    watch.observe({ type: "longtask" });
    const began = performance.now();
    for (let i = 0; i < frames; i++) {
      const turn = wheel.turn && i >= frames / 2 ? -1 : 1;
      const delta = { deltaX: turn * (wheel.x ?? 0), deltaY: turn * (wheel.y ?? 0), ctrlKey: Boolean(wheel.ctrl) };
      on.dispatchEvent(new WheelEvent("wheel", { ...at, ...delta, bubbles: true, cancelable: true }));
      await new Promise(requestAnimationFrame);
    }
    const took = performance.now() - began;
    await new Promise((done) => setTimeout(done, 60));
    watch.disconnect();
    return { fps: (frames * 1000) / took, longest: Math.max(0, ...long) };
  },

  // In each frame of a pan, how much of the view shows notes; `still`: the same when all has come to rest.
  // The notes stand close together, so what shows fewer than at rest is blank.
  async covered(selector, frames, wheel) {
    const on = document.querySelector(selector);
    const box = on.getBoundingClientRect();
    const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true, cancelable: true };
    const turn = async (delta) => {
      on.dispatchEvent(new WheelEvent("wheel", { ...at, ...delta }));
      await new Promise(requestAnimationFrame);
    };
    const isNear = () => (document.querySelector(".note")?.getBoundingClientRect().width ?? 0) > 120;
    for (let i = 0; i < 200 && !isNear(); i++) await turn({ deltaY: -40, ctrlKey: true });
    const share = () => {
      let here = 0, all = 0;
      for (let x = box.left + 30; x < box.right; x += 60)
        for (let y = box.top + 30; y < box.bottom; y += 60) {
          all++;
          here += Boolean(document.elementFromPoint(x, y)?.closest(".note"));
        }
      return here / all;
    };
    const rest = () => new Promise((done) => setTimeout(done, 500));
    await rest();
    const still = [share()];
    const seen = [];
    for (let i = 0; i < frames; i++) {
      await turn({ deltaX: wheel.x, deltaY: wheel.y });
      seen.push(share());
      if (i % 20 === 19) {
        await rest();
        still.push(share());
      }
    }
    return { least: Math.min(...seen), still: Math.min(...still) };
  },

  // From each key to the end of the frame that shows it.
  keys: [],
  watchKeys() {
    addEventListener("keydown", (e) => afterPaint((now) => this.keys.push(now - e.timeStamp)), { capture: true });
  },

  // From asking to the end of the frame that shows it, for markers that appear in words (bench/load/meter.h).
  // `offset`: what to add to the generator's clock to get the time of day, in ms.
  seen: [],
  watchMarkers(offset) {
    const known = new Map();
    new MutationObserver((records) => {
      for (const { target } of records) {
        const note = (target.nodeType === 1 ? target : target.parentElement)?.closest(".note");
        const found = note && /@E([0-9a-f]{12})/.exec(note.textContent);
        if (!found || known.get(note) === found[1]) continue;
        const first = !known.has(note);
        known.set(note, found[1]);
        const sent = parseInt(found[1], 16) / 1000 + offset;
        if (!first) afterPaint((now) => this.seen.push(performance.timeOrigin + now - sent));
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  },
};

function afterPaint(then) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(0);
  });
}

new MutationObserver((_, self) => {
  if (document.getElementById("board")?.dataset.ready === undefined) return;
  self.disconnect();
  afterPaint(usable);
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });

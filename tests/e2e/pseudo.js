// What is wrong with the page as it is shown, in the pseudo language: words outside brackets, and words that do not fit.
// Names of languages and of the product, keys, codes and addresses are nobody's sentences.
() => {
  const OWN = "kbd, .kbd, .brand, [lang]:not(html), .today__code, .wall__code, bdi, .plain__code, a[download], .where__mark, .avatar, .pcard, .boards a, .wall__open b, .wall__open strong";
  const NAMES = /Codesign|English|PDF|PNG|Excel|CSV|JSON|MORAKI TUBELO/g;
  const seen = (el) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const left = (text) => {
    for (let was = ""; was !== text; ) [was, text] = [text, text.replace(/⟦[^⟦⟧]*⟧/g, "")];
    return text.replace(NAMES, "").replace(/\s+/g, " ").match(/[A-Za-zÀ-ž]{2,}[^⟦⟧]*/g) ?? [];
  };
  const nodes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const el = node.parentElement;
    if (node.data.trim() && !el.closest("script, style, noscript, datalist, option, textarea") && seen(el)) nodes.push(node);
  }
  const escaped = left(nodes.filter((n) => !n.parentElement.closest(OWN)).map((n) => n.data).join("\n"));
  for (const el of document.querySelectorAll("[aria-label], [title], [placeholder], [alt], [data-tip]")) {
    if (!seen(el) || el.closest(OWN)) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt", "data-tip"]) escaped.push(...left(el.getAttribute(name) ?? ""));
  }
  const CONTROL = "button, .btn, .chip, .menu__item, .seg, .lay, .pick, .notice, .island, .lang";
  const scrolls = (el) => {
    for (let up = el; up && up !== document.body; up = up.parentElement) {
      const { overflowX, textOverflow } = getComputedStyle(up);
      if (overflowX !== "visible" && (textOverflow === "ellipsis" || ((overflowX === "auto" || overflowX === "scroll") && up.scrollWidth > up.clientWidth))) return true;
    }
    return false;
  };
  const spilled = [];
  if (document.documentElement.scrollWidth > innerWidth) spilled.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const node of nodes) {
    const el = node.parentElement;
    if (el.closest(".sr, .note, .is-ghost, .layer, .cursors, .skip") || scrolls(el)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left: l, right: r, width } = range.getBoundingClientRect();
    if (!width) continue;
    const box = el.closest(CONTROL)?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
    if (l < Math.max(0, box.left) - 1 || r > Math.min(innerWidth, box.right) + 1) spilled.push(`${node.data.trim().slice(0, 60)} in ${el.closest(CONTROL)?.className ?? el.className}`);
  }
  return escaped.length || spilled.length ? { escaped: [...new Set(escaped)], spilled: [...new Set(spilled)] } : null;
}

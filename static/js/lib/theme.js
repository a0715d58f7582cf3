// Light, dark or as the system says. The choice stays on this device and is put on <html> before anything draws.

const KEY = "codesign.theme";
export const THEMES = ["system", "light", "dark"];

/** @returns {string} one of THEMES */
export function theme() {
  const kept = read();
  return THEMES.includes(kept) ? kept : "system";
}

/** @param {string} chosen one of THEMES */
export function setTheme(chosen) {
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // A browser that keeps nothing still shows the choice until the page is left.
  }
  show(chosen);
}

export function startTheme() {
  show(theme());
  addEventListener("storage", (event) => event.key === KEY && show(theme()));
}

/** @param {string} chosen */
function show(chosen) {
  const root = document.documentElement;
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  else delete root.dataset.theme;
}

function read() {
  try {
    return localStorage.getItem(KEY) ?? "system";
  } catch {
    return "system";
  }
}

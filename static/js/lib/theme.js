// Light, dark or as the system says. The choice is a cookie, so that the server writes it into the page itself and
// nothing flashes in the wrong colours first.

const NAME = "codesign_theme";
const YEAR = 365 * 24 * 60 * 60;
export const THEMES = ["system", "light", "dark"];

/** @returns {string} one of THEMES */
export function theme() {
  return document.documentElement.dataset.theme ?? "system";
}

/** @param {string} chosen one of THEMES */
export function setTheme(chosen) {
  const root = document.documentElement;
  const kept = chosen === "light" || chosen === "dark";
  if (kept) root.dataset.theme = chosen;
  else delete root.dataset.theme;
  document.cookie = `${NAME}=${kept ? chosen : ""}; Path=/; SameSite=Lax; Max-Age=${kept ? YEAR : 0}`;
}

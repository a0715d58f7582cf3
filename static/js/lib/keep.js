/** Small things kept on this device. A browser that keeps nothing still works, until the page is left. */

/** @param {string} key @param {string} otherwise */
export function kept(key, otherwise = "") {
  try {
    return localStorage.getItem(`codesign.${key}`) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {string} key @param {string} value */
export function keep(key, value) {
  try {
    localStorage.setItem(`codesign.${key}`, value);
  } catch {
    // Private windows of some browsers refuse; the choice holds for this page.
  }
}

/** @param {string} key */
export function forget(key) {
  try {
    localStorage.removeItem(`codesign.${key}`);
  } catch {
    // Where nothing is kept there is nothing to forget.
  }
}

// Ids of 128 random bits, 22 letters of base64url. Works on plain http: getRandomValues is
// there where randomUUID is not.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** @typedef {(bytes: Uint8Array<ArrayBuffer>) => Uint8Array} RandomBytes fills the array and returns it */

/**
 * A new id.
 * @param {RandomBytes} [fill]
 * @returns {string}
 */
export function newId(fill = (bytes) => crypto.getRandomValues(bytes)) {
  const bytes = fill(new Uint8Array(16));
  let id = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      id += LETTERS[(held >> bits) & 63];
    }
    held &= (1 << bits) - 1;
  }
  return id + LETTERS[(held << (6 - bits)) & 63];
}

/**
 * A number in [0, 1) with 32 random bits.
 * @returns {number}
 */
export function randomFraction() {
  return crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;
}

/** Bytes as base64 and back (RFC 4648 §4), the same in Node and in the browser. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += alphabet[group >>> 18] + alphabet[(group >>> 12) & 63];
    text += (left > 1 ? alphabet[(group >>> 6) & 63] : '=') + (left > 2 ? alphabet[group & 63] : '=');
  }
  return text;
}

/** @returns null when the text is not base64 */
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let group = 0;
    for (let k = 0; k < 4; k++) group = (group << 6) | Math.max(0, alphabet.indexOf(text[i + k]));
    for (const shift of [16, 8, 0]) if (at < bytes.length) bytes[at++] = group >>> shift;
  }
  return bytes;
}

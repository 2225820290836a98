/** Whether the bytes say `text` (one byte a character) at a place. */
export const begins = (bytes: Uint8Array, text: string, at = 0): boolean =>
  bytes.length >= at + text.length &&
  Array.from(text).every((character, index) => bytes[at + index] === character.codePointAt(0));

/** The bytes as numbers of several bytes are read from them. */
export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

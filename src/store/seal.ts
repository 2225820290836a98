// One sealed value: AES-256-GCM, bound to the cell it belongs to. Which key, secrets.ts knows.

import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const VERSION = 1;
const HEADER_BYTES = 2;
const IV_BYTES = 12; // NIST SP 800-38D, 8.2: 96 bits, here drawn at random
const TAG_BYTES = 16;

/** The one cell a sealed value belongs to; in any other it does not open. */
export type Place = { table: string; column: string; rowId: string };

/** A sealed value does not open: another key, another row or column, another format, or it was changed. */
export class SealBroken extends Error {
  override name = 'SealBroken';
}

/** The generation of the root key that a wrapped key or an outbox value was sealed under. @throws SealBroken */
export const generationOf = (sealed: Uint8Array): number => {
  const [version, generation] = sealed;
  if (version !== VERSION || !generation) throw new SealBroken('sealed value: unknown format');
  return generation;
};

type Plain = { readonly plain: Buffer; readonly keyId: number };
type Sealed = { readonly bytes: Uint8Array; readonly keyId: number };

/** version byte ‖ key id byte ‖ 12-byte IV ‖ ciphertext ‖ 16-byte tag; never twice the same bytes. */
export function sealBytes(key: KeyObject, place: Place, { plain, keyId }: Plain): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticated(place));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION, keyId]), iv, sealed, cipher.getAuthTag()]);
}

/** @throws SealBroken */
export function unseal(key: KeyObject, place: Place, { bytes: given, keyId }: Sealed): Buffer {
  const bytes = Buffer.from(given);
  if (bytes.length < HEADER_BYTES + IV_BYTES + TAG_BYTES) throw new SealBroken('sealed value: too short');
  if (bytes[0] !== VERSION || bytes[1] !== keyId) {
    throw new SealBroken(`sealed value: unknown format ${bytes[0]} or key ${bytes[1]}`);
  }
  const textStart = HEADER_BYTES + IV_BYTES;
  const tagStart = bytes.length - TAG_BYTES;
  const iv = bytes.subarray(HEADER_BYTES, textStart);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(authenticated(place));
  decipher.setAuthTag(bytes.subarray(tagStart));
  const plain = decipher.update(bytes.subarray(textStart, tagStart));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch (cause) {
    throw new SealBroken(
      `sealed value of ${place.table}.${place.column}: wrong key or row, or it was changed`,
      {
        cause,
      },
    );
  }
}

/** The row id comes last but one, so no `|` in it could stand for another place as long as the names have none. */
function authenticated(place: Place): Buffer {
  const { table, column, rowId } = place;
  return Buffer.from(`${withoutBar(table)}|${withoutBar(column)}|${withoutBar(rowId)}|${VERSION}`);
}

/** A part of what a seal or an index is bound to; `|` stands between the parts. */
export function withoutBar(part: string): string {
  if (part.includes('|')) throw new TypeError('a part of a key label may not contain "|"');
  return part;
}

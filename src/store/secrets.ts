// What keeps names, numbers and message bodies unreadable to who holds only the database: field encryption with a
// key per member, blind indexes for look-ups, and the fingerprint that ties a database to its key file.
// node:crypto only, and synchronous: a field costs some ten microseconds.

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { RootKey } from './key-file.ts';

const VERSION = 1;
/** Which generation of its key sealed a value. There is one so far. */
const KEY_ID = 1;
const HEADER_BYTES = 2;
const IV_BYTES = 12; // NIST SP 800-38D, 8.2: 96 bits, here drawn at random
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const FINGERPRINT_CHARS = 16; // 64 bits: enough to tell keys apart, far too little to attack one

/** A member's own key. Destroying its wrapped form makes all she said unreadable for ever. */
export type DataKey = KeyObject;

/** The one cell a sealed value belongs to; in any other it does not open. */
export type Place = { table: string; column: string; rowId: string };

/** A sealed value does not open: another key, another row or column, another format, or it was changed. */
export class SealBroken extends Error {
  override name = 'SealBroken';
}

export type Secrets = {
  /** A fresh key; `wrapped` is the form to store, which only the root key opens. */
  newDataKey: () => { key: DataKey; wrapped: Buffer };
  /** @throws SealBroken */
  unwrap: (wrapped: Uint8Array) => DataKey;
  /** version byte ‖ key id byte ‖ 12-byte IV ‖ ciphertext ‖ 16-byte tag; never twice the same bytes. */
  seal: (key: DataKey, place: Place, text: string) => Buffer;
  /** @throws SealBroken */
  open: (key: DataKey, place: Place, bytes: Uint8Array) => string;
  /**
   * 32 bytes that are equal when kind and value are, to look a value up without storing it readable.
   * @param kind what the value is, such as `phone`; without `|`
   * @param value in its one canonical form: a phone number as E.164
   */
  blindIndex: (kind: string, value: string) => Buffer;
  /** The same for an invitation code. */
  codeIndex: (code: string) => Buffer;
  /** The same for the token behind a button. */
  callbackIndex: (token: string) => Buffer;
  /** A channel's own id of a message, which may hold a person's number, as 43 characters that do not. */
  messageIndex: (channel: string, messageId: string) => string;
  /** Seals an outgoing message's body under one key for the whole outbox, since it may be to nobody's member. */
  outboxSeal: (rowId: string, text: string) => Buffer;
  /** @throws SealBroken */
  outboxOpen: (rowId: string, bytes: Uint8Array) => string;
  /** 16 hex digits to store in the database at first use: another value later means another key file. */
  fingerprint: () => string;
};

export function createSecrets(root: RootKey): Secrets {
  const keys = {
    kek: derive(root, 'kek-v1'),
    blind: derive(root, 'blind-v1'),
    invite: derive(root, 'invite-v1'),
    callback: derive(root, 'callback-v1'),
    outbox: derive(root, 'outbox-v1'),
    fingerprint: derive(root, 'fingerprint-v1'),
  };
  return {
    newDataKey: () => newDataKey(keys.kek),
    unwrap: (wrapped) => createSecretKey(unseal(keys.kek, WRAPPED_KEY, wrapped)),
    seal: (key, place, text) => sealBytes(key, place, Buffer.from(text)),
    open: (key, place, bytes) => unseal(key, place, bytes).toString(),
    blindIndex: (kind, value) => index(keys.blind, `${withoutBar(kind)}|${value}`),
    codeIndex: (code) => index(keys.invite, code),
    messageIndex: (channel, messageId) =>
      index(keys.blind, `message|${channel}|${messageId}`).toString('base64url'),
    callbackIndex: (token) => index(keys.callback, token),
    outboxSeal: (rowId, text) => sealBytes(keys.outbox, outboxBody(rowId), Buffer.from(text)),
    outboxOpen: (rowId, bytes) => unseal(keys.outbox, outboxBody(rowId), bytes).toString(),
    fingerprint: () => index(keys.fingerprint, 'comadre').toString('hex').slice(0, FINGERPRINT_CHARS),
  };
}

/** A key for one purpose. KeyObject rather than bytes: it does not print itself into a log. */
function derive(root: RootKey, label: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', root.bytes, '', label, KEY_BYTES)));
}

/** Where every wrapped key says it belongs: a key is made before the row that will hold it. */
const WRAPPED_KEY: Place = { table: 'data_key', column: 'wrapped', rowId: '' };

const outboxBody = (rowId: string): Place => ({ table: 'outbox', column: 'body', rowId });

function newDataKey(kek: KeyObject): { key: DataKey; wrapped: Buffer } {
  const bytes = randomBytes(KEY_BYTES);
  return { key: createSecretKey(bytes), wrapped: sealBytes(kek, WRAPPED_KEY, bytes) };
}

function sealBytes(key: KeyObject, place: Place, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticated(place));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION, KEY_ID]), iv, sealed, cipher.getAuthTag()]);
}

function unseal(key: KeyObject, place: Place, given: Uint8Array): Buffer {
  const bytes = Buffer.from(given);
  if (bytes.length < HEADER_BYTES + IV_BYTES + TAG_BYTES) throw new SealBroken('sealed value: too short');
  if (bytes[0] !== VERSION || bytes[1] !== KEY_ID) {
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

function withoutBar(part: string): string {
  if (part.includes('|')) throw new TypeError('a part of a key label may not contain "|"');
  return part;
}

function index(key: KeyObject, value: string): Buffer {
  return createHmac('sha256', key).update(value).digest();
}

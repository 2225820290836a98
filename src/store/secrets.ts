// What keeps names, numbers and message bodies unreadable to who holds only the database: field encryption with a
// key per member, blind indexes for look-ups, and the fingerprint that ties a database to its key file.
// node:crypto only, and synchronous: a field costs some ten microseconds.

import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { deriveBytes, type RootKey } from './key-file.ts';
import { generationOf, type Place, SealBroken, sealBytes, unseal, withoutBar } from './seal.ts';

export { type Place, SealBroken } from './seal.ts';

/** The key id of what an owner's own key sealed: that key is never changed, only wrapped anew. */
const OWN_KEY = 1;
/** The first generation of the root key. Every later one has a file of its own beside it. */
export const FIRST_GENERATION = 1;
const KEY_BYTES = 32;
const FINGERPRINT_CHARS = 16; // 64 bits: enough to tell keys apart, far too little to attack one

/** A member's own key. Destroying its wrapped form makes all she said unreadable for ever. */
export type DataKey = KeyObject;

/** A value was sealed under a generation of the root key whose file is not here. */
export class KeyMissing extends SealBroken {
  override name = 'KeyMissing';
  readonly generation: number;
  constructor(generation: number, message: string) {
    super(message);
    this.generation = generation;
  }
}

export type Secrets = {
  /** The generation of the root key under which new values are sealed. It only grows. */
  generation: () => number;
  /** Seals under this generation from now on, unless a newer one is in use. @throws KeyMissing */
  sealUnder: (generation: number) => void;
  /** The same key, wrapped under the generation in use. @throws SealBroken */
  rewrap: (wrapped: Uint8Array) => Buffer;
  /** An outbox value sealed anew under the generation in use. @throws SealBroken */
  outboxReseal: (rowId: string, bytes: Uint8Array) => Buffer;
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
  /**
   * What a PIN is hashed from: without the key nobody can try PINs against the hash.
   * @param pepper the key; without it one of the first generation, which outlives it as indexes do
   */
  pinDigest: (memberId: string, digits: string, pepper?: DataKey) => string;
  /** A channel's own id of a message, which may hold a person's number, as 43 characters that do not. */
  messageIndex: (channel: string, messageId: string) => string;
  /** Seals an outgoing message's body under one key for the whole outbox, since it may be to nobody's member. */
  outboxSeal: (rowId: string, text: string) => Buffer;
  /** @throws SealBroken */
  outboxOpen: (rowId: string, bytes: Uint8Array) => string;
  /** 16 hex digits to store in the database at first use: another value later means another key file. @throws KeyMissing */
  fingerprint: (generation?: number) => string;
  /** The same for the keys of the indexes, which outlive the generation they were derived from. */
  indexFingerprint: () => string;
};

type GenerationKeys = {
  readonly kek: KeyObject;
  readonly outbox: KeyObject;
  readonly fingerprint: KeyObject;
};

/**
 * Values are opened under whatever generation sealed them, as long as its file is there; whoever meets a newer one than
 * the one in use goes on with that, so that programs that run while the key is changed follow without a restart.
 */
export function createSecrets(root: RootKey): Secrets {
  const { keysOf, current, sealUnder, meet } = generations(root);
  const keys = {
    blind: indexKey(root, 'blind-v1'),
    invite: indexKey(root, 'invite-v1'),
    callback: indexKey(root, 'callback-v1'),
    pin: indexKey(root, 'pin-pepper-v1'),
  };
  const unwrapped = (wrapped: Uint8Array): Buffer =>
    unseal(meet(wrapped).kek, WRAPPED_KEY, { bytes: wrapped, keyId: generationOf(wrapped) });
  const wrap = (bytes: Buffer): Buffer =>
    sealBytes(keysOf(current()).kek, WRAPPED_KEY, { plain: bytes, keyId: current() });
  const outboxSeal = (rowId: string, plain: Buffer): Buffer =>
    sealBytes(keysOf(current()).outbox, outboxBody(rowId), { plain, keyId: current() });
  const outboxOpen = (rowId: string, bytes: Uint8Array): Buffer =>
    unseal(meet(bytes).outbox, outboxBody(rowId), { bytes, keyId: generationOf(bytes) });
  return {
    generation: current,
    sealUnder,
    rewrap: (wrapped) => wrap(unwrapped(wrapped)),
    newDataKey: () => {
      const bytes = randomBytes(KEY_BYTES);
      return { key: createSecretKey(bytes), wrapped: wrap(bytes) };
    },
    unwrap: (wrapped) => createSecretKey(unwrapped(wrapped)),
    seal: (key, place, text) => sealBytes(key, place, { plain: Buffer.from(text), keyId: OWN_KEY }),
    open: (key, place, bytes) => unseal(key, place, { bytes, keyId: OWN_KEY }).toString(),
    blindIndex: (kind, value) => index(keys.blind, `${withoutBar(kind)}|${value}`),
    codeIndex: (code) => index(keys.invite, code),
    messageIndex: (channel, messageId) =>
      index(keys.blind, `message|${channel}|${messageId}`).toString('base64url'),
    pinDigest: (memberId, digits, pepper = keys.pin) =>
      index(pepper, `${memberId}|${digits}`).toString('hex'),
    callbackIndex: (token) => index(keys.callback, token),
    outboxSeal: (rowId, text) => outboxSeal(rowId, Buffer.from(text)),
    outboxOpen: (rowId, bytes) => outboxOpen(rowId, bytes).toString(),
    outboxReseal: (rowId, bytes) => outboxSeal(rowId, outboxOpen(rowId, bytes)),
    fingerprint: (generation = FIRST_GENERATION) => fingerprintOf(keysOf(generation).fingerprint, 'comadre'),
    indexFingerprint: () => fingerprintOf(keys.blind, 'comadre|index'),
  };
}

const fingerprintOf = (key: KeyObject, word: string): string =>
  index(key, word).toString('hex').slice(0, FINGERPRINT_CHARS);

/** The keys of each generation, derived when they are first asked for, and which of them is in use. */
const generations = (root: RootKey) => {
  const known = new Map<number, GenerationKeys>();
  let inUse = FIRST_GENERATION;
  const keysOf = (generation: number): GenerationKeys => {
    const found = known.get(generation);
    if (found) return found;
    const bytes = generation === FIRST_GENERATION ? root.bytes : root.later?.(generation);
    if (!bytes)
      throw new KeyMissing(
        generation,
        `sealed under generation ${generation} of the key, whose file is not here`,
      );
    const made = {
      kek: derive(bytes, 'kek-v1'),
      outbox: derive(bytes, 'outbox-v1'),
      fingerprint: derive(bytes, 'fingerprint-v1'),
    };
    known.set(generation, made);
    return made;
  };
  const sealUnder = (generation: number): void => {
    keysOf(generation);
    inUse = Math.max(inUse, generation);
  };
  const meet = (sealed: Uint8Array): GenerationKeys => {
    const generation = generationOf(sealed);
    if (generation > inUse) sealUnder(generation);
    return keysOf(generation);
  };
  return { keysOf, current: () => inUse, sealUnder, meet };
};

/**
 * What finds a value without storing it readable stays the same for good: most of what was indexed (message ids, codes,
 * other ids of a person) is not kept, so no index of it could be made anew.
 */
function indexKey(root: RootKey, label: string): KeyObject {
  const kept = root.indexes?.(label);
  if (kept) return createSecretKey(kept);
  if (!root.bytes)
    throw new KeyMissing(
      FIRST_GENERATION,
      'neither the first generation of the key nor its indexes are here',
    );
  return derive(root.bytes, label);
}

/** A key for one purpose. KeyObject rather than bytes: it does not print itself into a log. */
function derive(root: Buffer, label: string): KeyObject {
  return createSecretKey(deriveBytes(root, label));
}

/** Where every wrapped key says it belongs: a key is made before the row that will hold it. */
const WRAPPED_KEY: Place = { table: 'data_key', column: 'wrapped', rowId: '' };

const outboxBody = (rowId: string): Place => ({ table: 'outbox', column: 'body', rowId });

function index(key: KeyObject, value: string): Buffer {
  return createHmac('sha256', key).update(value).digest();
}

import { timingSafeEqual } from 'node:crypto';
import type { Choice, IncomingMessage } from '../conversation/message.ts';
import type { Secrets } from '../store/secrets.ts';

/** 72 bits: a guess in 4.7·10²¹ is right, and Telegram's 64 bytes leave room for no more beside the longest payload. */
const TAG_BYTES = 9;
const TAG_CHARS = 12;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Where a payload is cut: an id stands alone between these. */
const CUTS = /([:.])/;
const PACKED_ID = /@([\w-]{22})/g;
const BOUND = /^([^~]*)~([\w-]{12})$/;

type Keys = Pick<Secrets, 'callbackIndex'>;

/**
 * A button's payload as it goes out to one address, and is taken from nobody else: ids are written shorter, and behind `~`
 * stands a keyed tag over them and the address. A payload of 64 bytes with an id in it, or of 51 without, still fits in 64.
 */
export const boundPayload = (keys: Keys, addressId: string, payload: string): string => {
  const packed = payload
    .split(CUTS)
    .map((part) => (UUID.test(part) ? packId(part) : part))
    .join('');
  return `${packed}~${tagOf(keys, addressId, packed)}`;
};

/** The same of every choice of a message. */
export const boundChoices = (keys: Keys, addressId: string, choices: readonly Choice[]): Choice[] =>
  choices.map(({ label, payload }) => ({ label, payload: boundPayload(keys, addressId, payload) }));

/** What a button says, whoever sent it: good for a guess at what will be asked, and for nothing else. */
export const unboundPayload = (wire: string): string => {
  const packed = BOUND.exec(wire)?.[1];
  return packed === undefined ? '' : packed.replace(PACKED_ID, (_, id: string) => unpackId(id));
};

/** Whether we gave this very button to this address. A payload that differs by one bit was given to nobody. */
export const isBoundTo = (keys: Keys, addressId: string, wire: string): boolean => {
  const [, packed, tag] = BOUND.exec(wire) ?? [];
  if (packed === undefined || tag === undefined) return false;
  const right = Buffer.from(tagOf(keys, addressId, packed));
  return timingSafeEqual(right, Buffer.from(tag));
};

/** A button in our words, whoever sent it. */
export const asItSays = (message: IncomingMessage): IncomingMessage =>
  message.body.type === 'button'
    ? { ...message, body: { type: 'button', payload: unboundPayload(message.body.payload) } }
    : message;

/** A button in our words; one that was not given to this address says nothing, as one that nobody made. */
export const heldBy = (keys: Keys, message: IncomingMessage, addressId: string): IncomingMessage => {
  if (message.body.type !== 'button') return message;
  if (isBoundTo(keys, addressId, message.body.payload)) return asItSays(message);
  return { ...message, body: { type: 'button', payload: '' } };
};

/** Whether `heldBy` left nothing of a button. */
export const isRefused = ({ body }: IncomingMessage): boolean =>
  body.type === 'button' && body.payload === '';

const tagOf = (keys: Keys, addressId: string, packed: string): string =>
  keys
    .callbackIndex(`${addressId}|${packed}`)
    .subarray(0, TAG_BYTES)
    .toString('base64url')
    .slice(0, TAG_CHARS);

const packId = (uuid: string): string =>
  `@${Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')}`;

const unpackId = (packed: string): string =>
  Buffer.from(packed, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

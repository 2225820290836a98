import { Temporal } from 'temporal-polyfill';
import type { IncomingMessage } from '../conversation/message.ts';
import type { Snapshot } from '../conversation/snapshot.ts';
import type { Precedence } from '../conversation/urgent-message.ts';
import { hasPlace } from '../domain/group.ts';
import type { Limits, Room } from '../store/limit-message.ts';
import { isRefused } from './bound-button.ts';

/** A digit of the keypad: setting a PIN takes ten of them, and is one thing that she does. */
const KEY = /^pin:[^:]+:(?:\d|back)$/u;
const KEY_COST = 0.2;

/** What came to its platform longer ago waited there: of a group it may all come at once, in any order. */
const LATE_SECONDS = 60;

/**
 * The room that a message takes, its button in our words: of her own at the moment that her platform had it. A key of the
 * keypad takes little of hers; that, and what waited at the platform, nothing of her group's.
 */
export const roomOf = (
  limits: Limits,
  { body, receivedAt }: IncomingMessage,
  now: Temporal.Instant,
): Room => {
  const sent = Temporal.Instant.from(receivedAt);
  const at = Temporal.Instant.compare(sent, now) > 0 ? now : sent;
  const isKey = body.type === 'button' && KEY.test(body.payload);
  const room = { ...limits, at: at.toString(), cost: isKey ? KEY_COST : 1, reserve: 0 };
  return isKey || now.since(at).total('seconds') > LATE_SECONDS ? ofHerAlone(room) : room;
};

/**
 * The room of what does not wait its turn: as much again of her own, and none of her group's. Undefined: it is answered
 * however much she wrote; `none`: it waits.
 */
export const roomInNeed = (room: Room, precedence: Precedence): Room | undefined | 'none' => {
  if (precedence === 'always') return undefined;
  return precedence === 'first' && room.reserve === 0
    ? { ...ofHerAlone(room), reserve: room.person }
    : 'none';
};

/**
 * The room that it takes once it is known whose it is: a button of nobody's is as any message, and whom no leader has
 * admitted takes nothing of a group's.
 */
export const roomTaken = (room: Room, message: IncomingMessage, { speaker }: Snapshot): Room => {
  const taken = isRefused(message) ? { ...room, cost: 1 } : room;
  return speaker.type === 'member' && !hasPlace(speaker.me.state) ? ofHerAlone(taken) : taken;
};

const ofHerAlone = (room: Room): Room => ({ ...room, group: 0, programme: 0 });

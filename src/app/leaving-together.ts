import { setTimeout as wait } from 'node:timers/promises';
import type { Temporal } from 'temporal-polyfill';
import { unlessForwarded } from '../conversation/forwarded.ts';
import type { IncomingMessage } from '../conversation/message.ts';
import type { Means } from '../conversation/step.ts';
import { precedenceOf } from '../conversation/urgent-message.ts';
import { leaveTogether } from '../store/leave-together.ts';
import type { Limits, Room } from '../store/limit-message.ts';
import { asItSays } from './bound-button.ts';
import { WAITING_MAX } from './by-address.ts';
import type { Overflowing } from './overflowing.ts';
import { roomOf } from './room-of.ts';
import type { Store } from './store.ts';

/** How long the messages of one who floods are gathered. Nobody waits for an answer to them. */
const GATHERED_MS = 20;

type Leaving = {
  readonly store: Store;
  readonly means: Means;
  readonly now: () => Temporal.Instant;
  readonly limits?: Limits | undefined;
  readonly overflowing: Overflowing;
};

type Gathered = { readonly ids: string[]; room: Room; readonly left: Promise<boolean> };

/**
 * Of an address that overflows, what came within a moment is left together: somebody who floods costs the others a
 * statement for all of it, not for each. Resolves with whether the message was left; what was not goes the way of any other.
 */
export const leavingTogether = (receiver: Leaving): ((message: IncomingMessage) => Promise<boolean>) => {
  const { store, overflowing, now } = receiver;
  const open = new Map<string, Gathered>();

  const gather = (message: IncomingMessage, room: Room): Gathered => {
    const { channel, address, messageId } = message;
    const key = `${channel}/${address}`;
    const ids = [messageId];
    const leave = async (): Promise<boolean> => {
      await wait(GATHERED_MS);
      open.delete(key);
      return leaveTogether(store, { channel, address, messageIds: ids, room: gathered.room, now: now() });
    };
    // A database that is away is the matter of whoever takes one message after the other.
    const gathered: Gathered = { ids, room, left: leave().catch(() => false) };
    open.set(key, gathered);
    return gathered;
  };

  return async (message) => {
    const room = overflowing.has(message) ? roomInTurn(receiver, message) : undefined;
    if (!room) return false;
    const { channel, address, messageId } = message;
    const before = open.get(`${channel}/${address}`);
    if (before && before.ids.length >= WAITING_MAX) return false;
    // What came last finds the most room: where there is none for it, there is none for the others.
    if (before && room.at > before.room.at) before.room = room;
    before?.ids.push(messageId);
    const left = await (before ?? gather(message, room)).left;
    if (!left) return false;
    overflowing.saw(message, 'left');
    store.metrics.received.inc({ channel, outcome: 'limited' });
    return true;
  };
};

/** The room of a whole message that waits its turn; undefined for a key of the keypad, and for all that goes first. */
const roomInTurn = ({ limits, now, means }: Leaving, arrived: IncomingMessage): Room | undefined => {
  if (!limits) return undefined;
  const message = unlessForwarded(asItSays(arrived));
  const room = roomOf(limits, message, now());
  return room.cost === 1 && precedenceOf(message.body, means.lexicons) === 'in-turn' ? room : undefined;
};

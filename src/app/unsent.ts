import type { SendFailure } from '../channels/channel.ts';
import { holdBack, holdOutbox, returnOutbox } from '../store/outbox.ts';
import { inviteAgain, markBlocked, markRefused } from '../store/unreachable.ts';
import { closedWay, type Way } from './message-way.ts';
import type { Sending, Worded } from './sending.ts';
import type { Store } from './store.ts';

/** After so many attempts, about a day of them, a message is given up, and staff can see it. */
const ATTEMPTS_MAX = 150;

const RETRY_FIRST_SECONDS = 2;

const RETRY_MAX_SECONDS = 600;

/** Prepared words that Meta has paused or not approved are the same for everybody: they are not tried for each woman. */
const TEMPLATE_REST_SECONDS = 600;

/** What becomes of a message that its channel did not take: tried again, held, or failed for good. */
export const returned = async (sending: Sending, leased: Worded, failure: SendFailure): Promise<void> => {
  const { store } = sending;
  switch (failure.type) {
    case 'outside-window': {
      const way = closedWay(leased.message);
      if (leased.kind === 'invitation') return tryLater(store, leased, failure);
      // The platform takes nothing: what has prepared words of its own goes out with the next try.
      return way.type === 'held' ? hold(sending, leased, way) : tryLater(store, leased, failure);
    }
    case 'opted-out':
    case 'undeliverable':
      await markRefused(store.pool, leased.addressId, failure.type);
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'held-back':
      if (leased.message.text === '') await inviteAgain(store.pool, leased.addressId);
      else if (failure.today) return holdBack(store.pool, leased.id);
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'template-fault':
      sending.restingTemplates.set(templateOf(leased), Date.now() + TEMPLATE_REST_SECONDS * 1_000);
      store.log.error({ outbox: leased.id, reason: failure.detail }, 'a template cannot be sent; it rests');
      return tryLater(store, leased, failure);
    case 'paused':
      store.log.error({ outbox: leased.id, reason: failure.detail }, 'a channel cannot send now');
      return tryLater(store, leased, failure);
    case 'retry-after':
      return returnOutbox(store.pool, leased.id, {
        state: 'queued',
        reason: failure.type,
        afterSeconds: failure.grows ? grown(failure.seconds, leased.attempts) : failure.seconds,
      });
    case 'blocked':
      await markBlocked(store.pool, leased.addressId);
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'our-bug':
      store.log.error({ outbox: leased.id, reason: failure.detail }, 'a channel refused our message');
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'bad-credentials':
      store.log.error({ outbox: leased.id, code: failure.type }, 'a channel refuses our credentials');
      return tryLater(store, leased, failure);
    case 'unavailable':
      return tryLater(store, leased, failure);
  }
};

/** It waits until she writes, or asks to see it; she is told once that something waits, in words that are always the same. */
export const hold = async (
  { store, channel, newId, closedLine, wake }: Sending,
  leased: Worded,
  { invitation, closed }: Extract<Way, { type: 'held' }>,
): Promise<void> => {
  store.metrics.sent.inc({ channel: channel.name, outcome: 'held' });
  const line = closed && invitation?.template ? closedLine(invitation.template.language) : {};
  const told = invitation && { id: newId(), message: { ...invitation, ...line } };
  if (await holdOutbox(store, leased.id, { invitation: told, closed })) wake();
};

export const templateRests = async (
  { store, restingTemplates }: Sending,
  leased: Worded,
): Promise<boolean> => {
  const until = restingTemplates.get(templateOf(leased)) ?? 0;
  const afterSeconds = (until - Date.now()) / 1_000;
  if (afterSeconds <= 0) return false;
  await returnOutbox(store.pool, leased.id, { state: 'queued', reason: 'template-fault', afterSeconds });
  return true;
};

const templateOf = ({ message: { template } }: Worded): string => `${template?.key}/${template?.language}`;

/** What only an operator can mend is never given up for being tried often: a telephone that was not linked for a week. */
const tryLater = (store: Store, leased: Worded, failure: SendFailure): Promise<void> =>
  returnOutbox(
    store.pool,
    leased.id,
    leased.attempts >= ATTEMPTS_MAX && failure.type === 'unavailable'
      ? { state: 'failed', reason: failure.type }
      : { state: 'queued', reason: failure.type, afterSeconds: backoffSeconds(leased.attempts) },
  );

/** Four times as long with each try, up to an hour: what Meta asks for after too many to one person. */
const grown = (seconds: number, attempts: number): number => Math.min(3_600, seconds * 4 ** (attempts - 1));

/** 2, 4, 8 … seconds up to ten minutes, spread by a quarter so that a crowd does not come back at once. */
const backoffSeconds = (attempts: number): number =>
  Math.min(RETRY_MAX_SECONDS, RETRY_FIRST_SECONDS * 2 ** (attempts - 1)) * (0.75 + Math.random() / 2);

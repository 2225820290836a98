import type { Pool } from 'pg';
import { invariant } from '../domain/result.ts';
import { type AddressChange, addressJson } from './address-json.ts';
import { broadcastChanges } from './broadcasts-json.ts';
import { changesJson } from './changes-json.ts';
import { coversJson } from './covers-json.ts';
import { curriculumChanges } from './curriculum-json.ts';
import { dangerChanges } from './danger-changes.ts';
import { drawsJson } from './draws-json.ts';
import { electionsJson } from './elections-json.ts';
import { entriesJson } from './entries-json.ts';
import { lessonsChanges } from './lessons-json.ts';
import type { Room } from './limit-message.ts';
import { loansJson } from './loans-json.ts';
import { meetingsJson } from './meetings-json.ts';
import { type OutboxMessage, outboxJson } from './outbox-json.ts';
import { paymentsJson } from './payments-json.ts';
import { pinChanges } from './pin-json.ts';
import { quietChanges } from './quiet-json.ts';
import { rightsChanges } from './rights-json.ts';
import type { Secrets } from './secrets.ts';
import { talksChanges } from './talks-json.ts';
import { tandaJson } from './tanda-json.ts';
import { telephonesJson } from './telephones-json.ts';

export type Decided = AddressChange & {
  readonly outbox: readonly OutboxMessage[];
  /** Whether this process runs the channel, so that it sends the answers itself, at once. */
  readonly sendNow: boolean;
  /** What it takes of what is answered of her, her group and its programme. */
  readonly room?: Room | undefined;
};

export type Committed =
  /**
   * `leased`: the answers that go now, each with the seconds until it may; below 0 it has no place in the channel's line
   * (`placeOf`).
   * `codesPaused`: with this wrong code the hour begins in which who had one wrong waits.
   */
  | { readonly type: 'done'; readonly leased: ReadonlyMap<string, number>; readonly codesPaused: boolean }
  | { readonly type: 'duplicate' }
  /** The facts have changed since they were loaded: load and decide again. */
  | { readonly type: 'stale' };

const COMMIT = { name: 'commit-outcome', text: 'select commit_outcome($1::jsonb) as done' };

/** Raised by the database when what was decided rests on facts that changed; and the errors that mean the same. */
const STALE = new Set(['CM001', '40001', '40P01', '55P03', '23505']);

/** Whether the database says that what was decided rests on facts that have changed. */
export const isStale = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && STALE.has(String(error.code));

/** Writes everything a message decided, or nothing, in one statement. */
export const commitOutcome = async (
  store: { readonly pool: Pool; readonly secrets: Secrets },
  decided: Decided,
): Promise<Committed> => {
  const doc = JSON.stringify(outcomeJson(store.secrets, decided));
  try {
    const { rows } = await store.pool.query<{
      done: { result: string; leased?: Record<string, number>; codesPaused?: boolean };
    }>({ ...COMMIT, values: [doc] });
    const done = rows[0]?.done;
    if (done?.result === 'duplicate') return { type: 'duplicate' };
    const leased = new Map(Object.entries(done?.leased ?? {}));
    return { type: 'done', leased, codesPaused: done?.codesPaused ?? false };
  } catch (error) {
    if (isStale(error)) return { type: 'stale' };
    throw error;
  }
};

/** The document that commit_outcome takes. */
export const outcomeJson = (secrets: Secrets, decided: Decided) => {
  const { message, snapshot, outcome } = decided;
  const { events } = outcome;
  const drafts = events.flatMap((e) => (e.type === 'entry-posted' ? [e.entry] : []));
  const book = snapshot.speaker.type === 'member' ? snapshot.speaker.group.book : undefined;
  invariant(drafts.length === 0 || book, 'only a member of the group decides entries of its book');
  return {
    channel: message.channel,
    messageId: secrets.messageIndex(message.channel, message.messageId),
    now: snapshot.now.toString(),
    sendNow: decided.sendNow,
    groupId: outcome.groupId,
    ...(decided.room && { room: decided.room }),
    // What is refused without a look into the book of codes is no guess.
    ...(outcome.wrongCode === 'counted' && snapshot.invite !== undefined && { guessed: true }),
    address: addressJson(secrets, decided),
    ...(drafts.length > 0 && book ? entriesJson(drafts, book) : {}),
    ...loansJson(events),
    ...meetingsJson(events),
    ...lessonsChanges(events),
    ...curriculumChanges(events),
    ...broadcastChanges(secrets, events),
    ...coversJson(events),
    ...drawsJson(secrets, events),
    ...tandaJson(events),
    ...talksChanges(secrets, events, decided.stored?.ownKey),
    ...dangerChanges(secrets, events, decided.stored?.ownKey),
    ...paymentsJson(events),
    ...changesJson(secrets, events, decided.stored),
    ...electionsJson(events),
    ...telephonesJson(events),
    ...pinChanges(events),
    ...(message.body.type === 'pin' && { pinPage: message.body.pad }),
    ...quietChanges(events),
    ...rightsChanges(secrets, events, decided.stored?.ownKey),
    outbox: decided.outbox.map((row) => outboxJson(secrets, row)),
  };
};

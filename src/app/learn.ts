import type { NewPin, PinTold } from '../conversation/access/pin-facts.ts';
import type { IncomingMessage } from '../conversation/message.ts';
import type { Need, StoredNeed } from '../conversation/need.ts';
import type { Snapshot } from '../conversation/snapshot.ts';
import type { SentFile } from '../conversation/staff-facts.ts';
import type { Means } from '../conversation/step.ts';
import { invariant } from '../domain/result.ts';
import { checkPin, newPin } from './check-pin.ts';
import type { FetchFile } from './fetch-file.ts';
import type { Store } from './store.ts';

/** A step may ask for extra facts this often; more means that two files disagree. */
const NEEDS_MAX = 8;

/** What was found out between two looks at the facts; it stays, however often they change. */
export type Learnt = {
  readonly file?: SentFile;
  readonly pinTold?: PinTold;
  readonly newPin?: NewPin;
};

/** Sees to what a step asked for: facts are asked for with the next look, all else is found out now. */
export const learn = async (
  receiver: {
    readonly store: Store;
    readonly fetchFile: FetchFile;
    readonly means: Pick<Means, 'newSecret'>;
  },
  {
    need,
    message,
    snapshot,
    needs,
  }: {
    readonly need: Need;
    readonly message: IncomingMessage;
    readonly snapshot: Snapshot;
    readonly needs: StoredNeed[];
  },
  learnt: Learnt,
): Promise<Learnt> => {
  if (need.type === 'file') {
    invariant(learnt.file === undefined, 'a step asks once for the file it was sent');
    return { ...learnt, file: await receiver.fetchFile(message.channel, need.ref) };
  }
  if (need.type === 'pin') {
    invariant(learnt.pinTold === undefined, 'a step asks once what digits are');
    const pinTold = await checkPin(receiver.store, snapshot, need.check);
    // It may be another one who speaks from here: all that follows is hers.
    if (pinTold.type === 'right') needs.push({ type: 'seat', id: pinTold.memberId });
    return { ...learnt, pinTold };
  }
  if (need.type === 'new-pin') {
    invariant(learnt.newPin === undefined, 'a step asks once for a number');
    return { ...learnt, newPin: await newPin(receiver.store, need.memberId, receiver.means.newSecret) };
  }
  invariant(needs.length < NEEDS_MAX, 'a step asks only for facts it does not have');
  needs.push(need);
  return learnt;
};

import type { PinCheck, PinTold } from '../conversation/access/pin-facts.ts';
import type { Snapshot } from '../conversation/snapshot.ts';
import type { MemberId } from '../domain/ids.ts';
import { keepAnew, keptHash, ofKept, type Peppers, peppersOf } from '../store/pin-pepper.ts';
import { type Comparable, ownHashes, pinWasRight, type Tried, tryPins } from '../store/pin-tries.ts';
import { hashNothing, hashPin, isPin } from './pin-hash.ts';
import type { Store } from './store.ts';

type Keeping = Pick<Store, 'pool' | 'secrets'>;

/**
 * What digits are to who speaks from an address: the PIN of one of them, or none; or hashed, as her new one. Each look at a
 * PIN is counted in the database before it is taken, and takes the same time whatever comes of it.
 */
export const checkPin = async (store: Keeping, snapshot: Snapshot, check: PinCheck): Promise<PinTold> =>
  check.do === 'open' ? open(store, snapshot, check.digits) : make(store, snapshot, check.digits);

const open = async (store: Keeping, { address, now }: Snapshot, digits: string): Promise<PinTold> => {
  const tried = await tryPins(store.pool, address.id, { now });
  const peppers = await peppersOf(store);
  const found = await rightOf(store, { tried, peppers }, digits);
  if (found) await underNewest(store, { found, peppers }, digits);
  if (!found) return { type: 'wrong', waitUntil: tried.waitUntil, closed: tried.closed };
  const { memberId, isKnown, view } = found;
  return { type: 'right', memberId, isKnown, view };
};

type Found = Comparable & { readonly view: 'all' | 'discreet' };

/** Both PINs of all of them are looked at, also after one was right: the time tells nothing. */
const rightOf = async (
  store: Keeping,
  { tried, peppers }: { readonly tried: Tried; readonly peppers: Peppers },
  digits: string,
): Promise<Found | undefined> => {
  let found: Found | undefined;
  for (const one of tried.may) {
    const isOwn = await isKept(peppers, one.memberId, { kept: one.hash, digits });
    const isOther = await isKept(peppers, one.memberId, { kept: one.otherHash, digits });
    if (isOwn) found ??= { ...one, view: 'all' };
    if (isOther) found ??= { ...one, view: 'discreet' };
  }
  if (found) await pinWasRight(store.pool, tried, found.memberId);
  return found;
};

const isKept = async (
  peppers: Peppers,
  memberId: MemberId,
  { kept, digits }: { readonly kept: string; readonly digits: string },
): Promise<boolean> => {
  const { pepper, hash } = ofKept(kept);
  return isPin(hash, peppers.digest(pepper, memberId, digits));
};

/** Her digits are known for this moment only: it is now that they can be hashed under the key that is in use. */
const underNewest = async (
  { pool }: Keeping,
  { found, peppers }: { readonly found: Found; readonly peppers: Peppers },
  digits: string,
): Promise<void> => {
  const was = found.view === 'all' ? found.hash : found.otherHash;
  if (ofKept(was).pepper === peppers.newest) return;
  await keepAnew(pool, { was, now: await newHash(peppers, found.memberId, digits) });
};

const newHash = async (peppers: Peppers, memberId: MemberId, digits: string): Promise<string> =>
  keptHash(peppers.newest, await hashPin(peppers.digest(peppers.newest, memberId, digits)));

/** Two women on one telephone are told apart by their PINs, and a woman's two PINs open different things. */
const make = async (
  store: Keeping,
  { speaker, address, now }: Snapshot,
  digits: string,
): Promise<PinTold> => {
  if (speaker.type !== 'member') return { type: 'taken' };
  const { id } = speaker.me;
  const peppers = await peppersOf(store);
  const tried = await tryPins(store.pool, address.id, { now, but: id });
  const ofAnother = await rightOf(store, { tried, peppers }, digits);
  const own = await ownHashes(store.pool, id);
  const isOwn =
    own !== undefined &&
    ((await isKept(peppers, id, { kept: own.hash, digits })) ||
      (await isKept(peppers, id, { kept: own.other, digits })));
  if (ofAnother || isOwn) return { type: 'taken' };
  const spare = keptHash(peppers.newest, await hashNothing());
  return { type: 'made', hash: await newHash(peppers, id, digits), spare };
};

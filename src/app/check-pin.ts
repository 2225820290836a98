import type { PinCheck, PinTold } from '../conversation/access/pin-facts.ts';
import type { Snapshot } from '../conversation/snapshot.ts';
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
  const found = await rightOf(store, tried, digits);
  if (!found) return { type: 'wrong', waitUntil: tried.waitUntil, closed: tried.closed };
  const { memberId, isKnown, view } = found;
  return { type: 'right', memberId, isKnown, view };
};

type Found = Comparable & { readonly view: 'all' | 'discreet' };

/** Both PINs of all of them are looked at, also after one was right: the time tells nothing. */
const rightOf = async (store: Keeping, tried: Tried, digits: string): Promise<Found | undefined> => {
  let found: Found | undefined;
  for (const one of tried.may) {
    const digest = store.secrets.pinDigest(one.memberId, digits);
    const isOwn = await isPin(one.hash, digest);
    const isOther = await isPin(one.otherHash, digest);
    if (isOwn) found ??= { ...one, view: 'all' };
    if (isOther) found ??= { ...one, view: 'discreet' };
  }
  if (found) await pinWasRight(store.pool, tried, found.memberId);
  return found;
};

/** Two women on one telephone are told apart by their PINs, and a woman's two PINs open different things. */
const make = async (
  store: Keeping,
  { speaker, address, now }: Snapshot,
  digits: string,
): Promise<PinTold> => {
  if (speaker.type !== 'member') return { type: 'taken' };
  const { id } = speaker.me;
  const digest = store.secrets.pinDigest(id, digits);
  const others = await tryPins(store.pool, address.id, { now, but: id });
  const ofAnother = await rightOf(store, others, digits);
  const own = await ownHashes(store.pool, id);
  const isOwn = own !== undefined && ((await isPin(own.hash, digest)) || (await isPin(own.other, digest)));
  if (ofAnother || isOwn) return { type: 'taken' };
  return { type: 'made', hash: await hashPin(digest), spare: await hashNothing() };
};

import type { NewPin, PinCheck, PinTold } from '../conversation/access/pin-facts.ts';
import type { Snapshot } from '../conversation/snapshot.ts';
import type { MemberId } from '../domain/ids.ts';
import { PIN_DIGITS_MAX, pinFault } from '../domain/pin.ts';
import { keepAnew, keptHash, ofKept, type Peppers, peppersOf } from '../store/pin-pepper.ts';
import { type Comparable, ownHashes, pinWasRight, type Tried, tryPins } from '../store/pin-tries.ts';
import { hashNothing, hashPin, isPin } from './pin-hash.ts';
import type { Store } from './store.ts';

type Keeping = Pick<Store, 'pool' | 'secrets'>;

/**
 * What digits are to who speaks from an address: the PIN of one of them, or none; or hashed, as her new one. Each look at a
 * PIN is counted in the database before it is taken, and takes the same time whatever comes of it.
 */
export const checkPin = async (store: Keeping, snapshot: Snapshot, check: PinCheck): Promise<PinTold> => {
  switch (check.do) {
    case 'open':
      return open(store, snapshot, check.digits);
    case 'look':
      return look(store, snapshot, check.digits);
    case 'make':
      return make(store, snapshot, check.digits);
    case 'hash':
      return hashed(store, snapshot, check.digits);
  }
};

const open = async (store: Keeping, { address, now }: Snapshot, digits: string): Promise<PinTold> => {
  const tried = await tryPins(store.pool, address.id, { now });
  const peppers = await peppersOf(store);
  const found = await rightOf(peppers, tried, digits);
  if (!found) return wrong(tried);
  await pinWasRight(store.pool, tried, found.memberId);
  await underNewest(store, { found, peppers }, digits);
  return right(found);
};

const look = async (store: Keeping, { address, now }: Snapshot, digits: string): Promise<PinTold> => {
  const tried = await tryPins(store.pool, address.id, { now, isLook: true });
  const found = await rightOf(await peppersOf(store), tried, digits);
  return found ? right(found) : wrong(tried);
};

const wrong = ({ waitUntil, closed, isShut }: Tried): PinTold => ({
  type: 'wrong',
  waitUntil,
  closed,
  isShut,
});

const right = ({ memberId, isKnown, isOtherKnown, view }: Found): PinTold => ({
  type: 'right',
  memberId,
  isKnown: view === 'all' ? isKnown : isOtherKnown,
  view,
});

type Found = Comparable & { readonly view: 'all' | 'discreet' };

/** Both PINs of all of them are looked at, also after one was right: the time tells nothing. */
const rightOf = async (peppers: Peppers, tried: Tried, digits: string): Promise<Found | undefined> => {
  let found: Found | undefined;
  for (const one of tried.may) {
    const isOwn = await isKept(peppers, one.memberId, { kept: one.hash, digits });
    const isOther = await isKept(peppers, one.memberId, { kept: one.otherHash, digits });
    if (isOwn) found ??= { ...one, view: 'all' };
    if (isOther) found ??= { ...one, view: 'discreet' };
  }
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
  const others = await tryPins(store.pool, address.id, { now, but: id });
  const ofAnother = await rightOf(peppers, others, digits);
  if (ofAnother) await pinWasRight(store.pool, others, ofAnother.memberId);
  const own = await ownHashes(store.pool, id);
  const isOwn =
    own !== undefined &&
    ((await isKept(peppers, id, { kept: own.hash, digits })) ||
      (await isKept(peppers, id, { kept: own.other, digits })));
  return { type: ofAnother || isOwn ? 'taken' : 'free' };
};

const hashed = async (store: Keeping, { speaker }: Snapshot, digits: string): Promise<PinTold> => {
  if (speaker.type !== 'member') return { type: 'taken' };
  const peppers = await peppersOf(store);
  const spare = keptHash(peppers.newest, await hashNothing());
  return { type: 'made', hash: await newHash(peppers, speaker.me.id, digits), spare };
};

/**
 * A number for a member whose PIN is closed: whoever saw her tells it to her, and with it she sets another.
 *
 * @param newSecret at least 128 random bits as hex, other ones each time
 */
export const newPin = async (
  store: Keeping,
  memberId: MemberId,
  newSecret: () => string,
): Promise<NewPin> => {
  const drawn = (): string =>
    String(BigInt(`0x${newSecret()}`) % 10n ** BigInt(PIN_DIGITS_MAX)).padStart(PIN_DIGITS_MAX, '0');
  let digits = drawn();
  while (pinFault(digits, [])) digits = drawn();
  return { digits, hash: await newHash(await peppersOf(store), memberId, digits) };
};

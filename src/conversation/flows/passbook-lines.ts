import type { Due } from '../../domain/due.ts';
import { type Money, money, subtract } from '../../domain/money.ts';
import { isCapital } from '../../domain/money-out.ts';
import type { Movement } from '../payment-facts.ts';
import { type Say, say, type Value } from '../say.ts';

/** Movements with what stood after each; of a tanda, where rounds stand for themselves, only what moved. */
export const runningLines = (
  newestFirst: readonly Movement[],
  now: Readonly<Record<'savings' | 'loan' | 'cover' | 'covered', Money>>,
): Say[] => {
  const standing = { ...now };
  return newestFirst.map((movement) => {
    const { account, delta } = movement;
    const grows = delta.minor >= 0n;
    const said = {
      date: movement.on,
      amount: money(grows ? delta.minor : -delta.minor, delta.currency),
      receipt: movement.seq,
    };
    if (account === 'payout')
      return say(movement.kind === 'leaving' ? 'history.left-up' : 'history.payout-up', said);
    const mark = marked(movement);
    if (account === 'turn') return say(`history.turn-${grows ? 'up' : 'down'}`, { ...said, mark });
    const kept = account === 'savings-earned' ? 'savings' : account;
    const after = standing[kept];
    standing[kept] = subtract(after, delta);
    if (account === 'savings-earned')
      return say(`history.earned-${grows ? 'up' : 'down'}`, { ...said, after, mark });
    if (account === 'cover' || account === 'covered') return coverLine(movement, { ...said, after });
    return say(`history.${account}-${grows ? 'up' : 'down'}`, { ...said, after, mark });
  });
};

type Shown = Readonly<Record<'date' | 'amount' | 'receipt' | 'after', Value>>;

/** What others gave for her or she for others, what of it came back, and what a vote forgave. */
const coverLine = ({ account, kind, delta }: Movement, said: Shown): Say => {
  const side = account === 'cover' ? 'cover' : 'covered';
  if (kind === 'cover') return say(`history.${side}-given`, said);
  if (kind === 'write-off') return say(`history.${side}-forgiven`, said);
  // Others gave for her, and it was taken back; what she gave back grows again by its own reversal.
  if (kind === 'reversal' && delta.minor < 0n) return say(`history.${side}-off`, said);
  const mark = kind === 'reversal' ? [say('history.reversal')] : [];
  return say(`history.${side}-${delta.minor >= 0n ? 'up' : 'down'}`, { ...said, mark });
};

/** What is not simply money given or lent is marked; a lender's capital moves nothing of a member's. */
const marked = ({ kind }: Movement): Say[] =>
  kind === 'payout' ||
  kind === 'organiser-fee' ||
  kind === 'payment' ||
  kind === 'loan' ||
  kind === 'count' ||
  isCapital(kind)
    ? []
    : [say(`history.${kind}`)];

const DUE_PARTS = ['loan', 'savings', 'turn', 'fine', 'social'] as const;

/** What is expected of her, a line for each purpose. */
export const dueLines = (due: Due): Say[] =>
  DUE_PARTS.flatMap((part) => (due[part].minor > 0n ? [say(`next.${part}`, { amount: due[part] })] : []));

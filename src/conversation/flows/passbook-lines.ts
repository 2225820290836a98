import { type Money, money, subtract } from '../../domain/money.ts';
import { isCapital } from '../../domain/money-out.ts';
import type { Movement } from '../payment-facts.ts';
import { type Say, say } from '../say.ts';

/** Movements with what stood after each; of a tanda, where rounds stand for themselves, only what moved. */
export const runningLines = (
  newestFirst: readonly Movement[],
  now: { readonly savings: Money; readonly loan: Money },
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
    if (account === 'payout') return say('history.payout-up', said);
    const mark = marked(movement);
    if (account === 'turn') return say(`history.turn-${grows ? 'up' : 'down'}`, { ...said, mark });
    const after = standing[account];
    standing[account] = subtract(after, delta);
    return say(`history.${account}-${grows ? 'up' : 'down'}`, { ...said, after, mark });
  });
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

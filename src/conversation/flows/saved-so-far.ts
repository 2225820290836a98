import { sharesIn } from '../../domain/shares.ts';
import { type Say, say } from '../say.ts';
import type { AskTurn } from '../turn.ts';

/** What she has saved, and how many shares that is where the group saves by shares. */
export const savedSoFar = ({ speaker: { me, group } }: AskTurn): Say[] => {
  const { savings } = group.rules;
  const count = sharesIn(me.saved, group.rules);
  return [
    say('balance.saved', { saved: me.saved }),
    ...(savings.kind === 'shares' && count !== undefined
      ? [say('balance.shares', { count, price: savings.sharePrice })]
      : []),
  ];
};

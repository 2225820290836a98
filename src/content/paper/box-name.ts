import { type Say, say } from '../../conversation/say.ts';
import type { Pot } from '../../domain/ledger/account.ts';
import type { Product } from '../../domain/rules.ts';

/** What people call one of their boxes. A savings group has one for savings and loans alike, a tanda one for its rounds. */
export const boxName = (pot: Pot, product: Product): Say => {
  switch (pot) {
    case 'loan-fund':
      return product === 'savings-group' ? say('paper.box-group') : say('paper.box-loans');
    case 'savings-pot':
      return product === 'tanda' ? say('paper.box-group') : say('paper.box-savings');
    case 'social-fund':
      return say('paper.box-social');
  }
};

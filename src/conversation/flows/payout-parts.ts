import type { Payout } from '../../domain/closing/close-cycle.ts';
import { type Currency, type Money, money } from '../../domain/money.ts';
import { type Say, say } from '../say.ts';

/** "ahorro $300.00, ganancia $12.00 y menos préstamo $50.00": how what she is paid was worked out. */
export const payoutParts = (
  { savings, gift, gain, owed, fined, forgiven }: Payout,
  currency: Currency,
): Say[] => {
  const of = (minor: bigint): Money => money(minor, currency);
  return [
    say('closing-part.savings', { amount: of(savings) }),
    ...(gift > 0n ? [say('closing-part.gift', { amount: of(gift) })] : []),
    ...(gift < 0n ? [say('closing-part.given', { amount: of(-gift) })] : []),
    ...(gain > 0n ? [say('closing-part.gain', { amount: of(gain) })] : []),
    ...(gain < 0n ? [say('closing-part.loss', { amount: of(-gain) })] : []),
    ...(owed > 0n ? [say('closing-part.owed', { amount: of(owed) })] : []),
    ...(fined > 0n ? [say('closing-part.fined', { amount: of(fined) })] : []),
    ...(forgiven > 0n ? [say('closing-part.forgiven', { amount: of(forgiven) })] : []),
  ];
};

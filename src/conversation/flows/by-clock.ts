import type { Temporal } from 'temporal-polyfill';
import { checkWords } from '../../domain/check-code.ts';
import { firstName } from '../../domain/group.ts';
import type { PaymentId } from '../../domain/ids.ts';
import { type PaymentParts, partsTotal } from '../../domain/payment.ts';
import type { Contact } from '../contact.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { GroupFacts } from '../group-facts.ts';
import { tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { sumText } from '../parts.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import { cashLines } from './count-text.ts';

/** A claim that nobody answers is no claim after so long: what it said is no longer what either of them remembers. */
export const CLAIM_DAYS = 14;

/** Officers hear so early that a cycle ends: two meetings are left to collect in. */
export const CYCLE_NOTICE_DAYS = 14;

/** A claim that nobody answered, and whose it is; `own`: she reported it herself. */
export type OldClaim = {
  readonly id: PaymentId;
  readonly state: 'reported' | 'signed';
  readonly own: boolean;
  readonly parts: PaymentParts;
  readonly payer: Contact;
};

/** Such a claim counts no more; she who made it and every other officer hear of it. Nothing is booked. */
export const expireClaims = (
  claims: readonly OldClaim[],
  officers: readonly Contact[],
): { readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] } => ({
  events: claims.map(({ id, state }) => ({
    type: 'payment-moved',
    step: { id, was: state, state: 'expired' },
  })),
  notices: claims.flatMap((claim) => expiredNotices(claim, officers)),
});

const expiredNotices = ({ state, own, parts, payer }: OldClaim, officers: readonly Contact[]): Notice[] => {
  const others = officers.filter((officer) => officer.id !== payer.id);
  const leader = others.find(({ role }) => role === 'leader') ?? others[0] ?? payer;
  const what = { sum: [sumText(parts)], total: partsTotal(parts), days: CLAIM_DAYS };
  return [
    ...tell(
      [payer],
      'expired',
      reply([
        say(own ? 'expired.payer' : 'expired.noted', what),
        say(own ? 'expired.payer-then' : 'expired.noted-then', { leader: firstName(leader.name) }),
      ]),
    ),
    ...tell(
      others,
      'expired',
      reply([
        say(state === 'signed' ? 'expired.signed' : 'expired.officer', { name: payer.name, ...what }),
        say('expired.officer-then'),
      ]),
    ),
  ];
};

/**
 * How the book stands, with the words that tell whether it was changed afterwards. For officers.
 *
 * @param open the day of a meeting that nobody has closed
 */
export const digest = (group: GroupFacts, open: Temporal.PlainDate | undefined): Reply =>
  reply([
    say('digest.title', { group: group.name }),
    ...cashLines(group),
    ...(group.tanda ? [] : [say('digest.saved', { saved: group.savedByAll })]),
    ...(open ? [say('digest.open', { date: open })] : []),
    say('digest.words', { words: checkWords(group.book.head) }),
    say('digest.note'),
  ]);

/** For officers: when the cycle ends, while there is time to collect. */
export const cycleEnds = (
  group: Pick<GroupFacts, 'name'>,
  ends: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Reply =>
  reply([
    say('cycle-end.soon', { group: group.name, date: ends }),
    say('cycle-end.then', { days: today.until(ends).days }),
  ]);

/** For an officer who is to sign what her group's book began with. */
export const signOpening = (group: Pick<GroupFacts, 'name'>): Reply =>
  reply([say('opening.asked', { group: group.name })], [offer('opening', say('opening.menu'))]);

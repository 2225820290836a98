import { type Audience, isPersonal, roughly } from '../domain/broadcast/audience.ts';
import type { BroadcastCounts, BroadcastFacts } from './broadcast-facts.ts';
import { type Offer, offer, type Say, say } from './say.ts';

/** Why some did not get it, in words; what else there is stands under one of them. */
const REASONS = {
  blocked: 'send.why-blocked',
  'opted-out': 'send.why-opted-out',
  undeliverable: 'send.why-undeliverable',
  'held-back': 'send.why-held-back',
  'no-chat': 'send.why-no-chat',
  'not-hers-any-more': 'send.why-moved',
  silent: 'send.why-moved',
  'too-old': 'send.why-too-old',
  cancelled: 'send.why-cancelled',
  unavailable: 'send.why-unavailable',
  erased: 'send.why-moved',
  'not-allowed': 'send.why-not-allowed',
  paid: 'send.why-paid',
} as const;

/** "2 bloquearon al bot, 1 escribió BAJA": the most first. */
export const reasonsSaid = (reasons: Readonly<Record<string, number>>): Say[] => {
  const byText = new Map<(typeof REASONS)[keyof typeof REASONS] | 'send.why-other', number>();
  for (const [reason, count] of Object.entries(reasons)) {
    const key = isKnown(reason) ? REASONS[reason] : 'send.why-other';
    byText.set(key, (byText.get(key) ?? 0) + count);
  }
  return [...byText].toSorted((a, b) => b[1] - a[1]).map(([key, count]) => say(key, { count }));
};

const isKnown = (reason: string): reason is keyof typeof REASONS => reason in REASONS;

/** What became of a broadcast: how many it came to, how many read it where that is told, and why it did not come to others. */
export const reportLines = (counts: BroadcastCounts, audience: Audience): Say[] => {
  if (isPersonal(audience)) return [sentAbout(counts)];
  const { all, sent, delivered, read, held, waiting, failed, skipped, reasons } = counts;
  return [
    say('send.report-sent', { sent, all }),
    ...(delivered > 0 ? [say('send.report-arrived', { delivered, read })] : []),
    ...(waiting > 0 ? [say('send.report-waiting', { count: waiting })] : []),
    ...(held > 0 ? [say('send.report-held', { count: held })] : []),
    ...(failed + skipped > 0
      ? [say('send.report-failed', { count: failed + skipped, why: reasonsSaid(reasons) })]
      : []),
  ];
};

/** Of people whom an audience tells something of: what the preview did not say is not said afterwards either. */
const sentAbout = ({ all, sent }: BroadcastCounts): Say =>
  say('send.report-about', { sent: roughly(sent), all: roughly(all) });

/** What can be done about those who did not get it: nothing while it is on its way. */
export const againOffers = ({
  number,
  state,
  counts,
  audience,
}: Pick<BroadcastFacts, 'number' | 'state' | 'counts' | 'audience'>): Offer[] => {
  const again = `sent:retry:${number}`;
  const shown = isPersonal(audience) ? roughly : (count: number): number => count;
  if (state === 'cancelled') {
    const left = counts.all === 0 ? 0 : counts.failed + (counts.reasons['cancelled'] ?? 0);
    return left > 0 ? [offer(again, say('send.go-on', { count: shown(left) }))] : [];
  }
  return state === 'done' && counts.failed > 0
    ? [offer(again, say('send.retry', { count: shown(counts.failed) }))]
    : [];
};

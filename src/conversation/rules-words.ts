// A constitution in plain words: one short sentence per rule, in an order in which a leader can read them aloud.

import { type Money, money } from '../domain/money.ts';
import type { GroupRules, SavingsRule, TandaRule } from '../domain/rules.ts';
import { loanLines, type MaybeLine } from './rules-loan-words.ts';
import { type Say, say } from './say.ts';

/** One rule and how it is said. The name is the same in every version, so that versions can be compared. */
export type RuleLine = { readonly rule: string; readonly says: Say };

/** All that a group's rules say, one line per rule. A rule that has no meaning for the group's product is left out. */
export const ruleLines = (rules: GroupRules): RuleLine[] =>
  [
    ['product', say(`rules.product-${rules.product}`)] as const,
    ...(rules.tanda ? tandaLines(rules.tanda) : savingsLines(rules)),
    ...fundLines(rules),
    ...(rules.product === 'tanda' ? [] : loanLines(rules)),
    ...boxLines(rules),
    ...endLines(rules),
  ].flatMap(([rule, says]): RuleLine[] => (says ? [{ rule, says }] : []));

/** What changes from one version to the next, a sentence per rule that is said differently. */
export const ruleChanges = (before: GroupRules, after: GroupRules): Say[] => {
  const old = new Map(ruleLines(before).map(({ rule, says }) => [rule, says]));
  const fresh = ruleLines(after);
  const kept = new Set(fresh.map(({ rule }) => rule));
  return [
    ...fresh.flatMap(({ rule, says }) => {
      const was = old.get(rule);
      if (!was) return [say('rules.new', { after: [says] })];
      return inText(was) === inText(says) ? [] : [say('rules.changed', { before: [was], after: [says] })];
    }),
    ...[...old]
      .filter(([rule]) => !kept.has(rule))
      .map(([, says]) => say('rules.dropped', { before: [says] })),
  ];
};

const inText = (says: Say): string =>
  JSON.stringify(says, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));

const savingsLines = ({ savings, withdrawals, leaving }: GroupRules): MaybeLine[] => [
  ['savings', savings.kind === 'free' ? freeSavings(savings.weekly) : sharesBought(savings)],
  [
    'share-price',
    savings.kind === 'shares' ? say('rules.share-price', { price: savings.sharePrice }) : undefined,
  ],
  ['withdrawals', say(`rules.withdrawals-${withdrawals}`)],
  ['leaving', say(`rules.leaving-${leaving}`)],
];

const freeSavings = (weekly: Money): Say =>
  weekly.minor === 0n ? say('rules.savings-any') : say('rules.savings-free', { weekly });

const sharesBought = ({ min, max }: Extract<SavingsRule, { kind: 'shares' }>): Say => {
  if (min === max) return say('rules.shares-exactly', { count: max });
  return min === 0 ? say('rules.shares-up-to', { count: max }) : say('rules.shares-range', { min, max });
};

const tandaLines = ({ rounds, contribution, turns, organiserFee: fee }: TandaRule): MaybeLine[] => [
  ['rounds', say('rules.rounds', { count: rounds })],
  ['contribution', say('rules.contribution', { contribution })],
  ['turns', say(`rules.turns-${turns}`)],
  [
    'organiser',
    fee.kind === 'per-pot'
      ? say('rules.organiser-per-pot', { fee: fee.amount })
      : say(fee.kind === 'none' ? 'rules.organiser-none' : `rules.organiser-${fee.at}`),
  ],
];

const fundLines = ({ product, socialWeekly, fines }: GroupRules): MaybeLine[] => [
  ['social', socialLine(product, socialWeekly)],
  ['late', fines.late.minor === 0n ? say('rules.late-none') : say('rules.late', { fine: fines.late })],
  [
    'absent',
    fines.absent.minor === 0n ? say('rules.absent-none') : say('rules.absent', { fine: fines.absent }),
  ],
];

const socialLine = (product: GroupRules['product'], weekly: Money): Say | undefined => {
  if (weekly.minor > 0n) return say('rules.social', { weekly });
  return product === 'tanda' ? undefined : say('rules.social-none');
};

const boxLines = ({ signers, quorumPct, paymentMax, cashUnitMinor }: GroupRules): MaybeLine[] => [
  ['signers', say(signers === 1 ? 'rules.signers-one' : 'rules.signers-two')],
  ['quorum', say('rules.quorum', { quorum: quorumPct })],
  ['coin', say('rules.coin', { coin: money(cashUnitMinor, paymentMax.currency) })],
  ['payment-max', say('rules.payment-max', { max: paymentMax })],
];

const endLines = ({ product, rounding, closing, language }: GroupRules): MaybeLine[] => [
  ['rounding', say(rounding === 'half-even' ? 'rules.rounding-half-even' : 'rules.rounding-half-up')],
  ['closing', product === 'tanda' ? undefined : say(`rules.closing-${closing}`)],
  ['language', language && say(`rules.language-${language}`)],
];

import type { CapitalKind, Lender } from '../../domain/capital.ts';
import { isOfficer } from '../../domain/group.ts';
import { add, type Money, money, subtract } from '../../domain/money.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import type { AskTurn, MemberTurn } from '../turn.ts';

/**
 * What an organisation put in and was given back, for the officers: less what is in the box it is what is lent, and where
 * one member has a loan that is hers alone to know.
 */
export const lenderLines = ({ speaker: { group, me } }: AskTurn): Say[] =>
  group.lender && isOfficer(me.role) ? linesOf(group.lender) : [];

const linesOf = ({ put, returned }: Lender): Say[] => [
  ...(put.minor > 0n ? [say('capital.put', { put })] : []),
  ...(returned.minor > 0n ? [say('capital.returned', { returned })] : []),
];

/**
 * What is read aloud with a share-out: the lender's box is no part of it.
 *
 * @param out what the share-out takes out of that box, in minor units; below zero, what it puts in
 */
export const notShared = ({ speaker: { group } }: AskTurn, out: bigint): Say[] => {
  const cash = money(group.loanCash.minor - out, group.currency);
  return group.lender && cash.minor > 0n ? [say('closing.lender', { cash })] : [];
};

/** The receipt of capital that is in the book now: its two officers have it, every other one too, and the lender's staff. */
export const capitalReceipt = (
  turn: MemberTurn,
  of: {
    readonly kind: CapitalKind;
    readonly amount: Money;
    readonly receipt: bigint;
    readonly line: Say;
    /** Of which past meeting it is, where it is of one. */
    readonly held: readonly Say[];
  },
): { readonly notices: readonly Notice[]; readonly lines: readonly Say[] } => {
  const { group, company } = turn.speaker;
  const state = [...of.held, ...stateAfter(turn, of)];
  const line = [of.line];
  const lines = [say('capital.booked', { line, receipt: of.receipt }), ...state];
  return {
    lines,
    notices: [
      ...tell(otherOfficers(turn), 'answer', reply(lines)),
      ...tell(
        company.staff,
        'answer',
        reply([say('capital.staff', { group: group.name, line, receipt: of.receipt }), ...state]),
      ),
    ],
  };
};

const stateAfter = (
  { speaker: { group } }: MemberTurn,
  { kind, amount }: { readonly kind: CapitalKind; readonly amount: Money },
): Say[] => {
  const { lender, loanCash } = group;
  if (!lender) return [];
  return kind === 'capital-in'
    ? [
        ...linesOf({ ...lender, put: add(lender.put, amount) }),
        say('capital.box', { cash: add(loanCash, amount) }),
      ]
    : [
        ...linesOf({ ...lender, returned: add(lender.returned, amount) }),
        say('capital.box', { cash: subtract(loanCash, amount) }),
      ];
};

// The money in a programme file: loans that can be worked out, and a counted box that holds what the balances say.

import { Temporal } from 'temporal-polyfill';
import { isOfficer } from '../domain/group.ts';
import { AMOUNT_MINOR_MAX, type Currency, toDecimal } from '../domain/money.ts';
import { type LoanFault, loansOf, openingLoan } from '../store/import-loan.ts';
import { boxFault, openingTotals } from '../store/import-opening.ts';
import type { GroupForm, LoanForm, MemberForm } from '../store/import-schema.ts';
import { type FileFault, faultAt as fault } from './import-file.ts';

/** journal_entry.posting_count: the opening of a group is one entry. */
const POSTINGS_MAX = 200;
const BOX_SIGNERS = 2;

/** Where in the file, and what holds there. */
export type At = { readonly place: string; readonly today: Temporal.PlainDate; readonly currency: Currency };

export const takesPart = (member: MemberForm): boolean => member.state === undefined;

export function loanFaults(loan: LoanForm, group: GroupForm, at: At): FileFault[] {
  const { place } = at;
  const { constitution } = group;
  if (Temporal.PlainDate.compare(loan.disbursed, at.today) > 0) {
    return [fault(`${place}.disbursed`, 'is in the future', 'write the day she received the money')];
  }
  const opening = openingLoan(loan, { constitution, currency: at.currency });
  return opening.ok ? [] : [loanFault(opening.refusal, place)];
}

function loanFault(refusal: LoanFault, place: string): FileFault {
  switch (refusal.type) {
    case 'no_loan_rules':
      return fault(place, 'has no terms', 'write "loans" in the constitution of the group');
    case 'term':
      return fault(`${place}.${refusal.field}`, 'cannot be worked out', 'check the terms of the loan');
    case 'more_than_owed':
      return fault(
        `${place}.repaid`,
        'is more than the loan with its interest',
        `at most ${toDecimal(refusal.owedMinor)}`,
      );
    case 'interest_does_not_fit':
      return fault(
        `${place}.repaidInterest`,
        'does not fit what was repaid',
        'it is at most "repaid" and the interest of the plan; the rest of "repaid" is at most the principal',
      );
  }
}

/** The counted box against the balances, and who signed it. */
export function moneyFaults(group: GroupForm, at: At): FileFault[] {
  const { place } = at;
  const agreement = { constitution: group.constitution, currency: at.currency };
  const loans = group.members.flatMap((member) =>
    loansOf(member).map((loan) => openingLoan(loan, agreement)),
  );
  // A loan that cannot be worked out has its own fault, and no sum would be right.
  if (loans.some((loan) => !loan.ok)) return [];
  const outstanding = loans.reduce((all, loan) => all + (loan.ok ? loan.value.outstandingMinor : 0n), 0n);
  const totals = openingTotals(group, outstanding);
  const all = Object.values(totals);
  const nothing = all.every((minor) => minor === 0n) && !group.tanda;
  if (nothing && group.countedBox === undefined) return [];
  if (group.countedBox === undefined) {
    return [
      fault(`${place}.countedBox`, 'is missing', 'count the box and write what it holds, with two signers'),
    ];
  }
  if (all.some((minor) => minor > AMOUNT_MINOR_MAX)) {
    return [fault(place, 'opens with a sum above 1000000.00', 'check the amounts')];
  }
  return [
    ...boxFaults(group, { place, totals }),
    ...postingFaults(group, { place, loans: loans.length }),
    ...signerFaults(group, `${place}.countedBox.signedBy`),
  ];
}

function boxFaults(
  group: GroupForm,
  { place, totals }: { readonly place: string; readonly totals: ReturnType<typeof openingTotals> },
): FileFault[] {
  const wrong = boxFault(group, totals);
  if (!wrong) return [];
  const { saved, earnings, outstanding, rounds } = totals;
  const tanda = group.tanda ? `rounds ${toDecimal(rounds)}, ` : '';
  const parts = `${tanda}savings ${toDecimal(saved)}, earnings ${toDecimal(earnings)}, lent and not yet repaid ${toDecimal(outstanding)}`;
  return [
    fault(
      `${place}.countedBox.${wrong.box}`,
      `is ${toDecimal(wrong.countedMinor)} and the balances make ${toDecimal(wrong.expectedMinor)} (${parts})`,
      'count again with two officers and find the difference; interest and fines received go into "earnings"',
    ),
  ];
}

/** Besides a posting for each member's savings and each loan there are three: earnings, capital and social fund. */
function postingFaults(group: GroupForm, { place, loans }: { place: string; loans: number }): FileFault[] {
  const count = group.members.length + loans + (group.tanda?.collected.length ?? 0) + 3;
  return count <= POSTINGS_MAX
    ? []
    : [
        fault(
          `${place}.members`,
          `open with ${count} balances, more than ${POSTINGS_MAX}`,
          'split the group',
        ),
      ];
}

function signerFaults(group: GroupForm, place: string): FileFault[] {
  const { signedBy = [] } = group.countedBox ?? {};
  const signers = group.members.filter(
    (member) => signedBy.includes(member.number) && isOfficer(member.role) && takesPart(member),
  );
  return signedBy.length === BOX_SIGNERS && new Set(signers.map((s) => s.number)).size === BOX_SIGNERS
    ? []
    : [fault(place, 'are not two different officers', 'write the numbers of two officers of the group')];
}

import type { MemberFacts } from '../conversation/member-facts.ts';
import { asId, type LoanId, type LoanPlanId, type MemberId } from '../domain/ids.ts';
import { money, subtract } from '../domain/money.ts';
import { restoreTerms } from './loan-terms.ts';
import type { MemberJson } from './member-json.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';
import type { GroupJson } from './snapshot-json.ts';

export const memberFacts = (
  secrets: Secrets,
  json: MemberJson,
  group: Pick<GroupJson, 'currency' | 'language'>,
): MemberFacts => ({
  id: asId<MemberId>(json.id),
  number: json.number,
  name: openName(secrets, 'member', json),
  role: json.role,
  state: json.state,
  takenBack: json.takenBack,
  language: json.language ?? group.language,
  reminders: json.reminders,
  reminderTime: json.reminderTime ?? undefined,
  reminderWeekday: json.reminderWeekday ?? undefined,
  reach: json.reach,
  isForgotten: json.key === null,
  saved: money(json.saved, group.currency),
  coverOwed: money(json.coverOwed ?? 0n, group.currency),
  coverDue: money(json.coverDue ?? 0n, group.currency),
  goal:
    json.goal === null
      ? undefined
      : { amount: money(json.goal, group.currency), words: goalWords(secrets, json) },
  loans: json.loans.map((loan) => {
    const terms = restoreTerms(loan.terms, group.currency);
    return {
      id: asId<LoanId>(loan.id),
      terms,
      paidPrincipal: subtract(terms.principal, money(loan.principal, group.currency)),
      paidInterest: money(loan.interest + loan.before, group.currency),
      repaid: loan.repaid,
      plans: loan.plans,
      proposed: loan.proposed
        ? {
            ...loan.proposed,
            id: asId<LoanPlanId>(loan.proposed.id),
            by: asId<MemberId>(loan.proposed.by),
          }
        : undefined,
    };
  }),
  fined: money(json.fined, group.currency),
  given: json.recent.map((g) => ({
    meetingOn: g.meetingOn,
    savings: money(g.savings, group.currency),
    social: money(g.social, group.currency),
    receipt: g.receipt,
    nth: g.nth,
  })),
});

/** Her own words for her goal; gone with her key. */
const goalWords = (secrets: Secrets, { id, key, goalWords: words }: MemberJson): string | undefined =>
  key === null || words === null ? undefined : secrets.open(secrets.unwrap(key), goalPlace(id), words);

/** The cell that the words of a goal are sealed for. */
export const goalPlace = (memberId: string) => ({ table: 'member', column: 'goal_words', rowId: memberId });

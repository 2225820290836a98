import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { asId, type MemberId } from '../domain/ids.ts';
import type { IndicatorFacts } from '../domain/indicators/facts.ts';
import { type LoanRecord, loanRecord } from '../domain/indicators/loan-record.ts';
import { inTransaction } from './in-transaction.ts';
import { GROUPS, LOANS } from './indicator-sql.ts';
import { currency, date, digits, id } from './json-fields.ts';
import { loanTermsSchema, restoreTerms } from './loan-terms.ts';

/** The day in question, and what the indicators of a group on that day are worked out of. */
export type GroupIndicators = {
  readonly groupId: string;
  readonly programmeId: string;
  readonly day: Temporal.PlainDate;
  readonly currency: z.infer<typeof currency>;
  readonly facts: IndicatorFacts;
};

export type Asked = {
  /** Without it, all groups. */
  readonly groupIds?: readonly string[] | undefined;
  /** Without it, today where each group lives. The book as it stood at the end of that day. */
  readonly on?: Temporal.PlainDate | undefined;
  readonly now: Temporal.Instant;
};

const groupRow = z.object({
  id,
  programmeId: id,
  day: date,
  currency,
  members: digits,
  membersSaved: digits,
  membersWithLoan: digits,
  present: digits,
  named: digits,
  membersAtStart: digits,
  left: digits,
  saved: digits,
  savedAtWeekEnds: digits,
  bookWeeks: digits,
  cycleWeeks: digits,
  profit: digits,
  loanFundCash: digits,
  counts: digits,
  differingCounts: digits,
  difference: digits,
  receipts: digits,
  disputes: digits,
  disputeSeconds: z.array(digits),
  bookings: digits,
  bookingSeconds: digits,
  longMembers: digits,
  zeroSavers: digits,
  saves: z.boolean(),
});

const loanRow = z.object({
  groupId: id,
  memberId: id,
  terms: loanTermsSchema,
  currency,
  day: date,
  from: date.nullable(),
  lent: digits,
  interestBefore: digits,
  outstanding: digits,
  endedOn: date.nullable(),
  repaid: z.array(
    z.object({ on: date, by: z.enum(['herself', 'cover']), principal: digits, interest: digits }),
  ),
});

/**
 * The facts behind the indicators, of one moment of the database and in two statements however many groups are asked
 * for. All but the loans is added up in SQL; days in arrears and paying on time need each loan's plan, so they are worked
 * out here from its terms and what the book says came in day by day.
 *
 * What the book keeps no past of is as it is now, whatever day is asked for: who is suspended, and the group's rules.
 */
export async function readIndicators(pool: Pool, { groupIds, on, now }: Asked): Promise<GroupIndicators[]> {
  const asked = [groupIds ?? null, on?.toString() ?? null, now.toString()];
  const [groups, loans] = await inTransaction(
    pool,
    async (session) => {
      const { rows: groupRows } = await session.query(GROUPS, asked);
      const { rows: loanRows } = await session.query(LOANS, asked);
      return [z.array(groupRow).parse(groupRows), z.array(loanRow).parse(loanRows)] as const;
    },
    { kind: 'snapshot' },
  );
  const records = new Map<string, LoanRecord[]>();
  for (const row of loans) records.set(row.groupId, [...(records.get(row.groupId) ?? []), recordOf(row)]);
  return groups.map(({ id: groupId, programmeId, day, currency: of, ...facts }) => ({
    groupId,
    programmeId,
    day,
    currency: of,
    facts: { ...facts, loans: records.get(groupId) ?? [] },
  }));
}

const recordOf = (row: z.infer<typeof loanRow>): LoanRecord => {
  const terms = restoreTerms(row.terms, row.currency);
  return loanRecord(
    {
      memberId: asId<MemberId>(row.memberId),
      terms,
      before: { principal: terms.principal.minor - row.lent, interest: row.interestBefore },
      repaid: row.repaid,
      outstanding: row.outstanding,
      endedOn: row.endedOn ?? undefined,
    },
    { day: row.day, from: row.from ?? undefined },
  );
};

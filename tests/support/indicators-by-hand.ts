// The indicators' facts worked out a second time: from the tables' rows alone, in plain loops, without SQL that adds up
// and without the program's own positions of loans. Slow and simple on purpose.

import { Temporal } from 'temporal-polyfill';
import type { IndicatorFacts } from '../../src/domain/indicators/facts.ts';
import { schedule } from '../../src/domain/loan/schedule.ts';
import type { Database } from '../../src/store/database.ts';
import { loanTermsSchema, restoreTerms } from '../../src/store/loan-terms.ts';

type Row = Readonly<Record<string, string | number | boolean | null | object>>;
type Tables = Readonly<Record<(typeof TABLES)[number], readonly Row[]>>;
const TABLES = [
  'savings_group',
  'group_rules',
  'cycle',
  'member',
  'loan',
  'journal_entry',
  'posting',
  'payment',
  'attendance',
  'meeting',
  'dispute',
] as const;

/** Every row of the tables the indicators rest on, as the database exports them. */
export const exportedRows = async ({ pool }: Database): Promise<Tables> => {
  const tables: [string, readonly Row[]][] = [];
  for (const name of TABLES) tables.push([name, (await pool.query<Row>(`select * from ${name}`)).rows]);
  return Object.fromEntries(tables) as Tables;
};

const text = (row: Row, column: string): string => {
  const cell = row[column];
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
};
const minor = (row: Row, column: string): bigint => BigInt(text(row, column));
/** ISO days compare as words do. */
const last = (days: Iterable<string>, count: number): string[] => [...new Set(days)].sort().slice(-count);
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
const days = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
const seconds = (from: string, to: string): bigint =>
  BigInt(Math.round(Temporal.Instant.from(from).until(Temporal.Instant.from(to)).total('seconds')));
const localDay = (at: string, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The facts of every group whose book had begun, at the end of `day`, by the group's id. */
export const allFactsByHand = (tables: Tables, day: string): Map<string, IndicatorFacts> =>
  new Map(
    tables.savings_group.flatMap((group) => {
      const facts = factsByHand(tables, text(group, 'id'), day);
      return facts ? [[text(group, 'id'), facts] as const] : [];
    }),
  );

/** The facts of one group at the end of `day`, or undefined when its book had not begun. */
const factsByHand = (tables: Tables, groupId: string, day: string): IndicatorFacts | undefined => {
  const own = (name: keyof Tables): Row[] => tables[name].filter((row) => row['group_id'] === groupId);
  const group = tables.savings_group.find(({ id }) => id === groupId);
  const began = own('group_rules')
    .map((row) => text(row, 'since'))
    .sort()[0];
  if (!group || began === undefined || began > day) return undefined;
  const zone = text(group, 'time_zone');
  const starts = last(
    own('cycle').flatMap((row) => (text(row, 'starts') <= day ? [text(row, 'starts')] : [])),
    1,
  )[0];
  if (starts === undefined) throw new Error('this reckoning is for groups with a cycle');
  const since = starts > began ? starts : began;

  const entries = own('journal_entry').filter((row) => text(row, 'occurred_on') <= day);
  const reversedIds = new Set(entries.map((row) => row['reverses']));
  const undone = (row: Row): boolean => row['kind'] === 'reversal' || reversedIds.has(text(row, 'id'));
  const moves = entries.flatMap((entry) =>
    own('posting')
      .filter((posting) => posting['entry_id'] === entry['id'])
      .flatMap((posting) => [
        { entry, name: text(posting, 'debit'), delta: minor(posting, 'amount_minor') },
        { entry, name: text(posting, 'credit'), delta: -minor(posting, 'amount_minor') },
      ]),
  );
  const balance = (is: (name: string) => boolean, on = day): bigint =>
    sum(
      moves
        .filter(({ entry, name }) => text(entry, 'occurred_on') <= on && is(name))
        .map(({ delta }) => delta),
    );
  const savedOn = (on: string): bigint => -balance((name) => name.startsWith('savings/'), on);
  const savingsOf = (member: Row): bigint => -balance((name) => name === `savings/${text(member, 'id')}`);
  const owes = (member: Row): boolean =>
    own('loan').some(
      (loan) =>
        loan['member_id'] === member['id'] && balance((name) => name === `loan/${text(loan, 'id')}`) > 0n,
    );

  const members = own('member').filter(
    (row) =>
      (['active', 'invited'].includes(text(row, 'state')) || text(row, 'left_on') > day) &&
      text(row, 'joined_on') <= day,
  );
  const paid = own('payment').filter((payment) => {
    const entry = entries.find(({ id }) => id === payment['entry_id']);
    return entry !== undefined && !undone(entry);
  });

  const roll = own('attendance').filter((row) => text(row, 'meeting_on') <= day);
  const past = paid.filter((row) => text(row, 'meeting_on') <= day);
  const inLists = past.filter(
    (row) =>
      past.filter((other) => other['batch'] === row['batch'] && other['meeting_on'] === row['meeting_on'])
        .length > 1,
  );
  const called = last(
    [...roll, ...inLists].map((row) => text(row, 'meeting_on')),
    4,
  );
  const named = new Map<string, boolean>();
  for (const row of past.filter((one) => called.includes(text(one, 'meeting_on'))))
    named.set(`${text(row, 'member_id')} ${text(row, 'meeting_on')}`, true);
  for (const row of roll.filter((one) => called.includes(text(one, 'meeting_on'))))
    named.set(`${text(row, 'member_id')} ${text(row, 'meeting_on')}`, row['present'] === true);

  const meetings = own('meeting').filter((row) => text(row, 'meeting_on') <= day);
  const [firstHeld] = last(
    [...roll, ...past, ...meetings].map((row) => text(row, 'meeting_on')),
    4,
  );
  const long = members.filter((row) => firstHeld !== undefined && text(row, 'joined_on') <= firstHeld);
  const saves = (member: Row): boolean =>
    past.some(
      (row) =>
        row['member_id'] === member['id'] &&
        text(row, 'meeting_on') >= (firstHeld ?? '') &&
        minor(row, 'savings_minor') > 0n,
    );

  const atStart = own('member').filter((row) => {
    if (row['state'] === 'pending' || text(row, 'joined_on') > since) return false;
    return row['state'] !== 'left' || text(row, 'left_on') >= since;
  });

  const counts = meetings.filter(
    (row) => text(row, 'meeting_on') >= starts && ['agreed', 'closed'].includes(text(row, 'state')),
  );
  const differences = counts.map((row) => {
    const first = row['first_boxes'] as readonly { counted: string; expected: string }[] | null;
    return first
      ? first.reduce((all, box) => all + BigInt(box.counted) - BigInt(box.expected), 0n)
      : minor(row, 'counted_minor') - minor(row, 'expected_minor');
  });
  const disputes = own('dispute').filter((row) => {
    const opened = localDay(text(row, 'opened_at'), zone);
    return opened >= starts && opened <= day;
  });
  const decided = disputes.filter(
    (row) => row['decided_at'] !== null && localDay(text(row, 'decided_at'), zone) <= day,
  );
  const bookings = past.filter((row) => text(row, 'meeting_on') >= starts);
  const lag = (row: Row): bigint => {
    const start = Temporal.PlainDate.from(text(row, 'meeting_on'))
      .toPlainDateTime(Temporal.PlainTime.from(text(group, 'meeting_time')))
      .toZonedDateTime(zone)
      .toInstant()
      .toString();
    const late = seconds(start, text(row, row['decided_at'] === null ? 'created_at' : 'decided_at'));
    return late > 0n ? late : 0n;
  };

  const weekEnds: string[] = [];
  for (let k = 0; 7 * k <= days(since, day); k += 1) {
    const end = Temporal.PlainDate.from(since)
      .add({ days: 7 * k + 6 })
      .toString();
    weekEnds.push(end < day ? end : day);
  }
  const constitution = own('group_rules').find(({ version }) => version === group['rules_version'])?.[
    'constitution'
  ] as { product: string };
  const isEarned = (name: string): boolean =>
    name === 'fines' ||
    name === 'earnings' ||
    (constitution.product === 'savings-group' && name.startsWith('interest/'));

  return {
    members: BigInt(members.length),
    membersSaved: sum(members.map(savingsOf)),
    membersWithLoan: BigInt(members.filter(owes).length),
    present: BigInt([...named.values()].filter((present) => present).length),
    named: BigInt(named.size),
    membersAtStart: BigInt(atStart.length),
    left: BigInt(atStart.filter((row) => row['left_on'] !== null && text(row, 'left_on') <= day).length),
    saved: savedOn(day),
    savedAtWeekEnds: sum(weekEnds.map(savedOn)),
    bookWeeks: BigInt(weekEnds.length),
    cycleWeeks: BigInt(Math.floor(days(starts, day) / 7) + 1),
    profit: -balance(isEarned),
    loanFundCash: balance((name) => name === 'cash/loan-fund'),
    counts: BigInt(counts.length),
    differingCounts: BigInt(differences.filter((one) => one !== 0n).length),
    difference: sum(differences.map((one) => (one < 0n ? -one : one))),
    receipts: BigInt(
      entries.filter((row) => row['kind'] === 'payment' && text(row, 'occurred_on') >= starts).length,
    ),
    disputes: BigInt(disputes.length),
    disputeSeconds: decided
      .toSorted((a, b) => (text(a, 'opened_at') < text(b, 'opened_at') ? -1 : 1))
      .map((row) => seconds(text(row, 'opened_at'), text(row, 'decided_at'))),
    bookings: BigInt(bookings.length),
    bookingSeconds: sum(bookings.map(lag)),
    longMembers: BigInt(long.length),
    zeroSavers: BigInt(long.filter((member) => !saves(member)).length),
    saves: true,
    loans: own('loan')
      .toSorted((a, b) =>
        `${text(a, 'disbursed_on')} ${text(a, 'id')}` < `${text(b, 'disbursed_on')} ${text(b, 'id')}`
          ? -1
          : 1,
      )
      .flatMap((loan) => loanByHand({ loan, moves, own, undone }, { day, starts, began })),
  };
};

type Book = {
  readonly loan: Row;
  readonly moves: readonly { readonly entry: Row; readonly name: string; readonly delta: bigint }[];
  readonly own: (name: keyof Tables) => Row[];
  readonly undone: (entry: Row) => boolean;
};

const loanByHand = (
  { loan, moves, own, undone }: Book,
  { day, starts, began }: { readonly day: string; readonly starts: string; readonly began: string },
): IndicatorFacts['loans'][number][] => {
  const terms = restoreTerms(loanTermsSchema.parse(loan['terms']), 'MXN');
  const id = text(loan, 'id');
  const touching = moves.filter(({ name }) => name === `loan/${id}` || name === `interest/${id}`);
  const principalMoves = touching.filter(({ name }) => name === `loan/${id}`);
  const outstanding = sum(principalMoves.map(({ delta }) => delta));
  const lent = sum(
    principalMoves.filter(({ entry, delta }) => delta > 0n && !undone(entry)).map(({ delta }) => delta),
  );
  const lastOn = last(
    touching.map(({ entry }) => text(entry, 'occurred_on')),
    1,
  )[0];
  if (lent === 0n || lastOn === undefined || (outstanding === 0n && lastOn < starts)) return [];
  const came = touching
    .filter(
      ({ entry, delta }) =>
        delta < 0n && !undone(entry) && ['payment', 'cover', 'closing'].includes(text(entry, 'kind')),
    )
    .map(({ entry, name, delta }) => {
      const payment = own('payment').find((row) => row['entry_id'] === entry['id']);
      const booked = text(entry, 'occurred_on');
      const meeting = payment ? text(payment, 'meeting_on') : booked;
      return {
        on: meeting < booked ? meeting : booked,
        isCover: entry['kind'] === 'cover',
        principal: name === `loan/${id}` ? -delta : 0n,
        interest: name === `interest/${id}` ? -delta : 0n,
      };
    });

  const plan = schedule(terms);
  /** What is missing of each line when `some` has come: two purses, each filling its column from the top. */
  const missing = (some: typeof came) => {
    let principal = terms.principal.minor - lent + sum(some.map((one) => one.principal));
    let interest = minor(loan, 'interest_before_minor') + sum(some.map((one) => one.interest));
    return plan.map((line) => {
      const p = line.principal.minor < principal ? line.principal.minor : principal;
      const i = line.interest.minor < interest ? line.interest.minor : interest;
      principal -= p;
      interest -= i;
      return {
        date: line.date.toString(),
        due: line.due.minor,
        principal: line.principal.minor - p,
        all: line.due.minor - p - i,
      };
    });
  };
  const now = missing(came);
  const behind = now.filter(({ date }) => date < day);
  let short = 0n;
  const late =
    outstanding > 0n
      ? behind.find(({ all }) => {
          short += all;
          return short > 50n;
        })
      : undefined;
  const from = began < starts ? starts : Temporal.PlainDate.from(began).add({ days: 1 }).toString();
  const due = now.flatMap(({ date, due: asked }, n) => {
    if (date < from || date >= day || asked === 0n) return [];
    const hers = came.filter((one) => (one.isCover ? one.on < date : one.on <= date));
    return [{ asked, missing: missing(hers)[n]?.all ?? 0n }];
  });
  const covers = came.filter((one) => one.isCover && one.on >= from);
  return [
    {
      memberId: text(loan, 'member_id') as IndicatorFacts['loans'][number]['memberId'],
      outstanding,
      daysLate: late ? days(late.date, day) : 0,
      overdue: late ? sum(behind.map(({ principal }) => principal)) : 0n,
      due: { count: BigInt(due.length), minor: sum(due.map(({ asked }) => asked)) },
      onTime: {
        count: BigInt(due.filter((one) => one.missing <= 50n).length),
        minor: sum(due.map((one) => one.asked - one.missing)),
      },
      covered: sum(covers.map((one) => one.principal + one.interest)),
    },
  ];
};

// One group's rows as a programme file writes the group.

import { Temporal } from 'temporal-polyfill';
import { isOfficer } from '../domain/group.ts';
import { parseDecimal, toDecimal } from '../domain/money.ts';
import { type Constitution, constitutionSchema, rulesOf } from './constitution.ts';
import { addressesOf, type MemberRow } from './export-people.ts';
import type { GroupRows, LoanRow } from './export-rows.ts';
import { tandaDocument } from './export-tanda.ts';
import type { GroupDocument, LoanDocument, MemberDocument } from './import-schema.ts';
import { loanTermsSchema } from './loan-terms.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

const BOX_SIGNERS = 2;

type Reading = {
  readonly secrets: Secrets;
  readonly rows: GroupRows;
  readonly constitution: Constitution;
};

export const groupDocument = (secrets: Secrets, rows: GroupRows, currency: 'MXN' | 'USD'): GroupDocument => {
  const { group, cycle } = rows;
  const constitution = constitutionSchema.parse(group.constitution);
  const reading: Reading = { secrets, rows, constitution };
  return {
    name: openName(secrets, 'savings_group', group),
    place: { municipality: group.municipality ?? undefined, state: group.state ?? undefined },
    timeZone: group.timeZone,
    language: group.language,
    meeting: {
      weekday: group.meetingWeekday,
      time: group.meetingTime,
      place: meetingPlace(reading),
    },
    reminders: group.reminders,
    reminderTime: group.reminderTime,
    reminderWeekday: group.reminderWeekday,
    lateReminders: group.lateReminders,
    digest: group.digest,
    constitution,
    cycle: { starts: cycle.starts, ends: cycle.ends },
    members: rows.members.map((member) => memberDocument(reading, member)),
    ...boxDocument(reading),
    ...tandaDocument(rows.tanda, { rules: rulesOf(constitution, currency), currency }),
  };
};

const meetingPlace = ({ secrets, rows: { group } }: Reading): string | undefined => {
  if (group.meetingPlace === null || group.key === null) return undefined;
  const place = { table: 'savings_group', column: 'meeting_place', rowId: group.id };
  return secrets.open(secrets.unwrap(group.key), place, group.meetingPlace);
};

const memberDocument = (reading: Reading, member: MemberRow): MemberDocument => {
  const { secrets, rows } = reading;
  const { state, consentedAt: consented } = member;
  return {
    number: member.number,
    name: openName(secrets, 'member', member),
    role: member.role,
    language: member.language ?? undefined,
    state: state === 'suspended' || state === 'left' ? state : undefined,
    addresses: addressesOf(secrets, member.addresses),
    consented:
      consented === null
        ? undefined
        : Temporal.Instant.from(consented).toZonedDateTimeISO(rows.group.timeZone).toPlainDate().toString(),
    reminders: member.reminders,
    reminderTime: member.reminderTime,
    reminderWeekday: member.reminderWeekday,
    discreet: member.discreet,
    notices: member.openNotices === null ? undefined : member.openNotices ? 'open' : 'closed',
    safeHours: member.safeHours,
    permissions: Object.fromEntries(member.permissions.map(({ topic, given }) => [topic, given])),
    opening: openingDocument(reading, member),
  };
};

const openingDocument = (reading: Reading, member: MemberRow): MemberDocument['opening'] => {
  const { rows } = reading;
  const [loan, ...more] = rows.loans
    .filter((row) => row.memberId === member.id)
    .map((row) => loanDocument(reading, row));
  return {
    ...savingsDocument(reading, -balance(rows, `savings/${member.id}`)),
    ...(loan === undefined ? {} : more.length === 0 ? { loan } : { loans: [loan, ...more] }),
  };
};

/** Shares where the group saves in shares and the sum is a whole number of them. */
const savingsDocument = (
  { constitution }: Reading,
  savedMinor: bigint,
): NonNullable<MemberDocument['opening']> => {
  if (savedMinor === 0n) return {};
  const { savings } = constitution;
  const price = savings.kind === 'shares' ? (parseDecimal(savings.sharePrice) ?? 0n) : 0n;
  return price > 0n && savedMinor % price === 0n
    ? { shares: Number(savedMinor / price) }
    : { savings: toDecimal(savedMinor) };
};

/** Terms are written out only where they are not those of the constitution. */
const loanDocument = ({ rows, constitution }: Reading, row: LoanRow): LoanDocument => {
  const terms = loanTermsSchema.parse(row.terms);
  const { loans: agreed } = constitution;
  const outstanding = balance(rows, `loan/${row.id}`);
  const interest = row.interestBeforeMinor - balance(rows, `interest/${row.id}`);
  const repaid = (parseDecimal(terms.principal) ?? 0n) - outstanding + interest;
  const unlike = <Value>(value: Value, usual: Value | undefined): Value | undefined =>
    value === usual ? undefined : value;
  return {
    principal: terms.principal,
    disbursed: terms.disbursed,
    repaid: toDecimal(repaid),
    repaidInterest: toDecimal(interest),
    interest: unlike(terms.interest, agreed?.interest),
    ratePct: unlike(terms.ratePct, agreed?.ratePct),
    ratePer: unlike(terms.ratePer, agreed?.ratePer),
    every: unlike(terms.every, agreed?.every),
    n: unlike(terms.n, agreed?.n),
    rounding: unlike(terms.rounding, constitution.rounding),
    cashUnit: coinOf(terms.cashUnitMinor, constitution),
  };
};

/** A loan keeps the coins it was agreed in, which are one of those a constitution may name. */
const coinOf = (minor: string, constitution: Constitution): LoanDocument['cashUnit'] => {
  const of = (text: string): string => (parseDecimal(text) ?? 0n).toString();
  if (of(constitution.cashUnit) === minor) return undefined;
  return constitutionSchema.shape.cashUnit.unwrap().options.find((coin) => of(coin) === minor);
};

type Box = Pick<GroupDocument, 'countedBox' | 'earnings' | 'outsideCapital'>;

const boxDocument = ({ rows, constitution }: Reading): Box => {
  const one = constitution.product === 'savings-group';
  const interest = sumOf(rows, 'interest/') + sumOf(rows, 'late-fee/');
  const lent = sumOf(rows, 'loan/');
  const capital = -balance(rows, 'outside-capital');
  const usual = constitution.loans?.source === 'outside' ? lent : 0n;
  // Interest of a solidarity credit lies in the loan box and goes to who lent the money.
  const earned = balance(rows, 'earnings') + balance(rows, 'fines') + (one ? interest : 0n);
  const officers = rows.members.filter(
    ({ role, state }) => isOfficer(role) && state !== 'left' && state !== 'suspended',
  );
  return {
    countedBox: {
      loanFund: toDecimal(balance(rows, 'cash/loan-fund')),
      savingsPot: toDecimal(balance(rows, 'cash/savings-pot')),
      socialFund: toDecimal(balance(rows, 'cash/social-fund')),
      signedBy: officers.slice(0, BOX_SIGNERS).map(({ number }) => number),
    },
    earnings: toDecimal(-earned),
    outsideCapital: one && capital !== usual ? toDecimal(capital) : undefined,
  };
};

const balance = (rows: GroupRows, account: string): bigint => rows.balances.get(account) ?? 0n;

const sumOf = ({ balances }: GroupRows, start: string): bigint =>
  [...balances].reduce((all, [account, minor]) => (account.startsWith(start) ? all + minor : all), 0n);

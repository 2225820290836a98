import type { Language } from '../conversation/message.ts';
import type {
  Company,
  Contact,
  Covers,
  Desk,
  GroupFacts,
  InviteFacts,
  MemberFacts,
  ReceiptFacts,
  WaitingPayment,
} from '../conversation/snapshot.ts';
import {
  asId,
  type CoverId,
  type EntryId,
  type GroupId,
  type InviteId,
  type LoanId,
  type LoanPlanId,
  type MeetingId,
  type MemberId,
  type PaymentId,
} from '../domain/ids.ts';
import type { CoverShare } from '../domain/joint/cover.ts';
import { type Account, isAccount } from '../domain/ledger/account.ts';
import type { OpenMeeting } from '../domain/meeting.ts';
import { type Currency, money, subtract } from '../domain/money.ts';
import type { PaymentParts } from '../domain/payment.ts';
import { invariant } from '../domain/result.ts';
import type { Vote } from '../domain/vote.ts';
import { rulesOf } from './constitution.ts';
import type { CoversJson, MeetingJson } from './extra-json.ts';
import type { Sealed } from './json-fields.ts';
import { restoreTerms } from './loan-terms.ts';
import type { MemberJson } from './member-json.ts';
import type { Secrets } from './secrets.ts';
import type { CompanyJson, DeskJson, GroupJson, InviteJson, ReceiptJson } from './snapshot-json.ts';
import { tandaFacts } from './tanda-facts.ts';

/** Opens what is sealed. Whose key was shredded has no name any more: a member is called by her number (invariant A5). */
export const openName = (
  secrets: Secrets,
  table: string,
  of: Sealed & { readonly id: string; readonly number?: number },
): string => {
  if (of.key !== null)
    return secrets.open(secrets.unwrap(of.key), { table, column: 'name', rowId: of.id }, of.name);
  return of.number === undefined ? '—' : `Socia ${of.number}`;
};

/** Her own words for her goal; gone with her key. */
const goalWords = (secrets: Secrets, { id, key, goalWords: words }: MemberJson): string | undefined =>
  key === null || words === null ? undefined : secrets.open(secrets.unwrap(key), goalPlace(id), words);

/** The cell that the words of a goal are sealed for. */
export const goalPlace = (memberId: string) => ({ table: 'member', column: 'goal_words', rowId: memberId });

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
  language: json.language ?? group.language,
  reminders: json.reminders,
  reminderTime: json.reminderTime ?? undefined,
  reminderWeekday: json.reminderWeekday ?? undefined,
  reach: json.reach,
  saved: money(json.saved, group.currency),
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

export const groupFacts = (secrets: Secrets, json: GroupJson): GroupFacts => {
  const { currency } = json;
  const rules = rulesOf(json.constitution, currency);
  return {
    id: asId<GroupId>(json.id),
    programmeId: asId(json.programmeId),
    name: openName(secrets, 'savings_group', json),
    language: json.language,
    place: { state: json.state ?? undefined, municipality: json.municipality ?? undefined },
    currency,
    meeting: { weekday: json.weekday, time: json.time, timeZone: json.timeZone },
    meetingPlace: placeOf(secrets, json),
    reminders: json.reminders,
    reminderTime: json.reminderTime,
    reminderWeekday: json.reminderWeekday ?? undefined,
    rules,
    rulesVersion: json.rulesVersion,
    book: { seq: json.seq, head: json.head, frozen: json.frozen },
    cash: money(
      Object.values(json.cash).reduce((a, b) => a + b, 0n),
      currency,
    ),
    loanCash: money(json.cash['cash/loan-fund'] ?? 0n, currency),
    ownCash: money(
      json.cash[`cash/${json.constitution.product === 'savings-group' ? 'loan-fund' : 'savings-pot'}`] ?? 0n,
      currency,
    ),
    socialCash: money(json.cash['cash/social-fund'] ?? 0n, currency),
    savedByAll: money(json.savedByAll, currency),
    memberCount: json.members,
    lender: json.lender
      ? {
          put: money(json.lender.put, currency),
          returned: money(json.lender.returned, currency),
          earned: money(json.lender.earned, currency),
        }
      : undefined,
    signatures: json.signatures.map((signer) => ({
      id: asId<MemberId>(signer.id),
      name: openName(secrets, 'member', signer),
      state: signer.state,
    })),
    underway: json.underway.map(({ id, kind, member, amount, by }) => ({
      id,
      kind,
      memberId: member === null ? undefined : asId<MemberId>(member),
      amount: money(amount, currency),
      by: asId<MemberId>(by),
    })),
    tanda: json.tanda
      ? tandaFacts(json.tanda, { rules, currency, nameOf: (person) => openName(secrets, 'member', person) })
      : undefined,
  };
};

/** The officers of a group and the staff of its programme, as people to write to. */
export const companyFacts = (
  secrets: Secrets,
  json: CompanyJson,
  language: Language,
): Pick<Company, 'officers' | 'staff'> => ({
  officers: json.officers.map((officer) => contact(secrets, officer, language)),
  staff: staffContacts(secrets, json.staff),
});

/** Staff, as people to write to. */
export const staffContacts = (secrets: Secrets, staff: CompanyJson['staff']): Contact[] =>
  staff.map((s) => ({
    id: asId(s.id),
    memberId: undefined,
    name: openName(secrets, 'staff', s),
    role: 'staff',
    language: s.language,
    reach: s.reach,
  }));

export const deskFacts = (secrets: Secrets, json: DeskJson, group: GroupJson): Desk => ({
  roster: json.roster.map((member) => memberFacts(secrets, member, group)),
  newcomers: json.pending.map((p) => ({
    id: asId<MemberId>(p.id),
    memberId: asId<MemberId>(p.id),
    name: openName(secrets, 'member', p),
    role: 'member',
    language: p.language ?? group.language,
    reach: p.reach,
    number: p.number,
    known: p.known,
  })),
  waiting: json.waiting.map((payment) => waitingFacts(payment, group.currency)),
});

const placeOf = (secrets: Secrets, json: GroupJson): string | undefined =>
  json.place === null || json.key === null
    ? undefined
    : secrets.open(
        secrets.unwrap(json.key),
        { table: 'savings_group', column: 'meeting_place', rowId: json.id },
        json.place,
      );

export const contact = (
  secrets: Secrets,
  json: CompanyJson['officers'][number],
  language: Language,
): Contact => ({
  id: asId<MemberId>(json.id),
  memberId: asId<MemberId>(json.id),
  name: openName(secrets, 'member', json),
  role: json.role,
  language: json.language ?? language,
  reach: json.reach,
});

type Amounts = { savings: bigint; loan: bigint; fine: bigint; social: bigint; turn: bigint };

export const partsOf = (json: Amounts, currency: Currency): PaymentParts => ({
  savings: money(json.savings, currency),
  loan: money(json.loan, currency),
  fine: money(json.fine, currency),
  social: money(json.social, currency),
  turn: money(json.turn, currency),
});

const waitingFacts = (json: DeskJson['waiting'][number], currency: Currency): WaitingPayment => ({
  id: asId<PaymentId>(json.id),
  memberId: asId<MemberId>(json.memberId),
  parts: partsOf(json, currency),
  state: json.state,
  meetingOn: json.meetingOn,
  batch: json.batch,
  reportedBy: json.reportedBy,
  firstSigner: json.firstSigner ?? undefined,
});

export const receiptFacts = (json: ReceiptJson, currency: Currency): ReceiptFacts => ({
  paymentId: asId<PaymentId>(json.id),
  memberId: asId<MemberId>(json.memberId),
  parts: partsOf(json, currency),
  state: json.state,
  meetingOn: json.meetingOn,
  nth: json.nth,
  batch: json.batch,
  decidedBy: json.decidedBy ?? undefined,
  entryId: json.entryId === null ? undefined : asId<EntryId>(json.entryId),
  receipt: json.receipt ?? undefined,
  occurredOn: json.occurredOn ?? undefined,
  decidedAt: json.decidedAt ?? undefined,
  postings: json.postings.map((p) => ({
    debit: account(p.debit),
    credit: account(p.credit),
    amountMinor: p.amount,
  })),
  balances: new Map(Object.entries(json.balances).map(([name, minor]) => [account(name), minor])),
  isClosed: json.closed,
  isTold: json.told,
  disputed: json.disputed,
});

export const meetingFacts = (json: MeetingJson, currency: Currency): OpenMeeting => ({
  id: asId<MeetingId>(json.id),
  on: json.on,
  state: json.state,
  openedBy: asId<MemberId>(json.openedBy),
  boxes: json.boxes?.map(({ pot, expected, counted }) => ({
    pot,
    expected: money(expected, currency),
    counted: money(counted, currency),
  })),
  countedBy: json.countedBy === null ? undefined : asId<MemberId>(json.countedBy),
  reason: json.reason ?? undefined,
});

export const voteFacts = (json: readonly { readonly memberId: string; readonly yes: boolean }[]): Vote[] =>
  json.map(({ memberId, yes }) => ({ memberId: asId<MemberId>(memberId), yes }));

const shareFacts = (
  share: { readonly member: string | null; readonly amount: bigint },
  currency: Currency,
): CoverShare => ({
  by: share.member === null ? 'savings-pot' : asId<MemberId>(share.member),
  amount: money(share.amount, currency),
});

export const coverFacts = (secrets: Secrets, json: CoversJson, currency: Currency): Covers => ({
  all: json.all.map((cover) => ({
    id: asId<CoverId>(cover.id),
    debtor: asId<MemberId>(cover.debtor),
    gap: money(cover.gap, currency),
    state: cover.state,
    proposedBy: asId<MemberId>(cover.proposedBy),
    votes: voteFacts(cover.votes),
    shares: cover.shares.map((share) => shareFacts(share, currency)),
  })),
  refunds: json.refunds.map((refund) => ({
    debtor: asId<MemberId>(refund.debtor),
    ...shareFacts(refund, currency),
  })),
  former: json.former.map((one) => ({ id: asId<MemberId>(one.id), name: openName(secrets, 'member', one) })),
});

const account = (name: string): Account => {
  invariant(isAccount(name), 'an account has a name the book knows');
  return name;
};

export const inviteFacts = (
  secrets: Secrets,
  json: InviteJson,
  now: { epochMilliseconds: number },
): InviteFacts => ({
  id: asId<InviteId>(json.id),
  groupId: asId<GroupId>(json.groupId),
  groupName: openName(secrets, 'savings_group', { ...json.group, id: json.groupId }),
  language: json.group.language,
  usable: json.usesLeft > 0 && json.expiresAt.epochMilliseconds > now.epochMilliseconds,
  member:
    json.member === null || json.memberId === null
      ? undefined
      : {
          id: asId<MemberId>(json.memberId),
          name: openName(secrets, 'member', { ...json.member, id: json.memberId }),
          // Whoever was in the chat and is reached there no more comes in again with a new code.
          claimed: json.member.linked || (json.member.state !== 'invited' && json.member.state !== 'active'),
          state: json.member.state === 'active' ? 'active' : 'invited',
          signs: json.member.signs,
        },
  roster: (json.roster ?? []).map((m) => ({
    id: asId<MemberId>(m.id),
    number: m.number,
    name: openName(secrets, 'member', m),
    free: m.state === 'invited',
  })),
  officers: json.officers.map((officer) => contact(secrets, officer, json.group.language)),
});

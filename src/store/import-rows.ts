// From a programme that was read to the rows that hold it. Nothing is written here; import-programme does that.

import { Temporal } from 'temporal-polyfill';
import { localDate, nextMeeting } from '../domain/calendar.ts';
import { asId, type GroupId, type LoanId } from '../domain/ids.ts';
import { dueNearMeetings } from '../domain/loan/request.ts';
import type { LoanTerms } from '../domain/loan/terms.ts';
import type { Currency } from '../domain/money.ts';
import { invariant } from '../domain/result.ts';
import { rulesOf } from './constitution.ts';
import { type Book, bookRows } from './import-book-rows.ts';
import { loansOf, openingLoan } from './import-loan.ts';
import { isoWeekday, listed, type Making, put, type Seat, sealer } from './import-making.ts';
import { inviteRow, memberRows } from './import-member-rows.ts';
import { savedMinor } from './import-opening.ts';
import type { GroupForm, ProgrammeForm } from './import-schema.ts';
import { tandaRows } from './import-tanda.ts';
import { storeTerms } from './loan-terms.ts';

export const programmeRows = (making: Making, form: ProgrammeForm): string => {
  const programmeId = making.newId();
  const { name, language, currency, lessons, pin, safeWord, notices } = form.programme;
  put(making, 'programme', {
    id: programmeId,
    name,
    language,
    currency,
    lesson_drafts: lessons.drafts,
    pin_required: pin === 'required',
    safe_word: safeWord ?? null,
    open_notices: notices === 'open',
    lesson_languages: lessons.languages,
  });
  for (const person of form.staff) {
    const id = making.newId();
    const seal = sealer(making, 'staff', id);
    put(making, 'staff', {
      id,
      programme_id: programmeId,
      name: seal('name', person.name),
      role: person.role,
      language: person.language ?? language,
      duty_days: (person.duty?.days ?? []).map(isoWeekday),
      duty_from: person.duty?.from ?? null,
      duty_to: person.duty?.to ?? null,
    });
    for (const { channel, value } of listed(person.addresses, making.whatsApp)) {
      put(making, 'staff_address', { address_id: making.addressId(channel, value), staff_id: id });
    }
  }
  for (const group of form.groups) groupRows(making, group, { programmeId, language, currency });
  return programmeId;
};

type Programme = {
  readonly programmeId: string;
  readonly language: string;
  readonly currency: Currency;
};

const groupRows = (making: Making, group: GroupForm, programme: Programme): void => {
  const groupId = asId<GroupId>(making.newId());
  const today = localDate(making.now, group.timeZone);
  const { starts } = group.cycle;
  const seat: Seat = {
    groupId,
    name: group.name,
    timeZone: group.timeZone,
    language: group.language ?? programme.language,
    since: Temporal.PlainDate.compare(starts, today) < 0 ? starts : today,
  };
  put(making, 'group_rules', {
    group_id: groupId,
    version: 1,
    constitution: group.constitution,
    since: today.toString(),
  });
  const cycleId = making.newId();
  put(making, 'cycle', {
    group_id: groupId,
    id: cycleId,
    starts: starts.toString(),
    ends: group.cycle.ends.toString(),
  });
  const book = membersOf(making, group, { seat, currency: programme.currency });
  tandaRows(making, group, { groupId, cycleId, members: book.members });
  const head = bookRows(making, group, { groupId, today, book });
  const seal = sealer(making, 'savings_group', groupId);
  put(making, 'savings_group', {
    id: groupId,
    programme_id: programme.programmeId,
    name: seal('name', group.name),
    municipality: group.place.municipality ?? null,
    state: group.place.state ?? null,
    time_zone: group.timeZone,
    language: seat.language,
    currency: programme.currency,
    meeting_weekday: group.meeting.weekday,
    meeting_time: group.meeting.time,
    meeting_place: group.meeting.place === undefined ? null : seal('meeting_place', group.meeting.place),
    reminders: group.reminders,
    reminder_time: group.reminderTime,
    reminder_weekday: isoWeekday(group.reminderWeekday),
    late_reminders: group.lateReminders,
    digest: group.digest,
    rules_version: 1,
    created_at: making.now.toString(),
    ...head,
  });
  inviteRow(making, seat, undefined);
};

/** From now on a running loan follows the rules it comes in with: a late fee counts from the next meeting. */
const withRules = (
  terms: LoanTerms,
  { constitution, timeZone, meeting }: GroupForm,
  { currency, now }: { readonly currency: Currency; readonly now: Temporal.Instant },
): LoanTerms => {
  const rule = rulesOf(constitution, currency).loans;
  const from = nextMeeting(
    { weekday: meeting.weekday, time: Temporal.PlainTime.from(meeting.time), timeZone },
    now,
  ).date;
  return {
    ...terms,
    ...dueNearMeetings(terms.every, meeting.weekday),
    excess: rule?.excess,
    lateFee: rule?.lateFee && { ...rule.lateFee, from },
  };
};

const membersOf = (
  making: Making,
  group: GroupForm,
  { seat, currency }: { readonly seat: Seat; readonly currency: Currency },
): Book => {
  const { constitution } = group;
  const members: Book['members'][number][] = [];
  const loans: Book['loans'][number][] = [];
  for (const member of group.members) {
    const id = memberRows(making, seat, member);
    members.push({ id, number: member.number, saved: savedMinor(member, constitution) });
    for (const form of loansOf(member)) {
      const opening = openingLoan(form, { constitution, currency });
      invariant(opening.ok, 'the loans of a programme file were checked');
      const loanId = asId<LoanId>(making.newId());
      loans.push({ id: loanId, opening: opening.value });
      put(making, 'loan', {
        group_id: seat.groupId,
        id: loanId,
        member_id: id,
        terms: storeTerms(withRules(opening.value.terms, group, { currency, now: making.now })),
        state: opening.value.owedMinor === 0n ? 'repaid' : 'active',
        interest_before_minor: opening.value.interestPaidMinor.toString(),
        disbursed_on: opening.value.terms.disbursed.toString(),
      });
    }
  }
  return { members, loans };
};

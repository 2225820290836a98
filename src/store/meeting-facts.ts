import type { z } from 'zod';
import { asId, type MeetingId, type MemberId } from '../domain/ids.ts';
import type { OpenMeeting } from '../domain/meeting.ts';
import type { MeetingWork } from '../domain/meeting-steps.ts';
import { type Currency, money } from '../domain/money.ts';
import { openExpenseWords } from './expense-words.ts';
import type { MeetingJson, meetingWorkJson } from './extra-json.ts';
import type { Secrets } from './secrets.ts';
import type { GroupJson } from './snapshot-json.ts';

export const meetingFacts = (json: MeetingJson, currency: Currency): OpenMeeting => ({
  id: asId<MeetingId>(json.id),
  on: json.on,
  late: json.late,
  state: json.state,
  openedBy: asId<MemberId>(json.openedBy),
  boxes: boxesIn(json.boxes, currency),
  first: boxesIn(json.firstBoxes, currency),
  countedBy: json.countedBy === null ? undefined : asId<MemberId>(json.countedBy),
  reason: json.reason ?? undefined,
  standIn: json.standIn === null ? undefined : asId<MemberId>(json.standIn),
  stoodIn: json.stoodIn,
});

const boxesIn = (boxes: MeetingJson['boxes'], currency: Currency): OpenMeeting['boxes'] =>
  boxes?.map(({ pot, expected, counted }) => ({
    pot,
    expected: money(expected, currency),
    counted: money(counted, currency),
  }));

/** What was done at the open meeting. */
export const meetingWork = (
  secrets: Secrets,
  json: z.infer<typeof meetingWorkJson>,
  group: Pick<GroupJson, 'key' | 'currency'>,
): MeetingWork => ({
  rolled: json.rolled,
  absent: json.absent.map((member) => asId<MemberId>(member)),
  loans: json.loans,
  expenses: json.expenses.map((expense) => ({
    amount: money(expense.amount, group.currency),
    words: openExpenseWords(secrets, expense, group),
  })),
});

import { asId, type MeetingId, type MemberId } from '../domain/ids.ts';
import type { OpenMeeting } from '../domain/meeting.ts';
import { type Currency, money } from '../domain/money.ts';
import type { MeetingJson } from './extra-json.ts';

export const meetingFacts = (json: MeetingJson, currency: Currency): OpenMeeting => ({
  id: asId<MeetingId>(json.id),
  on: json.on,
  state: json.state,
  openedBy: asId<MemberId>(json.openedBy),
  boxes: boxesIn(json.boxes, currency),
  first: boxesIn(json.firstBoxes, currency),
  countedBy: json.countedBy === null ? undefined : asId<MemberId>(json.countedBy),
  reason: json.reason ?? undefined,
});

const boxesIn = (boxes: MeetingJson['boxes'], currency: Currency): OpenMeeting['boxes'] =>
  boxes?.map(({ pot, expected, counted }) => ({
    pot,
    expected: money(expected, currency),
    counted: money(counted, currency),
  }));

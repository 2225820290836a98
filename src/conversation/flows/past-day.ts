import type { CatchUpRefusal } from '../../domain/catch-up.ts';
import { type Say, say } from '../say.ts';
import { type OfficerTurn, todayOf } from '../turn.ts';

/** What decides whether a past day may still be written down; undefined while the last count is not known. */
export const dayFacts = (turn: OfficerTurn) => {
  const { counted } = turn.speaker.extra;
  const habit = turn.speaker.group.meeting;
  return counted && { habit, today: todayOf(turn), counted: counted === 'none' ? undefined : counted };
};

/** Why it may not. A day without a meeting is asked about instead. */
export const refusalOfDay = (refusal: Exclude<CatchUpRefusal, { type: 'no_meeting_day' }>): Say => {
  switch (refusal.type) {
    case 'day_to_come':
      return say('refusal.day_to_come');
    case 'day_too_old':
      return say('refusal.day_too_old', { days: refusal.days });
    case 'day_counted':
      return say('refusal.day_counted', { counted: refusal.counted });
  }
};

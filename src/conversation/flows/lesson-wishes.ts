import { Temporal } from 'temporal-polyfill';
import { lessonDays } from '../../domain/lesson/schedule.ts';
import { isQuietTime } from '../../domain/quiet-hours.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type MemberTurn } from '../turn.ts';
import { readHour } from '../understand/hour.ts';
import type { LessonDays } from '../understand/lesson-days.ts';

/** Hours offered to her: before, at and after midday. */
const HOURS = [9, 13, 18] as const;

/** "Sin lecciones", "con lecciones": hers alone, and she may still ask for one at any time. */
export const lessonsSwitch = (turn: MemberTurn, on: boolean): StepResult =>
  decide(turn, {
    events: [{ type: 'lessons-wished', memberId: turn.speaker.me.id, off: !on }],
    replies: [
      reply(
        [say(on ? 'lesson.on' : 'lesson.off')],
        on ? [offer('lesson:hour', say('lesson.hour-menu'))] : [],
      ),
    ],
  });

/** "Apaga las lecciones del grupo": they are each woman's own, and nothing is changed, hers neither. */
export const groupLessons = (turn: MemberTurn): StepResult | undefined => {
  const work = turn.input.type === 'words' ? turn.lessonWork(turn.input.text) : undefined;
  return work?.type === 'groupWish'
    ? decide(turn, { replies: [reply([say('lesson.not-group'), say('lesson.not-group-how')])] })
    : undefined;
};

/** "Lecciones a las 6 de la tarde"; without an hour she is shown some. */
export const lessonHour = (turn: MemberTurn): StepResult => {
  const said = turn.input.type === 'words' ? readHour(turn.input.text) : undefined;
  return said ? setHour(turn, said) : askHour(turn);
};

/** "Una lección por semana", "lecciones los lunes y jueves": her own days, or the two of her group. */
export const lessonDaysWished = (turn: MemberTurn, wish: LessonDays): StepResult => {
  const ofGroup = lessonDays(turn.speaker.group.meeting);
  const days = wish.type === 'once' ? ofGroup.slice(0, 1) : wish.days;
  const told = (days.length > 0 ? days : ofGroup).map((day) => say(`weekday.${day}`));
  return decide(turn, {
    events: [{ type: 'lessons-wished', memberId: turn.speaker.me.id, off: false, days }],
    replies: [
      reply(
        [say(told.length === 1 ? 'lesson.day-set' : 'lesson.days-set', { days: told })],
        [offer('lesson:hour', say('lesson.hour-menu'))],
      ),
    ],
  });
};

/** The hour of a button: "18". */
export const hourChosen = (turn: MemberTurn, hour: string): StepResult | undefined =>
  HOURS.some((one) => String(one) === hour)
    ? setHour(turn, Temporal.PlainTime.from({ hour: Number(hour) }))
    : undefined;

const setHour = (turn: MemberTurn, hour: Temporal.PlainTime): StepResult => {
  if (isQuietTime(hour)) return askHour(turn, true);
  return decide(turn, {
    events: [{ type: 'lessons-wished', memberId: turn.speaker.me.id, off: false, hour }],
    replies: [reply([say('lesson.hour-set', { time: hour })])],
  });
};

const askHour = (turn: MemberTurn, atNight = false): StepResult =>
  decide(turn, {
    flow: { type: 'lesson-hour' },
    replies: [
      reply(
        [say(atNight ? 'lesson.hour-night' : 'lesson.hour-which')],
        [
          ...HOURS.map((hour) =>
            offer(`lesson:hour:${hour}`, say('lesson.hour-one', { time: Temporal.PlainTime.from({ hour }) })),
          ),
          offer('lesson:on:no', say('lesson.hour-none')),
        ],
      ),
    ],
  });

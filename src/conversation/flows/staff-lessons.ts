import { COUNT_MIN, percentOfAll, type ToldFunnel, toldFunnels } from '../../domain/lesson/funnel.ts';
import { spokenName } from '../../domain/lesson/spoken.ts';
import type { StaffLessons } from '../lesson-facts.ts';
import type { StepResult } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { approveAnswer, startApproval } from './approve-lesson.ts';
import { offeredNames } from './lesson-voice.ts';
import { recordingAnswer, startRecording } from './record-lesson.ts';
import { showLesson, showNumbered } from './show-lesson.ts';

/** Lessons of one message: what is more is on the command line. */
const LESSONS_SHOWN = 12;

/** What staff say of lessons: to record one, to approve one, how they go. Undefined: it was something else. */
export const staffLessonsSaid = (turn: StaffTurn): StepResult | undefined => {
  const { input } = turn;
  if (input.type === 'choice') {
    if (input.verb === 'record') return recordingAnswer(turn, input.args[0] ?? '');
    if (input.verb === 'lesson' && input.args[0] === 'show') return showLesson(turn, input.args[1] ?? '');
    return input.verb === 'approve' ? approveAnswer(turn, input.args[0] ?? '') : undefined;
  }
  const work = input.type === 'words' ? turn.lessonWork(input.text) : undefined;
  switch (work?.type) {
    case 'record':
      return withStaffLessons(turn, (lessons) => startRecording(turn, lessons, work));
    case 'approve':
      return withStaffLessons(turn, (lessons) => startApproval(turn, lessons, work));
    case 'report':
      return report(turn);
    case 'languages':
      return withStaffLessons(turn, ({ languages }) =>
        decide(turn, {
          replies: [reply([say('lesson.languages', { languages: offeredNames(turn, languages) })])],
        }),
      );
    case 'take':
      return work.bare && !turn.lessons.has(work.lessonId) ? undefined : showLesson(turn, work.lessonId);
    case 'number':
      return showNumbered(turn, work.number);
    default:
      return leavesLesson(turn) ? (recordingAnswer(turn, 'no') ?? approveAnswer(turn, 'no')) : undefined;
  }
};

/** Whether she records a lesson, or reads one that she may approve. */
export const isLessonWork = ({ type }: Flow): boolean =>
  type === 'record-voice' || type === 'record-confirm' || type === 'approve-confirm';

/** "Cancelar", "no": the lesson that is open is left as it was. */
const leavesLesson = ({ session, input }: StaffTurn): boolean =>
  isLessonWork(session.flow) &&
  input.type === 'words' &&
  (input.meaning.intent === 'cancel' || input.meaning.intent === 'no');

const withStaffLessons = (turn: StaffTurn, then: (lessons: StaffLessons) => StepResult): StepResult =>
  turn.staff.lessons ? then(turn.staff.lessons) : needs({ type: 'lessons' });

/** How far members come, in counts that name nobody; of everyone enrolled, not of who answered. */
const report = (turn: StaffTurn): StepResult => {
  const { funnels, programme } = turn.staff;
  if (!funnels) return needs({ type: 'lesson-report' });
  const told = toldFunnels(funnels);
  if (told.length === 0) {
    return decide(turn, { replies: [reply([say('lesson-report.too-few', { min: COUNT_MIN })])] });
  }
  const more = told.length - LESSONS_SHOWN;
  const lines = told.slice(0, LESSONS_SHOWN).flatMap((funnel) => reportLines(turn, funnel));
  return decide(turn, {
    replies: [
      reply([
        say('lesson-report.title', { programme }),
        ...lines,
        ...(more > 0 ? [say('lesson-report.more', { count: more })] : []),
        say('lesson-report.hidden', { min: COUNT_MIN }),
      ]),
    ],
  });
};

const reportLines = (turn: StaffTurn, funnel: ToldFunnel): Say[] => {
  const { lessonId, counts, voice } = funnel;
  const language = spokenName(turn.spoken, funnel.language, turn.language);
  const count = (of: number | undefined): string => of?.toString() ?? `<${COUNT_MIN}`;
  const percent = percentOfAll(funnel, 'finished');
  return [
    say(voice ? 'lesson-report.spoken' : 'lesson-report.written', { lesson: lessonId, language }),
    say('lesson-report.counts', {
      enrolled: count(counts.enrolled),
      opened: count(counts.opened),
      finished: count(counts.finished),
      percent: percent === undefined ? '' : ` (${percent} %)`,
    }),
    say('lesson-report.learned', {
      first: count(counts.rightFirst),
      later: count(counts.rightLater),
      did: count(counts.did),
    }),
  ];
};

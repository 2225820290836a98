import { openOnes } from '../../domain/lesson/progress.ts';
import type { OpenMeeting } from '../../domain/meeting.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { groupCertificateOffer } from './certificate.ts';
import { words } from './lesson-part.ts';
import { withLessons } from './lesson-shelf.ts';

/**
 * The lesson of this meeting, to be read aloud, with its question to talk about: no answers, and nobody's. Asked for
 * again, it is the same one; the next meeting has the next.
 */
export const groupLesson = (turn: OfficerTurn, meeting: OpenMeeting): StepResult =>
  withLessons(turn, ({ shelf, facts, speaker }) => {
    const goOn = offer('meeting', say('meeting-open.go-on'));
    const open = openOnes(shelf);
    const today = facts.read.find(({ on }) => on.equals(meeting.on));
    const item = today
      ? open.find(({ lesson }) => lesson.id === today.lessonId)
      : open.find(({ lesson }) => facts.read.every(({ lessonId }) => lessonId !== lesson.id));
    if (!item) return decide(turn, { replies: [reply([say('lesson.group-none')], [goOn])] });
    const { id, title, bubbles, quiz } = item.lesson;
    return decide(turn, {
      events: today ? [] : [{ type: 'lesson-read', lessonId: id, on: meeting.on, by: speaker.me.id }],
      replies: [
        reply([say(item.isDraft ? 'lesson.group-draft' : 'lesson.group', { title }), words(bubbles.fact)]),
        reply([words(bubbles.why), words(bubbles.action)]),
        reply(
          [say('lesson.group-talk'), words(quiz.question), say('lesson.group-answer', { text: quiz.wrong })],
          [goOn, ...groupCertificateOffer(facts.read.length + (today ? 0 : 1))],
        ),
      ],
    });
  });

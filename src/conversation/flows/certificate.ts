import { CERTIFICATE_LESSONS, openFinished } from '../../domain/lesson/certificate.ts';
import type { PaperAttachment } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say, withFile } from '../say.ts';
import { decide, type MemberTurn } from '../turn.ts';
import { type LessonTurn, withLessons } from './lesson-shelf.ts';

/** Under the last words of a lesson: at every eighth she finished she may have a certificate; it is hers to ask for. */
export const certificateOffer = (
  turn: LessonTurn,
): { readonly lines: readonly Say[]; readonly offers: readonly Offer[] } => {
  const count = openFinished(turn.lessons, turn.of);
  return count > 0 && count % CERTIFICATE_LESSONS === 0
    ? {
        lines: [say('certificate.earned', { count })],
        offers: [offer('lesson:certificate:own', say('certificate.want'))],
      }
    : { lines: [], offers: [] };
};

/** Under the lesson of a meeting: the same for the group. */
export const groupCertificateOffer = (heard: number): Offer[] =>
  heard > 0 && heard % CERTIFICATE_LESSONS === 0
    ? [offer('lesson:certificate:group', say('certificate.want'))]
    : [];

/** "Mi certificado", or her group's: a picture, or how many lessons are missing. What is opt-in counts for neither. */
export const certificate = (turn: MemberTurn, whose: 'own' | 'group'): StepResult =>
  withLessons(turn, (lessons) => {
    const had = whose === 'own' ? openFinished(lessons.lessons, lessons.of) : lessons.facts.read.length;
    const count = CERTIFICATE_LESSONS - had;
    if (count > 0) {
      const missing = { count };
      return decide(lessons, {
        replies: [
          reply([
            whose === 'own' ? say('certificate.not-yet', missing) : say('certificate.group-not-yet', missing),
          ]),
        ],
      });
    }
    const { me, group } = lessons.speaker;
    const file: PaperAttachment = {
      paper: 'certificate',
      form: 'image',
      groupId: group.id,
      language: lessons.language,
      ...(whose === 'own' && { memberId: me.id }),
    };
    const said = say(whose === 'own' ? 'certificate.sent' : 'certificate.group-sent');
    return decide(lessons, { replies: [withFile(reply([said]), file)] });
  });

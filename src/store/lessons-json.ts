import type { Outcome } from '../conversation/outcome.ts';

/** What was decided about lessons, each kind as the list that commit_lessons takes. */
export const lessonsChanges = (events: Outcome['events']): { lessons?: object } => {
  const lists: Record<'opened' | 'answered' | 'reviewed' | 'did' | 'wished' | 'heard' | 'read', object[]> = {
    opened: [],
    answered: [],
    reviewed: [],
    did: [],
    wished: [],
    heard: [],
    read: [],
  };
  for (const event of events) {
    switch (event.type) {
      case 'lesson-opened': {
        const { memberId: member, lessonId: lesson, language, voice, part } = event;
        lists.opened.push({ member, lesson, language, voice, part });
        break;
      }
      case 'lesson-answered': {
        const { memberId: member, lessonId: lesson, answer, right, reviewOn } = event;
        lists.answered.push({ member, lesson, answer, is_right: right, review_on: reviewOn?.toString() });
        break;
      }
      case 'lesson-reviewed': {
        const { memberId: member, lessonId: lesson, right, reviewOn } = event;
        lists.reviewed.push({ member, lesson, is_right: right, review_on: reviewOn?.toString() });
        break;
      }
      case 'lesson-did':
        lists.did.push({ member: event.memberId, lesson: event.lessonId, did: event.did });
        break;
      case 'lessons-wished':
        lists.wished.push({
          member: event.memberId,
          off: event.off,
          hour: event.hour?.toString(),
          days: event.days,
        });
        break;
      case 'lesson-language-wished':
        lists.heard.push({ member: event.memberId, language: event.language });
        break;
      case 'lesson-read':
        lists.read.push({ lesson: event.lessonId, meeting_on: event.on.toString(), by: event.by });
        break;
      default:
    }
  }
  return Object.values(lists).some((list) => list.length > 0) ? { lessons: lists } : {};
};

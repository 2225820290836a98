import type { Outcome } from '../conversation/outcome.ts';

/** What staff decided about lessons, each kind as the list that commit_curriculum takes. */
export const curriculumChanges = (events: Outcome['events']): { curriculum?: object } => {
  const recorded = events.flatMap((event) => {
    if (event.type !== 'lesson-recorded') return [];
    const { lessonId: lesson, language, textHash: text_hash, hash, seconds } = event.audio;
    return [{ programme: event.programmeId, lesson, language, text_hash, hash, seconds, by: event.by }];
  });
  const approved = events.flatMap((event) => {
    if (event.type !== 'lesson-approved') return [];
    const { lessonId: lesson, language, textHash: text_hash, by } = event;
    return [{ lesson, language, text_hash, by: `staff/${by}` }];
  });
  return recorded.length + approved.length > 0 ? { curriculum: { recorded, approved } } : {};
};

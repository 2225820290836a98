/** The questions of lessons: a member's, and those of staff who record and approve them. */
export type LessonFlow =
  /** The question of a lesson; `again`: it came back. Where she is in a lesson is not kept here: it outlives a session. */
  | { readonly type: 'lesson-question'; readonly lessonId: string; readonly again: boolean }
  | { readonly type: 'lesson-hour' }
  /** Staff are to send a voice note of this lesson in this language (BCP-47). */
  | { readonly type: 'record-voice'; readonly lessonId: string; readonly language: string }
  /** It came and is kept under this hash: whether it is the lesson's. */
  | {
      readonly type: 'record-confirm';
      readonly lessonId: string;
      readonly language: string;
      readonly hash: string;
      readonly seconds: number;
    }
  /** Whether these words, by their fingerprint, are approved. */
  | {
      readonly type: 'approve-confirm';
      readonly lessonId: string;
      readonly language: string;
      readonly textHash: string;
    };

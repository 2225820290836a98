import type { OutgoingMessage } from '../conversation/message.ts';
import type { Unworded } from '../store/row-words.ts';
import { announcementWords, type Wording } from './announcement-words.ts';
import { reminderWords } from './reminder-words.ts';

/** The words of a message that is kept without any, as things stand; undefined when it is true no more. */
export type WordsAtSending = (unworded: Unworded) => Promise<OutgoingMessage | undefined>;

/**
 * Reminders and announcements of lessons are planned for a whole country in a minute, and each is sent when its turn comes: no
 * name is opened and no word made before that, and what has changed meanwhile is seen.
 */
export const wordsAtSending = (wording: Wording): WordsAtSending => {
  const ofReminder = reminderWords(wording.store, wording.content);
  const ofLesson = announcementWords(wording);
  return (unworded) => (unworded.kind === 'lesson' ? ofLesson(unworded) : ofReminder(unworded));
};

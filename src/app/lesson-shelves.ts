import type { Temporal } from 'temporal-polyfill';
import { localDate } from '../domain/calendar.ts';
import { isOffered, type LessonAudio, voiceOf } from '../domain/lesson/audio.ts';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import { type ShelfLesson, shelfOf } from '../domain/lesson/shelf.ts';
import type { LessonTerms } from '../store/lesson-terms.ts';
import { sha256 } from '../store/sha256.ts';
import { remembered } from './remembered.ts';

export type ShelfFor = (terms: LessonTerms) => readonly ShelfLesson[];

/**
 * The lessons that may go out at `now`. The shelf of a programme, a place and a language is worked out once.
 *
 * @param approved the fingerprints of the words that a person has approved
 */
export const shelves = (
  lessons: Catalogue,
  { now, approved }: { readonly now: Temporal.Instant; readonly approved: ReadonlySet<string> },
): ShelfFor =>
  remembered(
    ({ programmeId, place, habit, wanted }: LessonTerms) =>
      JSON.stringify([programmeId, place, habit.meeting.timeZone, wanted]),
    ({ habit, place, drafts, languages, wanted }) =>
      shelfOf(
        { catalogue: lessons, sha256 },
        { today: localDate(now, habit.meeting.timeZone), place, drafts, languages, approved },
        wanted,
      ),
  );

export type VoiceOf = (item: ShelfLesson) => LessonAudio | undefined;

/** The recording that goes out with a lesson now, for everybody of the same terms. */
export const voices =
  (lessons: Catalogue, recorded: ReadonlyMap<string, readonly LessonAudio[]>) =>
  ({ programmeId, languages, wanted }: LessonTerms): VoiceOf => {
    const audio = (recorded.get(programmeId) ?? []).filter((one) => isOffered(languages, one.language));
    return remembered(
      ({ lesson, language }: ShelfLesson) => `${lesson.id} ${language}`,
      ({ lesson, language }) => voiceOf({ catalogue: lessons, sha256 }, audio, { lesson, language, wanted }),
    );
  };

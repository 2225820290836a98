import { Temporal } from 'temporal-polyfill';
import { readLessons } from '../app/load-lessons.ts';
import { catalogueOf } from '../domain/lesson/catalogue.ts';
import { isExpired, type Lesson } from '../domain/lesson/lesson.ts';
import { textHash } from '../domain/lesson/text-hash.ts';
import { ROOT } from '../start.ts';
import { approveLesson, readApprovals } from '../store/lesson-approvals.ts';
import { sha256 } from '../store/sha256.ts';
import { complain, print, withStore } from './command.ts';

const LOCALES = new URL('locales/', ROOT);
const LANGUAGES = ['es', 'en'];

/** Which lessons there are, and whether each may go out: approved, a draft, or expired. Exit code 0. */
export const lessonStatesCommand = async (): Promise<number> =>
  withStore(async ({ store }) => {
    const approvals = await readApprovals(store.pool);
    const today = Temporal.Now.plainDateISO();
    const rows = [...catalogueOf(readLessons(LOCALES).files)].flatMap(([id, languages]) =>
      [...languages].map(([language, lesson]) => {
        const by = approvals.findLast(({ textHash: hash }) => hash === textHash(sha256, lesson))?.by;
        const state = stateOf(lesson, { by: by ?? lesson.reviewedBy ?? undefined, today });
        const kind = lesson.sensitivity === 'opt-in' ? 'on request' : 'open';
        return `${id.padEnd(4)} ${language.padEnd(4)} ${kind.padEnd(11)} ${state.padEnd(34)} ${lesson.title}`;
      }),
    );
    print(rows.join('\n'));
    return 0;
  });

const stateOf = (
  { expires }: Lesson,
  { by, today }: { readonly by: string | undefined; readonly today: Temporal.PlainDate },
): string => {
  if (isExpired({ expires }, today)) return `expired ${expires.toString()}`;
  return by === undefined ? 'draft' : `approved (${by.startsWith('staff/') ? 'by message' : by})`;
};

/** As they are given on the command line. */
export type ApproveOptions = { readonly by: string; readonly language?: string };

/**
 * Approves the words of a lesson as its file has them now: other words need another approval.
 *
 * @returns exit code: 0 approved, 1 it has expired, 2 there is no such lesson
 */
export const approveLessonCommand = async (id: string, { by, language }: ApproveOptions): Promise<number> => {
  const languages = catalogueOf(readLessons(LOCALES).files).get(id.toUpperCase());
  const chosen = (language === undefined ? LANGUAGES : [language]).flatMap((tag) => {
    const lesson = languages?.get(tag);
    return lesson ? [{ tag, lesson }] : [];
  });
  if (by.trim() === '') {
    complain('Say who approves it: --by NAME');
    return 2;
  }
  if (chosen.length === 0) {
    complain(
      `There is no lesson ${id}${language === undefined ? '' : ` in "${language}"`}. See: comadre lessons`,
    );
    return 2;
  }
  const expired = chosen.filter(({ lesson }) => isExpired(lesson, Temporal.Now.plainDateISO()));
  if (expired.length > 0) {
    complain(`${id} has expired: look at its sources, then write last_reviewed and expires into its file.`);
    return 1;
  }
  return withStore(async ({ store }) => {
    for (const { tag, lesson } of chosen) {
      const hash = textHash(sha256, lesson);
      const isNew = await approveLesson(store.pool, {
        lessonId: lesson.id,
        language: tag,
        textHash: hash,
        by: by.trim(),
      });
      print(`${lesson.id} ${tag}: ${isNew ? 'approved' : 'was approved before'}, "${lesson.title}"`);
    }
    return 0;
  });
};

import { z } from 'zod';
import { type LessonDays, lessonDaysSaid, lessonScheduleSchema } from './lesson-days.ts';
import { normalise } from './normalise.ts';
import { quizAnswerSchema } from './quiz-answer.ts';

const ENTRIES_MAX = 100;
const PHRASE_CHARS_MAX = 60;
/** A lesson's id at the end of what was said, also as "F 4", "F-4" or "F04". */
const ENDS_WITH_ID = /^(.+) (f|n|r|rs|b|c|p)[ .#_-]?0?([1-9]\d?)$/u;
/** A lesson's id and nothing else. */
const IS_ID = /^(f|n|r|rs|b|c|p)([ .#_-]?)0?([1-9]\d?)$/u;
/** A number without the letter of a track: "lección 4". */
const ENDS_WITH_NUMBER = /^(.+) #?([1-9]\d?)$/u;
/** What names a language is short; only then is it taken for one. */
const NAME_WORDS_MAX = 4;
const isName = (text: string): boolean => text !== '' && text.split(' ').length <= NAME_WORDS_MAX;

const phrases = z.array(z.string().min(1).max(PHRASE_CHARS_MAX)).max(ENTRIES_MAX);

/** What people write who look after lessons, or want one spoken, or a certificate: whole phrases, so nothing is guessed. */
export const lessonWorkSchema = z.strictObject({
  /** Between the verb and the lesson's id. */
  lesson: phrases,
  record: phrases,
  approve: phrases,
  report: phrases,
  /** Hers, and her group's. */
  certificate: phrases,
  groupCertificate: phrases,
  hear: phrases,
  /** Before the name of a language. */
  in: phrases,
  /** Before a number that names no track. */
  numbered: phrases,
  /** The last one once more, or the one whose id follows. */
  repeat: phrases,
  /** The lesson of the meeting. */
  groupLesson: phrases,
  /** When and whether lessons come to the whole group: words for lessons, for all of it, and for a setting. */
  groupWish: z.strictObject({ named: phrases, of: phrases, marks: phrases }),
  /** Which languages there are. */
  languages: phrases,
  schedule: lessonScheduleSchema,
  quiz: quizAnswerSchema,
});

type Words = z.infer<typeof lessonWorkSchema>;
/** What it needs of a lexicon. */
type Known = {
  readonly 'lesson-work': Words;
  readonly days: { readonly weekdays: Readonly<Record<string, number>> };
};

/** `language`: as she named it; undefined when she named none. */
export type LessonWork =
  | { readonly type: 'record' | 'approve'; readonly lessonId: string; readonly language: string | undefined }
  /** `bare`: the id was all she wrote; `apart`: with a space in it, so that "R 20" may be a name and an amount as well. */
  | { readonly type: 'take'; readonly lessonId: string; readonly bare: boolean; readonly apart: boolean }
  | { readonly type: 'number'; readonly number: number }
  | { readonly type: 'repeat'; readonly lessonId: string | undefined }
  | { readonly type: 'report' | 'certificate' | 'groupCertificate' | 'groupLesson' | 'languages' }
  | { readonly type: 'groupWish' }
  | { readonly type: 'schedule'; readonly wish: LessonDays }
  | { readonly type: 'hear'; readonly language: string };

/** "Lección F4", "grabar lección F4 en tsotsil", "aprobar F4", "reporte de lecciones", "quiero oír en tsotsil"; else undefined. */
export const lessonWork = (text: string, { 'lesson-work': words, days }: Known): LessonWork | undefined => {
  const said = normalise(text);
  const whole = (['report', 'certificate', 'groupCertificate', 'groupLesson', 'languages'] as const).find(
    (type) => words[type].includes(said),
  );
  if (whole) return { type: whole };
  const [id, track = '', between, place = ''] = IS_ID.exec(said) ?? [];
  if (id !== undefined)
    return { type: 'take', lessonId: idOf(track, place), bare: true, apart: between === ' ' };
  if (words.repeat.includes(said)) return { type: 'repeat', lessonId: undefined };
  if (isGroupWish(said, words.groupWish, days.weekdays)) return { type: 'groupWish' };
  const wish = lessonDaysSaid(text, words.schedule, days.weekdays);
  return wish ? { type: 'schedule', wish } : ofOneLesson(said, words);
};

/** Longer is no command: it tells something, and may be for somebody else. */
const GROUP_WISH_WORDS_MAX = 16;

/** "Apaga las lecciones del grupo", "lecciones del grupo los jueves": a setting for all, in whatever order. */
const isGroupWish = (
  said: string,
  { named, of, marks }: Words['groupWish'],
  weekdays: Readonly<Record<string, number>>,
): boolean => {
  const all = said.split(/[\s,]+/u);
  const within = ` ${all.join(' ')} `;
  const has = (phrase: string): boolean => within.includes(` ${phrase} `);
  const isDay = (word: string): boolean =>
    (weekdays[word] ?? weekdays[word.replace(/s$/u, '')]) !== undefined;
  return (
    all.length <= GROUP_WISH_WORDS_MAX &&
    named.some(has) &&
    of.some(has) &&
    (marks.some(has) || all.some(isDay))
  );
};

const idOf = (letters: string, number: string): string => `${letters}${number}`.toUpperCase();

/** What names a lesson, or a language to hear them in. */
const ofOneLesson = (said: string, words: Words): LessonWork | undefined => {
  const { before, language } = languageIn(said, words.in);
  if (language !== undefined && words.hear.includes(before)) return { type: 'hear', language };
  const [, verb = '', letters = '', number = ''] = ENDS_WITH_ID.exec(before) ?? [];
  const type = (['record', 'approve'] as const).find((one) =>
    words[one].some(
      (phrase) => verb === phrase || words.lesson.some((lesson) => verb === `${phrase} ${lesson}`),
    ),
  );
  const lessonId = idOf(letters, number);
  if (language === undefined) {
    if (words.lesson.includes(verb)) return { type: 'take', lessonId, bare: false, apart: false };
    if (words.repeat.includes(verb)) return { type: 'repeat', lessonId };
    const [, named = '', place = ''] = ENDS_WITH_NUMBER.exec(before) ?? [];
    if (words.numbered.includes(named)) return { type: 'number', number: Number(place) };
  }
  return type && { type, lessonId, language };
};

/** What stands before "en", and the name after it. */
const languageIn = (
  said: string,
  joiners: readonly string[],
): { readonly before: string; readonly language: string | undefined } => {
  const joiner = joiners.find((word) => said.includes(` ${word} `));
  if (joiner === undefined) return { before: said, language: undefined };
  const at = said.indexOf(` ${joiner} `);
  const language = said.slice(at + joiner.length + 2);
  return isName(language) ? { before: said.slice(0, at), language } : { before: said, language: undefined };
};

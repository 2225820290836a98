import { isExpired } from '../../domain/lesson/lesson.ts';
import { textHash } from '../../domain/lesson/text-hash.ts';
import type { BroadcastContent } from '../broadcast-facts.ts';
import { type IncomingMedia, isTooLarge, type Language } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { type Say, say } from '../say.ts';
import { needs, type StaffTurn } from '../turn.ts';
import { type Telling, tellingIn } from '../understand/telling.ts';

/** What a locked telephone shows of a message. */
const PREVIEW_CHARS = 40;
/** A message of this length is one message on every channel, with what stands around it, also as words under a picture. */
const WORDS_CHARS_MAX = 900;
/** "F4", "lección F4". */
const LESSON = /^\s*(?:lecci[oó]n\s+|lesson\s+)?(F|N|R|RS|B|C|P) ?([1-9]\d?)\s*\.?\s*$/iu;

/** What staff want to send; why it cannot go, in words; or what must be known first. */
export type Read =
  | { readonly type: 'content'; readonly content: BroadcastContent }
  | { readonly type: 'refused'; readonly why: Say }
  | { readonly type: 'needs'; readonly step: StepResult };

/** Words, or the number of a lesson. */
export const readWords = (turn: StaffTurn, text: string): Read => {
  const [, letters = '', number = ''] = LESSON.exec(text) ?? [];
  if (number !== '') return readLesson(turn, `${letters}${number}`.toUpperCase());
  if (!turn.staff.broadcasts.places) return { type: 'needs', step: needs({ type: 'places' }) };
  const why = wordsFault(turn, text);
  return why ? { type: 'refused', why } : { type: 'content', content: { [turn.language]: text.trim() } };
};

/**
 * Why words cannot go to many: too long, nothing in them, of what is never sent unasked, or beginning with an amount or the name
 * of a group of the programme.
 */
export const wordsFault = (turn: StaffTurn, text: string): Say | undefined => {
  const words = text.trim();
  if (words === '') return say('send.empty');
  if (words.length > WORDS_CHARS_MAX) return say('send.long', { count: words.length, max: WORDS_CHARS_MAX });
  const [sensitive] = turn.sensitiveWords(words);
  if (sensitive !== undefined) return say('send.sensitive', { word: sensitive.replace('*', '…') });
  const early = telling(turn, words).find(({ at }) => at < PREVIEW_CHARS);
  return early && say('send.early', { word: early.word });
};

/** What of words that may go she is asked about once more: amounts and groups are for her alone whom it comes to. */
export const tellingSaid = (turn: StaffTurn, { es = '', en = '' }: BroadcastContent): Say[] => {
  const words = new Set([...telling(turn, es), ...telling(turn, en)].map(({ word }) => word));
  return words.size > 0 ? [say('send.telling', { words: [...words].join('», «') })] : [];
};

const telling = ({ staff }: StaffTurn, text: string): Telling[] =>
  tellingIn(text.trim(), staff.broadcasts.places?.groups.map(({ name }) => name) ?? []);

/** A lesson: only an open one, that is approved or may go out as a draft. */
const readLesson = (turn: StaffTurn, lessonId: string): Read => {
  const { lessons } = turn.staff;
  if (!lessons) return { type: 'needs', step: needs({ type: 'lessons' }) };
  const lesson = turn.lessons.get(lessonId)?.get('es');
  if (!lesson) return { type: 'refused', why: say('record.no-lesson', { lesson: lessonId }) };
  if (lesson.sensitivity !== 'open')
    return { type: 'refused', why: say('send.opt-in-lesson', { lesson: lessonId }) };
  const today = turn.snapshot.now.toZonedDateTimeISO('UTC').toPlainDate();
  if (isExpired(lesson, today)) return { type: 'refused', why: say('send.old-lesson', { lesson: lessonId }) };
  const isApproved = lessons.approved.has(textHash(turn.sha256, lesson));
  if (!isApproved && (!lessons.drafts || lesson.onlyApproved)) {
    return { type: 'refused', why: say('send.draft-lesson', { lesson: lessonId }) };
  }
  return { type: 'content', content: { lessonId } };
};

/** A file with the words under it. */
export const readFile = (turn: StaffTurn, sent: IncomingMedia): Read => {
  if (isTooLarge(sent)) return { type: 'refused', why: say('send.file-too-large') };
  const caption = sent.caption?.trim() ?? '';
  if (caption !== '' && !turn.staff.broadcasts.places)
    return { type: 'needs', step: needs({ type: 'places' }) };
  const why = caption === '' ? undefined : wordsFault(turn, caption);
  if (why) return { type: 'refused', why };
  const { file } = turn.snapshot;
  if (!file) return { type: 'needs', step: needs({ type: 'file', ref: sent.ref }) };
  if (!file.ok) return { type: 'refused', why: say(`send.file-${file.reason}`) };
  return {
    type: 'content',
    content: {
      file: { hash: file.hash, kind: file.kind },
      ...(caption !== '' && { [turn.language]: caption }),
    },
  };
};

/** The language that words were not written in yet; undefined when both are there, or none is needed. */
export const missingLanguage = ({ es, en, lessonId }: BroadcastContent): Language | undefined => {
  if (lessonId !== undefined || (es === undefined) === (en === undefined)) return undefined;
  return es === undefined ? 'es' : 'en';
};

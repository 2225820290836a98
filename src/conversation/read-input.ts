import { sharePriceOf } from '../domain/shares.ts';
import { SEE_WORDS } from './closed.ts';
import { lengthSaid } from './length-said.ts';
import { type IncomingMessage, type Language, TEXT_CHARS_MAX } from './message.ts';
import { isSafeWord, SAFE_WORD } from './safe-word.ts';
import type { Offered, Session } from './session.ts';
import type { Snapshot } from './snapshot.ts';
import type { Input } from './turn.ts';
import type { Lexicons } from './understand/lexicon.ts';
import type { Intent, Meaning } from './understand/meaning.ts';
import { normalise } from './understand/normalise.ts';
import { plainAsk } from './understand/plain-ask.ts';
import { quizAnswer } from './understand/quiz-answer.ts';
import { type Expecting, understand } from './understand/understand.ts';

type Reading = {
  readonly session: Session;
  readonly language: Language;
  readonly lexicons: Lexicons;
};

/** What was passed on is not said by her: it asks for nothing. */
const ANOTHERS_WORDS: Meaning = {
  intent: 'unknown',
  items: [],
  ambiguous: [],
  unknown: [],
  clarify: false,
  why: ['passed on'],
};

/** What a message is to a dialogue: a choice that was offered, or words with their meaning. */
export const inputOf = (snapshot: Snapshot, message: IncomingMessage, reading: Reading): Input => {
  const { body } = message;
  if (body.type === 'start') return { type: 'start', code: body.code };
  if (body.type === 'button') return choice(body.payload);
  // Nothing is read of a text that is too long: it is answered as such, whatever stands in it.
  const text = body.type === 'text' && body.text.length <= TEXT_CHARS_MAX ? body.text : '';
  if (message.forwarded) return { type: 'words', text, meaning: ANOTHERS_WORDS };
  if (isSafeWord(snapshot, text)) return { type: 'words', text, meaning: SAFE_WORD };
  const offered = matchOffered(text, reading.session);
  if (offered) return choice(offered.payload);
  if (asksToSee(snapshot, text, reading.session)) return choice('see');
  const meaning = read(snapshot, text, reading);
  const toLesson = lessonAnswer(text, meaning, reading);
  if (toLesson) return toLesson;
  const answer = answered(meaning, reading.session.offered);
  return answer ? choice(answer.payload) : { type: 'words', text, meaning };
};

/** "Ver", whatever was asked while something waits; else where nothing was asked, so that she hears that nothing does. */
const asksToSee = ({ waits }: Snapshot, text: string, { flow }: Session): boolean =>
  waits !== undefined && (waits.length > 0 || flow.type === 'idle') && SEE_WORDS.has(normalise(text));

const choice = (payload: string): Input => {
  const [verb = '', ...args] = payload.split(':');
  return { type: 'choice', verb, args };
};

/** "terminar" is enough for "Terminar aquí"; "sí" and "no" are understood by their meaning, not as beginnings. */
const LABEL_WORD_CHARS_MIN = 4;

const NUMBER = /^(\d{1,2})\s{0,3}[.)]?$/;

/**
 * Her answer by number (its place) or by word (its label). Where an amount was asked for as well, a number up to the
 * last choice is still the choice she was shown with it: nobody hands over two pesos, and it is read back anyway.
 */
const matchOffered = (text: string, session: Session): Pick<Offered, 'payload'> | undefined => {
  const number = NUMBER.exec(text.trim())?.[1];
  if (number) return byNumber(Number(number), session.offered);
  const word = normalise(text);
  if (word === '') return undefined;
  const labels = session.offered.map(({ label }) => normalise(label));
  const same = labels.indexOf(word);
  if (same >= 0) return session.offered[same];
  if (word.length < LABEL_WORD_CHARS_MIN) return undefined;
  const begun = session.offered.filter((_, index) => labels[index]?.startsWith(`${word} `));
  return begun.length === 1 ? begun[0] : undefined;
};

const byNumber = (number: number, offered: readonly Offered[]): Pick<Offered, 'payload'> | undefined => {
  const length = lengthSaid(number, offered);
  return length === undefined ? offered[number - 1] : { payload: length };
};

/** How labels begin that say yes: "Sí, así se votó", "Yes, close it". */
const YES_LABEL = /^(?:si|yes)\b/u;

/** "sí", "sale", "va" for whatever yes was offered, in whichever words it was offered: the only one of them. */
const answered = (meaning: Meaning, offered: readonly Offered[]): Offered | undefined => {
  if (meaning.intent !== 'yes' && meaning.intent !== 'no') return undefined;
  const said = offered.find((o) => o.payload.split(':').includes(meaning.intent));
  if (said || meaning.intent === 'no') return said;
  const [only, ...more] = offered.filter(({ label }) => YES_LABEL.test(normalise(label)));
  return more.length === 0 ? only : undefined;
};

/** What she may want at any time, also where one word of an option says it; a whole option is the option. */
const ALWAYS: ReadonlySet<Intent> = new Set<Intent>(['stop', 'hide', 'erase']);
const BY_ONE_WORD: ReadonlySet<Intent> = new Set<Intent>(['help', 'human', 'cancel']);

/**
 * The answer to a lesson's question that is open, before anything else is made of it: an option may say "caja", and still
 * nobody asks for money. Undefined: it is something else.
 */
const lessonAnswer = (
  text: string,
  meaning: Meaning,
  { session, language, lexicons }: Reading,
): Input | undefined => {
  const { flow } = session;
  if (flow.type !== 'lesson-question') return undefined;
  const verb = `lesson:${flow.again ? 'again' : 'answer'}:`;
  const options = session.offered.filter(({ payload }) => payload.startsWith(verb));
  const said = quizAnswer(
    text,
    options.map(({ label }) => label),
    lexicons[language]['lesson-work'].quiz,
  );
  if (said?.type === 'unsure') return choice(`${verb}${flow.lessonId}:unsure`);
  // 👍 is a yes, and answers nothing.
  const isSign = !/[\p{L}\p{N}]/u.test(text) && (meaning.intent === 'yes' || meaning.intent === 'no');
  if (said?.type === 'filler' || isSign) {
    return {
      type: 'words',
      text,
      meaning: { ...meaning, intent: 'unknown', why: ['no answer to the question'] },
    };
  }
  const option = said?.type === 'option' ? options[said.at] : undefined;
  if (said?.type !== 'option' || !option) return undefined;
  const isOther =
    !said.sure &&
    (ALWAYS.has(meaning.intent) || (BY_ONE_WORD.has(meaning.intent) && !/\s/u.test(text.trim())));
  return isOther ? undefined : choice(option.payload);
};

const expecting = (session: Session): Expecting => {
  switch (session.flow.type) {
    case 'report-amount':
    case 'goal-amount':
    case 'loan-amount':
    case 'meeting-count':
    case 'fine-off':
    case 'cover-back':
    case 'out-who':
    case 'walk':
    case 'sign-total':
    case 'correct-amount':
    case 'other-amount':
      return 'amount';
    default:
      return session.offered.length > 0 ? 'menu' : 'nothing';
  }
};

/** What words mean, to whoever says them, after what she was asked. */
export const read = (snapshot: Snapshot, text: string, reading: Reading): Meaning => {
  if (isSafeWord(snapshot, text)) return SAFE_WORD;
  const { speaker } = snapshot;
  const company = speaker.type === 'member' ? speaker.company : undefined;
  if (speaker.type === 'member' && !company) return readAlone(text, reading);
  const desk = company?.desk;
  return understand(text, {
    language: reading.language,
    role: desk ? 'leader' : 'member',
    roster: (desk?.roster ?? []).map(({ number, name }) => ({ number, name })),
    expecting: expecting(reading.session),
    lexicons: reading.lexicons,
    sharePrice: speaker.type === 'member' ? sharePriceOf(speaker.group.rules) : undefined,
  });
};

/** What can be read without the names of her group: a plain question, and nothing else for certain. */
const readAlone = (text: string, { lexicons }: Reading): Meaning => {
  const intent = plainAsk(text, lexicons) ?? 'unknown';
  return { intent, items: [], ambiguous: [], unknown: [], clarify: false, why: ['a plain question'] };
};

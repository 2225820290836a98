import { isPinShaped } from '../domain/pin.ts';
import type { IncomingBody } from './message.ts';
import { LANGUAGES, TEXT_CHARS_MAX } from './message.ts';
import type { Lexicons } from './understand/lexicon.ts';
import type { Intent } from './understand/meaning.ts';
import { staffWork } from './understand/staff-work.ts';
import { understand } from './understand/understand.ts';

/** The button under which help in danger is. */
const SAFETY = 'ask:safety';
/** And what comes after it. */
const DANGER = 'danger:';

/** The same as words below: a person of the programme, and a message to many that is to stop. */
const FIRST_BUTTON = /^(?:ask:person|sent:stop:\d{1,9})$/u;

/** What waiting with may hurt her, and what books no money: to hide, to be left alone, to take back, to be helped. */
const FIRST: ReadonlySet<Intent> = new Set<Intent>(['hide', 'stop', 'erase', 'human', 'cancel']);

/**
 * Whether a message is answered when more was written than is answered. `always`: danger, what the platform says of her
 * address, and digits of a page, which is good once. `first`: out of a reserve of its own. `in-turn`: it has to wait.
 */
export type Precedence = 'always' | 'first' | 'in-turn';

/** What she writes is looked at in whichever language. */
export const precedenceOf = (body: IncomingBody, lexicons: Lexicons): Precedence => {
  switch (body.type) {
    case 'moved':
    case 'reachable':
    case 'pin':
      return 'always';
    case 'button':
      if (body.payload === SAFETY || body.payload.startsWith(DANGER)) return 'always';
      return FIRST_BUTTON.test(body.payload) ? 'first' : 'in-turn';
    case 'text':
      return ofText(body.text, lexicons);
    default:
      return 'in-turn';
  }
};

/**
 * Whether somebody says that she is in danger: nobody is to read her words afterwards. Where reading them is what failed, they are
 * kept sealed as any other.
 */
export const seemsUrgent = (body: IncomingBody, lexicons: () => Lexicons): boolean => {
  if (body.type !== 'text' && body.type !== 'button') return false;
  try {
    return precedenceOf(body, lexicons()) === 'always';
  } catch {
    return false;
  }
};

const ofText = (text: string, lexicons: Lexicons): Precedence => {
  const intents = LANGUAGES.map((language) => {
    const context = { language, role: 'member', roster: [], expecting: 'nothing', lexicons } as const;
    return understand(text, context).intent;
  });
  if (intents.includes('urgent')) return 'always';
  if (text.length > TEXT_CHARS_MAX) return 'in-turn';
  // A PIN in the chat is to be taken away, whatever else she wrote.
  const isFirst = isPinShaped(text.trim()) || intents.some((intent) => FIRST.has(intent));
  return isFirst || stopsMany(text, lexicons) ? 'first' : 'in-turn';
};

/** Staff who stop a message that is going out to many. */
const stopsMany = (text: string, lexicons: Lexicons): boolean =>
  LANGUAGES.some((language) => staffWork(text, lexicons[language]['staff-work'])?.type === 'cancel');

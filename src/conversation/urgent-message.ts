import type { IncomingBody } from './message.ts';
import { LANGUAGES } from './message.ts';
import type { Lexicons } from './understand/lexicon.ts';
import { understand } from './understand/understand.ts';

/** The button under which help in danger is. */
const SAFETY = 'ask:safety';
/** And what comes after it. */
const DANGER = 'danger:';

/** Whether somebody says that she is in danger, in whichever language: she is answered, however much she writes. */
export const isUrgent = (body: IncomingBody, lexicons: Lexicons): boolean => {
  if (body.type === 'button') return body.payload === SAFETY || body.payload.startsWith(DANGER);
  if (body.type !== 'text') return false;
  const { text } = body;
  return LANGUAGES.some((language) => {
    const context = { language, role: 'member', roster: [], expecting: 'nothing', lexicons } as const;
    return understand(text, context).intent === 'urgent';
  });
};

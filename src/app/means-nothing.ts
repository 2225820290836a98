import { LANGUAGES } from '../conversation/message.ts';
import { lessonWork } from '../conversation/understand/lesson-work.ts';
import type { Lexicons } from '../conversation/understand/lexicon.ts';
import { staffWork } from '../conversation/understand/staff-work.ts';
import { understand } from '../conversation/understand/understand.ts';

const ROLES = ['member', 'leader'] as const;

/** Whether a word of a programme's own means nothing yet, in no language and to nobody: no command, yes, no, or amount. */
export const meansNothing = (word: string, lexicons: Lexicons): boolean =>
  LANGUAGES.every(
    (language) =>
      !staffWork(word, lexicons[language]['staff-work']) &&
      !lessonWork(word, lexicons[language]) &&
      ROLES.every((role) => {
        const context = { language, role, roster: [], lexicons } as const;
        const { intent } = understand(word, { ...context, expecting: 'nothing' });
        const { amountMinor } = understand(word, { ...context, expecting: 'amount' });
        return intent === 'unknown' && amountMinor === undefined;
      }),
  );

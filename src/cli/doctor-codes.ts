import type { CodeWatch } from '../store/code-watch.ts';
import type { Finding } from './finding.ts';

/** More wrong codes than this in a day are more than misread ones. */
const WRONG_MANY = 200;

/** Whether somebody tries invitation codes. */
export const codesFinding = ({ wrongToday, paused }: CodeWatch): Finding => {
  if (paused) {
    return {
      well: false,
      what: `${wrongToday} invitation codes were wrong today: for an hour none is looked up of whoever had one wrong.`,
      remedy:
        'Somebody guesses. Codes of members are safe; tell staff that who mistyped hers can come in later.',
    };
  }
  return {
    well: wrongToday <= WRONG_MANY,
    what: `Invitation codes that were wrong today: ${wrongToday}.`,
    ...(wrongToday > WRONG_MANY && {
      remedy:
        'Somebody may be guessing. From 1,000 on, none is looked up for an hour of whoever had one wrong.',
    }),
  };
};

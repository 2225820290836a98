import type { Intent } from '../understand/meaning.ts';

/**
 * Words that are honoured whatever question is open: safety, stopping, a person, and what opens and closes what is hers. They are
 * asked about alone; whatever else is said may answer the open question, and is asked about with it.
 */
export const AT_ANY_TIME = [
  'urgent',
  'stop',
  'hide',
  'erase',
  'human',
  'minor',
  'cancel',
  'pin.set',
  'discreet.on',
  'discreet.off',
] as const satisfies readonly Intent[];

export type AtAnyTime = (typeof AT_ANY_TIME)[number];

export const isAtAnyTime = (intent: Intent): intent is AtAnyTime =>
  (AT_ANY_TIME as readonly Intent[]).includes(intent);

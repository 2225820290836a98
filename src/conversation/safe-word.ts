import type { Snapshot } from './snapshot.ts';
import type { Meaning } from './understand/meaning.ts';
import { normalise } from './understand/normalise.ts';

/** The word of her programme that says "I am in danger" to nobody else: alone, and whatever else it would answer. */
export const isSafeWord = ({ speaker }: Snapshot, text: string): boolean =>
  speaker.type === 'member' &&
  speaker.group.safeWord !== undefined &&
  normalise(text) === normalise(speaker.group.safeWord);

/** What it means: no more than any word of danger. */
export const SAFE_WORD: Meaning = {
  intent: 'urgent',
  items: [],
  ambiguous: [],
  unknown: [],
  clarify: false,
  why: ['the safe word'],
};

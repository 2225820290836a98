import { CROSSES, TICKS } from './chunk.ts';
import type { Spelled } from './phrase.ts';

/** 👍 and ✅ say yes, and ❌ no, only when nothing else is said. */
export const signAlone = (tokens: readonly Spelled[]): 'yes' | 'no' | 'help' | undefined => {
  if (tokens.length === 0 || tokens.some(({ type }) => type !== 'mark')) return undefined;
  const marks = tokens.map(({ text }) => text);
  const ticked = marks.some((mark) => TICKS.includes(mark));
  const crossed = marks.some((mark) => CROSSES.includes(mark));
  if (ticked !== crossed) return ticked ? 'yes' : 'no';
  return marks.every((mark) => mark === '?' || mark === '¿') ? 'help' : undefined;
};

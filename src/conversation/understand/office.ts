import { OFFICES, type Office } from '../../domain/office.ts';
import type { Lexicons } from './lexicon.ts';
import { resolveName } from './name.ts';
import { fold } from './normalise.ts';

/** A name is at most so many words here, and is looked for in so many of a sentence. */
const NAME_WORDS = [3, 2, 1];
const WORDS_MAX = 40;

/** An office and somebody of the group, as they are named in a sentence. */
export type OfficeReading = {
  readonly office: Office | undefined;
  /** Her place in `names`; `several` when it may be more than one of them. */
  readonly named: number | 'several' | undefined;
};

/**
 * "La nueva tesorera es Ana": which office, and who of `names`. Offices are read in both languages. Two offices in one sentence are
 * none: it is asked which.
 */
export const readOffice = (text: string, names: readonly string[], lexicons: Lexicons): OfficeReading => {
  const words = fold(text)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
    .slice(0, WORDS_MAX);
  const said = new Map(words.map((word) => [word, officeOf(word, lexicons)]));
  const offices = new Set([...said.values()].filter((office) => office !== undefined));
  const [office] = offices;
  return {
    office: offices.size === 1 ? office : undefined,
    named: whoIn(
      words.filter((word) => said.get(word) === undefined),
      names,
      lexicons,
    ),
  };
};

const officeOf = (word: string, lexicons: Lexicons): Office | undefined =>
  OFFICES.find((office) => Object.values(lexicons).some(({ audience }) => audience[office].includes(word)));

const whoIn = (
  words: readonly string[],
  names: readonly string[],
  lexicons: Lexicons,
): OfficeReading['named'] => {
  const roster = names.map((name, at) => ({ number: at + 1, name }));
  let isUnclear = false;
  for (const count of NAME_WORDS) {
    for (let from = 0; from + count <= words.length; from += 1) {
      const reading = resolveName(words.slice(from, from + count).join(' '), roster, lexicons);
      if (reading.type === 'member') return reading.number - 1;
      if (reading.type === 'ambiguous') isUnclear = true;
    }
  }
  return isUnclear ? 'several' : undefined;
};

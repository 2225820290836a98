import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Language } from '../conversation/message.ts';
import { INDICATORS, type IndicatorId } from '../domain/indicators/definitions.ts';

/** What an indicator is called and what it counts, in one sentence, for people. */
export type IndicatorWords = { readonly name: string; readonly definition: string };

export type WordsByLanguage = Readonly<Record<Language, Readonly<Record<IndicatorId, IndicatorWords>>>>;

const words = z.strictObject({ name: z.string().min(1), definition: z.string().min(1) });
const wordsById = z.record(z.enum(INDICATORS.map(({ id }) => id)), words);

/**
 * The indicators' names and definitions from `locales/`.
 *
 * @param folder the locales folder, ending in a slash
 * @throws when a file cannot be read, or has not exactly the indicators there are
 */
export const loadIndicatorWords = (folder: URL): WordsByLanguage => {
  const of = (language: Language) =>
    wordsById.parse(JSON.parse(readFileSync(new URL(`${language}/indicators.json`, folder), 'utf8')));
  return { es: of('es'), en: of('en') };
};

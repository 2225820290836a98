import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { LocaleTexts } from '../content/render.ts';
import type { Language } from '../conversation/message.ts';
import { LEXICON_FILES, type Lexicons, parseLexicon, withModel } from '../conversation/understand/lexicon.ts';
import { parseModel } from '../conversation/understand/model.ts';

export type Locales = { readonly texts: LocaleTexts; readonly lexicons: Lexicons };

const textsSchema = z.record(z.string(), z.string().min(1));

/**
 * The words of every language from `locales/`.
 *
 * @param folder the locales folder, ending in a slash
 * @throws when a file is missing or has another shape, naming the file
 */
export const loadLocales = (folder: URL): Locales => ({
  texts: { es: texts(folder, 'es'), en: texts(folder, 'en') },
  lexicons: withModel(
    { es: lexicon(folder, 'es'), en: lexicon(folder, 'en') },
    parseModel(readJson(folder, 'understand-model.json')),
  ),
});

const texts = (folder: URL, language: Language) =>
  textsSchema.parse(readJson(folder, `${language}/texts.json`));

const lexicon = (folder: URL, language: Language) =>
  parseLexicon(
    language,
    Object.fromEntries(
      LEXICON_FILES.map((name) => [name, readJson(folder, `${language}/understand/${name}.json`)]),
    ),
  );

const readJson = (folder: URL, path: string): unknown => {
  try {
    return JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
  } catch (error) {
    throw new Error(`locales/${path} cannot be read`, { cause: error });
  }
};

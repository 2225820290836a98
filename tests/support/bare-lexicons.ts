import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  LEXICON_FILES,
  type Lexicon,
  type Lexicons,
  parseLexicon,
} from '../../src/conversation/understand/lexicon.ts';

const root = join(import.meta.dirname, '../../locales');

const load = (language: 'es' | 'en'): Lexicon =>
  parseLexicon(
    language,
    Object.fromEntries(
      LEXICON_FILES.map((name) => [
        name,
        JSON.parse(readFileSync(join(root, language, 'understand', `${name}.json`), 'utf8')) as unknown,
      ]),
    ),
  );

/** The lexicons as they ship, without the model: what it is trained with. */
export const bareLexicons: Lexicons = { es: load('es'), en: load('en') };

import { z } from 'zod';
import type { SpokenLanguage } from '../../domain/lesson/spoken.ts';

const tag = z.string().refine((text) => {
  try {
    return Intl.getCanonicalLocales(text)[0] === text;
  } catch {
    return false;
  }
}, 'must be a BCP-47 tag in its canonical form');
const names = z.array(z.string().min(1)).min(1);

const schema = z.array(z.strictObject({ tag, names: z.strictObject({ es: names, en: names }) })).min(1);

/** The languages of `locales/spoken-languages.json`. Throws when it has another shape, naming the place. */
export const parseSpoken = (json: unknown): readonly SpokenLanguage[] => schema.parse(json);

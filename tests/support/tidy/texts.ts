// The texts of a language, as i18next reads them: a key with a plural stands once per form (`list.done_one`).

import { jsonOf } from './files.ts';

/** Every form of every text of a key, with the `{{names}}` of the values that go into it. */
export type LocaleText = { readonly forms: readonly string[]; readonly values: readonly string[] };

const PLURAL = /_(zero|one|two|few|many|other)$/;

export function localeTexts(file: string): Map<string, LocaleText> {
  const texts = new Map<string, LocaleText>();
  for (const [key, text] of Object.entries(jsonOf(file) as Record<string, string>)) {
    const base = key.replace(PLURAL, '');
    const before = texts.get(base) ?? { forms: [], values: [] };
    const names = [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)].map(([, name]) => name ?? '');
    texts.set(base, {
      forms: [...before.forms, ...(PLURAL.exec(key)?.slice(1) ?? [])].sort(),
      values: [...new Set([...before.values, ...names])].sort(),
    });
  }
  return texts;
}

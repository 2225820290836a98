import { readFileSync } from 'node:fs';
import { type LocaleTemplates, parseTemplates, type TemplateTexts } from '../content/templates.ts';
import type { Language } from '../conversation/message.ts';

/**
 * The prepared words of every language from `locales/`.
 *
 * @param folder the locales folder, ending in a slash
 * @throws when a file is missing or WhatsApp would refuse what is in it, naming the file
 */
export const loadTemplates = (folder: URL): LocaleTemplates => ({
  es: templatesIn(folder, 'es'),
  en: templatesIn(folder, 'en'),
});

const templatesIn = (folder: URL, language: Language): TemplateTexts => {
  const path = `${language}/templates.json`;
  try {
    return parseTemplates(JSON.parse(readFileSync(new URL(path, folder), 'utf8')));
  } catch (error) {
    throw new Error(`locales/${path} cannot be used: ${error instanceof Error ? error.message : 'unknown'}`, {
      cause: error,
    });
  }
};

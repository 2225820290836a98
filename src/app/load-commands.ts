import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Language } from '../conversation/message.ts';

/** A word that a chat program offers behind its own "Menu" button, and what it says beside it. */
type Command = { readonly command: string; readonly description: string };

// core.telegram.org/bots/api#botcommand, Bot API 10.1 of 2026-06-11
const commands = z
  .array(
    z.strictObject({
      command: z.string().regex(/^[a-z0-9_]{1,32}$/u),
      description: z.string().min(1).max(256),
    }),
  )
  .max(100);

/**
 * The commands of every language from `locales/`. They do nothing of their own: each arrives as its word.
 *
 * @param folder the locales folder, ending in a slash
 * @throws when a file is missing or Telegram would refuse what is in it, naming the file
 */
export const loadCommands = (folder: URL): Readonly<Record<Language, readonly Command[]>> => ({
  es: commandsIn(folder, 'es'),
  en: commandsIn(folder, 'en'),
});

const commandsIn = (folder: URL, language: Language): Command[] => {
  const path = `${language}/commands.json`;
  try {
    return commands.parse(JSON.parse(readFileSync(new URL(path, folder), 'utf8')));
  } catch (error) {
    throw new Error(`locales/${path} cannot be used`, { cause: error });
  }
};

import type { Api } from 'grammy';
import type { Language } from '../../conversation/message.ts';
import type { ChannelLog } from '../channel-log.ts';
import { noteOf } from './failures.ts';
import { timeLimit } from './signal.ts';

const CALL_TIMEOUT_MS = 15_000;

/**
 * The words behind the "Menu" button, in one language. `language` left out: for everybody whose telephone speaks another
 * one. A command arrives as its word; which words there are is not the channel's to decide.
 */
export type CommandMenu = {
  readonly language?: Language;
  readonly commands: readonly { readonly command: string; readonly description: string }[];
};

/** Best effort: without it everything works by words, and the next start tries again. */
export async function showCommands(api: Api, menus: readonly CommandMenu[], log: ChannelLog): Promise<void> {
  for (const { language, commands } of menus) {
    try {
      const more = language === undefined ? {} : { language_code: language };
      // In a chat of several people nothing is answered, so nothing is offered there.
      const where = { scope: { type: 'all_private_chats' as const }, ...more };
      await api.setMyCommands(commands, where, timeLimit(CALL_TIMEOUT_MS));
    } catch (error) {
      log.warn(noteOf(error), 'the menu of commands could not be set; the next start tries again');
      return;
    }
  }
}

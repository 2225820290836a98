import { Bot } from 'grammy';
import { isWrongToken } from './failures.ts';
import { timeLimit } from './signal.ts';

const CALL_TIMEOUT_MS = 8_000;
const TROUBLE_CHARS_MAX = 200;

/** What Telegram says of a bot, for whoever sets it up. */
export type TelegramLook =
  | { readonly type: 'unknown-token' }
  | { readonly type: 'no-answer' }
  | {
      readonly type: 'known';
      /** Its name without "@". */
      readonly name: string;
      readonly joinsGroups: boolean;
      /** It is sent whatever is written in a group, not only what is for it. */
      readonly readsGroups: boolean;
      readonly hasWebhook: boolean;
      /** Updates that nobody has taken yet. */
      readonly waiting: number;
      /** Why Telegram could not post an update the last time, in its words. */
      readonly trouble: string | undefined;
    };

/** Asks, and changes nothing. Never throws: an error of the call holds the token. */
export async function lookAtTelegram(at: {
  readonly token: string;
  readonly apiRoot: string;
}): Promise<TelegramLook> {
  const { api } = new Bot(at.token, { client: { apiRoot: at.apiRoot.replace(/\/+$/u, '') } });
  try {
    const me = await api.getMe(timeLimit(CALL_TIMEOUT_MS));
    const hook = await api.getWebhookInfo(timeLimit(CALL_TIMEOUT_MS));
    return {
      type: 'known',
      name: me.username,
      joinsGroups: me.can_join_groups,
      readsGroups: me.can_read_all_group_messages,
      hasWebhook: hook.url !== undefined && hook.url !== '',
      waiting: hook.pending_update_count,
      trouble: hook.last_error_message?.slice(0, TROUBLE_CHARS_MAX),
    };
  } catch (error) {
    return { type: isWrongToken(error) ? 'unknown-token' : 'no-answer' };
  }
}

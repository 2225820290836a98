import { type Api, GrammyError } from 'grammy';
import type { EditResult, ToSend } from '../channel.ts';
import { toSendFailure } from './failures.ts';
import { keyboard, mistakeIn, SEND_TIMEOUT_MS, TEXT_UTF16_UNITS_MAX } from './send.ts';
import { timeLimit } from './signal.ts';

/** 400s of editMessageText. The Bot API documents no list; these are its own words. */
const SAID_ALREADY = /message is not modified/iu;
const NOT_THERE = /message to edit not found|message can't be edited|message_id_invalid|there is no text/iu;
const ONE_ID = /^[1-9]\d{0,14}$/u;

/**
 * Has one message of ours say other words (core.telegram.org/bots/api#editmessagetext, Bot API 10.1). What went out in
 * several parts or with a file is `gone`: there is no one message that could say them.
 */
export async function editIn(
  api: Api,
  { address, sentId }: { readonly address: string; readonly sentId: string },
  message: ToSend,
): Promise<EditResult> {
  const text = message.text.trim();
  const mistake =
    mistakeIn(address, message) ??
    (message.file === undefined ? undefined : 'an edit takes no file') ??
    (text.length > TEXT_UTF16_UNITS_MAX
      ? `an edit has at most ${TEXT_UTF16_UNITS_MAX} characters`
      : undefined);
  if (mistake !== undefined) return { ok: false, failure: { type: 'our-bug', detail: mistake } };
  if (!ONE_ID.test(sentId)) return 'gone';
  try {
    const more = {
      link_preview_options: { is_disabled: true },
      ...keyboard(message.choices, message.columns),
    };
    await api.editMessageText(Number(address), Number(sentId), text, more, timeLimit(SEND_TIMEOUT_MS));
    return { ok: true, sentId };
  } catch (error) {
    const said = error instanceof GrammyError && error.error_code === 400 ? error.description : '';
    if (SAID_ALREADY.test(said)) return { ok: true, sentId };
    return NOT_THERE.test(said) ? 'gone' : { ok: false, failure: toSendFailure(error) };
  }
}

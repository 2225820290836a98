import { type Api, GrammyError } from 'grammy';
import { timeLimit } from './signal.ts';

// core.telegram.org/bots/api#deletemessages, Bot API 10.1 of 2026-06-11
const MESSAGES_PER_CALL_MAX = 100;
const CALL_TIMEOUT_MS = 15_000;
const ID_LIST = /^[1-9]\d{0,14}(?:,[1-9]\d{0,14})*$/u;
/** A message of hers, as `toIncoming` names it: bots may delete it in a private chat, too. */
const HERS = /^m:\d+:([1-9]\d{0,14})$/u;

/**
 * Takes back messages of ours, newest first: Telegram lets a bot do so for 48 hours. One that was gone already counts as
 * gone. Best effort: it ends at the first that does not go, since those after it are older.
 *
 * @param sentIds as `sendTo` gave them, or the `messageId` of one of hers: an id, or the ids of the parts with commas between
 * @returns how many of `sentIds` are gone with all their parts
 */
export async function eraseIn(api: Api, address: string, sentIds: readonly string[]): Promise<number> {
  const chatId = Number(address);
  const partsOf = (sentId: string): number[] => {
    const id = HERS.exec(sentId)?.[1] ?? sentId;
    return ID_LIST.test(id) ? id.split(',').map(Number) : [];
  };
  const newestFirst = [...new Set(sentIds.flatMap(partsOf))].toSorted((a, b) => b - a);
  const gone = new Set<number>();
  for (let at = 0; at < newestFirst.length; at += MESSAGES_PER_CALL_MAX) {
    const some = newestFirst.slice(at, at + MESSAGES_PER_CALL_MAX);
    const count = await eraseNewest(api, chatId, some);
    for (const id of some.slice(0, count)) gone.add(id);
    if (count < some.length) break;
  }
  return sentIds.map(partsOf).filter((parts) => parts.length > 0 && parts.every((id) => gone.has(id))).length;
}

/** How many of these are gone, from the first on: one that is too old keeps all of its call, so the call is halved. */
async function eraseNewest(api: Api, chatId: number, ids: readonly number[]): Promise<number> {
  try {
    await api.deleteMessages(chatId, [...ids], timeLimit(CALL_TIMEOUT_MS));
    return ids.length;
  } catch (error) {
    const tooOld = error instanceof GrammyError && error.error_code === 400;
    if (!tooOld || ids.length === 1) return 0;
  }
  const half = Math.ceil(ids.length / 2);
  const count = await eraseNewest(api, chatId, ids.slice(0, half));
  return count < half ? count : half + (await eraseNewest(api, chatId, ids.slice(half)));
}

// The Bot API on this machine, with Telegram's limits and people who have written to the bot before.

import { type BotApi, startBotApi } from '../../tests/support/bot-api-emulator/bot-api.ts';
import { telegramIdOf } from '../channels/people.ts';

export const TOKEN = '7000000001:AAinvented-token_of-the-emulator-01';
/** What everybody is sent. */
export const TEXT = 'Aviso del programa: la reunión de esta semana es a las diez, en la cancha.';
/** A message that comes a few milliseconds early to one chat is no second one. */
const PER_CHAT_MS = 900;

export type Crowd = {
  /** Who is sent the message. The last of them have blocked the bot. */
  readonly contacts: number;
  readonly blocked: number;
  /** Further people, who ask meanwhile. */
  readonly askers: number;
  /** What the platform allows. */
  readonly perSecond: number;
};

/** The Bot API of one measurement, and what it saw. */
export type Stage = {
  readonly api: BotApi;
  readonly crowd: Crowd;
  /** The numbers of the contacts, as Telegram knows them. */
  readonly contacts: readonly number[];
  readonly askers: readonly number[];
  /** How often the message came, contact after contact. */
  arrived(): number[];
};

export const startStage = async (crowd: Crowd): Promise<Stage> => {
  const api = await startBotApi({
    token: TOKEN,
    limits: { perSecond: crowd.perSecond, perChatMs: PER_CHAT_MS },
  });
  const contacts = Array.from({ length: crowd.contacts }, (_, n) => telegramIdOf(n));
  const askers = Array.from({ length: crowd.askers }, (_, n) => telegramIdOf(crowd.contacts + n));
  const open = crowd.contacts - crowd.blocked;
  for (const [n, id] of contacts.entries()) api.person(id, { state: n < open ? 'open' : 'blocked' });
  for (const id of askers) api.person(id, { state: 'open' });
  return {
    api,
    crowd,
    contacts,
    askers,
    arrived: () =>
      contacts.map(
        (id) =>
          api
            .person(id)
            .inbox()
            .filter(({ text }) => text.includes(TEXT)).length,
      ),
  };
};

/** Every so many messages the platform says "too many", and how long to wait. */
export const refuseSome = (
  { api, crowd }: Stage,
  { every, seconds }: { readonly every: number; readonly seconds: number },
): void => {
  for (let n = every; n < crowd.contacts; n += every)
    api.fault.next({ method: 'sendMessage', after: every, status: 429, retryAfter: seconds });
};

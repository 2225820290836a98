// Genuine requests of both platforms, rightly signed, and each of them sent again four times, whenever it may be: the book, the
// claims and the answers are as if each had come once.

import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { drawn, seeded } from '../../bench/seeded.ts';
import { toIncoming } from '../../src/channels/telegram/receive.ts';
import { takePosted as takeUpdate } from '../../src/channels/telegram/webhook.ts';
import { takePosted as takePost } from '../../src/channels/whatsapp-cloud/webhook.ts';
import type { IncomingMessage } from '../../src/conversation/message.ts';
import { APP_SECRET, PHONE_NUMBER_ID, posted, signatureOf } from '../channels/whatsapp-cloud/setup.ts';
import { balances, faults, openScene, type Scene } from '../support/scene.ts';

const WEEKS = 20;
const MESSAGES_A_WEEK = 50;
const TIMES = 5;
const SECRET = 'invented-secret_0123456789';

const scenes: Scene[] = [];
afterEach(async () => {
  for (const one of scenes.splice(0)) await one.close();
});

/** Somebody says something, in one week or another. */
type Said = { readonly name: string; readonly text: string; readonly week: number; readonly id: number };

/** A leader's list a week and her yes, a goal, and questions: a thousand messages. */
const story = (): Said[] => {
  const draws = seeded(10);
  const all: Said[] = [];
  const say = (week: number, name: string, text: string) =>
    all.push({ name, text, week, id: all.length + 1 });
  for (let week = 0; week < WEEKS; week += 1) {
    say(week, 'Rosa', `Ana ${100 + week}, Consuelo ${50 + week}`);
    say(week, 'Rosa', 'sí');
    say(week, 'Guadalupe', `mi meta es ${1_000 + week}`);
    for (let at = 3; at < MESSAGES_A_WEEK; at += 1)
      say(
        week,
        drawn(['Ana', 'Consuelo', 'Petra', 'Guadalupe'], draws),
        drawn(['saldo', 'cuánto debo', 'caja', 'gracias'], draws),
      );
  }
  return all;
};

/** The requests in which the message comes: every other one by Telegram, the rest by WhatsApp, as each platform writes it. */
const requestOf = (said: Said): { readonly by: 'telegram' | 'cloud'; readonly body: string } => {
  if (said.id % 2 === 0) {
    const from = {
      id: 5_550_000 + said.name.length,
      is_bot: false,
      first_name: said.name,
      language_code: 'es',
    };
    const chat = { id: from.id, type: 'private' };
    return {
      by: 'telegram',
      body: JSON.stringify({
        update_id: said.id,
        message: { message_id: said.id, from, chat, date: 1_790_000_000, text: said.text },
      }),
    };
  }
  const message = {
    from: '525550100001',
    id: `wamid.${said.id}`,
    timestamp: '1790000000',
    type: 'text',
    text: { body: said.text },
  };
  return { by: 'cloud', body: JSON.stringify(posted([message])) };
};

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Posts a request as its platform would; the person is whoever the story says, on the channel of these tests. */
const post = async (scene: Scene, said: Said): Promise<void> => {
  const receive = ({ messageId, receivedAt, body }: IncomingMessage): Promise<void> => {
    const address = scene.world.person(said.name).id;
    return scene.app.receive({ channel: 'simulator', messageId, address, receivedAt, body });
  };
  const { by, body } = requestOf(said);
  const outcome =
    by === 'telegram'
      ? await takeUpdate(
          {
            secret: SECRET,
            log: silent,
            read: (update) => toIncoming(update, scene.world.now.toString()),
            receive,
          },
          SECRET,
          JSON.parse(body),
        )
      : await takePost(
          {
            appSecrets: [APP_SECRET],
            phoneNumberId: PHONE_NUMBER_ID,
            log: silent,
            receive,
            report: async () => undefined,
          },
          signatureOf(body, APP_SECRET),
          Buffer.from(body),
        );
  expect(outcome).toBe('accepted');
};

const resultOf = async (scene: Scene) => {
  await scene.app.settle();
  const { rows } = await scene.world.store.pool.query<{ kind: string; state: string; count: number }>(
    `select kind, null as state, count(*)::int as count from outbox group by kind
      union all select 'payment', state, count(*)::int from payment group by state
      union all select 'entry ' || kind, null, count(*)::int from journal_entry group by kind order by 1, 2`,
  );
  expect(await faults(scene.world)).toEqual([]);
  const named = Object.entries(await balances(scene.world)).map(([account, minor]) => {
    const person = scene.world.people.find(({ id }) => account.endsWith(id));
    return `${person ? account.replace(person.id, person.name) : account.replace(/[0-9a-f-]{36}/, 'of a loan')} ${minor}`;
  });
  return { rows, named: named.toSorted() };
};

const open = async (): Promise<Scene> => {
  const scene = await openScene();
  scenes.push(scene);
  return scene;
};

/** Each message in its turn; of those that came already, as many again as `again` says, whichever they are. */
const play = async (scene: Scene, all: readonly Said[], again: number): Promise<number> => {
  const draws = seeded(randomUUID().length);
  const begun = scene.world.now;
  const repeats: Said[] = [];
  let sent = 0;
  for (const said of all) {
    scene.world.now = begun.add({ hours: 24 * 7 * said.week });
    await post(scene, said);
    sent += 1;
    for (let times = 0; times < again; times += 1) repeats.push(said);
    for (let n = 0; n < again && repeats.length > 0; n += 1) {
      const [old] = repeats.splice(Math.floor(draws() * repeats.length), 1);
      if (old) await post(scene, old);
      sent += 1;
    }
  }
  return sent;
};

test('a thousand requests, each of them five times: one book, one answer', async () => {
  const all = story();
  expect(all).toHaveLength(WEEKS * MESSAGES_A_WEEK);
  const [once, often] = [await open(), await open()];
  expect(await play(once, all, 0)).toBe(all.length);
  expect(await play(often, all, TIMES - 1)).toBe(TIMES * all.length);
  const [expected, found] = [await resultOf(once), await resultOf(often)];
  expect(found).toEqual(expected);
  expect(expected.rows.find(({ kind }) => kind === 'entry payment')?.count).toBe(2 * WEEKS);
}, 600_000);

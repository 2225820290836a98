// Several processes of the real program on one PostgreSQL, with the Bot API emulated: who does what, and who is killed.

import fs from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { afterEach, expect, test, vi } from 'vitest';
import { type BotApi, startBotApi } from '../support/bot-api-emulator/bot-api.ts';
import { openProcesses, type Processes } from '../support/processes.ts';
import { needsPostgres } from '../support/requires.ts';
import { groupOf } from '../support/telegram-world.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const TOKEN = '7000000001:AAinvented-token_of-the-emulator-01';
const FIRST_ID = 830_000;
const STAFF_ID = 829_000;
const MEMBERS = 60;
/** What a process has leased at most when it is killed, and so what may come twice (invariant M5). */
const LEASED_MAX = 40;

const names = Array.from(
  { length: MEMBERS },
  (_, n) => `Socia${String.fromCharCode(97 + (n % 26), 97 + Math.floor(n / 26))} Luna`,
);

const programme = () => ({
  programme: { name: 'Marea', language: 'es', currency: 'MXN', notices: 'open' },
  staff: [{ name: 'Sofía Vera', role: 'staff' as const, addresses: { telegram: String(STAFF_ID) } }],
  groups: [
    groupOf(
      'Brisa del Istmo',
      names.map((name, n) => ({
        number: n + 1,
        name,
        role: n === 0 ? ('leader' as const) : n === 1 ? ('treasurer' as const) : ('member' as const),
        addresses: { telegram: String(FIRST_ID + n) },
        consented: Temporal.Now.plainDateISO('UTC').subtract({ days: 60 }).toString(),
      })),
    ),
  ],
});

let api: BotApi;
let processes: Processes;

const open = async (): Promise<void> => {
  api = await startBotApi({ token: TOKEN });
  processes = await openProcesses(process.env['COMADRE_TEST_DATABASE_URL'] ?? '', {
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.url,
    LOG_LEVEL: 'fatal',
  });
  const file = path.join(processes.folder, 'programme.json');
  fs.writeFileSync(file, JSON.stringify(programme()));
  const { code, err } = await processes.comadre(['import', file]);
  expect([code, err]).toEqual([0, '']);
};
afterEach(async () => {
  await processes.finish();
  await api.stop();
});

/** Her phone, with the chat open: a bot cannot write to who never pressed "start". */
const phones = async (count: number) => {
  const people = Array.from({ length: count }, (_, n) => api.person(FIRST_ID + n, { language: 'es' }));
  for (const person of people) person.says('/start');
  for (const person of people) await person.waitFor('¿Qué quieres hacer?', 60_000);
  return people;
};

/** A time zone where it is about noon now. */
const noonZone = (): string => {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`; // POSIX counts westward
};

const makeItNoon = async (): Promise<void> => {
  await processes.query(`update savings_group set time_zone = '${noonZone()}'`);
};

/** Has the group meet tomorrow, where it is about noon now, with its reminder due since a minute ago. */
const makeRemindersDue = async (): Promise<void> => {
  const zone = noonZone();
  await processes.query(`update savings_group set time_zone = '${zone}', created_at = now() - interval '1 hour',
    meeting_weekday = trim(to_char((now() at time zone '${zone}') + interval '1 day', 'day')),
    reminder_time = ((now() - interval '1 minute') at time zone '${zone}')::time(0)`);
};

const reminded = () =>
  processes.query<{ state: string; count: number }>(
    `select state, count(*)::int as count from outbox where kind = 'reminder' group by state`,
  );

needsPostgres('several processes on one PostgreSQL', () => {
  test('one receives, one sends, one keeps the clock: together they answer and remind', async () => {
    await open();
    const web = await processes.start({ PROCESS_ROLES: 'web' });
    const worker = await processes.start({ PROCESS_ROLES: 'worker' });
    const [nora] = await phones(5);
    await worker.stop();
    nora!.says('saldo');
    await expect.poll(() => api.unconfirmed(), { timeout: 30_000 }).toEqual([]);
    await setTimeout(2_000);
    expect(nora!.inbox().at(-1)?.text).toContain('¿Qué quieres hacer?');
    await processes.start({ PROCESS_ROLES: 'worker' });
    await nora!.waitFor('Llevas ahorrado', 30_000);

    await makeRemindersDue();
    await setTimeout(2_000);
    expect(await reminded()).toEqual([]);
    await processes.start({ PROCESS_ROLES: 'clock' });
    await nora!.waitFor('Te espero', 60_000);
    expect((await web.stop()).code).toBe(0);
    expect(api.violations).toEqual([]);
  });

  test('two processes and a third that is killed on the way deliver everything, and obey what was said to one of them', async () => {
    await open();
    const first = await processes.start({});
    const people = await phones(MEMBERS);
    // All three receive and send; one of them polls, the others wait for their turn.
    const [killed] = await Promise.all([processes.start({}), processes.start({})]);
    await makeRemindersDue();
    const before = api.calls.length;
    api.fault.next({ method: 'sendMessage', status: 429, retryAfter: 3, after: 8 });
    const { code } = await processes.comadre(['reminders', '--at', Temporal.Now.instant().toString()]);
    expect(code).toBe(0);
    const sends = () => api.calls.slice(before).filter(({ method }) => method === 'sendMessage');
    await expect
      .poll(() => sends().find(({ refused }) => refused === 429), { timeout: 30_000 })
      .toBeDefined();
    const refusedAt = sends().find(({ refused }) => refused === 429)!.at;
    await expect
      .poll(() => sends().filter(({ at }) => at > refusedAt + 3_000).length, { timeout: 30_000 })
      .toBeGreaterThan(3);
    await killed.kill();
    // As if the minute had passed after which its leases end.
    await processes.query(`update outbox set lease_until = now() where state = 'sending'`);
    await expect.poll(reminded, { timeout: 60_000 }).toEqual([{ state: 'sent', count: MEMBERS }]);
    const heard = people.map(
      (person) => person.inbox().filter(({ text }) => text.includes('Te espero')).length,
    );
    expect(Math.min(...heard)).toBe(1);
    expect(heard.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(MEMBERS + LEASED_MAX);
    // Within a second all had heard of it; and none was sooner than was said.
    expect(sends().filter(({ at }) => at > refusedAt + 1_000 && at < refusedAt + 3_000)).toEqual([]);
    expect((await first.stop()).code).toBe(0);
    expect(api.violations).toEqual([]);
  });

  test('what staff send to many comes to each once, through the death of a process on the way', async () => {
    await open();
    const first = await processes.start({ BROADCAST_SECOND_ABOVE: '1000' });
    const people = await phones(MEMBERS);
    const staff = api.person(STAFF_ID, { language: 'es' });
    staff.says('/start');
    await staff.waitFor('Eres del equipo', 60_000);
    const [killed] = await Promise.all([processes.start({}), processes.start({})]);
    await makeItNoon();
    staff.says('mandar un mensaje');
    await staff.waitFor('¿Qué quieres mandar?', 30_000);
    staff.says('El sábado hay taller.');
    await staff.waitFor('¿A quiénes?', 30_000);
    staff.says('todas');
    await staff.waitFor(`ENVIAR ${MEMBERS}`, 30_000);
    staff.says(`enviar ${MEMBERS}`);
    const had = () => people.map((one) => one.inbox().filter(({ text }) => text.includes('taller')).length);
    await expect.poll(() => had().filter((n) => n > 0).length, { timeout: 30_000 }).toBeGreaterThan(9);
    await killed.kill();
    // As if the minute had passed after which its leases end.
    await processes.query(`update outbox set lease_until = now() where state = 'sending'`);
    await staff.waitFor(`Salieron ${MEMBERS} de ${MEMBERS}.`, 60_000);
    expect(Math.min(...had())).toBe(1);
    expect(had().reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(MEMBERS + LEASED_MAX);
    expect(staff.inbox().filter(({ text }) => text.includes('Salieron'))).toHaveLength(1);
    expect((await first.stop()).code).toBe(0);
    expect(api.violations).toEqual([]);
  });
});

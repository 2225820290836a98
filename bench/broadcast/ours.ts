// The built program in processes of its own, on PostgreSQL, with a crowd of members to write to.

import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { idMaker } from '../../src/app/new-id.ts';
import { notifyWaiting } from '../../src/store/channel-pace.ts';
import { countOf } from '../channels/counts.ts';
import { atPlace, type Place } from '../channels/stage.ts';
import { fillPeople } from '../people.ts';
import { type Started, startProgram } from '../program.ts';
import type { Server } from '../server.ts';
import { undoing } from '../undoing.ts';
import { type Crowd, type Stage, startStage, TEXT, TOKEN } from './api.ts';

const MAIN = path.resolve(import.meta.dirname, '../../dist/main.js');
const GROUP_MEMBERS = 25;
const NOON = 12;
const LOOK_MS = 100;

export type Ours = {
  readonly place: Place;
  readonly stage: Stage;
  /** Queues the message for all contacts, as a broadcast is queued: after answers, and what nobody asked for. */
  readonly queue: (contacts?: readonly number[]) => Promise<void>;
  /** Starts one more process. */
  readonly start: (settings?: Readonly<Record<string, string>>) => Promise<Started>;
  /** Resolves when nothing waits or is on its way. */
  readonly sent: (limitMs: number) => Promise<void>;
  /** Messages that are leased to a process. */
  readonly inFlight: () => Promise<number>;
};

/** Sets it up, runs `work`, and takes all of it away. */
export const withOurs = <Value>(
  { server, crowd }: { readonly server: Server; readonly crowd: Crowd },
  work: (ours: Ours) => Promise<Value>,
): Promise<Value> =>
  atPlace(server, async (place) => {
    const stage = await startStage(crowd);
    return undoing(
      () => stage.api.stop(),
      async () => {
        const members = crowd.contacts + crowd.askers;
        const groups = Math.ceil(members / GROUP_MEMBERS);
        await fillPeople(place.database, place.secrets, { groups, members, history: 0 });
        // It is noon where they live: nobody is written to at night.
        await place.database.pool.query('update savings_group set time_zone = $1', [zoneOfNoon()]);
        return withPrograms(place, stage, work);
      },
    );
  });

const withPrograms = async <Value>(
  place: Place,
  stage: Stage,
  work: (ours: Ours) => Promise<Value>,
): Promise<Value> => {
  const programs: Started[] = [];
  const { pool } = place.database;
  const stopAll = async (): Promise<void> => {
    await Promise.all(programs.map((program) => program.stop()));
  };
  const newId = idMaker();
  return undoing(stopAll, () =>
    work({
      place,
      stage,
      queue: (contacts = stage.contacts) => queueFor(place, { contacts, newId }),
      start: async (settings = {}) => {
        const program = await startProgram(MAIN, {
          folder: place.folder,
          settings: { ...settingsOf(place, stage), ...settings },
        });
        programs.push(program);
        return program;
      },
      sent: async (limitMs) => {
        const end = performance.now() + limitMs;
        while ((await countOf(place.database, `outbox where state in ('queued', 'sending')`)) > 0) {
          if (performance.now() > end) return; // the figures say what is missing
          await setTimeout(LOOK_MS);
        }
      },
      inFlight: async () => {
        const { rowCount } = await pool.query(`select 1 from outbox where state = 'sending'`);
        return rowCount ?? 0;
      },
    }),
  );
};

const settingsOf = (place: Place, { api, crowd }: Stage): Readonly<Record<string, string>> => ({
  DATABASE_URL: place.url,
  COMADRE_DATA_DIR: path.join(place.folder, 'data'),
  COMADRE_KEY_FILE: place.keyFile,
  // The clock is left out: a reminder that falls due would be counted as well.
  PROCESS_ROLES: 'web,worker',
  TELEGRAM_BOT_TOKEN: TOKEN,
  TELEGRAM_API_ROOT: api.url,
  TELEGRAM_MESSAGES_PER_SECOND: String(crowd.perSecond),
  UNASKED_DAILY_MAX: '1000',
});

type Queueing = { readonly contacts: readonly number[]; readonly newId: () => string };

const queueFor = async ({ database, secrets }: Place, { contacts, newId }: Queueing): Promise<void> => {
  const rows = contacts.map((contact) => {
    const id = newId();
    const body = secrets.outboxSeal(id, JSON.stringify({ text: TEXT, choices: [] }));
    return {
      id,
      body: body.toString('base64'),
      whose: secrets.blindIndex('telegram', String(contact)).toString('base64'),
    };
  });
  await database.pool.query(
    `insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, body)
       select r.id, 'telegram', a.id, m.group_id, m.member_id, 'notice', 1, true, decode(r.body, 'base64')
         from jsonb_to_recordset($1) as r(id uuid, body text, whose text)
         join address a on a.channel = 'telegram' and a.value_index = decode(r.whose, 'base64')
         join member_address m on m.address_id = a.id`,
    [JSON.stringify(rows)],
  );
  await notifyWaiting(database.pool);
};

/** A zone in which it is about noon: Etc/GMT+5 is five hours behind. */
const zoneOfNoon = (): string => {
  const behind = new Date().getUTCHours() - NOON;
  return behind === 0 ? 'Etc/GMT' : `Etc/GMT${behind > 0 ? '+' : ''}${behind}`;
};

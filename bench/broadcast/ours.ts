// The built program in processes of its own, on PostgreSQL, with a crowd of members to write to.

import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { idMaker } from '../../src/app/new-id.ts';
import type { Audience } from '../../src/domain/broadcast/audience.ts';
import { sealContent } from '../../src/store/broadcast-words.ts';
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
  /** A message of staff to many, to all contacts unless it is told. */
  readonly queue: (audience?: Audience) => Promise<void>;
  /** Starts one more process. */
  readonly start: (
    settings?: Readonly<Record<string, string>>,
    flags?: readonly string[],
  ) => Promise<Started>;
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
        // Who asks meanwhile wants no messages of many, and is answered all the same.
        await place.database.pool.query(
          'update address set stopped_at = now() where value_index = any ($1)',
          [stage.askers.map((id) => place.secrets.blindIndex('telegram', String(id)))],
        );
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
      queue: (audience = {}) => queueFor(place, { newId, audience }),
      start: async (settings = {}, flags = []) => {
        const program = await startProgram(MAIN, {
          folder: place.folder,
          settings: { ...settingsOf(place, stage), ...settings },
          flags,
        });
        programs.push(program);
        return program;
      },
      sent: async (limitMs) => {
        const end = performance.now() + limitMs;
        while ((await waiting(place)) > 0) {
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

/** Messages that wait or are on their way, and messages to many that have not come to their end. */
const waiting = async ({ database }: Place): Promise<number> =>
  (await countOf(database, `broadcast where reported_at is null`)) +
  (await countOf(database, `outbox where state in ('queued', 'sending')`));

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

type Queueing = { readonly newId: () => string; readonly audience: Audience };

/** As a programme's staff do by message, from the moment on at which it was confirmed: one of each programme. */
const queueFor = async ({ database, secrets }: Place, { newId, audience }: Queueing): Promise<void> => {
  const { rows } = await database.pool.query<{ id: string }>('select id from programme');
  for (const programme of rows) {
    const staff = { id: newId(), ...secrets.newDataKey() };
    const broadcast = newId();
    const name = secrets.seal(staff.key, { table: 'staff', column: 'name', rowId: staff.id }, 'Marta Luna');
    await database.pool.query('insert into data_key (id, wrapped) values ($1, $2)', [
      staff.id,
      staff.wrapped,
    ]);
    await database.pool.query(
      `insert into staff (id, programme_id, name, role, language) values ($1, $2, $3, 'staff', 'es')`,
      [staff.id, programme.id, name],
    );
    await database.pool.query(
      `insert into broadcast (id, programme_id, number, author_id, state, content, audience, people, starts_at, created_at)
         select $1, $2, count(*) + 1, $3, 'ready', $4, $5, 0, now(), now() from broadcast where programme_id = $2`,
      [
        broadcast,
        programme.id,
        staff.id,
        sealContent(secrets, broadcast, { es: TEXT }),
        JSON.stringify(audience),
      ],
    );
  }
};

/** A zone in which it is about noon: Etc/GMT+5 is five hours behind. */
const zoneOfNoon = (): string => {
  const behind = new Date().getUTCHours() - NOON;
  return behind === 0 ? 'Etc/GMT' : `Etc/GMT${behind > 0 ? '+' : ''}${behind}`;
};

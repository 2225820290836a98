import { afterEach, describe, expect, test } from 'vitest';
import { textHash } from '../../src/domain/lesson/text-hash.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { recordStatuses } from '../../src/store/statuses.ts';
import { curriculum } from '../support/curriculum.ts';
import { JACARANDAS, openScene, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

const DRAFTS = `${JACARANDAS}\nlecciones en borrador`;
let scene: Scene;
afterEach(() => scene.close());

const open = async (header = DRAFTS, options: { windowHours?: number } = {}) => {
  scene = await openScene({ header, ...options });
  await scene.app.tick();
  await scene.app.delivery.idle();
};

const tickAt = async (text: string) => {
  scene.world.now = instantOf(text);
  await scene.app.tick();
  await scene.app.delivery.idle();
};

type Told = { name: string; lesson: string | null; state: string; next: string };
const told = async (): Promise<Told[]> => {
  const { rows } = await scene.world.store.pool.query<{
    member_id: string;
    lesson: string | null;
    state: string;
  }>(`select member_id, lesson_id as lesson, state from outbox where kind = 'lesson' order by id`);
  const nameOf = (id: string) =>
    scene.world.people.find((person) => person.id === id)?.name.split(' ')[0] ?? '';
  return rows.map((row) => ({ ...row, name: nameOf(row.member_id), next: '' }));
};
const wordsTo = (name: string) => scene.heard(name).map(({ text }) => text);

describe('a lesson is announced', () => {
  test('once, however many processes tick at that moment, and however often', async () => {
    await open();
    const other = await scene.another();
    scene.world.now = instantOf('2026-11-26 18:00 America/Tijuana');
    await Promise.all([scene.app.tick(), other.app.tick(), scene.app.tick(), other.app.tick()]);
    await scene.app.tick();
    await expect.poll(async () => (await told()).map(({ state }) => state)).toEqual(Array(5).fill('sent'));
    const { rows } = await scene.world.store.pool.query<{ unanswered: number }>(
      'select unanswered from lesson_setting',
    );
    expect(rows.map(({ unanswered }) => unanswered)).toEqual([1, 1, 1, 1, 1]);
  });

  test('on two days of the week, neither the day of the meeting nor that of its reminder', async () => {
    await open();
    const days: string[] = [];
    for (let day = 25; day <= 30; day += 1) {
      const before = (await told()).length;
      await tickAt(`2026-11-${day} 18:00 America/Tijuana`);
      if ((await told()).length > before) days.push(`2026-11-${day}`);
    }
    expect(days).toEqual(['2026-11-26', '2026-11-28']);
  });

  test('and the row says when it was announced, when it went out, and nothing more', async () => {
    await open();
    await tickAt('2026-11-26 18:00 America/Tijuana');
    const { rows } = await scene.world.store.pool.query(
      `select lesson_id, part, announced_at is not null as announced, delivered_at is not null as delivered, opened_at is not null as opened
         from lesson_progress where member_id = $1`,
      [scene.world.person('Ana').id],
    );
    expect(rows).toEqual([{ lesson_id: 'F1', part: 0, announced: true, delivered: true, opened: false }]);
  });

  test('to her who shares a telephone once, as the first who came by it', async () => {
    await open(`${DRAFTS}\nmisma dirección: Ana Martínez y Consuelo Vargas`);
    await tickAt('2026-11-26 18:00 America/Tijuana');
    expect((await told()).map(({ name }) => name)).toEqual(expect.arrayContaining(['Rosa', 'Ana']));
    expect(wordsTo('Ana').filter((text) => text.includes('lección'))).toHaveLength(1);
  });

  test('in prepared words where no others may go, and "1" opens it', async () => {
    await open(DRAFTS, { windowHours: 24 });
    await scene.world.store.pool.query(`update address set heard_at = '2026-11-01'`);
    await tickAt('2026-11-26 18:00 America/Tijuana');
    const [sent] = scene.heard('Ana');
    expect(sent?.template).toEqual({ key: 'lesson', language: 'es', values: ['Ana'] });
    const [first] = await scene.say('Ana', '1');
    expect(first?.text).toContain('¿Por qué juntas?');
  });
});

describe('no lesson is announced', () => {
  test('that nobody has approved, where the programme lets no drafts go out', async () => {
    await open(JACARANDAS);
    await tickAt('2026-11-26 18:00 America/Tijuana');
    expect(await told()).toEqual([]);
    const lesson = curriculum.lessons.get('N1')?.get('es');
    await scene.world.store.pool.query(
      `insert into lesson_approval (lesson_id, language, text_hash, approved_by) values ('N1', 'es', $1, 'Dra. Luna')`,
      [textHash(sha256, lesson!)],
    );
    await tickAt('2026-11-28 18:00 America/Tijuana');
    expect([...new Set((await told()).map((one) => one.lesson))]).toEqual(['N1']);
    expect(wordsTo('Ana').at(-1)).not.toContain('borrador');
  });

  test('that has expired', async () => {
    await open();
    await tickAt('2027-10-01 18:00 America/Tijuana');
    await tickAt('2027-10-07 18:00 America/Tijuana');
    await tickAt('2027-10-09 18:00 America/Tijuana');
    expect(await told()).toEqual([]);
  });

  test('to her who wants none, wrote BAJA, or has left', async () => {
    await open();
    await scene.say('Ana', 'sin lecciones');
    await scene.say('Petra', 'BAJA');
    await scene.world.store.pool.query(
      `update member set state = 'left', left_on = '2026-11-25' where id = $1`,
      [scene.world.person('Consuelo').id],
    );
    await tickAt('2026-11-26 18:00 America/Tijuana');
    expect((await told()).map(({ name }) => name).toSorted()).toEqual(['Guadalupe', 'Rosa']);
  });

  test('hours late, nor at night', async () => {
    await open();
    await tickAt('2026-11-26 21:30 America/Tijuana');
    await tickAt('2026-11-27 08:00 America/Tijuana');
    expect(await told()).toEqual([]);
    await tickAt('2026-11-28 20:59 America/Tijuana');
    expect(await told()).toHaveLength(5);
  });
});

test('a question she missed comes back by the schedule when no other lesson is left', async () => {
  await open();
  scene.world.now = instantOf('2026-11-25 10:00 America/Tijuana');
  const { pool } = scene.world.store;
  await pool.query(
    `insert into lesson_progress (group_id, member_id, lesson_id, language, enrolled_at, delivered_at, opened_at, part, finished_at, first_answer, right_first, review_on)
     select m.group_id, m.id, l.id, 'es', $1, $1, $1, 3, $1::timestamptz, 'a', l.id <> 'F2', case when l.id = 'F2' then date '2026-12-02' end
       from member m, unnest(array['F1', 'F2', 'N1', 'C1']) as l(id)`,
    [scene.world.now.toString()],
  );
  for (const day of ['11-26', '11-28', '12-01']) await tickAt(`2026-${day} 18:00 America/Tijuana`);
  expect(await told()).toEqual([]);
  await tickAt('2026-12-03 18:00 America/Tijuana');
  await tickAt('2026-12-05 18:00 America/Tijuana');
  const again = wordsTo('Ana').filter((text) => text.includes('algo que ya viste'));
  expect(again).toHaveLength(1);
  const [asked] = await scene.say('Ana', 'lección');
  expect(asked?.text).toContain('Se acabó el gas');
});

test('what was about to be announced is not, once she has opened a lesson herself', async () => {
  await open();
  scene.channel.failTo(scene.world.person('Ana').id, { type: 'unavailable' });
  await tickAt('2026-11-26 18:00 America/Tijuana');
  scene.channel.failTo(scene.world.person('Ana').id);
  await scene.say('Ana', 'lección');
  expect((await told()).find(({ name }) => name === 'Ana')?.state).toBe('skipped');
});

describe('its words are made as it is sent', () => {
  /** Planned on Thursday at six, and not yet sent: her platform does not answer. */
  const waiting = async () => {
    await open();
    scene.channel.failTo(scene.world.person('Ana').id, { type: 'unavailable' });
    await tickAt('2026-11-26 18:00 America/Tijuana');
  };
  const meanwhile = async (change: string) => {
    await scene.world.store.pool.query(change, [scene.world.person('Ana').id]);
    scene.channel.failTo(scene.world.person('Ana').id);
    await scene.world.store.pool.query(`update outbox set not_before = now() where state = 'queued'`);
    scene.app.delivery.wake();
    await scene.app.delivery.idle();
    const { rows } = await scene.world.store.pool.query<{ state: string; reason: string | null }>(
      `select state, reason from outbox where kind = 'lesson' and member_id = $1`,
      [scene.world.person('Ana').id],
    );
    return rows;
  };

  test('none are kept before, and what it asks is hers only when it has gone out', async () => {
    await waiting();
    const kept = async () => {
      const { rows } = await scene.world.store.pool.query<{ words: boolean; asks: boolean; hers: boolean }>(
        `select o.body is not null as words, o.asked is not null as asks, a.asked is not null as hers
           from outbox o join address a on a.id = o.address_id where o.kind = 'lesson' and o.member_id = $1`,
        [scene.world.person('Ana').id],
      );
      return rows;
    };
    expect(await kept()).toEqual([{ words: false, asks: false, hers: false }]);
    expect(await meanwhile('select $1::uuid')).toEqual([{ state: 'sent', reason: null }]);
    expect(await kept()).toEqual([{ words: false, asks: true, hers: true }]);
    expect(wordsTo('Ana').at(-1)).toContain('borrador');
  });

  test.each([
    ['drafts go out no more', `update programme set lesson_drafts = false where $1::uuid is not null`],
    ['she wants none any more', 'update lesson_setting set off = true where member_id = $1'],
    [
      'she has begun it',
      `update lesson_progress set opened_at = announced_at + interval '1 second', delivered_at = announced_at, part = 1 where member_id = $1`,
    ],
  ])('and it is not sent when %s by then', async (_, change) => {
    await waiting();
    expect(await meanwhile(change)).toEqual([{ state: 'skipped', reason: 'not-offered' }]);
    expect(wordsTo('Ana').filter((text) => text.includes('lección'))).toEqual([]);
  });

  test('one that a platform takes back after all waits for her, and what it asked is hers no more', async () => {
    await open();
    await tickAt('2026-11-26 18:00 America/Tijuana');
    const { pool } = scene.world.store;
    await pool.query(`update outbox set status_id = id::text, sent_id = id::text where kind = 'lesson'`);
    const { rows } = await pool.query<{ id: string }>(
      `select id from outbox where kind = 'lesson' and member_id = $1`,
      [scene.world.person('Ana').id],
    );
    const { held } = await recordStatuses(scene.world.store, 'simulator', [
      { sentId: rows[0]!.id, state: 'failed', at: '2026-11-27T03:00:00Z', reason: 'outside-window' },
    ]);
    expect(held).toMatchObject([{ message: undefined, unworded: { kind: 'lesson', lessonId: 'F1' } }]);
    const asked = await pool.query(
      `select a.asked is not null as hers from outbox o join address a on a.id = o.address_id where o.id = $1`,
      [rows[0]!.id],
    );
    expect(asked.rows).toEqual([{ hers: false }]);
  });

  test('and her name and language are those of that moment', async () => {
    await waiting();
    await meanwhile(`update member set language = 'en' where id = $1`);
    expect(wordsTo('Ana').at(-1)).toMatch(/^Hi, Ana/);
  });
});

test('whatever she answers, in ten weeks no lesson is announced twice within seven days, and no opt-in one at all', async () => {
  await open();
  const answers = [
    'lección',
    '1',
    'seguir',
    'quiero saber de derechos',
    '1',
    '1',
    'no',
    'temas',
    '2',
    'ya lo hice',
    'sí',
    'con lecciones',
  ];
  let turn = 0;
  for (let day = 0; day < 70; day += 1) {
    const at = instantOf('2026-11-25 18:00 America/Tijuana')
      .toZonedDateTimeISO('America/Tijuana')
      .add({ days: day });
    scene.world.now = at.toInstant();
    await scene.app.tick();
    await scene.app.delivery.idle();
    for (const name of ['Ana', 'Petra'].slice(day % 3)) {
      await scene.say(name, answers[(turn * 7 + day) % answers.length] ?? 'lección');
      turn += 1;
    }
  }
  const { rows } = await scene.world.store.pool.query<{ lesson: string; days: number | null }>(
    // The day is in the key it was claimed by: the clock of the database stands still.
    `select lesson_id as lesson, (at::date - lag(at::date) over (partition by member_id, lesson_id order by at)) as days
       from (select member_id, lesson_id, substring(dedupe_key from '[0-9-]{10}T[0-9:]+Z')::timestamptz at time zone 'America/Tijuana' as at
               from outbox where kind = 'lesson' and lesson_id is not null) x`,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter(({ days }) => days !== null && days < 7)).toEqual([]);
  expect(rows.filter(({ lesson }) => lesson.startsWith('R'))).toEqual([]);
});

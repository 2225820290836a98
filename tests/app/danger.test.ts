// A woman in danger who asked for a person: what of it can be read, by whom, where she is written to, and how long it stays.

import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { STAFF_VERBS } from '../../src/conversation/access/verbs.ts';
import { ACTIONS } from '../../src/domain/access/actions.ts';
import { authorize } from '../../src/domain/access/authorize.ts';
import { asId, type ProgrammeId, type StaffId } from '../../src/domain/ids.ts';
import { createLog } from '../../src/log.ts';
import { exportProgrammes } from '../../src/store/export-programme.ts';
import { forgetWords } from '../../src/store/housekeeping.ts';
import { readable } from '../support/readable.ts';
import { JACARANDAS, label, openScene, type Scene } from '../support/scene.ts';

/** Words found nowhere else: said before she asked for anybody, to the one who was trained for it, and by that one. */
const BEFORE = 'zarzamora';
const TOLD = 'chirimoya';
const ANSWER = 'tejocote';
/** What only her own screen and that of those who were trained for it may say. */
const SCREENS =
  /pidió ayuda|pide que le escribas|espera que le escriban|preparada para esto|zarzamora|chirimoya|tejocote/;

const ID = '00000000-0000-7000-8000-000000000001';

let scene: Scene;
let logged = '';
beforeEach(async () => {
  logged = '';
  const stream = new Writable({
    write: (line: Buffer, _encoding, done) => {
      logged += line.toString();
      done();
    },
  });
  scene = await openScene({
    header: `${JACARANDAS}\nequipo Celia Ríos, resguardo\nlecciones en borrador\npalabra segura jícara`,
    log: createLog('debug', stream),
  });
});
afterEach(() => scene.close());

const rows = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await scene.world.store.pool.query(sql, values)).rows as Row[];
const dangers = () =>
  rows<{ id: string; state: string; safe: string; assigned_to: string | null }>(
    'select id, state, safe, assigned_to from danger order by asked_at, id',
  );
const idOf = (name: string): string => scene.world.person(name).id;
/** Where a word can be read, by whoever holds the database and its key. */
const where = async (word: string): Promise<string[]> => {
  const { pool, secrets } = scene.world.store;
  const lines = await readable(pool, secrets);
  return [...new Set(lines.filter((line) => line.includes(word)).map((line) => line.split(':')[0] ?? ''))];
};

/** Ana says that she is in danger, and asks for a person. */
const anaAsks = async (safe: Parameters<typeof label>[0] = 'danger.now'): Promise<string> => {
  await scene.say('Ana', `me pega mi esposo con la ${BEFORE}`);
  await scene.press('Ana', label('choice.yes'));
  await scene.press('Ana', label(safe));
  return (await dangers())[0]?.id ?? '';
};

const celiaAnswers = async (): Promise<void> => {
  await scene.say('Celia', 'peligro');
  await scene.say('Celia', '1');
  await scene.press('Celia', label('danger.say'));
  await scene.say('Celia', `te espero con ${ANSWER}`);
};

/** She reads it and writes back. */
const anaWrites = async (): Promise<void> => {
  await scene.press('Ana', label('danger.see'));
  await scene.press('Ana', label('talks.answer'));
  await scene.say('Ana', `ya me dijo que no salga a la ${TOLD}`);
};

describe('what is kept of it', () => {
  test('the words of danger are in no table, in nobody else’s chat and not in the log', async () => {
    // Something is written to the log about it.
    scene.channel.failTo(idOf('Celia'), { type: 'our-bug', detail: 'CODE-7' });
    await anaAsks();
    expect(await where(BEFORE)).toEqual([]);
    for (const { name } of scene.world.people)
      expect([name, scene.heard(name).filter(({ text }) => text.includes(BEFORE))]).toEqual([name, []]);
    expect(logged).not.toBe('');
    expect(logged).not.toContain(BEFORE);
  });

  test('nor where a mistake of ours kept her message: what she wrote is not kept with it', async () => {
    await rows('alter function own_danger(uuid, uuid, uuid) rename to own_danger_gone');
    await scene.say('Ana', `me pega mi esposo con la ${BEFORE}`);
    expect(await rows(`select 1 from inbox where outcome = 'dead' and body is not null`)).toHaveLength(1);
    expect(await where(BEFORE)).toEqual([]);
  });

  test('what the two write is under her own key, and on their two screens', async () => {
    await anaAsks();
    await celiaAnswers();
    await anaWrites();
    await scene.say('Celia', 'peligro');
    await scene.say('Celia', '1');
    const { rows: mine } = await scene.world.store.pool.query<{ staff: boolean }>(
      `select exists (select from staff_address s where s.address_id = o.address_id and s.staff_id <> $1)
           or exists (select from member_address m where m.address_id = o.address_id and m.member_id <> $2) as staff
         from outbox o where o.body is not null or o.asked is not null`,
      [idOf('Celia'), idOf('Ana')],
    );
    expect(mine.length).toBeGreaterThan(0);
    expect(mine.some(({ staff }) => staff)).toBe(false);
    for (const word of [TOLD, ANSWER])
      expect(
        (await where(word)).every((at) => ['danger_line.body', 'outbox.body'].includes(at)),
        word,
      ).toBe(true);
    expect(await where(TOLD)).toContain('danger_line.body');
    expect(logged).not.toMatch(SCREENS);
    const { database, store } = scene.world;
    expect(JSON.stringify(await exportProgrammes(database, store.secrets))).not.toMatch(SCREENS);
  });

  test('all that is kept of her in a file says nothing of it: the file comes to her telephone', async () => {
    const id = await anaAsks();
    await celiaAnswers();
    await anaWrites();
    const [row] = await rows<{ facts: object }>(
      'select person_facts(group_id, id) as facts from member where id = $1',
      [idOf('Ana')],
    );
    const facts = JSON.stringify(row?.facts);
    expect(facts).toContain('"messages"');
    for (const word of ['danger', id, 'help', 'safeguarding'])
      expect([word, facts.includes(word)]).toEqual([word, false]);
  });

  test('it goes thirty days after it was closed, and that somebody looked stays', async () => {
    const id = await anaAsks();
    await celiaAnswers();
    await scene.press('Celia', label('talks.close'));
    await rows(`update danger set closed_at = now() - interval '29 days'`);
    await forgetWords(scene.world.store.pool);
    expect(await dangers()).toHaveLength(1);
    await rows(`update danger set closed_at = now() - interval '31 days'`);
    await forgetWords(scene.world.store.pool);
    expect(await dangers()).toEqual([]);
    expect(await rows('select 1 from danger_line')).toEqual([]);
    const looks = await rows<{ action: string; actor: string }>(
      'select action, actor from audit where subject = $1 order by seq',
      [`danger/${id}`],
    );
    expect(looks).toEqual([
      { action: 'danger-read', actor: `staff/${idOf('Celia')}` },
      { action: 'danger-closed', actor: `staff/${idOf('Celia')}` },
    ]);
  });
});

describe('who sees it', () => {
  const SAID = [
    'hola',
    'peligro',
    'resumen',
    'conversaciones',
    'envíos',
    'solicitudes',
    'reporte de lecciones',
    'me pega',
  ];

  test('ordinary staff: not a byte, whatever she says or presses', async () => {
    for (const text of SAID) await scene.say('Marta', text);
    const [without] = [scene.heard('Marta').map(({ text }) => text)];
    const before = without.length;
    const id = await anaAsks();
    await celiaAnswers();
    await anaWrites();
    const state = await rows('select * from danger');
    expect(scene.heard('Marta')).toHaveLength(before);
    for (const text of SAID) await scene.say('Marta', text);
    // The same screens as when there was nothing: counts, lists and buttons.
    expect(
      scene
        .heard('Marta')
        .slice(before)
        .map(({ text }) => text),
    ).toEqual(without);
    for (const what of ['', ':open', ':answer', ':take', ':close'])
      await scene.post('Marta', { type: 'button', payload: `danger${what}${what && `:${id}`}` });
    await scene.say('Marta', 'hola');
    expect(scene.heard('Marta').filter(({ text }) => SCREENS.test(text) || text.includes('Ana'))).toEqual([]);
    expect(
      scene
        .heard('Marta')
        .flatMap(({ choices }) => choices)
        .some(({ payload }) => payload.startsWith('danger')),
    ).toBe(false);
    expect(await rows('select * from danger')).toEqual(state);
  });

  test('her group and its officers: not a byte', async () => {
    await anaAsks();
    await celiaAnswers();
    await anaWrites();
    for (const text of ['pendientes', 'resumen', 'reunión', 'libreta de Ana', 'mi grupo'])
      await scene.say('Rosa', text);
    for (const { name } of scene.world.people.filter((one) => !/^(?:Ana|Celia)/.test(one.name)))
      expect([name, scene.heard(name).filter(({ text }) => SCREENS.test(text))]).toEqual([name, []]);
  });

  test('whoever is no longer trained for it sees nothing from then on, with the buttons she had', async () => {
    const id = await anaAsks();
    await scene.say('Celia', 'peligro');
    await rows(`update staff set role = 'staff' where id = $1`, [idOf('Celia')]);
    const before = scene.heard('Celia').length;
    await scene.press('Celia', 'Ver la 1');
    await scene.post('Celia', { type: 'button', payload: `danger:take:${id}` });
    await scene.say('Celia', 'peligro');
    expect(
      scene
        .heard('Celia')
        .slice(before)
        .filter(({ text }) => SCREENS.test(text) || text.includes('Ana')),
    ).toEqual([]);
    expect(await dangers()).toEqual([{ id, state: 'open', safe: 'now', assigned_to: null }]);
  });

  test('the table lets nobody else of the staff, by a button or a need', () => {
    expect(ACTIONS['see-danger'].who).toEqual(['safeguarding']);
    expect(STAFF_VERBS['danger']).toBe('see-danger');
    const staff = { type: 'staff', staffId: asId<StaffId>(ID), programmeId: asId<ProgrammeId>(ID) } as const;
    expect(authorize({ ...staff, role: 'staff' }, 'see-danger')).toBe('denied');
    expect(authorize({ ...staff, role: 'safeguarding' }, 'see-danger')).toBe('allowed');
  });

  test('the database asks for the role itself: of nobody else it tells, and takes nothing', async () => {
    const id = await anaAsks();
    const [group] = await rows<{ group_id: string }>('select group_id from danger');
    const asks = async (staff: string) => {
      const [row] = await rows<{ list: { count: number }; one: object | null }>(
        'select open_dangers($1, 9) as list, one_danger($1, $2, 9) as one',
        [staff, id],
      );
      return [row?.list.count, row?.one === null];
    };
    expect(await asks(idOf('Marta'))).toEqual([0, true]);
    expect(await asks(idOf('Celia'))).toEqual([1, false]);
    const none = { asked: [], lines: [], assigned: [], closed: [], reminded: [] };
    const commits = (change: object) =>
      rows('select commit_dangers($1, $2::jsonb, now())', [
        group?.group_id,
        JSON.stringify({ ...none, ...change }),
      ]);
    const marta = idOf('Marta');
    await expect(commits({ assigned: [{ id, staff: marta }] })).rejects.toThrow('stale');
    await expect(commits({ closed: [{ id, by: marta }] })).rejects.toThrow('stale');
    await expect(
      commits({ lines: [{ danger: id, id: randomUUID(), by: marta, body: 'AA==' }] }),
    ).rejects.toThrow('stale');
    expect(await dangers()).toEqual([{ id, state: 'open', safe: 'now', assigned_to: null }]);
  });

  test('of another programme nobody sees it, trained or not', async () => {
    const id = await anaAsks();
    await rows(`insert into programme (id, name, language, currency) values ($1, 'Otro', 'es', 'MXN')`, [id]);
    await rows('update staff set programme_id = $1 where id = $2', [id, idOf('Celia')]);
    const before = scene.heard('Celia').length;
    await scene.press('Celia', label('danger.see'));
    await scene.say('Celia', 'peligro');
    expect(
      scene
        .heard('Celia')
        .slice(before)
        .map(({ text }) => text),
    ).toEqual([label('danger.gone'), label('danger.none')]);
  });
});

describe('where and when she is written to', () => {
  /** A second telephone of hers, older than the one she asks from. */
  const secondTelephone = async (): Promise<string> => {
    const id = randomUUID();
    const { secrets } = scene.world.store;
    const { key, wrapped } = secrets.newDataKey();
    const place = { table: 'address', column: 'value', rowId: id };
    await rows('insert into data_key (id, wrapped) values ($1, $2)', [id, wrapped]);
    await rows(
      `insert into address (id, channel, value, value_index, consented_at) values ($1, 'simulator', $2, $3, now())`,
      [id, secrets.seal(key, place, id), secrets.blindIndex('simulator', id)],
    );
    await rows(
      `insert into member_address (address_id, group_id, member_id, created_at)
         select $1, group_id, id, now() - interval '1 year' from member where id = $2`,
      [id, idOf('Ana')],
    );
    return id;
  };

  test('only where she asked, with nothing of what it says', async () => {
    const other = await secondTelephone();
    await anaAsks();
    const before = scene.heard('Ana').length;
    await celiaAnswers();
    const told = scene.heard('Ana').slice(before);
    expect(told.map(({ choices }) => choices.map((one) => one.label))).toEqual([[label('danger.see')]]);
    expect(told[0]?.text).not.toMatch(SCREENS);
    expect(scene.channel.to(other)).toEqual([]);
    // Of a kind that other messages are of, so that no record of it says what it was.
    const kinds = await rows<{ kind: string }>(
      `select distinct kind from outbox where member_id = $1 order by 1`,
      [idOf('Ana')],
    );
    expect(kinds).toEqual([{ kind: 'answer' }, { kind: 'reply' }]);
  });

  test('on another telephone of hers nothing of it is read', async () => {
    const other = await secondTelephone();
    await anaAsks();
    await celiaAnswers();
    await scene.app.receive({
      channel: 'simulator',
      messageId: randomUUID(),
      address: other,
      receivedAt: scene.world.now.toString(),
      body: { type: 'text', text: 'jícara' },
    });
    await scene.app.settle();
    const card = scene.channel
      .to(other)
      .map(({ text }) => text)
      .join('\n');
    expect(card).toContain(label('danger.question'));
    expect(card).not.toContain(ANSWER);
    const [row] = await rows<{ own: { last: { lines: unknown[] } } }>(
      'select own_danger(group_id, id, $1) as own from member where id = $2',
      [other, idOf('Ana')],
    );
    expect(row?.own.last.lines).toEqual([]);
  });

  test('not before the hour that is safe, even where the answer was begun before', async () => {
    await anaAsks();
    await scene.say('Celia', 'peligro');
    await scene.say('Celia', '1');
    await scene.press('Celia', label('danger.say'));
    // Meanwhile she says that it is safe tomorrow.
    await scene.say('Ana', 'jícara');
    await scene.press('Ana', label('choice.yes'));
    await scene.press('Ana', label('danger.morning'));
    const before = scene.heard('Ana').length;
    const [no] = await scene.say('Celia', `te espero con ${ANSWER}`);
    expect(no?.text).toContain('No mandé nada');
    expect(scene.heard('Ana')).toHaveLength(before);
    expect(await rows('select 1 from danger_line')).toEqual([]);
    expect(await dangers()).toMatchObject([{ safe: 'morning', assigned_to: null }]);
  });

  test('nobody is offered who cannot be reached', async () => {
    await scene.say('Celia', 'baja');
    const [card] = await scene.say('Ana', 'jícara');
    expect(card?.text).toContain(label('danger.nobody'));
    expect(card?.choices.map((one) => one.label)).toEqual([label('menu.person'), label('choice.not-now')]);
  });

  test('an old button for when it is safe does nothing, in whoever’s hands it is', async () => {
    await scene.say('Ana', 'jícara');
    await scene.press('Ana', label('choice.yes'));
    await scene.say('Ana', 'ocultar');
    await scene.press('Ana', label('danger.now'));
    expect(await dangers()).toEqual([]);
  });
});

// A draw by message: what is kept from whom, what comes before what, and two who do the same at the same moment.

import type { ClientBase } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkRecord } from '../../src/domain/draw/record.ts';
import { drawRecords } from '../../src/store/draw-records.ts';
import { inTransaction } from '../../src/store/in-transaction.ts';
import { sha256 } from '../support/ledger.ts';
import { balances, entryCount, faults, label, openScene, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

const GROUP = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, secretaria, ahorro 200.00
4 Petra Gómez, ahorro 150.25
equipo Marta Ruiz
reloj 2026-11-24 17:10 America/Tijuana`;
const NAMES = ['Rosa', 'Guadalupe', 'Ana', 'Petra'];

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: GROUP });
});
afterEach(async () => {
  try {
    expect(await faults(scene.world)).toEqual([]);
  } finally {
    await scene.close();
  }
});

const button = (payload: string) => ({ type: 'button', payload }) as const;
const last = (name: string): string => scene.heard(name).at(-1)?.text ?? '';

const begin = async (by: 'words' | 'dice' = 'words') => {
  await scene.post('Rosa', button('closing'));
  await scene.press('Rosa', label(`draw-begin.by-${by}`));
};
const giveWord = async (name: string, word: string) => {
  await scene.press(name, label('draw-word.give'));
  await scene.say(name, word);
};
const giveAll = async () => {
  for (const name of NAMES) await giveWord(name, `palabra de ${name}`);
};

type Row = { state: string; secret: Buffer; commit: string; opened: string | null; words: number };
const draws = async (): Promise<Row[]> => {
  const { rows } = await scene.world.store.pool.query<Row>(
    `select state, secret, commit, opened, (select count(*)::int from draw_word w where w.draw_id = d.id) as words
       from draw d order by begun_at, id`,
  );
  return rows;
};
const groupId = async (): Promise<string> => {
  const { rows } = await scene.world.store.pool.query<{ id: string }>('select id from savings_group');
  return rows[0]!.id;
};
const records = async () => drawRecords(scene.world.store, await groupId());

describe('two at the same moment', () => {
  test('the officers who open the secret at once make one result, and all are told it once', async () => {
    const other = await scene.another();
    await begin();
    await giveAll();
    const payload = scene.payload('Guadalupe', label('draw-reveal.yes'));
    expect(scene.payload('Ana', label('draw-reveal.yes'))).toBe(payload);
    await Promise.all([
      scene.post('Guadalupe', button(payload)),
      scene.post('Ana', button(payload), { by: other }),
      scene.post('Guadalupe', button(payload), { by: other }),
      scene.post('Ana', button(payload)),
    ]);
    expect((await draws()).map(({ state }) => state)).toEqual(['revealed']);
    const [record] = await records();
    expect(checkRecord(sha256, record!)).toEqual({ order: record!.order, faults: [] });
    const all = (name: string) => [...scene.heard(name), ...other.channel.to(scene.world.person(name).id)];
    const results = all('Petra').filter((m) => m.text.includes(record!.secret!));
    expect(results).toHaveLength(1);
    const answers = [...all('Guadalupe'), ...all('Ana')].map((m) => m.text);
    expect(answers.filter((text) => text.includes(label('draw-done.next')))).toHaveLength(1);
    expect(answers.filter((text) => text.includes(label('refusal.draw_done')))).toHaveLength(3);
  });

  test('the last words given at once are all in, and the words are closed once', async () => {
    await begin();
    for (const name of NAMES) await scene.press(name, label('draw-word.give'));
    await Promise.all(NAMES.map((name) => scene.post(name, { type: 'text', text: `palabra de ${name}` })));
    expect(await draws()).toMatchObject([{ state: 'closed', words: 4 }]);
    const shown = scene.heard('Petra').filter((m) => m.text.includes(label('draw-closed.title')));
    expect(shown).toHaveLength(1);
    for (const name of NAMES) expect(shown[0]?.text).toContain(`palabra de ${name}`);
  });

  test('two officers who begin a draw at once begin one', async () => {
    const names = ['Rosa', 'Guadalupe', 'Ana'];
    for (const name of names) await scene.post(name, button('closing'));
    await Promise.all(names.map((name) => scene.post(name, button('draw:begin:words'))));
    expect(await draws()).toMatchObject([{ state: 'committed' }]);
    const answers = names.map(last);
    expect(
      names.filter((name) => last(name).includes(label('refusal.draw_open'))).length,
      answers.join('\n'),
    ).toBe(2);
  });

  test('the clock of two programs closes the words once, and makes a late draw void once', async () => {
    const other = await scene.another();
    await begin();
    await giveWord('Ana', 'mango');
    await giveWord('Petra', 'río');
    scene.world.now = instantOf('2026-11-24 19:10 America/Tijuana');
    await Promise.all([scene.app.tick(), other.app.tick(), scene.app.tick()]);
    await scene.app.delivery.idle();
    expect(await draws()).toMatchObject([{ state: 'closed', words: 2 }]);
    scene.world.now = instantOf('2026-11-25 19:10 America/Tijuana');
    await Promise.all([scene.app.tick(), other.app.tick(), scene.app.tick()]);
    await scene.app.delivery.idle();
    expect(await draws()).toMatchObject([{ state: 'void', opened: null }]);
    const told = [...scene.heard('Petra'), ...other.channel.to(scene.world.person('Petra').id)];
    expect(told.filter((m) => m.text.includes(label('draw-closed.title')))).toHaveLength(1);
    expect(told.filter((m) => m.text.includes(label('draw-void.secret')))).toHaveLength(1);
  });
});

describe('what comes before what', () => {
  test('the secret is nowhere to be read before it is opened, and is the committed one afterwards', async () => {
    await begin();
    await giveAll();
    const [row] = await draws();
    expect(row?.opened).toBeNull();
    const sealed = row!.secret;
    await scene.press('Guadalupe', label('draw-reveal.yes'));
    const [done] = await draws();
    expect(sha256(done!.opened!)).toBe(row!.commit);
    expect(sealed.toString('latin1')).not.toContain(done!.opened!);
    const before = scene.channel.arrived.findIndex(({ message }) => message.text.includes(done!.opened!));
    const committed = scene.channel.arrived.findIndex(({ message }) => message.text.includes(row!.commit));
    expect(committed).toBeGreaterThanOrEqual(0);
    expect(before).toBeGreaterThan(committed);
  });

  test('every member hears the commitment before she is asked for a word', async () => {
    await begin();
    const [row] = await draws();
    for (const name of NAMES) expect(last(name)).toContain(row!.commit);
  });

  test.each([
    ['the one who began it', 'Rosa', () => giveAll(), 'draw-reveal.other'],
    [
      'anybody, before the words are closed',
      'Guadalupe',
      () => giveWord('Ana', 'mango'),
      'refusal.draw_words_open',
    ],
  ] as const)('the secret is not opened by %s', async (_, name, prepare, refusal) => {
    await begin();
    await prepare();
    const { rows } = await scene.world.store.pool.query<{ id: string }>('select id from draw');
    await scene.post(name, button(`draw:yes:${rows[0]!.id}`));
    expect(last(name)).toContain(label(refusal));
    expect((await draws()).map(({ state }) => state)).not.toContain('revealed');
  });

  test('a member without an office opens nothing and begins nothing', async () => {
    await scene.post('Petra', button('draw:begin:words'));
    expect(await draws()).toEqual([]);
    await begin();
    await giveAll();
    const payload = scene.payload('Guadalupe', label('draw-reveal.yes'));
    await scene.post('Petra', button(payload));
    expect(last('Petra')).toContain(label('done.expired'));
    expect(await draws()).toMatchObject([{ state: 'closed' }]);
  });

  test('a group that does not close by lots has no draw', async () => {
    await scene.world.store.pool.query(
      `insert into group_rules (group_id, version, constitution, since)
       select group_id, 2, jsonb_set(constitution, '{closing}', '"annual-pool"'), since from group_rules`,
    );
    await scene.world.store.pool.query('update savings_group set rules_version = 2');
    await scene.post('Rosa', button('draw:begin:words'));
    expect(await draws()).toEqual([]);
  });
});

describe('the closing by lots', () => {
  test('the winner is paid the whole pot, in whole coins, and every account of members is zero', async () => {
    await begin('dice');
    await scene.press('Rosa', label('draw-dice.write'));
    await scene.say('Rosa', '3 5 2 6 1 1 4 2');
    await scene.say('Rosa', 'sí');
    await scene.press('Guadalupe', label('draw-reveal.yes'));
    const [record] = await records();
    const winner = scene.world.person(NAMES[record!.order![0]! - 1]!);
    await scene.post('Rosa', button('closing'));
    await scene.press('Rosa', label('closing.propose'));
    const yes = scene.payload('Guadalupe', label('closing.yes'));
    const entries = await entryCount(scene.world);
    await Promise.all(['Guadalupe', 'Ana'].map((name) => scene.post(name, button(yes))));
    expect((await entryCount(scene.world)) - entries).toBe(2);
    const after = await balances(scene.world);
    for (const { id, name } of scene.world.people)
      if (`savings/${id}` in after) expect(after[`savings/${id}`], name).toBe(0n);
    // 900.25 in coins of 0.50: what no coin can pay is in the emergency pot.
    expect(after['cash/savings-pot']).toBe(0n);
    expect(after['cash/social-fund']).toBe(25n);
    const { rows } = await scene.world.store.pool.query<{ debit: string; amount: string }>(
      `select debit, amount_minor::text as amount from posting where credit = 'cash/savings-pot' and debit like 'savings/%'`,
    );
    expect(rows).toEqual([{ debit: `savings/${winner.id}`, amount: '90000' }]);
    // A new cycle has no draw yet: the one of the old cycle gives nobody its pot.
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    await scene.post('Rosa', button('closing'));
    expect(last('Rosa')).toContain(label('draw-begin.how'));
  });
});

describe('the turns of a tanda', () => {
  test('are not drawn while there are other rounds than members: the rules say how many', async () => {
    const tanda = await openScene({
      header: GROUP.replace('solidaria', 'tanda')
        .replace(/\n4 Petra.*\n/, '\n')
        .replaceAll(/, ahorro [\d.]+/g, ''),
    });
    try {
      await tanda.post('Rosa', button('turns'));
      expect(tanda.heard('Rosa').at(-1)?.text).toBe(
        label('refusal.tanda_rounds_differ').replace('{{rounds}}', '3'),
      );
      await tanda.post('Rosa', button('draw:begin:words'));
      const { rows } = await tanda.world.store.pool.query('select 1 from draw');
      expect(rows).toEqual([]);
    } finally {
      await tanda.close();
    }
  });

  test('of a group that is no tanda are not shown', async () => {
    await scene.post('Ana', button('turns'));
    expect(last('Ana')).toContain(label('done.expired'));
  });
});

describe('what the database itself refuses', () => {
  /** As the role that answers messages, with the group open to it. */
  const asApp = async <Value>(work: (session: ClientBase) => Promise<Value>): Promise<Value> => {
    const group = await groupId();
    return inTransaction(scene.world.store.pool, async (session) => {
      await session.query(`select set_config('app.group', $1, true)`, [group]);
      await session.query('set local role comadre_app');
      return work(session);
    });
  };
  const refusedWith = async (sql: string): Promise<string> => {
    const error: unknown = await asApp((session) => session.query(sql)).then(
      () => new Error('it was done'),
      (cause: unknown) => cause,
    );
    return (error as Error & { code?: string }).code ?? String(error);
  };
  const WORD = `insert into draw_word (group_id, draw_id, number, word, given_at) select group_id, id,`;

  test('a word as it should be is taken, so that the refusals below mean something', async () => {
    await begin();
    await asApp((session) => session.query(`${WORD} 4, '\\x00', begun_at from draw`));
    expect(await draws()).toMatchObject([{ words: 1 }]);
  });

  test.each([
    ['a word after the time', `${WORD} 4, '\\x00', words_until from draw`, '55000'],
    ['a word before the commitment', `${WORD} 4, '\\x00', begun_at - interval '1 second' from draw`, '55000'],
    ['a word of somebody who does not take part', `${WORD} 9, '\\x00', begun_at from draw`, '55000'],
    ['a second word', `${WORD} 3, '\\x00', begun_at from draw`, '23505'],
    ['another word', `update draw_word set word = '\\x01'`, '42501'],
    ['another commitment', `update draw set commit = repeat('0', 64)`, '42501'],
    ['a result while words are taken', `update draw set state = 'revealed'`, '55000'],
    ['a draw that goes away', 'delete from draw', '42501'],
  ])('while words are taken: %s', async (_, sql, code) => {
    await begin();
    await giveWord('Ana', 'mango');
    expect(await refusedWith(sql)).toBe(code);
  });

  const REVEAL = `update draw set state = 'revealed', drawn = lots, opened_by = (select id from member where number = 2),`;
  test.each([
    ['a word', `${WORD} 4, '\\x00', begun_at from draw`, '55000'],
    ['words that are taken again', `update draw set state = 'committed'`, '55000'],
    ['dice', `update draw set dice = '1-1-1-1-1-1-1-1'`, '55000'],
    ['another secret', `${REVEAL} opened = repeat('0', 64)`, '23514'],
    ['no secret', `${REVEAL} opened = null`, '23514'],
    [
      'a second draw beside it',
      `insert into draw select (jsonb_populate_record(d, '{"id": "00000000-0000-7000-8000-000000000001", "state": "committed"}')).* from draw d`,
      '55000',
    ],
  ])('once the words are closed: %s', async (_, sql, code) => {
    await begin();
    await giveAll();
    expect(await refusedWith(sql)).toBe(code);
  });

  test('a result is final, and no draw begins after it', async () => {
    await begin();
    await giveAll();
    await scene.press('Guadalupe', label('draw-reveal.yes'));
    expect(await refusedWith(`update draw set drawn = '[4, 3, 2, 1]'`)).toBe('55000');
    expect(await refusedWith(`update draw set state = 'void', missing = 'secret'`)).toBe('55000');
    await scene.post('Rosa', button('draw:begin:words'));
    expect(last('Rosa')).toContain(label('refusal.draw_done'));
  });

  test('after a void draw the next one names it, or is refused', async () => {
    await begin();
    scene.world.now = instantOf('2026-11-25 19:10 America/Tijuana');
    await scene.app.tick();
    expect(await draws()).toMatchObject([{ state: 'void' }]);
    const again = (change: string) =>
      `insert into draw select (jsonb_populate_record(d, '{"id": "00000000-0000-7000-8000-000000000001", "state": "committed", "missing": null, "commit": "${'0'.repeat(64)}"${change}}')).* from draw d`;
    expect(await refusedWith(again(''))).toBe('55000');
    await begin();
    const [first, second] = await scene.world.store.pool
      .query<{ commit: string; follows: string | null }>(
        'select commit, follows from draw order by begun_at, id',
      )
      .then(({ rows }) => rows);
    expect(second?.follows).toBe(first?.commit);
  });
});

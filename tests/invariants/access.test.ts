// Who hears what, and what can be read by whoever holds the database or the log.

import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { SealBroken } from '../../src/store/secrets.ts';
import {
  balances,
  faults,
  JACARANDAS,
  label,
  locales,
  MILPA,
  openScene,
  type Scene,
} from '../support/scene.ts';

const TWO_GROUPS = JACARANDAS.replace('\nequipo', `${MILPA}\nequipo`);
const words = locales.texts.es;
const textOf = (key: keyof typeof words) => words[key]!;

let scene: Scene;
const lines: string[] = [];
const logged = () => lines.join('');

beforeAll(async () => {
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  scene = await openScene({ header: TWO_GROUPS, log: createLog('debug', stream) });
});
afterAll(() => scene.close());

const pool = () => scene.world.store.pool;
const asked = async (address: string, text: string): Promise<string[]> => {
  const before = scene.channel.to(address).length;
  await scene.app.receive({
    channel: 'simulator',
    messageId: randomUUID(),
    address,
    receivedAt: scene.world.now.toString(),
    body: { type: 'text', text },
  });
  await scene.app.delivery.idle();
  return scene.channel
    .to(address)
    .slice(before)
    .map((message) => message.text);
};
const stateOf = (name: string, state: string) =>
  pool().query('update member set state = $2 where id = $1', [scene.world.person(name).id, state]);

/** Everything a member, a leader and staff may ask for, and what a leader may do. */
const QUESTIONS = [
  'saldo',
  'cuánto debo',
  'mi libreta',
  'cuándo es la reunión',
  'caja',
  'ya pagué 100',
  'pendientes',
  'Ana 100',
  'deshacer',
  'resumen',
];

describe('A1 of another group nothing is heard', () => {
  test('A1 what a member and a leader of one group are told holds nothing of the other', async () => {
    for (const name of ['Micaela', 'Dominga']) {
      for (const question of [...QUESTIONS, 'Ana 100, Petra 50', 'Rosa 20']) await scene.say(name, question);
    }
    const told = [...scene.heard('Micaela'), ...scene.heard('Dominga')];
    expect(told.length).toBeGreaterThan(20);
    const all = JSON.stringify(told);
    for (const person of scene.world.people.filter((p) => p.group === 'Las Jacarandas')) {
      expect(all).not.toContain(person.id);
      expect(all).not.toContain(person.name);
    }
    for (const canary of ['Jacarandas', '$900.00', '$2,000.00', '$2,320.00', '$250.00', '$350.00']) {
      expect(all).not.toContain(canary);
    }
    // The same words are found where they belong, so that their absence means something.
    await scene.say('Rosa', 'caja');
    expect(JSON.stringify(scene.heard('Rosa'))).toContain('Jacarandas');
  });
});

describe('A2 who is nobody here hears only what everybody may', () => {
  const welcome = () =>
    [textOf('arrive.hello'), textOf('arrive.ask-code'), textOf('arrive.other-language')].join('\n');

  test.each(QUESTIONS)(
    'A2 a stranger who writes "%s" is welcomed and asked for her code',
    async (question) => {
      expect(await asked(`stranger-${question.length}`, question)).toEqual([welcome()]);
    },
  );

  test.each(QUESTIONS)(
    'A2 a newcomer who waits for a leader and writes "%s" is told to wait',
    async (question) => {
      await stateOf('Consuelo', 'pending');
      expect(await asked(scene.world.person('Consuelo').id, question)).toEqual([
        textOf('arrive.still-waiting'),
      ]);
      await stateOf('Consuelo', 'active');
    },
  );

  test('A2 who left is answered as a stranger is, once her thirty days are over', async () => {
    const today = scene.world.now.toString().slice(0, 10);
    await pool().query(`update member set state = 'left', left_on = $2::date - 30 where id = $1`, [
      scene.world.person('Consuelo').id,
      today,
    ]);
    for (const question of QUESTIONS) {
      expect(await asked(scene.world.person('Consuelo').id, question)).toEqual([welcome()]);
    }
    await pool().query(`update member set state = 'active', left_on = null where id = $1`, [
      scene.world.person('Consuelo').id,
    ]);
  });

  test('A2 who left sees what she was paid for thirty days, and nothing of the group', async () => {
    const today = scene.world.now.toString().slice(0, 10);
    await pool().query(`update member set state = 'left', left_on = $2::date - 29 where id = $1`, [
      scene.world.person('Consuelo').id,
      today,
    ]);
    for (const question of QUESTIONS) {
      const [told = '', ...more] = await asked(scene.world.person('Consuelo').id, question);
      expect(more).toEqual([]);
      expect(told).toContain(textOf('former.nothing'));
      expect(told).not.toContain('$');
      expect(told).not.toContain('Jacarandas');
    }
    await pool().query(`update member set state = 'active', left_on = null where id = $1`, [
      scene.world.person('Consuelo').id,
    ]);
  });

  test('A2 who left and has a PIN is shown nothing before it', async () => {
    const her = scene.world.person('Consuelo').id;
    const today = scene.world.now.toString().slice(0, 10);
    await pool().query(
      `insert into member_pin (group_id, member_id, hash, other_hash, set_at)
       select group_id, id, '$argon2id$', '$argon2id$', now() from member where id = $1`,
      [her],
    );
    await pool().query(`update member set state = 'left', left_on = $2::date - 1 where id = $1`, [
      her,
      today,
    ]);
    expect((await asked(her, 'saldo')).join()).not.toContain(textOf('former.title'));
    expect((await asked(her, 'privacidad')).join()).toContain(textOf('privacy.notice'));
    await pool().query('delete from member_pin where member_id = $1', [her]);
    expect((await asked(her, 'saldo')).join()).toContain(textOf('former.title'));
    await pool().query(`update member set state = 'active', left_on = null where id = $1`, [her]);
  });

  test('A2 who is suspended sees what is hers, and is asked for no vote and lent nothing', async () => {
    await stateOf('Consuelo', 'suspended');
    const her = scene.world.person('Consuelo').id;
    expect((await asked(her, 'saldo'))[0]).toContain('$100.00');
    expect(await asked(her, 'quiero un préstamo de 100')).toEqual([textOf('suspend.paused')]);
    await stateOf('Consuelo', 'active');
  });

  test('A2 an officer who was suspended decides nothing any more, with an old button either', async () => {
    await scene.say('Ana', 'ya pagué 35');
    const payload = scene.payload('Guadalupe', label('choice.confirm'));
    await stateOf('Guadalupe', 'suspended');
    const before = await balances(scene.world);
    await scene.post('Guadalupe', { type: 'button', payload });
    expect(await balances(scene.world)).toEqual(before);
    expect(scene.heard('Guadalupe').at(-1)?.text).toBe(textOf('suspend.paused'));
    await stateOf('Guadalupe', 'active');
    await scene.post('Guadalupe', { type: 'button', payload });
    expect(scene.heard('Guadalupe').at(-1)?.text).toContain('Anoté $35.00');
  });

  test('A2 who wrote BAJA is still answered when she asks', async () => {
    await scene.say('Petra', 'BAJA');
    expect((await scene.say('Petra', 'saldo'))[0]?.text).toContain('$150.00');
    await scene.say('Petra', 'ALTA');
  });

  test('A2 a member never sees another member’s money, by whatever words', async () => {
    for (const question of [
      'saldo de Petra',
      'cuánto debe Petra',
      'libreta de Rosa',
      'Petra',
      'saldo de todas',
    ]) {
      const told = (await scene.say('Ana', question)).map((m) => m.text).join('\n');
      expect(told).not.toContain('$2,000');
      expect(told).not.toContain('$150.00');
      expect(told).not.toContain('Petra');
    }
  });
});

describe('A5 what is sealed', () => {
  /** Every row of every table as text, and whatever its bytes say when they are read as text. */
  const dump = async (): Promise<string> => {
    const { rows: tables } = await pool().query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await pool().query<Record<string, unknown>>(`select * from "${name}"`);
      for (const row of rows) {
        for (const value of Object.values(row)) {
          parts.push(
            Buffer.isBuffer(value)
              ? `${value.toString()}\n${value.toString('latin1')}`
              : JSON.stringify(value),
          );
        }
      }
    }
    expect(tables.length).toBeGreaterThan(20);
    return parts.join('\n');
  };
  /** People of this world and what they wrote. Three letters alone would be found by chance ("Tijuana"). */
  const canaries = () => [
    ...scene.world.people.flatMap((person) => [
      person.name,
      ...person.name.split(' ').filter((w) => w.length > 3),
    ]),
    'Jacarandas',
    'Flor de Milpa',
    'casa de Rosa',
    'Ximena',
    'tlacuache',
    '5512345678',
  ];

  /** Which of them stand in a text; the longer ones in whatever case. */
  const foundIn = (text: string, all: readonly string[] = canaries()): string[] => {
    const small = text.toLowerCase();
    return all.filter((one) => (one.length > 5 ? small.includes(one.toLowerCase()) : text.includes(one)));
  };

  beforeAll(async () => {
    // A stranger's address and name, an unanswered question, a message on its way and one that failed.
    await asked('5512345678', `${scene.world.codes.get('Las Jacarandas')}`);
    await asked('5512345678', 'sí');
    await asked('5512345678', 'Ximena Tlacuache');
    await scene.say('Rosa', 'tlacuache 100, Ana 30');
    scene.channel.failTo(scene.world.person('Ana').id, { type: 'unavailable' });
    await scene.say('Ana', 'saldo');
    const failing = scene.world.store.pool.query.bind(pool());
    Object.assign(pool(), {
      query: () => Promise.reject(new Error(`for Ximena Tlacuache at 5512345678, code 1`)),
    });
    await asked('5512345678', 'tlacuache').catch(() => undefined);
    Object.assign(pool(), { query: failing });
  });

  test('A5 no name, address or word of a person stands readable in any table', async () => {
    expect(foundIn(await dump())).toEqual([]);
  });

  test('A5 the search would find one: a name that was planted is found', async () => {
    await pool().query(`insert into setting (name, value) values ('planted', 'Ximena')`);
    expect(foundIn(await dump())).toEqual(['Ximena']);
    await pool().query(`delete from setting where name = 'planted'`);
  });

  test('A5 nor in the metrics, where one that was planted is found', async () => {
    const { refusedButtons, registry } = scene.world.store.metrics;
    const everything = [...canaries(), ...scene.world.codes.values()];
    expect(foundIn(await registry.metrics(), everything)).toEqual([]);
    refusedButtons.inc({ channel: 'Ximena' });
    expect(foundIn(await registry.metrics(), everything)).toEqual(['Ximena']);
    console.log(`canaries: ${everything.length} in tables, log and metrics: 0 hits, each planted one found`);
  });

  test('A6 no invitation code stands readable in any table', async () => {
    const codes = [...scene.world.codes.values()];
    expect(codes.length).toBeGreaterThan(5);
    expect(foundIn(await dump(), codes)).toEqual([]);
  });

  test('A5 A6 nor does any of it reach the log, though the log says a great deal', () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(foundIn(logged(), [...canaries(), ...scene.world.codes.values()])).toEqual([]);
  });

  test('A5 the log stream is the one that is searched: a name that was planted is found', async () => {
    const before = lines.length;
    const { app } = scene;
    app.store.log.warn({ channel: 'tlacuache' }, 'a line for the search');
    expect(foundIn(lines.splice(before).join(''))).toEqual(['tlacuache']);
  });

  test('A5 when a member’s key is destroyed her name cannot be read, the books stay right and the group goes on', async () => {
    const ana = scene.world.person('Ana');
    const { rows } = await pool().query<{ wrapped: Buffer; name: Buffer }>(
      'select k.wrapped, m.name from member m join data_key k on k.id = m.id where m.id = $1',
      [ana.id],
    );
    const before = await balances(scene.world);
    await pool().query(`update data_key set wrapped = null, shredded_at = now() where id = $1`, [ana.id]);
    const { secrets } = scene.world.store;
    const place = { table: 'member', column: 'name', rowId: ana.id };
    // With the key that was destroyed it would open; with no other one does it.
    expect(secrets.open(secrets.unwrap(rows[0]!.wrapped), place, rows[0]!.name)).toBe(ana.name);
    expect(() => secrets.open(secrets.newDataKey().key, place, rows[0]!.name)).toThrow(SealBroken);
    expect(await balances(scene.world)).toEqual(before);
    expect(await faults(scene.world)).toEqual([]);
    const heard = scene.heard('Rosa').length;
    await scene.say('Rosa', 'cancelar');
    await scene.say('Rosa', 'Consuelo 40');
    await scene.say('Rosa', 'sí');
    await scene.say('Rosa', 'caja');
    const told = JSON.stringify(scene.heard('Rosa').slice(heard));
    expect(told).toContain('Anoté 1 pago');
    expect(told).not.toContain('Martínez');
    expect(await faults(scene.world)).toEqual([]);
  });

  test('A5 a destroyed key cannot be half destroyed', async () => {
    const { id } = scene.world.person('Petra');
    await expect(
      pool().query('update data_key set wrapped = null where id = $1', [id]),
    ).rejects.toMatchObject({
      code: '23514',
    });
  });
});

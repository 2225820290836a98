// Every role presses every button there is, about things of her own group and of another one, and says everything that can be
// said: through the real handlers, on a real database. What the table denies changes nothing; of another group no byte is heard
// and no row changes, whatever is pressed.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { STAFF_VERBS, VERBS } from '../../src/conversation/access/verbs.ts';
import type { Session } from '../../src/conversation/session.ts';
import { ACTIONS, type Action } from '../../src/domain/access/actions.ts';
import type { Kind } from '../../src/domain/access/actor.ts';
import { JACARANDAS, openScene, type Scene } from '../support/scene.ts';
import { type Guarded, guard, putSession, sessionOf, unguard } from '../support/sessions.ts';

/** A name, a place and an amount in every field of the other group, found nowhere else. */
const OTHER = `
grupo Ceiba Honda, ahorro, America/Mexico_City, sunday 10:00, voto, retiros
1 Zenaida Quirarte, líder, acciones 13
2 Eustolia Xocoyotl, tesorera, acciones 17
3 Nabora Yxtapa, acciones 19`;

const CANARIES = [
  'Ceiba',
  'Zenaida',
  'Quirarte',
  'Eustolia',
  'Xocoyotl',
  'Nabora',
  'Yxtapa',
  '$260',
  '$340',
  '$380',
  'borrego',
  '$7,913',
  'molcajete',
];

const INTENTS = new URL('../../locales/es/understand/intents.json', import.meta.url);

let scene: Scene;
const pool = () => scene.world.store.pool;
let own = '';
let other = '';
let ids: { own: readonly string[]; other: readonly string[] };

/** Everything that has an id a button may name. */
const NAMED = [
  'payment',
  'loan_request',
  'loan',
  'money_out',
  'second_word',
  'election',
  'dispute',
  'member',
  'journal_entry',
  'cover',
  'draw',
  'cycle',
  'meeting',
];

const idsOf = async (groupId: string): Promise<string[]> => {
  const found = await Promise.all(
    NAMED.map((table) =>
      pool().query<{ id: string }>(`select id from "${table}" where group_id = $1 order by id limit 1`, [
        groupId,
      ]),
    ),
  );
  return found.flatMap(({ rows }) => rows.map(({ id }) => id));
};

/** The tables of a group, as their rows would be read. What is said to and by people is in none of them. */
const TALK = new Set(['outbox', 'member_address', 'outbox_part', 'occurrence']);
const stateOf = async (groupId: string): Promise<string> => {
  const { rows: tables } = await pool().query<{ name: string }>(
    `select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'group_id' order by 1`,
  );
  const sums: string[] = [];
  for (const { name } of tables.filter((table) => !TALK.has(table.name))) {
    const { rows } = await pool().query<{ sum: string | null }>(
      `select md5(string_agg(t::text, '|' order by t::text)) as sum from "${name}" t where group_id = $1`,
      [groupId],
    );
    sums.push(`${name} ${rows[0]?.sum}`);
  }
  return sums.join('\n');
};

const sentTo = async (groupId: string): Promise<number> => {
  const { rows } = await pool().query<{ count: number }>(
    'select count(*)::int as count from outbox where group_id = $1',
    [groupId],
  );
  return rows[0]?.count ?? -1;
};

beforeAll(async () => {
  scene = await openScene({
    header: JACARANDAS.replace(', tuesday 17:00', ', tuesday 17:00, retiros').replace(
      '\nequipo',
      `${OTHER}\nequipo`,
    ),
  });
  // Something of every kind waits in both groups.
  for (const [leader, member] of [
    ['Zenaida', 'Nabora'],
    ['Rosa', 'Ana'],
  ] as const) {
    await scene.say(member, 'ya pagué 20');
    await scene.say(member, 'quiero un préstamo de 40');
    await scene.say(member, '1');
    await scene.say(member, '1');
    await scene.say(member, '1');
    await scene.say(leader, `${member} 20`);
    await scene.say(leader, 'sí');
    await scene.say(leader, 'retiro de Nabora 20, borrego');
    if (member === 'Nabora') await scene.say(member, 'mi meta es 7913 para un molcajete');
    await scene.say(member, `la nueva secretaria es ${member}`);
    await scene.say(member, 'sí');
    await scene.say(leader, `retiro de ${member} 20`);
    await scene.say(leader, '1');
    await scene.say(leader, 'cancelar');
  }
  const { rows } = await pool().query<{ id: string; group_id: string }>(
    'select id, group_id from member where id = any ($1)',
    [[scene.world.person('Ana').id, scene.world.person('Nabora').id]],
  );
  own = rows.find(({ id }) => id === scene.world.person('Ana').id)?.group_id ?? '';
  other = rows.find(({ id }) => id === scene.world.person('Nabora').id)?.group_id ?? '';
  ids = { own: await idsOf(own), other: await idsOf(other) };
  expect(ids.own.length).toBeGreaterThanOrEqual(5);
  expect(ids.other.length).toBeGreaterThanOrEqual(5);
});
afterAll(() => scene.close());

/** Who presses, and in which state she is while she does. */
const ROLES: readonly {
  readonly kind: Kind;
  readonly name: string;
  readonly state: string;
  readonly role?: string;
  /** She left a moment ago, and may look at what she was paid. */
  readonly justLeft?: true;
}[] = [
  { kind: 'nobody', name: 'Consuelo', state: 'left' },
  { kind: 'former', name: 'Consuelo', state: 'left', justLeft: true },
  { kind: 'suspended', name: 'Consuelo', state: 'suspended' },
  { kind: 'pending', name: 'Consuelo', state: 'pending' },
  { kind: 'member', name: 'Consuelo', state: 'active' },
  { kind: 'officer', name: 'Guadalupe', state: 'active' },
  { kind: 'staff', name: 'Marta', state: 'staff' },
  { kind: 'safeguarding', name: 'Marta', state: 'staff', role: 'safeguarding' },
];

const be = async ({ name, state, role, justLeft }: (typeof ROLES)[number]): Promise<void> => {
  const { id } = scene.world.person(name);
  if (state === 'staff')
    await pool().query('update staff set role = $2 where id = $1', [id, role ?? 'staff']);
  else
    await pool().query('update member set state = $2, left_on = $3::date where id = $1', [
      id,
      state,
      justLeft ? scene.world.now.toString().slice(0, 10) : null,
    ]);
};

const isStaff = (kind: Kind): boolean => kind === 'staff' || kind === 'safeguarding';

const actionOf = (kind: Kind, verb: string): Action | undefined =>
  Object.hasOwn(isStaff(kind) ? STAFF_VERBS : VERBS, verb)
    ? (isStaff(kind) ? STAFF_VERBS : VERBS)[verb]
    : undefined;

const isDenied = (kind: Kind, verb: string): boolean => {
  const action = actionOf(kind, verb);
  return action === undefined || !(ACTIONS[action].who as readonly Kind[]).includes(kind);
};

const verbs = [...new Set([...Object.keys(VERBS), ...Object.keys(STAFF_VERBS)])];

/** A button as the flows make them: alone, of a thing, and as a yes or a no to it; for each thing another of these. */
const SHAPES = ['yes:', '', 'no:'];
const buttonsOf = (verb: string, things: readonly string[]): string[] => [
  verb,
  ...things.map((id, n) => `${verb}:${SHAPES[(n + verb.length) % SHAPES.length]}${id}`),
];

const heardSince = (before: number): string =>
  JSON.stringify(scene.channel.calls.slice(before).map(({ message }) => message));

/** The groups are of one programme: its staff know what they are called, what they saved in all, and of nobody in them. */
const PROGRAMME = new Set(['Ceiba']);
const found = (kind: Kind, heard: string, said = ''): string[] =>
  CANARIES.filter(
    (canary) => heard.includes(canary) && !said.includes(canary) && !(isStaff(kind) && PROGRAMME.has(canary)),
  );

let cells = 0;

describe.each(ROLES)('$kind', (role) => {
  test('every button, about her own group and about another one', { timeout: 600_000 }, async () => {
    await be(role);
    const { kind, name } = role;
    const elsewhere = { state: await stateOf(other), sent: await sentTo(other) };
    for (const verb of verbs) {
      const before = scene.channel.calls.length;
      const denied = isDenied(kind, verb);
      const book = denied ? await stateOf(own) : '';
      for (const relation of ['other', 'own'] as const) {
        for (const payload of buttonsOf(verb, relation === 'own' && !denied ? [] : ids[relation]))
          await scene.post(name, { type: 'button', payload });
        cells += 1;
      }
      if (denied) expect([kind, verb, await stateOf(own)]).toEqual([kind, verb, book]);
      const heard = heardSince(before);
      expect([kind, verb, found(kind, heard)]).toEqual([kind, verb, []]);
    }
    expect(await stateOf(other)).toBe(elsewhere.state);
    expect(await sentTo(other)).toBe(elsewhere.sent);
  });

  test('everything that can be said', { timeout: 600_000 }, async () => {
    await be(role);
    const elsewhere = { state: await stateOf(other), sent: await sentTo(other) };
    for (const phrase of phrases()) {
      const before = scene.channel.calls.length;
      await scene.say(role.name, phrase);
      // What she wrote herself may be said back to her.
      expect([phrase, found(role.kind, heardSince(before), phrase)]).toEqual([phrase, []]);
    }
    expect(await stateOf(other)).toBe(elsewhere.state);
    expect(await sentTo(other)).toBe(elsewhere.sent);
    const { name, kind } = role;
    await be({ kind, name, state: role.state === 'staff' ? 'staff' : 'active', role: 'staff' });
  });
});

/** What nobody is told of her own group before her PIN, with the second one, or in discreet mode: any sum, and any member.
 * (The examples of the help say Ana and Petra.) */
const HIDDEN = /\$\s?\d|Martínez|Gómez|Consuelo|Vargas|Yolanda|Soto/gu;

/** Questions she may have left open: what may be said to her is not theirs to hear either. */
const LEFT_OPEN: readonly string[][] = [['hola'], ['Ana 20'], ['registrar', '1'], ['ya pagué']];

/** Of the tables of a group, those of its money and of what its officers decide. */
const BOOK =
  /^(?:journal_entry|posting|account|payment|loan|money_out|second_word|dispute|member_fine|cover|draw|meeting) /u;
const bookOf = (state: string): string[] => state.split('\n').filter((line) => BOOK.test(line));

/** All that was answered, in the order of what was said and pressed. */
const answers: Record<Guarded, string[]> = { locked: [], second: [], discreet: [] };

describe.each(['locked', 'second', 'discreet'] as const)('an officer whose telephone is %s', (guarded) => {
  const name = 'Guadalupe';
  let left: Session[] = [];

  beforeAll(async () => {
    await unguard(scene, name);
    left = [];
    for (const said of LEFT_OPEN) {
      await scene.say(name, 'cancelar');
      for (const words of said) await scene.say(name, words);
      left.push(await sessionOf(scene, name));
    }
    expect(left.map(({ flow }) => flow.type)).toEqual(['idle', 'list-confirm', 'walk', 'report-amount']);
  });
  afterAll(() => unguard(scene, name));

  const told = async (does: () => Promise<unknown>, said: string): Promise<string[]> => {
    const before = scene.channel.calls.length;
    await does();
    const heard = scene.channel.calls.slice(before).map(({ message }) => message);
    const words = JSON.stringify(heard.map(({ text, choices }) => [text, choices.map(({ label }) => label)]));
    answers[guarded].push(`${said}: ${words}`);
    return [...words.matchAll(HIDDEN)].map(([one]) => one).filter((one) => !said.includes(one));
  };

  test.each(LEFT_OPEN.map((_, at) => at))(
    'nothing said and nothing pressed tells a sum or a name: question %i',
    {
      timeout: 600_000,
    },
    async (at) => {
      const view = await guard(scene, name, guarded);
      const session = left[at];
      if (!session) throw new Error('a question is left open');
      const book = bookOf(await stateOf(own));
      const each = [
        ...phrases().map((text) => ({ type: 'text', text }) as const),
        ...verbs.flatMap((verb) =>
          buttonsOf(verb, at === 0 ? ids.own.slice(0, 3) : []).map(
            (payload) => ({ type: 'button', payload }) as const,
          ),
        ),
      ];
      for (const body of each) {
        await putSession(scene, name, { session, view });
        const said = body.type === 'text' ? body.text : body.payload;
        expect([said, await told(() => scene.post(name, body), said)]).toEqual([said, []]);
      }
      expect(bookOf(await stateOf(own))).toEqual(book);
      // The same look finds what her own PIN opens.
      await putSession(scene, name, { session, view: 'all' });
      await scene.say(name, 'cancelar');
      const balance = await told(() => scene.say(name, 'saldo'), 'saldo');
      answers[guarded].pop();
      expect(balance.length > 0).toBe(guarded !== 'discreet');
    },
  );
});

test('what the second PIN answers is what discreet mode answers, to the last letter', () => {
  expect(answers.second.length).toBeGreaterThan(500);
  expect(answers.second).toEqual(answers.discreet);
});

/** Two phrases of every intent, and questions about women of the other group by name. */
const phrases = (): string[] => {
  const intents = z
    .record(z.string(), z.object({ phrases: z.array(z.string()) }))
    .parse(JSON.parse(readFileSync(INTENTS, 'utf8')));
  return [
    ...Object.values(intents).flatMap((all) => all.phrases.slice(0, 2)),
    'saldo de Nabora',
    'Nabora 100, Eustolia 50',
    'préstamo de Zenaida',
    'saldo de Ceiba Honda',
  ];
};

test('the search finds what belongs there, and every cell was tried', async () => {
  const before = scene.channel.calls.length;
  await scene.say('Zenaida', 'caja');
  await scene.say('Zenaida', 'libreta de Nabora');
  await scene.say('Nabora', 'mi meta');
  for (const canary of ['Ceiba', '$7,913', 'molcajete']) expect(heardSince(before)).toContain(canary);
  const all = ROLES.length * verbs.length * 2;
  console.log(`permissions: ${cells} of ${all} cells, ${CANARIES.length} canaries, 0 bytes of another group`);
  expect(cells).toBe(all);
});

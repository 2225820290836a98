// Two round trips to the database for a message: what was known, what was decided. More would show in every answer.

import { expect, test, vi } from 'vitest';
import { programmeOf } from '../support/transcript-programme.ts';
import { openWorld, type World } from '../support/world.ts';

const LAS_JACARANDAS = `grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
4 Petra Gómez, ahorro 150.00, préstamo 2000.00 desde 2026-10-06
equipo Marta Ruiz
reloj 2026-11-24 19:00 America/Tijuana`.split('\n');

/** What went to the database from a message coming in until its answer was handed over, and until all was quiet. */
const statementsOf = async (world: World, name: string, text: string) => {
  await world.app.delivery.idle();
  const address = world.person(name).id;
  const query = vi.spyOn(world.store.pool, 'query');
  const named = () =>
    query.mock.calls
      .map(([statement]: readonly unknown[]) => statement)
      .map((s) => (typeof s === 'object' && s !== null && 'name' in s ? String(s.name) : String(s)));
  let before: string[] | undefined;
  let answer = '';
  const stop = world.channel.subscribe(address, (message) => {
    if (message.from !== 'bot' || before) return;
    before = named();
    answer = message.text;
  });
  await world.channel.post({ address, body: { type: 'text', text } });
  await world.app.delivery.idle();
  const all = named();
  query.mockRestore();
  stop();
  // Looking for messages that others wrote goes on by the clock, whether she writes or not.
  const ofHers = (statements: readonly string[]) =>
    statements.filter((s) => s !== 'claim-outbox' && s !== 'broadcasts-open');
  return { answer, before: ofHers(before ?? []), all: ofHers(all) };
};

test('a balance question takes two round trips, and one more to record that its answer went out', async () => {
  const world = await openWorld(programmeOf(LAS_JACARANDAS));
  try {
    const { answer, before, all } = await statementsOf(world, 'Petra', 'saldo');
    expect(answer).toContain('$150.00');
    expect(before).toEqual(['load-snapshot', 'commit-outcome']);
    expect(all).toEqual(['load-snapshot', 'commit-outcome', 'complete-outbox']);
  } finally {
    await world.close();
  }
});

test('an officer who asks about herself waits no longer than a member: her whole group is not read', async () => {
  const world = await openWorld(programmeOf(LAS_JACARANDAS));
  try {
    const { answer, before } = await statementsOf(world, 'Rosa', 'saldo');
    expect(answer).toContain('$250.00');
    expect(before).toEqual(['load-snapshot', 'commit-outcome']);
    const asked = await statementsOf(world, 'Rosa', 'cuanto llevo aorrado');
    expect(asked.answer).toContain('$250.00');
    expect(asked.before).toEqual(['load-snapshot', 'commit-outcome']);
  } finally {
    await world.close();
  }
});

test("a leader's list is confirmed in two round trips, however many payments and receipts it has", async () => {
  const world = await openWorld(programmeOf(LAS_JACARANDAS));
  try {
    await statementsOf(world, 'Rosa', 'Ana 100, Lupita 150');
    const { before } = await statementsOf(world, 'Rosa', 'sí');
    expect(before).toEqual(['load-snapshot', 'commit-outcome']);
    const { rows } = await world.store.pool.query(`select 1 from payment where state = 'confirmed'`);
    expect(rows).toHaveLength(2);
  } finally {
    await world.close();
  }
});

test('a goal rides along with the balance, and its words are sealed like names', async () => {
  const world = await openWorld(programmeOf(LAS_JACARANDAS));
  try {
    await statementsOf(world, 'Petra', 'mi meta es 3000 para una lavadora');
    const { answer, before } = await statementsOf(world, 'Petra', 'saldo');
    expect(answer).toContain('$3,000.00 para una lavadora');
    expect(before).toEqual(['load-snapshot', 'commit-outcome']);
    const { rows } = await world.store.pool.query<{ words: Buffer }>(
      'select goal_words as words from member where goal_minor = 300000',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.words.includes('lavadora')).toBe(false);
  } finally {
    await world.close();
  }
});

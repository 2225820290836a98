// A running tanda in a programme file: what is refused, and that an export brings the same tanda back.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readProgrammeFile } from '../../src/app/programme-file.ts';
import { exportProgrammes } from '../../src/store/export-programme.ts';
import { programmeOf } from '../support/transcript-programme.ts';
import { openWorld, type World } from '../support/world.ts';

const HEADER = `
grupo Las Golondrinas, tanda, America/Mexico_City, friday 18:00, rondas 4, aportación 200.00, turnos 3 1 2 4, entregadas 2, debe 4 de la 2 50.00, juntado 3 200.00
1 Rosa Hernández, líder
2 Guadalupe Cruz, tesorera
3 Ana Martínez
4 Petra Gómez
reloj 2026-11-27 18:05 America/Mexico_City`
  .trim()
  .split('\n');

type Group = {
  tanda: Record<string, unknown>;
  constitution: { tanda: Record<string, unknown> };
  countedBox?: unknown;
};

const reading = (change: (group: Group) => void) => {
  const { at, programme } = programmeOf(HEADER);
  const file = JSON.parse(JSON.stringify(programme)) as { groups: Group[] };
  for (const group of file.groups) change(group);
  return readProgrammeFile(JSON.stringify(file), { now: at });
};

const places = (change: (group: Group) => void) => {
  const read = reading(change);
  return read.ok ? [] : read.faults.map(({ place }) => place);
};

describe('the running tanda of a programme file', () => {
  test('is accepted as the group brings it', () => {
    expect(places(() => undefined)).toEqual([]);
  });

  test.each<[string, (group: Group) => void, string]>([
    ['a member left out', (g) => (g.tanda['turns'] = [3, 1, 2]), 'groups[0].tanda.turns'],
    ['a member twice', (g) => (g.tanda['turns'] = [3, 1, 2, 2]), 'groups[0].tanda.turns'],
    ['more rounds than there are', (g) => (g.tanda['roundsHanded'] = 5), 'groups[0].tanda.roundsHanded'],
    [
      'a debt of a round to come',
      (g) => (g.tanda['owes'] = [{ number: 4, round: 3, amount: '50.00' }]),
      'groups[0].tanda.owes[0]',
    ],
    [
      'more owed than a round costs',
      (g) => (g.tanda['owes'] = [{ number: 4, round: 2, amount: '200.05' }]),
      'groups[0].tanda.owes[0]',
    ],
    [
      'more in the box for a round than she gives',
      (g) => (g.tanda['collected'] = [{ number: 3, amount: '200.05' }]),
      'groups[0].countedBox.savingsPot',
    ],
    ['money in the box of nobody', (g) => (g.tanda['collected'] = []), 'groups[0].countedBox.savingsPot'],
    ['no counted box', (g) => (g.countedBox = undefined), 'groups[0].countedBox'],
  ])('is refused with %s', (_, change, place) => {
    expect(places(change)).toContain(place);
  });

  const twoNumbers = (owes: string) => (g: Group) => {
    g.constitution.tanda['rounds'] = 5;
    g.tanda['turns'] = [3, 1, 2, 4, 3];
    g.tanda['owes'] = [{ number: 3, round: 2, amount: owes }];
  };

  test('who took two numbers stands in it twice, and owes twice as much at most', () => {
    expect(places(twoNumbers('400.00'))).toEqual([]);
    expect(places(twoNumbers('400.05'))).toEqual(['groups[0].tanda.owes[0]']);
  });

  test('of another product has no place', () => {
    expect(
      places((g) =>
        Object.assign(g, {
          constitution: { product: 'solidarity-credit', savings: { kind: 'free', weekly: '50.00' } },
        }),
      ),
    ).toContain('groups[0].tanda');
  });
});

describe('an export', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(programmeOf(HEADER));
  });
  afterAll(() => world.close());

  test('gives the same tanda, and can be imported', async () => {
    const [document] = await exportProgrammes(world.database, world.store.secrets);
    expect(document?.groups[0]?.tanda).toEqual({
      turns: [3, 1, 2, 4],
      roundsHanded: 2,
      owes: [{ number: 4, round: 2, amount: '50.00' }],
      collected: [{ number: 3, round: 3, amount: '200.00' }],
    });
    const again = readProgrammeFile(JSON.stringify(document), { now: world.now });
    expect(again.ok ? [] : again.faults).toEqual([]);
  });
});

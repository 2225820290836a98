import fs from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readProgrammeFile } from '../../src/app/programme-file.ts';
import type { Database } from '../../src/store/database.ts';
import { balancesCsv } from '../../src/store/export-csv.ts';
import { exportCsv, exportProgrammes } from '../../src/store/export-programme.ts';
import type { ProgrammeDocument } from '../../src/store/import-schema.ts';
import { testDatabase } from '../support/database.ts';
import { postPayment } from '../support/posting.ts';
import {
  balancesOf,
  bringIn,
  documentOf,
  emptied,
  importedAt,
  orilla,
  secrets,
} from '../support/programme.ts';
import { programmeOf } from '../support/transcript-programme.ts';
import { openWorld } from '../support/world.ts';

const example = new URL('../../../shared/examples/programme.json', import.meta.url);

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => emptied(database));

const exportOnly = async (): Promise<ProgrammeDocument> => {
  const [only, ...more] = await exportProgrammes(database, secrets);
  if (!only || more.length > 0) throw new Error('not one programme');
  return only;
};

describe('a programme that is exported', () => {
  test('names the people and places of the file it came from', async () => {
    await bringIn(database, documentOf(orilla));
    const exported = await exportOnly();
    expect(exported.programme).toEqual(documentOf(orilla).programme);
    expect(exported.staff).toMatchObject([
      { name: 'Berta Luna', addresses: { telegram: '800001', phone: '+526640000001' }, duty: undefined },
      {
        name: 'Celia Ríos',
        role: 'safeguarding',
        addresses: { telegram: '800002' },
        duty: { days: ['monday', 'saturday'], from: '09:00', to: '18:30' },
      },
    ]);
    expect(exported.groups[0]).toMatchObject({
      name: 'Las Golondrinas',
      place: { municipality: 'Tecate', state: 'BC' },
      meeting: { weekday: 'thursday', time: '16:30', place: 'Salón #2' },
      reminderTime: '18:00',
      cycle: { starts: '2026-09-03', ends: '2027-01-28' },
      countedBox: { loanFund: '696.00', savingsPot: '630.00', socialFund: '55.00', signedBy: [1, 2] },
      earnings: '30.00',
    });
    expect(exported.groups[0]?.members[0]).toMatchObject({
      name: 'Elsa Prado',
      consented: '2026-09-03',
      addresses: { telegram: '700001' },
      opening: {
        savings: '320.00',
        loan: { principal: '3200.00', disbursed: '2026-09-03', repaid: '696.00', repaidInterest: '96.00' },
      },
    });
    expect(exported.groups[1]?.members[1]?.opening).toMatchObject({ shares: 60, loan: { n: 4 } });
  });

  test('comes in again with equal balances', async () => {
    const first = await bringIn(database, documentOf(orilla));
    const again = await exportOnly();
    again.programme.name = 'Otra vez';
    const second = await bringIn(database, again);
    expect(await balancesOf(database, second.programmeId)).toEqual(
      await balancesOf(database, first.programmeId),
    );
  });

  test('comes in again with when each is reminded, what she allows, and what she is not told', async () => {
    const document = documentOf(orilla);
    document.programme.pin = 'required';
    document.programme.notices = 'open';
    const [group, other] = document.groups;
    if (!group || !other) throw new Error('two groups');
    Object.assign(group, { reminders: false, reminderTime: '08:30', reminderWeekday: 'tuesday' });
    Object.assign(group, { lateReminders: true, digest: false });
    const permissions = { lessons: false, notice: false, reminders: true, staff: false };
    const wishes = { reminders: false, reminderTime: '19:15', reminderWeekday: 'sunday', discreet: true };
    const quiet = { notices: 'closed', safeHours: { from: '10:00', until: '14:00' } };
    Object.assign(group.members[0]!, { ...wishes, ...quiet, permissions });
    await bringIn(database, document);
    const first = await exportOnly();
    expect(first.programme).toMatchObject({ pin: 'required', notices: 'open' });
    expect(first.groups[0]).toMatchObject({
      reminders: false,
      reminderTime: '08:30',
      reminderWeekday: 'tuesday',
      lateReminders: true,
      digest: false,
    });
    expect(first.groups[0]?.members[0]).toMatchObject({ ...wishes, ...quiet, permissions });
    const { rows } = await database.pool.query<{ iso: number; group_iso: number; allowed: boolean }>(
      `select m.reminder_weekday as iso, g.reminder_weekday as group_iso, is_allowed(m.group_id, m.id, 'lesson') as allowed
         from member m join savings_group g on g.id = m.group_id where m.discreet`,
    );
    expect(rows).toEqual([{ iso: 7, group_iso: 2, allowed: false }]);
    // Who says nothing of it has it as the group does.
    expect(first.groups[0]?.members[1]).toMatchObject({ reminders: true, discreet: false, permissions: {} });
    expect(first.groups[0]?.members[1]?.reminderTime).toBeUndefined();
    expect(first.groups[1]).toMatchObject({ reminders: true, reminderTime: '18:00' });
    expect(first.groups[1]?.reminderWeekday).toBeUndefined();
    await bringIn(database, { ...first, programme: { ...first.programme, name: 'Otra vez' } });
    const [, again] = await exportProgrammes(database, secrets);
    expect(again?.groups).toEqual(first.groups);
  });

  test.skipIf(!fs.existsSync(example))(
    'comes in again with equal balances: the example that others write against',
    async () => {
      const first = await bringIn(database, documentOf(example));
      const again = await exportOnly();
      again.programme.name = 'Otra vez';
      const second = await bringIn(database, again);
      expect(await balancesOf(database, second.programmeId)).toEqual(
        await balancesOf(database, first.programmeId),
      );
    },
  );

  test('comes in again after payments: boxes, savings, loans and what is owed are the same', async () => {
    const first = await bringIn(database, documentOf(orilla));
    for (const pay of [
      { number: 1, savings: 4000n, loan: 50000n, fine: 1000n, social: 500n },
      { number: 2, savings: 4000n, loan: 0n, fine: 0n, social: 500n },
    ]) {
      await postPayment(database, { group: 'Las Golondrinas', ...pay });
    }
    await postPayment(database, {
      group: 'Grupo 3',
      number: 2,
      savings: 2500n,
      loan: 31800n,
      fine: 500n,
      social: 0n,
    });
    const again = await exportOnly();
    again.programme.name = 'Otra vez';
    const second = await bringIn(database, again);
    const kept = ([account]: [string, string]): boolean => /^(cash|savings|loan|social)/.test(account);
    const [was, is] = await Promise.all(
      [first, second].map(async ({ programmeId }) =>
        (await balancesOf(database, programmeId)).map((b) =>
          Object.fromEntries(Object.entries(b).filter(kept)),
        ),
      ),
    );
    expect(is).toEqual(was);
    const documents = await exportProgrammes(database, secrets);
    expect(documents[1]?.groups).toEqual(documents[0]?.groups);
  });

  test('comes in again after capital went back: the lender is owed what is left in its box and on loan', async () => {
    const world = await openWorld(
      programmeOf([
        'grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00, capital 6000.00',
        '1 Rosa Hernández, líder, ahorro 250.00',
        '2 Guadalupe Cruz, tesorera',
        '3 Ana Martínez, préstamo 2000.00 desde 2026-10-06',
        'reloj 2026-11-17 19:00 America/Tijuana',
      ]),
    );
    const says = (name: string, text: string) =>
      world.channel.post({ address: world.person(name).id, body: { type: 'text', text } });
    try {
      await says('Rosa Hernández', 'devolvimos 5 mil a la asociación');
      await says('Rosa Hernández', 'sí');
      await world.app.settle();
      await says('Guadalupe Cruz', '1');
      const [exported] = await exportProgrammes(world.database, world.store.secrets);
      expect(exported?.groups[0]?.countedBox).toMatchObject({ loanFund: '1000.00', savingsPot: '250.00' });
      const { rows } = await world.store.pool.query<{ name: string; minor: string }>(
        `select name, balance_minor::text as minor from account where name in ('outside-capital', 'capital-returned') order by name`,
      );
      expect(rows).toEqual([
        { name: 'capital-returned', minor: '500000' },
        { name: 'outside-capital', minor: '-800000' },
      ]);
      if (!exported) throw new Error('no programme');
      // The world's people said yes on its own day, which is after the one that `bringIn` imports on.
      for (const member of exported.groups[0]?.members ?? []) delete member.consented;
      const { programmeId } = await bringIn(database, exported);
      const [balances] = await balancesOf(database, programmeId);
      expect(balances).toMatchObject({ 'cash/loan-fund': '100000', 'outside-capital': '300000' });
    } finally {
      await world.close();
    }
  });

  test('is a programme file without a warning but for what its own first file had', async () => {
    await bringIn(database, documentOf(orilla));
    const reading = readProgrammeFile(JSON.stringify(await exportOnly()), { now: importedAt });
    expect(reading).toMatchObject({ ok: true, warnings: [] });
  });
});

describe('the table of balances', () => {
  const read = (csv: string): string[][] => parse(csv, { bom: true });

  test('has a line for each member', async () => {
    await bringIn(database, documentOf(orilla));
    const [header, first, ...others] = read(await exportCsv(database, secrets));
    expect(header?.slice(0, 4)).toEqual(['programme', 'group', 'number', 'name']);
    expect(first).toEqual([
      'Orilla',
      'Las Golondrinas',
      '1',
      'Elsa Prado',
      'leader',
      '',
      '320.00',
      '2600.00',
      '96.00',
    ]);
    expect(others).toHaveLength(6);
  });

  test.each(['=1+1', '+52', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x'])(
    'takes the life out of %j',
    (name) => {
      const document = documentOf(orilla);
      document.groups[0]!.members[0]!.name = name;
      document.groups[0]!.name = `${name},"x"`;
      const [, first] = read(balancesCsv([document]));
      expect(first?.[3]).toBe(`'${name}`);
      expect(first?.[1]).toBe(`'${name},"x"`);
    },
  );
});

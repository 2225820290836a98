// A programme file says that a woman has WhatsApp; which channel that is, the place where it is imported knows.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { identityOf } from '../../src/channels/whatsapp-cloud/address.ts';
import { addressOf } from '../../src/channels/whatsapp-web/address.ts';
import type { Database } from '../../src/store/database.ts';
import { exportProgrammes } from '../../src/store/export-programme.ts';
import { importProgramme } from '../../src/store/import-programme.ts';
import type { ProgrammeDocument } from '../../src/store/import-schema.ts';
import { testDatabase } from '../support/database.ts';
import { documentOf, emptied, formOf, means, orilla, secrets } from '../support/programme.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => emptied(database));

/** As people write it, with Mexico's old 1; and as WhatsApp names her. */
const WRITTEN = '+52 1 664 000 0102';
const ON_WHATSAPP = '5216640000102';

/** The second of the first group, and one of the staff, with these addresses alone. */
const withAddresses = (addresses: Record<string, string>): ProgrammeDocument => {
  const document = documentOf(orilla);
  const [group] = document.groups;
  if (!group?.members[1] || !document.staff?.[0]) throw new Error('the fixture has no such people');
  group.members[1] = { ...group.members[1], addresses };
  document.staff[0] = { ...document.staff[0], addresses };
  return document;
};
const bring = (addresses: Record<string, string>, whatsApp?: 'whatsapp-cloud' | 'whatsapp-web') =>
  importProgramme(database, secrets, { form: formOf(withAddresses(addresses)), ...means(), whatsApp });

/** The channels on which this is somebody's address, with how many seats and staff it speaks for. */
const reached = async (value: string): Promise<string[]> => {
  const { rows } = await database.pool.query<{ channel: string; index: Buffer; people: string }>(
    `select channel, value_index as index, (select count(*) from member_address m where m.address_id = a.id)
            + (select count(*) from staff_address s where s.address_id = a.id) as people from address a`,
  );
  return rows
    .filter(({ channel, index }) => index.equals(secrets.blindIndex(channel, value)))
    .map(({ channel, people }) => `${channel}: ${people}`);
};

describe.each([
  ['whatsapp-cloud', identityOf({ phone: ON_WHATSAPP })?.address],
  ['whatsapp-web', addressOf(ON_WHATSAPP, undefined)],
] as const)('where %s runs', (channel, address = 'none') => {
  test('she is linked by the address that the channel names her with', async () => {
    const report = await bring({ whatsapp: WRITTEN }, channel);
    expect(report).toMatchObject({ linked: 5 });
    expect(await reached(address)).toEqual([`${channel}: 2`]);
  });

  test('an export writes her number again, and it comes in elsewhere', async () => {
    await bring({ whatsapp: WRITTEN }, channel);
    const [exported] = await exportProgrammes(database, secrets);
    const addresses = { whatsapp: '+526640000102' };
    expect(exported?.groups[0]?.members[1]).toMatchObject({ addresses });
    expect(exported?.staff?.[0]).toMatchObject({ addresses });
  });
});

describe('where no WhatsApp runs', () => {
  test('the number is only noted: she is not linked, and has a code', async () => {
    const report = await bring({ whatsapp: WRITTEN });
    expect(report).toMatchObject({ linked: 4 });
    expect(report.invites).toContainEqual(expect.objectContaining({ number: 2, name: 'Fabiola Soto' }));
    expect(await reached('+526640000102')).toEqual(['phone: 2']);
  });

  test('the same number as a telephone too is noted once', async () => {
    await bring({ whatsapp: WRITTEN, phone: '+526640000102' });
    expect(await reached('+526640000102')).toEqual(['phone: 2']);
  });

  test('Telegram links her all the same', async () => {
    expect(await bring({ whatsapp: WRITTEN, telegram: '700002' })).toMatchObject({ linked: 5 });
  });
});

test('without her yes no number of hers on WhatsApp is kept, wherever it runs', async () => {
  for (const whatsApp of ['whatsapp-cloud', undefined] as const) {
    await emptied(database);
    const document = withAddresses({ whatsapp: WRITTEN });
    const member = document.groups[0]?.members[1];
    if (member) delete member.consented;
    if (document.staff?.[0]) document.staff[0] = { ...document.staff[0], addresses: { telegram: '800001' } };
    await importProgramme(database, secrets, { form: formOf(document), ...means(), whatsApp });
    expect(await reached('+526640000102')).toEqual([]);
    expect(await reached('526640000102')).toEqual([]);
  }
});

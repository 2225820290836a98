// The links of invitations for a pilot telephone: the running program keeps its number, the command line reads it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { inviteLinks } from '../../src/cli/invite-links.ts';
import type { WhatsAppWebConfig } from '../../src/config.ts';
import type { Database } from '../../src/store/database.ts';
import { keepLinkedPhone, linkedPhone } from '../../src/store/linked-phone.ts';
import { testDatabase } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const whatsAppWeb: WhatsAppWebConfig = { folder: 'none', executablePath: undefined, dailyMax: 200 };
const linksNow = async (web: WhatsAppWebConfig | undefined) => {
  const phone = await linkedPhone(database.pool);
  const { linksOf, withoutPilot } = await inviteLinks(
    { telegram: undefined, whatsAppCloud: undefined, whatsAppWeb: web },
    phone,
  );
  return { links: linksOf('KMPRTAAAAB'), withoutPilot };
};

test('none before a telephone was linked; then of the one that was linked last', async () => {
  expect(await linksNow(whatsAppWeb)).toEqual({ links: [], withoutPilot: true });
  await keepLinkedPhone(database.pool, '525550100122');
  await keepLinkedPhone(database.pool, '525550100123');
  const links = ['https://wa.me/525550100123?text=UNIRME%20KMPRTAAAAB'];
  expect(await linksNow(whatsAppWeb)).toEqual({ links, withoutPilot: false });
});

test('none where the pilot is over', async () => {
  await keepLinkedPhone(database.pool, '525550100123');
  expect(await linksNow(undefined)).toEqual({ links: [], withoutPilot: false });
});

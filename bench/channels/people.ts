// Invented groups for the channels, brought in by the program's own import. Their dates follow today's: the program that
// is measured has the real clock.

import { Temporal } from 'temporal-polyfill';
import { idMaker } from '../../src/app/new-id.ts';
import { readProgrammeFile } from '../../src/app/programme-file.ts';
import type { Database } from '../../src/store/database.ts';
import { importProgramme } from '../../src/store/import-programme.ts';
import type { GroupDocument } from '../../src/store/import-schema.ts';
import { drawInviteCode } from '../../src/store/invite-code.ts';
import type { Secrets } from '../../src/store/secrets.ts';
import { daysFromToday, groupOf } from '../../tests/support/telegram-world.ts';

/** The names of a group, its leader's first. They sound different, so that a list names nobody twice. */
export const NAMES = ['Rosa', 'Ana', 'Petra', 'Carmen', 'Dolores', 'Elena'] as const;
const LAST_NAME = 'Hernández';
const FIRST_TELEGRAM_ID = 7_000_000_000;
const FIRST_NUMBER = 5_550_000_000;
/** Far from today, so that no reminder falls into a measurement. */
const DAYS_TO_MEETING = 3;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The nth person on Telegram. Persons are numbered from 0, group after group, each group's leader first. */
export const telegramIdOf = (n: number): number => FIRST_TELEGRAM_ID + n;

/** The nth person on WhatsApp: 52 and ten digits. */
export const numberOf = (n: number): string => `52${FIRST_NUMBER + n}`;

/** Imports so many groups; then everybody is reached on this channel and on no other. */
export const bringPeople = async (
  store: { readonly database: Database; readonly secrets: Secrets },
  channel: string,
  groups: number,
): Promise<void> => {
  const now = Temporal.Now.instant();
  const document = {
    programme: { name: 'Marea', language: 'es' as const, currency: 'MXN' as const, notices: 'open' as const },
    groups: Array.from({ length: groups }, (_, g) => groupDocument(g)),
  };
  const reading = readProgrammeFile(JSON.stringify(document), { now });
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const means = { now, newId: idMaker(), newCode: drawInviteCode };
  await importProgramme(store.database, store.secrets, { form: reading.programme, ...means });
  if (channel.startsWith('whatsapp-')) await moveToWhatsApp(store, channel);
};

const groupDocument = (g: number): GroupDocument => {
  const group = groupOf(
    `Las Jacarandas ${g}`,
    NAMES.map((name, index) => ({
      number: index + 1,
      name: `${name} ${LAST_NAME}`,
      role: index === 0 ? 'leader' : index === 1 ? 'treasurer' : 'member',
      addresses: { telegram: String(telegramIdOf(g * NAMES.length + index)) },
      consented: daysFromToday(-60),
    })),
  );
  const meeting = Temporal.Now.plainDateISO('UTC').add({ days: DAYS_TO_MEETING });
  const weekday = WEEKDAYS[meeting.dayOfWeek - 1] ?? 'monday';
  return { ...group, meeting: { weekday, time: '10:00' } };
};

type AddressRow = { id: string; value: Buffer; key: Buffer };

/** As if each had come by herself from that channel: the same rows, sealed and indexed anew. */
const moveToWhatsApp = async (
  { database, secrets }: { readonly database: Database; readonly secrets: Secrets },
  channel: string,
): Promise<void> => {
  const { rows } = await database.pool.query<AddressRow>(
    'select a.id, a.value, k.wrapped as key from address a join data_key k on k.id = a.id',
  );
  for (const { id, value, key } of rows) {
    const place = { table: 'address', column: 'value', rowId: id };
    const dataKey = secrets.unwrap(key);
    const number = numberOf(Number(secrets.open(dataKey, place, value)) - FIRST_TELEGRAM_ID);
    await database.pool.query('update address set channel = $2, value = $3, value_index = $4 where id = $1', [
      id,
      channel,
      secrets.seal(dataKey, place, number),
      secrets.blindIndex(channel, number),
    ]);
  }
};

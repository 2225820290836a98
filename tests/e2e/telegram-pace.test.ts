// How much Telegram is sent in any one second, counted where it arrives: at an emulated Bot API.

import { afterEach, expect, test, vi } from 'vitest';
import type { ProgrammeDocument } from '../../src/store/import-schema.ts';
import {
  allWell,
  daysFromToday,
  eventually,
  groupOf,
  openTelegramWorld,
  type TelegramWorld,
} from '../support/telegram-world.ts';

vi.setConfig({ testTimeout: 120_000 });

/** What Telegram allows (its FAQ): so many a second to all, one a second to each. */
const PER_SECOND = 30;
const PEOPLE = 70;
const FIRST_ID = 820_001;

const many: ProgrammeDocument = {
  programme: { name: 'Marea', language: 'es', currency: 'MXN', notices: 'open' },
  groups: [
    groupOf(
      'Brisa del Istmo',
      Array.from({ length: PEOPLE }, (_, n) => ({
        number: n + 1,
        name: `Socia ${String.fromCodePoint(65 + (n % 26))}${String.fromCodePoint(97 + Math.floor(n / 26))} Luis`,
        role: n === 0 ? ('leader' as const) : ('member' as const),
        addresses: { telegram: String(FIRST_ID + n) },
        consented: daysFromToday(-60),
      })),
    ),
  ],
};

let world: TelegramWorld | undefined;
afterEach(async () => {
  expect(await world?.finish()).toEqual(allWell);
  world = undefined;
});

test('M7 seventy who ask at once, twice each, are answered within what Telegram allows', async () => {
  const { api } = (world = await openTelegramWorld({ programme: many }));
  const people = Array.from({ length: PEOPLE }, (_, n) => api.person(FIRST_ID + n));
  for (const person of [...people, ...people]) person.says('saldo');
  const sends = () => api.calls.filter(({ method }) => method.startsWith('send'));
  await eventually(sends, (calls) => calls.length >= 2 * PEOPLE);
  const calls = sends();
  const inSecond = calls.map(({ at }) => calls.filter((c) => c.at >= at && c.at < at + 1_000).length);
  expect(Math.max(...inSecond)).toBeLessThanOrEqual(PER_SECOND);
  for (const person of people) {
    const own = calls.filter(({ params }) => String(params['chat_id']) === String(person.id));
    expect(own).toHaveLength(2);
    expect((own[1]?.at ?? 0) - (own[0]?.at ?? 0)).toBeGreaterThanOrEqual(980);
  }
});

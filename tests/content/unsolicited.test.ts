// What nobody asked for may light up on a screen that somebody else sees: its beginning gives nothing away.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dateWords, timeWords } from '../../src/content/format.ts';
import { everyNotice, KINDS } from '../support/every-notice.ts';
import { locales, type Scene } from '../support/scene.ts';

/** What a locked telephone shows of a message. */
const PREVIEW_CHARS = 40;

type Unsolicited = { kind: string; name: string; language: 'es' | 'en'; text: string };
const seen: Unsolicited[] = [];
let scene: Scene;

/** The words are dropped when they have gone out, so they are taken from the channel, in the order of the record. */
const collect = async (language: 'es' | 'en'): Promise<void> => {
  const { rows } = await scene.world.store.pool.query<{
    id: string;
    kind: string;
    unsolicited: boolean;
    value: Buffer;
    key: Buffer;
    address: string;
  }>(
    `select o.id, o.kind, o.unsolicited, a.value, k.wrapped as key, a.id as address
       from outbox o join address a on a.id = o.address_id join data_key k on k.id = a.id
      where o.state = 'sent' order by o.sent_at, o.id`,
  );
  const { secrets } = scene.world.store;
  const taken = new Map<string, number>();
  for (const row of rows) {
    const place = { table: 'address', column: 'value', rowId: row.address };
    const address = secrets.open(secrets.unwrap(row.key), place, row.value);
    const nth = taken.get(address) ?? 0;
    taken.set(address, nth + 1);
    const message = scene.channel.to(address)[nth];
    if (!row.unsolicited || !message) continue;
    const name = scene.world.people.find((person) => person.id === address)?.name ?? '';
    seen.push({ kind: row.kind, name, language, text: message.text });
  }
};

beforeAll(async () => {
  for (const language of ['es', 'en'] as const) {
    scene = await everyNotice(language);
    await collect(language);
    if (language === 'es') await scene.close();
  }
});
afterAll(() => scene.close());

/** They begin with words of their own, and not with those of every notice. */
const OWN_OPENING = new Set(['reminder', 'late', 'lesson', 'broadcast', 'telephone']);

const preview = (text: string): string => text.slice(0, PREVIEW_CHARS);
/** Words of money and of what the group does, as they stand in our texts. */
const TOPIC =
  /pes[oa]s?\b|ahorro|préstamo|pago|pagu|recibo|multa|caja|grupo|libreta|reuni|saldo|saving|loan|pay|receipt|fine|group|passbook|meeting|\$/i;

test('what staff did not ask for names no member: they see her name when they open it, which leaves a row', () => {
  const staff = scene.world.people.filter(({ role }) => role === 'staff').map(({ name }) => name);
  const names = scene.world.people
    .filter(({ role }) => role !== 'staff')
    .map(({ name }) => name.split(' ')[0]);
  const told = seen.filter(({ name }) => staff.includes(name));
  expect([...new Set(told.map(({ kind }) => kind))]).toEqual(
    expect.arrayContaining(['help', 'talk', 'dispute', 'rights', 'odd', 'broadcast-report']),
  );
  for (const { kind, text } of told) for (const name of names) expect(text, kind).not.toContain(name);
});

test.each(['es', 'en'])('this story has every kind of unsolicited message in %s', (language) => {
  const kinds = seen.filter((one) => one.language === language).map((one) => one.kind);
  expect([...new Set(kinds)].toSorted()).toEqual(Object.keys(KINDS).toSorted());
});

describe('the first forty characters of what nobody asked for', () => {
  test('have no group, no topic, no money and nobody’s name but her own', () => {
    for (const { kind, name, text } of seen) {
      const shown = preview(text);
      const others = scene.world.people.flatMap((person) =>
        person.name === name ? [] : person.name.split(' '),
      );
      expect(shown, kind).not.toMatch(TOPIC);
      for (const word of [...others, 'Jacarandas', 'Ximena', 'Luna']) expect(shown, kind).not.toContain(word);
    }
  });

  test('have no digit, but for the day of a reminder', () => {
    const meeting = scene.world.now.toZonedDateTimeISO('America/Tijuana').toPlainDate().add({ days: 1 });
    for (const { kind, language, text } of seen) {
      const day = dateWords(meeting, language);
      const start = kind === 'reminder' ? text.indexOf(day) : PREVIEW_CHARS;
      const outside = preview(text).slice(0, start) + preview(text).slice(start + day.length);
      expect(outside, kind).not.toMatch(/\d/);
    }
  });

  test('are in the language of who reads them', () => {
    for (const { name, language, text } of seen.filter(({ kind }) => !OWN_OPENING.has(kind))) {
      const opener = locales.texts[language]['notice.opener']?.replace('{{name}}', name.split(' ')[0] ?? '');
      expect(opener).toBeTruthy();
      expect(text.startsWith(opener ?? '')).toBe(true);
    }
  });
});

test('a message to many opens with the same neutral words in her language', () => {
  const opened = seen.filter(({ kind }) => kind === 'broadcast');
  expect(opened.length).toBeGreaterThan(1);
  for (const { language, text } of opened)
    expect(text.startsWith(locales.texts[language]['broadcast.opener'] ?? 'none')).toBe(true);
});

test('the announcement of a lesson tells nothing from its first word to its last, and is in her language', () => {
  const announced = seen.filter(({ kind }) => kind === 'lesson');
  expect(announced.length).toBeGreaterThan(5);
  for (const { name, language, text } of announced) {
    const title = language === 'es' ? 'Juntas es mejor' : 'Better together';
    const said = locales.texts[language]['lesson.announce-draft']
      ?.replace('{{name}}', name.split(' ')[0] ?? '')
      .replace('{{title}}', title);
    expect(text).toBe(said);
    expect(text).not.toMatch(TOPIC);
    expect(text).not.toMatch(/\d/);
  }
});

test('a reminder has no amount, no group and no purpose from its first word to its last', () => {
  const reminders = seen.filter(({ kind }) => kind === 'reminder');
  expect(reminders.length).toBeGreaterThan(5);
  for (const { language, text } of reminders) {
    const meeting = scene.world.now.toZonedDateTimeISO('America/Tijuana').toPlainDate().add({ days: 1 });
    const plain = text
      .replace(dateWords(meeting, language), '')
      .replace(timeWords(meeting.toPlainDateTime({ hour: 17 }).toPlainTime(), language), '');
    expect(plain).not.toMatch(/\d|\$|peso|ahorro|préstamo|grupo|caja|saving|loan|group/i);
    expect(plain).not.toContain('Jacarandas');
  }
});

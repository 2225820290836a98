// What nobody asked for may light up on a screen that somebody else sees: its beginning gives nothing away.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dateWords, timeWords } from '../../src/content/format.ts';
import type { NoticeKind } from '../../src/conversation/outcome.ts';
import { JACARANDAS, locales, openScene, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

/** What a locked telephone shows of a message. */
const PREVIEW_CHARS = 40;

const KINDS: Record<NoticeKind | 'broadcast' | 'reminder' | 'late' | 'digest' | 'cycle' | 'lesson', true> = {
  receipt: true,
  correction: true,
  ask: true,
  answer: true,
  loan: true,
  meeting: true,
  closing: true,
  cover: true,
  fine: true,
  draw: true,
  dispute: true,
  help: true,
  talk: true,
  rights: true,
  odd: true,
  join: true,
  expired: true,
  telephone: true,
  'broadcast-report': true,
  broadcast: true,
  late: true,
  digest: true,
  cycle: true,
  reminder: true,
  lesson: true,
};

type Unsolicited = { kind: string; name: string; language: 'es' | 'en'; text: string };
const seen: Unsolicited[] = [];
let scene: Scene;

/** Presses the newest button that she has of this kind, whatever its words are. */
const tap = async (name: string, kind: string): Promise<void> => {
  const choices = scene.heard(name).flatMap((message) => message.choices);
  const found = choices.findLast(({ payload }) => payload.startsWith(kind));
  if (!found) throw new Error(`${name} has no button ${kind}`);
  await press(name, found.payload);
};

const press = (name: string, payload: string): Promise<void> => scene.post(name, { type: 'button', payload });

/** A world in which every kind of notice is sent to somebody, in the language that its people chose. */
const drive = async (language: 'es' | 'en'): Promise<void> => {
  scene = await openScene({ header: `${JACARANDAS}\nlecciones en borrador` });
  await scene.world.store.pool.query(`update savings_group set created_at = '2026-11-24'`);
  if (language === 'en') {
    await scene.world.store.pool.query(`update member set language = 'en'; update staff set language = 'en'`);
  }
  const yes = language === 'es' ? 'sí' : 'yes';
  await scene.say('Rosa', 'Ana 100, Consuelo 60');
  await scene.say('Rosa', yes);
  await scene.say('Ana', 'no');
  await scene.say('Ana', '1');
  await scene.say('Rosa', language === 'es' ? 'pendientes' : 'pending');
  await scene.say('Rosa', '1');
  await scene.say('Rosa', '80');
  await scene.say('Rosa', yes);
  await scene.say('Consuelo', language === 'es' ? 'ya pagué 40' : 'I paid 40');
  await tap('Guadalupe', 'pay:no');
  // The box of this group is empty: something to lend is put into it, for the words only.
  await scene.world.store.pool.query(
    `update account set balance_minor = 100000 where name = 'cash/loan-fund'`,
  );
  for (const text of [
    language === 'es' ? 'quiero un préstamo de 100' : 'I need a loan of 100',
    '1',
    '1',
    yes,
  ]) {
    await scene.say('Ana', text);
  }
  const { rows } = await scene.world.store.pool.query<{ box: string }>(
    `select round(balance_minor / 100.0, 2)::text as box from account
      where name in ('cash/loan-fund', 'cash/savings-pot') and group_id = (select group_id from loan_request) order by name`,
  );
  await press('Rosa', 'meeting:open:yes');
  await press('Rosa', 'meeting:count');
  for (const { box } of rows) await scene.say('Rosa', box);
  await tap('Rosa', 'meeting-count:close');
  await scene.world.store.pool.query(`insert into group_rules (group_id, version, constitution, since)
    select group_id, 2, jsonb_set(constitution, '{closing}', '"annual-pool"'), since from group_rules`);
  await scene.world.store.pool.query(`update savings_group set rules_version = 2`);
  await press('Rosa', 'cover');
  await tap('Rosa', 'cover:who');
  await tap('Rosa', 'cover:how:equal');
  await tap('Rosa', 'cover:propose');
  await tap('Guadalupe', 'cover:yes');
  await press('Guadalupe', 'cover');
  await tap('Guadalupe', 'cover:back');
  await scene.say('Guadalupe', '1015');
  await scene.say('Guadalupe', '1');
  await tap('Rosa', 'second:yes');
  // A draw under the rules that close by lots, while there is something to draw for.
  await scene.world.store.pool.query(`update savings_group set rules_version = 1`);
  await press('Rosa', 'closing');
  await scene.say('Rosa', '1');
  await scene.world.store.pool.query(`update savings_group set rules_version = 2`);
  await press('Rosa', 'closing');
  await tap('Rosa', 'closing:');
  await tap('Guadalupe', 'closing:yes');
  for (const text of [language === 'es' ? 'multa a Ana 10' : 'fine Ana 10', '1'])
    await scene.say('Rosa', text);
  const broadcast =
    language === 'es'
      ? ['mandar un mensaje', 'El sábado hay taller.', 'líderes', 'enviar 1']
      : ['send a message', 'There is a workshop on Saturday.', 'leaders', 'send 1'];
  for (const text of broadcast) await scene.say('Marta', text);
  await scene.say('Petra', language === 'es' ? 'hablar con una persona' : 'talk to a person');
  await scene.say(
    'Petra',
    language === 'es' ? 'me da pena preguntar por mi recibo' : 'I am too shy to ask about it',
  );
  for (const text of [language === 'es' ? 'conversaciones' : 'conversations', '1', '1', 'Yo pregunto.'])
    await scene.say('Marta', text);
  await press('Petra', 'rights:name');
  await scene.say('Petra', 'Petra Gomes');
  const code = scene.world.codes.get('Las Jacarandas') ?? '';
  for (const text of [`UNIRME ${code}`, language === 'es' ? 'sí' : 'si', 'Ximena Luna']) {
    await scene.app.receive({
      channel: 'simulator',
      messageId: `${text}-${language}`,
      address: 'a-newcomer',
      receivedAt: scene.world.now.toString(),
      body: { type: 'text', text },
    });
    await scene.app.delivery.idle();
  }
  await scene.say('Consuelo', language === 'es' ? 'ya pagué 30' : 'I paid 30');
  // The Thursday after the meeting is a day of lessons.
  await scene.app.tick();
  await tickAt('2026-11-26 18:00 America/Tijuana');
  await tickAt(MONDAY);
  // What the clock alone sends: after the meeting, to who owes and to officers; and what nobody answered for two weeks.
  await scene.say('Rosa', 'Consuelo 20');
  await scene.say('Rosa', yes);
  await scene.world.store.pool.query('update savings_group set late_reminders = true');
  await tickAt('2026-12-02 18:00 America/Tijuana');
  await scene.world.store.pool.query(`update cycle set ends = '2026-12-20' where closed_at is null`);
  await tickAt('2026-12-08 19:30 America/Tijuana');
  // Three of five want nothing any more: staff hear on Monday that something is worth a look.
  for (const name of ['Ana', 'Petra', 'Consuelo']) await scene.say(name, 'BAJA');
  await tickAt('2026-12-14 10:00 America/Tijuana');
  // Nothing was heard from her for fifty days.
  await scene.world.store.pool.query(
    `update address a set spoke_at = now() - interval '50 days' from member_address m where m.address_id = a.id and m.member_id = $1`,
    [scene.world.person('Guadalupe').id],
  );
  await tickAt('2026-12-14 10:05 America/Tijuana');
  scene.world.now = instantOf(MONDAY);
};

const MONDAY = '2026-11-30 18:00 America/Tijuana';

const tickAt = async (at: string): Promise<void> => {
  scene.world.now = instantOf(at);
  await scene.app.tick();
  await scene.app.delivery.idle();
};

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
    await drive(language);
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

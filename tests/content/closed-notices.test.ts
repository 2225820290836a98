// A partner who holds the telephone learns nothing from what arrives unasked: one line, the same whatever it is about.

import { afterEach, describe, expect, test } from 'vitest';
import { loadTemplates } from '../../src/app/load-templates.ts';
import { filledBody } from '../../src/content/templates.ts';
import { everyNotice, KINDS } from '../support/every-notice.ts';
import { documentOf, formOf, orilla } from '../support/programme.ts';
import { JACARANDAS, locales, type Scene } from '../support/scene.ts';

const CLOSED = `${JACARANDAS.replace('17:00', '17:00, firmas en el chat')}\nlecciones en borrador\navisos cerrados`;
const templates = loadTemplates(new URL('../../locales/', import.meta.url));

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

type Arrived = { readonly kind: string; readonly name: string; readonly words: string };

/** All that went out to members without being asked for, with its choices, in the order in which it did. */
const arrived = async ({ world, channel }: Scene): Promise<Arrived[]> => {
  const { rows } = await world.store.pool.query<{
    kind: string;
    unsolicited: boolean;
    member_id: string | null;
    value: Buffer;
    key: Buffer;
    address: string;
  }>(
    `select o.kind, o.unsolicited, o.member_id, a.value, k.wrapped as key, a.id as address
       from outbox o join address a on a.id = o.address_id join data_key k on k.id = a.id
      where o.state = 'sent' order by o.sent_at, o.id`,
  );
  const { secrets } = world.store;
  const taken = new Map<string, number>();
  return rows.flatMap(({ kind, unsolicited, member_id, value, key, address }) => {
    const at = secrets.open(
      secrets.unwrap(key),
      { table: 'address', column: 'value', rowId: address },
      value,
    );
    const nth = taken.get(at) ?? 0;
    taken.set(at, nth + 1);
    const message = channel.to(at)[nth];
    if (!unsolicited || member_id === null || !message) return [];
    const { template, text, choices } = message;
    const prepared = template && templates[template.language][template.key];
    const said = template && prepared ? filledBody(prepared.body, template.values) : text;
    const name = world.people.find((person) => person.id === at)?.name ?? '';
    const offered = template ? [] : choices.map(({ label }) => label);
    return [{ kind, name, words: [said, ...offered].join('\n') }];
  });
};

/** Answered by "1", whatever it is about. */
const withoutAnswer = (words: string): string => words.replace(/\b1\b/u, '');

describe.each([
  ['Telegram', undefined],
  ['WhatsApp', 24],
] as const)('as %s', (_name, windowHours) => {
  test.each(['es', 'en'] as const)('nothing of any kind tells anything, in %s', async (language) => {
    scene = await everyNotice(language, { header: CLOSED, ...(windowHours && { windowHours }) });
    const all = await arrived(scene);
    const people = scene.world.people.flatMap(({ name }) => name.split(' '));
    const telling = [...people, 'Ximena', 'Luna', 'Jacarandas', 'Raíces'];
    expect(all.length).toBeGreaterThan(10);
    for (const { kind, name, words } of all) {
      // The announcement of a lesson calls her by her own first name, and says no more.
      const own = kind === 'lesson' ? name.split(' ')[0] : undefined;
      expect(withoutAnswer(words), kind).not.toMatch(/[\d$]|peso|centavo/iu);
      for (const word of telling) if (word !== own) expect(words, kind).not.toContain(word);
    }
    // Whatever it is about, it is the one line, or its prepared words.
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['invitation', 'lesson']));
    const lines = new Set(all.filter(({ kind }) => kind === 'invitation').map(({ words }) => words));
    const line = `${locales.texts[language]['closed.line']}\n${locales.texts[language]['closed.see']}`;
    const prepared = ['waiting', 'announcement'].map((key) => templates[language][key]?.body);
    expect([...lines].filter((words) => words !== line && !prepared.includes(words))).toEqual([]);
  });
});

test('all of it is kept, of every kind that members are sent', async () => {
  scene = await everyNotice('es', { header: CLOSED });
  const { rows } = await scene.world.store.pool.query<{ kind: string }>(
    `select distinct kind from outbox where member_id is not null and kind not in ('reply', 'erase', 'invitation')
       and (state in ('held', 'sent') or reason = 'paid')`,
  );
  // These are for staff alone.
  const staff = ['help', 'rights', 'odd', 'broadcast-report'];
  const members = Object.keys(KINDS).filter((kind) => !staff.includes(kind));
  expect(rows.map(({ kind }) => kind).toSorted()).toEqual(members.toSorted());
});

test('prepared words of closed notices have no place for a name, an amount or a day', () => {
  for (const of of Object.values(templates)) {
    for (const key of ['waiting', 'announcement']) {
      expect(of[key]?.values).toEqual([]);
      expect(withoutAnswer(of[key]?.body ?? '1')).not.toMatch(/[\d{}$]/u);
    }
  }
});

test('notices are closed when a programme says nothing of them', () => {
  expect(formOf(documentOf(orilla)).programme.notices).toBe('closed');
});

// A message that changes an earlier one (progress): it is shown only where the platform can edit.

import { afterEach, expect, test } from 'vitest';
import { idMaker } from '../../src/app/new-id.ts';
import type { OutgoingMessage } from '../../src/conversation/message.ts';
import { openScene, passSeconds, type Scene } from '../support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const newId = idMaker();

/** Queues a message to her, as a commit does, and has it sent. */
const queue = async (name: string, message: OutgoingMessage): Promise<string> => {
  const { pool, secrets } = scene.world.store;
  const id = newId();
  await pool.query(
    `insert into outbox (id, channel, address_id, kind, lane, unsolicited, body)
       select $1, 'simulator', address_id, 'notice', 0, false, $3 from member_address where member_id = $2`,
    [id, scene.world.person(name).id, secrets.outboxSeal(id, JSON.stringify(message))],
  );
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
  return id;
};

const words = (text: string): OutgoingMessage => ({ text, choices: [] });

const became = async (id: string): Promise<string> => {
  const { rows } = await scene.world.store.pool.query<{ what: string }>(
    `select concat_ws(' ', state, reason, sent_as, (body is null)::text) as what from outbox where id = $1`,
    [id],
  );
  return rows[0]?.what ?? '';
};

test('an edit changes the words of the earlier message, and no new one is sent', async () => {
  scene = await openScene();
  const first = await queue('Rosa', words('Enviados: 1 de 9.'));
  const second = await queue('Rosa', { ...words('Enviados: 9 de 9.'), edits: first });
  expect(scene.heard('Rosa').map(({ text }) => text)).toEqual(['Enviados: 1 de 9.']);
  expect(scene.channel.edited).toEqual([{ sentId: 'sent-1', text: 'Enviados: 9 de 9.' }]);
  expect(await became(second)).toBe('sent edit true');
});

test('an edit that the platform puts off goes later', async () => {
  scene = await openScene();
  const first = await queue('Rosa', words('Enviados: 1 de 9.'));
  const rosa = scene.world.person('Rosa').id;
  scene.channel.failTo(rosa, { type: 'retry-after', seconds: 5, scope: 'chat' });
  const second = await queue('Rosa', { ...words('Enviados: 9 de 9.'), edits: first });
  expect(await became(second)).toBe('queued retry-after false');
  await passSeconds(scene.world, 6);
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
  expect(scene.channel.edited).toHaveLength(1);
});

test.each([
  ['on a channel that edits nothing', 'no edit'],
  ['of a message that never went out', 'never sent'],
  ["of somebody else's message", 'not hers'],
] as const)('an edit %s is skipped: nothing is shown to her', async (_, why) => {
  scene = await openScene();
  if (why === 'no edit') Object.assign(scene.channel, { edit: undefined });
  if (why === 'never sent') scene.channel.failTo(scene.world.person('Rosa').id, { type: 'undeliverable' });
  const first = await queue(why === 'not hers' ? 'Ana' : 'Rosa', words('Enviados: 1 de 9.'));
  const heard = scene.heard('Rosa').length;
  const second = await queue('Rosa', { ...words('Enviados: 9 de 9.'), edits: first });
  expect(await became(second)).toBe('skipped no-edit true');
  expect(scene.channel.edited).toEqual([]);
  expect(scene.heard('Rosa')).toHaveLength(heard);
});

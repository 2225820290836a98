// Conversations of members with staff: who sees them, what of them is kept and how long, and what belongs to one.

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgetWords } from '../../src/store/housekeeping.ts';
import { forgetUnusedMedia } from '../../src/store/media.ts';
import { JACARANDAS, label, locales, openScene, type Scene } from '../support/scene.ts';
import { voiceNote } from '../support/voice-note.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: `${JACARANDAS}\nequipo Julia Ortiz` });
});
afterEach(() => scene.close());

const WORDS = 'no me dieron mi recibo y me da pena preguntar';
const ANSWER = 'mañana le pregunto a la tesorera';

const rows = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await scene.world.store.pool.query(sql, values)).rows as Row[];
const talks = () =>
  rows<{ id: string; state: string; broadcast_id: string | null; assigned_to: string | null }>(
    'select id, state, broadcast_id, assigned_to from talk order by opened_at, id',
  );
const lines = async (): Promise<number> => (await rows('select 1 from talk_line')).length;
const texts = (messages: readonly { text: string }[]): string => messages.map(({ text }) => text).join('\n');

/** Ana has asked for a person and said why; the staff have read nothing yet. */
const anaWrites = async (): Promise<string> => {
  await scene.say('Ana', 'quiero hablar con una persona');
  await scene.say('Ana', WORDS);
  return (await talks())[0]?.id ?? '';
};

const martaAnswers = async (): Promise<void> => {
  await scene.say('Marta', 'conversaciones');
  await scene.say('Marta', '1');
  await scene.press('Marta', label('talks.answer'));
  await scene.say('Marta', ANSWER);
};

/** What she writes under one of our messages, which the fake platform knows by its place among its sends. */
const answersTo = async (name: string, sentId: string, text: string) => {
  const before = scene.heard(name).length;
  await scene.app.receive({
    channel: 'simulator',
    messageId: randomUUID(),
    address: scene.world.person(name).id,
    receivedAt: scene.world.now.toString(),
    repliesTo: sentId,
    body: { type: 'text', text },
  });
  await scene.app.delivery.idle();
  return scene.heard(name).slice(before);
};

const sentIdOf = async (kind: string, name: string): Promise<string> => {
  const [row] = await rows<{ sent_id: string }>(
    `select sent_id from outbox where kind = $1 and member_id = $2 and state = 'sent' order by id desc limit 1`,
    [kind, scene.world.person(name).id],
  );
  return row?.sent_id ?? '';
};

/** A message to many that reached her so many hours ago. */
const broadcastTo = async (name: string, hoursAgo: number): Promise<{ id: string; sentId: string }> => {
  const id = randomUUID();
  const sentId = `broadcast-${id}`;
  await rows(
    `insert into broadcast (id, programme_id, number, author_id, state, content, audience, people, created_at)
       select $1, s.programme_id, 1, s.id, 'done', '\\x00', '{}', 1, now() from staff s where s.id = $2`,
    [id, scene.world.person('Marta').id],
  );
  await rows(
    `insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, broadcast_id, state, sent_id, sent_at)
       select $1, 'simulator', address_id, group_id, member_id, 'broadcast', 1, true, $2, 'sent', $3, now() - make_interval(hours => $4)
         from member_address where member_id = $5`,
    [randomUUID(), id, sentId, hoursAgo, scene.world.person(name).id],
  );
  return { id, sentId };
};

const ASKED_SEND = locales.texts.es['talk.ask-send'] ?? '';
const ASKED_ANSWER = locales.texts.es['talk.ask-answer'] ?? '';
const passed = (messages: readonly { text: string }[]): boolean =>
  texts(messages).includes('Se lo pasé al equipo de Raíces');

describe('who sees a conversation', () => {
  test('staff of another programme neither find it in their list nor open it with a button that names it', async () => {
    const id = await anaWrites();
    await rows(
      `insert into programme (id, name, language, currency) select $1, 'Otra', language, currency from programme`,
      ['019a0000-0000-7000-8000-00000000aaaa'],
    );
    await rows(`update staff set programme_id = '019a0000-0000-7000-8000-00000000aaaa' where id = $1`, [
      scene.world.person('Julia').id,
    ]);
    expect(texts(await scene.say('Julia', 'conversaciones'))).toContain(label('talks.none'));
    for (const payload of [
      `talks:open:${id}`,
      `talks:answer:${id}`,
      `talks:take:${id}`,
      `talks:close:${id}`,
    ]) {
      await scene.post('Julia', { type: 'button', payload });
      expect(scene.heard('Julia').at(-1)?.text).toBe(label('talks.gone'));
    }
    expect(await talks()).toMatchObject([{ state: 'open', assigned_to: null }]);
    expect(await rows('select 1 from audit')).toEqual([]);
  });

  test('a leader hears nothing of it, and a button of it does nothing for her', async () => {
    const id = await anaWrites();
    await scene.post('Rosa', { type: 'button', payload: `talks:open:${id}` });
    await scene.say('Rosa', 'conversaciones');
    const heard = texts(scene.heard('Rosa'));
    expect(heard).not.toContain('recibo y me da pena');
    expect(heard).not.toContain('hablar con una persona');
    expect(texts(scene.heard('Guadalupe'))).toBe('');
  });

  test('every name that staff are shown is written down, with who saw it', async () => {
    await anaWrites();
    await martaAnswers();
    const [marta, ana] = [scene.world.person('Marta').id, scene.world.person('Ana').id];
    expect(await rows('select actor, action, subject from audit order by seq')).toEqual([
      { actor: `staff/${marta}`, action: 'talk-listed', subject: `member/${ana}` },
      { actor: `staff/${marta}`, action: 'talk-read', subject: `member/${ana}` },
      { actor: `staff/${marta}`, action: 'talk-answering', subject: `member/${ana}` },
      { actor: `staff/${marta}`, action: 'talk-answered', subject: `member/${ana}` },
    ]);
  });
});

describe('what is kept of it', () => {
  test('words are sealed under the key of the member, hers and those of staff', async () => {
    await anaWrites();
    await martaAnswers();
    const { secrets } = scene.world.store;
    const kept = await rows<{ id: string; body: Buffer; wrapped: Buffer }>(
      `select l.id, l.body, k.wrapped from talk_line l join talk t on t.id = l.talk_id join data_key k on k.id = t.member_id order by l.at, l.id`,
    );
    expect(kept.map(({ body }) => body.toString('latin1').includes('recibo'))).toEqual([false, false]);
    expect(
      kept.map(({ id, body, wrapped }) =>
        secrets.open(secrets.unwrap(wrapped), { table: 'talk_line', column: 'body', rowId: id }, body),
      ),
    ).toEqual([WORDS, ANSWER]);
  });

  test('with her key her conversation is gone from the list', async () => {
    const id = await anaWrites();
    await rows('delete from data_key where id = $1', [scene.world.person('Ana').id]);
    expect(texts(await scene.say('Marta', 'conversaciones'))).toContain(label('talks.none'));
    await scene.post('Marta', { type: 'button', payload: `talks:open:${id}` });
    expect(scene.heard('Marta').at(-1)?.text).toBe(label('talks.gone'));
  });

  test('a file stays as long as the conversation, and both go ninety days after it was closed', async () => {
    scene.channel.files.set('note', { ok: true, mime: 'audio/ogg', bytes: voiceNote(9) });
    await scene.say('Ana', 'quiero hablar con una persona');
    await scene.post('Ana', { type: 'media', kind: 'voice', ref: 'note' });
    const { pool } = scene.world.store;
    await rows('alter table media disable trigger media_append_only');
    await rows(`update media set created_at = now() - interval '3 days'`);
    await forgetUnusedMedia(pool);
    expect(await rows('select 1 from media')).toHaveLength(1);
    await scene.say('Marta', 'conversaciones');
    await scene.say('Marta', '1');
    await scene.press('Marta', label('talks.close'));
    await rows(`update talk set closed_at = now() - interval '89 days'`);
    await forgetWords(pool);
    expect(await lines()).toBe(1);
    await rows(`update talk set closed_at = now() - interval '91 days'`);
    await forgetWords(pool);
    expect([await talks(), await lines()]).toEqual([[], 0]);
    await forgetUnusedMedia(pool);
    expect(await rows('select 1 from media')).toEqual([]);
  });
});

describe('what belongs to it', () => {
  test('an answer that marks the message of staff goes to them at once; the next one that is not understood is asked about', async () => {
    await anaWrites();
    await martaAnswers();
    expect(passed(await answersTo('Ana', await sentIdOf('talk', 'Ana'), 'sí'))).toBe(true);
    expect(await lines()).toBe(3);
    scene.world.now = scene.world.now.add({ hours: 1 });
    expect(texts(await scene.say('Ana', 'la rifa del pueblo es el domingo'))).toBe(ASKED_SEND);
  });

  test('two days after the last word of staff nothing is taken for an answer', async () => {
    await anaWrites();
    await martaAnswers();
    scene.world.now = scene.world.now.add({ hours: 48 });
    expect(texts(await scene.say('Ana', 'la rifa del pueblo es el domingo'))).not.toContain(ASKED_SEND);
    expect(await lines()).toBe(2);
  });

  test('a message to many is answered: marked at once, otherwise after a yes, and not two days later', async () => {
    const { id, sentId } = await broadcastTo('Ana', 2);
    expect(passed(await answersTo('Ana', sentId, 'yo sí voy el sábado con mi hija'))).toBe(true);
    await broadcastToPetra(47);
    expect(texts(await scene.say('Petra', 'la rifa del pueblo es el domingo'))).toBe(ASKED_ANSWER);
    expect(passed(await scene.say('Petra', 'sí'))).toBe(true);
    expect((await talks()).map(({ broadcast_id }) => broadcast_id)).toEqual([id, id]);
    await rows(`update outbox set sent_at = now() - interval '49 hours' where kind = 'broadcast'`);
    await rows(`update talk set state = 'closed', closed_at = now(), closed_by = $1, waits_since = null`, [
      scene.world.person('Marta').id,
    ]);
    scene.world.now = scene.world.now.add({ hours: 2 });
    expect(texts(await scene.say('Petra', 'la rifa del pueblo es el domingo'))).not.toContain(ASKED_ANSWER);
  });

  test('a voice note after a message to many is fetched only when she says that it is for them', async () => {
    await broadcastTo('Ana', 1);
    scene.channel.files.set('note', { ok: true, mime: 'audio/ogg', bytes: voiceNote(9) });
    await scene.post('Ana', { type: 'media', kind: 'voice', ref: 'note' });
    expect([scene.heard('Ana').at(-1)?.text, scene.channel.fetched]).toEqual([ASKED_ANSWER, []]);
    expect(passed(await scene.press('Ana', label('talk.for-team')))).toBe(true);
    expect([await lines(), scene.channel.fetched]).toEqual([1, ['note']]);
  });

  test.each([
    ['words of danger', 'me pega mi esposo y tengo miedo', 'Te creo'],
    ['BAJA', 'baja', 'Ya no te mando avisos'],
  ])('%s under a message of staff do not land with them', async (_, text, answer) => {
    const { sentId } = await broadcastTo('Ana', 1);
    expect(texts(await answersTo('Ana', sentId, text))).toContain(answer);
    expect([await talks(), scene.heard('Marta')]).toEqual([[], []]);
  });

  test('words of danger while she writes to staff, or under a picture, do not land with them', async () => {
    await scene.say('Ana', 'quiero hablar con una persona');
    expect(texts(await scene.say('Ana', 'me pega mi esposo y tengo miedo'))).toContain('Te creo');
    await scene.say('Ana', 'quiero hablar con una persona');
    await scene.post('Ana', { type: 'media', kind: 'image', ref: 'p', caption: 'me pega mi esposo' });
    expect(scene.heard('Ana').at(-1)?.text).toContain('Te creo');
    expect([await lines(), scene.channel.fetched]).toEqual([0, []]);
  });

  test('what the bot understands is answered and never lands with staff, also while a conversation is open', async () => {
    await anaWrites();
    await martaAnswers();
    for (const text of ['saldo', 'mi libreta', 'cuánto debo', 'cuándo es la reunión'])
      await scene.say('Ana', text);
    expect(await lines()).toBe(2);
  });

  test('a message that went to another member is not hers to answer', async () => {
    const { sentId } = await broadcastTo('Ana', 1);
    expect(passed(await answersTo('Petra', sentId, 'yo sí voy el sábado con mi hija'))).toBe(false);
    expect(await talks()).toEqual([]);
  });

  const broadcastToPetra = (hoursAgo: number) =>
    rows(
      `insert into outbox (id, channel, address_id, group_id, member_id, kind, lane, unsolicited, broadcast_id, state, sent_id, sent_at)
         select $1, 'simulator', a.address_id, a.group_id, a.member_id, 'broadcast', 1, true, b.id, 'sent', 'other', now() - make_interval(hours => $2)
           from member_address a, broadcast b where a.member_id = $3`,
      [randomUUID(), hoursAgo, scene.world.person('Petra').id],
    );
});

test('of two who close it at the same moment, one does and the other is told that it is closed', async () => {
  const id = await anaWrites();
  const other = await scene.another();
  const close = (name: string, by: typeof other | undefined) =>
    scene.post(name, { type: 'button', payload: `talks:close:${id}` }, by && { by });
  await Promise.all([close('Marta', undefined), close('Julia', other)]);
  const said = [
    ...scene.heard('Marta'),
    ...scene.heard('Julia'),
    ...other.channel.arrived.map(({ message }) => message),
  ].map(({ text }) => text);
  expect(said.filter((text) => text.startsWith('Listo. Cerré'))).toHaveLength(1);
  expect(said.filter((text) => text === label('talks.closed-already'))).toHaveLength(1);
});

test('a member has one open conversation at most', async () => {
  await anaWrites();
  await scene.say('Ana', 'quiero hablar con una persona');
  expect(await talks()).toHaveLength(1);
  await expect(
    rows(
      `insert into talk (id, programme_id, group_id, member_id, opened_at) select $1, programme_id, group_id, member_id, now() from talk`,
      [randomUUID()],
    ),
  ).rejects.toThrow(/talk_one_open/u);
});

test('her answer comes in words that give nothing away at their beginning, with who wrote it', async () => {
  await anaWrites();
  await martaAnswers();
  const heard = scene.heard('Ana').at(-1)?.text ?? '';
  expect(heard.slice(0, 40)).not.toContain('Raíces');
  expect(heard).toContain(`Marta, del equipo de Raíces: ${ANSWER}`);
});

// Recordings of lessons: fetched once, kept by what is in them, sent by the platform's own id once it has one.

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgetUnusedMedia, keepMedia, keptMedia } from '../../src/store/media.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { curriculum } from '../support/curriculum.ts';
import { JACARANDAS, label, openScene, type Scene } from '../support/scene.ts';
import { PROGRAM, voiceNote } from '../support/voice-note.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: `${JACARANDAS}\nlecciones en borrador\nlenguas tzo` });
});
afterEach(() => scene.close());

const NOTE = voiceNote(40);
const media = async () =>
  (
    await scene.world.store.pool.query<{ hash: string; mime: string }>(
      `select encode(hash, 'hex') as hash, mime from media order by created_at`,
    )
  ).rows;
const sends = async (ref: string, more: { size?: number; mime?: string; fileName?: string } = {}) => {
  const before = scene.heard('Marta').length;
  await scene.post('Marta', { type: 'media', kind: 'voice', ref, ...more });
  return scene.heard('Marta').slice(before);
};
const records = async (bytes: Buffer, ref = 'note'): Promise<void> => {
  scene.channel.files.set(ref, { ok: true, mime: 'audio/ogg', bytes });
  await scene.say('Marta', 'grabar lección F1 en tsotsil');
  await sends(ref);
};
const filesTo = (name: string) => scene.heard(name).flatMap(({ file }) => (file ? [file] : []));

describe('a recording', () => {
  test('is fetched once, played back as it came, and heard with the lesson', async () => {
    await records(NOTE);
    expect(scene.channel.fetched).toEqual(['note']);
    expect(filesTo('Marta')).toMatchObject([{ kind: 'voice', mime: 'audio/ogg' }]);
    expect(Buffer.from(filesTo('Marta')[0]!.bytes).equals(NOTE)).toBe(true);
    await scene.press('Marta', label('record.yes'));
    await scene.say('Ana', 'quiero oír en tsotsil');
    const [voice, first] = await scene.say('Ana', 'lección');
    expect(Buffer.from(voice!.file!.bytes).equals(NOTE)).toBe(true);
    expect(first?.text).toContain('Cuando varias mujeres');
    const { rows } = await scene.world.store.pool.query('select language, voice, part from lesson_progress');
    expect(rows).toEqual([{ language: 'tzo', voice: true, part: 1 }]);
  });

  test('in Spanish is heard by the next member, who asked for no language', async () => {
    scene.channel.files.set('note', { ok: true, mime: 'audio/ogg', bytes: NOTE });
    await scene.say('Marta', 'grabar lección F1');
    await sends('note');
    await scene.press('Marta', label('record.yes'));
    const [voice, first] = await scene.say('Petra', 'lección');
    expect(Buffer.from(voice!.file!.bytes).equals(NOTE)).toBe(true);
    expect(first?.text).toContain('Cuando varias mujeres');
  });

  test('has its answers in one order, the one in which they were read aloud', async () => {
    const answers = async (name: string) => {
      for (const text of ['lección', 'Seguir', 'Seguir']) await scene.say(name, text);
      return scene
        .heard(name)
        .at(-1)
        ?.choices.map((choice) => choice.label);
    };
    const options = curriculum.lessons.get('F1')?.get('es')?.quiz.options;
    const own = await answers('Petra');
    expect(own).not.toEqual([options?.a, options?.b, options?.c]);
    await records(NOTE);
    const read = scene.heard('Marta').map(({ text }) => text);
    expect(read.some((text) => text.endsWith(`a) ${options?.a}\nb) ${options?.b}\nc) ${options?.c}`))).toBe(
      true,
    );
    await scene.press('Marta', label('record.yes'));
    await scene.say('Petra', 'quiero oír en tsotsil');
    await scene.say('Petra', 'lección');
    expect(await answers('Petra')).toEqual([options?.a, options?.b, options?.c]);
  });

  test('goes out by the id that the platform gave it, however many hear it', async () => {
    await records(NOTE);
    await scene.press('Marta', label('record.yes'));
    for (const name of ['Ana', 'Petra']) {
      await scene.say(name, 'quiero oír en tsotsil');
      await scene.say(name, 'lección');
    }
    const [uploaded] = filesTo('Marta');
    const ids = ['Ana', 'Petra'].map((name) => filesTo(name)[0]?.knownId);
    expect(uploaded?.knownId).toBeUndefined();
    expect(ids[0]).toMatch(/^file-\d+$/);
    expect(ids[1]).toBe(ids[0]);
  });

  test('an id that is older than its platform keeps files is not used', async () => {
    const hash = await keep(NOTE);
    await scene.world.store.pool.query(
      `insert into media_sent (channel, hash, file_id, sent_at) values ('simulator', decode($1, 'hex'), 'old', now() - interval '40 days')`,
      [hash],
    );
    const known = async (fileIdDays: number | undefined) =>
      (await keptMedia(scene.world.store.pool, { hash, channel: 'simulator', fileIdDays }))?.knownId;
    expect([await known(29), await known(undefined)]).toEqual([undefined, 'old']);
  });

  test('of words that were changed since is heard no more', async () => {
    await records(NOTE);
    await scene.press('Marta', label('record.yes'));
    await scene.world.store.pool.query(`update lesson_audio set text_hash = repeat('0', 64)`);
    await scene.say('Ana', 'quiero oír en tsotsil');
    const [first] = await scene.say('Ana', 'lección');
    expect(first?.file).toBeUndefined();
    expect(first?.text).toContain('Cuando varias mujeres');
  });

  test('that comes a second time is kept once; another one takes its place', async () => {
    for (const bytes of [NOTE, NOTE, voiceNote(50)]) {
      await records(bytes, `note of ${bytes.length}`);
      await scene.press('Marta', label('record.yes'));
    }
    expect(await media()).toHaveLength(2);
    const { rows } = await scene.world.store.pool.query('select seconds from lesson_audio');
    expect(rows).toEqual([{ seconds: 50 }]);
  });
});

const PICTURE = readFileSync(new URL('../fixtures/lessons/two-piles.png', import.meta.url));

describe('what is no recording', () => {
  test.each([
    ['an executable named .ogg', PROGRAM, 'record.unknown'],
    ['a note that was cut off', NOTE.subarray(0, -50), 'record.broken'],
    ['a picture', PICTURE, 'record.unknown'],
    ['a note of two seconds', voiceNote(2), 'refusal.recording_too_short'],
    ['a note of eleven minutes', voiceNote(660), 'refusal.recording_too_long'],
  ] as const)('%s is refused in words, and the next one is taken', async (_, bytes, key) => {
    await records(bytes);
    expect(scene.heard('Marta').at(-1)?.text).toBe(label(key));
    expect((await scene.world.store.pool.query('select 1 from lesson_audio')).rowCount).toBe(0);
    scene.channel.files.set('good', { ok: true, mime: 'text/html', bytes: NOTE });
    const heard = await sends('good');
    expect(heard.at(-1)?.choices.map((choice) => choice.label)).toContain(label('record.yes'));
  });

  test('an executable is not even kept', async () => {
    await records(PROGRAM);
    expect(await media()).toEqual([]);
  });

  test('a note of 60 MB is refused before it is fetched', async () => {
    await scene.say('Marta', 'grabar lección F1 en tsotsil');
    const [said] = await sends('huge', { size: 60 * 1024 * 1024 });
    expect(said?.text).toBe(label('record.too-large'));
    expect(scene.channel.fetched).toEqual([]);
  });

  test.each([
    ['gone', 'record.gone'],
    ['too-large', 'record.too-large'],
    ['unavailable', 'record.unavailable'],
  ] as const)('one that the platform says is %s is told so', async (reason, key) => {
    await scene.say('Marta', 'grabar lección F1 en tsotsil');
    scene.channel.files.set('note', { ok: false, reason });
    expect((await sends('note')).map(({ text }) => text)).toEqual([label(key)]);
  });

  // A file of staff that no recording waits for is one to pass on: see the transcripts of messages to many.
  test('a note of a member that nobody asked for is not fetched', async () => {
    await scene.post('Ana', { type: 'media', kind: 'voice', ref: 'note' });
    expect(scene.channel.fetched).toEqual([]);
  });

  test('a note in answer to a question is not fetched either: she is asked for the number, and the question stays', async () => {
    for (const text of ['lección', 'seguir', 'seguir']) await scene.say('Ana', text);
    await scene.post('Ana', { type: 'media', kind: 'voice', ref: 'note' });
    expect(scene.heard('Ana').at(-1)?.text).toBe(label('lesson.by-number-voice'));
    expect(scene.channel.fetched).toEqual([]);
    await scene.say('Ana', '2');
    const { rows } = await scene.world.store.pool.query(
      'select finished_at is not null as done from lesson_progress',
    );
    expect(rows).toEqual([{ done: true }]);
  });

  test('a member records nothing', async () => {
    await scene.say('Rosa', 'grabar lección F1 en tsotsil');
    await scene.post('Rosa', { type: 'media', kind: 'voice', ref: 'note' });
    expect(scene.channel.fetched).toEqual([]);
  });
});

describe('what is kept', () => {
  test('is not changed, and is what its hash says', async () => {
    const { pool } = scene.world.store;
    await keep(NOTE);
    await expect(pool.query(`update media set mime = 'audio/mpeg'`)).rejects.toThrow(/append-only/);
    await expect(keepMedia(pool, { hash: sha256('other'), mime: 'audio/ogg', bytes: NOTE })).rejects.toThrow(
      /media_hash/,
    );
  });

  test('is forgotten after two days when no lesson uses it', async () => {
    const { pool } = scene.world.store;
    await records(NOTE);
    await scene.press('Marta', label('record.yes'));
    await records(voiceNote(50), 'never confirmed');
    const ids = (await media()).map(({ hash }) => hash);
    await forgetUnusedMedia(pool);
    expect(await media()).toHaveLength(2);
    await pool.query(`alter table media disable trigger media_append_only`);
    await pool.query(`update media set created_at = now() - interval '3 days'`);
    await forgetUnusedMedia(pool);
    expect((await media()).map(({ hash }) => hash)).toEqual([ids[0]]);
  });
});

async function keep(bytes: Buffer): Promise<string> {
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256').update(bytes).digest('hex');
  await keepMedia(scene.world.store.pool, { hash, mime: 'audio/ogg', bytes });
  return hash;
}

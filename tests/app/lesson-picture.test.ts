// A picture and a recording that stand beside a lesson's file: they go out with its first part, and staff see what they approve.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { hashesIn, lessonFiles } from '../../src/app/lesson-files.ts';
import { readLessons } from '../../src/app/load-lessons.ts';
import { catalogueOf } from '../../src/domain/lesson/catalogue.ts';
import { forgetUnusedMedia } from '../../src/store/media.ts';
import { curriculum } from '../support/curriculum.ts';
import { JACARANDAS, openScene, type Scene } from '../support/scene.ts';
import { ROOT } from '../support/tidy/files.ts';
import { voiceNote } from '../support/voice-note.ts';

const PNG = fs.readFileSync(path.join(ROOT, 'tests/fixtures/lessons/two-piles.png'));
const NOTE = voiceNote(40);
const TRACK = 'lessons/finance';
const FIXTURES = path.join(ROOT, 'tests/fixtures/lessons/locales');

let folder: string;
let scene: Scene;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-picture-'));
  fs.cpSync(FIXTURES, folder, { recursive: true });
  for (const [language, more] of [
    ['es', 'image: two-piles.png\nimage_alt: Dos montones.\naudio: two-piles.ogg'],
    ['en', 'image: two-piles.png\nimage_alt: Two piles.'],
  ] as const) {
    const at = path.join(folder, language, TRACK, '02-what-can-wait.md');
    fs.writeFileSync(at, fs.readFileSync(at, 'utf8').replace('\nquiz:', `\n${more}\nquiz:`));
    fs.writeFileSync(path.join(folder, language, TRACK, 'two-piles.png'), PNG);
  }
  fs.writeFileSync(path.join(folder, 'es', TRACK, 'two-piles.ogg'), NOTE);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

beforeEach(async () => {
  const url = pathToFileURL(`${folder}/`);
  const { files, faults } = readLessons(url);
  expect(faults).toEqual([]);
  scene = await openScene({
    header: `${JACARANDAS}\nlecciones en borrador`,
    curriculum: { ...curriculum, lessons: catalogueOf(files), files: lessonFiles(url, files) },
  });
});
afterEach(() => scene.close());

const bytesOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes);

test('the recording comes first, the picture with the first words, and the next member gets what the platform knows', async () => {
  const [voice, first, ...rest] = await scene.say('Ana', 'lección F2');
  expect(voice?.file).toMatchObject({ kind: 'voice', mime: 'audio/ogg' });
  expect(bytesOf(voice?.file?.bytes)).toEqual(NOTE);
  expect(first?.file).toMatchObject({ kind: 'image', mime: 'image/png' });
  expect(bytesOf(first?.file?.bytes)).toEqual(PNG);
  expect(first?.text).toMatch(/montones[\s\S]*En la imagen: Dos montones\./u);
  expect(rest).toEqual([]);
  const { rows } = await scene.world.store.pool.query('select language, voice from lesson_progress');
  expect(rows).toEqual([{ language: 'es', voice: true }]);
  const [again, picture] = await scene.say('Petra', 'lección F2');
  expect([again?.file?.knownId, picture?.file?.knownId]).toEqual(['file-1', 'file-2']);
  const [second] = await scene.say('Ana', 'seguir');
  expect(second?.file).toBeUndefined();
});

test('the picture alone comes where nobody recorded her language', async () => {
  await scene.say('Ana', 'english');
  const [first, ...rest] = await scene.say('Ana', 'lesson F2');
  expect(first?.file).toMatchObject({ kind: 'image' });
  expect(first?.text).toContain('In the picture: Two piles.');
  expect(rest).toEqual([]);
});

test('staff see it before they approve, and a file that was changed since goes out no more, while its words do', async () => {
  const shown = await scene.say('Marta', 'aprobar lección F2');
  expect(shown.map(({ file }) => file?.kind)).toContain('image');
  const at = path.join(folder, 'en', TRACK, 'two-piles.png');
  const es = path.join(folder, 'es', TRACK, 'two-piles.png');
  await scene.world.store.pool.query('truncate media cascade');
  for (const file of [at, es]) fs.writeFileSync(file, Buffer.concat([PNG, PNG]));
  const words = await scene.say('Ana', 'lección F2');
  for (const file of [at, es]) fs.writeFileSync(file, PNG);
  expect(words.at(-1)?.text).toContain('En la imagen: Dos montones.');
  expect(words.at(-1)?.file).toBeUndefined();
});

test('what lessons name is not forgotten with what nobody uses', async () => {
  await scene.say('Ana', 'lección F2');
  const { pool } = scene.world.store;
  const kept = async () => (await pool.query('select 1 from media')).rows.length;
  await pool.query('alter table media disable trigger media_append_only');
  await pool.query(`update media set created_at = now() - interval '3 days'`);
  await scene.app.tick();
  expect(await kept()).toBe(2);
  expect(hashesIn(curriculum.lessons)).toEqual([]);
  await forgetUnusedMedia(pool);
  expect(await kept()).toBe(0);
});

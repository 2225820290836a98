// Pictures and recordings beside lessons: each is there, is what its name says and is not too large, or the lesson stays out.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readLessons } from '../../../src/app/load-lessons.ts';
import { checkLessons } from '../../../src/content/lessons/check-lessons.ts';
import { faultText } from '../../../src/content/lessons/fault.ts';
import { textHash } from '../../../src/domain/lesson/text-hash.ts';
import { sha256, sha256Hex } from '../../../src/store/sha256.ts';
import { fixed, good } from '../../support/lessons.ts';
import { ROOT } from '../../support/tidy/files.ts';
import { PROGRAM, voiceNote } from '../../support/voice-note.ts';

const PNG = fs.readFileSync(path.join(ROOT, 'tests/fixtures/lessons/two-piles.png'));
const ALT = { es: 'Un montón grande y uno chico.', en: 'A large pile and a small one.' };
const TRACK = 'lessons/finance';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-beside-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

type Lines = { readonly es: string; readonly en: string };
const write = (lines: Lines, files: Readonly<Record<string, Uint8Array>>): void => {
  for (const language of ['es', 'en'] as const) {
    const at = path.join(folder, language, TRACK);
    fs.mkdirSync(at, { recursive: true });
    fs.writeFileSync(
      path.join(at, '02-what-can-wait.md'),
      good[language].replace('\nquiz:', `\n${lines[language]}\nquiz:`),
    );
  }
  for (const [file, bytes] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), bytes);
};
const read = () => readLessons(pathToFileURL(`${folder}/`));
const faults = (): string[] => {
  const { files, faults: unread } = read();
  return [...unread, ...checkLessons(files, fixed)].map(faultText);
};
const both = (line: string): Lines => ({ es: line, en: line });
const pictured = (file: string): Lines => ({
  es: `image: ${file}\nimage_alt: ${ALT.es}`,
  en: `image: ${file}\nimage_alt: ${ALT.en}`,
});
const inBoth = (name: string, bytes: Uint8Array) => ({
  [`es/${TRACK}/${name}`]: bytes,
  [`en/${TRACK}/${name}`]: bytes,
});
const lineOf = (field: string, language: 'es' | 'en' = 'es'): number =>
  fs
    .readFileSync(path.join(folder, language, TRACK, '02-what-can-wait.md'), 'utf8')
    .split('\n')
    .findIndex((line) => line.startsWith(field)) + 1;

describe('a lesson', () => {
  test('with a picture and a recording beside it is right, and knows what is in them', () => {
    const lines = pictured('two-piles.png');
    write(
      { es: `${lines.es}\naudio: two-piles.ogg`, en: lines.en },
      { ...inBoth('two-piles.png', PNG), [`es/${TRACK}/two-piles.ogg`]: voiceNote(40) },
    );
    expect(faults()).toEqual([]);
    const es = read().files.find(({ language }) => language === 'es')?.lesson;
    expect(es?.image).toEqual({ file: 'two-piles.png', alt: ALT.es, hash: sha256Hex(PNG) });
    expect(es?.audio).toEqual({ file: 'two-piles.ogg', hash: sha256Hex(voiceNote(40)), seconds: 40 });
  });

  test('is approved with its picture: another one makes it a draft again', () => {
    const fingerprint = () =>
      textHash(sha256, read().files.find(({ language }) => language === 'es')!.lesson);
    write(both(''), {});
    const without = fingerprint();
    write(pictured('two-piles.png'), inBoth('two-piles.png', PNG));
    const with1 = fingerprint();
    const other = Buffer.concat([PNG.subarray(0, 40), PNG.subarray(40)]);
    other[45] = (other[45] ?? 0) ^ 1;
    write(pictured('two-piles.png'), inBoth('two-piles.png', other));
    expect(new Set([without, with1, fingerprint()]).size).toBe(3);
  });
});

const MB = 1024 * 1024;
const large = Buffer.concat([PNG.subarray(0, 33), Buffer.alloc(6 * MB), PNG.subarray(33)]);
const JPEG = Buffer.from('ffd8ffc0000b080010001001011100ffda0008010100003f0000ffd9', 'hex');

test.each<[string, Lines, Record<string, Uint8Array>, string, string]>([
  [
    'a picture that is not there',
    pictured('two-piles.png'),
    {},
    'image:',
    'image is "two-piles.png", and there is no such file beside the lesson',
  ],
  [
    'a program that is called .png',
    pictured('two-piles.png'),
    inBoth('two-piles.png', PROGRAM),
    'image:',
    'image is "two-piles.png", and by its bytes it is no such file',
  ],
  [
    'a JPEG that is called .png',
    pictured('two-piles.png'),
    inBoth('two-piles.png', JPEG),
    'image:',
    'image is "two-piles.png", and by its bytes it is image/jpeg',
  ],
  [
    'a picture that was cut off',
    pictured('two-piles.png'),
    inBoth('two-piles.png', PNG.subarray(0, 60)),
    'image:',
    'image is "two-piles.png", which is cut off',
  ],
  [
    'a picture of more than 5 MB',
    pictured('two-piles.png'),
    inBoth('two-piles.png', large),
    'image:',
    'image is "two-piles.png", which has 6.0 MB, at most 5 MB',
  ],
  [
    'a picture of which nobody says what it shows',
    both('image: two-piles.png'),
    inBoth('two-piles.png', PNG),
    'image:',
    'image has no image_alt: what does it show?',
  ],
  ['words about no picture', both('image_alt: Dos.'), {}, 'image_alt:', 'image_alt is of no image'],
  [
    'a picture in another folder',
    pictured('../two-piles.png'),
    {},
    'image:',
    'image must be the name of a file such as two-piles.png',
  ],
  [
    'a recording that is a program',
    both('audio: two-piles.ogg'),
    inBoth('two-piles.ogg', PROGRAM),
    'audio:',
    'audio is "two-piles.ogg", and by its bytes it is no such file',
  ],
  [
    'a recording of two seconds',
    both('audio: two-piles.ogg'),
    inBoth('two-piles.ogg', voiceNote(2)),
    'audio:',
    'audio is "two-piles.ogg", which is too short',
  ],
  [
    'a recording of more than 16 MB',
    both('audio: two-piles.ogg'),
    inBoth('two-piles.ogg', Buffer.concat([voiceNote(40), Buffer.alloc(17 * MB)])),
    'audio:',
    'audio is "two-piles.ogg", which has 17.0 MB, at most 16 MB',
  ],
])('%s is a fault, with file and line', (_, lines, files, field, problem) => {
  write(lines, files);
  expect(faults()).toContain(`locales/es/${TRACK}/02-what-can-wait.md:${lineOf(field)}: ${problem}`);
});

test('a picture in one language alone, and a file that no lesson names, are faults', () => {
  write({ es: pictured('two-piles.png').es, en: '' }, { [`es/${TRACK}/two-piles.png`]: PNG });
  expect(faults()).toEqual([
    `locales/en/${TRACK}/02-what-can-wait.md:2: image is not as in locales/es/${TRACK}/02-what-can-wait.md`,
  ]);
  write(both(''), {});
  expect(faults()).toEqual([`locales/es/${TRACK}/two-piles.png:1: is named by no lesson of its folder`]);
});

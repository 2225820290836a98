// Lessons at the start of the program: a faulty one goes out in no language, and it is said where the fault is.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCurriculum } from '../../src/app/load-lessons.ts';
import { startScreen } from '../../src/app/start-screen.ts';
import { createLog } from '../../src/log.ts';
import { openCurriculum } from '../../src/start.ts';
import { standards } from '../support/lessons.ts';
import { content } from '../support/paper.ts';
import { ROOT } from '../support/tidy/files.ts';

let folder: string;
const url = () => pathToFileURL(`${folder}/`);
const plant = (file: string, change: (text: string) => string): void => {
  const at = path.join(folder, file);
  const text = fs.readFileSync(at, 'utf8');
  const planted = change(text);
  expect(planted).not.toBe(text);
  fs.writeFileSync(at, planted);
};
const left = (): string[] => [...loadCurriculum(url(), standards.today).lessons.keys()];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-locales-'));
  fs.cpSync(path.join(ROOT, 'locales'), folder, { recursive: true });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test('all of them are there when nothing is wrong', () => {
  expect(left()).toHaveLength(56);
  expect(loadCurriculum(url(), standards.today).faults).toEqual([]);
});

test('one that cannot be read, breaks a rule, or is missing in a language is left out in all of them', () => {
  plant('en/lessons/finance/02-what-can-wait.md', (text) => text.replace(/^ {2}answer: .$/mu, '  answer: d'));
  plant('es/lessons/health/04-clean-water.md', (text) => text.replace('only_approved: true\n', ''));
  fs.rmSync(path.join(folder, 'en/lessons/health/05-a-plan-in-case.md'));
  const { lessons, faults } = loadCurriculum(url(), standards.today);
  expect(['F2', 'P4', 'P5'].filter((id) => lessons.has(id))).toEqual([]);
  expect(lessons.size).toBe(53);
  expect(faults.map(({ file }) => file)).toEqual(
    expect.arrayContaining([
      'locales/en/lessons/finance/02-what-can-wait.md',
      'locales/en/lessons/health/04-clean-water.md',
      'locales/en/lessons/health/05-a-plan-in-case.md',
    ]),
  );
});

test('each fault is a warning with file and line, and the first screen counts them', () => {
  plant('es/lessons/finance/02-what-can-wait.md', (text) => text.replace(/^ {2}answer: .$/mu, '  answer: d'));
  plant('es/lessons/nutrition/01-one-idea-at-a-time.md', (text) =>
    text.replace(/^expires: .*$/mu, 'expires: 2020-01-01'),
  );
  let logged = '';
  const stream = new Writable({
    write: (line: Buffer, _encoding, done) => {
      logged += line.toString();
      done();
    },
  });
  const { faults } = openCurriculum(createLog('warn', stream), url());
  const lines = logged.trim().split('\n');
  expect(lines).toHaveLength(faults.length);
  expect(logged).toMatch(/locales\/es\/lessons\/finance\/02-what-can-wait\.md:\d+: /u);
  expect(logged).toMatch(/locales\/es\/lessons\/nutrition\/01-one-idea-at-a-time\.md:\d+: /u);
  const screen = (lessonFaults: number): string =>
    startScreen(content, 'en', {
      url: 'http://localhost',
      folder: undefined,
      telegramMode: undefined,
      whatsAppCloud: false,
      qrPath: undefined,
      people: [],
      codes: [],
      lessonFaults,
    });
  expect(screen(faults.length)).toContain(`${faults.length} faults in the lessons`);
  expect(screen(0)).not.toContain('lessons');
});

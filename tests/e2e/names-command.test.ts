// Every command: what shows a member's name has left a row in the record of who did what, and what leaves none shows none.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { COMMANDS, NAMING } from '../../src/cli/gate.ts';
import { comadre, started } from '../support/run-program.ts';

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const file = fileURLToPath(new URL('../fixtures/programme/orilla.json', import.meta.url));
type Imported = { groups: { name: string; members: { name: string }[] }[] };
const { groups } = JSON.parse(fs.readFileSync(file, 'utf8')) as Imported;
const NAMES = groups.flatMap(({ members }) => members.map(({ name }) => name));
const [group, member] = ['Las Golondrinas', 'Hilda O’Campo'];

let folder: string;
const run = (given: readonly string[]) => comadre(folder, given);
const place = (name: string): string => path.join(folder, name);
const rows = async (): Promise<string[]> =>
  (JSON.parse((await run(['audit', '--json'])).out) as { action: string }[]).map(({ action }) => action);

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-names-'));
  expect((await run(['import', file])).code).toBe(0);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** How each that opens the books is run; or why it opens no name that is kept in them. */
const RUNS = (): Readonly<Record<string, readonly string[] | string>> => ({
  start: 'the program itself: who is shown what is in tables of its own; its simulator is below',
  import: 'names of the file that was brought in',
  indicators: ['--group', group],
  audit: [],
  odd: ['--group', group],
  messages: ['--members'],
  'verify-draw': 'reads a record that was published',
  draw: ['--group', group],
  migrate: [],
  doctor: [],
  templates: 'opens no book',
  understand: 'opens no book',
  'loan-schedule': 'opens no book',
  'share-out': 'opens no book',
  allocate: 'opens no book',
  'verify-books': [],
  'check-words': ['--group', group],
  lessons: [],
  'lessons approve': ['F4', '--by', 'Elena Ortiz'],
  'lessons report': [],
  'lessons check': 'opens no book',
  'help-lines': 'opens no book',
  outbox: [],
  'outbox parked': [],
  'outbox retry': ['--failed', '--reason', 'unavailable'],
  rights: [],
  'privacy-notice': 'opens no book',
  'rules change': ['--template', 'tanda'],
  backup: 'a sealed copy, to be opened with a key that is elsewhere',
  restore: 'puts such a copy back',
  keys: [],
  'keys new': 'changes the key, and is a row of its own',
  'keys rotate': 'seals anew, and shows counts',
  'keys retire': 'is a row of its own',
  'keys new-backup-pair': 'opens no book',
  export: [],
  reminders: ['--at', '2027-01-06T19:00:00-08:00', '--dry-run'],
  'paper passbook': ['--as', 'Fabiola Soto', '--out', place('hers.pdf')],
  'paper report': ['--group', group, '--out', place('report.csv')],
  'paper sheet': ['--group', group, '--out', place('sheet.pdf')],
  'person export': ['--as', member, '--out', place('hers.json')],
  'person erase': ['--as', member],
  'person pin-reset': ['--as', member],
  rules: ['--group', group],
  chat: ['--as', 'Fabiola Soto'],
});

test('every command says whether it opens names', () => {
  expect(Object.keys(RUNS()).sort()).toEqual(Object.keys(COMMANDS).sort());
  const unsaid = Object.keys(NAMING).filter((name) => typeof RUNS()[name] === 'string');
  expect(unsaid).toEqual([]);
});

test('what opens none shows none, and leaves no row but for who looked at what is odd', async () => {
  const shown: string[] = [];
  for (const [name, given] of Object.entries(RUNS())) {
    if (typeof given === 'string' || Object.hasOwn(NAMING, name)) continue;
    const { out, err } = await run([...name.split(' '), ...given]);
    expect([name, `${out}${err}`]).not.toEqual([name, '']);
    if (NAMES.some((one) => `${out}${err}`.includes(one))) shown.push(name);
  }
  expect(shown).toEqual([]);
  expect(await rows()).toEqual(['odd-seen']);
});

test('what opens names leaves its row, also where it only asks which of two she means', async () => {
  const expected: string[] = await rows();
  for (const [name, action] of Object.entries(NAMING)) {
    const given = RUNS()[name];
    await run([...name.split(' '), ...(typeof given === 'object' ? given : [])]);
    expected.push(action);
    if (name === 'person export') expected.push('member-exported');
  }
  expect(await rows()).toEqual(expected);
});

test('a start that opens the simulator is written down', async () => {
  const before = await rows();
  const running = await started(folder);
  await running.stop();
  expect(await rows()).toEqual([...before, 'simulator-opened']);
});

// A draw from its beginning to the record that anybody can check, each step by a program of its own.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { comadre } from '../support/run-program.ts';
import { label } from '../support/scene.ts';
import { programmeOf } from '../support/transcript-programme.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../docs/verify_draw.py');
const GROUP = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
reloj 2026-11-24 17:10 America/Tijuana`;

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const isPythonThere = spawnSync('python3', ['--version']).status === 0;

let folder: string;
const codes = new Map<string, string>();
const comesIn = (name: string) => [`UNIRME ${codes.get(name)}`, label('choice.agree')];
const run = (given: readonly string[], input = '') => comadre(folder, given, { input });
const chat = (name: string, lines: readonly string[]) =>
  run(['chat', '--as', name], lines.map((line) => `${line}\n`).join(''));

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-draws-'));
  const file = path.join(folder, 'programme.json');
  fs.writeFileSync(file, JSON.stringify(programmeOf(GROUP.trim().split('\n')).programme));
  const imported = await run(['import', file, '--json']);
  expect(imported, imported.err).toMatchObject({ code: 0 });
  const { invites } = JSON.parse(imported.out) as { invites: { name?: string; code: string }[] };
  for (const { name, code } of invites) codes.set(name?.split(' ')[0] ?? '', code);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const checkers = isPythonThere ? 'both programs say' : 'verify-draw says (no python3 here)';
test(`a draw by message is exported as it was published, and ${checkers} that it is correct`, async () => {
  expect(await run(['draw', '--group', 'Las Jacarandas'])).toEqual({
    code: 1,
    out: '',
    err: 'No draw of "Las Jacarandas" is over yet.\n',
  });
  await chat('Guadalupe', comesIn('Guadalupe'));
  const begun = await chat('Rosa', [
    ...comesIn('Rosa'),
    'reunión',
    label('menu.meeting'),
    label('meeting-open.yes'),
    label('roll.nobody'),
    label('meeting-open.closing'),
    label('draw-begin.by-dice'),
    label('draw-dice.write'),
    '3 5 2 6 1 1 4 2',
    label('draw-dice.yes'),
  ]);
  const [, commit = 'none'] = /([0-9a-f]{64})/.exec(begun.out) ?? [];
  expect(begun.out).toContain(label('draw-dice.kept'));
  // While it is open nobody reads it: not the secret, and not who will have it.
  expect(await run(['draw', '--group', 'Las Jacarandas'])).toMatchObject({ code: 1, out: '' });
  const opened = await chat('Guadalupe', [label('draw-reveal.yes')]);
  expect(opened.out).toContain(label('draw-done.next'));
  const exported = await run(['draw', '--group', 'Las Jacarandas']);
  expect(exported).toMatchObject({ code: 0, err: '' });
  const record = JSON.parse(exported.out) as { commit: string; dice: string; order: number[] };
  expect(record).toMatchObject({ commit, dice: '3-5-2-6-1-1-4-2', purpose: 'gift', follows: null });
  expect(await run(['draw', '--group', 'Las Jacarandas', '--all'])).toEqual(exported);
  expect(await run(['verify-draw'], exported.out)).toMatchObject({ code: 0, err: '' });
  const file = path.join(folder, 'record.json');
  fs.writeFileSync(file, exported.out);
  if (!isPythonThere) return;
  const script = spawnSync('python3', [SCRIPT, file], { encoding: 'utf8' });
  expect(script).toMatchObject({ status: 0, stderr: '', stdout: `${record.order.join(' ')} correct\n` });
});

test('a group that is not there is named, with those that are', async () => {
  const asked = await run(['draw', '--group', 'Las Amapolas']);
  expect(asked).toEqual({
    code: 2,
    out: '',
    err: 'No group is called "Las Amapolas". Say which:\n  --group "Las Jacarandas"\n',
  });
});

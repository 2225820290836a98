// `comadre person`, `rights` and `privacy-notice` as operators run them.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readPdf } from '../support/pdf-text.ts';
import { comadre } from '../support/run-program.ts';

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const file = fileURLToPath(new URL('../fixtures/programme/orilla.json', import.meta.url));
type Imported = { groups: { name: string; members: { name: string }[] }[] };
const [group] = (JSON.parse(fs.readFileSync(file, 'utf8')) as Imported).groups;
const [her, other] = group?.members ?? [];
const who = `${her?.name}, ${group?.name}`;
let folder: string;
const run = (...given: string[]) => comadre(folder, given);

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-person-'));
  expect((await run('import', file)).code).toBe(0);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('her file is hers alone, is written once, and that it was made is in the record', async () => {
  const out = path.join(folder, 'hers.json');
  expect(await run('person', 'export', '--as', who, '--out', out)).toMatchObject({ code: 0, err: '' });
  const text = fs.readFileSync(out, 'utf8');
  expect(text).toContain(her?.name);
  expect(text).not.toContain(other?.name);
  expect((await run('person', 'export', '--as', who, '--out', out)).code).toBe(2);
  expect((await run('audit')).out).toContain('member-exported');
});

test('a PIN is reset only with her full name, and only where there is one', async () => {
  const asked = await run('person', 'pin-reset', '--as', who);
  expect(asked.code).toBe(1);
  expect(asked.out).toContain('Nothing has been done.');
  const done = await run('person', 'pin-reset', '--as', who, '--confirm', her?.name ?? '');
  expect(done).toMatchObject({ code: 2, out: '' });
  expect(done.err).toContain('has no PIN');
  expect((await run('audit')).out).not.toContain('pin-reset');
});

test('erasing says what will be and does nothing, before her full name is written once more', async () => {
  const asked = await run('person', 'erase', '--as', who);
  expect(asked.code).toBe(1);
  expect(asked.out).toContain('Nothing has been done.');
  expect((await run('person', 'erase', '--as', who, '--confirm', 'Otra Persona')).out).toContain(
    'Nothing has been done.',
  );
  expect((await run('person', 'export', '--as', who, '--out', path.join(folder, 'still.json'))).code).toBe(0);
});

test('erased, she has no name in anything that operators can run, and the books are right', async () => {
  const done = await run('person', 'erase', '--as', who, '--confirm', her?.name ?? '');
  expect(done).toMatchObject({ code: 0, err: '' });
  const open = await run('rights');
  expect(open.code).toBe(0);
  expect(open.out).toMatch(
    /cancellation \(accepted\), member no\. \d+ of .+, due \d{4}-\d\d-\d\d, \d+ days left/u,
  );
  expect((await run('verify-books')).code).toBe(0);
  for (const given of [['export'], ['audit'], ['messages', '--members'], ['rights', '--json']]) {
    const { code, out } = await run(...given);
    expect([given, code]).toEqual([given, 0]);
    expect(out).not.toContain(her?.name);
  }
  expect((await run('person', 'erase', '--as', who, '--confirm', her?.name ?? '')).code).toBe(2);
});

test('the whole notice is written in both languages, with who is responsible', async () => {
  for (const language of ['es', 'en']) {
    const out = path.join(folder, `notice-${language}.pdf`);
    const written = await run(
      'privacy-notice',
      '--programme',
      'Orilla',
      '--language',
      language,
      '--out',
      out,
    );
    expect(written).toMatchObject({ code: 0, err: '' });
    const text = readPdf(fs.readFileSync(out))
      .pages.flatMap(({ texts }) => texts)
      .join(' ');
    expect(text).toContain('Orilla');
    expect(text).toContain('15');
  }
});

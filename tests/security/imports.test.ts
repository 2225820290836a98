// Files that are meant to hurt: none is taken, each is told where it is wrong, and nothing that all objects share is changed.

// Files that are meant to hurt: none is taken, each is told where it is wrong, and nothing that all objects share is changed.

import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { afterEach, describe, expect, test } from 'vitest';
import { duplicateKey } from '../../src/app/duplicate-key.ts';
import { FILE_BYTES_MAX } from '../../src/app/import-file.ts';
import { readMembersCsv, readNewMembers } from '../../src/app/members-csv.ts';
import { readProgrammeFile } from '../../src/app/programme-file.ts';
import { readBrought } from '../../src/app/read-brought.ts';
import { readRulesFile } from '../../src/app/rules-file.ts';

const now = Temporal.Instant.from('2026-11-21T18:00:00Z');
const fixture = fs.readFileSync(new URL('../fixtures/programme/orilla.json', import.meta.url), 'utf8');
const HEADER = 'group,number,name';
const SHARED = [Object.prototype, Array.prototype, String.prototype, Function.prototype, Map.prototype];
const namesOf = () => SHARED.map((shared) => Object.getOwnPropertyNames(shared).toSorted().join());
const before = namesOf();

afterEach(() => {
  expect(namesOf()).toEqual(before);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const faults = (reading: { readonly ok: boolean }) =>
  'faults' in reading ? (reading as unknown as { faults: { place: string; problem: string }[] }).faults : [];

const deep = (open: string, close: string, times: number): string => open.repeat(times) + close.repeat(times);

describe('a programme file that is meant to hurt', () => {
  test.each([
    ['__proto__', '{"__proto__":{"polluted":1}}', '__proto__'],
    [
      '__proto__ deep inside',
      '{"programme":{"name":{"__proto__":{"polluted":1}}}}',
      'programme.name.__proto__',
    ],
    ['constructor', '{"constructor":{"prototype":{"polluted":1}}}', 'constructor'],
    ['__proto__ in other letters', '{"\\u005f_proto__":{"polluted":1}}', '__proto__'],
    ['prototype in a list', '[{"prototype":{"polluted":1}}]', '[0].prototype'],
    ['a field twice', '{"a":1,\n"a":2}', 'line 2'],
    ['a field twice in other letters', '{"ab":1,"\\u0061b":2}', 'line 1'],
    ['a field twice deep inside', '{"groups":[{"members":[{"x":1},{"x":1,\n\n"x":2}]}]}', 'line 3'],
    ['a hundred thousand lists in one another', deep('[', ']', 100_000), '['],
    ['a hundred thousand objects in one another', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'a.a'],
    ['no end', '{"programme":', 'the file'],
    ['nothing', '', 'the file'],
    ['a number', '1e999', ''],
    ['a zero byte', '{"a":"\0"}', 'the file'],
    ['UTF-16', Buffer.from(`\uFEFF${fixture}`, 'utf16le'), 'the file'],
    ['UTF-16, the other way round', Buffer.from(`\uFEFF${fixture}`, 'utf16le').swap16(), 'the file'],
    ['no UTF-8', Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), 'the file'],
    ['more than two megabytes', `{"a":"${'x'.repeat(FILE_BYTES_MAX)}"}`, 'the file'],
    ['a hundred thousand fields', `{${Array.from({ length: 100_000 }, (_, n) => `"f${n}":1`).join()}}`, ''],
    ['a hundred thousand groups', `{"groups":[${Array.from({ length: 100_000 }, () => '{}').join()}]}`, ''],
  ])('%s: refused, and where', (_what, file, place) => {
    const reading = readProgrammeFile(file, { now });
    expect(reading.ok).toBe(false);
    const [first] = faults(reading);
    expect(first?.problem ?? '').not.toBe('');
    expect((first?.place ?? '').slice(0, 200)).toContain(place);
    expect(readRulesFile(file).ok).toBe(false);
  });

  test('each field of a right one twice: refused, whichever it is', () => {
    expect(readProgrammeFile(fixture, { now }).ok).toBe(true);
    expect(duplicateKey(fixture)).toBeUndefined();
    const keys = [...fixture.matchAll(/"(\w+)":/g)];
    expect(keys.length).toBeGreaterThan(50);
    for (const match of keys) {
      const file = `${fixture.slice(0, match.index)}"${match[1]}": 1, ${fixture.slice(match.index)}`;
      expect(faults(readProgrammeFile(file, { now }))[0]?.problem, match[1]).toContain('twice');
    }
  });
});

describe('a table that is meant to hurt', () => {
  test.each([
    ['a million columns', `${'a,'.repeat(1_000_000)}b\n`, 'line 1'],
    [
      'more columns than are used',
      `${HEADER},${Array.from({ length: 60 }, (_, n) => `c${n}`).join()}\n`,
      'line 1',
    ],
    ['a column for the prototype', `${HEADER},__proto__\nA,1,Ana,x\n`, 'line 1'],
    ['a column constructor', `${HEADER},constructor\nA,1,Ana,x\n`, 'line 1'],
    ['a column twice', `${HEADER},name\nA,1,Ana,Rosa\n`, 'line 1'],
    ['a zero byte', `${HEADER}\nA,1,An\0a\n`, 'the file'],
    ['UTF-16', Buffer.from(`\uFEFF${HEADER}\n`, 'utf16le'), 'the file'],
    ['a quote that never ends', `${HEADER}\nA,1,"Ana${'x'.repeat(50_000)}`, 'line'],
    ['more than five thousand rows', `${HEADER}\n${'A,1,Ana\n'.repeat(6_000)}`, 'the file'],
    ['more than two megabytes', `${HEADER}\n${'A,1,Ana\n'.repeat(400_000)}`, 'the file'],
    ['a row with more cells', `${HEADER}\nA,1,Ana,x,y,z\n`, 'line 2'],
    ['a zip', Buffer.from('PK\u0003\u0004\0\0\0\0', 'latin1'), 'the file'],
  ])('%s: refused, and where', (_what, file, place) => {
    const reading = readMembersCsv(file);
    expect(reading.ok).toBe(false);
    expect(faults(reading)[0]?.place).toContain(place);
  });

  test.each(['=1+1', '@SUM(1)', '{{amount}}', 'Ana\u202E', '*Ana*', '<b>Ana</b>', 'Ana 👑', 'Аna'])(
    'a name such as %s is refused, and where',
    (name) => {
      const reading = readNewMembers(`${HEADER}\nLas Jacarandas,7,"${name}"\n`, '2026-11-21');
      expect(faults(reading)).toMatchObject([{ place: 'line 2, column name' }]);
    },
  );
});

test('of a file without an end no more is read than shows that it is too large', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comadre-brought-'));
  try {
    const file = path.join(folder, 'a');
    writeFileSync(file, 'hola');
    expect(Buffer.from(await readBrought(file)).toString()).toBe('hola');
    expect(await readBrought('/dev/zero')).toHaveLength(FILE_BYTES_MAX + 1);
    expect(faults(readMembersCsv(await readBrought('/dev/zero')))[0]?.problem).toContain('2 MB');
    await expect(readBrought(path.join(folder, 'none'))).rejects.toThrow();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

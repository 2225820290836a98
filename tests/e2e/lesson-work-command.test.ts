// `comadre lessons`, `approve` and `report` as they are run: what they print, and what a script is told by the exit code.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { comadre } from '../support/run-program.ts';

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const file = fileURLToPath(new URL('../fixtures/programme/orilla.json', import.meta.url));
const {
  programme: { name: programme },
} = JSON.parse(fs.readFileSync(file, 'utf8')) as { programme: { name: string } };
let folder: string;
const lessons = (...given: string[]) => comadre(folder, ['lessons', ...given]);

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-lesson-work-'));
  expect((await comadre(folder, ['import', file])).code).toBe(0);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('approve', () => {
  test('is of both languages, once, and is shown in the list', async () => {
    const before = await lessons();
    expect(before.code).toBe(0);
    expect(before.out.trim().split('\n')).toHaveLength(112);
    expect(before.out).toMatch(/^F4 +es +open +draft /mu);
    const first = await lessons('approve', 'F4', '--by', 'Dra. Luna');
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toMatch(/^F4 es: approved, ".+"\nF4 en: approved, ".+"\n$/u);
    expect((await lessons('approve', 'F4', '--by', 'Dra. Luna')).out).toMatch(/^F4 es: was approved before/u);
    expect((await lessons()).out).toMatch(/^F4 +es +open +approved \(Dra\. Luna\) /mu);
  });

  test('is of one language alone where that is asked', async () => {
    const { code, out } = await lessons('approve', 'n1', '--by', 'Dra. Luna', '--language', 'es');
    expect([code, out.trim().split('\n').length]).toEqual([0, 1]);
    expect((await lessons()).out).toMatch(/^N1 +en +open +draft /mu);
  });

  test.each([
    [
      'a lesson that nobody has written',
      ['F99', '--by', 'Dra. Luna'],
      'There is no lesson F99. See: comadre lessons',
    ],
    [
      'a language it is not in',
      ['F4', '--by', 'Dra. Luna', '--language', 'tzo'],
      'There is no lesson F4 in "tzo".',
    ],
    ['nobody who answers for it', ['F4', '--by', ' '], 'Say who approves it: --by NAME'],
    ['no name at all', ['F4'], "required option '--by <name>'"],
  ])('%s ends with 2, and says why', async (_, given, why) => {
    const { code, out, err } = await lessons('approve', ...given);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });
});

describe('report', () => {
  test('says that there is nothing to say yet', async () => {
    const { code, out } = await lessons('report');
    expect([code, out]).toEqual([0, 'No lesson has reached 5 members yet.\n']);
    expect(JSON.parse((await lessons('report', '--json')).out)).toMatchObject({ lessons: [] });
  });

  test.each([
    ['a programme nobody knows', ['--programme', 'Nadie'], 'No programme is called "Nadie".'],
    ['two forms at once', ['--json', '--csv'], 'Say either --json or --csv, not both.'],
  ])('%s ends with 2, and says why', async (_, given, why) => {
    const { code, out, err } = await lessons('report', ...given);
    expect([code, out, err.trim()]).toEqual([2, '', why]);
  });

  test('is a page, JSON or a table of the same counts, and none below five', async () => {
    await sixHadF1();
    const page = await lessons('report', '--programme', programme);
    expect(page.code).toBe(0);
    expect(page.out).toContain('F1, es, written');
    expect(page.out).toMatch(/^ +6 \(100 %\)\s+opened it$/mu);
    expect(page.out).toMatch(/^ +<5\s+says she did it$/mu);
    const { lessons: told } = JSON.parse((await lessons('report', '--json')).out) as { lessons: unknown };
    expect(told).toEqual([
      {
        lessonId: 'F1',
        language: 'es',
        voice: false,
        counts: { enrolled: 6, delivered: 6, opened: 6, finished: 5, rightFirst: 5 },
      },
    ]);
    const { out } = await lessons('report', '--csv');
    const [head, ...rows] = out.replace('\uFEFF', '').trim().split(/\r?\n/u);
    expect(head).toContain('lesson');
    expect(rows.map((row) => row.replaceAll('"', ''))).toEqual(['F1,es,written,6,6,6,5,5,<5,<5']);
  });
});

/** Six members opened it, five of them answered, all of these right. */
const sixHadF1 = async (): Promise<void> => {
  const database = await openDatabase({ folder: path.join(folder, 'data') });
  try {
    await database.pool.query(
      `insert into lesson_progress (group_id, member_id, lesson_id, language, enrolled_at, delivered_at, opened_at, part, finished_at, first_answer, right_first)
       select m.group_id, m.id, 'F1', 'es', now(), now(), now(), 3, case when m.n < 6 then now() end,
              case when m.n < 6 then 'a' end, case when m.n < 6 then true end
         from (select *, row_number() over (order by number, id) as n from member) m where m.n <= 6`,
    );
  } finally {
    await database.close();
  }
};

// `comadre outbox` as it is run, beside a database in which something was given up.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { comadre } from '../support/run-program.ts';

// Processes start slowly where tests of other files use all cores.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const programme = fileURLToPath(new URL('../fixtures/programme/orilla.json', import.meta.url));
let folder: string;
const sql = async (statement: string): Promise<void> => {
  const database = await openDatabase({ folder: path.join(folder, 'data') });
  await database.pool.query(statement);
  await database.close();
};
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-outbox-'));
  expect((await comadre(folder, ['import', programme])).code).toBe(0);
  expect((await comadre(folder, ['chat', '--as', 'Elsa'], { input: 'saldo\nayuda\n' })).code).toBe(0);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('an outbox that has sent everything says so', async () => {
  const { code, out } = await comadre(folder, ['outbox']);
  expect([code, out]).toEqual([0, 'Nothing waits, and nothing was given up.\n']);
  expect((await comadre(folder, ['outbox', 'parked'])).out).toBe('No message is parked.\n');
});

test('what was given up is counted and named without words or names, and is tried again once its words are there', async () => {
  await sql(
    `update outbox set state = 'failed', reason = 'unavailable', sent_at = null, sent_id = null, created_at = now() - interval '3 hours'`,
  );
  const { code, out } = await comadre(folder, ['outbox']);
  expect(code).toBe(1);
  expect(out).toContain('simulator  failed (unavailable): 2, the oldest for 3 h');
  expect(out.match(/reply: unavailable, 3 h ago, its words are gone/gu)).toHaveLength(2);
  expect(out).not.toMatch(/Elsa|ahorr/u);
  const gone = await comadre(folder, ['outbox', 'retry', '--failed', '--reason', 'unavailable']);
  expect([gone.code, gone.out]).toEqual([1, '0 messages are in line again.\n']);
  await sql(`update outbox set body = '\\x00' where id = (select min(id::text)::uuid from outbox)`);
  const again = await comadre(folder, ['outbox', 'retry', '--failed', '--reason', 'unavailable']);
  expect([again.code, again.out]).toEqual([0, '1 message is in line again.\n']);
  expect(JSON.parse((await comadre(folder, ['outbox', '--json'])).out)).toMatchObject({
    counts: [
      { state: 'failed', reason: 'unavailable', messages: 1 },
      { state: 'queued', messages: 1 },
    ],
  });
});

test('a message that our own mistake left unanswered is listed with the kind of the mistake', async () => {
  await sql(
    `insert into inbox (channel, message_id, outcome, error, body) values ('simulator', 'abc', 'dead', 'TypeError', '\\x00')`,
  );
  const { code, out } = await comadre(folder, ['outbox', 'parked']);
  expect(code).toBe(1);
  expect(out).toMatch(/^abc {2}simulator {2}incoming: TypeError, \d+ s ago\n$/u);
});

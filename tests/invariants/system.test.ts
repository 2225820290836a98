import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseInUse, lockFolder } from '../../src/store/folder-lock.ts';
import { inTransaction } from '../../src/store/in-transaction.ts';
import { faults, openScene, type Scene } from '../support/scene.ts';

test('S1 a folder has one owner, also in one process, until it is given back', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-owner-'));
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toBeInstanceOf(DatabaseInUse);
  // The same folder under another name is the same folder.
  const other = `${folder}-link`;
  fs.symlinkSync(folder, other);
  await expect(lockFolder(other)).rejects.toBeInstanceOf(DatabaseInUse);
  await lock.release();
  await (await lockFolder(folder)).release();
  fs.rmSync(other);
  fs.rmSync(folder, { recursive: true });
});

describe('S2 what somebody with every right on the database changed is found by the check of the books', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
    await scene.say('Rosa', 'Ana 100, Consuelo 50');
    await scene.say('Rosa', 'sí');
    await scene.say('Rosa', 'deshacer');
    await scene.say('Rosa', 'sí');
  });
  afterAll(() => scene.close());

  /** Changes the books past their guards, looks, and takes the change back. */
  const faultsAfter = async (...changes: readonly string[]) => {
    const { pool } = scene.world.store;
    const guards = (how: 'disable' | 'enable') =>
      pool.query(['journal_entry', 'posting'].map((t) => `alter table ${t} ${how} trigger user`).join(';'));
    await pool.query('create table kept as select * from journal_entry');
    await pool.query('create table kept_postings as select * from posting');
    await pool.query('create table kept_accounts as select * from account');
    await guards('disable');
    await inTransaction(pool, async (session) => {
      for (const change of changes) await session.query(change);
    });
    const found = await faults(scene.world);
    await inTransaction(pool, async (session) => {
      await session.query('delete from posting');
      await session.query(
        `update journal_entry e set hash = k.hash, occurred_on = k.occurred_on, author_id = k.author_id from kept k where k.id = e.id`,
      );
      await session.query('insert into posting select * from kept_postings');
      await session.query(
        'update account a set balance_minor = k.balance_minor from kept_accounts k where k.group_id = a.group_id and k.name = a.name',
      );
    });
    await guards('enable');
    await pool.query('drop table kept, kept_postings, kept_accounts');
    expect(await faults(scene.world)).toEqual([]);
    return found;
  };
  const PAID = `(select id from journal_entry where kind = 'payment' order by seq limit 1)`;

  test.each([
    ['an amount', [`update posting set amount_minor = amount_minor + 1 where entry_id = ${PAID}`]],
    [
      'an amount with its balances, so that everything still adds up',
      [
        `update posting set amount_minor = 20000 where entry_id = ${PAID}`,
        `update account a set balance_minor = balance_minor + 10000 from posting p where p.entry_id = ${PAID} and a.group_id = p.group_id and a.name = p.debit`,
        `update account a set balance_minor = balance_minor - 10000 from posting p where p.entry_id = ${PAID} and a.group_id = p.group_id and a.name = p.credit`,
      ],
    ],
    ['a day', [`update journal_entry set occurred_on = '2026-01-01' where id = ${PAID}`]],
    ['an author', [`update journal_entry set author_id = id where id = ${PAID}`]],
    ['a posting taken away', [`delete from posting where entry_id = ${PAID}`]],
    [
      'a cached balance',
      [`update account set balance_minor = balance_minor - 1 where name like 'savings/%'`],
    ],
  ])('S2 L15 %s', async (_, changes) => {
    expect(await faultsAfter(...changes)).not.toEqual([]);
  });
});

// She asked on paper to be forgotten: the days the law gives are counted from the day it is where she lives.

import { expect, test } from 'vitest';
import { erasePerson, noteExport } from '../../src/store/erase-person.ts';
import { openScene } from '../support/scene.ts';

test('in the evening, when it is tomorrow by UTC, the last days are those of a request in the chat', async () => {
  // Seven in the evening in Tijuana, a Tuesday.
  const scene = await openScene();
  try {
    const { pool } = scene.world.store;
    const memberId = scene.world.person('Ana').id;
    const { rows } = await pool.query<{ id: string }>('select group_id as id from member where id = $1', [
      memberId,
    ]);
    const whom = { groupId: rows[0]?.id ?? '', memberId };
    await noteExport(pool, whom, scene.world.now);
    await erasePerson(pool, whom, { now: scene.world.now, days: 15 });
    const requests = await pool.query(
      'select kind, answer_by::text as answer, carry_out_by::text as done from rights_request order by number',
    );
    expect(requests.rows).toEqual([
      { kind: 'access', answer: '2026-12-22', done: null },
      { kind: 'cancellation', answer: '2026-12-22', done: '2026-12-15' },
    ]);
  } finally {
    await scene.close();
  }
});

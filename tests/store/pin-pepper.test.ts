// The key of the whole program was changed because somebody has the old one: PINs that are given from then on cannot be tried
// with it, and nobody has to set hers again.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkPin } from '../../src/app/check-pin.ts';
import { isPin } from '../../src/app/pin-hash.ts';
import type { Snapshot } from '../../src/conversation/snapshot.ts';
import { asId, type MemberId } from '../../src/domain/ids.ts';
import { beginGeneration } from '../../src/store/key-check.ts';
import { ofKept } from '../../src/store/pin-pepper.ts';
import { ownHashes } from '../../src/store/pin-tries.ts';
import { createSecrets } from '../../src/store/secrets.ts';
import { setPin } from '../support/pin.ts';
import { JACARANDAS } from '../support/scene.ts';
import { programmeOf } from '../support/transcript-programme.ts';
import { openWorld, type World } from '../support/world.ts';

const DIGITS = '574913';

let world: World;
beforeAll(async () => {
  world = await openWorld(programmeOf(JACARANDAS.trim().split('\n')));
});
afterAll(() => world.close());

test('a right PIN is hashed anew under the key of the generation in use, one after the other', async () => {
  const { id } = world.person('Ana');
  await setPin(world, id, DIGITS);
  const { pool, secrets: first } = world.store;
  const secrets = createSecrets({
    bytes: world.root,
    later: (generation) => Buffer.alloc(32, generation),
    created: false,
    warnings: [],
  });
  const { rows } = await pool.query<{ id: string }>('select id from address where value_index = $1', [
    first.blindIndex('simulator', id),
  ]);
  const snapshot = { now: world.now, address: { id: rows[0]?.id } } as unknown as Snapshot;
  const given = async (digits: string) =>
    (await checkPin({ pool, secrets }, snapshot, { do: 'open', digits })).type;
  const kept = async () => ofKept((await ownHashes(pool, asId<MemberId>(id)))?.hash ?? '');
  const withFirst = first.pinDigest(id, DIGITS);
  expect(await isPin((await kept()).hash, withFirst)).toBe(true);

  const peppers: (string | undefined)[] = [(await kept()).pepper];
  for (const generation of [2, 3]) {
    await beginGeneration(pool, secrets, generation);
    expect(await given('574914')).toBe('wrong');
    expect((await kept()).pepper).toBe(peppers.at(-1));
    expect(await given(DIGITS)).toBe('right');
    const now = await kept();
    expect(await isPin(now.hash, withFirst)).toBe(false);
    expect(await given(DIGITS)).toBe('right');
    peppers.push(now.pepper);
  }
  expect(peppers[0]).toBeUndefined();
  expect(new Set(peppers).size).toBe(3);
});

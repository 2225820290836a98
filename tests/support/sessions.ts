import { hashNothing, hashPin } from '../../src/app/pin-hash.ts';
import type { View } from '../../src/conversation/access/pin-facts.ts';
import type { Session } from '../../src/conversation/session.ts';
import { asId, type MemberId } from '../../src/domain/ids.ts';
import { readSession, writeSession } from '../../src/store/session-json.ts';
import type { Scene } from './scene.ts';

/** How a telephone stands that is not only hers: with a PIN she has not given, with the second one, or in discreet mode. */
export type Guarded = 'locked' | 'second' | 'discreet';

const addressOf = async ({ world }: Scene, name: string): Promise<{ id: string; session: Buffer }> => {
  const { secrets, pool } = world.store;
  const { rows } = await pool.query<{ id: string; session: Buffer }>(
    `select id, session from address where channel = 'simulator' and value_index = $1`,
    [secrets.blindIndex('simulator', world.person(name).id)],
  );
  const [row] = rows;
  if (!row) throw new Error(`${name} has no address`);
  return row;
};

/** Where her dialogue stands, as it is kept. */
export const sessionOf = async (scene: Scene, name: string): Promise<Session> => {
  const { id, session } = await addressOf(scene, name);
  return readSession(scene.world.store.secrets.outboxOpen(`session/${id}`, session));
};

/** Puts her dialogue back to where it stood once, with what her PIN opens as `view` says. */
export const putSession = async (
  scene: Scene,
  name: string,
  { session, view }: { readonly session: Session; readonly view: View | undefined },
): Promise<void> => {
  const { id } = await addressOf(scene, name);
  const as = asId<MemberId>(scene.world.person(name).id);
  const unlocked = view && { as, at: scene.world.now, view };
  await scene.world.store.pool.query('update address set session = $2 where id = $1', [
    id,
    scene.world.store.secrets.outboxSeal(
      `session/${id}`,
      writeSession({ ...session, unlocked, waiting: undefined }),
    ),
  ]);
};

/** Gives a member a PIN, and what she is guarded by. @returns what her session is opened as */
export const guard = async (scene: Scene, name: string, how: Guarded): Promise<View | undefined> => {
  const { pool, secrets } = scene.world.store;
  const { id } = scene.world.person(name);
  const digest = secrets.pinDigest(asId<MemberId>(id), '4829');
  await pool.query(
    `insert into member_pin (group_id, member_id, hash, other_hash, set_at) select group_id, id, $2, $3, $4 from member where id = $1
       on conflict (group_id, member_id) do nothing`,
    [id, await hashPin(digest), await hashNothing(), scene.world.now.toString()],
  );
  await pool.query('update member set discreet = $2, discreet_until = null where id = $1', [
    id,
    how === 'discreet',
  ]);
  return how === 'locked' ? undefined : how === 'second' ? 'discreet' : 'all';
};

/** She has no PIN, and wants to be told all. */
export const unguard = async (scene: Scene, name: string): Promise<void> => {
  const { pool } = scene.world.store;
  const { id } = scene.world.person(name);
  await pool.query('delete from member_pin where member_id = $1', [id]);
  await pool.query('update member set discreet = false, discreet_until = null where id = $1', [id]);
};

import type { Pool } from 'pg';
import { z } from 'zod';
import { type DrawRecord, recordOf } from '../domain/draw/record.ts';
import { drawFacts } from './draw-facts.ts';
import { drawJson } from './draws-json.ts';
import type { Secrets } from './secrets.ts';

const row = z.object({ facts: drawJson });

/** The records of a group's draws that are over, void ones too, the oldest first. */
export const drawRecords = async (
  store: { readonly pool: Pool; readonly secrets: Secrets },
  groupId: string,
): Promise<readonly DrawRecord[]> => {
  const { rows } = await store.pool.query<{ facts: unknown }>(
    `select draw_facts(d) as facts from draw d
      where d.group_id = $1 and d.state in ('revealed', 'void') order by d.begun_at, d.id`,
    [groupId],
  );
  return rows.flatMap((found) => {
    const { draw } = drawFacts(store.secrets, row.parse(found).facts);
    return draw.type === 'revealed' || draw.type === 'void' ? [recordOf(draw)] : [];
  });
};

import type { Pool } from 'pg';
import type { LessonFunnel } from '../domain/lesson/funnel.ts';
import { funnelsJson } from './lesson-facts.ts';

/**
 * How far members come with each lesson that five people or more had, by language and by voice or in writing.
 *
 * @param programme its name, as it was imported; every programme together when undefined
 * @returns undefined when no programme is called so
 */
export const readFunnels = async (
  pool: Pool,
  programme: string | undefined,
): Promise<readonly LessonFunnel[] | undefined> => {
  const { rows } = await pool.query<{ funnels: unknown }>(
    programme === undefined
      ? { text: 'select lesson_funnels(null) as funnels', values: [] }
      : { text: 'select lesson_funnels(id) as funnels from programme where name = $1', values: [programme] },
  );
  return rows[0] && funnelsJson.parse(rows[0].funnels);
};

import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { readIndicators } from './indicators.ts';

/** Members of these groups with an instalment that is past its day where they live. */
export const lateIn = async (
  pool: Pool,
  groupIds: readonly string[],
  now: Temporal.Instant,
): Promise<string[]> => {
  const groups = await readIndicators(pool, { groupIds, now });
  return groups.flatMap(({ facts }) =>
    facts.loans.flatMap(({ memberId, daysLate }) => (daysLate > 0 ? [memberId] : [])),
  );
};

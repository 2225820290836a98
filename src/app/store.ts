import type { Log } from '../log.ts';
import type { Pool } from '../store/database.ts';
import type { Secrets } from '../store/secrets.ts';
import type { Metrics } from './metrics.ts';

/** What everything that touches the database needs: the pool, the keys, the log and the counters. */
export type Store = {
  readonly pool: Pool;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly metrics: Metrics;
};

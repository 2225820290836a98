import type { Pool } from 'pg';

/** How often each named statement went to the database; statements without a name count under their first words. */
export type Trips = Map<string, number>;

/** The same pool, counting the queries that go through its `query`. */
export const countedPool = (pool: Pool): { readonly pool: Pool; readonly trips: Trips } => {
  const trips: Trips = new Map();
  const query = pool.query.bind(pool);
  const counted = new Proxy(pool, {
    get(target, name) {
      if (name !== 'query') {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return (...given: Parameters<typeof query>) => {
        const statement = nameOf(given[0]);
        trips.set(statement, (trips.get(statement) ?? 0) + 1);
        return query(...given);
      };
    },
  });
  return { pool: counted, trips };
};

const nameOf = (statement: unknown): string => {
  if (typeof statement === 'string') return statement.slice(0, 40);
  if (typeof statement !== 'object' || statement === null) return 'unknown';
  if ('name' in statement && typeof statement.name === 'string') return statement.name;
  return 'text' in statement && typeof statement.text === 'string' ? statement.text.slice(0, 40) : 'unknown';
};

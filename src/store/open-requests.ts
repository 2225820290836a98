import type { Pool } from 'pg';
import type { OpenRequest } from '../conversation/rights-facts.ts';
import { openRequestsJson } from './rights-facts-json.ts';
import { openRequests } from './rights-json.ts';
import type { Secrets } from './secrets.ts';

/** The open requests about personal data of every programme, the one that is due first at the top. */
export const openRequestsOf = async ({
  pool,
  secrets,
}: {
  readonly pool: Pool;
  readonly secrets: Secrets;
}): Promise<(OpenRequest & { readonly programme: string })[]> => {
  const { rows } = await pool.query<{ name: string; requests: unknown }>(
    'select name, open_requests(id) as requests from programme order by created_at, id',
  );
  return rows
    .flatMap(({ name, requests }) =>
      openRequests(secrets, openRequestsJson.parse(requests)).map((request) => ({
        ...request,
        programme: name,
      })),
    )
    .toSorted((one, other) => one.due.since(other.due).days || one.number - other.number);
};

import type { Opened } from '../start.ts';
import { type AuditBefore, type AuditRow, auditBefore, auditEnds, auditRows } from '../store/audit.ts';
import { complain, json, print, withStore } from './command.ts';

export type AuditOptions = { readonly json?: boolean };

/** Who of the staff did or saw what, and whether anything in it was changed. Ends with 1 when something was. */
export const auditCommand = async ({ json: asJson }: AuditOptions): Promise<number> =>
  withStore(async ({ store }) => {
    const rows = await auditRows(store);
    if (asJson) print(json(rows.map(({ seq, ...rest }) => ({ seq: seq.toString(), ...rest }))));
    else if (rows.length === 0) print('Nothing has been written down yet.');
    else {
      const lines = rows.map(
        ({ seq, at, actor, action, subject }) =>
          `${seq}  ${at}  ${actor}  ${action}${subject === undefined ? '' : `  ${subject}`}`,
      );
      print(lines.join('\n'));
    }
    const before = await auditBefore(store.pool);
    if (before && !asJson)
      print(`Up to row ${before.seq} (${before.at}) its years are over, and it is gone.`);
    const problem = await problemOf(store, rows, before);
    if (problem === undefined) return 0;
    complain(problem);
    return 1;
  });

const problemOf = async (
  { pool }: Opened['store'],
  rows: readonly AuditRow[],
  before: AuditBefore | undefined,
): Promise<string | undefined> => {
  const broken = rows.find(({ holds }) => !holds);
  if (broken)
    return `Row ${broken.seq} does not fit the one before it: something was changed or taken away there.`;
  if (before && !before.isSaid)
    return `The record does not say that it was shortened up to row ${before.seq}: its beginning was cut off.`;
  return (await auditEnds(pool))
    ? undefined
    : 'Rows are missing after the last one: the end of the record was cut off.';
};

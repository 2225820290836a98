import { auditEnds, auditRows } from '../store/audit.ts';
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
    const broken = rows.find(({ holds }) => !holds);
    if (!broken) {
      if (await auditEnds(store.pool)) return 0;
      complain('Rows are missing after the last one: the end of the record was cut off.');
      return 1;
    }
    complain(`Row ${broken.seq} does not fit the one before it: something was changed or taken away there.`);
    return 1;
  });
